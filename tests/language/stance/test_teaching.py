import numpy as np

from language.stance import teaching

NOTHING = np.zeros((0, 3), dtype=np.float32)


def vectors(*rows):
    found = np.array(rows, dtype=np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


CROWD = vectors([1, 0, 0], [0.9, 0.2, 0], [0.9, -0.2, 0], [0, 0, 1])


def test_the_middle_of_the_largest_group_comes_first_and_says_of_how_many_it_tells():
    first, second, *_ = teaching.order(CROWD, NOTHING)
    assert (first.place, first.tells_about) == (0, 2)
    assert second.place == 3


def test_what_was_decided_already_teaches_nothing_twice():
    assert teaching.order(CROWD, CROWD[:1])[0].place == 3


def test_every_story_has_one_place():
    crowd = np.tile(CROWD, (100, 1))
    assert sorted(lesson.place for lesson in teaching.order(crowd, NOTHING)) == list(range(400))


def test_an_empty_queue_has_no_order():
    assert teaching.order(NOTHING, CROWD) == []
