"""What tests of the tracker share: a clock that stands still."""

import pytest
import time_machine

from tests.makers import NOW


@pytest.fixture
def today():
    """The clock, stopped at NOW."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock
