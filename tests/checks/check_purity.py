#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: check_purity.py SOURCE BUILD [NM]

Reads the undefined symbols of every library under BUILD/src that belongs to a pure room: GLib
alone offers clock, files, randomness and locale, and no compiler keeps a room from calling them."""

import fnmatch
import glob
import os
import subprocess
import sys

import rooms
import tree

LIST = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'pure-symbols.txt')


class Symbols:
    """What the libraries of a build define and lack, by room."""

    def __init__(self, build, nm='nm', permitted=LIST):
        self.defined = {}    # symbol -> room
        self.lacking = {}    # room -> symbols
        self.permitted = read_list(permitted)
        for path in sorted(glob.glob(os.path.join(build, 'src', '**', '*.a'), recursive=True)):
            room = os.path.relpath(os.path.dirname(path), os.path.join(build, 'src'))
            self.lacking.setdefault(room, set())
            out = subprocess.run([nm, '-P', path], check=True, text=True, capture_output=True)
            for line in out.stdout.splitlines():
                words = line.split()
                if len(words) < 2 or words[0].endswith(':'):
                    continue
                if words[1] in 'Uwv':
                    self.lacking[room].add(words[0])
                elif words[1].isupper():
                    self.defined[words[0]] = room
        self.pure = sorted(room for room in self.lacking if rooms.is_pure(room))


def read_list(path):
    lists, room = {}, None
    with open(path, encoding='utf-8') as file:
        for line in filter(None, (line.split('#')[0].strip() for line in file)):
            if line.startswith('['):
                room = line.strip('[]')
                lists[room] = []
            else:
                lists[room].append(line)
    return lists


def fits(symbol, patterns):
    return any(fnmatch.fnmatchcase(symbol, pattern) for pattern in patterns)


def pure_rooms_call_little(source, symbols):
    for room in symbols.pure:
        lines = symbols.permitted['pure'] + symbols.permitted.get(room, [])
        never = [line[1:] for line in lines if line.startswith('-')]
        for symbol in sorted(symbols.lacking[room]):
            owner = symbols.defined.get(symbol)
            if fits(symbol, never):
                yield '%s calls %s' % (room, symbol)
            elif owner not in (None, 'base', 'cosmic/crypto') and not rooms.is_pure(owner):
                yield '%s calls %s of %s, which is not pure' % (room, symbol, owner)
            elif owner in (None, 'base') and not fits(symbol, lines):
                yield '%s calls %s, which is not in pure-symbols.txt' % (room, symbol)


def every_pure_room_is_read(source, symbols):
    for path in source.paths('src/', ('/meson.build',)):
        room = os.path.dirname(path)[len('src/'):]
        if rooms.is_pure(room) and 'static_library' in source.text(path) \
                and room not in symbols.pure:
            yield '%s: no library of it was found in the build' % room


def names_begin_with_the_prefix(source, symbols):
    for symbol, room in sorted(symbols.defined.items()):
        prefix = 'cosmic_' if rooms.within(room, ('cosmic',)) else 'dpop'
        if not symbol.startswith((prefix, '_' + prefix)) and not symbol.startswith('__'):
            yield '%s shows %s, which does not begin with %s' % (room, symbol, prefix)


RULES = {
    'pure rooms call nothing that has effects': pure_rooms_call_little,
    'every pure room was looked at': every_pure_room_is_read,
    'what a library shows begins with its prefix': names_begin_with_the_prefix,
}

if __name__ == '__main__':
    sys.exit(tree.report(RULES, tree.Tree(sys.argv[1]), Symbols(*sys.argv[2:])))
