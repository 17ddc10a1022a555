"""Host limits: the requests of a batch share a host, a few at a time and with a gap between two of them."""

import asyncio
import time
from collections import defaultdict

PER_HOST = 2


class HostLimits:
    """Limits of each host in one batch; `began` is on the monotonic clock. A host that refuses is not waited for."""

    def __init__(self, *, gap_seconds: float, began: float) -> None:
        self._gap = gap_seconds
        self._began = began
        self._open: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(PER_HOST))
        self._next: dict[str, float] = {}
        self._refusing: set[str] = set()

    def at(self, host: str) -> asyncio.Semaphore:
        """Semaphore to hold while the host is asked."""
        return self._open[host]

    async def wait(self, host: str, *, follows: bool) -> None:
        """Wait until the gap since the last request is over; `follows`: since the batch began, for the first."""
        if not self._gap or host in self._refusing:
            return
        now = time.monotonic()
        start = max(now, self._next.get(host, self._began + self._gap if follows else now))
        self._next[host] = start + self._gap
        if start > now:
            await asyncio.sleep(start - now)

    def refuse(self, host: str) -> None:
        """Note that the host has asked for patience."""
        self._refusing.add(host)

    def is_refusing(self, host: str) -> bool:
        return host in self._refusing
