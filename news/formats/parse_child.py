"""Child of `confined`: parses documents within limits."""

import pickle

from news.formats.confined import packed_answer
from news.formats.parse import parse
from sandbox.child import serve

# Of this process's own data; with the code it runs, it stays below 200 MB of memory.
MAX_DATA = 170 * 1024 * 1024
MAX_CPU_SECONDS = 8.0


def _read(request: bytes) -> bytes:
    body, address, content_type, now = pickle.loads(request)  # noqa: S301 -- written by the parent
    del request
    return packed_answer(parse(body, address=address, content_type=content_type, now=now))


if __name__ == "__main__":
    serve(_read, max_data=MAX_DATA, cpu_seconds=MAX_CPU_SECONDS)
