# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said about members, units and offices, and the state that it makes."""

import check_authority
import check_tree
import gvariant

# number: (name, class, type, personal part: 0 never, 2 must, field of the subject from 1, 0 none)
KINDS = {
    32: ('member-add', 1, '(ayaayyay)', 2, 1),
    33: ('member-details', 1, '(ayay)', 2, 1),
    34: ('member-state', 1, '(ayyy)', 0, 1),
    35: ('member-remove', 0, '(ayqaay)', 0, 1),
    36: ('members-undo', 1, '(ay)', 0, 0),
    37: ('role-grant', 1, '(ayqay)', 0, 1),
    38: ('role-revoke', 0, '(ayqay)', 0, 1),
    39: ('unit-add', 1, '(ayyayayay)', 2, 0),
    40: ('unit-name', 1, '(ay)', 2, 0),
    41: ('unit-assign', 1, '(ayayb)', 0, 1),
    42: ('enact', 0, '(aytayay)', 0, 0),
    43: ('witness-appoint', 1, '(aay)', 0, 0),
    44: ('witness-resign', 0, '(ay)', 0, 0),
}

PARTS = {
    'details': '(y' + 5 * 's' + 'as' + 7 * 's' + 'a(ss))',
    'unit name': '(ys)',
    'outcome': '(ybtayqqayay)',
}

STANDING = '(yaaya(qayt))'
MEMBER, PAST, COUNT, HOLDER, UNIT, UNIT_MEMBER, DETAILS, IMPORT, ENACTED = range(0x40, 0x49)

# tag: (ids that follow it in a key, whether a height does, the type of the value)
ENTRIES = {
    MEMBER: (1, False, '(t' + STANDING + 't(ayayayb)aybb)'),
    PAST: (1, True, STANDING),
    COUNT: (1, True, '(uuuu)'),
    HOLDER: (1, False, 'y'),
    UNIT: (1, False, '(ytay)'),
    UNIT_MEMBER: (2, False, 'y'),
    DETAILS: (1, False, '(ayayayb)'),
    IMPORT: (2, False, 'y'),
    ENACTED: (1, False, 't'),
}

PARTY = bytes(32)


def check_claim(vector):
    kind = vector['type']
    value = gvariant.from_json(kind, vector['value'])
    data = bytes.fromhex(vector['bytes'])
    assert gvariant.encode(kind, value) == data, 'the bytes'
    assert gvariant.decode(kind, data) == value
    if vector['what'] == 'body':
        described = (vector['kind_name'], vector['class'], kind, vector['personal'],
                     vector['subject'])
        assert described == KINDS[vector['kind']]
        for field in value:
            if isinstance(field, list):
                assert check_authority.is_ascending(field)
        return
    assert kind == PARTS[vector['what']]
    assert value[0] == 1, 'the version'
    if vector['what'] == 'details':
        assert value[3], 'a name'
    if vector['what'] == 'outcome' and value[4] == 0:
        assert value[5:] == (0, PARTY, PARTY), 'nothing without an effect'


def height_of(key):
    return 2 ** 64 - 1 - int.from_bytes(key[-8:], 'big')


class Entries:
    def __init__(self, vector):
        self.found = {tag: {} for tag in ENTRIES}
        for key, value in vector['entries']:
            key, value = bytes.fromhex(key), bytes.fromhex(value)
            if key[0] < 0x40:
                assert key[0] in check_authority.ENTRIES
                continue
            ids, height, kind = ENTRIES[key[0]]
            assert len(key) == 1 + 32 * ids + 8 * height, 'the size of a key'
            self.found[key[0]][key[1:]] = gvariant.decode(kind, value)

    def check_counts(self):
        """The newest figures of a scope are those of the members as they stand."""
        newest = {}
        for key, counts in self.found[COUNT].items():
            if height_of(key) >= newest.get(key[:32], (0, None))[0]:
                newest[key[:32]] = (height_of(key), counts)
        expected = {}
        for entry in self.found[MEMBER].values():
            state, units, _ = entry[1]
            for scope in [PARTY] + units:
                expected.setdefault(scope, [0, 0, 0, 0])[state - 1] += 1
        for scope, (_, counts) in newest.items():
            assert list(counts) == expected.get(scope, [0, 0, 0, 0]), 'the figures of a scope'
        assert set(expected) <= set(newest)

    def check_members(self, height):
        for member, entry in self.found[MEMBER].items():
            since, (state, units, roles), admitted = entry[:3]
            assert 1 <= since <= height and 1 <= admitted <= height and 1 <= state <= 4
            assert check_authority.is_ascending(units)
            assert check_authority.is_ascending([role[:2] for role in roles])
            for unit in units:
                assert unit in self.found[UNIT] and unit + member in self.found[UNIT_MEMBER]
            assert not roles or member in self.found[HOLDER]
            for key, _ in self.found[PAST].items():
                assert key[:32] != member or height_of(key) < since, 'the past is before'

    def check_past(self):
        """Somebody's standing changed, and the one before is kept under the height it began at."""
        assert all(key[:32] in self.found[MEMBER] for key in self.found[PAST])


def check_state(vector):
    raw = [(bytes.fromhex(key), bytes.fromhex(value)) for key, value in vector['entries']]
    assert check_authority.is_ascending([key for key, _ in raw]), 'the order of the keys'
    assert check_tree.state_root(raw).hex() == vector['root'], 'the root'
    entries = Entries(vector)
    entries.check_counts()
    entries.check_members(vector['height'])
    entries.check_past()
    if vector['name'] == 'two batches later':
        assert all(entries.found.values()), 'every kind of entry is there'


FILES = {
    'membership.json': check_claim,
    'membership-state.json': check_state,
}
