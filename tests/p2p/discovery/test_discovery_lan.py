#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_discovery_lan.py VOICE

Computers with the real Avahi, on networks of their own."""

import re
import sys

import network_case
from dpopctl_case import holds, same
from network_laptops import until

ANNOUNCED = 'state announced ([a-z2-7]{16})$'
SOON = 8    # seconds


def meet(case):
    """Two laptops that have found each other: (lan, laptops, voices, names)."""
    network = case.open()
    lan = network.lan()
    laptops = [network.laptop(name, lan) for name in ('anna', 'berta')]
    voices = [voice(case, laptop) for laptop in laptops]
    names = [each.find(ANNOUNCED).group(1) for each in voices]
    for number, each in enumerate(voices):
        each.find('appeared ' + names[1 - number], patience=SOON)
    return lan, laptops, voices, names


def voice(case, laptop, *words):
    return case.start(laptop, case.given[0], str(4000 + laptop.number), *words)


def test_two_meet(case):
    """two computers on one network find each other's addresses, of both families, in seconds"""
    lan, laptops, voices, names = meet(case)
    line = voices[0].find('(?:appeared|changed) %s .*10[.].*|(?:appeared|changed) %s .*fe80.*'
                          % (names[1], names[1])).string
    until(lambda: voices[0].mark() and all(
        any(part in each for each in voices[0].lines)
        for part in ('%s:4002' % laptops[1].address(lan), '[fe80::')), 'both families: ' + line)
    scope = re.search(r'\[fe80::[^%]+%(\w+)\]:4002', '\n'.join(voices[0].lines)).group(1)
    own = laptops[0].run(['ip', '-o', 'link', 'show', 'eth1']).stdout.split(':')[0]
    same(scope, own, 'the scope is that of its own interface')
    holds(all('disappeared' not in each for each in voices[0].lines), 'nobody goes meanwhile')


def test_nobody_meets_himself(case):
    """a computer alone finds nobody, itself neither, under no name it ever had"""
    network = case.open()
    alone = voice(case, network.laptop('anna', network.lan(), network.lan()))
    alone.find(ANNOUNCED)
    for _ in range(3):
        alone.tell('rotate')
        alone.watch(0.7)
    alone.watch(2)
    same([each for each in alone.lines if 'appeared' in each], [])


def test_one_leaves(case):
    """one that leaves is noticed"""
    _, _, voices, names = meet(case)
    voices[1].end()
    voices[0].find('^disappeared ' + names[1], patience=SOON)


def test_one_dies(case):
    """one that dies without a word is noticed, for its Avahi lives on"""
    _, _, voices, names = meet(case)
    voices[1].started.kill()
    voices[0].find('^disappeared ' + names[1], patience=SOON)


def test_new_name(case):
    """a new name is found, and the old one goes"""
    _, _, voices, names = meet(case)
    voices[1].tell('rotate')
    fresh = voices[1].find('^name ([a-z2-7]{16})$', start=1).group(1)
    holds(fresh != names[1], 'another name')
    voices[0].find('^appeared ' + fresh, patience=SOON)
    voices[0].find('^disappeared ' + names[1], patience=SOON)


def test_avahi_restarts(case):
    """Avahi's restart is survived on both sides, and a neighbour stays known during it"""
    _, laptops, voices, names = meet(case)
    start, other = voices[0].mark(), voices[1].mark()
    laptops[0].stop_avahi()
    voices[0].find('state absent', start)
    laptops[0].start_avahi()
    voices[0].find(ANNOUNCED, start)
    voices[1].find('^appeared ' + names[0], other, patience=SOON)
    voices[0].watch(17)    # longer than anything is remembered without being seen
    same([each for each in voices[0].lines[start:] if 'appeared' in each], [])


def test_avahi_ends(case):
    """where Avahi ends for good, its neighbours are forgotten"""
    _, laptops, voices, names = meet(case)
    laptops[0].stop_avahi()
    voices[0].find('^disappeared ' + names[1])


def test_avahi_late(case):
    """where Avahi starts late, everything works from then on"""
    network = case.open()
    lan = network.lan()
    laptops = [network.laptop('anna', lan), network.laptop('berta', lan, avahi=False)]
    voices = [voice(case, each) for each in laptops]
    voices[1].find('state absent')
    same([each for each in voices[1].watch(2) if 'state' in each], [])
    laptops[1].start_avahi()
    name = voices[1].find(ANNOUNCED).group(1)
    voices[0].find('^appeared ' + name, patience=SOON)
    same([each for each in voices[1].lines
          if not re.match('state|name|appeared|changed', each)], [], 'not a word besides')


def test_network_late(case):
    """a network that comes later is announced on, with its address"""
    network = case.open()
    lan = network.lan()
    laptops = [network.laptop('anna', lan), network.laptop('berta')]
    voices = [voice(case, each) for each in laptops]
    voices[1].find('state (announced|looking)')
    laptops[1].plug(lan)
    voices[0].find(r'(appeared|changed) .*%s:4002' % re.escape(laptops[1].address(lan)))
    voices[1].find(r'(appeared|changed) .*%s:4001' % re.escape(laptops[0].address(lan)))


def test_address_changes(case):
    """an address that changes is told"""
    lan, laptops, voices, names = meet(case)
    voices[0].find(re.escape(laptops[1].address(lan)))
    laptops[1].run(['ip', 'addr', 'del', laptops[1].address(lan) + '/24', 'dev', 'eth1'])
    laptops[1].run(['ip', 'addr', 'add', '10.77.1.99/24', 'dev', 'eth1'])
    voices[0].find('^(changed|appeared) %s .*10.77.1.99:4002' % names[1])


def test_network_goes(case):
    """where the network goes, its neighbours are forgotten, and found when it is back"""
    _, laptops, voices, names = meet(case)
    start = voices[0].mark()
    laptops[0].run(['ip', 'link', 'set', 'eth1', 'down'])
    voices[0].find('^disappeared ' + names[1], start)
    laptops[0].run(['ip', 'link', 'set', 'eth1', 'up'])
    voices[0].find('^appeared ' + names[1], start)


def test_cable(case):
    """what is said while a cable is out is heard soon after it is back, in both directions"""
    lan, laptops, voices, _ = meet(case)
    starts = [each.mark() for each in voices]
    laptops[0].unplug(lan)
    voices[0].watch(1)
    names = []
    for each, start in zip(voices, starts):
        each.tell('rotate')
        names.append(each.find('^name ([a-z2-7]{16})$', start).group(1))
        each.find(ANNOUNCED, start)
    voices[0].watch(2)
    laptops[0].plug(lan)
    for number, each in enumerate(voices):
        each.find('^appeared ' + names[1 - number], starts[number], patience=SOON)


def test_taken_name(case):
    """of two that chose the same name, one takes another, and they meet"""
    network = case.open()
    lan = network.lan()
    laptops = [network.laptop(name, lan) for name in ('anna', 'berta')]
    voices = [voice(case, each, 'same') for each in laptops]
    same(len({each.find('^name ([a-z2-7]{16})$').group(1) for each in voices}), 1, 'first names')
    for each in voices:
        each.find('^appeared')
        each.find(ANNOUNCED)
        each.watch(0.5)
    last = [[re.match(ANNOUNCED, line).group(1) for line in each.lines
             if re.match(ANNOUNCED, line)][-1] for each in voices]
    holds(last[0] != last[1], 'they end with different names')


def test_two_lans(case):
    """a computer between two networks is found in each, and they do not hear of each other"""
    network = case.open()
    lans = [network.lan(), network.lan()]
    between = voice(case, network.laptop('between', *lans))
    sides = [voice(case, network.laptop('side%d' % lan.number, lan)) for lan in lans]
    name = between.find(ANNOUNCED).group(1)
    names = [each.find(ANNOUNCED).group(1) for each in sides]
    for number, each in enumerate(sides):
        between.find('^appeared ' + names[number])
        each.find('^(appeared|changed) %s .*10[.]77[.]%d[.]' % (name, number + 1))
        each.watch(1)
        same([line for line in each.lines if names[1 - number] in line
              or '10.77.%d.' % (2 - number) in line], [])


TESTS = [value for name, value in list(globals().items()) if name.startswith('test_')]

if __name__ == '__main__':
    sys.exit(network_case.run(TESTS))
