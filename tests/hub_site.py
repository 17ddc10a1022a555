"""A WebSub hub on a loopback address: takes questions, calls back to confirm them, and sends signed documents."""

import hashlib
import hmac
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode


@dataclass
class HubSite:
    """`asked` lists the forms that came, `status` and `headers` are what it answers.

    `before_answering` is called with each form.
    """

    host: str = "127.0.0.1"

    status: int = 202
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    before_answering: object = None

    def __enter__(self) -> "HubSite":
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                hub.asked.append(form)
                if hub.before_answering:
                    hub.before_answering(form)
                self.send_response(hub.status)
                self.send_header("Content-Length", "0")
                for name, value in hub.headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer((self.host, 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=10)

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self._server.server_address[1]}/hub"

    def verify(self, form: dict[str, str] | None = None, **changed: str) -> tuple[int, str]:
        """Status and text of the answer to a question about the form that came last, or another one."""
        form = form or self.asked[-1]
        said = {name: form[f"hub.{name}"] for name in ("mode", "topic", "lease_seconds") if f"hub.{name}" in form}
        said = {"challenge": "let me in", **said, **changed}
        query = urlencode({f"hub.{name}": value for name, value in said.items()})
        return _open(urllib.request.Request(f"{form['hub.callback']}?{query}"))

    def send(self, body: bytes, *, form: dict[str, str] | None = None, method: str = "sha256", **headers: str) -> int:
        """Distribute a document to whoever asked last; the status of the answer."""
        form = form or next(form for form in self.asked[::-1] if "hub.secret" in form)
        digest = hmac.new(form["hub.secret"].encode(), body, getattr(hashlib, method)).hexdigest()
        names = {"Content-Type": "application/rss+xml", "X-Hub-Signature": f"{method}={digest}"}
        names |= {name.replace("_", "-"): value for name, value in headers.items()}
        return _open(urllib.request.Request(form["hub.callback"], data=body, headers=names))[0]


def _open(request: urllib.request.Request) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
