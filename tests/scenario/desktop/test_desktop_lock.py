#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_desktop_lock.py DPOP DPOPCTL EYE:CLOCK SOURCE

It is locked: by hand, because nobody is there, because the computer is about to sleep or its screen
is locked. Whoever unlocks it goes on where they were, with what they were typing."""

import os
import re
import select
import struct
import sys
import threading
import time

import desktop_tree as tree
import desktop_walk as walk
from desktop_case import run
from desktop_person import arrive, choose, enter, found, propose, read, tap, write
from desktop_seat import until
from desktop_tree import Gio, GLib
from dpopctl_case import holds, same

TITLE = 'A new piano?'
TYPED = 'And who carries it'
SAVED = 'Your vote is saved here.'
ASKED = 'Your passphrase, please'
WRONG = re.compile('^That is not the passphrase[.] Look at capital letters')
LOGIN = 'org.freedesktop.login1'
MANAGER = '/org/freedesktop/login1'
SESSION = '/org/freedesktop/login1/session/_31'
LOOKS_EVERY = 10     # seconds: so much later it may be seen that time is over


def begin(case):
    """At a decision, with a vote that is not cast and an answer that is not sent."""
    found(case)
    propose(case, TITLE, votes=(('yes',),))
    case.do('choir', 'decision', 'comment', TITLE, 'A good used one would do.')
    case.hand_over('choir', 'default')
    program = arrive(case)
    enter(program, TITLE)
    choose(program, 'No')
    tap(program, 'Answer Anna Archer')
    write(program, 'Your comment', TYPED)
    return program


def is_locked(program):
    """Nothing of it is left on the screen."""
    program.find('text box', 'Passphrase')
    read(program, ASKED)
    for words in (TITLE, TYPED, 'Anna Archer', 'Choir'):
        holds(words not in program.describe(), '“%s” is still to be seen' % words)
        holds(not any(words in each.words for each in program.eye.look()),
              '“%s” is still in a widget' % words)


def goes_on(program):
    """Unlocked, it is as it was left."""
    walk.unlock(program)
    program.find('heading', TITLE)
    until(lambda: program.find('text box', 'Your comment').text == TYPED, 'what was typed')
    read(program, 'You answer Anna Archer.', 'You vote no.', '1 of 4 has voted')
    holds('checked' in program.find('radio', 'No').states, 'what was chosen')


# ---- by hand ----

def by_hand(case):
    """locked at once, opened only by the right passphrase, and nothing is lost"""
    program = begin(case)
    program.key('ctrl+l')
    is_locked(program)
    walk.unlock(program, 'something else')
    program.find('alert', WRONG)
    same(program.find('text box', 'Passphrase').text, '', 'what was wrong does not stay')
    program.type('something else again')
    program.gone('alert', WRONG)
    program.key('Return')
    program.find('alert', WRONG)
    is_locked(program)
    goes_on(program)
    tap(program, 'Cast my vote')
    read(program, SAVED)
    program.key('ctrl+l')
    is_locked(program)
    same(program.all(None, SAVED), [], 'what was said of it')
    walk.unlock(program)
    read(program, 'You voted no.', '2 of 4 have voted')
    program.key('Escape')
    program.find('list', 'Decisions')
    program.end()


def over_a_question(case):
    """a question that waits for its answer is gone when it is locked, and nothing was done"""
    login = Login(case)
    program = begin(case)
    tap(program, 'Close the Vote…')
    read(program, 'Close the vote?')
    login.signal(MANAGER, LOGIN + '.Manager', 'PrepareForSleep', GLib.Variant('(b)', (True,)))
    is_locked(program)
    same(program.all(None, 'Close the vote?'), [], 'the question')
    goes_on(program)
    program.end()


# ---- nobody is there ----

class Clock:
    """That of the program."""

    def __init__(self, case):
        self.path = case.write('clock', struct.pack('=q', 0))
        self.passed = 0
        case.sit()
        case.seat.environment['DPOP_TEST_CLOCK'] = self.path

    def pass_by(self, minutes):
        self.passed += int(minutes * 60 * 1000000)
        with open(self.path, 'r+b') as file:
            file.write(struct.pack('=q', self.passed))


def by_itself(case):
    """nobody touches it for fifteen minutes; as long as somebody does, it stays open"""
    clock = Clock(case)
    program = begin(case)
    clock.pass_by(14)
    program.key('shift')
    clock.pass_by(14)
    time.sleep(LOOKS_EVERY + 1)
    program.find('heading', TITLE)
    same(program.all('text box', 'Passphrase'), [])
    clock.pass_by(1.5)
    until(lambda: program.all('text box', 'Passphrase'), 'it locks', LOOKS_EVERY + 20)
    is_locked(program)
    goes_on(program)
    program.end()


# ---- the computer sleeps ----

INTERFACES = Gio.DBusNodeInfo.new_for_xml('''
<node>
  <interface name='org.freedesktop.login1.Manager'>
    <method name='Inhibit'>
      <arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>
      <arg type='s' direction='in'/><arg type='h' direction='out'/>
    </method>
    <method name='GetSessionByPID'>
      <arg type='u' direction='in'/><arg type='o' direction='out'/>
    </method>
  </interface>
</node>''')


class Login:
    """What stands for logind, on a bus that stands for the system's."""

    def __init__(self, case):
        bus = case.sit().start(['dbus-daemon', '--session', '--nofork', '--nopidfile',
                                '--print-address=1'], stdout=-1)
        self.address = bus.stdout.readline().decode('utf-8').strip()
        case.seat.environment['DBUS_SYSTEM_BUS_ADDRESS'] = self.address
        self.delays = []     # (what for, how, the end that closes when it is over)
        self.ready = threading.Event()
        self.loop = None
        self.bus = None
        threading.Thread(target=self.serve, daemon=True).start()
        holds(self.ready.wait(20), 'logind stands')

    def serve(self):
        context = GLib.MainContext.new()
        context.push_thread_default()
        self.bus = tree.connect(self.address)
        self.bus.register_object(MANAGER, INTERFACES.interfaces[0], self.on_call, None, None)
        self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus',
                           'org.freedesktop.DBus', 'RequestName',
                           GLib.Variant('(su)', (LOGIN, 4)), None, 0, -1, None)
        self.ready.set()
        GLib.MainLoop.new(context, False).run()

    def on_call(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        if method == 'GetSessionByPID':
            invocation.return_value(GLib.Variant('(o)', (SESSION,)))
            return
        what, _who, _why, how = arguments.unpack()
        end, other = os.pipe()
        handles = Gio.UnixFDList.new()
        handles.append(other)
        os.close(other)
        invocation.return_value_with_unix_fd_list(GLib.Variant('(h)', (0,)), handles)
        self.delays.append((what, how, end))

    def signal(self, path, interface, name, arguments=None):
        self.bus.emit_signal(None, path, interface, name, arguments)
        self.bus.flush_sync(None)


def is_over(end):
    """Whether whoever held it lets the computer sleep."""
    return bool(select.select([end], [], [], 0)[0]) and os.read(end, 1) == b''


def before_sleep(case):
    """it is locked before the computer sleeps, which waits for it; then it waits again"""
    login = Login(case)
    program = begin(case)
    what, how, end = until(lambda: login.delays, 'sleep is delayed')[-1]
    same((what, how), ('sleep', 'delay'))
    holds(not is_over(end), 'it holds on to it')
    login.signal(MANAGER, LOGIN + '.Manager', 'PrepareForSleep', GLib.Variant('(b)', (True,)))
    until(lambda: is_over(end), 'the computer may sleep')
    is_locked(program)
    login.signal(MANAGER, LOGIN + '.Manager', 'PrepareForSleep', GLib.Variant('(b)', (False,)))
    goes_on(program)
    holds(not is_over(until(lambda: login.delays[1:], 'sleep is delayed again')[-1][2]), 'again')

    login.signal(SESSION, LOGIN + '.Session', 'Lock')
    is_locked(program)
    goes_on(program)
    program.end()


if __name__ == '__main__':
    sys.exit(run([by_hand, over_a_question, by_itself, before_sleep], sys.argv[1:]))
