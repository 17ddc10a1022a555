"""Bare subjects by whom they belong to: a firm's revenue, a country's economy, the court that the text has named."""

import re
from collections.abc import Sequence

from language import wordlists

LISTS = wordlists.read("bare_subjects")
FIGURE, ECONOMY, REPORTING, NO_FIRM = (
    wordlists.pattern(LISTS[name]) for name in ("figure", "economy", "reporting", "no_firm")
)
HEADS = LISTS["heads"].strip().replace(" ", r"\s")
BODY_NAME = r"(?:[A-Z][\w&-]{1,20}(?:\s(?:of\s(?:the\s)?)?(?=[A-Z]))?){1,4}"
BODIES = wordlists.words(LISTS["bodies"])
BANKS: dict[str, str] = LISTS["banks"]
OFFICES: dict[str, str] = LISTS["offices"]
FIRM = re.compile(r"(?:[A-Z][\w&’'-]*|\d\w*[A-Z]\w*)(?:\s(?:[A-Z][\w&’'.-]*|&|of|and(?=\s[A-Z])))*")
THERE = re.compile(rf"there will be [^,;]{{2,60}}?\b(?:{LISTS['figures'].strip()})\b")
BRACKETS = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
LEGAL = re.compile(r",?\s(?:Inc|Corp|Ltd|PLC|plc|AG|SE|SA|NV|Co|LLC|Group)\b\.?|['’]s?$")
THE_BODY = re.compile(r"(?P<the>[Tt]he\s)(?P<body>[a-z]{3,12})(?=\s(?:will|may|might|could|would|is|has)\b|['’]s\s)")
NAMED_BODY = (
    r"(?:(?:[A-Z][\w’'-]{1,20}\s){1,4}%s|%s(?=\s(?:of|for)\s))"
    r"(?:\s(?:of|for)\s(?:the\s)?(?:[A-Z][\w’'-]{1,20}\s?){1,3})?"
)
MOST_READ = 4_000  # characters before a claim


def firm_of(title: str) -> str:
    """The firm that reports, by the title of its results, its call or its letter; empty for any other title."""
    if not REPORTING.search(title):
        return ""
    plain = BRACKETS.sub(" ", title)
    found = []
    for match in FIRM.finditer(plain):
        parts = [
            part
            for part in match.group().split()
            if not NO_FIRM.fullmatch(part.strip("’'.,:").removesuffix("’s").removesuffix("'s"))
        ]
        name = LEGAL.sub("", " ".join(parts)).strip(" .")
        if name and name not in found:
            found.append(name)
    return found[0] if len(found) == 1 else ""


def _bare(part: str) -> str:
    return part.strip("’'.,:").removesuffix("’s").removesuffix("'s")


def body_of(speaker: str, said: Sequence[str]) -> str:
    """The body for which a person speaks as "we", where the text says whose head she is; empty where it does not."""
    last = re.escape(speaker.rsplit(" ", 1)[-1]) if speaker else ""
    if len(last) < 2:
        return ""
    told = " ".join(said)[-MOST_READ:]
    name = rf"(?:[A-Z][\w’'-]{{1,20}}\s){{0,2}}{last}\b"
    owned = re.compile(rf"(?P<body>{BODY_NAME})['’]s?\s(?:\w{{2,12}}\s){{0,2}}(?:{HEADS}),?\s{name}")
    headed = re.compile(
        rf"{name},\s(?:the\s)?(?:\w{{2,12}}\s){{0,2}}(?:{HEADS})\s(?:of|at|for)\s(?:the\s)?(?P<body>{BODY_NAME})"
    )
    before = re.compile(rf"(?P<body>{BODY_NAME})\s(?:{HEADS})\s{name}")
    after = re.compile(rf"{name},\s(?P<body>{BODY_NAME})['’]s?\s(?:\w{{2,12}}\s){{0,2}}(?:{HEADS})\b")
    found = {
        match["body"].removeprefix("The ") for each in (owned, headed, before, after) for match in each.finditer(told)
    }
    body = found.pop() if len(found) == 1 else ""
    is_kind = body.rsplit(" ", 1)[-1].lower() in BODIES and " " in body
    return f"the {body}" if is_kind else body


def of_firm(text: str, firm: str) -> str:
    """The sentence with its bare figure given to the firm: "revenue will grow" is "Norvolt’s revenue will grow"."""
    if not firm or firm in text:
        return text
    if there := THERE.match(text):
        return f"{there.group()} at {firm}{text[there.end() :]}"
    if FIGURE.match(text) is None:
        return text
    return f"{firm}’s {text[:1].lower() + text[1:] if text.split()[0].istitle() else text}"


def of_country(text: str, *, speaker: str, states: Sequence[str], said: str = "") -> str:
    """The sentence with its bare economy placed: where the central bank is that speaks, in the only state named, or
    where the office of statistics or of the budget is that the sentence cites.
    """
    economy = ECONOMY.match(text)
    if economy is None or any(state in text for state in states):
        return text
    country = next((where for bank, where in BANKS.items() if re.search(rf"\b{bank}\b", speaker)), "")
    if not country and len(states) == 1:
        country = _with_article(states[0])
    cited = {where for office, where in OFFICES.items() if re.search(rf"\b{office}\b", said)}
    country = country or (cited.pop() if len(cited) == 1 and not states else "")
    if not country:
        return text
    joined = "of" if economy["what"].endswith(("economy", "GDP")) else "in"
    return f"{text[: economy.end('what')]} {joined} {country}{text[economy.end('what') :]}"


def _with_article(state: str) -> str:
    return f"the {state}" if state.split(" ", 1)[0] in {"United", "Netherlands", "Philippines", "Czech"} else state


def of_body(text: str, before: Sequence[str], title: str) -> str:
    """The sentence with "the court" by its full name, where the text has named one only."""
    bare = THE_BODY.search(text)
    if bare is None or bare["body"] not in BODIES or bare.start() > 0:
        return text
    told = " ".join([*before, title])[-MOST_READ:]
    named = re.compile(NAMED_BODY.replace("%s", bare["body"].capitalize()))
    names = {_bare(" ".join(match.group().split())) for match in named.finditer(told)}
    names = {re.sub(r"^(?:The|A|An|In|But|And)\s", "", name) for name in names}
    longest = max(names, key=len, default="")
    if not longest or any(name not in longest for name in names):
        return text
    article = "" if re.search(r"['’]s?\s", longest) else bare["the"]
    return f"{article}{longest}{text[bare.end() :]}"
