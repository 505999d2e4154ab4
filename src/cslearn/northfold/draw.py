"""Random draws that are the same on every machine, Python version and in the browser.

Python promises that ``random.Random(seed).random()`` never changes its sequence; it
does not promise that for ``choice`` or ``shuffle``. So everything here is built on
``random()`` alone.
"""

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def seed_of(*parts: object) -> int:
    """A 128-bit seed from any parts, by SHA-256; parts are kept apart, so ("a", "bc") differs from ("ab", "c")."""
    joined = "|".join(f"{len(str(p))}:{p}" for p in parts)
    return int.from_bytes(hashlib.sha256(joined.encode()).digest()[:16], "big")


class Draw:
    """A stream of draws from one seed."""

    def __init__(self, seed: int):
        self._random = random.Random(seed).random

    def between(self, low: float, high: float) -> float:
        """A number from ``low`` up to ``high``, all equally likely."""
        return low + (high - low) * self._random()

    def step(self, low: float, high: float, step: float) -> float:
        """A number between ``low`` and ``high`` on a grid of ``step``."""
        steps = round((high - low) / step)
        return low + step * int(self._random() * (steps + 1))

    def one_of(self, items: Sequence[T]) -> T:
        """One of ``items``."""
        return items[int(self._random() * len(items))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """``items`` in a random order, as a new list."""
        rest, result = list(items), []
        while rest:
            result.append(rest.pop(int(self._random() * len(rest))))
        return result
