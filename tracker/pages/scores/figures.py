"""A scorecard as figures on a page: each with its value, how far it can be trusted, and what it says in one line."""

from dataclasses import dataclass

from forecasts.maths.calibration import TOO_FEW, Calibration, Interval
from forecasts.maths.skill import Skill
from forecasts.scorecards import PointsTotal, Scorecard
from tracker.pages.formats import MINUS
from tracker.wording import capitalised, counted

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


def signed(value: float, *, digits: int = 1, plus: bool = True) -> str:
    """With a real minus, and a plus unless told otherwise; what rounds to nothing has neither."""
    words = f"{abs(value):.{digits}f}"
    if not any(digit in words for digit in "123456789"):
        return words
    return f"{MINUS}{words}" if value < 0 else f"+{words}" if plus else words


def percent(value: float) -> str:
    """Of a skill: +12%, −3% or 0%."""
    return f"{signed(100 * value, digits=0)}%"


def finding(card: Scorecard) -> str:
    """What the record shows, no surer than it is."""
    if not card.resolved:
        return "Nothing here has been ruled on yet, so there is nothing to score."
    questions = capitalised(counted(card.resolved, "question"))
    if card.too_few:
        has = "has" if card.resolved == 1 else "have"
        return f"{questions} {has} been scored: {TOO_FEW_TO_TELL} skill from luck."
    told = [f"{questions} scored.", _told(card.against_base_rate, "the base rates")]
    if card.against_crowd is not None:
        told.append(_told(card.against_crowd, "the crowd"))
    return " ".join(sentence for sentence in told if sentence)


def _told(found: Skill | None, reference: str) -> str:
    if found is None:
        return ""
    if found.questions < TOO_FEW or found.interval is None:
        return f"Against {reference}: {TOO_FEW_TO_TELL}."
    if found.is_better:
        return f"Better than {reference}."
    return f"Worse than {reference}." if found.is_worse else f"Not told apart from {reference}."


def _wording(found: Interval | None) -> str:
    """The range that the wordings allow."""
    if found is None:
        return ""
    low, high = (signed(end, digits=3, plus=False) for end in (found.low, found.high))
    return f"{low} to {high}, by the wording"


def _skills(card: Scorecard) -> list[Figure]:
    found = (
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
        for name, anchor, skill, reference in found
        if skill is not None
    ]


def _between(found: Skill) -> str:
    on = counted(found.questions, "question")
    if found.questions < TOO_FEW or found.interval is None:
        return f"{TOO_FEW_TO_TELL}, on {on}"
    return f"{percent(found.interval.low)} to {percent(found.interval.high)} with 95% confidence, on {on}"


def _points(card: Scorecard) -> list[Figure]:
    found = []
    if card.baseline is not None:
        says = "0 for always 50%, 100 a question for being sure and right from opening to deadline."
        found.append(_earned("Baseline points", "baseline", card.baseline, value=card.baseline.total, says=says))
    if card.peer is not None:
        says = "Against the other forecasters of the same moments, a question's worth of coverage; above 0 is better."
        found.append(_earned("Peer points, average", "peer", card.peer, value=card.peer.average, says=says))
    if card.mean_relative is not None:
        found.append(
            Figure(
                name="Relative Brier score",
                anchor="relative",
                value=signed(card.mean_relative, digits=3),
                spread="",
                says="Own Brier score less the median forecaster's of the same day; below 0 is better.",
            )
        )
    return found


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


def _calibration(found: Calibration) -> list[Figure]:
    if found.parts is None or found.sharpness is None:
        return []
    parts = found.parts
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
            value=f"{found.sharpness.distance:.2f}",
            spread=f"variance {found.sharpness.variance:.3f}",
            says="Mean distance of the chances from 50%, up to 0.50; good only beside good reliability.",
        ),
    ]
