"""Elsewhere: what other sites say of a question, beside our own estimate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forecasts.models import Forecast, Proposition
from tracker.models import OutsideLink
from tracker.pages.formats import percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A site's last word: its chance from the side asked about and when the site said so; `ruled` once it ruled."""

    name: str
    page: str
    percent: int
    at: datetime
    ruled: str


def of(proposition: Proposition, *, side: str, until: datetime) -> Sequence[Elsewhere]:
    """Sites that are linked and whose forecast stood at `until`, in the order of their names; two queries at most."""
    links = list(OutsideLink.objects.linked().filter(proposition=proposition).select_related("forecaster"))
    if not links:
        return ()
    standing = Forecast.objects.filter(proposition=proposition, forecaster__in=[link.forecaster_id for link in links])
    last = {forecast.forecaster_id: forecast for forecast in standing.in_force(until)}
    said = [(link, last[link.forecaster_id]) for link in links if link.forecaster_id in last]
    return tuple(
        Elsewhere(
            name=link.forecaster.name,
            page=link.page,
            percent=percent(forecast.probability, side=side),
            at=forecast.made_at,
            ruled=link.outcome if link.state == OutsideLink.State.RULED else "",
        )
        for link, forecast in sorted(said, key=lambda pair: pair[0].forecaster.name)
    )
