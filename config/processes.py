"""The processes of one `up`: one group, which ends with the supervisor however the supervisor ends."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ORDERLY_STOP_SECONDS = 8.0


class Processes:
    """Children share a process group of their own, so that a Ctrl-C reaches the supervisor alone.

    The group's first process, the watchdog, waits on a pipe that only the supervisor holds open. When the supervisor is
    gone, even by SIGKILL, the watchdog ends the group, and with it what the children have started themselves.
    """

    def __init__(self, *, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._environment = dict(environment)
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._watchdog = self._spawn(["-m", "config.watchdog"], group=0, stdin=subprocess.PIPE)

    def start(self, name: str, arguments: Sequence[str]) -> None:
        """`arguments` are Python's; what the child prints joins the log on standard error."""
        self._children[name] = self._spawn(arguments, group=self._watchdog.pid, stdout=sys.stderr.fileno())

    def run(self, name: str, arguments: Sequence[str], *, interrupted: Callable[[], bool]) -> int | None:
        """Runs one child to its end, its output being ours, and returns its exit code; None when interrupted."""
        child = self._children[name] = self._spawn(arguments, group=self._watchdog.pid)
        while child.poll() is None and not interrupted():
            time.sleep(0.05)
        if child.returncode is not None:
            del self._children[name]
        return child.returncode

    def ended(self) -> str | None:
        """Says which process is no longer there."""
        for name, child in self._children.items():
            if child.poll() is not None:
                return f"{name} ended ({how_it_ended(child.returncode)})"
        return "the watchdog ended" if self._watchdog.poll() is not None else None

    def stop(self, *, hurry: Callable[[], bool]) -> None:
        """Asks every child to stop, waits a little, then ends what is left."""
        for child in self._children.values():
            child.terminate()
        until = time.monotonic() + ORDERLY_STOP_SECONDS
        while any(child.poll() is None for child in self._children.values()):
            if hurry() or time.monotonic() > until:
                break
            time.sleep(0.05)
        self._end_group()

    def _end_group(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._watchdog.pid, signal.SIGKILL)
        for child in (*self._children.values(), self._watchdog):
            child.wait()

    def _spawn(
        self, arguments: Sequence[str], *, group: int, stdin: int = subprocess.DEVNULL, stdout: int | None = None
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own modules, no shell
            [sys.executable, *arguments],
            cwd=self._folder,
            env=self._environment,
            process_group=group,
            stdin=stdin,
            stdout=stdout,
        )


def how_it_ended(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
