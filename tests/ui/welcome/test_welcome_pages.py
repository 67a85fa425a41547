#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_welcome_pages.py DPOP DPOPCTL EYE SOURCE

Founding, joining and practising at the desktop: by keyboard, and what must be so on every page."""

import os
import re
import sys
import time

import desktop_walk as walk
from desktop_case import run
from desktop_seat import until
from dpopctl_case import holds, same

WORDS = 'grund wasser lampe senf'
WELCOME = 'What would you like to do?'


def founding(program, at=lambda page: None):
    """From the welcome to the passphrase, by keyboard; AT is called on every page."""
    program.find('heading', WELCOME)
    at('welcome')
    program.walk_to('Start an organisation')
    program.key('Return')
    program.find('heading', 'What are you?')
    program.type('Bicycle cinema')
    at('what are you')
    for question in ('Who looks after your organisation?',
                     'How long is a question known before it is voted on?',
                     'How many must take part?', 'Who may propose something?',
                     'How do you keep in touch?', 'Who are you?'):
        program.walk_to('Continue')
        program.key('Return')
        program.find('heading', question)
        at(question)
    program.walk_to('Your name')
    program.type('Anna Archer')
    program.key('Return')
    program.find('heading', 'Choose a passphrase')


def passphrase(program, button):
    program.walk_to('Passphrase')
    program.type(WORDS)
    program.see('Strong.')
    program.key('Tab')
    program.type(WORDS)
    program.see('Both are the same.')
    program.walk_to(button)
    program.key('Return')


def by_keyboard(case):
    """an organisation is founded by keyboard alone, and a practice vote is held: 5 yes, 2 no"""
    program = case.start()
    founding(program)
    passphrase(program, 'Found the Organisation')
    program.find('heading', 'Keep a sheet for bad days')
    program.walk_to('Later')
    program.key('Return')
    program.find('heading', 'This computer is your only record keeper')
    program.key('Return')
    for _ in range(2):      # the members' list, where it can be taken in, and invitations
        found = program.find('heading', re.compile('Bring in your members|Invite your members'))
        program.walk_to('Later')
        program.key('Return')
        program.gone('heading', found.name)
        if found.name == 'Invite your members':
            break
    program.find('heading', 'Try a vote')
    program.walk_to('Begin')
    program.key('Return')
    program.find('button', 'Yes')
    program.walk_to('Yes')
    program.key('Return')
    program.see('Accepted: 5 yes, 2 no.')
    program.walk_to('Continue')
    program.key('Return')
    program.find('list', 'Pages')
    program.see('Bicycle cinema')
    program.end()
    made = case.home('organisation-1')
    same(sorted(os.listdir(os.path.dirname(made))), ['organisation-1'])
    case.write('passphrase', WORDS)
    answer = case.call('--profile', made, '--passphrase-file', case.secret, '--json', 'party',
                       'show')
    same(answer.json['name'], 'Bicycle cinema')


def going_back(case):
    """whoever goes back finds what they typed, and what is missing is said beside it"""
    program = case.start()
    program.walk_to('Start an organisation')
    program.key('Return')
    program.find('heading', 'What are you?')
    program.walk_to('Continue')
    program.key('Return')
    program.see('The organisation needs a name.')
    program.type('Bicycle cinema')
    program.walk_to('Continue')
    program.key('Return')
    program.find('heading', 'Who looks after your organisation?')
    program.walk_to(re.compile('^Treasurer'))
    program.key('ctrl+a', 'BackSpace')
    program.walk_to(re.compile('^Secretary'), keys='shift+Tab')
    program.key('ctrl+a', 'BackSpace')
    program.key('Return')
    program.see(re.compile('Without .* nobody could do'))
    program.type('Scribe')
    program.key('Return')
    program.find('heading', re.compile('^How long'))
    program.key('Escape')
    program.find('heading', 'Who looks after your organisation?')
    holds(any(each.text == 'Scribe' for each in program.all('text box')), 'what was typed')
    program.key('Escape')
    program.find('heading', 'What are you?')
    holds(any(each.text == 'Bicycle cinema' for each in program.all('text box')), 'the name')
    program.end()


def killed(case):
    """killed while it is founded, there is nothing or all of it"""
    for delay in (0.3, 1.2, 2.5):
        program = case.start()
        if program.all('button', 'Another Organisation…'):
            program.walk_to('Another Organisation…')
            program.key('Return')
        founding(program)
        passphrase(program, 'Found the Organisation')
        time.sleep(delay)
        program.kill()
        root = os.path.dirname(case.home('x'))
        for name in os.listdir(root):
            holds(name.startswith('.draft-') or name.startswith('organisation-'), name)
        case.write('passphrase', WORDS)
        for name in os.listdir(root):
            if not name.startswith('.'):
                answer = case.call('--profile', os.path.join(root, name), '--passphrase-file',
                                   case.secret, '--json', 'party', 'show')
                same(answer.json['name'], 'Bicycle cinema')


def joining(case):
    """who joins with a file is told what to do, and is in with the first transfer file"""
    case.found('anna')
    case.do('anna', 'member', 'enrol', 'Grace Hopper')
    invitation = case.path('grace.dpop-invitation')
    case.do('anna', 'invite', 'Grace Hopper', '--output', invitation)
    program = case.start(invitation)
    program.find('heading', 'What does your invitation say?')
    program.see('The invitation is whole.')
    program.walk_to('Continue')
    program.key('Return')
    program.find('heading', 'Choose a passphrase')
    passphrase(program, 'Ask to Be Let In')
    program.find('heading', 'You have asked to be let in')
    program.walk_to('Show the request')
    program.key('Return')
    request = program.see(re.compile('^DPOP-R')).name
    program.end()

    program = case.start()
    walk.unlock(program, WORDS)
    program.find('heading', 'You have asked to be let in')
    first = case.path('first.dpop-transfer')
    case.do('anna', 'device', 'accept', case.write('request', request), '--output', first)
    case.seat.start([case.desktop, first])
    program.see('You are in. You may vote.')
    program.key('Return')
    program.find('list', 'Pages')
    program.see('Choir')
    program.end()


def mistyped(case):
    """a code that is typed is looked at meanwhile, line by line"""
    case.found('anna')
    case.do('anna', 'member', 'enrol', 'Grace Hopper')
    code = case.do('anna', 'invite', 'Grace Hopper')['invitation']
    program = case.start()
    program.walk_to('Join an organisation')
    program.key('Return')
    program.find('heading', 'What does your invitation say?')
    program.walk_to('Code of the invitation')
    lines = code.split('\n')
    program.type(' '.join(lines[:2]).lower() + ' ')
    program.see('Right so far.')
    program.type(' '.join(lines[3:5]))
    program.see('Line 2 of the code is mistyped')
    program.key('ctrl+a')
    program.type(' '.join(lines))
    program.see('The invitation is whole.')
    program.end()


def practising(case):
    """one practises at once, under a bar that says so, and ends it without a trace"""
    program = case.start()
    program.walk_to('Practise')
    program.key('Return')
    program.find('list', 'Pages', patience=60)
    program.see('Practice: nothing here is real.')
    program.press('End Practice…')
    program.focus_window()
    program.find('button', re.compile('Delete It'))
    program.walk_to(re.compile('Delete It'))
    program.key('Return')
    program.focus_window()
    program.find('heading', WELCOME)
    until(lambda: not os.listdir(os.path.dirname(case.home('x'))), 'nothing is left')
    program.end()


def on_every_page(case):
    """every page of founding and joining is legible, named, and reached by keyboard"""
    program = case.start()
    seen = walk.Walk(program)

    def at(page):
        held = program.focused()
        seen.at(page)
        if held is not None and held.name:
            program.walk_to(held.name)

    founding(program, at)
    at('passphrase')
    passphrase(program, 'Found the Organisation')
    program.find('heading', 'Keep a sheet for bad days')
    at('sheet')
    program.walk_to('Later')
    program.key('Return')
    program.find('heading', 'This computer is your only record keeper')
    at('record keeper')
    program.walk_to('I Understand')
    program.key('Return')
    while True:
        found = program.find('heading', re.compile(
            'Bring in your members|Invite your members|Try a vote'))
        at(found.name)
        program.walk_to('Later')
        program.key('Return')
        if found.name == 'Try a vote':
            break
        program.gone('heading', found.name)
    program.find('list', 'Pages')
    program.key('ctrl+l')
    program.find('text box', 'Passphrase')
    at('locked')
    program.walk_to('Another Organisation…')
    program.key('Return')
    program.find('heading', WELCOME)
    program.see('Organisation 1')
    at('welcome again')
    program.walk_to('Join an organisation')
    program.key('Return')
    program.find('heading', 'What does your invitation say?')
    at('join')
    program.end()
    seen.report()


if __name__ == '__main__':
    sys.exit(run([by_keyboard, going_back, killed, joining, mistyped, practising, on_every_page],
                 sys.argv[1:]))
