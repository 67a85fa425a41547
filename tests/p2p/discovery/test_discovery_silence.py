#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_discovery_silence.py VOICE

What is announced tells nothing: whoever listens to a network for days finds no string by which a
start of DPOP could be told to be that of the same computer as another one."""

import sys

import network_case
import network_ear
from dpopctl_case import holds, same

STARTS = 10
ANNOUNCED = 'state announced ([a-z2-7]{16})$'
# What everybody's records have in common.
COMMON = {'_dpop', '_tcp', 'local', '_services', '_dns-sd', '_udp', 'v=1'}


def capture(case):
    """A lan with an ear, a laptop that speaks, and another that asks."""
    network = case.open()
    lan = network.lan()
    ear = case.start(lan, sys.executable, network_ear.__file__)
    ear.find('listening')
    speaker = network.laptop('anna-thinkpad', lan)
    asker = case.start(network.laptop('berta', lan), case.given[0], '0')
    asker.find('state looking')
    return ear, speaker, asker


def speak(case, ear, speaker, asker, port):
    """One start: the lines that were heard meanwhile, and the names it had."""
    start, before = ear.mark(), asker.mark()
    voice = case.start(speaker, case.given[0], str(port))
    name = voice.find(ANNOUNCED).group(1)
    asker.find('^appeared ' + name, before)
    voice.tell('rotate')
    fresh = voice.find('^name ([a-z2-7]{16})$', 1).group(1)
    asker.find('^appeared ' + fresh, before)
    voice.end()
    asker.find('^disappeared ' + fresh, before)
    ear.mark()
    return ear.lines[start:], (name, fresh)


def related(lines):
    """The strings of all records that lead from or to the service, however far: a record leads from
    the labels of its name to the strings in it."""
    found = [(set(labels), set(words)) for line in lines
             for labels, _, words in network_ear.records(line)]
    known = {'_dpop'}
    while True:
        more = set(known)
        for labels, words in found:
            if (labels | words) & known - (COMMON - {'_dpop'}):
                more |= labels | words
        more -= COMMON - {'_dpop'}
        if more == known:
            return known - COMMON
        known = more


def test_starts(case):
    """of all that is said in ten starts and ten rotations, no string is said in two"""
    ear, speaker, asker = capture(case)
    starts = [speak(case, ear, speaker, asker, 5000 + 7 * number) for number in range(STARTS)]
    strings = [related(lines) for lines, _ in starts]
    for (_, names), heard in zip(starts, strings):
        same(heard, set(names), 'the names, and nothing else')
    same(len(set.union(*strings)), 2 * STARTS, 'different strings')


def test_rotation(case):
    """the name before a rotation and the one after it stand in no record together"""
    ear, speaker, asker = capture(case)
    lines, names = speak(case, ear, speaker, asker, 5000)
    for line in lines:
        for labels, _, words in network_ear.records(line):
            holds(not {*names} <= {*labels, *words}, 'both names in a record')


def test_ear(case):
    """the ear hears: what Avahi itself says of the computer, and what DPOP says"""
    ear, speaker, asker = capture(case)
    lines, names = speak(case, ear, speaker, asker, 5000)
    strings = {word for line in ear.lines[1:] for labels, _, words in network_ear.records(line)
               for word in (*labels, *words)}
    holds({'anna-thinkpad', *COMMON, *names} <= strings, sorted(strings))
    kinds = {kind for line in lines for labels, kind, _ in network_ear.records(line)
             if set(labels) & {'_dpop', *names}}
    holds({network_ear.PTR, network_ear.SRV, network_ear.TXT, network_ear.A,
           network_ear.AAAA} <= kinds, kinds)


TESTS = [value for name, value in list(globals().items()) if name.startswith('test_')]

if __name__ == '__main__':
    sys.exit(network_case.run(TESTS))
