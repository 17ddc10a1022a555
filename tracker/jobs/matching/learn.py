"""Learn: judge what waits on a question anew, where decisions or news have come in since, and note like stories."""

import logging
from datetime import datetime

from tracker import lessons
from tracker.jobs import encoder
from tracker.jobs.matching.events import note_like_stories
from tracker.jobs.runs import RowsReport, each
from tracker.models import SuggestionQueue

log = logging.getLogger(__name__)


def learn(now: datetime, *, limit: int = 100, threads: int = 1) -> RowsReport:
    """Judge up to `limit` queues anew, each in a transaction of its own; made are suggestions judged."""
    waiting = lessons.stale(limit)
    minilm = encoder.load(threads=threads, without="Stories without a vector teach nothing") if waiting else None

    def judged(queue: SuggestionQueue) -> int:
        if minilm:
            new = set(lessons.embed(queue.pk, encoder=minilm))
            note_like_stories(queue.pk, new=new, now=now)
        return lessons.judge_anew(queue.pk, at=now, only_at_once=False)

    return each(waiting, judged, log=log, failure="Suggestions on proposition %s were not judged anew")
