import os
from datetime import timedelta

import pytest

from tests.makers import NOW, make_feed, make_story
from tracker.jobs.prune import PruneReport, prune
from tracker.models import Attempt, JobRun, Story, StoryBand

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings, tmp_path):
    settings.HINDCAST_OUTBOX = tmp_path
    return tmp_path


def test_runs_and_attempts_older_than_90_days_go(outbox):
    feed = make_feed()
    for days in (89, 91):
        JobRun.objects.create(job="ingest", started_at=NOW - timedelta(days=days))
        Attempt.objects.create(feed=feed, at=NOW - timedelta(days=days))
    assert prune(NOW) == PruneReport(runs=1, attempts=1)
    assert prune(NOW) == PruneReport()


def test_the_keys_of_old_stories_go_and_the_stories_stay():
    for days in (89, 91):
        story = make_story(at=NOW - timedelta(days=days))
        StoryBand.objects.bulk_create(StoryBand(story=story, band=band) for band in range(3))
    assert prune(NOW) == PruneReport(keys=3)
    assert Story.objects.count() == 2
    assert StoryBand.objects.filter(story__published_at=NOW - timedelta(days=89)).count() == 3


def test_no_more_than_the_limit_goes_at_once():
    for _ in range(3):
        JobRun.objects.create(job="ingest", started_at=NOW - timedelta(days=91))
    assert [prune(NOW, limit=2).runs for _ in range(2)] == [2, 1]


def test_drafts_that_killed_workers_left_go_after_a_day_and_letters_stay(outbox):
    for name, days in ((".draft-old", 2), (".draft-new", 0), ("letter.eml", 2)):
        (outbox / name).write_text("")
        at = (NOW - timedelta(days=days)).timestamp()
        os.utime(outbox / name, (at, at))
    assert prune(NOW).drafts == 1
    assert {file.name for file in outbox.iterdir()} == {".draft-new", "letter.eml"}
