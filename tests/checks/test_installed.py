#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_installed.py DPOPCTL SOURCE BUILD ID

What surrounds the desktop application, installed in a folder of its own: desktop file, service,
description, types of files, icons. They go by one id, and the tools of a desktop accept them."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml

sys.path.insert(0, os.path.join(sys.argv[2], 'tests/bin'))

from dpopctl_case import Skipped, holds, run, same  # pylint: disable=wrong-import-position

BUILD, ID = sys.argv[3:5]
MIME = '{http://www.freedesktop.org/standards/shared-mime-info}'
SVG = '{http://www.w3.org/2000/svg}'
KINDS = ('transfer', 'summary', 'invitation', 'request')


def tool(*words, **given):
    """A tool that must succeed; what it printed. The test is skipped where there is none."""
    if not shutil.which(words[0]):
        raise Skipped('there is no %s here' % words[0])
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                          **given)
    text = done.stdout.decode('utf-8', 'replace')
    same(done.returncode, 0, '%s: %s' % (' '.join(words), text))
    return text


def stage(case):
    """Installs what has the tag; gives the folder "share" of it."""
    top = case.path('top')
    tool('meson', 'install', '-C', BUILD, '--no-rebuild', '--tags', 'desktop', '--destdir', top)
    shares = [folder for folder, names, _ in os.walk(top) if 'applications' in names]
    same(len(shares), 1, 'folders of applications')
    return shares[0]


def desktop_entry(share):
    parser = configparser.ConfigParser(interpolation=None, delimiters='=', strict=True)
    parser.optionxform = str
    parser.read(os.path.join(share, 'applications', ID + '.desktop'), encoding='utf-8')
    return parser['Desktop Entry']


def types_of_files(share):
    return xml.parse(os.path.join(share, 'mime/packages', ID + '.xml')).getroot()


def one_id(case):
    """desktop file, service, description and icons go by one id"""
    share = stage(case)
    entry = desktop_entry(share)
    same(entry['Icon'], ID)
    same(entry['DBusActivatable'], 'true')
    for size, name in (('scalable', ID), ('symbolic', ID + '-symbolic')):
        holds(os.path.isfile('%s/icons/hicolor/%s/apps/%s.svg' % (share, size, name)), name)
    with open('%s/dbus-1/services/%s.service' % (share, ID), encoding='utf-8') as file:
        service = file.read()
    same(re.search(r'^Name=(.*)$', service, re.M).group(1), ID)
    program = re.search(r'^Exec=(/\S+) --gapplication-service$', service, re.M).group(1)
    same(os.path.basename(program), entry['Exec'].split()[0], 'the program')
    component = xml.parse('%s/metainfo/%s.metainfo.xml' % (share, ID)).getroot()
    same(component.findtext('id'), ID)
    same(component.findtext('launchable'), ID + '.desktop')
    same(component.findtext('provides/binary'), os.path.basename(program))


def one_list_of_types(case):
    """the types of files are the same in the desktop file, the description and the database"""
    share = stage(case)
    wanted = ['application/x-dpop-' + kind for kind in KINDS]
    same(desktop_entry(share)['MimeType'].strip(';').split(';'), wanted)
    component = xml.parse('%s/metainfo/%s.metainfo.xml' % (share, ID)).getroot()
    same([each.text for each in component.findall('provides/mediatype')], wanted)
    types = types_of_files(share)
    same([each.get('type') for each in types], wanted)
    same([each.find(MIME + 'glob').get('pattern') for each in types],
         ['*.dpop-' + kind for kind in KINDS])
    for each in types:
        holds(each.findtext(MIME + 'comment'), 'a comment')


def desktop_file_holds(case):
    """desktop-file-validate accepts the desktop file"""
    share = stage(case)
    same(tool('desktop-file-validate', '%s/applications/%s.desktop' % (share, ID)), '')


def description_holds(case):
    """appstreamcli accepts the description"""
    share = stage(case)
    # AppStream 1.0 asks for these, and 0.16 knows no answer; there is no homepage.
    newer = r'developer-name-tag-deprecated|developer-info-missing|url-homepage-missing'
    done = subprocess.run(['appstreamcli', 'validate', '--no-net', '--no-color',
                           '%s/metainfo/%s.metainfo.xml' % (share, ID)], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = done.stdout.decode('utf-8', 'replace')
    holds('Validation' in said, said)
    same([line for line in said.split('\n') if re.match(r'[EWI]:', line)
          and not re.search('(%s)$' % newer, line)], [])


def types_hold(case):
    """update-mime-database accepts the types of files"""
    share = stage(case)
    said = tool('update-mime-database', share + '/mime', env=dict(os.environ, LC_ALL='C.UTF-8'))
    holds(not re.search(r'(?i)error|warn|fail|unknown', said), said)


def type_of(share, path):
    said = tool('gio', 'info', '-a', 'standard::content-type', path,
                env=dict(os.environ, XDG_DATA_HOME=share, LC_ALL='C.UTF-8'))
    return re.search(r'standard::content-type: (\S+)', said).group(1)


def files_are_recognised(case):
    """what the program hands over is recognised by its first bytes, and by its name"""
    share = stage(case)
    tool('update-mime-database', share + '/mime')
    case.found('anna')
    case.do('anna', 'member', 'enrol', 'Bert Baker')
    case.profile('bert')
    files = {kind: case.path('made-by-' + kind) for kind in KINDS}
    case.do('anna', 'invite', 'Bert Baker', '--output', files['invitation'])
    case.do('bert', 'join', files['invitation'], '--output', files['request'])
    case.do('anna', 'device', 'accept', files['request'], '--output', files['transfer'])
    case.do('anna', 'bundle', 'summary', files['summary'])
    for kind, path in files.items():
        same(type_of(share, path), 'application/x-dpop-' + kind, 'by what is in it')
        named = case.write('named.dpop-' + kind, 'what says nothing')
        same(type_of(share, named), 'application/x-dpop-' + kind, 'by its name')
    other = case.write('other', 'DPOP-JOURNAL of our choir\n')
    same(type_of(share, other), 'text/plain')


def words_are_translated(case):
    """a translation reaches desktop file, description and types of files"""
    folder = case.path('po')
    os.mkdir(folder)
    case.write('po/LINGUAS', 'de\n')
    words = {'Democratic Organisation': 'Verein', 'DPOP invitation': 'Einladung',
             'encrypts everything on the disk and on the way': 'verschlüsselt alles'}
    case.write('po/de.po', 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
               + ''.join('\nmsgid "%s"\nmsgstr "%s"\n' % pair for pair in words.items()))
    environment = dict(os.environ, GETTEXTDATADIRS=os.path.join(case.source, 'data'))
    for form, name, wanted in (('--desktop', 'dpop.desktop', 'GenericName[de]=Verein'),
                               ('--xml', 'dpop.metainfo.xml', '>verschlüsselt alles<'),
                               ('--xml', 'dpop.mime.xml', '>Einladung<')):
        target = case.path(name)
        tool('msgfmt', form, '--template', os.path.join(case.source, 'data', name + '.in'),
             '-d', folder, '-o', target, env=environment)
        with open(target, encoding='utf-8') as file:
            holds(wanted in file.read(), name)


def icons(case):
    folder = os.path.join(case.source, 'data/icons')
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder))
            if name.endswith('.svg')]


def symbols_can_be_recoloured(case):
    """GTK can give every symbolic icon the colour of the text: filled shapes, 16 pixels square"""
    for path in icons(case):
        if not path.endswith('-symbolic.svg'):
            continue
        root = xml.parse(path).getroot()
        same([root.get(name) for name in ('width', 'height', 'viewBox')],
             ['16', '16', '0 0 16 16'], path)
        for shape in root.iter():
            if shape is not root:
                holds(shape.tag in (SVG + 'path', SVG + 'circle', SVG + 'rect'), path)
                same((shape.get('fill'), shape.get('stroke')), ('#2e3436', None), path)


def icons_can_be_drawn(case):
    """every icon can be drawn, and shows something"""
    for path in icons(case):
        target = case.path('drawn.png')
        tool('rsvg-convert', '-w', '32', '-h', '32', path, '-o', target)
        holds(os.path.getsize(target) > 200, path)    # an empty one has about 90 bytes


def resource_names_icons(case):
    """the resource holds every symbolic icon, the application's by its id"""
    with open(os.path.join(case.source, 'data/icons/dpop-icons.gresource.xml'),
              encoding='utf-8') as file:
        root = xml.fromstring(file.read())
    top = '/%s/icons/scalable/' % ID.replace('.', '/')
    held = {top + part: [each.text for each in root.iterfind('*[@prefix="%s"]/file' % (top + part))]
            for part in ('actions', 'apps')}
    own = [name for name in map(os.path.basename, icons(case)) if name.startswith('dpop-')
           and name != 'dpop-symbolic.svg']
    same(held, {top + 'actions': own, top + 'apps': ['dpop.svg', 'dpop-symbolic.svg']})
    same([each.get('alias') for each in root.iter('file') if each.get('alias')],
         [ID + '.svg', ID + '-symbolic.svg'])


if __name__ == '__main__':
    sys.exit(run([one_id, one_list_of_types, desktop_file_holds, description_holds, types_hold,
                  files_are_recognised, words_are_translated, symbols_can_be_recoloured,
                  icons_can_be_drawn, resource_names_icons], sys.argv[1], sys.argv[2]))
