"""A question without an article in a real Chromium: asked, forecast, ruled on, ruled on anew; keyboard, phone, dark."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from forecasts.models import Forecast, Proposition, Score
from tests.barriers import bars_nobody, bars_nobody_at_any_width
from tests.makers import (
    make_claim,
    make_curator,
    make_evidence,
    make_forecast,
    make_forecaster,
    make_history,
    make_position,
    make_proposition,
    make_ruling,
    make_user,
)
from tracker.jobs.estimates.revise import revise
from tracker.models import Decision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTION = "Will our town have a new bridge by the end of the year?"


def sign_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/account/sign-in/")
    page.get_by_label("Name or e-mail address").fill(name)
    page.get_by_label("Password").fill("a long password")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").press("Enter")
    page.get_by_role("link", name="Sign in", exact=True).wait_for()


def forecast(page: Page, percent: str, why: str = "") -> None:
    """Typed and sent by the keyboard alone, from the field on."""
    field = page.get_by_label("Chance of Yes, in per cent")
    field.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(percent)
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(why)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Your forecast stands")


def rule(page: Page, outcome: str, reason: str) -> None:
    page.get_by_role("link", name="Rule on it").press("Enter")
    page.wait_for_url("**/rule/")
    page.get_by_label("Outcome").select_option(outcome)
    page.get_by_label("Settled on").fill(f"{timezone.now():%Y-%m-%d}")
    page.get_by_label("Source").fill("The town council")
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Rule").press("Enter")
    page.get_by_text("The ruling stands, and everyone is scored.").wait_for()


def scores(page: Page) -> dict[str, float]:
    """What the question's page says of each forecaster, the best first."""
    rows = page.locator("section", has=page.get_by_role("heading", name="Who was right")).locator("tbody tr")
    cells = [row.locator("td").all_inner_texts() for row in rows.all()]
    return {name: float(brier) for name, brier, *_ in cells}


def let_it_stand(hours: int) -> None:
    """As if all that was said so far had been said earlier."""
    for row in Forecast.objects.all():
        row.made_at -= timedelta(hours=hours)
        row.withdrawn_at = row.withdrawn_at and row.withdrawn_at - timedelta(hours=hours)
        row.save()


def ask(page: Page, site: str) -> str:
    """A curator asks the question; the address of its page."""
    page.goto(f"{site}/questions/")
    page.get_by_role("link", name="Ask a question").first.press("Enter")
    page.get_by_label("Question").fill(QUESTION)
    page.get_by_label("Opens on").fill(f"{timezone.now() - timedelta(days=2):%Y-%m-%d}")
    page.get_by_role("button", name="Draft the rest").press("Enter")
    expect(page.get_by_label("What Yes means")).to_have_value(re.compile("^Our town will have a new bridge"))
    bars_nobody(page)
    page.get_by_label("Deadline").fill(f"{timezone.now() + timedelta(days=30):%Y-%m-%d}")
    page.get_by_label("Base rate, in per cent").fill("20")
    page.get_by_label("Counted in which reference class").fill("Of 20 bridges planned here, four opened on time.")
    page.get_by_label("Topic").fill("town")
    page.get_by_role("button", name="Open the question").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    expect(page.get_by_label("Where it stands").get_by_text("Open", exact=True)).to_be_visible()
    bars_nobody(page)
    return page.url


def forecast_change_and_withdraw(page: Page, site: str, at: str) -> None:
    """30, then 60 with a comment, withdrawn, then 80; the pages say so each time."""
    page.goto(at)
    forecast(page, "30")
    let_it_stand(hours=12)
    page.goto(at)
    forecast(page, "60", "The piers stand.")
    expect(page.get_by_text("60% mira")).to_contain_text("The piers stand.")
    page.get_by_role("button", name="Withdraw it").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Withdrawn")
    expect(page.get_by_text("60% mira")).to_have_count(0)
    let_it_stand(hours=12)
    page.goto(at)
    forecast(page, "80", "It opens on Sunday.")
    expect(page.get_by_text("80% mira")).to_contain_text("It opens on Sunday.")
    page.goto(f"{site}/questions/")
    expect(page.get_by_text("1 forecaster, median 80%")).to_be_visible()
    page.goto(f"{site}/account/")
    expect(page.get_by_role("row", name=QUESTION)).to_contain_text("80%")


def take_back(page: Page, at: str, reason: str) -> None:
    """The ruling goes, its scores with it, and the history says why."""
    page.get_by_role("link", name="Take the ruling back").press("Enter")
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Take it back").press("Enter")
    page.get_by_text("The ruling is taken back, and its scores are gone.").wait_for()
    page.goto(at)
    expect(page.get_by_role("heading", name="Who was right")).to_have_count(0)
    for title in ("How its status changed", "Rulings"):
        history = page.locator("section", has=page.get_by_role("heading", name=title, exact=True))
        expect(history).to_contain_text("It is open to traffic.")
        expect(history).to_contain_text(reason)
    assert not Score.objects.exists()


def finds_on_account(page: Page, site: str, name: str, *, outcome: str, brier: float) -> None:
    sign_in(page, site, name)
    page.goto(f"{site}/account/")
    row = page.get_by_role("row", name=QUESTION)
    expect(row.get_by_role("cell").nth(3)).to_have_text(outcome)
    expect(row).to_contain_text(f"{brier:.3f}")
    sign_out(page)


def test_the_whole_life_of_a_question_and_of_those_who_forecast_it(quiet_page, live_server):
    page, site = quiet_page, live_server.url
    page.set_viewport_size({"width": 360, "height": 800})
    make_curator("ada")
    for name in ("mira", "noor"):
        make_user(name)

    sign_in(page, site, "ada")
    at = ask(page, site)
    assert Proposition.objects.get().positions.of_claims().count() == 0
    sign_out(page)

    sign_in(page, site, "mira")
    forecast_change_and_withdraw(page, site, at)
    sign_out(page)
    sign_in(page, site, "noor")
    page.goto(at)
    forecast(page, "40")
    let_it_stand(hours=12)
    sign_out(page)
    revise(timezone.now())
    page.goto(at)
    expect(page.get_by_text("Forecasts of 2 forecasters", exact=True)).to_be_visible()
    assert list(Forecast.objects.order_by("pk").values_list("probability", flat=True)) == [0.3, 0.6, 0.8, 0.4]

    sign_in(page, site, "ada")
    page.goto(at)
    rule(page, "yes", "It is open to traffic.")
    page.goto(at)
    by_yes = scores(page)
    expect(page.get_by_label("Where it stands").get_by_text("Ruled Yes")).to_be_visible()
    bars_nobody(page)
    sign_out(page)
    for name in ("mira", "noor"):
        finds_on_account(page, site, name, outcome="Yes", brier=by_yes[name])

    sign_in(page, site, "ada")
    page.goto(at)
    take_back(page, at, "It was only for walkers.")
    rule(page, "no", "Nothing but walkers crossed it.")
    page.goto(at)
    by_no = scores(page)
    bars_nobody(page)
    sign_out(page)
    for name in ("mira", "noor"):
        finds_on_account(page, site, name, outcome="No", brier=by_no[name])

    # The same forecasts, scored anew, stand in the opposite order.
    assert [name for name in by_yes if name in ("mira", "noor")] == ["mira", "noor"]
    assert [name for name in by_no if name in ("mira", "noor")] == ["noor", "mira"]
    assert by_yes["mira"] < by_yes["noor"]
    assert by_no["noor"] < by_no["mira"]
    verbs = Decision.objects.filter(by="ada").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["open question", "rule", "reverse", "rule"]


def test_a_refusal_stands_beside_its_field(page, live_server, come_in):
    come_in(page, make_curator())
    page.goto(f"{live_server.url}/questions/add/")
    page.get_by_label("Question").fill(QUESTION)
    page.get_by_role("button", name="Draft the rest").click()
    page.get_by_label("Opens on").fill("1999-01-01")
    page.get_by_label("Deadline").fill("2000-01-01")
    page.get_by_role("button", name="Open the question").press("Enter")
    expect(page.get_by_text("This day has passed: choose a later one")).to_be_visible()
    expect(page.get_by_label("Question")).to_have_value(QUESTION)
    bars_nobody(page)
    assert not Proposition.objects.exists()


@pytest.fixture
def questions():
    """One with plenty of everything, one that is ruled, one that is due, one with nothing."""
    opened = datetime(2025, 5, 9, tzinfo=UTC)
    full = make_proposition(
        f"Will it be {'a-word-that-cannot-be-broken-' * 6} by 2099?", deadline=opened.date().replace(2099)
    )
    for number, stance in enumerate(("supports", "contradicts", "mentions", "") * 4):
        make_evidence(
            full, headline=f"Story {number} {'x' * 90}", at=opened + timedelta(days=9 * number), stance=stance
        )
    make_history(full)
    make_forecast(full, at=opened, comment="y" * 400)
    make_position(make_claim(), proposition=full)
    ruled = make_proposition("Will it be ruled?", topic="gas " * 10)
    make_forecast(ruled, at=opened)
    make_ruling(ruled)
    due = make_proposition("Will it be due?", deadline=opened.date())
    return full, ruled, due, make_proposition("Will it be quiet?", opens_on=opened.date(), deadline=full.deadline)


def test_no_page_has_a_barrier(live_server, quiet_page, come_in, questions):
    for address in ("/questions/", "/questions/?topic=nothing", *(f"/questions/{each.key}/" for each in questions)):
        quiet_page.goto(f"{live_server.url}{address}")
        bars_nobody_at_any_width(quiet_page)
    come_in(quiet_page, make_curator())
    for address in ("/questions/add/", "/evidence/", "/", f"/questions/{questions[0].key}/?stance=suggested"):
        quiet_page.goto(f"{live_server.url}{address}")
        bars_nobody_at_any_width(quiet_page)


def test_the_form_is_walked_through_by_the_keyboard_alone(live_server, quiet_page, come_in):
    come_in(quiet_page, make_curator())
    quiet_page.goto(f"{live_server.url}/questions/add/")
    quiet_page.get_by_label("Question").focus()
    quiet_page.keyboard.type(QUESTION)
    quiet_page.keyboard.press("Tab")
    assert quiet_page.evaluate("document.activeElement.innerText") == "Draft the rest"
    quiet_page.keyboard.press("Enter")
    quiet_page.get_by_text("Nothing is published yet").wait_for()
    quiet_page.get_by_label("Actors").focus()
    quiet_page.keyboard.press("Tab")
    quiet_page.keyboard.press("Enter")
    expect(quiet_page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    assert Proposition.objects.get().question == QUESTION


def test_a_member_follows_a_question_and_stops(live_server, quiet_page, come_in):
    question, member = make_proposition(QUESTION), make_user()
    come_in(quiet_page, member)
    quiet_page.goto(f"{live_server.url}/questions/{question.key}/")
    quiet_page.get_by_role("button", name="Follow this question").press("Enter")
    quiet_page.get_by_role("button", name="Stop following").wait_for()
    quiet_page.goto(f"{live_server.url}/account/")
    quiet_page.get_by_role("link", name=QUESTION).press("Enter")
    quiet_page.get_by_role("button", name="Stop following").press("Enter")
    expect(quiet_page.get_by_role("button", name="Follow this question")).to_be_visible()


def test_a_crowd_and_a_lapsed_forecast_have_no_barrier(live_server, quiet_page, come_in):
    now, member = timezone.now(), make_user()
    question = make_proposition(QUESTION, deadline=now.date() + timedelta(days=90), unsettled_at=now)
    crowd = [make_forecaster(name) for name in ("Ada", "Ben", "Cleo")]
    for number, forecaster in enumerate(crowd):
        at = now - timedelta(days=30 - 9 * number)
        make_forecast(question, forecaster=forecaster, probability=0.2 + number / 5, at=at)
        revise(at)
    own = make_forecaster("Dee", user=member)
    make_forecast(question, forecaster=own, at=now - timedelta(days=40), expires_at=now - timedelta(days=3))
    come_in(quiet_page, member)
    quiet_page.goto(f"{live_server.url}/questions/{question.key}/")
    expect(quiet_page.get_by_text("lapsed on")).to_be_visible()
    quiet_page.get_by_text("The crowd over time").press("Enter")
    expect(quiet_page.get_by_role("table", name="What standing forecasts said together")).to_be_visible()
    bars_nobody_at_any_width(quiet_page)
