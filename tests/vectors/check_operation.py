# SPDX-License-Identifier: GPL-3.0-or-later
"""Headers, parts, stream ids and the canonical order (design 4.2, 4.3)."""

import collections

import cipher
import curve
import gvariant

HEADER = '(yayayaytay(aytay)aayqaym(ayuay)m(ayuay))'
ZERO = bytes(32)

Header = collections.namedtuple('Header', 'version party stream author seq previous base parents '
                                          'kind key body personal')
Part = collections.namedtuple('Part', 'key size id')
Operation = collections.namedtuple('Operation', 'id header item')


class Refused(Exception):
    """What is no well-formed, signed operation."""


def require(condition, what):
    if not condition:
        raise Refused(what)


def check_part(part):
    if part is not None:
        require(len(part.key) == 32 and len(part.id) == 32, 'ids have 32 bytes')
        require(32 <= part.size <= 65536, 'the size of a part')


def read_header(raw):
    try:
        fields = list(gvariant.decode(HEADER, raw))
    except gvariant.Malformed as error:
        raise Refused(str(error)) from error
    fields[10:] = [Part(*field[0]) if field else None for field in fields[10:]]
    header = Header(*fields)
    ids = [header.party, header.stream, header.author, header.previous, header.base[0],
           header.base[2], header.key] + header.parents
    require(header.version == 1, 'another version')
    require(all(len(one) == 32 for one in ids), 'ids have 32 bytes')
    require(len(header.parents) <= 16, 'too many parents')
    require(all(a < b for a, b in zip(header.parents, header.parents[1:])), 'parents are a set')
    require((header.seq == 0) == (header.previous == ZERO), 'only the first has no previous')
    check_part(header.body)
    check_part(header.personal)
    return header


def read_item(item):
    """The operation, its signature verified."""
    require(64 < len(item) <= 2048, 'the size of an item')
    header = read_header(item[:-64])
    message = b'dpop operation 1\0' + header.party + item[:-64]
    require(curve.verify(header.author, message, item[-64:]), 'the signature')
    return Operation(cipher.blake(item), header, item)


def content(kind, part):
    """What is said in a body or personal part: behind 32 random bytes."""
    assert 32 <= len(part) <= 65536
    return gvariant.decode(kind, part[32:])


def check_operation(vector):
    item = bytes.fromhex(vector['item'])
    if not vector['taken']:
        try:
            read_item(item)
        except Refused:
            return
        raise AssertionError('is taken')
    operation = read_item(item)
    said = Header(1, *(bytes.fromhex(vector[name]) for name in ('party', 'stream', 'author')),
                  vector['seq'], bytes.fromhex(vector['previous']),
                  (bytes.fromhex(vector['base_chain']), vector['base_height'],
                   bytes.fromhex(vector['base_id'])),
                  [bytes.fromhex(parent) for parent in vector['parents']], vector['kind'],
                  bytes.fromhex(vector['key']),
                  gvariant.from_json('m(ayuay)', vector['body']),
                  gvariant.from_json('m(ayuay)', vector['personal']))
    assert gvariant.encode(HEADER, said) == item[:-64], 'the header'
    assert operation.id.hex() == vector['id'], 'the id'


def check_a_part(vector):
    kind, part = vector['type'], bytes.fromhex(vector['part'])
    value = gvariant.from_json(kind, vector['value'])
    assert part == bytes.fromhex(vector['salt']) + gvariant.encode(kind, value)
    assert content(kind, part) == value


def check_stream(vector):
    pieces = [bytes.fromhex(vector[name]) for name in ('party', 'author', 'nonce')]
    assert cipher.blake(b'dpop stream 1\0', *pieces).hex() == vector['stream']


def canonical(operations, class_of):
    """Of what is ready, the smallest (class, depth, id), until nothing is left."""
    here = {operation.id: operation for operation in operations}
    causes = {one: {cause for cause in [header.previous] * (header.seq > 0) + header.parents
                    if cause in here}
              for one, (_, header, _) in here.items()}
    depths = {}

    def depth(one):
        if one not in depths:
            depths[one] = max([0] + [1 + depth(cause) for cause in causes[one]])
        return depths[one]

    order, left = [], set(here)
    while left:
        ready = [one for one in left if not causes[one] & left]
        first = min(ready, key=lambda one: (class_of(here[one].header.kind), depth(one), one))
        order.append(first)
        left.remove(first)
    return order


def check_order(vector):
    operations = [read_item(bytes.fromhex(item)) for item in vector['items']]
    order = canonical(operations, lambda kind: kind % 3)
    assert [one.hex() for one in order] == vector['order']


FILES = {
    'operation.json': check_operation,
    'part.json': check_a_part,
    'stream.json': check_stream,
    'order.json': check_order,
}
