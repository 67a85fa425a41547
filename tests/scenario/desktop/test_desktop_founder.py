#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_desktop_founder.py DPOP DPOPCTL EYE SOURCE

The founder's ten minutes: an organisation is started, three ways of doing it; and that nothing of
it is lost when the computer fails."""

import os
import re
import sys

import desktop_walk as walk
from desktop_case import run
from desktop_seat import until
from dpopctl_case import PASSPHRASE, holds, same

NAME = 'Singers of Elm Street'
FOUNDER = 'Anna Archer'
SINGERS = ('Bert Baker', 'Carla Cook')
QUESTIONS = ('Who looks after your organisation?', 'How long is a question known',
             'How many must take part?', 'Who may propose something?', 'How do you keep in touch?')


def is_founded(case, program, others=()):
    """The window shows it, and dpopctl, by the same passphrase, finds what was said."""
    program.find('list', 'Pages')
    program.see(NAME)
    program.see(FOUNDER)
    program.end()
    folders = [name for name in os.listdir(case.home('')) if
               os.path.isdir(case.home(name)) and not name.startswith('.')]
    same(len(folders), 1, 'profiles')
    case.hand_back(folders[0], 'founded')
    same(case.do('founded', 'party', 'show')['name'], NAME)
    members = case.do('founded', 'member', 'list')['members']
    same(sorted(member['name'] for member in members), sorted([FOUNDER, *others]))
    same(case.do('founded', 'log', 'verify')['holds'], True)


def bring_in(case, program, look):
    """The table of members, from the steps that follow the founding, and back to them."""
    program.see('Bring in your members')
    look.at('founded-members')
    program.press('Choose a File…')
    program.find('button', re.compile('Open$'))
    program.type(case.write('members.csv', 'Name\n%s\n' % '\n'.join(SINGERS)))
    program.key('Return')
    program.press('Look at the rows')
    program.press('Take in %d members' % len(SINGERS))
    program.see('%d members were taken in.' % len(SINGERS))
    program.press('Done')
    program.press('Continue')


def by_hand(case):
    """with keys and buttons as they come to hand; every page is as it should be"""
    program = case.start()
    look = walk.Walk(program)
    look.at('welcome')
    program.choose('Start an organisation', 'list item')
    look.at('founding-kind')
    program.press('Continue')
    program.see('The organisation needs a name')
    program.fill('Name of the organisation', NAME)
    program.press('Continue')
    for number, question in enumerate(QUESTIONS, 1):
        program.see(question)
        look.at('founding-%d' % number)
        program.press('Continue')
    program.see('Who are you?')
    look.at('founding-person')
    program.fill('Your name', FOUNDER)
    program.press('Continue')
    program.see('Choose a passphrase')
    program.walk_to('Passphrase')
    program.type(PASSPHRASE)
    program.walk_to('Once more')
    program.type('something else')
    program.see('The two are not the same')
    look.at('founding-passphrase')
    program.walk_to('Once more')
    program.key('ctrl+a')
    program.type(PASSPHRASE)
    program.press('Found the Organisation')

    program.see('Keep a sheet for bad days')
    look.at('founded-sheet')
    program.press('Save as PDF…')
    program.save_as(case.path('sheet.pdf'))
    program.press('Continue')
    with open(case.path('sheet.pdf'), 'rb') as file:
        same(file.read(5), b'%PDF-')
    program.see('This computer is your only record keeper')
    look.at('founded-keeper')
    program.press('I Understand')
    bring_in(case, program, look)
    program.see('Invite your members')
    look.at('founded-invite')
    program.press('Later')
    program.see('Try a vote')
    look.at('founded-try')
    program.press('Begin')
    program.press('Yes')
    program.see('Accepted: 5 yes, 2 no.')
    look.at('founded-tried')
    program.press('Continue')
    program.see('1 thing was put off at the founding')
    look.report()
    is_founded(case, program, SINGERS)


def by_keyboard(case):
    """by keyboard alone, without once looking for where a control is"""
    program = case.start()
    program.see('What would you like to do?')
    program.key('Return')
    program.see('What are you?')
    program.type(NAME)
    program.key('Return')
    for question in QUESTIONS:
        program.see(question)
        program.walk_to('Continue', 'button')
        program.key('Return')
    program.see('Who are you?')
    program.type(FOUNDER)
    program.key('Return')
    program.see('Choose a passphrase')
    program.type(PASSPHRASE)
    program.key('Tab')
    program.type(PASSPHRASE)
    program.key('Return')
    for question, button in (('Keep a sheet', 'Later'), ('only record keeper', 'I Understand'),
                             ('Bring in your members', 'Later'),
                             ('Invite your members', 'Later'), ('Try a vote', 'Begin'),
                             ('Shall we use', 'No'), ('Accepted: 4 yes, 3 no.', 'Continue')):
        program.see(question)
        program.walk_to(button, 'button')
        program.key('Return')
    is_founded(case, program)


def by_screen_reader(case):
    """by roles and names alone, in the dark, from right to left"""
    case.sit(dark=True, contrast=True, right_to_left=True)
    program = case.start()
    program.choose('Start an organisation', 'list item')
    program.fill('Name of the organisation', NAME)
    program.choose('Party with local groups', 'list item')
    holds('checked' in program.find('checkbox', 'Party with local groups').states, 'it is chosen')
    program.press('Continue')
    for question in QUESTIONS:
        program.find('heading', re.compile('^' + re.escape(question)))
        program.press('Continue')
    program.find('heading', 'Who are you?')
    program.fill('Your name', FOUNDER)
    program.press('Continue')
    program.find('heading', 'Choose a passphrase')
    program.fill('Passphrase', PASSPHRASE)
    program.fill('Once more', PASSPHRASE)
    program.press('Found the Organisation')
    for heading, button in (('Keep a sheet for bad days', 'Later'),
                            ('This computer is your only record keeper', 'I Understand'),
                            ('Bring in your members', 'Later'),
                            ('Invite your members', 'Later'), ('Try a vote', 'Later')):
        program.find('heading', heading)
        program.press(button)
    is_founded(case, program)


def back_and_again(case):
    """going back finds what was typed, and leaving before the founding leaves nothing behind"""
    program = case.start()
    program.key('Return')
    program.see('What are you?')
    program.type(NAME)
    program.key('Return')
    program.see(QUESTIONS[0])
    program.press('Back')
    until(lambda: program.find('text box', 'Name of the organisation').text == NAME,
          'what was typed stands there again')
    program.end()
    holds(not os.path.isdir(case.home('')) or not os.listdir(case.home('')),
          'a folder is left behind')


if __name__ == '__main__':
    sys.exit(run([by_hand, by_keyboard, by_screen_reader, back_and_again], sys.argv[1:]))
