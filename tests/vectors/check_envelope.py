# SPDX-License-Identifier: GPL-3.0-or-later
"""Envelopes, padding, links between epochs, and sealed shares (design 4.7)."""

import cipher
import curve


def padme(size):
    """arXiv:1806.03160, section 4, and never below 256."""
    if size <= 256:
        return 256
    e = size.bit_length() - 1          # floor (log2 size)
    s = e.bit_length()                 # floor (log2 e) + 1
    step = 1 << (e - s)
    return (size + step - 1) // step * step


def key_id(key):
    return cipher.blake(b'dpop key 1\0', key)


def make_label(key, kind, stream, order):
    tag = cipher.blake(stream, key=cipher.derive(key, b'dpopstrm', 1))[:16]
    return bytes([kind]) + key_id(key) + tag + order.to_bytes(8, 'little')


def make_envelope(key, kind, stream, order, item):
    label = make_label(key, kind, stream, order)
    plain = len(item).to_bytes(4, 'little') + item
    plain += bytes(padme(len(plain)) - len(plain))
    nonce = cipher.blake(label, plain, key=cipher.derive(key, b'dpopnonc', 1))[:24]
    return label + nonce + cipher.seal(cipher.derive(key, b'dpopencr', 1), nonce, label, plain)


def open_envelope(key, envelope):
    """(type, order, item); the label's stream is blinded. None when it is not of KEY, or not the
    one envelope of its item."""
    label, nonce, sealed = envelope[:57], envelope[57:81], envelope[81:]
    if label[1:33] != key_id(key):
        return None
    plain = cipher.open_sealed(cipher.derive(key, b'dpopencr', 1), nonce, label, sealed)
    if plain is None or len(plain) < 4:
        return None
    size = int.from_bytes(plain[:4], 'little')
    item = plain[4:4 + size]
    expected = cipher.blake(label, plain, key=cipher.derive(key, b'dpopnonc', 1))[:24]
    if len(item) != size or padme(4 + size) != len(plain) or any(plain[4 + size:]) \
            or expected != nonce:
        return None
    return label[0], int.from_bytes(label[49:], 'little'), item


def check_envelope(vector):
    key, stream = bytes.fromhex(vector['key']), bytes.fromhex(vector['stream'])
    item = bytes(i % 251 for i in range(vector['size']))
    envelope = make_envelope(key, vector['type'], stream, vector['order'], item)
    assert key_id(key).hex() == vector['key_id'], 'the id of the key'
    assert len(envelope) == vector['envelope_size'], 'the size'
    assert cipher.blake(envelope).hex() == vector['id'], 'the id'
    if 'envelope' in vector:
        given = bytes.fromhex(vector['envelope'])
        assert given == envelope, 'the bytes'
        assert open_envelope(key, given) == (vector['type'], vector['order'], item)
        assert open_envelope(key, given[:-1] + bytes([given[-1] ^ 1])) is None


def check_padding(vector):
    for size, padded in vector['pairs']:
        assert padme(size) == padded, size


def check_link(vector):
    key, before = bytes.fromhex(vector['key']), bytes.fromhex(vector['before'])
    link = bytes.fromhex(vector['link'])
    assert cipher.open_sealed(cipher.derive(key, b'dpoplink', 1), bytes(24), b'', link) == before


def unseal(secret, label, sealed):
    public, point = curve.exchange(secret, curve.NINE), sealed[:32]
    shared = curve.exchange(secret, point)
    key = cipher.blake(b'dpop seal 1\0', shared, point, public)
    return cipher.open_sealed(key, bytes(24), label, sealed[32:])


def check_seal(vector):
    secret, sealed = bytes.fromhex(vector['secret']), bytes.fromhex(vector['sealed'])
    label = bytes.fromhex(vector['label'])
    assert curve.exchange(secret, curve.NINE).hex() == vector['public'], 'the public key'
    assert sealed[:32] == curve.exchange(bytes.fromhex(vector['ephemeral']), curve.NINE)
    assert unseal(secret, label, sealed) == bytes.fromhex(vector['plain']), 'the plaintext'
    assert unseal(secret, label + b'x', sealed) is None


FILES = {
    'envelope.json': check_envelope,
    'padding.json': check_padding,
    'link.json': check_link,
    'seal.json': check_seal,
}
