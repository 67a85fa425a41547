# SPDX-License-Identifier: GPL-3.0-or-later
"""Curve25519 from RFC 8032 (signatures, verified) and RFC 7748 (exchange). Slow, and not for
secrets."""

import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)


def add(a, b):
    """Extended homogeneous coordinates: RFC 8032, section 5.1.4."""
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    w, x, y, z = f - e, h - g, h + g, f + e
    return (w * x % P, y * z % P, x * y % P, w * z % P)


def multiply(scalar, point):
    result = IDENTITY
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def decompress(raw):
    """The point; None when RAW is not the one encoding of a point: section 5.1.3."""
    if len(raw) != 32:
        return None
    y = int.from_bytes(raw, 'little')
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = decompress(bytes.fromhex('58' + '66' * 31))


def is_small(point):
    return same(multiply(8, point), IDENTITY)


def is_prime(point):
    """In the prime subgroup, and not the identity."""
    return not is_small(point) and same(multiply(L, point), IDENTITY)


def verify(public, message, signature):
    """Strict and cofactorless: section 5.1.7 with canonical encodings, no point of small order."""
    a, r = decompress(public), decompress(signature[:32])
    s = int.from_bytes(signature[32:], 'little')
    if len(signature) != 64 or a is None or r is None or s >= L or is_small(a) or is_small(r):
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    k = int.from_bytes(digest, 'little') % L
    return same(multiply(s, BASE), add(r, multiply(k, a)))


def exchange(scalar, point):
    """X25519: RFC 7748, section 5."""
    k = int.from_bytes(scalar, 'little')
    k = k & ~7 & (1 << 255) - 1 | 1 << 254
    x1 = int.from_bytes(point, 'little') & (1 << 255) - 1
    x2, z2, x3, z3, swap = 1, 0, x1, 1, 0
    for bit in reversed(range(255)):
        now = k >> bit & 1
        if swap ^ now:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = now
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        da, cb = d * a % P, c * b % P
        aa, bb = a * a % P, b * b % P
        e = aa - bb
        x3, z3 = (da + cb)**2 % P, x1 * (da - cb)**2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, 'little')


NINE = b'\x09' + bytes(31)


def self_test():
    """RFC 8032, section 7.1, test 2, and RFC 7748, section 5.2."""
    public = bytes.fromhex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
    signature = bytes.fromhex('92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da'
                              '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00')
    assert verify(public, b'\x72', signature)
    assert not verify(public, b'\x73', signature)
    assert not verify(public, b'\x72', signature[:32] + (
        int.from_bytes(signature[32:], 'little') + L).to_bytes(32, 'little'))
    scalar = bytes.fromhex('a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4')
    point = bytes.fromhex('e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c')
    assert exchange(scalar, point) == bytes.fromhex(
        'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552')
