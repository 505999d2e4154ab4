"""Service quality as customers see it: gaps between what they expect and what they find, and whether to trust the scale.

SERVQUAL asks the same 22 things twice: what an excellent firm would do (E01 to E22) and
what this firm does (P01 to P22), each from 1 to 7. A gap is P - E: below zero, the firm
falls short. Customers also share out 100 points between the five dimensions.

Sources: Parasuraman, A., Zeithaml, V. A. and Berry, L. L. (1988), SERVQUAL, Journal of
Retailing 64(1), for gaps and weights; Cronin, J. J. and Taylor, S. A. (1992), Measuring
Service Quality, Journal of Marketing 56(3), for SERVPERF; Cronbach, L. J. (1951),
Coefficient alpha, Psychometrika 16, for alpha. The statements are not theirs: see the table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from cslearn.methods.student_t import t_multiplier
from cslearn.problem import Problem

if TYPE_CHECKING:
    import pandas as pd

# How the 22 items are shared out: 4, 5, 4, 4 and 5 (Parasuraman et al. 1988).
DIMENSIONS = {
    "tangibles": (1, 2, 3, 4),
    "reliability": (5, 6, 7, 8, 9),
    "responsiveness": (10, 11, 12, 13),
    "assurance": (14, 15, 16, 17),
    "empathy": (18, 19, 20, 21, 22),
}
WEIGHTS = {
    "tangibles": "w_tan", "reliability": "w_rel", "responsiveness": "w_resp", "assurance": "w_assu", "empathy": "w_emp",
}  # fmt: skip
LOWEST, HIGHEST = 1, 7
# Weights that a calculator has rounded may miss 100 by this much.
_ROUNDING = 0.05


def item_columns(letter: str, dimension: str | None = None) -> list[str]:
    """The columns of expectations ("E") or perceptions ("P"), of one dimension or of all five."""
    if letter not in ("E", "P"):
        raise Problem(f'Say "E" for expectations or "P" for perceptions, not {letter!r}.')
    if dimension is not None and dimension not in DIMENSIONS:
        raise Problem(f"There is no dimension {dimension!r}; the five are: {', '.join(DIMENSIONS)}.")
    chosen = DIMENSIONS if dimension is None else (dimension,)
    return [f"{letter}{item:02d}" for name in chosen for item in DIMENSIONS[name]]


def _answers(answers: pd.DataFrame, columns: list[str]) -> np.ndarray:
    """The answers as numbers, blanks as NaN, each checked against the scale."""
    missing = [column for column in columns if column not in answers.columns]
    if missing:
        raise Problem(f"The table has no column {missing[0]}; SERVQUAL needs E01 to E22 and P01 to P22.")
    values = _grid(answers[columns])
    with np.errstate(invalid="ignore"):
        wrong = (values < LOWEST) | (values > HIGHEST)
    if wrong.any():
        row, place = (int(found[0]) for found in np.nonzero(wrong))
        raise Problem(
            f"{columns[place]} has the answer {values[row, place]:g}, but the scale goes from {LOWEST} to {HIGHEST}."
        )
    return values


def _grid(items: pd.DataFrame | np.ndarray) -> np.ndarray:
    """A table of answers as numbers: a row for each respondent, a column for each item, blanks as NaN."""
    try:
        values = (
            items.to_numpy(dtype=float, na_value=np.nan) if hasattr(items, "to_numpy") else np.asarray(items, float)
        )
    except (TypeError, ValueError):
        raise Problem("Some answers are not numbers. Take only the columns that hold answers.") from None
    if values.ndim != 2:
        raise Problem("Give a table: a row for each respondent and a column for each item.")
    return values


def _mean(values: np.ndarray, axis: int) -> np.ndarray:
    """Means of what is not blank; NaN where all is."""
    known = ~np.isnan(values)
    number = known.sum(axis=axis)
    total = np.where(known, values, 0.0).sum(axis=axis)
    return np.divide(total, number, out=np.full(np.shape(total), np.nan), where=number > 0)


def item_gaps(answers: pd.DataFrame) -> pd.DataFrame:
    """The gap of each of the 22 items: ``dimension``, mean ``expectation`` and ``perception``, ``gap`` and ``n``.

    In words: what customers found, less what they expected, on average. Only respondents
    who answered both sides of an item count for it, so that gap = perception - expectation.
    Raises Problem if a column is missing or an answer is off the scale.
    Source: Parasuraman et al. (1988).
    """
    import pandas as pd

    expected, found = _answers(answers, item_columns("E")), _answers(answers, item_columns("P"))
    both = ~np.isnan(expected) & ~np.isnan(found)
    table = pd.DataFrame(
        {
            "dimension": [name for name, items in DIMENSIONS.items() for _ in items],
            "expectation": _mean(np.where(both, expected, np.nan), 0),
            "perception": _mean(np.where(both, found, np.nan), 0),
            "gap": _mean(found - expected, 0),
            "n": both.sum(axis=0),
        },
        index=pd.RangeIndex(1, 23, name="item"),
    )
    return table


def respondent_gaps(answers: pd.DataFrame) -> pd.DataFrame:
    """Each respondent's own gap in the five dimensions: the mean of P - E over the items answered on both sides."""
    import pandas as pd

    return pd.DataFrame(
        {
            name: _mean(_answers(answers, item_columns("P", name)) - _answers(answers, item_columns("E", name)), 1)
            for name in DIMENSIONS
        },
        index=answers.index,
    )


def dimension_gaps(answers: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """The gap of each dimension with its interval: ``expectation``, ``perception``, ``gap``, ``low``, ``high``, ``n``.

    In words: take every respondent's mean gap in the dimension, average these, and go
    t standard errors to each side. Respondents are what was sampled, so they are what the
    interval counts, not their answers. Expectation and perception are means over the same
    pairs of answers.
    Raises Problem if fewer than two respondents have answered a dimension.
    Source: Parasuraman et al. (1988); interval: Student (1908).
    """
    import pandas as pd

    rows = {}
    for name in DIMENSIONS:
        expected, found = (_answers(answers, item_columns(letter, name)) for letter in ("E", "P"))
        both = ~np.isnan(expected) & ~np.isnan(found)
        own = _mean(found - expected, 1)
        own = own[~np.isnan(own)]
        number = len(own)
        if number < 2:
            raise Problem(f"Fewer than two respondents have answered the dimension {name}. Take more rows in.")
        reach = t_multiplier(number - 1, level) * own.std(ddof=1) / math.sqrt(number)
        gap = own.mean()
        rows[name] = {
            "expectation": np.nanmean(_mean(np.where(both, expected, np.nan), 1)),
            "perception": np.nanmean(_mean(np.where(both, found, np.nan), 1)),
            "gap": gap, "low": gap - reach, "high": gap + reach, "n": number,
        }  # fmt: skip
    table = pd.DataFrame.from_dict(rows, orient="index").astype({"n": "int64"})
    table.index.name = "dimension"
    return table


def weights_add_up(answers: pd.DataFrame) -> pd.Series:
    """Whether each respondent gave all five weights, none below 0, and exactly 100 points in all."""
    weights = _weights(answers)
    return (weights.notna() & (weights >= 0)).all(axis=1) & ((weights.sum(axis=1) - 100).abs() <= _ROUNDING)


def _weights(answers: pd.DataFrame) -> pd.DataFrame:
    missing = [column for column in WEIGHTS.values() if column not in answers.columns]
    if missing:
        raise Problem(f"The table has no column {missing[0]}; the weights are in {', '.join(WEIGHTS.values())}.")
    weights = answers[list(WEIGHTS.values())].astype(float)
    weights.columns = list(WEIGHTS)
    return weights


def mean_weights(answers: pd.DataFrame) -> dict[str, float]:
    """The mean weight of each dimension, over the respondents whose five weights add up to 100.

    Raises Problem if nobody's do.
    Source: Parasuraman et al. (1988); the points are shared out as in Parasuraman, Berry and Zeithaml (1991).
    """
    right = _weights(answers)[weights_add_up(answers)]
    if right.empty:
        raise Problem("Nobody's five weights add up to 100, so there are no weights to take the mean of.")
    return {name: float(right[name].mean()) for name in DIMENSIONS}


def rescaled_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """The same weights stretched or shrunk to add up to 100: each times 100 over their sum."""
    total = sum(weights.values())
    if not (math.isfinite(total) and total > 0 and min(weights.values()) >= 0):
        raise Problem("Weights must be 0 or more, and at least one of them above 0.")
    return {name: 100 * weight / total for name, weight in weights.items()}


def weighted_gaps(gaps: Mapping[str, float], weights: Mapping[str, float]) -> dict[str, float]:
    """What each dimension adds to the weighted score: its gap times its weight, over 100.

    gaps, weights: by the names of the dimensions, for example a column of
    :func:`dimension_gaps` and :func:`mean_weights`.
    Raises Problem if a dimension is missing or the weights do not add up to 100.
    Source: Parasuraman et al. (1988).
    """
    for name in DIMENSIONS:
        for given, what in ((gaps, "gap"), (weights, "weight")):
            if name not in given:
                raise Problem(f"The {what} of the dimension {name} is missing; the five are: {', '.join(DIMENSIONS)}.")
            if not math.isfinite(given[name]):
                raise Problem(f"The {what} of the dimension {name} is not a number. Enter a figure.")
    total = sum(weights[name] for name in DIMENSIONS)
    if min(weights[name] for name in DIMENSIONS) < 0 or abs(total - 100) > _ROUNDING:
        raise Problem(
            f"The five weights must be 0 or more and add up to 100, but these add up to {total:g}. Share the points out again."
        )
    return {name: weights[name] * gaps[name] / 100 for name in DIMENSIONS}


def weighted_score(gaps: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted SERVQUAL score: the sum of weight times gap over the five dimensions, divided by 100.

    In words: a mean gap in which a dimension counts as much as customers say that it matters.
    Below zero, the firm falls short. Raises Problem as :func:`weighted_gaps` does.
    Source: Parasuraman et al. (1988).
    """
    return sum(weighted_gaps(gaps, weights).values())


def servperf(answers: pd.DataFrame) -> pd.Series:
    """Each respondent's SERVPERF score: the mean of what they found, P01 to P22, without expectations; 1 to 7.

    NaN for a respondent who answered none. Cronin and Taylor add the items up; a mean says
    the same on the scale of the answers, and a blank does not pull it down.
    Source: Cronin and Taylor (1992).
    """
    import pandas as pd

    return pd.Series(_mean(_answers(answers, item_columns("P")), 1), index=answers.index, name="servperf")


def _complete(items: pd.DataFrame | np.ndarray) -> tuple[np.ndarray, list]:
    values = _grid(items)
    names = list(items.columns) if hasattr(items, "columns") else list(range(values.shape[1]))
    if values.shape[1] < 2:
        raise Problem("Alpha compares items with each other, so it needs at least two of them.")
    values = values[~np.isnan(values).any(axis=1)]
    if len(values) < 2:
        raise Problem("Fewer than two respondents have answered all of these items. Take more rows in.")
    return values, names


def _alpha(values: np.ndarray) -> float:
    size = values.shape[1]
    whole = values.sum(axis=1).var(ddof=1)
    if whole <= 1e-12:
        raise Problem("All respondents have the same total on these items, so alpha cannot be computed.")
    return float(size / (size - 1) * (1 - values.var(axis=0, ddof=1).sum() / whole))


def cronbach_alpha(items: pd.DataFrame | np.ndarray) -> float:
    """Cronbach's alpha: how well items that should measure one thing move together; 1 is perfectly.

    alpha = k / (k - 1) x (1 - sum of the items' variances / variance of the total), for k items.
    In words: if items agree, their total varies far more than they do one by one. It may fall
    below zero when an item is keyed the wrong way round. It does not show that the right thing
    is measured. Only respondents without a blank count.
    items: a row for each respondent, a column for each item.
    Raises Problem with fewer than two items or respondents, or if all totals are the same.
    Source: Cronbach (1951).
    """
    return _alpha(_complete(items)[0])


def alpha_if_deleted(items: pd.DataFrame | np.ndarray) -> dict:
    """Alpha of the other items, for each item in turn; a clear rise says that the item does not fit.

    Respondents without a blank on any of the items count, so the figures can be compared.
    Raises Problem with fewer than three items, and as :func:`cronbach_alpha` does.
    Source: Cronbach (1951).
    """
    values, names = _complete(items)
    if len(names) < 3:
        raise Problem("To leave one item out, there must be at least three.")
    return {name: _alpha(np.delete(values, place, axis=1)) for place, name in enumerate(names)}


def item_total_correlation(items: pd.DataFrame | np.ndarray) -> dict:
    """Corrected item-total correlation: each item against the sum of the others; below zero, it is keyed the wrong way.

    The item itself is left out of the sum, or it would agree with itself. NaN for an item
    that everyone answered alike. Respondents without a blank count.
    Source: Nunnally, J. C. (1978) Psychometric Theory, 2nd edition.
    """
    values, names = _complete(items)
    whole = values.sum(axis=1)
    found = {}
    for place, name in enumerate(names):
        own = values[:, place] - values[:, place].mean()
        rest = whole - values[:, place]
        rest = rest - rest.mean()
        size = math.sqrt(float(own @ own) * float(rest @ rest))
        found[name] = float(own @ rest) / size if size > 1e-12 else math.nan
    return found


def reverse_keyed(
    items: pd.DataFrame,
    columns: Iterable[str],
    lowest: float = LOWEST,
    highest: float = HIGHEST,
    rows: pd.Series | None = None,
) -> pd.DataFrame:
    """A copy in which the answers of some columns are turned round: lowest + highest - answer; blanks stay.

    For items that ask the opposite of the others; with ``rows``, true or false for each
    respondent, for the forms that were coded with 1 as best.
    Raises Problem for an unknown column or an answer off the scale.
    """
    columns = list(columns)
    for column in columns:
        if column not in items.columns:
            raise Problem(f"The table has no column {column!r} to turn round.")
    values = items[columns]
    off = ((values < lowest) | (values > highest)).any()
    if off.any():
        raise Problem(f"{off.idxmax()} has answers outside {lowest:g} to {highest:g}, so it cannot be turned round.")
    opposite = lowest + highest - values
    if rows is not None:
        chosen = np.repeat(rows.to_numpy(dtype=bool)[:, None], len(columns), axis=1)
        opposite = values.where(~chosen, opposite)
    turned = items.copy()
    turned[columns] = opposite
    return turned


def straight_liners(items: pd.DataFrame | np.ndarray, fewest: int = 10) -> np.ndarray | pd.Series:
    """Which respondents gave one and the same answer to every item that they answered, and answered at least ``fewest``.

    Give one block, for example all 22 perceptions: it has so many different questions that
    nobody who reads them answers all alike. Straight-lining makes alpha look better than it is.
    """
    import pandas as pd

    values = _grid(items)
    known = ~np.isnan(values)
    low = np.where(known, values, np.inf).min(axis=1, initial=np.inf)
    high = np.where(known, values, -np.inf).max(axis=1, initial=-np.inf)
    same = (low == high) & (known.sum(axis=1) >= fewest)
    return pd.Series(same, index=items.index, name="straight_liner") if hasattr(items, "index") else same
