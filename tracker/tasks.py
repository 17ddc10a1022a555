"""Celery's door to the jobs: each task reads the clock, calls one function and logs its report."""

from celery import shared_task
from django.conf import settings


@shared_task
def heartbeat() -> None:
    settings.HINDCAST_HEARTBEAT.touch()
