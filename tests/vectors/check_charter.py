# SPDX-License-Identifier: GPL-3.0-or-later
"""Charters: from the document (data/charters/README.md) to the form that the log carries
(dpop-charter-compile.h), and its names (dpop-charter-names.h)."""

import json

import gvariant

TYPE = '(ya(yt)a(ybta(yt))tab(yyyy)a(yyyt)(yy)(uu)(yq)bxa(q(uuby)(uubu)q(yyu)(xxx)yq))'
NAMES = '(yssa(sss)a(sss)a(sss))'

ACTIONS = ('enrol edit-member read-member move-member grant-role revoke-role add-unit assign-unit '
           'invite accept-device switch-off-device act-for vote propose add-text comment open '
           'close stop erase rotate-keys appoint-witness export convene raise-rules '
           'recover-device').split()
REACHES = ['everywhere', 'party', 'own-unit', 'self']
SCOPES = ['party', 'unit']
STATES = ['applicant', 'member', 'suspended', 'former']
FLAGS = ['votes', 'proposes', 'comments']
BALLOTS = ['yes-no-abstain', 'choose-one', 'approve', 'rank']
BASES = ['yes-no', 'cast', 'present', 'entitled']
RANKINGS = ['schulze-winning-votes', 'schulze-margins']
DEFAULTS = ['none', 'must-be-beaten']
EFFECTS = ['revoke-office', 'election', 'role', 'charter', 'dismiss-witness']
MS = {'millisecond': 1, 'second': 1000, 'minute': 60000, 'hour': 3600000, 'day': 86400000,
      'week': 604800000}
EVERY_MEMBER = 63
FOR_GOOD = 0xffffffff


def number(words, word):
    return words.index(word) + 1


def bits(words, chosen, first=1):
    assert len(set(chosen)) == len(chosen)
    return sum(1 << words.index(word) + first for word in chosen)


def duration(text):
    count, unit = text.split(' ')
    return int(count) * MS[unit.removesuffix('s')]


def days(text):
    return FOR_GOOD if text == 'for good' else duration(text) // MS['day']


def share(text):
    return tuple(int(part) for part in text.split('/'))


def permissions(entries):
    return sorted((number(REACHES, entry['reach']), bits(ACTIONS, entry['actions']))
                  for entry in entries)


def compile_rule(rule):
    majority, quorum = rule['majority'], rule['quorum']
    return (bits(BALLOTS, rule['ballots']),
            share(majority['share']) + (majority['moreThan'], number(BASES, majority['of'])),
            share(quorum['share']) + (quorum['moreThan'], quorum['atLeast']),
            rule['seats'],
            (number(RANKINGS, rule['ranking']), number(DEFAULTS, rule['defaultOption']),
             rule['defaultQuorum']),
            (duration(rule['discussion']), duration(rule['open']['atLeast']),
             duration(rule['open']['atMost'])),
            number(SCOPES, rule['scope']),
            bits(EFFECTS, rule['enacts']))


def compile_charter(document):
    keys = [role['key'] for role in document['roles']]

    def roles(chosen):
        return sum(1 << (EVERY_MEMBER if key == 'member' else keys.index(key)) for key in chosen)

    moves = [(number(STATES, start), number(STATES, end), number(REACHES, entry['reach']),
              roles(entry['roles']))
             for start, ends in document['moves'].items() for end, entries in ends.items()
             for entry in entries]
    return (1, permissions(document['members']['permissions']),
            [(number(SCOPES, role['scope']), role['office'], roles(role['givenBy']),
              permissions(role['permissions'])) for role in document['roles']],
            roles(document['founder']),
            [kind['newcomersRead'] for kind in document['unitKinds']],
            tuple(bits(FLAGS, document['states'][state], 0) for state in STATES),
            sorted(moves),
            (document['witnesses']['faults'], document['witnesses']['count']),
            (days(document['retention']['votes']), days(document['retention']['personal'])),
            (document['recovery']['officers'], days(document['recovery']['veto'])),
            document['newcomersRead'], duration(document['invitations']['valid']),
            [compile_rule(rule) for rule in document['rules']])


def names(document):
    return (1, document['name'], document['description']) + tuple(
        [(entry['key'], entry['label'], entry['description']) for entry in document[part]]
        for part in ('roles', 'unitKinds', 'rules'))


def check_charter(vector):
    document = json.loads(bytes.fromhex(vector['document']))
    assert document['format'] == 'dpop-charter-1'
    compiled = bytes.fromhex(vector['compiled'])
    assert gvariant.decode(TYPE, compiled) == compile_charter(document)
    assert gvariant.encode(TYPE, compile_charter(document)) == compiled
    assert gvariant.encode(NAMES, names(document)).hex() == vector['names']


FILES = {
    'charter.json': check_charter,
}
