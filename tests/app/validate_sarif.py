#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Validates SARIF logs against our schema of the part that we write, and what a schema cannot say.

    validate_sarif.py SCHEMA FOLDER
"""
import json
import pathlib
import sys

import jsonschema

LEAST = 30  # logs: fewer mean that the tests that write them did not run


def end(region):
    return region['charOffset'] + region['charLength']


def check_place(place, complain):
    region = place.get('region')
    context = place.get('contextRegion')
    if context:
        # SARIF 2.1.0 section 3.29.5: the context is a proper superset of the region.
        if region['charOffset'] < context['charOffset'] or end(region) > end(context):
            complain('a region reaches beyond its context')
        if region['charLength'] >= context['charLength']:
            complain('a context is no larger than its region')
    for part in (region, context):
        # Section 3.14.17, columnKind: lengths count code points.
        if part and 'snippet' in part and len(part['snippet']['text']) != part['charLength']:
            complain('a snippet has another length than its region')


def check_run(run, complain):
    rules = run['tool']['driver']['rules']
    ids = [rule['id'] for rule in rules]
    if len(set(ids)) != len(ids):
        complain('two rules have the same id')
    for result in run['results']:
        # Section 3.27.6: the index leads to the rule of that id.
        if result['ruleIndex'] >= len(ids) or ids[result['ruleIndex']] != result['ruleId']:
            complain(f"ruleIndex of {result['ruleId']} does not lead to its rule")
        for location in result['locations']:
            check_place(location['physicalLocation'], complain)


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding='utf-8'))
    validator_class = jsonschema.validators.validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(schema)
    faults = 0
    results = 0
    logs = sorted(pathlib.Path(sys.argv[2]).glob('*.sarif'))
    for path in logs:
        log = json.loads(path.read_text(encoding='utf-8'))
        problems = [f'{error.json_path}: {error.message[:200]}' for error in validator.iter_errors(log)]
        if not problems:
            for run in log['runs']:
                check_run(run, problems.append)
                results += len(run['results'])
        for problem in problems:
            print(f'{path.name}: {problem}')
        faults += len(problems)
    print(f'{len(logs)} logs, {results} results, {faults} faults')
    return 1 if faults or len(logs) < LEAST or not results else 0


if __name__ == '__main__':
    sys.exit(main())
