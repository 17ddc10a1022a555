"""A ruling's whole life in a real Chromium: ruled in the admin, scored, appealed against, taken back, ruled anew."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forecasts.models import Forecaster, Proposition, Score
from tests.barriers import bars_nobody_at_any_width
from tests.makers import (
    make_claim,
    make_curator,
    make_forecast,
    make_forecaster,
    make_position,
    make_proposition,
    make_user,
)
from tracker.curation import appeals
from tracker.curation.editing import edit
from tracker.curation.rulings import reverse, rule
from tracker.jobs.estimates.review import review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


@pytest.fixture
def position():
    """A question whose deadline passed yesterday; mira and ben forecast early, and late after it was settled."""
    today = timezone.now()
    proposition = make_proposition(
        opens_on=(today - 20 * DAY).date(), deadline=(today - DAY).date(), created_at=today - 20 * DAY
    )
    mira = make_forecaster("mira", user=make_user("mira"))
    make_forecast(proposition, forecaster=mira, probability=0.8, at=today - 20 * DAY)
    make_forecast(proposition, forecaster=make_forecaster("ben"), probability=0.4, at=today - 20 * DAY)
    make_forecast(proposition, forecaster=make_forecaster("late"), probability=0.99, at=today - 5 * DAY)
    made = make_position(proposition=proposition, status_since=today - 20 * DAY, created_at=today - 20 * DAY)
    review(today)
    return made


@pytest.fixture
def visit(live_server, quiet_page, client):
    """Opens an address as somebody; the page has no barrier and no sideways scrolling."""

    def go(user, address):
        client.force_login(user)
        cookie = client.cookies["sessionid"].value
        quiet_page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        quiet_page.goto(f"{live_server.url}{address}")
        return quiet_page

    return go


def address_of(position):
    return f"/claims/{position.claim.slug}/"


def rule_in_the_admin(page, outcome, *, source, reason):
    page.get_by_label("Outcome").select_option(outcome)
    page.get_by_label("Settled on").fill((timezone.now() - 10 * DAY).date().isoformat())
    page.get_by_label("Source").fill(source)
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Rule").click()
    page.get_by_text("The ruling stands").wait_for()


def scores_on(page):
    rows = page.locator("section[aria-labelledby=h-sc] tbody tr").all_inner_texts()
    return {name: float(brier) for name, brier, *_ in (row.split("\t") for row in rows)}


def test_a_ruling_is_made_appealed_against_taken_back_and_made_anew(visit, position):
    ann, mira = make_curator("ann"), Forecaster.objects.get(name="mira").user
    page = visit(ann, address_of(position))
    page.get_by_role("link", name="Rule on it").click()
    rule_in_the_admin(page, "yes", source="news.example/signed", reason="Both firms announced it.")
    review(timezone.now())

    page = visit(mira, address_of(position))
    assert "Came true" in page.locator(".verdict").inner_text()
    assert scores_on(page) == {"mira": 0.04, "ben": 0.36, "Always 50%": 0.25}
    page.get_by_text("Appeal against this ruling").click()
    page.get_by_label("Why it does not hold").fill("It was a memorandum, and no contract.")
    page.get_by_role("button", name="Appeal", exact=True).click()
    assert "Your appeal waits for an answer" in page.locator("#rulings").inner_text()

    page = visit(ann, "/")
    page.get_by_role("link", name="1 appeal to answer").click()
    page.get_by_role("link", name="Take the ruling back").click()
    page.get_by_label("Reason").fill("The page cited speaks of a memorandum.")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("The ruling is taken back").wait_for()
    assert not Score.objects.exists()
    page.get_by_role("link", name="Rule on it").click()
    rule_in_the_admin(page, "no", source="The joint statement, in print.", reason="No contract was signed.")
    review(timezone.now())

    page = visit(mira, address_of(position))
    assert "Did not come true" in page.locator(".verdict").inner_text()
    assert scores_on(page) == {"ben": 0.16, "mira": 0.64, "Always 50%": 0.25}
    first, second = page.locator(".rulings > li").all_inner_texts()[::-1]
    assert "Yes. Both firms announced it." in first
    assert "Taken back by ann" in first
    assert "It was a memorandum, and no contract." in first
    assert "Answered by taking the ruling back." in first
    assert "No. No contract was signed." in second
    assert "“The joint statement, in print.”" in second
    assert set(Score.objects.values_list("resolution__outcome", flat=True)) == {"no"}


@pytest.fixture
def with_everything(position):
    """A partly ruling after one taken back, with appeals, and words that changed before."""
    now = timezone.now()
    long = "a-word-that-is-very-long-indeed-and-cannot-be-broken-anywhere-" * 3
    mend_words(position.proposition, at=now, reason=f"Clearer: {long}")
    given = {"effective_on": (now - 10 * DAY).date(), "by": "Ann", "at": now}
    first = rule(position.proposition, outcome="yes", source="https://news.example/x", reason="Announced.", **given)
    appeals.appeal(first, by=make_user("cy"), reason=f"It was not. {long}", at=now)
    reverse(first, reason="It was not.", by="Ann", at=now)
    second = rule(position.proposition, outcome="partly", source=f"The minutes: {long}", reason="Half of it.", **given)
    answered = appeals.appeal(second, by=make_user("dot"), reason="All of it.", at=now)
    appeals.answer(answered, by="Ann", words="A half.", at=now)
    appeals.appeal(second, by=make_user("eve"), reason="Nothing of it.", at=now)
    review(timezone.now())
    return position


def mend_words(proposition, *, at, reason):
    row = Proposition.objects.get(pk=proposition.pk)
    row.resolution_criteria = "Yes if a contract with a price is signed."
    edit(row, fields=["resolution_criteria"], by="Ann", at=at, reason=reason)


def test_no_page_of_rulings_has_a_barrier(
    visit,
    with_everything,
):
    ann, address = make_curator("ann"), address_of(with_everything)
    for user, place in ((ann, address), (ann, "/appeals/"), (Forecaster.objects.get(name="mira").user, address)):
        page = visit(user, place)
        for summary in ("Appeal against this ruling", "Earlier wording of the question"):
            if page.get_by_text(summary).count():
                page.get_by_text(summary).click()
        bars_nobody_at_any_width(page)


def test_what_is_partly_true_is_signed_in_lists_and_on_the_chart(visit, with_everything):
    make_position(make_claim(), proposition=with_everything.proposition, side="no", title="No contract will be signed")
    review(timezone.now())
    page = visit(make_curator(), "/claims/")
    assert page.locator('.status[data-status="partly true"]').count() == 2
    page = visit(make_curator(), address_of(with_everything))
    assert page.locator("svg.only-wide use[href='#s-partly-true']").count() == 1
    assert "nobody is scored" in page.locator(".verdict").inner_text()
