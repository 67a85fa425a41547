#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: check-vectors.py

Reads every *.json beside it with the decoders beside it, which share no line with src/. Each
check_*.py has a table FILES: the name of a file -> a function that takes one of its vectors and
raises where it is wrong. Prints one line of TAP a file."""

import glob
import importlib
import json
import os
import sys
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)


def checkers():
    found = {}
    for path in sorted(glob.glob(os.path.join(HERE, 'check_*.py'))):
        module = importlib.import_module(os.path.basename(path)[:-len('.py')])
        for name, check in module.FILES.items():
            assert name not in found, name + ' has two checkers'
            found[name] = check
    return found


def check_file(name, check):
    """How many vectors hold, and messages about the others."""
    with open(os.path.join(HERE, name), encoding='ascii') as file:
        vectors = json.load(file)
    messages = [] if vectors else ['no vectors']
    for number, vector in enumerate(vectors):
        try:
            check(vector)
        except Exception:    # whatever goes wrong in a decoder, the vector is not read
            messages.append('%s, vector %d (%s):' % (name, number, vector['name']))
            messages += traceback.format_exc().splitlines()
    return len(vectors), messages


def self_tests():
    """The decoders' own arithmetic, against published values."""
    for name in ('cipher', 'curve'):
        importlib.import_module(name).self_test()


def main():
    checks = checkers()
    names = sorted(set(checks) | {os.path.basename(path)
                                  for path in glob.glob(os.path.join(HERE, '*.json'))})
    print('TAP version 13\n1..%d' % (1 + len(names)), flush=True)
    self_tests()
    print('ok 1 - the decoders are right about published values')
    failed = 0
    for number, name in enumerate(names, 2):
        count, messages = 0, ['nothing in check_*.py reads it']
        if name in checks:
            count, messages = check_file(name, checks[name])
        for message in messages:
            print('#', message)
        print('%s %d - %s: %d vectors' % ('not ok' if messages else 'ok', number, name, count),
              flush=True)
        failed += bool(messages)
    print('# %d files passed, %d failed' % (len(names) - failed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
