# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the command line share: profiles in a folder that goes away, calls of the real
program, and TAP."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

PASSPHRASE = 'several words that nobody guesses'


class Skipped(Exception):
    """What a test needs is not on this machine."""


class Answer:
    """One call: its exit status, what it printed, and that read as JSON."""

    def __init__(self, done):
        self.status = done.returncode
        self.out = done.stdout.decode('utf-8')
        self.err = done.stderr.decode('utf-8', 'replace')

    @property
    def json(self):
        return json.loads(self.out)


class Case:
    """A folder, and a program to call."""

    def __init__(self, program, source):
        self.program = program
        self.source = source
        self.folder = tempfile.mkdtemp(prefix='dpopctl-test-')
        self.secret = self.path('passphrase')
        self.write('passphrase', PASSPHRASE + '\n')

    def close(self):
        subprocess.run(['chmod', '-R', 'u+rwX', self.folder], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def explain(self):
        """What else is to be said when the test has failed."""
        return ''

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        with open(self.path(name), 'wb') as file:
            file.write(content if isinstance(content, bytes) else content.encode('utf-8'))
        return self.path(name)

    def call(self, *words, **given):
        """Words as they are, without a profile or JSON."""
        environment = dict(os.environ, LC_ALL='C.UTF-8', XDG_DATA_HOME=self.path('home'))
        environment.pop('DPOP_PROFILE', None)
        environment.update(given.pop('environment', {}))
        given.setdefault('stdin', subprocess.DEVNULL)
        given.setdefault('stdout', subprocess.PIPE)
        done = subprocess.run([self.program, *words], stderr=subprocess.PIPE, env=environment,
                              start_new_session=True, timeout=300, check=False, **given)
        if done.stdout is None:
            done.stdout = b''
        return Answer(done)

    def ask(self, profile, *words):
        return self.call('--profile', self.path(profile), '--passphrase-file', self.secret,
                         '--json', *words)

    def do(self, profile, *words):
        """What must come to pass; its JSON."""
        answer = self.ask(profile, *words)
        if answer.status != 0:
            raise AssertionError('%s: %d %s' % (' '.join(words), answer.status, answer.err))
        return answer.json

    def refuse(self, profile, code, *words):
        """What must not: exit status, words on standard error, and the error's code; its object."""
        answer = self.ask(profile, *words)
        same(answer.status, 2 if code == 'usage' else 1, 'status of ' + ' '.join(words))
        error = answer.json['error']
        same(sorted(error), ['code', 'message', 'reason'], 'members of the error')
        same(error['code'], code, '%s (%s)' % (' '.join(words), error['message']))
        holds(error['message'] in answer.err, 'the message on standard error: ' + answer.err)
        return error

    def say(self, profile, *words):
        """What a person sees."""
        answer = self.call('--profile', self.path(profile), '--passphrase-file', self.secret,
                           *words)
        same(answer.status, 0, '%s: %s' % (' '.join(words), answer.err))
        return answer.out

    def profile(self, name):
        self.do(name, 'profile', 'create', '--cost', 'cheap')
        return name

    def charter(self, name='association', least='0 seconds', **changes):
        """A ready charter, but that votes may be closed after LEAST."""
        with open(os.path.join(self.source, 'data/charters/%s.json' % name),
                  encoding='utf-8') as file:
            document = json.load(file)
        for rule in document['rules']:
            rule['open']['atLeast'] = least
        document.update(changes)
        return self.write('charter-%s.json' % name, json.dumps(document))

    def found(self, profile='anna', founder='Anna Archer', charter='association'):
        self.profile(profile)
        return self.do(profile, 'party', 'create', '--name', 'Choir', '--founder', founder,
                       '--email', 'anna@example.org', '--charter', self.charter(charter))

    def join(self, founder, member, profile):
        """The member's computer, let in by the founder's; by files."""
        self.profile(profile)
        codes = [self.path('%s-%s' % (what, profile))
                 for what in ('invitation', 'request', 'first')]
        self.do(founder, 'invite', member, '--output', codes[0])
        self.do(profile, 'join', codes[0], '--output', codes[1])
        self.do(founder, 'device', 'accept', codes[1], '--output', codes[2])
        self.do(profile, 'bundle', 'import', codes[2])
        return profile

    def carry(self, source, target):
        """All that one computer has, to another."""
        path = self.path('carried')
        if os.path.exists(path):
            os.unlink(path)
        self.do(source, 'bundle', 'export', path)
        return self.do(target, 'bundle', 'import', path)


def same(found, wanted, what=''):
    if found != wanted:
        raise AssertionError('%s: %r is not %r' % (what, found, wanted))


def holds(truth, what=''):
    if not truth:
        raise AssertionError(what)


def keys(found, wanted):
    """The members of an object, which are a promise to programs."""
    same(sorted(found), sorted(wanted.split()), 'members')


def run(tests, *given, make=Case):
    """TAP, one line a function: its docstring is the claim, its argument what MAKE makes."""
    failed = 0
    print('1..%d' % len(tests))
    for number, test in enumerate(tests, 1):
        case = make(*given)
        try:
            test(case)
            print('ok %d - %s' % (number, test.__doc__))
        except Skipped as why:
            print('ok %d - %s # SKIP %s' % (number, test.__doc__, why))
        except Exception:  # pylint: disable=broad-except
            failed += 1
            why = traceback.format_exc() + case.explain()
            print(why, file=sys.stderr)    # of standard output, Meson shows the verdict only
            for line in why.split('\n'):
                print('# ' + line)
            print('not ok %d - %s' % (number, test.__doc__))
        finally:
            case.close()
        sys.stdout.flush()
    return 1 if failed else 0
