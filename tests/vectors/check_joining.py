# SPDX-License-Identifier: GPL-3.0-or-later
"""Codes that people type, invitations and requests (design 4.11)."""

import cipher
import curve
import gvariant
from check_envelope import unseal

ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
INVITE = '(yayaymayayaytayx)'
REQUEST = '(yayayaymayayay)'


def letters(bits, count):
    """COUNT letters from an integer of that many times five bits."""
    return ''.join(ALPHABET[bits >> 5 * (count - 1 - n) & 31] for n in range(count))


def write_line(kind, number, last, piece):
    count = (8 * len(piece) + 4) // 5
    bits = int.from_bytes(piece, 'big') << 5 * count - 8 * len(piece)
    head = kind.encode() + number.to_bytes(2, 'little') + bytes([last])
    check = cipher.blake(b'dpop code 1\0', head, piece)
    code = letters(bits, count)
    groups = [code[at:at + 4] for at in range(0, count, 4)]
    return '-'.join(groups + [letters(int.from_bytes(check[:3], 'big') >> 4, 4)])


def write_code(kind, raw):
    pieces = [raw[at:at + 15] for at in range(0, len(raw), 15)]
    return ['DPOP-' + kind] + [write_line(kind, n, n == len(pieces) - 1, piece)
                               for n, piece in enumerate(pieces)]


def read_code(kind, lines):
    """The bytes of a code as it was written; what people mistype is the C test's matter."""
    raw = b''
    for line in lines[1:]:
        code = line.replace('-', '')[:-4]
        bits = 0
        for letter in code:
            bits = bits << 5 | ALPHABET.index(letter)
        size = 5 * len(code) // 8
        raw += (bits >> 5 * len(code) - 8 * size).to_bytes(size, 'big')
    assert write_code(kind, raw) == lines, 'the code of its own bytes'
    return raw


def check_code(vector):
    raw = bytes.fromhex(vector['bytes'])
    assert write_code(vector['kind'], raw) == vector['lines'], 'the lines'
    assert read_code(vector['kind'], vector['lines']) == raw, 'the bytes'


def given(vector, *names):
    return tuple(bytes.fromhex(vector[name]) for name in names)


def check_invite(vector):
    seed = bytes.fromhex(vector['seed'])
    fields = (1, *given(vector, 'party', 'member'), (seed,) if seed else None,
              *given(vector, 'inviter', 'inviter_seal'), vector['height'],
              *given(vector, 'checkpoint'), vector['expires'])
    assert gvariant.decode(INVITE, read_code('J', vector['lines'])) == fields


def check_request(vector):
    party, member, device, seal = given(vector, 'party', 'member', 'device', 'seal')
    plain = unseal(bytes.fromhex(vector['inviter_secret']), b'dpop join 1\0' + party,
                   read_code('R', vector['lines']))
    version, asked, key, sealing, seed, by_device, by_seed = gvariant.decode(REQUEST, plain)
    assert (version, asked, key, sealing) == (1, member, device, seal)
    assert (seed is not None) == bool(vector['seed']), 'whether there is a seed'
    message = b'dpop request 1\0' + party + member + device + seal + (seed[0] if seed else bytes(32))
    assert curve.verify(device, message, by_device), "the device's signature"
    assert curve.verify(seed[0], message, by_seed) if seed else by_seed == b'', "the seed's"


def check_guest(vector):
    party, seed, place, key = given(vector, 'party', 'seed', 'place', 'key')
    assert cipher.blake(b'dpop guest place 1\0', party, key=seed) == place, 'the place'
    assert cipher.blake(b'dpop guest key 1\0', party, key=seed) == key, 'the key'


def check_admission(vector):
    exporter, newcomer, inviter, request = given(vector, 'exporter', 'newcomer', 'inviter',
                                                 'request')
    ask, turn, show = given(vector, 'ask', 'turn', 'show')
    nonce, other = show[1:33], turn[1:]
    commitment = cipher.blake(b'dpop join commit 1\0', nonce, request)
    assert ask == b'\1\1' + commitment, 'the commitment'
    assert turn[:1] == b'\2' and len(other) == 32, 'the turn'
    assert show == b'\3' + nonce + request, 'what is shown'
    digest = cipher.blake(b'dpop join code 1\0', exporter, newcomer, inviter, commitment, nonce,
                          other)
    digits = '%07d' % (int.from_bytes(digest[:8], 'little') % 10 ** 7)
    assert vector['code'] == digits[:3] + ' ' + digits[3:], 'the code'
    messages = [bytes.fromhex(message) for message in vector['messages']]
    if vector['name'] == 'refused':
        assert messages == [b'\4\3'], 'why'
        return
    welcome, piece, arrived = messages
    size, promised = int.from_bytes(welcome[1:9], 'little'), welcome[9:]
    assert welcome[:1] + piece[:1] + arrived == b'\5\6\7' and len(piece) == 1 + size
    assert cipher.blake(b'dpop join file 1\0', piece[1:]) == promised, 'the hash of the file'


FILES = {
    'admission.json': check_admission,
    'code.json': check_code,
    'guest.json': check_guest,
    'invite.json': check_invite,
    'request.json': check_request,
}
