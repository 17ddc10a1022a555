"""Records of the classifiers of news: suggestions beside decisions of people, and what a suggestion is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forecasts.maths.calibration import JudgedForecast, calibrate, wilson
from forecasts.maths.odds import clamp, expit
from forecasts.models import Proposition
from language.classifiers.protocol import STANCES
from language.classifiers.reliability import DECIDED, Counts, Reliability, together
from tracker.jobs.readings.claims import READERS
from tracker.models import Claim, Evidence
from tracker.models.evidence import Footing, RecordKey
from tracker.pages.drawing import calibration
from tracker.pages.questions.evidence import FEWEST
from tracker.signals import SUGGESTED
from tracker.wording import capitalised

MOST_DRAWN: Final = 20_000  # decisions, the newest, that are read for the pictures
SUGGESTIONS: Final = "of {count} suggestions given {stated:.0%}, {happened} were confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifierRecord:
    """One classifier's record on one footing, in percentages.

    `low` and `high` are an 80% Wilson interval of the share that was right.

    `lines` give for each stance that it suggested what people decided, how often, and where it would move 50%; `kinds`
    for each kind of question the counts, and where each suggestion would move 50%.
    """

    name: str
    footing: str
    decided: int
    right: int
    low: int
    high: int
    always: int
    lines: list[tuple[str, list[int], int]]
    kinds: list[tuple[str, Reliability, list[int]]]
    fits: tuple[calibration.CalibrationFit, ...]

    @property
    def is_too_few(self) -> bool:
        return self.decided < FEWEST

    @property
    def moves_nothing(self) -> bool:
        return all(to == 50 for _, _, to in self.lines)


@require_safe
def classifier_list(request: HttpRequest) -> HttpResponse:
    chances = Evidence.objects.chances_by_classifier(MOST_DRAWN)
    records = sorted(
        (_record(key, kinds, chances=chances.get(key, [])) for key, kinds in Evidence.objects.by_classifier().items()),
        key=lambda record: (-record.decided, record.name),
    )
    context = {
        "records": records,
        "stances": STANCES,
        "decided": DECIDED,
        "fewest": FEWEST,
        "proposers": _proposers(),
    }
    return render(request, "scores/classifiers.html", context)


def _proposers() -> list[tuple[str, int, int, str]]:
    """Each classifier that has proposed claims: accepted, rejected, and the share accepted with an 80% interval."""
    rows = []
    for name, counts in Claim.objects.by_proposer(*READERS).items():
        accepted, rejected = counts.get(Claim.State.ACCEPTED, 0), counts.get(Claim.State.REJECTED, 0)
        decided = accepted + rejected
        share = ""
        if decided >= FEWEST:
            interval = wilson(accepted, count=decided)
            share = f"{accepted / decided:.0%} ({100 * interval.low:.0f} to {100 * interval.high:.0f}%)"
        if decided:
            rows.append((name, accepted, rejected, share))
    return rows


def _record(
    key: RecordKey, kinds: Mapping[str, Counts], *, chances: Sequence[tuple[float, float, str]]
) -> ClassifierRecord:
    reliability = Reliability(together(kinds.values()))
    interval = wilson(reliability.right, count=reliability.decided)
    return ClassifierRecord(
        name=str(key),
        footing=str(Footing(key.footing).label),
        decided=reliability.decided,
        right=round(100 * reliability.right / reliability.decided),
        low=round(100 * interval.low),
        high=round(100 * interval.high),
        always=round(100 * reliability.most_frequent / reliability.decided),
        lines=[_line(reliability, stance) for stance in STANCES],
        kinds=[_kind(process, Reliability(kinds[process])) for process in sorted(kinds, reverse=True)],
        fits=_fits(chances),
    )


def _fits(chances: Sequence[tuple[float, float, str]]) -> tuple[calibration.CalibrationFit, ...]:
    """Calibration of the chances of either side against what people decided; nothing of a classifier without any."""
    if not chances:
        return ()
    sides = {
        Evidence.Stance.SUPPORTS: [(supports, stance) for supports, _, stance in chances],
        Evidence.Stance.CONTRADICTS: [(contradicts, stance) for _, contradicts, stance in chances],
    }
    return tuple(
        calibration.fit(
            capitalised(side.value),
            calibrate(
                JudgedForecast(probability=clamp(chance, low=0.001), outcome=stance == side) for chance, stance in rows
            ),
            is_enough=len(rows) >= FEWEST,
            across=f"chance given to “{side.value}”",
            phrase=SUGGESTIONS,
        )
        for side, rows in sides.items()
    )


def _kind(process: str, reliability: Reliability) -> tuple[str, Reliability, list[int]]:
    name = capitalised(str(Proposition.Process(process).label)) if process else "Not said"
    return name, reliability, [_moved(reliability, stance) for stance in STANCES]


def _line(reliability: Reliability, stance: str) -> tuple[str, list[int], int]:
    counts = [reliability.counts.get((decided, stance), 0) for decided in DECIDED]
    return stance, counts, _moved(reliability, stance)


def _moved(reliability: Reliability, stance: str) -> int:
    """The percentage to which a suggestion would move 50%."""
    return round(100 * expit(reliability.worth(stance, strength=SUGGESTED)))
