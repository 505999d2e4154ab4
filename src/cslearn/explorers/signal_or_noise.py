"""W5, signal or noise: which of six charts has really changed, by eye and by the rules?

The page's side is ``signal_or_noise.js``; the words are in ``signal_or_noise_data.js``,
which both sides read.
"""

from __future__ import annotations

import math
from pathlib import Path

from cslearn.explorers.data import read_data
from cslearn.methods.control_chart import limits, normal, signals
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("signal_or_noise_data.js")
CHARTS = 6
BASELINE = 26
WEEKS = 12
# Of six; two problems in a row are then at least ten of twelve charts.
ENOUGH = 5


def problem(seed: int) -> dict:
    """Six charts of 26 weeks before and 12 weeks after a change, some of which changed nothing.

    Each has ``name``, ``unit``, ``values`` (38 figures) and ``shift``, the planted step in
    standard deviations from the start of the 12 weeks on, 0 where nothing changed. Two to
    four of the six give a signal by the rules, which is what counts: chance gives some too.
    """
    data = read_data(DATA)
    draw = mulberry32(seed)

    def whole(low: int, high: int) -> int:
        return low + int(draw() * (high - low + 1))

    while True:
        order = list(range(len(data["measures"])))
        for last in range(len(order) - 1, 0, -1):
            other = whole(0, last)
            order[last], order[other] = order[other], order[last]
        charts = []
        for place in order[:CHARTS]:
            measure = data["measures"][place]
            shift = 0.0
            if draw() < 0.5:
                shift = whole(15, 28) / 10
                if draw() < 0.5:
                    shift = -shift
            values = []
            for week in range(BASELINE + WEEKS):
                value = measure["mean"] + measure["sd"] * (normal(draw) + (shift if week >= BASELINE else 0))
                values.append(math.floor(value * 10 + 0.5) / 10)
            charts.append({"name": measure["name"], "unit": measure["unit"], "shift": shift, "values": values})
        if 2 <= sum(first_signal(chart) is not None for chart in charts) <= 4:
            return {"seed": seed, "charts": charts}


def first_signal(chart: dict) -> int | None:
    """The first of the 12 weeks, counted from 1, in which a chart gives a signal; None if none does."""
    of = limits(chart["values"][:BASELINE])
    found = signals(chart["values"][BASELINE:], of)
    return found[0].place + 1 if found else None


def reading(charts: list[dict], weeks: int, runs: bool, with_after: bool) -> dict:
    """What other ways of reading the same charts find: fewer weeks of baseline, no runs, or limits that take in the new weeks.

    ``weeks`` is how many of the 26 weeks before the change set the limits, the last ones;
    ``runs`` whether runs of eight count; ``with_after`` whether the 12 weeks after the
    change help to set the limits. Gives ``rows``, for each chart its ``mean``, ``lower``,
    ``upper`` and ``first`` (the first week with a signal, or None), and how many of the
    changed charts were found (``hits`` of ``changed``) and how many of the others cried
    wolf (``alarms`` of ``quiet``).
    """
    rows = []
    for chart in charts:
        before, after = chart["values"][:BASELINE], chart["values"][BASELINE:]
        of = limits([*before[BASELINE - weeks :], *(after if with_after else [])])
        found = signals(after, of, runs=runs)
        first = found[0].place + 1 if found else None
        rows.append({"mean": of.mean, "lower": of.lower, "upper": of.upper, "first": first})
    changed = [chart["shift"] != 0 for chart in charts]
    seen = [row["first"] is not None for row in rows]
    return {
        "rows": rows,
        "hits": sum(one and there for one, there in zip(seen, changed, strict=True)),
        "changed": sum(changed),
        "alarms": sum(one and not there for one, there in zip(seen, changed, strict=True)),
        "quiet": len(charts) - sum(changed),
    }
