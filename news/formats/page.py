"""Articles on pages that somebody else wrote, read in a child process with limits.

A page may be made so that reading it takes minutes or all memory there is; the child ends before that, and the page is
refused with that reason. Pages are few, so each has a child of its own.
"""

import json
from dataclasses import dataclass
from datetime import date

from news.formats.plain_text import MAX_FILE_BYTES
from sandbox.child import Child, Gone, OutOfTime

CPU_SECONDS, WALL_SECONDS = 10.0, 30.0
TOO_MUCH = "Reading the page took more time or memory than a page may take."


class NoArticle(Exception):
    """A page without an article; the message says what it is instead, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageArticle:
    """An article as its page tells it; `author` and `title` are empty where it does not say."""

    title: str
    author: str
    published: date | None
    text: str


def read_page(body: bytes, *, address: str, cpu_seconds: float = CPU_SECONDS) -> PageArticle:
    """The article; raises NoArticle with the reason in words."""
    if len(body) > MAX_FILE_BYTES:
        raise NoArticle(f"The page is larger than {MAX_FILE_BYTES // 1024**2} MB.")
    child = Child("news.formats.page_child", str(cpu_seconds), address)
    try:
        answer = json.loads(child.ask(body, wall_seconds=WALL_SECONDS))
    except (Gone, OutOfTime) as ended:
        raise NoArticle(TOO_MUCH) from ended
    finally:
        child.end()
    if "reason" in answer:
        raise NoArticle(answer["reason"])
    day = answer.pop("published")
    return PageArticle(published=date.fromisoformat(day) if day else None, **answer)
