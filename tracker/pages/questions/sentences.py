"""The sentences of the page of a position or a question: where it stands, and what its chart shows."""

from typing import Final

from tracker.models import Status
from tracker.pages.formats import counted, day, points, short_day
from tracker.pages.questions.detail import Reading, Seen

BESIDES: Final = {"time": "time", "crowd": "forecasts"}  # what moves a chance beside stories


def standing(reading: Reading) -> str:
    """One or two sentences on where the position stands: the ruling's reason, else that of the last step."""
    if reading.resolution is not None and reading.is_ruled:
        return reading.resolution.reason
    if reading.position.status == Status.WATCHING:
        return waiting(reading)
    return reading.changes[-1].reason if reading.changes else ""


def waiting(reading: Seen) -> str:
    """What has come in while nothing can be said."""
    suggested = sum(not row.is_confirmed for row in reading.rows)
    if suggested:
        wait = "waits" if suggested == 1 else "wait"
        return (
            f"Too early to say. {counted(suggested, 'story', 'stories').capitalize()} {wait} for a person to confirm."
        )
    if reading.rows:
        return "Too early to say. What has come in mentions the question and moves it neither way."
    if reading.forecasts.count:
        by = counted(reading.forecasts.by, "forecaster")
        return f"Too early to say. No story has come in; the number rests on its prior and the forecasts of {by}."
    return "Too early to say. No story that bears on it has come in."


def finding(reading: Seen) -> str:
    """The chart's title, with its numbers."""
    first, last = reading.walk.prior, reading.chance.percent
    moved = [row for row in reading.rows if row.points]
    others = [words for kind, words in BESIDES.items() if reading.walk.moved_by(kind)]
    if not moved:
        if not others:
            return f"Nothing has moved it yet: the chance stands at its prior, {last}%"
        if first == last:
            return f"Back at {last}%, where it began: no story has moved it"
        return f"No story has moved it; {_listed(others)} took the chance from {first} to {last}%"
    largest = reading.movers[0]
    if len(moved) == 1 and not others:
        return f"One story took the chance from {first} to {last}%, on {short_day(largest.published_at)}"
    course = f"From {first} to {last}%" if first != last else f"Back at {last}%, where it began,"
    causes = _listed([counted(len(moved), "story", "stories"), *others])
    which = f"the {'largest' if len(moved) > 1 else 'story'} moved it {points(largest.points)} points"
    return f"{course} on {causes}; {which} on {short_day(largest.published_at)}"


def _listed(words: list[str]) -> str:
    """One, one and two; one, two and three."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def chart_name(reading: Seen) -> str:
    about = "the claim holds" if reading.has_side else "the answer is Yes"
    days = f"{day(reading.proposition.opens_on)} to {day(reading.chance.until)}"
    return f"Chance that {about}, {days}, with its evidence, status and deadline"
