"""What tests of curation share."""

from tests.races import at_once

__all__ = ["at_once"]
