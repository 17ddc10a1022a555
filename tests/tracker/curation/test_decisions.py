import pytest

from forecasts.refused import Refused
from tests.makers import NOW, make_curator, make_feed, make_outlet
from tracker.curation.decisions import Verb, deciding, note
from tracker.models import Decision, Feed

pytestmark = pytest.mark.django_db


def test_what_a_block_changes_is_saved_and_noted_before_and_after():
    curator, feed, outlet = make_curator("ada"), make_feed("World"), make_outlet("Globe")
    Feed.objects.filter(pk=feed.pk).update(failures=7)  # meanwhile
    with deciding(feed, Verb.EDIT_FEED, by=curator, at=NOW, reason="As its site says.") as row:
        row.title, row.outlet, row.failures = "Globe", outlet, row.failures + 1
    feed.refresh_from_db()
    assert (feed.title, feed.outlet, feed.failures) == ("Globe", outlet, 8)
    decision = Decision.objects.get()
    assert decision.before == {"title": "World", "outlet": None, "failures": 7}
    assert decision.after == {"title": "Globe", "outlet": "Globe", "failures": 8}
    assert (decision.subject, decision.user, decision.by) == (feed, curator, "ada")


def test_a_refusal_within_undoes_all_and_leaves_no_trace():
    feed = make_feed("World")

    def refused():
        with deciding(feed, Verb.EDIT_FEED, by="Ada", at=NOW) as row:
            row.title = "Globe"
            Feed.objects.filter(pk=feed.pk).update(failures=7)
            raise Refused("Not now.")

    with pytest.raises(Refused):
        refused()
    feed.refresh_from_db()
    assert (feed.title, feed.failures) == ("World", 0)
    assert not Decision.objects.exists()


def test_a_block_that_changes_nothing_leaves_no_trace():
    with deciding(make_feed(), Verb.PAUSE_FEED, by="Ada", at=NOW):
        pass
    assert not Decision.objects.exists()


def test_decisions_are_found_by_the_rows_they_are_about():
    first, second, outlet = make_feed(), make_feed(), make_outlet()
    for row in (first, second, outlet):
        note(Verb.ADD, subject=row, by="Ada", at=NOW)
    assert [each.subject for each in Decision.objects.about(first, second).order_by("pk")] == [first, second]
    assert Decision.objects.about(outlet).get().subject == outlet
    assert not Decision.objects.about().exists()
