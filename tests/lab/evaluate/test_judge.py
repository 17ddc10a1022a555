"""`evaluate judge` as a command: rows in, judgements out, figures beside labels, and one line for what does not fit."""

import gzip
import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.commands import run_here
from tests.loopback import Site, reply
from tests.servers import clean_environment

ROOT = Path(__file__).parents[3]
CLAIM = "Norland will sign the border treaty with Sudmark"
BODY = (
    "Norland and Sudmark signed the border treaty on Monday, ending a dispute of thirty years. "
    "The two presidents shook hands before the cameras. The treaty takes effect in May. "
)
PAIRS = [
    {"id": "a", "claim": CLAIM, "title": "Norland signs border treaty with Sudmark", "published": "2026-02-05"},
    {"id": "b", "claim": CLAIM, "title": "Ten soups for a cold evening", "description": "Begin with the onions."},
    {"id": 3, "claim": CLAIM, "title": "", "description": BODY * 8, "published": "2026-02-05T10:00:00+01:00"},
    {"id": "d", "claim": CLAIM, "question": "Will it?", "keywords": ["treaty"], "actors": None, "title": ""},
]


def judge(folder, *pairs, labels=None, arguments=(), door=run_here):
    """The command's end, with pairs and labels given as rows or as bare lines."""
    (folder / "in.jsonl").write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in pairs))
    command = ["evaluate", "judge", "--pairs", folder / "in.jsonl", "--out", folder / "out.jsonl", *arguments]
    if labels is not None:
        (folder / "labels.jsonl").write_text("\n".join(map(json.dumps, labels)))
        command += ["--labels", folder / "labels.jsonl"]
    return door(*command)


def run_apart(*arguments, **variables):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean_environment(**variables),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def answers(folder):
    return [json.loads(line) for line in (folder / "out.jsonl").read_text("utf-8").splitlines()]


def test_each_pair_gets_a_judgement_in_its_place(tmp_path):
    done = judge(tmp_path, *PAIRS, door=run_apart)
    assert done.returncode == 0, done.stderr
    found = answers(tmp_path)
    assert [row["id"] for row in found] == ["a", "b", 3, "d"]
    assert [row["attach"] for row in found] == [True, False, True, False]
    for row in found:
        assert set(row) == {"id", "relevance", "attach", "stance", "p", "passage"}
        assert 0 <= row["relevance"] <= 1
        assert sum(row["p"].values()) == pytest.approx(1, abs=1e-5)
        assert row["p"][row["stance"]] == max(row["p"].values())


def test_a_packed_file_is_read_alike(tmp_path):
    judge(tmp_path, *PAIRS[:2])
    plain = answers(tmp_path)
    (tmp_path / "in.jsonl.gz").write_bytes(gzip.compress((tmp_path / "in.jsonl").read_bytes()))
    again = judge(tmp_path, "", arguments=["--pairs", tmp_path / "in.jsonl.gz"])
    assert (again.returncode, answers(tmp_path)) == (0, plain)


def test_labels_give_figures_and_matrices(tmp_path):
    labels = [
        {"pair": "a", "relevance": 2, "stance": "supports", "proposition": "x"},
        {"id": "b", "relevance": 0, "stance": None},
        {"id": 3, "relevance": 1, "stance": "neutral"},
        {"id": "elsewhere", "relevance": 1},
    ]
    done = judge(tmp_path, *PAIRS, labels=labels)
    assert "Relevance, 3 pairs: precision 1.000, recall 1.000, F1 1.000, average precision 1.000" in done.stdout
    assert "Stance, 2 relevant pairs" in done.stdout
    figures = json.loads(judge(tmp_path, *PAIRS, labels=labels, arguments=["--json"]).stdout)
    assert (figures["pairs"], figures["related"], figures["with_kind"]) == (4, [[1, 0], [0, 2]], 3)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{", "not valid JSON in UTF-8: write one object a line"),
        ("[" * 20_000, "not valid JSON"),
        ("[1]", "not a JSON object"),
        ({"id": "x", "title": "t"}, 'give "claim" as a string'),
        ({"id": "x", "claim": " ", "title": "t"}, '"claim" is empty'),
        ({"claim": "c", "title": "t"}, 'give "id" as a string or a whole number'),
        ({"id": "a", "claim": "c", "title": "t"}, 'another row has the id "a"'),
        ({"id": "x", "claim": "c", "title": 4}, 'give "title" as a string, or leave it out'),
        ({"id": "x", "claim": "c", "keywords": "one"}, 'give "keywords" as a list of strings'),
        ({"id": "x", "claim": "c", "published": "last week"}, '"published" is no date: write it as 2026-02-05'),
    ],
)
def test_a_row_that_does_not_fit_is_refused_by_its_line(tmp_path, row, words):
    done = judge(tmp_path, PAIRS[0], row)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{tmp_path / 'in.jsonl'}, line 2: " in done.stderr
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["in.jsonl"]


def test_an_earlier_answer_outlives_a_refusal(tmp_path):
    (tmp_path / "out.jsonl").write_text("kept")
    assert judge(tmp_path, PAIRS[0], "{").returncode == 2
    assert (tmp_path / "out.jsonl").read_text() == "kept"


@pytest.mark.parametrize("label", [{"id": "a", "relevance": 3}, {"id": "a", "stance": "agrees"}, {"relevance": 1}])
def test_a_label_that_does_not_fit_is_refused_by_its_line(tmp_path, label):
    done = judge(tmp_path, PAIRS[0], labels=[label])
    assert done.returncode == 2
    assert f"{tmp_path / 'labels.jsonl'}, line 1: give" in done.stderr


def test_labels_of_other_pairs_are_no_figures(tmp_path):
    done = judge(tmp_path, PAIRS[0], labels=[{"id": "z", "relevance": 1}])
    assert (done.returncode, "give both the same ids" in done.stderr) == (2, True)


@pytest.mark.parametrize("out", ["/dev/null", "{folder}/none/out.jsonl"])
def test_a_place_that_cannot_be_written_is_said(tmp_path, out):
    done = judge(tmp_path, PAIRS[0], arguments=["--out", out.format(folder=tmp_path)])
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)


def test_an_empty_file_gives_an_empty_answer(tmp_path):
    done = judge(tmp_path)
    assert (done.returncode, answers(tmp_path)) == (0, [])


def test_odd_texts_are_judged_and_not_attached(tmp_path):
    texts = ["", "Yes", "\u200b\u200d\ufeff", "\ud800 half", "Сегодня шёл дождь.", "\x00", "a " * 500_000, "ا" * 2000]
    rows = [{"id": number, "claim": CLAIM, "title": "", "description": text} for number, text in enumerate(texts)]
    done = judge(tmp_path, *rows)
    assert done.returncode == 0, done.stderr
    assert [(row["attach"], row["stance"]) for row in answers(tmp_path)] == [(False, "mentions")] * len(texts)


def test_a_language_model_is_measured_in_the_same_way(tmp_path):
    said = {"bears": 0.9, "supports": 0.1, "contradicts": 0.7, "mentions": 0.2, "passage": ""}
    answer = {"choices": [{"message": {"content": json.dumps(said)}, "finish_reason": "stop"}]}
    labels = [{"id": "a", "relevance": 2, "stance": "contradicts"}, {"id": "b", "relevance": 0, "stance": None}]
    with Site() as site:
        site.at("/v1/chat/completions", reply(json.dumps(answer).encode()))
        done = judge(
            tmp_path,
            *PAIRS[:2],
            labels=labels,
            arguments=["--backend", "openai"],
            door=partial(run_apart, HINDCAST_LLM_URL=site.url("/v1"), HINDCAST_LLM_MODEL="small"),
        )
    assert done.returncode == 0, done.stderr
    assert [row["stance"] for row in answers(tmp_path)] == ["contradicts", "contradicts"]
    assert "2 pairs judged by openai small prompt 1, 2 of them labelled." in done.stdout


@pytest.mark.parametrize(("name", "word"), [("openai", "HINDCAST_LLM_URL"), ("onnx", "HINDCAST_NLI_FOLDER")])
def test_a_reader_without_its_settings_says_which(tmp_path, name, word):
    done = judge(tmp_path, PAIRS[0], arguments=["--backend", name], door=run_apart)
    assert done.returncode == 2
    assert word in done.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_pairs_with_a_category_or_a_strength_are_told_by_category(tmp_path):
    plain = {"relevance": 2, "stance": "supports", "strength": "decisive", "why": "signed"}
    other = {"relevance": 0, "stance": None, "why": "other-matter"}
    labels = [{"id": "a", **plain}, {"id": "b", **other}, {"id": 3, **plain, "stance": "contradicts"}]
    done = judge(tmp_path, *PAIRS[:3], labels=labels, arguments=["--json"])
    rows = {row["category"]: row for row in json.loads(done.stdout)["categories"]}
    assert list(rows) == ["decisive or strong", "signed", "other-matter"]
    assert rows["decisive or strong"] == {"category": "decisive or strong", "pairs": 2, "right": 1, "opposite": 1}
    assert rows["other-matter"]["right"] == 1
    told = judge(tmp_path, *PAIRS[:3], labels=labels).stdout
    assert "decisive or strong" in told
    assert "decisive or strong" not in judge(tmp_path, *PAIRS[:3], labels=[{"id": "a", "relevance": 2}]).stdout


def test_a_row_is_judged_from_what_was_decided_before(tmp_path):
    waits = {**PAIRS[0], "question": "Will Norland sign?", "keywords": ["border treaty"]}
    for stance in ("supports", "contradicts"):
        done = judge(tmp_path, {**waits, "decided": [{"title": "Norland signs its border treaty", "stance": stance}]})
        assert (done.returncode, answers(tmp_path)[0]["stance"]) == (0, stance)


@pytest.mark.parametrize(
    ("decided", "words"),
    [
        ("all", '"decided" as a list of objects'),
        ([{"title": "A", "stance": "yes"}], '"stance" of what was decided'),
        ([{"title": 3, "stance": None}], '"title" as a string'),
        ([{"title": "A", "stance": None}] * 201, "at most 200"),
    ],
)
def test_decisions_that_are_none_are_refused_with_their_line(tmp_path, decided, words):
    done = judge(tmp_path, PAIRS[1], {**PAIRS[0], "decided": decided})
    assert done.returncode == 2
    assert words in done.stderr
    assert "line 2" in done.stderr


def test_example_headlines_tell_the_direction_before_any_decision(tmp_path):
    told = {"supports": ["Norland signs border treaty"], "contradicts": ["Norland walks out of treaty talks"]}
    turned = {"supports": told["contradicts"], "contradicts": told["supports"]}
    rows = [{**PAIRS[0], "id": name, "examples": examples} for name, examples in (("so", told), ("turned", turned))]
    assert judge(tmp_path, *rows).returncode == 0
    so, other = (row["p"] for row in answers(tmp_path))
    assert so["supports"] / so["contradicts"] > other["supports"] / other["contradicts"]
    assert so["mentions"] == pytest.approx(other["mentions"])


@pytest.mark.parametrize("examples", [["A headline"], {"supports": "A headline"}])
def test_examples_that_are_none_are_refused_with_their_line(tmp_path, examples):
    done = judge(tmp_path, {**PAIRS[0], "examples": examples})
    assert (done.returncode, "line 1" in done.stderr) == (2, True)
