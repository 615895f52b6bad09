#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a Mailoscope snapshot of one domain's SPF tree and MX from zone files with recorded answers.

    make_sample.py DOMAIN DAY ZONE... > ../sample.mailoscope

Only what the zone files hold becomes a fact; what they do not hold (addresses of hosts, say) is left out and
never made up. The comment `last YYYY-MM-DD` behind a record tells when it was seen; DAY is for those without one.
"""
import json
import re
import sys

LINE = re.compile(r'^(\S+)\s+(?:(\d+)\s+)?IN\s+(TXT|MX|CNAME)\s+(.*)$')
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
SOURCE = 'mxmap survey'


def read_zone(path, records):
    with open(path, encoding='utf-8') as zone:
        for line in zone:
            match = None if line.startswith(';') else LINE.match(line.rstrip('\n'))
            if not match:
                continue
            owner, ttl, kind, data = match.groups()
            seen = re.search(r';.*last (\d{4}-\d{2}-\d{2})', data)
            key = (owner.rstrip('.').lower(), kind)
            entry = {'owner': key[0], 'type': kind, 'ttl': int(ttl or 300)}
            if kind == 'TXT':
                entry['strings'] = STRING.findall(data)
            elif kind == 'MX':
                preference, exchange = data.split()[:2]
                entry.update(preference=int(preference), exchange=exchange.rstrip('.').lower() or '.')
            else:
                entry['name'] = data.split()[0].rstrip('.').lower()
            records.setdefault(key, []).append((entry, seen.group(1) if seen else None))


def fact(key, entries, default_day):
    name, kind = key
    days = [day for _, day in entries if day]
    return {
        'kind': 'dns', 'key': f'{kind} {name}', 'outcome': 'answered', 'rcode': 0,
        'ttl': min(entry['ttl'] for entry, _ in entries), 'authenticated': False,
        'records': [entry for entry, _ in entries], 'from': SOURCE,
        'at': f'{max(days) if days else default_day}T00:00:00Z', 'milliseconds': 0.0,
    }


def targets(entries):
    """The names that the SPF records among TXT answers include or redirect to."""
    for entry, _ in entries:
        text = ''.join(entry['strings'])
        if text.lower().split(' ')[0] != 'v=spf1':
            continue
        for term in text.split()[1:]:
            match = re.match(r'[-+~?]?(?:include:|redirect=)([^%]+)$', term, re.IGNORECASE)
            if match:
                yield match.group(1).rstrip('.').lower()


def main():
    domain, default_day, zones = sys.argv[1].lower(), sys.argv[2], sys.argv[3:]
    records = {}
    for zone in zones:
        read_zone(zone, records)
    wanted, seen, found = [domain], set(), {}
    while wanted:
        name = wanted.pop(0)
        if name in seen:
            continue
        seen.add(name)
        entries = records.get((name, 'TXT'))
        if not entries:
            sys.exit(f'make_sample: no TXT record of {name} in the zone files')
        found[(name, 'TXT')] = entries
        wanted += targets(entries)
    if (domain, 'MX') in records:
        found[(domain, 'MX')] = records[(domain, 'MX')]
    facts = [fact(key, found[key], default_day) for key in sorted(found)]
    json.dump({
        'format': 'mailoscope-snapshot', 'version': 1, 'domains': [domain], 'resolvers': [SOURCE],
        'recorded_at': max(entry['at'] for entry in facts), 'facts': facts,
    }, sys.stdout, indent=1, ensure_ascii=True)
    print()


if __name__ == '__main__':
    main()
