"""W6c, monitor or evaluate: which of two jobs does each of twelve documents do?

The page's side is ``monitor_or_evaluate.js``; the words are in
``monitor_or_evaluate_data.js``, which both sides read.
"""

from __future__ import annotations

from pathlib import Path

from cslearn.explorers.data import read_data
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("monitor_or_evaluate_data.js")
JOBS = ("monitoring", "evaluation")
DOCUMENTS = 12
# Of twelve; by tossing a coin it happens in one problem of fifty.
ENOUGH = 10


def problem(seed: int) -> dict:
    """Twelve documents, each with its ``title``, ``job``, ``text`` and ``because``.

    Every title comes with both jobs in the data, so that the title never tells. Four to
    eight of the twelve are evaluation.
    """
    data = read_data(DATA)
    draw = mulberry32(seed)

    def whole(low: int, high: int) -> int:
        return low + int(draw() * (high - low + 1))

    while True:
        order = list(range(len(data["documents"])))
        for last in range(len(order) - 1, 0, -1):
            other = whole(0, last)
            order[last], order[other] = order[other], order[last]
        jobs = [JOBS[whole(0, 1)] for _ in range(DOCUMENTS)]
        if 4 <= jobs.count("evaluation") <= 8:
            break
    documents = []
    for place, job in zip(order, jobs, strict=False):
        found = data["documents"][place]
        documents.append({"title": found["title"], "job": job, "text": found[job][0], "because": found[job][1]})
    return {"seed": seed, "documents": documents}
