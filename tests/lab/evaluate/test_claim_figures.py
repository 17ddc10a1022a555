"""Figures of proposed claims beside labelled predictions, by `evaluate extract --texts --labels`."""

import json

import pytest
from django.core.management import CommandError, call_command

from lab.evaluate.claim_figures import same_speaker

PLAN = "The ministry will open two new harbours by March 2031."
TEXT = f"{PLAN} Thank you for the flowers that we had today."
PREDICTION = {"start": 0, "end": len(PLAN), "track": 2, "speaker": "author", "deadline": "2031-03-31", "side": "yes"}


@pytest.fixture
def extract(tmp_path, capsys):
    """Runs the command over texts and labels given as rows; gives what it wrote and what it printed."""

    def run(texts, labels=None):
        paths = {name: tmp_path / name for name in ("texts", "labels", "out")}
        paths["texts"].write_text("".join(json.dumps(row) + "\n" for row in texts))
        paths["labels"].write_text("".join(json.dumps(row) + "\n" for row in labels or []))
        options = [f"--{name}={path}" for name, path in paths.items() if name != "labels" or labels is not None]
        call_command("evaluate", "extract", *options)
        return [json.loads(line) for line in paths["out"].read_text().splitlines()], capsys.readouterr().out

    return run


def text(key="a", words=TEXT, **fields):
    return {"id": key, "published": "2030-01-02", "text": words, **fields}


def test_each_text_gets_a_line_with_its_claims_and_their_drafts(extract):
    (first, second), _ = extract(
        [text(title="Plans of the ministry"), text("b", "Nous partirons demain matin de Lyon.")]
    )
    (claim,) = [row for row in first["claims"] if row["kind"] == "forecastable"]
    assert (claim["text"], claim["speaker"], claim["deadline"]) == (PLAN, "author", "2031-03-31")
    assert claim["question"].startswith("Will the ministry open at least two new harbours")
    assert (second["id"], second["language"], second["claims"]) == ("b", "French", [])


def test_what_is_right_counts_as_right(extract):
    _, printed = extract([text()], [{"id": "a", "predictions": [PREDICTION]}])
    assert "found 1.000 (1 of 1)" in printed
    assert "speaker right 1.000 (1 of 1)  deadline right 1.000 (1 of 1)  side right 1.000 (1 of 1)" in printed
    assert "question drafted 1.000 (1 of 1)" in printed


def test_what_is_wrong_counts_as_wrong(extract):
    wrong = {**PREDICTION, "speaker": "Ada Lund", "deadline": None, "side": "no"}
    _, printed = extract([text()], [{"id": "a", "predictions": [wrong, {**PREDICTION, "start": 60, "end": 80}]}])
    assert "found 0.500 (1 of 2)" in printed
    assert "speaker right 0.000 (0 of 1)  deadline right 0.000 (0 of 1)  side right 0.000 (0 of 1)" in printed


def test_proposals_on_texts_without_predictions_are_told(extract):
    _, printed = extract([text()], [{"id": "a", "predictions": []}])
    assert "1 texts without any: 1 proposals above 0.5 at most, 1 in all" in printed


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ({"id": "a"}, 'no predictions: give "predictions" as a list'),
        ({"id": "a", "predictions": [{"start": 3}]}, "a prediction without a span"),
        ({"id": "a", "predictions": [{**PREDICTION, "track": 3}]}, 'give "track" as 0, 1 or 2'),
        ({"id": "a", "predictions": [{**PREDICTION, "deadline": "soon"}]}, '"deadline" is no date'),
        ({"id": "a", "predictions": [{**PREDICTION, "side": "maybe"}]}, 'give "side" as yes or no'),
        ({"id": "z", "predictions": []}, "labels none of the texts"),
    ],
)
def test_labels_that_do_not_fit_are_refused_by_line(extract, label, said):
    with pytest.raises(CommandError, match=said):
        extract([text()], [label])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "a", "text": "x"}, 'no day: give "published"'),
        ({"id": "a", "published": "2030-01-02"}, 'give "text" as a string'),
        ({"id": "a", "published": "2030-01-02", "text": " "}, '"text" is empty'),
    ],
)
def test_texts_that_do_not_fit_are_refused_by_line(extract, row, said):
    with pytest.raises(CommandError, match=said):
        extract([row])


@pytest.mark.parametrize(
    ("found", "wanted", "same"),
    [
        ("Ada Lund", "Ada Lund", True),
        ("Ms Lund", "Ada Lund", True),
        ("author", "author", True),
        ("the bank’s analysts", "analysts", True),
        ("author", "Ada Lund", False),
        ("Ada Holm", "Ada Lund", False),
    ],
)
def test_speakers_are_one_where_one_wording_holds_the_last_word_of_the_other(found, wanted, same):
    assert same_speaker(found, wanted) is same
