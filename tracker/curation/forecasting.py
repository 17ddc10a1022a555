"""A member's own forecast: given, changed, withdrawn. The row itself says who, when and how much."""

from datetime import datetime

from django.db import transaction

from forecasts import estimates
from forecasts.models import Forecast, Forecaster, Proposition
from forecasts.refused import Refused
from tracker.models import User


def forecast(
    proposition: Proposition, *, percent: str, by: User, at: datetime, comment: str = "", version: str = ""
) -> Forecast:
    """Store the chance of Yes in per cent, as somebody typed it; a later one replaces it. Raises Refused.

    `version` is the number of the words that were read; where they have changed meanwhile, they are to be read first.
    """
    chance = _chance(percent)
    with transaction.atomic():
        _refuse_unless_read(Proposition.objects.select_for_update().get(pk=proposition.pk), version=version)
        return estimates.record(proposition, forecaster=_forecaster(by), probability=chance, at=at, comment=comment)


def withdraw(proposition: Proposition, *, by: User, at: datetime) -> Forecast:
    """End the member's standing forecast; it scores for the time it stood. Raises Refused."""
    return estimates.withdraw(proposition, forecaster=_forecaster(by), at=at)


def _refuse_unless_read(proposition: Proposition, *, version: str) -> None:
    current = proposition.criteria_versions.last()
    if version and current is not None and version != str(current.number):
        raise Refused(
            "The words of this question have changed since you opened the page: read them, and forecast again."
        )


def _chance(percent: str) -> float:
    text = percent.strip().removesuffix("%").strip().replace(",", ".")
    try:
        number = float(text) if len(text) <= 10 and text.isascii() else 0.0
    except ValueError:
        number = 0.0
    if not 1 <= number <= 99:
        raise Refused("Give the chance of Yes in per cent, from 1 to 99, such as 35: nothing is certain.")
    return number / 100


def _forecaster(user: User) -> Forecaster:
    """The member as a forecaster, under the name that people see."""
    found, _ = Forecaster.objects.get_or_create(
        user=user, defaults={"kind": Forecaster.Kind.MEMBER, "name": user.display_name[:200]}
    )
    if found.name != user.display_name[:200]:
        found.name = user.display_name[:200]
        found.save(update_fields=["name"])
    return found
