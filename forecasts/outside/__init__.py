"""Forecasts from other sites: which question an address means, and what its site says of it. Pure; fetches nothing."""
