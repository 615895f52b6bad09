#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Validates reports against the JSON schema, and what a schema cannot say.

    validate_reports.py SCHEMA FOLDER
"""
import json
import pathlib
import sys

import jsonschema

LEAST = 30  # reports: fewer mean that the tests that write them did not run


def check_node(node, complain):
    """Offsets count characters of the record, and give the text of the term."""
    for term in node['terms']:
        if node['record'][term['begin']:term['end']] != term['text']:
            complain(f"term {term['text']!r} of {node['domain']} does not stand at its offsets")
        if 'child' in term:
            check_node(term['child'], complain)


def check_evidence(evidence, complain):
    record = evidence['record']
    if record is not None and not evidence['begin'] <= evidence['end'] <= len(record):
        complain(f"evidence of {evidence['name']} lies outside its record")


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding='utf-8'))
    validator_class = jsonschema.validators.validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(schema)
    faults = 0
    reports = sorted(pathlib.Path(sys.argv[2]).glob('*.json'))
    for path in reports:
        problems = []
        report = json.loads(path.read_text(encoding='utf-8'))
        problems += [f'{error.json_path}: {error.message[:200]}' for error in validator.iter_errors(report)]
        check_node(report['spf']['tree'], problems.append)
        for finding in report['findings']:
            for evidence in [finding['evidence']] + finding['more_evidence']:
                if evidence:
                    check_evidence(evidence, problems.append)
        for problem in problems:
            print(f'{path.name}: {problem}')
        faults += len(problems)
    print(f'{len(reports)} reports, {faults} faults')
    return 1 if faults or len(reports) < LEAST else 0


if __name__ == '__main__':
    sys.exit(main())
