"""Child that turns each request round; "END" ends it with status 3."""

import os
import sys

from sandbox.child import serve


def _answer(request: bytes) -> bytes:
    if request == b"END":
        os._exit(3)
    return request[::-1]


if __name__ == "__main__":
    serve(_answer, max_data=50_000_000, cpu_seconds=5, idle_seconds=float(sys.argv[1]))
