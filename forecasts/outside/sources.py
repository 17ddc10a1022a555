"""Sources: the site is told from the host of an address, and each reads its own documents."""

from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from forecasts.outside import manifold, metaculus, polymarket, tables
from forecasts.outside.answers import OutsideAnswer, OutsideQuestion
from forecasts.refused import Refused

SITES: Final = (metaculus, manifold, polymarket)
NAMES: Final = {**{site.SOURCE: site.SITE for site in SITES}, tables.SOURCE: "a table (CSV)"}
_LONGEST: Final = 2000


def find(address: str) -> OutsideQuestion:
    """The question that an address means, as it was pasted; `Refused` where it means none."""
    address = address.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError as error:
        raise Refused("This is no web address: paste the one that the question's page has.") from error
    if parts.scheme not in ("http", "https") or not host or len(address) > _LONGEST or not address.isprintable():
        raise Refused("This is no web address: paste the one that the question's page has.")
    for site in SITES:
        if host in site.HOSTS:
            question: OutsideQuestion = site.find(parts.path, parts.query)
            return question
    return tables.find(address)


def parse(source: str, body: bytes, *, question_id: str, now: datetime) -> OutsideAnswer:
    """The answer in a source's document; `Refused` in words where it cannot be used."""
    for site in SITES:
        if source == site.SOURCE:
            answer: OutsideAnswer = site.parse(body)
            return answer
    return tables.parse(body, question=question_id, now=now)
