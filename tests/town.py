"""Many web servers at once, each on a loopback address of its own, with feeds that go on; all of it in one thread."""

import asyncio
import threading
from collections import Counter
from dataclasses import dataclass, field

DELAY = 0.02  # long enough for connections to meet


@dataclass
class Town:
    """`most_at_once` are the most connections of each host that waited for an answer; `asked` counts host and path.

    A feed lists `listed` entries. One whose number is in `moved` answers with a redirect to another host.
    """

    hosts: list[str]
    feeds: int
    moved: frozenset[int] = frozenset()
    listed: int = 4
    asked: Counter = field(default_factory=Counter)
    most_at_once: Counter = field(default_factory=Counter)

    def __enter__(self) -> "Town":
        self._open, self._port, started = Counter(), 0, threading.Event()
        self._loop = asyncio.new_event_loop()

        def run() -> None:
            asyncio.set_event_loop(self._loop)
            self._loop.run_until_complete(self._start())
            started.set()
            self._loop.run_forever()

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        assert started.wait(timeout=30)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)

    async def _start(self) -> None:
        first = await asyncio.start_server(self._answer, self.hosts[0], 0, backlog=200)
        self._port = first.sockets[0].getsockname()[1]
        await asyncio.start_server(self._answer, self.hosts[1:], self._port, backlog=200)

    def address(self, number: int) -> str:
        return f"http://{self.hosts[number % len(self.hosts)]}:{self._port}/{number}"

    def target(self, number: int) -> tuple[str, str]:
        """Host and path at which the feed really lies."""
        step = len(self.hosts) // 2 if number in self.moved else 0
        return self.hosts[(number + step) % len(self.hosts)], f"/{'there-' if number in self.moved else ''}{number}"

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        self._open[host] += 1
        self.most_at_once[host] = max(self.most_at_once[host], self._open[host])
        try:
            path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()
            self.asked[host, path] += 1
            await asyncio.sleep(DELAY)
            writer.write(self._document(path))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # whoever asked was killed
        finally:
            self._open[host] -= 1
            writer.close()

    def _document(self, path: str) -> bytes:
        number = int(path.rpartition("-")[2].strip("/"))
        host, where = self.target(number)
        if path != where:
            location = f"http://{host}:{self._port}{where}".encode()
            return b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % location
        items = "".join(
            f"<item><guid>{number}-{n}</guid><title>Report {n} of the correspondent in town {number}</title>"
            f"<link>https://news.example/{number}/{n}</link></item>"
            for n in range(self.listed)
        )
        body = f"<rss version='2.0'><channel><title>Feed {number}</title>{items}</channel></rss>".encode()
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%b" % (len(body), body)
