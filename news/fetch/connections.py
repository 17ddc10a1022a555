"""Connections to addresses that came from outside; no other module opens any.

Every connection is judged by the IP address it is about to be made to, so neither a redirect nor a name server that
changes its answer leads past the guard. A failure is a result with words for people, never an exception.
"""

import asyncio
import contextvars
import errno
import socket
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

import aiohttp
import uvloop
from aiohttp.abc import AbstractResolver
from yarl import URL

from news.fetch import exchange
from news.fetch.addresses import AddressRefused, Network, check_address, host_of, networks, refusal
from news.fetch.exchange import MIB, Fetch, Fetched, Limits, Request
from news.fetch.host_limits import HostLimits
from news.fetch.inflate import ACCEPTED, BodyTooLarge, Damaged, Inflater, NoRoom, Room, inflated

__all__ = ["Fetch", "Fetched", "Limits", "Request", "fetch_many"]

CONCURRENCY = 128
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"


# Words for the connections that the guard refused during one request.
_refusals: contextvars.ContextVar[list[str]] = contextvars.ContextVar("_refusals")


def fetch_many(
    requests: Sequence[Request], *, limits: Limits, user_agent: str, resolver: AbstractResolver | None = None
) -> list[Fetched]:
    """Answers to the requests, in their order; at most two connections to a host at a time.

    `resolver` replaces the machine's name server.
    """

    def run() -> list[Fetched]:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_fetch_all(requests, limits=limits, user_agent=user_agent, resolver=resolver))

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return run()
    # A thread that runs a loop already cannot run ours beside it.
    with ThreadPoolExecutor(max_workers=1) as other_thread:
        return other_thread.submit(run).result()


async def _fetch_all(
    requests: Sequence[Request], *, limits: Limits, user_agent: str, resolver: AbstractResolver | None
) -> list[Fetched]:
    connector = _Connector(networks([str(network) for network in limits.allowed_networks]), resolver)
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        headers={"User-Agent": user_agent, "Accept-Encoding": ACCEPTED, "Accept": ACCEPT},
        max_line_size=32 * 1024,
        max_field_size=32 * 1024,
        trust_env=False,  # a proxy would connect past the guard
    )
    async with session:
        return await _FetchSession(session, limits).fetch_all(requests)


class _Connector(aiohttp.TCPConnector):
    """Connects to no address but those that the guard lets through."""

    def __init__(self, allowed: Sequence[Network], resolver: AbstractResolver | None) -> None:
        # A feed is one document, so connections are not kept.
        super().__init__(limit=0, force_close=True, socket_factory=self._socket, resolver=resolver)
        self._allowed = allowed

    def _socket(self, found: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, peer = found
        self._check(str(peer[0]))
        return socket.socket(family, kind, protocol)

    def _check(self, ip: str) -> None:
        if words := refusal(ip, self._allowed):
            _refusals.get().append(
                f"This address leads to {words} ({ip}); allow it with HINDCAST_ALLOWED_NETWORKS if it is meant."
            )
            raise OSError(errno.EACCES, "refused by the guard")

    async def _wrap_create_connection(self, *args: Any, addr_infos: list[aiohttp.AddrInfoType], **kwargs: Any) -> Any:
        """Connect to a single address without a race: at two thirds of the cost."""
        if len(addr_infos) > 1 or addr_infos[0][0] != socket.AF_INET:
            return await super()._wrap_create_connection(*args, addr_infos=addr_infos, **kwargs)
        family, _, protocol, _, (ip, port, *_) = addr_infos[0]
        self._check(str(ip))
        return await self._wrap_existing_connection(*args, ip, port, family=family, proto=protocol, **kwargs)


@dataclass(frozen=True, slots=True)
class _Hop:
    """One answer; `target` is set where it redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    target: str = ""


@dataclass(slots=True)
class _Route:
    """Route of a request so far: where it is now, over how many redirects; `onward` is where it was not taken."""

    address: str
    hops: int = 0
    seconds: float = 0.0
    is_permanent: bool = True
    last: _Hop = _Hop(0, MappingProxyType({}))
    onward: str = ""
    is_put_off: bool = False


class _FetchSession:
    """Follows requests to their documents over one session."""

    def __init__(self, session: aiohttp.ClientSession, limits: Limits) -> None:
        self._session = session
        self._limits = limits
        self._room = Room(limits.batch_bytes)
        self._began = time.monotonic()
        self._hosts = HostLimits(gap_seconds=limits.gap_seconds, began=self._began)

    async def fetch_all(self, requests: Sequence[Request]) -> list[Fetched]:
        """Answers to the requests, in their order; CONCURRENCY are under way at a time."""
        results: dict[int, Fetched] = {}
        waiting = iter(exchange.spread_over_hosts(requests))

        async def work() -> None:
            for place in waiting:
                results[place] = await self.fetch(requests[place])

        await asyncio.gather(*(work() for _ in range(min(CONCURRENCY, len(requests)))))
        return [results[place] for place in range(len(requests))]

    async def fetch(self, request: Request) -> Fetched:
        """The last answer of the chain of redirects, or what went wrong on the way."""
        try:
            first = check_address(request.address)
        except AddressRefused as refused:
            return Fetched(address=request.address, final_address=request.address, error=str(refused))
        route = _Route(first)
        if before := request.so_far:
            route = _Route(before.onward or first, before.hops, before.seconds, is_permanent=before.is_permanent)
        words = await self._follow(request, route)
        is_moved = not route.onward and route.is_permanent and route.address != first
        return Fetched(
            address=request.address,
            final_address=route.address,
            status=route.last.status,
            headers=route.last.headers,
            body=route.last.body,
            error=words,
            moved_permanently_to=route.address if is_moved and not words else "",
            seconds=route.seconds,
            ended_after=time.monotonic() - self._began,
            onward=route.onward,
            hops=route.hops,
            is_permanent=route.is_permanent,
            is_put_off=route.is_put_off,
        )

    async def _follow(self, request: Request, route: _Route) -> str:
        """Go on along the route; the failure in words, or ""."""
        while route.hops <= self._limits.redirects:
            hop = await self._ask(route, request)
            if isinstance(hop, str):
                return hop
            route.last = hop
            if hop.status not in exchange.REDIRECTS:
                is_taken = bool(request.form) and 200 <= hop.status < 300
                return "" if is_taken else exchange.status_words(hop.status)
            route.hops += 1
            route.is_permanent = route.is_permanent and hop.status in exchange.PERMANENT
            try:
                target = exchange.redirect_target(
                    hop.target, route.address, status=hop.status, is_form=bool(request.form)
                )
            except AddressRefused as refused:
                return str(refused)
            if route.hops > self._limits.redirects:
                break
            if request.hosts is not None and host_of(target) not in request.hosts:
                route.onward = target
                return ""
            route.address = target
        most = self._limits.redirects
        return f"The address redirects more than {most} times." if most else "The address redirects elsewhere."

    async def _ask(self, route: _Route, request: Request) -> _Hop | str:
        """Fetch one hop, or say why there is none; none either once the host has asked another request for patience."""
        _refusals.set([])
        host = host_of(route.address)
        async with self._hosts.at(host):
            await self._hosts.wait(host, follows=request.follows)
            if self._hosts.is_refusing(host) and request.hosts is not None:
                route.onward = route.address
                return ""
            started = time.monotonic()
            try:
                hop = await self._answer(route.address, request, seconds=self._limits.total_seconds - route.seconds)
                if hop.status in exchange.BUSY:
                    self._hosts.refuse(host)
                return hop
            except NoRoom:
                route.is_put_off = True
                return "The other documents of this batch left no room for it."
            except Exception as error:  # one bad server must not end the batch
                return _words(error, host=host, limits=self._limits)
            finally:
                route.seconds += time.monotonic() - started

    async def _answer(self, address: str, request: Request, *, seconds: float) -> _Hop:
        data = list(request.form) or request.content or None
        timeout = aiohttp.ClientTimeout(
            total=max(seconds, 0.01), sock_connect=self._limits.connect_seconds, sock_read=self._limits.idle_seconds
        )
        async with self._session.request(
            "POST" if data else "GET",
            URL(address, encoded=True),
            data=data,
            headers=request.sent_headers,
            allow_redirects=False,
            timeout=timeout,
        ) as answer:
            names = MappingProxyType({name.lower(): value for name, value in answer.headers.items()})
            if answer.status in exchange.REDIRECTS or request.form:
                answer.close()  # its body is of no use and may be endless
                return _Hop(answer.status, names, target=answer.headers.get("Location", ""))
            is_wanted = bool(request.content) or answer.status in exchange.COMPLETE
            return _Hop(answer.status, names, body=await self._body(answer, is_wanted=is_wanted))

    async def _body(self, answer: aiohttp.ClientResponse, *, is_wanted: bool) -> bytes:
        if not is_wanted or answer.status == HTTPStatus.NOT_MODIFIED:
            answer.close()
            return b""
        inflater = Inflater(answer.headers.get("Content-Encoding", ""), limit=self._limits.body_bytes)
        chunks = answer.content.iter_chunked(64 * 1024)
        return await inflated(chunks, inflater, limit=self._limits.compressed_bytes, room=self._room)


# What went wrong in words, the more special kinds first; {} are the host and the limits.
_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (Damaged, "{error}"),
    (BodyTooLarge, "The document is larger than {size:g} MiB."),
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
