"""Refusals of claims as questions: nobody could observe it, nothing could show it false, or it was settled before."""

import re
from datetime import date

from language import wordlists
from language.sentences import actors, words
from language.time import periods

OPINION = "It judges and tells nothing that a report could show to be so or not."
MIND = "It tells what somebody thinks or feels, which nobody outside can observe."
ENDLESS = "It names no time by which it would be false, so nothing could ever show it wrong."
EMPTY = "It allows for everything, so nothing could show it wrong."
SETTLED = "It was settled before the article came out: it can be checked, but there is nothing to forecast."
NOBODY = "It does not say who or what it is about, so no report could be held against it."

LISTS = wordlists.read("refusals")
MINDING, EVERYTHING, SOME_DAY, VAGUE_SUBJECT, AHEAD, PAST = (
    wordlists.pattern(LISTS[name]) for name in ("minding", "everything", "some_day", "vague_subject", "ahead", "past")
)
FEWEST_CONTENT_WORDS = 2


def why_not(statement: str, *, kind: str, published: date, has_deadline: bool, is_ahead: bool = False) -> str:
    """The reason a restated claim cannot be put to the world, in a sentence; "" where it can.

    `is_ahead` where its verb is known to tell nothing past, whatever else it mentions.
    """
    if EVERYTHING.search(statement):
        return EMPTY
    if kind == "evaluative":
        return OPINION
    if not has_deadline and SOME_DAY.search(statement):
        return ENDLESS
    if not is_ahead and _is_settled(statement, published=published):
        return SETTLED
    if MINDING.match(statement) and not re.search(r"\bwill\b", statement):
        return MIND
    return NOBODY if _is_about_nobody(statement) else ""


def _is_settled(statement: str, *, published: date) -> bool:
    """Whether it tells what was and looks nowhere ahead, or every time it names is over and it says what was then."""
    if PAST.search(statement) is None:
        return False
    if AHEAD.search(statement) is None:
        return True
    times = periods.find(statement, published=published)
    past = re.match(r"[^,;]{1,80}?\s(?:was|were|did|had|fell|rose|won|lost|began|held|took|signed|ended)\b", statement)
    return bool(times) and past is not None and all(time.dated and time.last < published for time in times)


def _is_about_nobody(statement: str) -> bool:
    vague = VAGUE_SUBJECT.match(statement)
    # The capital that opens a sentence makes no name of "Things".
    if actors.find(statement[vague.end() :] if vague else statement):
        return False
    content = [word for word in words.tokens(statement) if word not in words.STOP_WORDS and len(word) > 2]
    return vague is not None or len(content) < FEWEST_CONTENT_WORDS
