# SPDX-License-Identifier: GPL-3.0-or-later
"""What witnesses say to each other, and what they are bound to (design 4.5)."""

import check_authority
import check_finality
import cipher
import curve
import gvariant

CANDIDATE = '(ayaym(ua(ayay)))'
MESSAGE = '(yyaytuayayay)'
PROMISE = '(yayayaytuymaymayaay)'
TAGS = {1: b'dpop proposal 1\0', 2: b'dpop prevote 1\0', 3: b'dpop precommit 1\0'}
LIST_ID = cipher.blake(b'dpop batch list 1\0', b'a list')


def signed(step, party, chain, height, round_number, rest):
    return TAGS[step] + party + chain + height.to_bytes(8, 'little') \
        + round_number.to_bytes(4, 'little') + rest


def check_candidate(raw, party, chain, height):
    """(checkpoint, its id, the proof's round or None, the proof's witnesses)."""
    checkpoint, list_id, proof = gvariant.decode(CANDIDATE, raw)
    assert gvariant.encode(CANDIDATE, (checkpoint, list_id, proof)) == raw
    about = check_finality.checkpoint_id(checkpoint)
    assert list_id == LIST_ID, 'the list'
    fields = gvariant.decode(check_finality.CHECKPOINT, checkpoint)
    assert fields[1:4] == (party, chain, height)
    if not proof:
        return checkpoint, about, None, []
    round_number, prevotes = proof[0]
    message = signed(2, party, chain, height, round_number, about)
    for witness, signature in prevotes:
        assert curve.verify(witness, message, signature), 'a prevote'
    witnesses = [witness for witness, _ in prevotes]
    assert check_authority.is_ascending(witnesses)
    return checkpoint, about, round_number, witnesses


def check_signature(raw, party):
    """The fields of a message whose signature holds."""
    fields = gvariant.decode(MESSAGE, raw)
    assert gvariant.encode(MESSAGE, fields) == raw
    version, step, chain, height, round_number, value, witness, signature = fields
    rest = cipher.blake(value) if step == 1 else value or bytes(32)
    assert version == 1
    assert curve.verify(witness, signed(step, party, chain, height, round_number, rest),
                        signature), 'the signature'
    return fields


def check_message(vector):
    get = {name: bytes.fromhex(vector[name])
           for name in ('party', 'chain', 'value', 'checkpoint', 'witness', 'message')}
    _, step, chain, height, round_number, value, witness, _ = \
        check_signature(get['message'], get['party'])
    assert (step, chain, height, round_number, witness) == \
        (vector['step'], get['chain'], vector['height'], vector['round'], get['witness'])
    if step != 1:
        assert (value or bytes(32)) == get['value'] and len(value) in (0, 32)
        return
    checkpoint, about, proven, witnesses = check_candidate(value, get['party'], chain, height)
    assert (checkpoint, about) == (get['checkpoint'], get['value'])
    assert len(witnesses) == vector['signers']
    assert proven is None or proven < round_number


def check_promise(vector):
    get = {name: bytes.fromhex(vector[name])
           for name in ('party', 'chain', 'witness', 'lock', 'valid', 'promise')}
    fields = gvariant.decode(PROMISE, get['promise'])
    assert gvariant.encode(PROMISE, fields) == get['promise']
    assert fields[:7] == (1, get['party'], get['chain'], get['witness'], vector['height'],
                          vector['round'], vector['step'])
    for maybe, name in zip(fields[7:9], ('lock', 'valid')):
        assert b''.join(maybe or ()) == get[name]
        for candidate in maybe or ():
            proven = check_candidate(candidate, get['party'], get['chain'], vector['height'])[2]
            assert proven <= vector['round']
    assert len(fields[9]) == vector['messages']
    places = []
    for message in fields[9]:
        said = check_signature(message, get['party'])
        assert said[3] == vector['height'] and said[6] == get['witness']
        places.append((said[4], said[1]))
    assert check_authority.is_ascending(places + [(vector['round'], vector['step'] + 1)])


FILES = {
    'witness-message.json': check_message,
    'promise.json': check_promise,
}
