import pytest

from forecasts.refused import Refused
from tests.makers import NOW, QUOTE, make_article, make_author, make_claim, make_curator, make_proposition
from tracker.curation.claims import accept, mark, reject
from tracker.curation.positions import take_position
from tracker.models import Claim, Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return make_curator()


@pytest.fixture
def claim():
    return make_claim(make_article(authors=(make_author(),)))


def test_accepting_may_mend_the_title(curator):
    claim = make_claim(state="proposed")
    accept(claim, by=curator, at=NOW, title="Xi gives nothing away")
    claim.refresh_from_db()
    assert (claim.state, claim.title) == ("accepted", "Xi gives nothing away")
    assert Decision.objects.get().verb == "accept"


def test_a_claim_that_is_followed_cannot_be_turned_down(claim, curator):
    proposition = make_proposition()
    take_position(claim, proposition=proposition, side="yes", title="", by=curator, at=NOW)
    with pytest.raises(Refused, match="people may follow"):
        reject(claim, by=curator, at=NOW, reason="Dull.")


@pytest.mark.parametrize(
    ("said", "given", "kept"),
    [(0.85, None, (0.7, 0.95)), (0.5, None, (None, None)), (None, None, (None, None)), (0.85, 0.8, (0.8, 0.9))],
)
def test_what_the_words_of_a_claim_marked_by_hand_allow_is_read(curator, said, given, kept):
    article = make_article()
    start = article.text.index(QUOTE)
    marked = Claim(
        article=article,
        slug="no-concessions",
        title="No concessions",
        start=start,
        end=start + len(QUOTE),
        quote=QUOTE,
        kind=Claim.Kind.FORECASTABLE,
        implied_probability=said,
        implied_low=given,
        implied_high=given and 0.9,
    )
    stored = mark(marked, by=curator, at=NOW)
    assert (stored.implied_low, stored.implied_high) == kept
