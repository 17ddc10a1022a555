"""Rules of a site for robots in its robots.txt (RFC 9309), and whether a page may be read."""

import re
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from news.fetch.connections import Fetched

PRODUCT = "Hindcast"  # what sites call us in their rules
MAX_CHARACTERS = 512 * 1024
LONGEST_DELAY = timedelta(minutes=10)
_AGENT = re.compile(r"\s*user[- ]?agent\s*(?::|\s)\s*([^#/\s]*)", re.I)


def robots_address(address: str) -> str:
    """Address of the rules of a site."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def rules(answer: Fetched) -> str | None:
    """The rules in what a site answered, "" where it has none; None where they cannot be known now.

    By RFC 9309 a site that says it has no such file (4xx) allows everything, and one that fails allows nothing.
    """
    if not answer.error and answer.status == 200:
        return _ours(answer.body.decode("utf-8", "replace")[:MAX_CHARACTERS])
    return "" if 400 <= answer.status < 500 and answer.status != 429 else None


def allows(text: str, address: str) -> bool:
    return Protego.parse(text).can_fetch(address, PRODUCT)


def delay(text: str) -> timedelta:
    """Wait that the site asks for between two pages, at most ten minutes."""
    seconds = Protego.parse(text).crawl_delay(PRODUCT) or 0.0
    return timedelta(seconds=min(seconds, LONGEST_DELAY.total_seconds()))


def _ours(text: str) -> str:
    """Rules with the names of all other robots written as one: the parser takes time by names times rules."""
    return "\n".join(_renamed(line) for line in text.splitlines())


def _renamed(line: str) -> str:
    agent = _AGENT.match(line)
    if agent is None:
        return line
    name = agent[1].lower()
    return f"User-agent: {name if name in ('*', PRODUCT.lower()) else 'another'}"
