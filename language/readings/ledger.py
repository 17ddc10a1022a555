"""Ledger of a question as a language model is given it: its words, and the stories that bear on it."""

from dataclasses import dataclass
from datetime import date

MOST_STORIES = 40
LONGEST_PASSAGE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerStory:
    """A story: `bearing` says how it bears on the question and who says so, in words."""

    published: date
    outlet: str
    title: str
    passage: str
    bearing: str

    def holds(self, words: str) -> bool:
        """Whether title or passage hold the words as they are, white space aside."""
        wanted = " ".join(words.split())
        return bool(wanted) and any(wanted in " ".join(text.split()) for text in (self.title, self.passage))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLedger:
    """A question with its stories, the newest first, of which MOST_STORIES are given."""

    question: str
    statement: str
    criteria: str
    opens: date
    deadline: date
    prior: float
    prior_reason: str
    stories: tuple[LedgerStory, ...]

    def material(self) -> dict[str, object]:
        """The data of a prompt; stories are numbered from 1."""
        return {
            "question": self.question,
            "yes means": self.statement,
            "criteria": self.criteria[:2_000],
            "opened": self.opens.isoformat(),
            "deadline": self.deadline.isoformat(),
            "base rate": {"chance": round(self.prior, 3), "reason": self.prior_reason},
            "stories": [
                {
                    "number": number,
                    "published": story.published.isoformat(),
                    "outlet": story.outlet[:100],
                    "title": story.title[:300],
                    "passage": story.passage[:LONGEST_PASSAGE],
                    "bearing": story.bearing,
                }
                for number, story in enumerate(self.stories[:MOST_STORIES], start=1)
            ],
        }
