"""What tests of forecasts share."""

from tests.races import at_once

__all__ = ["at_once"]
