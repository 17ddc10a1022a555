import numpy as np

from lab.train import kernels as training
from language.claims.kernels import SentenceModel, hashed


class Flat:
    """Embeds nothing, so that scalars and words must tell."""

    def encode(self, texts):
        return np.zeros((len(texts), 4), dtype=np.float32)


def fitted():
    texts = [f"the bank will close branch {n}" if n % 2 else f"the bank was old in town {n}" for n in range(60)]
    rows = [{"will": float("will" in text), "length": len(text) / 40} for text in texts]
    wanted = [int("will" in text) for text in texts]
    material = training.material(texts, rows, wanted, [str(n // 4) for n in range(60)], Flat())
    return training.fit(material, settings=training.Settings(weight=0.2, penalty=1.0, gamma=0.5)), material


def test_both_parts_learn_what_tells_the_sentences_apart():
    answer, material = fitted()
    assert "F1 1.000" in training.figures(answer.with_encoder, material.wanted)
    assert "F1 1.000" in training.figures(answer.without, material.wanted)


def test_a_model_reads_alike_from_its_file():
    answer, material = fitted()
    again = SentenceModel.decoded(answer.model.encoded())
    before = answer.model.with_encoder(material.texts, material.scalars, material.embedded)
    assert np.allclose(again.with_encoder(material.texts, material.scalars, material.embedded), before, atol=0.01)
    assert answer.model.encoded() == again.encoded()


def test_hashed_words_are_bounded():
    places, counts = hashed("The bank's 3 banks " * 100_000)
    assert len(places) == len(set(places.tolist())) < 200
    assert counts.min() >= 1
