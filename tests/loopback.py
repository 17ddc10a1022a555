"""A web server on a loopback address whose every answer a test writes itself, byte by byte where need be."""

import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

Answer = Callable[["Asked", Callable[[bytes], None]], None]


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]
    stop: threading.Event
    body: bytes = b""


@dataclass
class Site:
    """Answers by path; `asked` lists the requests, `most_at_once` the most that waited for an answer at once.

    A connection counts until its answer begins, since no client can have gone on to the next by then.
    """

    host: str = "127.0.0.1"
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    most_at_once: int = 0

    def __enter__(self) -> "Site":
        site, self._stop, self._lock, self._open = self, threading.Event(), threading.Lock(), 0

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                site._serve(self.rfile, self.wfile)

        self._server = socketserver.ThreadingTCPServer((self.host, 0), Handler, bind_and_activate=True)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=10)

    def _serve(self, incoming, outgoing) -> None:
        waiting = [self._count(1)]

        def write(part: bytes) -> None:
            if waiting:
                waiting.pop()
                self._count(-1)
            outgoing.write(part)

        try:
            lines = []
            while (line := incoming.readline(65536)) not in (b"\r\n", b"\n", b""):
                lines.append(line.decode("latin-1").strip())
            if not lines:
                return
            pairs = (line.partition(":") for line in lines[1:])
            headers = {n.lower(): v.strip() for n, _, v in pairs}
            body = incoming.read(int(headers.get("content-length", 0)))
            asked = Asked(lines[0].split(" ")[1], headers, self._stop, body)
            self.asked.append(asked)
            self.answers.get(asked.path, reply(b"", status=404))(asked, write)
        except OSError:
            pass  # the client hung up, as it should on some of the answers
        finally:
            if waiting:
                self._count(-1)

    def _count(self, change: int) -> None:
        with self._lock:
            self._open += change
            self.most_at_once = max(self.most_at_once, self._open)

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}:{self._server.server_address[1]}{path}"

    def at(self, path: str, answer: Answer) -> str:
        self.answers[path] = answer
        return self.url(path)


def reply(body: bytes, *, status: int = 200, **headers: str) -> Answer:
    """A whole answer; header names are written with underscores."""
    lines = [f"HTTP/1.1 {status} Said", "Connection: close", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return lambda _asked, write: write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def redirect(to: str, *, status: int = 302) -> Answer:
    return reply(b"", status=status, Location=to)
