"""W3, the SERVQUAL explorer: which dimension of service should be put right first?

The page's side is ``servqual_explorer.js``; words and Northfold's sample are in
``servqual_explorer_data.js``, which both sides read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cslearn.explorers.data import read_data, write_data
from cslearn.methods import servqual
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("servqual_explorer_data.js")
NAMES = tuple(servqual.DIMENSIONS)
COMMENTS = 10
# One in seven of Northfold's respondents, from the fifth on.
_EVERY, _FROM = 7, 4
# Added to a seed where comments are put in order, so that no other draw depends on them.
_OTHER = 1_000_003


def problem(seed: int) -> dict:
    """One survey: ``firm``, ``sites``, ``people`` with answers and weights, and ten ``comments`` on what matters most.

    A person has ``site`` and ``wave`` (0 or 1), ``E`` and ``P`` of 22 answers, and ``w`` of five weights.
    Seed 0 is a sample of Northfold's own survey. In every problem the dimension to put right
    first is clear, and the comments point to it as the weights do. Some people in each gave one answer to all.
    """
    words = read_data(DATA)
    if seed == 0:
        found = {
            "seed": 0,
            "firm": "Northfold",
            "sites": ["North", "West"],
            "people": [unpacked(row) for row in words["northfold"]],
        }
        return found | {"comments": _comments(found, words["comments"])}
    draw = mulberry32(seed)
    kind = draw()
    while True:
        found = {"seed": seed, **_drawn(draw, words, kind)}
        counts = _shares(found["people"])
        careful, naive = _weighted(kept(found["people"])), _weighted(found["people"])
        order = sorted(careful, key=careful.get)
        clear = careful[order[0]] <= 1.25 * careful[order[1]] and min(naive, key=naive.get) == order[0]
        gaps = _gaps(found["people"])
        told = sorted(count * gap for count, gap in zip(counts, gaps.values(), strict=True))
        hinted = (
            min(NAMES, key=lambda name: counts[NAMES.index(name)] * gaps[name]) == order[0] and told[0] <= 1.2 * told[1]
        )
        if clear and hinted and sum(map(straight, found["people"])) >= 4:
            return found | {"comments": _comments(found, words["comments"])}


def answer(found: dict) -> str:
    """The dimension to put right first: the largest weighted gap, without those who gave one answer to all."""
    weighted = _weighted(kept(found["people"]))
    return min(weighted, key=weighted.get)


def straight(person: dict) -> bool:
    """Whether a person gave one answer to all that they answered on what they found."""
    return len({value for value in person["P"] if value is not None}) == 1


def kept(people: list[dict]) -> list[dict]:
    """The people without those who gave one answer to all."""
    return [person for person in people if not straight(person)]


def table(people: list[dict]):
    """The people as the table that the methods read."""
    import pandas as pd

    columns = [*servqual.item_columns("E"), *servqual.item_columns("P"), *servqual.WEIGHTS.values()]
    return pd.DataFrame([[*one["E"], *one["P"], *one["w"]] for one in people], columns=columns, dtype=float)


def _gaps(people: list[dict]) -> dict[str, float]:
    return servqual.dimension_gaps(table(people))["gap"].to_dict()


def _weighted(people: list[dict]) -> dict[str, float]:
    return servqual.weighted_gaps(_gaps(people), servqual.mean_weights(table(people)))


def _shares(people: list[dict]) -> list[int]:
    """Ten comments shared out by the weights; whole numbers all the way, so that both sides round alike."""
    totals = [sum(one["w"][n] for one in people if sum(one["w"]) == 100) for n in range(5)]
    whole = sum(totals)
    counts = [COMMENTS * total // whole for total in totals]
    rest = sorted(range(5), key=lambda n: (-(COMMENTS * totals[n] % whole), n))
    for n in rest[: COMMENTS - sum(counts)]:
        counts[n] += 1
    return counts


def _comments(found: dict, texts: list[list[str]]) -> list[str]:
    draw = mulberry32(found["seed"] + _OTHER)
    said = [texts[n][place] for n, count in enumerate(_shares(found["people"])) for place in range(count)]
    for last in range(len(said) - 1, 0, -1):
        other = int(draw() * (last + 1))
        said[last], said[other] = said[other], said[last]
    return said


def _drawn(draw: Callable[[], float], words: dict, kind: float) -> dict:
    def whole(low: int, high: int) -> int:
        return low + int(draw() * (high - low + 1))

    order = [0, 1, 2, 3, 4]
    for last in range(4, 0, -1):
        other = whole(0, last)
        order[last], order[other] = order[other], order[last]
    first, second = order[:2]
    gap = [0.3 + 0.3 * draw() for _ in range(5)]
    weight = [16.0] * 5
    if kind < 0.4:
        # The largest gap is in what counts least.
        gap[first], weight[first], gap[second], weight[second] = 1.0, 36.0, 1.5, 10.0
    elif kind < 0.75:
        # What counts most is in order already.
        gap[first], weight[first], gap[second], weight[second] = 1.3, 26.0, 0.15, 34.0
    else:
        gap[first], weight[first] = 1.4, 28.0
    odd = whole(0, 21)
    sites = words["sites"][whole(0, len(words["sites"]) - 1)]
    firm = words["firms"][whole(0, len(words["firms"]) - 1)]
    people = [_person(draw, whole, gap, weight, odd) for _ in range(whole(60, 120))]
    return {"firm": firm, "sites": sites, "people": people}


def _person(draw: Callable[[], float], whole: Callable[[int, int], int], gap: list, weight: list, odd: int) -> dict:
    site, wave = int(draw() < 0.4), int(draw() < 0.5)
    careless = draw() < 0.09
    alike = whole(5, 7), whole(4, 7)
    sides = []
    for side in (0, 1):
        own = (0.8, 1.6)[side] * (draw() - 0.5)
        answers = []
        item = 0
        for n, items in enumerate(servqual.DIMENSIONS.values()):
            level = 6.0 - side * gap[n] + own + (1.2, 2.0)[side] * (draw() - 0.5)
            for _ in items:
                # One statement measures something else: it goes its own way.
                if side and item == odd:
                    value = 6.0 - gap[n] + 4.5 * (draw() - 0.5)
                else:
                    value = level + (1.8, 2.6)[side] * (draw() - 0.5)
                given = min(7, max(1, int(value + 0.5)))
                blank = draw() < 0.012
                answers.append(None if blank else alike[side] if careless else given)
                item += 1
        sides.append(answers)
    points = [5 * int(one / 5 * (0.7 + 0.6 * draw()) + 0.5) for one in weight]
    # What is left of the hundred goes to what the customer finds most important.
    points[points.index(max(points))] += 100 - sum(points)
    if draw() < 0.04:
        points[0] += 10
    return {"site": site, "wave": wave, "E": sides[0], "P": sides[1], "w": points}


def unpacked(row: str) -> dict:
    """A person out of one line of the data module: site and wave, 44 answers (0 is a blank), five weights."""
    where, answers, weights = row.split(" ")
    given = [int(one) or None for one in answers]
    return {
        "site": int(where[0]), "wave": int(where[1]), "E": given[:22], "P": given[22:], "w": [int(one) for one in weights.split(",")],
    }  # fmt: skip


def northfold() -> list[str]:
    """Northfold's sample, a line for each person: one in seven, with forms typed in backwards put right.

    Those who gave no weights are left out; those who gave one answer to all are not.
    """
    from contextlib import redirect_stdout
    from io import StringIO

    from cslearn.northfold import cleaning
    from cslearn.northfold.tables import load

    with redirect_stdout(StringIO()):
        survey = cleaning.with_the_scale_turned(load("servqual"))
    points, items = list(servqual.WEIGHTS.values()), [*servqual.item_columns("E"), *servqual.item_columns("P")]
    rows = []
    for one in survey[survey[points].notna().all(axis=1)].iloc[_FROM::_EVERY].to_dict("records"):
        answers = "".join("0" if one[item] != one[item] or one[item] is None else str(int(one[item])) for item in items)
        where = f"{int(one['site'] == 'West')}{int(one['wave'] == 'post')}"
        rows.append(f"{where} {answers} {','.join(str(int(one[name])) for name in points)}")
    return rows


def write_northfold() -> None:
    """Writes Northfold's sample into the data module; to be run after a change of its data."""
    write_data(DATA, read_data(DATA) | {"northfold": northfold()})
