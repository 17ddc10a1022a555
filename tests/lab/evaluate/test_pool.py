"""`evaluate pool` as a command: forecasts in, a probability a question out, and one line for what does not fit."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from forecasts.maths.pooling import pool
from forecasts.refused import Refused
from lab.evaluate import pool as subject

ROOT = Path(__file__).parents[3]
PROFESSIONALS = ROOT.parent / "shared" / "data" / "human_forecasts" / "pros_2024.csv"
COLUMNS = "question,forecaster,probability\n"
TIMED = "question,forecaster,probability,at\n"


def answers(folder, text):
    """What comes of a file: the answers by question."""
    (folder / "in.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    subject.run({"forecasts": folder / "in.csv", "out": folder / "out.csv"}, io.StringIO())
    with (folder / "out.csv").open(newline="") as lines:
        return {row["question"]: float(row["probability"]) for row in csv.DictReader(lines)}


def refusal(folder, text):
    with pytest.raises(Refused) as refused:
        answers(folder, text)
    assert not (folder / "out.csv").exists()
    return str(refused.value)


def test_the_command_answers_every_question(tmp_path):
    (tmp_path / "in.csv").write_text(COLUMNS + "rain,ann,0.2\nsnow,ann,0.9\nrain,bob,0.4\n")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HINDCAST", "DJANGO"))}
    command = [sys.executable, "manage.py", "evaluate", "pool", "--forecasts", tmp_path / "in.csv"]
    command += ["--out", tmp_path / "out.csv"]
    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 standing forecasts on 2 questions" in done.stdout
    assert (tmp_path / "out.csv").read_text().splitlines()[0] == "question,probability"


def test_without_times_all_weigh_the_same_and_lines_may_be_mixed(tmp_path):
    rows = ["rain,ann,0.1\n", "rain,bob,0.4\n", "rain,cyd,0.7\n"]
    expected = pytest.approx(pool([0.1, 0.4, 0.7], weights=[1, 1, 1]))
    assert answers(tmp_path, COLUMNS + "".join(rows))["rain"] == expected
    assert answers(tmp_path, COLUMNS + "".join(reversed(rows)))["rain"] == expected


def test_with_times_the_newer_weigh_more_wherever_they_stand(tmp_path):
    text = "rain,cyd,0.7,2026-01-03\nrain,ann,0.1,2026-01-01T09:00:00+02:00\nrain,bob,0.4,2026-01-01T08:00:00Z\n"
    assert answers(tmp_path, TIMED + text)["rain"] == pytest.approx(pool([0.1, 0.4, 0.7]))


def test_the_last_forecast_of_a_forecaster_counts(tmp_path):
    assert answers(tmp_path, COLUMNS + "rain,ann,0.2\nrain,ann,0.6\n") == {"rain": pytest.approx(0.6)}
    text = "rain,ann,0.2,2026-01-02\nrain,ann,0.6,2026-01-01\nrain,ann,0.3,2026-01-02\n"
    assert answers(tmp_path, TIMED + text) == {"rain": pytest.approx(0.3)}


def test_certainty_is_clipped(tmp_path):
    found = answers(tmp_path, COLUMNS + "rain,ann,0\nsnow,ann,1\nhail,ann,0.001\n")
    assert found == {"rain": pytest.approx(0.01), "snow": pytest.approx(0.99), "hail": pytest.approx(0.01)}


@pytest.mark.parametrize("cell", ["nan", "likely", "", "1.2", "-0.1", "inf", "70%"])
def test_what_is_no_probability_is_refused_by_line_and_name(tmp_path, cell):
    message = refusal(tmp_path, COLUMNS + f"rain,ann,0.2\nrain,bob,{cell}\n")
    assert "line 3, bob on rain: " in message
    assert "such as 0.7" in message


def test_names_in_a_refusal_stay_on_one_line(tmp_path):
    assert "bob b. on rain: " in refusal(tmp_path, COLUMNS + 'rain,"bob\nb.",nan\n')


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1: name the columns"),
        ("question,probability\nrain,0.2\n", "line 1: name the columns"),
        ("question,forecaster,probability,question\n", "line 1: name the columns"),
        (COLUMNS + "rain,ann\n", "line 2: 2 cells under 3 columns"),
        (COLUMNS + ",ann,0.2\n", "line 2: the question is empty"),
        (COLUMNS + f"rain,{'a' * 1001},0.2\n", "line 2: the forecaster's name is too long"),
        (TIMED + "rain,ann,0.2,\n", "line 2: '' is no time"),
        (TIMED + "rain,ann,0.2,yesterday\n", "line 2: 'yesterday' is no time"),
        (TIMED + "rain,ann,0.2,0001-01-01T00:00:00+10:00\n", "is no time"),
        (COLUMNS + f'rain,"{"a" * 200_000}",0.2\n', "is no CSV file"),
        (COLUMNS.encode() + b"r\xff,ann,0.2\n", "is not in UTF-8"),
    ],
)
def test_a_damaged_file_is_refused_in_one_line(tmp_path, text, words):
    message = refusal(tmp_path, text)
    assert words in message
    assert "\n" not in message


def test_files_that_cannot_be_read_or_written_are_named(tmp_path):
    with pytest.raises(Refused, match="cannot be read: No such file"):
        subject.run({"forecasts": tmp_path / "missing.csv", "out": tmp_path / "out.csv"}, io.StringIO())
    (tmp_path / "in.csv").write_text(COLUMNS)
    with pytest.raises(Refused, match="is no plain file"):
        subject.run({"forecasts": tmp_path / "in.csv", "out": tmp_path}, io.StringIO())


def test_odd_but_clear_files_are_read(tmp_path):
    assert answers(tmp_path, COLUMNS) == {}
    text = '\ufeffat,extra,probability,forecaster,question\r\n2026-01-01,x, 0.2 ,ann,"rain, or snow"\r\n\r\n'
    assert answers(tmp_path, text) == {"rain, or snow": pytest.approx(0.2)}


@pytest.mark.shared
@pytest.mark.skipif(not PROFESSIONALS.exists(), reason="the forecasts of professionals are not beside this checkout")
def test_the_pool_of_professionals_beats_their_median(tmp_path):
    with PROFESSIONALS.open() as lines:
        rows = list(csv.DictReader(lines))
    found = answers(tmp_path, PROFESSIONALS.read_bytes())
    outcomes = {row["question"]: float(row["outcome"]) for row in rows}
    plain = {name: median(float(row["probability"]) for row in rows if row["question"] == name) for name in outcomes}
    ours, theirs = (
        sum((chances[name] - outcome) ** 2 for name, outcome in outcomes.items()) / len(outcomes)
        for chances in (found, plain)
    )
    assert ours < theirs
    assert ours <= 0.1450
