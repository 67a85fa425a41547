# SPDX-License-Identifier: GPL-3.0-or-later
"""`dpopctl node` while it runs: what it says, line by line, and how it ends."""

import json
import os
import signal
import subprocess
import threading
import time

PATIENCE = float(os.environ.get('DPOP_TEST_PATIENCE', '60'))


def words(case, profile, *more):
    return [case.program, '--profile', case.path(profile), '--passphrase-file', case.secret,
            '--json', 'node', *more]


def plain():
    return dict(os.environ, LC_ALL='C.UTF-8')


class Node:
    """A process that runs it, and the newest of its reports."""

    def __init__(self, process):
        self.process = process
        self.lines = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.lines.append(json.loads(line))

    @property
    def report(self):
        lines = [line for line in self.lines[-2:] if 'peers' in line]
        return lines[-1] if lines else {'port': 0, 'peers': []}

    def until(self, question, what):
        """The first report of which QUESTION holds, be it one that has passed."""
        end, looked = time.monotonic() + PATIENCE, 0
        while True:
            for line in self.lines[looked:]:
                looked += 1
                if 'peers' in line and question(line):
                    return line
            if self.process.poll() is not None:
                raise AssertionError('%s: it has ended, with %r' % (what, self.lines[-1:]))
            if time.monotonic() > end:
                raise AssertionError('%s: not within %g s, but %r' % (what, PATIENCE, self.report))
            time.sleep(0.005)

    def port(self):
        return self.until(lambda report: report['port'] > 0, 'a port')['port']

    def forget(self):
        """What it said so far does not count any more."""
        self.lines = self.lines[-1:]

    def terminate(self):
        """Its status, and how long it took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(PATIENCE)
        return status, time.monotonic() - begun

    def kill(self):
        self.process.kill()
        self.process.wait()


def start(case, profile, *more):
    """On this machine, without looking for others."""
    started = Node(subprocess.Popen(words(case, profile, '--no-local', *more), text=True,
                                    env=plain(), stdin=subprocess.DEVNULL,
                                    stdout=subprocess.PIPE))
    case.nodes = getattr(case, 'nodes', []) + [started]
    return started


def end_all(case):
    for node in getattr(case, 'nodes', []):
        node.kill()
