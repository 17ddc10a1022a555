"""The claim pages in a real Chromium: no error, no barrier, no sideways scrolling, light and dark."""

from datetime import timedelta

import pytest

from tests.barriers import bars_nobody, bars_nobody_at_any_width
from tests.makers import (
    OPENED,
    make_article,
    make_author,
    make_change,
    make_claim,
    make_curator,
    make_evidence,
    make_forecast,
    make_history,
    make_position,
    make_proposition,
    make_ruling,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STANCES = ("supports", "contradicts", "mentions", "")


@pytest.fixture
def positions():
    """An open test with plenty of stories, and a ruled one beside it, both of one claim."""
    claim = make_claim(make_article(authors=(make_author(),)))
    opened = make_position(claim, side="no", title="No contract with a price will be signed before the year is out")
    for number in range(24):
        make_evidence(
            opened.proposition,
            headline=f"Story {number} with-a-word-that-is-very-long-indeed-and-cannot-be-broken-anywhere {'x' * 40}",
            at=OPENED + timedelta(days=9 * number),
            stance=STANCES[number % 4],
        )
    make_history(opened.proposition)
    make_forecast(opened.proposition, at=OPENED)
    make_change(opened, "in doubt", at=OPENED + timedelta(days=90))
    ruled = make_position(claim, proposition=make_proposition(written_with_hindsight=True))
    make_ruling(ruled.proposition)
    make_change(ruled, "did not come true")
    return opened, ruled


def address_of(position):
    return f"/claims/{position.claim.slug}/{position.proposition.key}/"


def test_no_page_has_a_barrier(
    live_server,
    quiet_page,
    positions,
):
    opened, ruled = positions
    for address in ("/claims/", f"/claims/{opened.claim.slug}/", address_of(opened), address_of(ruled)):
        quiet_page.goto(f"{live_server.url}{address}")
        bars_nobody_at_any_width(quiet_page)


def test_a_mark_of_the_chart_leads_to_the_row_of_its_story(live_server, quiet_page, positions):
    opened, _ = positions
    quiet_page.goto(f"{live_server.url}{address_of(opened)}")
    mark = quiet_page.locator("svg.only-wide a").first
    mark.click()
    assert quiet_page.locator(":target").get_attribute("id") == mark.get_attribute("href").removeprefix("#")


def test_one_drawing_of_the_chart_is_shown_at_a_time(live_server, quiet_page, positions):
    opened, _ = positions
    quiet_page.goto(f"{live_server.url}{address_of(opened)}")
    for width, shown, hidden in ((1280, "only-wide", "only-narrow"), (360, "only-narrow", "only-wide")):
        quiet_page.set_viewport_size({"width": width, "height": 900})
        assert quiet_page.locator(f"svg.{shown}").is_visible()
        assert not quiet_page.locator(f"svg.{hidden}").is_visible()


def test_the_keyboard_reaches_the_text_first(live_server, quiet_page, positions):
    quiet_page.goto(f"{live_server.url}/claims/")
    quiet_page.keyboard.press("Tab")
    quiet_page.keyboard.press("Enter")
    assert quiet_page.evaluate("document.activeElement.id") == "main"


def test_a_curator_confirms_a_story_on_the_page(live_server, quiet_page, positions, client):
    opened, _ = positions
    client.force_login(make_curator())
    cookie = client.cookies["sessionid"].value
    quiet_page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    quiet_page.goto(f"{live_server.url}{address_of(opened)}?stance=suggested")
    row = quiet_page.locator("li.row").first
    row.get_by_text("Confirm or reject").click()
    row.get_by_label("Stance").select_option("supports")
    bars_nobody(quiet_page)
    row.get_by_role("button", name="Confirm", exact=True).click()
    assert "Confirmed" in quiet_page.get_by_role("status").inner_text()
