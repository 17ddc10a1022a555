"""Forecasts of members together over time: the median of the forecasts standing at each moment."""

from collections.abc import Sequence
from datetime import datetime
from statistics import median

from forecasts.models import Forecast
from tracker.pages.drawing.histories import Level
from tracker.pages.formats import percent


def medians(said: Sequence[Forecast], *, side: str, until: datetime) -> tuple[Level, ...]:
    """A level at each moment at which the median of the standing forecasts changed, oldest first."""
    lasting = [(one, one.stood_until) for one in said if one.stood_until is None or one.stood_until > one.made_at]
    begin = [(one.made_at, True, one) for one, _ in lasting]
    end = [(end, False, one) for one, end in lasting if end]
    standing: dict[int, Forecast] = {}
    levels: list[Level] = []
    for at, begins, one in sorted([*begin, *end], key=lambda event: event[:2]):
        if at > until:
            break
        if begins:
            standing[one.forecaster_id] = one
        elif standing.get(one.forecaster_id) is one:  # what was replaced has ended already
            del standing[one.forecaster_id]
        if standing:
            shown = percent(median(each.probability for each in standing.values()), side=side)
            if not levels or levels[-1].percent != shown:
                levels.append(Level(at=at, percent=shown))
    return tuple(levels)
