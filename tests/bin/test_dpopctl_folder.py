#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_dpopctl_folder.py PROGRAM SOURCE

Computers that never meet, and exchange through a folder that something else carries."""

import os
import shutil
import sys

from dpopctl_case import holds, keys, run, same

LIST = 'Name;E-Mail\nBert Baker;bert@example.org\nCarla Cook;carla@example.org\n'


def exchange(case, *profiles):
    return [case.do(each, 'folder', 'exchange') for each in profiles]


def use(case, *profiles):
    folder = case.path('cloud')
    os.makedirs(folder, exist_ok=True)
    for each in profiles:
        keys(case.do(each, 'folder', 'use', folder), 'folder')
    return folder


def a_vote_by_folder(case):
    """joined, proposed, voted and closed without ever meeting; the vote says how far it got"""
    case.found()
    case.do('anna', 'member', 'import', case.write('list.csv', LIST))
    folder = use(case, 'anna')
    for name in ('bert', 'carla'):
        # The first transfer file is laid into the folder like any other.
        case.profile(name)
        codes = [case.path('%s-%s' % (what, name)) for what in ('invitation', 'request')]
        case.do('anna', 'invite', name + '@example.org', '--output', codes[0])
        case.do(name, 'join', codes[0], '--output', codes[1])
        case.do('anna', 'device', 'accept', codes[1], '--output',
                os.path.join(folder, 'For %s.dpop-transfer' % name))
        use(case, name)
        done = case.do(name, 'folder', 'exchange')
        keys(done, 'files added held checkpoints shares computers behind unread wrote')
        holds(done['added'] > 0, 'the first file is found in the folder')
    exchange(case, 'anna', 'bert', 'carla', 'anna', 'bert')

    case.do('bert', 'decision', 'propose', '--title', 'A new piano?', '--text', 'Please.')
    same(exchange(case, 'bert')[0]['wrote'], True)
    exchange(case, 'anna')
    case.do('anna', 'decision', 'open', 'A new piano?')
    exchange(case, 'anna', 'bert', 'carla')
    case.do('carla', 'decision', 'vote', 'A new piano?', 'yes')
    places = [case.do('carla', 'decision', 'show', 'A new piano?')['vote_place']]
    for profile in ('carla', 'anna', 'carla'):
        exchange(case, profile)
        places.append(case.do('carla', 'decision', 'show', 'A new piano?')['vote_place'])
    same(places[:2], ['saved', 'exported'])
    same(places[-1], 'counted')
    case.do('anna', 'decision', 'close', 'A new piano?')
    exchange(case, 'anna', 'bert', 'carla', 'anna')
    hashes = {case.do(each, 'state-hash')['root'] for each in ('anna', 'bert', 'carla')}
    same(len(hashes), 1, 'states')
    for each in ('anna', 'bert', 'carla'):
        same(case.do(each, 'decision', 'show', 'A new piano?')['phase'], 'closed')
        same(case.do(each, 'log', 'verify')['holds'], True)

    # Nobody lacks anything: of what was written nothing but summaries is left, and the first files.
    exchange(case, 'bert', 'carla', 'anna', 'bert', 'carla')
    left = sorted(name.rsplit('.', 1)[1] for name in os.listdir(folder)
                  if not name.startswith('For '))
    same(left, ['dpop-summary'] * 3)
    done = exchange(case, 'anna')[0]
    same([done[key] for key in ('computers', 'behind', 'unread', 'wrote')], [2, 0, 0, False])


def nothing_in_the_clear(case):
    """what lies in the folder names nobody and nothing"""
    case.found()
    case.do('anna', 'member', 'import', case.write('list.csv', LIST))
    bert = case.join('anna', 'bert@example.org', 'bert')
    folder = use(case, 'anna', bert)
    exchange(case, 'anna', bert, 'anna', bert)
    case.do('anna', 'decision', 'propose', '--title', 'Xylophone?', '--text', 'Please.')
    exchange(case, 'anna')
    names = os.listdir(folder)
    holds(any(name.endswith('.dpop-transfer') for name in names), str(names))
    for name in names:
        with open(os.path.join(folder, name), 'rb') as file:
            content = file.read()
        for word in (b'Xylophone', b'Anna', b'Bert', b'Choir', b'example.org'):
            holds(word not in content and word.decode() not in name, '%s in %s' % (word, name))


def refusals(case):
    """what can be no shared folder is said to be none; one that vanished, too"""
    case.found()
    case.refuse('anna', 'not-found', 'folder', 'exchange')
    case.refuse('anna', 'invalid', 'folder', 'use', case.path('nowhere'))
    case.refuse('anna', 'invalid', 'folder', 'use', case.write('a-file', 'x'))
    case.refuse('anna', 'usage', 'folder', 'use')
    folder = use(case, 'anna')
    exchange(case, 'anna')
    same(len(os.listdir(folder)), 1)
    case.do('anna', 'folder', 'stop')
    same(os.listdir(folder), [])
    use(case, 'anna')
    shutil.rmtree(folder)
    error = case.ask('anna', 'folder', 'exchange')
    same(error.status, 1)
    holds(folder in error.err, error.err)
    case.do('anna', 'folder', 'stop')


if __name__ == '__main__':
    sys.exit(run([a_vote_by_folder, nothing_in_the_clear, refusals], *sys.argv[1:]))
