"""Events that a text is about, their days, and which of its claims are settled on them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from language import wordlists
from language.claims import layout
from language.claims.candidates import Read
from language.time import deadlines, events, occasions, periods
from language.time.frames import Frame

WORDINGS = {name: wordlists.pattern(words) for name, words in wordlists.read("events")["wordings"].items()}
LEAD = 6  # sentences that say what a text is about
FEWEST = 2  # times that a contest is named in a text about it
RESULTS_WITHIN = timedelta(days=10)
SOON = timedelta(days=10)
REPORTING = 40  # characters between a verb of saying and its day
COURT_NAMED = 2


@dataclass(frozen=True, slots=True)
class EventDay:
    """An event, the day on which its outcome is known, and the words of claims `about` it; it dates all others too
    where `is_whole`, and only those that name its `place` where it has one.
    """

    words: str
    on: date
    about: re.Pattern[str]
    is_whole: bool
    place: str = ""

    def is_of(self, text: str) -> bool:
        """Whether a claim is settled by the event, and not in its wake."""
        if WORDINGS["later"].search(text):
            return False
        return self.is_whole or (self.place in text and self.about.search(text) is not None)


def season_day(text: str, frame: Frame) -> date:
    """The last day of a frame: of the whole season for titles and awards, of its table for else."""
    if frame.whole is None:
        return frame.last
    return frame.whole if WORDINGS["title"].search(text) or WORDINGS["season"].search(text) else frame.last


def read(
    sentences: Sequence[Read], *, title: str, published: date, dated: Mapping[str, tuple[date, date]], country: str
) -> tuple[EventDay, ...]:
    """The events that title and first sentences say a text is about, with those of their days that are known."""
    lead = [title, *(read.sentence.text for read in sentences[:LEAD])]
    return tuple(_found(lead, sentences, title, published, dated, country))


def _found(
    lead: Sequence[str],
    sentences: Sequence[Read],
    title: str,
    published: date,
    dated: Mapping[str, tuple[date, date]],
    country: str,
) -> Iterator[EventDay]:
    known = events.find(title, published=published, country=country)
    if known is not None:
        about = WORDINGS["elected" if events.ELECTION.search(title) else "played"]
        yield EventDay(known.words, known.last, about, False)
    league = events.season(f"{title} season", published=published)
    if league is not None and league.whole is not None:
        yield EventDay(league.words, league.whole, WORDINGS["campaign"], False)
    is_preview = layout.FORETELLING.search(title) is not None
    if (contest := _contest(lead, sentences, dated)) is not None:
        on = _on(contest, sentences, published, dated)
        if on is not None:
            about = WORDINGS["elected" if _is_vote(contest) else "played"]
            yield EventDay(contest, on, about, is_preview)
    for words in lead[1:]:
        if known is None and (other := events.known(words, published=published)) is not None:
            yield EventDay(other.words, other.last, WORDINGS["played"], False, place=_place(other.words))
    if sum(len(WORDINGS["election"].findall(words)) for words in lead) >= FEWEST and "election" not in dated:
        on = events.election(country, published=published)
        if on is not None:
            yield EventDay("election", on, WORDINGS["elected"], False)
    courts = sum(len(WORDINGS["court"].findall(read.sentence.text)) for read in sentences[: 10 * LEAD])
    if courts >= COURT_NAMED and country == "us":
        yield EventDay("the term of the Supreme Court", events.term_end(published), WORDINGS["ruling"], False)


def _contest(lead: Sequence[str], sentences: Sequence[Read], dated: Mapping[str, tuple[date, date]]) -> str | None:
    """The contest that the first sentences name, where the text dates it or names it more than once."""
    heads = Counter(occasions.head_of(match["head"]) for words in lead for match in WORDINGS["contest"].finditer(words))
    if not heads:
        return None
    head, _ = heads.most_common(1)[0]
    times = sum(read.sentence.text.lower().count(head) for read in sentences)
    return head if times >= FEWEST or head in dated else None


def _place(words: str) -> str:
    """The names of an event that is only mentioned, which its claims must repeat."""
    return " ".join(word for word in words.split() if word[0].isupper())


def _is_vote(head: str) -> bool:
    return head in {"election", "primary", "caucus", "run-off", "runoff", "referendum", "race"}


def _on(head: str, sentences: Sequence[Read], published: date, dated: Mapping[str, tuple[date, date]]) -> date | None:
    """The day that the text gives to an event, or that of its results; else the only day ahead that it names."""
    if head in dated:
        first, last = dated[head]
        results = dated.get("result")
        if results is not None and first <= results[1] <= last + RESULTS_WITHIN:
            return results[1]
        return last if first == last else None
    return _only_day(sentences, published)


def _only_day(sentences: Sequence[Read], published: date) -> date | None:
    """The only day to come, within ten, that a text names, but for days on which something was said."""
    ahead = set()
    for words in (read.sentence.text for read in sentences):
        for period in periods.find(words, published=published):
            before = words[max(0, period.start - REPORTING) : period.start]
            is_near = published <= period.first == period.last <= published + SOON
            if is_near and not deadlines.REPORTED.search(before) and not deadlines.TOLD.search(before):
                ahead.add(period.last)
    return ahead.pop() if len(ahead) == 1 else None
