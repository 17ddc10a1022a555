import pytest

from language.questions import processes

KINDS = [
    ("Peru will sign the pact by 31 December 2026.", "event"),
    ("The court will rule by 3 May 2026.", "event"),
    ("The pact will remain in force by 31 December 2026.", "state"),
    ("On 31 December 2026 it holds that the ties are strong.", "state"),
    ("The truce will last until 31 December 2026.", "state"),
    ("Inflation will fall below 2% by 31 December 2026.", "threshold"),
    ("Oil will exceed $100 a barrel by 31 December 2026.", "threshold"),
    ("At least 40 states will join by 31 December 2026.", "threshold"),
    ("", "event"),
]


@pytest.mark.parametrize(("statement", "kind"), KINDS, ids=[row[0] for row in KINDS])
def test_a_statement_has_its_kind_of_process(statement, kind):
    assert processes.kind_of(statement) == kind
