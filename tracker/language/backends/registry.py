"""The readers there are, by the names that operators and the command line know them by.

A reader that needs no more than this machine's files has a line here. One that needs settings or the network is made
by a door, which hands those in and adds it to these.
"""

from collections.abc import Callable

from tracker.language.backends import builtin
from tracker.language.backends.reader import Reader

MAKERS: dict[str, Callable[[], Reader]] = {builtin.NAME: builtin.load}
