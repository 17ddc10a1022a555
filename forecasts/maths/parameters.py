"""The numbers by which an estimate is made, their documented defaults and how far they may be fitted."""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Each in the unit that its line says; `docs/method.md` gives the reasons for the defaults."""

    evidence_scale: float = 1.0  # of the log-likelihood ratio of whatever news says
    half_life_days: float = 90.0  # after so long a story that does not settle the question says half as much
    hazard_shape: float = 3.0  # of Weibull's hazard: 1 is constant, above it what comes, comes late
    crowd_doubt: float = 4.0  # forecasters needed before the crowd counts for as much as all else together
    crowd_exponent: float = 1.0  # of the crowd's odds: above 1 it is taken for surer than its pool, below for less sure

    def __post_init__(self) -> None:
        for field in fields(self):
            value, low, high = getattr(self, field.name), *BOUNDS[field.name]
            if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
                raise ValueError(f"{field.name} is {value!r}: give a number from {low:g} to {high:g}.")

    def neighbours(self) -> Iterator["Parameters"]:
        """Parameters one step away on the grid of `STEPS`, one value changed, within the bounds of fitting."""
        for name, steps in STEPS.items():
            place = min(range(len(steps)), key=lambda n: abs(steps[n] - getattr(self, name)))
            for other in (place - 1, place + 1):
                if 0 <= other < len(steps):
                    yield replace(self, **{name: steps[other]})

    def distance(self) -> float:
        """The distance from the defaults: the negative logarithm of a log-normal prior around them, in nats; 0 at them.

        Half and double are two standard deviations away.
        """
        logarithms = (math.log2(getattr(self, name) / getattr(DEFAULTS, name)) for name in STEPS)
        return math.fsum((2 * logarithm) ** 2 / 2 for logarithm in logarithms)

    def to_json(self) -> dict[str, float]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: object) -> "Parameters":
        """The parameters that `to_json` wrote; `ValueError` names what is unknown, missing or out of bounds."""
        names = {field.name for field in fields(cls)}
        if not isinstance(stored, dict) or stored.keys() != names:
            raise ValueError(f"Parameters are {', '.join(sorted(names))}; this is none of it: {stored!r}")
        return cls(**stored)


BOUNDS: Final = {
    "evidence_scale": (0.01, 4.0),
    "half_life_days": (1.0, 40000.0),
    "hazard_shape": (0.2, 20.0),
    "crowd_doubt": (0.1, 1000.0),
    "crowd_exponent": (0.25, 4.0),
}
# What a fit may choose from; each list holds the default.
STEPS: Final = {
    "evidence_scale": (0.5, 0.63, 0.79, 1.0, 1.26, 1.59, 2.0),
    "half_life_days": (30.0, 45.0, 64.0, 90.0, 127.0, 180.0, 360.0),
    "hazard_shape": (1.0, 1.5, 2.1, 3.0, 4.2, 6.0, 9.0),
    "crowd_doubt": (1.0, 1.6, 2.5, 4.0, 6.3, 10.0, 16.0),
    "crowd_exponent": (0.71, 0.84, 1.0, 1.19, 1.41),
}
DEFAULTS: Final = Parameters()
