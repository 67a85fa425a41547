#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_preferences.py DPOP DPOPCTL EYE SOURCE

The preferences at the desktop: what they say, and that each of them does what it says."""

import os
import re
import sys

import desktop_audit as audit
import desktop_walk as walk
from desktop_case import run
from desktop_seat import until
from dpopctl_case import PASSPHRASE, holds, same

OTHER = 'five other words that nobody guesses'


def begin(case, **given):
    """Founded, with a further computer if asked for, and at the preferences."""
    case.found('choir')
    if given.get('second'):
        case.join('choir', 'Anna Archer', 'second')
        case.do('choir', 'confirm')
    case.hand_over('choir', 'choir')
    program = case.start()
    walk.enter(program)
    open_preferences(program)
    return program


def open_preferences(program):
    program.key('ctrl+comma')
    program.see('What is kept')


def choose(program, row):
    program.walk_to(row)
    program.key('Return')


def ways(case):
    """what is said is so, everything has a name, and Tab reaches it"""
    program = begin(case, second=True)
    program.see('This computer')
    program.see('Another computer')
    program.see('This computer is the only record keeper')
    program.see(re.compile(r'^[0-9,]+ entries and [0-9]+ confirmations? take .*B\.$'))
    program.see(os.path.join(case.seat.folder, 'data/dpop/choir'))
    same(audit.names(program), [])
    same(audit.keys(program), [])
    program.key('Escape')
    program.gone(None, 'What is kept')
    program.end()


def another_passphrase(case):
    """the passphrase is changed by who knows it, and then the old one opens nothing"""
    program = begin(case)
    choose(program, 'Change the passphrase')
    program.find('heading', 'Change the passphrase')
    program.type('not the right one')
    for name in ('^Passphrase', '^Once more'):
        program.walk_to(re.compile(name))
        program.type(OTHER)
    program.press('Change It')
    program.find('alert', re.compile('^That is not the passphrase'))
    program.walk_to('The passphrase as it is now')
    program.key('ctrl+a')
    program.type(PASSPHRASE)
    program.key('Return')
    program.see('From now on the new passphrase opens it.')
    program.key('ctrl+l')
    walk.unlock(program)
    program.find('alert', re.compile('^That is not the passphrase'))
    walk.unlock(program, OTHER)
    program.find('list', 'Pages')
    program.end()


def a_new_key(case):
    """everything is encrypted anew, and the organisation is open again, at home"""
    program = begin(case)
    choose(program, 'Somebody may have copied it all')
    program.find('heading', 'Encrypt everything anew?')
    program.type('not the right one')
    program.key('Return')
    program.find('alert', re.compile('^That is not the passphrase'))
    holds(os.path.exists(case.home('choir/database-1')), 'nothing was done')
    program.type(PASSPHRASE)
    program.key('Return')
    program.see('Everything is encrypted anew')
    same(sorted(each for each in os.listdir(case.home('choir'))
                if re.match('database-[0-9]*$', each)), ['database-2'])
    open_preferences(program)
    program.see('This computer is the only record keeper')
    program.end()


def another_computer(case):
    """an invitation for a further computer is shown, and it is one"""
    program = begin(case)
    choose(program, 'Link another computer…')
    program.find('heading', 'Link another computer of yours')
    program.press('Make the Invitation')
    program.find('label', re.compile('^DPOP-J'))
    program.find('button', 'Keep as a File…')
    same(audit.names(program), [])
    code = [each.words for each in program.eye.look() if each.words.startswith('DPOP-J')][0]
    case.profile('new')
    case.do('new', 'device', 'request', case.write('invitation', code), '--output',
            case.path('request'))
    program.end()


def switched_off(case):
    """another computer is switched off, after it was asked"""
    program = begin(case, second=True)
    button = re.compile('^Switch off the computer with the mark ')
    same(len(program.all('button', button)), 1, 'this computer is not to be switched off')
    program.press(button)
    program.find(None, 'Switch this computer off?')
    program.focus_window()
    program.press(re.compile('^Cancel'))
    program.gone(None, 'Switch this computer off?')
    program.find('button', button)
    program.press(button)
    program.find(None, 'Switch this computer off?')
    program.focus_window()
    program.press(re.compile('^Switch Off'), within='Switch this computer off?')
    program.see('The computer is switched off.')
    program.gone('button', button)
    program.find(None, 'switched off')
    program.end()


def a_label(case):
    """what it is called before it is unlocked lies beside it, and is on the page that asks"""
    program = begin(case)
    program.walk_to(re.compile('^Its name here'))
    program.key('ctrl+a')
    program.type('Singers')
    program.key('Return')
    program.see('It is called so from now on')
    program.key('ctrl+l')
    program.find(None, 'Singers')
    program.end()


def locked_by_itself(case):
    """after how many minutes it locks is chosen by keyboard, and kept"""
    program = begin(case)
    program.find(None, '15 minutes')
    program.walk_to(re.compile('^Lock by itself'))
    program.key('space')
    program.pick('1 hour')
    program.find(None, '1 hour')
    program.key('ctrl+l')
    walk.unlock(program)
    program.see('What is kept')
    program.find(None, '1 hour')
    program.end()


def about(case):
    """what it runs on can be told, without a word of the organisation"""
    program = begin(case)
    program.key('F10')
    program.find('menu item', 'About DPOP')
    program.key('Up', 'Return')
    program.find(None, 'The DPOP authors')
    program.focus_window()
    program.walk_to(re.compile('^Troubleshooting'))
    program.key('Return')
    program.walk_to(re.compile('^Debugging Information'))
    program.key('Return')
    said = until(lambda: [text for text in (each.text for each in program.all('text box'))
                          if text.startswith('DPOP ')], 'the versions')[0]
    for word in ('GLib', 'SQLite 3', 'libsodium', 'GTK', 'libadwaita'):
        holds(word in said, word)
    for word in ('Choir', 'Anna', case.seat.folder):
        holds(word not in said, word)
    program.key('Escape', 'Escape', 'Escape')
    program.gone(None, 'The DPOP authors')
    program.focus_window()
    program.end()


def deleted(case):
    """it is deleted only by its name, and then nothing of it is left"""
    program = begin(case)
    choose(program, 'Delete it from this computer')
    program.see('Delete “Choir” from this computer?')
    program.type('Quire')
    program.key('Return')
    program.find('alert', 'That is not its name. Type “Choir” to delete it.')
    holds(os.path.exists(case.home('choir')), 'it is still there')
    program.key('ctrl+a')
    program.type('choir')
    program.key('Return')
    until(lambda: not os.path.exists(case.home('choir')), 'the folder goes')
    program.see('Practise')
    program.focus_window()
    program.end()


def in_every_size(case):
    """every page is legible in every light, width, size of text and direction"""
    program = begin(case, second=True)
    look = walk.Walk(program)
    look.at('preferences')
    for row in ('Link another computer…', 'Change the passphrase',
                'Somebody may have copied it all', 'Delete it from this computer'):
        choose(program, row)
        program.gone(None, 'What is kept')
        look.at('preferences-' + row.split()[0].lower())
        if row.startswith('Link'):
            program.press('Make the Invitation')
            program.find('label', re.compile('^DPOP-J'))
            look.at('preferences-invitation')
        program.key('Escape')
        program.see('What is kept')
    look.report()
    program.end()


if __name__ == '__main__':
    sys.exit(run([ways, another_passphrase, a_new_key, another_computer, switched_off, a_label,
                  locked_by_itself, about, deleted, in_every_size], sys.argv[1:]))
