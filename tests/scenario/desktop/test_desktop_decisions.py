#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_desktop_decisions.py DPOP DPOPCTL EYE SOURCE

What members do with a question, by keyboard: put it, discuss it, vote on it in each way there is,
change their mind, stop it, put it again, close it, and read what came of it."""

import re
import sys

from desktop_case import run
from desktop_person import arrive, choose, enter, found, propose, reach, read, tap, write
from desktop_seat import until
from dpopctl_case import holds, same

CAST = 'Cast my vote'
SAVED = 'Your vote is saved here.'
PREVIEW = 'Everybody who is a member when voting begins may vote: 4 people now, 3 of them ' \
          'without a computer.'
MAJORITY = 'It is accepted by more than half of votes for and against.'


def begin(case):
    """Whoever has founded and prepared it opens it."""
    case.hand_over('choir', 'default')
    return arrive(case)


def cast(program, before, *after):
    """What is chosen is said back BEFORE, and what was cast is said with what comes AFTER."""
    program.see(before)
    tap(program, CAST)
    read(program, SAVED, 'Change my vote', *after)
    same(program.all('button', CAST), [], 'it is cast')


def from_question_to_outcome(case):
    """a question is put with a look at its rule, discussed, opened, voted on and decided"""
    found(case)
    program = begin(case)
    tap(program, 'Put the First Question')
    program.find('text box', 'What is asked?')
    program.key('Return')
    program.see('Say in a few words what is asked.')
    program.type('A new piano?')
    write(program, 'What it means, and why', 'The old one is out of tune.')
    tap(program, 'Next')
    read(program, 'Step 2 of 3: the answer', PREVIEW, MAJORITY)
    choose(program, 'Change of our rules')
    program.see('It is accepted by at least three quarters of votes for and against.')
    choose(program, 'Ordinary question')
    program.see(MAJORITY)
    tap(program, 'Next')
    read(program, 'Step 3 of 3: all of it once more', 'A new piano?', 'The old one is out of tune.',
         'Ordinary question: yes, no or abstain.', PREVIEW, MAJORITY)
    tap(program, 'Propose')
    program.see('Your question is put. It can be discussed now.')
    program.find('heading', 'A new piano?')

    write(program, 'Your comment', 'A good used one would do.')
    tap(program, 'Send Comment')
    program.see('1 comment')
    tap(program, 'Answer Anna Archer')
    program.see('You answer Anna Archer.')
    program.type('And who carries it?')
    program.key('ctrl+Return')
    read(program, '2 comments', 'answers Anna Archer', 'And who carries it?')
    program.gone(None, 'You answer Anna Archer.')

    tap(program, 'Open the Vote…')
    read(program, 'When does it close?', PREVIEW, MAJORITY)
    tap(program, 'Open the Vote')
    read(program, 'The vote is open.', '0 of 4 have voted')

    choose(program, 'No')
    cast(program, 'You vote no.', 'You voted no.', '1 of 4 has voted')
    tap(program, 'Change my vote')
    choose(program, 'Yes')
    cast(program, 'You vote yes.', 'You voted yes.', '1 of 4 has voted')

    tap(program, 'Close the Vote…')
    read(program, 'Close the vote?', '1 of 4 has voted. Afterwards nobody can vote any more')
    tap(program, re.compile('^Close the Vote( |$)'))
    read(program, 'Accepted: 1 yes, 0 no.', 'You took part. Your vote is counted.', '2 comments')
    program.end()
    case.hand_back('default', 'after')
    shown = case.do('after', 'decision', 'show', 'A new piano?')
    same((shown['phase'], shown['outcome']['status']), ('closed', 'accepted'))


def in_each_ballot(case):
    """yes or no, one, several and a ranking are chosen, said back in words, and changed"""
    found(case)
    propose(case, 'Tea at ten?', votes=())
    for title, ballot, rule, options in (
            ('Which colour?', 'choose-one', 'ordinary', ('red', 'blue', 'green')),
            ('Which days?', 'approve', 'ordinary', ('Monday', 'Friday', 'Sunday')),
            ('Who leads?', 'rank', 'election', ('Rosa', 'Karl', 'Clara'))):
        words = [word for option in options for word in ('--option', option)]
        propose(case, title, '--ballot', ballot, '--rule', rule, *words, votes=())
    program = begin(case)

    enter(program, 'Tea at ten?')
    program.see('Choose yes, no or abstain.')
    holds('sensitive' not in program.find('button', CAST).states, 'nothing is chosen')
    choose(program, 'Abstain')
    cast(program, 'You abstain.', 'You abstained.')

    program.key('Escape')
    enter(program, 'Which colour?')
    program.see('Choose one, or abstain.')
    choose(program, 'red')
    choose(program, 'green')
    holds('checked' not in program.find('radio', 'red').states, 'one only')
    cast(program, 'You choose green.', 'You chose green.')

    program.key('Escape')
    enter(program, 'Which days?')
    program.see('Choose as many as you approve of, or abstain.')
    choose(program, 'Monday', 'checkbox')
    choose(program, 'Sunday', 'checkbox')
    cast(program, 'You approve of Monday and Sunday.',
         'You approved of Monday and Sunday.')

    program.key('Escape')
    enter(program, 'Who leads?')
    program.see('Choose the one you want most, then the next, as far as you like.')
    for name in ('Karl', 'Clara'):
        reach(program, '%s: not ranked' % name)
        program.key('Return')
    program.see('Clara: now in place 2 of 2.')
    reach(program, 'Clara: place 2 of 2')
    program.key('alt+Up')
    program.see('Clara: now in place 1 of 2.')
    cast(program, 'You rank 1. Clara, 2. Karl; the other one is not ranked.')
    tap(program, 'Change my vote')
    reach(program, 'Rosa: not ranked')
    program.key('2')
    program.see('You rank 1. Clara, 2. Rosa, 3. Karl.')
    reach(program, 'Karl: place 3 of 3')
    program.key('equal')
    program.see('Karl: now in place 2 of 2, together with others.')
    cast(program, 'You rank 1. Clara, 2. Rosa and Karl equally.',
         'You ranked 1. Clara, 2. Rosa and Karl equally.')
    program.end()
    case.hand_back('default', 'after')
    for title in ('Tea at ten?', 'Which colour?', 'Which days?', 'Who leads?'):
        shown = case.do('after', 'decision', 'show', title)
        same((shown['my_vote'], shown['cast']), ('counts', 1), title)


def stopped_and_repeated(case):
    """a vote is stopped with its reason, which stays to be read, and is put again as it was"""
    found(case)
    propose(case, 'Which hall?', '--text', 'For the concert.', '--ballot', 'choose-one', '--option',
            'Town', '--option', 'Church', votes=(('Town',),))
    program = begin(case)
    enter(program, 'Which hall?')
    tap(program, 'Stop It…')
    program.see('Why is “Which hall?” stopped?')
    holds('sensitive' not in program.find('button', 'Stop It').states, 'a reason is needed')
    choose(program, 'An option was missing, or on the ballot wrongly')
    more = re.compile('^What there is to say about it')
    write(program, more, 'The school offers its hall.')
    program.key('Escape')
    program.find('heading', 'Which hall?')
    tap(program, 'Stop It…')
    until(lambda: program.find('text box', more).text == 'The school offers its hall.', 'a draft')
    tap(program, 'Stop It')
    read(program, 'It is stopped. There will be no outcome.', 'The school offers its hall.',
         'Anna Archer stopped it: an option was missing, or on the ballot wrongly.')
    same(program.all('button', CAST), [])

    tap(program, 'Put It Again…')
    until(lambda: program.find('text box', 'What is asked?').text == 'Which hall?', 'its words')
    reach(program, 'What is asked?')
    program.key('ctrl+a')
    program.type('Which hall of three?')
    tap(program, 'Next')
    holds('checked' in program.find('radio', 'Choose one').states, 'its ballot')
    same([program.find('text box', 'Option %d' % n).text for n in (1, 2)], ['Town', 'Church'])
    tap(program, 'Add an Option')
    program.type('School')
    tap(program, 'Next')
    read(program, '1. Town', '3. School', 'For the concert.')
    tap(program, 'Propose')
    program.find('heading', 'Which hall of three?')
    program.see(re.compile('It repeats the vote “Which hall[?]”, which was stopped'))
    program.end()


def read_what_came_of_it(case):
    """an outcome says in a sentence what was decided, why, and shows its figures as a table"""
    found(case)
    propose(case, 'Higher fees?', votes=(('no',), ('no',), ('yes',)))
    case.do('choir', 'decision', 'close', 'Higher fees?')
    propose(case, 'Whose picture?', '--rule', 'election', '--ballot', 'rank', '--option', 'Bach',
            '--option', 'Clara', '--option', 'Ella',
            votes=(('Clara', 'Bach'), ('Clara', 'Ella'), ('Bach', 'Clara')))
    case.do('choir', 'decision', 'close', 'Whose picture?')
    program = begin(case)
    enter(program, 'Higher fees?')
    program.find('heading', 'Rejected: 1 yes, 2 no.')
    read(program, 'not reached', '3 of 4 voted')
    tap(program, 'Show the figures as a table')
    read(program, 'Yes, Votes: 1', 'Yes, Share: 33.3%', 'No, Votes: 2', 'No, Share: 66.7%',
         'Needed, more than 1/2, Votes: 2')
    program.key('Escape')
    enter(program, 'Whose picture?')
    program.find('heading', 'Chosen: Clara.')
    read(program, '1. Clara, chosen', '2. Bach')
    program.end()


if __name__ == '__main__':
    sys.exit(run([from_question_to_outcome, in_each_ballot, stopped_and_repeated,
                  read_what_came_of_it], sys.argv[1:]))
