"""Whole columns of random draws that are the same on every machine and in the browser.

NumPy promises the raw sequence of PCG64. It does not promise that normal or gamma draws
stay the same between versions, and its exponential and logarithm may differ in the last
digit between processors. So everything here is built on uniform draws and on sums,
products and square roots, which IEEE 754 rounds in one way only.
"""

from collections.abc import Iterator

import numpy as np

from cslearn.northfold.draw import seed_of

_LN2 = 0.6931471805599453
# 1/k! for the Taylor series of the exponential on half of [-ln 2, ln 2].
_FACTORIALS = [1.0]
for _k in range(1, 15):
    _FACTORIALS.append(_FACTORIALS[-1] / _k)


# A column may have half a million entries. So many at a time stay in the processor's cache, and
# what is made on the way takes no room worth speaking of.
_BLOCK = 8_192


def _blocks(column: np.ndarray) -> Iterator[np.ndarray]:
    """Views of a new array, one block after another; whoever writes to one writes to the array."""
    flat = column.reshape(-1)
    for start in range(0, flat.size, _BLOCK):
        yield flat[start : start + _BLOCK]


def exponential(x) -> np.ndarray:
    """e to the power of ``x``, the same bits on every machine."""
    x = np.asarray(x, dtype=float)
    twos = np.floor(x / _LN2 + 0.5)
    rest = x - twos * _LN2
    total = np.full(x.shape, _FACTORIALS[-1])
    for factor in reversed(_FACTORIALS[:-1]):
        total *= rest
        total += factor
    return np.ldexp(total, twos.astype(np.int32))


def logarithm(x) -> np.ndarray:
    """The natural logarithm of ``x`` > 0, the same bits on every machine."""
    part, twos = np.frexp(np.asarray(x, dtype=float))
    small = part < 0.7071067811865476
    part = np.where(small, part * 2, part)
    twos = twos - small
    ratio = (part - 1) / (part + 1)
    square = ratio * ratio
    total = np.zeros(part.shape)
    for odd in range(23, 0, -2):
        total *= square
        total += 1 / odd
    return 2 * ratio * total + twos * _LN2


def each(values, times) -> np.ndarray:
    """Each value as many times as ``times`` says.

    ``np.repeat``, but also where a browser's Python, which has 32 bits, refuses counts of 64.
    """
    return np.repeat(values, np.asarray(times, dtype=np.intp))


def tally(places, weights=None, minlength: int = 0) -> np.ndarray:
    """How often each place comes, or the sum of its weights: ``np.bincount``, in a browser's Python too."""
    found = np.bincount(np.asarray(places, dtype=np.intp), weights, minlength)
    return found if weights is not None else found.astype(np.int64)


class Stream:
    """Draws from one seed; the parts of its name keep streams apart, so that one table never shifts another."""

    def __init__(self, *name: object):
        self._bits = np.random.Generator(np.random.PCG64(seed_of(*name)))

    def uniform(self, size) -> np.ndarray:
        """Numbers from 0 up to, not including, 1."""
        return self._bits.random(size)

    def _beside(self, column: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Each block of a column, and as many uniform numbers; they are good until the next block."""
        more = np.empty(_BLOCK)
        for block in _blocks(column):
            yield block, self._bits.random(out=more[: block.size])

    def below(self, end, size) -> np.ndarray:
        """Whole numbers from 0 up to, not including, ``end`` (which may be an array)."""
        # Cutting a positive number is rounding it down.
        drawn = self.uniform(size)
        drawn *= end
        return drawn.astype(np.int64)

    def normal(self, size) -> np.ndarray:
        """Bell-shaped numbers with mean 0 and variance 1: the sum of twelve uniform draws, less six."""
        total = self.uniform(size)
        total -= 6.0
        for _ in range(11):
            for block, more in self._beside(total):
                block += more
        return total

    def waits(self, mean, size, shape: int = 1) -> np.ndarray:
        """Gamma-distributed times with one mean; ``shape`` 1 is the exponential distribution."""
        product = 1.0 - self.uniform(size)
        for _ in range(shape - 1):
            for block, more in self._beside(product):
                block *= 1.0 - more
        for block in _blocks(product):
            block[:] = -logarithm(block) * mean / shape
        return product

    def lognormal(self, median, spread, size) -> np.ndarray:
        """Positive, right-skewed numbers with one median."""
        drawn = self.normal(size)
        for block in _blocks(drawn):
            block[:] = median * exponential(spread * block)
        return drawn

    def counts(self, mean, dispersion: float = 1.0) -> np.ndarray:
        """Whole numbers with this mean and a variance of ``dispersion`` times the mean; for means above about four."""
        mean = np.asarray(mean, dtype=float)
        drawn = mean + np.sqrt(mean * dispersion) * self.normal(mean.shape)
        return np.maximum(0, np.floor(drawn + 0.5)).astype(np.int64)

    def pick(self, shares, size) -> np.ndarray:
        """Positions in ``shares`` (a list that adds up to 1), each as likely as its share."""
        edges = np.cumsum(shares)
        found = np.empty(size, dtype=np.intp)
        for block, more in self._beside(found):
            block[:] = np.searchsorted(edges, more, side="right")
        return np.minimum(found, len(edges) - 1, out=found)

    def order(self, size: int) -> np.ndarray:
        """The numbers 0 to ``size`` - 1, shuffled."""
        return np.argsort(self.uniform(size), kind="stable")

    def quota(self, shares, size: int) -> np.ndarray:
        """Positions in ``shares`` in a random order, each exactly as often as its share allows."""
        edges = np.floor(np.cumsum(shares) * size + 0.5)
        edges[-1] = size
        return np.searchsorted(edges, self.order(size), side="right")
