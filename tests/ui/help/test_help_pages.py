#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_help_pages.py DPOP DPOPCTL EYE SOURCE

The help at the desktop: found by keyboard, led on by links, legible in every size."""

import os
import re
import sys

import desktop_audit as audit
from desktop_case import run, shoot
from dpopctl_case import holds, same

SEARCH = 'Search the help'
# Topics are alike, and many: of each share, the hardest cell and one more.
FEW = None if os.environ.get('DPOP_TEST_FULL') else 2


def titles(case):
    """Of all topics, as they are written."""
    folder = os.path.join(case.source, 'src/ui/help')
    found = []
    for name in sorted(os.listdir(folder)):
        if name.endswith('.c'):
            with open(os.path.join(folder, name), encoding='utf-8') as file:
                found += re.findall(r'\.title = N_\("([^"]*)"\)', file.read())
    return found


def open_help(case):
    program = case.start()
    program.key('F1')
    program.find(None, 'To begin')
    return program


def by_keyboard(case):
    """F1 opens the help before anything is unlocked, and the search field has the focus"""
    program = open_help(case)
    same(program.focused().name, SEARCH)
    for title in titles(case):
        holds(program.all(None, title, hidden=True), title)
    program.key('Escape')
    program.gone(None, 'To begin')
    program.end()


def searching(case):
    """what is typed is found and said, Enter opens the first, Escape leads back to it"""
    program = open_help(case)
    program.type('forgotten pass')
    program.see('2 topics were found.')
    program.key('Return')
    program.find('heading', 'Locking, and the passphrase')
    program.key('Escape')
    program.gone('heading', 'Locking, and the passphrase')
    program.key('ctrl+a')
    program.type('zebra')
    program.find(None, 'Nothing was found')
    program.key('ctrl+a', 'BackSpace')
    program.find(None, 'To begin')
    program.end()


def leading_on(case):
    """a link in a text and a topic beside it lead on, and back again"""
    program = open_help(case)
    program.walk_to('Open a vote', keys='Tab')
    program.key('Return')
    program.find('heading', 'Open a vote')
    program.walk_to(re.compile('^A vote with a time ends'))
    program.key('Return')
    program.find('heading', 'Stop a vote and repeat it')
    program.walk_to('Put a question and discuss it')
    program.key('Return')
    program.find('heading', 'Put a question and discuss it')
    program.key('alt+Left')
    program.find('heading', 'Stop a vote and repeat it')
    program.key('ctrl+f')
    program.find(None, SEARCH)
    same(program.focused().name, SEARCH)
    program.end()


def with_names(case):
    """everything has a name, and Tab reaches it"""
    program = open_help(case)
    same(audit.names(program), [])
    same(audit.keys(program), [])
    program.key('ctrl+f')
    program.type('keyboard')
    program.see('1 topic was found.')
    program.key('Return')
    program.find('heading', 'Keyboard')
    same(audit.names(program), [])
    same(audit.keys(program), [])
    program.end()


def in_every_size(case):
    """every topic is legible in every light, width, size of text and direction"""
    program = open_help(case)
    before = None
    for number, title in enumerate(titles(case)):
        program.key('ctrl+f', 'ctrl+a')
        program.type(re.match('[ -~]*', title).group())    # what every keyboard has
        program.find('list', 'What was found')
        program.key('Return')
        program.find('heading', title)
        for cell in audit.share(number)[:FEW]:
            cell.enter(program, before)
            before = cell
            same(audit.geometry(program), ([], []), '%s, %s' % (title, cell))
            shoot(program, 'help', title.replace('/', ' '), cell)
        program.key('Escape')
        program.find(None, SEARCH)
    program.key('ctrl+f', 'ctrl+a', 'BackSpace')
    program.find(None, 'To begin')
    for cell in audit.share(len(titles(case))):
        cell.enter(program, before)
        before = cell
        same(audit.geometry(program), ([], []), 'the list, %s' % cell)
        shoot(program, 'help', cell)
    program.end()


if __name__ == '__main__':
    sys.exit(run([by_keyboard, searching, leading_on, with_names, in_every_size], sys.argv[1:]))
