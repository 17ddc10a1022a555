"""Trees of dependencies: each word of a sentence with its part of speech and the word that it hangs on.

Parts of speech are those of Universal Dependencies (`pos`) and of the Penn Treebank (`tag`); relations are ClearNLP's,
as spaCy's English models use them ("nsubj", "ccomp", "neg").
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark: `text == sentence[start:end]`. `place` is its number in the tree, `head` that of its head.

    A root's head is itself. `entity` is the kind of name it is part of ("PERSON", "ORG", "GPE", "DATE"), or empty.
    """

    place: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    relation: str
    head: int
    entity: str

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def is_root(self) -> bool:
        return self.head == self.place


@dataclass(frozen=True)
class Tree:
    """The words of one sentence in order. More than one may be a root, where the sentence holds several clauses."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def _dependents(self) -> tuple[tuple[Word, ...], ...]:
        lists: list[list[Word]] = [[] for _ in self.words]
        for word in self.words:
            if not word.is_root:
                lists[word.head].append(word)
        return tuple(map(tuple, lists))

    @property
    def roots(self) -> tuple[Word, ...]:
        return tuple(word for word in self.words if word.is_root)

    def head(self, word: Word) -> Word:
        """The word that this one hangs on, itself where it is a root."""
        return self.words[word.head]

    def dependents(self, word: Word, *relations: str) -> tuple[Word, ...]:
        """The words that hang on this one directly, in order; where relations are named, only those in one of them."""
        found = self._dependents[word.place]
        return tuple(other for other in found if other.relation in relations) if relations else found

    def dependent(self, word: Word, *relations: str) -> Word | None:
        """The first of `dependents`, or None."""
        return next(iter(self.dependents(word, *relations)), None)

    def ancestors(self, word: Word) -> Iterator[Word]:
        """The words above this one, nearest first, its root last."""
        while not word.is_root:
            word = self.words[word.head]
            yield word

    def under(self, word: Word, *, without: Callable[[Word], bool] = lambda _: False) -> tuple[Word, ...]:
        """This word and all that hangs on it, in order; no branch whose first word is one to go `without`."""
        kept, waiting = [], [word]
        while waiting:
            kept.append(each := waiting.pop())
            waiting.extend(other for other in self._dependents[each.place] if not without(other))
        return tuple(sorted(kept, key=lambda each: each.place))

    def span(self, word: Word, *, without: Callable[[Word], bool] = lambda _: False) -> tuple[int, int]:
        """Start and end, in the sentence, of what `under` gives from its first to its last word."""
        words = self.under(word, without=without)
        return words[0].start, words[-1].end

    def phrase(self, word: Word, *, without: Callable[[Word], bool] = lambda _: False) -> str:
        """The wording of `span`."""
        start, end = self.span(word, without=without)
        return self.text[start:end]
