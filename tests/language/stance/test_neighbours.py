import json
from datetime import date
from pathlib import Path

import pytest

from language.classifiers.protocol import Pair
from language.sentences.embeddings import load_minilm
from language.stance import entries

FILE = Path(__file__).parent / "data" / "neighbours.jsonl"
ROWS = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
KINDS = ("figures", "denials", "delays", "reversals", "outcomes", "states", "turned")


@pytest.fixture(scope="module")
def said():
    pairs = [
        Pair(
            claim=row["claim"],
            title=row["title"],
            body=row["description"],
            published=date.fromisoformat(row["published"]),
            deadline=date.fromisoformat(row["deadline"]),
        )
        for row in ROWS
    ]
    return list(zip(ROWS, entries.judge(pairs, encoder=load_minilm()), strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_plain_headlines_of_each_kind_but_one_at_most_get_the_stance_that_any_reader_gives(said, kind):
    wrong = [row["title"] for row, answer in said if row["kind"] == kind and answer.stance != row["stance"]]
    assert wrong[1:] == []


def test_of_those_who_ask_explain_or_plead_one_in_four_at_most_is_taken_for_a_side(said):
    voices = [answer.stance == "mentions" for row, answer in said if row["kind"] == "voices"]
    assert sum(voices) >= 0.75 * len(voices)


def test_no_plain_headline_is_called_the_opposite(said):
    sides = {"supports", "contradicts"}
    assert not [row["title"] for row, answer in said if {row["stance"], answer.stance} == sides]


def test_what_takes_a_side_says_how_strongly_and_what_does_not_says_nothing(said):
    for _, answer in said:
        if answer.stance == "mentions":
            assert (answer.strength, answer.why) == ("", "")
        assert answer.why == "" or answer.why.endswith(".")
