from datetime import timedelta

import pytest

from tests.makers import (
    NOW,
    make_article,
    make_change,
    make_claim,
    make_estimate,
    make_evidence,
    make_position,
    make_proposition,
    make_ruling,
    make_user,
)
from tests.markup import laid_out
from tracker.curation import subscriptions
from tracker.jobs.letters.digest import digest
from tracker.jobs.runs import RowsReport
from tracker.models import Letter, Notice, Position, Status

pytestmark = pytest.mark.django_db
BEFORE = NOW - timedelta(days=3)


def a_follower(position: Position):
    reader = make_user()
    make_estimate(position.proposition, at=BEFORE, probability=0.4)
    subscriptions.follow(reader, subject=position.claim, at=BEFORE)
    return reader


def test_nobody_is_written_to_when_nothing_changed():
    a_follower(make_position())
    assert digest(NOW) == RowsReport()
    assert not Letter.objects.exists()


def test_nobody_is_written_to_where_nobody_follows():
    make_change(make_position(), Status.IN_DOUBT)
    assert digest(NOW) == RowsReport()


def test_a_changed_status_is_told_once():
    position = make_position()
    reader = a_follower(position)
    make_change(position, Status.IN_DOUBT, reason="Fell below 40% on the memorandum.")
    assert digest(NOW).made == 1
    assert digest(NOW + timedelta(days=2)).made == 0
    letter = reader.letters.get()
    assert "In doubt" in letter.text
    assert "Fell below 40% on the memorandum." in letter.text


def test_a_move_of_five_points_is_told_and_one_of_four_is_not():
    small, large = make_position(), make_position()
    for position, chance in ((small, 0.44), (large, 0.45)):
        a_follower(position)
        make_estimate(position.proposition, probability=chance)
    assert digest(NOW).made == 1
    assert "45%, was 40%" in Letter.objects.get().text


def test_small_moves_are_told_once_they_add_up():
    position = make_position()
    a_follower(position)
    for days, chance in enumerate((0.43, 0.46)):
        make_estimate(position.proposition, at=BEFORE + timedelta(days=1 + days), probability=chance)
        digest(BEFORE + timedelta(days=1 + days))
    assert "46%, was 40%" in Letter.objects.get().text


def test_a_ruling_is_told_with_its_source():
    position = make_position(side=Position.Side.NO)
    a_follower(position)
    make_ruling(position.proposition, outcome="no", reason="No price was announced.")
    make_change(position, Status.CAME_TRUE)
    digest(NOW)
    letter = Letter.objects.get()
    assert letter.subject == "Hindcast: one settled"
    said = " ".join(letter.text.split())
    assert "No price was announced. The question was ruled No by a curator on 6 February 2026." in said
    assert "https://news.example/ruling" in letter.html


def test_a_ruling_that_cites_words_leads_to_no_page():
    position = make_position()
    a_follower(position)
    make_ruling(position.proposition, outcome="partly", source="The <minutes>, page 4.")
    make_change(position, Status.PARTLY)
    digest(NOW)
    letter = Letter.objects.get()
    assert "The <minutes>, page 4.\n" in letter.text
    assert "The &lt;minutes&gt;, page 4.</p>" in laid_out(letter.html)


def test_a_ruling_taken_back_is_told():
    position = make_position(status=Status.CAME_TRUE)
    a_follower(position)
    make_change(position, Status.DUE, reason="The ruling was taken back.")
    digest(NOW)
    assert "Ruling taken back, now due" in Letter.objects.get().text


def test_a_new_question_on_a_followed_article_is_told():
    article = make_article()
    reader = make_user()
    subscriptions.follow(reader, subject=article, at=BEFORE)
    make_position(make_claim(article), title="A second pipeline will be built")
    assert digest(NOW).made == 1
    assert "A second pipeline will be built" in Letter.objects.get().text
    assert digest(NOW + timedelta(days=2)).made == 0


def test_what_moved_a_chance_is_named():
    position = make_position()
    a_follower(position)
    evidence = make_evidence(position.proposition, headline="Price agreed", stance="supports", strength="strong")
    make_estimate(position.proposition, at=evidence.published_at)
    digest(NOW)
    assert "Most of it on “Price agreed”." in Letter.objects.get().text


def test_a_test_reached_twice_is_told_once():
    position = make_position()
    reader = a_follower(position)
    subscriptions.follow(reader, subject=position.claim.article, at=BEFORE)
    make_change(position, Status.DUE)
    digest(NOW)
    assert Letter.objects.get().text.count(position.title) == 1
    assert {told.status for told in Notice.objects.all()} == {Status.DUE}


def test_a_reader_gets_one_letter_a_day():
    position = make_position()
    a_follower(position)
    make_change(position, Status.IN_DOUBT)
    assert digest(NOW).made == 1
    make_change(position, Status.HOLDING_UP, at=NOW + timedelta(hours=1))
    assert digest(NOW + timedelta(hours=2)).made == 0
    assert digest(NOW + timedelta(days=1)).made == 1


def test_what_changed_and_changed_back_is_no_news():
    position = make_position()
    a_follower(position)
    make_change(position, Status.IN_DOUBT)
    make_change(position, Status.WATCHING)
    assert digest(NOW).made == 0


def test_whoever_stopped_following_is_left_alone():
    position = make_position()
    reader = a_follower(position)
    subscriptions.unfollow(reader, subject=position.claim, at=NOW)
    make_change(position, Status.IN_DOUBT)
    assert digest(NOW) == RowsReport()


def test_a_closed_account_gets_no_letter():
    position = make_position()
    reader = a_follower(position)
    make_change(position, Status.IN_DOUBT)
    reader.is_active = False
    reader.save()
    assert digest(NOW) == RowsReport()


def test_following_again_starts_from_what_stands_then():
    position = make_position()
    reader = a_follower(position)
    subscriptions.unfollow(reader, subject=position.claim, at=BEFORE)
    make_change(position, Status.IN_DOUBT)
    subscriptions.follow(reader, subject=position.claim, at=NOW)
    assert digest(NOW).made == 0


def test_readers_beyond_the_limit_are_next():
    position = make_position()
    a_follower(position)
    subscriptions.follow(make_user(), subject=position.claim, at=BEFORE)
    make_change(position, Status.DUE)
    assert digest(NOW, limit=1) == digest(NOW, limit=1) == RowsReport(looked_at=1, made=1)
    assert Letter.objects.values("user").distinct().count() == 2


def test_one_reader_who_fails_stops_nobody_else(caplog):
    bad, good = make_position(), make_position()
    for position in (bad, good):
        a_follower(position)
        make_change(position, Status.DUE)
    make_estimate(bad.proposition, probability=0.5)
    bad.proposition.estimates.update(parts={"damaged": True})
    make_change(bad, Status.WATCHING)
    assert digest(NOW) == RowsReport(looked_at=2, made=1, failed=1)
    assert Notice.objects.get(position=bad).probability == 0.4


def test_four_workers_at_once_write_one_letter(at_once):
    position = make_position()
    a_follower(position)
    make_change(position, Status.DUE)
    reports = at_once(*[lambda: digest(NOW)] * 4)
    assert sum(report.made for report in reports) == 1
    assert [report.failed for report in reports] == [0, 0, 0, 0]
    assert at_once(Letter.objects.count) == [1]


def test_a_reader_of_many_articles_costs_a_bounded_number_of_queries(django_assert_max_num_queries):
    reader = make_user()
    article = make_article()
    proposition = make_proposition()
    subscriptions.follow(reader, subject=article, at=BEFORE)
    for number in range(10):
        text_claim = make_claim(article, start=number, end=number + 1, quote=article.text[number])
        make_position(text_claim, proposition=proposition if number == 0 else make_proposition())
    with django_assert_max_num_queries(40):
        assert digest(NOW).made == 1
