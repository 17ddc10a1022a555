"""Matters of bare nouns, where title or text names them: what an opinion is on, users of what, which infections."""

import re

from language import wordlists
from language.claims.restating import item_sentences
from language.sentences import actors
from language.syntax.trees import Tree

LISTS = wordlists.read("bare_subjects")
BODIES = wordlists.words(LISTS["bodies"])
DISEASES = re.compile(rf"\b(?:{LISTS['diseases'].strip()})\b", re.IGNORECASE)
ILLNESS = re.compile(
    r"there\swill\sbe\s(?:(?:at\sleast|more\sthan|about)\s)?\d[\d.,]*(?:K|\s(?:thousand|million))?\s(?:new\s)?(?=(?:infections|cases|deaths)\b)|(?:the\s)?(?:new\s)?(?=(?:infections|cases|deaths|epidemic|outbreak|infection\srate|vaccinations)\s(?:will|should|may|might|could|would|is|are)\b)",
    re.IGNORECASE,
)
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn)\b"
)
ENDS = (
    rf"(?=\s(?:(?:by|in|before|during)\s(?:the\s(?:end|start|middle)\b|(?:early|mid|late|next|this)\b|\d|{MONTH})"
    r"|within\s|later\s(?:this|in)\b|(?:next|this)\s|on\s\d|soon\b)|[.,]?$)"
)
# Who rules on a case; a firm or a central bank decides on other things.
JUDGING = re.compile(
    r"\b(?:courts?|judges?|jur(?:y|ors)|tribunals?|justices|regulators?|watchdogs?|agency|commission|panel|arbitrators?|ombudsman|magistrates?)\b",
    re.IGNORECASE,
)
NAMES_OF_DISEASES = frozenset({"ebola", "zika", "covid", "covid-19", "hiv", "mers", "sars", "lassa fever"})
RULING = re.compile(
    r"\b(?:issue|publish|give|deliver|hand\sdown|render|release|announce)\s(?:an?|its|the)\s(?:(?:legal|advisory|final|preliminary)\s)?"
    rf"(?:opinion|ruling|judge?ment|verdict|decision){ENDS}|\b(?:will|may|might|could|should)\s(?:rule|decide){ENDS}"
)
MATTER = re.compile(
    r"\b(?:hearings?|case|inquiry|opinion|ruling|trial|proceedings|appeal|dispute|arguments|review|petition|lawsuit)\s(?:on|over|into|about)\s"
    r"(?P<what>[\w’'-]{2,20}(?:\s[\w’'-]{2,20}){0,7})$"
)
NO_NOUNS = re.compile(
    r"\b(?:is|are|was|were|will|would|has|have|may|after|before|as|that|to|amid|says?|said|begins?|ends?|today|tomorrow|yesterday"
    r"|he|she|they|this|these|his|her|their|whether|how|why)\b",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b\d[\d.,]*\s(?:(?:thousand|million|billion)\s)?(?P<more>new|additional|extra)\s(?P<head>[a-z]{3,14}s)\b(?=\s(?:in|by|at|on|across)\b|[.,]?$)"
)
LETTERS = re.compile(r"(?P<the>\b[Tt]he\s)?\b(?P<letters>[A-Z]{3,6})\b")
SPLIT = re.compile(
    r"(?P<who>[A-Z][\w ]{2,30}?)\s(?P<will>(?:will|may|might|could)\s(?:not\s)?)(?P<verb>split|divide|separate)\s"
    r"its\s(?P<one>[^.;]{3,80}?)\sfrom\sits\s"
)
WON = re.compile(rf"\b(?:win|wins|retain|take)\s(?:the\s(?:title|trophy|crown|gold\smedal)|gold|silver|bronze){ENDS}")
PRIZE = re.compile(r"[Tt]he\s(?:trophy|award|prize|statuette)(?=\s(?:will|should|may|might|could|is|goes)\b)")
PLANNED = re.compile(
    r"\b(?P<on>continues?)\sto\splan\s(?:for|on)\s(?=(?:annual|yearly|regular|quarterly|monthly)\s[a-z])"
)
RESULTING = re.compile(
    r"^(?:This|That|this|that)\s(?:would|will|could|may)\s(?:result\sin|lead\sto|amount\sto)\s(?=(?:at\sleast\s|more\sthan\s|about\s)?[$€£]?\d)"
)
HANDED = re.compile(
    r"(?P<who>(?!(?i:no|none|nobody|nothing|few|neither|hardly|not)\b)[^,;]{3,80}?)\s(?P<will>(?:will|may|might|could)\s(?:not\s)?)"
    r"(?:give|hand|deliver)\s(?P<what>the\s(?:\w{3,14}\s){0,2}(?:nomination|presidency|championship))\sto\s"
    r"(?P<whom>(?:the\s)?[A-Z][\w’'-]{1,20}(?:\s[A-Z][\w’'-]{1,20}){0,2})"
)
OF_OFFICE = re.compile(r"(?:Bank|Court|Ministry|Department|Institute|Council|House|Bureau)\s(?:of|for)\s")
KINDS_WITH_THE = frozenset(
    {"agency", "commission", "ministry", "council", "committee", "court", "board", "authority", "tribunal", "reserve"}
)
COMPANY = re.compile(
    r"[Tt]he\s(?:company|firm|carmaker|airline|retailer|manufacturer)(?=\s(?:will|plans?|expects?|aims?|may|is)\b|['’]s\s)"
)
MOST_READ = 4_000  # characters before a claim


def of_speaker(text: str, firm: str, last: Tree | None) -> str:
    """ "The company" by the name of the firm that speaks, where the sentence before names no other."""
    others = [word for word in last.words if word.entity == "ORG" and word.low not in firm.lower()] if last else []
    own = COMPANY.match(text) if firm and " of " not in firm and not others and firm not in text else None
    return f"{firm}{text[own.end() :]}" if own else text


def told(text: str, *, said: str, titles: tuple[str, ...]) -> str:
    """The sentence with the matter of its bare nouns, from what was `said` before it and from `titles` above it."""
    text = _plainly(text)
    text = of_ruling(text, titles)
    text = of_prize(text, titles[-1] if titles else "")
    text = of_count(text, said)
    text = of_disease(text, " ".join([*titles, said]))
    return in_full(text, " ".join([said, *titles]))


def with_the(body: str) -> str:
    """A body's name as a sentence has it: "the Bank of Peru"."""
    parts = body.split()
    takes_one = len(parts) > 1 and (OF_OFFICE.match(body) or parts[-1].lower() in KINDS_WITH_THE)
    return f"the {body}" if takes_one and "’s " not in body and "'s " not in body else body


def of_ruling(text: str, titles: tuple[str, ...]) -> str:
    """ "Issue an opinion" with what it is on, where one title alone names a case over something."""
    bare = RULING.search(text)
    matters = {match["what"] for title in titles if (match := MATTER.search(title.strip(" .:")))}
    what = matters.pop() if len(matters) == 1 else ""
    is_headline = not any(word[0].islower() for word in what.split() if len(word) > 3)  # Capitals All Through
    if bare is None or not what or NO_NOUNS.search(what) or is_headline or not JUDGING.search(text[: bare.start()]):
        return text
    return f"{text[: bare.end()]} on {what}{text[bare.end() :]}"


def of_prize(text: str, heading: str) -> str:
    """ "The award" as the one that the heading names, and "win gold" at the heading's contest."""
    if (won := WON.search(text)) and (contest := item_sentences.contest_of(heading)):
        return f"{text[: won.end()]} at {contest}{text[won.end() :]}"
    if (bare := PRIZE.match(text)) and (prize := item_sentences.prize_of(heading)):
        return f"{prize[:1].upper() if text[:1].isupper() else prize[:1]}{prize[1:]}{text[bare.end() :]}"
    return text


def of_count(text: str, said: str) -> str:
    """ "40 million new users" as "new phone users", where the count told just before was of these."""
    count = COUNTED.search(text)
    if count is None:
        return text
    kind = re.compile(
        rf"\b\d[\d.,]*\s(?:(?:thousand|million|billion)\s)?{count['more']}\s(?P<kind>[\w-]{{2,14}})\s{count['head']}\b"
    )
    kinds = {match["kind"] for match in kind.finditer(said[-MOST_READ:])}
    return f"{text[: count.start('head')]}{kinds.pop()} {text[count.start('head') :]}" if len(kinds) == 1 else text


def of_disease(text: str, near: str) -> str:
    """ "The infections" with their disease, where title and text name one only."""
    bare = ILLNESS.match(text)
    diseases = {match.group().lower(): match.group() for match in DISEASES.finditer(near[-MOST_READ:])}
    if bare is None or len(diseases) != 1:
        return text
    ((low, word),) = diseases.items()
    disease = word if low in NAMES_OF_DISEASES else low
    rest = text[bare.end() :]
    told = f"{bare.group()}{disease} {rest[:1].lower()}{rest[1:]}"
    return f"{told[:1].upper()}{told[1:]}" if text[:1].isupper() else told


def in_full(text: str, said: str) -> str:
    """The letters of a body by its name, where the text has written out one that fits."""
    short = next((match for match in LETTERS.finditer(text) if match["letters"] not in actors.table()), None)
    if short is None:
        return text
    full = r"\s(?:(?:of|for|and|the)\s){0,2}".join(rf"{letter}[a-z]{{2,15}}" for letter in short["letters"])
    names = {match.group() for match in re.finditer(rf"\b{full}\b", said[-MOST_READ:])}
    name = names.pop() if len(names) == 1 else ""
    if not name or name.rsplit(" ", 1)[-1].lower() not in BODIES | KINDS_WITH_THE or name in text:
        return text
    article = short["the"] or ("The " if short.start() == 0 else "the ")
    return f"{text[: short.start()]}{article}{name}{text[short.end() :]}"


def _plainly(text: str) -> str:
    """Idioms as their event: a country that splits its coast from its interior does nothing, and no primary wins."""
    text = RESULTING.sub("There will be ", PLANNED.sub(r"\g<on> with ", text), count=1)
    if handed := HANDED.match(text):
        return f"{handed['whom']} {handed['will']}win {handed['what']}{text[handed.end() :]}"
    split = SPLIT.match(text)
    if split is None or split["who"] not in actors.table():
        return text
    return f"{split['who']}’s {split['one']} {split['will']}{split['verb']} from its {text[split.end() :]}"
