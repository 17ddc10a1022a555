import pytest

from language import weights, wordlists


@pytest.mark.parametrize("name", sorted(file.stem for file in weights.DATA.glob("*.toml")))
def test_every_list_can_be_read(name):
    assert wordlists.read(name)


def test_a_pattern_may_be_broken_over_lines_and_hold_parts():
    pattern = wordlists.pattern("\n\\b{NOT}\\s\n(?:likely\n|sure)\\b\n", parts={"NOT": "(?:not|never)"})
    assert pattern.fullmatch("Never likely")
    assert not pattern.search("not, sure")
