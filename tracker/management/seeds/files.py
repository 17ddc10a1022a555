"""Files in `seeds/`, read into plain data; a damaged file is named with what is wrong in it."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree

from forecasts.refused import Refused
from news.formats import opml

T = TypeVar("T")
ATOM = "{http://www.w3.org/2005/Atom}"
EVENT = "urn:hindcast:event:"
DAYS = ("opens_on", "deadline", "effective_on", "ruled_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedAuthor:
    name: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedArticle:
    title: str
    slug: str
    text: str
    authors: tuple[SeedAuthor, ...]
    outlet: str
    homepage: str
    published_on: date
    address: str
    language: str
    source_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedClaim:
    """A claim and the exact words of the article's text that make it."""

    key: str
    slug: str
    title: str
    quote: str
    original_words: str
    restatement: str
    kind: str
    speaker_kind: str
    speaker: str
    hedge: str
    implied_probability: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedRuling:
    outcome: str
    effective_on: date
    ruled_on: date
    source: str
    confidence: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedQuestion:
    """A question and how one claim is put to it; `ruling` is None where the world has not settled it."""

    key: str
    slug: str
    claim: str
    title: str
    question: str
    statement: str
    resolution_criteria: str
    opens_on: date
    deadline: date
    side: str
    implied_probability: float | None
    process: str
    prior: float | None
    prior_reason: str
    sources: tuple[str, ...]
    keywords: tuple[str, ...]
    actors: tuple[str, ...]
    written_with_hindsight: bool
    note: str
    ruling: SeedRuling | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedDecision:
    """A decision of the seed curator on an event (its Atom id) and a question (its key), towards YES."""

    event: str
    question: str
    stance: str
    strength: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeds:
    """All of it; `published` gives the day of each event of the chronology (an Atom document) by its Atom id."""

    article: SeedArticle
    claims: tuple[SeedClaim, ...]
    questions: tuple[SeedQuestion, ...]
    curator: str
    decisions: tuple[SeedDecision, ...]
    feeds: tuple[opml.Outline, ...]
    chronology: bytes
    chronology_title: str
    published: Mapping[str, date]


def read(folder: Path) -> Seeds:
    """The seeds in a folder. Raises Refused."""
    decisions = _json(folder / "decisions.json")
    chronology = _xml(folder / "chronology.xml")
    seeds = Seeds(
        article=_article(folder),
        claims=_rows(folder / "claims.json", "claims", _claim),
        questions=_rows(folder / "propositions.json", "propositions", _question),
        curator=str(decisions.get("by", "")),
        decisions=_rows(folder / "decisions.json", "decisions", _decision),
        feeds=_feeds(folder / "feeds.opml"),
        chronology=(folder / "chronology.xml").read_bytes(),
        chronology_title=chronology.findtext(f"{ATOM}title", ""),
        published=dict(_published(entry) for entry in chronology.iter(f"{ATOM}entry")),
    )
    _check(seeds)
    return seeds


def _check(seeds: Seeds) -> None:
    """Raises Refused where a row names one that is not there."""
    claims, questions = {claim.key for claim in seeds.claims}, {question.key for question in seeds.questions}
    for question in seeds.questions:
        if question.claim not in claims:
            raise Refused(f"Question {question.key} names claim {question.claim}, which claims.json lacks.")
    for decision in seeds.decisions:
        if decision.question not in questions or decision.event not in seeds.published:
            raise Refused(f"A decision names {decision.event} and {decision.question}: one of them is missing.")


def _published(entry: ElementTree.Element) -> tuple[str, date]:
    """Identity and day of a chronology entry."""
    identity, published = entry.findtext(f"{ATOM}id", ""), entry.findtext(f"{ATOM}published", "")
    try:
        return identity, date.fromisoformat(published[:10])
    except ValueError as error:
        raise Refused(f"chronology.xml, entry {identity}: “{published}” is no day.") from error


def _json(path: Path) -> dict[str, Any]:
    try:
        stored = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"{path} cannot be read: {error}") from error
    if not isinstance(stored, dict):
        raise Refused(f"{path} must hold one JSON object.")
    return stored


def _xml(path: Path) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(path.read_bytes())  # noqa: S314 (our own file)
    except (OSError, ElementTree.ParseError) as error:
        raise Refused(f"{path} cannot be read: {error}") from error


def _feeds(path: Path) -> tuple[opml.Outline, ...]:
    try:
        return opml.read(path.read_bytes())
    except (OSError, opml.UnreadableList) as error:
        raise Refused(f"{path} cannot be read: {error}") from error


def _rows(path: Path, name: str, build: Callable[[dict[str, Any]], T]) -> tuple[T, ...]:
    rows = _json(path).get(name)
    if not isinstance(rows, list):
        raise Refused(f"{path} has no list of {name}.")
    return tuple(_built(row, build, f"{path}, {name} {number}") for number, row in enumerate(rows, start=1))


def _built(row: dict[str, Any], build: Callable[[dict[str, Any]], T], place: str) -> T:
    try:
        return build(row)
    except KeyError as error:
        raise Refused(f"{place} lacks {error}.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise Refused(f"{place}: {error}") from error


def _article(folder: Path) -> SeedArticle:
    path = folder / "article.json"
    return _built(_json(path), lambda row: _article_from(row, folder), str(path))


def _article_from(row: dict[str, Any], folder: Path) -> SeedArticle:
    return SeedArticle(
        title=row["title"],
        slug=row["slug"],
        text=(folder / row["text_file"]).read_text("utf-8").strip(),
        authors=tuple(SeedAuthor(name=author["name"], about=author["about"]) for author in row["authors"]),
        outlet=row["outlet"]["name"],
        homepage=row["outlet"]["homepage"],
        published_on=date.fromisoformat(row["published_on"]),
        address=row["address"],
        language=row["language"],
        source_note=row["source_note"],
    )


def _claim(row: dict[str, Any]) -> SeedClaim:
    return SeedClaim(**_fields(row, SeedClaim.__slots__))


def _question(row: dict[str, Any]) -> SeedQuestion:
    names = [name for name in SeedQuestion.__slots__ if name != "ruling"]
    ruling = row["resolution"]
    return SeedQuestion(**_fields(row, names), ruling=_ruling(ruling) if ruling else None)


def _ruling(row: dict[str, Any]) -> SeedRuling:
    return SeedRuling(**_fields(row, SeedRuling.__slots__))


def _decision(row: dict[str, Any]) -> SeedDecision:
    event, question = EVENT + row["event"], row["proposition"]
    return SeedDecision(event=event, question=question, **_fields(row, ("stance", "strength", "reason")))


def _fields(row: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The fields of these names: days as dates, lists as tuples, all else as it stands."""
    return {name: _field(name, row[name]) for name in names}


def _field(name: str, value: Any) -> Any:
    if name in DAYS:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
