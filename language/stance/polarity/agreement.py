"""Agreement of the events of a claim and of an entry: numbers between -1 and 1, and the words that weigh most.

All that is in `directed` turns over its sign when the claim is negated; nothing in `plain` does.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from language.sentences import words
from language.stance.polarity import events
from language.stance.polarity.events import Event, TextEvents
from language.stance.polarity.lexicon import AXES, TONE

SAME_ACTOR, SOME_ACTOR, NO_ACTOR = 1.0, 0.8, 0.5
MATTER_FLOOR = 0.4  # what an event on another matter still counts
LEAD = 0.6  # weight of the lead beside the title
# A claim that names no happening says that what it names will happen, or with "not" that it will not.
UNSAID = 0.6
SPEAKING = frozenset(str.split("says say calls urges warns raises condemns vows pledges"))
MOST_EVENTS = 6

DIRECTED = ("agree", "agree_title", "tone", "tone_title", "happening", "relations", "outcome")
PLAIN = ("asked", "agree_size", "tone_size", "entry_tone", "events", "strongest", "speaking", "happening_size")

Axes = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ClaimPolarity:
    """Polarity of a claim: its events, the direction on each axis, and whether something happens (+, -)."""

    events: TextEvents
    axes: Axes
    happening: float

    @property
    def tone(self) -> float:
        return math.tanh(tone(self.axes))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Features by the names of DIRECTED and PLAIN, and the words of claim and entry that weigh most (empty: none)."""

    directed: Mapping[str, float]
    plain: Mapping[str, float]
    claim_word: str
    entry_word: str
    same: bool


@lru_cache(maxsize=8_192)
def polarity(claim: str) -> ClaimPolarity:
    """The polarity of a claim; its own hedges and its future tense count nothing against it."""
    text = events.read(claim)
    sums = text.axes()
    happening = sums.get("being", 0.0) + sums.get("assent", 0.0) + 0.5 * sums.get("pace", 0.0)
    if not happening and not sums.keys() & {"being", "assent", "force", "accord", "liberty"}:
        happening = UNSAID * text.turned
    axes = {axis: math.tanh(1.3 * sums.get(axis, 0.0)) for axis in AXES}
    return ClaimPolarity(text, axes, math.tanh(1.3 * happening))


def compare(claim: ClaimPolarity, *, title: str, lead: str) -> Agreement:
    """The agreement of a headline and the sentence that explains it with a claim; either may be empty."""
    head, first = events.read(title), events.read(lead)
    in_title, reason = _same_axes(claim.events, head)
    in_lead, other = _same_axes(claim.events, first)
    reason = reason if abs(reason[0]) >= abs(other[0]) else other
    of_title, of_lead = bounded(head), bounded(first)
    entry = {axis: of_title[axis] + LEAD * of_lead[axis] for axis in AXES}
    mine = claim.axes
    tones = math.tanh(0.5 * tone(entry))
    happening = math.tanh(0.6 * (entry["being"] + entry["assent"] + 0.5 * entry["pace"]))
    agree = math.tanh(in_title + LEAD * in_lead)
    directed = {
        "agree": agree,
        "agree_title": math.tanh(in_title),
        "tone": claim.tone * tones,
        "tone_title": claim.tone * math.tanh(0.7 * tone(of_title)),
        "happening": claim.happening * happening,
        "relations": math.tanh(mine["accord"] - mine["force"]) * math.tanh(0.6 * (entry["accord"] - entry["force"])),
        "outcome": math.tanh(outcome(mine)) * math.tanh(0.6 * outcome(entry)),
    }
    plain = {
        "asked": float(head.question),
        "agree_size": abs(agree),
        "tone_size": abs(directed["tone"]),
        "entry_tone": abs(tones),
        "events": min(len(head.events), MOST_EVENTS) / MOST_EVENTS,
        "strongest": max(map(abs, of_title.values())),
        "speaking": float(bool(SPEAKING & set(words.tokens(title)))),
        "happening_size": abs(directed["happening"]),
    }
    return Agreement(directed, plain, reason[1], reason[2], reason[0] > 0)


def tone(axes: Axes) -> float:
    """Tone of a text: good (+) or bad (-)."""
    return sum(TONE[axis] * value for axis, value in axes.items())


def outcome(axes: Axes) -> float:
    """Outcome for those it happens to: more, better, winning and in office (+) or the opposite (-)."""
    return axes["amount"] + axes["welfare"] + axes["contest"] + axes["office"]


def bounded(text: TextEvents) -> dict[str, float]:
    """Direction of an entry's words on each axis, -1 to 1."""
    sums = text.axes()
    return {axis: math.tanh(0.8 * sums.get(axis, 0.0)) for axis in AXES}


def _same_axes(claim: TextEvents, entry: TextEvents) -> tuple[float, tuple[float, str, str]]:
    """Each event of the claim held against each of the entry on the axes they share: the sum, and what weighs most."""
    total, most = 0.0, (0.0, "", "")
    for mine in claim.events:
        for theirs in entry.events:
            shared = _shared(mine, theirs)
            if shared:
                near = _nearness(mine, theirs) * mine.weight * theirs.weight
                score = shared * near * (-1 if _roles_swapped(mine, theirs) else 1)
                total += score
                most = max(most, (score, mine.word, theirs.word), key=lambda pair: abs(pair[0]))
    return total, most


def _shared(mine: Event, theirs: Event) -> int:
    other = dict(theirs.axes)
    return sum(sign * other.get(axis, 0) for axis, sign in mine.axes)


def _nearness(mine: Event, theirs: Event) -> float:
    """Likelihood that both speak of one matter, 0 to 1: actors on the same side, words around the event in common."""
    ours, others = mine.before | mine.after, theirs.before | theirs.after
    actor = SAME_ACTOR if mine.before & theirs.before else SOME_ACTOR if ours & others else NO_ACTOR
    return actor * (MATTER_FLOOR + (1 - MATTER_FLOOR) * words.news_rarity().overlap(ours, others))


def _roles_swapped(mine: Event, theirs: Event) -> bool:
    """Whether the claim's doer is the one to whom the entry's event is done: "B beats A" for "A will win"."""
    if not theirs.over:
        return False
    overlap = words.news_rarity().overlap
    return overlap(mine.before, theirs.after) > overlap(mine.before, theirs.before)
