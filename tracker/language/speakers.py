"""Who says what a sentence says: its author, or somebody the author quotes."""

import re
from dataclasses import dataclass

from tracker.language import actors

VERB = (
    r"(?:said|says?|told|tells?|suggest(?:s|ed)?|argue[sd]?|warn(?:s|ed)?|claim(?:s|ed)?|predict(?:s|ed)?|forecast(?:s|ed)?"
    r"|announce[sd]?|state[sd]|note[sd]?|add(?:s|ed)|insist(?:s|ed)?|maintain(?:s|ed)?|contend(?:s|ed)?|caution(?:s|ed)?"
    r"|assert(?:s|ed)?|estimate[sd]?|project(?:s|ed)|think(?:s)?|thought|believe[sd]?|expect(?:s|ed)?|declare[sd]?|pledge[sd]?"
    r"|promise[sd]?|vow(?:s|ed)?|write[s]?|wrote|report(?:s|ed)?|den(?:y|ies|ied)|acknowledge[sd]?|admit(?:s|ted)?"
    r"|confirm(?:s|ed)?|anticipate[sd]?|hope[sd]?|fear(?:s|ed)?|conclude[sd]?|reckon(?:s|ed)?|doubt(?:s|ed)?|see)"
)
ADVERB = r"(?:(?:also|now|still|later|recently|repeatedly|often|once|then|has|have|had|previously|widely)\s){0,2}"
LEADING = re.compile(
    r"(?:(?:[A-Z]\w{1,15}(?:\s\w{1,15}){0,3},|But|And|Yet|So|Still)\s)?"
    rf"(?P<who>[^,;:\"“”]{{1,90}}?(?:,\s[^,;:\"“”]{{1,90}},)?)\s{ADVERB}(?<!\bto\s){VERB}\b(?!\s(?:by|of)\b)"
)
TRAILING = re.compile(
    rf"(?:,[\"”']?|[\"”])\s(?:(?P<before>[^,;:\"“”]{{1,90}}?)\s{ADVERB}{VERB}\b|{VERB}\s(?P<after>[^,;:\"“”]{{1,90}}))"
)
ACCORDING = re.compile(
    r"\b(?:according\sto|in\sthe\s(?:words|view|opinion)\sof)\s(?P<who>[^,;:\"“”]{1,90}?)(?=[,.;:]|\s(?:that|who)\b|$)",
    re.IGNORECASE,
)
CROWD = re.compile(
    r"\b(?:analysts?|experts?|observers?|critics?|some|many|others|few|most|officials?|sources?|diplomats?|economists?|people"
    r"|supporters?|opponents?|researchers?|scholars?|commentators?|insiders?|investors?|traders?|voters?|lawmakers?"
    r"|scientists?|historians?|skeptics|sceptics|proponents|residents|witnesses|reports?|forecasters?|pundits|strategists"
    r"|executives?|negotiators?|envoys?|aides?|advisers?|advisors?|pollsters?|academics?|politicians?|leaders|ministers|they)\b",
    re.IGNORECASE,
)
BODY = re.compile(
    r"\b(?:ministry|government|bank|commission|party|committee|agency|compan(?:y|ies)|department|office|police|army|military"
    r"|court|parliament|senate|congress|group|union|institute|institution|university|administration|council|firm|think\stank"
    r"|report|study|survey|poll|authority|authorities|federation|organi[sz]ation|association|corporation|fund|treasury|cabinet"
    r"|embassy|regulator|newspaper|agencies|forces|guard|white\shouse|centre|center|inc|corp|ltd|plc)\b",
    re.IGNORECASE,
)
TITLE = re.compile(
    r"\b(?:he|she|president|premier|minister|chancellor|spokes(?:man|woman|person)|secretary|senator|governor|mayor|general"
    r"|king|queen|prince|pope|ambassador|director|chief|chairman|chairwoman|chair|head|leader|ceo|economist|professor|mr|mrs"
    r"|ms|dr|judge|commander|admiral|analyst|official|expert)\b",
    re.IGNORECASE,
)
# "Xi is not expected to": the verb is nobody's saying.
PASSIVE = frozenset(str.split("is are was were be been being not never to isn't aren't wasn't weren't widely of the a"))
AUTHOR_WORDS = frozenset({"i", "we", "it", "this", "that", "which", "who", "there", "what", "you"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """`kind` is "author", "person", "institution" or "unnamed"; `words` the wording, empty for the author."""

    kind: str
    words: str


AUTHOR = Speaker("author", "")


def find(clause: str) -> Speaker:
    """The speaker of a clause. The author unless somebody who can speak is the subject of a verb of saying."""
    for pattern in (LEADING, TRAILING, ACCORDING):
        match = pattern.match(clause) if pattern is LEADING else pattern.search(clause)
        if match is None:
            continue
        who = next((words for words in match.groupdict().values() if words), "").strip(" .'\"”’")
        if (speaker := _speaker(who)) is not None:
            return speaker
    return AUTHOR


def _speaker(who: str) -> Speaker | None:
    """The kind of speaker a wording is, None where it cannot speak ("the visit", "which")."""
    found = who.split()
    if not found or len(found) > 14 or found[0].lower() in AUTHOR_WORDS:
        return None
    if found[-1].lower() in PASSIVE:
        return None
    core = who.split(",")[0]
    names = {name for name in actors.named(who) if not (BODY.search(name) or CROWD.fullmatch(name))}
    if _possessive_thing(core):
        return None
    if CROWD.search(core) and not (names and TITLE.search(core)):
        return Speaker("institution" if names else "unnamed", who)
    if BODY.search(core) and not TITLE.search(core):
        return Speaker("institution", who)
    if names or TITLE.search(core):
        return Speaker("person", core)
    return Speaker("institution", who) if actors.known(core) and len(found) <= 4 else None


def _possessive_thing(core: str) -> bool:
    """ "Xi's visit suggests": what is owned is no speaker, unless it is an office ("China's foreign ministry")."""
    head = re.split(r"['’]s\s", core)[-1]
    return head != core and not (CROWD.search(head) or BODY.search(head) or TITLE.search(head) or actors.named(head))
