"""Figures of a scorecard: each with its value, how far it can be trusted, and its meaning in one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.core.paginator import Page

from forecasts.maths.calibration import TOO_FEW, Calibration, Interval
from forecasts.maths.skill import Skill
from forecasts.models import Proposition
from forecasts.scorecards import PointsTotal, Scorecard, ScoredQuestion
from tracker.pages.drawing import calibration
from tracker.pages.formats import MINUS, signed
from tracker.wording import capitalised, counted

QUESTIONS_PER_PAGE: Final = 20
TOO_FEW_TO_TELL = "too few to tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`anchor` is where the page of explanations says more; `spread` qualifies the value, or is empty.

    Those that are `key` stand at the top of a page.
    """

    name: str
    anchor: str
    value: str
    spread: str
    says: str
    is_key: bool = False


def figures(card: Scorecard) -> tuple[Figure, ...]:
    """Everything that can be said of a record; what needs a comparison only where there is one."""
    if card.mean_brier is None or card.mean_log is None:
        return ()
    return (
        Figure(
            name="Brier score",
            anchor="brier",
            value=f"{card.mean_brier:.3f}",
            spread=_wording(card.brier_range),
            says="Squared distance from what happened; 0 is perfect, always 50% gives 0.250.",
            is_key=True,
        ),
        Figure(
            name="Log score",
            anchor="log",
            value=signed(card.mean_log, digits=3, plus=False),
            spread=_wording(card.log_range),
            says=f"Logarithm of the chance given to what happened; 0 is perfect, always 50% gives {MINUS}0.693.",
        ),
        *_skills(card),
        *_points(card),
        *_coverage(card),
        *(() if card.too_few else _calibration(card.calibration)),
    )


def percent(value: float) -> str:
    """Of a skill: +12%, −3% or 0%."""
    return f"{signed(100 * value, digits=0)}%"


def finding(card: Scorecard) -> str:
    """The finding of a record, no surer than it is."""
    if not card.resolved:
        return "Nothing here has been ruled on yet, so there is nothing to score."
    questions = capitalised(counted(card.resolved, "question"))
    if card.too_few:
        has = "has" if card.resolved == 1 else "have"
        return f"{questions} {has} been scored: {TOO_FEW_TO_TELL} skill from luck."
    sentences = (
        f"{questions} scored.",
        _against(card.against_base_rate, "the base rates"),
        _against(card.against_crowd, "the crowd"),
    )
    return " ".join(filter(None, sentences))


def _against(skill: Skill | None, reference: str) -> str:
    if skill is None:
        return ""
    if skill.questions < TOO_FEW or skill.interval is None:
        return f"Against {reference}: {TOO_FEW_TO_TELL}."
    if skill.is_better:
        return f"Better than {reference}."
    return f"Worse than {reference}." if skill.is_worse else f"Not told apart from {reference}."


def _wording(interval: Interval | None) -> str:
    """The range that the wordings allow."""
    if interval is None:
        return ""
    low, high = (signed(end, digits=3, plus=False) for end in (interval.low, interval.high))
    return f"{low} to {high}, by the wording"


def _skills(card: Scorecard) -> list[Figure]:
    skills = (
        ("Skill against the crowd", "skill", card.against_crowd, "what members, bots and sites said together"),
        ("Skill against the base rate", "skill", card.against_base_rate, "the prior that each question began with"),
    )
    return [
        Figure(
            name=name,
            anchor=anchor,
            value=percent(skill.value),
            spread=_between(skill),
            says=f"How much of the Brier score of {reference} is saved: 100% is perfect, 0% does as well.",
            is_key=True,
        )
        for name, anchor, skill, reference in skills
        if skill is not None
    ]


def _between(skill: Skill) -> str:
    on = counted(skill.questions, "question")
    if skill.questions < TOO_FEW or skill.interval is None:
        return f"{TOO_FEW_TO_TELL}, on {on}"
    return f"{percent(skill.interval.low)} to {percent(skill.interval.high)} with 95% confidence, on {on}"


def _points(card: Scorecard) -> list[Figure]:
    figures = []
    if card.baseline is not None:
        says = "0 for always 50%, 100 a question for being sure and right from opening to deadline."
        figures.append(_earned("Baseline points", "baseline", card.baseline, value=card.baseline.total, says=says))
    if card.peer is not None:
        says = "Against the other forecasters of the same moments, a question's worth of coverage; above 0 is better."
        figures.append(_earned("Peer points, average", "peer", card.peer, value=card.peer.average, says=says))
    if card.mean_relative is not None:
        figures.append(
            Figure(
                name="Relative Brier score",
                anchor="relative",
                value=signed(card.mean_relative, digits=3),
                spread="",
                says="Own Brier score less the median forecaster's of the same day; below 0 is better.",
            )
        )
    return figures


def _earned(name: str, anchor: str, earned: PointsTotal, *, value: float, says: str) -> Figure:
    each = f"{signed(earned.total)} in all, " if value != earned.total else ""
    spread = f"{each}{signed(earned.mean)} a question on {earned.count}"
    return Figure(name=name, anchor=anchor, value=signed(value), spread=spread, says=says, is_key=anchor == "peer")


def _coverage(card: Scorecard) -> list[Figure]:
    if card.covered is None or card.attainable is None:
        return []
    return [
        Figure(
            name="Covered",
            anchor="coverage",
            value=f"{card.covered:.0%}",
            spread=f"attainable was {card.attainable:.0%} of the planned time",
            says="Share of the time that could be covered during which a forecast stood.",
            is_key=True,
        )
    ]


def _calibration(calibration: Calibration) -> list[Figure]:
    parts, sharpness = calibration.parts, calibration.sharpness
    if parts is None or sharpness is None:
        return []
    return [
        Figure(
            name="Reliability",
            anchor="murphy",
            value=f"{parts.reliability:.3f}",
            spread=f"Brier score of the last chances {parts.brier:.3f}",
            says="What is lost because things said at 70% do not happen 7 times in 10; 0 is perfect.",
        ),
        Figure(
            name="Resolution",
            anchor="murphy",
            value=f"{parts.resolution:.3f}",
            spread=f"of an uncertainty of {parts.uncertainty:.3f}",
            says="What is won by telling the questions apart; more is better, as much as the uncertainty is perfect.",
        ),
        Figure(
            name="Sharpness",
            anchor="sharpness",
            value=f"{sharpness.distance:.2f}",
            spread=f"variance {sharpness.variance:.3f}",
            says="Mean distance of the chances from 50%, up to 0.50; good only beside good reliability.",
        ),
    ]


def scorecard_context(card: Scorecard, *, name: str) -> dict[str, object]:
    """The context of `scores/figures.html` and `parts/calibration.html`."""
    return {
        "card": card,
        "finding": finding(card),
        "figures": figures(card),
        "fit": calibration.fit(name, card.calibration, is_enough=not card.too_few),
        "fewest": TOO_FEW,
    }


def scored_questions(
    scored: "Page[ScoredQuestion]", *, names: Mapping[int, str] = MappingProxyType({})
) -> list[tuple[Proposition, ScoredQuestion, str]]:
    """The questions of one page of a record, with the forecasters' names by key where they are given; one query."""
    questions = Proposition.objects.only("key", "question").in_bulk([row.proposition_id for row in scored])
    return [(questions[row.proposition_id], row, names.get(row.forecaster_id, "")) for row in scored]
