"""Deciding on stories: split a telling off, or join two that are one report. Evidence follows, and nothing is lost.

Stories are locked before entries, and evidence last; a story's row is never deleted, so what once led to it still does.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from forecasts.models import Proposition
from forecasts.refused import Refused
from language.matching.stories import keys, signature
from tracker.curation.decisions import Verb, note
from tracker.curation.evidence import reject
from tracker.models import Entry, Evidence, Revision, Story, StoryBand, SuggestionQueue, User

# What has fewer words is alike by chance, and so meets no other under any key.


def split(entry: Entry, *, by: User | str, at: datetime, reason: str) -> Story:
    """Make an entry a story of its own; evidence that cites its words goes with it.

    What then has lost its evidence is held against the questions again.
    """
    if not reason.strip():
        raise Refused("Say why this is another report: whoever finds it apart will want to know.")
    with transaction.atomic():
        old = _locked([entry.story_id])[0]
        held = Entry.objects.select_for_update().get(pk=entry.pk)
        others = list(Entry.objects.select_for_update().filter(story=old).exclude(pk=held.pk).order_by("pk"))
        if held.story_id != old.pk:
            raise Refused("This telling was moved to another story at this moment: look at it again.")
        if not others:
            raise Refused("This is the only telling of its story, so there is nothing to split it from.")
        new = Story.objects.create(
            headline="", first_seen_at=held.first_seen_at, published_at=held.published_at, signature=b""
        )
        Entry.objects.filter(pk=held.pk).update(story=new, matched_at=None)
        cited = list(Evidence.objects.select_for_update().filter(story=old, revision__entry=held).order_by("pk"))
        Evidence.objects.filter(pk__in=[row.pk for row in cited]).update(story=new)
        if cited:
            Entry.objects.filter(pk__in=[other.pk for other in others]).update(matched_at=None)
        _retell(new)
        if (held.published_at, held.pk) < min((other.published_at, other.pk) for other in others):
            _retell(old)
        _unsettle(cited, at)
        after = {"entry": held.pk, "story": new.pk, "evidence": [row.pk for row in cited]}
        note(Verb.SPLIT_STORY, subject=old, by=by, at=at, reason=reason, before={"entry": held.pk}, after=after)
        note(Verb.BEGIN_STORY, subject=new, by=by, at=at, reason=reason, before={"story": old.pk}, after=after)
    return new


def join(story: Story, into: Story, *, by: User | str, at: datetime, reason: str) -> Story:
    """Make two stories one, `into`. Of two rows on one question a person's decision stays, of two the earlier one.

    The other row stays on record with the emptied story, rejected in words.
    """
    if not reason.strip():
        raise Refused("Say why these are one report: whoever finds them joined will want to know.")
    if story.pk == into.pk:
        raise Refused("A story cannot be joined with itself: choose another.")
    with transaction.atomic():
        locked = {row.pk: row for row in _locked([story.pk, into.pk])}
        emptied, kept = locked[story.pk], locked[into.pk]
        # Both stories' entries, so that nobody attaches evidence to either meanwhile.
        tellings = Entry.objects.select_for_update().filter(story__in=[emptied, kept]).order_by("pk")
        told = dict(tellings.values_list("pk", "story_id"))
        moved = [entry for entry, told_in in told.items() if told_in == emptied.pk]
        for row in (emptied, kept):
            if row.pk not in told.values():
                raise Refused(f"Story {row.pk} has no telling any more: it was joined with another; choose that one.")
        Entry.objects.filter(pk__in=moved).update(story=kept)
        _move_bands(emptied, kept)
        touched = _move_evidence(emptied, kept, by=by, at=at)
        kept.published_at = min(kept.published_at, emptied.published_at)
        kept.first_seen_at = min(kept.first_seen_at, emptied.first_seen_at)
        kept.save(update_fields=["published_at", "first_seen_at"])
        _unsettle(touched, at)
        after = {"into": kept.pk, "entries": moved, "evidence": [row.pk for row in touched]}
        note(Verb.JOIN_STORY, subject=emptied, by=by, at=at, reason=reason, before={"entries": moved}, after=after)
        note(Verb.EXTEND_STORY, subject=kept, by=by, at=at, reason=reason, before={"story": emptied.pk}, after=after)
    return kept


def _locked(ids: Iterable[int]) -> list[Story]:
    # Not the key: entries and evidence that refer to these rows may come in meanwhile.
    wanted = set(ids)
    rows = list(Story.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))
    if len(rows) < len(wanted):
        raise Refused("There is no such story: look up its number once more.")
    return rows


def _move_bands(emptied: Story, kept: Story) -> None:
    """Later copies of either are found under the story that is kept; a key is needed once."""
    StoryBand.objects.filter(story=emptied, band__in=kept.bands.values("band")).delete()
    StoryBand.objects.filter(story=emptied).update(story=kept)


def _move_evidence(emptied: Story, kept: Story, *, by: User | str, at: datetime) -> list[Evidence]:
    """All rows of the emptied story, and those of the other that met one of them."""
    rows = list(Evidence.objects.select_for_update().filter(story__in=[emptied, kept]).order_by("pk"))
    here = {row.proposition_id: row for row in rows if row.story_id == kept.pk}
    coming = [row for row in rows if row.story_id == emptied.pk]
    pairs = [(row, here[row.proposition_id]) for row in coming if row.proposition_id in here]
    losers = [max(pair, key=_claim_to_stay) for pair in pairs]
    lost = {row.pk for row in losers}
    reason = f"Its story was joined with another that is kept: {kept.headline}"[:500]
    for loser in losers:
        if loser.state != Evidence.State.REJECTED:  # else its own reason stays
            reject(loser, by=by, at=at, reason=reason)
    # A question may have one row a story, so two that change places need a third while they do.
    outgoing = [row.pk for row in losers if row.story_id == kept.pk]
    incoming = [row.pk for row in coming if row.pk not in lost]
    parking = Story.objects.create(headline="", first_seen_at=at, published_at=at, signature=b"") if outgoing else None
    if parking:
        Evidence.objects.filter(pk__in=outgoing).update(story=parking)
    Evidence.objects.filter(pk__in=incoming).update(story=kept)
    if parking:
        Evidence.objects.filter(pk__in=outgoing).update(story=emptied)
        parking.delete()
    return [*coming, *(row for pair in pairs for row in pair[1:])]


def _claim_to_stay(row: Evidence) -> tuple[bool, float, int]:
    """The smallest stays: a person's decision, the earlier; of two suggestions the surer, then the older row."""
    is_undecided = row.state == Evidence.State.SUGGESTED
    decided = row.decided_at.timestamp() if row.decided_at and not is_undecided else 0.0
    return (is_undecided, -row.relevance if is_undecided else decided, row.pk)


def _retell(story: Story) -> None:
    """Headline, times and keys from its earliest telling, as when a story begins."""
    first = Entry.objects.filter(story=story).order_by("published_at", "pk").first()
    assert first is not None
    words = Revision.objects.get(entry=first, is_current=True)
    mark = signature(words.title, words.body)
    story.headline = (words.title or words.body)[:500]
    story.published_at, story.signature = first.published_at, bytes(mark)
    story.first_seen_at = min(Entry.objects.filter(story=story).values_list("first_seen_at", flat=True))
    story.save(update_fields=["headline", "published_at", "signature", "first_seen_at"])
    story.bands.all().delete()
    StoryBand.objects.bulk_create(StoryBand(story=story, band=key) for key in keys(mark))


def _unsettle(rows: Sequence[Evidence], at: datetime) -> None:
    Proposition.objects.filter(pk__in={row.proposition_id for row in rows}).mark_unsettled(at)
    SuggestionQueue.objects.mark_stale([row.proposition_id for row in rows])
