"""Word lists and patterns that people edit: the TOML files of `data/`, each read once by the module it belongs to."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from language.weights import DATA

PART = re.compile(r"\{([A-Z]+)\}")


def read(name: str) -> dict[str, Any]:
    """The tables of `data/NAME.toml`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def words(listed: str) -> frozenset[str]:
    """The words of a list; white space and line breaks part them."""
    return frozenset(listed.split())


def pattern(written: str, *, parts: Mapping[str, str] | None = None) -> re.Pattern[str]:
    r"""A pattern of any case, where `{NAME}` stands for a part. It may be broken over lines; a space in it is `\s`."""
    whole = PART.sub(lambda name: (parts or {})[name[1]], written)
    return re.compile(whole, re.IGNORECASE | re.VERBOSE)
