from pathlib import Path

import pytest

from lab.train import forecastable
from language.claims import scores
from language.claims.kernels import SentenceModel

DATA = Path(__file__).parents[4] / "shared" / "data"
needs_data = pytest.mark.skipif(not (DATA / "future_statements_en").exists(), reason="the articles are not beside this")


@pytest.mark.shared
@needs_data
def test_each_label_is_of_the_sentence_that_was_read():
    labelled = forecastable.read_labels(forecastable.articles(DATA / "future_statements_en"))
    assert len(labelled) == 1_400
    twice = [each for each in labelled if each.second is not None]
    assert len(twice) == 200


def test_a_label_of_another_sentence_is_an_error(tmp_path):
    file = tmp_path / "labels.csv"
    file.write_text("document,start,end,hash,forecastable,lasting,second,drawn\n1,0,5,000000000000,1,0,,cued\n")
    with pytest.raises(ValueError, match="is not the one labelled"):
        forecastable.read_labels({"1": "A text."}, file=file)


def test_the_shipped_cards_name_data_licence_figures_and_limits():
    for model in scores.load_models():
        for word in ("Trained on", "licence" if "news" in model.card else "GPL", "average precision", "Limits"):
            assert word in model.card


@pytest.mark.shared
@pytest.mark.slow
@needs_data
def test_the_shipped_weights_are_those_the_labels_give(tmp_path):
    report = forecastable.train(DATA, folder=tmp_path)
    assert "random and cued (1000), with the encoder: average precision 0.78" in report
    fitted = SentenceModel.decoded((tmp_path / scores.FORECASTABLE_FILE).read_bytes())
    _, shipped = scores.load_models()
    assert fitted.mixed == pytest.approx(shipped.mixed, abs=0.1)
