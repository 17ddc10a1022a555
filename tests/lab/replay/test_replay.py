import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
QUESTION = {
    "id": "p1",
    "claim": "Gazprom and CNPC sign a gas contract for Power of Siberia 2.",
    "question": "Will Gazprom and CNPC sign a gas contract for Power of Siberia 2 by 31 Dec 2026?",
    "resolution_criteria": "Yes if both announce it.",
    "opens": "2025-05-09",
    "deadline": "2026-12-31",
    "keywords": ["Gazprom", "CNPC", "gas"],
}
HEADLINE = "Gazprom, CNPC sign Power of Siberia 2 gas contract"
BODY = "The Russian and Chinese firms agreed on volume and price of the gas on Monday, both companies announced."
SETTLED = {
    **QUESTION,
    "opens": "2026-01-01",
    "deadline": "2026-01-31",
    "prior": 0.2,
    "prior_reason": "Such talks take years.",
    "process": "event",
    "outcome": "yes",
    "settled": "2026-01-11",
}
DECISION = {
    "proposition": "p1",
    "link": "https://a.example/1?utm_source=feed",
    "stance": "supports",
    "strength": "strong",
    "at": "2026-01-01T18:00:00Z",
}
FORECASTS = """question,forecaster,probability,at
p1,ann,0.4,2026-01-02T09:00:00Z
p1,bob,0.6,2026-01-03T09:00:00Z
p1,ann,0.9,2026-01-30T09:00:00Z
"""
ENTRIES = [
    {"feed": "wire", "title": HEADLINE, "link": "https://a.example/1", "description": BODY},
    {"feed": "copy", "title": HEADLINE, "link": "https://b.example/9", "description": BODY},
    {"feed": "wire", "title": "England win the second Test at Lord's", "link": "https://a.example/2"},
]


def replay(folder: Path, *more: str, propositions: object = None, lines: list[str] | None = None):
    folder.joinpath("p.json").write_text(json.dumps([QUESTION] if propositions is None else propositions))
    rows = [{**row, "published": f"2026-01-0{day}T10:00:00+00:00"} for day, row in enumerate(ENTRIES, 1)]
    with gzip.open(folder / "e.jsonl.gz", "wt") as file:
        file.write("\n".join(lines if lines is not None else [json.dumps(row) for row in rows]))
    return run("--propositions", folder / "p.json", "--entries", folder / "e.jsonl.gz", "--out", folder / "out", *more)


def run(*arguments: object):
    command = [sys.executable, "manage.py", "replay", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HINDCAST")}
    # A folder that cannot be written to: a replay must not so much as look at the live state.
    environment["HINDCAST_VAR"] = "/proc/nowhere"
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900, check=False)


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_archived_news_runs_through_the_whole_pipe_without_a_live_database(tmp_path):
    done = replay(tmp_path, "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert report == json.loads((tmp_path / "out/report.json").read_text())
    assert (report["entries"], report["stories"], report["evidence"], report["steps"]) == (3, 2, 1, 3)
    (evidence,) = rows(tmp_path / "out/evidence.jsonl")
    assert evidence["proposition"] == "p1"
    assert evidence["link"] == "https://a.example/1"
    assert evidence["attached_at"] == "2026-01-02T00:00:00+00:00"
    estimate = rows(tmp_path / "out/estimates.jsonl")[0]
    assert estimate["proposition"] == "p1"
    assert [part["kind"] for part in estimate["parts"]] == ["prior"]


def test_a_deadline_that_passes_within_the_window_is_seen(tmp_path):
    done = replay(tmp_path, propositions=[{**QUESTION, "deadline": "2026-01-02"}])
    assert done.returncode == 0, done.stderr
    (change,) = rows(tmp_path / "out/statuses.jsonl")
    assert (change["proposition"], change["old"], change["new"]) == ("p1", "watching", "due")
    assert change["at"] == "2026-01-03T00:00:00+00:00"


def test_the_window_cuts_what_is_read(tmp_path):
    done = replay(tmp_path, "--json", "--since", "2026-01-02", "--until", "2026-01-03", "--step", "6h")
    report = json.loads(done.stdout.splitlines()[-1])
    assert (report["entries"], report["steps"]) == (1, 4)


def test_a_file_that_makes_no_sense_is_refused_in_one_line(tmp_path):
    done = replay(tmp_path, lines=["not json"])
    assert done.returncode == 2
    assert "line 1: not valid JSON" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out/report.json").exists()


def test_confirmed_stances_and_outcomes_are_scored_beside_the_prior(tmp_path):
    (tmp_path / "d.jsonl").write_text(json.dumps(DECISION))
    done = replay(tmp_path, "--json", "--decisions", tmp_path / "d.jsonl", propositions=[SETTLED])
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert (report["decisions"], report["rulings"], report["steps"]) == (1, 1, 11), "the clock goes on to the ruling"
    evidence, prior = (report["scores"]["ways"][way] for way in ("evidence", "prior"))
    # Odds of 1 to 4 become 2 to 1 at the end of the first of eleven days.
    assert prior["brier"]["mean"] == pytest.approx(0.64)
    assert evidence["brier"]["mean"] == pytest.approx((0.64 + 10 / 9) / 11, abs=0.03)
    assert evidence["log_gain"]["mean"] > 0.5
    scores = json.loads((tmp_path / "out/scores.json").read_text())
    assert scores["by_proposition"][0]["settled"] == "2026-01-11"
    assert scores["without_hindsight"]["propositions"] == 1
    for name in ("calibration.svg", "scores.svg"):
        assert "1 proposition" in (tmp_path / "out" / name).read_text()


def test_forecasts_make_a_crowd_and_what_comes_after_the_ruling_is_left_out(tmp_path):
    (tmp_path / "f.csv").write_text(FORECASTS)
    done = replay(tmp_path, "--forecasts", tmp_path / "f.csv", propositions=[SETTLED])
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert (report["forecasts"], report["forecasts_left"]) == (2, 1)
    assert "1 forecasts were made while their question was not open" in done.stdout
    crowd = report["scores"]["ways"]["crowd"]
    assert (crowd["propositions"], crowd["brier_gain"]["mean"] > 0) == (1, True), "both gave more than the prior"


def test_without_outcomes_it_says_that_nothing_was_scored(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/scores.json").write_text("of an earlier replay")
    done = replay(tmp_path)
    assert "nothing was scored" in done.stdout
    assert json.loads((tmp_path / "out/report.json").read_text())["scores"] is None
    assert not (tmp_path / "out/scores.json").exists()


def test_an_outcome_outside_of_the_window_is_not_ruled(tmp_path):
    done = replay(tmp_path, "--until", "2026-01-05", propositions=[SETTLED])
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert (report["rulings"], report["rulings_left"], report["scores"]) == (0, 1, None)
    assert "1 outcomes lie outside of the replayed time" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Give --propositions and --entries, or --seeds"),
        (("--seeds", "--since", "2026-01-01"), "leave out --since"),
        (("--suggestions",), "--suggestions goes with --seeds"),
    ],
)
def test_arguments_that_do_not_go_together_are_refused(tmp_path, arguments, words):
    done = run("--out", tmp_path / "out", *arguments)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert words in done.stderr


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_seeds_confirmed_as_a_curator_would_beat_their_priors(tmp_path):
    done = run("--seeds", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "23 of 23 were written with hindsight" in done.stdout
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["decisions"], report["rulings"]) == (169, 23)
    assert report["scores"]["ways"]["evidence"]["log_gain"]["low"] > 0
    assert report["scores"]["ways"]["estimate"]["brier_gain"]["mean"] > -0.01
    assert {row["proposition"] for row in rows(tmp_path / "estimates.jsonl")} >= {"power-of-siberia-2-contract"}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_seeds_on_suggestions_alone_do_no_harm(tmp_path):
    done = run("--seeds", "--suggestions", "--json", "--out", tmp_path)
    report = json.loads(done.stdout.splitlines()[-1])
    assert (report["decisions"], report["rulings"]) == (0, 23)
    assert report["scores"]["ways"]["estimate"]["brier_gain"]["mean"] > -0.01
