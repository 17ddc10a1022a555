from language.sentences import passages, words

HARBOUR = words.stems("The harbour of Brem will close for good.")


def test_the_sentence_that_holds_most_of_the_claim_is_shown():
    body = "The mayor spoke at noon. The harbour of Brem closes in May, she said."
    assert passages.best("News from the coast", body, wanted=HARBOUR) == "The harbour of Brem closes in May, she said."


def test_a_title_that_only_asks_gives_way_to_a_sentence_that_tells():
    told = "Port workers in Brem say that the harbour stays open until May."
    assert passages.best("Will the harbour of Brem close?", told, wanted=HARBOUR) == told


def test_what_sends_the_reader_elsewhere_is_never_shown():
    body = "Follow our live blog on the harbour of Brem as it is to close for good. Cranes stand still at the harbour."
    assert passages.best("Port news", body, wanted=HARBOUR) == "Cranes stand still at the harbour."


def test_a_sentence_that_only_begins_like_an_invitation_is_shown():
    told = "Follow-up talks on the harbour of Brem ended without a word on when it will close."
    assert passages.best("Port news", told, wanted=HARBOUR) == told


def test_a_question_is_shown_where_nothing_else_is_said():
    assert passages.best("Will the harbour close?", "", wanted=HARBOUR) == "Will the harbour close?"


def test_an_empty_entry_has_an_empty_passage():
    assert passages.best("", "", wanted=HARBOUR) == ""
