"""The message folder: what wakes the workers up when there is no Redis.

Kombu's folder transport lets a reader take a file before it is written out, and ends the consumer on a damaged one.
Here a message appears whole or not at all, and what cannot be read is dropped: the database is the record of work.
"""

import os
import time
import uuid
from logging import getLogger
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps, loads

log = getLogger(__name__)


class WholeMessages(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        target = Path(self.data_folder_out) / f"{time.time_ns()}_{uuid.uuid4()}.{queue}.msg"
        draft = target.with_suffix(".draft")
        draft.write_text(dumps(payload))
        draft.replace(target)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = Path(self.data_folder_in) / f"{name}.taken"
            try:
                os.rename(Path(self.data_folder_in) / name, taken)
                text = taken.read_text()
                taken.unlink()
            except FileNotFoundError:
                continue  # another worker took it
            try:
                return loads(text)
            except ValueError:
                log.warning("Dropped a damaged message of the queue %s.", queue)
        raise Empty


class Transport(filesystem.Transport):
    Channel = WholeMessages

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:  # type: ignore[override]
        """Waits half a second at most, so that a worker that is asked to stop does so soon."""
        super().drain_events(connection, timeout=min(timeout or 0.5, 0.5))


def folder_transport(folder: Path) -> dict[str, str | float]:
    """Makes the folder and returns Celery's options for it."""
    for part in ("messages", "control"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    TRANSPORT_ALIASES["folder"] = "config.broker:Transport"
    return {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.2,
    }
