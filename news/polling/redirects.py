"""Redirects of feeds: a permanent move is believed when it is told three times, and a lost feed is sought."""

from dataclasses import dataclass
from datetime import timedelta

from news.fetch.addresses import AddressRefused, check_address

AGREEING = 3
# A feed that answers 404 is looked for on its site once it has failed so often in a row, and not again before a month.
MISSED = 3
SEEK_AGAIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class AgreedRedirect:
    """The new address that the last answers in a row agree on, and how many they were; `to` is empty for none."""

    to: str = ""
    seen: int = 0


def agreed_redirect(
    known_to: str, *, seen: int, moved_permanently_to: str, address: str, is_readable: bool
) -> AgreedRedirect:
    """The redirect after an answer, where the `seen` ones before it agreed on `known_to`; AGREEING of them settle it.

    `is_readable`: the answer was the feed, or said that it is unchanged. One that was not breaks the row, as does
    another target or a direct answer: a sign-in page that moves everybody is no new address. An attempt that no answer
    came to is not asked about.
    """
    try:
        to = check_address(moved_permanently_to) if is_readable and moved_permanently_to else ""
        is_new = bool(to) and to != check_address(address)
    except AddressRefused:
        is_new = False
    return AgreedRedirect(to, seen + 1 if to == known_to else 1) if is_new else AgreedRedirect()
