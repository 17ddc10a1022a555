"""Parsing in a child process with limits, so that no document can take the memory or the time of who asks.

1. The first document starts a child, which lives as long as its parent and reads one document after the other.
2. A document that takes more memory or time than a feed may ends the child, and is refused with that reason.
3. A child that is gone for another reason (killed from outside, or inherited by a fork, which may not share it) is
   replaced, and the document is read once more.
"""

import atexit
import io
import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

from tracker.news.documents import Item, Parsed

WALL_SECONDS = 30.0
MAX_ANSWER = 256 * 1024 * 1024
TOO_MUCH_MEMORY = "Reading the document took more memory than a feed may take."
TOO_MUCH_TIME = "Reading the document took more time than a feed may take."
BROKEN = "Reading the document broke the reader; it is no feed that can be read here."
# Who ends a child like this is no document: an impatient system, a person, or the child itself after a refusal.
_BLAMELESS = (0, -signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP)
_LENGTH = struct.Struct(">Q")
_ROOT = Path(__file__).resolve().parents[2]
_ITEM_NAMES = tuple(field.name for field in fields(Item))
_PARSED_NAMES = tuple(field.name for field in fields(Parsed))
_item_values = attrgetter(*_ITEM_NAMES)
_parsed_values = attrgetter(*_PARSED_NAMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a server sent, and all that reading it needs."""

    body: bytes
    address: str
    content_type: str = ""
    now: datetime


class Gone(Exception):
    """The child ended, or had to be ended, before it answered."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _OutOfTime(Exception): ...


def parse_all(documents: Sequence[Document], *, wall_seconds: float = WALL_SECONDS) -> list[Parsed]:
    """What each document says, in their order; what cannot be read within the limits has its `error` in words."""
    return [_parse(document, wall_seconds) for document in documents]


def child_pid() -> int | None:
    """Of this process's child, where it has one."""
    child = _state.child
    return child.pid if child is not None and child.is_running else None


def end() -> None:
    """Let this process's child go; the next document starts another."""
    with _state.lock:
        if _state.child is not None:
            _state.child.end()
            _state.child = None


def packed(value: object) -> tuple[bytes, bytes]:
    """A frame of the conversation: the length of the pickle, and the pickle."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)), data


def packed_answer(parsed: Parsed) -> tuple[bytes, bytes]:
    """As plain tuples, which take a fraction of the time that the classes would."""
    values = dict(zip(_PARSED_NAMES, _parsed_values(parsed), strict=True))
    values["entries"] = tuple(map(_item_values, parsed.entries))
    return packed(values)


def _answer(data: bytes) -> Parsed:
    values = _Plain(io.BytesIO(data)).load()
    values["entries"] = tuple(Item(**dict(zip(_ITEM_NAMES, item, strict=True))) for item in values["entries"])
    return Parsed(**values)


class _Plain(pickle.Unpickler):
    """Takes nothing but plain data and times, so that a child that was taken over cannot reach its parent."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in (("datetime", "datetime"), ("datetime", "timezone"), ("datetime", "timedelta")):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")


def _parse(document: Document, wall_seconds: float) -> Parsed:
    request = packed((document.body, document.address, document.content_type, document.now))
    for is_last in (False, True):
        try:
            with _state.lock:
                return _answer(_state.running().ask(request, wall_seconds))
        except _OutOfTime:
            return Parsed(error=TOO_MUCH_TIME)
        except Gone as gone:
            if is_last or gone.status not in _BLAMELESS:
                return Parsed(error=_reason(gone.status))
        except Exception:  # an answer that is none
            end()
            return Parsed(error=BROKEN)
    raise AssertionError("a document is read twice at most")


def _reason(status: int) -> str:
    if status == -signal.SIGPROF:
        return TOO_MUCH_TIME
    return BROKEN if status == -signal.SIGSEGV else TOO_MUCH_MEMORY


class _Child:
    """One running child and the two pipes to it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tracker.news.reading"],
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

    def ask(self, request: tuple[bytes, bytes], wall_seconds: float) -> bytes:
        """The answer to one request; raises Gone or _OutOfTime, after which there is no child."""
        deadline = time.monotonic() + wall_seconds
        try:
            for part in request:
                self._send(part, deadline)
            (length,) = _LENGTH.unpack(self._receive(_LENGTH.size, deadline))
            if length > MAX_ANSWER:
                raise _OutOfTime
            return self._receive(length, deadline)
        except OSError as error:
            raise Gone(self._ended()) from error
        except _OutOfTime:
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
        """Its exit status, once its pipes are closed and it has had a moment to end by itself."""
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
        raise _OutOfTime


class _State:
    """The child of this process, which one thread at a time talks to."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.child: _Child | None = None

    def running(self) -> _Child:
        if self.child is None or not self.child.is_running:
            if self.child is not None:
                self.child.end()
            self.child = _Child()
        return self.child

    def forget(self) -> None:
        """In a fork: the lock may be held by a thread that is not here, and the pipes are the parent's."""
        if self.child is not None:
            self.child.let_go()
        self.lock, self.child = threading.RLock(), None


_state = _State()
os.register_at_fork(after_in_child=_state.forget)
atexit.register(end)
