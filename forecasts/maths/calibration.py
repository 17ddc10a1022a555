"""Calibration: is what is called 70% likely so 7 times in 10? Bins, their uncertainty, Murphy's parts, sharpness."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

from forecasts.maths.odds import probability

CONFIDENCE: Final = 0.8  # of the interval drawn around each bin
TOO_FEW: Final = 10  # cases; below it a record cannot be told from luck


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedForecast:
    """A probability, whether the event happened, and how much it counts in `decompose` and `shares`, more than 0."""

    probability: float
    outcome: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Forecasts from `low` (included) to `high` (excluded, but 1 belongs to the last): how many, the mean
    probability stated, how many came true, and the Wilson interval of that share."""

    low: float
    high: float
    count: int
    stated: float
    happened: int
    interval: Interval

    @property
    def frequency(self) -> float:
        return self.happened / self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A bin of weighted forecasts: their weight, of how many cases they are, the mean probability stated, the share
    that came true, and its Wilson interval for as many equal weights as tell as much (Kish's effective size)."""

    low: float
    high: float
    weight: float
    cases: int
    stated: float
    frequency: float
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """Brier = reliability - resolution + uncertainty + within.

    `within` is what grouping unequal probabilities into one bin hides (variance less twice the covariance inside
    the bins); it makes the sum exact and is 0 where every bin holds a single probability.
    """

    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharpness:
    """The spread of forecasts, whatever happened: their variance (0 to 1/4) and mean distance from even chances
    (0 to 1/2). Sharper is better only among those that are calibrated."""

    variance: float
    distance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """All of this for one set of `count` forecasts; without any there are no bins and nothing else."""

    count: int
    bins: tuple[Bin, ...]
    parts: Decomposition | None
    sharpness: Sharpness | None

    @property
    def fitting(self) -> int:
        """The number of bins whose interval holds the mean chance stated."""
        return sum(group.interval.low <= group.stated <= group.interval.high for group in self.bins)


def wilson(happened: float, *, count: float, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval of a proportion.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    if count <= 0 or not 0 <= happened <= count:
        raise ValueError(f"{happened} of {count} is no proportion.")
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"{confidence} is no level of confidence: give a number between 0 and 1, such as 0.8.")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, z2n = happened / count, z * z / count
    centre = (share + z2n / 2) / (1 + z2n)
    half = z * math.sqrt(share * (1 - share) / count + z2n / (4 * count)) / (1 + z2n)
    return Interval(
        low=0.0 if happened == 0 else max(0.0, centre - half),
        high=1.0 if happened == count else min(1.0, centre + half),
    )


def bins(judged: Iterable[JudgedForecast], *, number: int = 10) -> tuple[Bin, ...]:
    """Equally wide bins over [0, 1], lowest first; empty ones are left out."""
    return tuple(_bin(group, place=place, number=number) for place, group in _grouped(judged, number=number))


def shares(cases: Iterable[Iterable[JudgedForecast]], *, number: int = 10) -> tuple[Share, ...]:
    """Bins of forecasts that count by their weights; those of one case (a question) are one draw of fate.

    L. Kish, "Survey Sampling" (1965): weights w tell as much as (sum of w)^2 / sum of w^2 equal ones.
    """
    placed: dict[int, list[list[JudgedForecast]]] = {}
    for case in cases:
        for place, group in _grouped(case, number=number):
            placed.setdefault(place, []).append(group)
    return tuple(_share(groups, place=place, number=number) for place, groups in sorted(placed.items()))


def decompose(judged: Iterable[JudgedForecast], *, number: int = 10) -> Decomposition | None:
    """Murphy's decomposition of the mean Brier score over such bins, by weight; None without forecasts.

    A. H. Murphy, "A new vector partition of the probability score", Journal of Applied Meteorology 12 (1973); the
    terms within bins: D. B. Stephenson et al., "Two extra components in the Brier score decomposition", Weather and
    Forecasting 23 (2008).
    """
    groups = [group for _, group in _grouped(judged, number=number)]
    everything = [forecast for group in groups for forecast in group]
    if not everything:
        return None
    weight, base = _weight(everything), _frequency(everything)
    reliability = math.fsum(_weight(g) * (_stated(g) - _frequency(g)) ** 2 for g in groups) / weight
    resolution = math.fsum(_weight(g) * (_frequency(g) - base) ** 2 for g in groups) / weight
    return Decomposition(
        brier=math.fsum(forecast.weight * (forecast.probability - forecast.outcome) ** 2 for forecast in everything)
        / weight,
        reliability=reliability,
        resolution=resolution,
        uncertainty=base * (1 - base),
        within=math.fsum(_within(group) for group in groups) / weight,
    )


def sharpness(judged: Iterable[JudgedForecast]) -> Sharpness | None:
    """Sharpness of the probabilities alone; None without forecasts.

    T. Gneiting, F. Balabdaoui and A. E. Raftery, "Probabilistic forecasts, calibration and sharpness", Journal of the
    Royal Statistical Society B 69 (2007); the variance as A. H. Murphy and R. L. Winkler, "A general framework for
    forecast verification", Monthly Weather Review 115 (1987).
    """
    chances = [probability(forecast.probability) for forecast in judged]
    if not chances:
        return None
    mean = math.fsum(chances) / len(chances)
    return Sharpness(
        variance=math.fsum((chance - mean) ** 2 for chance in chances) / len(chances),
        distance=math.fsum(abs(chance - 0.5) for chance in chances) / len(chances),
    )


def calibrate(judged: Iterable[JudgedForecast], *, number: int = 10) -> Calibration:
    """Bins, decomposition and sharpness of one set of forecasts."""
    forecasts = list(judged)
    return Calibration(
        count=len(forecasts),
        bins=bins(forecasts, number=number),
        parts=decompose(forecasts, number=number),
        sharpness=sharpness(forecasts),
    )


def _grouped(judged: Iterable[JudgedForecast], *, number: int) -> list[tuple[int, list[JudgedForecast]]]:
    if number < 1:
        raise ValueError(f"{number} bins hold nothing: give at least 1.")
    groups: dict[int, list[JudgedForecast]] = {}
    for forecast in judged:
        # A hair is added because 0.3 * 10 may fall short of 3, and 0.3 belongs to the bin that it opens.
        place = min(number - 1, math.floor(probability(forecast.probability) * number + 1e-9))
        groups.setdefault(place, []).append(forecast)
    return sorted(groups.items())


def _bin(group: Sequence[JudgedForecast], *, place: int, number: int) -> Bin:
    happened = sum(forecast.outcome for forecast in group)
    return Bin(
        low=place / number,
        high=(place + 1) / number,
        count=len(group),
        stated=_stated(group),
        happened=happened,
        interval=wilson(happened, count=len(group)),
    )


def _share(groups: Sequence[Sequence[JudgedForecast]], *, place: int, number: int) -> Share:
    everything = [forecast for group in groups for forecast in group]
    frequency = min(_frequency(everything), 1.0)
    size = _weight(everything) ** 2 / math.fsum(_weight(group) ** 2 for group in groups)
    return Share(
        low=place / number,
        high=(place + 1) / number,
        weight=_weight(everything),
        cases=len(groups),
        stated=_stated(everything),
        frequency=frequency,
        interval=wilson(frequency * size, count=size),
    )


def _weight(group: Sequence[JudgedForecast]) -> float:
    return math.fsum(forecast.weight for forecast in group)


def _stated(group: Sequence[JudgedForecast]) -> float:
    return math.fsum(forecast.weight * forecast.probability for forecast in group) / _weight(group)


def _frequency(group: Sequence[JudgedForecast]) -> float:
    return math.fsum(forecast.weight * forecast.outcome for forecast in group) / _weight(group)


def _within(group: Sequence[JudgedForecast]) -> float:
    """Squared deviations less twice the products of deviations, summed over one bin."""
    stated, frequency = _stated(group), _frequency(group)
    return math.fsum(
        forecast.weight
        * ((forecast.probability - stated) ** 2 - 2 * (forecast.probability - stated) * (forecast.outcome - frequency))
        for forecast in group
    )
