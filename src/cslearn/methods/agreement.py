"""How far two people who judged the same things agree: percentage agreement and Cohen's kappa.

Sources: Cohen, J. (1960) "A coefficient of agreement for nominal scales", Educational and
Psychological Measurement 20(1), 37-46, for kappa; Cohen, J. (1968) "Weighted kappa",
Psychological Bulletin 70(4), 213-220, for degrees of disagreement. Plain arithmetic on
lists, so that page and notebook agree.
"""

from __future__ import annotations

import numbers
from collections.abc import Hashable, Iterable, Mapping, Sequence

from cslearn.problem import Problem

WEIGHTS = ("none", "linear", "quadratic")


def percentage_agreement(first: Sequence, second: Sequence) -> float:
    """In how many of 100 cases both people chose the same category, from 0 to 100.

    In words: cases with equal judgements, divided by all cases, times 100. It does not ask
    how many of them would be equal by chance; :func:`cohens_kappa` does.

    first, second: one judgement a case, in the same order of cases.
    Raises Problem if there is no case, or if a judgement has no partner.
    """
    pairs = _pairs(first, second)
    return 100 * sum(one == other for one, other in pairs) / len(pairs)


def cohens_kappa(
    first: Sequence, second: Sequence, weights: str = "none", order: Sequence | None = None
) -> float | None:
    """Cohen's kappa: agreement beyond chance, as a share of the most that could be beyond chance.

    In words: agreement seen, less the agreement that two people would reach who use each
    category just as often but without looking; divided by one less that chance agreement.
    1 is full agreement, 0 is no better than chance, and below 0 is worse than chance.
    Worked out as 1 less (disagreement seen / disagreement by chance), which is the same.

    first, second: one judgement a case, in the same order of cases.
    weights: "none" if any two different categories disagree fully. For categories in an
    order, "linear" counts disagreement in steps and "quadratic" in steps squared.
    order: the categories from lowest to highest. Needed for weights unless the categories
    are numbers. Name unused categories too, where they make a step of the scale.

    Returns None if both people put every case into one and the same category. Chance alone
    then explains full agreement, so kappa has no meaning: report the percentage, and say
    that the cases did not put the judges to the test.
    Raises Problem if there is no case, if a judgement has no partner, for other weights,
    or if the order is missing, has a category twice, or lacks one that was used.
    Source: Cohen (1960); with weights, Cohen (1968).
    """
    if weights not in WEIGHTS:
        raise Problem(f'Say "none", "linear" or "quadratic" for the weights, not {weights!r}.')
    pairs = _pairs(first, second)
    used = list(dict.fromkeys(value for pair in pairs for value in pair))
    if len(used) == 1:
        return None
    place = {value: step for step, value in enumerate(_scale(used, weights, order))}
    size = len(place)
    row, column = [0] * size, [0] * size
    seen = 0
    for one, other in pairs:
        row[place[one]] += 1
        column[place[other]] += 1
        seen += _distance(place[one], place[other], weights)
    chance = sum(
        row[i] * column[j] * _distance(i, j, weights) for i in range(size) if row[i] for j in range(size) if column[j]
    )
    # All whole numbers up to here, so that the division is the only rounding.
    return (chance - len(pairs) * seen) / chance


def _distance(one: int, other: int, weights: str) -> int:
    if weights == "none":
        return int(one != other)
    return abs(one - other) if weights == "linear" else (one - other) ** 2


def _scale(used: list, weights: str, order: Sequence | None) -> list:
    if order is not None:
        steps = list(order)
        if len(set(steps)) < len(steps):
            raise Problem("The order of the categories names one of them twice. Name each once, lowest first.")
        missing = [value for value in used if value not in steps]
        if missing:
            raise Problem(f"The order of the categories lacks {missing[0]!r}, which was used. Add it in its place.")
        return steps
    if weights == "none":
        return used
    if not all(isinstance(value, numbers.Real) for value in used):
        raise Problem(
            "Weights need to know which categories lie next to each other. Give their order, lowest first, "
            'for example order=["poor", "fair", "good"].'
        )
    return sorted(used)


def _pairs(first: Iterable, second: Iterable) -> list[tuple]:
    one, other = _judgements(first, "first"), _judgements(second, "second")
    if len(one) != len(other):
        raise Problem(
            f"The first person judged {len(one)} cases and the second {len(other)}. "
            "Keep only the cases that both judged, in the same order."
        )
    if not one:
        raise Problem("There is no case that both people judged. Give at least one.")
    return list(zip(one, other, strict=True))


def _judgements(values: Iterable, which: str) -> list:
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise Problem(f"The judgements of the {which} person must be a list, but they are {values!r}.")
    found = list(values)
    for place, value in enumerate(found, start=1):
        if _is_gap(value):
            raise Problem(
                f"The {which} person did not judge case {place}. Leave out the cases that only one of them judged."
            )
        if not isinstance(value, Hashable):
            raise Problem(f"Case {place} of the {which} person is {value!r}. Give one category, a word or a number.")
    return found


def _is_gap(value: object) -> bool:
    if value is None:
        return True
    # A gap in a table is not equal to itself, or, as pandas' NA, neither equal nor different.
    try:
        return not isinstance(value, str) and not bool(value == value)
    except TypeError:
        return True
