import pytest

from tracker.language import speakers

SAID = [
    ("Putin said the war will end.", "person", "Putin"),
    ("Wang Yi, China's foreign minister, said talks will go on.", "person", "Wang Yi"),
    ("The talks will go on, Wang Yi said.", "person", "Wang Yi"),
    ("The talks will go on, said Wang Yi.", "person", "Wang Yi"),
    ("He warned that prices could rise.", "person", "He"),
    ("The White House said it would act.", "institution", "The White House"),
    ("China's foreign ministry said it would act.", "institution", "China's foreign ministry"),
    ("Goldman Sachs analysts expect a cut.", "institution", "Goldman Sachs analysts"),
    ("Critics argue the law will fail.", "unnamed", "Critics"),
    ("Many expect a cut in June.", "unnamed", "Many"),
    ("According to the World Bank, growth will slow.", "institution", "the World Bank"),
    ("Xi's visit suggests a thaw.", "author", ""),
    ("The data suggest a thaw.", "author", ""),
    ("It is expected that rates fall.", "author", ""),
    ("Oil is not expected to rise.", "author", ""),
    ("Prices rose by the reported figure.", "author", ""),
    ("", "author", ""),
]


@pytest.mark.parametrize(("clause", "kind", "words"), SAID, ids=[row[0][:40] for row in SAID])
def test_whoever_says_it_is_the_speaker(clause, kind, words):
    found = speakers.find(clause)
    assert (found.kind, found.words) == (kind, words)
