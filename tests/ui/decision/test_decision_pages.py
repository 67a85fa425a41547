#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_decision_pages.py DPOP DPOPCTL EYE SOURCE

The pages around a decision, in every light, width, size of text and direction."""

import re
import sys

import desktop_choir
import desktop_walk as walk
from desktop_case import run

DECISIONS = 2     # the section's number in the sidebar


class Tour:
    """From the list to pages, and back."""

    def __init__(self, case):
        desktop_choir.make(case)
        case.do('choir', 'decision', 'stop', 'Which colour for the curtain?', '--reason', 'wording',
                '--text', 'It was asked which, not whether.')
        case.hand_over('choir', 'default')
        self.program = case.start()
        walk.enter(self.program)
        walk.go(self.program, DECISIONS)
        self.look = walk.Walk(self.program)

    def enter(self, title, page):
        self.program.choose(re.compile('^' + re.escape(title)), 'list item')
        self.program.find('heading', title)
        self.look.at(page)

    def press(self, button, page):
        self.program.press(button)
        self.look.at(page)

    def back(self, times=1):
        for _ in range(times):
            self.program.key('Escape')
            walk.settle(self.program)

    def end(self):
        self.look.report()
        self.program.end()


def while_it_is_open(case):
    """what is voted on, who is entitled, on whose behalf, and why it is stopped"""
    tour = Tour(case)
    tour.enter(desktop_choir.LONG, 'decision-open')
    tour.press('Who Is Entitled', 'entitled')
    tour.back()
    tour.press('Vote on Behalf of Someone…', 'person')
    tour.back()
    tour.press('Stop It…', 'stop')
    tour.back(2)
    tour.enter('Who leads the choir?', 'ballot-ranking')
    tour.end()


def before_and_after(case):
    """what is put again or worded, and what came of the others"""
    tour = Tour(case)
    tour.enter('Which colour for the curtain?', 'decision-stopped')
    tour.press('Put It Again…', 'propose-question')
    tour.press('Next', 'propose-answer')
    tour.press('Next', 'propose-review')
    tour.back(2)
    tour.enter('A trip in spring?', 'decision-accepted')
    tour.back()
    tour.enter('Whose picture for the wall?', 'decision-ranked')
    tour.back()
    tour.enter('Lunch after the rehearsal?', 'decision-proposed')
    tour.press('Open the Vote…', 'opening')
    tour.back()
    tour.press('Add Reasons…', 'wording')
    tour.end()


if __name__ == '__main__':
    sys.exit(run([while_it_is_open, before_and_after], sys.argv[1:]))
