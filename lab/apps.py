"""Replays, evaluations, simulations and training."""

from django.apps import AppConfig


class LabConfig(AppConfig):
    name = "lab"
