"""Criteria of a question: what must be reported, by whom and until when, what counts, and what silence means."""

import re
from datetime import timedelta
from typing import Final

from language import wordlists
from language.questions import inflection, processes, sources
from language.questions.clauses import AskedClause
from language.questions.timing import Timed, full

LISTS: Final = wordlists.read("criteria")
KINDS: Final = [
    (wordlists.pattern(row["words"]), wordlists.pattern(row.get("verbs", ".*")), row["counts"].strip())
    for row in LISTS["kinds"]
]
ACCOUNTS: Final = wordlists.pattern(LISTS["accounts"])
DEGREE: Final = wordlists.pattern(LISTS["degree"])
LINK: Final = re.compile(r"(?:if|unless|when|once|provided(?:\sthat)?|as\slong\sas)\s")
EXACT: Final = re.compile(r"\b(?:above|over|below|under|more\sthan|less\sthan|fewer\sthan|exceed)", re.IGNORECASE)
REACHED: Final = re.compile(
    r"(?:reach|hit|close|top|pass|cross|exceed|surpass|trade|touch)\b|(?:fall|rise|drop|climb|sink|slip|jump)\s(?:above|below|under|over|past|to)\b"
)
WITHIN: Final = re.compile(r"\bbetween\b|\bfrom\s\S{1,12}\sto\b")
# Contests, whose count is what their own criteria say.
COUNTED: Final = re.compile(r"\b(?:games|matches|seats|votes?|points|medals|goals)\b")
FIRST_VALUE: Final = "The value first published counts, rounded as the source rounds it; later revisions do not. "
REPORTED: Final = "at least two independent news organisations"
HOW_MUCH: Final = (
    "The wording leaves open how far this must go: it counts where these reports, from what has happened and not as a "
    "forecast, describe it in these or like words; where they contradict each other, NO."
)
EVENTS_WAIT, FIGURES_WAIT = timedelta(days=30), timedelta(days=90)


def written(clause: AskedClause, *, process: str, when: str, timed: Timed) -> str:
    """The criteria of a clause that is asked with `when` as its time."""
    told = _told(clause)
    void = f" {_void(clause.condition)}" if LINK.match(clause.condition) else ""
    is_figure = process == processes.THRESHOLD or ACCOUNTS.search(f"{clause.subject} {clause.predicate}") is not None
    wait = FIGURES_WAIT if is_figure else EVENTS_WAIT
    silence = f"Otherwise, and where nothing of the kind is reported by {full(timed.on + wait)}, NO."
    official = sources.official(f"{clause.subject} {clause.predicate}")
    if process == processes.THRESHOLD:
        parts = [_of_figures(clause, told, when, official, timed)]
    elif process == processes.STATE:
        parts = [_of_states(told, when, official)]
    else:
        parts = [_of_events(told, official, timed)]
    parts.append(_what_counts(clause, process))
    return " ".join([*(part for part in parts if part), silence]) + void


def _of_figures(clause: AskedClause, told: str, when: str, official: str, timed: Timed) -> str:
    predicate = clause.predicate
    if REACHED.match(predicate) and when.startswith("by "):
        when = f"at some time after {full(timed.published)} and no later than {full(timed.on)}"
        once = " Once is enough."
    else:
        once = ""
    if WITHIN.search(predicate):
        edge = "Both ends of the range are YES."
    elif EXACT.search(predicate):
        edge = "A value exactly at the limit is NO."
    else:
        edge = "A value exactly as named is YES."
    return (
        f"YES if {f'{official} or, failing that, ' if official else ''}{REPORTED} report that {told} {when}.{once} "
        f"{'' if COUNTED.search(f'{clause.subject} {predicate}') else FIRST_VALUE}{edge}"
    )


def _of_states(told: str, when: str, official: str) -> str:
    span = f"at all times {when}" if when.startswith(("until", "throughout")) else when
    return (
        f"YES if {reporters(official)} report that {told} {span}. "
        "What had ended before, or is only announced, does not count."
    )


def _of_events(told: str, official: str, timed: Timed) -> str:
    on, published = timed.on, timed.published
    when = f"on {full(on)}" if on == published else f"after {full(published)} and no later than {full(on)}"
    late = "A later report counts if it puts this in that time."
    return f"YES if {reporters(official)} report that, {when}, {told}. {late}"


def reporters(official: str) -> str:
    """Who has to report it: the official source, where there is one, or the news."""
    return f"{official} or {REPORTED}" if official else REPORTED


def _what_counts(clause: AskedClause, process: str) -> str:
    """Sentence on what counts for its kind; where its words leave open how much, on how that is judged."""
    words = f"{clause.subject} {clause.predicate}"
    if process != processes.THRESHOLD and DEGREE.search(clause.predicate):
        return HOW_MUCH
    verb = clause.verb.rsplit(" ", 1)[-1]
    known = next((counts for pattern, verbs, counts in KINDS if verbs.fullmatch(verb) and pattern.search(words)), "")
    return known or ("A plan, a forecast or an announcement does not count." if process == processes.EVENT else "")


def _told(clause: AskedClause) -> str:
    """The clause in the past tense."""
    verb = inflection.past(clause.verb, is_plural=clause.is_plural)
    acted = f"{verb} {clause.adverb}" if clause.verb == "be" else f"{clause.adverb}{verb} "
    told = " ".join(f"{clause.subject} {acted}{clause.rest}".split()).replace(" ,", ",")
    for other in clause.joined:
        after = inflection.past(other, is_plural=clause.is_plural)
        told = re.sub(
            rf"(\b(?:and|or|but)\s(?:then\s|also\s)?|,\s){re.escape(other)}\b", rf"\g<1>{after}", told, count=1
        )
    if clause.subject == "there":
        told = f"there {_there(clause)} {clause.rest}"
    return f"{clause.condition}, {told}" if clause.condition and not LINK.match(clause.condition) else told


def _there(clause: AskedClause) -> str:
    is_one = re.match(r"(?:a|an|one|another)\s", clause.rest)
    return ("was" if is_one else "were") if clause.verb == "be" else inflection.past(clause.verb, is_plural=True)


def _void(condition: str) -> str:
    what = LINK.sub("", condition)
    comes = "If it comes about" if condition.startswith("unless") else "If it does not come about"
    return f"{comes} that {what}, the question is void."
