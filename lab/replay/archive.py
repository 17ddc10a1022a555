"""Archived news and the questions to hold it against, read from files and refused by line when they make no sense."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from forecasts.maths.odds import probability
from forecasts.models import LAST_DEADLINE, Proposition, start_of
from forecasts.refused import Refused
from lab.evaluate import rows
from news.fetch.connections import Fetched, Request

PROCESSES = tuple(process.value for process in Proposition.Process)
OUTCOMES = ("yes", "no", "void")
GIVEN = "Given with the replay."
MAX_ENTRIES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """An outcome in the world (yes, no or void), and its day."""

    outcome: str
    on: date

    @property
    def known_at(self) -> datetime:
        """The end of that day, when it can be ruled on."""
        return start_of(self.on + timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedQuestion:
    """A proposition of a file. `claim` says in words what YES means."""

    id: str
    claim: str
    question: str
    resolution_criteria: str
    opens: date
    deadline: date
    keywords: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    process: str = ""
    prior: float | None = None
    prior_reason: str = ""
    written_with_hindsight: bool = False
    settled: Settled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedEntry:
    """An entry of a file, as a feed would have carried it."""

    feed: str
    title: str
    link: str
    published: datetime
    description: str


def read_propositions(path: Path) -> list[ArchivedQuestion]:
    """The JSON list of propositions at `path`, with `id, claim, question, opens, deadline` and more where given.

    A `prior` comes with its `prior_reason`, an `outcome` with the day on which it was `settled`.
    """
    try:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
            stored = json.load(file)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:
        raise Refused(f"{path} is no JSON: {error}") from error
    if not isinstance(stored, list) or not stored:
        raise Refused(f"{path} must hold a JSON list of at least one proposition.")
    questions = [_question(row, f"{path}, proposition {number}") for number, row in enumerate(stored, start=1)]
    if len({question.id for question in questions}) < len(questions):
        raise Refused(f"{path} uses an id twice: give each proposition its own.")
    return questions


def read_entries(path: Path) -> list[ArchivedEntry]:
    """The JSON lines at `path` (gzipped or not), oldest first. Raises Refused."""
    entries = [_entry(row) for row in islice(rows.read(path), MAX_ENTRIES + 1)]
    if len(entries) > MAX_ENTRIES:
        raise Refused(f"{path} holds more than {MAX_ENTRIES:,} entries: split it.")
    if not entries:
        raise Refused(f"{path} holds no entries.")
    return sorted(entries, key=lambda entry: entry.published)


class Playback:
    """Serves archived entries as feed documents: those of one feed published in the window that is set."""

    def __init__(self, entries: Iterable[ArchivedEntry]) -> None:
        self._by_feed: dict[str, list[ArchivedEntry]] = defaultdict(list)
        for entry in entries:
            self._by_feed[address_of(entry.feed)].append(entry)
        self.window = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))

    def feeds(self) -> Mapping[str, str]:
        """Address and title of each feed."""
        return {address: entries[0].feed for address, entries in self._by_feed.items()}

    def with_news(self) -> list[str]:
        """Addresses of the feeds that carry something in the window."""
        return [address for address in self._by_feed if self._current(address)]

    def fetch(self, requests: Sequence[Request]) -> list[Fetched]:
        """Answer as news.fetch.connections would, without a network."""
        return [self._answer(request) for request in requests]

    def _answer(self, request: Request) -> Fetched:
        items = [_item(entry) for entry in self._current(request.address)]
        title = self._by_feed[request.address][0].feed if request.address in self._by_feed else request.address
        document = {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items}
        return Fetched(
            address=request.address,
            final_address=request.address,
            status=200,
            headers={"content-type": "application/feed+json"},
            body=json.dumps(document).encode(),
        )

    def _current(self, address: str) -> list[ArchivedEntry]:
        after, until = self.window
        return [entry for entry in self._by_feed.get(address, ()) if after < entry.published <= until]


def address_of(feed: str) -> str:
    """An address for an archived feed that no poller would ever ask."""
    return f"archive:{feed}"


def _item(entry: ArchivedEntry) -> dict[str, str]:
    return {
        "id": f"{entry.link or entry.title} {entry.published:%Y-%m-%d}",
        "url": entry.link,
        "title": entry.title,
        "content_text": entry.description,
        "date_published": entry.published.isoformat(),
    }


def _question(row: Any, where: str) -> ArchivedQuestion:
    if not isinstance(row, dict):
        raise Refused(f"{where} is no object.")
    opens, deadline = _day(row, "opens", where), _day(row, "deadline", where)
    if deadline < opens:
        raise Refused(f"{where}: its deadline {deadline} lies before its opening {opens}.")
    return ArchivedQuestion(
        id=_text(row, "id", where),
        claim=_text(row, "claim", where),
        question=_text(row, "question", where),
        resolution_criteria=str(row.get("resolution_criteria") or "Not stated."),
        opens=opens,
        deadline=deadline,
        keywords=_words(row, "keywords", where),
        actors=_words(row, "actors", where),
        process=_one_of(row, "process", PROCESSES, where),
        prior=_chance(row, "prior", where),
        prior_reason=_text(row, "prior_reason", where) if row.get("prior_reason") else GIVEN,
        written_with_hindsight=row.get("written_with_hindsight") is True,
        settled=_settled(row, opens, where),
    )


def _settled(row: Mapping[str, Any], opens: date, where: str) -> Settled | None:
    outcome = _one_of(row, "outcome", OUTCOMES, where)
    if bool(outcome) != bool(row.get("settled")):
        raise Refused(f"{where}: give outcome and settled (the day on which it was) together, or neither.")
    if not outcome:
        return None
    on = _day(row, "settled", where)
    if not opens <= on <= LAST_DEADLINE:
        raise Refused(f"{where}: settled on {on}: give a day from its opening {opens} to {LAST_DEADLINE}.")
    return Settled(outcome=outcome, on=on)


def _one_of(row: Mapping[str, Any], name: str, known: Sequence[str], where: str) -> str:
    """One of the words known, "" where it is not said."""
    value = row.get(name)
    if value is None or value == "":
        return ""
    if value not in known:
        raise Refused(f"{where}: {name} must be one of {', '.join(known)}, or left out.")
    return str(value)


def _chance(row: Mapping[str, Any], name: str, where: str) -> float | None:
    if row.get(name) is None:
        return None
    try:
        return probability(row[name])
    except ValueError as error:
        raise Refused(f"{where}: {name}: {error}") from error


def _entry(row: rows.JsonRow) -> ArchivedEntry:
    return ArchivedEntry(
        feed=row.text("feed", needed=True).strip(),
        title=str(row.get("title") or ""),
        link=str(row.get("link") or ""),
        published=moment(row, "published"),
        description=str(row.get("description") or ""),
    )


def moment(row: rows.JsonRow, name: str) -> datetime:
    """A time in UTC, which is meant where it names no zone."""
    try:
        stated = datetime.fromisoformat(row.text(name, needed=True).strip())
        return stated.replace(tzinfo=UTC) if stated.tzinfo is None else stated.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise row.refused(f'"{name}" is no time: write it as 2026-02-05T10:00:00Z.') from error


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Refused(f"{where} has no {name}: give it as text.")
    return value.strip()


def _words(row: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = row.get(name) or []
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise Refused(f"{where}: {name} must be a list of words.")
    return tuple(islice(value, 100))


def _day(row: Mapping[str, Any], name: str, where: str) -> date:
    try:
        return date.fromisoformat(_text(row, name, where)[:10])
    except ValueError as error:
        raise Refused(f"{where}: {name} must be a day such as 2026-01-31.") from error
