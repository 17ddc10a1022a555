"""The article on a page that a stranger's server sent, read in a child process with limits.

A page may be made so that reading it takes minutes or all memory there is; the child ends before that, and the page is
refused with that reason. Pages are few, so each has a child of its own.
"""

import json
import os
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

from tracker.news.clean import MAX_FILE_BYTES, NoArticle, Page, page_text

CPU_SECONDS, WALL_SECONDS = 10, 30.0
MAX_DATA = 400 * 1024 * 1024
TOO_MUCH = "Reading the page took more time or memory than a page may take."
_ROOT = Path(__file__).resolve().parents[2]


def read_page(body: bytes, *, address: str, cpu_seconds: int = CPU_SECONDS) -> Page:
    """The article; raises NoArticle with the reason in words."""
    if len(body) > MAX_FILE_BYTES:
        raise NoArticle(f"The page is larger than {MAX_FILE_BYTES // 1024**2} MB.")
    try:
        child = subprocess.run(  # noqa: S603 -- our own module; the address is only handed through
            [sys.executable, "-m", "tracker.news.page", str(cpu_seconds), address],
            input=body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            timeout=WALL_SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as ended:
        raise NoArticle(TOO_MUCH) from ended
    said = json.loads(child.stdout)
    if "reason" in said:
        raise NoArticle(said["reason"])
    day = said.pop("published")
    return Page(published=date.fromisoformat(day) if day else None, **said)


def main(cpu_seconds: str, address: str) -> None:
    """In the child: the page from the standard input, what it says to the standard output."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MAX_DATA, MAX_DATA))
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_seconds), int(cpu_seconds)))
    try:
        page = page_text(sys.stdin.buffer.read(), address)
        day = page.published.isoformat() if page.published else ""
        said = {"title": page.title, "author": page.author, "published": day, "text": page.text}
    except NoArticle as none:
        said = {"reason": none.reason}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
