"""Random numbers that come out the same in Python and in the browser."""

from __future__ import annotations

import numbers
from collections.abc import Callable

from cslearn.problem import Problem

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
