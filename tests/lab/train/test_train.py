import pytest
from django.core.management import CommandError, call_command


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="name one that holds gold_evidence"):
        call_command("train", "relevance", data=tmp_path / "none")


def test_a_folder_without_labels_is_named_by_file(tmp_path):
    with pytest.raises(CommandError, match=r"gold_evidence.*cannot be read"):
        call_command("train", "relevance", data=tmp_path)


def test_an_unknown_model_is_refused_with_the_choices():
    with pytest.raises(CommandError, match=r"choose from .*'relevance'"):
        call_command("train", "everything")
