#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_activation.py DPOP DPOPCTL EYE SOURCE SERVICE

The bus starts the application when somebody asks for it, as the desktop does from its file."""

import os
import re
import sys

from gi.repository import Gio, GLib

from desktop_case import run
from desktop_seat import until
from dpopctl_case import holds, same

SERVICE = sys.argv.pop()
ID = os.path.basename(SERVICE).removesuffix('.service')


def install(case, seat):
    """The service's file in the seat's own data, with the program that is tried."""
    folder = os.path.join(seat.folder, 'data/dbus-1/services')
    os.makedirs(folder)
    with open(SERVICE, encoding='utf-8') as file:
        text = file.read()
    changed = re.sub(r'^Exec=\S*', 'Exec=' + os.path.abspath(case.desktop), text, flags=re.M)
    holds(changed != text, 'the program is named')
    with open(os.path.join(folder, ID + '.service'), 'w', encoding='utf-8') as file:
        file.write(changed)


def ask(seat, method, *arguments):
    return seat.session.call_sync(ID, '/' + ID.replace('.', '/'), 'org.freedesktop.Application',
                                  method, *arguments, None, Gio.DBusCallFlags.NONE, 20000, None)


def owner(seat):
    return seat.session.call_sync(
        'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'NameHasOwner',
        GLib.Variant('(s)', (ID,)), None, Gio.DBusCallFlags.NONE, 20000, None)[0]


def windows(seat):
    done = seat.start(['xdotool', 'search', '--onlyvisible', '--name', '.'], stdout=-1)
    return done.communicate()[0].split()


def activated(case):
    """the bus starts the application, and it shows a window"""
    seat = case.sit()
    install(case, seat)
    holds(not owner(seat), 'nothing runs before')
    ask(seat, 'Activate', GLib.Variant('(a{sv})', ({},)))
    holds(owner(seat), 'the application has its name')
    same(len(until(lambda: windows(seat), 'a window')), 1)
    ask(seat, 'Activate', GLib.Variant('(a{sv})', ({},)))
    same(len(windows(seat)), 1, 'it is one application')


if __name__ == '__main__':
    sys.exit(run([activated], sys.argv[1:]))
