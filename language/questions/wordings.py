"""QuestionWording of a question, its statement and its criteria, from a clause, its process and its last day."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from language.questions import inflection, processes, sources
from language.questions.clauses import AskedClause

LASTING: Final = frozenset(
    {"remain", "stay", "continue", "keep", "persist", "last", "endure", "survive", "retain", "maintain"}
)
HELD: Final = re.compile(r"(?:until|till|through|throughout|for)\b", re.IGNORECASE)
BY: Final = re.compile(r"(?:by|before|no\slater|within)\b", re.IGNORECASE)
ENDING: Final = re.compile(rf"{HELD.pattern}|{BY.pattern}", re.IGNORECASE)
UNTIL: Final = re.compile(r"(?:until|till)\b", re.IGNORECASE)
CUED: Final = re.compile(rf"{ENDING.pattern}|(?:in|on|at|during|over|within)\b", re.IGNORECASE)
ON: Final = re.compile(r"(?:on|at)\s(?!the\s(?:end|latest))", re.IGNORECASE)
IN: Final = re.compile(r"(?:in|during|over)\s(?!(?:(?:early|mid|late)\b|the\s(?:coming|next)))", re.IGNORECASE)
AT_THE_END: Final = re.compile(r"(?:at|as\sof)\sthe\s(?:end|close)\b", re.IGNORECASE)
LINK: Final = re.compile(r"(?:if|unless|when|once|provided(?:\sthat)?|as\slong\sas)\s")
OTHERWISE: Final = (
    r"(?:to|below|above|under|over|from|back|about|around|roughly|nearly|almost|less|more|fewer|at|only|up|exactly"
    r"|between|than|no|not)\b"
)
COUNTED: Final = re.compile(
    rf"^(?P<by>(?:cut|raise|lift|lower|reduce|increase|grow|rise|fall|drop)\s(?:(?!{OTHERWISE})[a-z]+\s){{0,2}})?"
    r"(?P<head>(?:(?:win(?:\swith)?|add|create|gain|pick\sup|close|sell|buy|build|bring|open|ship|hire|deliver|lose|attract|have|be)\s)?)"
    r"(?=[$€£]?\d[\d.,]*(?:\s|%))(?!(?:19|20|21)\d\d\s)(?!\S*\d[-–]\d)"
)
ANY: Final = re.compile(r"^(?:any of|anyone|anything|any)\b")
SOME: Final = {"any of": "at least one of", "anyone": "someone", "anything": "something"}
EXACT: Final = re.compile(r"\b(?:above|over|below|under|more\sthan|less\sthan|fewer\sthan|exceed)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QuestionWording:
    question: str
    statement: str
    criteria: str
    process: str


@dataclass(frozen=True, slots=True)
class Timed:
    """When a claim was made and until when: `words` give its deadline in the clause, or are empty; `is_period` says
    that the deadline is the end of a period which a heading names.
    """

    words: str
    published: date
    on: date
    is_period: bool


def worded(clause: AskedClause, timed: Timed) -> QuestionWording:
    """The question of a clause that looks ahead."""
    clause = _at_least(clause)
    bare = f"{clause.subject} will {clause.predicate}"
    some = replace(clause, subject=_some(clause.subject), rest=_some(clause.rest))
    process = _process(clause, bare, timed.words)
    when = _when(clause, process, timed)
    predicate = " ".join(f"{clause.predicate} {when}".split())
    condition = f"{clause.condition}, " if clause.condition else ""
    question = f"{condition}will {clause.subject} {predicate}?"
    statement = f"{condition}{some.subject} will {' '.join(f'{some.predicate} {when}'.split())}."
    return QuestionWording(
        question=_capital(question),
        statement=_capital(statement),
        criteria=_criteria(some, process, when, timed),
        process=process,
    )


def told(clause: AskedClause) -> str:
    """Claim in the plain future; empty where its subject was turned from "no" to "any"."""
    if clause.is_denied and clause.subject.startswith(("any", "either ")):
        return ""
    condition = f"{clause.condition}, " if clause.condition else ""
    return f"{condition}{clause.subject} will {'not ' if clause.is_denied else ''}{clause.predicate}"


def full(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _at_least(clause: AskedClause) -> AskedClause:
    """A count that is named without more, as the least that is asked for: "win 40 seats" is "win at least 40 seats"."""
    told = f"{clause.verb} {clause.rest}"
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


def _process(clause: AskedClause, bare: str, words: str) -> str:
    kind = processes.kind_of(bare)
    if kind == processes.EVENT and (
        (HELD.match(words) and not clause.is_denied) or AT_THE_END.match(words) or clause.verb in LASTING
    ):
        return processes.STATE
    if kind == processes.EVENT and clause.is_copular and not BY.match(words):
        return processes.STATE
    return kind


def _when(clause: AskedClause, process: str, timed: Timed) -> str:
    """The time of a question: an event comes by a day, a state holds on it or until then, a value is of a period."""
    words, published, on = timed.words, timed.published, timed.on
    if re.search(rf"\b{on.year}$", clause.subject):
        return ""
    if on == published:
        return f"on {full(on)}"
    if BY.match(words) or (clause.is_denied and HELD.match(words)):
        return f"by {full(on)}"
    if HELD.match(words):
        return words[:1].lower() + words[1:] if words.lower().startswith("throughout") else f"until {full(on)}"
    if ON.match(words) or re.match(r"\d", words):
        return f"on {full(on)}"
    if process == processes.THRESHOLD and IN.match(words):
        return words[:1].lower() + words[1:]
    if process == processes.THRESHOLD and clause.is_copular and timed.is_period:
        return f"for the period that ends on {full(on)}"
    if process == processes.STATE and clause.verb in LASTING:
        return f"until {full(on)}"
    if process == processes.STATE or (
        process == processes.THRESHOLD and (clause.is_copular or AT_THE_END.match(words))
    ):
        return f"at the end of {on.year}" if (on.month, on.day) == (12, 31) else f"on {full(on)}"
    return f"by {full(on)}"


def _criteria(clause: AskedClause, process: str, when: str, timed: Timed) -> str:
    published, on = timed.published, timed.on
    official = sources.official(f"{clause.subject} {clause.predicate}")
    verb = inflection.past(clause.verb, is_plural=clause.is_plural)
    acted = f"{verb} {clause.adverb}" if clause.verb == "be" else f"{clause.adverb}{verb} "
    told = " ".join(f"{clause.subject} {acted}{clause.rest}".split()).replace(" ,", ",")
    told = told if clause.subject != "there" else f"there {_there(clause)} {clause.rest}"
    if clause.condition and not LINK.match(clause.condition):
        told = f"{clause.condition}, {told}"
    void = f" {_void(clause.condition)}" if LINK.match(clause.condition) else ""
    if process == processes.THRESHOLD:
        edge = (
            "A value exactly at the limit is NO."
            if EXACT.search(clause.predicate)
            else "A value exactly as named is YES."
        )
        return (
            f"YES if {official} or, failing that, at least two independent news organisations report that {told} "
            f"{when}. "
            f"The value first published counts, rounded as the source rounds it; later revisions do not. {edge} "
            f"Otherwise NO.{void}"
        )
    if process == processes.STATE:
        span = f"at all times {when}" if when.startswith(("until", "throughout")) else when
        return (
            f"YES if {official} or at least two independent news organisations report that {told} {span}. "
            f"What had ended before, or is only announced, does not count. Otherwise NO.{void}"
        )
    when = f"on {full(on)}" if on == published else f"after {full(published)} and no later than {full(on)}"
    return (
        f"YES if {official} or at least two independent news organisations report that, {when}, {told}. "
        "A plan, a forecast or an announcement without the act does not count; "
        f"a later report counts if it puts the act before the deadline. Otherwise NO.{void}"
    )


def _there(clause: AskedClause) -> str:
    is_one = re.match(r"(?:a|an|one|another)\s", clause.rest)
    return ("was" if is_one else "were") if clause.verb == "be" else inflection.past(clause.verb, is_plural=True)


def _void(condition: str) -> str:
    what = LINK.sub("", condition)
    comes = "If it comes about" if condition.startswith("unless") else "If it does not come about"
    return f"{comes} that {what}, the question is void."
