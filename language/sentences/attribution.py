"""Attribution taken off a clause: "Analysts say China will buy" asserts that China will buy."""

import re

from language.sentences import clauses

WHO = r"(?:[^,;:\"“”]{1,90}?(?:(?:,\s[^,;:\"“”]{1,60}){1,3},)?)"
ADVERB = r"(?:(?:also|now|still|later|recently|repeatedly|often|has|have|had|widely|reportedly)\s){0,2}"
# Denials and doubts are left out: without them a clause would say the opposite.
SAYING = (
    r"(?<!\bis\s)(?<!\bare\s)(?<!\bwas\s)(?<!\bwere\s)(?<!\bbe\s)(?<!\bbeen\s)(?<!\bto\s)(?:sa(?:id|ys?)|t(?:old|ells?)(?:\s(?!that\b)[^\s,]{1,24}){1,4}|suggest(?:s|ed)?|argue[sd]?|warn(?:s|ed)?|claim(?:s|ed)?"
    r"|predict(?:s|ed)?|announce[sd]?|stated|states(?=:?\s[\"“]|:\s|\sthat\s(?!(?:will|would|are|have|were|do|may|can|might|could|should|support|bear)\b))|note[sd]|add(?:s|ed)|insist(?:s|ed)?|maintain(?:s|ed)?|contend(?:s|ed)?"
    r"|caution(?:s|ed)?|assert(?:s|ed)?|estimate[sd]?|think(?:s)?|thought|believe[sd]?|declare[sd]?|pledge[sd]?|promise[sd]?"
    r"|vow(?:s|ed)?|wr(?:ites?|ote)|(?<![Tt]he\s)(?<!\b[Aa]\s)report(?:s|ed)?|acknowledge[sd]?|admit(?:s|ted)?|confirm(?:s|ed)?|conclude[sd]?"
    r"|reckon(?:s|ed)?|grumble[sd]?|tweet(?:s|ed)?|concede[sd]?|repl(?:ies|ied)|answer(?:s|ed)|rule[sd]|complain(?:s|ed)|expect(?:s|ed)?|forecast(?:s|ed)?|anticipate[sd]?|hope[sd]?|fear(?:s|ed)?|indicate[sd]?)"
)
LEADING = re.compile(rf"{WHO}\s{ADVERB}{SAYING}:?\s(?P<that>that\s)?(?=[\"“A-Za-z\d])")
TRAILING = re.compile(
    rf"(?:,[\"”']?|[\"”],?)\s(?!(?:where|which|who|that|when|as|and|but|while|though)\s)(?:{WHO}\s{ADVERB}(?:{SAYING}\b|(?:was|were)\squoted\s(?:as\ssaying|by)\b)|{SAYING}\s[^,;:\"“”]{{1,90}})"
    r"[^\"“”]{0,160}$"
)
ACCORDING_FIRST = re.compile(
    r"(?:according\sto|in\sthe\s(?:words|view|opinion)\sof)\s[^,;:\"“”]{1,90},\s", re.IGNORECASE
)
ACCORDING_LAST = re.compile(
    r",?\s(?:according\sto|in\sthe\s(?:words|view|opinion)\sof)\s[^;:\"“”]{1,160}$", re.IGNORECASE
)
EXPECTING = re.compile(
    rf"{WHO}\s(?P<no>\b(?:do|does|did)(?:\snot|n['’]t)\s)?\b(?:expect|anticipate|predict|forecast)(?:s|ed)?"
    r"\s(?P<whom>(?!to\s|that\s)[^,;:]{1,80}?)\sto\s(?=[a-z])"
)
DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied)|doubt(?:s|ed)?|never|not|n['’]t|no\s\w{2,20}|nobody|none|(?<!\ba\s)few|hardly|refuse[sd]?"
    r"|reject(?:s|ed)?|dismiss(?:es|ed)?|dispute[sd]?|refute[sd]?|rebut(?:s|ted)?|discount(?:s|ed)?|rul(?:es|ed)\sout)\b",
    re.IGNORECASE,
)
# What may open what is said: no infinitive, no bare preposition.
HANGING = re.compile(
    r"(?:to|for|of|by|with|on|in|at|as|from|about|against|and|or|but|what|how|why|whether)\s", re.IGNORECASE
)
RELATIVE = re.compile(r"\s(?:that|which|who|where|whose)\s")
QUOTES = "\"“”'‘’ "


def without(clause: str) -> str:
    """The clause as whoever says it would put it, without quotation marks; unchanged where nothing can go safely."""
    core = clause.strip()
    for pattern in (ACCORDING_FIRST, LEADING):
        match = None if EXPECTING.match(core.lstrip(QUOTES)) else pattern.match(core)
        rest = core[match.end() :] if match else ""
        # "Announced a bill that would pay" says that there is a bill, so only what stands before "that" can carry it.
        carries = rest if match and match.groupdict().get("that") else RELATIVE.split(rest, maxsplit=1)[0]
        if match and not DENYING.search(match.group()) and _stands(carries):
            core = rest
            break
    for pattern in (TRAILING, ACCORDING_LAST):
        match = pattern.search(core)
        if match and not DENYING.search(match.group()) and _stands(rest := core[: match.start()]):
            core = rest
            break
    if expecting := EXPECTING.match(core.lstrip(QUOTES)):
        rest = core.lstrip(QUOTES)[expecting.end() :]
        return f"{expecting['whom']} {'will not' if expecting['no'] else 'will'} {rest}".strip(QUOTES)
    return core if core == clause.strip() else core.strip(QUOTES)


def _stands(rest: str) -> bool:
    words = rest.strip(QUOTES).split()
    if len(words) < clauses.FEWEST_WORDS or HANGING.match(rest.strip(QUOTES)):
        return False
    return clauses.FINITE.search(" ".join(words), len(words[0])) is not None
