"""Figures of proposed claims beside labelled predictions: found, worth it, whole, by whom, by when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from forecasts.refused import Refused
from lab.evaluate import rows
from lab.evaluate.drafted_claims import DraftedClaim
from lab.evaluate.rows import JsonRow

CERTAIN, POSSIBLE = 2, 1  # tracks
SPARE = 3  # so many proposals more than there are predictions to find are looked at in each text
SAME = 0.5  # of the characters of both, from which on two spans are of one claim
SURE = 0.5
SIDES = ("yes", "no")


@dataclass(frozen=True, slots=True)
class LabelledPrediction:
    """A prediction that a person marked. `deadline` and `side` are None where not said, "" an open deadline."""

    start: int
    end: int
    track: int
    speaker: str | None
    deadline: str | None
    side: str | None


@dataclass(frozen=True, slots=True)
class ReadText:
    """The proposals of a text in the order of worth, and the predictions that stand in it."""

    proposals: tuple[DraftedClaim, ...]
    wanted: tuple[LabelledPrediction, ...]

    @property
    def certain(self) -> int:
        return sum(each.track == CERTAIN for each in self.wanted)

    @property
    def first(self) -> tuple[DraftedClaim, ...]:
        """The proposals that are looked at."""
        return self.proposals[: self.certain + SPARE]


@dataclass(frozen=True, slots=True)
class Hit:
    """A proposal and the prediction that it found; `overlap` is the intersection over the union of their characters."""

    claim: DraftedClaim
    label: LabelledPrediction
    overlap: float


def read_predictions(file: Path) -> dict[str, tuple[LabelledPrediction, ...]]:
    """Predictions by the id of their text; raises Refused."""
    return {str(row.key("id")): tuple(_labels(row)) for row in rows.read(file)}


def _labels(row: JsonRow) -> list[LabelledPrediction]:
    listed = row.get("predictions")
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise row.refused('no predictions: give "predictions" as a list of objects, which may be empty.')
    return [_label(JsonRow(each, row.file, row.number)) for each in listed]


def _label(row: JsonRow) -> LabelledPrediction:
    start, end, track, side = row.get("start"), row.get("end"), row.get("track"), row.get("side")
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        raise row.refused('a prediction without a span: give "start" and "end" as offsets in the text.')
    if track is not None and (isinstance(track, bool) or track not in (0, POSSIBLE, CERTAIN)):
        raise row.refused('give "track" as 0, 1 or 2, or leave it out.')
    if side is not None and side not in SIDES:
        raise row.refused('give "side" as yes or no, or leave it out.')
    day = row.day("deadline")
    return LabelledPrediction(
        start=start,
        end=end,
        track=int(track) if isinstance(track, int) else CERTAIN,
        speaker=row.text("speaker") or None,
        deadline=day.isoformat() if day else "" if "deadline" in row.fields else None,
        side=str(side) if side else None,
    )


def hits(proposals: Sequence[DraftedClaim], wanted: Sequence[LabelledPrediction]) -> list[Hit]:
    """One prediction for each proposal at most and the other way round, the closest pairs first."""
    close = [
        Hit(claim, label, overlap)
        for claim in proposals
        for label in wanted
        if (overlap := _overlap((claim.found.start, claim.found.end), (label.start, label.end))) >= SAME
    ]
    found: list[Hit] = []
    for hit in sorted(close, key=lambda hit: -hit.overlap):
        if all(hit.claim is not other.claim and hit.label is not other.label for other in found):
            found.append(hit)
    return found


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def same_speaker(found: str, wanted: str) -> bool:
    """Whether two wordings mean one speaker: one holds the other's last word, as "Ms Lund" does that of "Ada Lund"."""
    one, other = (name.lower().replace("’s", "").strip(" .").split() for name in (found, wanted))
    return bool(one and other) and (one[-1] in other or other[-1] in one)


def of_texts(texts: Sequence[ReadText], file: Path) -> str:
    """Figures over all labelled texts; raises Refused where none of the labels is of a text that was read."""
    if not texts:
        raise Refused(f"{file} labels none of the texts; its ids must be theirs.")
    certain = sum(text.certain for text in texts)
    found = [hit for text in texts for hit in hits(text.first, text.wanted)]
    worth = [hit for hit in found if hit.label.track >= POSSIBLE]
    looked_at = sum(len(text.first) for text in texts)
    recalled = sum(hit.label.track == CERTAIN for hit in found)
    lines = [
        f"{len(texts):,} texts; {certain:,} predictions that are certainly worth tracking",
        f"  among the first proposals of each text, {SPARE} more than it holds of these, {looked_at:,} in all:",
        f"  found {_share(recalled, certain)}  worth tracking or possibly so {_share(len(worth), looked_at)}",
        f"  of what was found: speaker right {_right(worth, _is_speaker_right)}"
        f"  deadline right {_right(worth, _is_deadline_right)}"
        f"  side right {_right(worth, _is_side_right)}",
        f"  characters shared, median {median([hit.overlap for hit in worth]) if worth else 0:.2f}"
        f"  question drafted {_share(sum(bool(hit.claim.draft.question) for hit in worth), len(worth))}",
        *_of_texts_without(texts),
    ]
    return "\n".join(lines) + "\n"


def _of_texts_without(texts: Sequence[ReadText]) -> list[str]:
    empty = [text for text in texts if not text.certain]
    if not empty:
        return []
    sure = [sum(each.found.forecastable > SURE for each in text.proposals) for text in empty]
    return [f"  {len(empty):,} texts without any: {max(sure)} proposals above {SURE} at most, {sum(sure)} in all"]


def _share(part: int, whole: int) -> str:
    return f"{part / whole if whole else 0:.3f} ({part:,} of {whole:,})"


def _right(found: Sequence[Hit], is_right: Callable[[Hit], bool | None]) -> str:
    answers = [answer for hit in found if (answer := is_right(hit)) is not None]
    return _share(sum(answers), len(answers))


def _is_speaker_right(hit: Hit) -> bool | None:
    claim = hit.claim.found
    return None if hit.label.speaker is None else same_speaker(claim.speaker or claim.speaker_kind, hit.label.speaker)


def _is_deadline_right(hit: Hit) -> bool | None:
    if hit.label.deadline is None:
        return None
    day: date | None = hit.claim.found.deadline
    return (day.isoformat() if day else "") == hit.label.deadline


def _is_side_right(hit: Hit) -> bool | None:
    return None if hit.label.side is None or not hit.claim.draft.question else hit.claim.draft.side == hit.label.side
