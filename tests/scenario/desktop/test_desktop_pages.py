#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_desktop_pages.py DPOP DPOPCTL EYE SOURCE

Every page that can be reached, in light, dark and high contrast, at 360, 800 and 1400 px, with text
at 1.0 and 1.5, from left to right and from right to left."""

import sys

import desktop_choir
import desktop_walk as walk
from desktop_case import run


def begin(case):
    desktop_choir.make(case)
    case.hand_over('choir', 'default')
    return case.start()


def the_lock(case):
    """the page that asks for the passphrase, before and after a wrong one"""
    program = begin(case)
    look = walk.Walk(program)
    look.at('lock')
    walk.unlock(program, 'something else')
    program.see('That is not the passphrase')
    look.at('lock-wrong')
    look.report()
    program.end()


def the_sections(case):
    """what the sidebar leads to"""
    program = begin(case)
    walk.enter(program)
    look = walk.Walk(program)
    for number, name in enumerate(walk.sections(program), 1):
        walk.go(program, number)
        look.at(name.lower())
    look.report()
    program.end()


if __name__ == '__main__':
    sys.exit(run([the_lock, the_sections], sys.argv[1:]))
