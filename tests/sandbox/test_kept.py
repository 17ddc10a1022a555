"""Tests of a child that is kept from request to request, and ends when nobody asks."""

import os
import signal
import time
from pathlib import Path

import pytest

from sandbox.child import Gone
from sandbox.kept import KeptChild

SECONDS = 20.0


@pytest.fixture
def kept():
    """Starts a kept child, by how many seconds it waits for its next request."""
    children = []

    def start(idle_seconds):
        children.append(KeptChild("tests.sandbox.echo_child", str(idle_seconds)))
        return children[-1]

    yield start
    for child in children:
        child.end()
        assert child.pid is None


def has_ended(pid):
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


def test_one_child_answers_all_requests(kept):
    child = kept(60)
    assert child.pid is None
    assert child.ask(b"abc", wall_seconds=SECONDS) == b"cba"
    first = child.pid
    assert child.ask(b"x" * 3_000_000 + b"y", wall_seconds=SECONDS) == b"y" + b"x" * 3_000_000
    assert child.pid == first is not None


def test_a_child_that_nobody_asks_ends_by_itself_and_the_next_request_starts_another(kept):
    child = kept(0.2)
    child.ask(b"abc", wall_seconds=SECONDS)
    first = child.pid
    for _ in range(200):
        if has_ended(first):
            break
        time.sleep(0.05)
    assert has_ended(first)
    assert child.ask(b"abc", wall_seconds=SECONDS) == b"cba"
    assert child.pid != first


def test_a_child_that_was_killed_is_replaced_and_one_that_a_request_ended_is_told_of(kept):
    child = kept(60)
    child.ask(b"abc", wall_seconds=SECONDS)
    os.kill(child.pid, signal.SIGKILL)
    assert child.ask(b"abc", wall_seconds=SECONDS) == b"cba"
    with pytest.raises(Gone) as gone:
        child.ask(b"END", wall_seconds=SECONDS)
    assert gone.value.status == 3
    assert child.ask(b"abc", wall_seconds=SECONDS) == b"cba"


def test_a_fork_has_a_child_of_its_own(kept):
    child = kept(60)
    child.ask(b"abc", wall_seconds=SECONDS)
    first, (into, out) = child.pid, os.pipe()
    if (pid := os.fork()) == 0:
        try:
            was = child.pid
            answer = child.ask(b"fork", wall_seconds=SECONDS)
            os.write(out, b"%s %d" % (answer, was is None and child.pid != first))
            child.end()
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    assert os.read(into, 100) == b"krof 1"
    assert child.ask(b"abc", wall_seconds=SECONDS) == b"cba"
    assert child.pid == first
