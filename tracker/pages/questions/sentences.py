"""The sentences of the page of a position or a question: where it stands, and what its chart shows."""

from typing import Final

from tracker.models import Status
from tracker.pages.formats import counted, day, points, short_day
from tracker.pages.questions.detail import PositionDetail
from tracker.wording import joined

BESIDES: Final = {"time": "time", "crowd": "forecasts"}  # what moves a chance beside stories


def standing(detail: PositionDetail) -> str:
    """One or two sentences on where the position stands: the ruling's reason, else that of the last step."""
    if detail.resolution is not None and detail.position.is_ruled:
        return detail.resolution.reason
    if not detail.is_begun:
        return f"It opens on {day(detail.proposition.opens_on)}; forecasts and news count from that day on."
    if detail.position.status == Status.WATCHING:
        return "" if any(row.points for row in detail.rows) else waiting(detail)
    return detail.changes[-1].reason if detail.changes else ""


def waiting(detail: PositionDetail) -> str:
    """Sentence on what has come in while nothing can be said."""
    suggested = sum(not row.is_confirmed for row in detail.rows)
    if suggested:
        wait = "waits" if suggested == 1 else "wait"
        return (
            f"Too early to say. {counted(suggested, 'story', 'stories').capitalize()} {wait} for a person to confirm."
        )
    if detail.rows:
        return "Too early to say. What has come in mentions the question and moves it neither way."
    if detail.forecasts.count:
        by = counted(detail.forecasts.by, "forecaster")
        return f"Too early to say. No story has come in; the number rests on its prior and the forecasts of {by}."
    return "Too early to say. No story that bears on it has come in."


def finding(detail: PositionDetail) -> str:
    """The chart's title, with its numbers."""
    first, last = detail.walk.prior, detail.chance.percent
    moved = [row for row in detail.rows if row.points]
    others = [words for kind, words in BESIDES.items() if detail.walk.moved_by(kind)]
    if not moved:
        if not others:
            return f"Nothing has moved it yet: the chance stands at its prior, {last}%"
        if first == last:
            return f"Back at {last}%, where it began: no story has moved it"
        return f"No story has moved it; {joined(others)} took the chance from {first} to {last}%"
    largest = detail.movers[0]
    if len(moved) == 1 and not others:
        return f"One story took the chance from {first} to {last}%, on {short_day(largest.published_at)}"
    course = f"From {first} to {last}%" if first != last else f"Back at {last}%, where it began,"
    causes = joined([counted(len(moved), "story", "stories"), *others])
    which = f"the {'largest' if len(moved) > 1 else 'story'} moved it {points(largest.points)} points"
    return f"{course} on {causes}; {which} on {short_day(largest.published_at)}"


def chart_name(detail: PositionDetail) -> str:
    about = "the claim holds" if detail.position.has_side else "the answer is Yes"
    days = f"{day(detail.proposition.begins_at)} to {day(detail.chance.until)}"
    return f"Chance that {about}, {days}, with its evidence, status and deadline"
