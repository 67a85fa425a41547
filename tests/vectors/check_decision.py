# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said in decisions and discussions, and the states that it makes."""

import check_authority
import check_tree
import cipher
import gvariant

# number: (name, class, type, personal part: 0 never, 1 may, 2 must, field of the subject from 1)
KINDS = {
    64: ('propose', 2, '(ayayqym(yqayay)mayay)', 2, 0),
    65: ('text', 2, '(ymayay)', 2, 0),
    66: ('option', 2, '(mayay)', 2, 1),
    67: ('option-withdraw', 2, '(ay)', 0, 0),
    68: ('open', 2, '(aayaayqqmqx)', 0, 0),
    69: ('vote', 2, '(yaqaayay)', 0, 0),
    70: ('close', 2, '()', 0, 0),
    71: ('stop', 2, '(y)', 1, 0),
    96: ('discuss', 2, '(ayayay)', 0, 0),
    97: ('comment', 2, '(mayay)', 2, 2),
}
PARTS = {'wording': '(ss)', 'plain wording': '(s)'}

RULE = '(q(uuby)(uubu)q(yyu)(xxx)yq)'
ENTRY = '(a(aybyaq)aayaay)'
OUTCOME = '(yy(tx)(uuuu)(uuuu)(qq)(ttt)aqauaua(yyxxbtttnb))'
VERDICT, DEADLINE, OPENED = 1, 2, 3
PROPOSED, PHASE, TEXT, OPTION, OPENING, BOX, VOTES, CAST, PENDING, COUNTED, CHARTER = \
    range(0x41, 0x4c)
DISCUSSION, COMMENT, COMMENTS = range(0x50, 0x53)

# tag: (whether an id follows it in a key, the type of the value)
ENTRIES = {
    DEADLINE: (False, 'x'),
    OPENED: (False, 'ay'),
    PROPOSED: (False, '(ayayayqy' + RULE + 'm(yqayay)mayxt)'),
    PHASE: (False, '(yxt)'),
    TEXT: (True, '(yaytqmayb)'),
    OPTION: (True, '(mayaytqb)'),
    OPENING: (False, '(aytxayuaayaayqqmqxxt)'),
    BOX: (False, '(aytyqqq)'),
    VOTES: (True, ENTRY),
    CAST: (False, 't'),
    PENDING: (False, '(mayy)'),
    COUNTED: (False, OUTCOME),
    CHARTER: (False, 'ay'),
    DISCUSSION: (False, '(ayay)'),
    COMMENT: (True, '(mayayxtu)'),
    COMMENTS: (False, 'u'),
}


def check_claim(vector):
    kind = vector['type']
    value = gvariant.from_json(kind, vector['value'])
    data = bytes.fromhex(vector['bytes'])
    assert gvariant.encode(kind, value) == data, 'the bytes'
    assert gvariant.decode(kind, data) == value
    if vector['what'] != 'body':
        assert kind == PARTS[vector['what']] and value[0]
        return
    described = (vector['kind_name'], vector['class'], kind, vector['personal'],
                 vector['subject'])
    assert described == KINDS[vector['kind']]
    if vector['kind'] == 69:
        assert check_authority.is_ascending(value[2]), 'the votes that it replaces'
        assert value[0] == 0 or not value[1], 'an answer, or marks'


def read_state(vector):
    raw = [(bytes.fromhex(key), bytes.fromhex(value)) for key, value in vector['entries']]
    assert check_authority.is_ascending([key for key, _ in raw]), 'the order of the keys'
    assert check_tree.state_root(raw).hex() == vector['root'], 'the root'
    found = {tag: {} for tag in ENTRIES}
    for key, value in raw:
        with_id, kind = ENTRIES[key[0]]
        assert len(key) == 1 + 32 * with_id, 'the size of a key'
        found[key[0]][key[1:]] = gvariant.decode(kind, value)
    return found


def numbers_of(entries, field):
    return sorted(entry[field] for entry in entries.values())


def vote_of(entry):
    """(whether any vote is there, the ballot that counts or None)."""
    heads, own_awaited, others_awaited = entry
    for ids in ([head[0] for head in heads], own_awaited, others_awaited):
        assert check_authority.is_ascending(ids)
    best = [head for head in heads if head[1]] or heads
    return bool(heads), best[0][2:] if len(best) == 1 else None


def prefers(marks, a, b):
    """Options without a rank are all last."""
    return (marks[a] or 65536) < (marks[b] or 65536)


class Decisions:
    """Vector after vector: what was in the box is what the outcome is held against."""

    def __init__(self):
        self.ballots, self.contradictory = [], 0
        self.seen = set()

    def check(self, vector):
        found = read_state(vector)
        self.seen |= {tag for tag in found if found[tag]}
        assert numbers_of(found[TEXT], 3) == list(range(len(found[TEXT])))
        assert numbers_of(found[OPTION], 3) == list(range(len(found[OPTION])))
        phase, since, height = found[PHASE][b'']
        assert found[PROPOSED][b''][0] == found[OPENED][b'']
        assert height <= vector['height'] and since <= vector['time']
        assert (phase == 2) == bool(found[BOX]) == bool(found[CHARTER])
        assert (phase in (3, 4)) == bool(found[COUNTED])
        if found[OPENING]:
            self.check_opening(found)
        if phase == 2:
            self.take_votes(found)
        elif phase == 3:
            self.check_outcome(found, vector)
        elif phase == 4:
            assert found[COUNTED][b''][0] == 8, 'stopped'
        if vector['name'] == 'a choice repeated, and stopped':
            expected = {tag for tag in ENTRIES if tag < DISCUSSION}
            assert self.seen == expected, 'every kind of entry is there'

    @staticmethod
    def check_opening(found):
        opening = found[OPENING][b'']
        assert opening[6][0] == found[PROPOSED][b''][0], 'the wording'
        assert all(text in found[TEXT] for text in opening[6][1:])
        assert all(not found[OPTION][option][4] for option in opening[5])
        if found[CHARTER]:
            digest = cipher.blake(b'dpop charter 1\0', found[CHARTER][b''])
            assert digest == opening[3], 'the charter'
        if found[DEADLINE]:
            assert found[DEADLINE][b''] == opening[11]

    def take_votes(self, found):
        votes = [vote_of(entry) for entry in found[VOTES].values()]
        self.ballots = [ballot for _, ballot in votes if ballot is not None]
        self.contradictory = sum(there and ballot is None for there, ballot in votes)
        cast = found[CAST].get(b'', 0)
        assert cast == len(self.ballots), 'how many votes count'

    def check_outcome(self, found, vector):
        outcome = found[COUNTED][b'']
        assert not found[VOTES] and not found[CAST] and not found[PENDING], 'votes are gone'
        assert outcome[1] == found[PROPOSED][b''][4], 'the kind of ballot'
        assert outcome[2] == (vector['height'], vector['time'])
        assert outcome[3][0] == found[OPENING][b''][12], 'entitled'
        assert outcome[3][1] == len(self.ballots), 'present'
        assert outcome[3][3] == self.contradictory, 'undecided'
        answers = [ballot[0] for ballot in self.ballots]
        assert outcome[4][:3] == (answers.count(1), answers.count(2), answers.count(3))
        if outcome[1] == 4:
            self.check_ranking(outcome)

    def check_ranking(self, outcome):
        n = len(outcome[7])
        table = [sum(prefers(marks, a, b) for _, marks in self.ballots)
                 for a in range(n) for b in range(n)]
        assert outcome[9] == table, 'how many prefer one to another'


def check_discussion(vector):
    found = read_state(vector)
    comments = found[COMMENT]
    assert numbers_of(comments, 4) == list(range(len(comments)))
    assert found[COMMENTS].get(b'', 0) == len(comments)
    assert found[DISCUSSION][b''][0][:1] == b'\xab' and found[OPENED]
    assert all(entry[3] <= vector['height'] for entry in comments.values())


FILES = {
    'decision.json': check_claim,
    'decision-state.json': Decisions().check,
    'discussion.json': check_claim,
    'discussion-state.json': check_discussion,
}
