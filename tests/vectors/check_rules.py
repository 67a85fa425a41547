# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules version 1: which kinds there are, and that each of them has a vector."""

import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))
BODIES = ('authority.json', 'membership.json', 'decision.json', 'discussion.json')


def read_bodies():
    found = {}
    for name in BODIES:
        with open(os.path.join(HERE, name), encoding='ascii') as file:
            for vector in json.load(file):
                if 'kind' in vector:
                    found.setdefault(vector['kind'], []).append(vector)
    return found


class Rules:
    def __init__(self):
        self.bodies = read_bodies()
        self.last = 0

    def check(self, kind):
        number = kind['kind']
        assert number > self.last, 'numbers ascend'
        self.last = number
        assert number in self.bodies, 'kind %d has no vector of its body' % number
        for body in self.bodies[number]:
            for field in ('type', 'class', 'personal', 'subject'):
                assert body.get(field, kind[field]) == kind[field], field
            assert body['kind_name'] == kind['name']
        assert kind['place'] <= 2 and kind['class'] <= 2 and kind['personal'] <= 2
        assert kind['since'] == 1
        # The authority stream's own kinds, and no others, are below 64.
        assert (kind['place'] == 0) == (number < 64)
        if kind['place'] != 0:
            assert kind['class'] == 2, 'only what is of authority goes first'
        if kind['place'] == 2:
            assert kind['type'].startswith('(ay'), 'an opening begins with its nonce'
        assert kind['bulk'] == (number in (69, 97)), 'votes and comments'


FILES = {
    'rules.json': Rules().check,
}
