from pathlib import Path

import pytest

from forecasts.models import Proposition
from tracker import statuses
from tracker.models import RULED, Status

SIGNS = Path("tracker/templates/parts/signs.html").read_text(encoding="utf-8")


def test_the_table_holds_every_status_in_its_order_and_no_other():
    assert [traits.value for traits in statuses.ALL] == Status.values


def test_those_of_a_ruling_are_the_ruled_ones_one_an_outcome():
    assert tuple(traits.value for traits in statuses.ALL if traits.is_ruled) == RULED
    assert {traits.outcome for traits in statuses.ALL if traits.is_ruled} == set(Proposition.Outcome.values)
    assert statuses.ruled("no").value == Status.DID_NOT


def test_each_has_words_and_a_place_of_its_own():
    for trait in ("words_of_claim", "words_of_question", "glyph", "rank"):
        assert len({getattr(traits, trait) for traits in statuses.ALL}) == len(statuses.ALL)


@pytest.mark.parametrize("traits", [*statuses.ALL, statuses.MIXED], ids=lambda traits: traits.value)
def test_each_has_a_sign_that_pages_can_draw(traits):
    assert f'id="s-{traits.sign}"' in SIGNS


def test_an_unknown_status_is_an_error():
    with pytest.raises(KeyError):
        statuses.of("maybe")
