#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_hostile_peers.py TARGET [CLAIM]

Peers that mean harm, against the real listener with its real limits, in a program of its own
(transport-target.c). After each: nobody was let in, memory grew by no more than 64 MiB, and
somebody who belongs there is served."""

import contextlib
import functools
import os
import select
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time

# Kilobytes. The address sanitizer keeps what is freed: there is nothing to be measured.
MEMORY = 64 * 1024 if 'ASAN_OPTIONS' not in os.environ else 1 << 30
SERVED = 15               # seconds until the service goes on: what is held by then ran out of time


class Target:
    """The program under attack."""

    def __init__(self, path, folder):
        self.child = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = int(self.read('PORT'))
        self.pem = os.path.join(folder, 'peer.pem')
        self.ask('identity ' + self.pem, 'IDENTITY')
        self.begun = self.memory()

    def read(self, word):
        line = self.child.stdout.readline().decode().strip()
        assert line.startswith(word + ' '), 'the target said: %r' % line
        return line[len(word) + 1:]

    def ask(self, command, word):
        self.child.stdin.write(command.encode() + b'\n')
        self.child.stdin.flush()
        return self.read(word)

    def state(self):
        unknown, known, channels, asked, memory = map(int, self.ask('state', 'STATE').split())
        return {'unknown': unknown, 'known': known, 'channels': channels, 'asked': asked,
                'memory': memory}

    def memory(self):
        return self.state()['memory']

    def end(self):
        self.child.stdin.close()
        assert self.child.wait(20) == 0, 'the target did not end well'


def source(number):
    """An address on loopback: as many as one likes."""
    return ('127.%d.%d.%d' % (1 + number // 62500, number // 250 % 250, 1 + number % 250), 0)


def plain(target, number=0):
    sock = socket.socket()
    sock.settimeout(10)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.bind(source(number))
    sock.connect(('127.0.0.1', target.port))
    return sock


@functools.cache
def context(target, highest=ssl.TLSVersion.TLSv1_3, own=True):
    settings = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    settings.check_hostname = False
    settings.verify_mode = ssl.CERT_NONE
    settings.maximum_version = highest
    if own:
        settings.load_cert_chain(target.pem)
    return settings


def shaken(target, number=0, **settings):
    return context(target, **settings).wrap_socket(plain(target, number))


REQUEST = (b'GET /dpop HTTP/1.1\r\nHost: dpop.invalid\r\nUpgrade: websocket\r\n'
           b'Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'
           b'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: dpop-1\r\n')


def upgraded(target, number=0, extra=b''):
    """A connection that is a WebSocket, and the head of the answer."""
    sock = shaken(target, number)
    sock.sendall(REQUEST + extra + b'\r\n')
    head = b''
    while not head.endswith(b'\r\n\r\n'):
        byte = sock.recv(1)
        assert byte, 'no WebSocket: %r' % head
        head += byte
    assert head.startswith(b'HTTP/1.1 101'), head
    return sock, head


def frame(opcode, payload, fin=True, reserved=0):
    head = bytes([(0x80 if fin else 0) | reserved | opcode])
    if len(payload) < 126:
        head += bytes([0x80 | len(payload)])
    elif len(payload) < 65536:
        head += bytes([0x80 | 126]) + struct.pack('>H', len(payload))
    else:
        head += bytes([0x80 | 127]) + struct.pack('>Q', len(payload))
    return head + bytes(4) + payload


def is_cut(sock, seconds):
    """Whether the other side ends the connection in that time; what it sends is thrown away."""
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            sock.settimeout(max(end - time.monotonic(), 0.01))
            if not sock.recv(65536):
                return True
    except (socket.timeout, TimeoutError):
        return False
    except OSError:
        return True
    return False


def send_until_cut(sock, piece, most):
    """Fails when MOST bytes went through; some do, into the buffers of the kernel."""
    sock.settimeout(5)
    sent = 0
    with contextlib.suppress(OSError):
        while sent < most:
            sock.sendall(piece)
            sent += len(piece)
    assert sent < most, '%d bytes were taken' % sent


# ---- the claims ----

def a_thousand_connections(target):
    """1,000 connections that shake hands and say nothing of who they are"""
    held = []
    for number in range(1000):
        with contextlib.suppress(OSError, AssertionError):
            held.append(upgraded(target, number // 4)[0])
    state = target.state()
    assert state['unknown'] <= 128, state
    assert len(held) > 100, len(held)    # they did come in
    grown = state['memory'] - target.begun
    assert grown < MEMORY, '%d kB' % grown
    for sock in held:
        sock.close()


def one_address(target):
    """one address holds a few places, no more"""
    held = [plain(target, 0) for _ in range(100)]
    time.sleep(0.3)
    state = target.state()
    assert 0 < state['unknown'] <= 8, state
    assert target.ask('exchange', 'EXCHANGE') == 'ok'
    for sock in held:
        sock.close()


def slow_loris(target):
    """bytes that trickle in, in the handshake, in the request, in the hello"""
    held = [plain(target, number) for number in range(3)]
    held += [shaken(target, 10 + number) for number in range(3)]
    held += [upgraded(target, 20 + number)[0] for number in range(3)]
    words = [b'\x16\x03\x01\x02\x00\x01' + bytes(506), REQUEST, frame(2, bytes(514))]
    begun, cut = time.monotonic(), {}
    for step in range(60):
        for number, sock in enumerate(held):
            if number in cut:
                continue
            try:
                sock.send(words[number // 3][step:step + 1])
                if select.select([sock], [], [], 0)[0] and number < 6 and is_cut(sock, 0.01):
                    raise OSError
            except OSError:
                cut[number] = time.monotonic() - begun
        time.sleep(0.22)
        if len(cut) == len(held):
            break
    assert len(cut) == len(held), 'still there: %s' % (set(range(9)) - set(cut))
    assert max(cut.values()) < 12.5, cut
    assert target.state()['unknown'] == 0


def fragments_without_end(target):
    """fragments of a message that never ends"""
    for size in (0, 1, 100):
        sock, _ = upgraded(target)
        sock.sendall(frame(2, bytes(size), fin=False))
        send_until_cut(sock, frame(0, bytes(size), fin=False) * 100, 32 << 20)
        sock.close()


def deflate(target):
    """compression, offered and then used all the same"""
    for extra in (b'', b'Sec-WebSocket-Extensions: permessage-deflate\r\n'):
        sock, head = upgraded(target, extra=extra)
        assert b'xtension' not in head, head
        sock.sendall(frame(2, b'\xaa' * 100, reserved=0x40))
        assert is_cut(sock, 2)
        sock.close()


def lengths(target):
    """lengths of 2^63, and others that nobody means"""
    for length in (1 << 63, (1 << 63) - 1, (1 << 64) - 1, (1 << 64) - 11, 1 << 32, 1 << 20, 2000):
        sock, _ = upgraded(target)
        if length < 65536:
            sock.sendall(b'\x82\xfe' + struct.pack('>H', length))
        else:
            sock.sendall(b'\x82\xff' + struct.pack('>Q', length))
        assert is_cut(sock, 2), length
        sock.close()
    for head in (b'\x82\xfe\x00\x05', b'\x82\xff' + struct.pack('>Q', 100), b'\x82\x05',
                 b'\x81\x81', b'\x89\xfe\x00\x7e', b'\x09\x80', b'\x83\x80', b'\x8b\x80',
                 b'\x80\x80', b'GET /'):
        sock, _ = upgraded(target)
        sock.sendall(head + bytes(20))
        assert is_cut(sock, 2), head
        sock.close()


def pings(target):
    """pings from a peer that never reads the answers"""
    sock, _ = upgraded(target)
    send_until_cut(sock, frame(9, bytes(125)) * 50, 32 << 20)
    sock.close()


def check_tasks(times):
    """An empty task is answered in 50 ms. A busy machine may be slower once in a while; with the
    pool taken, it is seconds, each time."""
    times.sort()
    print('# empty tasks took %.1f ms, the slowest %.1f ms'
          % (times[len(times) // 2] / 1000, times[-1] / 1000))
    assert times[len(times) // 2] < 50000 and times[-1] < 500000, times


def silent_thousand(target):
    """1,000 connections that say nothing at all do not keep a task waiting"""
    held, times = [], []
    for number in range(1000):
        held.append(plain(target, number))
        if number % 20 == 19:
            times.append(int(target.ask('task', 'TASK')))
    # And those that begin to shake hands, and then fall silent.
    for number in range(200):
        sock = plain(target, 2000 + number)
        sock.sendall(b'\x16\x03\x01\x02\x00\x01')
        held.append(sock)
        if number % 20 == 19:
            times.append(int(target.ask('task', 'TASK')))
    check_tasks(times)
    assert target.state()['unknown'] <= 128
    assert target.ask('exchange', 'EXCHANGE') == 'ok'
    for sock in held:
        sock.close()


def stalled_handshakes(target):
    """handshakes that stop after the ClientHello leave others a way in, and end"""
    held = []
    for number in range(40):
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        half = context(target).wrap_bio(incoming, outgoing)
        with contextlib.suppress(ssl.SSLWantReadError):
            half.do_handshake()
        sock = plain(target, number)
        sock.sendall(outgoing.read())
        held.append(sock)
    check_tasks([int(target.ask('task', 'TASK')) for _ in range(20)])
    for sock in held:
        sock.close()


class Cutting:
    """A socket for a TLS handshake in memory, of which only so many bytes are sent."""

    def __init__(self, target, number):
        self.sock = plain(target, number)
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.half = context(target).wrap_bio(self.incoming, self.outgoing)
        self.sent = 0

    def run(self, most):
        """TRUE when all was sent that there was to send."""
        rest = [REQUEST + b'\r\n' + frame(2, bytes(100))]
        while True:
            try:
                self.half.do_handshake()
                if not rest:
                    return not self.flush(most)
                self.half.write(rest.pop())
            except ssl.SSLWantReadError:
                if self.flush(most):
                    return False
                got = self.sock.recv(65536)
                if not got:
                    return False
                self.incoming.write(got)

    def flush(self, most):
        piece = self.outgoing.read()[:most - self.sent]
        self.sock.sendall(piece)
        self.sent += len(piece)
        return self.sent >= most


def early_ends(target):
    """connections that end at every byte of handshake, request and first message"""
    whole = Cutting(target, 0)
    whole.run(1 << 30)
    length = whole.sent
    whole.sock.close()
    for most in range(length + 1):
        peer = Cutting(target, most)
        with contextlib.suppress(OSError):
            peer.run(most)
        if most % 3 == 0:    # with a reset as well
            peer.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        peer.sock.close()
    print('# %d bytes' % length)
    assert length > 700, length


def old_tls(target):
    """TLS 1.2"""
    for number in range(3):
        try:
            sock = shaken(target, number, highest=ssl.TLSVersion.TLSv1_2)
        except OSError:
            continue
        with contextlib.suppress(OSError):
            sock.sendall(REQUEST + b'\r\n')
        sock.settimeout(3)
        try:
            answer = sock.recv(100)
        except OSError:
            answer = b''
        assert answer == b'', answer
        sock.close()


def no_certificate(target):
    """a peer without a certificate"""
    with contextlib.suppress(OSError):
        sock = shaken(target, own=False)
        sock.sendall(REQUEST + b'\r\n')
        sock.settimeout(3)
        assert sock.recv(100) == b''


def requests(target):
    """requests that are no request for a WebSocket, or hide something behind it"""
    for request in (b'GET / HTTP/1.1\r\nHost: a\r\n\r\n', b'POST /dpop HTTP/1.1\r\n\r\n',
                    REQUEST + b'Content-Length: 100\r\n\r\n' + bytes(100),
                    REQUEST + b'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
                    REQUEST.replace(b'\r\n', b'\n') + b'\n', b'\r\n' + REQUEST + b'\r\n',
                    REQUEST + b' folded: yes\r\n\r\n', REQUEST + b'A: ' + bytes(3) + b'\r\n\r\n',
                    b'A' * 5000, (b'GET / HTTP/1.1\r\n\r\n') * 1000):
        sock = shaken(target)
        with contextlib.suppress(OSError):
            sock.sendall(request)
        sock.settimeout(7)
        got = b''
        with contextlib.suppress(OSError):
            while True:
                piece = sock.recv(65536)
                if not piece:
                    break
                got += piece
        assert b' 101 ' not in got, request
        sock.close()


def wrong_hellos(target):
    """no identity, or one of random bytes"""
    for words in ([], [frame(2, b'')], [frame(2, bytes(514))], [frame(2, b'\x01\x02')],
                  [frame(2, b'\x04')], [frame(2, b'\x01\x01' + bytes(512))],
                  [frame(2, b'\x01\x01' + b''.join(bytes([i]) * 32 for i in range(16))),
                   frame(2, b'\x02' + os.urandom(1792)), frame(2, b'\x03' + os.urandom(112)),
                   frame(2, b'\x04')]):
        sock, _ = upgraded(target)
        with contextlib.suppress(OSError):
            for word in words:
                sock.sendall(word)
        assert not words or is_cut(sock, 3), words
        sock.close()


class Mallory:
    """Stands between a computer that dials and the target, with a TLS connection to each, passes on
    all that they say, and keeps what the dialer said."""

    def __init__(self, target):
        self.target = target
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.said = b''
        self.heard = b''
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        settings = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        settings.load_cert_chain(self.target.pem)
        left = settings.wrap_socket(self.listener.accept()[0], server_side=True)
        right = shaken(self.target)
        left.settimeout(0.02)
        right.settimeout(0.02)
        while True:
            for here, there in ((left, right), (right, left)):
                try:
                    piece = here.recv(65536)
                except (socket.timeout, TimeoutError, ssl.SSLWantReadError):
                    continue
                except OSError:
                    piece = b''
                if not piece:
                    left.close()
                    right.close()
                    return
                if here is left:
                    self.said += piece
                else:
                    self.heard += piece
                with contextlib.suppress(OSError):
                    there.sendall(piece)


def relayed(target):
    """a relayed exporter: somebody between two computers that know each other"""
    mallory = Mallory(target)
    answer = target.ask('dial %d' % mallory.port, 'DIAL')
    mallory.thread.join(5)
    assert answer != 'ok', answer
    assert mallory.said.startswith(b'GET /dpop') and len(mallory.said) > 2000    # it did relay
    assert len(mallory.heard) > 500


def replayed(target):
    """what a computer said once, said again by another"""
    mallory = Mallory(target)
    target.ask('dial %d' % mallory.port, 'DIAL')
    mallory.thread.join(5)
    sock = shaken(target)
    with contextlib.suppress(OSError):
        sock.sendall(mallory.said)
    assert is_cut(sock, 12), 'it was not turned out'
    sock.close()


CLAIMS = (a_thousand_connections, one_address, slow_loris, fragments_without_end, deflate, lengths,
          pings, silent_thousand, stalled_handshakes, early_ends, old_tls, no_certificate, requests,
          wrong_hellos, replayed, relayed)


def check_after(target):
    """Nothing was accepted, little was used, and the service goes on."""
    end = time.monotonic() + SERVED
    while (answer := target.ask('exchange', 'EXCHANGE')) != 'ok':
        assert time.monotonic() < end, answer
        time.sleep(0.5)
    while (state := target.state())['known'] > 0 or state['unknown'] > 0:
        assert time.monotonic() < end, state
        time.sleep(0.1)
    grown = state['memory'] - target.begun
    assert grown < MEMORY, 'memory grew by %d kB' % grown
    return grown


def main():
    program, only = sys.argv[1], sys.argv[2:]
    claims = [claim for claim in CLAIMS if not only or claim.__name__ in only]
    failed = 0
    print('TAP version 13\n1..%d' % len(claims), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        target = Target(program, folder)
        assert target.ask('exchange', 'EXCHANGE') == 'ok'
        for number, claim in enumerate(claims, 1):
            begun = time.monotonic()
            before = target.state()
            try:
                claim(target)
                after = target.state()
                # One channel for each exchange that was asked for within the claim.
                accepted = after['asked'] - before['asked']
                assert accepted <= (1 if claim in (one_address, silent_thousand) else 0), after
                grown = check_after(target)
                verdict = 'ok'
                print('# %.1f s, %d kB more than at first' % (time.monotonic() - begun, grown))
            except AssertionError as error:
                failed, verdict = 1, 'not ok'
                print('# ' + str(error).replace('\n', ' ')[:500])
            print('%s %d - %s' % (verdict, number, claim.__doc__), flush=True)
        target.end()
    return failed


if __name__ == '__main__':
    sys.exit(main())
