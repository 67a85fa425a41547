#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_member_pages.py DPOP DPOPCTL EYE SOURCE

The members at the desktop: found as one types, taken in, changed, suspended, invited; by keyboard,
and in every light, width, size of text and direction."""

import re
import sys
import time

import desktop_choir
import desktop_walk as walk
from desktop_case import run
from dpopctl_case import holds, same

MEMBERS = 3     # the section's number in the sidebar
UNDO = re.compile('^Undo')


def begin(case):
    desktop_choir.make(case)
    case.hand_over('choir', 'default')
    program = case.start()
    walk.enter(program)
    walk.go(program, MEMBERS)
    program.see(re.compile('^15 members'))
    return program


def types_into(program, name):
    """What is typed goes there: GTK's text lies within the row."""
    node = program.focused()
    holds(name in [each.name for each in (node, *node.above())], node.name)


def open_member(program, words, name):
    """Typed on the list, chosen with Enter."""
    program.type(words)
    program.see('1 found')
    program.key('Return')
    walk.settle(program)
    program.key('Return')
    program.find(None, name, within=None)
    program.see('Who else may see this')
    walk.settle(program)


def searching(case):
    """what is typed on the list is searched for at once, Enter opens it, Escape leads back"""
    program = begin(case)
    program.see('15 members, 14 without a computer')
    open_member(program, 'carla', 'Carla Cook')
    program.key('Escape')
    program.gone(None, 'Who else may see this')
    program.key('ctrl+f', 'ctrl+a')
    program.type('zebra')
    program.find(None, 'Nobody found')
    program.walk_to('Show everybody')
    program.key('Return')
    program.see('15 members, 14 without a computer')
    program.end()


def filtering(case):
    """who is suspended is found by the filter, which says what it shows"""
    program = begin(case)
    program.walk_to('Filter and sort', keys='shift+Tab')
    program.key('Return')
    program.walk_to('State')
    program.key('space')
    program.pick('Suspended')
    program.see('1 found')
    program.find(None, 'Filter and sort: Suspended', hidden=True)
    program.walk_to('Show everybody')
    program.key('Return', 'Escape')
    program.see('15 members, 14 without a computer')
    program.end()


def enrolling(case):
    """a person is taken in by keyboard, then another; what was typed survives that it is killed"""
    program = begin(case)
    program.walk_to('Enrol a member', keys='shift+Tab')
    program.key('Return')
    program.see('Whom do you take in?')
    types_into(program, 'Name')
    program.type('Olga Olsen')
    program.walk_to('Enrol, then another')
    program.key('Return')
    program.see('Olga Olsen is enrolled.')
    types_into(program, 'Name')
    program.type('Paul Petersen')
    program.key('Tab')
    program.type('paul@example')
    program.key('Tab')
    walk.settle(program)
    time.sleep(1.5)     # a draft is saved once the typing rests
    program.kill()

    program = case.start()
    walk.enter(program)
    walk.go(program, MEMBERS)
    program.see('16 members, 15 without a computer')
    program.walk_to('Enrol a member', keys='shift+Tab')
    program.key('Return')
    program.see('Whom do you take in?')
    walk.settle(program)
    program.key('Return')
    program.see('Paul Petersen is enrolled.')
    program.see('17 members, 16 without a computer')
    program.press(UNDO)
    program.see('Paul Petersen is no longer a member.')
    program.see('16 members, 15 without a computer')
    program.end()


def without_a_name(case):
    """without a name nobody is taken in, and it says why beside what is to be typed"""
    program = begin(case)
    program.press('Enrol a member')
    program.see('Whom do you take in?')
    program.key('Return')
    holds(program.find('alert').name or program.describe(), 'name')
    types_into(program, 'Name')
    program.end()


def changing(case):
    """particulars are edited, saved and taken back; what is typed is not lost without a question"""
    program = begin(case)
    open_member(program, 'carla', 'Carla Cook')
    program.walk_to('Edit the particulars')
    program.key('Return')
    program.find('text box', 'Telephone')
    types_into(program, 'Name')
    program.walk_to('Telephone')
    program.type('0123 456')
    program.key('Escape')
    program.see('Leave without saving?')
    program.key('Escape')
    program.find('text box', 'Telephone')
    program.walk_to('Save')
    program.key('Return')
    program.see('The particulars of Carla Cook are saved.')
    program.see('0123 456')
    program.press(UNDO)
    program.see('The particulars are as before.')
    walk.settle(program)
    same(program.all(None, '0123 456'), [])
    program.end()


def suspending(case):
    """suspending asks first and can be undone; removing wants a reason"""
    program = begin(case)
    open_member(program, 'carla', 'Carla Cook')
    program.walk_to(re.compile('^Suspend'))
    program.key('Return')
    program.see('Suspend Carla Cook?')
    program.key('Escape')
    walk.settle(program)
    same(program.all(None, 'suspended'), [])
    program.walk_to(re.compile('^Suspend'))
    program.key('Return')
    program.see('Suspend Carla Cook?')
    program.walk_to(re.compile('^Suspend'), 'button')
    program.key('Return')
    program.see('Carla Cook: suspended')
    program.press(UNDO)
    program.see('Carla Cook: member')
    program.walk_to(re.compile('^Remove'))
    program.key('Return')
    program.see('Remove Carla Cook?')
    program.see('They left by their own word')
    program.walk_to(re.compile('^Remove'), 'button')
    program.key('Return')
    program.see('Carla Cook is no longer a member.')
    program.see('former member')
    program.end()


def roles(case):
    """a role is given by keyboard, undone from the toast, and the focus stays in the section"""
    program = begin(case)
    open_member(program, 'dora', 'Dora Dyer')
    program.walk_to(re.compile('^Give a role'))
    program.key('Return', 'Down', 'Return')
    program.see(re.compile('^Dora Dyer holds the role'))
    program.press(UNDO)
    program.see(re.compile('^Dora Dyer no longer holds the role'))
    same(program.all('button', re.compile('^Take back')), [])
    program.end()


def legible(case):
    """each of its pages is legible in every size, everything has a name, and Tab reaches it"""
    program = begin(case)
    look = walk.Walk(program)
    look.at('members')
    program.press('Enrol a member')
    program.see('Whom do you take in?')
    look.at('enrol')
    program.key('Escape')
    open_member(program, 'carla', 'Carla Cook')
    look.at('member')
    program.press('Edit the particulars')
    program.find('text box', 'Telephone')
    look.at('particulars')
    program.key('Escape')
    program.see('Who else may see this')
    program.choose(re.compile('^History'))
    program.see('Carla Cook')
    look.at('member-history')
    program.key('Escape')
    program.see('Who else may see this')
    program.choose(re.compile('^Invite their computer'))
    program.see('An invitation for Carla Cook')
    look.at('invitation')
    look.report()
    program.end()


if __name__ == '__main__':
    sys.exit(run([searching, filtering, enrolling, without_a_name, changing, suspending, roles,
                  legible], sys.argv[1:]))
