"""Word lists and patterns that people edit: the TOML files of `data/`, each read once by the module it belongs to."""

import re
import tomllib
from typing import Any

from language.weights import DATA


def read(name: str) -> dict[str, Any]:
    """The tables of `data/NAME.toml`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def words(listed: str) -> frozenset[str]:
    """The words of a list; white space and line breaks part them."""
    return frozenset(listed.split())


def pattern(written: str) -> re.Pattern[str]:
    r"""A pattern of any case. It may be broken over lines, so a space in it is written `\s`."""
    return re.compile(written, re.IGNORECASE | re.VERBOSE)
