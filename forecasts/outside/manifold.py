"""Manifold: binary markets, whose probability is the market's price."""

import re
from datetime import UTC, datetime
from typing import Final

from forecasts.outside import answers
from forecasts.outside.answers import OutsideAnswer, OutsideQuestion, OutsideState
from forecasts.refused import Refused

SITE: Final = "Manifold"
SOURCE: Final = "manifold"
HOSTS: Final = ("manifold.markets", "www.manifold.markets", "api.manifold.markets")
_API = re.compile(r"/v0/(market|slug)/([A-Za-z0-9_-]{1,120})/?$", re.ASCII)
_PAGE = re.compile(r"/[A-Za-z0-9_.-]{1,60}/([A-Za-z0-9_-]{1,120})/?$", re.ASCII)
_FAR_OFF: Final = 10**14  # the year 5138, in milliseconds
_OUTCOMES: Final = {"YES": "yes", "NO": "no", "CANCEL": "void", "MKT": "void"}


def find(path: str, query: str) -> OutsideQuestion:
    """The market that a page such as /SOMEBODY/some-name shows."""
    if match := _API.match(path):
        document = f"https://api.manifold.markets/v0/{match[1]}/{match[2]}"
        return OutsideQuestion(source=SOURCE, forecaster=SITE, question_id=match[2], page=document, document=document)
    match = _PAGE.match(path)
    if not match:
        raise Refused("This Manifold page shows no market: its address should hold a member's name and the market's.")
    return OutsideQuestion(
        source=SOURCE,
        forecaster=SITE,
        question_id=match[1],
        page=f"https://manifold.markets{path}",
        document=f"https://api.manifold.markets/v0/slug/{match[1]}",
    )


def parse(body: bytes) -> OutsideAnswer:
    """The answer of GET /v0/market/ID or /v0/slug/SLUG; a market settled in part (MKT) counts as void."""
    market = answers.an_object(answers.read_json(body, site=SITE), "market", site=SITE)
    kind = market.get("outcomeType")
    if kind != "BINARY":
        raise Refused(f"This market is of the kind {answers.shown(kind)}; only yes-or-no markets can be linked.")
    is_resolved = market.get("isResolved")
    if not isinstance(is_resolved, bool):
        raise Refused("Manifold does not say whether this market is resolved.")
    outcome = _OUTCOMES.get(answers.words(market.get("resolution"))) if is_resolved else ""
    if outcome is None:
        raise Refused(f"Manifold gave {answers.shown(market.get('resolution'))} as the outcome.")
    return OutsideAnswer(
        title=answers.words(market.get("question")),
        probability=answers.chance(market.get("probability"), site=SITE),
        state=OutsideState.RESOLVED if is_resolved else OutsideState.OPEN,
        outcome=outcome,
        closes_at=_time(market.get("closeTime")),
    )


def _time(milliseconds: object) -> datetime | None:
    """None where it names no time, or one so far off that nobody waits for it."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int) or not 0 < milliseconds < _FAR_OFF:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
