"""Plain text out of hostile markup. Ordinary markup is stripped flat; only what is odd needs an HTML parser."""

import html
import re
import unicodedata
from collections.abc import Iterable

import nh3

MAX_BODY_CHARACTERS = 200_000
MAX_PERSON = 200
MAX_PARSED_TAGS = 3_000
_ROUNDS = 6  # markup escaped more often than this is removed bracket by bracket

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2"}
    | {"h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul"}
)
_HIDDEN = {"script", "style", "iframe", "object", "noscript", "template", "title", "textarea", "select", "button"}
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|![^<>]*|\?[^<>]*)>?")
_HIDDEN_FLAT = re.compile(r"<(script|style|noscript|template|textarea)\b.*?(?:</\1\s*>|$)", re.S | re.I)
_BREAK = re.compile(r"<br\b[^<>]*>", re.I)
_BLOCK = re.compile(r"</?(?:" + "|".join(sorted(_BLOCKS)) + r")\b[^<>]*>", re.I)
# Tags that an HTML parser would neither move nor drop with what stands in them; others are left to it.
_PLAIN_BLOCKS = "p|div|blockquote|figcaption|figure|section|article|h[1-6]|ul|ol|li|hr"
_PLAIN_INLINE = "a|b|i|em|strong|span|img|u|small|sub|sup|cite|abbr|s"
_PLAIN_TAG = rf"</?(?:{_PLAIN_BLOCKS}|{_PLAIN_INLINE}|br)(?: [\w:-]+=(?:\"[^\"<>]*+\"|'[^'<>]*+'))*+ ?/?>"
_PLAIN_MARKUP = re.compile(rf"(?>[^<]++|{_PLAIN_TAG})*+", re.A)
_PLAIN_BREAK = re.compile(r"<br[ />][^<>]*>|<br>|</br>")
_PLAIN_BLOCK = re.compile(rf"</?(?:{_PLAIN_BLOCKS})(?:[ /][^<>]*)?>")
_PLAIN_REST = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")
_ODD_SPACE = re.compile(r"[^\S ]|  ")
_ODD_ASCII_SPACES = ("  ", "\n", "\t", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f")
_GAP = re.compile(r"\n\s*\n")
# Invisible, or able to turn the direction of what stands around them; the joiners of emoji and scripts stay.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0e\ufeff\ufff9-\ufffb]")
_ADDRESS_BEFORE = re.compile(r"[^\s@]+@[^\s@]+ \(([^()]+)\)")
_ADDRESS_BEHIND = re.compile(r"([^@]+?) [(<][^\s@]+@[^\s@]+[)>]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """One line of plain text: no markup, entities decoded, nothing unseen, white space folded."""
    return " ".join(_unmarked(text).split())


def person(text: str) -> str:
    """A name as plain text, without the mail address that feeds put before or behind it."""
    name = plain(text)
    if "@" in name and (found := _ADDRESS_BEFORE.fullmatch(name) or _ADDRESS_BEHIND.fullmatch(name)):
        name = found[1]
    return name[:MAX_PERSON]


def body_text(text: str) -> str:
    """Readable plain text of an HTML fragment (or of plain text), paragraphs parted by an empty line."""
    unmarked = _unmarked(text[: 4 * MAX_BODY_CHARACTERS])
    if "\n" not in unmarked:
        return " ".join(unmarked.split())[:MAX_BODY_CHARACTERS]
    paragraphs = (_paragraph(part) for part in _GAP.split(unmarked))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)[:MAX_BODY_CHARACTERS]


def fullest(texts: Iterable[str]) -> str:
    """The longest of the texts as readable plain text. Markup only adds to a text, so shorter ones are not read."""
    best = ""
    for text in sorted(texts, key=len, reverse=True):
        if len(text) <= len(best):
            break
        best = max(best, body_text(text), key=len)
    return best


def _paragraph(text: str) -> str:
    if "\n" not in text:
        return " ".join(text.split())
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())


def _unmarked(text: str) -> str:
    """Text without markup, also where feeds have escaped it twice."""
    for _ in range(_ROUNDS):
        if "<" not in text and "&" not in text:
            return _visible(text)
        if "<" not in text or not _TAG.search(text):
            decoded = html.unescape(text)
            if decoded == text:
                break
            text = decoded
            continue
        text = _stripped(text)
    if _TAG.search(text):
        text = text.replace("<", " ").replace(">", " ")
    return _visible(text)


def _stripped(markup: str) -> str:
    if _PLAIN_MARKUP.fullmatch(markup):
        return _flat(markup)
    # An HTML parser takes time by the square of the depth, so what may be nested too deeply is stripped flat.
    if markup.count("<") > MAX_PARSED_TAGS:
        cleaned = _HIDDEN_FLAT.sub(" ", markup)
    else:
        cleaned = nh3.clean(markup, tags=set(_BLOCKS) | {"br"}, attributes={}, clean_content_tags=_HIDDEN)
    # Line ends inside a paragraph are only white space; those of blocks and breaks are not.
    flowing = _SPACE.sub(" ", cleaned)
    return html.unescape(_TAG.sub(" ", _BLOCK.sub("\n\n", _BREAK.sub("\n", flowing))))


def _flat(markup: str) -> str:
    """Ordinary markup stripped by three substitutions, to the same text as the long way."""
    flowing = _SPACE.sub(" ", markup) if _has_odd_space(markup) else markup
    if "<br" in flowing or "</br" in flowing:
        flowing = _PLAIN_BREAK.sub("\n", flowing)
    text = _PLAIN_REST.sub("", _PLAIN_BLOCK.sub("\n\n", flowing))
    return html.unescape(text) if "&" in text else text


def _has_odd_space(text: str) -> bool:
    if text.isascii():
        return any(space in text for space in _ODD_ASCII_SPACES)
    return _ODD_SPACE.search(text) is not None


def _visible(text: str) -> str:
    if text.isascii():
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text if text.isprintable() else CONTROL.sub("", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = _UNSEEN.sub("", CONTROL.sub("", text))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
