"""Attributions over whole texts, with the real parser: who says it, and whether he denies it."""

import pytest

from language.claims import speakers
from language.sentences import boundaries
from language.syntax import parser
from language.syntax.trees import Tree


def said_of(text, words):
    sentences = boundaries.split(text)
    found = speakers.attributions(text, sentences, parser.parse([sentence.text for sentence in sentences]))
    start = text.index(words)
    return speakers.innermost(found, start, start + len(words))


SAID = [
    ("“Rates will fall by May,” bellowed Karl Anders, 61, a fisherman.", "Rates will fall", "person", "Karl Anders"),
    ("“Rates will fall by 2027,” grumbled Jo Marsh, the finance minister.", "Rates will fall", "person", "Jo Marsh"),
    ("“Taxes will rise in 2027,” Ida Holm, 54, a doctor, said.", "Taxes will rise", "person", "Ida Holm"),
    ("Asked about the port, Ida Holm replied: “It will close by May.”", "It will close", "person", "Ida Holm"),
    ("Asked if he would run, Karl Anders answered: “I will win it.”", "I will win it", "person", "Karl Anders"),
    (
        "“Rents will double by 2030,” said a tenant who goes by the name “Tiny.”",
        "Rents will double",
        "unnamed",
        "a tenant",
    ),
    ("Ida Holm conceded that the plan would cost more.", "the plan would cost more", "person", "Ida Holm"),
    ("Ida Holm tweeted: “We will open 400 schools.”", "We will open 400 schools", "person", "Ida Holm"),
    ("The plant, Ida Holm said, will close by May.", "The plant", "person", "Ida Holm"),
    ("Last night Karim Noor, a Labour MP, said rents will rise.", "rents will rise", "person", "Karim Noor"),
    ("“We will win,” Ida Holm told a crowd, “and they will lose by ten.”", "they will lose", "person", "Ida Holm"),
    (
        "“Nobody will go,” an Ostmark Democrat said. “The vote will be lost.”",
        "The vote will be lost",
        "unnamed",
        "an Ostmark Democrat",
    ),
    ("A poll by Newsline suggests Holm will win.", "Holm will win", "institution", "Newsline"),
    ("The Norland Bank forecasts growth of 2% next year.", "growth of 2%", "institution", "Norland Bank"),
    (
        "Prices will rise, according to two people familiar with it.",
        "Prices will rise",
        "unnamed",
        "two people familiar with it",
    ),
    ("Rates will fall, in the view of most traders.", "Rates will fall", "unnamed", "most traders"),
    ("Ida Holm's promise that taxes will fall was mocked.", "taxes will fall", "person", "Ida Holm"),
    (
        "Northgate Bank cut its outlook. The bank's analysts expect prices to fall.",
        "prices to fall",
        "institution",
        "Northgate Bank",
    ),
    ("The mayor, Ida Holm, spoke. The mayor said the toll will end.", "the toll will end", "person", "Ida Holm"),
    ("Karl Anders was quoted as saying that the port will close.", "the port will close", "person", "Karl Anders"),
    ("Among Labour insiders, 66 percent believe Holm will win.", "Holm will win", "unnamed", "Labour insiders"),
    ("“The port will close by May.”", "The port will close", "unnamed", ""),
    ("Ada Lund said on a call that the plant would open.", "the plant would open", "person", "Ada Lund"),
    ("He told me at the fair in May that taxes would rise.", "taxes would rise", "person", "He"),
    ("The IMF projects that growth will slow.", "growth will slow", "institution", "The IMF"),
]


@pytest.mark.parametrize(("text", "words", "kind", "name"), SAID, ids=[row[0][:50] for row in SAID])
def test_whoever_says_it_is_named(text, words, kind, name):
    found = said_of(text, words)
    assert (found.speaker.kind, found.speaker.words, found.denied) == (kind, name, False)


AUTHORS = [
    ("Ida Holm will say on Monday that the port will close.", "the port will close"),
    ("The bank may warn that growth will slow.", "growth will slow"),
    ("Ida Holm is expected to announce that taxes will rise.", "taxes will rise"),
    ("If Holm says that taxes will rise, voters will leave.", "voters will leave"),
    ("I think Holm will win in June.", "Holm will win"),
    ("The data suggest that prices will rise.", "prices will rise"),
    ("The law means that rents will fall.", "rents will fall"),
    ("Norvolt plans to open a plant in May.", "to open a plant"),
    ("He called the “Peace” plan a mistake.", "plan a mistake"),
    ("Rents will rise in May.", "Rents will rise"),
]


@pytest.mark.parametrize(("text", "words"), AUTHORS, ids=[row[0][:50] for row in AUTHORS])
def test_what_nobody_else_says_is_the_authors(text, words):
    assert said_of(text, words) is None


DENIED = [
    ("He rejected claims that the port would close by June.", "the port would close", "He"),
    ("The minister dismissed reports that taxes will rise.", "taxes will rise", "The minister"),
    ("Few economists expect that inflation will fall.", "inflation will fall", "economists"),
    ("Nobody believes that the bridge will open.", "the bridge will open", ""),
    ("Hardly anyone thinks the bridge will open.", "the bridge will open", ""),
    ("Few analysts think that the bank will cut rates.", "the bank will cut rates", "analysts"),
    ("Norvolt denied that it would close the plant.", "it would close the plant", "Norvolt"),
    ("Ida Holm is not convinced that the bill will pass.", "the bill will pass", "Ida Holm"),
    ("Anders dismissed as nonsense reports that the port will be sold.", "the port will be sold", "Anders"),
    ("Most analysts doubt that the bank will cut rates.", "the bank will cut rates", "Most analysts"),
    ("A spokesman refuted suggestions that the plant would shut.", "the plant would shut", "A spokesman"),
    ("The bank does not expect inflation to fall.", "inflation to fall", "The bank"),
    ("Ida Holm disputed forecasts that growth will slow.", "growth will slow", "Ida Holm"),
]


@pytest.mark.parametrize(("text", "words", "name"), DENIED, ids=[row[0][:50] for row in DENIED])
def test_a_denial_stays_one(text, words, name):
    found = said_of(text, words)
    assert (found.speaker.words, found.denied) == (name, True)
    assert text[slice(*found.cue)].strip()


def test_a_quotation_over_paragraphs_stays_with_its_speaker():
    text = (
        "“It will spread,” Health Minister Paul Roth said. “Wards will be full by May.\n\n"
        "“Schools stay open until June.\n\n“A cure will come by 2027.”"
    )
    for words in ("It will spread", "Wards will be full", "Schools stay open", "A cure will come"):
        assert said_of(text, words).speaker.words == "Paul Roth"


def test_she_is_the_one_introduced_since():
    text = (
        "Karim Noor, an MP, said it was bad. “It will fail by May,” he said. "
        "Anna Berg, the chancellor, disagreed. “It will pass by June,” she said."
    )
    assert said_of(text, "It will fail by May").speaker.words == "Karim Noor"
    assert said_of(text, "It will pass by June").speaker.words == "Anna Berg"


def test_turns_of_an_interview_belong_to_their_speakers():
    text = (
        "IDA HOLM: We will build a thousand homes next year.\nKARL ANDERS: You will not build even one of them.\n"
        "IDA HOLM: The first of them will open in May."
    )
    assert said_of(text, "The first of them").speaker.words == "Ida Holm"
    assert said_of("Champions: Westby.\nCup: Ostmark.\nChampions: Westby.", "Ostmark") is None


def test_without_trees_the_patterns_answer():
    text = "“Rents will fall by May,” said Ida Holm."
    sentences = boundaries.split(text)
    found = speakers.attributions(text, sentences, [Tree(sentence.text, ()) for sentence in sentences])
    assert speakers.innermost(found, 1, 15).speaker.words == "Ida Holm"
