"""The seeds as a replay plays them: with the curator's decisions, or on suggestions alone with the same rulings."""

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

from forecasts import backtest
from forecasts.models import Resolution
from lab.replay.files import in_short, write
from lab.replay.shipped_history import replay_seeds
from tracker.management.seeds import files
from tracker.models import Evidence

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def seeds():
    """Two ruled questions of the seeds, and what bears on them."""
    whole = files.read(Path(__file__).parents[3] / "seeds")
    slugs = ("eu-china-summit-statement", "pew-2025-view-of-china-falls")
    questions = tuple(each for each in whole.questions if each.slug in slugs)
    decisions = tuple(each for each in whole.decisions if each.question in {question.key for question in questions})
    published = {each.event: whole.published[each.event] for each in decisions}
    return dataclasses.replace(whole, questions=questions, decisions=decisions, published=published)


def test_decisions_move_the_estimate_away_from_the_prior(seeds, tmp_path):
    heard = []
    report = replay_seeds(seeds, now=NOW, on_progress=lambda moment, number: heard.append((moment, number)))
    assert (report.people.decisions, report.people.rulings) == (len(seeds.decisions), 2)
    assert len(heard) == report.steps == heard[0][1]
    found = backtest.runs()
    assert all(run.baselines["evidence"].log_gain > 0 for run in found)
    write(report, tmp_path, runs=found, named="key")
    assert '"proposition": "pew-2025-view-of-china-falls"' in (tmp_path / "scores.json").read_text()


def test_without_decisions_the_rulings_stay_and_a_reader_without_a_record_moves_nothing(seeds):
    report = replay_seeds(seeds, now=NOW, suggestions_alone=True)
    assert (report.people.decisions, report.people.rulings) == (0, 2)
    assert not Evidence.objects.confirmed().exists()
    assert Resolution.objects.count() == 2
    stories = [run.proposition_id for run in backtest.runs() if run.baselines["estimate"].brier_gain < -0.01]
    assert stories == []


def test_the_report_in_short_has_no_scores_without_rulings(seeds):
    unruled = dataclasses.replace(
        seeds, questions=tuple(dataclasses.replace(each, ruling=None) for each in seeds.questions)
    )
    report = replay_seeds(unruled, now=NOW)
    short = in_short(report, backtest.runs())
    assert (short["scores"], short["rulings"], short["decisions"]) == (None, 0, len(seeds.decisions))
    assert "people" not in short
