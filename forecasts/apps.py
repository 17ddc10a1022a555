"""The app: how likely something is, and how well it was judged."""

import django_stubs_ext
from django.apps import AppConfig

# Django's generic classes take their parameters at run time too; in time for every model and screen, and only for them.
django_stubs_ext.monkeypatch()


class ForecastsConfig(AppConfig):
    name = "forecasts"
    verbose_name = "Forecasts"
