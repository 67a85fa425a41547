#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_desktop_import.py DPOP DPOPCTL EYE SOURCE

Members from a spreadsheet: columns are told, red rows mended where they stand, doubts decided, all
of it taken in, and taken back."""

import re
import sys

import desktop_choir
import desktop_walk as walk
from desktop_case import run
from dpopctl_case import same

FAULTS = '''Name;E-Mail;Mitgliedsnummer;Stimme;Geboren
Olga Ohm;olga@example.org;101;Alt;1984-02-29
;nobody@example.org;102;Tenor;1971-05-01
Paul Pfeiffer;paul(at)example.org;103;Bass;1966-12-24
Quentin Quast;quentin@example.org;104;Bass;1990-13-40
Bert Baker;someone.else@example.org;;Tenor;1955-01-01
Carla Cook;carla@new.example.org;3;Sopran;
Rita Rau;rita@example.org;106;Alt;1999-09-09
'''


def begin(case):
    desktop_choir.make(case)
    case.hand_over('choir', 'default')
    program = case.start()
    walk.enter(program)
    return program


def members(case, number, *words):
    """Their names, as dpopctl finds them in a copy of what the window made."""
    copy = 'after-%d' % number
    case.hand_back('default', copy)
    same(case.do(copy, 'log', 'verify')['holds'], True)
    return sorted(each['name'] for each in case.do(copy, 'member', 'list', *words)['members'])


def open_file(program, path):
    walk.go(program, 3)
    program.press('Import a spreadsheet')
    program.see('Drop the table here')
    program.press('Choose a File…')
    program.find('button', re.compile('Open$'))
    program.type(path)
    program.key('Return')


def row(name):
    return re.compile('^%s, ' % re.escape(name))


def mend(program, name, field, text):
    program.choose(row(name), 'list item')
    program.find('button', 'Mend')
    program.fill(field, text)
    program.press('Mend')
    program.see('The row is mended.')
    program.find('list', 'Rows of the file')


def with_faults(case):
    """a list with faults is mended, taken in and taken back; every page is as it should be"""
    program = begin(case)
    before = members(case, 0)
    look = walk.Walk(program)
    walk.go(program, 3)
    program.press('Import a spreadsheet')
    program.see('Drop the table here')
    look.at('import-file')
    program.press('Back')
    open_file(program, case.write('list.csv', FAULTS))

    program.see('What does each column say?')
    program.see('The file is separated by semicolons')
    look.at('import-columns')
    program.press('Look at the rows')
    program.see('4 rows wait for you')
    program.find('button', 'Take in 2, change 1')
    look.at('import-rows')

    program.choose(row('nobody@example.org'), 'list item')
    program.see('There is no name. Enter one.')
    look.at('import-row')
    program.press('Back')
    mend(program, 'nobody@example.org', 'Name', 'Nora Nagel')
    mend(program, 'Paul Pfeiffer', 'E-Mail', 'paul@example.org')
    mend(program, 'Quentin Quast', 'Geboren', '')
    program.see('1 row waits for you')

    program.choose(row('Bert Baker'), 'list item')
    program.see('Choose whether it is the same person.')
    look.at('import-doubt')
    program.choose('It is somebody else: a new member')
    program.press('Back')
    program.see('All rows are in order')
    program.press('Take in 6, change 1')
    program.see('6 members were taken in.')
    look.at('import-done')
    after = members(case, 1)
    same(after, sorted(before + ['Bert Baker', 'Nora Nagel', 'Olga Ohm', 'Paul Pfeiffer',
                                 'Quentin Quast', 'Rita Rau']))

    program.press('Undo this import')
    program.press('Undo', within='Undo this import?')
    program.see('6 members are gone again.')
    program.gone('button', 'Undo this import')
    look.at('import-undone')
    look.report()
    program.press('Done')
    program.find('button', 'Import a spreadsheet')
    program.end()
    same(members(case, 2), before)


def mapped(case):
    """columns without headings are said by a person; leaving asks first"""
    program = begin(case)
    open_file(program, case.write('plain.csv', 'x1@example.org,Xaver Xylander\n'
                                               'y2@example.org,Yvonne Yildiz\n'))
    program.see('No heading says which column is the name')
    program.see('It has no headings')
    program.walk_to('“Column 1” is')
    program.key('space')
    program.find('label', 'Given name')
    program.walk_down('E-mail')
    program.key('Return')
    program.gone('label', 'Given name')
    program.press('Look at the rows')
    program.find('button', 'Take in 2 members')
    program.press('Back')
    program.see('Leave without taking anybody in?')
    program.press('Stay')
    program.press('Take in 2 members')
    program.see('2 members were taken in.')
    program.end()
    same(members(case, 0, '--search', 'x1@example.org'), ['Xaver Xylander'])


def refused(case):
    """what is no table is said to be none, in a sentence"""
    program = begin(case)
    open_file(program, case.write('list.xlsx', 'PK\003\004 and so on'))
    program.see('save it as CSV')
    program.press('Choose a File…')
    program.find('button', re.compile('Open$'))
    program.type(case.write('list.csv', FAULTS))
    program.key('Return')
    program.see('What does each column say?')
    program.key('Escape')
    program.press('Leave')
    program.find('button', 'Import a spreadsheet')
    program.end()


if __name__ == '__main__':
    sys.exit(run([with_faults, mapped, refused], sys.argv[1:]))
