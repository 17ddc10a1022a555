"""Items of a list of predictions that foretell without a sentence: "Champions: Rovers", "Rovers (52-30)"."""

from language import wordlists

LISTS = wordlists.read("items")
RECORD, LABELLED, PROJECTED, NO_PICK = (
    wordlists.pattern(LISTS[name]) for name in ("record", "labelled", "projected", "no_pick")
)
MOST_WORDS = 24
FEWEST_WORDS = 2


def find(text: str) -> tuple[int, int] | None:
    """The stretch of an item that foretells something by itself; None where it asks, advises or only names."""
    if entry := RECORD.match(text) or PROJECTED.match(text):
        return entry.start("entry"), entry.end("entry")
    words = text.rstrip(" .*_")
    if NO_PICK.search(words) or words.endswith("?") or not FEWEST_WORDS <= len(words.split()) <= MOST_WORDS:
        return None
    return 0, len(words)


def is_labelled(text: str) -> bool:
    """Whether an item names what it fills and then who or what fills it ("Champions: Rovers")."""
    return LABELLED.match(text) is not None
