#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: check_conventions.py ROOT

What a reader may rely on in every file: form, names, sizes, places."""

import os
import re
import sys

import check_layering
import check_templates
import rooms
import tree

TOP = {'.ci', 'meson.build', 'meson_options.txt', 'dev', 'README.md', 'LICENSE', 'src', 'data',
       'po', 'flatpak', 'tests'}
SUITES = {'pure', 'storage', 'network', 'desktop', 'scenario', 'fuzz', 'threads', 'full',
          'laptops'}
# Folders of tests that mirror no room.
OWN_TESTS = ('fixtures', 'fuzz', 'checks', 'vectors', 'scenario', 'bench',
             'models')
TEXT = ('.c', '.h', '.py', '.sh', '.build', '.txt', '.md', '.in', '.ui', '.xml', '.yml')
# Bytes that stand as they came.
GIVEN = ('LICENSE', 'tests/vectors/', 'tests/fuzz/seeds/', 'tests/cases/', 'po/')
LONGEST_LINE = 100
LONGEST_FILE = 800
LONGEST_FUNCTION = 80
VAGUE = ('manager', 'helper', 'util', 'utils', 'data', 'process')


def is_text(source, path):
    return not path.startswith(GIVEN) and (path.endswith(TEXT) or is_script(source, path))


def is_script(source, path):
    if path.startswith(GIVEN):
        return False
    if path.endswith(('.py', '.sh')):
        return True
    if '.' in os.path.basename(path):
        return False
    with open(os.path.join(source.root, path), 'rb') as file:
        return file.read(2) == b'#!'


def lines(source, ends=None):
    for path in source.files:
        if path.endswith(ends) if ends else is_text(source, path):
            for number, line in enumerate(source.text(path).split('\n'), 1):
                yield path, number, line


def white_space_is_plain(source):
    for path, number, line in lines(source):
        if '\t' in line or '\r' in line:
            yield '%s:%d: a tab or carriage return' % (path, number)
        elif line != line.rstrip():
            yield '%s:%d: space at the end of the line' % (path, number)
    for path in source.files:
        if is_text(source, path) and source.text(path) and not source.text(path).endswith('\n'):
            yield '%s: no newline at the end' % path


def lines_are_short(source):
    for path, number, line in lines(source, ('.c', '.h', '.py', '.sh', '.build')):
        if len(line) > LONGEST_LINE and not path.startswith(GIVEN):
            yield '%s:%d: %d columns, %d fit' % (path, number, len(line), LONGEST_LINE)


def files_name_their_licence(source):
    for path in source.files:
        is_c = path.endswith(('.c', '.h'))
        if is_c or is_script(source, path):
            head = source.text(path).split('\n')[:1 if is_c else 3]
            if not any('SPDX-License-Identifier: GPL-3.0-or-later' in line for line in head):
                yield '%s: no SPDX-License-Identifier at its head' % path


def headers_are_read_once(source):
    for path in source.paths(ends=('.h',)):
        if not re.search(r'^#pragma once$', source.text(path), re.M):
            yield '%s: no #pragma once' % path


def files_are_a_few_pages(source):
    for path in source.files:
        if path.endswith(('.c', '.h', '.py')) or is_script(source, path):
            count = source.text(path).count('\n')
            if count > LONGEST_FILE:
                yield '%s: %d lines are more than one file (%d)' % (path, count, LONGEST_FILE)


def functions_fit_a_screen(source):
    for path in source.paths(ends=('.c',)):
        start = None
        for number, line in enumerate(source.text(path).split('\n'), 1):
            if line == '{':
                start = number
            elif line == '}' and start is not None:
                if number - start > LONGEST_FUNCTION:
                    yield '%s:%d: a function of %d lines (%d fit a screen)' \
                        % (path, start, number - start, LONGEST_FUNCTION)
                start = None


def includes_name_files(source):
    for path in source.paths():
        for line, _, header in source.includes(path):
            if '..' in header.split('/'):
                yield '%s:%d: #include "%s" goes around the build' % (path, line, header)


def base_names_are_unique(source):
    seen = {}
    for path in source.paths():
        other = seen.setdefault(os.path.basename(path), path)
        if other != path:
            yield '%s: the name is taken by %s' % (path, other)


def names_carry_their_room(source):
    """File stem = type = prefix: cosmic-seal.h speaks of cosmic_seal or CosmicSeal."""
    for path in source.paths('src/'):
        stem = os.path.splitext(os.path.basename(path))[0]
        prefix = 'cosmic-' if path.startswith('src/cosmic/') else 'dpop'
        if not stem.startswith(prefix):
            yield '%s: a file here is called %s…' % (path, prefix)
        if path.endswith('.h'):
            words = stem.removesuffix('-private').split('-')
            names = ('_'.join(words), ''.join(word.capitalize() for word in words))
            code = tree.code_only(source.text(path))
            if not re.search(r'\b(%s|%s)' % names, code):
                yield '%s: declares neither %s… nor %s…' % ((path,) + names)


def names_say_something(source):
    for path in source.paths() + source.paths(ends=('.py',)):
        for word in re.split(r'[-_.]', os.path.basename(path)):
            if word in VAGUE:
                yield '%s: "%s" says nothing' % (path, word)


def nothing_is_left_to_do(source):
    for path, number, line in lines(source, ('.c', '.h', '.py', '.sh', '.build', 'dev')):
        if re.search(r'\b(TO' r'DO|FIX' r'ME|XX' r'X)\b', line):
            yield '%s:%d: left to do' % (path, number)


def files_are_built(source):
    for path in source.paths(ends=('.c',)):
        folder, name = os.path.split(path)
        build = folder + '/meson.build'
        text = source.text(build) if build in source.files else ''
        names = {name}
        if path.startswith('tests/'):    # a list there may leave out 'test-' and '.c'
            words = name[:-len('.c')].split('-')
            names |= {'-'.join(words[start:]) for start in range(len(words))}
        if not any("'%s'" % each in text for each in names):
            yield '%s: not in the meson.build of its folder' % path


def numbers_that_decide_are_exact(source):
    for path in source.paths('src/'):
        if rooms.is_pure(os.path.dirname(path)[len('src/'):]):
            code = tree.code_only(source.text(path))
            for match in re.finditer(r'\b(g?double|g?float|g_variant_\w+_double)\b', code):
                yield '%s:%d: %s where integers decide' \
                    % (path, code.count('\n', 0, match.start()) + 1, match.group())


def top_holds_only_the_known(source):
    for name in sorted({path.split('/')[0] for path in source.files}):
        if name not in TOP:
            yield '%s: does not belong at the top' % name


def tests_mirror_the_house(source):
    for path in source.paths('tests/', ('/meson.build',)):
        folder = os.path.dirname(path)[len('tests/'):]
        if folder and folder.split('/')[0] not in OWN_TESTS \
                and not any(file.startswith('src/%s/' % folder) for file in source.files):
            yield '%s: there is no src/%s' % (path, folder)


def suites_are_known(source):
    for path in source.paths('tests/', ('meson.build',)):
        text = re.sub(r'#[^\n]*', '', source.text(path))
        for value in re.findall(r"\bsuite:\s*(\[[^\]]*\]|'[^']*')", text):
            for suite in re.findall(r"'([^']*)'", value):
                if suite not in SUITES:
                    yield '%s: there is no suite %s' % (path, suite)
        for _, arguments in check_layering.calls(text, 'test'):
            if 'suite:' not in arguments:
                yield '%s: a test without a suite: %s' % (path, arguments.split(',')[0])


RULES = {
    'white space is plain': white_space_is_plain,
    'lines are short': lines_are_short,
    'files name their licence': files_name_their_licence,
    'headers are read once': headers_are_read_once,
    'a file is a few pages': files_are_a_few_pages,
    'a function fits a screen': functions_fit_a_screen,
    'includes name files, not ways to them': includes_name_files,
    'base names are unique': base_names_are_unique,
    'file stem, type and prefix agree': names_carry_their_room,
    'names say something': names_say_something,
    'nothing is left to do': nothing_is_left_to_do,
    'every C file is built': files_are_built,
    'numbers that decide are exact': numbers_that_decide_are_exact,
    'the top holds only what is known': top_holds_only_the_known,
    'tests mirror the house': tests_mirror_the_house,
    'every test is in a known suite': suites_are_known,
    **check_templates.RULES,
}

if __name__ == '__main__':
    sys.exit(tree.report(RULES, tree.Tree(sys.argv[1])))
