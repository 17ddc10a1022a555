"""Polymarket: markets with the outcomes Yes and No, as its Gamma API lists them; the price of Yes is the chance."""

import re
from typing import Any, Final

from forecasts.outside import answers
from forecasts.outside.answers import OutsideAnswer, OutsideQuestion, OutsideState
from forecasts.refused import Refused

SITE: Final = "Polymarket"
SOURCE: Final = "polymarket"
HOSTS: Final = ("polymarket.com", "www.polymarket.com")
_PATH = re.compile(
    r"(?:/[a-z]{2})?/(event|market)/([a-z0-9-]{1,200})(?:/([a-z0-9-]{1,200}))?/?$", re.ASCII | re.IGNORECASE
)
_API: Final = "https://gamma-api.polymarket.com"
# What Yes and No cost together is near 1; further off, the prices are no chances.
_FROM, _TO = 0.9, 1.1
# A closed market is paid out at these prices once its oracle has spoken; old markets do not say that it has.
_SETTLED: Final = 0.99
_DONE: Final = ("resolved", None, "")


def find(path: str, query: str) -> OutsideQuestion:
    """The market that /event/EVENT/MARKET or /market/MARKET shows, or the only one of /event/EVENT."""
    match = _PATH.match(path)
    if not match:
        raise Refused("This Polymarket page shows no market: its address should hold /event/ and a name.")
    way, first, second = match[1].lower(), match[2].lower(), (match[3] or "").lower()
    name = second or first
    is_event = way == "event" and not second
    return OutsideQuestion(
        source=SOURCE,
        forecaster=SITE,
        question_id=name,
        page=f"https://polymarket.com/{way}/{first}" + (f"/{second}" if second else ""),
        document=f"{_API}/{'events' if is_event else 'markets'}?slug={name}",
    )


def parse(body: bytes) -> OutsideAnswer:
    """The answer of GET /markets?slug=NAME or /events?slug=NAME."""
    market = _only(answers.read_json(body, site=SITE))
    if "markets" in market:
        market = _only(market["markets"])
    prices = _prices(market)
    yes, no = (answers.written_chance(prices[name], site=SITE) for name in ("yes", "no"))
    if not _FROM <= yes + no <= _TO:
        raise Refused("Polymarket's prices of Yes and No do not add up to about 1, so they are no probabilities.")
    is_closed = market.get("closed")
    if not isinstance(is_closed, bool):
        raise Refused("Polymarket does not say whether this market is closed.")
    outcome = _outcome(yes) if is_closed and market.get("umaResolutionStatus") in _DONE else ""
    state = OutsideState.RESOLVED if outcome else OutsideState.CLOSED if is_closed else OutsideState.OPEN
    return OutsideAnswer(title=answers.words(market.get("question")), probability=yes, state=state, outcome=outcome)


def _only(rows: object) -> dict[str, Any]:
    if not isinstance(rows, list):
        return answers.an_object(rows, "market", site=SITE)
    if not rows:
        raise Refused("Polymarket knows no market under this name.")
    if len(rows) > 1:
        raise Refused(
            f"This event has {len(rows)} markets: open the one you mean and link the address that it has then."
        )
    return answers.an_object(rows[0], "market", site=SITE)


def _prices(market: dict[str, Any]) -> dict[str, object]:
    """By outcome in small letters; both lists come as JSON within text."""
    names, prices = (_list(market, name) for name in ("outcomes", "outcomePrices"))
    by_name = {answers.words(name).lower(): price for name, price in zip(names, prices, strict=False)}
    if len(names) != 2 or by_name.keys() != {"yes", "no"}:
        raise Refused("This market has other outcomes than Yes and No; only yes-or-no markets can be linked.")
    return by_name


def _list(market: dict[str, Any], name: str) -> list[object]:
    text = market.get(name)
    value = answers.read_json(text.encode("utf-8", "replace"), site=SITE) if isinstance(text, str) else None
    if not isinstance(value, list):
        raise Refused(f"Polymarket answered without “{name}” in the form it is known to have.")
    return value


def _outcome(yes: float) -> str:
    """By the last price of a closed market; "" where that settles nothing."""
    if abs(yes - 0.5) < 0.001:
        return "void"
    return "yes" if yes >= _SETTLED else "no" if yes <= 1 - _SETTLED else ""
