"""What is asked of a server, within which limits, and what came of it: plain data for whoever is handed `Fetch`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from tracker.news.addresses import Network

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to ask for; `etag` and `last_modified` are those of the last answer that was stored.

    With `hosts`, a redirect that leads to another host than these is not followed, but reported as `Fetched.onward`;
    the same request with that answer as `so_far` goes on from there. A `form` is sent with POST instead, for which any
    2xx is well and nothing of the answer is read. With `follows`, its host was asked by the call before, so that the
    gap must pass first.
    """

    address: str
    etag: str = ""
    last_modified: str = ""
    form: tuple[tuple[str, str], ...] = ()
    hosts: frozenset[str] | None = None
    so_far: "Fetched | None" = None
    follows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long (seconds) and how much (bytes) one document may take, redirects included."""

    total_seconds: float = 30.0
    connect_seconds: float = 10.0
    idle_seconds: float = 20.0
    compressed_bytes: int = 16 * MIB
    body_bytes: int = 16 * MIB
    redirects: int = 5
    gap_seconds: float = 0.0  # between two requests to one host
    allowed_networks: Sequence[str | Network] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came of a request: `status` 0 where no answer came; `error` empty where a document or a 304 did.

    `headers` have lower-case names. `moved_permanently_to` is set when every hop of a redirect was permanent.
    `seconds` went into the request itself, waiting for its turn not counted; it was done `ended_after` seconds from the
    start of the batch. `onward` is where a redirect leads that was not followed, the `hops`-th.
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


Fetch = Callable[[Sequence[Request]], list[Fetched]]
