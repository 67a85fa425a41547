# SPDX-License-Identifier: GPL-3.0-or-later
"""Reconciliation (cosmic-reconcile.h): every frame is read, everything that it claims is checked
against its sender's set, and both sides must have been told what they lack."""

import cipher

END = 2 ** 64 - 1
WORD = 2 ** 64 - 1


def siphash(key, message):
    """SipHash-2-4, of Aumasson and Bernstein."""
    k = [int.from_bytes(key[:8], 'little'), int.from_bytes(key[8:], 'little')]
    v = [k[0] ^ 0x736f6d6570736575, k[1] ^ 0x646f72616e646f6d,
         k[0] ^ 0x6c7967656e657261, k[1] ^ 0x7465646279746573]

    def turn(word, bits):
        return (word << bits | word >> 64 - bits) & WORD

    def mix(times):
        for _ in range(times):
            for a, b, bits, wide in ((0, 1, 13, 32), (2, 3, 16, 0), (0, 3, 21, 0), (2, 1, 17, 32)):
                v[a] = v[a] + v[b] & WORD
                v[b] = turn(v[b], bits) ^ v[a]
                v[a] = turn(v[a], wide) if wide else v[a]

    padded = message + bytes(7 - len(message) % 8) + bytes([len(message) % 256])
    for at in range(0, len(padded), 8):
        word = int.from_bytes(padded[at:at + 8], 'little')
        v[3] ^= word
        mix(2)
        v[0] ^= word
    v[2] ^= 0xff
    mix(4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def fingerprint(items):
    total = sum(int.from_bytes(item[1], 'little') for item in items) % 2 ** 256
    return cipher.blake(b'dpop range 1', len(items).to_bytes(8, 'little'),
                        total.to_bytes(32, 'little'))[:16]


class Reader:
    def __init__(self, frame):
        self.left = frame

    def take(self, size):
        assert len(self.left) >= size, 'cut short'
        taken, self.left = self.left[:size], self.left[size:]
        return taken

    def number(self):
        number, shift = 0, 0
        while True:
            byte = self.take(1)[0]
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                assert byte or shift == 7, 'not the fewest bytes'
                assert number < 2 ** 64
                return number

    def items(self):
        items, order = [], 0
        for _ in range(self.number()):
            order += self.number()
            items.append((order, self.take(32)))
        assert items == sorted(set(items)), 'ascending'
        return items

    def bound(self, before):
        number = self.number()
        if number == 0:
            return END, bytes(32)
        prefix = self.take(self.take(1)[0])
        assert not prefix.endswith(b'\0') and len(prefix) <= 32
        bound = before[0] + number - 1, prefix + bytes(32 - len(prefix))
        assert bound > before, 'ascending'
        return bound


class Side:
    def __init__(self, items):
        self.has = [(order, bytes.fromhex(one)) for order, one in items]
        self.listed = []    # of its last frame
        self.told = set()


def read_questions(reader, sender, other, key):
    """The ranges that differ, as far as fingerprints say, and the short ids that were listed."""
    low, listed = (0, bytes(32)), []
    while reader.left:
        assert low[0] < END
        tag = reader.number()
        kind, count = tag & 3, tag >> 2
        high = reader.bound(low)
        within = [item for item in sender.has if low <= item < high]
        if kind == 0:
            assert count == 0 and reader.left, 'a skip'
        elif kind == 1:
            assert count == len(within)
            assert reader.take(16) == fingerprint(within), 'a fingerprint'
        else:
            assert kind == 2 and count == len(within)
            for item in within:
                assert int.from_bytes(reader.take(8), 'little') == siphash(key, item[1])
                listed.append((item, item not in other.has))
        low = high
    return listed


def check_frame(frame, sender, other, key, first):
    reader = Reader(frame)
    head = reader.take(1)[0]
    assert head & 0xf8 == 0x10 and bool(head & 1) == first
    key = reader.take(16) if first else key
    bits = int.from_bytes(reader.take((len(other.listed) + 7) // 8), 'little')
    for place, (_, lacked) in enumerate(other.listed):
        assert bits >> place & 1 == lacked, 'an answer'
    assert bits >> len(other.listed) == 0
    for item in reader.items():
        assert item in sender.has
        other.told.add(item)
    asks = bool(reader.left)
    sender.listed = read_questions(reader, sender, other, key)
    assert not head & 4 or not (asks or head & 2), 'the last'
    return key, bool(head & 4)


def check(vector):
    sides = Side(vector['first']), Side(vector['second'])
    key, last = None, False
    assert fingerprint(sides[0].has).hex() == vector['fingerprint']
    for number, frame in enumerate(vector['frames']):
        assert not last and len(frame) // 2 <= vector['limit']
        key, last = check_frame(bytes.fromhex(frame), sides[number % 2], sides[1 - number % 2],
                                key, number == 0)
    assert last, 'there is a last frame'
    for side, other in (sides, sides[::-1]):
        lacked = set(other.has) - set(side.has)
        assert lacked <= side.told, 'everything was told'


def self_test():
    """The published vector: the bytes 0 to 14 under the key 0 to 15."""
    assert siphash(bytes(range(16)), bytes(range(15))) == 0xa129ca6149be45e5


self_test()

FILES = {
    'reconcile.json': check,
}
