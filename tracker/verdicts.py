"""Where a claim stands on a question: estimate, evidence, deadline and ruling in, status and its reason out."""

from dataclasses import dataclass
from datetime import date

from forecasts.maths.odds import percent

HOLDS_FROM = 60  # per cent, as rounded on every page: from here up a claim is holding up
STRONG = ("strong", "decisive")
STANDING = ("holding up", "in doubt", "contested", "due")  # statuses that rest on a chance or on stories
RULED = {"yes": "came true", "no": "did not come true", "partly": "partly true", "void": "void"}
DRIFTS = {
    "time": "as time passed",
    "evidence": "as the weight of its stories changed",
    "suggestion": "on suggestions that nobody has confirmed",
    "crowd": "as forecasts changed",
}
CONTESTED_WITHIN = range(25, 76)  # per cent: beyond it one of the two strong sides has won


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """One confirmed story, seen from the claim: `direction` is +1 for it, -1 against it, 0 neither."""

    ref: int
    headline: str
    direction: int
    strength: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A ruling seen from the claim: `outcome` is yes where what it says came true, no, partly or void."""

    outcome: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that a status rests on. `chance` is the claim's own, 0 to 1; `bearings` come by their stories' time.

    `chance_before` is the chance at the last step of the status, None where none was known then. `drift` is the part of
    the estimate that changed most since that step, where no story was confirmed since; a key of DRIFTS or "".
    """

    status: str
    chance: float
    bearings: tuple[Bearing, ...]
    deadline: date
    is_past_deadline: bool
    ruling: Ruling | None = None
    drift: str = ""
    chance_before: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The status, why in one or two sentences, and the story that turned it (its `ref`)."""

    status: str
    reason: str
    evidence: int | None = None


def judge(facts: Facts) -> Verdict:
    """The first rule that applies decides: ruling, deadline, decisive story, silence, contest, chance."""
    if facts.ruling is not None:
        return _ruled(facts.ruling)
    if facts.is_past_deadline:
        return _overdue(facts)
    decisive = [bearing for bearing in facts.bearings if bearing.direction and bearing.strength == "decisive"]
    if decisive:
        reason = f"Settled in fact, it seems: “{decisive[-1].headline}”. A person must rule."
        return Verdict(status="due", reason=reason, evidence=decisive[-1].ref)
    moving = [bearing for bearing in facts.bearings if bearing.direction]
    if not moving:
        return Verdict(status="watching", reason="No confirmed story moves it either way yet.")
    if _is_contested(facts, moving):
        return _contested(moving)
    return _weighed(facts, moving)


def _ruled(ruling: Ruling) -> Verdict:
    return Verdict(status=RULED[ruling.outcome], reason=f"Ruled by {ruling.by}: {ruling.reason}")


def _overdue(facts: Facts) -> Verdict:
    day = f"{facts.deadline.day} {facts.deadline:%b %Y}"
    if not facts.bearings:
        return Verdict(
            status="due", reason=f"The deadline passed on {day} without a confirmed story. A person must rule."
        )
    last = facts.bearings[-1]
    reason = f"The deadline passed on {day}. Last word: “{last.headline}”. A person must rule."
    return Verdict(status="due", reason=reason, evidence=last.ref)


def _is_contested(facts: Facts, moving: list[Bearing]) -> bool:
    strong = {bearing.direction for bearing in moving if bearing.strength in STRONG}
    return strong == {1, -1} and percent(facts.chance) in CONTESTED_WITHIN


def _contested(moving: list[Bearing]) -> Verdict:
    strong = [bearing for bearing in moving if bearing.strength in STRONG]
    pro = next(bearing for bearing in reversed(strong) if bearing.direction > 0)
    con = next(bearing for bearing in reversed(strong) if bearing.direction < 0)
    reason = f"Strong stories disagree: “{pro.headline}” for it, “{con.headline}” against."
    return Verdict(status="contested", reason=reason, evidence=strong[-1].ref)


def _weighed(facts: Facts, moving: list[Bearing]) -> Verdict:
    shown = percent(facts.chance)
    status, direction = ("holding up", 1) if shown >= HOLDS_FROM else ("in doubt", -1)
    turned_by = next((b for b in reversed(moving) if b.direction == direction), moving[-1])
    step = _step(facts, shown=shown, is_up=direction > 0)
    if facts.drift in DRIFTS:
        return Verdict(status=status, reason=f"{step} {DRIFTS[facts.drift]}, without a new story.")
    return Verdict(status=status, reason=f"{step} after “{turned_by.headline}”.", evidence=turned_by.ref)


def _step(facts: Facts, *, shown: int, is_up: bool) -> str:
    """How the chance came to be where it is; nothing is said of a course that nobody knows."""
    if facts.chance_before is None or facts.status not in STANDING:
        return f"Stands at {shown}%"
    before = percent(facts.chance_before)
    if is_up and facts.status != "holding up" and before < shown:
        return f"Rose from {before}% to {shown}%"
    if not is_up and facts.status != "in doubt" and before > shown:
        return f"Fell from {before}% to {shown}%, below {HOLDS_FROM}%,"
    return f"Stands at {shown}%"
