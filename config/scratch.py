"""Commands that measure or rebuild work in a folder of their own, so they touch no live database and need none."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

MEASURING = ("replay", "evaluate", "train", "bench")


@contextmanager
def state_for(arguments: Sequence[str]) -> Iterator[None]:
    """Before settings are read: a throw-away `var` and the embedded defaults for a measuring command, else nothing."""
    if len(arguments) < 2 or arguments[1] not in MEASURING:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="hindcast-") as folder:
        os.environ["HINDCAST_VAR"] = folder
        for production in ("HINDCAST_DATABASE_URL", "HINDCAST_REDIS_URL", "HINDCAST_MAIL_URL"):
            os.environ.pop(production, None)
        yield
