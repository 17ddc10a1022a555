"""The labelled pairs of proposition and news entry that models are trained and measured on.

Ours lie in `seeds/labels` as numbers of entries and labels, without any text; the words come from `data/newswire`.
Those of `data/gold_evidence` are somebody else's, by the same rules.
"""

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from language.classifiers.protocol import Pair

OURS = Path(__file__).parents[2] / "seeds" / "labels"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPair:
    """A pair; `relevance` is 0, 1 or 2, and `stance` one of STANCES, or "" where the entry is not relevant.

    `strength` is how strongly it bears on the claim, where that was labelled.

    Pairs of one `matter` must not lie on both sides of a split: propositions on it share entries or wording.
    """

    key: str
    proposition: str
    matter: str
    pair: Pair
    relevance: int
    stance: str
    published_at: str = ""
    strength: str = ""


class OtherNews(Exception):
    """The news at hand is not the news that was labelled."""


def gold(data: Path) -> list[LabelledPair]:
    """The pairs of `data/gold_evidence`."""
    folder = data / "gold_evidence"
    questions = {row["id"]: row for row in json.loads((folder / "propositions.json").read_text("utf-8"))}
    return [
        LabelledPair(
            key=row["pair"],
            proposition=row["proposition"],
            matter=row["proposition"],
            pair=_pair(questions[row["proposition"]], row["entry"]),
            relevance=row["relevance"],
            stance={"neutral": "mentions", None: ""}.get(row["stance"], row["stance"]),
            published_at=row["entry"].get("published") or "",
        )
        for row in read_lines(folder / "pairs.jsonl.gz")
    ]


def plain(data: Path) -> list[LabelledPair]:
    """The pairs of `data/plain_stance`: claims with headlines that settle them, move them, or plainly do not."""
    folder = data / "plain_stance"
    claims = {row["id"]: row for row in json.loads((folder / "claims_dev.json").read_text("utf-8"))}
    return [
        LabelledPair(
            key=row["id"],
            proposition=row["claim_id"],
            matter=row["claim_id"],
            pair=replace(
                _pair(claims[row["claim_id"]], row),
                opens=date.fromisoformat(claims[row["claim_id"]]["opens"]),
                deadline=date.fromisoformat(claims[row["claim_id"]]["deadline"]),
            ),
            relevance=row["relevance"],
            stance=row["stance"] or "",
            strength=row["strength"] or "",
        )
        for row in map(json.loads, (folder / "dev.jsonl").read_text("utf-8").splitlines())
    ]


def ours(data: Path, *, labels: Path = OURS) -> list[LabelledPair]:
    """The pairs of `seeds/labels`; raises OtherNews where `data/newswire` has other entries."""
    questions = {row["id"]: row for row in json.loads((labels / "propositions.json").read_text("utf-8"))}
    entries = list(read_lines(data / "newswire" / "entries.jsonl.gz"))
    pairs = []
    with (labels / "news.csv").open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream)):
            entry = entries[int(row["entry"])] if int(row["entry"]) < len(entries) else {"title": ""}
            if hashlib.sha256(entry["title"].encode()).hexdigest()[:8] != row["title_sha256"]:
                raise OtherNews(f"Entry {row['entry']} of {data / 'newswire'} is not the one that was labelled.")
            proposition = questions[row["proposition"]]
            pairs.append(
                LabelledPair(
                    key=f"{row['proposition']}-{number}",
                    proposition=row["proposition"],
                    matter=proposition["matter"],
                    pair=_pair(proposition, entry),
                    relevance=int(row["relevance"]),
                    stance=row["stance"],
                    published_at=entry.get("published") or "",
                )
            )
    return pairs


def _pair(question: dict[str, Any], entry: dict[str, Any]) -> Pair:
    return Pair(
        claim=question["claim"],
        question=question["question"],
        keywords=tuple(question["keywords"]),
        actors=tuple(question.get("actors", ())),
        title=entry["title"],
        body=entry["description"] or "",
        published=date.fromisoformat(entry["published"][:10]) if entry.get("published") else None,
    )


def read_lines(file: Path) -> Iterator[dict[str, Any]]:
    """The objects of a packed file of JSON lines."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
