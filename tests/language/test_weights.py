"""The models' files are used only where they are those that were trained."""

import pytest

from language import weights


def test_what_was_written_is_read(tmp_path):
    weights.write("a.json", b"{}", folder=tmp_path)
    weights.write("b.json", b"[]", folder=tmp_path)
    assert weights.read("a.json", folder=tmp_path) == b"{}"
    assert list(weights.sums(tmp_path)) == ["a.json", "b.json"]


def test_a_file_that_was_tampered_with_is_named_with_both_hashes(tmp_path):
    weights.write("a.json", b"{}", folder=tmp_path)
    (tmp_path / "a.json").write_bytes(b"[]")
    with pytest.raises(weights.ModelUnavailable, match=r"a\.json: expected sha256 44136f.*found 4f53cd"):
        weights.read("a.json", folder=tmp_path)


def test_a_file_that_is_missing_or_not_listed_is_named(tmp_path):
    weights.write("a.json", b"{}", folder=tmp_path)
    (tmp_path / "a.json").unlink()
    with pytest.raises(weights.ModelUnavailable, match=r"a\.json: cannot be read"):
        weights.read("a.json", folder=tmp_path)
    with pytest.raises(weights.ModelUnavailable, match=r"b\.json: not listed"):
        weights.read("b.json", folder=tmp_path)


def test_every_shipped_file_but_the_lists_by_hand_is_the_one_that_is_listed():
    names = {file.name for file in weights.DATA.iterdir() if file.suffix != ".toml"} - {weights.SUMS}
    assert names == set(weights.sums())
    for name in names:
        weights.read(name)
    assert sum(file.stat().st_size for file in weights.DATA.iterdir()) < 30 * 1024 * 1024
