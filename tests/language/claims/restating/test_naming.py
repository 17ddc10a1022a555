"""Pronouns and whom they mean, or that nobody can be sure."""

from datetime import date

import pytest

from language.claims import restatement
from language.claims.restatement import ClaimPlace
from language.syntax import parser

MEANT = [
    (["Ada Berg is a judge."], "She will rule in June.", "Ada Berg will rule in June 2026."),
    (["Ada Berg is a judge.", "Her last ruling was clear."], "She will quit.", "Ada Berg will quit."),
    (["Paul Tarn", "He wrote the opinion.", "Others liked it."], "He will vote no.", "Paul Tarn will vote no."),
    ([], "The minister said he would resign in June.", "The minister will resign in June 2026."),
    ([], "Farmers say they will strike in May.", "Farmers will strike in May 2026."),
    ([], "The council said it would appeal.", "The council will appeal."),
    ([], "And speaking of Paul Tarn, he will win the medal.", "Paul Tarn will win the medal."),
    (["Ada Berg rests."], "As for Piet Holm, he will win the medal.", "Piet Holm will win the medal."),
    ([], "Sales will slow, but they will rise 4% in 2027.", "Sales will rise 4% in 2027."),
    (["Paul Tarn is a bishop.", "The crowd will challenge him."], "He will complain.", "Paul Tarn will complain."),
    (["The plant is idle.", "Peru and Chile met."], "They will sign.", "Peru and Chile will sign."),
]  # fmt: skip


@pytest.mark.parametrize(("before", "sentence", "restated"), MEANT, ids=[row[1] + row[2] for row in MEANT])
def test_a_pronoun_gets_the_name_it_can_only_mean(before, sentence, restated):
    assert _restated(before, sentence) == restated


UNSURE = [
    (["Paul Tarn and Piet Holm met."], "He will resign."),
    (["Paul Tarn spoke.", "The hall was full.", "Piet Holm left."], "The crowd will ask him."),
    ([], "She is running against Paul Tarn, and she might beat him."),
    (["The hall was full."], "He will resign."),
    (["Norvolt and Aster met."], "It will close a plant."),
    (["Mary Berg spoke."], "He will resign."),
    (["James Holm spoke."], "She will resign."),
    (["The Brandt v. Tarn case was heard."], "She will rule against it."),
    (["SCOTUS met."], "She will rule."),
    ([], "They will strike in May."),
    ([], "A fifth of voters doubt it, and 26 percent think it will help Berg."),
    ([], "The majority believes it will help Berg."),
    ([], "A third thinks it will pass in May."),
]


@pytest.mark.parametrize(("before", "sentence"), UNSURE, ids=[row[1] + str(row[0]) for row in UNSURE])
def test_where_two_can_be_meant_or_none_the_pronoun_stays(before, sentence):
    words = set(_restated(before, sentence).lower().rstrip(".").split())
    assert words & {"he", "she", "him", "it", "they"}


def _restated(before, sentence):
    trees = parser.parse([*before, sentence])
    place = ClaimPlace(tree=trees[-1], end=len(sentence), before=trees[:-1])
    return restatement.restate(sentence, before=before, published=date(2026, 3, 9), place=place)
