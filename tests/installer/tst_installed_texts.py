#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The texts that are installed beside the programs, compared with what the programs say of themselves.

Arguments: mailoscope-cli, mailoscope, the folder installer/ of the source, and that of the build.
A check whose tool is not there is skipped.
"""
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree
from pathlib import Path

cli, window, source, built = (Path(argument).resolve() for argument in sys.argv[1:5])


def run(*words, **options):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=60, **options)


def help_of(*words):
    return run(cli, *words, "--help").stdout


def options_in(text):
    return set(re.findall(r"^  (?:-\w, )?(--[a-z0-9-]+)", text, re.MULTILINE))


def commands():
    return re.findall(r"^  mailoscope-cli ([a-z][a-z-]*) ", help_of(), re.MULTILINE)


def kinds():
    return re.findall(r"^  mailoscope-cli make ([a-z][a-z-]*) ", help_of("make"), re.MULTILINE)


def all_help():
    """Each command and each kind of make with the options that its help tells."""
    return {**{(c,): options_in(help_of(c)) for c in commands() if c != "make"},
            **{("make", k): options_in(help_of("make", k)) for k in kinds()}}


def manual(program):
    """The manual's source, its escapes undone."""
    text = (built / f"{program}.1").read_text(encoding="utf-8")
    return re.sub(r"\\f[A-Z]", "", text).replace("\\-", "-").replace("\\(aq", "'").replace("\\e", "\\")


def documented(text):
    """The options that a manual has an entry for."""
    return set(re.findall(r"^\.TP\n\.(?:B|BI|BR)\s+(?:-\w \", \" )?(--[a-z0-9-]+)", text, re.MULTILINE))


def needs(tool):
    return unittest.skipUnless(shutil.which(tool), f"{tool} is not installed")


def completed(shell, words):
    """What the completion offers for the last of the words."""
    folder = str(cli.parent)
    if shell == "bash":
        script = (f'PATH="{folder}:$PATH"; source "{source}/completions/mailoscope-cli.bash"; COMP_WORDS=("$@"); '
                  'COMP_CWORD=$(($# - 1)); _mailoscope_cli; printf "%s\\n" "${COMPREPLY[@]}"')
        return set(run("bash", "-c", script, "bash", *words).stdout.split())
    line = " ".join(words)
    script = f'set -x PATH {folder} $PATH; source {source}/completions/mailoscope-cli.fish; complete -C "{line}"'
    with tempfile.TemporaryDirectory() as home:
        out = run("fish", "--no-config", "-c", script, env={"HOME": home, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}).stdout
    return {line.split("\t")[0] for line in out.splitlines()}


class Manuals(unittest.TestCase):
    def test_every_option_of_every_command_is_in_the_manual(self):
        told = documented(manual("mailoscope-cli"))
        for command, options in all_help().items():
            self.assertTrue(options, command)
            self.assertEqual(options - told, set(), f"{command}: the manual misses these options")

    def test_the_manual_knows_no_option_that_no_command_has(self):
        known = set().union(*all_help().values()) | {"--help", "--version"}
        self.assertEqual(documented(manual("mailoscope-cli")) - known, set())

    def test_every_command_and_kind_is_in_the_manual(self):
        text = manual("mailoscope-cli")
        for command in commands():
            self.assertRegex(text, rf"(?m)^\.SS {command}( |$)")
            self.assertRegex(text, rf"(?m)^mailoscope-cli {command}\b", f"{command} is missing in the synopsis")
        for kind in kinds():
            self.assertIn(f".B make {kind}\n", text)

    def test_values_that_can_be_chosen_are_the_same_in_the_manual(self):
        text = manual("mailoscope-cli")
        for command in [("inspect",), ("spf-tree",)] + [("make", kind) for kind in kinds()]:
            for option, values in re.findall(r"^  (--[a-z0-9-]+) (\S+\|\S+)", help_of(*command), re.MULTILINE):
                self.assertTrue(f"{option} {values}\n" in text, f"{command}: the manual does not say {option} {values}")

    def test_every_option_of_the_window_is_in_its_manual(self):
        shown = options_in(run(window, "--help").stdout)
        self.assertTrue(shown)
        self.assertEqual(documented(manual("mailoscope")), shown)

    def test_the_version_is_that_of_the_programs(self):
        version = run(cli, "--version").stdout.split()[1]
        for program in ("mailoscope-cli", "mailoscope"):
            self.assertIn(f'"Mailoscope {version}"', manual(program))

    @needs("mandoc")
    def test_mandoc_has_nothing_to_say(self):
        for program in ("mailoscope-cli", "mailoscope"):
            self.assertEqual(run("mandoc", "-T", "lint", "-W", "warning", built / f"{program}.1").stdout, "")

    @needs("man")
    def test_man_warns_of_nothing(self):
        for program in ("mailoscope-cli", "mailoscope"):
            done = run("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", built / f"{program}.1")
            self.assertEqual((done.returncode, done.stderr), (0, ""))


class Completions(unittest.TestCase):
    def offers_what_the_help_tells(self, shell):
        self.assertLessEqual(set(commands()), completed(shell, ["mailoscope-cli", ""]))
        self.assertLessEqual(set(kinds()), completed(shell, ["mailoscope-cli", "make", ""]))
        for command, options in all_help().items():
            self.assertEqual(options - completed(shell, ["mailoscope-cli", *command, "--"]), set(), command)
        self.assertLessEqual({"text", "json", "sarif"}, completed(shell, ["mailoscope-cli", "inspect", "--format", ""]))
        self.assertEqual(completed(shell, ["mailoscope-cli", "spf-tree", "--format", ""]), {"text", "json", "svg", "png"})
        self.assertEqual(completed(shell, ["mailoscope-cli", "inspect", "--color", "n"]), {"never"})
        forms = completed(shell, ["mailoscope-cli", "inspect", "--copy-as", ""])
        self.assertLessEqual({"plain", "zone", "octodns"}, forms)
        self.assertLessEqual({"gmail", "parked"}, completed(shell, ["mailoscope-cli", "inspect", "--profile", ""]))

    @needs("bash")
    def test_bash_offers_what_the_help_tells(self):
        self.offers_what_the_help_tells("bash")

    @needs("fish")
    def test_fish_offers_what_the_help_tells(self):
        self.offers_what_the_help_tells("fish")

    def reads_cleanly(self, shell, files):
        self.assertTrue(files)
        for file in files:
            done = run(shell, "-n", file)
            self.assertEqual((done.returncode, done.stderr), (0, ""), file)

    @needs("bash")
    def test_bash_reads_its_scripts(self):
        self.reads_cleanly("bash", list((source / "completions").glob("*.bash")))

    @needs("zsh")
    def test_zsh_reads_its_scripts(self):
        self.reads_cleanly("zsh", list((source / "completions").glob("_*")))

    @needs("fish")
    def test_fish_reads_its_scripts(self):
        self.reads_cleanly("fish", list((source / "completions").glob("*.fish")))

    def test_the_window_completes_all_of_its_options(self):
        for option in options_in(run(window, "--help").stdout):
            for file in ("mailoscope.bash", "_mailoscope"):
                self.assertIn(option, (source / "completions" / file).read_text(encoding="utf-8"))
            fish = (source / "completions" / "mailoscope.fish").read_text(encoding="utf-8")
            self.assertIn(f"-l {option[2:]} ", fish)


class Desktop(unittest.TestCase):
    desktop = source / "desktop" / "org.mailoscope.Mailoscope.desktop"
    mime = source / "desktop" / "org.mailoscope.Mailoscope.xml"
    metainfo = built / "org.mailoscope.Mailoscope.metainfo.xml"

    @needs("desktop-file-validate")
    def test_the_desktop_entry_is_valid(self):
        done = run("desktop-file-validate", self.desktop)
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    @needs("appstreamcli")
    def test_the_metadata_is_valid(self):
        done = run("appstreamcli", "validate", "--no-net", self.metainfo)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_the_types_that_the_desktop_entry_opens_are_described(self):
        named = re.search(r"^MimeType=(.*);$", self.desktop.read_text(encoding="utf-8"), re.MULTILINE)[1].split(";")
        space = "{http://www.freedesktop.org/standards/shared-mime-info}"
        types = xml.etree.ElementTree.parse(self.mime).getroot().findall(f"{space}mime-type")
        self.assertLessEqual(set(named), {each.get("type") for each in types})

    @needs("update-mime-database")
    def test_a_snapshot_is_known_by_its_name(self):
        with tempfile.TemporaryDirectory() as folder:
            packages = Path(folder) / "packages"
            packages.mkdir()
            shutil.copy(self.mime, packages)
            run("update-mime-database", folder)
            globs = (Path(folder) / "globs2").read_text(encoding="utf-8")
        for pattern in ("*.mailoscope", "*.mailoscope.gz"):
            self.assertIn(f":application/x-mailoscope-snapshot:{pattern}\n", globs)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "--verbose"])
