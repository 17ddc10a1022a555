"""What tests of pages share: a client that reads them laid out, a browser in which a curator has signed in."""

import pytest

from tests.makers import make_curator
from tests.markup import Reader


@pytest.fixture
def client():
    return Reader()


@pytest.fixture
def curator_page(quiet_page, live_server):
    """A narrow page on which a curator has signed in."""
    make_curator("ada")
    quiet_page.set_viewport_size({"width": 360, "height": 800})
    quiet_page.goto(f"{live_server.url}/account/sign-in/")
    quiet_page.get_by_label("Name or e-mail address").fill("ada")
    quiet_page.get_by_label("Password").fill("a long password")
    quiet_page.get_by_role("button", name="Sign in").click()
    quiet_page.wait_for_url(f"{live_server.url}/")
    return quiet_page
