"""The backtest page in a real Chromium: no barrier, no sideways scrolling, light and dark, one drawing at a time."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from forecasts.models import AggregateForecast
from tests.makers import OPENED, make_evidence, make_history, make_proposition, make_ruling

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ruled():
    for number in range(12):
        proposition = make_proposition(
            f"Will {'x' * 60} happen, {number}?", prior=0.1 + number / 20, written_with_hindsight=number < 3
        )
        make_evidence(proposition, stance="supports", at=OPENED + timedelta(days=10))
        make_history(proposition)
        AggregateForecast.objects.create(proposition=proposition, at=OPENED, count=1, probability=0.6)
        make_ruling(proposition, outcome="yes" if number % 3 else "no")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_has_no_barrier(live_server, quiet_page, ruled, width, scheme):
    quiet_page.set_viewport_size({"width": width, "height": 900})
    quiet_page.emulate_media(color_scheme=scheme)
    quiet_page.goto(f"{live_server.url}/backtest/")
    for summary in quiet_page.locator("summary").all():
        summary.click()
    found = Axe().run(quiet_page)
    assert found.violations_count == 0, found.generate_report()
    assert quiet_page.evaluate("document.documentElement.scrollWidth") <= width
    assert quiet_page.locator("svg.only-w:visible, svg.only-n:visible").count() == 3
