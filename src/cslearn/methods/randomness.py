"""Random numbers that come out the same in Python and in the browser."""

from __future__ import annotations

import numbers
from collections.abc import Callable
from typing import TYPE_CHECKING

from cslearn.problem import Problem

if TYPE_CHECKING:
    import numpy as np

_WORD = 0xFFFFFFFF


def mulberry32(seed: int) -> Callable[[], float]:
    """A source of evenly spread numbers from 0 up to, not including, 1.

    Each call of the returned function gives the next number. The same seed gives the
    same numbers, bit for bit, as the well-known JavaScript function of that name, so a
    learner sees one result on the page, in a notebook and at marking. For teaching and
    simulation only: it is not fit for secrets.

    seed: a whole number; only its last 32 bits count.
    Raises Problem if the seed is not a whole number.
    Source: Tommy Ettinger (2017), mulberry32, public domain.
    """
    if isinstance(seed, bool) or not isinstance(seed, numbers.Integral):
        raise Problem(f"A seed must be a whole number, but this one is {seed!r}. Use for example 1.")
    state = int(seed) & _WORD

    def draw() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & _WORD
        t = state
        t = ((t ^ (t >> 15)) * (t | 1)) & _WORD
        t ^= (t + (((t ^ (t >> 7)) * (t | 61)) & _WORD)) & _WORD
        return ((t ^ (t >> 14)) & _WORD) / 4294967296

    return draw


def many(seed: int, count: int) -> np.ndarray:
    """The first ``count`` numbers of ``mulberry32(seed)`` at once, bit for bit the same.

    The generator's state is a plain count of its steps, so the n-th number needs none of
    those before it. About a hundred times as fast as asking for one after the other.
    """
    import numpy as np

    step = np.arange(1, count + 1, dtype=np.uint32)
    state = np.uint32(int(seed) & _WORD) + step * np.uint32(0x6D2B79F5)
    t = (state ^ (state >> np.uint32(15))) * (state | np.uint32(1))
    t ^= t + (t ^ (t >> np.uint32(7))) * (t | np.uint32(61))
    return (t ^ (t >> np.uint32(14))) / 4294967296
