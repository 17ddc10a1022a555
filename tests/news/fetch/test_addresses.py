import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.fetch.addresses import AddressRefused, check_address, networks, refusal


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::",
        "3fff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_what_is_not_the_public_internet_is_refused_with_words(ip):
    assert refusal(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.215.14", "192.0.1.1", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_open(ip):
    assert not refusal(ip)


def test_an_allowed_network_opens_only_its_own_range():
    allowed = networks(["10.1.0.0/16", "fd00::/8"])
    assert not refusal("10.1.2.3", allowed)
    assert not refusal("::ffff:10.1.2.3", allowed)
    assert not refusal("fd00::7", allowed)
    assert refusal("10.2.0.1", allowed)


def test_a_gateway_that_is_allowed_does_not_lead_to_private_addresses_behind_it():
    allowed = networks(["64:ff9b::/96", "2002::/16"])
    assert not refusal("64:ff9b::808:808", allowed)
    assert refusal("64:ff9b::7f00:1", allowed)
    assert refusal("2002:a00:1::", allowed)


@given(st.text(max_size=40))
def test_text_that_is_no_ip_address_is_never_open(text):
    assert refusal(text + "x:")


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("HTTP://Example.ORG:80", "http://example.org/"),
        (" https://example.org:443/a?b=1#c ", "https://example.org/a?b=1"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("https://bücher.example/ä b", "https://xn--bcher-kva.example/%C3%A4%20b"),
        ("http://[2606:4700::1111]/x", "http://[2606:4700::1111]/x"),
        ("https://example.org/%7Euser?q=a%20b", "https://example.org/%7Euser?q=a%20b"),
    ],
)
def test_addresses_are_written_one_way(written, normal):
    assert check_address(written) == normal
    assert check_address(normal) == normal


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("ftp://example.org/", "http"),
        ("javascript:alert(1)", "http"),
        ("file:///etc/passwd", "http"),
        ("example.org", "http"),
        ("http://", "no host"),
        ("http://user:secret@example.org/", "password"),
        ("http://example.org\\@evil.example/", "backslash"),
        ("http://example.org/\r\nHost: x", "control"),
        ("http://exa mple.org/", "exist"),
        ("http://example.org:99999/", "well formed"),
        ("http://[::1/", "well formed"),
        ("http://a..b/", "exist"),
        ("https://example.org/" + "a" * 2000, "longer"),
        ("https://example.org/" + "ü" * 1000, "longer"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_a_reason(address, reason):
    with pytest.raises(AddressRefused, match=reason):
        check_address(address)


@given(st.text(max_size=200))
def test_any_text_gives_an_address_in_normal_form_or_a_refusal(text):
    try:
        normal = check_address("http://" + text)
    except AddressRefused:
        return
    assert normal.isascii()
    assert check_address(normal) == normal
