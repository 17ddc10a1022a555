"""Which entries tell the same report: near-copies by MinHash, and equal titles, however often syndicated."""

import hashlib
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from rensa import RMinHash

from tracker.language.words import STOP_WORDS, TOKEN, stems, tokens

PERMUTATIONS = 128
BANDS = 32
ROWS = PERMUTATIONS // BANDS
SEED = 1
SHINGLE = 3
MOST_WORDS = 2_000
# At this share of equal places two texts are copies with light edits.
COPY = 0.5
# Titles this long in words are not equal by chance ("Morning briefing" is).
TELLING_TITLE = 5
# Below this many words likeness says nothing ("Here's the latest.").
FEWEST_WORDS = 8
# Copies share this much of the shorter title; an outlet's standing text under its every report does not.
TITLE_SHARED = 0.2
PACKED = struct.Struct(f"<H{PERMUTATIONS}I")
# What outlets put around a wire report's title.
FRAME = re.compile(
    r"^(?:watch|video|live|breaking|exclusive|update(?:\s\d{1,2})?|opinion|explainer|analysis|photos)\s?[:|–—-]\s|\s[|–—-]\s[^|–—]{2,30}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signature:
    """MinHash of the wording (128 numbers below 2**32), its length in words (at most 2,000) and the title's words.

    `bytes` of it can be stored.
    """

    digest: tuple[int, ...]
    length: int
    title: str

    def __bytes__(self) -> bytes:
        return PACKED.pack(self.length, *self.digest) + self.title.encode()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Signature":
        """The signature whose `bytes` are `stored`. Raises ValueError on anything else."""
        try:
            length, *digest = PACKED.unpack_from(stored)
            return cls(tuple(digest), length, bytes(stored[PACKED.size :]).decode())
        except (struct.error, UnicodeDecodeError) as error:
            raise ValueError("not a stored signature") from error


def signature(title: str, body: str) -> Signature:
    """The signature of an entry from its title and plain text; the first 2,000 words count."""
    words = tokens(f"{title[:1_000]} {body[:40_000]}")[:MOST_WORDS]
    hashed = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    hashed.update(list(_shingles(words)))
    return Signature(tuple(hashed.digest()), len(words), title_key(title))


def title_key(title: str) -> str:
    """The title's words without frame, case and punctuation, so that reprints under one title are equal."""
    return " ".join(word.group().lower().replace("’", "'") for word in TOKEN.finditer(FRAME.sub("", title[:1_000])))


def _shingles(words: list[str]) -> Iterator[str]:
    if len(words) < SHINGLE:
        yield " ".join(words)
    for place in range(len(words) - SHINGLE + 1):
        yield " ".join(words[place : place + SHINGLE])


def bands(one: Signature) -> tuple[bytes, ...]:
    """Keys to look candidates up by: two copies share at least one of them with a chance near 1.

    32 bands of 4 numbers each, and the title where it tells enough.
    """
    keys = tuple(struct.pack(f"<B{ROWS}I", band, *one.digest[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS))
    return (*keys, b"T" + one.title.encode()) if _telling(one.title) else keys


def number_of(key: bytes) -> int:
    """A band's key as a database keeps it: 64 bits, signed."""
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big", signed=True)


def likeness(one: Signature, other: Signature) -> float:
    """Estimated share of common three-word runs, 0 to 1."""
    return sum(a == b for a, b in zip(one.digest, other.digest, strict=True)) / PERMUTATIONS


def same_story(one: Signature, other: Signature) -> bool:
    """Whether two entries are one report: light edits of one wording, or one telling title."""
    if one.title == other.title and _telling(one.title):
        return True
    if min(one.length, other.length) < FEWEST_WORDS or likeness(one, other) < COPY:
        return False
    mine, theirs = stems(one.title), stems(other.title)
    return len(mine & theirs) >= TITLE_SHARED * min(len(mine), len(theirs))


def _telling(title: str) -> bool:
    return sum(word not in STOP_WORDS for word in title.split()) >= TELLING_TITLE
