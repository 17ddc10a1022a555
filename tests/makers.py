"""Rows for tests, made explicitly: every maker gives one valid row and takes whatever matters by name.

Times are simulated: NOW is the day on which tests take place unless they say otherwise.
"""

import hashlib
from datetime import UTC, date, datetime, timedelta
from itertools import count

from forecasts.maths.evidence import Signal, combine
from forecasts.maths.parts import to_json
from forecasts.models import Estimate, Forecast, Forecaster, Proposition, Resolution
from tracker import statuses
from tracker.models import (
    Article,
    Author,
    Authorship,
    Claim,
    Entry,
    Evidence,
    Feed,
    Outlet,
    Position,
    Revision,
    StatusChange,
    Story,
    User,
)

NOW = datetime(2026, 2, 6, 9, 0, tzinfo=UTC)
OPENED = datetime(2025, 5, 9, tzinfo=UTC)
TEXT = "Xi came to Moscow. He is not expected to make concessions to Putin. The parade was long."
QUOTE = "He is not expected to make concessions to Putin"
_numbers = count(1)


def make_user(name: str = "", *, role: str = User.Role.MEMBER, **fields: object) -> User:
    name = name or f"reader{next(_numbers)}"
    fields.setdefault("email", f"{name}@example.org")
    return User.objects.create_user(username=name, password="a long password", role=role, **fields)


def make_curator(name: str = "", **fields: object) -> User:
    return make_user(name or f"curator{next(_numbers)}", role=User.Role.CURATOR, is_staff=True, **fields)


def make_outlet(name: str = "", **fields: object) -> Outlet:
    number = next(_numbers)
    return Outlet.objects.create(**{"name": name or f"Outlet {number}", "slug": f"outlet-{number}", **fields})


def make_author(name: str = "Ada Analyst", **fields: object) -> Author:
    return Author.objects.create(**{"name": name, "slug": f"author-{next(_numbers)}", **fields})


def make_article(title: str = "A visit to Moscow", *, authors: tuple[Author, ...] = (), **fields: object) -> Article:
    """Its text holds QUOTE; another text is given by `text=`, and made unlike any other by the caller."""
    number = next(_numbers)
    text = str(fields.pop("text", f"{TEXT} Copy {number}."))
    article = Article.objects.create(
        **{
            "title": title,
            "slug": f"article-{number}",
            "published_on": OPENED.date(),
            "text": text,
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "imported_at": OPENED,
            "imported_by": "a curator",
            **fields,
        }
    )
    for position, author in enumerate(authors):
        Authorship.objects.create(article=article, author=author, position=position)
    return article


def make_claim(article: Article | None = None, *, quote: str = QUOTE, **fields: object) -> Claim:
    """An accepted claim whose span quotes the article's text exactly."""
    article = article or make_article()
    start = article.text.index(quote)
    return Claim.objects.create(
        **{
            "article": article,
            "slug": f"claim-{next(_numbers)}",
            "title": "Xi will make no concessions to Putin",
            "start": start,
            "end": start + len(quote),
            "quote": quote,
            "kind": Claim.Kind.FORECASTABLE,
            "hedge": "not expected",
            "implied_probability": 0.85,
            "state": Claim.State.ACCEPTED,
            "created_at": OPENED,
            **fields,
        }
    )


def make_proposition(question: str = "Will a gas contract with a price be signed?", **fields: object) -> Proposition:
    """A question, with its own position unless it is a draft."""
    proposition = Proposition.objects.create(
        **{
            "key": f"question-{next(_numbers)}",
            "question": question,
            "statement": "A gas contract with a price is signed.",
            "resolution_criteria": "Yes if both firms announce a signed contract with volume and price.",
            "opens_on": OPENED.date(),
            "deadline": date(2026, 12, 31),
            "prior": 0.2,
            "prior_reason": "Such deals seldom close in eight months.",
            "created_at": OPENED,
            "changed_at": OPENED,
            **fields,
        }
    )
    if proposition.state != Proposition.State.DRAFT:
        Position.objects.create_bare(proposition, at=OPENED)
    return proposition


def bare(proposition: Proposition) -> Position:
    """The question's own position."""
    return proposition.positions.get(claim=None)


def make_position(claim: Claim | None = None, *, proposition: Proposition | None = None, **fields: object) -> Position:
    """A claim put to a question; the claim says Yes unless told otherwise."""
    return Position.objects.create(
        **{
            "claim": claim or make_claim(),
            "proposition": proposition or make_proposition(),
            "title": "No gas contract with a price will be signed",
            "side": Position.Side.YES,
            "status_since": OPENED,
            "created_at": OPENED,
            **fields,
        }
    )


def make_feed(title: str = "", **fields: object) -> Feed:
    number = next(_numbers)
    return Feed.objects.create(
        **{
            "title": title or f"Feed {number}",
            "address": f"https://news.example/{number}.xml",
            "next_poll_at": NOW,
            "added_at": OPENED,
            **fields,
        }
    )


def make_story(headline: str = "Gazprom announces a memorandum", *, at: datetime = NOW, **fields: object) -> Story:
    return Story.objects.create(
        **{"headline": headline, "first_seen_at": at, "published_at": at, "signature": b"", **fields}
    )


def make_entry(
    headline: str = "Gazprom announces a memorandum",
    *,
    at: datetime = NOW,
    feed: Feed | None = None,
    story: Story | None = None,
    body: str = "The price was left open.",
    **fields: object,
) -> Entry:
    """An entry with its first revision; give `story=` to make it a reprint."""
    number = next(_numbers)
    entry = Entry.objects.create(
        **{
            "feed": feed or make_feed(),
            "identity": hashlib.sha256(str(number).encode()).hexdigest(),
            "link": f"https://news.example/story/{number}",
            "story": story or make_story(headline, at=at),
            "published_at": at,
            "first_seen_at": at,
            **fields,
        }
    )
    digest = hashlib.sha256(f"{headline}\n{body}".encode()).hexdigest()
    Revision.objects.create(entry=entry, title=headline, body=body, content_sha256=digest, seen_at=at)
    return entry


def make_evidence(
    proposition: Proposition,
    *,
    headline: str = "Gazprom announces a memorandum",
    at: datetime = NOW,
    stance: str = "",
    strength: str = "",
    entry: Entry | None = None,
    **fields: object,
) -> Evidence:
    """A suggestion (mentions) as it stands, or, given a `stance` towards YES, a confirmed piece of evidence."""
    entry = entry or make_entry(headline, at=at)
    decided = {
        "state": Evidence.State.CONFIRMED,
        "stance": stance,
        "strength": strength or ("" if stance == Evidence.Stance.MENTIONS else Evidence.Strength.MODERATE),
        "decided_by": "a curator",
        "decided_at": at,
    }
    return Evidence.objects.create(
        **{
            "proposition": proposition,
            "story": entry.story,
            "revision": entry.revisions.get(is_current=True),
            "passage": "The price was left open.",
            "relevance": 0.9,
            "suggested_stance": stance or Evidence.Stance.MENTIONS,
            "confidence": 0.7,
            "classifier": "built-in 1",
            "published_at": entry.published_at,
            "attached_at": at,
            **(decided if stance else {}),
            **fields,
        }
    )


def make_estimate(proposition: Proposition, *, at: datetime = NOW, probability: float | None = None) -> Estimate:
    """What the confirmed evidence published by `at` gives; or a bare `probability` that rests on the prior alone."""
    signals = () if probability else _signals(proposition)
    estimated = combine(probability or proposition.prior, signals=signals, at=at)
    return Estimate.objects.create(
        proposition=proposition, at=at, probability=estimated.probability, parts=to_json(estimated.parts)
    )


def make_history(proposition: Proposition, *, until: datetime = NOW) -> list[Estimate]:
    """An estimate at the opening and one on every day on which confirmed evidence was published."""
    days = {signal.at for signal in _signals(proposition) if signal.at <= until} | {proposition.opens_at}
    return [make_estimate(proposition, at=at) for at in sorted(days)]


FLIPPED = {"came true": "did not come true", "did not come true": "came true"}


def make_change(position: Position, new: str, *, at: datetime = NOW, **fields: object) -> StatusChange:
    """One step of a position's status, which it then has; what is due or ruled is so for the question as well."""
    own = bare(position.proposition)
    if own != position and (new == "due" or statuses.of(new).is_ruled):
        make_change(own, FLIPPED.get(new, new) if position.side == "no" else new, at=at, **fields)
    change = StatusChange.objects.create(
        **{
            "position": position,
            "old": position.status if new != position.status else "",
            "new": new,
            "reason": f"Now {new}.",
            "by": "review",
            "at": at,
            **fields,
        }
    )
    position.status, position.status_since = new, at
    position.save(update_fields=["status", "status_since"])
    return change


def make_forecaster(name: str = "", *, kind: str = Forecaster.Kind.MEMBER, **fields: object) -> Forecaster:
    return Forecaster.objects.create(**{"name": name or f"Forecaster {next(_numbers)}", "kind": kind, **fields})


def make_forecast(
    proposition: Proposition, *, probability: float = 0.3, at: datetime = NOW, **fields: object
) -> Forecast:
    fields.setdefault("forecaster", None)
    forecaster = fields.pop("forecaster") or make_forecaster()
    return Forecast.objects.create(
        **{"proposition": proposition, "forecaster": forecaster, "probability": probability, "made_at": at, **fields}
    )


def make_ruling(proposition: Proposition, *, outcome: str = "no", at: datetime = NOW, **fields: object) -> Resolution:
    """A standing ruling, the question resolved by it and its own status; scores are the caller's."""
    resolution = Resolution.objects.create(
        **{
            "proposition": proposition,
            "outcome": outcome,
            "effective_on": (at - timedelta(days=1)).date(),
            "source": "https://news.example/ruling",
            "reason": "No contract with a price was announced.",
            "ruled_at": at,
            "ruled_by": "a curator",
            **fields,
        }
    )
    proposition.state, proposition.outcome = Proposition.State.RESOLVED, outcome
    proposition.save(update_fields=["state", "outcome"])
    status = statuses.ruled(outcome).value
    Position.objects.of_questions().filter(proposition=proposition).update(status=status, status_since=at)
    return resolution


def _signals(proposition: Proposition) -> list[Signal]:
    direction = {"supports": 1, "contradicts": -1, "mentions": 0}
    weights = {"weak": 0.4, "moderate": 1.1, "strong": 2.1, "decisive": 3.7}
    return [
        Signal(
            ref=str(evidence.pk),
            direction=direction[evidence.stance],
            strength=weights.get(evidence.strength, 0.0),
            weight=1.0,
            at=evidence.published_at,
        )
        for evidence in proposition.evidence.confirmed()
    ]
