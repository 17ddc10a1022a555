"""What the world settles, who forecast it, and how it was ruled and scored."""

from forecasts.models.estimates import CrowdEstimate, Estimate, Fit
from forecasts.models.forecasters import Forecast, Forecaster
from forecasts.models.propositions import LAST_DEADLINE, TAKEN_KEYS, CriteriaVersion, Proposition, start_of
from forecasts.models.rulings import Appeal, Resolution, Score

__all__ = [
    "LAST_DEADLINE",
    "TAKEN_KEYS",
    "Appeal",
    "CriteriaVersion",
    "CrowdEstimate",
    "Estimate",
    "Fit",
    "Forecast",
    "Forecaster",
    "Proposition",
    "Resolution",
    "Score",
    "start_of",
]
