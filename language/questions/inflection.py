"""Past tense of English verbs, by a rule and a list of those that follow none."""

import re
from typing import Final

from language import wordlists

LISTS: Final = wordlists.read("verbs")
LISTED: Final[list[str]] = LISTS["past"].split()
IRREGULAR: Final = dict(zip(LISTED[::2], LISTED[1::2], strict=True))
DOUBLED: Final = wordlists.words(LISTS["doubled"])
PREFIXED: Final = re.compile(r"(?P<prefix>out|over|under|re|un|mis)(?P<stem>[a-z]{3,})")
SHORT: Final = re.compile(r"[^aeiou]*[aeiou][bdgklmnprtvz]")


def past(verb: str, *, is_plural: bool) -> str:
    """The past tense of a verb given in its base form: "win" is "won"; "be" is "was" or "were"."""
    if verb == "be":
        return "were" if is_plural else "was"
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if (prefixed := PREFIXED.match(verb)) and prefixed["stem"] in IRREGULAR:
        return f"{prefixed['prefix']}{IRREGULAR[prefixed['stem']]}"
    if verb.endswith("e"):
        return f"{verb}d"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if verb in DOUBLED or SHORT.fullmatch(verb) else f"{verb}ed"


def third_person(verb: str) -> str:
    """The present tense with "she", of a verb in its base form: "try" is "tries"."""
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{verb}s"
