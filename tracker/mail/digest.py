"""The digest: what changed about the things a reader follows, settled matters first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from typing import Final

from forecasts.maths import odds
from tracker import statuses
from tracker.mail.letters import compose, one_click_headers
from tracker.mail.links import absolute, unsubscribe_token
from tracker.models import RULED, Letter, Position, Status, User
from tracker.wording import capitalised, counted, days, joined, number

GAUGE: Final = 120  # width in pixels, as in the design
WHOLE: Final = 30  # items told in full; many more, and mail programs would cut the letter off


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """News of a position since its subscriber was last told.

    Chances are of YES; `was` is None for what is new to the reader.
    """

    position: Position
    was: Status | None
    chance_was: float
    chance: float
    why: str
    source: str = ""
    source_address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question as the letter shows it, from the first position followed on it; `also` are the others.

    Percentages are whole, and seen from what the claim says.
    """

    sign: str
    tone: str
    heading: str
    title: str
    address: str
    percent: int
    percent_was: int | None
    news: News
    can_rule: bool
    is_whole: bool
    also: "tuple[Item, ...]" = ()

    @property
    def filled(self) -> int:
        """How much of the gauge is ink, in pixels; neither end ever disappears."""
        return min(max(round(self.percent * GAUGE / 100), 1), GAUGE - 1)

    @property
    def empty(self) -> int:
        return GAUGE - self.filled


@dataclass(frozen=True, slots=True)
class Group:
    """News of one sort: its heading, its word in the subject, and its verb in the title, for one and for many."""

    title: str
    short: str
    one: str
    many: str


SETTLED: Final = Group("Settled", "settled", "was settled", "were settled")
REVERSED: Final = Group("Rulings taken back", "taken back", "lost its ruling", "lost their rulings")
MOVED: Final = Group("Moved", "moved", "moved", "moved")
DUE: Final = Group("Awaiting a ruling", "to rule", "waits for a ruling", "wait for a ruling")
NEW: Final = Group("New", "new", "is new", "are new")
ORDER: Final = (SETTLED, REVERSED, MOVED, DUE, NEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    group: Group
    title: str
    items: tuple[Item, ...]


def digest_letter(reader: User, *, news: Sequence[News], followed: int, since: date, at: datetime) -> Letter:
    """One letter with all the news, at least one piece; `followed` counts the questions that the reader follows."""
    sections = _sections(news, reader=reader, today=at.date())
    unmoved = followed - len({piece.position.proposition_id for piece in news})
    letter = compose(
        Letter.Kind.DIGEST,
        to=reader,
        subject=f"Hindcast: {', '.join(f'{number(len(s.items))} {s.group.short}' for s in sections)}",
        template="digest",
        context={
            "title": _title(sections, followed=followed),
            "preview": " ".join(f"{item.heading}: {item.title}." for s in sections for item in s.items)[:200],
            "span": days(since, at.date()),
            "follows": counted(followed, "question"),
            "unmoved": f"{number(unmoved)} did not move" if unmoved else "",
            "sections": sections,
            "account": absolute("account"),
            "unsubscribe": absolute("unsubscribe", unsubscribe_token(reader.pk)),
        },
        at=at,
    )
    letter.headers = one_click_headers(reader)
    return letter


def _sections(news: Sequence[News], *, reader: User, today: date) -> list[Section]:
    sections: list[Section] = []
    place = count()

    def item(pieces: Sequence[News], group: Group, *, can_rule: bool) -> Item:
        first, *others = [
            _item(piece, group, can_rule=can_rule, is_whole=number == 0 and next(place) < WHOLE, today=today)
            for number, piece in enumerate(pieces)
        ]
        return replace(first, also=tuple(others))

    for group in ORDER:
        to_rule = group is DUE and reader.is_curator
        questions: dict[int, list[News]] = {}
        for piece in news:
            if _group(piece) is group:
                questions.setdefault(piece.position.proposition_id, []).append(piece)
        items = tuple(item(pieces, group, can_rule=to_rule) for pieces in questions.values())
        if items:
            sections.append(Section(group=group, title="For you to rule" if to_rule else group.title, items=items))
    return sections


def _title(sections: Sequence[Section], *, followed: int) -> str:
    """Such as "Two of your questions were settled and one moved"."""
    if followed == 1:
        return f"Your question {sections[0].group.one}"
    first, *others = [(len(s.items), s.group.one if len(s.items) == 1 else s.group.many) for s in sections]
    said = [f"{number(first[0])} of your questions {first[1]}", *(f"{number(count)} {verb}" for count, verb in others)]
    return capitalised(joined(said))


def _group(piece: News) -> Group:
    status = Status(piece.position.status)
    if piece.was is None:
        return NEW
    if status in RULED:
        return SETTLED
    if piece.was in RULED:
        return REVERSED
    return DUE if status == Status.DUE and status != piece.was else MOVED


def _item(piece: News, group: Group, *, can_rule: bool, is_whole: bool, today: date) -> Item:
    position = piece.position
    now, was = odds.percent(position.for_claim(piece.chance)), odds.percent(position.for_claim(piece.chance_was))
    sign, tone, heading = HEADINGS[group](piece, now - was, today)
    return Item(
        sign=sign,
        tone=tone,
        heading=heading,
        title=position.text,
        address=absolute(position),
        percent=now,
        percent_was=None if piece.was is None or now == was else was,
        news=piece,
        can_rule=can_rule,
        is_whole=is_whole,
    )


def _settled(piece: News, points: int, today: date) -> tuple[str, str, str]:
    traits = statuses.of(piece.position.status)
    words = capitalised(traits.words_of_claim)
    if not traits.is_scored:
        return traits.glyph, "quiet", f"{words}: nobody is scored"
    if not piece.position.has_side:
        side = "" if piece.position.is_bare else ", the article took no side"
        return "○", "quiet", f"Settled as {capitalised(traits.outcome)}{side}"
    return traits.glyph, traits.tone, words


def _reversed(piece: News, points: int, today: date) -> tuple[str, str, str]:
    return "↺", "call", f"Ruling taken back, now {piece.position.status_words}"


def _moved(piece: News, points: int, today: date) -> tuple[str, str, str]:
    status = capitalised(piece.position.status_words)
    if not points:
        return "●", "quiet", status
    moved = f"{status}, {counted(abs(points), 'point')} {'higher' if points > 0 else 'lower'}"
    return ("▲", "for", moved) if points > 0 else ("▼", "against", moved)


def _due(piece: News, points: int, today: date) -> tuple[str, str, str]:
    past = (today - piece.position.proposition.deadline).days
    traits = statuses.of(Status.DUE)
    return traits.glyph, traits.tone, f"Due for {counted(past, 'day')}" if past > 0 else "Due: settled in fact"


def _new(piece: News, points: int, today: date) -> tuple[str, str, str]:
    return "○", "quiet", capitalised(piece.position.status_words)


HEADINGS: Final = {SETTLED: _settled, REVERSED: _reversed, MOVED: _moved, DUE: _due, NEW: _new}
