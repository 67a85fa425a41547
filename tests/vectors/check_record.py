# SPDX-License-Identifier: GPL-3.0-or-later
"""Records of outcomes: a text, and the code that signs it."""

import unicodedata

import cipher
import curve
import gvariant
from check_joining import given, read_code

SEAL = '(yayayayayaytxay)'


def check_record(vector):
    text = bytes.fromhex(vector['file']).decode('utf-8')
    start, code = text.split('DPOP-S\n')
    plain = ' '.join(unicodedata.normalize('NFC', start).split()).encode('utf-8')
    assert plain == bytes.fromhex(vector['plain']), 'the plain form'
    raw = read_code('S', ['DPOP-S'] + code.split())
    fields = (1, *given(vector, 'party', 'decision', 'device', 'outcome', 'root'),
              vector['height'], vector['made'])
    value = gvariant.decode(SEAL, raw)
    assert value[:-1] == fields, 'the fields'
    unsigned = gvariant.encode(SEAL, fields + (b'',))
    assert curve.verify(fields[3], b'dpop record 1\0' + unsigned + cipher.blake(plain),
                        value[-1]), 'the signature'


FILES = {
    'record.json': check_record,
}
