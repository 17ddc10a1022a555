import gzip
import json

import pytest
from django.core.management import CommandError, call_command

from tests.language_model import serving
from tests.tracker.jobs.readings.test_claims import claims

ARTICLE = (
    "\ufeffThe ministry will open two new harbours by March 2031.\r\nThank you for the flowers that we had today.\r\n"
)
PLAN = "The ministry will open two new harbours by March 2031."


def extract(**options):
    call_command("evaluate", "extract", *[f"--{name}={value}" for name, value in options.items()])


def lines(file, *rows):
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


def test_claims_keep_the_offsets_of_the_file(tmp_path):
    file, out = tmp_path / "a.txt", tmp_path / "out.json"
    file.write_bytes(ARTICLE.encode())
    extract(text=file, published="2030-01-02", out=out)
    (claim,) = [each for each in json.loads(out.read_text("utf-8")) if each["kind"] == "forecastable"]
    assert ARTICLE[claim["start"] : claim["end"]] == claim["text"]
    assert (claim["speaker"], claim["deadline"]) == ("author", "2031-03-31")


def test_another_language_is_named_and_not_guessed_at(tmp_path, capsys):
    file = tmp_path / "a.txt"
    file.write_text("Die Bank wird im Jahr 2031 nicht mit dem Rat reden.", "utf-8")
    extract(text=file, published="2030-01-02", out=tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text()) == []
    assert "is in German; only English is read" in capsys.readouterr().out


def test_sentences_are_scored_in_their_order(tmp_path, capsys):
    rows = [
        {"id": 7, "text": PLAN},
        {"id": "b", "text": ""},
        {"id": "c", "text": "Die Bank wird nicht mit dem Rat reden."},
    ]
    packed = tmp_path / "in.jsonl.gz"
    packed.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    extract(sentences=packed, out=tmp_path / "out.jsonl")
    first, *others = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
    assert first["id"] == 7
    assert first["forecastable"] >= 0.5
    assert others == [{"id": each, "checkworthy": 0.0, "forecastable": 0.0} for each in ("b", "c")]
    assert "1 of them are not English" in capsys.readouterr().out


def test_labels_give_figures(tmp_path, capsys):
    given = lines(tmp_path / "in", {"id": 1, "text": PLAN}, {"id": 2, "text": "Thank you very much."})
    wanted = lines(tmp_path / "labels", {"id": 1, "forecastable": 1}, {"id": 2, "forecastable": 0})
    extract(sentences=given, labels=wanted, out=tmp_path / "out")
    assert "F1 1.000" in capsys.readouterr().out


def test_spans_give_figures_of_a_text(tmp_path, capsys):
    file = tmp_path / "a.txt"
    file.write_bytes(ARTICLE.encode())
    wanted = lines(tmp_path / "labels", {"start": 1, "end": 50})
    extract(text=file, published="2030-01-02", labels=wanted, out=tmp_path / "out")
    assert "forecastable: 2 sentences, 1 of them so\n  precision 1.000" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"text": "x"}\n', 'line 1: give "id" as a string'),
        (b'{"id": 1, "text": "x"}\n{"id": 2}\n', "line 2: no text"),
        (b'{"id": 1, "text": "x"}\n{"id": 1, "text": "y"}\n', "line 2: the id 1 was given before"),
        (b'\n["id"]\n', "line 2: not a JSON object"),
        (b"{" * 100_000, "line 1: not valid JSON"),
        (b'{"id": 1, "text": "\xff"}', "line 1: not valid JSON in UTF-8"),
        (b'{"id": 1, "text": "' + b"x" * 1_000_000, "line 1: not valid JSON in UTF-8"),
        (gzip.compress(b'{"id": 1, "text": "x"}', mtime=0)[:-9], "ends too early"),
    ],
)
def test_bad_rows_are_refused_by_line_and_leave_nothing(tmp_path, content, said):
    (tmp_path / "in").write_bytes(content)
    with pytest.raises(CommandError, match=said) as refused:
        extract(sentences=tmp_path / "in", out=tmp_path / "out")
    assert refused.value.returncode == 2
    assert [file.name for file in tmp_path.iterdir()] == ["in"]


def test_bad_texts_and_dates_are_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"one\ntwo \xff")
    for options, said in (
        ({"text": tmp_path / "a", "published": "2030-01-02"}, "line 2: not UTF-8"),
        ({"text": tmp_path / "none", "published": "2030-01-02"}, "cannot be read"),
        ({"text": tmp_path / "a"}, "needs --published"),
        ({"text": tmp_path / "a", "published": "May"}, "is no date"),
    ):
        with pytest.raises(CommandError, match=said):
            extract(**options, out=tmp_path / "out")


def test_a_language_model_is_measured_in_the_same_way(tmp_path, capsys, settings, monkeypatch):
    german = "Der neue Kai wird im März 2031 von der Stadt eröffnet."
    given = lines(tmp_path / "in", {"id": 1, "published": "2030-01-02", "text": german})
    with serving(settings, monkeypatch) as server:
        server.says(claims(german))
        extract(texts=given, out=tmp_path / "out", backend="openai")
        file = tmp_path / "a.txt"
        file.write_text(german, "utf-8")
        extract(text=file, published="2030-01-02", out=tmp_path / "one.json", backend="openai")
    (row,) = map(json.loads, (tmp_path / "out").read_text().splitlines())
    assert [claim["text"] for claim in row["claims"]] == [german]
    assert [claim["text"] for claim in json.loads((tmp_path / "one.json").read_text())] == [german]
    assert "only English" not in capsys.readouterr().out


def test_a_language_model_without_its_settings_says_which(tmp_path):
    given = lines(tmp_path / "in", {"id": 1, "published": "2030-01-02", "text": PLAN})
    with pytest.raises(CommandError, match="openai cannot read: HINDCAST_LLM_URL"):
        extract(texts=given, out=tmp_path / "out", backend="openai")
