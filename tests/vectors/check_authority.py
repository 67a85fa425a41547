# SPDX-License-Identifier: GPL-3.0-or-later
"""The bodies of the authority stream and the state that a history makes."""

import check_envelope
import check_operation
import check_tree
import cipher
import curve
import gvariant

# number: (name, class, type)
KINDS = {
    1: ('genesis', 0, '(ayayayayuaqayayay)'),
    2: ('invitation', 1, '(ayayx)'),
    3: ('device-add', 1, '(ayayaymayayayay)'),
    4: ('device-off', 0, '(ayqaay)'),
    5: ('rotation', 1, '(ayutayaymaymayay)'),
    6: ('share', 1, '(ayuayay)'),
    7: ('equivocation', 0, '(ayay)'),
    8: ('erase', 1, '(aayaayy)'),
    9: ('witness-offer', 1, '(ayay)'),
    10: ('device-attach', 1, '(ayayayay)'),
    11: ('attach-support', 1, '(ay)'),
    12: ('attach-veto', 0, '(ay)'),
}

# tag: (how many ids follow it in a key, the type of the value)
ENTRIES = {
    0x01: (1, 'q'),         # verdict of an operation
    0x10: (1, '(ayaytbt)'),  # device: member, seal key, since, off, height it was switched off at
    0x11: (2, 'y'),         # member, device
    0x12: (1, '(aybutt)'),  # key: scope, personal, epoch, since, until
    0x13: (1, '(uayayt)'),  # scope: epoch, body key, personal key, since
    0x14: (2, 'y'),         # device, operation: kept
    0x15: (2, 't'),         # author, stream: frozen since
    0x16: (1, 'y'),         # operation: erased
    0x17: (1, 't'),         # member: erased up to
    0x18: (1, '(ayxb)'),    # invitation: member, expiry, used
    0x19: (0, '(uaay)'),    # witnesses: f, keys
    0x1a: (0, 'ay'),        # charter
    0x1b: (1, 'ay'),        # operation: root of its shares
    0x1e: (1, '(ayayxbaay)'),  # device to attach: member, seal key, due, stopped, supporters
    0x1c: (1, '(aybt)'),    # device: its key as a witness, whether appointed, since
    0x1d: (1, 'ay'),        # that key: the device
    0x40: (1, 'q'),         # the fixture's own: role of a member
}


def is_ascending(ids):
    return all(a < b for a, b in zip(ids, ids[1:]))


def check_genesis(value, vector):
    assert len(value[0]) <= 32768 and all(len(value[i]) == 32 for i in (1, 2, 3, 6, 7, 8))
    assert curve.is_prime(curve.decompress(value[3])), 'the key of the witness'


def check_invitation(value, vector):
    assert curve.is_prime(curve.decompress(value[0])) and len(value[1]) == 32


def check_device_add(value, vector):
    member, device, seal, seed, by_device, by_seed, shares = value
    party = bytes.fromhex(vector['party'])
    message = b'dpop request 1\0' + party + member + device + seal + (seed[0] if seed
                                                                     else bytes(32))
    assert curve.is_prime(curve.decompress(device)), 'the key of the device'
    assert curve.verify(device, message, by_device), 'the signature by the device'
    assert curve.verify(seed[0], message, by_seed) if seed else by_seed == b'', 'by the seed'
    assert len(shares) == 32


def check_device_off(value, vector):
    assert is_ascending(value[2]) and len(value[2]) <= 1024


def check_rotation(value, vector):
    assert all(link is None or len(link[0]) == 48 for link in value[5:7])
    assert value[0] != bytes(32) or value[5], "the party's own always links back"


def check_equivocation(value, vector):
    a, b = (check_operation.read_item(item) for item in value)
    assert a.id < b.id
    assert (a.header.author, a.header.stream, a.header.seq) == \
        (b.header.author, b.header.stream, b.header.seq)


def check_erase(value, vector):
    items, members, parts = value
    for item in items:
        assert check_operation.read_item(item).header.personal
    assert is_ascending(members) and items + members and parts == 1


def check_attach(value, vector):
    member, device, seal, by_device = value
    message = (b'dpop request 1\0' + bytes.fromhex(vector['party']) + member + device + seal
               + bytes(32))
    assert curve.is_prime(curve.decompress(device)), 'the key of the device'
    assert curve.verify(device, message, by_device), 'the signature by the device'


def check_witness_offer(value, vector):
    key, signature = value
    message = b'dpop witness 1\0' + bytes.fromhex(vector['party'] + vector['device'])
    assert curve.is_prime(curve.decompress(key)), 'the key of the witness'
    assert curve.verify(key, message, signature), 'that it has the key'


CHECKS = {1: check_genesis, 2: check_invitation, 3: check_device_add, 4: check_device_off,
          5: check_rotation, 7: check_equivocation, 8: check_erase, 9: check_witness_offer,
          10: check_attach}


def check_body(vector):
    kind = KINDS[vector['kind']]
    assert (vector['kind_name'], vector['class'], vector['type']) == kind
    value = gvariant.from_json(kind[2], vector['value'])
    body = bytes.fromhex(vector['body'])
    assert gvariant.encode(kind[2], value) == body, 'the bytes'
    assert gvariant.decode(kind[2], body) == value
    CHECKS.get(vector['kind'], lambda value, vector: None)(value, vector)


class History:
    """The steps of state.json, then the entries that they made."""

    def __init__(self):
        self.verdicts = {}
        self.root = None

    def check(self, vector):
        if 'entries' in vector:
            self.check_entries(vector)
            return
        operation = check_operation.read_item(bytes.fromhex(vector['item']))
        header, body = operation.header, bytes.fromhex(vector['body'])
        self.check_part(header, bytes.fromhex(vector['key']), body)
        if header.kind in KINDS:
            check_operation.content(KINDS[header.kind][2], body)
        if vector['reason']:
            self.verdicts[operation.id] = vector['reason']
        self.root = vector['root']

    @staticmethod
    def check_part(header, key, body):
        """The header names its body by the size, the key and the id of its envelope."""
        envelope = check_envelope.make_envelope(key, 2, header.stream, header.base[1], body)
        assert header.body == (check_envelope.key_id(key), len(body), cipher.blake(envelope))
        assert header.key == header.body.key

    def check_entries(self, vector):
        entries = [(bytes.fromhex(key), bytes.fromhex(value)) for key, value in vector['entries']]
        assert is_ascending([key for key, _ in entries]), 'the order of the keys'
        verdicts = {}
        for key, value in entries:
            ids, kind = ENTRIES[key[0]]
            assert len(key) == 1 + 32 * ids, 'the size of a key'
            read = gvariant.decode(kind, value)
            if key[0] == 0x01:
                verdicts[key[1:]] = read
        assert verdicts == self.verdicts, 'what is void'
        assert check_tree.state_root(entries).hex() == vector['root'] == self.root, 'the root'
        assert {key[0] for key, _ in entries} == set(ENTRIES), 'every kind of entry is there'


FILES = {
    'authority.json': check_body,
    'state.json': History().check,
}
