"""Chips: the filters of a list, each a link with its count."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A link, its words, how many rows it would show; `mark` is a stance's class, hollow where nobody confirmed one."""

    address: str
    words: str
    count: int
    is_current: bool = False
    mark: str = ""
    is_confirmed: bool = True
