"""Last attempts at a feed, drawn and in words: one mark each, by shape, colour and word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tracker.models import Attempt
from tracker.wording import counted, joined

MOST: Final = 30
STEP, WIDTH, HEIGHT, BASE = 12, 9, 64, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptMark:
    """One attempt: a bar from the base line up where it brought something, else a ring, or a cross where it failed."""

    attempt: Attempt
    outcome: str
    words: str
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + WIDTH / 2


@dataclass(frozen=True, slots=True)
class AttemptsDrawing:
    """Marks oldest first, and the same in words."""

    marks: tuple[AttemptMark, ...]
    words: str
    most: int

    @property
    def newest_first(self) -> tuple[AttemptMark, ...]:
        return self.marks[::-1]


def draw(attempts: Sequence[Attempt]) -> AttemptsDrawing:
    """`attempts` are newest first, as they are read; a full row ends at the right edge."""
    last = list(attempts)[:MOST][::-1]
    most = max((attempt.new_entries for attempt in last), default=0)
    marks = tuple(_mark(attempt, place=MOST - len(last) + i, most=most) for i, attempt in enumerate(last))
    return AttemptsDrawing(marks, _words(marks), most)


def _mark(attempt: Attempt, *, place: int, most: int) -> AttemptMark:
    outcome = "failed" if attempt.error else "new" if attempt.new_entries or attempt.new_revisions else "unchanged"
    height = max(round((BASE - 4) * attempt.new_entries / most, 1), 4.0) if outcome == "new" and most else 4.0
    x = float(place * STEP)
    return AttemptMark(attempt=attempt, outcome=outcome, words=_outcome(attempt), x=x, y=BASE - height, height=height)


def _outcome(attempt: Attempt) -> str:
    if attempt.error:
        return f"Failed: {attempt.error}"
    parts = [f"{attempt.new_entries} new"] if attempt.new_entries else []
    parts += [f"{attempt.new_revisions} changed"] if attempt.new_revisions else []
    return ", ".join(parts) or "Nothing new"


def _words(marks: Sequence[AttemptMark]) -> str:
    if not marks:
        return "No attempt yet."
    counts = {kind: sum(mark.outcome == kind for mark in marks) for kind in ("new", "unchanged", "failed")}
    entries = sum(mark.attempt.new_entries for mark in marks)
    parts = [
        f"{counts['new']} brought something ({entries} new in all)" if counts["new"] else "",
        f"{counts['unchanged']} brought nothing new" if counts["unchanged"] else "",
        f"{counts['failed']} failed" if counts["failed"] else "",
    ]
    if len(marks) == 1:
        return f"The only attempt so far: {marks[0].words[:1].lower()}{marks[0].words[1:].rstrip('.')}."
    return f"The last {counted(len(marks), 'attempt')}, oldest first: {joined([part for part in parts if part])}."
