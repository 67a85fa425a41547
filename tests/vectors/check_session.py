# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages of an exchange session between two nodes (cosmic-session.h)."""

TYPES = ('', 'hello', 'height', 'records', 'no more', 'want', 'none', 'items', 'piece', 'compare',
         'compared', 'have', 'shares', 'fork', 'again', 'waiting', 'bye')
MESSAGE_MAX, ITEM_MAX, LIST_MAX, PARTS_MAX = 65536, 2 << 20, 1024, 7


class Reader:
    """Takes bytes off the front; what is not there raises."""

    def __init__(self, raw):
        self.raw = raw

    def take(self, size):
        assert size <= len(self.raw), 'it is too short'
        taken, self.raw = self.raw[:size], self.raw[size:]
        return taken

    def byte(self, limit=255):
        value = self.take(1)[0]
        assert value <= limit
        return value

    def number(self, limit=(1 << 64) - 1):
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            if byte < 128:
                assert byte > 0 or shift == 0, 'fewer bytes would do'
                assert value <= limit
                return value
            shift += 7

    def ids(self):
        ids = [self.take(32) for _ in range(self.number(LIST_MAX))]
        assert all(a < b for a, b in zip(ids, ids[1:])), 'ids ascend'


def read_item(reader):
    kind = reader.byte()
    if kind == 1:
        reader.take(32)
        parts = reader.byte(PARTS_MAX)
        assert parts > 0
        count = bin(parts).count('1')
    elif kind == 2:
        assert reader.number() > 0
        count = 2
    else:
        assert kind == 3
        count = 1
    for _ in range(count):
        reader.take(reader.number(ITEM_MAX))


def read_want(reader):
    order = reader.byte(2)
    count = reader.number(LIST_MAX)
    assert count > 0
    for _ in range(count):
        reader.take(32)
        assert order == 2 or 0 < reader.byte(PARTS_MAX)


def read_height(reader):
    height = reader.number()
    assert (height == 0) == (reader.take(32) == bytes(32)), 'no height, no checkpoint'


def read_hello(reader, caller):
    assert reader.byte() == 1, 'the version'
    assert reader.byte(1) == caller
    read_height(reader)
    reader.take(32)


def read_items(reader):
    while True:
        read_item(reader)
        if not reader.raw:
            return


def read_piece(reader):
    size = reader.number(ITEM_MAX)
    place = reader.number(size)
    assert 0 < len(reader.raw) <= size - place
    part = reader.take(len(reader.raw))
    if len(part) == size:    # it is all of it
        whole = Reader(part)
        read_item(whole)
        assert not whole.raw


def check_message(vector):
    raw = bytes.fromhex(vector['message'])
    assert len(raw) <= MESSAGE_MAX
    reader = Reader(raw)
    name = TYPES[reader.byte()]
    assert name == vector['name']
    if name == 'hello':
        read_hello(reader, vector['caller'])
    elif name == 'height':
        read_height(reader)
    elif name in ('records', 'no more', 'fork'):
        assert reader.number() > 0
    elif name in ('none', 'have'):
        reader.ids()
    elif name == 'compared':
        assert reader.byte(1) >= 0 and reader.byte(1) >= 0
    elif name == 'shares':
        reader.byte(1)
        reader.ids()
    elif name == 'bye':
        assert 0 < reader.byte(11)
    elif name not in ('again', 'waiting'):
        {'want': read_want, 'items': read_items, 'piece': read_piece}[name](reader)
    assert not reader.raw, 'nothing follows'


FILES = {'session.json': check_message}
