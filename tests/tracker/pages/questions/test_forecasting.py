"""A member's own forecast, from the page of a statement."""

import re
from datetime import timedelta

import pytest
import time_machine

from forecasts.models import AggregateForecast, Forecast, Resolution, Score
from tests.makers import NOW, make_forecast, make_position, make_proposition, make_ruling, make_user
from tracker.jobs.estimates.revise import revise
from tracker.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def while_the_question_is_open():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def member(client):
    client.force_login(make_user("mira"))
    return client


def give(client, position, **form):
    return client.post(f"/questions/{position.proposition.key}/forecast/", form, follow=True).content.decode()


def test_a_member_forecasts_changes_and_withdraws(member, while_the_question_is_open):
    position = make_position()
    text = give(member, position, percent="35", comment="They need the money.")
    assert 'value="35"' in text
    assert "stands until you change or withdraw it" in text
    while_the_question_is_open.shift(timedelta(days=1))
    assert 'value="20.5"' in give(member, position, percent=" 20,5 %")
    while_the_question_is_open.shift(timedelta(days=1))
    assert "Withdrawn: it scores for the time it stood." in give(member, position, verb="withdraw")
    rows = Forecast.objects.values_list("probability", "withdrawn_at")
    assert list(rows) == [(0.35, None), (pytest.approx(0.205), NOW + timedelta(days=2))]


def test_everybody_reads_who_forecasts_what_and_why(member, client):
    position = make_position()
    give(member, position, percent="35", comment="They <need> the money.")
    client.logout()
    text = client.get(f"/claims/{position.claim.slug}/").content.decode()
    assert "<strong>35%</strong> mira<br>They &lt;need&gt; the money." in text


def test_a_forecast_made_when_the_question_was_settled_is_told_apart(member, client):
    position = make_position()
    early, late = NOW - timedelta(days=3), NOW - timedelta(hours=3)
    for chance, at in ((0.3, early), (0.9, late)):
        make_forecast(position.proposition, probability=chance, at=at)
    make_ruling(position.proposition, at=NOW)
    text = client.get(f"/claims/{position.claim.slug}/").content.decode()
    assert text.count("Made after the question was settled") == 1
    assert text.index("<strong>90%</strong>") < text.index("not scored") < text.index("<strong>30%</strong>")


@pytest.mark.parametrize("percent", ["", "0", "100", "-3", "nan", "1e1000", "many", "5" * 5000, "٣٥"])
def test_what_is_no_chance_is_refused_in_words(member, percent):
    text = give(member, make_position(), percent=percent)
    assert "from 1 to 99, such as 35" in text
    assert not Forecast.objects.exists()


def test_a_closed_question_takes_none_and_shows_no_form(member):
    position = make_position(proposition=make_proposition(deadline=NOW.date() - timedelta(days=1)))
    text = give(member, position, percent="35")
    assert "This question closed at the end of" in text
    assert "Your forecast</h2>" not in text


def test_a_guest_is_asked_to_sign_in(client):
    position = make_position()
    assert "Sign in to forecast" in client.get(f"/claims/{position.claim.slug}/").content.decode()
    got = client.post(f"/questions/{position.proposition.key}/forecast/", {"percent": "35"})
    assert got["location"].startswith("/account/sign-in/")
    assert not Forecast.objects.exists()


def test_what_no_database_keeps_is_dropped_from_a_comment(member):
    give(member, make_position(), percent="35", comment="They need\0 it.")
    assert Forecast.objects.get().comment == "They need it."


def test_a_comment_that_is_too_long_is_refused(member):
    assert "Shorten it" in give(member, make_position(), percent="35", comment="x" * 501)


def test_the_account_lists_the_last_forecast_on_each_question_and_its_score(member):
    position = make_position()
    give(member, position, percent="35")
    row = Forecast.objects.get()
    assert "Stands" in member.get("/account/").content.decode()
    ruling = Resolution.objects.create(
        proposition=position.proposition,
        outcome="yes",
        effective_on=NOW.date(),
        ruled_by="ada",
        ruled_at=NOW,
        reason="Signed.",
    )
    Score.objects.create(
        resolution=ruling, forecaster=row.forecaster, rule="brier", value=0.4225, coverage=1, final_probability=0.35
    )
    text = " ".join(member.get("/account/").content.decode().split())
    assert '<td class="number" data-heading="Chance of Yes">35%</td>' in text
    assert re.search('<td class="number" data-heading="Brier">0.42[23]</td>', text)


def test_a_forecast_says_until_when_it_stands_and_a_lapsed_one_asks_to_be_renewed(member, while_the_question_is_open):
    position = make_position()
    assert "It stands until <time" in give(member, position, percent="35")
    expires_at = Forecast.objects.get().expires_at
    assert "Stands until <time" in member.get("/account/").content.decode()
    while_the_question_is_open.move_to(expires_at + timedelta(hours=1))
    member.force_login(User.objects.get(username="mira"))
    page = member.get(f"/claims/{position.claim.slug}/").content.decode()
    assert "Your 35% lapsed on <time" in page
    assert "Who forecasts what" not in page
    assert "Lapsed on <time" in member.get("/account/").content.decode()
    assert "lapsed on" not in give(member, position, percent="40")
    assert Forecast.objects.in_force(expires_at + timedelta(hours=1)).get().probability == pytest.approx(0.4)


def test_the_crowd_is_shown_with_its_count_its_spread_and_its_past(member):
    position = make_position()
    for number, percent in enumerate((20, 40, 60)):
        member.force_login(make_user(f"member{number}"))
        give(member, position, percent=str(percent))
    revise(NOW)
    page = " ".join(member.get(f"/claims/{position.claim.slug}/").content.decode().split())
    pooled = AggregateForecast.objects.get()
    assert f"<strong>Together {round(100 * pooled.probability)}%</strong>, of 3 forecasters" in page
    assert f"between {round(100 * pooled.low)}% and {round(100 * pooled.high)}%" in page
    assert "The crowd over time" in page
