"""W6b, the model matcher: which model looks at this worry, in which order do its steps stand, and what is each for?

The page's side is ``model_matcher.js``; the words are in ``model_matcher_data.js``, which
both sides read. Models in our own words, after Kotter (1996), Hiatt (2006), Lewin (1947, as
later writers made it into three phases) and Bridges (1991).
"""

from __future__ import annotations

from pathlib import Path

from cslearn.explorers.data import read_data
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("model_matcher_data.js")
ACTIONS = 4
# One of the four actions may be matched wrongly.
ENOUGH = 3


def problem(seed: int) -> dict:
    """A worry, and one model with its steps in disorder and four things that people did.

    ``worry`` and ``model`` are places in the data's lists; ``steps`` are the places of the
    model's steps in the order shown, which is never the right one; ``actions`` are pairs of
    a step's place and which of its actions. Four problems in a row are four models.
    """
    data = read_data(DATA)
    draw = mulberry32(seed)

    def whole(low: int, high: int) -> int:
        return low + int(draw() * (high - low + 1))

    def shuffled(items: list) -> list:
        for last in range(len(items) - 1, 0, -1):
            other = whole(0, last)
            items[last], items[other] = items[other], items[last]
        return items

    model = seed % len(data["models"])
    steps = data["models"][model]["steps"]
    worry = whole(0, len(data["worries"]) - 1)
    right = list(range(len(steps)))
    order = shuffled(right[:])
    while order == right:
        order = shuffled(order)
    # Every step as often as any other, before one comes again.
    places = shuffled(right[:])
    while len(places) < ACTIONS:
        places += [whole(0, len(steps) - 1)]
    actions: list[list[int]] = []
    for place in places[:ACTIONS]:
        which = whole(0, len(steps[place]["actions"]) - 1)
        while [place, which] in actions:
            which = (which + 1) % len(steps[place]["actions"])
        actions.append([place, which])
    return {"seed": seed, "worry": worry, "model": model, "steps": order, "actions": shuffled(actions)}
