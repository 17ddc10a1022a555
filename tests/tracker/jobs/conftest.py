"""What tests of jobs share."""

from tests.races import at_once

__all__ = ["at_once"]
