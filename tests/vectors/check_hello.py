# SPDX-License-Identifier: GPL-3.0-or-later
"""What two computers say to find out whether they belong together (design 6)."""

import cipher
import curve


def make_token(key, exporter, side):
    return cipher.blake(b'dpop hello token 1\0', exporter, bytes([side]), key=key)


def make_signed(key, party, exporter, side):
    return b'dpop hello 1\0' + party + exporter + bytes([side]) \
        + make_token(key, exporter, 0) + make_token(key, exporter, 1)


def check_hello(vector):
    key, exporter, party = (bytes.fromhex(vector[name]) for name in ('key', 'exporter', 'party'))
    side, kind = vector['side'], vector['type']
    message = make_signed(key, party, exporter, side)
    seal = cipher.blake(b'dpop hello proof 1\0', exporter, bytes([side, kind]), key=key)
    plain = cipher.open_sealed(seal, bytes(24), b'', bytes.fromhex(vector['proof']))
    assert make_token(key, exporter, side).hex() == vector['token'], 'the token'
    assert message.hex() == vector['signed'], 'what is signed'
    assert plain is not None and plain[:32].hex() == vector['device'], 'the proof opens'
    assert curve.verify(plain[:32], message, plain[32:]), 'the signature'


FILES = {'hello.json': check_hello}
