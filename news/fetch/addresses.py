"""Addresses that may be opened: how one must be written, and which hosts lie outside."""

import ipaddress
import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

import idna

MAX_ADDRESS_LENGTH = 2000
# The same feeds are asked again and again.
REMEMBERED = 4096
DEFAULT_PORTS = {"http": 80, "https": 443}

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class AddressRefused(Exception):
    """An address that is not opened; the message says why, for people."""


# IANA's special-purpose registries and what they leave out; `ipaddress.is_global` misses several of these.
REFUSED_RANGES: tuple[tuple[Network, str], ...] = tuple(
    (ipaddress.ip_network(cidr), words)
    for cidr, words in (
        ("0.0.0.0/8", "this machine"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a provider's private network"),
        ("127.0.0.0/8", "this machine"),
        ("169.254.0.0/16", "a link-local network"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "a reserved range"),
        ("192.0.2.0/24", "a range for documentation"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "a private network"),
        ("198.18.0.0/15", "a range for benchmarks"),
        ("198.51.100.0/24", "a range for documentation"),
        ("203.0.113.0/24", "a range for documentation"),
        ("224.0.0.0/4", "a multicast group"),
        ("240.0.0.0/4", "a reserved range"),
        ("::/128", "this machine"),
        ("::1/128", "this machine"),
        ("::/96", "an IPv4-compatible address"),
        ("::ffff:0:0/96", "an IPv4-mapped address"),
        ("::ffff:0:0:0/96", "an IPv4-translated address"),
        ("64:ff9b::/96", "a NAT64 gateway"),
        ("64:ff9b:1::/48", "a NAT64 gateway"),
        ("100::/64", "a discarding range"),
        ("100:0:0:1::/64", "a reserved range"),
        ("2001::/32", "a Teredo tunnel"),
        ("2001::/23", "a reserved range"),
        ("2001:db8::/32", "a range for documentation"),
        ("2002::/16", "a 6to4 tunnel"),
        ("3fff::/20", "a range for documentation"),
        ("5f00::/16", "a routing range"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "a link-local network"),
        ("fec0::/10", "a private network"),
        ("ff00::/8", "a multicast group"),
    )
)
GLOBAL_IPV6 = ipaddress.ip_network("2000::/3")
# Prefixes whose low (or, for 6to4, next) 32 bits are an IPv4 address that a gateway would connect to.
_EMBEDDED_LOW = tuple(
    ipaddress.ip_network(cidr)
    for cidr in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")
)
_MAPPED = ipaddress.ip_network("::ffff:0:0/96")
_6TO4 = ipaddress.ip_network("2002::/16")
_TEREDO = ipaddress.ip_network("2001::/32")


def networks(cidrs: Sequence[str]) -> tuple[Network, ...]:
    """Networks from text such as "10.1.0.0/16"; raises ValueError for what is none."""
    return tuple(ipaddress.ip_network(cidr, strict=False) for cidr in cidrs)


def refusal(ip: str, allowed: Sequence[Network] = ()) -> str:
    """Kind of place that an IP address leads to and that must not be opened ("a private network"), or "" where it may.

    A network in `allowed` opens its own range only: an IPv4 address inside an IPv6 one is judged by itself as well.
    """
    return _refusal(ip, tuple(allowed))


@lru_cache(maxsize=REMEMBERED)
def _refusal(ip: str, allowed: tuple[Network, ...]) -> str:
    try:
        address = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return "something that is no IP address"
    embedded = _embedded_ipv4(address)
    if embedded is not None and address in _MAPPED:
        return refusal(str(embedded), allowed)
    if any(address.version == network.version and address in network for network in allowed):
        return "" if embedded is None else refusal(str(embedded), allowed)
    for network, words in REFUSED_RANGES:
        if address.version == network.version and address in network:
            return words
    if address.version == 6 and address not in GLOBAL_IPV6:
        return "a reserved range"
    return ""


@lru_cache(maxsize=REMEMBERED)
def check_address(url: str) -> str:
    """The address in normal form (lower-case ASCII host, no default port, no fragment); raises AddressRefused.

    Judges the writing only: where the host leads is checked when the connection is made.
    """
    text = url.strip()
    if not text:
        raise AddressRefused("The address is empty.")
    if len(text) > MAX_ADDRESS_LENGTH:
        raise AddressRefused(f"The address is longer than {MAX_ADDRESS_LENGTH:,} characters.")
    if re.search(r"[\x00-\x1f\x7f-\x9f\\]", text):
        raise AddressRefused("The address has control characters or backslashes in it.")
    parts, port = _split(text)
    if parts.scheme not in DEFAULT_PORTS:
        raise AddressRefused("The address must begin with http:// or https://.")
    if "@" in parts.netloc:
        raise AddressRefused("The address holds a user name or a password.")
    host = _ascii_host(parts.hostname or "")
    netloc = host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    normal = urlunsplit((parts.scheme, netloc, path, query, ""))
    if len(normal) > MAX_ADDRESS_LENGTH:
        raise AddressRefused(f"The address is longer than {MAX_ADDRESS_LENGTH:,} characters.")
    return normal


@lru_cache(maxsize=REMEMBERED)
def host_of(address: str) -> str:
    """The host of an address, as limits and leases name it; "" where it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _split(text: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(text)
        return parts, parts.port
    except ValueError as error:
        raise AddressRefused("The address is not well formed.") from error


def _ascii_host(host: str) -> str:
    if not host:
        raise AddressRefused("The address names no host.")
    if ":" in host:
        try:
            return f"[{ipaddress.IPv6Address(host.partition('%')[0])}]"
        except ValueError as error:
            raise AddressRefused("The address names no host that can exist.") from error
    if host.isascii():
        if re.fullmatch(r"[a-z0-9_](?:[a-z0-9_.-]{0,252})", host) and ".." not in host:
            return host
        raise AddressRefused("The address names no host that can exist.")
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise AddressRefused("The address names no host that can exist.") from error


def _embedded_ipv4(address: IPAddress) -> ipaddress.IPv4Address | None:
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address in _6TO4:
        return address.sixtofour
    if address in _TEREDO:
        return address.teredo[1] if address.teredo else None
    if any(address in network for network in _EMBEDDED_LOW):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None
