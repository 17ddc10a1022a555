"""Reading the environment: right values, wrong values, and the secret key."""

import stat
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment, host_of, read_secret_key, writable_folder


def test_an_unknown_variable_stops_the_start_and_names_the_one_that_was_meant():
    environment = Environment({"HINDCAST_BASE_ULR": "http://a.example", "OTHER": "1"})
    environment.text("HINDCAST_BASE_URL", default="")
    with pytest.raises(ImproperlyConfigured, match="Did you mean HINDCAST_BASE_URL"):
        environment.refuse_unknown()


def test_blanks_count_as_not_set():
    environment = Environment({"HINDCAST_POLL": "  ", "HINDCAST_NOBODY_READS": ""})
    assert environment.flag("HINDCAST_POLL", default=True)
    environment.refuse_unknown()


@pytest.mark.parametrize("value", ["true", "TRUE", "1", "yes", "on"])
def test_a_flag_is_set_in_any_usual_way(value):
    assert Environment({"X": value}).flag("X", default=False)


@pytest.mark.parametrize("value", ["maybe", "2", "truee"])
def test_a_flag_that_is_neither_true_nor_false_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match="true or false"):
        Environment({"X": value}).flag("X", default=False)


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "two", "²"])
def test_a_number_that_is_none_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        Environment({"X": value}).number("X", default=1)


@pytest.mark.parametrize("value", ["29", "-1", "half a year"])
def test_a_number_of_days_that_is_too_few_or_none_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match="30 or more, or to 0 for ever"):
        Environment({"X": value}).days("X", default=180, least=30)


@pytest.mark.parametrize("value", ["0", "30", "400"])
def test_days_are_read_and_0_is_for_ever(value):
    assert Environment({"X": value}).days("X", default=180, least=30) == int(value)


def test_a_choice_must_be_among_those_offered():
    with pytest.raises(ImproperlyConfigured, match="one of a, b"):
        Environment({"X": "c"}).choice("X", default="a", among=("a", "b"))


@pytest.mark.parametrize(
    ("value", "found"), [("", ""), ("a", "a"), ("a, c,", "ac"), ("all", "ab"), ("all,c", "abc"), ("a,a", "a")]
)
def test_several_are_chosen_by_their_names_or_by_all(value, found):
    assert Environment({"X": value}).chosen("X", among="abc", every="ab") == frozenset(found)


def test_a_name_among_several_that_nobody_knows_is_refused():
    with pytest.raises(
        ImproperlyConfigured, match="X names d, which is not known: set it to some of a, b, c, or to all"
    ):
        Environment({"X": "a,d"}).chosen("X", among="abc", every="ab")


def test_a_choice_that_contradicts_another_is_refused():
    with pytest.raises(ImproperlyConfigured, match="X=a and Y contradict each other"):
        Environment({"X": "a"}).refuse("X", "a", beside="Y")
    Environment({"X": "b"}).refuse("X", "a", beside="Y")


def test_a_choice_that_needs_more_names_what_is_missing():
    chosen = Environment({"HINDCAST_READER": "openai", "HINDCAST_LLM_URL": "http://127.0.0.1/v1"})
    with pytest.raises(ImproperlyConfigured, match="HINDCAST_READER=openai needs HINDCAST_LLM_MODEL as well"):
        chosen.require("HINDCAST_READER", "openai", needs=("HINDCAST_LLM_URL", "HINDCAST_LLM_MODEL"))
    chosen.require("HINDCAST_READER", "onnx", needs=("HINDCAST_NLI_FOLDER",))


def test_networks_are_read_and_wrong_ones_refused():
    assert len(Environment({"X": "10.0.0.0/8, fd00::/8"}).networks("X")) == 2
    with pytest.raises(ImproperlyConfigured, match="Write networks like"):
        Environment({"X": "10.0.0.1/8"}).networks("X")


@pytest.mark.parametrize("value", ["example.org", "ftp://a.example", "https://", "https://a:port", "https://[::1"])
def test_what_is_no_address_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match="X is not an address"):
        Environment({"X": value}).address("X", default="", schemes=("https",))


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://a.example", "a.example"), ("http://127.0.0.1:8000", "127.0.0.1"), ("http://[::1]:8000", "[::1]")],
)
def test_a_host_is_named_as_browsers_name_it(address, host):
    assert host_of(address) == host


def test_a_refused_address_does_not_show_its_password():
    with pytest.raises(ImproperlyConfigured) as refusal:
        Environment({"X": "mysql://me:sesame@db/name"}).address("X", default="", schemes=("postgresql",))
    assert "sesame" not in str(refusal.value)


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "secret_key"
    key = read_secret_key(path)
    assert read_secret_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["secret_key"]


def test_processes_that_start_at_once_agree_on_one_key(tmp_path):
    keys, start = [], threading.Barrier(8)

    def read():
        start.wait(timeout=10)
        keys.append(read_secret_key(tmp_path / "secret_key"))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_damaged_key_is_reported_and_not_used(tmp_path):
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(ImproperlyConfigured, match="damaged"):
        read_secret_key(tmp_path / "secret_key")


def test_a_folder_that_cannot_be_made_is_reported(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ImproperlyConfigured, match="set HINDCAST_VAR to a folder that you may write to"):
        writable_folder(tmp_path / "file" / "var")
