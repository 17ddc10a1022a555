"""The child of `confined`: reads documents from its standard input until that is closed, within limits of its own.

Its parent's end closes the input, so it never outlives it by more than one document. It is not told of the parent's end
by a signal, since that would come at the end of the thread that started it, too.
"""

import pickle
import resource
import signal
import struct
import sys

from tracker.news.confined import TOO_MUCH_MEMORY, packed_answer
from tracker.news.documents import Parsed
from tracker.news.parse import parse

# Of this process's own data; with the code it runs, it stays below 200 MB of memory.
MAX_DATA = 170 * 1024 * 1024
MAX_ADDRESSES = 2 * 1024 * 1024 * 1024
MAX_CPU_SECONDS = 8.0
_LENGTH = struct.Struct(">Q")


def main() -> None:
    """One document after the other; the default action of the timer's signal ends the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_ADDRESSES, MAX_ADDRESSES))
    resource.setrlimit(resource.RLIMIT_DATA, (MAX_DATA, MAX_DATA))
    while head := sys.stdin.buffer.read(_LENGTH.size):
        signal.setitimer(signal.ITIMER_PROF, MAX_CPU_SECONDS)
        try:
            answer, is_sound = packed_answer(_read(*_LENGTH.unpack(head))), True
        except MemoryError:
            answer, is_sound = packed_answer(Parsed(error=TOO_MUCH_MEMORY)), False
        signal.setitimer(signal.ITIMER_PROF, 0)
        sys.stdout.buffer.writelines(answer)
        sys.stdout.buffer.flush()
        if not is_sound:
            return


def _read(length: int) -> Parsed:
    request = sys.stdin.buffer.read(length)
    body, address, content_type, now = pickle.loads(request)  # noqa: S301 -- written by the parent
    del request
    return parse(body, address=address, content_type=content_type, now=now)


if __name__ == "__main__":
    main()
