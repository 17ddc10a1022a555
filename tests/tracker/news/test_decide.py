from dataclasses import replace

from tracker.news.decide import MAX_REVISIONS, Kind, Known, by_identity, content_hash, decide, identity
from tracker.news.documents import Item

ITEM = Item(guid="g1", link="https://n.example/a?utm_source=x", title="Xi visits Moscow", body="The visit began.")


def kinds(items, known):
    return [decision.kind for decision in decide(by_identity(items), known)]


def known_as(item, revisions=1):
    return {identity(item): Known(content_hash(item), revisions)}


def test_what_is_not_known_is_new_and_what_is_known_is_the_same():
    assert kinds([ITEM], {}) == [Kind.NEW]
    assert kinds([ITEM], known_as(ITEM)) == [Kind.SAME]


def test_other_visible_words_are_a_change_and_other_spacing_is_not():
    assert kinds([replace(ITEM, title="CORRECTED: Xi visits Minsk")], known_as(ITEM)) == [Kind.CHANGED]
    assert kinds([replace(ITEM, body="The  visit\n\nbegan.")], known_as(ITEM)) == [Kind.SAME]


def test_a_text_that_never_comes_to_rest_is_left_after_the_last_revision():
    changed = replace(ITEM, body="Views: 381")
    assert kinds([changed], known_as(ITEM, MAX_REVISIONS - 1)) == [Kind.CHANGED]
    assert kinds([changed], known_as(ITEM, MAX_REVISIONS)) == [Kind.FLAPPING]


def test_an_item_keeps_its_identity_when_its_link_and_words_change():
    assert identity(ITEM) == identity(replace(ITEM, link="https://n.example/b", title="Other", body=""))


def test_without_a_guid_the_link_identifies_whatever_parameters_track_it():
    one = replace(ITEM, guid="")
    assert identity(one) == identity(replace(one, link="https://n.example/a", title="Other"))
    assert identity(one) != identity(replace(one, link="https://n.example/b"))


def test_without_guid_and_link_title_and_date_identify():
    one = Item(title="Morning briefing", published_raw="Mon, 01 Jun 2026")
    assert identity(one) != identity(replace(one, published_raw="Tue, 02 Jun 2026"))
    assert identity(one) == identity(replace(one, body="other"))


def test_a_guid_and_a_link_that_look_alike_are_different_identities():
    url = "https://n.example/a"
    assert identity(Item(guid=url)) != identity(Item(link=url))


def test_repeats_in_one_document_are_folded_into_the_first():
    assert list(by_identity([ITEM, replace(ITEM, title="Later wording"), ITEM]).values()) == [ITEM]


def test_a_guid_given_to_different_pages_identifies_nothing():
    items = [replace(ITEM, guid="same", link=f"https://n.example/{n}") for n in range(3)]
    assert len(by_identity(items)) == 3


def test_items_without_any_words_are_left_out():
    assert by_identity([Item(guid="g9"), Item()]) == {}


def test_an_identity_is_a_short_hash_however_long_the_guid():
    assert len(identity(Item(guid="x" * 10_000))) == 64
    assert len(identity(Item(guid="\ud800"))) == 64


def test_an_empty_document_decides_nothing():
    assert decide(by_identity([]), known_as(ITEM)) == ()
