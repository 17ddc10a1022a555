"""Candidates for claims: stretches of a text that may claim something, found by its layout and its syntax."""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from language.claims import assertions, items, layout, verbs
from language.claims.layout import Passage
from language.sentences import boundaries, clauses
from language.sentences.boundaries import Sentence
from language.syntax import parser
from language.syntax.trees import Tree, Word
from language.weights import ModelUnavailable

log = logging.getLogger(__name__)
LONGEST = 1_500  # characters; a longer "sentence" is a table or a data dump, not prose
FEWEST_WORDS = 4
FEWEST_IN_LISTS = 3
QUOTES = "\"'”’ "
ASKED = re.compile(
    r"[\"“‘]?(?:will|would|is|are|was|were|does|do|did|can|could|may|might|has|have|should|who|which|what|when|how)\b[^?]{3,300}\?",
    re.IGNORECASE,
)
ANSWER = re.compile(
    r"(?:yes|no|nope|yep|yeah|never|maybe|perhaps|probably|possibly|likely|unlikely|almost\s\w{4,10}|absolutely|definitely|certainly|surely|of\scourse|not\s\w{2,12}"
    r"|doubtful|hardly|I\s(?:think|doubt|expect|believe)|we\s(?:think|doubt|expect|believe)|(?:my|our)\s(?:forecast|answer|guess|prediction)"
    r"|(?:forecast|answer|probability|prediction|verdict)(?=\s?:)|\d{1,3}\s?(?:%|per\s?cent))(?!\w)",
    re.IGNORECASE,
)
LONGEST_ANSWER = 120
LIST_NUMBER = re.compile(r"\A(?:\(\d{1,2}\)|\d{1,2}[.)])\s+(?=\S)")
OPEN_QUESTION = re.compile(r"(?:what|how|why|where|when|who|which|whether)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence with the passage it stands in and its tree, which has no words where it was not parsed."""

    sentence: Sentence
    passage: Passage
    tree: Tree


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of the text that may claim something: `whole[start:end] == text`, `read` is the sentence it is of.

    kind: that of its assertion; "answered", a question with its answer; "item", an entry of a list of predictions.
    `predicate` is the word it hangs on, None where no tree is known.
    """

    start: int
    end: int
    text: str
    kind: str
    predicate: Word | None
    read: Read
    place: int  # of its sentence among those that were read

    @property
    def head(self) -> int:
        """Where the claim's predicate stands in the text."""
        return self.start if self.predicate is None else self.read.sentence.start + self.predicate.start


@dataclass(frozen=True, slots=True)
class Found:
    """The sentences of a text and what they may claim. `missing` says why nothing was parsed, or is empty.

    `unread` are the places of sentences in which something failed that was no fault of theirs.
    """

    sentences: tuple[Read, ...]
    candidates: tuple[Stretch, ...]
    missing: str
    unread: frozenset[int]


def find(text: str, *, title: str = "") -> Found:
    """Find the stretches of `text` that may claim something, in reading order."""
    parts = [
        (sentence, passage)
        for passage in layout.read(text, title=title)
        if passage.kind != "aside"
        for sentence in _sentences(passage)
        if len(sentence.text) <= LONGEST
    ]
    reads, missing = _parsed(parts)
    found: list[Stretch] = []
    unread = set()
    for place in range(len(reads)):
        try:
            found.extend(_of_sentence(text, reads, place, parsed=not missing))
        except Exception:
            log.exception("A sentence at %s could not be read", reads[place].sentence.start)
            unread.add(place)
    return Found(reads, tuple(found), missing, frozenset(unread))


def _sentences(passage: Passage) -> Iterator[Sentence]:
    record = items.RECORD.match(passage.text) if passage.foretells else None
    first = record.end("entry") if record else 0
    if record:
        yield Sentence(passage.start, passage.start + first, record["entry"])
    for sentence in boundaries.split(passage.text[first:]):
        words = LIST_NUMBER.sub("", sentence.text.lstrip("-–—: "))
        start = passage.start + first + sentence.end - len(words)
        if words:
            yield Sentence(start, start + len(words), words)


def _parsed(parts: Sequence[tuple[Sentence, Passage]]) -> tuple[tuple[Read, ...], str]:
    """The sentences with their trees; one whose topic stands before a colon ("Exit poll: ...") without that topic."""
    rests = {place: rest for place, (sentence, _) in enumerate(parts) if (rest := _without_topic(sentence)) is not None}
    texts = [sentence.text for sentence, _ in parts]
    trees, missing = _trees([*texts, *(rest.text for rest in rests.values())])
    told = dict(zip(rests, trees[len(texts) :], strict=True))
    reads = []
    for place, (sentence, passage) in enumerate(parts):
        tells = place in told and any(verbs.stands(told[place], root) for root in told[place].roots)
        chosen = (rests[place], told[place]) if tells else (sentence, trees[place])
        reads.append(Read(chosen[0], passage, chosen[1]))
    return tuple(reads), missing


def _without_topic(sentence: Sentence) -> Sentence | None:
    topic = layout.TOPIC.match(sentence.text)
    if topic is None or boundaries.SAYING.search(topic.group()):
        return None
    return Sentence(sentence.start + topic.end(), sentence.end, sentence.text[topic.end() :])


def _trees(texts: Sequence[str]) -> tuple[list[Tree], str]:
    try:
        return parser.parse(texts), ""
    except ModelUnavailable as missing:
        log.warning("Claims are found without syntax, less exactly: %s", missing)
        return [Tree(text, ()) for text in texts], str(missing)


def _of_sentence(text: str, reads: Sequence[Read], place: int, *, parsed: bool) -> Iterator[Stretch]:
    read = reads[place]
    sentence = read.sentence
    if sentence.text.rstrip(QUOTES).endswith("?"):
        if (answer := _answer(text, reads, place)) is not None:
            yield Stretch(sentence.start, answer, text[sentence.start : answer], "answered", None, read, place)
        return
    if place and _answer(text, reads, place - 1) is not None:
        return
    if sentence.text in read.passage.above:
        return  # it announces predictions and is none
    if _is_entry(read):
        yield from _item(text, read, place)
        return
    yield from _clauses(text, read, place) if parsed else _by_rules(text, read, place)


def _is_entry(read: Read) -> bool:
    """Whether a line of a text that foretells names what is filled and by whom, or a record, rather than telling it.

    An outcome that somebody projects ("NorPolls: a 7-point Lund victory") is one anywhere.
    """
    if items.PROJECTED.match(read.passage.text) and read.sentence.start == read.passage.start:
        return True
    if not read.passage.foretells or len(read.passage.text.split()) > layout.MOST_ENTRY_WORDS:
        return read.passage.foretells and items.RECORD.match(read.sentence.text) is not None
    is_first = read.sentence.start == read.passage.start  # and no topic was taken off it
    return is_first and (items.is_labelled(read.passage.text) or items.RECORD.match(read.sentence.text) is not None)


def _item(text: str, read: Read, place: int) -> Iterator[Stretch]:
    """An entry that is no sentence; no bare name over what follows, and no order to the reader."""
    item = items.find(read.sentence.text)
    root = next(iter(read.tree.roots), None)
    is_order = root is not None and root.place == 0 and root.tag == "VB"
    if item is None or is_order or (not _is_entry(read) and _is_bare(read)):
        return
    start, end = read.sentence.start + item[0], read.sentence.start + item[1]
    yield Stretch(start, end, text[start:end], "item", None if _is_entry(read) else root, read, place)


def _is_bare(read: Read) -> bool:
    count = len(read.sentence.text.split())
    return count < FEWEST_WORDS if read.passage.kind == "heading" else count < FEWEST_IN_LISTS


def _answer(text: str, reads: Sequence[Read], place: int) -> int | None:
    """The end of the answer that follows a question at once."""
    if place + 1 >= len(reads) or not ASKED.match(reads[place].sentence.text):
        return None
    answer = reads[place + 1].sentence
    between = text[reads[place].sentence.end : answer.start]
    is_short = len(answer.text) <= LONGEST_ANSWER and len(between) < 12
    return answer.end if is_short and ANSWER.match(answer.text.lstrip('"“')) else None


def _clauses(text: str, read: Read, place: int) -> Iterator[Stretch]:
    if read.passage.kind == "heading" and OPEN_QUESTION.match(read.sentence.text):
        return
    found = assertions.find(read.tree, foretells=read.passage.foretells)
    fewest = FEWEST_IN_LISTS if read.passage.foretells or read.passage.kind == "heading" else FEWEST_WORDS
    for each in found:
        start, end = read.sentence.start + each.start, read.sentence.start + each.end
        is_long = each.kind in assertions.SHORT or len(text[start:end].split()) >= fewest
        if is_long and not text[start:end].rstrip(QUOTES).endswith("?"):
            yield Stretch(start, end, text[start:end], each.kind, each.predicate, read, place)
    if not found and read.passage.foretells:
        yield from _item(text, read, place)


def _by_rules(text: str, read: Read, place: int) -> Iterator[Stretch]:
    sentence = read.sentence
    if not (read.passage.foretells or is_prose(sentence.text)):
        return
    for first, last in clauses.split(sentence.text):
        start, end = sentence.start + first, sentence.start + last
        if len(text[start:end].split()) >= FEWEST_WORDS:
            yield Stretch(start, end, text[start:end], "clause", None, read, place)


def is_prose(text: str) -> bool:
    """Whether a sentence can claim anything, by its words alone: headings, captions and data cannot."""
    words = text.split()
    if len(words) < FEWEST_WORDS or not clauses.FINITE.search(text):
        return False
    if text.rstrip("\"'”’)] ").endswith((".", "!", "?", "…", ":", ";")):
        return True
    low = sum(word[0].islower() for word in words)
    return len(words) > 12 and low / len(words) > 0.5
