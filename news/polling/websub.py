"""WebSub (the W3C's recommendation) from the subscriber's side: questions to hubs, proofs, and waits."""

import hashlib
import hmac
import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from news.fetch.addresses import IPAddress, Network, networks, refusal

LEASE_ASKED = timedelta(days=10)
SHORTEST_LEASE, LONGEST_LEASE = timedelta(hours=1), timedelta(days=30)
# A hub that is asked well before a promise lapses has time to be down for a while.
RENEWED_AT = 0.8
# A hub may ask its publisher first, so its confirmation may take a while.
CONFIRMED_WITHIN = timedelta(days=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(hours=1), timedelta(days=7)
DENIED_WAIT = timedelta(days=30)

# Polling goes on beside a push, only slower, and only where the push is known to work.
SLOWER = 4
SLOWEST = timedelta(hours=24)
TRUSTED_AFTER_PUSH = timedelta(days=10)
TRUSTED_UNPROVEN = timedelta(days=1)

MAX_PUSHED_BYTES = 2 * 1024 * 1024
MAX_WAITING = 20
MAX_CHALLENGE = 1000
_METHODS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}
# Names that mean something inside a network only (RFC 6761, RFC 8375 and common practice).
_INSIDE = ("local", "localhost", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa")
_NOWHERE = ("test", "example", "invalid", "onion", "alt")


def reachable(base_url: str, *, allowed: Sequence[str | Network] = ()) -> bool:
    """True where some hub can call back: an http(s) address with a public name, or an IP address that is public or
    lies in a network that is allowed."""
    host = _host(base_url)
    if _ip(host) is None:
        return "." in host and not any(host.endswith(f".{name}") for name in _INSIDE + _NOWHERE)
    return not refusal(host, networks([str(network) for network in allowed]))


def calls_back(hub: str, *, base_url: str, allowed: Sequence[str | Network] = ()) -> bool:
    """True where this hub can: one out in the world cannot reach what lies in an allowed network, only one inside."""
    inside = networks([str(network) for network in allowed])
    return reachable(base_url) or (reachable(base_url, allowed=inside) and _is_inside(_host(hub), inside))


def _is_inside(host: str, inside: Sequence[Network]) -> bool:
    ip = _ip(host)
    return ip is not None and any(ip.version == network.version and ip in network for network in inside)


def _host(address: str) -> str:
    parts = urlsplit(address)
    return (parts.hostname or "").rstrip(".").lower() if parts.scheme in ("http", "https") else ""


def _ip(host: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def question(mode: str, *, topic: str, callback: str, secret: str = "") -> tuple[tuple[str, str], ...]:
    """The form that asks a hub to begin (`subscribe`) or to stop (`unsubscribe`)."""
    fields = (("hub.mode", mode), ("hub.topic", topic), ("hub.callback", callback))
    if mode == "unsubscribe":
        return fields
    return (*fields, ("hub.secret", secret), ("hub.lease_seconds", str(int(LEASE_ASKED.total_seconds()))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """A hub's question or message: `mode` is subscribe, unsubscribe or denied."""

    mode: str
    topic: str
    challenge: str = ""
    lease: timedelta = LEASE_ASKED
    reason: str = ""


def verification(parameters: Mapping[str, str]) -> Verification | None:
    """A hub's request in the parameters of an address; None where it is none that could be answered."""
    mode, topic = parameters.get("hub.mode", ""), parameters.get("hub.topic", "")
    challenge = parameters.get("hub.challenge", "")
    if mode == "denied" and topic:
        return Verification(mode=mode, topic=topic, reason=parameters.get("hub.reason", "")[:1000])
    if mode not in ("subscribe", "unsubscribe") or not topic or not 0 < len(challenge) <= MAX_CHALLENGE:
        return None
    return Verification(mode=mode, topic=topic, challenge=challenge, lease=_lease(parameters))


def _lease(parameters: Mapping[str, str]) -> timedelta:
    """Time for which the hub promises to push; the one asked for where it does not say."""
    seconds = parameters.get("hub.lease_seconds", "")
    if not re.fullmatch(r"[0-9]{1,12}", seconds):
        return LEASE_ASKED
    return max(SHORTEST_LEASE, min(timedelta(seconds=int(seconds)), LONGEST_LEASE))


def renewed_at(now: datetime, *, lease: timedelta) -> datetime:
    """Time to ask again for a push that was promised now."""
    return now + lease * RENEWED_AT


def wait(failures: int) -> timedelta:
    """Wait after so many failures of a hub in a row."""
    return min(FIRST_WAIT * (1 << min(max(failures - 1, 0), 16)), LONGEST_WAIT)


def is_signed(body: bytes, *, header: str, secret: str) -> bool:
    """True where an X-Hub-Signature header (method=hexadecimal HMAC) is that of the body under our secret."""
    name, _, digest = header.strip().partition("=")
    method = _METHODS.get(name.lower())
    if method is None or not digest.isascii():
        return False
    expected = hmac.new(secret.encode(), body, method).hexdigest()
    return hmac.compare_digest(expected, digest.lower())


def slowed(interval: timedelta) -> timedelta:
    """Wait before the next poll of a feed whose news is pushed, where it would be `interval` otherwise."""
    return max(interval, min(SLOWER * interval, SLOWEST))
