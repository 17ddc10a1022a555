"""What tests of pages share: a client that reads them laid out, a browser in which a curator has signed in."""

import pytest

from tests.makers import make_curator
from tests.markup import Reader


@pytest.fixture
def client():
    return Reader()


@pytest.fixture
def come_in(live_server):
    """Signs somebody in without the form, which has tests of its own."""

    def come(page, user):
        reader = Reader()
        reader.force_login(user)
        cookie = reader.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return come


@pytest.fixture
def curator_page(quiet_page, come_in):
    """A narrow page on which a curator has signed in."""
    quiet_page.set_viewport_size({"width": 360, "height": 800})
    come_in(quiet_page, make_curator("ada"))
    return quiet_page


@pytest.fixture
def curator(client):
    """A client signed in as a curator."""
    client.force_login(make_curator("carla"))
    return client
