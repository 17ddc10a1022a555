"""Elsewhere: what other sites say of a question, beside our own estimate."""

from collections.abc import Sequence
from datetime import datetime

from forecasts.models import Forecast, Proposition
from tracker.models import OutsideLink
from tracker.pages.formats import percent

OutsideForecast = tuple[OutsideLink, Forecast, int]  # a site's last word, in per cent from the side asked about


def of(proposition: Proposition, *, side: str, until: datetime) -> Sequence[OutsideForecast]:
    """Sites that are linked and whose forecast stood at `until`, in the order of their names; two queries at most."""
    links = list(OutsideLink.objects.linked().filter(proposition=proposition).select_related("forecaster"))
    if not links:
        return ()
    standing = Forecast.objects.filter(proposition=proposition, forecaster__in=[link.forecaster_id for link in links])
    last = {forecast.forecaster_id: forecast for forecast in standing.in_force(until)}
    said = [(link, last[link.forecaster_id]) for link in links if link.forecaster_id in last]
    said.sort(key=lambda pair: pair[0].forecaster.name)
    return [(link, forecast, percent(forecast.probability, side=side)) for link, forecast in said]
