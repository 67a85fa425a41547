#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: check_translations.py ROOT

Every file with words for people is handed to the translators, and only rooms that speak to people
have such words."""

import re
import sys

import tree

MARKED = re.compile(r'\b(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dgettext|g_dpgettext2?)[ \t]*\(')
# Of these, what is translated is found by gettext's own rules or those in data/its.
TEMPLATES = ('.desktop.in', '.metainfo.xml.in', '.mime.xml.in')
SILENT = ('src/base/', 'src/cosmic/', 'src/storage/', 'src/p2p/', 'src/party/')


def marked(source):
    return [path for path in source.paths('src/')
            if MARKED.search(re.sub(r'^[ \t]*#[ \t]*define[^\n]*', '',
                                    tree.code_only(source.text(path)), flags=re.M))]


def has_words(source, path):
    if path.endswith('.ui'):
        return re.search(r'\btranslatable="(yes|true|1)"', source.text(path))
    return path.endswith(TEMPLATES)


def handed_over(source):
    """Files with words for people: C, and what is found by its name."""
    return marked(source) + [path for path in source.files
                             if path.startswith(('src/', 'data/')) and has_words(source, path)]


def listed(source):
    if 'po/POTFILES.in' not in source.files:
        return []
    return [line for line in source.text('po/POTFILES.in').split('\n')
            if line and not line.startswith('#')]


def words_are_handed_over(source):
    names = listed(source)
    for path in handed_over(source):
        if path not in names:
            yield '%s: has marked words and is not in po/POTFILES.in' % path


def lists_name_files(source):
    found = handed_over(source)
    for path in listed(source):
        if path not in source.files:
            yield 'po/POTFILES.in: there is no %s' % path
        elif path not in found:
            yield 'po/POTFILES.in: %s has no marked words' % path
    if listed(source) != sorted(listed(source)):
        yield 'po/POTFILES.in: not in the order of the alphabet'


def silent_rooms_are_silent(source):
    for path in marked(source):
        if path.startswith(SILENT):
            yield '%s: words for people belong in the workspace and above' % path


RULES = {
    'every file with words for people is translated': words_are_handed_over,
    'the translators get files that are there': lists_name_files,
    'only the workspace and what is above it speaks to people': silent_rooms_are_silent,
}

if __name__ == '__main__':
    sys.exit(tree.report(RULES, tree.Tree(sys.argv[1])))
