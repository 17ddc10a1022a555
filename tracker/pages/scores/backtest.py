"""Backtest: the scores of the estimate beside those of evidence, crowd and prior alone."""

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
from tracker.pages.drawing import backtest as backtest_plot
from tracker.pages.drawing import calibration
from tracker.pages.formats import signed
from tracker.pages.questions import rows
from tracker.pages.questions.recent_changes import by_question
from tracker.pages.scores.backtest_figures import BacktestQuestion, figures
from tracker.wording import capitalised, counted

PER_PAGE: Final = 30
ACROSS: Final = "chance given for Yes before the day of settlement"
COLUMNS: Final = {way: capitalised(NAMES[way]) for way in WAYS}


Cell = tuple[str, str]  # a number and, where there is one, its interval in words


@dataclass(frozen=True, slots=True, kw_only=True)
class WayRow:
    """One way in the table, with its numbers as they are shown."""

    name: str
    line: BaselineSummary
    brier: Cell
    log: Cell
    brier_gain: Cell | None
    log_gain: Cell | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestRow:
    """One question: where its claim is shown ("" where no claim is put to it), and its scores by the ways' names."""

    question: BacktestQuestion
    address: str
    cells: tuple[tuple[str, float | None], ...]


@require_safe
def backtest(request: HttpRequest) -> HttpResponse:
    known = figures()
    page = Paginator(known.questions, PER_PAGE).get_page(request.GET.get("page"))
    everything = known.everything
    ways = [line.way for line in everything.lines]
    context = {
        "everything": everything,
        "sighted": known.sighted,
        "rows": _rows(everything),
        "sighted_rows": _rows(known.sighted),
        "lede": _lede(everything),
        "verdict": verdict(everything),
        "sighted_verdict": verdict(known.sighted),
        "fewest": TOO_FEW,
        "beside": {} if everything.too_few else backtest_plot.plots(everything),
        "fits": _fits(everything),
        "ways": [COLUMNS[way] for way in ways],
        "page": page,
        "listed": _listed(list(page.object_list), ways),
    }
    return render(request, "scores/backtest/backtest.html", context)


def verdict(summary: Summary) -> str:
    """The finding of the difference between evidence alone and prior alone, no surer than it is."""
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


def _rows(summary: Summary) -> tuple[WayRow, ...]:
    return tuple(
        WayRow(
            name=capitalised(NAMES[line.way]),
            line=line,
            brier=_cell(line.brier, plus=False),
            log=_cell(line.log, plus=False),
            brier_gain=None if line.way == "prior" else _cell(line.brier_gain),
            log_gain=None if line.way == "prior" else _cell(line.log_gain),
        )
        for line in summary.lines
    )


def _cell(mean: Mean, *, plus: bool = True) -> Cell:
    def number(value: float) -> str:
        words = signed(value, digits=3, plus=plus)
        return words if words.strip("0.") else "0"

    likely = f"{number(mean.interval.low)} to {number(mean.interval.high)}" if mean.interval else ""
    return number(mean.value), likely


def _fits(summary: Summary) -> tuple[tuple[BaselineSummary, calibration.CalibrationFit], ...]:
    """Calibration of estimate and prior before the day of settlement."""
    return tuple(
        (
            line,
            calibration.fit(capitalised(NAMES[line.way]), line.final, is_enough=not summary.too_few, across=ACROSS),
        )
        for line in summary.lines
        if line.way in ("estimate", "prior")
    )


def _listed(questions: Sequence[BacktestQuestion], ways: Sequence[Way]) -> tuple[BacktestRow, ...]:
    """Each with the page of the first claim put to it; two queries."""
    first = by_question([question.proposition_id for question in questions])
    pages = rows.addresses(first.values())
    return tuple(
        BacktestRow(
            question=question,
            address=pages[position.pk] if (position := first.get(question.proposition_id)) else "",
            cells=tuple((COLUMNS[way], question.briers[way]) for way in ways),
        )
        for question in questions
    )
