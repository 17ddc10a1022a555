"""What members said together over time: the median of the forecasts standing at each moment. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from tracker.pages.shown import Level, percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A chance of YES that a forecaster gave, until withdrawn."""

    forecaster: int
    probability: float
    made_at: datetime
    withdrawn_at: datetime | None


def medians(said: Sequence[Said], *, side: str, until: datetime) -> tuple[Level, ...]:
    """A level at each moment at which the median of the standing forecasts changed, oldest first."""
    events: list[tuple[datetime, int, float | None]] = []
    for one in said:
        events.append((one.made_at, one.forecaster, one.probability))
        if one.withdrawn_at:
            events.append((one.withdrawn_at, one.forecaster, None))
    standing: dict[int, float] = {}
    levels: list[Level] = []
    for at, forecaster, chance in sorted(events, key=lambda event: (event[0], event[2] is not None)):
        if at > until:
            break
        if chance is None:
            standing.pop(forecaster, None)
        else:
            standing[forecaster] = chance
        if standing:
            shown = percent(median(standing.values()), side=side)
            if not levels or levels[-1].percent != shown:
                levels.append(Level(at=at, percent=shown))
    return tuple(levels)
