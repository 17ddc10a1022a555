"""How any letter is put together: text and HTML from templates, one small sheet, a name that no other letter has."""

import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string

from tracker.mail.links import absolute, unsubscribe_token
from tracker.models import Letter, User

# Only the sheet in the letter itself is applied; nothing is ever fetched.
INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=False, minify_css=True)


def compose(
    kind: Letter.Kind, *, to: User, subject: str, template: str, context: Mapping[str, Any], at: datetime
) -> Letter:
    """An unsaved letter from mail/`template`.html and .txt; it may be sent as soon as it is stored."""
    context = {**context, "subject": subject, "site": settings.HINDCAST_BASE_URL}
    return Letter(
        kind=kind,
        user=to,
        to=to.email,
        subject=one_line(subject)[:300],
        text=_tidy(render_to_string(f"mail/{template}.txt", context)),
        html=INLINER.inline(_unindented(render_to_string(f"mail/{template}.html", context))),
        message_id=f"<{kind}.{uuid.uuid4().hex}@{settings.HINDCAST_HOST}>",
        written_at=at,
        next_try_at=at,
    )


def one_click_headers(reader: User) -> dict[str, str]:
    """Headers by which a mail client stops these letters with one click (RFC 2369, RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{absolute('unsubscribe', unsubscribe_token(reader.pk))}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def one_line(words: str) -> str:
    """Without line breaks, which would end a header early."""
    return " ".join(words.split())


def _tidy(text: str) -> str:
    """Templates leave blank lines where nothing was said; a letter has one at most."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def _unindented(html: str) -> str:
    """Some readers' programs cut a letter at 102,000 characters; a template's indents are none of its words."""
    return "\n".join(line.strip() for line in html.splitlines() if line.strip())
