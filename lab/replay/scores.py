"""The scores of a replay: as JSON, and as a table to read."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from forecasts.maths.bootstrap import DRAWS
from forecasts.maths.calibration import CONFIDENCE, TOO_FEW
from forecasts.maths.comparison import NAMES, BaselineSummary, Mean, Run, Summary, summarise

MEANS: Final = ("brier", "log", "brier_gain", "log_gain")
WIDTH: Final = 25  # of a column


def in_short(summary: Summary) -> dict[str, Any]:
    """The number of propositions, and the mean scores of each way with their intervals."""
    ways = {line.way: {"propositions": line.runs, **_means(line)} for line in summary.lines}
    return {
        "propositions": summary.runs,
        "written_with_hindsight": summary.hindsight,
        "too_few": summary.too_few,
        "confidence": CONFIDENCE,
        "draws": DRAWS,
        "ways": ways,
    }


def in_full(runs: Sequence[Run], names: Mapping[int, str]) -> dict[str, Any]:
    """The short form with calibration, without what was written with hindsight, and by proposition (by its name)."""
    summary, sighted = summarise(runs), summarise(run for run in runs if not run.hindsight)
    return {
        **in_short(summary),
        "calibration": {line.way: _calibration(line) for line in summary.lines},
        "without_hindsight": in_short(sighted) if sighted.runs else None,
        "by_proposition": [_proposition(run, names[run.proposition_id]) for run in runs],
    }


def _means(line: BaselineSummary) -> dict[str, Any]:
    return {name: _mean(getattr(line, name)) for name in MEANS}


def _mean(mean: Mean) -> dict[str, float | None]:
    low, high = (mean.interval.low, mean.interval.high) if mean.interval else (None, None)
    return {"mean": mean.value, "low": low, "high": high}


def _calibration(line: BaselineSummary) -> dict[str, Any]:
    return {
        "final": asdict(line.final),
        "over_time": {
            "bins": [asdict(group) for group in line.over_time],
            "parts": asdict(line.over_time_parts) if line.over_time_parts else None,
        },
    }


def _proposition(run: Run, name: str) -> dict[str, Any]:
    ways = {
        way: {figure: getattr(track, figure) for figure in (*MEANS, "coverage", "final")}
        for way, track in run.baselines.items()
    }
    return {
        "proposition": name,
        "outcome": "yes" if run.outcome else "no",
        "settled": run.effective_on.isoformat(),
        "written_with_hindsight": run.hindsight,
        "ways": ways,
    }


def table(summary: Summary) -> str:
    """The ways as rows: mean scores with their intervals in brackets. Says so when there is too little to tell."""
    if not summary.runs:
        return "Nothing was ruled Yes or No, so nothing was scored: propositions need outcome and settled for that."
    head = f"{'':16}" + "".join(f"{words:>{WIDTH}}" for words in ("Brier", "log", "Brier, better by", "log, better by"))
    rows = [head + f"{'propositions':>14}", *(_row(line) for line in summary.lines)]
    share = f"{CONFIDENCE:.0%}"
    rows.append(
        f"Averaged over the time from opening to settlement; {share} bootstrap intervals over propositions; "
        '"better by" is held against the prior.'
    )
    if summary.too_few:
        rows.append(f"Fewer than {TOO_FEW} propositions: too few to tell from luck.")
    if summary.hindsight:
        rows.append(
            f"{summary.hindsight} of {summary.runs} were written with hindsight, by people who could know the end: "
            "their figures show that the machinery works, and no skill."
        )
    return "\n".join(rows)


def _row(line: BaselineSummary) -> str:
    cells = (line.brier, line.log, None, None) if line.way == "prior" else (
        line.brier, line.log, line.brier_gain, line.log_gain
    )  # fmt: skip
    shown = "".join(f"{_shown(mean, is_gain=n > 1):>{WIDTH}}" for n, mean in enumerate(cells))
    return f"{NAMES[line.way]:16}{shown}{line.runs:>14}"


def _shown(mean: Mean | None, *, is_gain: bool) -> str:
    if mean is None:
        return ""
    form = "+.3f" if is_gain else ".3f"
    words = f"{mean.value:{form}}"
    return f"{words} [{mean.interval.low:{form}}, {mean.interval.high:{form}}]" if mean.interval else words
