"""Overlaps of an entry with many questions at once, in words and actors: twelve scalars a pair."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from language.matching import desks, gate
from language.matching.gate import PreparedEntry, QuestionText
from language.sentences import words

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
WORDINGS = (
    "keywords_found",
    "keyword_in_title",
    "asked_in_title",
    "rarity_in_title",
    "title_in_asked",
    "matter_in_title",
    "actors_in_title",
    "actors_all_found",
    "other_states_in_title",
    "title_in_parts",
    "body_length",
    "other_desk",
)
RARITY_UNIT = 10.0
NOBODY = 0.5  # of a claim that names nobody, half its actors count as found


class Index:
    """An index of many sets by their members, so that one more is held against all at the cost of what it shares."""

    def __init__(self, sets: Sequence[Collection[str]]) -> None:
        places: dict[str, list[int]] = defaultdict(list)
        for place, members in enumerate(sets):
            for member in members:
                places[member].append(place)
        self.places = {member: np.array(holders, dtype=np.int32) for member, holders in places.items()}
        self.sizes = np.array([len(members) for members in sets], dtype=np.float64)

    def shared(self, members: Collection[str], *, worth: Callable[[str], float] = lambda member: 1.0) -> Array:
        """The worth of the members that each set holds, in sum [sets]."""
        common = sorted(member for member in members if member in self.places)
        if not common:
            return np.zeros(len(self.sizes))
        holders = [self.places[member] for member in common]
        worths = np.repeat([worth(member) for member in common], [len(places) for places in holders])
        return np.bincount(np.concatenate(holders), weights=worths, minlength=len(self.sizes)).astype(np.float64)


class PreparedQuestions:
    """Questions prepared together, in order, with the indexes by which an entry is held against all of them."""

    def __init__(self, texts: Sequence[QuestionText]) -> None:
        self.questions = [gate.prepare_question(text) for text in texts]
        self.idf = words.news_rarity().idf
        self.whole = Index([question.whole for question in self.questions])
        self.matter = Index([question.matter for question in self.questions])
        self.claimed = Index([question.claimed for question in self.questions])
        self.actors = Index([question.actors for question in self.questions])
        keywords = [keyword for question in self.questions for keyword in question.keywords]
        self.keywords = Index(keywords)
        counts = [len(question.keywords) for question in self.questions]
        self.keyword_of = np.repeat(np.arange(len(self.questions)), counts)
        self.keyword_counts = np.maximum(np.array(counts, dtype=np.float64), 1)
        self.totals = np.array([self._worth(question.whole) for question in self.questions])
        self.matters = np.array([self._worth(question.matter) for question in self.questions])
        self.news = np.array([desks.STEMS.isdisjoint(question.whole) for question in self.questions])
        self.bare = np.array([not question.text.keywords for question in self.questions])

    def _worth(self, members: frozenset[str]) -> float:
        return sum(self.idf(member) for member in sorted(members)) or 1.0

    def passing(self, entry: PreparedEntry) -> Places:
        """Places of the questions that the gate lets an entry be scored against."""
        shares = self.whole.shared(entry.whole, worth=self.idf) / self.totals
        return np.flatnonzero(gate.passing(shares, self.actors.shared(entry.actors)))

    def wordings(self, entry: PreparedEntry) -> Array:
        """The scalars named in WORDINGS [questions, 12]; each depends on its pair alone."""
        rarity = self.whole.shared(entry.title, worth=self.idf)
        complete, claimed = self._complete_keywords(entry.whole), np.maximum(self.claimed.sizes, 1)
        nobody = self.claimed.sizes == 0
        here = self.claimed.shared(entry.actors) == self.claimed.sizes
        titled = np.where(nobody, NOBODY, self.claimed.shared(entry.titled) / claimed)
        ours = self.actors.shared(entry.states)
        columns = [
            complete / self.keyword_counts,
            self._complete_keywords(entry.title) > 0,
            rarity / self.totals,
            rarity / RARITY_UNIT,
            rarity / self._worth(entry.title),
            self.matter.shared(entry.title, worth=self.idf) / self.matters,
            titled,
            here,
            (len(entry.states) - ours) / max(len(entry.states), 1),
            np.full(len(self.questions), ":" in entry.headline or "|" in entry.headline),
            np.full(len(self.questions), len(entry.source.body[: gate.READ_CHARACTERS]) / gate.READ_CHARACTERS),
            self.news & (not desks.STEMS.isdisjoint(entry.title)),
        ]
        return np.column_stack(columns).astype(np.float64)

    def _complete_keywords(self, members: frozenset[str]) -> Array:
        """The number of each question's keywords that are in `members` with all their stems."""
        complete = self.keywords.shared(members) == self.keywords.sizes
        return np.bincount(self.keyword_of[complete], minlength=len(self.questions)).astype(np.float64)


@lru_cache(maxsize=4)
def prepare(texts: tuple[QuestionText, ...]) -> PreparedQuestions:
    """Questions prepared together, kept from one batch of news to the next."""
    return PreparedQuestions(texts)


@lru_cache(maxsize=1_024)
def alone(text: QuestionText) -> PreparedQuestions:
    """One question prepared by itself."""
    return PreparedQuestions((text,))
