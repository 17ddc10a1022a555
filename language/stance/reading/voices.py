"""Voices: whether a headline reports, asks, explains, looks back, or passes on what a partisan or an analyst says."""

from dataclasses import dataclass

from language import wordlists

LISTS = wordlists.read("voices")
ASKS, EXPLAINS, RECALLS, PARTISAN, ACTS, OPINION, QUOTED, DECIDED, SAYS = (
    wordlists.pattern(LISTS[name])
    for name in ("asks", "explains", "recalls", "partisan", "acts", "opinion", "quoted", "decided", "says")
)


@dataclass(frozen=True, slots=True)
class Voice:
    """The form of a headline, each True or False."""

    asks: bool
    explains: bool
    recalls: bool
    partisan: bool
    pleads: bool
    opinion: bool
    quoted: bool
    says: bool

    @property
    def background(self) -> bool:
        return self.asks or self.explains or self.recalls


def read(title: str, body: str) -> Voice:
    """The voice of a headline with the first sentence below it."""
    decided = bool(DECIDED.search(title))
    return Voice(
        asks=bool(ASKS.search(title)) and not decided,
        explains=bool(EXPLAINS.search(title)) and not decided,
        recalls=bool(RECALLS.search(title)),
        partisan=bool(PARTISAN.search(title)) or bool(PARTISAN.search(body)),
        pleads=bool(ACTS.search(title)),
        opinion=bool(OPINION.search(title)) or bool(OPINION.search(body)),
        quoted=bool(QUOTED.search(title)),
        says=bool(SAYS.search(title)),
    )
