"""Data of the estimate chart: a question's history with its stories, seen from a claim or from Yes. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tracker import statuses
from tracker.pages.drawing.histories import Band, Level, StatusSpan
from tracker.pages.formats import counted, points, short_day

LANES: Final = {"for": "supports", "against": "contradicts", "neutral": "mentions"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMark:
    """A story, or `count` of them up to `until`: which way (`lane`), how weighty (0 to 1), where its row is."""

    at: datetime
    lane: str
    weight: float
    is_confirmed: bool
    points: int
    headline: str
    address: str
    count: int = 1
    until: datetime | None = None

    @property
    def name(self) -> str:
        """A whole sentence, for those who hear the chart and as its tip."""
        moved = f"{points(self.points) if self.points else '±0'} point{'' if abs(self.points) == 1 else 's'}"
        if self.count == 1:
            doubt = "" if self.is_confirmed else ", suggested"
            return f"{short_day(self.at)}: {LANES[self.lane]}{doubt}, {moved}. {self.headline}"
        days = f"{short_day(self.at)} to {short_day(self.until or self.at)}"
        return f"{days}: {counted(self.count, 'story', 'stories')}, {LANES[self.lane]}, {moved} together."


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateChart:
    """All that the chart shows. `until` is the ruling or now, `ruling` the ruled status; `is_question` where no claim
    looks at it, so that its statuses have a question's words.

    `levels` are the estimates, oldest first; `crowd` the members' median from the first of `members` forecasts on,
    `bands` where the middle half of them lay.
    """

    name: str
    opens: datetime
    deadline: datetime
    now: datetime
    until: datetime
    prior: int
    levels: tuple[Level, ...]
    marks: tuple[StoryMark, ...]
    spans: tuple[StatusSpan, ...]
    ruling: str = ""
    is_question: bool = False
    crowd: tuple[Level, ...] = ()
    members: int = 0
    bands: tuple[Band, ...] = ()

    @property
    def last_percent(self) -> int:
        return self.levels[-1].percent if self.levels else self.prior

    def words(self, status: str) -> str:
        """A status as the readers of this chart know it."""
        traits = statuses.of(status)
        return traits.words_of_question if self.is_question else traits.words_of_claim
