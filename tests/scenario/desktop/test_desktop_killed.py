#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_desktop_killed.py DPOP DPOPCTL EYE SOURCE

It is killed while a member types, and while they vote: what was said to be saved is there, and what
was typed comes back."""

import random
import re
import sys
import time

from desktop_case import run
from desktop_person import arrive, choose, enter, found, propose, reach, read, tap, write
from desktop_seat import until
from dpopctl_case import holds, same

CAST = 'Cast my vote'
SAVED = 'Your vote is saved here.'
RESTS = 2     # seconds after which what was typed is saved, on a slow machine too
TEXT = 'It could stand in the small hall, where it is dry, and everybody would hear it well. ' * 2


def begin(case):
    case.hand_over('choir', 'default')
    return arrive(case)


def killed(case, program):
    """Its next run, at the decisions."""
    program.kill()
    return arrive(case)


def is_whole(case):
    """Whatever happened to it, the history holds."""
    case.hand_back('default', 'after')
    same(case.do('after', 'log', 'verify')['holds'], True)


def type_and_kill(case, program, name):
    """TEXT is typed into the entry of that NAME, and the program killed meanwhile: how much of it
    stood there for long enough; and the next run."""
    reach(program, name, 'text box')
    typing = case.seat.start(['xdotool', 'type', '--delay', '25', TEXT])
    time.sleep(random.uniform(0.1, 1))
    there = program.find('text box', name).text
    time.sleep(RESTS)
    program.kill()
    typing.wait()
    return there, arrive(case)


def is_kept(program, name, there):
    """What comes back is what was typed up to some moment, and no less than was THERE."""
    until(lambda: program.find('text box', name).text, 'the draft')
    text = program.find('text box', name).text
    holds(TEXT.startswith(text) and text.startswith(there), '“%s” is not “%s…”' % (text, there))


def proposing(case):
    """a question is put while it is killed: words, rule, ballot and options come back"""
    found(case)
    propose(case, 'Lunch?')
    program = begin(case)
    tap(program, 'Propose')
    write(program, 'What is asked?', 'Who leads the choir?')
    there, program = type_and_kill(case, program, 'What it means, and why')

    tap(program, 'Propose')
    until(lambda: program.find('text box', 'What is asked?').text == 'Who leads the choir?',
          'what is asked')
    is_kept(program, 'What it means, and why', there)
    tap(program, 'Next')
    choose(program, 'Election')
    choose(program, 'Put in order')
    write(program, 'Option 1', 'Rosa')
    write(program, 'Option 2', 'Karl')
    time.sleep(RESTS)
    program = killed(case, program)

    tap(program, 'Propose')
    until(lambda: program.find('text box', 'What is asked?').text, 'what is asked')
    tap(program, 'Next')
    for name in ('Election', 'Put in order'):
        until(lambda: 'checked' in program.find('radio', name).states, '“%s”' % name)
    same([program.find('text box', 'Option %d' % n).text for n in (1, 2)], ['Rosa', 'Karl'])
    tap(program, 'Next')
    tap(program, 'Propose')
    program.find('heading', 'Who leads the choir?')
    program = killed(case, program)

    enter(program, 'Who leads the choir?')
    read(program, 'Rosa', 'Karl')
    program.key('Escape')
    tap(program, 'Propose')
    program.find('text box', 'What is asked?')
    time.sleep(0.5)
    same(program.find('text box', 'What is asked?').text, '', 'what was proposed is no draft')
    program.end()
    is_whole(case)


def commenting(case):
    """an answer is written while it is killed: the words come back, and whom they answer"""
    found(case)
    propose(case, 'A new piano?')
    case.do('choir', 'decision', 'comment', 'A new piano?', 'It is out of tune.', '--for',
            'Bert Baker')
    program = begin(case)
    enter(program, 'A new piano?')
    tap(program, 'Answer Bert Baker')
    there, program = type_and_kill(case, program, 'Your comment')

    enter(program, 'A new piano?')
    read(program, 'You answer Bert Baker.')
    is_kept(program, 'Your comment', there)
    reach(program, 'Your comment', 'text box')
    program.key('ctrl+Return')
    read(program, 'Your comment is saved here.')
    program = killed(case, program)

    enter(program, 'A new piano?')
    read(program, '2 comments', 'answers Bert Baker')
    same(program.all(None, 'You answer Bert Baker.'), [], 'what was said is no draft')
    program.end()
    is_whole(case)


def voting(case):
    """killed at any moment between the click and “saved here”, the vote is the old or the new"""
    options = ('red', 'blue', 'green')
    found(case)
    propose(case, 'Which colour?', '--ballot', 'choose-one',
            *[word for option in options for word in ('--option', option)], votes=())
    program = begin(case)
    enter(program, 'Which colour?')
    choose(program, 'blue')
    time.sleep(RESTS)
    program = killed(case, program)
    enter(program, 'Which colour?')
    read(program, 'You choose blue.')

    stands = None
    for number, delay in enumerate(sorted(random.uniform(0, 0.03) for _ in range(3)) + [None]):
        chosen = options[number % 3]
        if program.all('button', 'Change my vote'):
            tap(program, 'Change my vote')
        choose(program, chosen)
        reach(program, CAST)
        click = case.seat.start(['xdotool', 'key', '--delay', '0', 'Return'])
        if delay is None:
            read(program, SAVED)
        else:
            time.sleep(delay)
        program.kill()
        click.wait()
        program = arrive(case)
        enter(program, 'Which colour?')
        shown = program.see(re.compile('^(You chose|You choose|Choose one)')).name
        print('# killed after %s s, %s: %s' % (delay, chosen, shown))
        if shown == 'You chose %s.' % chosen:
            same(program.all('button', CAST), [], 'what was cast is not asked for again')
            stands = chosen
        else:
            holds(delay is not None, 'it was said to be saved: ' + shown)
            holds(shown in ('You choose %s.' % chosen, 'You chose %s.' % stands,
                            'You choose %s.' % options[(number - 1) % 3],
                            'Choose one, or abstain.'), shown)
    program.end()
    is_whole(case)
    shown = case.do('after', 'decision', 'show', 'Which colour?')
    same((shown['my_vote'], shown['cast']), ('counts', 1))


if __name__ == '__main__':
    sys.exit(run([proposing, commenting, voting], sys.argv[1:]))
