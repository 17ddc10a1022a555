"""Pages in a real Chromium keep nobody out: axe finds nothing, in either colour scheme, wide or narrow."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
CONTRAST = {"runOnly": ["color-contrast"]}


def bars_nobody(page: Page) -> None:
    """All rules in light, and contrast in dark: nothing else hangs on colours. Nothing is wider than the window."""
    page.emulate_media(color_scheme="dark")
    keeps_the_rules(page, CONTRAST)
    page.emulate_media(color_scheme="light")
    keeps_the_rules(page)


def bars_nobody_at_any_width(page: Page, opened: Callable[[], object] = bool) -> None:
    """Wide, and narrow with all but the colours looked at anew; `opened` may say at each width what else holds."""
    page.set_viewport_size({"width": 1280, "height": 900})
    bars_nobody(page)
    opened()
    page.set_viewport_size({"width": 360, "height": 900})
    keeps_the_rules(page)
    opened()


def keeps_the_rules(page: Page, options: dict | None = None) -> None:
    page.wait_for_load_state()  # a click returns before the next page is there
    found = AXE.run(page, options=options)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
