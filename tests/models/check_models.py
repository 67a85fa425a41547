#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: check_models.py CC...

Has spin look at every state of the models beside it: the sound ones must show no error, and the
known-bad ones must show one. Prints one line of TAP a run. Without spin nothing is checked, and
that is said."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
# -DNOREDUCE: a model is one sequence of atomic steps, there is nothing to reduce.
CHECKER = ['-w', '-O1', '-DSAFETY', '-DNOREDUCE', '-DMEMLIM=2000']
DEPTH = '100000'

# (model, macros, whether it is sound, whether only at full length, what is claimed)
RUNS = (
    ('agreement', ['ROUNDS=3'], True, False, 'no two certificates at one height'),
    ('agreement', ['ROUNDS=3', 'FORGETS_LOCK'], False, False, 'a forgotten lock is caught'),
    ('agreement', ['ROUNDS=3', 'ANY_PROOF'], False, False,
     'to let go of a lock for an older proof is caught'),
    ('agreement', ['ROUNDS=2', 'CALM'], True, False, 'progress once messages arrive in time'),
    ('agreement', ['ROUNDS=2', 'CALM', 'KEEPS_VOTES'], False, False,
     'not to pass on what others said is caught'),
    ('agreement', ['ROUNDS=3', 'CALM'], True, True, 'progress after three rounds of disorder'),
)


def search(folder, cc, model, macros):
    """(errors, states) of a search that looked at everything, or stopped at an error."""
    defines = ['-D' + macro for macro in macros]
    subprocess.run(['spin', '-a', *defines, os.path.join(HERE, model + '.pml')], cwd=folder,
                   check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    subprocess.run([*cc, *CHECKER, '-o', 'pan', 'pan.c'], cwd=folder, check=True)
    found = subprocess.run(['./pan', '-m' + DEPTH, '-w22'], cwd=folder, check=True, text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout
    if 'max search depth too small' in found or 'out of memory' in found \
            or re.search(r'^pan:\d+: (?!assertion violated)', found, re.M):
        raise RuntimeError('the search was not whole:\n' + found)
    return (int(re.search(r'errors: (\d+)', found).group(1)),
            int(re.search(r'(\d+) states, stored', found).group(1)))


def main(cc):
    if shutil.which('spin') is None:
        print('1..0 # SKIP spin is not installed: no model was checked')
        return 0
    runs = [run for run in RUNS if not run[3] or os.environ.get('DPOP_TEST_FULL') == '1']
    print('TAP version 13\n1..%d' % len(runs), flush=True)
    failed = 0
    for number, (model, macros, sound, _, claim) in enumerate(runs, 1):
        with tempfile.TemporaryDirectory() as folder:
            errors, states = search(folder, cc, model, macros)
        good = (errors == 0) == sound
        failed += not good
        print('%s %d - %s: %s (%d states, %s)' % ('ok' if good else 'not ok', number, model, claim,
                                                  states, ' '.join(macros)), flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
