"""HTML read as a browser lays it out: the line breaks between the blocks of a page are no spaces."""

import re

from django.test import Client

BLOCKS = (
    "article|aside|blockquote|body|br|button|dd|details|div|dl|dt|fieldset|figure|footer|form|h[1-6]|head|header|html|"
    "input|label|legend|li|main|nav|ol|option|p|section|select|small|summary|svg|table|tbody|td|th|thead|title|tr|ul|use"
)
BLOCK = re.compile(rf"\s*(</?(?:{BLOCKS})\b[^>]*>)\s*")
OPENED = re.compile(r"(<[a-z][^>]*>)\s*\n\s*")
CLOSED = re.compile(r"\s*\n\s*(</|>)")


def laid_out(html: str) -> str:
    """On one line, with a space only where a reader sees one."""
    html = CLOSED.sub(r"\1", OPENED.sub(r"\1", BLOCK.sub(r"\1", html)))
    return " ".join(html.split())


class Reader(Client):
    """A client whose pages are laid out."""

    def request(self, **request):
        response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            response.content = laid_out(response.content.decode()).encode()
        return response
