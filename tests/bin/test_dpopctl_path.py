#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_dpopctl_path.py PROGRAM SOURCE

One organisation's way through the command line, on two computers and more."""

import sys

from dpopctl_case import holds, keys, run, same

LIST = ('Name;E-Mail;Mitgliedsnummer\nBert Baker;bert@example.org;2\n'
        'Carla Cook;carla@example.org;3\nDora Dyer;;4\n')


def the_whole_path(case):
    """found, import, invite, join, propose, vote, close: both computers have the same"""
    case.found()
    done = case.do('anna', 'member', 'import', case.write('list.csv', LIST))
    keys(done, 'columns counts done import rows')
    same(done['counts'], {'adds': 3, 'changes': 0, 'keeps': 0, 'left': 0})
    bert = case.join('anna', 'bert@example.org', 'bert')
    same(len(case.do(bert, 'member', 'list')['members']), 4, 'members on the second computer')

    proposed = case.do(bert, 'decision', 'propose', '--title', 'A new piano?', '--text', 'Please.')
    keys(proposed, 'decision')
    keys(case.do(bert, 'decision', 'comment', 'a new piano?', 'It is out of tune.'),
         'comment decision')
    case.carry(bert, 'anna')
    same(case.do('anna', 'decision', 'show', 'A new piano?')['comments'][0]['text'],
         'It is out of tune.')
    opened = case.do('anna', 'decision', 'open', proposed['decision'][:8])
    keys(opened, 'deadline decision entitled')
    same(opened['entitled'], 4)
    case.carry('anna', bert)

    keys(case.do(bert, 'decision', 'vote', 'A new piano?', 'no'), 'decision vote where')
    same(case.do(bert, 'decision', 'show', 'A new piano?')['my_vote'], 'counts')
    case.do(bert, 'decision', 'vote', 'A new piano?', 'yes')
    places = [case.do(bert, 'decision', 'show', 'A new piano?')['vote_place']]
    case.carry(bert, 'anna')
    places.append(case.do(bert, 'decision', 'show', 'A new piano?')['vote_place'])
    case.do('anna', 'bundle', 'summary', case.path('seen'))
    case.do(bert, 'bundle', 'export', case.path('rest'), '--for', case.path('seen'))
    places.append(case.do(bert, 'decision', 'show', 'A new piano?')['vote_place'])
    case.do('anna', 'decision', 'vote', 'A new piano?', 'no')
    case.do('anna', 'decision', 'vote', 'A new piano?', 'yes', '--for', '4')
    closed = case.do('anna', 'decision', 'close', 'A new piano?')
    keys(closed, 'decision final outcome')
    same(closed['final'], True)
    same(closed['outcome']['status'], 'accepted')
    case.carry('anna', bert)

    for profile in ('anna', bert):
        shown = case.do(profile, 'decision', 'show', 'A new piano?')
        keys(shown, 'ballot cast comments deadline decision entitled final my_vote options outcome '
                    'phase proposed_by repeats texts title unit vote_place')
        same(shown['phase'], 'closed')
        same([shown['outcome']['figures'][name] for name in ('yes', 'no', 'present', 'entitled')],
             [2, 1, 3, 4])
        keys(shown['outcome'], 'figures options reasons status')
        keys(shown['outcome']['reasons'][0],
             'base code figure more_than needed option over satisfied share text')
        verified = case.do(profile, 'log', 'verify')
        keys(verified, 'checked erased faults height held holds open unreadable without_effect')
        same(verified['holds'], True)
    places.append(case.do(bert, 'decision', 'show', 'A new piano?')['vote_place'])
    same(places, ['saved', 'exported', 'delivered', 'counted'])
    hashes = [case.do(profile, 'state-hash') for profile in ('anna', bert)]
    keys(hashes[0], 'height open root tail')
    same(hashes[0], hashes[1], 'check numbers')


def a_ranking(case):
    """options are ranked by name, number and equally; the pairwise table is shown"""
    case.found()
    case.do('anna', 'member', 'enrol', 'Bert Baker', '--number', '2')
    case.do('anna', 'decision', 'propose', '--title', 'Who?', '--rule', 'election', '--ballot',
            'rank', '--option', 'Rosa', '--option', 'Karl', '--option', 'Clara')
    case.do('anna', 'decision', 'open', 'Who?')
    case.do('anna', 'decision', 'vote', 'Who?', 'Clara', 'Rosa=Karl')
    case.do('anna', 'decision', 'vote', 'Who?', 'clara', '1', '--for', '2')
    case.refuse('anna', 'usage', 'decision', 'vote', 'Who?', 'Clara', 'Clara')
    case.refuse('anna', 'not-found', 'decision', 'vote', 'Who?', 'Otto')
    outcome = case.do('anna', 'decision', 'close', 'Who?')['outcome']
    same(outcome['status'], 'elected')
    same([(option['name'], option['place'], option['elected']) for option in outcome['options']],
         [('Rosa', 2, False), ('Karl', 3, False), ('Clara', 1, True)])
    same(outcome['preferred'], [[0, 1, 0], [0, 0, 0], [2, 2, 0]])
    said = case.say('anna', 'decision', 'show', 'Who?')
    holds('How many prefer the row to the column' in said and 'final' in said, said)


def choices(case):
    """one is chosen, several are approved, and abstaining is a choice"""
    case.found()
    case.do('anna', 'decision', 'propose', '--title', 'Colour?', '--ballot', 'choose-one',
            '--option', 'red', '--option', 'blue')
    keys(case.do('anna', 'decision', 'option', 'Colour?', 'green', '--text', 'like a meadow'),
         'decision option')
    case.do('anna', 'decision', 'option', 'Colour?', '--withdraw', 'blue')
    case.do('anna', 'decision', 'open', 'Colour?')
    case.refuse('anna', 'refused', 'decision', 'vote', 'Colour?', 'red', 'green')
    case.do('anna', 'decision', 'vote', 'Colour?', 'abstain')
    case.do('anna', 'decision', 'vote', 'Colour?', 'green')
    outcome = case.do('anna', 'decision', 'close', 'Colour?')['outcome']
    same([(option['name'], option['votes']) for option in outcome['options']],
         [('red', 0), ('green', 1)])
    case.do('anna', 'decision', 'propose', '--title', 'Days?', '--ballot', 'approve', '--option',
            'Monday', '--option', 'Friday', '--option', 'Sunday')
    case.do('anna', 'decision', 'open', 'Days?', '--closes', '3d', '--min', '1', '--max', '2')
    case.refuse('anna', 'refused', 'decision', 'vote', 'Days?', '1', '2', '3')
    case.do('anna', 'decision', 'vote', 'Days?', '1', '3')
    same(case.refuse('anna', 'refused', 'decision', 'close', 'Days?')['reason'], 'has-deadline')


def texts_and_stops(case):
    """a question is worded anew, stopped with its reason, and put again"""
    case.found()
    case.do('anna', 'decision', 'propose', '--title', 'Rise?', '--text', 'Fee of 10.')
    text = case.do('anna', 'decision', 'text', 'Rise?', 'Costs rose.', '--title', 'Why')
    keys(text, 'decision text')
    case.do('anna', 'decision', 'text', 'Rise?', 'Fee of 12.', '--title', 'Rise to 12?',
            '--question')
    shown = case.do('anna', 'decision', 'show', 'Rise to 12?')
    same([each['title'] for each in shown['texts']], ['Rise to 12?', 'Why'])
    case.do('anna', 'decision', 'open', 'Rise to 12?')
    stopped = case.do('anna', 'decision', 'stop', 'Rise to 12?', '--reason', 'wording', '--text',
                      'It is 13.')
    keys(stopped, 'decision reason')
    case.do('anna', 'confirm')
    case.do('anna', 'decision', 'propose', '--title', 'Rise to 13?', '--repeats', 'Rise to 12?')
    listed = case.do('anna', 'decision', 'list')['decisions']
    keys(listed[0], 'cast decision entitled final outcome phase title')
    same([(each['title'], each['phase'], each['outcome']) for each in listed],
         [('Rise to 12?', 'stopped', 'stopped'), ('Rise to 13?', 'proposed', None)])
    same(len(case.do('anna', 'decision', 'list', '--phase', 'proposed')['decisions']), 1)
    same(len(case.do('anna', 'decision', 'list', '--search', 'to 12')['decisions']), 1)


def offices(case):
    """an office falls by a decision that is carried out, and by nothing else"""
    case.found()
    case.do('anna', 'member', 'enrol', 'Bert Baker')
    case.join('anna', 'Bert Baker', 'bert')    # without a computer, others speak for him
    granted = case.do('anna', 'member', 'grant', 'Bert Baker', 'treasurer')
    keys(granted, 'member role unit')
    same(case.refuse('anna', 'refused', 'member', 'revoke', 'Bert Baker', 'treasurer')['reason'],
         'needs-decision')
    case.do('anna', 'decision', 'propose', '--title', 'Relieve Bert?', '--revoke-office',
            'treasurer', '--of', 'Bert Baker')
    case.refuse('anna', 'not-found', 'decision', 'enact', 'Relieve Bert?')
    case.do('anna', 'decision', 'open', 'Relieve Bert?')
    case.do('anna', 'decision', 'vote', 'Relieve Bert?', 'yes')
    case.do('anna', 'decision', 'close', 'Relieve Bert?')
    same(len(case.do('anna', 'member', 'list', '--role', 'treasurer')['members']), 1)
    keys(case.do('anna', 'decision', 'enact', 'Relieve Bert?'), 'decision')
    same(case.do('anna', 'member', 'list', '--role', 'treasurer')['members'], [])


def members(case):
    """members are enrolled, edited, suspended, readmitted, removed, and found by all their names"""
    case.found()
    enrolled = case.do('anna', 'member', 'enrol', 'Bert Baker', '--email', 'bert@example.org',
                       '--number', '2', '--city', 'Hull', '--state', 'applicant')
    keys(enrolled, 'member')
    for word in (enrolled['member'], enrolled['member'][:6].upper(), '2', 'BERT@example.org',
                 'bert baker'):
        same(case.do('anna', 'member', 'show', word)['member'], enrolled['member'], word)
    shown = case.do('anna', 'member', 'show', '2')
    keys(shown, 'born city country email entered_by_others family_name given_name has_computer '
                'joined member name note number phone postcode readable roles state units')
    same((shown['state'], shown['city'], shown['has_computer']), ('applicant', 'Hull', False))
    same(case.do('anna', 'member', 'readmit', '2')['state'], 'member')
    case.do('anna', 'member', 'edit', '2', '--city', 'York')
    shown = case.do('anna', 'member', 'show', '2')
    same((shown['city'], shown['email']), ('York', 'bert@example.org'))
    keys(case.do('anna', 'member', 'suspend', '2'), 'member state')
    same(case.do('anna', 'member', 'show', '2')['state'], 'suspended')
    case.do('anna', 'member', 'readmit', '2')
    keys(case.do('anna', 'member', 'remove', '2', '--reason', 'left'), 'kept member reason')
    listed = case.do('anna', 'member', 'list')
    keys(listed, 'count members')
    same(listed['count'], 1, 'members without the former')
    same(case.do('anna', 'member', 'list', '--state', 'former')['count'], 1)
    same(case.do('anna', 'member', 'list', '--search', 'archer')['count'], 1)


def groups(case):
    """local groups are set up, renamed, and joined; decisions are theirs"""
    case.found(charter='party')
    case.do('anna', 'member', 'enrol', 'Bert Baker')
    unit = case.do('anna', 'unit', 'add', 'Northtown')
    keys(unit, 'kind unit')
    assigned = case.do('anna', 'unit', 'assign', 'Northtown', 'Bert Baker')
    keys(assigned, 'belongs member unit')
    keys(case.do('anna', 'unit', 'rename', 'northtown', 'Southtown'), 'unit')
    listed = case.do('anna', 'unit', 'list')['units']
    keys(listed[0], 'kind members name unit')
    same((listed[0]['name'], listed[0]['members']), ('Southtown', 1))
    same(case.do('anna', 'member', 'list', '--unit', unit['unit'][:5])['count'], 1)
    same(case.do('anna', 'unit', 'assign', 'Southtown', 'Bert Baker', '--out')['belongs'], False)
    same(case.do('anna', 'member', 'list', '--unit', 'Southtown')['count'], 0)


def imports(case):
    """a list is previewed with its red rows, taken over, brought up to date, and taken back"""
    case.found()
    listed = case.write('list.csv', LIST.replace('Dora Dyer', '').encode('latin-1'))
    preview = case.do('anna', 'member', 'import', listed, '--preview')
    same((preview['done'], preview['import'], preview['counts']['left']), (False, None, 1))
    keys(preview['rows'][0], 'action line name problems status')
    red = preview['rows'][2]
    same((red['status'], red['line'], red['problems'][0]['code']), ('red', 4, 'no-name'))
    same(case.do('anna', 'member', 'list')['count'], 1, 'a preview changes nothing')
    first = case.do('anna', 'member', 'import', listed)
    again = case.do('anna', 'member', 'import', listed)
    same((again['counts']['keeps'], again['import']), (2, None))
    newer = case.write('newer.csv', 'A;B\nBert Baker;bert@new.example\n')
    updated = case.do('anna', 'member', 'import', newer, '--map', '1=full-name', '--map', '2=email',
                      '--separator', ';', '--encoding', 'utf-8', '--possible-same')
    same(updated['counts']['changes'], 1)
    same(case.do('anna', 'member', 'show', 'Bert Baker')['email'], 'bert@new.example')
    undone = case.do('anna', 'member', 'import-undo', first['import'][:8])
    keys(undone, 'import left undone')
    same(undone['undone'] + undone['left'], 2)


def computers(case):
    """computers are listed, a further one of one's own joins, and one is switched off"""
    case.found()
    case.profile('second')
    invited = case.do('anna', 'invite', 'Anna Archer', '--lasts', '2d')
    keys(invited, 'expires file invitation member')
    requested = case.do('second', 'device', 'request', invited['invitation'])
    keys(requested, 'file member party request')
    accepted = case.do('anna', 'device', 'accept', requested['request'], '--output',
                       case.path('first'))
    keys(accepted, 'again confirmed device file member size')
    once_more = case.do('anna', 'device', 'accept', requested['request'], '--output',
                        case.path('another'))
    same((accepted['again'], once_more['again']), (False, True), 'a lost file is made again')
    keys(case.do('second', 'bundle', 'import', case.path('first')),
         'added checkpoints file held known shares')
    devices = case.do('second', 'device', 'list')['devices']
    keys(devices[0], 'device member name on own since')
    same(sorted(device['own'] for device in devices), [False, True])
    keys(case.do('anna', 'device', 'off', accepted['device'][:10]), 'device')
    case.do('anna', 'confirm')
    same([device['on'] for device in case.do('anna', 'device', 'list', '--member',
                                             'Anna Archer')['devices']
          if device['device'] == accepted['device']], [False])


def deleting(case):
    """what is deleted is gone on both computers, and the history still holds"""
    case.found()
    case.do('anna', 'member', 'enrol', 'Bert Baker', '--email', 'bert@example.org')
    case.do('anna', 'member', 'enrol', 'Zacharias Zed')
    bert = case.join('anna', 'Bert Baker', 'bert')
    case.do('anna', 'decision', 'propose', '--title', 'A question')
    comment = case.do('anna', 'decision', 'comment', 'A question', 'Regrettable words.')
    case.carry('anna', bert)
    same(case.do(bert, 'member', 'show', 'Zacharias Zed')['readable'], True)
    erased = case.do('anna', 'erase', comment['comment'][:12], '--member', 'Zacharias Zed')
    keys(erased, 'confirmed entries members')
    same(erased['confirmed'], True)
    case.carry('anna', bert)
    for profile in ('anna', bert):
        shown = case.do(profile, 'decision', 'show', 'A question')['comments'][0]
        same((shown['text'], shown['deleted']), (None, True))
        case.refuse(profile, 'not-found', 'member', 'show', 'Zacharias Zed')
        verified = case.do(profile, 'log', 'verify')
        same((verified['holds'], verified['erased'] >= 2), (True, True))


def history(case):
    """the history tells who did what, and why something has no effect"""
    case.found()
    case.do('anna', 'member', 'enrol', 'Bert Baker')
    case.do('anna', 'decision', 'propose', '--title', 'A question')
    entries = case.do('anna', 'audit')['entries']
    keys(entries[0], 'author decision device entry final height kind number subject text void')
    same([entry['kind'] for entry in entries],
         ['genesis', 'member-details', 'member-add', 'propose'])
    holds('Anna Archer' in entries[2]['text'] and 'Bert Baker' in entries[2]['text'], entries[2])
    same([entry['final'] for entry in entries], [True, True, False, False])
    same(len(case.do('anna', 'audit', '--open', '--limit', '1')['entries']), 1)
    same(len(case.do('anna', 'audit', '--member', 'Bert Baker')['entries']), 1)
    same(len(case.do('anna', 'audit', '--decision', 'A question')['entries']), 1)
    same(len(case.do('anna', 'audit', '--kind', 'member-add')['entries']), 1)
    same(case.do('anna', 'audit', '--void')['entries'], [])
    confirmed = case.do('anna', 'confirm')
    keys(confirmed, 'covered forks height rotations')
    same(confirmed['covered'], 2)
    same(case.do('anna', 'confirm')['covered'], 0)
    keys(case.do('anna', 'rotate'), 'computers rotations')
    same(case.do('anna', 'rotate', '--due')['rotations'], 0)
    case.refuse('anna', 'usage', 'audit', '--kind', 'nonsense')


def exchange(case):
    """a transfer file for a summary holds what is missing, and twice is once"""
    case.found()
    case.do('anna', 'member', 'enrol', 'Bert Baker')
    bert = case.join('anna', 'Bert Baker', 'bert')
    keys(case.do(bert, 'bundle', 'summary', case.path('summary')), 'file')
    case.do('anna', 'member', 'enrol', 'Carla Cook')
    exported = case.do('anna', 'bundle', 'export', case.path('little'), '--for',
                       case.path('summary'))
    keys(exported, 'checkpoints confirmed file operations shares size')
    same((exported['operations'], exported['confirmed'] >= 1), (1, True))
    same(case.do(bert, 'bundle', 'import', case.path('little'))['added'], 1)
    again = case.do(bert, 'bundle', 'import', case.path('little'))
    same((again['added'], again['checkpoints']), (0, 0))
    same(case.do('anna', 'state-hash')['root'], case.do(bert, 'state-hash')['root'])


def what_waits(case):
    """home tells what waits and what happened, and each decision who takes part"""
    case.found()
    case.do('anna', 'member', 'import', case.write('list.csv', LIST))
    bert = case.join('anna', 'bert@example.org', 'bert')
    case.do('anna', 'confirm')
    case.carry('anna', bert)
    home = case.do('anna', 'home')
    keys(home, 'more news waits')
    same(home['waits'], [])
    case.do(bert, 'home', '--seen')
    same(case.do(bert, 'home')['news'], [])
    case.do('anna', 'decision', 'propose', '--title', 'A piano?')
    same([item['kind'] for item in case.do('anna', 'home')['waits']], ['open', 'confirm'])
    preview = case.do('anna', 'decision', 'preview', 'A piano?')
    keys(preview, 'deciding decision entitled opens voters without_computer')
    same((preview['entitled'], preview['without_computer']), (4, 2))
    holds('half of votes for and against' in preview['deciding'][0], preview)
    may = case.do('anna', 'decision', 'may', 'A piano?')
    keys(may, 'close comment decision enact has_voted open option reword stop text vote vote_for')
    same((may['open'], may['vote']['may'], may['vote']['reason']),
         ({'may': True, 'why': None, 'reason': None}, False, 'not-open'))
    case.refuse('anna', 'not-found', 'decision', 'turnout', 'A piano?')
    case.do('anna', 'decision', 'open', 'A piano?')
    case.carry('anna', bert)
    waits = case.do(bert, 'home')
    same([(item['kind'], item['title'], item['entitled']) for item in waits['waits']],
         [('vote', 'A piano?', 4)])
    keys(waits['waits'][0], 'count decision entitled kind time title votes')
    keys(waits['news'][0], 'count decision entry text time')
    holds('vote on "A piano?", until' in case.say(bert, 'home'))
    case.do(bert, 'decision', 'vote', 'A piano?', 'yes')
    same([(item['kind'], item['count']) for item in case.do(bert, 'home')['waits']],
         [('deliver', 1)])
    turnout = case.do(bert, 'decision', 'turnout', 'A piano?')
    keys(turnout, 'closed closes decision entitled opened points voted')
    same([point['voted'] for point in turnout['points']], [0, 1])
    entitled = case.do(bert, 'decision', 'entitled', 'A piano?', '--voted', 'yes')
    keys(entitled, 'decision entitled members voted')
    same([(one['name'], one['voted']) for one in entitled['members']], [('Bert Baker', True)])
    same(len(case.do(bert, 'decision', 'entitled', 'A piano?')['members']), 4)
    case.refuse(bert, 'usage', 'decision', 'entitled', 'A piano?', '--voted', 'perhaps')


def letters(case):
    """everybody without a computer is invited with a letter of their own, that lets them in"""
    case.found()
    case.do('anna', 'member', 'import', case.write('list.csv', LIST))
    folder = case.path('letters')
    case.refuse('anna', 'usage', 'letters')
    written = case.do('anna', 'letters', '--output', folder, '--signed-by', 'The board')
    keys(written, 'folder letters')
    same([letter['name'] for letter in written['letters']],
         ['Bert Baker', 'Carla Cook', 'Dora Dyer'])
    keys(written['letters'][0], 'email expires file member name')
    same(written['letters'][2]['email'], None)
    with open(written['letters'][0]['file'], encoding='utf-8') as file:
        text = file.read()
    holds('Dear Bert Baker,' in text and text.endswith('The board'), text)
    code = text[text.index('DPOP-J'):].split('\n\n')[0]
    case.do('bert', 'profile', 'create', '--cost', 'cheap')
    same(case.do('bert', 'join', code)['member'], written['letters'][0]['member'])
    case.refuse('anna', 'invalid', 'letters', '--output', folder)
    same(len(case.do('anna', 'letters', '--output', case.path('one'), '--member',
                     'Dora Dyer')['letters']), 1)


if __name__ == '__main__':
    sys.exit(run([the_whole_path, a_ranking, choices, texts_and_stops, offices, members, groups,
                  imports, computers, deleting, history, exchange, what_waits,
                  letters], *sys.argv[1:]))
