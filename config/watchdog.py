"""Watchdog: ends its whole process group, itself included, as soon as the process that started it is gone."""

import os
import signal
import sys


def main() -> None:
    # The supervisor ends us itself when it stops in order; until then a stray signal must not end the watch.
    for stray in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stray, signal.SIG_IGN)
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
