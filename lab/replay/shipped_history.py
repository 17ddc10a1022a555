"""Replay of the history that we ship, with the seed curator's decisions or on the classifier's suggestions alone."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from lab.replay.people import PeopleReport
from lab.replay.playback import ReplayReport, counted
from tracker.management.seeds import history, rows
from tracker.management.seeds.files import Seeds
from tracker.models import Evidence


def replay_seeds(
    seeds: Seeds,
    *,
    now: datetime,
    suggestions_alone: bool = False,
    on_progress: Callable[[datetime, int], None] = lambda _moment, _number: None,
) -> ReplayReport:
    """Load the seeds into an empty database and play their chronology with all rulings, decided on or not.

    `on_progress` hears each simulated time and of how many they are.
    """
    began = time.monotonic()
    seeds = replace(seeds, decisions=()) if suggestions_alone else seeds
    rows.load(seeds, now=now)
    moments = history.to_play(seeds, now=now)
    played = history.play(seeds, at=moments, on_moment=lambda moment: on_progress(moment, len(moments)))
    counts = dict.fromkeys(PeopleReport.__slots__, 0) | {"decisions": played.decided, "rulings": played.ruled}
    classifiers = set(Evidence.objects.order_by().values_list("classifier", flat=True).distinct())
    return counted(
        steps=len(moments), seconds=time.monotonic() - began, models=classifiers, people=PeopleReport(**counts)
    )
