"""SVG that both pictures are made of: the frame with its styles, light and dark, and words."""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Final

STYLE: Final = (Path(__file__).parent / "pictures.css").read_text("utf-8")


def drawn(width: int, height: int, parts: Iterable[str], name: str) -> str:
    """The whole picture; `name` says what it shows to whoever cannot see it."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img"><title>{escape(name)}</title><style>{STYLE}</style>'
        f'<rect class="paper" width="{width}" height="{height}"/>'
    )
    return "\n".join([head, *parts, "</svg>\n"])


def text(x: float, y: float, words: str, classes: str = "") -> str:
    """Words at a place."""
    named = f' class="{classes.strip()}"' if classes.strip() else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{named}>{escape(words)}</text>'
