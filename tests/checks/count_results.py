#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: count_results.py FAILED_STEPS LOG...

Counts the tests in the logs that Meson writes (testlog.json, one object a line), by the lines of
TAP that each printed; names those that failed or were skipped; the last line is the sum.
FAILED_STEPS is what failed without a log."""

import json
import os
import re
import sys

LINE = re.compile(r'^(not ok|ok)\b(.*)$', re.M)


def count(test):
    """(passed, failed, skipped, what to say of the last two) of one test."""
    passed, failed, skipped, remarks = 0, 0, 0, []
    for outcome, rest in LINE.findall(test.get('stdout') or ''):
        if re.search(r'#\s*(skip|todo)', rest, re.I):
            skipped += 1
            remarks.append('skipped: %s: %s' % (test['name'], rest.strip()))
        elif outcome == 'ok':
            passed += 1
        else:
            failed += 1
            remarks.append('failed: %s: %s' % (test['name'], rest.strip()))
    result = test['result']
    if result in ('FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS'):
        if failed == 0:
            failed = 1
            remarks.append('failed: %s: %s' % (test['name'], result.lower()))
    elif passed + failed + skipped == 0:
        passed, skipped = (0, 1) if result == 'SKIP' else (1, 0)
    return passed, failed, skipped, remarks


def main(failed_steps, logs):
    total = [0, int(failed_steps), 0]
    for path in logs:
        run = [0, 0, 0]
        lines = []
        if os.path.exists(path):
            with open(path, encoding='utf-8') as file:
                lines = file.readlines()
        for line in lines:
            test = json.loads(line)
            *figures, remarks = count(test)
            run = [a + b for a, b in zip(run, figures)]
            for remark in remarks:
                print('  ' + remark)
        print('  %-46s%6d of %d' % (path, run[0], sum(run)))
        total = [a + b for a, b in zip(total, run)]
    skipped = ', %d skipped' % total[2] if total[2] else ''
    print('%d passed, %d failed%s' % (total[0], total[1], skipped))
    return 1 if total[1] or not total[0] else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2:]))
