#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the forms of "copy as" back, with parsers that are not Mailoscope's.

Standard input is a list of jobs, {"form", "text", "zone", "before"}; standard output is the list of what was read, in the
same order: {"sets": [[name, type, ttl, [value, ...]], ...]}, sorted; {"refused": true} where a server took no update;
{"missing": sentence} where a tool is not installed; {"error": text}. TXT values are the joined text, octets as the characters
of their numbers; others stand as in a zone file. "before" (with nsupdate) is a zone file of what stands there first.
"""
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import traceback


class Missing(Exception):
    """A tool is not installed."""


class Refused(Exception):
    """The server took no update."""


def need(tool, package):
    for folder in os.environ["PATH"].split(":") + ["/usr/sbin", "/sbin"]:
        path = os.path.join(folder, tool)
        if os.access(path, os.X_OK):
            return path
    raise Missing(f"{tool} is not installed; Debian's package {package} has it.")


def run(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=200, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {(done.stdout + done.stderr).decode('latin-1')}")
    return done.stdout


def latin(text):
    """UTF-8 text as octets, each the character of its number."""
    return text.encode("utf-8").decode("latin-1")


def strings(text, base):
    """The joined text of "..." "..."; base 10 for zone files, 8 for Route 53."""
    joined, rest = "", text
    while rest:
        match = re.match(r'\s*"((?:[^"\\]|\\.)*)"', rest, re.S)
        if not match:
            raise RuntimeError(f"no quoted strings: {text!r}")
        part = re.sub(r"\\([0-9]{3}|.)", lambda m: chr(int(m[1], base)) if m[1].isdigit() and len(m[1]) == 3 else m[1],
                      match[1], flags=re.S)
        if len(part) > 255:
            raise RuntimeError(f"a string of {len(part)} octets")
        joined += part
        rest = rest[match.end():].strip()
    return joined


def value(kind, text, base=10):
    return strings(text, base) if kind == "TXT" else text


def name_of(relative, zone):
    if relative in ("@", ""):
        return zone + "."
    return relative if relative.endswith(".") else f"{relative}.{zone}."


class Sets:
    def __init__(self):
        self.sets = {}

    def add(self, name, kind, ttl, values):
        name = name if name.endswith(".") else name + "."
        entry = self.sets.setdefault((name, kind), [int(ttl), []])
        entry[0] = int(ttl)
        entry[1] += values

    def listed(self):
        return sorted([name, kind, ttl, sorted(values)] for (name, kind), (ttl, values) in self.sets.items())


def zone_lines(text, out):
    """What named-checkzone and dig print: one record a line, all names absolute."""
    for line in text.decode("latin-1").splitlines():
        match = re.match(r"(\S+)\s+(\d+)\s+IN\s+(\S+)\s+(.*)$", line)
        if match and match[3] not in ("SOA", "NS", "RRSIG"):
            data = match[4]
            if match[3] == "TLSA":
                head, *rest = re.match(r"(\d+ \d+ \d+) (.*)", data).groups()
                data = head + " " + "".join(rest).replace(" ", "").lower()
            out.add(match[1], match[3], match[2], [value(match[3], data)])


HEAD = "$TTL 3600\n{0}. 3600 IN SOA ns.{0}. host.{0}. 1 3600 600 86400 300\n{0}. 3600 IN NS ns.{0}.\nns.{0}. 3600 IN A 192.0.2.53\n"


def read_zone(text, out, zone):
    checker = need("named-checkzone", "bind9-utils")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "zone")
        with open(path, "w", encoding="utf-8") as file:
            file.write(HEAD.format(zone) + text)
        dumped = run([checker, "-q", "-i", "none", "-k", "ignore", "-D", "-o", "-", zone, path])
        nsd = shutil.which("nsd-checkzone") or "/usr/sbin/nsd-checkzone"
        if os.access(nsd, os.X_OK):
            run([nsd, zone, path])
    zone_lines(dumped.replace(f"ns.{zone}.".encode(), b"ns-of-the-test."), out)
    out.sets.pop(("ns-of-the-test.", "A"), None)


def read_nsupdate(text, out, zone, before):
    named, nsupdate, dig = need("named", "bind9"), need("nsupdate", "bind9-dnsutils"), need("dig", "bind9-dnsutils")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "zone"), "w", encoding="utf-8") as file:
            file.write(HEAD.format(zone) + before)
        with open(os.path.join(folder, "named.conf"), "w", encoding="utf-8") as file:
            file.write(f'options {{ directory "{folder}"; listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};'
                       f' pid-file none; session-keyfile none; recursion no; dnssec-validation no; notify no; }};\n'
                       f'controls {{ }};\nzone "{zone}" {{ type primary; file "zone"; check-integrity no; allow-update {{ any; }};'
                       f' allow-transfer {{ any; }}; }};\n')
        with open(os.path.join(folder, "log"), "wb") as log, subprocess.Popen(
                [named, "-g", "-c", os.path.join(folder, "named.conf"), "-p", port], stdout=log, stderr=log) as server:
            try:
                asked = [dig, "@127.0.0.1", "-p", port, "+noall", "+answer", "+tries=1", "+time=2"]
                for _ in range(150):
                    if b"SOA" in subprocess.run(asked + [zone, "SOA"], stdout=subprocess.PIPE, check=False).stdout:
                        break
                    time.sleep(0.2)
                script = f"server 127.0.0.1 {port}\n" + re.sub(r"(?m)^server .*\n", "", text)
                if not re.search(r"(?m)^zone ", script):
                    script = f"zone {zone}.\n" + script
                done = subprocess.run([nsupdate], input=script.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                      check=False, timeout=60)
                if b"NXRRSET" in done.stderr or b"YXRRSET" in done.stderr:
                    raise Refused
                if done.returncode != 0:
                    with open(os.path.join(folder, "log"), encoding="latin-1") as told:
                        raise RuntimeError(f"nsupdate: {done.stderr.decode('latin-1')}{told.read()}")
                dumped = run(asked + [zone, "AXFR"])
            finally:
                server.terminate()
                server.wait(30)
    zone_lines(dumped.replace(f"ns.{zone}.".encode(), b"ns-of-the-test."), out)
    out.sets.pop(("ns-of-the-test.", "A"), None)


def read_route53(document, out):
    for change in document["Changes"]:
        record_set = change["ResourceRecordSet"]
        if change["Action"] != "UPSERT":
            continue
        out.add(record_set["Name"], record_set["Type"], record_set["TTL"],
                [value(record_set["Type"], record["Value"], 8) for record in record_set["ResourceRecords"]])


def read_cloudformation(document, out):
    for resource in document["Resources"].values():
        properties = resource["Properties"]
        assert resource["Type"] == "AWS::Route53::RecordSet" and properties["HostedZoneId"] == {"Ref": "ZoneId"}
        assert isinstance(properties["TTL"], str) and properties["Name"].endswith(".")
        for text in properties["ResourceRecords"]:
            assert "{{resolve:" not in text
        out.add(properties["Name"], properties["Type"], properties["TTL"],
                [value(properties["Type"], text, 8) for text in properties["ResourceRecords"]])


def cloudflare_value(record):
    if "data" in record:
        data = record["data"]
        if record["type"] == "CAA":
            return f'{data["flags"]} {data["tag"]} "{data["value"]}"'
        return f'{data["usage"]} {data["selector"]} {data["matching_type"]} {data["certificate"]}'
    content = record["content"]
    if record["type"] in ("MX", "CNAME") and content != ".":
        content += "."
    if record["type"] == "MX":
        return f'{int(record["priority"])} {content}'
    return value(record["type"], content)


def read_cloudflare(document, out):
    for record in document["posts"]:
        assert record["type"] not in ("A", "AAAA", "CNAME") or record["proxied"] is False
        out.add(record["name"], record["type"], record["ttl"], [cloudflare_value(record)])


def read_hcl(text):
    """[[type, name, body], ...] of the resources, by the reader of Terraform itself.

    Debian 12 and 13 have no other reader of HCL 2 (python3-pyhcl reads HCL 1, and python3-hcl2 is not in them); the library is
    compiled with Go, which takes minutes, so that it is done only where it is asked for."""
    if os.environ.get("MAILOSCOPE_TEST_HCL") != "1":
        raise Missing("building Terraform's reader takes minutes: MAILOSCOPE_TEST_HCL=1 does it.")
    go = need("go", "golang-go")
    library = "/usr/share/gocode/src/github.com/hashicorp/hcl"
    if not os.path.isdir(library):
        need("golang-github-hashicorp-hcl-v2-dev", "golang-github-hashicorp-hcl-v2-dev")
    here = os.path.dirname(os.path.abspath(__file__))
    cache = os.environ.get("MAILOSCOPE_GO_CACHE", os.path.join(tempfile.gettempdir(), "go-cache"))
    program = os.path.join(cache, "hcl_to_json")
    if not os.path.exists(program):
        environment = dict(os.environ, GO111MODULE="off", GOPATH="/usr/share/gocode", GOFLAGS="", GOTOOLCHAIN="local",
                           GOCACHE=cache)
        run([go, "build", "-o", program, os.path.join(here, "hcl_to_json.go")], env=environment)
    return json.loads(run([program], input=text.encode()))


def read_terraform_route53(text, out):
    for kind, _, body in read_hcl(text):
        assert kind == "aws_route53_record"
        values = [f'"{record}"' if body["type"] == "TXT" else record for record in body["records"]]
        out.add(body["name"], body["type"], body["ttl"], [value(body["type"], latin(text), 8) for text in values])


def read_terraform_google(text, out):
    for kind, _, body in read_hcl(text):
        assert kind == "google_dns_record_set" and body["name"].endswith(".")
        out.add(body["name"], body["type"], body["ttl"], [value(body["type"], latin(text)) for text in body["rrdatas"]])


def read_terraform_cloudflare(text, out):
    for kind, _, body in read_hcl(text):
        assert kind == "cloudflare_dns_record"
        out.add(body["name"], body["type"], body["ttl"], [cloudflare_value(body)])


def read_terraform_azure(text, out):
    for kind, _, body in read_hcl(text):
        kind = re.fullmatch(r"azurerm_dns_(\w+)_record", kind)[1].upper()
        values = body.get("records", []) or ([body["record"]] if isinstance(body.get("record"), str) else [])
        for block in body["record"] if isinstance(body.get("record"), list) else []:
            if kind == "MX":
                values.append(f'{int(block["preference"])} {block["exchange"]}')
            elif kind == "CAA":
                values.append(f'{int(block["flags"])} {block["tag"]} "{block["value"]}"')
            else:
                values.append(latin(block["value"]))
        out.add(name_of(body["name"], body["zone_name"]), kind, body["ttl"], values)


def commands_of(text):
    """The words of each command, as a real shell divides them; nothing is run but a function that prints them."""
    shell = ("az() { printf 'az\\0'; printf '%s\\0' \"$@\"; printf '\\n\\0'; }\n"
             "gcloud() { printf 'gcloud\\0'; printf '%s\\0' \"$@\"; printf '\\n\\0'; }\n"
             "aws() { printf 'aws\\0'; printf '%s\\0' \"$@\"; printf '\\n\\0'; }\n"
             "ZONE_ID=Z1; MANAGED_ZONE=zone; RESOURCE_GROUP=rg\n")
    with tempfile.TemporaryDirectory() as folder:
        words = run(["/bin/sh", "-eu"], input=(shell + text).encode(), cwd=folder,
                    env={"PATH": "/nowhere", "HOME": folder}).decode("utf-8").split("\0")
        assert os.listdir(folder) == []
    commands, command = [], []
    for word in words[:-1]:
        if word == "\n":
            commands.append(command)
            command = []
        else:
            command.append(word)
    return commands


def options_of(words):
    options, rest = {}, []
    pending = iter(words)
    for word in pending:
        if word.startswith("--") and "=" in word:
            key, _, text = word.partition("=")
            options[key] = text
        elif word in ("--if-none-match", "--keep-empty-record-set"):
            options[word] = True
        elif re.fullmatch(r"-\w|--[a-z-]+", word):
            options[word] = next(pending)
        else:
            rest.append(word)
    return options, rest


def read_aws(text, out):
    (words,) = commands_of(text)
    assert words[:3] == ["aws", "route53", "change-resource-record-sets"]
    options, _ = options_of(words[3:])
    assert options["--hosted-zone-id"] == "Z1"
    read_route53(json.loads(options["--change-batch"]), out)


def read_gcloud(text, out):
    for words in commands_of(text):
        options, rest = options_of(words)
        assert rest[:3] == ["gcloud", "dns", "record-sets"]
        if rest[3] == "transaction":
            if rest[4] == "add":
                out.add(options["--name"], options["--type"], options["--ttl"],
                        [value(options["--type"], latin(text)) for text in rest[5:]])
            continue
        assert rest[3] in ("create", "update"), rest
        texts, divider = options["--rrdatas"], ","
        if texts.startswith("^"):
            divider, _, texts = texts[1:].partition("^")
        out.add(rest[4], options["--type"], options["--ttl"],
                [value(options["--type"], latin(text)) for text in texts.split(divider)])


def read_azure(text, out):
    ttls = {}
    for words in commands_of(text):
        options, rest = options_of(words)
        assert rest[:4] == ["az", "network", "dns", "record-set"], rest
        kind, what = rest[4].upper(), rest[5]
        name = name_of(options["-n"], options["-z"])
        for key, text in options.items():
            assert key == "-n" or not str(text).startswith("@"), "the Azure CLI would read a file"
        if what == "create":
            assert options["--if-none-match"]
            ttls[name, kind] = options["--ttl"]
            continue
        assert what in ("add-record", "set-record"), what
        get = lambda *keys: next(options[key] for key in keys if key in options)
        if kind == "TXT":
            data = latin(get("-v", "--value"))
        elif kind == "MX":
            data = f'{get("-p", "--preference")} {get("-e", "--exchange")}'
        elif kind == "CNAME":
            data = get("-c", "--cname")
        elif kind == "CAA":
            data = f'{get("--flags")} {get("--tag")} "{get("--value")}"'
        elif kind == "TLSA":
            data = " ".join(get(key) for key in ("--certificate-usage", "--selector", "--matching-type",
                                                 "--certificate-data"))
        else:
            data = get("--ipv4-address", "--ipv6-address")
        out.add(name, kind, options.get("--ttl", ttls.get((name, kind), 0)), [data])


def read_dnscontrol(text, out):
    node = need("node", "nodejs")
    program = """
const records = []; const CAA_CRITICAL = {critical: true};
const make = kind => (...words) => ({kind, words});
for (const kind of ['A','AAAA','CAA','CNAME','DS','MX','NS','PTR','TLSA','TXT']) globalThis[kind] = make(kind);
globalThis.TTL = seconds => ({ttl: seconds}); globalThis.END = null; globalThis.CAA_CRITICAL = CAA_CRITICAL;
globalThis.NewRegistrar = globalThis.NewDnsProvider = globalThis.DnsProvider = () => null;
const zone = (name, list) => { for (const r of list) if (r && r.kind) records.push([name, r.kind, r.words]); };
globalThis.D_EXTEND = (name, ...list) => zone(name, list);
globalThis.D = (name, registrar, ...list) => zone(name, list);
require('vm').runInThisContext(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(records));
"""
    for zone, kind, words in json.loads(run([node, "-e", program], input=text.encode())):
        name, *rest = words
        ttl = next(word["ttl"] for word in rest if isinstance(word, dict) and "ttl" in word)
        flag = 128 if any(isinstance(word, dict) and "critical" in word for word in rest) else 0
        plain = [word for word in rest if not isinstance(word, dict)]
        data = latin(" ".join(map(str, plain)))
        if kind == "CAA":
            data = f'{flag} {plain[0]} "{plain[1]}"'
        out.add(name_of(name, zone), kind, ttl, [data])


def octodns_value(kind, entry):
    if kind == "TXT":
        assert not re.search(r"(?<!\\);", entry), f"a semicolon without backslash: {entry!r}"
        return latin(re.sub(r"\\(.)", r"\1", entry))
    if kind == "MX":
        return f'{entry["preference"]} {entry["exchange"]}'
    if kind == "CAA":
        return f'{entry["flags"]} {entry["tag"]} "{entry["value"]}"'
    if kind == "TLSA":
        return (f'{entry["certificate_usage"]} {entry["selector"]} {entry["matching_type"]} '
                f'{entry["certificate_association_data"]}')
    return entry


def read_octodns(document, out, zone):
    assert list(document) == sorted(document)
    for name, entries in document.items():
        assert isinstance(name, str)
        for entry in entries if isinstance(entries, list) else [entries]:
            assert list(entry) == sorted(entry)
            values = entry["values"] if "values" in entry else [entry["value"]]
            out.add(name_of(name, zone), entry["type"], entry["ttl"],
                    [octodns_value(entry["type"], each) for each in values])


def load_yaml(text):
    try:
        import yaml
    except ImportError:
        need("python3-yaml", "python3-yaml")

    class Loader(yaml.SafeLoader):
        pass
    Loader.add_constructor("!Ref", lambda loader, node: {"Ref": loader.construct_scalar(node)})
    return yaml.load(text, Loader)


def read(job):
    form, text, zone = job["form"], job["text"], job.get("zone", "")
    out = Sets()
    if form == "zone":
        read_zone(text, out, zone)
    elif form == "nsupdate":
        read_nsupdate(text, out, zone, job.get("before", ""))
    elif form == "route53":
        read_route53(json.loads(text), out)
    elif form == "cloudformation":
        read_cloudformation(json.loads(text), out)
    elif form == "cloudformation-yaml":
        read_cloudformation(load_yaml(text), out)
    elif form == "cloudflare":
        read_cloudflare(json.loads(text), out)
    elif form == "octodns":
        read_octodns(load_yaml(text), out, zone)
    else:
        {"aws": read_aws, "gcloud": read_gcloud, "azure": read_azure, "dnscontrol": read_dnscontrol,
         "terraform-route53": read_terraform_route53, "terraform-google": read_terraform_google,
         "terraform-cloudflare": read_terraform_cloudflare,
         "terraform-azure": read_terraform_azure}[form](text, out)
    return out.listed()


def answer(job):
    try:
        return {"sets": read(job)}
    except Missing as missing:
        return {"missing": str(missing)}
    except Refused:
        return {"refused": True}
    except Exception:  # whatever is wrong with the form, the other jobs go on
        return {"error": traceback.format_exc()}


if __name__ == "__main__":
    json.dump([answer(job) for job in json.load(sys.stdin)], sys.stdout)
