"""Parts of a page as tags and filters; templates/parts/README.md shows each with an example."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

from django import template
from django.http import HttpRequest
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from forecasts.maths import odds
from language.claims.speaker_kinds import within_a_sentence
from tracker import statuses
from tracker.pages import formats
from tracker.pages.drawing import instruments
from tracker.pages.drawing.histories import Chance, Lifeline
from tracker.wording import capitalised, number

register = template.Library()
register.filter(formats.exact_percent)
register.filter(formats.points)
register.filter(formats.signed)
register.filter(odds.percent)
register.filter(capitalised)
register.filter(number)
register.filter(within_a_sentence)

SECTIONS = (
    ("Home", "home"),
    ("Articles", "articles"),
    ("Claims", "claims"),
    ("Questions", "questions"),
    ("Authors", "authors"),
    ("Scores", "scores"),
    ("Feeds", "feeds"),
)


# A line break that the prose of a template cannot show: before punctuation, and after an opening bracket or quote.
JOINT: Final = re.compile(r"\s*\n\s*(?=(?:[)%”][,.;:]?|[,.;:])(?:\s|<|$))|(?<=[(“])\s*\n\s*")


@register.inclusion_tag("parts/nav.html", takes_context=True)
def navigation(context: RequestContext) -> dict[str, object]:
    """The main navigation: the page itself is marked `page`, the section it lies in `true`."""
    request = context.get("request")
    path = request.path if isinstance(request, HttpRequest) else ""
    return {"sections": [(words, reverse(name), _current(reverse(name), path=path)) for words, name in SECTIONS]}


def _current(address: str, *, path: str) -> str:
    """The value of aria-current, or nothing."""
    if path == address:
        return "page"
    return "true" if address != reverse("home") and path.startswith(address) else ""


@register.inclusion_tag("parts/status.html")
def status(value: str, words: str = "", *, big: bool = False) -> dict[str, object]:
    """A status sign and its word; `words` replaces the word, as in "3 due"."""
    traits = statuses.of(value)
    return {"status": traits, "words": words or capitalised(traits.words_of_claim), "big": big}


@register.inclusion_tag("parts/stance.html")
def stance(value: str, *, confirmed: bool) -> dict[str, object]:
    """A stance seen from the claim, mark and word: filled where a person has confirmed it."""
    return {"kind": formats.EFFECT[value], "words": capitalised(value), "confirmed": confirmed}


@register.inclusion_tag("parts/glyph.html")
def glyph(value: str, *, confirmed: bool = True) -> dict[str, object]:
    """A stance as a mark alone, named for those who cannot see it."""
    words = capitalised(value) if confirmed else f"{capitalised(value)}, suggested"
    return {"kind": formats.EFFECT[value], "words": words, "confirmed": confirmed}


@register.inclusion_tag("parts/prob.html")
def prob(chance: Chance, *, big: bool = False) -> dict[str, object]:
    """History, gauge, number."""
    size = (136, 56, 9) if big else (92, 28, 6)
    drawing = instruments.gauge(chance, width=size[0], height=size[1], tank=size[2])
    return {"chance": chance, "drawing": drawing, "big": big}


@register.inclusion_tag("parts/lifeline.html")
def lifeline(life: Lifeline) -> dict[str, object]:
    """Statuses along a line; give all lifelines of one list the same first and last moment."""
    return {"drawing": instruments.lifeline(life)}


@register.inclusion_tag("parts/segments.html")
def segments(counts: Sequence[tuple[str, int]]) -> dict[str, object]:
    """A segmented bar of (class, count), such as ("fill-for", 13); say the counts in words beneath."""
    return {"bars": instruments.segments(counts)}


@register.simple_tag
def when(moment: date | None, form: str = "day") -> SafeString | str:
    """A <time>: `day` 9 May 2025, `short` 9 May, `moment` 9 May 2025, 18:10. Days and times are UTC."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        moment = moment.astimezone(UTC)
        if form == "moment":
            return format_html('<time datetime="{}">{}</time>', f"{moment:%Y-%m-%dT%H:%MZ}", formats.moment(moment))
    words = formats.short_day(moment) if form == "short" else formats.day(moment)
    return format_html('<time datetime="{}">{}</time>', f"{moment:%Y-%m-%d}", words)


@register.simple_block_tag
def sentence(content: SafeString) -> SafeString:
    """Prose over several lines of a template: a line that begins with punctuation joins the line before."""
    return SafeString(JOINT.sub("", content.strip()))


@register.simple_block_tag
def nothing(content: SafeString, title: str, *, address: str = "", link: str = "") -> SafeString:
    """A list without rows: `title` says what is missing, the block what that means, the link what to do."""
    parts = {"title": title, "text": SafeString(content.strip()), "address": address, "link": link}
    return render_to_string("parts/empty.html", parts)
