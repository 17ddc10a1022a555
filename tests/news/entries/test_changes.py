from dataclasses import replace
from datetime import date

import pytest

from news.entries.changes import (
    MAX_REVISIONS,
    ChangeKind,
    StoredEntry,
    content_hash,
    decide,
    link_keys_to_search,
    named_items,
)
from news.formats.documents import FeedItem

ITEM = FeedItem(
    guid="g1",
    link="https://n.example/a?utm_source=x",
    title="Xi visits Moscow",
    body="The visit began.",
    published_raw="Mon, 01 Jun 2026",
)


def identity(item):
    return named_items([item])[0].identity


def stored(*items, revisions=1, **changes):
    """What would be known of these items after one document with them."""
    return [
        StoredEntry(
            **{
                "key": number,
                "identity": name.identity,
                "link_key": name.link_key,
                "title": name.item.title,
                "published_raw": name.item.published_raw,
                "content_sha256": content_hash(name.item),
                "revisions": revisions,
                "listed_on": date(2026, 6, 1),
                **changes,
            }
        )
        for number, name in enumerate(named_items(items))
    ]


def decided(items, known=()):
    """As the job does it: what is stored under the same identity, and under the same link where that must be sought."""
    names = named_items(items)
    identities = {name.identity for name in names}
    by_identity = [entry for entry in known if entry.identity in identities]
    sought = link_keys_to_search(names, by_identity)
    return decide(names, by_identity + [entry for entry in known if entry.link_key in sought])


def kinds(items, known=()):
    return [decision.kind for decision in decided(items, known)]


# What is new, changed, the same


def test_what_is_not_known_is_new_and_what_is_known_is_the_same():
    assert kinds([ITEM]) == [ChangeKind.NEW]
    assert kinds([ITEM], stored(ITEM)) == [ChangeKind.SAME]


def test_other_visible_words_are_a_change_and_other_spacing_is_not():
    assert kinds([replace(ITEM, title="CORRECTED: Xi visits Minsk")], stored(ITEM)) == [ChangeKind.CHANGED]
    assert kinds([replace(ITEM, body="The  visit\n\nbegan.")], stored(ITEM)) == [ChangeKind.SAME]


def test_a_text_that_never_comes_to_rest_is_left_after_the_last_revision():
    changed = replace(ITEM, body="Views: 381")
    assert kinds([changed], stored(ITEM, revisions=MAX_REVISIONS - 1)) == [ChangeKind.CHANGED]
    assert kinds([changed], stored(ITEM, revisions=MAX_REVISIONS)) == [ChangeKind.FLAPPING]


def test_words_past_the_last_revision_are_known_by_their_hash():
    changed = replace(ITEM, body="Views: 381")
    known = stored(ITEM, revisions=MAX_REVISIONS, unkept_sha256=content_hash(changed))
    assert kinds([changed], known) == [ChangeKind.SAME]


def test_an_empty_document_decides_nothing():
    assert decided([], stored(ITEM)) == ()


# What names an item


def test_an_item_keeps_its_identity_when_its_link_or_words_change():
    assert identity(ITEM) == identity(replace(ITEM, link="https://n.example/b", title="Other", body=""))


@pytest.mark.parametrize(
    "moved", ["http://n.example/a?p=1", "https://www.n.example/a?p=1", "HTTPS://new.example/a?p=1"]
)
def test_a_guid_stays_itself_when_its_site_gets_another_scheme_or_host(moved):
    one = replace(ITEM, guid="https://n.example/a?p=1")
    assert identity(one) == identity(replace(one, guid=moved))


def test_guids_of_one_document_that_differ_in_their_host_are_different():
    items = [replace(ITEM, guid=f"https://{host}.example/1", link="", title=host) for host in ("a", "b")]
    assert len(named_items(items)) == 2


def test_a_guid_that_is_a_bare_site_is_not_cut_to_nothing():
    assert identity(FeedItem(guid="https://a.example/", title="a")) != identity(
        FeedItem(guid="https://b.example/", title="a")
    )


def test_without_a_guid_the_link_identifies_whatever_parameters_track_it():
    one = replace(ITEM, guid="")
    assert identity(one) == identity(replace(one, link="https://n.example/a", title="Other"))
    assert identity(one) != identity(replace(one, link="https://n.example/b"))


def test_without_guid_and_link_title_and_date_identify():
    one = FeedItem(title="Morning briefing", published_raw="Mon, 01 Jun 2026")
    assert identity(one) != identity(replace(one, published_raw="Tue, 02 Jun 2026"))
    assert identity(one) == identity(replace(one, body="other"))


def test_a_guid_and_a_link_that_look_alike_are_different_identities():
    url = "https://n.example/a"
    assert identity(FeedItem(guid=url, title="a")) != identity(FeedItem(link=url))


def test_repeats_in_one_document_are_folded_into_the_first():
    assert [name.item for name in named_items([ITEM, replace(ITEM, body="Later wording"), ITEM])] == [ITEM]


def test_a_guid_given_to_different_pages_or_titles_identifies_nothing():
    pages = [replace(ITEM, guid="same", link=f"https://n.example/{n}") for n in range(3)]
    titles = [replace(ITEM, guid="same", title=f"Report {n}") for n in range(3)]
    assert len(named_items(pages)) == len(named_items(titles)) == 3
    assert kinds(titles, stored(*titles)) == [ChangeKind.SAME] * 3


def test_items_of_a_misused_guid_are_known_again_when_only_one_is_left():
    titles = [replace(ITEM, guid="same", title=f"Report {n}") for n in range(3)]
    assert kinds(titles[1:2], stored(*titles)) == [ChangeKind.SAME]


def test_items_without_any_words_are_left_out():
    assert named_items([FeedItem(guid="g9"), FeedItem()]) == ()


def test_an_identity_is_a_short_hash_however_long_the_guid():
    assert len(identity(FeedItem(guid="x" * 10_000, title="a"))) == 64
    assert len(identity(FeedItem(guid="\ud800", title="a"))) == 64


# Guids that change


def test_a_guid_made_anew_for_each_poll_doubles_nothing():
    known = stored(ITEM)
    (decision,) = decided([replace(ITEM, guid="g2", body="The visit has ended.")], known)
    assert (decision.kind, decision.stored) == (ChangeKind.CHANGED, known[0])


def test_without_a_link_title_and_date_find_an_entry_under_its_new_guid():
    one = replace(ITEM, link="")
    assert kinds([replace(one, guid="g2")], stored(one)) == [ChangeKind.SAME]
    assert kinds([replace(one, guid="g2", published_raw="")], stored(replace(one, published_raw=""))) == [
        ChangeKind.NEW
    ]


def test_a_new_guid_with_the_old_link_but_another_title_and_date_is_a_new_report():
    other = replace(ITEM, guid="g2", title="Putin visits Beijing", published_raw="Tue, 02 Jun 2026")
    assert kinds([other], stored(ITEM)) == [ChangeKind.NEW]


def test_an_entry_that_the_document_names_itself_is_nobody_elses():
    twin = replace(ITEM, guid="g2")
    assert kinds([ITEM, twin], stored(ITEM)) == [ChangeKind.SAME, ChangeKind.NEW]


def test_items_that_all_lead_to_one_page_are_told_apart_by_title():
    home = [replace(ITEM, guid=f"new{n}", title=f"Report {n}") for n in range(3)]
    known = stored(*[replace(item, guid=f"old{n}") for n, item in enumerate(home)])
    assert kinds([*home, replace(ITEM, guid="new9", title="Report 9")], known) == [ChangeKind.SAME] * 3 + [
        ChangeKind.NEW
    ]


def test_one_guid_for_whatever_is_newest_gives_an_entry_for_each_report():
    newer = replace(
        ITEM, link="https://n.example/b", title="Rain floods southern towns", published_raw="Tue, 02 Jun 2026"
    )
    first = stored(ITEM)
    (decision,) = decided([newer], first)
    assert decision.kind is ChangeKind.NEW
    kept = stored(newer, identity=decision.identity, key=9)
    assert kinds([newer], [*first, *kept]) == [ChangeKind.SAME]


def test_a_report_that_gets_another_title_and_address_stays_one():
    moved = replace(ITEM, link="https://n.example/b", title="Xi leaves Moscow after visit", published_raw="Tue, 02 Jun")
    assert kinds([moved], stored(ITEM)) == [ChangeKind.CHANGED]


def test_twins_of_one_link_and_title_get_new_guids_and_double_nothing():
    twins = [replace(ITEM, guid=f"old{n}", published_raw=f"Day {n}") for n in range(2)]
    known = stored(*twins)
    again = decided([replace(twin, guid=f"new{n}") for n, twin in enumerate(twins)], known)
    assert [(decision.kind, decision.stored) for decision in again] == [(ChangeKind.SAME, entry) for entry in known]
    undated = [replace(twin, guid=f"new{n}", published_raw="") for n, twin in enumerate(twins)]
    assert kinds(undated, known) == [ChangeKind.SAME] * 2


def test_what_a_reused_guid_names_is_left_to_the_item_with_the_same_link():
    newer = replace(ITEM, link="https://n.example/b", title="Rain floods towns", published_raw="Tue, 02 Jun 2026")
    twin = replace(newer, guid="", title="Rain floods southern towns")
    for items in ([newer, twin], [twin, newer]):
        assert [decision.item for decision in decided(items, stored(ITEM))] == [twin]


def test_two_reused_guids_that_lead_to_one_link_name_one_entry():
    old = [replace(ITEM, guid=f"g{n}", link=f"https://n.example/{n}") for n in range(2)]
    newer = [replace(one, link="https://n.example/b", title="Rain in towns", published_raw="Tue") for one in old]
    assert kinds(newer, stored(*old)) == [ChangeKind.NEW]
