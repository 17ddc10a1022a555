"""The words of a question as they changed: on its page, beside each forecast, and in the account."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forecasts.models import Forecast
from tests.makers import NOW, make_curator, make_forecast, make_forecaster, make_position, make_user
from tracker.curation.editing import edit
from tracker.curation.rulings import reverse, rule

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def mira():
    return make_user("mira")


def change(position, *, at=NOW - DAY, reason="A memorandum was read as a contract.", **words):
    proposition = position.proposition
    proposition.refresh_from_db()
    for name, value in words.items():
        setattr(proposition, name, value)
    edit(proposition, fields=list(words), by="Ann", at=at, reason=reason)


def forecast_by(user, position, *, at=NOW - 2 * DAY):
    forecaster = getattr(user, "forecaster", None) or make_forecaster(user.display_name, user=user)
    return make_forecast(position.proposition, forecaster=forecaster, at=at)


def page_of(client, position):
    return " ".join(client.get(f"/claims/{position.claim.slug}/").text.split())


def test_words_that_never_changed_have_no_version(client, mira):
    position = make_position()
    forecast_by(mira, position)
    text = page_of(client, position)
    assert "<dt>Version</dt>" not in text
    assert "made under version" not in text


def test_the_version_stands_with_day_reason_and_the_earlier_wording(client, mira):
    position = make_position()
    forecast_by(mira, position)
    change(position, resolution_criteria="Yes if a contract <with> a price is signed.")
    text = page_of(client, position)
    assert 'Version 2 since <time datetime="2026-02-05">5 Feb 2026</time>: A memorandum was read as a contract.' in text
    assert "Yes if a contract &lt;with&gt; a price is signed." in text
    earlier = text.split("Earlier wording")[1].split("</details>")[0]
    assert "Version 1," in earlier
    assert "Yes if both firms announce a signed contract with volume and price. <span" in earlier
    assert earlier.count("changed by version 2") == 1


def test_three_versions_come_latest_first(client, mira):
    position = make_position()
    forecast_by(mira, position)
    change(position, statement="One.", at=NOW - DAY)
    change(position, statement="Two.", at=NOW, reason="Clearer still.")
    text = page_of(client, position).split("Earlier wording")[1].split("</details>")[0]
    assert text.index("Version 2,") < text.index("Version 1,")
    assert "Why it came: A memorandum was read as a contract." in text


def test_each_forecast_made_under_earlier_words_says_so(client, mira):
    position = make_position()
    forecast_by(mira, position)
    forecast_by(make_user("ben"), position, at=NOW)
    change(position, statement="One.", at=NOW)
    text = page_of(client, position)
    assert 'mira <span class="tag">made under version 1</span>' in text
    assert "ben <span" not in text


def test_the_forecaster_is_told_and_may_change_withdraw_or_leave_it(client, mira):
    position = make_position()
    forecast_by(mira, position)
    change(position, statement="One.")
    client.force_login(mira)
    assert "You forecast under version 1 of the question" in page_of(client, position)
    assert "made under version 1" in client.get("/account/").text
    client.post(f"/questions/{position.proposition.key}/forecast/", {"percent": "40", "version": "2"})
    assert "under version 1" not in page_of(client, position)
    assert "under version 1" not in client.get("/account/").text


def test_a_forecast_on_words_that_changed_meanwhile_is_not_taken_unread(client, mira):
    position = make_position()
    forecast_by(make_user("ben"), position)
    client.force_login(mira)
    assert 'name="version" value="1"' in page_of(client, position)
    change(position, statement="One.")
    sent = {"percent": "40", "version": "1"}
    text = client.post(f"/questions/{position.proposition.key}/forecast/", sent, follow=True).text
    assert "have changed since you opened the page" in text
    assert Forecast.objects.filter(forecaster__user=mira).count() == 0
    assert (
        "Your forecast stands"
        in client.post(f"/questions/{position.proposition.key}/forecast/", {**sent, "version": "2"}, follow=True).text
    )


@pytest.mark.parametrize("version", ["0", "99", "two", "2" * 5000])
def test_a_version_that_never_was_is_no_version_that_was_read(client, mira, version):
    position = make_position()
    forecast_by(make_user("ben"), position)
    change(position, statement="One.")
    client.force_login(mira)
    client.post(f"/questions/{position.proposition.key}/forecast/", {"percent": "40", "version": version})
    assert Forecast.objects.filter(forecaster__user=mira).count() == 0


def test_a_ruling_says_under_which_words_it_was_made(client, mira):
    position = make_position()
    forecast_by(mira, position)
    given = {"outcome": "yes", "effective_on": NOW.date() - 3 * DAY, "source": "The record.", "by": "Ann"}
    first = rule(position.proposition, reason="Announced.", at=NOW - 2 * DAY, **given)
    reverse(first, reason="Under unclear words.", by="Ann", at=NOW - 2 * DAY)
    change(position, statement="One.")
    rule(position.proposition, reason="Announced, with a price.", at=NOW, **given)
    text = page_of(client, position)
    assert text.count("under version 1 of the question") == 1
    assert text.index("Announced, with a price.") < text.index("under version 1 of the question")


def test_a_new_deadline_reaches_the_page(client, mira):
    position = make_position()
    forecast_by(mira, position)
    change(position, deadline=NOW.date() + 9 * DAY)
    text = page_of(client, position)
    assert "in 9 days" in text
    assert "31 Dec 2026 <span" in text


def test_the_admin_asks_for_the_reason_and_the_page_shows_it(client, mira):
    position = make_position()
    forecast_by(mira, position)
    client.force_login(make_curator("ann"))
    there = f"/admin/forecasts/proposition/{position.proposition.pk}/change/"
    names = ("key", "question", "resolution_criteria", "opens_on", "deadline", "prior", "prior_reason")
    form = {name: getattr(position.proposition, name) for name in names}
    form |= {"sources": "[]", "keywords": "[]", "actors": "[]", "note": "", "statement": "A price is agreed."}
    assert "say why they change" in client.post(there, form).text
    client.post(there, {**form, "reason": "Nobody signs in public."})
    assert ": Nobody signs in public. <span" in page_of(client, position)


def test_as_many_queries_for_nine_versions_and_forecasts_as_for_two(client, mira):
    position = make_position()
    forecast_by(mira, position)
    change(position, statement="0")
    client.force_login(mira)
    page_of(client, position)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as page:
            page_of(client, position)
        with CaptureQueriesContext(connection) as account:
            client.get("/account/")
        counts.append((len(page), len(account)))
        for number in range(1, 9):
            forecast_by(make_user(), position, at=NOW - DAY)
            change(position, statement=f"{number} and {len(counts)}", at=NOW)
            forecast_by(mira, make_position(), at=NOW)
    assert counts[0] == counts[1]
