from datetime import date
from pathlib import Path

import pytest

from tracker.language import claims

SEED = Path(__file__).parents[4] / "shared" / "seed" / "article.txt"
PUBLISHED = date(2025, 5, 9)


@pytest.fixture
def seed() -> str:
    if not SEED.exists():
        pytest.skip("the seed article is not beside this checkout")
    return SEED.read_text("utf-8")


@pytest.mark.shared
def test_the_concessions_of_the_seed_article_are_a_forecastable_claim(seed):
    found = [c for c in claims.propose(seed, published=PUBLISHED) if "Xi is not expected to make concessions" in c.text]
    assert [(c.kind, c.speaker, c.probability) for c in found] == [("forecastable", "", 0.85)]


@pytest.mark.shared
def test_the_analysts_of_the_seed_article_speak_for_themselves(seed):
    (claim,) = [c for c in claims.propose(seed, published=PUBLISHED) if "China could leverage" in c.text]
    assert (claim.speaker_kind, claim.speaker) == ("unnamed", "Some analysts")


@pytest.mark.shared
def test_every_claim_of_the_seed_article_quotes_it_exactly(seed):
    found = claims.propose(seed, published=PUBLISHED)
    assert len(found) >= 10
    assert all(seed[claim.start : claim.end] == claim.text for claim in found)
    assert [claim.start for claim in found] == sorted(claim.start for claim in found)
