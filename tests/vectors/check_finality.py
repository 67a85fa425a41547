# SPDX-License-Identifier: GPL-3.0-or-later
"""Checkpoints, what they cover, certificates (design 4.5), and shares of keys (4.7)."""

import check_authority
import check_envelope
import check_tree
import cipher
import curve
import gvariant

CHECKPOINT = '(yayaytayxuayay)'
LIST = 'a(ay' + check_tree.LEAF + 'aay)'
CERTIFICATE = '(ayua(ayay))'


def checkpoint_id(raw):
    return cipher.blake(b'dpop checkpoint 1\0', raw)


def check_checkpoint(vector):
    raw = bytes.fromhex(vector['checkpoint'])
    get = {name: bytes.fromhex(vector[name])
           for name in ('party', 'chain', 'previous', 'state_root', 'batch_root')}
    fields = (1, get['party'], get['chain'], vector['height'], get['previous'], vector['time'],
              vector['rules_version'], get['state_root'], get['batch_root'])
    assert gvariant.decode(CHECKPOINT, raw) == fields
    assert gvariant.encode(CHECKPOINT, fields) == raw
    assert checkpoint_id(raw).hex() == vector['id'], 'the id'
    assert (vector['height'] == 1) == (get['previous'] == bytes(32))


def check_list(vector):
    raw = bytes.fromhex(vector['list'])
    streams = gvariant.from_json(LIST, vector['streams'])
    assert gvariant.encode(LIST, streams) == raw
    assert gvariant.decode(LIST, raw) == streams
    assert check_authority.is_ascending([stream[0] for stream in streams])
    ids = [one for stream in streams for one in stream[2]]
    assert check_tree.merkle_root(ids).hex() == vector['root'], 'the root'


def quorum(n, f):
    """The fewest of whom any two sets share more than f, if f of n may be faulty at all."""
    if n < 3 * f + 1:
        return None
    return next(q for q in range(1, n + 1) if 2 * q - n > f)


def certifies(checkpoint, raw, witnesses, f):
    about, round_number, precommits = gvariant.decode(CERTIFICATE, raw)
    assert about == checkpoint_id(checkpoint), 'the checkpoint'
    assert check_authority.is_ascending([witness for witness, _ in precommits])
    fields = gvariant.decode(CHECKPOINT, checkpoint)
    message = b'dpop precommit 1\0' + fields[1] + fields[2] + fields[3].to_bytes(8, 'little') \
        + round_number.to_bytes(4, 'little') + about
    for witness, signature in precommits:
        assert curve.verify(witness, message, signature), 'a signature'
    needed = quorum(len(witnesses), f)
    counted = sum(witness in witnesses for witness, _ in precommits)
    return needed is not None and counted >= needed


def check_certificate(vector):
    checkpoint = bytes.fromhex(vector['checkpoint'])
    raw = bytes.fromhex(vector['certificate'])
    witnesses = gvariant.from_json('aay', vector['witnesses'])
    assert check_authority.is_ascending(witnesses)
    assert gvariant.decode(CERTIFICATE, raw)[1] == vector['round']
    assert certifies(checkpoint, raw, witnesses, vector['f']) == vector['holds']


def read_share(plain):
    """(scope, epoch, body key or None, personal key or None) from what is sealed."""
    scope, epoch, flags = plain[:32], int.from_bytes(plain[32:36], 'little'), plain[36]
    keys = plain[37:69], plain[69:101]
    assert len(plain) == 256 and not any(plain[101:]), 'the padding'
    assert flags < 4, 'the flags'
    shared = [key if flags >> bit & 1 else None for bit, key in enumerate(keys)]
    assert all(there is not None or key == bytes(32) for there, key in zip(shared, keys))
    return scope, epoch, *shared


def check_share(vector):
    get = {name: bytes.fromhex(vector[name])
           for name in ('party', 'secret', 'scope', 'body', 'personal', 'envelope')}
    envelope, epoch = get['envelope'], vector['epoch'].to_bytes(8, 'little')
    label, sealed = envelope[:57], envelope[57:]
    public = curve.exchange(get['secret'], curve.NINE)
    recipient = cipher.blake(b'dpop share 1\0', sealed[:32], public)
    # Type 6 is a share; no stream, and the epoch where others have their order.
    assert label == bytes([6]) + recipient + bytes(16) + epoch, 'the label'
    plain = check_envelope.unseal(get['secret'], b'dpop share 1\0' + get['party'] + epoch, sealed)
    assert read_share(plain) == (get['scope'], vector['epoch'], get['body'] or None,
                                 get['personal'] or None)
    assert cipher.blake(envelope).hex() == vector['id'], 'the id'


FILES = {
    'checkpoint.json': check_checkpoint,
    'batch-list.json': check_list,
    'certificate.json': check_certificate,
    'share.json': check_share,
}
