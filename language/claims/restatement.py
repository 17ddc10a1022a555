"""Restatement of a claim in words that stand by themselves: who is meant, on what day, without who says it.

What cannot be told for sure is left as it is; a curator mends the rest.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from language.sentences import attribution, mentions
from language.time import deadlines
from language.time.deadlines import Deadline

LONGEST = 600
REACH = 3  # sentences back in which "he" or "the two countries" may have been named
OPENING = re.compile(
    r"(?:(?:However|Moreover|Meanwhile|Still|Instead|Also|And|But|Yet|So|Strategically|Indeed|Furthermore|Nevertheless"
    r"|Nonetheless|Therefore|Thus|Later|Earlier|Separately|Finally|Consequently|Then|In\saddition|As\sa\sresult|For\snow|At\sthe\ssame\stime|In\sturn"
    r"|On\sthe\sother\shand|For\sexample|For\sinstance|In\sfact|After\sall|Even\sso|That\ssaid|Of\scourse|In\sshort)\b,?\s)+"
)
PERSON = re.compile(r"(?P<word>He|She|he|she|His|Her|his)(?=\s[a-z])")
PLURAL = re.compile(r"(?P<word>They|they)(?=\s)")
# "It is likely that", "It will be hard to": nobody is meant.
THING = re.compile(
    r"(?P<word>It|it)(?=\s(?:(?:will|would|may|might|could|must|should|can)\s(?:not\s|also\s|soon\s)?(?!be\b|take\b|rain\b|snow\b|seem\b)"
    r"|(?:plans?|aims?|intends?|expects?|wants?|says|said|has|vowed|pledged|hopes?)\s))"
)
TWO = re.compile(
    r"\b(?P<word>(?:[Tt]he|[Bb]oth|[Tt]hese)\s(?:two\s)?(?P<what>countries|nations|states|neighbou?rs|sides|governments"
    r"|leaders|presidents|men))\b"
)
OFFICE = re.compile(rf"\b[Tt]he\s(?P<office>(?i:{mentions.OFFICE}))\b(?!\s(?:of\b|general\b|[A-Z])|,\s[A-Z]|-)")
COUNTRY = re.compile(
    r"\b(?P<word>[Tt]he\scountry)(?=['’]s\b|\s(?:will|would|may|might|could|has|is|plans?|faces?|must)\b)"
)
DAY_WORDS = re.compile(
    r"(?:\b(?P<governed>of|since|until|from|by|to|than|after|before|in\s[A-Z]\w{2,8})\s)?"
    r"\b(?P<word>yesterday|(?:earlier\s)?today|tonight|last\s(?:year|month)|this\s(?:year|month))\b"
    r"(?!['’]s|\s(?:morning|afternoon|evening|night))",
    re.IGNORECASE,
)
DATED = re.compile(r"(?:19|20|21)\d\d")
LASTING = re.compile(r"(?:until|till|through|for|at\sleast)\b", re.IGNORECASE)


def restate(
    clause: str,
    *,
    before: Sequence[str],
    published: date,
    deadline: Deadline | None = None,
    speakers: Sequence[str] = (),
) -> str:
    """One sentence for `clause`, whose article said `before` (sentences, in order) and named these speakers."""
    text = " ".join(clause[:LONGEST].split())
    text = attribution.without(OPENING.sub("", text, count=1) if OPENING.match(text) else text)
    text = _absolute(text, published=published, deadline=deadline)
    text = OPENING.sub("", text, count=1) if OPENING.match(text) else text
    text = _named(text, before=before, speakers=speakers)
    text = text.strip(" ,;:–—")
    text = text.strip('"“”') if text.count('"') % 2 or text.count("“") != text.count("”") else text
    text = text[:1].upper() + text[1:]
    return text if not text or text.endswith((".", "!", "?", "…", ".”", '."')) else f"{text}."


def _absolute(text: str, *, published: date, deadline: Deadline | None) -> str:
    """Deadline and days in full, where they hang on the day of publication."""
    deadline = deadlines.find(text, published=published) or deadline
    on = deadline.on if deadline else None
    if deadline and on and deadline.words in text and not DATED.search(deadline.words):
        text = text.replace(deadline.words, _by(deadline.words, on), 1)
    return DAY_WORDS.sub(lambda match: _day_word(match, published), text)


def _by(words: str, on: date) -> str:
    low = words.lower()
    if LASTING.match(low):
        cue = "until"
    elif low.startswith("on ") or low in {"today", "tonight", "tomorrow"}:
        cue = "on"
    else:
        cue = "By" if words[:1].isupper() else "by"
    return f"{cue} {_full(on)}"


def _day_word(match: re.Match[str], published: date) -> str:
    """ "On 8 May 2025" for "yesterday"; "of 8 May 2025" for "of yesterday"."""
    word, governed = match["word"].lower(), match["governed"]
    back = 1 if word.startswith("last") or word == "yesterday" else 0
    if word.endswith("year"):
        day, cue = str(published.year - back), "in"
    elif word.endswith("month"):
        day, cue = f"{published.replace(day=1) - timedelta(days=back):%B %Y}", "in"
    else:
        day, cue = _full(published - timedelta(days=back)), "on"
    return f"{governed or cue} {day}"


def _named(text: str, *, before: Sequence[str], speakers: Sequence[str]) -> str:
    """Pronouns and bare nouns replaced by the one they can mean, each only where exactly one is in reach."""
    known = mentions.read(before, speakers=speakers)
    near = " ".join(before[-REACH:])
    people = mentions.people_in(near, known=known)
    states = mentions.states_in(near)
    opening = re.match(r"(?:(?:If|When|While|As|Although|Though|Unless|Because|Since)\s)?", text)
    start = opening.end() if opening else 0
    text = OFFICE.sub(lambda match: _holder(match, known), text)
    text = _opening_pronoun(text, start, people=people, states=states)
    if len(states) == 1 and states[0] not in text:
        text = COUNTRY.sub(states[0], text, count=1)
    if two := TWO.search(text):
        pair = people if two["what"] in {"leaders", "presidents", "men"} else states
        if len(pair) == 2 and not any(name in text for name in pair):
            text = f"{text[: two.start()]}{pair[0]} and {pair[1]}{text[two.end() :]}"
    return text


def _opening_pronoun(text: str, start: int, *, people: Sequence[str], states: Sequence[str]) -> str:
    if (match := PERSON.match(text, start)) and len(people) == 1:
        is_owner = match["word"].lower() in {"his", "her"}
        return f"{text[: match.start()]}{people[0]}{'’s' if is_owner else ''}{text[match.end() :]}"
    if (match := PLURAL.match(text, start)) and len(states) == 2 and not people:
        return f"{text[: match.start()]}{states[0]} and {states[1]}{text[match.end() :]}"
    if (match := THING.match(text, start)) and len(states) == 1 and not people:
        return f"{text[: match.start()]}{states[0]}{text[match.end() :]}"
    return text


def _holder(match: re.Match[str], known: mentions.Mentions) -> str:
    office = " ".join(match["office"].lower().split())
    holders = known.offices.get(office, frozenset())
    if len(holders) != 1 or match["office"][0].isupper():
        return match.group()
    return f"{office.title() if len(office) > 3 else office} {next(iter(holders))}"


def _full(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
