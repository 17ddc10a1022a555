import pytest

from language.readings import forms

SCHEMA = forms.record(
    name=forms.text(5), kind=forms.text(5, among=("a", "b")), on=forms.or_null(forms.text(10)), sure=forms.CHANCE
)
RIGHT = {"name": "Ada", "kind": "a", "on": None, "sure": 0.5}


@pytest.mark.parametrize("change", [{}, {"on": "2027-01-01"}, {"sure": 1}, {"name": ""}])
def test_an_answer_of_the_form_is_taken(change):
    forms.check({**RIGHT, **change}, SCHEMA)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([RIGHT], "not an object of name, kind, on, sure"),
        ({"name": "Ada"}, "not an object"),
        ({**RIGHT, "more": 1}, "not an object"),
        ({**RIGHT, "name": None}, "name is no text"),
        ({**RIGHT, "name": "Adelheid"}, "longer than 5"),
        ({**RIGHT, "kind": "c"}, "none of a, b"),
        ({**RIGHT, "on": 7}, "on is no text"),
        ({**RIGHT, "sure": True}, "no number from 0 to 1"),
        ({**RIGHT, "sure": "0.5"}, "no number"),
        ({**RIGHT, "sure": float("nan")}, "no number"),
        ({**RIGHT, "sure": float("inf")}, "no number"),
        ({**RIGHT, "sure": -0.1}, "no number"),
    ],
)
def test_any_other_answer_is_refused_in_words(answer, words):
    with pytest.raises(forms.InvalidAnswer, match=words):
        forms.check(answer, SCHEMA)


def test_a_list_is_bounded_and_each_of_it_checked():
    schema = forms.rows(forms.CHANCE, most=2)
    for answer in ([0, 0, 0], {"0": 0}, [0, 2]):
        with pytest.raises(forms.InvalidAnswer):
            forms.check(answer, schema)
    forms.check([0, 1], schema)
    forms.check(["x", {}], forms.unchecked(schema))


def test_words_that_a_server_refuses_are_left_out_at_every_depth():
    schema = forms.record(rows=forms.rows(forms.record(kind=forms.text(5, among=("a", "b")), on=forms.DAY), most=3))
    assert forms.sent(schema) == schema
    bare = forms.sent(schema, without=forms.OPTIONAL)
    assert "maxLength" not in str(bare)
    assert bare["properties"]["rows"]["items"]["properties"]["on"] == {"type": "string"}
    assert bare["properties"]["rows"]["items"]["properties"]["kind"]["enum"] == ["a", "b"]
