"""QuestionWording of a question, its statement and its criteria, from a clause, its process and its last day."""

import re
from dataclasses import dataclass, replace
from typing import Final

from language.questions import criteria, timing
from language.questions.clauses import AskedClause
from language.questions.timing import Timed

OTHERWISE: Final = (
    r"(?:to|below|above|under|over|from|back|about|around|roughly|nearly|almost|less|more|fewer|at|only|up|exactly"
    r"|between|than|no|not)\b"
)
COUNTED: Final = re.compile(
    rf"^(?P<by>(?:cut|raise|lift|lower|reduce|increase|grow|rise|fall|drop)\s(?:(?!{OTHERWISE})[a-z]+\s){{0,2}})?"
    r"(?P<head>(?:(?:win(?:\swith)?|add|create|gain|pick\sup|close|sell|buy|build|bring|open|ship|hire|deliver|lose|attract|return|spend|invest|pay|earn|donate|export|import|produce|have|be)\s)?)"
    r"(?=[$€£]?\d[\d.,]*(?:[Kk]?\s|%)|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s)(?!(?:19|20|21)\d\d\s)(?!\S*\d[-–]\d)"
)
UP_TO: Final = re.compile(r"^(?P<verb>reach|hit|top|total|number)\s(?:up\sto|as\s(?:many|much|high)\sas)\s")
RANGE: Final = re.compile(
    r"\b(?P<cue>with|win|gain|add|lose|at|be|average|by|to)\s(?P<low>[$€£]?\d[\d.,]{0,8}%?)\s?[-–]\s?(?P<high>[$€£]?\d[\d.,]{0,8}%?)(?=\s[a-z]|$)"
)
ONLY: Final = re.compile(
    r"(?:only\s(?:be\sable\sto\s)?(?P<verb>[a-z]{2,14})|(?:be\sable\sto\s)?(?P<other>[a-z]{2,14})\sonly)\s(?P<rest>[$€£]?\d.{0,250})$"
)
LEAST_OF_RANGE: Final = 10  # below, "3-1" is a score
# A figure that is forecast is asked for as the least; one that somebody sets, such as a key rate, as it is.
POINT: Final = re.compile(r"be\s-?[$€£]?\d[\d.,]*\s?(?:%|per\s?cent|(?:million|billion|trillion|thousand)\b|[$€£])")
SET: Final = re.compile(r"\b(?:rates?|tax|fee|price|tariff|duty|age)$", re.IGNORECASE)
COMPARED: Final = re.compile(r"(?:^|\s)(?:higher|lower|stronger|weaker|larger|smaller|cheaper|dearer|richer|poorer)$")
DEBATE: Final = re.compile(
    r"(?:win|lose)\sthe\s(?:(?:first|second|third|final|last|television|televised|presidential|TV)\s){0,2}debate$"
)
MOVING: Final = {
    re.compile(r"(?:going|coming)\sdown|falling|declining|shrinking"): "lower",
    re.compile(r"going\sup|rising|climbing"): "higher",
}
# What is counted up never falls; how many come in a week may.
TALLY: Final = re.compile(r"^(?:the\s)?(?P<what>(?:[\w-]{3,14}\s)?(?:infections|deaths|cases))$", re.IGNORECASE)
WEATHER: Final = re.compile(r"\b(?:rain|snow|sleet|hail|ash|leaves|bombs|moon|sun)$", re.IGNORECASE)
ANY: Final = re.compile(r"^(?:any of|anyone|anything|any)\b")
SOME: Final = {"any of": "at least one of", "anyone": "someone", "anything": "something"}


@dataclass(frozen=True, slots=True)
class QuestionWording:
    question: str
    statement: str
    criteria: str
    process: str


def worded(clause: AskedClause, timed: Timed) -> QuestionWording:
    """The question of a clause that looks ahead."""
    clause = _compared(_at_least(_plainly(_dated_once(clause, timed))), timed)
    bare = f"{clause.subject} will {clause.predicate}"
    some = replace(clause, subject=_some(clause.subject), rest=_some(clause.rest))
    process = timing.process_of(clause, bare, timed.words)
    when = timing.phrase(clause, process, timed)
    is_first = timing.stands_first(clause, when)
    opening = f"{when}, " if is_first else f"{clause.condition}, " if clause.condition else ""
    ending = "" if is_first or not when else f" {when}"
    question = f"{opening}will {clause.subject} {clause.predicate}{ending}?"
    statement = f"{opening}{some.subject} will {some.predicate}{ending}."
    return QuestionWording(
        question=_capital(question),
        statement=_capital(statement),
        criteria=criteria.written(some, process=process, when=when, timed=timed),
        process=process,
    )


def told(clause: AskedClause) -> str:
    """Claim in the plain future; empty where its subject was turned from "no" to "any"."""
    if clause.is_denied and clause.subject.startswith(("any", "either ")):
        return ""
    condition = f"{clause.condition}, " if clause.condition else ""
    return f"{condition}{clause.subject} will {'not ' if clause.is_denied else ''}{clause.predicate}"


def _dated_once(clause: AskedClause, timed: Timed) -> AskedClause:
    """The clause without "in 2026" where the end of that year is its deadline."""
    year = f"in {timed.on.year}"
    is_year_end = (timed.on.month, timed.on.day) == (12, 31) and clause.rest.endswith(year)
    return replace(clause, rest=clause.rest.removesuffix(year).rstrip(" ,")) if is_year_end else clause


def _plainly(clause: AskedClause) -> AskedClause:
    """The clause without what leaves its figures open: "reach up to 40", "only produce 30", "40-45 seats"."""
    told = UP_TO.sub(r"\g<verb> ", f"{clause.verb} {clause.rest}".rstrip())
    told = RANGE.sub(_range, told, count=1)
    if DEBATE.match(told):
        told = f"{told} in most polls of those who watched it"
    if only := ONLY.match(f"{clause.adverb}{told}"):
        return replace(clause, adverb="", verb=only["verb"] or only["other"], rest=f"at most {only['rest']}")
    verb, _, rest = told.partition(" ")
    return replace(clause, verb=verb, rest=rest)


def _compared(clause: AskedClause, timed: Timed) -> AskedClause:
    """The clause with the day of the claim, where it compares and does not say with what: "will be lower"."""
    moved = next((told for doing, told in MOVING.items() if doing.fullmatch(clause.rest)), "")
    if moved and clause.verb == "be" and not WEATHER.search(clause.subject):
        clause = replace(clause, subject=TALLY.sub(r"weekly \g<what>", clause.subject), rest=moved, is_copular=True)
    if not clause.is_copular or not COMPARED.search(clause.rest):
        return clause
    was = "they were" if clause.is_plural else "it was"
    return replace(clause, rest=f"{clause.rest} than {was} on {timing.full(timed.published)}")


def _range(match: re.Match[str]) -> str:
    low, high = (float(re.sub(r"[^\d.]", "", match[end]).strip(".") or 0) for end in ("low", "high"))
    is_score = high < LEAST_OF_RANGE and "%" not in match["high"]
    return match.group() if low >= high or is_score else f"{match['cue']} between {match['low']} and {match['high']}"


def _at_least(clause: AskedClause) -> AskedClause:
    """A count that is named without more, as the least that is asked for: "win 40 seats" is "win at least 40 seats"."""
    told = f"{clause.verb} {clause.rest}"
    if POINT.match(told) and not SET.search(clause.subject):
        return replace(clause, rest=f"at least {clause.rest}")
    counted = COUNTED.match(told)
    if (
        counted is None
        or bool(counted["by"]) == bool(counted["head"])
        or (clause.verb == "be" and clause.subject != "there")
    ):
        return clause
    words = "at least" if counted["head"] or counted["by"].endswith("by ") else "by at least"
    return replace(
        clause, rest=f"{told[len(clause.verb) : counted.end()].strip()} {words} {told[counted.end() :]}".strip()
    )


def _some(words: str) -> str:
    """Statement's words for a question's "any"."""
    return ANY.sub(lambda match: SOME.get(match.group(), "some"), words, count=1)


def _capital(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].upper() + text[1:]
