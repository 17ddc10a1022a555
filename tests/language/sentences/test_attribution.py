import pytest

from language.sentences import attribution

LEFT = [
    ("“Taxes will rise in 2027,” Ida Holm, 54, a doctor, said.", "Taxes will rise in 2027"),
    ("“Taxes will rise in 2027,” grumbled Ida Holm.", "Taxes will rise in 2027"),
    ("Ida Holm tweeted that taxes will rise.", "taxes will rise."),
    ("The report states that Norvolt will build a plant.", "Norvolt will build a plant."),
    ("Turnout will rise in the coastal states where farms will close.",) * 2,
    ("Farmers in the northern states will lose their harvest.",) * 2,
    ("Ministers of the two states that will vote met in May.",) * 2,
    ("Analysts say Norvolt will build a plant.", "Norvolt will build a plant."),
]


@pytest.mark.parametrize(("clause", "rest"), LEFT, ids=[row[0] for row in LEFT])
def test_an_attribution_comes_off(clause, rest):
    assert attribution.without(clause) == rest


@pytest.mark.parametrize(
    "clause",
    [
        "He rejected claims that the port would close.",
        "Few economists say that inflation will fall.",
        "No analyst says that inflation will fall.",
        "Holm denied that the port would close.",
        "Holm disputes forecasts that trade will fall.",
    ],
)
def test_a_denial_stays_on(clause):
    assert attribution.without(clause) == clause
