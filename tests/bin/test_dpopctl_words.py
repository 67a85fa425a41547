#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_dpopctl_words.py PROGRAM SOURCE

Man page, completion and program speak of the same verbs; counting; the demonstration."""

import os
import re
import shutil
import subprocess
import sys

from dpopctl_case import holds, keys, run, same

VERBS = '''profile create|profile passwd|profile info|profile list|profile label|
profile delete|vault reencrypt|charter check|party create|party show|party rules|
unit add|unit list|unit rename|unit assign|invite|join|device request|device accept|
device list|device off|member enrol|member edit|member import|member import-undo|
member list|member show|member suspend|member readmit|member remove|member grant|
member revoke|decision propose|decision comment|decision text|decision option|
decision list|decision show|decision open|decision vote|decision stop|
decision close|decision enact|record make|record verify|confirm|rotate|erase|
bundle summary|bundle export|bundle import|folder use|folder exchange|folder stop|node|
hub run|hub token grant|hub token withdraw|hub list|hub metrics|
audit|log verify|state-hash|count|practice make|practice step|simulate|demo|home|letters|
device recover|device support|device veto|device losses|device hand-over|
keeper list|keeper offer|keeper appoint|keeper dismiss|keeper resign|
decision turnout|decision entitled|decision preview|decision may|
help|version'''.replace('\n', '').split('|')


def verbs(case):
    return {verb['verb']: verb for verb in case.call('help', '--json').json['verbs']}


def options_of(text):
    return sorted(set(re.findall(r'--[a-z][a-z-]*', text)))


def every_verb(case):
    """the verbs are those that were promised, each with a line of help"""
    there = verbs(case)
    same(sorted(there), sorted(VERBS))
    for verb in there.values():
        keys(verb, 'arguments summary verb')
        holds(verb['summary'], verb['verb'])
    said = case.call('help')
    same(said.status, 0)
    for name in there:
        holds('  %s ' % name in said.out, name)
    same([verb['verb'] for verb in case.call('help', 'unit', '--json').json['verbs']],
         ['unit add', 'unit list', 'unit rename', 'unit assign'])
    holds(re.fullmatch(r'\d+\.\d+\.\d+', case.call('version', '--json').json['version']))


def man_page(case):
    """the man page has every verb with its options and the members of its JSON, and no other"""
    with open(os.path.join(case.source, 'data/man/dpopctl.1'), encoding='utf-8') as file:
        page = file.read().replace('\\-', '-')
    part = page.split('.SH VERBS')[1].split('.SH JSON')[0]
    sections = {name: text for name, text in re.findall(r'\.SS "(.*)"\n((?:(?!\.SS).*\n)*)', part)}
    there = verbs(case)
    same(sorted(sections), sorted(there))
    for name, text in sections.items():
        holds(re.search(r'^JSON: \S', text, re.M), 'JSON of ' + name)
        for option in options_of(there[name]['arguments']):
            holds(option in text, '%s %s' % (name, option))
    if shutil.which('man'):
        shown = subprocess.run(['man', '--warnings', '-l',
                                os.path.join(case.source, 'data/man/dpopctl.1')],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
                               env=dict(os.environ, LC_ALL='C.UTF-8', MANWIDTH='100'))
        same(shown.stderr.decode(), '', 'warnings')


def completion(case):
    """the completion offers every verb and every option, and no other"""
    there = verbs(case)
    script = os.path.join(case.source, 'data/completions/dpopctl')

    def complete(*words):
        line = 'source "$0"; COMP_WORDS=(dpopctl "$@"); COMP_CWORD=$#; _dpopctl; ' \
               'printf "%s\\n" "${COMPREPLY[@]}"'
        done = subprocess.run(['bash', '-c', 'complete() { :; }; ' + line, script, *words],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        same((done.returncode, done.stderr), (0, b''), words)
        return sorted(done.stdout.decode().split())

    everywhere = ['--json', '--passphrase-fd', '--passphrase-file', '--profile']
    same(complete(''), sorted({name.split()[0] for name in there}))
    for name, verb in there.items():
        words = name.split()
        if len(words) == 2:
            holds(words[1] in complete(words[0], ''), name)
            same(complete('--json', '--profile', 'x', words[0], words[1]), [words[1]]
                 + sorted(other.split()[1] for other in there
                          if other.startswith(name) and other != name), name)
        same(complete(*words, '--'), sorted(options_of(verb['arguments']) + everywhere), name)


def counting(case):
    """ballots from elsewhere are counted, with the pairwise table and the reasons"""
    tally = case.write('tally', 'Option 1----->: Rosa\n  /  Option 2---->: Karl\n  |/\n'
                       'V: 12 aa\nV: 12 bb\nV: -1 cc\nV: -- dd\n')
    counted = case.do('x', 'count', 'schulze', tally, '--none-of-these', 'Karl', '--quorum', '1')
    keys(counted, 'ballots method options order outcome preferred reasons title')
    same((counted['ballots'], counted['outcome']), (4, 'decided'))
    same(counted['preferred'], [[0, 2], [1, 0]])
    same([(each['option'], each['place']) for each in counted['order']], [('Rosa', 1), ('Karl', 2)])
    same([each['satisfied'] for each in counted['reasons']], [True, True])
    strict = case.do('x', 'count', 'schulze-margins', tally, '--none-of-these', '2', '--ratio',
                     '3/1')
    same([each['place'] for each in strict['order']], [1, 0], 'Rosa fails')
    blt = case.write('ballots.blt', '3 1\n4 1 2 0\n3 2 1 0\n2 3 2 0\n0\n"A"\n"B"\n"C"\n"Title"\n')
    for method, wanted in (('choose-one', [('A', 4), ('B', 3), ('C', 2)]),
                           ('majority', [('A', 4), ('B', 3), ('C', 2)]),
                           ('approve', [('B', 9), ('A', 7), ('C', 2)])):
        counted = case.do('x', 'count', method, blt)
        keys(counted, 'ballots blank method options order outcome reasons title')
        same([(each['option'], each['votes']) for each in counted['order']], wanted, method)
    same(case.do('x', 'count', 'majority', blt)['outcome'], 'nobody')
    same(case.do('x', 'count', 'schulze', blt)['order'][0]['option'], 'B')
    piped = case.call('count', 'schulze', '-', '--json', stdin=open(blt, 'rb'))
    same((piped.status, piped.json['title']), (0, 'Title'))


def demonstration(case):
    """the demonstration ends with the same on both laptops, and leaves nothing behind"""
    os.mkdir(case.path('tmp'))
    shown = case.call('demo', '--fast', environment={'TMPDIR': case.path('tmp')})
    same((shown.status, shown.err), (0, ''))
    for words in ('Accepted (final)', 'Everything holds', 'demo --fast --keep', "Bert's laptop"):
        holds(words in shown.out, words)
    same(os.listdir(case.path('tmp')), [], 'the folder is removed')
    told = case.call('demo', '--fast', '--json', environment={'TMPDIR': case.path('tmp')}).json
    keys(told, 'equal kept steps')
    keys(told['steps'][0], 'answer call who')
    same((told['equal'], told['kept']), (True, None))


def demonstration_kept(case):
    """with --keep both laptops are there to look around in, and nothing is overwritten"""
    kept = case.path('choir')
    shown = case.call('demo', '--fast', '--keep', kept)
    same(shown.status, 0, shown.err)
    case.secret = os.path.join(kept, 'passphrase')
    for name in ('anna', 'bert'):
        same(case.do(os.path.join(kept, name), 'decision', 'list')['decisions'][0]['outcome'],
             'accepted')
    again = case.call('demo', '--fast', '--keep', kept)
    same(again.status, 1)
    same(case.do(os.path.join(kept, 'anna'), 'log', 'verify')['holds'], True)


if __name__ == '__main__':
    sys.exit(run([every_verb, man_page, completion, counting, demonstration, demonstration_kept],
                 *sys.argv[1:]))
