"""The pages of scores in a real Chromium: no barrier, no sideways scrolling, light and dark, wide and narrow."""

from datetime import UTC, date, datetime

import pytest

from forecasts import estimates, resolution
from forecasts.models import AggregateForecast, Forecaster
from tests.barriers import bars_nobody_at_any_width
from tests.makers import (
    OPENED,
    make_article,
    make_author,
    make_claim,
    make_estimate,
    make_evidence,
    make_forecaster,
    make_outlet,
    make_position,
    make_proposition,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
END, RULED = date(2025, 12, 31), datetime(2026, 1, 3, tzinfo=UTC)


@pytest.fixture
def addresses():
    """Twelve questions on which a member, an author, the crowd and the product forecast, and a reader's record."""
    outlet, author = make_outlet(), make_author("An Author-With-A-Very-Long-Name-That-Cannot-Be-Broken")
    author.forecaster = make_forecaster(author.name, kind="author")
    author.save()
    mei, lucky = make_forecaster("Mei"), make_forecaster("Lucky")
    for number in range(12):
        asked = make_proposition(f"Will event {number} happen by the deadline?", deadline=END, topic="trade")
        position = make_position(make_claim(make_article(authors=(author,), outlet=outlet)), proposition=asked)
        for who, chance in (
            (mei, 0.05 + number / 13),
            (author.forecaster, 0.85),
            *([(lucky, 0.9)] if not number else []),
        ):
            estimates.record(asked, forecaster=who, probability=chance, at=OPENED)
        AggregateForecast.objects.create(proposition=asked, at=OPENED, count=2, probability=0.1 + number / 15)
        make_estimate(asked, at=OPENED, probability=0.2 + number / 20)
        make_evidence(
            asked,
            stance="supports" if number % 2 else "contradicts",
            supports=0.6,
            contradicts=0.3,
            classifier="careful 1",
        )
        resolution.resolve(
            asked,
            outcome="yes" if number > 5 else "no",
            effective_on=END,
            source="As announced.",
            reason="So.",
            by="Cleo",
            at=RULED,
        )
        assert position.pk
    return (
        "/scores/",
        "/scores/?rule=peer&topic=trade",
        "/scores/hindcast/",
        f"/scores/{mei.pk}/",
        f"/scores/{Forecaster.objects.get(name='Lucky').pk}/",
        "/scores/explained/",
        f"/outlets/{outlet.slug}/",
        f"/authors/{author.slug}/",
        "/classifiers/",
    )


def test_no_page_has_a_barrier(live_server, quiet_page, addresses):
    for address in addresses:
        quiet_page.goto(f"{live_server.url}{address}")
        bars_nobody_at_any_width(quiet_page)


def test_standings_are_reached_and_sorted_by_keyboard_alone(live_server, quiet_page, addresses):
    quiet_page.goto(f"{live_server.url}/")
    quiet_page.get_by_role("link", name="Scores", exact=True).focus()
    quiet_page.keyboard.press("Enter")
    quiet_page.wait_for_url("**/scores/")
    quiet_page.get_by_role("navigation", name="Rule").get_by_role("link", name="Baseline").focus()
    quiet_page.keyboard.press("Enter")
    quiet_page.wait_for_url("**rule=baseline**")
    assert quiet_page.get_by_role("columnheader", name="Baseline").get_attribute("aria-sort") == "descending"
