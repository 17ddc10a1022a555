"""Short names for rows, as their addresses have them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify


def free_name(words: str, *, among: "QuerySet[Any]", field: str, default: str, kept: Iterable[str] = ()) -> str:
    """A short name made of the words, with a number where a row has it in `field`, or it is `kept` for a page."""
    base = slugify(words)[:60].strip("-") or default
    taken = {*kept, *among.filter(**{f"{field}__startswith": base}).values_list(field, flat=True)}
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
