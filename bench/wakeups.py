"""Wake-ups through the message folder, beside Kombu's own folder transport, which may hand out half a message."""

import tempfile
import time
from pathlib import Path

from kombu import Connection

from config.broker import folder_transport

MESSAGES = 500


def measure():
    with tempfile.TemporaryDirectory() as mine, tempfile.TemporaryDirectory() as theirs:
        ours, peers = rate("folder://localhost", Path(mine)), rate("filesystem://localhost", Path(theirs))
    return {
        "messages_per_s": ours,
        "peer_per_s": peers,
        "ratio": ours / peers,
        "messages": MESSAGES,
        "peer": "Kombu's filesystem transport",
    }


def rate(address, folder):
    with Connection(address, transport_options=folder_transport(folder)) as connection:
        queue = connection.SimpleQueue(folder.name)  # a name for each: Kombu keeps bindings per process
        started = time.perf_counter()
        for number in range(MESSAGES):
            queue.put({"number": number})
        for _ in range(MESSAGES):
            queue.get(timeout=5).ack()
        return MESSAGES / (time.perf_counter() - started)
