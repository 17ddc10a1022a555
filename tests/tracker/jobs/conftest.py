"""What tests of jobs share: calls at once, and real servers on two hosts."""

import pytest

from tests.loopback import Site
from tests.races import at_once

__all__ = ["at_once"]


@pytest.fixture
def site():
    with Site() as running:
        yield running


@pytest.fixture
def other():
    with Site(host="127.0.0.2") as running:
        yield running
