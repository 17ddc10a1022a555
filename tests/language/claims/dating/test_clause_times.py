from datetime import date

import pytest

from language.claims import extraction

CLAUSES = [
    ("Lund will back Berg if he is nominated this summer.", "None"),
    ("Unless talks resume in June, the strike will go on.", "None"),
    ("The league, which begins in June, will be dull.", "None"),
    ("Violence will subside after a big push in the spring.", "None"),
    ("Rents will fall despite the sale in August.", "None"),
    ("The crown will weaken after heavy losses in June.", "None"),
    ("If he is nominated this summer, Lund will back Berg by October.", "2031-10-31"),
    ("Although sales fell in June, the plant will close in 2033.", "2033-12-31"),
    ("The plant will close in 2033 after a strike in June.", "2033-12-31"),
    ("The mayor will resign by June.", "2031-06-30"),
    ("When the ice melts in June, the port will open.", "2031-06-30"),
]


@pytest.mark.parametrize(("text", "on"), CLAUSES, ids=[row[0] for row in CLAUSES])
def test_only_the_time_of_the_predicate_is_a_deadline(text, on):
    claims = extraction.propose(text, published=date(2031, 5, 12))
    assert str(max(claims, key=lambda claim: len(claim.text)).deadline) == on
