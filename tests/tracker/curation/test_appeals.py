from datetime import timedelta

import pytest

from forecasts.models import Appeal
from forecasts.refused import Refused
from tests.makers import NOW, make_curator, make_proposition, make_ruling, make_user
from tracker.curation.appeals import answer, appeal
from tracker.curation.rulings import reverse
from tracker.models import Decision

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def waiting():
    return appeal(make_ruling(make_proposition()), by=make_user("mira"), reason="It names no price.", at=LATER)


def test_appeal_and_answer_are_written_down(waiting):
    answered = answer(waiting, by=make_curator("ann"), words="None is asked for.", at=LATER)
    assert (answered.by, answered.answered_by) == ("mira", "ann")
    rows = Decision.objects.about(waiting.resolution).order_by("pk").values_list("verb", "by", "reason")
    assert list(rows) == [("appeal", "mira", "It names no price."), ("answer appeal", "ann", "None is asked for.")]


def test_what_is_refused_leaves_no_decision(waiting):
    with pytest.raises(Refused, match="waits here already"):
        appeal(waiting.resolution, by=waiting.by, reason="And no volume.", at=LATER)
    with pytest.raises(Refused, match="Say why"):
        answer(waiting, by="Ann", words=" ", at=LATER)
    assert Decision.objects.count() == 1


def test_taking_the_ruling_back_answers_what_waits(waiting):
    reverse(waiting.resolution, reason="It named none.", by="Ann", at=LATER)
    assert not Appeal.objects.waiting().exists()
    with pytest.raises(Refused, match="taken back by Ann"):
        answer(waiting, by="Ann", words="Done.", at=LATER)
