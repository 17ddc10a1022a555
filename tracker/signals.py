"""Signals: evidence as plain data for the forecast, by what people confirmed and what classifiers are worth."""

from collections.abc import Iterator, Mapping
from typing import Final

from forecasts.maths.evidence import STRENGTHS, Signal
from forecasts.models import Proposition
from language.classifiers.protocol import STANCES
from language.classifiers.reliability import Reliability, together
from tracker.models import Evidence
from tracker.models.evidence import EvidenceQuerySet, RecordKey

# What the story behind a suggestion is taken to say: nobody has weighed it yet.
SUGGESTED: Final = STRENGTHS["moderate"]
SETTLES: Final = Evidence.Strength.DECISIVE
Worth = Mapping[str, float]  # log-odds by what a classifier says


def signals(proposition: Proposition, *, worths: Mapping[RecordKey, Worth]) -> Iterator[Signal]:
    """Confirmed evidence, and what classifiers with a record suggested, read when iterated."""
    shown = (
        proposition.evidence.shown().select_related("revision__entry__feed__outlet").defer("revision__body", "vector")
    )
    for evidence in shown:
        if evidence.is_confirmed:
            yield confirmed(evidence)
        elif worths.get(evidence.record, {}).get(evidence.suggested_stance):
            yield suggested(evidence, worth=worths[evidence.record])


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
    """The worth of a classifier's word by its record, as far as the story is relevant and its outlet trusted.

    All its words together stay below twice its weightiest: however often a classifier repeats itself, it may be wrong.
    """
    log_odds = worth[evidence.suggested_stance]
    return Signal(
        ref=str(evidence.pk),
        direction=(log_odds > 0) - (log_odds < 0),
        strength=abs(log_odds),
        weight=evidence.relevance * _trust(evidence),
        at=evidence.published_at,
        classifier=str(evidence.record),
        bound=2 * max(map(abs, worth.values())),
    )


def _trust(evidence: Evidence) -> float:
    outlet = evidence.revision.entry.feed.outlet
    return outlet.weight if outlet else 1.0


def worths(decided: EvidenceQuerySet | None = None) -> dict[RecordKey, Worth]:
    """The worth of each classifier's words on each footing by all that people decided, or by these rows; one query."""
    rows = Evidence.objects.all() if decided is None else decided
    records = {name: Reliability(together(kinds.values())) for name, kinds in rows.by_classifier().items()}
    return {
        name: {said: record.worth(said, strength=SUGGESTED) for said in STANCES} for name, record in records.items()
    }
