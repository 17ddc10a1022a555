"""Ruling on a proposition and taking a ruling back; scores are written, or removed, in the same transaction."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction

from forecasts.maths import daily, points
from forecasts.maths.scoring import Averaged, Standing, time_averaged
from forecasts.models import Forecast, Forecaster, Proposition, Resolution, Score, start_of

PRODUCT_NAME = "Hindcast"


Valued = dict[Score.Rule, tuple[float, float]]  # value and coverage by rule


_AN_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S", re.IGNORECASE)
_check_web_address = URLValidator(schemes=["http", "https"])


class RulingRefused(Exception):
    """A ruling or reversal that cannot be made; the message says why, in words for the curator."""


class _Life(TypedDict):
    outcome: bool
    opens: datetime
    closes: datetime
    horizon: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """The time over which forecasts are scored, when the day began that settled it, and what they are held against.

    `horizon` is when the question was meant to close.
    """

    opens: datetime
    settles: datetime
    closes: datetime
    horizon: datetime
    outcome: bool

    @property
    def life(self) -> _Life:
        return {"outcome": self.outcome, "opens": self.opens, "closes": self.closes, "horizon": self.horizon}


def resolve(
    proposition: Proposition,
    *,
    outcome: str,
    effective_on: date,
    source: str,
    reason: str,
    by: str,
    at: datetime,
    confidence: str = "",
) -> Resolution:
    """Rule yes, no, partly or void, settled in the world on `effective_on` (which may lie back), and score everybody.

    Scored are all forecasters and the product's own estimates, averaged over the time from the opening to the end of
    the effective day or of the deadline, whichever comes first; after partly and void nobody is scored. `source` is
    the address of a page or words; only a void ruling does without. `RulingRefused` for a draft, a question ruled on
    already, a day to come, a time before the last reversal, or without an outcome, a reason or a proper source.
    """
    resolution = Resolution(
        proposition=proposition,
        outcome=outcome,
        effective_on=effective_on,
        source=source.strip(),
        reason=reason.strip(),
        confidence=confidence,
        ruled_at=at,
        ruled_by=by,
    )
    _check(resolution)
    try:
        with transaction.atomic():
            current = _locked(proposition)
            _refuse_unless_awaiting(current)
            if current.resolutions.filter(reversed_at__gt=at).exists():
                raise RulingRefused("The ruling would come before the last one was taken back: check the clock.")
            resolution.proposition = current
            resolution.save(force_insert=True)
            current.state, current.outcome = Proposition.State.RESOLVED, resolution.outcome
            current.save(update_fields=["state", "outcome"])
            Score.objects.bulk_create(_scores(resolution))
            Proposition.objects.filter(pk=current.pk).mark_moved(at)
    except IntegrityError as error:
        raise RulingRefused("This question has a standing ruling already: take that one back first.") from error
    return resolution


def reverse(resolution: Resolution, *, reason: str, by: str, at: datetime) -> Resolution:
    """Take a ruling back: it stays in the history, its scores go, and the question is open again.

    `RulingRefused` without a reason, for a ruling already taken back, and for a time before the ruling.
    """
    reason = reason.strip()
    if not reason:
        raise RulingRefused("Say why the ruling is taken back: readers will see it.")
    with transaction.atomic():
        proposition = _locked(resolution.proposition)
        current = Resolution.objects.get(pk=resolution.pk)
        if current.reversed_at is not None:
            raise RulingRefused(
                f"This ruling was taken back by {current.reversed_by} on {current.reversed_at:%d %b %Y}."
            )
        if at < current.ruled_at:
            raise RulingRefused("The ruling would be taken back before it was made: check the clock.")
        current.reversed_at, current.reversed_by, current.reversal_reason = at, by, reason
        current.save(update_fields=["reversed_at", "reversed_by", "reversal_reason"])
        current.scores.all().delete()
        proposition.state, proposition.outcome = Proposition.State.OPEN, ""
        proposition.save(update_fields=["state", "outcome"])
        row = Proposition.objects.filter(pk=proposition.pk)
        row.mark_moved(at)
        row.mark_unsettled(at)
    return current


def _check(resolution: Resolution) -> None:
    try:
        resolution.clean_fields(exclude=["proposition"])
    except ValidationError as error:
        complaints = (f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())
        raise RulingRefused("; ".join(complaints)) from error
    if not resolution.source and resolution.outcome != Proposition.Outcome.VOID:
        raise RulingRefused("source: say what settles it, by the address of a page or in words.")
    if _AN_ADDRESS.match(resolution.source):
        try:
            _check_web_address(resolution.source)
        except ValidationError as error:
            raise RulingRefused(f"source: {resolution.source[:100]} is no address of a page on the web.") from error
    if resolution.effective_on > resolution.ruled_at.astimezone(UTC).date():
        raise RulingRefused(
            f"{resolution.effective_on} has not come yet: rule when the day is over or the fact is out."
        )


def _refuse_unless_awaiting(proposition: Proposition) -> None:
    if proposition.state == Proposition.State.DRAFT:
        raise RulingRefused("This question is a draft: publish it before you rule on it.")
    if proposition.state == Proposition.State.RESOLVED:
        raise RulingRefused("This question has been ruled on already: take that ruling back first.")


def _locked(proposition: Proposition) -> Proposition:
    """The row as it is now, held until the transaction ends, so that no forecast or second ruling comes in between."""
    return Proposition.objects.select_for_update().get(pk=proposition.pk)


def _scores(resolution: Resolution) -> Iterator[Score]:
    """A row per forecaster and rule for whoever had a forecast standing; none for a question void or partly so.

    Peer and relative scores compare the crowd's forecasters with one another, where there are two or more.
    """
    if not resolution.is_scored:
        return
    window = _window(resolution)
    scored: dict[int, tuple[list[Standing], Averaged]] = {}
    for forecaster_id, standings in _standings(resolution.proposition, until=window.closes):
        averaged = time_averaged(
            standings, outcome=window.outcome, opens=window.opens, closes=window.closes, settles=window.settles
        )
        if averaged is not None:
            scored[forecaster_id] = standings, averaged
    kinds = Forecaster.objects.filter(pk__in=scored, kind__in=Forecaster.CROWD)
    compared = _compared({key: scored[key][0] for key in kinds.values_list("pk", flat=True)}, window)
    for key, (standings, averaged) in scored.items():
        earned = points.baseline_accuracy(standings, **window.life)
        values: Valued = {
            Score.Rule.BRIER: (averaged.brier, averaged.coverage),
            Score.Rule.LOG: (averaged.log, averaged.coverage),
            Score.Rule.BASELINE: _summed(earned),
            **compared.get(key, {}),
        }
        for rule, (value, coverage) in values.items():
            yield Score(
                resolution=resolution,
                forecaster_id=key,
                rule=rule,
                value=value,
                coverage=min(coverage, 1.0),
                final_probability=averaged.final,
            )


def _compared(crowd: Mapping[int, list[Standing]], window: _Window) -> dict[int, Valued]:
    """Peer and relative scores with their coverage, by forecaster."""
    if len(crowd) < 2:
        return {}
    owners = [key for key, standings in crowd.items() for _ in standings]
    earned = points.peer_accuracy([each for own in crowd.values() for each in own], **window.life)
    by_day = daily.daily(crowd, outcome=window.outcome, opens=window.opens, closes=window.closes)
    found: dict[int, Valued] = {}
    for key in crowd:
        own = [each for owner, each in zip(owners, earned, strict=True) if owner == key]
        found[key] = {Score.Rule.PEER: _summed(own)}
        if key in by_day:
            found[key][Score.Rule.RELATIVE] = by_day[key].relative, by_day[key].participation
    return found


def _summed(earned: Iterable[points.Points]) -> tuple[float, float]:
    """A forecaster's score and coverage, from those of each forecast."""
    parts = list(earned)
    return math.fsum(part.score for part in parts), math.fsum(part.coverage for part in parts)


def _window(resolution: Resolution) -> _Window:
    proposition = resolution.proposition
    end_of_day = start_of(resolution.effective_on + timedelta(days=1))
    return _Window(
        opens=proposition.opens_at,
        settles=start_of(min(resolution.effective_on, proposition.deadline)),
        closes=min(end_of_day, proposition.closes_at, resolution.ruled_at),
        horizon=proposition.closes_at,
        outcome=resolution.outcome == Proposition.Outcome.YES,
    )


def _standings(proposition: Proposition, *, until: datetime) -> Iterator[tuple[int, list[Standing]]]:
    """Each forecaster, the product included, with what it said and for how long, up to `until`."""
    forecasts = proposition.forecasts.order_by("forecaster_id", "made_at", "pk")
    for forecaster_id, own in groupby(forecasts, key=lambda forecast: forecast.forecaster_id):
        yield forecaster_id, _one_after_another(own, until=until)
    estimates = proposition.estimates.order_by("at", "pk").values_list("probability", "at")
    own_words = [Forecast(probability=chance, made_at=at) for chance, at in estimates]
    if own_words:
        yield _product().pk, _one_after_another(own_words, until=until)


def _one_after_another(forecasts: Iterable[Forecast], *, until: datetime) -> list[Standing]:
    """Each stands until the next one, its withdrawal, or the end; the forecasts come oldest first."""
    rows = list(forecasts)
    ends = [later.made_at for _, later in pairwise(rows)] + [until]
    return [
        Standing(
            probability=row.probability,
            since=row.made_at,
            until=end if row.withdrawn_at is None else min(end, row.withdrawn_at),
        )
        for row, end in zip(rows, ends, strict=True)
    ]


def _product() -> Forecaster:
    product, _ = Forecaster.objects.get_or_create(kind=Forecaster.Kind.PRODUCT, defaults={"name": PRODUCT_NAME})
    return product
