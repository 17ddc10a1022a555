import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

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
    command = [sys.executable, "manage.py", "replay", "--propositions", folder / "p.json", "--entries"]
    command += [folder / "e.jsonl.gz", "--out", folder / "out", *more]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HINDCAST")}
    # A folder that cannot be written to: a replay must not so much as look at the live state.
    environment["HINDCAST_VAR"] = "/proc/nowhere"
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


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
    assert "line 1 is no JSON" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out/report.json").exists()
