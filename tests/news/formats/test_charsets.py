import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.formats.charsets import as_utf8

RUSSIAN = "Президент прибыл в Москву на переговоры о поставках газа"
JAPANESE = "外務省は記者会見で発表した、これからの方針"
CHINESE = "不归移民漫画系列：专业工作"
KOREAN = "한글로 된 닉네임을 정할 경우에"
FRENCH = "Café Müller said “no” – twice"


def text(body, content_type="application/xml"):
    return as_utf8(body, content_type=content_type).body.decode()


def feed(title, encoding=""):
    head = f"<?xml version='1.0' encoding='{encoding}'?>" if encoding else ""
    return f"{head}<rss><channel><item><title>{title}</title></item></channel></rss>"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_known_with_and_without_mark_and_name(encoding):
    for stated in ("", encoding, "utf-8"):
        assert RUSSIAN in text(feed(RUSSIAN, stated).encode(encoding))


@pytest.mark.parametrize(
    ("title", "encoding"),
    [
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp1251"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb2312"),
        (KOREAN, "euc_kr"),
        (FRENCH, "cp1252"),
    ],
)
def test_an_encoding_is_taken_from_the_document_or_the_server_or_guessed(title, encoding):
    stated, bare = feed(title, encoding).encode(encoding), feed(title).encode(encoding)
    assert title in text(stated, "text/xml; charset=utf-8")
    assert title in text(bare, f"text/xml; charset={encoding}")
    assert title in text(bare)
    assert "guessed" in as_utf8(bare, content_type="").warning


def test_the_larger_encoding_is_read_where_the_smaller_is_named():
    assert FRENCH in text(feed(FRENCH, "iso-8859-1").encode("cp1252"))
    assert "鎔" in text(feed("朱鎔基", "gb2312").encode("gbk"))


def test_a_wrong_name_is_no_harm():
    for wrong in ("utf-8", "utf-16", "no-such-thing", "idna", "punycode", "rot13", "zlib", "cp037", "unicode_escape"):
        decoded = as_utf8(feed("Plain title", wrong).encode(), content_type="")
        assert "<title>Plain title</title>" in decoded.body.decode()
        assert b"encoding" not in decoded.body
    assert FRENCH in text(feed(FRENCH, "utf-8").encode("cp1252"))


def test_a_damaged_character_or_half_of_one_spoils_no_other():
    body = feed(RUSSIAN + "X" + KOREAN, "utf-8").encode().replace(b"X", b"\xff")
    assert f"{RUSSIAN}\ufffd{KOREAN}" in text(body)
    assert f"{RUSSIAN}😀" in text(feed(RUSSIAN + "X").encode().replace(b"X", b"\xed\xa0\xbd\xed\xb8\x80"))
    assert "damaged" in as_utf8(body, content_type="").warning


def test_characters_that_xml_forbids_go():
    assert "<title>abc</title>" in text(feed("a\0b\x1bc").encode())


@given(
    st.binary(max_size=200), st.sampled_from(["", "utf-8", "utf-16", "cp037", "gb2312", "hz", "utf-7", "iso2022_kr"])
)
def test_any_bytes_under_any_name_become_utf_8(noise, name):
    for body in (noise, f"<?xml version='1.0' encoding='{name}'?>".encode() + noise):
        assert "\0" not in text(body, f"text/xml; charset={name}")
