# SPDX-License-Identifier: GPL-3.0-or-later
"""The house, as data: its layers and who may look into which, which rooms are pure, and who owns
which header from outside. A room is a folder under src/ that makes a library."""

# A layer, and what the layers' rooms may depend on besides earlier rooms of their own layer.
LAYERS = {
    'base': (),
    'cosmic': ('base',),
    'storage': ('cosmic', 'base'),
    'p2p': ('cosmic', 'base'),
    'party': ('cosmic/crypto', 'cosmic/operation', 'cosmic/authority', 'cosmic/joining',
              'cosmic/finality', 'cosmic/sync', 'base'),
    'simulation': ('party', 'storage', 'cosmic', 'base'),
    'workspace': ('party', 'storage', 'p2p', 'cosmic', 'base'),
    'services': ('workspace', 'party', 'base'),
    'ui': ('workspace', 'party', 'base'),
    'bin': ('ui', 'services', 'workspace', 'simulation', 'party', 'base'),
}

# No clock, no randomness, no files, no locale, no threads: values in, values out.
PURE = ('cosmic/operation', 'cosmic/authority', 'cosmic/joining', 'cosmic/finality',
        'cosmic/sync', 'party')

# All that a pure room may include from outside.
PURE_HEADERS = {'glib.h', 'string.h', 'stddef.h', 'stdint.h', 'stdbool.h', 'limits.h', 'inttypes.h'}

# Headers from outside that have owners; the first pattern that fits counts.
HEADER_OWNERS = (
    ('sodium.h', ('cosmic/crypto',)),
    ('sodium/', ('cosmic/crypto',)),
    ('gnutls/crypto.h', ('cosmic/crypto',)),
    ('gnutls/', ('cosmic/crypto', 'p2p/transport')),
    ('sqlite3', ('storage', 'simulation')),
    ('libsoup/', ('p2p', 'services')),
    ('gtk/', ('ui',)),
    ('gdk/', ('ui',)),
    ('adwaita.h', ('ui',)),
    ('pwquality.h', ('ui/lock',)),
    ('cairo', ('ui',)),
    ('pango/', ('ui',)),
    ('json-glib/', ('workspace/edge', 'bin')),
    ('glib/gi18n', ('workspace', 'services', 'ui', 'bin')),
    ('libintl.h', ('workspace', 'services', 'ui', 'bin')),
    ('gio/', ('base', 'cosmic/log', 'storage', 'p2p', 'workspace', 'services', 'ui', 'bin')),
)

# The same for the dependency objects of the top meson.build.
DEPENDENCY_OWNERS = {
    'sodium_dep': ('cosmic/crypto',),
    'gnutls_dep': ('cosmic/crypto', 'p2p/transport'),
    'sqlite_dep': ('storage',),
    'soup_dep': ('p2p', 'services'),
    'gtk_dep': ('ui',),
    'adw_dep': ('ui',),
    'pwquality_dep': ('ui/lock',),
    'json_dep': ('workspace/edge', 'bin'),
    'gio_dep': ('base', 'cosmic/log', 'storage', 'p2p', 'workspace', 'services', 'ui', 'bin'),
}


def within(room, places):
    """Whether ROOM is one of PLACES, or lies in one."""
    return any(room == place or room.startswith(place + '/') for place in places)


def is_pure(room):
    return within(room, PURE)
