"""`./hindcast lint [NAME ...]`: runs all checks, or those named, side by side; exit code 1 when one failed."""

import argparse
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

from lint.house import RULES
from lint.tools import TOOLS

Check = Callable[[], str]  # gives its complaint, or nothing


@dataclass(frozen=True, slots=True)
class Ending:
    """One check's end: its complaint, if any, and the seconds it took."""

    name: str
    complaint: str
    seconds: float


def house(name: str) -> str:
    return "\n".join(line for rule in RULES[name] for line in rule.broken())


CHECKS: Final[dict[str, Check]] = {
    **{name: tool.complaint for name, tool in TOOLS.items()},  # the slowest first
    **{name: partial(house, name) for name in RULES},
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="hindcast lint", description="Checks the code itself.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(CHECKS))
    names = parser.parse_args(arguments).names or list(CHECKS)
    if unknown := [name for name in names if name not in CHECKS]:
        parser.error(f"there is no check {unknown[0]}: choose among {', '.join(CHECKS)}")
    return lint({name: CHECKS[name] for name in names})


def lint(checks: dict[str, Check]) -> int:
    """Tells each check's end in the order given; a check that failed keeps none from running."""
    with ThreadPoolExecutor() as pool:
        endings = list(map(tell, pool.map(run, checks, checks.values())))
    failed = [ending.name for ending in endings if ending.complaint]
    if failed:
        print(f"{len(failed)} of {len(endings)} checks failed: {', '.join(failed)}")
    return int(bool(failed))


def run(name: str, check: Check) -> Ending:
    began = time.monotonic()
    try:
        complaint = check()
    except Exception as problem:  # one check that breaks hides nothing of the others
        complaint = f"{type(problem).__name__}: {problem}"
    return Ending(name, complaint, time.monotonic() - began)


def tell(ending: Ending) -> Ending:
    print(f"{'FAILED' if ending.complaint else 'ok':<6}  {ending.name:<10}  {ending.seconds:.1f} s", flush=True)
    if ending.complaint:
        print("\n".join(f"    {line}" for line in ending.complaint.splitlines()), flush=True)
    return ending


if __name__ == "__main__":
    sys.exit(main())
