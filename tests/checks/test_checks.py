#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_checks.py COMPILER...

Every rule is silent on a small good house, and speaks when it is broken. A rule without a case
that breaks it fails too."""

import os
import subprocess
import sys
import tempfile

import check_conventions
import check_layering
import check_purity
import check_translations
import tree

SPDX = '/* SPDX-License-Identifier: GPL-3.0-or-later */\n'
ROOM = """%(room)s_lib = static_library('dpop-%(room)s', 'dpop-%(room)s.c',
  dependencies: [glib_dep%(needs)s])
%(room)s_dep = declare_dependency(link_with: %(room)s_lib,
  include_directories: include_directories('.'), dependencies: [glib_dep%(passes)s])
"""


def room(folder, needs='', passes='', includes=(), prefix='dpop'):
    """The three files of a small room."""
    name = folder.split('/')[-1]
    stem = '%s-%s' % (prefix, name)
    lines = ''.join('#include "%s"\n' % header for header in includes)
    return {
        'src/%s/meson.build' % folder:
            (ROOM % {'room': name, 'needs': needs, 'passes': passes})
            .replace('dpop-%s.c' % name, stem + '.c'),
        'src/%s/%s.h' % (folder, stem):
            SPDX + '#pragma once\n\n#include <glib.h>\n%s\nint %s_%s (void);\n'
            % (lines, prefix, name),
        'src/%s/%s.c' % (folder, stem):
            SPDX + '#include "%s.h"\n\nint\n%s_%s (void)\n{\n  return 1;\n}\n'
            % (stem, prefix, name),
    }


def template(kind, content):
    return {'src/ui/dpop-page.ui': '<interface><object class="%s">%s</object></interface>\n'
                                   % (kind, content)}


GOOD = {
    'meson.build': "project('small', 'c')\n",
    'src/meson.build': "subdir('base')\nsubdir('cosmic/crypto')\nsubdir('cosmic/operation')\n"
                       "subdir('cosmic/log')\nsubdir('storage')\nsubdir('party/count')\n"
                       "subdir('workspace')\n",
    'tests/meson.build': "subdir('base')\n",
    'tests/base/meson.build': "test('base', executable('test-base', 'test-base.c'),\n"
                              "  suite: ['pure', 'threads'])\n",
    'tests/base/test-base.c': SPDX + 'int\nmain (void)\n{\n  return 0;\n}\n',
    'po/POTFILES.in': 'src/workspace/dpop-words.c\n',
    'dev': '#!/bin/sh\n# SPDX-License-Identifier: GPL-3.0-or-later\n',
    'src/workspace/dpop-words.c': SPDX + '#include <glib/gi18n-lib.h>\n\n'
                                  'const char *words = N_("Yes");\n',
    **room('base'),
    **room('cosmic/crypto', needs=', base_dep, sodium_dep', prefix='cosmic'),
    **room('cosmic/operation', needs=', crypto_dep', prefix='cosmic'),
    **room('cosmic/log', needs=', operation_dep, gio_dep', prefix='cosmic'),
    **room('storage', needs=', log_dep, sqlite_dep'),
    **room('party/count', needs=', operation_dep', passes=', operation_dep',
           includes=['cosmic-operation.h']),
    **room('workspace', needs=', count_dep, storage_dep', passes=', count_dep',
           includes=['dpop-count.h']),
}
GOOD['src/workspace/meson.build'] = GOOD['src/workspace/meson.build'].replace(
    "'dpop-workspace.c'", "'dpop-workspace.c', 'dpop-words.c'")


def add(path, text):
    """The good file with TEXT after it."""
    return {path: GOOD[path] + text}


COUNT_C = 'src/party/count/dpop-count.c'
COUNT_H = 'src/party/count/dpop-count.h'
COUNT_BUILD = 'src/party/count/meson.build'
OPERATION_C = 'src/cosmic/operation/cosmic-operation.c'

LAYERING = [
    ('every source file lies in a room of the house', {'src/attic/dpop-attic.c': SPDX}),
    ('every source file lies in a room of the house', {COUNT_BUILD: '\n'}),
    ('includes look down', add(COUNT_C, '#include "dpop-workspace.h"\n')),
    ('includes look down', add(COUNT_C, '#include "dpop-storage.h"\n')),
    ('includes look down', add(COUNT_C, '#include "cosmic-log.h"\n')),
    ('includes look down', add(OPERATION_C, '#include <cosmic-log.h>\n')),
    ('includes look down', add('src/base/dpop-base.c', '#include "cosmic-crypto.h"\n')),
    ('includes look down', add('src/storage/dpop-storage.c', '#include "dpop-count.h"\n')),
    ('includes look down', add(COUNT_C, '#include "nowhere.h"\n')),
    ('private headers stay in their room',
     {'src/storage/dpop-page-private.h': SPDX + '#pragma once\nint dpop_page (void);\n',
      **add('src/workspace/dpop-words.c', '#include "dpop-page-private.h"\n')}),
    ('libraries depend on lower ones and on what they own',
     {COUNT_BUILD: GOOD[COUNT_BUILD].replace('operation_dep', 'log_dep', 1)}),
    ('libraries depend on lower ones and on what they own',
     {COUNT_BUILD: GOOD[COUNT_BUILD].replace('operation_dep', 'sqlite_dep', 1)}),
    ('libraries depend on lower ones and on what they own',
     {COUNT_BUILD: GOOD[COUNT_BUILD].replace('operation_dep', 'gio_dep', 1)}),
    ('headers from outside stay with their owners', add(COUNT_C, '#include <sodium.h>\n')),
    ('headers from outside stay with their owners',
     add('src/storage/dpop-storage.c', '#include <gnutls/crypto.h>\n')),
    ('headers from outside stay with their owners',
     add('src/workspace/dpop-words.c', '#include <sqlite3.h>\n')),
    ('headers from outside stay with their owners',
     add('src/workspace/dpop-words.c', '#include <gtk/gtk.h>\n')),
    ('headers from outside stay with their owners',
     add('src/workspace/dpop-words.c', '#include <json-glib/json-glib.h>\n')),
    ('pure rooms include little from outside', add(COUNT_C, '#  include <time.h>\n')),
    ('pure rooms include little from outside', add(OPERATION_C, '#include <gio/gio.h>\n')),
    ('a room exports its own folder only',
     {COUNT_BUILD: GOOD[COUNT_BUILD].replace("('.')", "('..')")}),
    ('a room passes on only what its headers need',
     {'src/storage/meson.build':
      GOOD['src/storage/meson.build'].replace('[glib_dep])', '[glib_dep, log_dep])')}),
]

CONVENTIONS = [
    ('white space is plain', add(COUNT_C, '\tint x;\n')),
    ('white space is plain', add(COUNT_C, 'int x; \n')),
    ('white space is plain', add('dev', 'echo')),
    ('lines are short', add(COUNT_C, 'int %s;\n' % ('x' * 100))),
    ('files name their licence', {COUNT_C: GOOD[COUNT_C][len(SPDX):]}),
    ('files name their licence', {'dev': '#!/bin/sh\n'}),
    ('headers are read once', {COUNT_H: GOOD[COUNT_H].replace('#pragma once\n', '')}),
    ('a file is a few pages', add(COUNT_C, 'int x;\n' * 800)),
    ('a function fits a screen', add(COUNT_C, 'int\nf (void)\n{\n%s}\n' % ('  f ();\n' * 81))),
    ('includes name files, not ways to them', add(COUNT_C, '#include "../x/dpop-count.h"\n')),
    ('base names are unique', {'tests/base/dpop-count.h': GOOD[COUNT_H]}),
    ('file stem, type and prefix agree',
     {'src/storage/page.h': SPDX + '#pragma once\nint page (void);\n'}),
    ('file stem, type and prefix agree',
     {'src/storage/dpop-page.h': SPDX + '#pragma once\nint dpop_leaf (void);\n'}),
    ('names say something',
     {'src/storage/dpop-page-helper.h':
      SPDX + '#pragma once\nint dpop_page_helper (void);\n'}),
    ('nothing is left to do', add(COUNT_C, '/* FIX' 'ME: later */\n')),
    ('every C file is built', {'src/storage/dpop-page.c': SPDX}),
    ('numbers that decide are exact', add(COUNT_C, 'double half = 1;\n')),
    ('numbers that decide are exact', add(OPERATION_C, 'gfloat half = 1;\n')),
    ('the top holds only what is known', {'notes/plan.md': '\n'}),
    ('tests mirror the house', {'tests/attic/meson.build': '\n'}),
    ('every test is in a known suite',
     {'tests/base/meson.build': GOOD['tests/base/meson.build'].replace("'pure'", "'slow'")}),
    ('every test is in a known suite',
     add('tests/base/meson.build', "test('more', executable('more', 'test-base.c'))\n")),
    ('a name is read once', template('GtkButton', '<property name="label">_Go</property>'
                                     '<property name="use-underline">True</property>')),
    ('a name is read once',
     {'src/ui/dpop-go.c': SPDX + 'void *go = gtk_button_new_with_mnemonic ("_Go");\n'}),
    ('a button with an icon has a name',
     template('GtkButton', '<property name="icon-name">go-next-symbolic</property>')),
    ('a button with an icon has a name',
     template('GtkToggleButton', '<property name="child"><object class="GtkBox"/></property>')),
    ('a button with an icon has a name',
     template('GtkExpander', '<property name="label">More</property>')),
    ('a text lets Tab through', template('GtkTextView', '')),
]

TRANSLATIONS = [
    ('every file with words for people is translated',
     add('src/workspace/dpop-workspace.c', 'const char *x = _("No");\n')),
    ('every file with words for people is translated',
     {'po/POTFILES.in': '# src/workspace/dpop-words.c\n'}),
    ('every file with words for people is translated',
     {'data/small.desktop.in': '[Desktop Entry]\nName=Small\n'}),
    ('every file with words for people is translated',
     {'src/workspace/small.ui': '<property name="label" translatable="yes">Vote</property>\n'}),
    ('the translators get files that are there',
     add('po/POTFILES.in', 'src/workspace/dpop-zzz.c\n')),
    ('the translators get files that are there',
     add('po/POTFILES.in', 'src/workspace/dpop-workspace.c\n')),
    ('only the workspace and what is above it speaks to people',
     {**add(COUNT_C, 'const char *x = N_("No");\n'),
      'po/POTFILES.in': COUNT_C + '\n' + GOOD['po/POTFILES.in']}),
]

CALLS = 'pure rooms call nothing that has effects'
PURITY = [
    (CALLS, add(COUNT_C, 'long g_get_real_time (void);\n'
                         'long dpop_now (void)\n{\n  return g_get_real_time ();\n}\n')),
    (CALLS, add(COUNT_C, 'int g_utf8_collate (char *, char *);\n'
                         'int dpop_less (char *a)\n{\n  return g_utf8_collate (a, a);\n}\n')),
    (CALLS, add(OPERATION_C, 'int dpop_storage (void);\n'
                             'int cosmic_up (void)\n{\n  return dpop_storage ();\n}\n')),
    (CALLS, add(OPERATION_C, 'int dpop_base (void);\n'
                             'int cosmic_clock (void)\n{\n  return dpop_base ();\n}\n')),
    (CALLS, add(OPERATION_C, 'double g_ascii_strtod (char *, char **);\n'
                             'int cosmic_x (void)\n{\n  return g_ascii_strtod ("1", 0) > 0;\n}\n')),
    ('every pure room was looked at',
     {'src/party/unit/meson.build': "unit_lib = static_library('dpop-unit')\n"}),
    ('what a library shows begins with its prefix',
     add(COUNT_C, 'int tally (void)\n{\n  return 1;\n}\n')),
    ('what a library shows begins with its prefix',
     add(OPERATION_C, 'int dpop_tally (void)\n{\n  return 1;\n}\n')),
]
# A pure room calls its like, the crypto room and memory.
PURE_CALLS = add(COUNT_C, 'int cosmic_operation (void);\nint cosmic_crypto (void);\n'
                          'void *g_malloc0 (unsigned long);\n'
                          'int dpop_good (void)\n{\n  return g_malloc0 (8) && cosmic_operation ()'
                          ' && cosmic_crypto ();\n}\n')


def write(root, files):
    for path, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
        with open(os.path.join(root, path), 'w', encoding='utf-8') as file:
            file.write(text)


def compile_rooms(root, compiler):
    """What the check of symbols reads: one archive a room, under ROOT/build."""
    stubs = os.path.join(root, 'build', 'stubs')
    os.makedirs(stubs)
    with open(os.path.join(stubs, 'glib.h'), 'w', encoding='utf-8'):
        pass
    source = tree.Tree(root)
    for path in source.paths('src/', ('.c',)):
        if '/workspace/' in path:
            continue
        out = os.path.join(root, 'build', os.path.dirname(path))
        os.makedirs(out, exist_ok=True)
        includes = ['-I' + os.path.join(root, os.path.dirname(header))
                    for header in source.paths('src/', ('.h',))]
        subprocess.run(compiler + ['-w', '-c', os.path.join(root, path), '-I' + stubs, *includes,
                                   '-o', out + '/room.o'], check=True)
        subprocess.run(['ar', 'crs', out + '/libroom.a', out + '/room.o'], check=True)


def found(check, files, compiler):
    """The rules of CHECK that speak on FILES."""
    with tempfile.TemporaryDirectory() as root:
        write(root, files)
        source = tree.Tree(root)
        arguments = [source]
        if check is check_layering:
            arguments = [check_layering.House(source)]
        elif check is check_purity:
            compile_rooms(root, compiler)
            arguments = [source, check_purity.Symbols(os.path.join(root, 'build'))]
        return {claim for claim, rule in check.RULES.items() if list(rule(*arguments))}


def main(compiler):
    outcomes = []
    for check, cases in ((check_layering, LAYERING), (check_conventions, CONVENTIONS),
                         (check_translations, TRANSLATIONS), (check_purity, PURITY)):
        name = check.__name__
        outcomes.append(('%s is silent on a good house' % name, found(check, GOOD, compiler)))
        for claim in check.RULES:
            broken = [files for rule, files in cases if rule == claim]
            missed = [number for number, files in enumerate(broken, 1)
                      if claim not in found(check, {**GOOD, **files}, compiler)]
            outcomes.append(('%s sees %d ways to break: %s' % (name, len(broken), claim),
                             missed or not broken))
    outcomes.append(('check_purity lets a pure room call memory and its like',
                     found(check_purity, {**GOOD, **PURE_CALLS}, compiler)))
    print('TAP version 13\n1..%d' % len(outcomes))
    for number, (claim, wrong) in enumerate(outcomes, 1):
        print('%s %d - %s' % ('not ok' if wrong else 'ok', number, claim))
        if wrong:
            print('#', wrong)
    return 1 if any(wrong for _, wrong in outcomes) else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
