"""Where a feed has gone: a permanent move is believed when it is told three times, and a lost feed is sought."""

from dataclasses import dataclass
from datetime import timedelta

from news.fetch.addresses import AddressRefused, check_address

AGREEING = 3
# A feed that answers 404 is looked for on its site once it has failed so often in a row, and not again before a month.
MISSED = 3
SEEK_AGAIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Moves:
    """Where the last answers in a row say a feed has moved to, and how many they were; `to` is empty for none.

    `is_settled`: enough have agreed for `to` to become the feed's address, unless another feed has it.
    """

    to: str = ""
    seen: int = 0
    is_settled: bool = False


def moved(known_to: str, *, seen: int, moved_permanently_to: str, address: str, is_readable: bool) -> Moves:
    """What an answer adds to the `seen` ones before it that agreed on `known_to`.

    `is_readable`: the answer was the feed, or said that it is unchanged. One that was not breaks the row, as does
    another target or a direct answer: a sign-in page that moves everybody is no new address. An attempt that no answer
    came to is not asked about.
    """
    try:
        to = check_address(moved_permanently_to) if is_readable and moved_permanently_to else ""
        is_new = bool(to) and to != check_address(address)
    except AddressRefused:
        is_new = False
    if not is_new:
        return Moves()
    agreeing = seen + 1 if to == known_to else 1
    return Moves(to, agreeing, is_settled=agreeing >= AGREEING)
