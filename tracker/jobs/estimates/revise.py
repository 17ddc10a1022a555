"""Revise: a new estimate for each proposition whose evidence or crowd changed, or that time alone has moved."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from forecasts import estimates
from forecasts.maths.evidence import STRENGTHS, Signal
from forecasts.models import Proposition
from language.classifiers.protocol import STANCES
from language.classifiers.reliability import Reliability, together
from tracker.models import Evidence

log = logging.getLogger(__name__)

# What the story behind a suggestion is taken to say: nobody has weighed it yet.
SUGGESTED: Final = STRENGTHS["moderate"]
Worth = Mapping[str, float]  # log-odds by what a reader says
SETTLES: Final = Evidence.Strength.DECISIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseReport:
    """Propositions looked at, estimates written, propositions that failed (each is in the log by number)."""

    looked_at: int = 0
    revised: int = 0
    failed: int = 0


def revise(now: datetime, *, limit: int = 500) -> ReviseReport:
    """Revise up to `limit` propositions, each in a transaction of its own: the unsettled, then those of yesterday."""
    revised = failed = 0
    waiting = list(Proposition.objects.unsettled()[:limit])
    waiting += Proposition.objects.aged(now)[: limit - len(waiting)]
    worths, by = (_worths(), estimates.parameters()) if waiting else ({}, None)
    for proposition in waiting:
        try:
            known = signals(proposition, worths=worths)
            revised += estimates.revise(proposition, signals=known, at=now, by=by) is not None
        except Exception:
            log.exception("No estimate for proposition %s", proposition.pk)
            failed += 1
    return ReviseReport(looked_at=len(waiting), revised=revised, failed=failed)


def signals(proposition: Proposition, *, worths: Mapping[str, Worth]) -> Iterator[Signal]:
    """What people confirmed about it and what readers with a record suggested, read when iterated."""
    shown = proposition.evidence.shown().select_related("revision__entry__feed__outlet").defer("revision__body")
    for evidence in shown:
        if evidence.is_confirmed:
            yield confirmed(evidence)
        elif worths.get(evidence.reader, {}).get(evidence.suggested_stance):
            yield suggested(evidence, worth=worths[evidence.reader])


def confirmed(evidence: Evidence) -> Signal:
    """One confirmed story as plain data, of the time it was published: stories of one day share what they say."""
    return Signal(
        ref=str(evidence.pk),
        direction=evidence.direction,
        strength=STRENGTHS[evidence.strength] if evidence.strength else 0.0,
        weight=_trust(evidence),
        at=evidence.published_at,
        settles=evidence.strength == SETTLES,
    )


def suggested(evidence: Evidence, *, worth: Worth) -> Signal:
    """What a reader's word is worth by its record, as far as the story is relevant and its outlet trusted.

    All its words together stay below twice its weightiest: however often a reader repeats itself, it may be wrong.
    """
    log_odds = worth[evidence.suggested_stance]
    return Signal(
        ref=str(evidence.pk),
        direction=(log_odds > 0) - (log_odds < 0),
        strength=abs(log_odds),
        weight=evidence.relevance * _trust(evidence),
        at=evidence.published_at,
        reader=evidence.reader,
        bound=2 * max(map(abs, worth.values())),
    )


def _trust(evidence: Evidence) -> float:
    outlet = evidence.revision.entry.feed.outlet
    return outlet.weight if outlet else 1.0


def _worths() -> dict[str, Worth]:
    """What each reader's words are worth that people have decided about; one query."""
    records = {name: Reliability(together(kinds.values())) for name, kinds in Evidence.objects.by_reader().items()}
    return {
        name: {said: record.worth(said, strength=SUGGESTED) for said in STANCES} for name, record in records.items()
    }
