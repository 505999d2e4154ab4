"""The generator gives the published numbers and is evenly spread."""

import pytest

from cslearn.methods.randomness import mulberry32
from cslearn.problem import Problem


def test_the_first_numbers_are_those_of_the_well_known_generator():
    # Worked out with the JavaScript original in V8.
    draw = mulberry32(1)
    assert [draw() for _ in range(3)] == [0.6270739405881613, 0.002735721180215478, 0.5274470399599522]


def test_only_the_last_32_bits_of_a_seed_count():
    draws = [mulberry32(seed) for seed in (7, 7 + 2**32, 7 - 2**32)]
    for _ in range(5):
        assert len({draw() for draw in draws}) == 1


def test_numbers_stay_from_0_up_to_1_and_are_evenly_spread():
    draw = mulberry32(20260101)
    numbers = [draw() for _ in range(20_000)]
    assert min(numbers) >= 0 and max(numbers) < 1
    # Standard error of the mean is 0.002, of a tenth's count 42.
    assert abs(sum(numbers) / len(numbers) - 0.5) < 0.008
    for tenth in range(10):
        assert abs(sum(tenth / 10 <= n < (tenth + 1) / 10 for n in numbers) - 2000) < 4 * 42


@pytest.mark.parametrize("seed", [1.0, "1", None, True])
def test_a_seed_that_is_not_a_whole_number_is_refused(seed):
    with pytest.raises(Problem, match="whole number"):
        mulberry32(seed)
