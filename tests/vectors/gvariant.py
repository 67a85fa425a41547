# SPDX-License-Identifier: GPL-3.0-or-later
"""GVariant, little endian, from its specification: the types that the log uses.

A value is a Python int, bool, str, bytes (for `ay`), list (other arrays), tuple, and None or
(value,) for a maybe. There is one encoding of a value; decode() refuses every other."""

import struct

BASIC = {'y': 'B', 'n': 'h', 'q': 'H', 'i': 'i', 'u': 'I', 'x': 'q', 't': 'Q'}


class Malformed(Exception):
    pass


def parse(text):
    """The type TEXT as ('y',), ('a', child), ('m', child), ('(', children)."""
    kind, rest = parse_one(text)
    if rest:
        raise ValueError('a type followed by ' + rest)
    return kind


def parse_one(text):
    head, rest = text[0], text[1:]
    if head in 'am':
        child, rest = parse_one(rest)
        return (head, child), rest
    if head == '(':
        children = []
        while rest[0] != ')':
            child, rest = parse_one(rest)
            children.append(child)
        return ('(', children), rest[1:]
    if head in BASIC or head in 'bs':
        return (head,), rest
    raise ValueError('no type: ' + text)


def alignment(kind):
    head = kind[0]
    if head in BASIC:
        return struct.calcsize('<' + BASIC[head])
    if head in 'am':
        return alignment(kind[1])
    if head == '(':
        return max([1] + [alignment(child) for child in kind[1]])
    return 1


def fixed_size(kind):
    """How many bytes every value of it takes; None where they differ."""
    head = kind[0]
    if head in BASIC:
        return struct.calcsize('<' + BASIC[head])
    if head == 'b':
        return 1
    if head != '(':
        return None
    if not kind[1]:
        return 1
    size = 0
    for child in kind[1]:
        if fixed_size(child) is None:
            return None
        size = up(size, alignment(child)) + fixed_size(child)
    return up(size, alignment(kind))


def up(size, step):
    return (size + step - 1) // step * step


def pad(body, step):
    return body + bytes(up(len(body), step) - len(body))


def offset_size(total):
    for size in (1, 2, 4, 8):
        if total < 1 << 8 * size:
            return size
    raise Malformed('beyond all bounds')


def with_offsets(body, ends):
    for size in (1, 2, 4, 8):
        if len(body) + size * len(ends) < 1 << 8 * size:
            return body + b''.join(end.to_bytes(size, 'little') for end in ends)
    raise Malformed('beyond all bounds')


def encode(kind, value):
    if isinstance(kind, str):
        kind = parse(kind)
    head = kind[0]
    if head in BASIC:
        return struct.pack('<' + BASIC[head], value)
    if head == 'b':
        return b'\1' if value else b'\0'
    if head == 's':
        return value.encode() + b'\0'
    if head == 'm':
        if value is None:
            return b''
        inner = encode(kind[1], value[0])
        return inner if fixed_size(kind[1]) is not None else inner + b'\0'
    if head == 'a':
        return encode_array(kind, value)
    return encode_tuple(kind, value)


def encode_array(kind, value):
    child = kind[1]
    if child == ('y',):
        return bytes(value)
    body, ends = b'', []
    for item in value:
        body = pad(body, alignment(child)) + encode(child, item)
        ends.append(len(body))
    return body if fixed_size(child) is not None else with_offsets(body, ends)


def encode_tuple(kind, value):
    if len(value) != len(kind[1]):
        raise ValueError('%d fields for %d' % (len(value), len(kind[1])))
    body, ends = b'', []
    for number, (child, item) in enumerate(zip(kind[1], value)):
        body = pad(body, alignment(child)) + encode(child, item)
        if fixed_size(child) is None and number < len(kind[1]) - 1:
            ends.append(len(body))
    if fixed_size(kind) is not None:
        return pad(body, fixed_size(kind) or 1) if body else b'\0'
    return with_offsets(body, ends[::-1])


def decode(kind, raw):
    """The value of RAW, which must be its normal form."""
    if isinstance(kind, str):
        kind = parse(kind)
    value = read(kind, raw)
    if encode(kind, value) != raw:
        raise Malformed('not the normal form')
    return value


def read(kind, raw):
    head, size = kind[0], fixed_size(kind)
    if size is not None and len(raw) != size:
        raise Malformed('%d bytes where %d belong' % (len(raw), size))
    if head in BASIC:
        return struct.unpack('<' + BASIC[head], raw)[0]
    if head == 'b':
        if raw[0] > 1:
            raise Malformed('neither true nor false')
        return raw[0] == 1
    if head == 's':
        if not raw.endswith(b'\0') or b'\0' in raw[:-1]:
            raise Malformed('a text without its end')
        try:
            return raw[:-1].decode()
        except UnicodeDecodeError as error:
            raise Malformed('no UTF-8') from error
    if head == 'm':
        if not raw:
            return None
        return (read(kind[1], raw if fixed_size(kind[1]) is not None else raw[:-1]),)
    if head == 'a':
        return read_array(kind, raw)
    return read_tuple(kind, raw)


def read_array(kind, raw):
    child = kind[1]
    if child == ('y',):
        return bytes(raw)
    size = fixed_size(child)
    if size is not None:
        return [read(child, raw[at:at + size]) for at in range(0, len(raw), size)]
    if not raw:
        return []
    width = offset_size(len(raw))
    last = int.from_bytes(raw[-width:], 'little')
    if last > len(raw) or (len(raw) - last) % width:
        raise Malformed('offsets beyond the end')
    items, start = [], 0
    for at in range(last, len(raw), width):
        end = int.from_bytes(raw[at:at + width], 'little')
        start = up(start, alignment(child))
        if not start <= end <= last:
            raise Malformed('offsets out of order')
        items.append(read(child, raw[start:end]))
        start = end
    return items


def read_tuple(kind, raw):
    children = kind[1]
    varying = [number for number, child in enumerate(children[:-1]) if fixed_size(child) is None]
    width = offset_size(len(raw)) if varying else 0
    limit = len(raw) - width * len(varying)
    values, start, at = [], 0, len(raw)
    for number, child in enumerate(children):
        start = up(start, alignment(child))
        if fixed_size(child) is not None:
            end = start + fixed_size(child)
        elif number in varying:
            at -= width
            end = int.from_bytes(raw[at:at + width], 'little')
        else:
            end = limit
        if not start <= end <= limit:
            raise Malformed('offsets out of order')
        values.append(read(child, raw[start:end]))
        start = end
    return tuple(values)


def from_json(kind, value):
    """A value as vectors write it: `ay` in hexadecimal digits, a maybe as a list of none or one."""
    if isinstance(kind, str):
        kind = parse(kind)
    head = kind[0]
    if kind == ('a', ('y',)):
        return bytes.fromhex(value)
    if head == 'a':
        return [from_json(kind[1], item) for item in value]
    if head == 'm':
        return (from_json(kind[1], value[0]),) if value else None
    if head == '(':
        return tuple(from_json(child, item) for child, item in zip(kind[1], value))
    return value
