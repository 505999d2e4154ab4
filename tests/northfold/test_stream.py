"""Draws come out the same everywhere, and have the shape that their names promise."""

import hashlib
import math

import numpy as np
import pytest
from scipy import stats

from cslearn.northfold.draw import seed_of
from cslearn.northfold.stream import Stream, exponential, logarithm


def test_exponential_and_logarithm_are_right():
    x = np.linspace(-30, 30, 20_001)
    assert np.allclose(exponential(x), np.exp(x), rtol=1e-14, atol=0)
    y = np.exp(x)
    assert np.allclose(logarithm(y), np.log(y), rtol=1e-13, atol=1e-15)
    assert float(exponential(1.0)) == pytest.approx(math.e, rel=1e-15)


def test_same_name_same_bytes():
    stream = Stream("test", 1)
    parts = [
        stream.uniform(5), stream.below(7, 5), stream.normal(5), stream.waits(3.0, 5, 2),
        stream.lognormal(330, 0.5, 5), stream.counts(np.full(5, 40.0), 1.3), stream.quota([0.3, 0.7], 5),
    ]  # fmt: skip
    digest = hashlib.sha256(b"".join(np.ascontiguousarray(p).astype("<f8").tobytes() for p in parts)).hexdigest()
    # Written down once. If it changes, every table changes with it.
    assert digest[:16] == EXPECTED


def sum_of_twelve(source, size):
    return sum(source.random(size) for _ in range(12)) - 6.0


@pytest.mark.parametrize("size", [20_001, (3, 9_000)])
def test_a_long_column_is_drawn_as_if_in_one_go(size):
    """Columns are made in blocks; the source goes through all of a column before it starts on the next."""
    source, stream = np.random.Generator(np.random.PCG64(seed_of("long", 1))), Stream("long", 1)
    assert np.allclose(stream.normal(size), sum_of_twelve(source, size), rtol=0, atol=1e-14)
    assert np.allclose(stream.lognormal(9.0, 0.5, size), 9.0 * np.exp(0.5 * sum_of_twelve(source, size)), rtol=1e-13)
    both = (1 - source.random(size)) * (1 - source.random(size))
    assert np.allclose(stream.waits(5.0, size, 2), -np.log(both) * 5.0 / 2, rtol=1e-12, atol=1e-13)
    shares = [0.2, 0.5, 0.3]
    assert np.array_equal(stream.pick(shares, size), np.digitize(source.random(size), np.cumsum(shares)[:-1]))
    assert np.array_equal(stream.below(300, size), np.floor(source.random(size) * 300))


def test_another_name_gives_other_draws():
    assert not np.array_equal(Stream("a", 1).uniform(9), Stream("a1").uniform(9))


def test_shapes_are_as_named():
    stream = Stream("shapes")
    normal = stream.normal(40_000)
    assert abs(normal.mean()) < 0.02 and abs(normal.std() - 1) < 0.02
    assert stats.kstest(stream.waits(5.0, 20_000, 2), stats.gamma(2, scale=2.5).cdf).pvalue > 0.001
    assert np.median(stream.lognormal(330, 0.5, 40_000)) == pytest.approx(330, rel=0.02)
    counts = stream.counts(np.full(40_000, 30.0), 1.3)
    assert counts.mean() == pytest.approx(30, rel=0.01) and counts.var() / counts.mean() == pytest.approx(1.3, rel=0.05)
    assert np.bincount(stream.quota([0.25, 0.5, 0.25], 1000)).tolist() == [250, 500, 250]
    assert sorted(stream.order(50)) == list(range(50))


EXPECTED = "0570d984c41c1c4a"
