#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_three_laptops.py PROGRAM SOURCE

Three people with a laptop each, in a hall with a network that leads nowhere. Nobody tells a laptop
where the others are."""

import subprocess
import sys
import time

import dpopctl_node
import network_laptops
from dpopctl_case import Case, Skipped, holds, run, same

ALL = ('anna', 'bert', 'cleo')


class Hall(Case):
    """The three, with their profiles on this machine's disk and their programs in the hall."""

    def __init__(self, *given):
        super().__init__(*given)
        self.network = network_laptops.Network()
        self.nodes = {}

    def close(self):
        for name in list(self.nodes):
            self.nodes.pop(name).kill()
        self.network.__exit__()
        super().close()

    def explain(self):
        return ''.join('%s: %r\n' % (name, node.report) for name, node in self.nodes.items())

    def gather(self):
        missing = network_laptops.lacking()
        if missing:
            raise Skipped(missing)
        self.lan = self.network.lan()
        self.laptops = {name: self.network.laptop(name, self.lan) for name in ALL}
        self.found()
        self.do('anna', 'member', 'import', self.rows(1, 3))
        for name, email in (('bert', 'm1@example.org'), ('cleo', 'm2@example.org')):
            self.join('anna', email, name)

    def rows(self, first, count):
        return self.write('list.csv', 'Name;E-Mail\n'
                          + ''.join('Member %d;m%d@example.org\n' % (each, each)
                                    for each in range(first, first + count)))

    def open(self, *names):
        for name in names:
            words = dpopctl_node.words(self, name)
            started = self.laptops[name].start(words, text=True, stdout=subprocess.PIPE,
                                               env=dpopctl_node.plain())
            self.nodes[name] = dpopctl_node.Node(started)

    def shut(self, *names):
        for name in names:
            status, took = self.nodes.pop(name).terminate()
            same(status, 0, 'status of ' + name)
            holds(took < 5, '%s ended after %g s' % (name, took))

    def kill(self, name):
        self.nodes.pop(name).kill()

    def unplug(self, name):
        self.laptops[name].unplug(self.lan)

    def plug(self, name):
        self.laptops[name].plug(self.lan)

    def meet(self, *names, height=0):
        """Until each is connected to all the others, and they have the same."""
        end = time.monotonic() + dpopctl_node.PATIENCE
        while not all(self.is_met(name, len(names) - 1, height) for name in names):
            if time.monotonic() > end:
                raise AssertionError('they do not meet')
            for name in names:
                holds(self.nodes[name].process.poll() is None, name + ' has ended')
            time.sleep(0.02)

    def is_met(self, name, others, height):
        """A cable that was pulled is noticed late: besides, there may be who is gone."""
        peers = self.nodes[name].report['peers']
        return len({peer['device'] for peer in peers
                    if peer['equal'] and peer['height'] >= height}) >= others

    def height(self, name):
        return self.do(name, 'state-hash')['height']

    def the_same(self, *names):
        """All are shut, and have the same, which is confirmed."""
        self.shut(*self.nodes)
        hashes = {name: self.do(name, 'state-hash') for name in names}
        for name in names:
            same(hashes[name], hashes[names[0]], 'state of ' + name)
            same(self.do(name, 'log', 'verify')['holds'], True, 'history of ' + name)
        same(hashes[names[0]]['open'], 0, 'entries that are not confirmed')
        return hashes[names[0]]['height']


def is_half(report):
    return any(0 < peer['done'] < peer['total'] for peer in report['peers'])


def decide(hall):
    """they find each other, decide together, one of them from afar, and have the same result"""
    hall.gather()
    same(hall.laptops['anna'].run(['ip', 'route', 'show', 'default']).stdout, '', 'way out')
    begun = time.monotonic()
    hall.open(*ALL)
    hall.meet(*ALL)
    print('# met after %.1f s' % (time.monotonic() - begun))
    hall.shut(*ALL)
    height = hall.height('anna')
    # Bert puts a question while his laptop is alone; Anna's, which keeps the record, confirms it.
    hall.do('bert', 'decision', 'propose', '--title', 'A new piano?', '--text', 'Please.')
    hall.open(*ALL)
    hall.meet(*ALL, height=height + 1)
    height = hall.the_same(*ALL)
    hall.do('anna', 'decision', 'open', 'A new piano?')
    hall.open(*ALL)
    hall.meet(*ALL, height=height + 1)
    # Cleo's cable is pulled, and she votes all the same.
    hall.unplug('cleo')
    hall.shut('cleo')
    hall.do('cleo', 'decision', 'vote', 'A new piano?', 'yes')
    hall.open('cleo')
    hall.shut('bert')
    hall.do('bert', 'decision', 'vote', 'A new piano?', 'no')
    hall.open('bert')
    time.sleep(1)
    same(hall.nodes['cleo'].report['peers'], [], 'connected without a cable')
    hall.plug('cleo')
    hall.meet(*ALL)
    until_confirmed(hall)
    hall.do('anna', 'decision', 'vote', 'A new piano?', 'yes')
    hall.do('anna', 'decision', 'close', 'A new piano?')
    height = hall.height('anna')
    hall.open(*ALL)
    hall.meet(*ALL, height=height)
    hall.the_same(*ALL)
    tables = [hall.do(name, 'decision', 'show', 'A new piano?')['outcome'] for name in ALL]
    holds(tables[0] is not None, 'there is an outcome')
    same(tables, [tables[0]] * 3, 'outcome')


def until_confirmed(hall):
    """The votes are in the record: Anna's laptop waits a moment before it confirms."""
    for _ in range(10):
        time.sleep(4)
        hall.shut(*hall.nodes)
        if all(hall.do(name, 'state-hash')['open'] == 0 for name in ALL):
            break
        hall.open(*ALL)
        hall.meet(*ALL)
    same(len({str(hall.do(name, 'state-hash')) for name in ALL}), 1, 'states')


def disturb(hall):
    """cables are pulled and laptops killed in the middle of it, and in the end all have the same"""
    hall.gather()
    hall.open(*ALL)
    hall.meet(*ALL)
    hall.shut(*ALL)
    hall.do('anna', 'member', 'import', hall.rows(10, 1500))
    height = hall.height('anna')
    hall.open('anna', 'bert')
    hall.nodes['bert'].until(is_half, 'the middle of it')
    hall.unplug('bert')
    hall.open('cleo')
    hall.nodes['cleo'].until(is_half, 'the middle of it')
    hall.kill('cleo')
    holds(hall.height('cleo') < height, 'it was not through')
    same(hall.do('cleo', 'log', 'verify')['holds'], True, 'history after it was killed')
    hall.plug('bert')
    hall.open('cleo')
    hall.nodes['cleo'].until(is_half, 'the middle of it')
    hall.kill('anna')
    hall.unplug('cleo')
    hall.open('anna')
    hall.meet('anna', 'bert', height=height)
    hall.plug('cleo')
    hall.meet(*ALL, height=height)
    hall.the_same(*ALL)
    same(hall.do('cleo', 'member', 'list')['count'], 1504, 'members')


if __name__ == '__main__':
    sys.exit(run([decide, disturb], *sys.argv[1:], make=Hall))
