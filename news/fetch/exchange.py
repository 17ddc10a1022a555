"""Requests to servers, their limits and the answers: plain data for all that are handed `Fetch`."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import urljoin

from news.fetch.addresses import AddressRefused, Network, check_address, host_of

MIB = 1024 * 1024
BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
PERMANENT = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
REDIRECTS = (*PERMANENT, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT)
KEEPING_METHOD = (HTTPStatus.TEMPORARY_REDIRECT, HTTPStatus.PERMANENT_REDIRECT)
COMPLETE = (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION, HTTPStatus.IM_USED, HTTPStatus.NOT_MODIFIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Request for a document; `etag` and `last_modified` are those of the last answer that was stored.

    With `hosts`, a redirect that leads to another host than these is not followed, but reported as `Fetched.onward`;
    the same request with that answer as `so_far` goes on from there. So is an address whose host has answered another
    request of the batch with 429 or 503. A `form` is sent with POST instead, for which any 2xx is well and nothing of
    the answer is read. So is `content`, which is JSON; its answer is read whatever the status, since refusals say why.
    With `follows`, its host was asked by the call before, so that the gap must pass first.
    """

    address: str
    etag: str = ""
    last_modified: str = ""
    form: tuple[tuple[str, str], ...] = ()
    content: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    hosts: frozenset[str] | None = None
    so_far: "Fetched | None" = None
    follows: bool = False

    @property
    def next_address(self) -> str:
        """The address that is asked next."""
        return self.so_far.onward if self.so_far else self.address

    @property
    def sent_headers(self) -> dict[str, str]:
        """Headers of this request beyond those of every one."""
        own = {
            "If-None-Match": self.etag,
            "If-Modified-Since": self.last_modified,
            "Content-Type": "application/json" if self.content else "",
        }
        return {name: value for name, value in own.items() if value} | dict(self.headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of time (seconds) and size (bytes) for one document, redirects included."""

    total_seconds: float = 30.0
    connect_seconds: float = 10.0
    idle_seconds: float = 20.0
    compressed_bytes: int = 16 * MIB
    body_bytes: int = 16 * MIB
    batch_bytes: int = 128 * MIB  # of all bodies of a batch
    redirects: int = 5
    gap_seconds: float = 0.0  # between two requests to one host
    allowed_networks: Sequence[str | Network] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """Answer to a request: `status` 0 where none came; `error` empty where a document or a 304 did.

    `headers` have lower-case names. `moved_permanently_to` is set when every hop of a redirect was permanent.
    `seconds` went into the request itself, waiting for its turn not counted; it was done `ended_after` seconds from the
    start of the batch. `onward` is what was not asked: where the `hops`-th redirect leads, or the address itself. One
    that `is_put_off` found no room beside the other bodies of its batch; it may be asked for again.
    """

    address: str
    final_address: str
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    body: bytes = b""
    error: str = ""
    moved_permanently_to: str = ""
    seconds: float = 0.0
    ended_after: float = 0.0
    onward: str = ""
    hops: int = 0
    is_permanent: bool = True
    is_put_off: bool = False

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def media_type(self) -> str:
        """The content type in small letters, without its parameters."""
        return self.content_type.partition(";")[0].strip().lower()


Fetch = Callable[[Sequence[Request]], list[Fetched]]


def redirect_target(location: str, address: str, *, status: int, is_form: bool) -> str:
    """Address that an answer redirects to; raises AddressRefused where that is not gone to."""
    if is_form and status not in KEEPING_METHOD:
        raise AddressRefused(f"The server redirects what is sent to it in a way that would lose it ({status}).")
    if not location.strip():
        raise AddressRefused(f"The server answered {status} but did not say where to go.")
    try:
        return check_address(urljoin(address, location.strip()))
    except AddressRefused as refused:
        raise AddressRefused(f"The address redirects to one that is not opened. {refused}") from refused


def status_words(status: int) -> str:
    """Meaning of an answer's status in words, where it brings no document; "" where it does."""
    if status in COMPLETE:
        return ""
    if status == HTTPStatus.PARTIAL_CONTENT:
        return "The server sent only a part of the document (206)."
    if status == HTTPStatus.GONE:
        return "The server says that this address is gone for good (410)."
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return f"The server lets only those in whom it knows ({status})."
    try:
        return f"The server answered {status} {HTTPStatus(status).phrase}."
    except ValueError:
        return f"The server answered {status}."


def spread_over_hosts(requests: Sequence[Request]) -> list[int]:
    """The places of the requests, the first of each host before the second: a silent host keeps few others waiting."""
    seen: Counter[str] = Counter()
    ranked = []
    for place, request in enumerate(requests):
        host = host_of(request.address)
        ranked.append((seen[host], place))
        seen[host] += 1
    return [place for _, place in sorted(ranked)]
