"""Forecasts of members together over time: the median of the forecasts standing at each moment. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from tracker.pages.drawing.histories import Level
from tracker.pages.formats import percent


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberForecast:
    """A chance of YES that a forecaster gave, until it was withdrawn or expired."""

    forecaster: int
    probability: float
    made_at: datetime
    until: datetime | None


def medians(said: Sequence[MemberForecast], *, side: str, until: datetime) -> tuple[Level, ...]:
    """A level at each moment at which the median of the standing forecasts changed, oldest first."""
    lasting = [one for one in said if one.until is None or one.until > one.made_at]
    begin = [(one.made_at, True, one) for one in lasting]
    end = [(one.until, False, one) for one in lasting if one.until]
    standing: dict[int, MemberForecast] = {}
    levels: list[Level] = []
    for at, begins, one in sorted([*begin, *end], key=lambda event: event[:2]):
        if at > until:
            break
        if begins:
            standing[one.forecaster] = one
        elif standing.get(one.forecaster) is one:  # what was replaced has ended already
            del standing[one.forecaster]
        if standing:
            shown = percent(median(each.probability for each in standing.values()), side=side)
            if not levels or levels[-1].percent != shown:
                levels.append(Level(at=at, percent=shown))
    return tuple(levels)
