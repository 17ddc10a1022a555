"""Wording of numbers, days and lists in the sentences of pages and letters. Pure."""

from datetime import date
from typing import Final

# Above twelve, figures read faster.
NUMBERS: Final = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def number(count: int) -> str:
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)


def counted(count: int, noun: str) -> str:
    """In words, up to twelve: "one question", "14 questions"."""
    return f"{number(count)} {noun if count == 1 else noun + 's'}"


def days(first: date, last: date) -> str:
    """A span of days without repeating what both ends share: "31 January to 6 February 2026"."""
    end = f"{last.day} {last:%B %Y}"
    if first >= last:
        return end
    if first.year != last.year:
        return f"{first.day} {first:%B %Y} to {end}"
    return f"{first.day} {first:%B} to {end}" if first.month != last.month else f"{first.day} to {end}"


def joined(words: list[str]) -> str:
    """Such as "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
