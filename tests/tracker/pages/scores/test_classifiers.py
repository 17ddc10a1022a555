"""The page that says how well each classifier judges."""

import pytest

from tests.makers import make_article, make_claim, make_evidence, make_proposition

pytestmark = pytest.mark.django_db


def decided(count, *, said, stance, classifier="built-in 2"):
    proposition = make_proposition()
    for _ in range(count):
        make_evidence(proposition, stance=stance, suggested_stance=said, classifier=classifier)


def text_of(client):
    return " ".join(client.get("/classifiers/").content.decode().split())


def test_without_decisions_it_says_so(client):
    assert "No decisions yet" in text_of(client)


def test_a_few_decisions_tell_nothing(client):
    decided(9, said="supports", stance="supports")
    text = text_of(client)
    assert "9 suggestions decided by people" in text
    assert "too few to tell" in text


def test_a_reader_that_is_right_is_worth_something_and_one_that_guesses_nothing(client):
    for stance in ("supports", "contradicts"):
        decided(30, said=stance, stance=stance, classifier="careful 1")
        decided(15, said="supports", stance=stance, classifier="guessing 1")
        decided(15, said="contradicts", stance=stance, classifier="guessing 1")
    careful, guessing = text_of(client).split("Guessing 1</h2>")
    assert "100%<small>between 97% and 100%" in careful
    cells = "".join(f'<td class="number">{cell}</td>' for cell in (30, 0, 0, 0, "67%"))
    assert f"Supports</th>{cells}" in careful
    assert "50%<small>between 42% and 58%" in guessing
    assert "So far its suggestions tell nothing about a question." in guessing


def test_what_a_person_attached_by_hand_is_no_readers(client):
    decided(20, said="supports", stance="supports", classifier="")
    assert "No decisions yet" in text_of(client)


def test_the_chances_of_each_side_are_drawn_beside_what_people_decided(client):
    proposition = make_proposition()
    for number in range(12):
        stance = "supports" if number < 8 else "contradicts"
        make_evidence(proposition, stance=stance, supports=0.7, contradicts=0.2, classifier="careful 1")
    text = text_of(client)
    assert text.count("Calibration: of 12 suggestions given 70%, 8 were confirmed.") == 2
    assert text.count("Calibration: of 12 suggestions given 20%, 4 were confirmed.") == 2
    assert "chance given to “contradicts”" in text


def test_a_reader_that_gave_no_chances_has_no_picture_and_one_that_was_certain_has(client):
    decided(12, said="supports", stance="supports", classifier="silent 1")
    assert "Calibration:" not in text_of(client)
    proposition = make_proposition()
    for _ in range(12):
        make_evidence(proposition, stance="supports", supports=1.0, contradicts=0.0, classifier="certain 1")
    assert "of 12 suggestions given 100%, 12 were confirmed" in text_of(client)


@pytest.mark.parametrize("size", [1, 4])
def test_three_queries_whatever_the_number_of_classifiers(client, django_assert_num_queries, size):
    for number in range(size):
        decided(3, said="supports", stance="supports", classifier=f"classifier {number}")
    with django_assert_num_queries(3):
        text_of(client)


def test_records_with_and_without_decisions_to_go_on_stand_apart(client):
    proposition = make_proposition()
    for known in (0, 3, 5, 40):
        make_evidence(proposition, stance="supports", classifier="built-in 2", decisions_known=known)
    text = text_of(client)
    assert "2 suggestions decided by people, with 5 decisions or more to go on" in text
    assert "1 suggestion decided by people, with no decision to go on" in text
    assert "Built-in 2 with 1 to 4 decisions to go on</h2>" in text


def test_whoever_proposes_claims_has_a_record_too(client):
    assert "Claims proposed" not in text_of(client)
    for number in range(12):
        state = "accepted" if number < 9 else "rejected"
        make_claim(make_article(), state=state, proposed_by="openai small prompt 1")
    make_claim(make_article(), state="accepted", proposed_by="built-in 3")
    make_claim(make_article(), state="accepted", proposed_by="ada")
    table = text_of(client).split("Claims proposed")[1]
    assert '9</td><td class="number" data-heading="Rejected">3</td>' in table
    assert "75% (" in table
    assert "Built-in 3" in table
    assert "Ada" not in table
