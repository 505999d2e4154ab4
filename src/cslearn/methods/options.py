"""Comparing options: the decision matrix, and costs and benefits over several years.

Sources: Keeney, R. L. and Raiffa, H. (1976) Decisions with Multiple Objectives, for
scores and weights; HM Treasury (2022) The Green Book, for discounting, sunk costs and
sensitivity. Every function is plain arithmetic on lists and dictionaries, in the same
order of steps as ``explorers/options.js``, so that page and notebook agree.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Mapping, Sequence

from cslearn.methods.randomness import mulberry32
from cslearn.problem import Problem

# Two totals closer than this are level: the rest is rounding in the last digits.
_LEVEL = 1e-9
# A year above this is a calendar year by mistake, and would take for ever to discount.
_LAST_YEAR = 200

Scores = Mapping[str, Mapping[str, float]]


def _number(value: object, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise Problem(f"{what} must be a number, but it is {value!r}. Enter a figure.")
    number = float(value)
    if not math.isfinite(number):
        raise Problem(f"{what} must be an ordinary number, but it is {value!r}. Enter a figure.")
    return number


def _numbers(values: Iterable[object], what: str) -> list[float]:
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise Problem(f"{what} must be a list of numbers, but it is {values!r}.")
    figures = [_number(value, f"{what}, item {place}") for place, value in enumerate(values, start=1)]
    if not figures:
        raise Problem(f"{what} is empty. Give at least one number.")
    return figures


def _ordered(value: float) -> int:
    """A whole number that sorts like the value and is equal for values that are level."""
    return math.floor(_finite(value * 1e9, "A figure to compare") + 0.5)


def linear_scores(values: Sequence[float], better: str) -> list[float]:
    """Scores from 0 to 10 for the options on one criterion, in the order of the values.

    In words: how far a value lies from the worst one, divided by the distance from worst
    to best, times 10. The best value scores 10 and the worst 0. If all values are equal,
    nobody is worse, so all score 10.

    values: one figure per option, all in the same unit.
    better: "max" if a higher figure is better, "min" if a lower one is.
    Raises Problem on an empty list, a figure that is not a number, or another word.
    Source: Keeney and Raiffa (1976), a linear value function.
    """
    if better not in ("max", "min"):
        raise Problem(f'Say "max" (higher is better) or "min" (lower is better), not {better!r}.')
    figures = _numbers(values, "The values of a criterion")
    low, high = min(figures), max(figures)
    if low == high:
        return [10.0] * len(figures)
    width = high - low
    if not math.isfinite(width):
        raise Problem("The values of a criterion lie too far apart to be scored. Check them for a typing slip.")
    if better == "max":
        return [10 * ((figure - low) / width) for figure in figures]
    return [10 * ((high - figure) / width) for figure in figures]


def _criteria(scores: Scores) -> list[str]:
    if not scores:
        raise Problem("There are no options to compare. Give the scores of at least one.")
    first = next(iter(scores))
    criteria = list(scores[first])
    if not criteria:
        raise Problem(f"Option {first} has no scores. Score it on at least one criterion.")
    for option, row in scores.items():
        for criterion in criteria:
            if criterion not in row:
                raise Problem(f"Option {option} has no score for {criterion}. Score every option on every criterion.")
            _number(row[criterion], f"The score of option {option} for {criterion}")
        for criterion in row:
            if criterion not in criteria:
                raise Problem(f"Option {first} has no score for {criterion}. Score every option on every criterion.")
    return criteria


def _weights(weights: Mapping[str, float], criteria: Sequence[str]) -> dict[str, float]:
    for criterion in weights:
        if criterion not in criteria:
            raise Problem(f"{criterion} has a weight but no scores. Score every option on it, or take the weight away.")
    shares = {}
    for criterion in criteria:
        if criterion not in weights:
            raise Problem(f"{criterion} has scores but no weight. Give it a weight; 0 if it is not to count.")
        shares[criterion] = _number(weights[criterion], f"The weight of {criterion}")
        if shares[criterion] < 0:
            raise Problem(f"The weight of {criterion} is {weights[criterion]}. A weight is 0 or more.")
    total = _sum(shares.values())
    if total == 0:
        raise Problem("All weights are 0, so nothing would count. Give at least one criterion a weight.")
    if not math.isfinite(total):
        raise Problem("The weights are too large to add up. Share out 100 points between the criteria.")
    return shares


def _sum(figures: Iterable[float]) -> float:
    """A plain running sum: newer versions of Python sum more cleverly than browsers do."""
    total = 0.0
    for figure in figures:
        total += figure
    return total


def _finite(figure: float, what: str) -> float:
    if not math.isfinite(figure):
        raise Problem(f"{what} is too large to work out. Check the figures for a typing slip.")
    return figure


def weighted_totals(scores: Scores, weights: Mapping[str, float]) -> dict[str, float]:
    """The total of each option, on the scale of its scores (0 to 10).

    In words: weight times score, added up over the criteria, divided by the sum of the
    weights. The weights need not add up to 100.

    scores: {option: {criterion: score}}; weights: {criterion: weight of 0 or more}.
    Raises Problem if a score or a weight is missing, negative (weights) or not a number,
    or if all weights are 0.
    Source: Keeney and Raiffa (1976), the additive value model.
    """
    criteria = _criteria(scores)
    shares = _weights(weights, criteria)
    whole = _sum(shares.values())
    return {
        option: _finite(_sum(shares[c] * float(row[c]) for c in criteria) / whole, f"The total of option {option}")
        for option, row in scores.items()
    }


def _left_in(options: Iterable[str], knocked_out: Iterable[str]) -> list[str]:
    everyone = list(options)
    out = [knocked_out] if isinstance(knocked_out, str) else list(knocked_out)
    for option in out:
        if option not in everyone:
            raise Problem(f"Option {option} is knocked out but is not among {', '.join(everyone)}. Check its name.")
    return [option for option in everyone if option not in out]


def ranking(totals: Mapping[str, float], knocked_out: Iterable[str] = ()) -> list[str]:
    """The options from best to worst, without those that are knocked out.

    Options that are level (to a billionth) stand in the order of their names.

    totals: {option: total}; knocked_out: options that break a limit, whatever they score.
    Raises Problem if a total is not a number, or a knocked-out option is unknown.
    """
    if not totals:
        raise Problem("There are no options to rank. Give the total of at least one.")
    figures = {option: _number(total, f"The total of option {option}") for option, total in totals.items()}
    left = _left_in(figures, knocked_out)
    return sorted(left, key=lambda option: (-_ordered(figures[option]), option))


def break_even_weight(
    scores: Scores, weights: Mapping[str, float], criterion: str, knocked_out: Iterable[str] = ()
) -> float | None:
    """The weight, from 0 to 100, at which another option draws level with today's winner.

    The other criteria keep their proportions and share what is left of the 100. In words:
    on this criterion alone a rival is ahead by a; on all the rest the winner is ahead by
    b; they are level when the weight is 100 times b divided by (a + b). Of all such
    weights the one nearest to today's is given; below it or above it the winner changes.
    If two options are level today, today's weight is the answer.

    Returns None if no weight from 0 to 100 brings another option level.
    Raises Problem if the criterion is unknown, if it holds all the weight (then the others
    have no proportions to keep), if every option is knocked out, and as weighted_totals.
    Source: sensitivity to a weight, as in Keeney and Raiffa (1976) and the Green Book (2022).
    """
    criteria = _criteria(scores)
    shares = _weights(weights, criteria)
    if criterion not in criteria:
        raise Problem(f"There is no criterion {criterion}. Choose one of {', '.join(criteria)}.")
    others = [c for c in criteria if c != criterion]
    rest_weight = _sum(shares[c] for c in others)
    if rest_weight == 0:
        raise Problem(f"{criterion} holds all the weight. Give another criterion a weight, then look for break-even.")
    order = ranking(weighted_totals(scores, weights), knocked_out)
    if not order:
        raise Problem("Every option is knocked out, so there is no winner. Check the limits.")
    whole = _sum(shares.values())
    today = shares[criterion] / whole

    def alone_and_rest(option: str) -> tuple[float, float]:
        row = scores[option]
        return float(row[criterion]), _sum(shares[c] * float(row[c]) for c in others) / rest_weight

    winner_alone, winner_rest = alone_and_rest(order[0])
    nearest = None
    for rival in order[1:]:
        rival_alone, rival_rest = alone_and_rest(rival)
        ahead_alone = winner_alone - rival_alone
        ahead_rest = winner_rest - rival_rest
        if abs(today * ahead_alone + (1 - today) * ahead_rest) <= _LEVEL:
            return 100 * today
        # A lead this small is rounding; left in, it would put the answer just outside 0 to 100.
        if abs(ahead_alone) <= _LEVEL:
            ahead_alone = 0.0
        if abs(ahead_rest) <= _LEVEL:
            ahead_rest = 0.0
        if ahead_alone * ahead_rest > 0 or ahead_alone == ahead_rest:
            continue
        level_at = ahead_rest / (ahead_rest - ahead_alone)
        if nearest is None or abs(level_at - today) < abs(nearest - today):
            nearest = level_at
    return None if nearest is None else 100 * nearest


def win_shares(scores: Scores, knocked_out: Iterable[str] = (), draws: int = 2000, seed: int = 1) -> dict[str, float]:
    """The share of random weightings that each option wins: robust if near 1, fragile if not.

    Each draw is a weighting picked evenly from all that are possible (a flat Dirichlet
    draw): one number u per criterion, in the order of the scores, turned into minus the
    logarithm of (1 - u). Options that are level share the win. Knocked-out options get 0.

    draws: how many weightings, 1 or more; seed: for mulberry32.
    Raises Problem if every option is knocked out, if draws is not a whole number of at
    least 1, and as weighted_totals.
    Source: random weights as in Butler, Jia and Dyer (1997), European Journal of
    Operational Research 103, 531-546.
    """
    criteria = _criteria(scores)
    left = _left_in(scores, knocked_out)
    if not left:
        raise Problem("Every option is knocked out, so none can win. Check the limits.")
    if isinstance(draws, bool) or not isinstance(draws, numbers.Integral) or draws < 1:
        raise Problem(f"The number of draws must be a whole number of at least 1, but it is {draws!r}.")
    draw = mulberry32(seed)
    rows = [[float(scores[option][c]) for c in criteria] for option in left]
    wins = [0.0] * len(left)
    for _ in range(int(draws)):
        pulls = [-math.log(1 - draw()) for _ in criteria]
        totals = []
        for row in rows:
            total = 0.0
            for pull, score in zip(pulls, row, strict=False):
                total += pull * score
            totals.append(total)
        best = max(totals)
        level = [place for place, total in enumerate(totals) if best - total <= _LEVEL]
        for place in level:
            wins[place] += 1 / len(level)
    shares = dict(zip(left, (won / int(draws) for won in wins), strict=False))
    return {option: shares.get(option, 0.0) for option in scores}


def _rate(rate: object) -> float:
    share = _number(rate, "The rate")
    if share <= -1:
        raise Problem(f"The rate is {rate}. It must be above -1 (minus 100%); write 3.5% as 0.035.")
    if share > 1:
        raise Problem(f"The rate is {rate}, which is more than 100% a year. Write 3.5% as 0.035.")
    return share


def discount_factor(rate: float, year: int) -> float:
    """What one pound in that year is worth today.

    In words: 1 divided by (1 + rate), once for each year. Year 0 is today, so its
    factor is 1.

    rate: a share a year, 0.035 for 3.5%, above -1 and at most 1; year: 0, 1, 2, ...
    Raises Problem if the rate is out of range or the year is not a whole number from 0 to 200.
    Source: HM Treasury (2022), annex on discounting.
    """
    share = _rate(rate)
    count = _number(year, "The year")
    if count < 0 or count != math.floor(count) or count > _LAST_YEAR:
        raise Problem(f"The year is {year}. Count years from today: 0, 1, 2 and so on, at most {_LAST_YEAR}.")
    factor = 1.0
    # Divided step by step, not by a power: powers differ in the last digit between computers.
    for _ in range(int(count)):
        factor /= 1 + share
    return _finite(factor, "The discount factor")


def net_present_value(flows: Sequence[float], rate: float) -> float:
    """What the flows of all years are worth today, in the currency of the flows.

    In words: each year's money in minus money out, times that year's discount factor,
    added up. The first flow is year 0 and is not discounted.

    flows: one net figure a year, from year 0 on, money out as a negative figure.
    Raises Problem on an empty list, a figure that is not a number, or a rate out of range.
    Source: HM Treasury (2022).
    """
    figures = _numbers(flows, "The list of yearly flows")
    total = 0.0
    for year, flow in enumerate(figures):
        total += flow * discount_factor(rate, year)
    return _finite(total, "The net present value")


def payback_months(flows: Sequence[float]) -> float | None:
    """How many months pass until the money put in has come back for the first time.

    Not discounted. The flow of year 0 is paid at the start; each later year's flow comes
    evenly through its 12 months. In words: the months of the years before, plus 12 times
    what is still missing divided by that year's flow.

    flows: as in net_present_value. Returns 0.0 if nothing was put in, None if the money
    does not come back within the flows given.
    Raises Problem on an empty list or a figure that is not a number.
    """
    figures = _numbers(flows, "The list of yearly flows")
    so_far = figures[0]
    if so_far >= 0:
        return 0.0
    for year, flow in enumerate(figures[1:], start=1):
        if so_far + flow >= 0:
            return 12 * (year - 1 + -so_far / flow)
        so_far += flow
    return None


def _amounts(values: Iterable[object], what: str) -> list[float]:
    figures = _numbers(values, what)
    for year, figure in enumerate(figures):
        if figure < 0:
            raise Problem(f"{what} has {figure:g} in year {year}. Write amounts as positive figures.")
    return figures


def break_even_benefits(costs: Sequence[float], benefits: Sequence[float], rate: float) -> float | None:
    """The share of the planned benefits that must really come for the value to be nil.

    In words: the present value of the costs divided by the present value of the benefits.
    0.8 means that a fifth of the benefits may fail to come before money is lost; above 1
    means that even the full plan loses money.

    costs, benefits: one positive amount a year, from year 0 on; the lists may differ in
    length. Returns None if no benefits are planned.
    Raises Problem on an empty list, a negative amount, or a rate out of range.
    Source: switching values, HM Treasury (2022).
    """
    spent = net_present_value(_amounts(costs, "The list of costs"), rate)
    gained = net_present_value(_amounts(benefits, "The list of benefits"), rate)
    if gained <= 0:
        return None
    return _finite(spent / gained, "The break-even share")


def swings(lines: Iterable[Mapping[str, object]], rate: float) -> list[dict[str, object]]:
    """How far each line alone can move the net present value: the rows of a tornado chart.

    Each row is {"line": item, "low": value, "high": value}: the net present value of the
    whole plan with that item at its cautious figures (low) and at its hopeful ones (high),
    while all others stay at their middle figures. Cautious means less benefit or more
    cost. The widest comes first; items of equal width stand in the order of their names.

    lines: rows as in options_costs.csv of one option, {"item", "kind": "cost" or
    "benefit", "year", "amount_low", "amount_mid", "amount_high"}, amounts positive. Rows
    of the same item belong together.
    Raises Problem on an empty list, a missing field, another kind, a negative amount,
    amounts out of order, an item that is cost in one row and benefit in another, or a rate
    out of range.
    Source: sensitivity analysis, HM Treasury (2022).
    """
    items: dict[str, dict[str, object]] = {}
    for place, line in enumerate(lines, start=1):
        for field in ("item", "kind", "year", "amount_low", "amount_mid", "amount_high"):
            if field not in line:
                raise Problem(f"Cash line {place} has no {field}. Give item, kind, year and the three amounts.")
        name, kind = str(line["item"]), line["kind"]
        if kind not in ("cost", "benefit"):
            raise Problem(f'The kind of cash line "{name}" is {kind!r}. It must be "cost" or "benefit".')
        item = items.setdefault(name, {"kind": kind, "low": 0.0, "mid": 0.0, "high": 0.0})
        if item["kind"] != kind:
            raise Problem(f'"{name}" is a cost in one row and a benefit in another. Give the two different names.')
        factor = discount_factor(rate, line["year"])
        before = 0.0
        for case in ("low", "mid", "high"):
            amount = _number(line[f"amount_{case}"], f'The {case} amount of "{name}"')
            if amount < before:
                raise Problem(
                    f'The {case} amount of "{name}" is {amount:g}. '
                    "Write amounts as positive figures: low first, then mid, then high."
                )
            item[case] += (amount if kind == "benefit" else -amount) * factor
            before = amount
    if not items:
        raise Problem("There are no cash lines. Give at least one.")
    middle = _sum(item["mid"] for item in items.values())
    rows = []
    for name, item in items.items():
        cautious, hopeful = ("low", "high") if item["kind"] == "benefit" else ("high", "low")
        others = middle - item["mid"]
        rows.append({"line": name, "low": others + item[cautious], "high": others + item[hopeful]})
    return sorted(rows, key=lambda row: (-_ordered(abs(row["high"] - row["low"])), row["line"]))
