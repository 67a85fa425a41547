#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_desktop_network.py DPOP DPOPCTL EYE SOURCE

A window and another computer that are connected while both are on."""

import json
import re
import signal
import subprocess
import sys

import desktop_walk as walk
from desktop_case import run
from desktop_seat import until
from dpopctl_case import holds, same

LIST = 'Name;E-Mail\nBert Baker;bert@example.org\nCarla Cook;carla@example.org\n'
PATIENCE = 40       # seconds


class Node:
    """Bert's computer, without a window."""

    def __init__(self, case):
        self.started = subprocess.Popen(
            ['setpriv', '--pdeathsig', 'TERM', case.program,
             '--profile', case.path('bert'), '--passphrase-file', case.secret,
             '--json', 'node', '--no-local'], stdout=subprocess.PIPE, text=True)
        self.port = json.loads(self.started.stdout.readline())['port']
        holds(self.port > 0)

    def end(self):
        self.started.send_signal(signal.SIGTERM)
        self.started.stdout.read()
        same(self.started.wait(PATIENCE), 0)


def enter(program, entry, text):
    program.walk_to(entry)
    program.key('ctrl+a')
    program.type(text)
    program.key('Return')


def connected(case):
    """who is connected is shown, what one enters the other has at once, and what is lost is said"""
    case.found()
    case.do('anna', 'member', 'import', case.write('list.csv', LIST))
    case.join('anna', 'bert@example.org', 'bert')
    case.do('bert', 'decision', 'propose', '--title', 'A new piano?', '--text', 'Please.')
    case.hand_over('anna', 'default')
    program = case.start()
    walk.enter(program)
    node = Node(case)

    program.press(re.compile('^Exchange'))
    program.find('button', re.compile('By transfer file'))
    entry = 'Another computer’s address'
    enter(program, entry, 'the computer next door')
    program.see('This is no address with a port.')
    enter(program, entry, '127.0.0.1:%d' % node.port)
    program.see('Has the same as this computer.', patience=PATIENCE)
    program.find('button', re.compile('Connected to 1 computer'))
    program.see('Bert Baker')
    look = walk.Walk(program)
    look.at('exchange-network')
    look.report()

    walk.go(program, 2)
    program.find('list item', re.compile('^A new piano'), patience=PATIENCE)
    node.end()
    program.find('button', re.compile('By transfer file'), patience=PATIENCE)

    # Anna's computer keeps the record, and confirmed what came.
    shown = case.do('bert', 'decision', 'show', 'A new piano?')
    same(shown['phase'], 'proposed')
    until(lambda: case.do('bert', 'log', 'verify')['holds'], 'Bert can check it')

    program.press(re.compile('^Exchange'))
    program.choose('Exchange in the network', 'switch')
    program.gone('text box', entry)
    program.end()


if __name__ == '__main__':
    sys.exit(run([connected], sys.argv[1:]))
