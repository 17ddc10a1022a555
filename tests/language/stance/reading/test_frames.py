import pytest

from language.stance.reading import frames


def of(claim):
    return frames.of(claim, "", deadline=None, opens=None, published=None)


@pytest.mark.parametrize(
    ("claim", "sign"),
    [
        ("Velmark will remain outside the euro.", -1),
        ("Velmark will stay out of the alliance.", -1),
        ("The firm will keep off the Ostrava route.", -1),
        ("Zimbala will avoid a default.", 1),
        ("The senate will fail to pass the bill this session, which ends on 30 June 2026.", -1),
        ("No member of the cabinet will resign.", 1),
        ("The parliament will lift the ban.", 1),
        ("The parliament will block the reform.", -1),
        ("Lumora will escape bankruptcy.", 1),
        ("The bridge will open.", 1),
        ("The mine will be closed.", -1),
        ("Trains will run without a change.", 1),
        ("The island will be without a storm.", -1),
        ("Veldora will hold a referendum on leaving the union.", 1),
        ("Norgate will not go bankrupt.", 1),
    ],
)
def test_what_keeps_a_thing_from_happening_turns_the_claim_once(claim, sign):
    assert of(claim).sign == sign


@pytest.mark.parametrize(
    ("claim", "stem"),
    [
        ("Zimbala will avoid a default on its debt.", "default"),
        ("Holm will run for a third term.", "run"),
        ("US allies turn to Arden as a partner.", ""),
        ("Arden will be a member.", "member"),
    ],
)
def test_a_claims_own_verb_is_known_in_headlines(claim, stem):
    assert of(claim).echoes == ({stem} if stem else frozenset())


def test_what_is_avoided_is_denied():
    assert of("Zimbala will avoid a default.").denied
    assert of("The senate will fail to act.").denied
    assert not of("The minister will step down.").denied


def test_what_is_refused_to_last_does_not_last():
    assert not of("The ministry will refuse to extend the licence.").lasting
    assert of("The bridge will stay closed.").lasting
