import dataclasses
from collections import Counter
from datetime import UTC, date, datetime, time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from forecasts.models import Estimate, Proposition, Resolution
from forecasts.refused import Refused
from tests.makers import make_curator, make_entry, make_proposition
from tracker.curation import evidence as deciding
from tracker.curation import rulings
from tracker.management.seeds import files, history
from tracker.management.seeds import rows as seeding
from tracker.models import Attempt, Decision, Entry, Evidence, Feed, Position, StatusChange

SEEDS = Path(__file__).parents[4] / "seeds"
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
CONTRACT, SUMMIT, LOAN = "power-of-siberia-2-contract", "eu-china-summit-statement", "chinese-state-loan-to-russia"
pytestmark = pytest.mark.django_db


@pytest.fixture
def seeds():
    """Three questions of the seeds, and what bears on them."""
    whole = files.read(SEEDS)
    questions = tuple(each for each in whole.questions if each.slug in (CONTRACT, SUMMIT, LOAN))
    decisions = tuple(each for each in whole.decisions if each.question in {question.key for question in questions})
    published = {each.event: whole.published[each.event] for each in decisions}
    return dataclasses.replace(whole, questions=questions, decisions=decisions, published=published)


def play(seeds, **how):
    seeding.load(seeds, now=NOW)
    return history.play(seeds, at=history.to_play(seeds, now=NOW), **how)


def rows():
    """What a reader sees, without the numbers of the rows."""
    estimates = Estimate.objects.order_by("proposition__key", "at")
    changes = StatusChange.objects.order_by("position__proposition__key", "at")
    return (
        list(estimates.values_list("proposition__key", "at", "probability")),
        list(changes.values_list("position__proposition__key", "at", "new", "reason")),
        [model.objects.count() for model in (Entry, Evidence, Decision, Attempt, Resolution)],
    )


def test_the_clock_goes_from_the_opening_over_news_deadlines_and_rulings_to_the_last_of_them(seeds):
    moments = history.moments(seeds)
    assert moments == sorted(set(moments))
    assert moments[0] == datetime(2025, 5, 9, tzinfo=UTC)
    assert datetime(2025, 12, 25, 18, tzinfo=UTC) in moments, "Novak's interview"
    assert moments[-1] == datetime(2025, 12, 31, 23, 59, tzinfo=UTC), "the ruling on the contract"


def test_a_deadline_that_passes_unruled_counts_as_something_happening(seeds):
    later = {"urn:hindcast:event:ev-2026-01-01-1": date(2026, 1, 1)}
    longer = dataclasses.replace(seeds, published={**seeds.published, **later})
    assert datetime(2026, 1, 1, tzinfo=UTC) in history.moments(longer)


def test_nothing_is_played_before_its_time(seeds):
    seeding.load(seeds, now=NOW)
    early = datetime(2025, 7, 1, tzinfo=UTC)
    assert max(history.to_play(seeds, now=early)) < early


def test_each_decision_is_taken_on_the_day_of_the_report_by_the_seed_curator(seeds):
    played = play(seeds)
    assert played.decided == len(seeds.decisions) == Evidence.objects.confirmed().count()
    memorandum = Evidence.objects.get(proposition__key=CONTRACT, strength="strong", stance="supports")
    assert (memorandum.decided_by, memorandum.decided_at) == ("Seed curator", datetime(2025, 9, 3, 18, tzinfo=UTC))
    assert memorandum.revision.entry.outlet_name == "CNA"
    assert memorandum.reason


def test_the_estimate_moves_with_the_news_and_adds_up(seeds):
    play(seeds)
    contract = Proposition.objects.get(key=CONTRACT)
    chances = {estimate.at.date(): estimate.probability for estimate in contract.estimates.all()}
    days = (date(2025, 5, 9), date(2025, 9, 3), date(2025, 10, 7), date(2025, 12, 25))
    opened, memorandum, october, december = (chances[day] for day in days)
    assert opened == pytest.approx(contract.prior)
    assert december < opened < october < memorandum


def test_news_from_before_the_article_moves_nothing(seeds):
    play(seeds)
    old = Evidence.objects.filter(published_at__date__lt=seeds.article.published_on)
    assert old.exists()
    assert set(old.values_list("stance", flat=True)) == {"mentions"}


def test_rulings_are_made_on_the_later_of_settlement_and_publication(seeds):
    assert play(seeds).ruled == 2
    for question in seeds.questions:
        if question.ruling:
            ruling = Resolution.objects.get(proposition__key=question.slug)
            assert ruling.ruled_at == datetime.combine(question.ruling.ruled_on, time(23, 59), tzinfo=UTC)
            assert (ruling.outcome, ruling.effective_on) == (question.ruling.outcome, question.ruling.effective_on)
    assert Proposition.objects.get(key=LOAN).outcome == ""


def test_statuses_follow_and_say_why(seeds):
    play(seeds)
    steps = StatusChange.objects.filter(position__proposition__key=SUMMIT, position__claim__isnull=False).values_list(
        "new", flat=True
    )
    assert list(steps) == ["holding up", "due", "came true"]
    assert "Seed curator" in StatusChange.objects.filter(new="came true").first().reason


def test_a_second_time_nothing_is_left_to_play(seeds):
    play(seeds)
    before = rows()
    assert play(seeds) == history.Played()
    assert rows() == before


def test_a_history_that_was_cut_short_goes_on_to_the_same_end(seeds):
    with transaction.atomic():
        play(seeds)
        whole = rows()
        transaction.set_rollback(True)
    seeding.load(seeds, now=NOW)
    moments = history.to_play(seeds, now=NOW)
    history.play(seeds, at=moments[:7])
    assert history.to_play(seeds, now=NOW) == moments[7:]
    play(seeds)
    assert rows() == whole


def test_a_moment_that_fails_leaves_nothing_behind_and_is_lived_through_again(seeds):
    damaged = [
        dataclasses.replace(each, ruling=each.ruling and dataclasses.replace(each.ruling, outcome="perhaps"))
        for each in seeds.questions
    ]
    with pytest.raises(Refused):
        play(dataclasses.replace(seeds, questions=tuple(damaged)))
    feed = Feed.objects.get(address=seeding.CHRONOLOGY)
    assert feed.last_attempt_at == datetime(2025, 7, 24, 18, tzinfo=UTC), "the moment before the first ruling"
    assert play(seeds).ruled == 2


def test_what_another_curator_decided_stands(seeds):
    play(seeds)
    other = make_curator("Ada")
    mended = Evidence.objects.get(proposition__key=LOAN, strength="weak", stance="supports")
    deciding.reject(mended, by=other, reason="Bonds do not count.", at=NOW)
    ruling = Resolution.objects.get(proposition__key=CONTRACT)
    rulings.reverse(ruling, reason="The year was not over.", by=other, at=NOW)
    Feed.objects.filter(address=seeding.CHRONOLOGY).update(last_attempt_at=None)
    assert play(seeds).ruled == 0
    mended.refresh_from_db()
    assert (mended.state, mended.decided_by) == ("rejected", other.display_name)
    assert Proposition.objects.get(key=CONTRACT).outcome == ""


def test_the_clock_is_not_turned_back_for_other_questions_or_other_news(seeds):
    seeding.load(seeds, now=NOW)
    assert not history.has_company(seeds)
    make_entry()
    assert history.has_company(seeds)


def test_another_question_keeps_the_history_out():
    make_proposition()
    out = StringIO()
    call_command("seed", stdout=out)
    assert "left out" in out.getvalue()
    assert not Evidence.objects.exists()


def test_a_damaged_seed_is_told_in_one_line(settings, tmp_path):
    settings.HINDCAST_SEEDS = tmp_path
    with pytest.raises(Exception, match=r"decisions\.json cannot be read"):
        call_command("seed")


@pytest.mark.slow
def test_the_command_shows_nine_months_and_a_second_run_changes_nothing():
    out = StringIO()
    call_command("seed", stdout=out)
    assert "169 decisions on evidence and 23 rulings" in out.getvalue()
    first = rows()
    moves = Counter(key for key, _, _ in first[0])
    assert sum(count > 1 for count in moves.values()) >= 10
    assert Entry.objects.count() == 88
    statuses = set(Position.objects.values_list("status", flat=True))
    assert statuses == {"came true", "did not come true", "due", "in doubt"}
    call_command("seed", stdout=out)
    assert "played already" in out.getvalue()
    assert rows() == first
