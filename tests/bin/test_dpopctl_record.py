#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_dpopctl_record.py PROGRAM SOURCE

The record of an outcome: made on one computer, checked on another."""

import os
import sys

from dpopctl_case import holds, keys, run, same

CHECK = 'compared computer_of decision device differing made outcome sentences switched_off ' \
        'title verdict'


def ranked(case):
    """Anna's organisation with Bert's computer, and an election that is closed on Anna's."""
    case.found()
    case.do('anna', 'member', 'enrol', 'Bert Baker', '--email', 'bert@example.org')
    bert = case.join('anna', 'bert@example.org', 'bert')
    case.do('anna', 'decision', 'propose', '--title', 'Who?', '--text', 'For two years.', '--rule',
            'election', '--ballot', 'rank', '--option', 'Rosa', '--option', 'Karl')
    case.do('anna', 'decision', 'open', 'Who?')
    case.do('anna', 'decision', 'vote', 'Who?', 'Rosa', 'Karl')
    case.refuse('anna', 'invalid', 'record', 'make', 'Who?')
    case.do('anna', 'decision', 'close', 'Who?')
    return bert


def from_one_to_another(case):
    """a record that one computer made is checked on another, once that knows the outcome"""
    bert = ranked(case)
    record = case.path('record.txt')
    keys(case.do('anna', 'record', 'make', 'Who?', '--output', record), 'decision file record')
    with open(record, encoding='utf-8') as file:
        text = file.read()
    for words in ('DPOP-RECORD-1\n', 'Organisation: Choir\n', 'Question: Who?\nFor two years.\n',
                  'Option 1: Rosa; place 1, elected\n', 'How many prefer option 1 to: 2: 1;\n',
                  'on the computer of Anna Archer\n', '\nDPOP-S\n'):
        holds(words in text, words + ' in ' + text)
    same(case.refuse(bert, 'faulty', 'record', 'verify', record)['reason'], None)
    same(case.ask(bert, 'record', 'verify', record).json['verdict'], 'unknown-decision')
    case.carry('anna', bert)
    found = case.do(bert, 'record', 'verify', record)
    keys(found, CHECK)
    same((found['verdict'], found['computer_of'], found['title']), ('holds', 'Anna Archer', 'Who?'))
    said = case.say(bert, 'record', 'verify', record)
    holds('The record holds' in said, said)
    holds('As this computer knows it: Who? Elected: Rosa.' in said, said)
    case.refuse('anna', 'invalid', 'record', 'make', 'Who?', '--output', record)
    shown = case.do('anna', 'record', 'make', 'Who?')
    same(shown['file'], None)
    own = case.write('own.txt', 'A page before it.\n\f' + shown['record'] + '\fPage 3')
    same(case.do(bert, 'record', 'verify', own)['verdict'], 'holds')


def what_does_not_hold(case):
    """what was altered, is no record, or is another organisation's is refused with exit status 1"""
    ranked(case)
    text = case.do('anna', 'record', 'make', 'Who?')['record']
    for verdict, altered in (('altered', text.replace('Rosa', 'Karl')), ('no-record', 'Minutes.'),
                             ('code', text[:-3]), ('no-record', b'\xff\xfe'),
                             ('code', text.split('DPOP-S')[0])):
        answer = case.ask('anna', 'record', 'verify', case.write('altered.txt', altered))
        same((answer.status, answer.json['verdict']), (1, verdict))
        holds(answer.json['sentences'][0] in answer.err, answer.err)
    case.refuse('anna', 'invalid', 'record', 'verify', case.path('nothing'))
    case.refuse('anna', 'invalid', 'record', 'verify', case.write('long', 'x' * 600000))
    os.rename(case.path('anna'), case.path('first'))
    case.found()
    answer = case.ask('anna', 'record', 'verify', case.write('record.txt', text))
    same((answer.status, answer.json['verdict']), (1, 'other-organisation'))


if __name__ == '__main__':
    sys.exit(run([from_one_to_another, what_does_not_hold], *sys.argv[1:]))
