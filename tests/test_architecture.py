"""The rules of the house: lints, types, imports, sizes, names, and settings that are safe to deploy."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import clean_environment

ROOT = Path(__file__).resolve().parent.parent
APPS = ("config", "forecasts", "tracker")
MOST_LINES_OF_A_FUNCTION, MOST_LINES_OF_A_MODULE = 60, 300
SHAPELESS = {"utils", "util", "core", "common", "services", "helpers", "misc", "lib"}


def tracked(*patterns):
    """The project's files that match; what git ignores is not the project's."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in sorted(listed.stdout.splitlines()) if (ROOT / name).is_file()]


def modules():
    names = tracked("*.py")
    return [path for path in names if path.relative_to(ROOT).parts[0] in APPS and "migrations" not in path.parts]


def passes(*command):
    command = [sys.executable, "-m", *command]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=clean_environment())
    assert run.returncode == 0, run.stdout + run.stderr


def manage(command, *arguments, **environment):
    """A management command under the product's own settings."""
    command = [sys.executable, "manage.py", command, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=clean_environment(**environment))


def test_the_code_is_free_of_lint():
    passes("ruff", "check", ".")


def test_the_code_is_formatted():
    passes("ruff", "format", "--check", ".")


@pytest.mark.slow
def test_the_types_hold():
    passes("mypy", *APPS)


def test_imports_point_one_way():
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr


def test_templates_are_tidy():
    templates = tracked("*.html")
    assert templates
    passes("djlint", "--lint", "--quiet", *map(str, templates))


def test_functions_stay_small():
    def length(node):
        return node.end_lineno - node.lineno + 1

    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {length(node)} lines"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, kinds) and length(node) >= MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_modules_stay_small():
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in modules()}
    assert {name: lines for name, lines in lengths.items() if lines >= MOST_LINES_OF_A_MODULE} == {}


def test_modules_say_what_they_own():
    sources = {path: path.read_text() for path in modules()}
    assert [path for path, text in sources.items() if text.strip() and not ast.get_docstring(ast.parse(text))] == []


def test_names_say_what_the_product_does():
    parts = {part.removesuffix(".py") for path in modules() for part in path.relative_to(ROOT).parts}
    assert parts & SHAPELESS == set()


def test_nothing_is_left_for_later():
    later = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    assert [str(path) for path in modules() if later.search(path.read_text())] == []


def test_no_file_names_a_registry_or_a_machine():
    texts = [
        path for path in tracked("*") if path.suffix in {".py", ".txt", ".in", ".toml", ".md", ".yml", ".html", ""}
    ]
    private = re.compile(r"(--(extra-)?index-url|--find-links|/home/\w+/|/root/|/Users/\w+/)\s*\S")
    assert len(texts) > 50
    assert [str(path) for path in texts if path != Path(__file__) and private.search(path.read_text())] == []


def test_every_model_change_has_its_migration(tmp_path):
    run = manage("makemigrations", "--check", "--dry-run", HINDCAST_VAR=str(tmp_path))
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "https://hindcast.example.org"])
def test_the_settings_are_safe_to_deploy(tmp_path, address):
    run = manage("check", "--deploy", "--fail-level", "INFO", HINDCAST_VAR=str(tmp_path), HINDCAST_BASE_URL=address)
    assert run.returncode == 0, run.stdout + run.stderr


def test_plain_http_across_a_network_is_warned_about(tmp_path):
    run = manage("check", "--deploy", HINDCAST_VAR=str(tmp_path), HINDCAST_BASE_URL="http://hindcast.example.org")
    assert "security.W008" in run.stderr
