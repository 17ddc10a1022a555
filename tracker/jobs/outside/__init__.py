"""Jobs on forecasts from other sites."""
