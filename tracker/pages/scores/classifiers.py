"""How well each reader reads: what it suggested beside what people decided, and what its word is therefore worth."""

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
from tracker.models import Evidence
from tracker.pages.drawing import calibration
from tracker.signals import SUGGESTED
from tracker.wording import capitalised

FEWEST: Final = 10  # decisions, below which there are too few to tell
MOST_DRAWN: Final = 20_000  # decisions, the newest, that are read for the pictures
SUGGESTIONS: Final = "of {count} suggestions given {stated:.0%}, {happened} were confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What people decided of news of which the reader had said one thing; `to` is where 50% would be moved by it."""

    said: str
    counts: tuple[int, ...]
    total: int
    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reader's record. Percentages; `low` and `high` are an 80% Wilson interval of the share that was right."""

    name: str
    decided: int
    right: int
    low: int
    high: int
    always: int
    lines: tuple[Line, ...]
    kinds: tuple["Kind", ...]
    fits: tuple[calibration.Fit, ...]

    @property
    def is_too_few(self) -> bool:
        return self.decided < FEWEST

    @property
    def moves_nothing(self) -> bool:
        return all(line.to == 50 for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of question: how many decisions, how many were right, and where each suggestion would move 50%."""

    name: str
    decided: int
    right: int
    worth: tuple[int, ...]


@require_safe
def reader_list(request: HttpRequest) -> HttpResponse:
    found = Evidence.objects.by_reader()
    chances = Evidence.objects.chances_by_reader(MOST_DRAWN)
    readings = sorted(
        (_reading(name, kinds, chances=chances.get(name, [])) for name, kinds in found.items()),
        key=lambda reading: (-reading.decided, reading.name),
    )
    context = {"readings": readings, "stances": STANCES, "decided": DECIDED, "fewest": FEWEST}
    return render(request, "scores/classifiers.html", context)


def worth() -> dict[str, str]:
    """One line on each reader that people have decided about, for those who decide on."""
    found = Evidence.objects.by_reader()
    return {name: _in_short(Reliability(together(kinds.values()))) for name, kinds in found.items()}


def _in_short(found: Reliability) -> str:
    if found.decided < FEWEST:
        return "too few decisions to tell how far to believe it"
    return f"right in {found.right} of the {found.decided} that people decided"


def _reading(name: str, kinds: Mapping[str, Counts], *, chances: Sequence[tuple[float, float, str]]) -> Reading:
    found = Reliability(together(kinds.values()))
    interval = wilson(found.right, count=found.decided)
    return Reading(
        name=name,
        decided=found.decided,
        right=round(100 * found.right / found.decided),
        low=round(100 * interval.low),
        high=round(100 * interval.high),
        always=round(100 * found.most_frequent / found.decided),
        lines=tuple(_line(found, said) for said in STANCES),
        kinds=tuple(_kind(process, Reliability(kinds[process])) for process in sorted(kinds, reverse=True)),
        fits=_fits(chances),
    )


def _fits(chances: Sequence[tuple[float, float, str]]) -> tuple[calibration.Fit, ...]:
    """How well the chances of either side fit what people decided; nothing of a reader that gives none."""
    if not chances:
        return ()
    given = {
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
        for side, rows in given.items()
    )


def _kind(process: str, found: Reliability) -> Kind:
    return Kind(
        name=capitalised(str(Proposition.Process(process).label)) if process else "Not said",
        decided=found.decided,
        right=found.right,
        worth=tuple(_moved(found, said) for said in STANCES),
    )


def _line(found: Reliability, said: str) -> Line:
    counts = tuple(found.counts.get((decided, said), 0) for decided in DECIDED)
    return Line(said=said, counts=counts, total=sum(counts), to=_moved(found, said))


def _moved(found: Reliability, said: str) -> int:
    """Where a suggestion would move 50%, in per cent."""
    return round(100 * expit(found.worth(said, strength=SUGGESTED)))
