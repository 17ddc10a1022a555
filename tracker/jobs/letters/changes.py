"""What became of the positions and questions that a reader follows since the last letter, and what moved each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from urllib.parse import urlsplit

from forecasts.maths import parts as maths
from forecasts.models import Estimate, Proposition, Resolution
from tracker.mail import News
from tracker.models import RULED, Asked, Evidence, Notice, Position, Status, StatusChange, Subscription
from tracker.models.questions import asked

Why = tuple[str, str, str]  # words, name of the source, its address


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A position, or a question as such, its present chance of YES, what each subscription to it last told, if anything."""

    viewed: Position | Asked
    chance: float
    told: Mapping[int, Notice | None]

    @property
    def is_news(self) -> bool:
        return any(
            told is None or told.differs(status=self.viewed.status, chance_of_yes=self.chance)
            for told in self.told.values()
        )

    @property
    def known(self) -> Notice | None:
        """The oldest of what was told that differs now; None when the position is new to its reader."""
        differing = [
            told
            for told in self.told.values()
            if told and told.differs(status=self.viewed.status, chance_of_yes=self.chance)
        ]
        return min(differing, key=lambda told: told.at, default=None)


def followed(subscriptions: Iterable[Subscription], *, now: datetime) -> list[Followed]:
    """Every position that these subscriptions reach, once, by its number; then the questions that are followed as such."""
    subscriptions = list(subscriptions)
    return [*_tests(subscriptions), *_questions(subscriptions, now=now)]


def _tests(subscriptions: Iterable[Subscription]) -> list[Followed]:
    positions: dict[int, Position] = {}
    chances: dict[int, float] = {}
    told: dict[int, dict[int, Notice | None]] = {}
    for subscription in subscriptions:
        known = {row.position_id: row for row in subscription.told.all()}
        reached = subscription.positions().select_related("claim", "proposition")
        chances |= reached.chances()
        for position in reached:
            positions[position.pk] = position
            told.setdefault(position.pk, {})[subscription.pk] = known.get(position.pk)
    return [Followed(viewed=positions[pk], chance=chances[pk], told=told[pk]) for pk in sorted(positions)]


def _questions(subscriptions: Iterable[Subscription], *, now: datetime) -> list[Followed]:
    """No two running subscriptions of one reader follow the same question."""
    told: dict[int, dict[int, Notice | None]] = {}
    for subscription in subscriptions:
        if subscription.proposition_id:
            told[subscription.proposition_id] = {subscription.pk: next(iter(subscription.told.all()), None)}
    rows = Proposition.objects.published().filter(pk__in=told).order_by("pk") if told else Proposition.objects.none()
    return [Followed(viewed=row, chance=row.chance_of_yes, told=told[row.pk]) for row in asked(rows, now=now)]


def news(about: Followed) -> News:
    """What the letter says of what `is_news`."""
    viewed, known = about.viewed, about.known
    why, source, address = _ruling(viewed) or _step(viewed, known) or _move(viewed, known) or ("", "", "")
    return News(
        position=viewed,
        was=Status(known.status) if known else None,
        chance=about.chance,
        chance_was=about.chance if known is None or known.probability is None else known.probability,
        why=why or viewed.proposition.question,
        source=source,
        source_address=address,
    )


def _ruling(position: Position | Asked) -> Why | None:
    """A ruling in words, with the page that settled it."""
    if position.status not in RULED:
        return None
    ruling = Resolution.objects.not_reversed().filter(proposition=position.proposition_id).first()
    if ruling is None:
        return None
    day = f"{ruling.ruled_at.day} {ruling.ruled_at:%B %Y}"
    ruled = f"The question was ruled {ruling.get_outcome_display().capitalize()} by {ruling.ruled_by} on {day}."
    words = f"{ruling.reason.rstrip('. ')}. {ruled}"
    if not ruling.source_address:
        return words, shorten(ruling.source, 120, placeholder="…"), ""
    return words, (urlsplit(ruling.source_address).hostname or "").removeprefix("www."), ruling.source_address


def _step(position: Position | Asked, known: Notice | None) -> Why | None:
    """The last step of the status since the reader was told, with the story behind it."""
    if known is None or known.status == position.status:
        return None
    if isinstance(position, Asked):
        return (position.reason, "", "") if position.reason else None
    step = (
        StatusChange.objects.filter(position=position).select_related("evidence__revision__entry__feed__outlet").last()
    )
    return (step.reason, *_cited(step.evidence)) if step else None


def _move(position: Position | Asked, known: Notice | None) -> Why | None:
    """What moved the chance most since the reader was told."""
    if known is None:
        return None
    now = Estimate.objects.filter(proposition=position.proposition_id).last()
    before = Estimate.objects.filter(proposition=position.proposition_id, at__lte=known.at).last()
    part = _largest(before, now) if now else None
    if part is None:
        return None
    if part.kind in ("evidence", "suggestion"):
        evidence = Evidence.objects.filter(pk=part.ref).select_related("story", "revision__entry__feed__outlet").first()
        doubt = "" if part.kind == "evidence" else ", which nobody has confirmed yet"
        return (f"Most of it on “{evidence.story.headline}”{doubt}.", *_cited(evidence)) if evidence else None
    words = {
        "prior": "Most of it because its prior was changed.",
        "time": "Most of it because time has passed without news that settles it.",
        "crowd": "Most of it because members forecast.",
    }
    return words.get(part.kind, ""), "", ""


def _largest(before: Estimate | None, now: Estimate) -> maths.Part | None:
    """The part whose log-odds changed most."""
    old = {(part.kind, part.ref): part.log_odds for part in maths.from_json(before.parts)} if before else {}
    changes = [(abs(p.log_odds - old.get((p.kind, p.ref), 0.0)), p) for p in maths.from_json(now.parts)]
    return max(changes, key=lambda change: change[0])[1] if changes else None


def _cited(evidence: Evidence | None) -> tuple[str, str]:
    """Outlet and address of the report that was read."""
    if evidence is None:
        return "", ""
    entry = evidence.revision.entry
    outlet = entry.feed.outlet
    return entry.outlet_name or (outlet.name if outlet else entry.feed.title), entry.link
