"""Models: questions, forecasters and their forecasts, estimates, rulings and scores."""

from forecasts.models.estimates import AggregateForecast, Estimate, ParameterFit
from forecasts.models.forecasters import Forecast, Forecaster
from forecasts.models.propositions import LAST_DEADLINE, TAKEN_KEYS, CriteriaVersion, Proposition, start_of
from forecasts.models.rulings import Appeal, Resolution, Score
from forecasts.models.watching import WatchedPeriod
