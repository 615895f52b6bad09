#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a Mailoscope snapshot of some domains from zone files, without a network.

    make_sample.py --program mailoscope-cli --day YYYY-MM-DD --zones DIR... [--survey FILE...]
                   [--selector NAME...] --output ../sample.mailoscope DOMAIN...

The program is asked to inspect each domain with what the snapshot holds so far; what it then lacks is answered from
the files, until the files answer nothing more.

A zone file (DIR/NAME.zone) is complete: a name that it does not hold does not exist, a type that it does not hold at a
name has no data there (RFC 1034 section 4.3.2, RFC 4592). It is not complete, and so answers nothing, about
 - its SOA record and name servers in ns.invalid, which were made up when the file was written,
 - DNSSEC, which the servers add when they sign,
 - the addresses of names with the comment `;SKIPPED NAME Route53Provider/ALIAS`.
A survey file holds SPF records of names here and there: what it does not hold is not known. An alias (CNAME) that
leads out of the files is kept without what it leads to.

The comment `last YYYY-MM-DD` behind a record tells when it was seen; --day is for records without one.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

LINE = re.compile(r'^(\S+)\s+(\d+)\s+IN\s+([A-Z0-9]+)\s+(.*)$')
SKIPPED = re.compile(r'^;SKIPPED (\S+) (\S+)$')
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
ZONE_FILE, SURVEY = 'zone file', 'mxmap survey'
# What the servers make when they sign, and what was made up for the file.
NOT_IN_ZONE_FILES = {'SOA', 'DS', 'DNSKEY', 'RRSIG', 'NSEC', 'NSEC3', 'NSEC3PARAM', 'CDS', 'CDNSKEY'}
# The servers' SOA record is not in the file, so how long they let negative answers be kept is not known.
NEGATIVE_TTL = 0
MOST_ALIASES = 10
MOST_ROUNDS = 50


def host(name):
    return name.rstrip('.').lower() or '.'


def octets(string):
    """A character-string of a zone file as the snapshot writes octets; both escape a backslash."""
    string = re.sub(r'\\(["; ])', r'\1', string)
    return re.sub(r'[^\x20-\x7e]', lambda match: ''.join(rf'\{octet:03d}' for octet in match[0].encode()), string)


def content(kind, data):
    if kind == 'TXT':
        return {'strings': [octets(string) for string in STRING.findall(data)]}
    words = data.split()
    if kind == 'MX':
        return {'preference': int(words[0]), 'exchange': host(words[1])}
    if kind in ('NS', 'CNAME', 'PTR'):
        return {'name': host(words[0])}
    if kind in ('A', 'AAAA'):
        return {'address': words[0]}
    if kind == 'CAA':
        return {'flags': int(words[0]), 'tag': words[1], 'value': octets(STRING.findall(data)[0])}
    return None  # a type that the program does not ask for; its name exists all the same


class Records:
    """The records of one file."""

    def __init__(self, path):
        self.records = {}  # (name, type) to a list of (record, day)
        self.unknown = set()  # names whose addresses the file does not tell
        self.names = set()  # with the empty ones between (RFC 4592 section 2.2.2)
        with open(path, encoding='utf-8') as file:
            for line in file:
                self.read(line.rstrip('\n'))

    def read(self, line):
        if skipped := SKIPPED.match(line):
            self.unknown.add(host(skipped[1]))
            self.add_name(host(skipped[1]))
        match = None if line.startswith(';') else LINE.match(line)
        if not match or '; synthetic' in line or host(match[1]) == 'ns.invalid':
            return
        owner, ttl, kind, data = host(match[1]), int(match[2]), match[3], match[4]
        self.add_name(owner)
        if kind == 'NS' and host(data.split()[0]) == 'ns.invalid':
            return
        seen = re.search(r';.*last (\d{4}-\d{2}-\d{2})$', data)
        record = content(kind, data)
        if record is not None:
            record = {'owner': owner, 'type': kind, 'ttl': ttl, **record}
            self.records.setdefault((owner, kind), []).append((record, seen[1] if seen else None))

    def add_name(self, name):
        while name and name not in self.names:
            self.names.add(name)
            name = name.partition('.')[2]


class Zone(Records):
    def __init__(self, path):
        self.apex = host(os.path.basename(path).removesuffix('.zone'))
        super().__init__(path)

    def is_delegated(self, name):
        """True for a name at or below a cut in this zone."""
        while name != self.apex:
            if (name, 'NS') in self.records:
                return True
            name = name.partition('.')[2]
        return False

    def find(self, name, kind):
        """The records, [] where there is no data, None where there is no such name; LookupError where unknown."""
        if kind in NOT_IN_ZONE_FILES or self.is_delegated(name):
            raise LookupError
        source = name
        if name not in self.names:
            encloser = name.partition('.')[2]
            while encloser not in self.names:
                encloser = encloser.partition('.')[2]
            source = '*.' + encloser
            if source not in self.names:
                return None
        found = self.records.get((source, 'CNAME')) or self.records.get((source, kind))
        if not found and (source in self.unknown and kind in ('A', 'AAAA') or (kind, source) == ('NS', self.apex)):
            raise LookupError
        return [({**record, 'owner': name}, day) for record, day in found or []]


class Data:
    def __init__(self, directories, surveys, day):
        self.day = day
        self.surveys = [Records(path) for path in surveys]
        self.zones = {}
        for directory in directories:
            for file in sorted(os.listdir(directory)):
                if file.endswith('.zone'):
                    zone = Zone(os.path.join(directory, file))
                    self.zones[zone.apex] = zone

    def find(self, name, kind):
        apex = name
        while apex and apex not in self.zones:
            apex = apex.partition('.')[2]
        if apex:
            return self.zones[apex].find(name, kind), ZONE_FILE
        for survey in self.surveys:
            if (name, kind) in survey.records:
                return survey.records[(name, kind)], SURVEY
        raise LookupError

    def answer(self, key):
        """The fact, or None where the files cannot tell. Aliases that lead out of the files are a fact of their own:
        where they lead is known, what stands there is not recorded."""
        kind, name = key.split(' ', 1)
        name, aliases, days, origin = host(name), [], [], None
        try:
            for _ in range(MOST_ALIASES):
                found, where = self.find(name, kind)
                origin = origin or where
                days += [day for _, day in found or [] if day]
                records = [record for record, _ in found or []]
                if not records or records[0]['type'] == kind:
                    outcome = 'nxdomain' if found is None else 'answered' if records else 'nodata'
                    return self.fact(key, outcome, aliases, records, origin, days)
                aliases += records
                name = records[0]['name']
        except LookupError:
            pass
        return self.fact(key, 'not-recorded', aliases, [], origin, days) if aliases else None

    def fact(self, key, outcome, aliases, records, origin, days):
        fact = {
            'kind': 'dns', 'key': key, 'outcome': outcome, 'rcode': 3 if outcome == 'nxdomain' else 0,
            'ttl': min(record['ttl'] for record in aliases + records) if records else NEGATIVE_TTL,
            'authenticated': False,
        }
        if aliases:
            fact['aliases'] = aliases
        fact |= {'records': records, 'from': origin, 'at': f'{max(days, default=self.day)}T00:00:00Z',
                 'milliseconds': 0.0}
        return fact


def snapshot(arguments, facts):
    return {
        'format': 'mailoscope-snapshot', 'version': 1, 'domains': arguments.domains,
        'resolvers': sorted({fact['from'] for fact in facts.values()}, reverse=True),
        'recorded_at': max(fact['at'] for fact in facts.values()),
        'options': {'https': False, 'smtp': False, 'selectors': arguments.selector},
        'facts': [facts[key] for key in sorted(facts, key=lambda key: (key.split(' ')[1].split('.')[::-1], key))],
    }


def write(path, arguments, facts):
    with open(path, 'w', encoding='ascii') as file:
        json.dump(snapshot(arguments, facts), file, indent=1)
        file.write('\n')


def lacking(arguments, path, domain):
    """The keys of what the program would ask of DNS besides what the snapshot holds."""
    command = [arguments.program, 'inspect', domain, '--snapshot', path, '--json']
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if not run.stdout:
        sys.exit(f'make_sample: {arguments.program} ended with {run.returncode}')
    facts = json.loads(run.stdout)['facts']
    return {fact['key'] for fact in facts if fact['kind'] == 'dns' and fact['outcome'] == 'not-recorded'}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('domains', metavar='DOMAIN', nargs='+')
    parser.add_argument('--program', required=True)
    parser.add_argument('--day', required=True)
    parser.add_argument('--zones', action='append', default=[])
    parser.add_argument('--survey', action='append', default=[])
    parser.add_argument('--selector', action='append', default=[])
    parser.add_argument('--output', required=True)
    arguments = parser.parse_args()
    arguments.domains = [host(domain) for domain in arguments.domains]
    data = Data(arguments.zones, arguments.survey, arguments.day)

    facts = {}
    for domain in arguments.domains:
        # The program refuses a snapshot that holds nothing about the domain.
        key = f'TXT {domain}'
        facts[key] = data.answer(key) or sys.exit(f'make_sample: the files hold nothing about {domain}')
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, 'draft.mailoscope')
        for _ in range(MOST_ROUNDS):
            write(path, arguments, facts)
            wanted = set().union(*(lacking(arguments, path, domain) for domain in arguments.domains))
            new = {key: fact for key in wanted - facts.keys() if (fact := data.answer(key))}
            if not new:
                break
            facts |= new
        else:
            sys.exit('make_sample: there is no end to what the program asks')
    write(arguments.output, arguments, facts)
    for key in sorted(wanted - facts.keys()):
        print(f'not in the files: {key}', file=sys.stderr)


if __name__ == '__main__':
    main()
