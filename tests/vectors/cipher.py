# SPDX-License-Identifier: GPL-3.0-or-later
"""XChaCha20-Poly1305 from RFC 8439 and draft-irtf-cfrg-xchacha, and hashing as the log uses it."""

import hashlib
import hmac
import struct

MASK = 0xffffffff
ROUNDS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
          (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))
SIGMA = struct.unpack('<4I', b'expand 32-byte k')


def permute(start):
    x = list(start)
    for _ in range(10):
        for a, b, c, d in ROUNDS:
            x[a] = x[a] + x[b] & MASK
            x[d] ^= x[a]
            x[d] = x[d] << 16 & MASK | x[d] >> 16
            x[c] = x[c] + x[d] & MASK
            x[b] ^= x[c]
            x[b] = x[b] << 12 & MASK | x[b] >> 20
            x[a] = x[a] + x[b] & MASK
            x[d] ^= x[a]
            x[d] = x[d] << 8 & MASK | x[d] >> 24
            x[c] = x[c] + x[d] & MASK
            x[b] ^= x[c]
            x[b] = x[b] << 7 & MASK | x[b] >> 25
    return x


def block(key, counter, nonce):
    start = SIGMA + key + (counter,) + nonce
    return struct.pack('<16I', *(a + b & MASK for a, b in zip(start, permute(start))))


def hchacha(key, nonce):
    state = permute(SIGMA + struct.unpack('<8I', key) + struct.unpack('<4I', nonce))
    return struct.pack('<8I', *state[:4], *state[12:])


def poly1305(key, message):
    r = int.from_bytes(key[:16], 'little') & 0x0ffffffc0ffffffc0ffffffc0fffffff
    sum_, prime = 0, 2**130 - 5
    for at in range(0, len(message), 16):
        sum_ = (sum_ + int.from_bytes(message[at:at + 16] + b'\1', 'little')) * r % prime
    return ((sum_ + int.from_bytes(key[16:], 'little')) % 2**128).to_bytes(16, 'little')


def padded(part):
    return part + bytes(-len(part) % 16)


def xchacha(key, nonce):
    """The cipher's words and the short nonce for block()."""
    words = struct.unpack('<8I', hchacha(key, nonce[:16]))
    return words, (0,) + struct.unpack('<2I', nonce[16:])


def tag(words, short, label, ciphertext):
    one_time = block(words, 0, short)[:32]
    return poly1305(one_time, padded(label) + padded(ciphertext)
                    + struct.pack('<QQ', len(label), len(ciphertext)))


def stream(words, short, text):
    out = bytearray()
    for at in range(0, len(text), 64):
        piece = text[at:at + 64]
        mask = block(words, 1 + at // 64, short)[:len(piece)]
        out += (int.from_bytes(piece, 'little')
                ^ int.from_bytes(mask, 'little')).to_bytes(len(piece), 'little')
    return bytes(out)


def open_sealed(key, nonce, label, sealed):
    """The plaintext; None when it does not authenticate."""
    if len(sealed) < 16:
        return None
    words, short = xchacha(key, nonce)
    if not hmac.compare_digest(tag(words, short, label, sealed[:-16]), sealed[-16:]):
        return None
    return stream(words, short, sealed[:-16])


def seal(key, nonce, label, plain):
    words, short = xchacha(key, nonce)
    ciphertext = stream(words, short, plain)
    return ciphertext + tag(words, short, label, ciphertext)


def blake(*pieces, key=b''):
    """BLAKE2b with 32 bytes of output."""
    return hashlib.blake2b(b''.join(pieces), digest_size=32, key=key).digest()


def derive(master, context, number):
    """crypto_kdf of libsodium: the number is the salt, the context the personalisation."""
    return hashlib.blake2b(b'', digest_size=32, key=master, person=context.ljust(16, b'\0'),
                           salt=number.to_bytes(16, 'little')).digest()


def self_test():
    """draft-irtf-cfrg-xchacha-03, sections 2.2.1 and A.3.1."""
    key = bytes(range(0x80, 0xa0))
    assert hchacha(bytes(range(32)), bytes.fromhex('000000090000004a0000000031415927')) == \
        bytes.fromhex('82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc')
    plain = (b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
             b'future, sunscreen would be it.')
    label = bytes.fromhex('50515253c0c1c2c3c4c5c6c7')
    nonce = bytes(range(0x40, 0x58))
    sealed = seal(key, nonce, label, plain)
    assert sealed[:16] == bytes.fromhex('bd6d179d3e83d43b9576579493c0e939')
    assert sealed[-16:] == bytes.fromhex('c0875924c1c7987947deafd8780acf49')
    assert open_sealed(key, nonce, label, sealed) == plain
    assert open_sealed(key, nonce, label[1:], sealed) is None
    assert blake(b'abc') == bytes.fromhex(
        'bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319')
