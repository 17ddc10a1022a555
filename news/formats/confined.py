"""Parsing in a child process with limits, so that no document can take the memory or the time of its reader.

1. The first document starts a child, which lives as long as its parent and reads one document after the other.
2. A document that takes more memory or time than a feed may ends the child, and is refused with that reason.
3. A child that is gone for another reason (killed from outside, or inherited by a fork, which may not share it) is
   replaced, and the document is read once more.
"""

import io
import pickle
import signal
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from news.formats.documents import FeedItem, Parsed
from sandbox.child import Gone, OutOfTime
from sandbox.kept import KeptChild

WALL_SECONDS = 30.0
TOO_MUCH_MEMORY = "Reading the document took more memory than a feed may take."
TOO_MUCH_TIME = "Reading the document took more time than a feed may take."
BROKEN = "Reading the document broke the reader; it is no feed that can be read here."
_ITEM_NAMES = tuple(field.name for field in fields(FeedItem))
_PARSED_NAMES = tuple(field.name for field in fields(Parsed))
_item_values = attrgetter(*_ITEM_NAMES)
_parsed_values = attrgetter(*_PARSED_NAMES)
_child = KeptChild("news.formats.parse_child")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as a server sent it, with all that reading it needs."""

    body: bytes
    address: str
    content_type: str = ""
    now: datetime


def parse_all(documents: Sequence[Document], *, wall_seconds: float = WALL_SECONDS) -> list[Parsed]:
    """Parse the documents, in their order; one that cannot be read within the limits has its `error` in words."""
    return [_parse(document, wall_seconds) for document in documents]


def child_pid() -> int | None:
    """Process id of this process's child, where it has one."""
    return _child.pid


def end() -> None:
    """Let this process's child go; the next document starts another."""
    _child.end()


def packed_answer(parsed: Parsed) -> bytes:
    """Pack a parsed document as plain tuples, which take a fraction of the time that the classes would."""
    values = dict(zip(_PARSED_NAMES, _parsed_values(parsed), strict=True))
    values["entries"] = tuple(map(_item_values, parsed.entries))
    return pickle.dumps(values, protocol=pickle.HIGHEST_PROTOCOL)


def _answer(data: bytes) -> Parsed:
    values = _Plain(io.BytesIO(data)).load()
    values["entries"] = tuple(FeedItem(**dict(zip(_ITEM_NAMES, item, strict=True))) for item in values["entries"])
    return Parsed(**values)


class _Plain(pickle.Unpickler):
    """Unpickler of nothing but plain data and times, so that a child that was taken over cannot reach its parent."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in (("datetime", "datetime"), ("datetime", "timezone"), ("datetime", "timedelta")):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")


def _parse(document: Document, wall_seconds: float) -> Parsed:
    what = (document.body, document.address, document.content_type, document.now)
    request = pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL)
    try:
        return _answer(_child.ask(request, wall_seconds=wall_seconds))
    except OutOfTime:
        return Parsed(error=TOO_MUCH_TIME)
    except Gone as gone:
        return Parsed(error=_reason(gone))
    except Exception:  # an answer that is none
        end()
        return Parsed(error=BROKEN)


def _reason(gone: Gone) -> str:
    if gone.is_out_of_time:
        return TOO_MUCH_TIME
    return BROKEN if gone.status == -signal.SIGSEGV else TOO_MUCH_MEMORY
