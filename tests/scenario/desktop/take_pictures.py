#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: take_pictures.py DPOP DPOPCTL EYE SOURCE

The pictures that README shows, into the folder DPOP_TEST_SHOTS."""

import sys

import desktop_audit as audit
import desktop_choir
import desktop_walk as walk
from desktop_case import run, shoot

SIZE = (1100, 720)
THEMES = {'home': 'light', 'decisions': 'light', 'history': 'dark'}


def the_sections(case):
    """the sections that it shows, as they greet"""
    desktop_choir.make(case)
    case.hand_over('choir', 'default')
    program = case.start()
    walk.enter(program)
    for number, name in enumerate(walk.sections(program), 1):
        if name.lower() not in THEMES:
            continue
        audit.Cell(THEMES[name.lower()], SIZE[0], 1.0, 'ltr').enter(program)
        program.resize(*SIZE)
        walk.go(program, number)
        shoot(program, name.lower())


if __name__ == '__main__':
    sys.exit(run([the_sections], sys.argv[1:]))
