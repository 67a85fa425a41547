#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: print_coverage.py SUMMARY

Prints how much of each layer the tests ran, from what `gcovr --json-summary` wrote."""

import json
import sys

LAYERS = ('base', 'cosmic', 'storage', 'p2p', 'party', 'workspace', 'services', 'ui', 'bin')


def main(path):
    with open(path, encoding='utf-8') as file:
        files = json.load(file)['files']
    print('  lines run, by layer:')
    for layer in LAYERS:
        mine = [each for each in files if each['filename'].startswith('src/%s/' % layer)]
        total = sum(each['line_total'] for each in mine)
        covered = sum(each['line_covered'] for each in mine)
        if total > 0:
            print('    %-10s %5.1f %% of %d' % (layer, 100 * covered / total, total))


if __name__ == '__main__':
    main(sys.argv[1])
