"""Linking questions to other sites, and taking links away: each a decision with its trace."""

import pytest

from forecasts.estimates import record
from forecasts.models import Forecaster
from forecasts.refused import Refused
from tests.makers import NOW, make_proposition, make_ruling
from tracker.curation import outside
from tracker.models import Decision, OutsideLink

pytestmark = pytest.mark.django_db
PAGE = "https://manifold.markets/Ann/rain"


def link(proposition=None, address=PAGE, **fields):
    return outside.link(proposition or make_proposition(), address=address, by="Ada", at=NOW, **fields)


def test_a_question_is_linked_by_its_address_and_due_at_once():
    row = link(address=" manifold.markets/Ann/rain?play=true ", reason="Asks the same.")
    assert (row.source, row.page, row.forecaster.name) == ("manifold", PAGE, "Manifold")
    assert (row.address, row.document) == (
        "manifold.markets/Ann/rain?play=true",
        "https://api.manifold.markets/v0/slug/rain",
    )
    assert OutsideLink.objects.due(NOW).get() == row
    decision = Decision.objects.get()
    assert (decision.verb, decision.by, decision.reason) == ("link outside", "Ada", "Asks the same.")
    assert decision.after == {"question": row.proposition.key, "page": PAGE}


def test_one_site_is_one_forecaster_over_all_its_links():
    known = Forecaster.objects.create(kind="site", name="Manifold")
    assert {link().forecaster, link().forecaster} == {known}


def test_a_site_is_linked_once_a_question():
    proposition = make_proposition()
    first = link(proposition)
    with pytest.raises(Refused, match="unlink that one first"):
        link(proposition, "https://manifold.markets/Ben/rain-again")
    outside.unlink(first, by="Ada", at=NOW, reason="Another question.")
    assert link(proposition, "https://manifold.markets/Ben/rain-again").state == "polled"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nonsense", "ends with .csv"),
        ("https://www.metaculus.com/about/", "should hold /questions/"),
        ("https://ann:secret@class.example/chances.csv", "The address"),
        ("file:///etc/passwd", "no web address"),
    ],
)
def test_what_means_no_question_is_refused_in_words(address, words):
    with pytest.raises(Refused, match=words):
        link(address=address)
    assert (OutsideLink.objects.count(), Decision.objects.count()) == (0, 0)


def test_a_question_that_was_ruled_on_is_not_linked():
    with pytest.raises(Refused, match="has been ruled on"):
        link(make_ruling(make_proposition()).proposition)


def test_to_unlink_withdraws_what_stands_and_keeps_it_on_record():
    row = link()
    forecast = record(row.proposition, forecaster=row.forecaster, probability=0.4, at=NOW)
    with pytest.raises(Refused, match="Say why"):
        outside.unlink(row, by="Ada", at=NOW, reason=" ")
    outside.unlink(row, by="Ada", at=NOW, reason="It asks for another month.")
    forecast.refresh_from_db()
    assert forecast.withdrawn_at == NOW
    assert not OutsideLink.objects.due(NOW).exists()
    assert Decision.objects.latest("pk").verb == "unlink outside"


def test_what_was_taken_away_is_neither_taken_away_again_nor_polled():
    row = outside.unlink(link(), by="Ada", at=NOW, reason="Another question.")
    for decide in (outside.unlink, outside.poll_now):
        with pytest.raises(Refused, match="has been taken away"):
            decide(row, by="Ada", at=NOW, reason="A test.")


def test_a_link_that_its_site_has_ruled_on_can_be_polled_again():
    row = link()
    OutsideLink.objects.update(state="ruled")
    assert not OutsideLink.objects.due(NOW).exists()
    outside.poll_now(row, by="Ada", at=NOW)
    assert OutsideLink.objects.due(NOW).get() == row
