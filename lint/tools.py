"""Checks by other programs, each a command that succeeds where all is well."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from typing import Final

from lint.house import ROOT, packages, tracked

PYTHON: Final = sys.executable
DEPLOYED: Final = "https://hindcast.example.org"


@dataclass(frozen=True, slots=True)
class Tool:
    """A command of the virtual environment; `takes` says which files or folders follow it."""

    command: tuple[str, ...]
    takes: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def complaint(self) -> str:
        """The output of a run that failed; nothing of one that succeeded."""
        with tempfile.TemporaryDirectory(prefix="hindcast-lint-") as folder:
            run = subprocess.run(
                [*self.command, *TAKES[self.takes]()],
                cwd=ROOT,
                check=False,
                capture_output=True,
                text=True,
                env=_clean_environment() | {"HINDCAST_VAR": folder} | self.environment,
            )
        return (run.stdout + run.stderr).strip() or f"exit code {run.returncode}" if run.returncode else ""


def _clean_environment() -> dict[str, str]:
    """This process's variables without the settings of an installation."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("HINDCAST_", "DJANGO_"))}


def _pages() -> list[str]:
    return [str(path) for path in tracked() if path.suffix == ".html" and "templates" in path.parts]


def _manage(*arguments: str) -> tuple[str, ...]:
    return (PYTHON, "manage.py", *arguments)


TAKES: Final = {"": list, "packages": packages, "pages": _pages}
TOOLS: Final = {
    "mypy": Tool((PYTHON, "-m", "mypy"), takes="packages"),
    "deploy": Tool(_manage("check", "--deploy", "--fail-level", "INFO"), environment={"HINDCAST_BASE_URL": DEPLOYED}),
    "migrations": Tool(_manage("makemigrations", "--check", "--dry-run")),
    "imports": Tool((PYTHON, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache")),
    "layout": Tool((PYTHON, "-m", "djlint", "--check"), takes="pages"),
    "templates": Tool((PYTHON, "-m", "djlint", "--lint"), takes="pages"),
    "ruff": Tool((PYTHON, "-m", "ruff", "check", ".")),
    "format": Tool((PYTHON, "-m", "ruff", "format", "--check", ".")),
}
