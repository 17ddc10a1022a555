"""A child that is kept from one request to the next, and replaced where it is gone for a reason of nobody's."""

import atexit
import os
import signal
import threading

from sandbox.child import Child, Gone

# No request ends a child like this, but an impatient system, a person, or a child that was idle for long.
_BLAMELESS = (0, -signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP)


class KeptChild:
    """The one child of this process that runs `module`, which one thread at a time talks to.

    The first request starts it. One that is gone (killed from outside, ended for having been idle, or inherited by a
    fork, which may not share it) is replaced, and the request is put once more.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        self._command = (module, *arguments)
        self._lock = threading.RLock()
        self._child: Child | None = None
        os.register_at_fork(after_in_child=self._forget)
        atexit.register(self.end)

    def ask(self, request: bytes, *, wall_seconds: float) -> bytes:
        """The answer to one request; raises Gone or OutOfTime where the request has ended the child."""
        try:
            with self._lock:
                return self._running().ask(request, wall_seconds=wall_seconds)
        except Gone as gone:
            if gone.status not in _BLAMELESS:
                raise
        with self._lock:
            return self._running().ask(request, wall_seconds=wall_seconds)

    @property
    def pid(self) -> int | None:
        """Process id of the child, where there is one."""
        child = self._child
        return child.pid if child is not None and child.is_running else None

    def end(self) -> None:
        """Let the child go; the next request starts another."""
        with self._lock:
            if self._child is not None:
                self._child.end()
                self._child = None

    def _running(self) -> Child:
        if self._child is None or not self._child.is_running:
            if self._child is not None:
                self._child.end()
            self._child = Child(*self._command)
        return self._child

    def _forget(self) -> None:
        """Forget, in a fork: the lock may be held by a thread that is not here, and the pipes are the parent's."""
        if self._child is not None:
            self._child.let_go()
        self._lock, self._child = threading.RLock(), None
