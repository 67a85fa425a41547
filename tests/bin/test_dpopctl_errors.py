#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_dpopctl_errors.py PROGRAM SOURCE

What goes wrong is told, with the status and the code that programs rely on, and changes nothing."""

import os
import subprocess
import sys
import time

from dpopctl_case import PASSPHRASE, holds, keys, run, same


def profiles(case):
    """a profile is made once, opens with its passphrase alone, which can be changed"""
    keys(case.do('anna', 'profile', 'create', '--cost', 'cheap'), 'device profile')
    case.refuse('anna', 'exists', 'profile', 'create', '--cost', 'cheap')
    case.refuse('nowhere', 'no-profile', 'profile', 'info')
    info = case.do('anna', 'profile', 'info')
    keys(info, 'computers confirmed device founded height member open party profile record_keeper '
               'size units')
    same((info['founded'], info['record_keeper'], info['member']), (False, False, None))
    new = case.write('new', 'another one\n')
    keys(case.do('anna', 'profile', 'passwd', '--new-passphrase-file', new, '--cost', 'cheap'),
         'changed profile')
    case.refuse('anna', 'wrong-passphrase', 'profile', 'info')
    case.secret = new
    case.do('anna', 'profile', 'info')
    keys(case.do('anna', 'vault', 'reencrypt', '--cost', 'cheap'), 'changed profile')
    same(case.do('anna', 'profile', 'info')['device'], info['device'])
    case.refuse('anna', 'usage', 'profile', 'create', '--cost', 'dear')


def passphrases(case):
    """a passphrase comes from a descriptor or a file, never from a word or the environment"""
    read, write = os.pipe()
    os.write(write, (PASSPHRASE + '\nthe next one\n').encode())
    os.close(write)
    made = case.call('--profile', case.path('anna'), '--passphrase-fd', str(read), 'profile',
                     'create', '--cost', 'cheap', pass_fds=(read,))
    same(made.status, 0, made.err)
    os.close(read)
    case.do('anna', 'profile', 'info')
    read, write = os.pipe()
    os.write(write, (PASSPHRASE + '\nthe next one\n').encode())
    os.close(write)
    changed = case.call('--profile', case.path('anna'), '--passphrase-fd', str(read), 'profile',
                        'passwd', '--cost', 'cheap', pass_fds=(read,))
    same(changed.status, 0, changed.err)
    os.close(read)
    case.refuse('anna', 'wrong-passphrase', 'profile', 'info')
    for words in (['--passphrase', PASSPHRASE, 'profile', 'info'], ['profile', 'info', PASSPHRASE]):
        same(case.call('--profile', case.path('anna'), *words).status, 2, words)
    silent = case.call('--profile', case.path('anna'), '--json', 'profile', 'info',
                       environment={'DPOP_PASSPHRASE': PASSPHRASE})
    same((silent.status, silent.json['error']['code']), (1, 'invalid'))
    holds('--passphrase-fd' in silent.err, silent.err)
    for content in ('', '\n', 'x' * 5000):
        case.secret = case.write('odd', content)
        case.refuse('anna', 'invalid', 'profile', 'info')
    case.secret = case.path('nothing-there')
    case.refuse('anna', 'invalid', 'profile', 'info')


def places(case):
    """the profile is where --profile says, else DPOP_PROFILE, else the data folder"""
    case.profile('anna')
    for environment in ({'DPOP_PROFILE': case.path('anna')},
                        {'XDG_DATA_HOME': case.folder}):
        if 'XDG_DATA_HOME' in environment:
            os.mkdir(case.path('dpop'))
            os.rename(case.path('anna'), case.path('dpop/default'))
        answer = case.call('--passphrase-file', case.secret, 'profile', 'info', '--json',
                           environment=environment)
        same(answer.status, 0, answer.err)


def words_that_are_off(case):
    """what is no call at all is 2, and needs no profile"""
    for words in ((), ('nonsense',), ('member',), ('party', 'create', '--nonsense'),
                  ('decision', 'vote'), ('count', 'dice', 'file'), ('profile', 'info', 'more'),
                  ('decision', 'stop', 'x', '--reason', 'whim'), ('help', 'nonsense'),
                  ('member', 'remove', 'x', '--reason', 'whim'), ('erase',),
                  ('member', 'import', 'x', '--map', 'first=email'), (b'\xff\xfe',)):
        answer = case.call(*words)
        same((answer.status, answer.out), (2, ''), words)
        holds('dpopctl: ' in answer.err, words)
    case.refuse('anna', 'usage', 'nonsense')


def names(case):
    """a name that is nobody's, or several people's, is told with who they are"""
    case.found()
    ids = [case.do('anna', 'member', 'enrol', 'Hans Meier', '--number', number)['member']
           for number in ('11', '12')]
    error = case.refuse('anna', 'ambiguous', 'member', 'show', 'hans meier')
    holds(all(each[:8] in error['message'] for each in ids), error['message'])
    same(case.do('anna', 'member', 'show', '12')['member'], ids[1])
    case.refuse('anna', 'not-found', 'member', 'show', 'Nobody')
    case.refuse('anna', 'not-found', 'member', 'show', ids[0][:3])
    case.refuse('anna', 'not-found', 'decision', 'show', 'Nothing')
    case.refuse('anna', 'not-found', 'unit', 'rename', 'Nowhere', 'Somewhere')
    case.refuse('anna', 'not-found', 'device', 'off', 'ffffffff')
    case.refuse('anna', 'not-found', 'erase', 'ffffffff')
    case.refuse('anna', 'not-found', 'member', 'grant', '12', 'emperor')
    case.refuse('anna', 'not-found', 'member', 'import-undo', 'ffffffff')


def refusals(case):
    """what the rules refuse is 1, with a reason that stays the same, and is not kept"""
    case.found()
    before = len(case.do('anna', 'audit')['entries'])
    case.do('anna', 'decision', 'propose', '--title', 'Q')
    error = case.refuse('anna', 'refused', 'decision', 'vote', 'Q', 'yes')
    same(error['reason'], 'not-open')
    same(case.refuse('anna', 'refused', 'decision', 'close', 'Q')['reason'], 'not-open')
    case.refuse('anna', 'invalid', 'decision', 'propose', '--title', ' ')
    case.refuse('anna', 'invalid', 'member', 'enrol', 'Bert', '--born', 'yesterday')
    case.refuse('anna', 'usage', 'decision', 'open', 'Q', '--closes', 'tomorrow')
    case.refuse('anna', 'invalid', 'party', 'create', '--name', 'X', '--founder', 'Y')
    same(len(case.do('anna', 'audit')['entries']), before + 1)
    case.profile('bert')
    case.refuse('bert', 'not-a-member', 'member', 'list')
    case.refuse('bert', 'not-a-member', 'decision', 'propose', '--title', 'Q')


def too_early(case):
    """a vote that must stay open is not closed before, and nothing is written of the attempt"""
    case.profile('anna')
    case.do('anna', 'party', 'create', '--name', 'Choir', '--founder', 'Anna Archer', '--charter',
            case.charter(least='1 hour'))
    case.do('anna', 'decision', 'propose', '--title', 'Q')
    case.do('anna', 'decision', 'open', 'Q')
    entries = len(case.do('anna', 'audit')['entries'])
    same(case.refuse('anna', 'refused', 'decision', 'close', 'Q')['reason'], 'too-early')
    same(len(case.do('anna', 'audit')['entries']), entries)


def files(case):
    """a file that is cut, altered, another's or unreadable is refused, and changes nothing"""
    case.found()
    case.do('anna', 'member', 'enrol', 'Bert Baker')
    bert = case.join('anna', 'Bert Baker', 'bert')
    case.do('anna', 'member', 'enrol', 'Carla Cook')
    case.do('anna', 'bundle', 'export', case.path('whole'))
    with open(case.path('whole'), 'rb') as file:
        whole = file.read()
    middle = len(whole) // 2
    before = case.do(bert, 'state-hash')
    altered = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1:]
    for code, content in (('damaged', whole[:-7]), ('damaged', whole[:middle]),
                          ('damaged', altered), ('no-transfer-file', b'Dear all,\n')):
        case.refuse(bert, code, 'bundle', 'import', case.write('bad', content))
    case.refuse(bert, 'failed', 'bundle', 'import', case.path('not-there'))
    same(case.do(bert, 'state-hash'), before)
    case.found('other', 'Otto Other')
    case.refuse('other', 'other-organisation', 'bundle', 'import', case.path('whole'))
    case.refuse('anna', 'invalid', 'device', 'accept', case.write('request', 'DPOP-R\nnonsense'))
    case.profile('new')
    case.refuse('new', 'invalid', 'join', 'DPOP-J nonsense')
    case.refuse('anna', 'invalid', 'member', 'import', case.path('not-there'))
    case.refuse('anna', 'invalid', 'member', 'import', case.write('odd.csv', b'\0\1\2\3'))
    case.refuse('anna', 'invalid', 'member', 'import', case.write('empty.csv', ''))
    case.refuse('anna', 'invalid', 'count', 'schulze', case.path('not-there'))
    case.refuse('anna', 'invalid', 'count', 'schulze', case.write('odd.blt', '2 1\n1 9 0\n0\n'))


def rules(case):
    """rules are checked before an organisation is founded with them"""
    for name in ('association', 'party', 'cooperative'):
        checked = case.do('x', 'charter', 'check', name)
        keys(checked, 'name problems roles rules unit_kinds valid')
        same(checked['valid'], True)
    broken = case.write('broken.json', '{"format": "dpop-charter-1", "name": "X", "color": 1}')
    answer = case.ask('x', 'charter', 'check', broken)
    same((answer.status, answer.json['valid'], answer.json['error']['code']),
         (1, False, 'faulty'))
    keys(answer.json['problems'][0], 'fatal message place')
    holds('/color' in [problem['place'] for problem in answer.json['problems']], answer.out)
    case.profile('anna')
    case.refuse('anna', 'invalid', 'party', 'create', '--name', 'X', '--founder', 'Y', '--charter',
                broken)
    same(case.do('anna', 'profile', 'info')['founded'], False)
    created = case.do('anna', 'party', 'create', '--name', 'X', '--founder', 'Y')
    keys(created, 'height member party')
    shown = case.do('anna', 'party', 'show')
    keys(shown, 'confirmed description height members name open party roles rules unit_kinds')
    same(shown['members'], {'applicant': 0, 'member': 1, 'suspended': 0, 'former': 0})
    same(case.do('anna', 'party', 'show', '--charter')['charter']['name'], 'X')


def has_open(process, start):
    """Whether the process has a file open whose path begins so."""
    folder = '/proc/%d/fd' % process
    for name in os.listdir(folder):
        try:
            if os.readlink(os.path.join(folder, name)).startswith(start):
                return True
        except FileNotFoundError:    # closed in between
            pass
    return False


def one_at_a_time(case):
    """a second process is told who has the profile"""
    case.profile('anna')
    read, write = os.pipe()
    # It opens the profile, then waits for the new passphrase.
    os.write(write, (PASSPHRASE + '\n').encode())
    first = subprocess.Popen([case.program, '--profile', case.path('anna'), '--passphrase-fd',
                              str(read), 'profile', 'passwd', '--cost', 'cheap'],
                             pass_fds=(read,), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             stdin=subprocess.DEVNULL, start_new_session=True)
    os.close(read)
    while first.poll() is None and not has_open(first.pid, case.path('anna/database-')):
        time.sleep(0.01)
    message = case.refuse('anna', 'busy', 'profile', 'info')['message']
    os.write(write, b'another one\n')
    os.close(write)
    first.communicate(timeout=60)
    holds(str(first.pid) in message, 'who has it: ' + message)


def nobody_listens(case):
    """a closed pipe or a full disk for the answer is told, once the work is done"""
    case.found()
    for target in ('pipe', '/dev/full'):
        if target == 'pipe':
            read, write = os.pipe()
            os.close(read)
        else:
            write = os.open(target, os.O_WRONLY)
        answer = case.call('--profile', case.path('anna'), '--passphrase-file', case.secret,
                           'member', 'enrol', 'Bert ' + target, stdout=write)
        os.close(write)
        same(answer.status, 1)
        holds('It was done' in answer.err, answer.err)
    same(case.do('anna', 'member', 'list')['count'], 3)


def no_permission(case):
    """a folder that cannot be written to is told, and nothing is lost"""
    case.found()
    os.mkdir(case.path('locked'), 0o555)
    if os.access(case.path('locked'), os.W_OK):    # as root, nothing is forbidden
        locked = '/proc/nothing-here'
    else:
        locked = case.path('locked/file')
    case.refuse('anna', 'failed', 'bundle', 'export', locked)
    case.refuse('anna', 'failed', 'bundle', 'summary', locked)
    case.refuse('anna', 'invalid', 'invite', 'Anna Archer', '--output', locked)
    there = case.write('there', 'mine')
    case.refuse('anna', 'invalid', 'invite', 'Anna Archer', '--output', there)
    same(open(there, encoding='utf-8').read(), 'mine', 'nothing is overwritten')


if __name__ == '__main__':
    sys.exit(run([profiles, passphrases, places, words_that_are_off, names, refusals, too_early,
                  files, rules, one_at_a_time, nobody_listens, no_permission], *sys.argv[1:]))
