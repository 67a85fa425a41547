#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_dpopctl_node.py PROGRAM SOURCE

Computers that are told where the other is keep what they have the same, whatever happens to them
meanwhile."""

import socket
import sys
import time

from dpopctl_case import Case, holds, run, same
from dpopctl_node import end_all, start


class Nodes(Case):
    def close(self):
        end_all(self)
        super().close()

    def two(self, members=3):
        self.found()
        rows = ''.join('Member %d;m%d@example.org\n' % (each, each) for each in range(members))
        self.do('anna', 'member', 'import', self.write('list.csv', 'Name;E-Mail\n' + rows))
        return self.join('anna', 'm0@example.org', 'bert')

    def grow(self, first, count):
        rows = ''.join('Member %d;m%d@example.org\n' % (each, each)
                       for each in range(first, first + count))
        return self.do('anna', 'member', 'import', self.write('more.csv', 'Name;E-Mail\n' + rows))

    def end(self, *nodes):
        for node in nodes:
            status, took = node.terminate()
            same(status, 0, 'status of a node that was ended')
            holds(took < 5, 'it ended after %g s' % took)

    def the_same(self, *profiles):
        hashes = [self.do(profile, 'state-hash') for profile in profiles]
        for profile, found in zip(profiles, hashes):
            same(found, hashes[0], 'state of ' + profile)
            same(self.do(profile, 'log', 'verify')['holds'], True, 'history of ' + profile)
        return hashes[0]


def is_equal(report):
    return any(peer['equal'] for peer in report['peers'])


def has_come(case):
    """what was done on either computer is on both, and confirmed"""
    case.two()
    case.do('anna', 'decision', 'propose', '--title', 'From Anna', '--text', 'Shall we?')
    case.do('bert', 'decision', 'propose', '--title', 'From Bert', '--text', 'Shall we not?')
    before = case.do('anna', 'state-hash')['height']
    anna = start(case, 'anna')
    bert = start(case, 'bert', '--connect', '127.0.0.1:%d' % anna.port())
    met = bert.until(is_equal, 'the same')['peers'][0]
    same((met['name'], met['address'], met['dialled']), ('Anna Archer', '127.0.0.1', True))
    met = anna.until(is_equal, 'the same')['peers'][0]
    same((met['name'], met['dialled']), ('Member 0', False))
    bert.until(lambda report: any(peer['height'] > before and peer['equal']
                                  for peer in report['peers']), 'a confirmation')
    case.end(anna, bert)
    holds(case.the_same('anna', 'bert')['open'] == 0, 'all is confirmed')
    for profile in ('anna', 'bert'):
        same(sorted(each['title'] for each in case.do(profile, 'decision', 'list')['decisions']),
             ['From Anna', 'From Bert'], profile)


def survives(case):
    """a computer that is killed while it takes in thousands of entries goes on where it was"""
    case.two()
    case.grow(3, 3000)
    wanted = case.do('anna', 'state-hash')
    anna = start(case, 'anna')
    where = ('--connect', '127.0.0.1:%d' % anna.port())

    def is_half(report):
        return any(0 < peer['done'] < peer['total'] for peer in report['peers'])

    bert = start(case, 'bert', *where)
    bert.until(is_half, 'the middle of it')
    bert.kill()
    holds(case.do('bert', 'state-hash') != wanted, 'it was not through')
    same(case.do('bert', 'log', 'verify')['holds'], True, 'history after it was killed')
    # Now the one that gives.
    bert = start(case, 'bert', *where)
    bert.until(is_half, 'the middle of it')
    anna.kill()
    bert.until(lambda report: not report['peers'] and report is not bert.lines[0], 'it is alone')
    same(case.do('anna', 'state-hash'), wanted, 'state of who gives')
    case.end(bert)
    anna = start(case, 'anna')
    bert = start(case, 'bert', '--connect', '127.0.0.1:%d' % anna.port())
    bert.until(is_equal, 'the same in the end')
    case.end(anna, bert)
    case.the_same('anna', 'bert')
    same(case.do('bert', 'member', 'list')['count'], 3004, 'members')


def comes_back(case):
    """a computer that is started again on its port is found again"""
    case.two()
    anna = start(case, 'anna')
    port = str(anna.port())
    bert = start(case, 'bert', '--connect', '127.0.0.1:' + port)
    bert.until(is_equal, 'the same')
    anna.kill()
    bert.until(lambda report: not report['peers'] and report is not bert.lines[0], 'it is alone')
    case.do('anna', 'decision', 'propose', '--title', 'Alone', '--text', 'Shall we?')
    bert.forget()
    anna = start(case, 'anna', '--port', port)
    same(anna.port(), int(port), 'port')
    bert.until(lambda report: len(report['peers']) == 1, 'found again')
    anna.until(is_equal, 'the same')
    bert.until(is_equal, 'the same')
    case.end(bert, anna)
    case.the_same('anna', 'bert')


def is_told(case):
    """a port that is taken, words that are no address, and a profile in use are told of"""
    case.two()
    with socket.socket() as taken:
        taken.bind(('0.0.0.0', 0))
        taken.listen()
        error = case.refuse('anna', 'failed', 'node', '--no-local', '--port',
                            str(taken.getsockname()[1]))
        holds(str(taken.getsockname()[1]) in error['message'], error['message'])
    for address in ('', 'nowhere', '127.0.0.1', '127.0.0.1:0', '::1:80', '127.0.0.1:99999'):
        case.refuse('anna', 'usage', 'node', '--no-local', '--connect', address)
    case.refuse('anna', 'usage', 'node', '--no-local', '--port', '65536')
    case.refuse('anna', 'usage', 'node', 'now')
    case.refuse('nobody', 'no-profile', 'node', '--no-local')
    node = start(case, 'anna')
    node.port()
    case.refuse('anna', 'busy', 'node', '--no-local')
    case.refuse('anna', 'busy', 'state-hash')
    case.end(node)
    case.secret = case.write('wrong', 'not that one\n')
    case.refuse('anna', 'wrong-passphrase', 'node', '--no-local')


def takes_part_alone(case):
    """a profile without an organisation waits, and ends when it is told to"""
    case.profile('anna')
    node = start(case, 'anna')
    node.port()
    time.sleep(0.5)
    same(node.report['peers'], [], 'connected')
    case.end(node)


if __name__ == '__main__':
    sys.exit(run([has_come, survives, comes_back, is_told, takes_part_alone], *sys.argv[1:],
                 make=Nodes))
