"""Pages read in a child process: what one says, and what one that was made to do harm gets instead."""

import pytest

from news.formats.page import TOO_MUCH, NoArticle, read_page

ADDRESS = "https://news.example/story"
WORDS = "<p>" + "Both firms left the price of the gas open, people who know of the talks said on Monday. " * 5 + "</p>"


def page(inside):
    return f"<html><head><title>A memorandum</title></head><body><article>{inside}</article></body></html>".encode()


def test_an_article_comes_with_its_title_and_text():
    read = read_page(page(WORDS), address=ADDRESS)
    assert (read.title, read.text[:10]) == ("A memorandum", "Both firms")


def test_a_page_without_an_article_says_what_it_is_instead():
    with pytest.raises(NoArticle, match="asks to sign in"):
        read_page(page("Please sign in <input type=password>"), address=ADDRESS)


@pytest.mark.parametrize("body", [b"", b"\0" * 1000, b"%PDF-1.7 \xff\xfe", bytes(range(256)) * 100])
def test_what_is_no_page_holds_no_article(body):
    with pytest.raises(NoArticle):
        read_page(body, address=ADDRESS)


def test_a_page_that_would_take_minutes_is_given_up_in_words():
    attributes = " ".join(f"a{number}=1" for number in range(200_000))
    with pytest.raises(NoArticle, match=TOO_MUCH):
        read_page(page(f"<div {attributes}>{WORDS}"), address=ADDRESS, cpu_seconds=1)


def test_a_page_that_is_too_large_is_not_even_looked_at():
    with pytest.raises(NoArticle, match="larger than 5 MB"):
        read_page(b"x" * (5 * 1024 * 1024 + 1), address=ADDRESS)
