# SPDX-License-Identifier: GPL-3.0-or-later
"""The state tree, lists of ids, and what streams export (design 4.3)."""

import cipher
import gvariant

LEAF = '(ayayayayay)'


def bit(path, depth):
    return path[depth // 8] >> 7 - depth % 8 & 1


def trie_leaf(key, value):
    path = cipher.blake(key)
    return path, cipher.blake(b'\0', path, cipher.blake(value))


def trie_root(leaves, depth=0):
    """LEAVES is a list of (path, hash)."""
    if not leaves:
        return bytes(32)
    if len(leaves) == 1:
        return leaves[0][1]
    sides = [[leaf for leaf in leaves if bit(leaf[0], depth) == side] for side in (0, 1)]
    return cipher.blake(b'\1', *(trie_root(side, depth + 1) for side in sides))


def trie_holds(root, leaf, siblings):
    path, here = leaf
    if len(siblings) > 256:
        return False
    for depth in reversed(range(len(siblings))):
        pair = (siblings[depth], here) if bit(path, depth) else (here, siblings[depth])
        here = cipher.blake(b'\1', *pair)
    return here == root


def state_root(entries):
    return trie_root([trie_leaf(key, value) for key, value in entries])


def check_trie(vector):
    leaves = [trie_leaf(bytes.fromhex(key), bytes.fromhex(value))
              for key, value in vector['entries']]
    root = bytes.fromhex(vector['root'])
    assert trie_root(leaves) == root, 'the root'
    assert len(vector['proofs']) == len(leaves)
    for number, proof in enumerate(vector['proofs']):
        siblings = [bytes.fromhex(sibling) for sibling in proof]
        assert trie_holds(root, leaves[number], siblings), 'proof %d' % number
        other = leaves[number - 1]
        assert len(leaves) == 1 or not trie_holds(root, (leaves[number][0], other[1]), siblings)


def merkle_root(ids):
    """RFC 6962, section 2.1."""
    if not ids:
        return cipher.blake()
    if len(ids) == 1:
        return cipher.blake(b'\0', ids[0])
    half = 1 << (len(ids) - 1).bit_length() - 1
    return cipher.blake(b'\1', merkle_root(ids[:half]), merkle_root(ids[half:]))


def merkle_path(ids, index):
    """Section 2.1.1."""
    if len(ids) <= 1:
        return []
    half = 1 << (len(ids) - 1).bit_length() - 1
    if index < half:
        return merkle_path(ids[:half], index) + [merkle_root(ids[half:])]
    return merkle_path(ids[half:], index - half) + [merkle_root(ids[:half])]


def peaks(ids):
    """The roots of the full subtrees, largest first."""
    found, at = [], 0
    for power in reversed(range(len(ids).bit_length())):
        if len(ids) >> power & 1:
            found.append(merkle_root(ids[at:at + (1 << power)]))
            at += 1 << power
    return found


def check_merkle(vector):
    ids = [bytes.fromhex(one) for one in vector['ids']]
    assert merkle_root(ids).hex() == vector['root'], 'the root'
    assert gvariant.decode('(taay)', bytes.fromhex(vector['stored'])) == (len(ids), peaks(ids))
    assert len(vector['paths']) == len(ids)
    for index, path in enumerate(vector['paths']):
        assert [one.hex() for one in merkle_path(ids, index)] == path, 'path %d' % index


def proof_holds(proof, root, stream, key, value):
    leaf, stream_path, export_path = gvariant.decode('(' + LEAF + 'aayaay)', proof)
    assert all(len(one) == 32 for one in list(leaf) + stream_path + export_path)
    return trie_holds(root, trie_leaf(stream, gvariant.encode(LEAF, leaf)), stream_path) \
        and trie_holds(leaf[3], trie_leaf(key, value), export_path)


def check_proof(vector):
    get = {name: bytes.fromhex(vector[name]) for name in
           ('stream', 'frontier', 'ids', 'state', 'exports', 'chain', 'leaf', 'key', 'value',
            'root', 'proof')}
    fields = (get['frontier'], get['ids'], get['state'], get['exports'], get['chain'])
    assert gvariant.encode(LEAF, fields) == get['leaf'], 'the leaf'
    assert proof_holds(get['proof'], get['root'], get['stream'], get['key'], get['value']) \
        == vector['holds']


FILES = {
    'trie.json': check_trie,
    'merkle.json': check_merkle,
    'proof.json': check_proof,
}
