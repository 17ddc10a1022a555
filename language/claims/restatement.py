"""Restatement of a claim in words that stand by themselves: who is meant, on what day, without who says it.

What cannot be told for sure is left as it is; a curator mends the rest.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from language.claims.restating import (
    bare_subjects,
    chances,
    clause_words,
    dated,
    embedded,
    gapped,
    item_sentences,
    matters,
)
from language.claims.restating.naming import Naming
from language.questions import inflection, statements
from language.sentences import attribution, mentions
from language.syntax.trees import Tree, Word
from language.time import deadlines
from language.time.deadlines import Deadline

LONGEST = 600
MOST_CHARACTERS = 300
REACH = 3  # sentences back in which "he" or "the two countries" may have been named
OPENING = re.compile(
    r"(?:(?:However|Moreover|Meanwhile|Still|Instead|Also|And|But|Yet|So|Strategically|Indeed|Furthermore|Nevertheless"
    r"|Nonetheless|Therefore|Thus|Later|Earlier|Separately|Finally|Consequently|Then|In\saddition|As\sa\sresult|For\snow|At\sthe\ssame\stime|In\sturn"
    r"|On\sthe\sother\shand|For\sexample|For\sinstance|In\sfact|After\sall|Even\sso|That\ssaid|Of\scourse|In\sshort)\b,?\s)+"
)
LABEL = re.compile(
    r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+|[-–—*•·#]+\s+|(?:prediction|forecast|point|number)\s(?:no\.?\s|#)?\w{1,8}:\s)+",
    re.IGNORECASE,
)
MARKUP = re.compile(
    r"~~[^~\n]{0,80}~~\s?|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|\[\d{1,3}\]|\[(?=[A-Za-z][^\[\]]{0,40}\])|(?<=[\w’])\](?!\()"
)
QUOTE = re.compile(r"[“\"][^”\"]*$")
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
ASKED = re.compile(r"(?P<question>Will\s[^?]{5,300})\?\s+(?=\S)")
CHANCE = re.compile(r"(?<!\d)(\d{1,3})\s?(?:%|per\s?cent)")
NO = re.compile(
    r"(?:no|nope|never|not\s|unlikely|almost\scertainly\snot|probably\snot|hardly|(?:I|we)\sdoubt|doubtful)\b",
    re.IGNORECASE,
)
YES = re.compile(
    r"(?:yes|yep|yeah|absolutely|definitely|certainly|surely|probably|likely|of\scourse|almost\scertainly|(?:I|we)\s(?:think|expect|believe)\sso)\b",
    re.IGNORECASE,
)
EVEN = 50
# "This debate", where the text has told of a debate.
THIS = re.compile(
    r"\bthis\s(?P<what>(?!year|month|week|quarter|season|decade|century|time|spring|summer|autumn|winter|kind|sort)[a-z]{4,14})\b(?!\s[a-z]+s?\s(?:year|season))"
)
KIND = r"(?:party|company|club|firm|team|union|group)\b"
ONE = {"are": "is", "have": "has", "do": "does", "’re": "is", "’ve": "has"}
ENDED = (".", "!", "?", "…", ".”", '."')


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """Where a claim stands: `tree.text[start:end]` is the claim; the trees of the sentences `before` it, in order;
    the `heading` above it, the article's `title`, and who speaks.
    """

    tree: Tree | None = None
    start: int = 0
    end: int = 0
    before: Sequence[Tree] = ()
    heading: str = ""
    title: str = ""
    speaker: str = ""
    speaker_kind: str = ""


def restate(
    clause: str,
    *,
    before: Sequence[str],
    published: date,
    deadline: Deadline | None = None,
    speakers: Sequence[str] = (),
    place: ClaimPlace | None = None,
) -> str:
    """One sentence for `clause`, whose article said `before` (sentences, in order) and named these speakers.

    With the tree of its sentence in `place` the clause is read by its syntax, else by the rules alone.
    """
    place = place or ClaimPlace()
    text = " ".join(MARKUP.sub("", clause[:LONGEST]).split())
    text = text[label.end() :] if (label := LABEL.match(text)) else text
    if answered := _answered(text):
        return _ended(dated.absolute(answered, published=published, deadline=deadline))
    if item := item_sentences.sentence(text, heading=place.heading, title=place.title):
        return _ended(dated.absolute(item, published=published, deadline=deadline))
    firm = _speaks_for(place, [*before, place.tree.text if place.tree is not None else clause])
    read = _by_syntax(replace(place, speaker=firm, speaker_kind="institution") if firm else place)
    bare = _owned(read or _by_rules(text), before=before, firm=firm, place=place)
    if deadline is None or not deadline.words or deadline.words not in bare:
        deadline = deadlines.find(bare, published=published) or deadline
    text = dated.absolute(bare, published=published, deadline=deadline)
    return _ended(_named(text, before=before, speakers=speakers, is_read=bool(read)))


def _speaks_for(place: ClaimPlace, said: Sequence[str]) -> str:
    """The firm or body that "we" is, where a person says it or the author does."""
    if place.speaker_kind == "institution":
        return ""
    return bare_subjects.firm_of(place.title) or bare_subjects.body_of(place.speaker, said)


def _owned(text: str, *, before: Sequence[str], firm: str, place: ClaimPlace) -> str:
    """The clause with its bare subject given to whom it belongs to."""
    near = " ".join([*before[-REACH:], place.heading, place.title])
    said = place.tree.text if place.tree is not None else ""
    told = bare_subjects.of_firm(text, firm)
    told = (
        bare_subjects.of_country(told, speaker=place.speaker, states=mentions.states_in(near), said=said)
        if not firm
        else told
    )
    told = bare_subjects.of_body(told, before, place.title)
    if place.speaker_kind == "institution":
        told = matters.of_speaker(told, place.speaker, place.before[-1] if place.before else None)
    here = place.tree.text[: place.start] if place.tree is not None else ""
    told = matters.told(told, said=" ".join([*before, here]), titles=(place.title, place.heading))
    known = f"{' '.join(before[-REACH:])} {place.title}".lower()
    return THIS.sub(lambda match: f"the {match['what']}" if match["what"] in known else match.group(), told)


def _answered(text: str) -> str:
    """ "Will it rain? No." as a sentence; empty where the question is not one with "will", or the answer not plain."""
    asked = ASKED.match(text)
    answer = text[asked.end() :] if asked else ""
    chance = CHANCE.search(answer)
    says_no = int(chance[1]) < EVEN if chance else NO.match(answer) is not None
    if asked is None or not (says_no or chance or YES.match(answer)):
        return ""
    statement = statements.statement_of(asked["question"])
    return statement.replace(" will ", " will not ", 1) if says_no else statement


def _by_syntax(place: ClaimPlace) -> str:
    """The clause written out from its tree; empty without one, or where the tree makes no whole clause of it."""
    if place.tree is None or not place.tree.words:
        return ""
    tree, start, end = place.tree, place.start, place.end
    if place.speaker_kind == "institution":
        place = replace(place, speaker=matters.with_the(place.speaker))
    is_quoted = QUOTE.search(tree.text[: start + 1]) is not None
    naming = Naming(() if is_quoted else place.before, place.speaker, place.speaker_kind)
    if told := chances.event(tree, start, end, name=naming.name):
        return told
    assertion = embedded.asserted(tree, start, end)
    if assertion is None:
        return gapped.sentence(tree, start, end, name=naming.name)
    if told := gapped.expected(tree, assertion.verb, end, name=naming.name):
        return told
    text = clause_words.written(tree, assertion, (start, end), name=naming.name)
    text = _singular(text, tree, assertion.verb, place.speaker)
    text = text[label.end() :] if (label := LABEL.match(text)) else text
    if place.speaker and place.speaker_kind == "institution" and embedded.is_ours(tree, assertion):
        text = f"{place.speaker}’s {text[:1].lower()}{text[1:]}"
    text = _once(
        re.sub(rf"{re.escape(place.speaker)}’s {KIND}", place.speaker, text) if place.speaker else text, place.speaker
    )
    return MARKUP.sub("", text) if len(text.split()) > 1 else ""


def _singular(text: str, tree: Tree, verb: Word, speaker: str) -> str:
    """ "We expect" is "Norvolt expects"."""
    owner = tree.dependent(verb, "nsubj", "nsubjpass")
    finite = min((*tree.dependents(verb, "aux", "auxpass"), verb), key=lambda word: word.place)
    if not speaker or owner is None or owner.low != "we" or finite.tag != "VBP":
        return text
    one = ONE.get(finite.low) or inflection.third_person(finite.low)
    return text.replace(f"{speaker} {finite.text} ", f"{speaker} {one} ", 1)


def _once(text: str, speaker: str) -> str:
    """The name of whoever speaks once, and "its" after it."""
    head, name, rest = text.partition(speaker) if speaker else ("", "", "")
    return f"{head}{name}{rest.replace(f'{speaker}’s', 'its')}" if name else text


def _by_rules(text: str) -> str:
    text = attribution.without(OPENING.sub("", text, count=1) if OPENING.match(text) else text)
    return OPENING.sub("", text, count=1) if OPENING.match(text) else text


def _ended(text: str) -> str:
    """A sentence: a capital, balanced marks, a full stop, and no more than it may have of characters."""
    text = text.strip(" ,;:–—")
    text = text.strip('"“”') if text.count('"') % 2 or text.count("“") != text.count("”") else text
    first = text.split(" ", 1)[0]
    text = text if any(letter.isupper() for letter in first) else text[:1].upper() + text[1:]  # "iPhone"
    if not text or len(text) > MOST_CHARACTERS:
        return text[:LONGEST] if not text else _cut(text)
    return text if text.endswith(ENDED) else f"{text}."


def _cut(text: str) -> str:
    """The head of a long sentence, to its last comma; the rest is the quotation's."""
    head = text[: MOST_CHARACTERS - 1]
    whole = re.split(r"[,;]\s(?=[^,;]*$)", head)[0] if "," in head or ";" in head else head.rpartition(" ")[0] or head
    return f"{whole.rstrip(' ,;:–—')}."


def _named(text: str, *, before: Sequence[str], speakers: Sequence[str], is_read: bool) -> str:
    """Pronouns and bare nouns replaced by the one they can mean, each only where exactly one is in reach.

    What was read by its syntax has its pronouns named already, as far as it can be told.
    """
    known = mentions.read(before, speakers=speakers)
    near = " ".join(before[-REACH:])
    people = mentions.people_in(near, known=known)
    states = mentions.states_in(near)
    opening = re.match(r"(?:(?:If|When|While|As|Although|Though|Unless|Because|Since)\s)?", text)
    start = opening.end() if opening else 0
    text = OFFICE.sub(lambda match: _holder(match, known), text)
    text = text if is_read else _opening_pronoun(text, start, people=people, states=states)
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
