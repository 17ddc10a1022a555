"""The accepted claims of an article as its page marks them: number, sign, note in the margin."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker import statuses
from tracker.models import Article, Claim, Position, Status, StatusChange
from tracker.pages.articles.marked_text import ClaimSpan, Paragraph, mark
from tracker.pages.questions.status_counts import Tally, lean, tally
from tracker.statuses import StatusTraits

MOST_OPEN_SIGNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedClaim:
    """One claim on the page. `number` counts in reading order, `words` say its tally, `last_word` what last changed."""

    number: int
    claim: Claim
    address: str
    tally: Tally
    lean: str
    signs: tuple[StatusTraits, ...]
    words: str
    last_word: str


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A piece of a paragraph: what it is marked as, and the claims that begin and end with it."""

    head: str
    tail: str
    claim: MarkedClaim | None
    begins: tuple[MarkedClaim, ...]
    ends: tuple[MarkedClaim, ...]


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph, and the claims whose notes stand beside it."""

    pieces: tuple[MarkedPiece, ...]
    notes: tuple[MarkedClaim, ...]


def marked_claims(article: Article, *, positions: Sequence[Position]) -> tuple[MarkedClaim, ...]:
    """The accepted claims in reading order, given all their positions; two queries."""
    own: defaultdict[int, list[Position]] = defaultdict(list)
    for position in positions:
        own[position.own_claim.pk].append(position)
    last_words = _last_words(article)
    return tuple(
        _marked(claim, number=number, positions=own[claim.pk], last_words=last_words)
        for number, claim in enumerate(article.claims.accepted().order_by("start", "end"), start=1)
    )


def marked_text(article: Article, claims: Sequence[MarkedClaim]) -> tuple[MarkedParagraph, ...]:
    """The article's paragraphs with its claims."""
    by_number = {claim.number: claim for claim in claims}
    spans = [ClaimSpan(claim.number, claim.claim.start, claim.claim.end) for claim in claims]
    return tuple(_paragraph(paragraph, by_number) for paragraph in mark(article.text, spans=spans))


def _paragraph(paragraph: Paragraph, claims: Mapping[int, MarkedClaim]) -> MarkedParagraph:
    pieces = tuple(
        MarkedPiece(
            piece.head,
            piece.tail,
            claims.get(piece.number),
            tuple(claims[number] for number in piece.begins),
            tuple(claims[number] for number in piece.ends),
        )
        for piece in paragraph.pieces
    )
    return MarkedParagraph(pieces, tuple(claims[number] for number in paragraph.numbers))


def _last_words(article: Article) -> dict[int, StatusChange]:
    """The latest change of status among each claim's positions."""
    changes = StatusChange.objects.filter(position__in=Position.objects.published().filter(claim__article=article))
    rows = changes.select_related("position__claim").order_by("at", "pk")
    return {change.position.own_claim.pk: change for change in rows}


def _marked(
    claim: Claim, *, number: int, positions: Sequence[Position], last_words: Mapping[int, StatusChange]
) -> MarkedClaim:
    counted = tally(positions)
    change = last_words.get(claim.pk)
    return MarkedClaim(
        number=number,
        claim=claim,
        address=claim.get_absolute_url(),
        tally=counted,
        lean=lean(counted),
        signs=_signs(counted),
        words=_words(counted),
        last_word=change.reason if change else "" if positions else "Not put to a question yet.",
    )


def _signs(counted: Tally) -> tuple[StatusTraits, ...]:
    """Signs of the ruled and due positions; where there are none, of the open ones."""
    ranked = [statuses.of(count.status) for count in counted.counts]
    decided = [traits for traits in ranked if traits.rank <= statuses.of(Status.DUE).rank]
    return tuple(decided or ranked[:MOST_OPEN_SIGNS])


def _words(counted: Tally) -> str:
    if not counted.total:
        return "no side taken" if counted.unsided else "not put to a question yet"
    if counted.total == 1:
        return counted.counts[0].status
    return ", ".join(count.words for count in counted.counts)
