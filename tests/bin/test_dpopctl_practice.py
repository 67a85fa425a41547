#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_dpopctl_practice.py PROGRAM SOURCE

The invented organisation on the command line, and the profiles on this computer."""

import os
import sys

from dpopctl_case import holds, keys, run, same


def ask(case, profile, *words):
    """Without a passphrase: a profile for practice asks for none."""
    answer = case.call('--profile', case.path(profile), '--json', *words)
    same(answer.status, 0, answer.err)
    return answer.json


def practising(case):
    """made, voted in, and it goes on by itself to an outcome"""
    made = ask(case, 'p/practice', 'practice', 'make', '--user', 'Robin', '--seed', '5')
    keys(made, 'computers decisions height members profile units')
    same((made['members'], made['units']), (60, 3))
    same(len(ask(case, 'p/practice', 'member', 'list')['members']), 60)
    waiting = ask(case, 'p/practice', 'decision', 'list', '--phase', 'open')['decisions']
    title = [each['title'] for each in waiting if 'projector' in each['title']][0]
    ask(case, 'p/practice', 'decision', 'vote', title, 'yes')
    stepped = ask(case, 'p/practice', 'practice', 'step', '--count', '120')
    keys(stepped, 'steps')
    keys(stepped['steps'][0], 'act decision member votes')
    acts = {each['act'] for each in stepped['steps']}
    holds({'comment', 'vote', 'close'} <= acts, acts)
    shown = ask(case, 'p/practice', 'decision', 'show', title)
    same((shown['phase'], shown['final']), ('closed', True))
    same(ask(case, 'p/practice', 'log', 'verify')['holds'], True)
    told = case.call('--profile', case.path('p/practice'), 'practice', 'step')
    same((told.status, told.err), (0, ''))
    case.refuse('p/practice', 'exists', 'practice', 'make')
    case.refuse('p/other', 'invalid', 'practice', 'make', '--charter', 'tyranny')


def not_for_practice(case):
    """in a real organisation nobody invented speaks"""
    case.found()
    case.refuse('anna', 'invalid', 'practice', 'step')


def profiles(case):
    """profiles are listed, labelled and deleted without being opened"""
    root = os.path.join(case.path('home'), 'dpop')
    same(case.call('profile', 'list', '--json').json, {'profiles': []})
    case.do('home/dpop/choir', 'profile', 'create', '--cost', 'cheap')
    ask(case, 'home/dpop/practice', 'practice', 'make', '--charter', 'association')
    case.do('home/dpop/choir', 'profile', 'label', 'Choir, at home')
    listed = case.call('profile', 'list', '--json').json['profiles']
    keys(listed[0], 'broken in_use label labelled last_used practice profile readable')
    same([(each['label'], each['practice']) for each in listed],
         [('Choir, at home', False), ('Practice', True)])
    same(case.call('profile', 'list', '--root', root, '--json').json['profiles'], listed)
    case.refuse('home/dpop/choir', 'invalid', 'profile', 'label', ' ')
    case.refuse('home/dpop/none', 'no-profile', 'profile', 'label', 'x')
    case.refuse('home/dpop/practice', 'usage', 'profile', 'delete')
    deleted = case.do('home/dpop/practice', 'profile', 'delete', '--for-good')
    keys(deleted, 'deleted folder_left profile')
    same(os.listdir(root), ['choir'])
    case.refuse('home/dpop/practice', 'no-profile', 'profile', 'delete', '--for-good')


if __name__ == '__main__':
    sys.exit(run([practising, not_for_practice, profiles], *sys.argv[1:]))
