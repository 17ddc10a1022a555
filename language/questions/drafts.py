"""Drafts of questions from claims, for a curator to edit: a question the world can settle, criteria and deadline."""

import re
from dataclasses import dataclass
from datetime import date

from language import wordlists
from language.questions import processes, refusals, sources
from language.sentences import actors, attribution, words
from language.time import deadlines

MOST_KEYWORDS = 8
MOST_ALIASES = 8
MOST_CHARACTERS = 400
REPORTERS = "YES if an official source, or at least two independent news organisations"
FEWEST_DAYS = 180  # a year-end nearer than this leaves too little time to settle anything
OPENING = re.compile(
    r"(?:(?:However|Moreover|Meanwhile|Still|Instead|Also|And|But|Yet|So|Strategically|Indeed|In\saddition|As\sa\sresult),?\s)+"
    r"|(?:While|Although|Though|Despite|Given)\s[^,]{5,200},\s",
)
AFTERTHOUGHT = re.compile(
    r"\s(?:given|because|due\sto|in\sspite\sof|despite|owing\sto|according\sto)\s[^.]{1,300}$|,\s(?:given|because|although|though|since|as|which)\s.{1,300}$"
)
# How sure the wording is stands beside the question as a figure; the question itself asks for the bare event.
SURENESS = (
    r"(?:(?:very|most|almost|virtually|quite)\s)?(?:probably|likely|possibly|perhaps|maybe|presumably|conceivably"
    r"|certainly|definitely|surely|inevitably|undoubtedly)"
)
SURE_AT_THE_HEAD = re.compile(rf"{SURENESS},?\s", re.IGNORECASE)
SURE_AT_THE_VERB = re.compile(rf"(?<=\bwill\s){SURENESS}\s|(?<=\bwill\snot\s){SURENESS}\s|\b{SURENESS}\s(?=will\b)")
# Wordings of expectation and the plain future they are settled by; the first that matches is rewritten.
FUTURES = [(wordlists.pattern(row["words"]), row["future"]) for row in wordlists.read("expectations")["wordings"]]
WILL = re.compile(r"\s(?:will|shall)\s(?P<no>(?:not|never)\s)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftQuestion:
    """A question never asks for a denial: of "X will not sign" it asks whether X will, and `side` is "no".

    `statement` says in a declarative sentence what YES means, `headline` what the claim says. `sources` are kinds of
    sources to look at, `aliases` other wordings of each actor, `process` one of `processes`. Where `refusal` is not
    empty it says why the claim cannot be put to the world, and the wording is nothing to show.
    """

    headline: str
    question: str
    statement: str
    resolution_criteria: str
    side: str
    deadline: date
    keywords: tuple[str, ...]
    actors: tuple[str, ...]
    aliases: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[str, ...]
    process: str
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """The wording of a draft; `criteria` completes REPORTERS."""

    question: str
    statement: str
    criteria: str
    side: str = "yes"


def draft(claim_text: str, *, published: date, deadline: date | None, kind: str) -> DraftQuestion:
    """A first wording for a claim; without a deadline, to the end of this year, or of the next if that is near."""
    claim_text = claim_text[:MOST_CHARACTERS]
    on = deadline or _year_end(published)
    core = _core(claim_text, published)
    when = f"{on.day} {on:%B %Y}"
    if will := WILL.search(core):
        side = "no" if will["no"] else "yes"
        wording = _about_the_future(core[: will.start()], core[will.end() :], side=side, when=when)
    elif kind == "verifiable":
        wording = _about_the_past(core, when=when)
    else:
        wording = _about_a_state(core, when=when)
    names = actors.find(core) or actors.find(claim_text)
    refusal = refusals.why_not(claim_text, kind=kind, published=published, has_deadline=deadline is not None)
    return DraftQuestion(
        headline=_opening(core),
        question=wording.question,
        statement=wording.statement,
        resolution_criteria=f"{REPORTERS}, {wording.criteria} Otherwise NO.",
        side=wording.side,
        deadline=on,
        keywords=_keywords(core, names),
        actors=tuple(sorted(names)),
        aliases=tuple((name, known) for name in sorted(names) if (known := _aliases(name, claim_text))),
        sources=sources.to_look_at(claim_text),
        process=processes.kind_of(wording.statement),
        refusal=refusal,
    )


def _about_the_future(subject: str, rest: str, *, side: str, when: str) -> _Wording:
    event = f"{_opening(subject)} will {rest}"
    return _Wording(
        question=f"Will {_inside(subject)} {rest} by {when}?",
        statement=f"{event} by {when}.",
        criteria=f"report that this came about by {when}: “{event}.” An announcement without the act does not count.",
        side=side,
    )


def _about_the_past(core: str, *, when: str) -> _Wording:
    return _Wording(
        question=f"Is it true that {_inside(core)}?",
        statement=f"{_opening(core)}.",
        criteria=f"report by {when} that {_inside(core)}.",
    )


def _about_a_state(core: str, *, when: str) -> _Wording:
    return _Wording(
        question=f"Will it hold on {when} that {_inside(core)}?",
        statement=f"On {when} it holds that {_inside(core)}.",
        criteria=f"report that on {when} it holds that {_inside(core)}.",
    )


def _year_end(published: date) -> date:
    end = date(published.year, 12, 31)
    return end if (end - published).days >= FEWEST_DAYS else date(published.year + 1, 12, 31)


def _core(claim: str, published: date) -> str:
    """The bare assertion in the plain future: no connective, attribution, reason, deadline or full stop."""
    core = " ".join(claim[:MOST_CHARACTERS].split()).strip("\"“”'‘’ ")
    core = core.rstrip(".!?…;:, ")
    core = OPENING.sub("", core, count=1) if OPENING.match(core) else core
    core = attribution.without(core).strip('"“”, ')
    core = AFTERTHOUGHT.sub("", core)
    core = SURE_AT_THE_HEAD.sub("", core, count=1) if SURE_AT_THE_HEAD.match(core) else core
    if (deadline := deadlines.find(core, published=published)) and deadline.on is not None:
        core = f"{core[: deadline.start]}{core[deadline.end :]}"
    for pattern, future in FUTURES:
        if match := pattern.search(core):
            negated = future == "will" and match.groupdict().get("no")
            core = f"{core[: match.start()]}{'will not' if negated else future} {core[match.end() :]}"
            break
    core = SURE_AT_THE_VERB.sub("", core)
    return " ".join(core.split()).replace(" ,", ",").strip(" ,;")


def _aliases(name: str, claim: str) -> tuple[str, ...]:
    """Other wordings of an actor: those of the table, or the last name of a person."""
    listed = sorted(wording for wording, known in actors.table().items() if known == name and wording != name)
    if listed:
        return tuple(listed[:MOST_ALIASES])
    last = name.rsplit(" ", 1)[-1]
    return (last,) if last != name and not claim.isupper() else ()


def _opening(core: str) -> str:
    """A clause as it stands at the head of a sentence."""
    return core[:1].upper() + core[1:]


def _inside(core: str) -> str:
    """A clause as it stands inside a sentence: its first letter low unless it opens a name."""
    first = core.split(" ", 1)[0]
    is_common = first.lower() in words.STOP_WORDS or first in {"Some", "Many", "Several"}
    return core[:1].lower() + core[1:] if is_common and first != "I" else core


def _keywords(claim: str, names: frozenset[str]) -> tuple[str, ...]:
    """Actors as the claim words them, then its rarest words, at most eight."""
    rarity = words.news_rarity()
    parts = {part.lower() for name in names for part in name.split()}
    rest = {
        word for word in words.tokens(claim)
        if len(word) > 3 and word not in words.STOP_WORDS and word not in parts and not word.isdigit()
        and word.title() not in actors.table()
    }  # fmt: skip
    ranked = sorted(rest, key=lambda word: (-rarity.idf(words.stem(word)), word))
    return tuple([*sorted(names), *ranked][:MOST_KEYWORDS])
