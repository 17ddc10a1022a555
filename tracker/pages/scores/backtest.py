"""How well the estimate did, beside what evidence, crowd and prior alone would have said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forecasts.maths.baselines import WAYS, Way
from forecasts.maths.calibration import TOO_FEW
from forecasts.maths.comparison import NAMES, BaselineSummary, Mean, Summary
from tracker.models import Position
from tracker.pages.drawing import backtest as backtest_plot
from tracker.pages.drawing import calibration
from tracker.pages.formats import MINUS
from tracker.pages.questions import rows
from tracker.pages.scores.backtest_figures import Ruled, figures
from tracker.wording import capitalised, counted

PER_PAGE: Final = 30
ACROSS: Final = "chance given for Yes before the day of settlement"
COLUMNS: Final = {way: capitalised(NAMES[way]) for way in WAYS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One way in the table: its numbers as they are shown, each with its interval beneath."""

    name: str
    questions: int
    brier: "Cell"
    log: "Cell"
    brier_gain: "Cell | None"
    log_gain: "Cell | None"
    line: BaselineSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A number and, where there is one, its interval in words."""

    number: str
    likely: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One question: where its claim is shown ("" where no claim is put to it), and its scores by the ways' names."""

    ruled: Ruled
    address: str
    cells: tuple[tuple[str, float | None], ...]


@require_safe
def backtest(request: HttpRequest) -> HttpResponse:
    found = figures()
    page = Paginator(found.ruled, PER_PAGE).get_page(request.GET.get("page"))
    everything = found.everything
    ways = [line.way for line in everything.lines]
    context = {
        "everything": everything,
        "sighted": found.sighted,
        "rows": _rows(everything),
        "sighted_rows": _rows(found.sighted),
        "lede": _lede(everything),
        "verdict": verdict(everything),
        "sighted_verdict": verdict(found.sighted),
        "fewest": TOO_FEW,
        "beside": {} if everything.too_few else backtest_plot.both(everything),
        "fits": _fits(everything),
        "ways": [COLUMNS[way] for way in ways],
        "page": page,
        "listed": _listed(list(page.object_list), ways),
    }
    return render(request, "scores/backtest/backtest.html", context)


def verdict(summary: Summary) -> str:
    """What the difference between evidence alone and prior alone shows, no surer than it is."""
    line = summary.line("evidence")
    if line is None:
        return "Nothing to compare yet"
    gain = line.log_gain
    if summary.too_few or gain.interval is None:
        return f"Too few to tell: {counted(summary.runs, 'question')} ruled on"
    if gain.interval.low > 0:
        return "Evidence did better than the prior"
    if gain.interval.high < 0:
        return "Evidence did worse than the prior"
    return "Evidence and prior no further apart than luck explains"


def _lede(summary: Summary) -> str:
    evidence, prior = summary.line("evidence"), summary.line("prior")
    if evidence is None or prior is None:
        return "No question has been ruled Yes or No yet. From the first ruling on, the figures stand here."
    return (
        f"On {counted(summary.runs, 'question')} ruled Yes or No, evidence alone had a Brier score of "
        f"{evidence.brier.value:.3f}, and the prior alone {prior.brier.value:.3f}; 0 is perfect, "
        "and always saying 50% gives 0.250."
    )


def _rows(summary: Summary) -> tuple[Row, ...]:
    return tuple(
        Row(
            name=capitalised(NAMES[line.way]),
            questions=line.runs,
            brier=_cell(line.brier, ".3f"),
            log=_cell(line.log, ".3f"),
            brier_gain=None if line.way == "prior" else _cell(line.brier_gain, "+.3f"),
            log_gain=None if line.way == "prior" else _cell(line.log_gain, "+.3f"),
            line=line,
        )
        for line in summary.lines
    )


def _cell(mean: Mean, form: str) -> Cell:
    likely = f"{_number(mean.interval.low, form)} to {_number(mean.interval.high, form)}" if mean.interval else ""
    return Cell(number=_number(mean.value, form), likely=likely)


def _number(value: float, form: str) -> str:
    words = f"{value:{form}}".replace("-", MINUS)
    return "0" if not float(f"{value:.3f}") else words


def _fits(summary: Summary) -> tuple[tuple[BaselineSummary, calibration.Fit], ...]:
    """How well estimate and prior were calibrated before the day of settlement."""
    return tuple(
        (
            line,
            calibration.fit(capitalised(NAMES[line.way]), line.final, is_enough=not summary.too_few, across=ACROSS),
        )
        for line in summary.lines
        if line.way in ("estimate", "prior")
    )


def _listed(ruled: Sequence[Ruled], ways: Sequence[Way]) -> tuple[Listed, ...]:
    """Each with the page of the first claim put to it; two queries."""
    of_these = [one.proposition_id for one in ruled]
    positions = (
        Position.objects.one_a_question().filter(proposition__in=of_these).select_related("claim", "proposition")
    )
    first = {position.proposition_id: position for position in positions}
    single = rows.alone({position.claim_id for position in first.values() if position.claim_id is not None})
    return tuple(
        Listed(
            ruled=one,
            address=rows.address(position, is_alone=position.claim_id in single)
            if (position := first.get(one.proposition_id))
            else "",
            cells=tuple((COLUMNS[way], one.briers[way]) for way in ways),
        )
        for one in ruled
    )
