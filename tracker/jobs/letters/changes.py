"""Changes of the positions that somebody follows since the last letter, and what moved each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import shorten
from urllib.parse import urlsplit

from forecasts.maths import parts as maths
from forecasts.models import Estimate, Resolution
from tracker.mail import News
from tracker.models import RULED, Evidence, Notice, Position, Status, Subscription

Why = tuple[str, str, str]  # words, name of the source, its address


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A position, its present chance of YES, and the last notice of it under each subscription that reaches it."""

    position: Position
    chance: float
    notices: Mapping[int, Notice | None]

    @property
    def is_news(self) -> bool:
        return any(notice is None or self._differs(notice) for notice in self.notices.values())

    @property
    def known(self) -> Notice | None:
        """The oldest notice that differs from what is so now; None when the position is new to its subscriber."""
        differing = [notice for notice in self.notices.values() if notice and self._differs(notice)]
        return min(differing, key=lambda notice: notice.at, default=None)

    def _differs(self, notice: Notice) -> bool:
        return notice.differs(status=self.position.status, chance_of_yes=self.chance)


def followed(subscriptions: Iterable[Subscription]) -> list[Followed]:
    """Every position that these subscriptions reach, once, by its number."""
    positions: dict[int, Position] = {}
    chances: dict[int, float] = {}
    notices: dict[int, dict[int, Notice | None]] = {}
    for subscription in subscriptions:
        known = {notice.position_id: notice for notice in subscription.notices.all()}
        for position in subscription.positions().with_chance().select_related("claim", "proposition"):
            positions[position.pk], chances[position.pk] = position, position.chance_of_yes  # type: ignore[attr-defined]
            notices.setdefault(position.pk, {})[subscription.pk] = known.get(position.pk)
    return [Followed(position=positions[pk], chance=chances[pk], notices=notices[pk]) for pk in sorted(positions)]


def news(about: Followed) -> News:
    """News for the letter of a position that `is_news`."""
    position, known = about.position, about.known
    why, source, address = _ruling(position) or _step(position, known) or _move(position, known) or ("", "", "")
    return News(
        position=position,
        was=Status(known.status) if known else None,
        chance=about.chance,
        chance_was=about.chance if known is None or known.probability is None else known.probability,
        why=why or position.proposition.question,
        source=source,
        source_address=address,
    )


def _ruling(position: Position) -> Why | None:
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


def _step(position: Position, known: Notice | None) -> Why | None:
    """The last step of the status since the reader was told, with the story behind it."""
    if known is None or known.status == position.status:
        return None
    step = position.changes.select_related("evidence__revision__entry__feed__outlet").last()
    return (step.reason, *_cited(step.evidence)) if step else None


def _move(position: Position, known: Notice | None) -> Why | None:
    """Largest change of the estimate since the last notice."""
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
    return entry.publisher, entry.link
