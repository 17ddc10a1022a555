import pytest

from language.sentences import clauses

CUTS = [
    ("He left.", ["He left."]),
    ("While talks were held, the war is going on.", ["While talks were held", "the war is going on."]),
    (
        "The tie remains strong, yet challenges persist for Xi.",
        ["The tie remains strong", "challenges persist for Xi."],
    ),
    ("Rates will fall, and the bank will cut again.", ["Rates will fall", "the bank will cut again."]),
    ("Rates fell in June; banks were glad.", ["Rates fell in June", "banks were glad."]),
    ("They sell bread, but not cheap.", ["They sell bread, but not cheap."]),
    ("If rates fall, banks will be glad.", ["If rates fall, banks will be glad."]),
    ("Bread, milk and eggs are sold.", ["Bread, milk and eggs are sold."]),
    ("“We won, but they have lost it all,” he said.", ["“We won, but they have lost it all,” he said."]),
    ("", [""]),
]


@pytest.mark.parametrize(("sentence", "expected"), CUTS, ids=[row[0][:30] for row in CUTS])
def test_a_sentence_parts_where_its_claims_do(sentence, expected):
    assert [sentence[start:end] for start, end in clauses.split(sentence)] == expected
