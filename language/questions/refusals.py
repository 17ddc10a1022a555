"""Refusals of claims as questions: nobody could observe it, nothing could show it false, or it was settled before."""

import re
from datetime import date

from language.sentences import actors, words
from language.time import periods

OPINION = "It judges and tells nothing that a report could show to be so or not."
MIND = "It tells what somebody thinks or feels, which nobody outside can observe."
ENDLESS = "It names no time by which it would be false, so nothing could ever show it wrong."
EMPTY = "It allows for everything, so nothing could show it wrong."
SETTLED = "It was settled before the article came out: it can be checked, but there is nothing to forecast."
NOBODY = "It does not say who or what it is about, so no report could be held against it."

MINDING = re.compile(
    r"^[^,;]{1,80}?\s(?:(?:is|are)\s(?:\w{1,12}\s){0,2}(?:wary|afraid|proud|happy|sad|angry|convinced|confident|glad|eager|keen|tired)"
    r"|feels?|loves?|hates?|dislikes?|admires?|enjoys?|fears?|believes?|thinks?|regards?|views?|sees?)\b",
    re.IGNORECASE,
)
EVERYTHING = re.compile(
    r"\b(?:(?:may|might|could)\sor\s(?:may|might|could)\snot|anything\s(?:can|could|may)\shappen|time\swill\stell|who\sknows"
    r"|remains\sto\sbe\sseen|one\sway\sor\s(?:the\sother|another)|for\sbetter\sor\s(?:for\s)?worse|only\stime)\b",
    re.IGNORECASE,
)
SOME_DAY = re.compile(
    r"\b(?:eventually|some\s?day|one\sday|sooner\sor\slater|in\sthe\slong\srun|at\ssome\s(?:point|stage)|ultimately"
    r"|in\sthe\send|in\sdue\scourse|if\sever)\b",
    re.IGNORECASE,
)
VAGUE_SUBJECT = re.compile(
    r"(?:it|this|that|these|those|they|he|she|we|you|i|there|things?|everything|nothing|everyone|everybody|nobody|somebody"
    r"|someone|people|life|the\sworld|the\sfuture)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:will|would|shall|won['’]t|may|might|could|can|cannot|going\sto|expect\w{0,3}|plan\w{0,4}|likely|unlikely|due|set\sto"
    r"|about\sto|remains?|continues?|stays?|persists?|keeps?|still|increasingly|(?:is|are|has\sbeen|have\sbeen)\s(?:\w+ly\s)?\w{3,}ing"
    r"|is|are|has|have)\b|['’]ll\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:was|were|did|had|said|told|made|took|came|went|fell|rose|won|lost|became|began|bought|sold|held|killed|\w{3,}ed)\b",
    re.IGNORECASE,
)
FEWEST_CONTENT_WORDS = 2


def why_not(statement: str, *, kind: str, published: date, has_deadline: bool) -> str:
    """The reason a restated claim cannot be put to the world, in a sentence; "" where it can."""
    if EVERYTHING.search(statement):
        return EMPTY
    if kind == "evaluative":
        return OPINION
    if not has_deadline and SOME_DAY.search(statement):
        return ENDLESS
    if _is_settled(statement, published=published):
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
