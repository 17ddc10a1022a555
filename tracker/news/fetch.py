"""The only file that opens connections to addresses that came from outside.

Every connection is judged by the IP address it is about to be made to, so neither a redirect nor a name server that
changes its answer leads past the guard. A failure is a result with words for people, never an exception.
"""

import asyncio
import contextvars
import errno
import socket
import time
from collections import defaultdict
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import urljoin

import aiohttp
import uvloop
from aiohttp.abc import AbstractResolver
from yarl import URL

from tracker.news.addresses import Network, Refused, check_address, host_of, networks, refusal
from tracker.news.exchange import MIB, Fetch, Fetched, Limits, Request
from tracker.news.inflate import ACCEPTED, Damaged, Inflater, TooLarge

__all__ = ["Fetch", "Fetched", "Limits", "Request", "fetch_many", "fetch_one"]

CONCURRENCY = 32
PER_HOST = 2
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
PERMANENT = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
REDIRECTS = (*PERMANENT, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT)
KEEPING_METHOD = (HTTPStatus.TEMPORARY_REDIRECT, HTTPStatus.PERMANENT_REDIRECT)
COMPLETE = (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION, HTTPStatus.IM_USED, HTTPStatus.NOT_MODIFIED)


# Words for the connections that the guard refused during one request.
_refusals: contextvars.ContextVar[list[str]] = contextvars.ContextVar("_refusals")


def fetch_one(
    request: Request, *, limits: Limits, user_agent: str, resolver: AbstractResolver | None = None
) -> Fetched:
    """One document; see `fetch_many`."""
    return fetch_many([request], limits=limits, user_agent=user_agent, resolver=resolver)[0]


def fetch_many(
    requests: Sequence[Request], *, limits: Limits, user_agent: str, resolver: AbstractResolver | None = None
) -> list[Fetched]:
    """What came of each request, in their order; at most two connections to a host at a time.

    `resolver` replaces the machine's name server.
    """
    work = partial(_fetch_all, requests, limits=limits, user_agent=user_agent, resolver=resolver)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _run(work())
    # A thread that runs a loop already cannot run ours beside it.
    with ThreadPoolExecutor(max_workers=1) as other_thread:
        return other_thread.submit(lambda: _run(work())).result()


def _run(work: Coroutine[None, None, list[Fetched]]) -> list[Fetched]:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


async def _fetch_all(
    requests: Sequence[Request], *, limits: Limits, user_agent: str, resolver: AbstractResolver | None
) -> list[Fetched]:
    connector = aiohttp.TCPConnector(
        limit=0,
        force_close=True,  # a feed is one document
        socket_factory=_guard(networks([str(network) for network in limits.allowed_networks])),
        resolver=resolver,
    )
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        headers={"User-Agent": user_agent, "Accept-Encoding": ACCEPTED, "Accept": ACCEPT},
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=limits.connect_seconds, sock_read=limits.idle_seconds),
        max_line_size=32 * 1024,
        max_field_size=32 * 1024,
        trust_env=False,  # a proxy would connect past the guard
    )
    async with session:
        reader = _Reader(session, limits)
        return list(await asyncio.gather(*(reader.fetch(request) for request in requests)))


def _guard(allowed: Sequence[Network]) -> aiohttp.SocketFactoryType:
    def open_socket(addr_info: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, peer = addr_info
        words = refusal(str(peer[0]), allowed)
        if words:
            _refusals.get().append(
                f"This address leads to {words} ({peer[0]}); allow it with HINDCAST_ALLOWED_NETWORKS if it is meant."
            )
            raise OSError(errno.EACCES, "refused by the guard")
        return socket.socket(family, kind, protocol)

    return open_socket


@dataclass(frozen=True, slots=True)
class _Hop:
    """One answer; `target` is set where it redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    target: str = ""


class _Reader:
    """Follows requests to their documents over one session."""

    def __init__(self, session: aiohttp.ClientSession, limits: Limits) -> None:
        self._session = session
        self._limits = limits
        self._began = time.monotonic()
        self._slots = asyncio.Semaphore(CONCURRENCY)
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(PER_HOST))
        self._turns: dict[str, float] = {}

    async def fetch(self, request: Request) -> Fetched:
        """The last answer of the chain of redirects, or what went wrong on the way."""
        result = request.so_far or Fetched(address=request.address, final_address=request.address)
        try:
            result = await self._follow(request, result)
        except Refused as refused:
            result = replace(result, onward="", error=refused.reason)
        return replace(result, ended_after=time.monotonic() - self._began)

    async def _follow(self, request: Request, result: Fetched) -> Fetched:
        address = result.onward or check_address(request.address)
        first, is_permanent, seconds = address if not result.onward else "", result.is_permanent, result.seconds
        for hops in range(result.hops, self._limits.redirects + 1):
            hop, took = await self._ask(address, request, spent=seconds)
            seconds += took
            if isinstance(hop, str):
                return replace(result, final_address=address, onward="", seconds=seconds, error=hop)
            got = replace(
                result, final_address=address, onward="", status=hop.status, headers=hop.headers, seconds=seconds
            )
            if hop.status not in REDIRECTS:
                has_moved = hops > 0 and is_permanent and address != (first or check_address(request.address))
                moved = address if has_moved else ""
                return replace(got, body=hop.body, error=_status_words(hop, request), moved_permanently_to=moved)
            result, is_permanent = got, is_permanent and hop.status in PERMANENT
            try:
                address = _target(hop, address, request)
            except Refused as refused:
                return replace(got, error=refused.reason)
            if request.hosts is not None and host_of(address) not in request.hosts:
                return replace(got, onward=address, hops=hops + 1, is_permanent=is_permanent)
        return replace(result, onward="", error=f"The address redirects more than {self._limits.redirects} times.")

    async def _ask(self, address: str, request: Request, *, spent: float) -> tuple[_Hop | str, float]:
        """One hop, or why there is none, and the seconds it took, waiting for a free place not counted."""
        _refusals.set([])
        host = host_of(address)
        async with self._hosts[host]:
            await self._turn(host, follows=request.follows)
            async with self._slots:
                started = time.monotonic()
                try:
                    async with asyncio.timeout(max(self._limits.total_seconds - spent, 0.01)):
                        hop: _Hop | str = await self._answer(address, request)
                except Exception as error:  # one bad server must not end the batch
                    hop = _words(error, host=host, limits=self._limits)
                return hop, time.monotonic() - started

    async def _turn(self, host: str, *, follows: bool) -> None:
        """Wait until the host may be asked again."""
        if gap := self._limits.gap_seconds:
            now = time.monotonic()
            turn = max(now, self._turns.get(host, self._began + gap if follows else now))
            self._turns[host] = turn + gap
            await asyncio.sleep(turn - now)

    async def _answer(self, address: str, request: Request) -> _Hop:
        headers = {}
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        method, data = ("POST", list(request.form)) if request.form else ("GET", None)
        where = URL(address, encoded=True)
        async with self._session.request(method, where, data=data, headers=headers, allow_redirects=False) as answer:
            names = MappingProxyType({name.lower(): value for name, value in answer.headers.items()})
            if answer.status in REDIRECTS or request.form:
                answer.close()  # its body is of no use and may be endless
                return _Hop(answer.status, names, target=answer.headers.get("Location", ""))
            return _Hop(answer.status, names, body=await self._body(answer))

    async def _body(self, answer: aiohttp.ClientResponse) -> bytes:
        if answer.status not in COMPLETE:
            answer.close()
            return b""
        inflater = Inflater(answer.headers.get("Content-Encoding", ""), limit=self._limits.body_bytes)
        body, received = bytearray(), 0
        async for chunk in answer.content.iter_chunked(64 * 1024):
            received += len(chunk)
            if received > self._limits.compressed_bytes:
                raise TooLarge
            body += inflater.push(chunk)
        inflater.finish()
        return bytes(body)


# What went wrong in words, the more special kinds first; {} are the host and the limits.
_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (Damaged, "{error}"),
    (TooLarge, "The document is larger than {size:g} MiB."),
    (aiohttp.ClientConnectorDNSError, "No server was found under the name {host}."),
    (
        aiohttp.ClientConnectorCertificateError,
        "The certificate of {host} is not valid, so no safe connection was made.",
    ),
    (aiohttp.ClientSSLError, "No safe connection to {host} could be made."),
    (aiohttp.ConnectionTimeoutError, "No connection to {host} came about within {limits.connect_seconds:g} s."),
    (aiohttp.SocketTimeoutError, "The server went silent for {limits.idle_seconds:g} s."),
    (TimeoutError, "The server did not answer within {limits.total_seconds:g} s."),
    (aiohttp.ClientConnectorError, "No connection to {host} could be made."),
    (aiohttp.ClientPayloadError, "The server closed the connection before the document was complete."),
    (ConnectionResetError, "The server closed the connection."),
    (aiohttp.ServerDisconnectedError, "The server closed the connection without an answer."),
    (aiohttp.ClientResponseError, "The server's answer is not proper HTTP."),
    (Exception, "The connection failed ({name})."),
)


def _words(error: Exception, *, host: str, limits: Limits) -> str:
    if refusals := _refusals.get():
        return refusals[0]
    template = next(words for kind, words in _WORDS if isinstance(error, kind))
    return template.format(
        error=error, host=host, limits=limits, size=limits.body_bytes / MIB, name=type(error).__name__
    )


def _target(hop: _Hop, address: str, request: Request) -> str:
    if request.form and hop.status not in KEEPING_METHOD:
        raise Refused(f"The server redirects what is sent to it in a way that would lose it ({hop.status}).")
    if not hop.target.strip():
        raise Refused(f"The server answered {hop.status} but did not say where to go.")
    try:
        return check_address(urljoin(address, hop.target.strip()))
    except Refused as refused:
        raise Refused(f"The address redirects to one that is not opened. {refused.reason}") from refused


def _status_words(hop: _Hop, request: Request) -> str:
    if hop.status in COMPLETE or (request.form and 200 <= hop.status < 300):
        return ""
    if hop.status == HTTPStatus.PARTIAL_CONTENT:
        return "The server sent only a part of the document (206)."
    if hop.status == HTTPStatus.GONE:
        return "The server says that this address is gone for good (410)."
    if hop.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return f"The server lets only those in whom it knows ({hop.status})."
    try:
        return f"The server answered {hop.status} {HTTPStatus(hop.status).phrase}."
    except ValueError:
        return f"The server answered {hop.status}."
