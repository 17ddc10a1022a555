from datetime import date

import pytest

from language.claims import extraction, speakers
from language.claims.speaker_kinds import within_a_sentence

SAID = [
    ("Putin said the war will end.", "person", "Putin"),
    ("Wang Yi, China's foreign minister, said talks will go on.", "person", "Wang Yi"),
    ("The talks will go on, Wang Yi said.", "person", "Wang Yi"),
    ("The talks will go on, said Wang Yi.", "person", "Wang Yi"),
    ("He warned that prices could rise.", "person", "He"),
    ("The White House said it would act.", "institution", "The White House"),
    ("China's foreign ministry said it would act.", "institution", "China's foreign ministry"),
    ("Goldman Sachs analysts expect a cut.", "institution", "Goldman Sachs analysts"),
    ("Critics argue the law will fail.", "unnamed", "Critics"),
    ("Many expect a cut in June.", "unnamed", "Many"),
    ("According to the World Bank, growth will slow.", "institution", "the World Bank"),
    ("Xi's visit suggests a thaw.", "author", ""),
    ("The data suggest a thaw.", "author", ""),
    ("It is expected that rates fall.", "unnamed", "It is expected"),
    ("It is widely believed that he will go.", "unnamed", "It is widely believed"),
    ("It is expected by the central bank that rates fall.", "institution", "the central bank"),
    ("Some analysts suggest the pact could hold.", "unnamed", "Some analysts"),
    ("“It will fail,” Ada Hall, a lawyer for the firm, told reporters.", "person", "Ada Hall"),
    ("It was the weather, Ada Hall was quoted as saying by a wire.", "person", "Ada Hall"),
    ("But later Ada Hall reportedly said it would fail.", "person", "Ada Hall"),
    ("The Morning Herald reported that it would fail.", "institution", "The Morning Herald"),
    ("“The vote will be close,” said two officials.", "unnamed", "two officials"),
    ("Party leader Ada Hall put predicted losses down to anger.", "author", ""),
    ("One of the troubles of firms is that they think big.", "author", ""),
    ("Don’t think about the frost.", "author", ""),
    ("Oil is not expected to rise.", "author", ""),
    ("Prices rose by the reported figure.", "author", ""),
    ("", "author", ""),
]


@pytest.mark.parametrize(("clause", "kind", "words"), SAID, ids=[row[0][:40] for row in SAID])
def test_whoever_says_it_is_the_speaker(clause, kind, words):
    found = speakers.find(clause)
    assert (found.kind, found.words) == (kind, words)


def test_he_is_whoever_spoke_last():
    told = (speakers.ClauseSpeaker("person", "Ada Hall"), speakers.ClauseSpeaker("unnamed", "critics"))
    assert speakers.named_before(speakers.ClauseSpeaker("person", "She"), earlier=told).words == "Ada Hall"
    assert speakers.named_before(speakers.ClauseSpeaker("person", "He"), earlier=()).words == "He"
    assert speakers.named_before(speakers.ClauseSpeaker("person", "Wang Yi"), earlier=told).words == "Wang Yi"


@pytest.mark.parametrize("text", ["It is expected by " * 4_000, ", said " * 8_000, "according to " * 8_000])
def test_a_hostile_sentence_is_read_in_linear_time(text):
    assert speakers.find(text).kind in {"author", "unnamed", "person", "institution"}


@pytest.mark.parametrize(
    ("words", "within"),
    [
        ("Most insiders", "most insiders"),
        ("Insiders", "insiders"),
        ("Some analysts", "some analysts"),
        ("The finance ministry", "the finance ministry"),
        ("A Virginia Republican", "a Virginia Republican"),
        ("Democratic insiders", "Democratic insiders"),
        ("Norbank", "Norbank"),
        ("Ada Hall", "Ada Hall"),
        ("BBC", "BBC"),
        ("", ""),
    ],
)
def test_the_capital_of_a_sentence_is_no_part_of_a_name(words, within):
    assert within_a_sentence(words) == within


NAMED = [
    ("Norbank’s analysts expect the krone to weaken to 12 per euro by December 2031.", "Norbank"),
    ("Halden Capital’s economists think rates will fall in 2031.", "Halden Capital"),
    ("The bill, argued Senator Nadia Brandt, will not survive the summer of 2031.", "Nadia Brandt"),
    ("The line, warned Otto Lind, will be sold in 2031.", "Otto Lind"),
    ("“It is not going to rain before Sunday,” the forecaster at Meteo Nord, Lea Wirth, explained.", "Lea Wirth"),
    ("“Beds will run out by March 2031,” the nurse in charge, Femi Adeyo, said.", "Femi Adeyo"),
    ("Bruno Falk: “Prices will double by 2031.”", "Bruno Falk"),
    ("Bruno Falk, the mayor: “Prices will double by 2031.”", "Bruno Falk"),
    ("The plan is simple. Mira Holt: “Rents will fall in 2031.”", "Mira Holt"),
    ("Ilja van Orlov: “The council will be ours by May 2031.”", "Ilja van Orlov"),
    ("Sara Quist, 54, a doctor: “The clinic will close in 2031.”", "Sara Quist"),
]


@pytest.mark.parametrize(("text", "name"), NAMED, ids=[row[0] for row in NAMED])
def test_owners_insertions_appositions_and_colons_name_whoever_speaks(text, name):
    claims = extraction.propose(text, published=date(2030, 12, 12))
    assert {claim.speaker for claim in claims} == {name}
