"""Turns a claim into a draft that a curator mends: a question the world can settle, with criteria and deadline."""

import re
from dataclasses import dataclass
from datetime import date

from tracker.language import actors, deadlines, words

MOST_KEYWORDS = 8
MOST_CHARACTERS = 400
FEWEST_DAYS = 180  # a year-end nearer than this leaves too little time to settle anything
OPENING = re.compile(
    r"(?:(?:However|Moreover|Meanwhile|Still|Instead|Also|And|But|Yet|So|Strategically|Indeed|In\saddition|As\sa\sresult),?\s)+"
    r"|(?:While|Although|Though|Despite|Given)\s[^,]{5,200},\s",
)
SAID = re.compile(
    r"(?:[A-Z][^,;:\"“”]{1,60}\s)?(?:says?|said|suggests?|suggested|argues?|argued|warns?|warned|predicts?|predicted|believes?"
    r"|believed|claims?|claimed|expects?|thinks?|forecasts?|estimates?)\s(?:that\s)?(?=[A-Z]|the\s|a\s|its?\s|they\s|he\s|she\s)"
)
AFTERTHOUGHT = re.compile(
    r"\s(?:given|because|due\sto|in\sspite\sof|despite|owing\sto|according\sto)\s[^.]{1,300}$|,\s(?:given|because|although|though)\s.{1,300}$"
)
# Wordings of expectation and the plain future they are settled by; the first that matches is rewritten.
FUTURES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), future)
    for pattern, future in (
        (
            r"\b(?:is|are|was|were)\s(?:not|never)\s(?:\w{1,12}\s)?(?:expected|likely|set|due|scheduled|planning"
            r"|going|projected|forecast|predicted)\sto\b",
            "will not",
        ),
        (
            r"\b(?:is|are|was|were)\s(?:\w{1,12}\s)?unlikely\sto\b|\bwon['’]t\b|\b(?:do|does)(?:\snot"
            r"|n['’]t)\s(?:plan|intend|expect)\sto\b",
            "will not",
        ),
        (
            r"\b(?:is|are|was|were)\s(?:\w{1,12}\s)?(?:expected|likely|set|due|scheduled|slated|planning|going"
            r"|projected|forecast|predicted|poised|bound|certain|about|on\strack)\sto\b",
            "will",
        ),
        (r"\b(?:may|might|could|would|should)\s(?:well\s|possibly\s|soon\s|easily\s)?(?P<no>not\b)?", "will"),
        (r"\b(?:plans?|intends?|aims?|expects?|vows?|pledges?|promises?|hopes?|seeks?)\sto\b", "will"),
        (r"\bcan\b", "will"),
    )
)
WILL = re.compile(r"\s(?:will|shall)\s(?:not\s)?")


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """`statement` says in a declarative sentence what YES means; question and criteria follow from it."""

    question: str
    statement: str
    resolution_criteria: str
    deadline: date
    keywords: tuple[str, ...]
    actors: tuple[str, ...]


def draft(claim_text: str, *, published: date, deadline: date | None, kind: str) -> DraftQuestion:
    """A first wording for a claim; without a deadline, to the end of this year, or of the next if that is near."""
    on = deadline or _year_end(published)
    core = _core(claim_text, published)
    when = f"{on.day} {on:%B %Y}"
    if will := WILL.search(core):
        subject, rest = core[: will.start()], core[will.end() :]
        no = "not " if will.group().rstrip().endswith("not") else ""
        question = f"Will {_inside(subject)} {no}{rest} by {when}?"
        statement = f"{_opening(core)} by {when}."
    elif kind == "verifiable":
        question = f"Is it true that {_inside(core)}?"
        statement = f"{_opening(core)}."
    else:
        question = f"Will it hold on {when} that {_inside(core)}?"
        statement = f"On {when} it holds that {_inside(core)}."
    criteria = (
        f"YES if an official source, or at least two independent news organisations, report by {when}"
        f" that {_inside(core)}. An announcement without the act does not count. Otherwise NO."
    )
    found = actors.find(claim_text)
    return DraftQuestion(question, statement, criteria, on, _keywords(claim_text, found), tuple(sorted(found)))


def _year_end(published: date) -> date:
    end = date(published.year, 12, 31)
    return end if (end - published).days >= FEWEST_DAYS else date(published.year + 1, 12, 31)


def _core(claim: str, published: date) -> str:
    """The bare assertion in the plain future: no connective, attribution, reason, deadline or full stop."""
    core = " ".join(claim[:MOST_CHARACTERS].split()).strip("\"“”'‘’ ")
    core = core.rstrip(".!?…;:, ")
    core = OPENING.sub("", core, count=1) if OPENING.match(core) else core
    core = SAID.sub("", core, count=1) if SAID.match(core) else core
    core = AFTERTHOUGHT.sub("", core)
    if found := deadlines.find(core, published=published):
        core = f"{core[: found.start]}{core[found.end :]}"
    for pattern, future in FUTURES:
        if match := pattern.search(core):
            negated = future == "will" and match.groupdict().get("no")
            core = f"{core[: match.start()]}{'will not' if negated else future} {core[match.end() :]}"
            break
    return " ".join(core.split()).replace(" ,", ",").strip(" ,;")


def _opening(core: str) -> str:
    """A clause as it stands at the head of a sentence."""
    return core[:1].upper() + core[1:]


def _inside(core: str) -> str:
    """A clause as it stands inside a sentence: its first letter low unless it opens a name."""
    first = core.split(" ", 1)[0]
    is_common = first.lower() in words.STOP_WORDS or first in {"Some", "Many", "Several"}
    return core[:1].lower() + core[1:] if is_common and first != "I" else core


def _keywords(claim: str, found: frozenset[str]) -> tuple[str, ...]:
    """Actors as the claim words them, then its rarest words, at most eight."""
    rarity = words.news_rarity()
    named = {part.lower() for name in found for part in name.split()}
    rest = {
        word for word in words.tokens(claim)
        if len(word) > 3 and word not in words.STOP_WORDS and word not in named and not word.isdigit()
        and word.title() not in actors.table()
    }  # fmt: skip
    ranked = sorted(rest, key=lambda word: (-rarity.idf(words.stem(word)), word))
    return tuple([*sorted(found), *ranked][:MOST_KEYWORDS])
