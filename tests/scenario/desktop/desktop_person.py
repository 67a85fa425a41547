# SPDX-License-Identifier: GPL-3.0-or-later
"""A member at the desktop, who acts by keyboard alone; and the organisation that they are in."""

import re
from types import SimpleNamespace

import desktop_tree as tree
import desktop_walk as walk
from desktop_seat import until

DECISIONS = 2     # the section's number in the sidebar
OTHERS = ('Bert Baker', 'Carla Cook', 'Dora Dyer')     # who have no computer
MOST = 60


def found(case, profile='choir'):
    case.found(profile)
    case.do(profile, 'member', 'import',
            case.write('members.csv', 'Name\n%s\n' % '\n'.join(OTHERS)))


def propose(case, title, *words, votes=None, profile='choir'):
    """With VOTES, one for each of the others, it is opened."""
    case.do(profile, 'decision', 'propose', '--title', title, *words)
    if votes is None:
        return
    case.do(profile, 'decision', 'open', title)
    for name, vote in zip(OTHERS, votes):
        case.do(profile, 'decision', 'vote', title, *vote, '--for', name)


def arrive(case):
    """The program is started, opened, and shows the decisions."""
    program = case.start()
    walk.enter(program)
    walk.go(program, DECISIONS)
    return program


# ---- the keyboard ----

def step(program, wanted):
    """The key that leads on to WANTED, a widget; None: it has the focus."""
    widgets = program.eye.look()
    found_again = [each for each in widgets if each.address == wanted.address]
    holders = [each for each in widgets if each.has(tree.FOCUSED) and each.has(tree.MAPPED)]
    if not found_again or not holders:
        return 'Tab'
    goal, holder = found_again[0], holders[-1]
    if goal in (holder, *holder.above()):
        return None
    arrow = program.way_to(SimpleNamespace(widget=holder), [SimpleNamespace(widget=goal)])
    return arrow or ('Tab' if holder.number < goal.number else 'shift+Tab')


def reach(program, name, role=None):
    """By Tab, the shorter way round, or by arrows within a list."""
    wanted = until(lambda: [node.widget for node in program.all(role, name)
                            if node.role in tree.INTERACTIVE], '“%s” to go to' % name)[0]
    program.hold_keyboard()
    for _ in range(MOST):
        key = step(program, wanted)
        if key is None:
            return
        program.key(key)
    program.walk_to(name, role)


def tap(program, name, role='button'):
    reach(program, name, role)
    program.key('Return')


def choose(program, name, role='radio'):
    """A row that says then that it is chosen."""
    reach(program, name, role)
    program.key('space')
    until(lambda: 'checked' in program.find(role, name).states, '“%s” is chosen' % name)


def read(program, *words):
    """Waits until all of them stand on the screen at once."""
    def missing():
        found = [node.name for node in program.read().below() if node.showing]
        return [each for each in words if not any(each in name for name in found)]

    try:
        until(lambda: not missing(), 'words on the screen')
    except AssertionError:
        raise AssertionError('%s is missing; on the screen: %s'
                             % (missing(), program.describe())) from None


def write(program, name, text):
    reach(program, name, 'text box')
    program.type(text)


def enter(program, title):
    """From the list to the decision of that TITLE."""
    tap(program, re.compile('^' + re.escape(title)), 'list item')
    program.find('heading', title)
    walk.settle(program)
