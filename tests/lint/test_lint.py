"""`./hindcast lint`: every check runs, every complaint is told, and one of them is enough to fail."""

import sys

import pytest

from lint import __main__ as command
from lint.tools import TOOLS, Tool


def test_a_check_that_fails_keeps_none_from_running(capsys):
    assert command.lint({"first": lambda: "one\ntwo", "second": lambda: ""}) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("FAILED  first")
    assert lines[1:3] == ["    one", "    two"]
    assert lines[3].startswith("ok      second")
    assert lines[4] == "1 of 2 checks failed: first"


def test_a_check_that_breaks_has_failed(capsys):
    assert command.lint({"first": lambda: 1 / 0, "second": lambda: ""}) == 1
    assert "    ZeroDivisionError: division by zero" in capsys.readouterr().out


def test_all_is_well_where_none_complains(capsys):
    assert command.lint({"first": lambda: ""}) == 0
    assert "failed" not in capsys.readouterr().out


def test_only_the_named_checks_run(capsys):
    assert command.main(["columns"]) == 0
    assert capsys.readouterr().out.startswith("ok      columns")


def test_an_unknown_check_is_refused(capsys):
    with pytest.raises(SystemExit, match="2"):
        command.main(["column"])
    assert "there is no check column: choose among mypy," in capsys.readouterr().err


def test_a_program_tells_its_complaint_and_a_silent_one_its_exit_code():
    assert Tool((sys.executable, "-c", "print('ok')")).complaint() == ""
    assert Tool((sys.executable, "-c", "print('why'); exit(1)")).complaint() == "why"
    assert Tool((sys.executable, "-c", "exit(3)")).complaint() == "exit code 3"


@pytest.mark.parametrize(
    ("name", "source", "words"),
    [
        ("ruff", "import os\n", "F401"),
        ("format", "x = {  'a':1 }\n", "would be reformatted"),
        ("mypy", "def run() -> int:\n    return ''\n", "Incompatible return value"),
        ("layout", "<div><p>so</p></div>\n", "<p>so</p>"),
        ("templates", "<img src='a.png'>\n", "H013"),
    ],
)
def test_a_program_finds_a_bad_file(tmp_path, name, source, words):
    bad = tmp_path / ("bad.html" if name in ("layout", "templates") else "bad.py")
    bad.write_text(source)
    command = [part for part in TOOLS[name].command if part != "."]
    assert words in Tool((*command, str(bad))).complaint()
