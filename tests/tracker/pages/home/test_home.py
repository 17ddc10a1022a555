from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.makers import (
    make_article,
    make_change,
    make_claim,
    make_curator,
    make_estimate,
    make_evidence,
    make_forecast,
    make_forecaster,
    make_history,
    make_position,
    make_proposition,
    make_ruling,
    make_user,
)
from tracker.jobs.estimates.review import review
from tracker.models import Position, Status
from tracker.pages.home import views as home
from tracker.pages.questions import recent_changes
from tracker.pages.questions.status_counts import tally

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = timezone.now()


def moved_test(*, at=None, stance="supports", title="Statement", **facts) -> Position:
    """A test whose chance one confirmed story moved at a time, by default yesterday."""
    at = at or NOW - DAY
    proposition = make_proposition(deadline=date(2099, 12, 31), changed_at=at)
    position = make_position(proposition=proposition, title=title, **facts)
    make_evidence(proposition, headline=f"Story on {title}", stance=stance, strength="strong", at=at)
    make_history(proposition, until=NOW)
    return position


def page_of(client) -> str:
    return client.get("/").content.decode()


def test_an_empty_installation_says_how_to_begin(client):
    page = page_of(client)
    assert "Nothing is followed yet" in page
    assert "0 article" not in page
    assert "A curator begins by adding an article, or by asking a question." in page
    client.force_login(make_curator())
    assert "Add an article</a>" in page_of(client)


def test_what_moved_names_the_story_that_moved_it_and_by_how_much(client):
    moved_test(title="Gas flows")
    page = page_of(client).split('id="h-moved"')[1].split("Newest evidence")[0]
    assert "Gas flows" in page
    assert "Story on Gas flows" in page
    assert '<b class="small-points">+' in page


def test_points_are_seen_from_the_claim(client):
    moved_test(side=Position.Side.NO)
    ((_, cause),) = recent_changes.latest(NOW, most=5).shown
    assert cause.stance == "contradicts"
    assert cause.points < 0


def test_settled_ones_come_first_then_the_largest_move():
    moved_test(title="Large")
    moved_test(title="Small", stance="mentions")
    settled = moved_test(title="Settled", at=NOW - 3 * DAY)
    make_ruling(settled.proposition, outcome="yes", at=NOW - DAY)
    make_change(settled, Status.CAME_TRUE, at=NOW - DAY)
    found = recent_changes.latest(NOW, most=5)
    assert [row.position.text for row, _ in found.shown] == ["Settled", "Large"]
    assert (found.total, found.window.is_recent) == (2, True)


def test_where_nothing_moved_of_late_the_days_before_the_last_move_are_shown(client):
    moved_test(title="Long ago", at=NOW - 200 * DAY)
    found = recent_changes.latest(NOW, most=5)
    assert [row.position.text for row, _ in found.shown] == ["Long ago"]
    assert not found.window.is_recent
    assert "by settled and by size; nothing since" in page_of(client)


def test_a_chance_that_did_not_move_is_no_move():
    proposition = make_proposition(changed_at=NOW)
    make_position(proposition=proposition)
    make_history(proposition, until=NOW)
    found = recent_changes.latest(NOW, most=5)
    assert (found.shown, found.total) == ((), 0)


def test_what_time_alone_did_is_no_move_until_somebody_forecasts():
    proposition = make_position(proposition=make_proposition(changed_at=NOW)).proposition
    for day, probability in ((-60, 0.5), (-5, 0.3)):
        make_estimate(proposition, at=NOW + day * DAY, probability=probability)
    assert recent_changes.latest(NOW, most=5).total == 0
    make_forecast(proposition, at=NOW - DAY)
    assert recent_changes.latest(NOW, most=5).total == 1


def test_the_newest_story_comes_first_and_leads_to_its_row(client):
    moved_test(title="Earlier")
    position = moved_test(title="Later")
    ((story, _, _),) = recent_changes.newest(most=1)
    assert story.headline == "Story on Later"
    assert f"/claims/{position.claim.slug}/#evidence-{story.pk}" in page_of(client)


def test_a_rejected_story_and_one_on_a_draft_are_no_news():
    make_evidence(make_proposition(state="draft"), stance="supports")
    make_evidence(make_position().proposition, state="rejected")
    assert recent_changes.newest(most=5) == []


def test_what_is_due_gives_the_last_word(client):
    position = make_position(title="China objects", proposition=make_proposition(deadline=date(2025, 12, 31)))
    evidence = make_evidence(position.proposition, headline="No statement was made", stance="mentions")
    make_change(position, Status.DUE, evidence=evidence)
    page = page_of(client)
    assert "One question waits for a ruling" in page
    assert "Last word: No statement was made." in page


def test_the_nearest_deadline_comes_first_and_past_ones_are_left_out(client):
    for year in (2099, 2098, 2020):
        opened = date(2019, 1, 1)
        make_position(title=f"By {year}", proposition=make_proposition(opens_on=opened, deadline=date(year, 1, 1)))
    section = page_of(client).split("Next deadlines")[1].split("The record")[0]
    assert section.index("By 2098") < section.index("By 2099")
    assert "By 2020" not in section


def test_lifelines_are_of_tests_whose_status_changed():
    make_position(title="Quiet")
    make_change(make_position(title="Loud"), Status.IN_DOUBT)
    assert [position.title for position in home._lives()] == ["Loud"]


def test_the_inventory_counts_accepted_claims_and_their_questions():
    article = make_article()
    make_change(make_position(make_claim(article)), Status.CAME_TRUE)
    make_position(make_claim(article, quote="Xi came to Moscow"), side=Position.Side.NONE)
    make_change(make_position(make_claim(article, quote="The parade"), side=Position.Side.NONE), Status.DUE)
    make_claim(article, quote="The parade was long", state="proposed")
    words = home.inventory().words
    assert words == "1 article, 3 claims, 3 questions: 1 open, 1 due, 1 scored; 2 statements take no side."


@pytest.mark.parametrize(
    ("settled", "due", "moved", "words"),
    [
        (2, 5, 0, "Two questions were settled this week; five wait for a ruling"),
        (1, 1, 9, "One question was settled this week; one waits for a ruling"),
        (1, 0, 0, "One question was settled this week"),
        (0, 1, 9, "One question waits for a ruling"),
        (0, 0, 9, "Nine questions moved in the last 30 days"),
        (0, 0, 0, "All is quiet: nothing moved in the last 30 days"),
    ],
)
def test_the_headline_says_what_is_new_in_order_of_weight(settled, due, moved, words):
    found = home.Inventory(articles=1, claims=1, tally=tally([]), statuses={"watching": 1, "due": due})
    assert home.title(settled=settled, found=found, moved=moved) == words


def test_the_lede_tells_how_the_last_question_came_out():
    position = make_position(title="Gas flows.")
    for status in ("void", "partly true"):
        position.status = status
        assert home.lede([position]) == f"“Gas flows” is {status}."
    make_change(position, Status.DID_NOT, at=NOW - 60 * DAY)
    assert home.lede(home._last_settled(), is_news=False).endswith(": “Gas flows” did not come true.")


def test_as_many_queries_for_fifteen_tests_as_for_one(client, django_assert_max_num_queries):
    for number in range(15):
        position = moved_test(title=f"Statement {number}")
        make_change(position, [Status.DUE, Status.HOLDING_UP, Status.CAME_TRUE][number % 3])
    with django_assert_max_num_queries(40):
        page_of(client)


def test_a_curator_sees_how_many_suggestions_wait_and_a_guest_does_not(client):
    make_evidence(make_position().proposition)
    assert "to decide" not in page_of(client)
    client.force_login(make_curator())
    assert "1 suggestion to decide" in page_of(client)


@pytest.fixture
def others():
    """Rows before, so that no two numbers are the same by accident."""
    for number in range(3):
        make_evidence(make_position(make_claim(state="rejected")).proposition)
        make_position(proposition=make_proposition(deadline=date(2098, 1, 1 + number)))


def bare_question(question="Will the bridge open?", **fields):
    return make_proposition(question, **{"deadline": date(2099, 12, 31), "changed_at": NOW, **fields})


def test_a_question_without_a_claim_moves_with_the_story_that_moved_it(client):
    question = bare_question()
    make_evidence(question, headline="Half built", stance="supports", strength="strong", at=NOW - DAY)
    make_history(question, until=NOW)
    ((row, cause),) = recent_changes.latest(NOW, most=5).shown
    assert (row.position.text, cause.headline) == ("Will the bridge open?", "Half built")
    page = page_of(client)
    assert f'<h3><a href="/questions/{question.key}/">Will the bridge open?</a></h3>' in page
    assert f"/questions/{question.key}/#evidence-{cause.pk}" in page


def test_tests_and_questions_are_ranked_together():
    moved_test(title="Large")
    settled = bare_question(opens_on=date(2020, 1, 1), deadline=(NOW - DAY).date())
    make_ruling(settled, outcome="yes", at=NOW - DAY)
    found = recent_changes.latest(NOW, most=1)
    assert [row.words for row, _ in found.shown] == ["Ruled Yes"]
    assert found.total == 2


def test_a_question_without_a_claim_that_is_due_is_not_forgotten(client, others):
    overdue = bare_question(opens_on=date(2020, 1, 1), deadline=(NOW - DAY).date())
    make_evidence(overdue, headline="Half built", stance="supports", at=NOW - DAY)
    settled = bare_question("Will it snow?")
    make_evidence(settled, headline="Snow lies", stance="supports", strength="decisive", at=NOW - DAY)
    review(NOW)
    page = page_of(client)
    assert "Two questions wait for a ruling" in page
    due = page.split('id="h-due"')[1].split('id="h-next"')[0]
    assert due.index("Will the bridge open?") < due.index("Will it snow?")
    assert "Last word: Half built." in due
    assert "Last word: Snow lies." in due


def test_the_next_deadlines_hold_questions_without_a_claim(client, others):
    bare_question(deadline=date(2097, 1, 1))
    assert "Will the bridge open?" in page_of(client).split("Next deadlines")[1].split("The record")[0]


def test_a_ruling_on_a_question_without_a_claim_is_news(client, others):
    make_ruling(bare_question(opens_on=date(2020, 1, 1)), outcome="yes", at=NOW - DAY)
    page = page_of(client)
    assert "One question was settled this week" in page
    assert "“Will the bridge open?” was ruled Yes." in page


def test_the_inventory_counts_questions_without_a_claim():
    bare_question()
    make_ruling(bare_question(), outcome="yes", at=NOW - DAY)
    make_ruling(bare_question(), outcome="void", at=NOW - DAY)
    make_proposition(state="draft")
    words = home.inventory().words
    assert words == "No articles, no claims, 3 questions: 1 open, 1 scored, 1 void."


def test_as_many_queries_for_fifteen_questions_as_for_one(client, django_assert_max_num_queries):
    for number in range(15):
        question = bare_question(opens_on=date(2020, 1, 1), deadline=date(2099 if number % 3 else 2021, 1, 1))
        make_evidence(question, stance="supports", strength="strong", at=NOW - DAY)
        make_history(question, until=NOW)
        if number % 3 == 2:
            make_ruling(question, at=NOW - DAY)
    with django_assert_max_num_queries(44):
        page_of(client)


def test_a_member_sees_how_many_forecasts_are_to_be_renewed(client):
    member = make_user()
    own = make_forecaster(user=member)
    now = timezone.now()
    question = make_proposition(deadline=now.date() + timedelta(days=90))
    make_forecast(question, forecaster=own, at=now - timedelta(days=80), expires_at=now + timedelta(days=2))
    assert "to renew" not in page_of(client)
    client.force_login(member)
    assert "1 forecast of yours to renew" in page_of(client)
