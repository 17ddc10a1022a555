"""Times of a question: an event comes by a day, a state holds on it or until then, a value is of a period."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from language.questions import processes
from language.questions.clauses import AskedClause

LASTING: Final = frozenset(
    {"remain", "stay", "continue", "keep", "persist", "last", "endure", "survive", "retain", "maintain"}
)
DEFENDING: Final = frozenset({"retain", "keep", "defend"})
TITLES: Final = re.compile(r"\b(?:title|trophy|cup|crown|championship|medal|belt|seat)s?\b", re.IGNORECASE)
HELD: Final = re.compile(r"(?:until|till|through|throughout|for)\b", re.IGNORECASE)
BY: Final = re.compile(r"(?:by|before|no\slater|within)\b", re.IGNORECASE)
ENDING: Final = re.compile(rf"{HELD.pattern}|{BY.pattern}", re.IGNORECASE)
UNTIL: Final = re.compile(r"(?:until|till)\b", re.IGNORECASE)
CUED: Final = re.compile(rf"{ENDING.pattern}|(?:in|on|at|during|over|within)\b", re.IGNORECASE)
ON: Final = re.compile(r"(?:on|at)\s(?!the\s(?:end|latest))", re.IGNORECASE)
IN: Final = re.compile(r"(?:in|during|over)\s(?!(?:(?:early|mid|late)\b|the\s(?:coming|next)))", re.IGNORECASE)
AT_THE_END: Final = re.compile(r"(?:at|as\sof)\sthe\s(?:end|close)\b", re.IGNORECASE)
# A clause or a long tail after the verb, to which a day at the end of the sentence would seem to belong.
TAILED: Final = re.compile(
    r"\s(?:that|who|whom|which|whose|where|when|after|before|while|than(?=\s\w{3,12}ed\b)|including|as\s\w{2,12}\sas)\s"
    r"|\s(?:in|on|by|until|since|from)\s(?:\w{3,9}\s){0,2}(?:19|20|21)\d\d$"
)
TOLD_OF: Final = re.compile(r"\s(?:that|which|who)\s")
LONGEST_BEFORE_DAY: Final = 16  # words of a predicate


@dataclass(frozen=True, slots=True)
class Timed:
    """When a claim was made and until when: `words` give its deadline in the clause, or are empty; `is_period` says
    that the deadline is the end of a period which a heading names.
    """

    words: str
    published: date
    on: date
    is_period: bool


def full(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def process_of(clause: AskedClause, bare: str, words: str) -> str:
    """The process of a clause, from its words and those of its deadline."""
    kind = processes.kind_of(bare)
    if kind == processes.STATE:  # "a battery that lasts"
        kind = processes.kind_of(f"{clause.subject} will {TOLD_OF.split(clause.predicate, maxsplit=1)[0]}")
    if clause.verb in DEFENDING and TITLES.search(clause.rest):
        return processes.EVENT
    if kind == processes.EVENT and (
        (HELD.match(words) and not clause.is_denied) or AT_THE_END.match(words) or clause.verb in LASTING
    ):
        return processes.STATE
    if kind == processes.EVENT and clause.is_copular and not BY.match(words):
        return processes.STATE
    return kind


def phrase(clause: AskedClause, process: str, timed: Timed) -> str:
    """The words of time for a question; empty where its subject has them."""
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


def stands_first(clause: AskedClause, when: str) -> bool:
    """Whether the day is told before the rest, where after it nobody could say what it belongs to."""
    if clause.condition or not when.startswith(("by ", "on ")):
        return False
    predicate = f" {clause.predicate}"
    return TAILED.search(predicate) is not None or len(predicate.split()) > LONGEST_BEFORE_DAY
