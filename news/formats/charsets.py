"""Characters of a document as UTF-8, whatever encoding it says, hides or gets wrong."""

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

# Longer stretches say no more about the language than this.
GUESSED_BYTES = 60_000
LEAST_FOREIGN = 6
MOSTLY_FOREIGN = 0.4
MOSTLY_SMALL = 0.85
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How "<" and what follows it begin where no mark is given.
_UNMARKED = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
# Feeds that name the older encoding are written in the larger one, which holds the same characters at the same places.
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Python's, for text inside of text; no document is written in them.
_NO_ENCODINGS = frozenset(
    {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf_7", "mbcs", "oem"}
)
_XML_DECLARATION = re.compile(rb"\s*<\?xml\b[^>]{0,1000}?\?>", re.I)
_NAMED = re.compile(rb"\bencoding\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_MARKUP = re.compile(rb"<[^<>]*>|[\x00-\x40]+")
# Not allowed in XML; feeds carry them all the same.
_CONTROLS = bytes(number for number in range(32) if number not in (9, 10, 13))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document in UTF-8, without mark, control characters or a named encoding; `warning` is in words."""

    body: bytes
    warning: str = ""


def as_utf8(body: bytes, *, content_type: str) -> Decoded:
    """Document in UTF-8; its encoding is named by its mark, then itself, then the server, or guessed."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], name, warning="")
    for start, name in _UNMARKED:
        if body.startswith(start):
            return _decoded(body, name, warning="")
    named = _named(body, content_type)
    if named is None:
        return _undeclared(body)
    name, stated = named
    if name == "utf-8":
        return _utf8(body)
    if name.startswith(("utf-16", "utf-32")):
        # Without a mark or a NUL in its first characters it is not in that encoding.
        return _utf8(
            body, warning=f"The feed says that its encoding is {stated}, which it is not; it was read all the same."
        )
    # In an encoding in which even its tags are no tags, it is not written.
    return _decoded(body, name, warning="") if "<" in body[:1000].decode(name, "replace") else _undeclared(body)


def _named(body: bytes, content_type: str) -> tuple[str, str] | None:
    """Python's name of the encoding, and the stated one; None where none that exists is stated."""
    declaration = _XML_DECLARATION.match(body, 0, 2000)
    in_document = _NAMED.search(declaration[0]) if declaration else None
    by_server = _CHARSET.search(content_type)
    stated = in_document[1].decode() if in_document else by_server[1] if by_server else ""
    try:
        codec = codecs.lookup(stated)
    except (LookupError, ValueError):
        return None
    is_usable = codec._is_text_encoding and codec.name.replace("-", "_") not in _NO_ENCODINGS
    return (_LARGER.get(codec.name, codec.name), stated) if is_usable else None


def _utf8(body: bytes, *, warning: str = "") -> Decoded:
    """UTF-8 is not decoded and encoded again where it is right, as nearly all is."""
    try:
        if not body.isascii():
            body.decode()
    except UnicodeDecodeError:
        return _mixed(body)
    return Decoded(_tidy(body), warning)


def _mixed(body: bytes) -> Decoded:
    """UTF-8 with some bytes that are not; or not UTF-8 at all, where more bytes are wrong than right."""
    if (whole := _joined(body)) is not None:
        return Decoded(_tidy(whole), "Some of the feed's characters are damaged.")
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(map(len, re.findall("[^\x00-\x7f\ufffd]+", text)))
    if right > wrong:
        return Decoded(_tidy(text.encode()), "Some of the feed's characters are damaged.")
    return _decoded(body, _guessed(body), warning="The feed names the wrong character encoding; it was guessed.")


def _joined(body: bytes) -> bytes | None:
    """UTF-8 with halves of characters in it, as programs write it that count in UTF-16; None where it is not that."""
    try:
        text = body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _undeclared(body: bytes) -> Decoded:
    if body.isascii() or _joined(body) is not None:
        return _utf8(body)
    return _decoded(body, _guessed(body), warning="The feed does not name its character encoding; it was guessed.")


def _guessed(body: bytes) -> str:
    """The encoding that makes the most sense of the words that are not plain ASCII."""
    words = b" ".join(word for word in _MARKUP.split(body[: 4 * GUESSED_BYTES]) if not word.isascii())[:GUESSED_BYTES]
    foreign = sum(byte > 127 for byte in words)
    # An accent here and there: a western language, for which there is too little to tell encodings apart.
    if foreign < max(LEAST_FOREIGN, len(words) * MOSTLY_FOREIGN):
        return "cp1252"
    for name in ("koi8-r", "cp1251"):
        # In the wrong one of the two, small letters read as capitals.
        if len(re.findall("[а-яё]", words.decode(name, "replace"))) > MOSTLY_SMALL * foreign:
            return name
    best = charset_normalizer.from_bytes(words).best()
    name = codecs.lookup(best.encoding).name if best is not None else "cp1252"
    return _LARGER.get(name, name)


def _decoded(body: bytes, name: str, *, warning: str) -> Decoded:
    text = body.decode(name, "replace")
    if "\ufffd" in text and not warning:
        warning = "Some of the feed's characters are damaged."
    return Decoded(_tidy(text.encode("utf-8", "replace")), warning)


def _tidy(body: bytes) -> bytes:
    without = body.translate(None, _CONTROLS)
    # The same object where nothing went, so that a large document is not held twice.
    body = without if len(without) < len(body) else body
    declaration = _XML_DECLARATION.match(body, 0, 2000)
    if declaration and _NAMED.search(declaration[0]):
        return b"<?xml version='1.0'?>" + body[declaration.end() :]
    return body
