"""Plain text out of unknown files."""

from news.formats.markup import CONTROL

MAX_FILE_BYTES = 5 * 1024 * 1024


class Unreadable(Exception):
    """A file that no text can be had from; the message is for people."""


def decode_text(data: bytes) -> str:
    """The text of an imported file: UTF-8 or UTF-16 by its mark, else UTF-8, else cp1252 where that is plausible.

    Raises Unreadable.
    """
    if len(data) > MAX_FILE_BYTES:
        raise Unreadable(f"The file is larger than {MAX_FILE_BYTES // 1024**2} MB.")
    if not data.strip():
        raise Unreadable("The file is empty.")
    text = _decoded(data)
    if not text.strip("\ufeff \t\r\n"):
        raise Unreadable("The file is empty.")
    # Nothing else is touched, so that offsets into a clean file are offsets into the article.
    return CONTROL.sub("", text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Unreadable("The file begins like UTF-16 but is damaged.") from error
    head = data[:10_000]
    controls = sum(byte < 32 and byte not in b"\t\n\f\r" for byte in head)
    if controls > max(3, len(head) // 100) or data.startswith(b"%PDF-"):
        raise Unreadable("The file is not text (a picture, a PDF or a word processor's file cannot be read here).")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows(data)


def _windows(data: bytes) -> str:
    """Western text of old Windows programs; raises Unreadable where it does not read like any."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Unreadable("The file's characters cannot be read; save it as UTF-8.") from error
    foreign = [character for character in text if ord(character) > 127]
    usual = sum(character.isalpha() or character in "–—‘’“”„…•€£§°«»\u00a0" for character in foreign)
    if len(foreign) > len(text) * 0.3 or usual < len(foreign) * 0.9:
        raise Unreadable("The file's characters cannot be read; save it as UTF-8.")
    return text
