"""Sorting things into two kinds: how many are right, what guessing would earn, and whether the errors point one way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cslearn.problem import Problem


@dataclass(frozen=True)
class Sorted:
    """How a sorting went.

    ``right`` counts what is right. ``share`` is what it is worth, from 0 to 1: half of the
    things right is worth nothing, because a coin gets as far. ``one_way`` says how many of
    each kind were given to things of the other kind; ``mixed`` that this happened at least
    twice for one kind, which is no slip any more.
    """

    right: int
    share: float
    one_way: dict[str, int]
    mixed: bool


def sorted_well(given: Sequence[str | None], true: Sequence[str]) -> Sorted:
    """How well things were sorted into two kinds; None is a thing without an answer, which is not right.

    In words: the number right, less half of all, over the other half; never below nothing.
    Raises :class:`Problem` for two lists of different length, for none at all, or for more
    than two kinds.
    """
    kinds = sorted(set(true))
    if len(given) != len(true) or not true:
        raise Problem(f"There are {len(given)} answers to {len(true)} things. Give one for each, or None.")
    if len(kinds) > 2:
        raise Problem(f"This sorts into two kinds, but there are {len(kinds)}: {', '.join(kinds)}.")
    right = sum(own == kind for own, kind in zip(given, true, strict=True))
    half = len(true) / 2
    one_way = {kind: sum(own == kind != other for own, other in zip(given, true, strict=True)) for kind in kinds}
    return Sorted(right, max(0.0, (right - half) / half), one_way, max(one_way.values()) >= 2)
