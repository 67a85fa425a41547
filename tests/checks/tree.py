# SPDX-License-Identifier: GPL-3.0-or-later
"""A source tree as the checks see it, and how they report: one line of TAP a rule."""

import os
import re
import sys

SKIPPED = ('build', '.git', '__pycache__', '.cache')
LITERAL = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.M)


def code_only(text):
    """TEXT without comments and with empty literals; lines keep their numbers."""
    def blank(match):
        found = match.group()
        if found[0] == '/':
            return '\n' * found.count('\n')
        return found[0] * 2
    return LITERAL.sub(blank, text)


class Tree:
    """The files below ROOT, by their path from there; what is built or hidden is left out."""

    def __init__(self, root):
        self.root = root
        self.files = []
        self.texts = {}
        for folder, names, files in os.walk(root):
            here = os.path.relpath(folder, root)
            names[:] = sorted(name for name in names if not self.is_skipped(here, name))
            self.files += sorted(os.path.normpath(os.path.join(here, name)) for name in files
                                 if here != '.' or name[0] != '.')

    @staticmethod
    def is_skipped(here, name):
        return name in SKIPPED or here == '.' and (name.startswith('build')
                                                   or name[0] == '.' and name != '.ci')

    def text(self, path):
        if path not in self.texts:
            with open(os.path.join(self.root, path), encoding='utf-8', newline='') as file:
                self.texts[path] = file.read()
        return self.texts[path]

    def paths(self, folder='', ends=('.c', '.h')):
        return [path for path in self.files
                if path.endswith(tuple(ends)) and (path + '/').startswith(folder)]

    def includes(self, path):
        """(line, '"' or '<', header) for each."""
        text = self.text(path)
        return [(text.count('\n', 0, match.start()) + 1, match.group(1), match.group(2))
                for match in INCLUDE.finditer(text)]


def report(rules, *arguments):
    """Runs each rule of RULES ({claim: function giving messages}); prints TAP, and the messages on
    standard error; gives the exit status."""
    print('TAP version 13\n1..%d' % len(rules))
    failed = 0
    for number, (claim, rule) in enumerate(rules.items(), 1):
        messages = list(rule(*arguments))
        for message in messages:
            print('#', message, file=sys.stderr)
        print('%s %d - %s' % ('not ok' if messages else 'ok', number, claim))
        failed += bool(messages)
    return 1 if failed else 0
