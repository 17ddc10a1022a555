"""A child process that reads what strangers sent, within limits of memory and time: its parent's side, and its own.

Requests go to its standard input and answers come from its standard output, each after its length. It sees nothing of
its parent's environment, and its parent's end closes the input, so that it never outlives it by more than one request.
(It is not told of that end by a signal, which would come at the end of the thread that started it, too.)
"""

import os
import resource
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

MAX_ANSWER = 256 * 1024 * 1024
MAX_ADDRESSES = 2 * 1024 * 1024 * 1024
_LENGTH = struct.Struct(">Q")
_ROOT = Path(__file__).resolve().parents[1]


class Gone(Exception):
    """The child ended, or had to be ended, before it answered."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status

    @property
    def is_out_of_time(self) -> bool:
        return self.status == -signal.SIGPROF


class OutOfTime(Exception):
    """The child stood still for too long, and was ended."""


def serve(
    answer: Callable[[bytes], bytes], *, max_data: int, cpu_seconds: float, idle_seconds: float | None = None
) -> None:
    """Answer one request after the other, in the child, until the input is closed, each within data and time.

    A request over them ends the process: time by the default action of the timer's signal, data by its MemoryError.
    It ends by itself, too, once nobody has asked for `idle_seconds`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_ADDRESSES, MAX_ADDRESSES))
    resource.setrlimit(resource.RLIMIT_DATA, (max_data, max_data))
    while _is_asked(idle_seconds) and (head := sys.stdin.buffer.read(_LENGTH.size)):
        signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
        reply = answer(sys.stdin.buffer.read(*_LENGTH.unpack(head)))
        signal.setitimer(signal.ITIMER_PROF, 0)
        sys.stdout.buffer.writelines((_LENGTH.pack(len(reply)), reply))
        sys.stdout.buffer.flush()


def _is_asked(idle_seconds: float | None) -> bool:
    """Whether there is something to read, or the input was closed, before the time is over."""
    # Nobody asks before having the last answer, so that nothing can lie in the buffer already.
    return bool(select.select([sys.stdin.buffer], [], [], idle_seconds)[0])


class Child:
    """One running child and the two pipes to it; `module` is run with the arguments, and serves."""

    def __init__(self, module: str, *arguments: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 -- our own modules
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            bufsize=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._into, self._from = self._process.stdin, self._process.stdout
        self.pid = self._process.pid
        os.set_blocking(self._into.fileno(), False)

    def ask(self, request: bytes, *, wall_seconds: float) -> bytes:
        """The answer to one request; raises Gone or OutOfTime, after which there is no child."""
        deadline = time.monotonic() + wall_seconds
        try:
            for part in (_LENGTH.pack(len(request)), request):
                self._send(part, deadline)
            (length,) = _LENGTH.unpack(self._receive(_LENGTH.size, deadline))
            if length > MAX_ANSWER:
                raise OutOfTime
            return self._receive(length, deadline)
        except OSError as error:
            raise Gone(self._ended()) from error
        except OutOfTime:
            self._process.kill()
            self._ended()
            raise

    def _send(self, data: bytes, deadline: float) -> None:
        left = memoryview(data)
        while left:
            _wait(self._into.fileno(), select.POLLOUT, deadline)
            left = left[os.write(self._into.fileno(), left) :]

    def _receive(self, size: int, deadline: float) -> bytes:
        parts = []
        while size:
            _wait(self._from.fileno(), select.POLLIN, deadline)
            part = os.read(self._from.fileno(), min(size, 1 << 20))
            if not part:
                raise BrokenPipeError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def end(self) -> None:
        self._into.close()
        self._ended()

    def _ended(self) -> int:
        """Exit status, once its pipes are closed and it has had a moment to end by itself."""
        self.let_go()
        try:
            return self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def let_go(self) -> None:
        self._into.close()
        self._from.close()

    @property
    def is_running(self) -> bool:
        return not self._into.closed and self._process.poll() is None


def _wait(descriptor: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(descriptor, event)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise OutOfTime
