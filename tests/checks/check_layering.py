#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: check_layering.py ROOT

Proves from the sources and the meson.build files that rooms look downwards only, and that each
header from outside stays with its owner. The table is in rooms.py."""

import os
import re
import sys

import rooms
import tree

DEPENDENCIES = re.compile(r'\bdependencies:\s*(\[[^\]]*\]|\w+)')


def calls(text, function):
    """(what it is assigned to or '', the arguments' text) of each call of FUNCTION."""
    text = re.sub(r'#[^\n]*', '', text)
    found = []
    for match in re.finditer(r'(?:(\w+)\s*=\s*)?\b%s\s*\(' % function, text):
        depth, end = 1, match.end()
        while depth > 0 and end < len(text):
            depth += {'(': 1, ')': -1}.get(text[end], 0)
            end += 1
        found.append((match.group(1) or '', text[match.end():end - 1]))
    return found


def dependencies(arguments):
    return [name for group in DEPENDENCIES.findall(arguments) for name in re.findall(r'\w+', group)]


class House:
    """What the meson.build files under src/ say: the rooms in order, and their objects."""

    def __init__(self, source):
        self.tree = source
        self.rooms = []      # in the order of dependency
        self.objects = {}    # 'base_dep' -> 'base'
        self.headers = {}    # 'dpop-clock.h' -> path
        self.enter('src')
        for path in source.paths('src/', ('.h',)):
            self.headers.setdefault(os.path.basename(path), path)

    def enter(self, folder):
        path = folder + '/meson.build'
        if path not in self.tree.files:
            return
        text = self.tree.text(path)
        room = folder[len('src/'):]
        if calls(text, 'static_library') or calls(text, 'executable'):
            self.rooms.append(room)
        for name, _ in calls(text, 'declare_dependency'):
            self.objects[name] = room
        for name in re.findall(r"\bcompile_resources\s*\(\s*'([^']+)'", text):
            self.headers[name + '.h'] = '%s/%s.h' % (folder, name)    # made by the build
        for child in re.findall(r"^\s*subdir\s*\(\s*'([^']+)'\s*\)", text, re.M):
            self.enter(folder + '/' + child)

    def room_of(self, path):
        """The innermost room that holds PATH; its folder under src/ if none does."""
        folder = os.path.dirname(path)[len('src/'):]
        while folder and folder not in self.rooms:
            folder = os.path.dirname(folder)
        return folder or os.path.dirname(path)[len('src/'):]

    def allows(self, room, other):
        layer = room.split('/')[0]
        if room == other:
            return True
        if other.split('/')[0] == layer:
            return (room in self.rooms and other in self.rooms
                    and self.rooms.index(other) < self.rooms.index(room)
                    and (rooms.is_pure(other) or not rooms.is_pure(room)
                         or other == 'cosmic/crypto'))
        return rooms.within(other, rooms.LAYERS.get(layer, ()))

    def room_calls(self, function):
        for path in self.tree.paths('src/', ('/meson.build',)):
            for _, arguments in calls(self.tree.text(path), function):
                yield path, os.path.dirname(path)[len('src/'):], arguments


def folders_are_rooms(house):
    for path in house.tree.paths('src/'):
        room = house.room_of(path)
        if room not in house.rooms:
            yield '%s: its folder makes no library' % path
        if room.split('/')[0] not in rooms.LAYERS:
            yield '%s: "%s" is no layer of the house' % (path, room.split('/')[0])


def includes_look_down(house):
    for path in house.tree.paths('src/'):
        room = house.room_of(path)
        for line, mark, header in house.tree.includes(path):
            owner = house.headers.get(os.path.basename(header))
            if owner is None:
                if mark == '"' and header != 'config.h':
                    yield '%s:%d: "%s" is not in the tree' % (path, line, header)
            elif not house.allows(room, house.room_of(owner)):
                yield '%s:%d: %s may not include %s of %s' % (path, line, room, header,
                                                              house.room_of(owner))


def private_headers_stay(house):
    for path in house.tree.paths('src/'):
        for line, _, header in house.tree.includes(path):
            owner = house.headers.get(os.path.basename(header))
            if owner and owner.endswith('-private.h') \
                    and house.room_of(owner) != house.room_of(path):
                yield '%s:%d: %s is private to %s' % (path, line, header, house.room_of(owner))


def libraries_look_down(house):
    for function in ('static_library', 'declare_dependency', 'executable'):
        for path, room, arguments in house.room_calls(function):
            for name in dependencies(arguments):
                other = house.objects.get(name)
                owners = rooms.DEPENDENCY_OWNERS.get(name)
                if other is not None and not house.allows(room, other):
                    yield '%s: %s may not depend on %s' % (path, room, name)
                if owners is not None and not rooms.within(room, owners):
                    yield '%s: %s belongs to %s' % (path, name, ', '.join(owners))


def outside_headers_have_owners(house):
    for path in house.tree.paths('src/'):
        room = house.room_of(path)
        for line, mark, header in house.tree.includes(path):
            owners = next((who for start, who in rooms.HEADER_OWNERS if header.startswith(start)),
                          None)
            if mark == '<' and owners is not None and not rooms.within(room, owners):
                yield '%s:%d: <%s> belongs to %s' % (path, line, header, ', '.join(owners))


def pure_rooms_include_little(house):
    for path in house.tree.paths('src/'):
        if rooms.is_pure(house.room_of(path)):
            for line, mark, header in house.tree.includes(path):
                if mark == '<' and header not in rooms.PURE_HEADERS:
                    yield '%s:%d: a pure room does not include <%s>' % (path, line, header)


def rooms_export_their_folder(house):
    for path in house.tree.paths('src/', ('/meson.build',)):
        for _, arguments in calls(house.tree.text(path), 'include_directories'):
            if arguments.strip() != "'.'":
                yield "%s: include_directories(%s): a room exports '.' only" % (path, arguments)


def exports_are_needed(house):
    for path, room, arguments in house.room_calls('declare_dependency'):
        headers = [header for header in house.tree.paths('src/', ('.h',))
                   if house.room_of(header) == room and not header.endswith('-private.h')]
        seen = {house.room_of(house.headers[os.path.basename(include)])
                for header in headers for _, _, include in house.tree.includes(header)
                if os.path.basename(include) in house.headers}
        for name in dependencies(arguments):
            other = house.objects.get(name)
            if other is not None and other not in seen:
                yield '%s: no header of %s includes one of %s: %s belongs to static_library only' \
                    % (path, room, other, name)


RULES = {
    'every source file lies in a room of the house': folders_are_rooms,
    'includes look down': includes_look_down,
    'private headers stay in their room': private_headers_stay,
    'libraries depend on lower ones and on what they own': libraries_look_down,
    'headers from outside stay with their owners': outside_headers_have_owners,
    'pure rooms include little from outside': pure_rooms_include_little,
    'a room exports its own folder only': rooms_export_their_folder,
    'a room passes on only what its headers need': exports_are_needed,
}

if __name__ == '__main__':
    sys.exit(tree.report(RULES, House(tree.Tree(sys.argv[1]))))
