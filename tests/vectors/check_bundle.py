# SPDX-License-Identifier: GPL-3.0-or-later
"""Transfer files and summaries (design 4.10)."""

import cipher
import curve
import gvariant
from check_envelope import key_id, make_label, open_envelope, unseal
from check_finality import CHECKPOINT, LIST, certifies, checkpoint_id, read_share
from check_operation import read_item
from check_tree import merkle_root

MAGIC = b'\x89DPOP\r\n\x1a'
HEADER, BODY, PERSONAL, COVER, PROOF, KEYS, SUMMARY = 1, 2, 3, 4, 5, 6, 9
ZERO = bytes(32)


def open_share(party, secret, envelope):
    """(scope, epoch, body key or None, personal key or None)."""
    label, box = envelope[:57], envelope[57:]
    assert label[1:33] == cipher.blake(b'dpop share 1\0', box[:32],
                                       curve.exchange(secret, curve.NINE)), 'for whom it is'
    plain = unseal(secret, b'dpop share 1\0' + party + label[49:], box)
    share = read_share(plain)
    assert share[1] == int.from_bytes(label[49:], 'little'), 'the epoch, in the label too'
    return share


# --- The file.

def read_file(raw, kind):
    """The envelopes of a file, its trailer checked."""
    assert raw[:16] == MAGIC + kind + b'\1' + bytes(6), 'the head'
    envelopes, at = [], 16
    while True:
        size, at = int.from_bytes(raw[at:at + 4], 'little'), at + 4
        if size == 0:
            break
        envelopes.append(raw[at:at + size])
        at += size
    trailer = raw[at:]
    assert len(trailer) == 48, 'nothing behind the trailer'
    assert int.from_bytes(trailer[:8], 'little') == len(envelopes), 'how many there are'
    assert int.from_bytes(trailer[8:16], 'little') == sum(map(len, envelopes)), 'their sizes'
    assert trailer[16:] == merkle_root([cipher.blake(one) for one in envelopes]), 'the root'
    return envelopes


class Bundle:
    """What a transfer file holds, taken in one envelope after the other."""

    def __init__(self, vector):
        self.party = bytes.fromhex(vector['party'])
        self.witness = bytes.fromhex(vector['witness'])
        self.secret = bytes.fromhex(vector['seal_secret'])
        self.keys = [bytes.fromhex(key) for key in vector['keys']]
        self.shared, self.open, self.covered = [], {}, set()
        self.height, self.checkpoint, self.operation, self.pending = 0, ZERO, None, None
        self.current = [(0, self.keys[0])]    # (height of the batch that brought it, body key)

    def item(self, envelope):
        key = next(key for key in self.keys if key_id(key) == envelope[1:33])
        kind, order, item = open_envelope(key, envelope)
        return kind, order, item, key

    def expect_label(self, envelope, key, kind, stream, order):
        assert envelope[:57] == make_label(key, kind, stream, order), 'the label'

    def take(self, envelope):
        if envelope[0] == KEYS:
            assert not self.open and not self.height, 'shares come first'
            self.shared.append(open_share(self.party, self.secret, envelope))
            return
        kind, order, item, key = self.item(envelope)
        getattr(self, {HEADER: 'take_header', BODY: 'take_part', PERSONAL: 'take_part',
                       COVER: 'take_checkpoint', PROOF: 'take_certificate'}[kind])(
                           envelope, kind, order, item, key)

    def take_header(self, envelope, kind, order, item, key):
        operation = self.operation = read_item(item)
        assert operation.id == self.party or operation.header.party == self.party
        assert key_id(key) == operation.header.key and order == operation.header.base[1]
        self.expect_label(envelope, key, kind, operation.header.stream, order)
        self.open[operation.id] = operation

    def take_part(self, envelope, kind, order, item, key):
        header = self.operation.header
        part = header.body if kind == BODY else header.personal
        assert (part.key, part.size, part.id) == (key_id(key), len(item), cipher.blake(envelope))
        self.expect_label(envelope, key, kind, header.stream, header.base[1])
        if kind == BODY and header.kind == 5:
            rotation = gvariant.decode('(ayutayaymaymayay)', item[32:])
            new = next(one for one in self.keys if key_id(one) == rotation[3])
            self.current.append((self.height + 1, new))

    def key_at(self, height):
        """The body key that was current at the height before."""
        return [key for since, key in self.current if since < height][-1]

    def take_checkpoint(self, envelope, kind, order, item, key):
        raw, batch = gvariant.decode('(ayay)', item)
        _, party, chain, height, previous, _, _, _, root = gvariant.decode(CHECKPOINT, raw)
        ids = [one for _, _, part in gvariant.decode(LIST, batch) for one in part]
        assert key == self.key_at(height), 'the key before it'
        self.expect_label(envelope, key, kind, ZERO, height)
        assert (party, chain, height, previous, root) \
            == (self.party, ZERO, self.height + 1, self.checkpoint, merkle_root(ids))
        for one in ids:
            del self.open[one]    # each stands before what covers it
        self.pending = raw

    def take_certificate(self, envelope, kind, order, item, key):
        self.expect_label(envelope, key, kind, ZERO, self.height + 1)
        assert certifies(self.pending, item, [self.witness], 0), 'the certificate'
        self.height, self.checkpoint = self.height + 1, checkpoint_id(self.pending)


def check_bundle(vector):
    bundle = Bundle(vector)
    for envelope in read_file(bytes.fromhex(vector['file']), b'T'):
        bundle.take(envelope)
    assert (bundle.height, bundle.checkpoint.hex()) == (vector['height'], vector['checkpoint'])
    assert len(bundle.open) == vector['open'], 'what is not covered'
    for _, epoch, body, personal in bundle.shared:
        assert [body, personal] == bundle.keys[2 * epoch:2 * epoch + 2], 'the keys in a share'


# --- Summaries.

def check_summary(vector):
    bundle = Bundle(vector)
    envelopes = read_file(bytes.fromhex(vector['file']), b'S')
    for number, envelope in enumerate(envelopes):
        kind, order, item, key = bundle.item(envelope)
        content, signature, witness = gvariant.decode('(ayaym(ayay))', item)
        bundle.expect_label(envelope, key, kind, ZERO, vector['height'])
        (version, device, made, height, checkpoint, _shares, page, pages, open_ids, lacking) \
            = gvariant.decode('(yayxtayayuuaayaay)', content)
        assert (kind, version, page, pages) == (SUMMARY, 1, number, len(envelopes))
        assert (device.hex(), made, height, checkpoint.hex()) \
            == tuple(vector[name] for name in ('device', 'made', 'height', 'checkpoint'))
        assert (len(open_ids), len(lacking)) == (vector['open'], 0)
        message = b'dpop summary 1\0' + bundle.party + content
        assert curve.verify(device, message, signature), "the device's signature"
        assert (witness is not None) == vector['signed_by_witness']
        if witness:
            assert witness[0][0] == bundle.witness
            assert curve.verify(witness[0][0], message, witness[0][1]), "the record keeper's"


FILES = {
    'bundle.json': check_bundle,
    'summary.json': check_summary,
}
