"""How well each reader reads: what it suggested beside what people decided, and what its word is therefore worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forecasts.maths.calibration import wilson
from forecasts.maths.odds import expit
from forecasts.models import Proposition
from tracker.language.backends.reader import STANCES
from tracker.language.reliability import Counts, Reliability, together
from tracker.models import Evidence
from tracker.wording import capitalised

FEWEST: Final = 10  # decisions, below which there are too few to tell


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
    readings = sorted((_reading(name, kinds) for name, kinds in found.items()), key=lambda reading: -reading.decided)
    return render(request, "readers/readers.html", {"readings": readings, "stances": STANCES, "fewest": FEWEST})


def worth() -> dict[str, str]:
    """One line on each reader that people have decided about, for those who decide on."""
    found = Evidence.objects.by_reader()
    return {name: _in_short(Reliability(together(kinds.values()))) for name, kinds in found.items()}


def _in_short(found: Reliability) -> str:
    if found.decided < FEWEST:
        return "too few decisions to tell how far to believe it"
    return f"right in {found.right} of the {found.decided} that people decided"


def _reading(name: str, kinds: Mapping[str, Counts]) -> Reading:
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
    )


def _kind(process: str, found: Reliability) -> Kind:
    return Kind(
        name=capitalised(str(Proposition.Process(process).label)) if process else "Not said",
        decided=found.decided,
        right=found.right,
        worth=tuple(_moved(found, said) for said in STANCES),
    )


def _line(found: Reliability, said: str) -> Line:
    counts = tuple(found.counts.get((decided, said), 0) for decided in STANCES)
    return Line(said=said, counts=counts, total=sum(counts), to=_moved(found, said))


def _moved(found: Reliability, said: str) -> int:
    """Where a suggestion would move 50%, in per cent."""
    return round(100 * expit(found.log_likelihood_ratio(said)))
