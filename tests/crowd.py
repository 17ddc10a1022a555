"""Many web servers on loopback addresses of their own, which count who is connected to which of them at once."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable

WAIT = 0.03
Answer = Callable[[str, str], tuple[int, str, bytes]]


class Crowd:
    """`answer` gives status, Location and body for a host and a path; `hold` keeps all answers back, `go_on` not.

    A connection counts from its acceptance until its answer begins or the client is gone.
    """

    def __init__(self, hosts: list[str], answer: Answer) -> None:
        self._hosts, self._answer = hosts, answer
        self._loop = asyncio.new_event_loop()
        self._gate = asyncio.Event()
        self._gate.set()
        self._ports: dict[str, int] = {}
        self._open: Counter[str] = Counter()
        self.most_at_once: Counter[str] = Counter()
        self.asked: Counter[tuple[str, str]] = Counter()
        self.waiting: Counter[str] = Counter()  # by User-Agent

    def __enter__(self) -> "Crowd":
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(30)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)

    async def _listen(self) -> None:
        for host in self._hosts:
            server = await self._loop.create_server(lambda host=host: _Connection(self, host), host, 0)
            self._ports[host] = server.sockets[0].getsockname()[1]

    def hold(self) -> None:
        self._loop.call_soon_threadsafe(self._gate.clear)

    def go_on(self) -> None:
        self._loop.call_soon_threadsafe(self._gate.set)

    def url(self, host: str, path: str) -> str:
        return f"http://{host}:{self._ports[host]}{path}"

    def count(self, host: str, change: int) -> None:
        self._open[host] += change
        self.most_at_once[host] = max(self.most_at_once[host], self._open[host])

    async def answer(self, host: str, path: str) -> bytes:
        self.asked[host, path] += 1
        await asyncio.sleep(WAIT)
        await self._gate.wait()
        status, location, body = self._answer(host, path)
        lines = [f"HTTP/1.1 {status} Said", "Connection: close", f"Content-Length: {len(body)}"]
        lines += [f"Location: {location}"] if location else []
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class _Connection(asyncio.Protocol):
    def __init__(self, crowd: Crowd, host: str) -> None:
        self._crowd, self._host = crowd, host
        self._said, self._agent = b"", ""
        self._is_open = False

    def connection_made(self, transport) -> None:
        self._transport, self._is_open = transport, True
        self._crowd.count(self._host, 1)

    def data_received(self, data: bytes) -> None:
        self._said += data
        if self._said.endswith(b"\r\n\r\n") and not self._agent:
            first, *lines = self._said.decode().splitlines()
            headers = dict(line.lower().split(": ", 1) for line in lines if line)
            self._agent = headers["user-agent"]
            self._crowd.waiting[self._agent] += 1
            self._task = asyncio.get_running_loop().create_task(self._say(first.split()[1]))

    async def _say(self, path: str) -> None:
        answer = await self._crowd.answer(self._host, path)
        self._done()
        self._transport.write(answer)
        self._transport.close()

    def connection_lost(self, _: Exception | None) -> None:
        self._done()

    def _done(self) -> None:
        if self._is_open:
            self._is_open = False
            self._crowd.count(self._host, -1)
            self._crowd.waiting[self._agent] -= 1
