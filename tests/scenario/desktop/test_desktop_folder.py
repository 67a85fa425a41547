#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_desktop_folder.py DPOP DPOPCTL EYE SOURCE

A window and another computer that exchange through a shared folder, and never meet."""

import os
import re
import shutil
import sys

import desktop_walk as walk
from desktop_case import run
from desktop_seat import until
from dpopctl_case import holds, same

LIST = 'Name;E-Mail\nBert Baker;bert@example.org\nCarla Cook;carla@example.org\n'
PATIENCE = 40       # seconds; the folder is looked at a moment after it changed


def begin(case):
    """Anna's window; Bert's computer is dpopctl's."""
    case.found()
    case.do('anna', 'member', 'import', case.write('list.csv', LIST))
    case.join('anna', 'bert@example.org', 'bert')
    case.hand_over('anna', 'default')
    program = case.start()
    walk.enter(program)
    folder = case.path('cloud')
    os.mkdir(folder)
    case.do('bert', 'folder', 'use', folder)
    return program, folder


def use(program, folder):
    program.press(re.compile('^Exchange'))
    program.find('list item', re.compile('^Use a shared folder'))
    program.choose(re.compile('^Use a shared folder'), 'list item')
    program.find('button', re.compile('Use$'))
    program.type(folder)
    program.key('Return')


def back_and_forth(case):
    """what another computer leaves there appears by itself, what is entered here goes there"""
    program, folder = begin(case)
    use(program, folder)
    program.see('No other computer exchanges through it yet.', patience=PATIENCE)
    program.find('button', re.compile('By shared folder'))
    look = walk.Walk(program)
    look.at('exchange-folder')

    case.do('bert', 'decision', 'propose', '--title', 'A new piano?', '--text', 'Please.')
    case.do('bert', 'folder', 'exchange')
    program.see('1 other computer exchanges through it', patience=PATIENCE)
    walk.go(program, 2)
    program.find('list item', re.compile('^A new piano'), patience=PATIENCE)

    # Anna's computer keeps the record: what it confirmed is there for Bert without a hand's turn.
    until(lambda: case.do('bert', 'folder', 'exchange')['checkpoints'] > 0,
          'Bert has the confirmation', PATIENCE)
    same(case.do('bert', 'decision', 'show', 'A new piano?')['phase'], 'proposed')
    holds(case.do('bert', 'log', 'verify')['holds'])
    look.report()

    shutil.rmtree(folder)
    program.press(re.compile('^Exchange'))
    program.choose('Exchange now', 'list item')
    program.see('The shared folder', patience=PATIENCE)
    program.find('button', re.compile('The folder cannot be used'))
    program.choose(re.compile('^Use it no more'), 'list item')
    program.find('button', re.compile('By transfer file'))
    program.find('list item', re.compile('^Use a shared folder'))
    program.end()


if __name__ == '__main__':
    sys.exit(run([back_and_forth], sys.argv[1:]))
