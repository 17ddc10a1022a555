"""The labels that models are trained on."""

import csv
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from lab.train import labels
from language.classifiers.protocol import STANCES

DATA = Path(__file__).parents[4] / "shared" / "data"


def rows():
    with (labels.OURS / "news.csv").open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_each_pair_has_a_label_that_may_be_and_a_proposition():
    known = {row["id"] for row in json.loads((labels.OURS / "propositions.json").read_text())}
    for row in rows():
        assert row["proposition"] in known
        assert row["stance"] in (STANCES if row["relevance"] in "12" else ("",))


def test_no_pair_is_labelled_twice():
    assert max(Counter((row["proposition"], row["entry"]) for row in rows()).values()) == 1


def test_there_are_many_of_each_kind():
    counts = Counter(row["stance"] for row in rows())
    assert sum(counts.values()) >= 3000
    assert min(counts.values()) >= 400


@pytest.mark.shared
@pytest.mark.skipif(not (DATA / "newswire").exists(), reason="the news is not beside this checkout")
def test_the_labels_find_their_news():
    found = labels.ours(DATA)
    assert len(found) == len(rows())
    assert all(each.pair.title for each in found)


@pytest.mark.shared
@pytest.mark.skipif(not (DATA / "gold_evidence").exists(), reason="the labelled pairs are not beside this checkout")
def test_those_of_others_come_in_the_same_form():
    found = labels.gold(DATA)
    assert {each.stance for each in found} == {"", *STANCES}
    assert {each.relevance for each in found} == {0, 1, 2}


def test_other_news_is_noticed(tmp_path):
    (tmp_path / "newswire").mkdir()
    with gzip.open(tmp_path / "newswire" / "entries.jsonl.gz", "wt") as stream:
        stream.write('{"title": "Another", "description": ""}\n')
    with pytest.raises(labels.OtherNews, match="is not the one that was labelled"):
        labels.ours(tmp_path)
