from datetime import timedelta

import pytest

from forecasts.refused import Refused
from language.matching.stories import keys, signature
from tests.makers import NOW, make_entry, make_evidence, make_proposition, make_story
from tracker.curation import evidence as evidence_decisions
from tracker.curation import stories
from tracker.models import Decision, Entry, Evidence, Revision, Story, StoryBand

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
HOUR = timedelta(hours=1)


def split(entry, **changes) -> Story:
    return stories.split(entry, **({"by": "ann", "at": LATER, "reason": "another event"} | changes))


def join(story, into, **changes) -> Story:
    return stories.join(story, into, **({"by": "ann", "at": LATER, "reason": "the same report"} | changes))


def a_pair():
    """Two tellings of one story."""
    first = make_entry("Gazprom announces a memorandum with China", at=NOW - HOUR)
    return first, make_entry("Gazprom and China sign nothing at all", story=first.story)


def unsettled(*propositions) -> list[bool]:
    for proposition in propositions:
        proposition.refresh_from_db()
    return [proposition.unsettled_at is not None for proposition in propositions]


def test_a_telling_becomes_a_story_of_its_own():
    first, second = a_pair()
    new = split(second)
    assert (new.headline, new.published_at) == ("Gazprom and China sign nothing at all", second.published_at)
    assert list(new.entries.all()) == [second]
    assert list(first.story.entries.all()) == [first]
    wanted = set(keys(signature(new.headline, "The price was left open.")))
    assert set(new.bands.values_list("band", flat=True)) == wanted


def test_the_story_of_which_the_first_telling_goes_is_retold_by_the_next():
    first, second = a_pair()
    old = first.story
    new = split(first)
    old.refresh_from_db()
    assert (old.headline, old.published_at) == ("Gazprom and China sign nothing at all", second.published_at)
    assert new.headline == "Gazprom announces a memorandum with China"


def test_evidence_goes_with_the_words_it_cites_and_the_rest_is_read_again():
    first, second = a_pair()
    Entry.objects.update(matched_at=NOW)
    one, other = make_proposition(), make_proposition()
    on_first = make_evidence(one, entry=first, stance="supports")
    on_second = make_evidence(other, entry=second, stance="contradicts")
    new = split(second)
    on_first.refresh_from_db(), on_second.refresh_from_db()
    assert (on_first.story, on_second.story) == (first.story, new)
    assert (on_second.state, on_second.stance) == ("confirmed", "contradicts")
    assert unsettled(one, other) == [False, True]
    assert Entry.objects.unmatched().count() == 2


def test_where_no_evidence_goes_only_the_telling_is_read_again():
    first, second = a_pair()
    Entry.objects.update(matched_at=NOW)
    make_evidence(make_proposition(), entry=first)
    split(second)
    assert list(Entry.objects.unmatched()) == [second]


def test_a_split_is_noted_on_both_stories():
    first, second = a_pair()
    new = split(second)
    assert [(each.verb, each.subject, each.reason) for each in Decision.objects.order_by("pk")] == [
        ("split story", first.story, "another event"),
        ("begin story", new, "another event"),
    ]


def test_the_only_telling_cannot_be_split_and_a_reason_is_asked_for():
    first, second = a_pair()
    with pytest.raises(Refused, match="Say why"):
        split(second, reason=" ")
    split(second)
    with pytest.raises(Refused, match="only telling"):
        split(first)


def test_a_telling_that_was_moved_meanwhile_is_refused():
    _, second = a_pair()
    seen = Entry.objects.get(pk=second.pk)
    split(second)
    with pytest.raises(Refused, match="moved to another story"):
        split(seen)


def test_joined_stories_are_one_with_the_earlier_time_and_the_keys_of_both():
    one, two = make_entry("A", at=NOW - HOUR), make_entry("B")
    StoryBand.objects.bulk_create(
        StoryBand(story=s, band=b) for s, b in [(one.story, 1), (one.story, 2), (two.story, 2)]
    )
    kept = join(one.story, two.story)
    assert set(kept.entries.all()) == {one, two}
    assert (kept.published_at, kept.headline) == (NOW - HOUR, "B")
    assert sorted(StoryBand.objects.values_list("band", "story")) == [(1, kept.pk), (2, kept.pk)]
    assert Story.objects.filter(pk=one.story_id).exists()


def test_evidence_of_both_is_kept_where_it_bears_on_different_questions():
    one, two = make_entry(), make_entry()
    first, second = make_proposition(), make_proposition()
    make_evidence(first, entry=one, stance="supports"), make_evidence(second, entry=two)
    kept = join(one.story, two.story)
    assert set(kept.evidence.values_list("proposition", "state")) == {(first.pk, "confirmed"), (second.pk, "suggested")}
    assert unsettled(first, second) == [True, False]


@pytest.mark.parametrize("mine_is_decided", [True, False])
def test_a_persons_decision_stays_over_a_suggestion_whichever_story_it_is_of(mine_is_decided):
    one, two = make_entry(), make_entry()
    question = make_proposition()
    decided = make_evidence(question, entry=one if mine_is_decided else two, stance="supports", strength="strong")
    suggested = make_evidence(question, entry=two if mine_is_decided else one)
    kept = join(one.story, two.story)
    decided.refresh_from_db(), suggested.refresh_from_db()
    assert (decided.story, decided.state, decided.strength) == (kept, "confirmed", "strong")
    assert (suggested.story_id, suggested.state) == (one.story_id, "rejected")
    assert "joined with another" in suggested.reason
    assert Story.objects.count() == 2
    assert unsettled(question) == [True]


def test_of_two_decisions_the_earlier_stays_and_the_other_is_rejected_in_words():
    one, two = make_entry(at=NOW - HOUR), make_entry()
    question = make_proposition()
    earlier = make_evidence(question, entry=one, at=NOW - HOUR, stance="supports")
    later = make_evidence(question, entry=two, stance="contradicts")
    kept = join(one.story, two.story)
    earlier.refresh_from_db(), later.refresh_from_db()
    assert (earlier.story, earlier.stance) == (kept, "supports")
    assert (later.story, later.state, later.stance, later.decided_by) == (one.story, "rejected", "", "ann")
    rejection = Decision.objects.get(verb="reject")
    assert (rejection.subject, rejection.before["stance"]) == (later, "contradicts")


def test_a_rejection_by_a_person_stays_over_a_suggestion():
    one, two = make_entry(), make_entry()
    question = make_proposition()
    turned_down = evidence_decisions.reject(make_evidence(question, entry=one), by="ben", reason="sport", at=NOW)
    make_evidence(question, entry=two)
    kept = join(one.story, two.story)
    assert kept.evidence.get() == turned_down
    assert kept.evidence.get().reason == "sport"


def test_split_undoes_join():
    one, two = make_entry(), make_entry()
    question = make_proposition()
    decided = make_evidence(question, entry=one, stance="supports")
    make_evidence(question, entry=two)
    join(one.story, two.story)
    new = split(Entry.objects.get(pk=one.pk))
    decided.refresh_from_db()
    assert decided.story == new
    assert two in Entry.objects.unmatched()


@pytest.mark.parametrize("which", ["itself", "nothing", "emptied"])
def test_a_story_is_joined_with_another_that_is_told(which):
    one, two = make_entry(), make_entry()
    gone = join(make_entry().story, one.story)
    empty = make_story()
    others = {"itself": two.story, "nothing": Story(pk=10**6), "emptied": empty}
    with pytest.raises(Refused, match=r"itself|no such story|no telling any more"):
        join(two.story, others[which])
    assert gone.entries.count() == 2


def test_joining_is_noted_on_both_and_needs_a_reason():
    one, two = make_entry(), make_entry()
    with pytest.raises(Refused, match="Say why"):
        join(one.story, two.story, reason="")
    join(one.story, two.story)
    assert Decision.objects.get(verb="join story").after["into"] == two.story_id
    assert Decision.objects.get(verb="extend story").subject == two.story


def test_two_curators_who_join_crosswise_leave_one_story_with_all(at_once):
    one, two = make_entry(), make_entry()
    question = make_proposition()
    make_evidence(question, entry=one), make_evidence(question, entry=two, stance="supports")
    results = at_once(lambda: join(one.story, two.story), lambda: join(two.story, one.story))
    assert sorted(type(result).__name__ for result in results) == ["Refused", "Story"]
    stories_left, standing = at_once(
        lambda: set(Entry.objects.values_list("story", flat=True)), lambda: Evidence.objects.shown().count()
    )
    assert (len(stories_left), standing) == (1, 1)


def test_evidence_attached_at_the_moment_of_a_join_stands_with_the_story_that_is_kept(at_once):
    one, two = make_entry(), make_entry()
    question, revision = make_proposition(), one.revisions.get()
    results = at_once(
        lambda: evidence_decisions.attach(revision, proposition=question, stance="mentions", by="bob", at=LATER),
        lambda: join(one.story, two.story),
    )
    assert [type(result).__name__ for result in results] == ["Evidence", "Story"]
    assert at_once(lambda: Evidence.objects.get().story_id) == [two.story_id]


def test_evidence_goes_to_the_story_that_tells_it_now():
    one, two = make_entry(), make_entry()
    revision = Revision.objects.select_related("entry__story").get(entry=one)
    join(one.story, two.story)
    attached = evidence_decisions.attach(
        revision, proposition=make_proposition(), stance="mentions", by="bob", at=LATER
    )
    assert attached.story == two.story


def test_two_curators_who_split_one_telling_make_one_story(at_once):
    _, second = a_pair()
    results = at_once(lambda: split(second), lambda: split(second))
    assert sorted(type(result).__name__ for result in results) == ["Refused", "Story"]
    assert at_once(Story.objects.count) == [2]
