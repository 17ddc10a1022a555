"""Stories: entries that tell the same report, found by MinHash and by equal titles, however often syndicated."""

import hashlib
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from language.sentences.words import STOP_WORDS, TOKEN, stems

PERMUTATIONS = 64
# Two numbers a key: of copies with 0.6 of all places equal, 93 in 100 share a key; with 0.7, 98; with 0.8, all but two
# in a thousand. Those under one title meet in any case.
KEYS = 6
SEED = 1
SHINGLE = 3
# Two odd numbers, so that a run of words is not the same in another order.
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
Numbers = NDArray[np.uint64]
# Where a wire report begins, outlets agree; further down they cut it off at different places.
MOST_WORDS = 80
MOST_CHARACTERS = 800
# At this share of equal places two texts are copies with light edits.
COPY = 0.5
# Titles this long in words are not equal by chance ("Morning briefing" is).
TELLING_TITLE = 5
# Below this many words likeness says nothing ("Here's the latest.").
FEWEST_WORDS = 8
# Below this many no copy is looked for.
FEWEST_KEYED = 5
# Copies share this much of the shorter title; an outlet's standing text under its every report does not.
TITLE_SHARED = 0.2
_HEAD = 2 + 4 * PERMUTATIONS
_DIGEST = struct.Struct(f"<{PERMUTATIONS}I")
_LEADING_KEYS = struct.Struct(f"<{KEYS}q")
# Marks that stand between words or hang on them; outlets change them.
_MARKS = str.maketrans(dict.fromkeys(".,;:!?()[]{}<>|/\\*_&\"'`´“”„‘’‚«»-–—…·•", " "))
# What outlets put around a wire report's title.
FRAME = re.compile(
    r"^(?:watch|video|live|breaking|exclusive|update(?:\s\d{1,2})?|opinion|explainer|analysis|photos)\s?[:|–—-]\s|\s[|–—-]\s[^|–—]{2,30}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signature:
    """MinHash of the wording (64 numbers of four bytes), its length in words (at most 80) and the title's words.

    `bytes` of it can be stored.
    """

    digest: bytes
    length: int
    title: str

    def __bytes__(self) -> bytes:
        return self.length.to_bytes(2, "little") + self.digest + self.title.encode()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Signature":
        """The signature whose `bytes` are `stored`. Raises ValueError on anything else."""
        try:
            title = stored[_HEAD:].decode()
        except UnicodeDecodeError as error:
            raise ValueError("not a stored signature") from error
        if len(stored) < _HEAD:
            raise ValueError("not a stored signature")
        return cls(stored[2:_HEAD], int.from_bytes(stored[:2], "little"), title)


def signature(title: str, body: str) -> Signature:
    """The signature of one entry; see `signatures`."""
    return signatures([(title, body)])[0]


def signatures(texts: Sequence[tuple[str, str]]) -> list[Signature]:
    """The signature of each entry from its title and plain text; the first 80 words count."""
    wordings = [
        f"{title[:200]} {body[:MOST_CHARACTERS]}".translate(_MARKS).lower().split()[:MOST_WORDS]
        for title, body in texts
    ]
    if not texts:
        return []
    runs, ends = _runs(wordings)
    digests = RMinHash.digest_matrix_from_flat_token_hashes(runs, ends, PERMUTATIONS, SEED).to_rows()
    return [
        Signature(_DIGEST.pack(*digest), len(words), title_key(title))
        for digest, words, (title, _) in zip(digests, wordings, texts, strict=True)
    ]


def title_key(title: str) -> str:
    """The title's words without frame, case and punctuation, so that reprints under one title are equal."""
    return " ".join(TOKEN.findall(FRAME.sub("", title[:1_000]).lower().replace("’", "'")))


def _runs(wordings: Sequence[Sequence[str]]) -> tuple[Numbers, Numbers]:
    """A number for each run of SHINGLE words of each text, text after text, and where each begins and the last ends."""
    lengths = np.fromiter((max(len(words), SHINGLE) for words in wordings), dtype=np.int64, count=len(wordings))
    ends = np.cumsum(lengths)
    numbers = np.zeros(int(lengths.sum()), dtype=np.uint64)
    for start, words in zip((ends - lengths).tolist(), wordings, strict=True):
        numbers[start : start + len(words)] = [_number(word) for word in words]
    runs = numbers[:-2] * _FIRST + numbers[1:-1] * _SECOND + numbers[2:]
    is_within = np.ones(len(numbers), dtype=bool)
    for back in range(1, SHINGLE):
        is_within[ends - back] = False
    starts = np.concatenate(([0], np.cumsum(lengths - (SHINGLE - 1)))).astype(np.uint64)
    return runs[is_within[:-2]], starts


@lru_cache(maxsize=100_000)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def keys(signature: Signature) -> tuple[int, ...]:
    """Signed 64-bit numbers under which copies meet: KEYS of the wording, and one of a title that tells enough.

    None where there are so few words that they are alike by chance.
    """
    if signature.length < FEWEST_KEYED:
        return ()
    wording: tuple[int, ...] = _LEADING_KEYS.unpack_from(signature.digest)
    if not _tells_enough(signature.title):
        return wording
    title = hashlib.blake2b(signature.title.encode(), digest_size=8).digest()
    return (*wording, int.from_bytes(title, "big", signed=True))


def likeness(one: Signature, other: Signature) -> float:
    """Estimated share of common three-word runs, 0 to 1."""
    pairs = zip(_DIGEST.unpack(one.digest), _DIGEST.unpack(other.digest), strict=True)
    return sum(1 for a, b in pairs if a == b) / PERMUTATIONS


def same_story(one: Signature, other: Signature) -> bool:
    """Whether two entries are one report: light edits of one wording, or one telling title."""
    if one.title == other.title and _tells_enough(one.title):
        return True
    if min(one.length, other.length) < FEWEST_WORDS or likeness(one, other) < COPY:
        return False
    mine, theirs = stems(one.title), stems(other.title)
    return len(mine & theirs) >= TITLE_SHARED * min(len(mine), len(theirs))


def _tells_enough(title: str) -> bool:
    return sum(word not in STOP_WORDS for word in title.split()) >= TELLING_TITLE
