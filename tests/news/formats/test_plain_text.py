import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.formats.markup import body_text, plain
from news.formats.plain_text import Unreadable, decode_text


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Xi &amp; <b>Putin</b>", "Xi & Putin"),
        ("Q&amp;amp;A: &amp;#8217;s", "Q&A: ’s"),
        ("  two \n\t lines ", "two lines"),
        ("nul\0 and\x07 bell", "nul and bell"),
        ("zero\u200bwidth\ufeff and soft\u00adhyphen", "zerowidth and softhyphen"),
        ("safe\u202egpj.exe", "safegpj.exe"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("<script>alert(1)</script>News", "News"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;News", "News"),
        ("&amp;lt;img src=x onerror=alert(1)&amp;gt;News", "News"),
        ("<img src=x onerror=alert(1)", ""),
        ("Cafe\u0301", "Café"),
        ("\ud800x", "x"),
        ("", ""),
    ],
)
def test_titles_are_one_line_of_plain_text(title, expected):
    assert plain(title) == expected


@given(st.text(alphabet=st.sampled_from("<>&;/!?abscript lt\"'=#x0123"), max_size=120))
def test_no_markup_survives_however_it_is_put_together(text):
    assert "<script" not in plain(text)
    assert "<script" not in body_text(text)


def test_bodies_keep_their_paragraphs():
    html = "<div><p>One\n line.</p><p>Two<br/>lines.</p><ul><li>a</li><li>b</li></ul></div>"
    assert body_text(html) == "One line.\n\nTwo\nlines.\n\na\n\nb"
    assert body_text("plain\n\ntext") == "plain\n\ntext"


def test_bodies_lose_what_is_not_read():
    html = "<style>p {}</style><p>Text<iframe src='x'>frame</iframe></p><noscript>no</noscript><!-- c --><svg/onload=x>"
    assert body_text(html) == "Text"


def test_a_body_nested_without_end_is_stripped_all_the_same():
    assert body_text("<div>" * 50_000 + "x<script>y</script>" + "</div>" * 50_000) == "x"


def test_files_are_read_by_their_mark_or_as_utf_8():
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decode_text("Müller said “no”.\n".encode(encoding)) == "Müller said “no”.\n"


def test_old_western_files_are_read_where_that_is_plausible():
    assert decode_text("Müller said “no” – twice, for £5.".encode("cp1252")) == "Müller said “no” – twice, for £5."


def test_line_ends_become_one_kind_and_control_characters_go():
    assert decode_text(b"one\r\ntwo\rthree\x0b\x07") == "one\ntwo\nthree"


def test_a_clean_file_keeps_every_character_so_that_offsets_hold():
    text = "Cafe\u0301, soft\u00adhyphen, zero\u200bwidth, 👩\u200d💻\u2028 and tabs\t.\n\n"
    assert decode_text(text.encode()) == text


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"x" * (5 * 1024 * 1024 + 1), "is larger than 5 MB"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", "is not text"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\0\0\x01\x02", "is not text"),
        (b"%PDF-1.4\n1 0 obj << /Type /Catalog >>", "is not text"),
        (bytes(range(32)) * 20, "is not text"),
        ("Новости дня, как они были сообщены вчера".encode("koi8-r"), "'s characters cannot be read"),
        (b"text with \x81 in it", "'s characters cannot be read"),
        (b"\xff\xfe\x00", "begins like UTF-16"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_words(data, problem):
    with pytest.raises(Unreadable, match=f"The file ?{problem}"):
        decode_text(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        assert "\0" not in decode_text(data)
    except Unreadable as refused:
        message = str(refused)
    else:
        message = "read"
    assert message
