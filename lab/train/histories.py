"""Histories of decisions: a proposition's stories in the order of time, each with features from those before it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from language.classifiers.protocol import STANCES
from language.stance import taught, teaching
from language.stance.taught import STANCE_FEATURES, Lessons

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Names = npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class QuestionStories:
    """One proposition's stories in the order of time, as arrays; the place of a stance is -1 where none is relevant."""

    matter: str
    days: Names
    chances: Array
    relevances: Array
    vectors: taught.Vectors
    places: Places

    def __len__(self) -> int:
        return len(self.places)

    def rows(self, chosen: Sequence[int]) -> "QuestionStories":
        """Some of the stories."""
        at = np.array(chosen, dtype=np.int64)
        return QuestionStories(
            matter=self.matter,
            days=self.days[at],
            chances=self.chances[at],
            relevances=self.relevances[at],
            vectors=self.vectors[at],
            places=self.places[at],
        )

    @property
    def relevant(self) -> "QuestionStories":
        """Of them, what bears on the proposition."""
        return self.rows(np.flatnonzero(self.places >= 0).tolist())

    @property
    def lessons(self) -> Lessons:
        return Lessons(vectors=self.vectors, places=self.places, relevances=self.relevances)


@dataclass(frozen=True, slots=True)
class HistoryRows:
    """Rows of features, what is so, the number decided before, the untaught answer, and the matter of each."""

    features: Array
    wanted: Places
    decided: Places
    untaught: Array
    matters: Names

    def chosen(self, mask: npt.NDArray[np.bool_]) -> "HistoryRows":
        """Some of the rows."""
        return HistoryRows(
            self.features[mask], self.wanted[mask], self.decided[mask], self.untaught[mask], self.matters[mask]
        )


Earlier = Callable[[QuestionStories, int], Sequence[int]]
Choice = Callable[[QuestionStories, int], list[int]]


def one_by_one(_: QuestionStories, number: int) -> Sequence[int]:
    """Each story is decided before the next is judged."""
    return range(number)


def earlier_days(question: QuestionStories, number: int) -> Sequence[int]:
    """Decided are the stories of earlier days."""
    return np.flatnonzero(question.days < question.days[number]).tolist()


def in_time(question: QuestionStories, count: int) -> list[int]:
    """The first stories."""
    return list(range(min(count, len(question))))


def most_telling(question: QuestionStories, count: int) -> list[int]:
    """The stories that a curator is shown first."""
    ordered = teaching.order(question.vectors, question.vectors[:0])
    return [lesson.place for lesson in ordered[:count]]


def stance_rows(questions: Sequence[QuestionStories], told: Earlier) -> HistoryRows:
    """STANCE_FEATURES [n, 3, 7] of every relevant story, from what was decided before; zeros where nothing was."""

    def rows() -> Iterator[tuple[Array, int, int, Array, str]]:
        for question in (each.relevant for each in questions):
            for number in range(len(question)):
                before = question.rows(told(question, number))
                own = question.chances[number : number + 1]
                features = np.zeros((len(STANCES), len(STANCE_FEATURES)))
                if len(before):
                    cosines = taught.cosines_of(question.vectors[number : number + 1], before.vectors)
                    features = taught.stance_features(own, cosines, before.places)[0]
                yield features, int(question.places[number]), len(before), own[0], question.matter

    return HistoryRows(*map(np.array, zip(*rows(), strict=True)))


def relevance_rows(questions: Sequence[QuestionStories]) -> HistoryRows:
    """RELEVANCE_FEATURES [n, 9] of every story but each question's first, from the decisions on all before it."""

    def rows() -> Iterator[tuple[Array, int, int, float, str]]:
        for question in questions:
            for number in range(1, len(question)):
                before = question.rows(range(number)).lessons
                own, vector = question.relevances[number : number + 1], question.vectors[number : number + 1]
                cosines = taught.cosines_of(vector, before.vectors)
                features = taught.relevance_features(own, cosines, before)[0]
                yield features, int(question.places[number] >= 0), number, float(own[0]), question.matter

    return HistoryRows(*map(np.array, zip(*rows(), strict=True)))
