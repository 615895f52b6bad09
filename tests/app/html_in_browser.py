#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens a report in headless Chromium: nothing on the console, no request beside the file itself.

html_in_browser.py MAILOSCOPE_CLI SNAPSHOT. Ends with 77, which means skipped, where there is no Chromium. Where
tidy is installed it must find nothing either.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile


def main() -> int:
    cli, snapshot = sys.argv[1:3]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page = pathlib.Path(folder, "report.html")
        subprocess.run([cli, "inspect", "--snapshot", snapshot, "--format", "html", "--output", str(page)],
                       check=True)
        if shutil.which("tidy"):
            tidy = subprocess.run(["tidy", "-quiet", "-errors", "-utf8", str(page)], capture_output=True, text=True)
            assert tidy.returncode == 0, tidy.stderr
        chromium = shutil.which("chromium")
        if not chromium:
            return 77
        log = pathlib.Path(folder, "net.json")
        run = subprocess.run(
            [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder}/profile", "--enable-logging=stderr",
             f"--log-net-log={log}", "--dump-dom", page.as_uri()],
            capture_output=True, text=True, timeout=120)
        assert run.returncode == 0, run.stderr
        assert "What the verdict rests on" in run.stdout, "the report is not shown"
        console = [line for line in run.stderr.splitlines() if ":CONSOLE" in line]
        assert not console, "\n".join(console)
        # What the browser itself asks for has no origin as its initiator.
        events = [event.get("params", {}) for event in json.loads(log.read_text())["events"]]
        asked = {params["url"] for params in events if "url" in params and "initiator" in params
                 and params["initiator"] != "not an origin"}
        asked -= {page.as_uri()}
        assert not asked, f"requests: {asked}"
    return 0


sys.exit(main())
