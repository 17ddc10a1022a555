"""Objecting to a ruling and answering: what is kept, what is refused, and races."""

from datetime import date

import pytest

from forecasts.appeals import answer, appeal
from forecasts.models import Appeal, Proposition
from forecasts.refused import Refused
from forecasts.resolution import resolve, reverse
from tests.forecasts.makers import day, make_proposition

pytestmark = pytest.mark.django_db


def make_ruling(key="contract", **fields):
    ruling = {
        "outcome": "yes",
        "effective_on": date(2026, 1, 10),
        "source": "https://example.org/signed",
        "reason": "Both parties announced it.",
        "by": "Cleo",
        "at": day(12),
    }
    return resolve(make_proposition(key), **{**ruling, **fields})


def object_to(ruling, **fields):
    return appeal(ruling, **{"by": "Ada", "reason": "It names no price.", "at": day(13), **fields})


def test_an_appeal_waits_and_is_answered():
    row = object_to(make_ruling(), reason="  It names no price. ")
    assert list(Appeal.objects.waiting()) == [row]
    answered = answer(row, by="Cleo", words="The criteria ask for none.", at=day(14))
    assert (answered.reason, answered.answer, answered.answered_by) == (
        "It names no price.",
        "The criteria ask for none.",
        "Cleo",
    )
    assert not Appeal.objects.waiting().exists()


def test_an_appeal_changes_nothing_about_the_question():
    object_to(make_ruling())
    assert Proposition.objects.get().change_count == 1


@pytest.mark.parametrize("words", ["", " \n", "\0", "x" * 1001])
def test_empty_and_overlong_words_are_refused(words):
    ruling = make_ruling()
    row = object_to(ruling)
    with pytest.raises(Refused, match=r"Say why|Shorten it"):
        object_to(ruling, by="Ben", reason=words)
    with pytest.raises(Refused, match=r"Say why|Shorten it"):
        answer(row, by="Cleo", words=words, at=day(14))
    assert list(Appeal.objects.waiting()) == [row]


def test_what_no_database_keeps_is_dropped_from_the_words():
    assert object_to(make_ruling(), reason="It names\0 no price.\0").reason == "It names no price."


def test_the_longest_words_are_kept():
    assert len(object_to(make_ruling(), reason="x" * 1000).reason) == 1000


def test_one_person_waits_for_the_answer_before_another_appeal():
    ruling = make_ruling()
    row = object_to(ruling)
    with pytest.raises(Refused, match="by Ada waits here already"):
        object_to(ruling, reason="And no volume.")
    object_to(ruling, by="Ben")
    answer(row, by="Cleo", words="None is asked for.", at=day(14))
    assert object_to(ruling, reason="And no volume.", at=day(15)).pk


def test_a_ruling_taken_back_is_not_appealed_and_has_answered_what_waited():
    ruling = make_ruling()
    row = object_to(ruling)
    reverse(ruling, reason="A draft only.", by="Dora", at=day(14))
    assert not Appeal.objects.waiting().exists()
    with pytest.raises(Refused, match="taken back by Dora on 15 Jan 2026"):
        object_to(ruling, by="Ben", at=day(15))
    with pytest.raises(Refused, match="taken back by Dora"):
        answer(row, by="Cleo", words="Too late.", at=day(15))


def test_an_answer_is_given_once():
    row = object_to(make_ruling())
    answer(row, by="Cleo", words="None is asked for.", at=day(14))
    with pytest.raises(Refused, match="Cleo answered it on 15 Jan 2026"):
        answer(row, by="Dora", words="I agree.", at=day(15))


def test_a_clock_that_went_back_is_refused():
    ruling = make_ruling()
    with pytest.raises(Refused, match="check the clock"):
        object_to(ruling, at=day(11))
    with pytest.raises(Refused, match="check the clock"):
        answer(object_to(ruling), by="Cleo", words="No.", at=day(12))


def test_of_two_appeals_of_one_person_at_once_one_waits(at_once):
    ruling = make_ruling()
    results = at_once(*[lambda: object_to(ruling)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["Appeal", "Refused"]


def test_of_two_answers_at_once_one_counts(at_once):
    row = object_to(make_ruling())
    results = at_once(*(lambda by=by: answer(row, by=by, words="No.", at=day(14)) for by in ("Cleo", "Dora")))
    assert sorted(type(result).__name__ for result in results) == ["Appeal", "Refused"]


def test_an_appeal_that_races_a_reversal_is_refused_or_answered_by_it(at_once):
    ruling = make_ruling()
    results = at_once(lambda: object_to(ruling), lambda: reverse(ruling, reason="A draft only.", by="Dora", at=day(13)))
    assert type(results[0]).__name__ in ("Appeal", "Refused")
    assert type(results[1]).__name__ == "Resolution"
    assert at_once(Appeal.objects.waiting().count) == [0]
