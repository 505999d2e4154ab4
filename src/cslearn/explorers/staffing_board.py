"""W2, the staffing board: what does one agent more or less do to the wait?

The page's side is ``staffing_board.js``; the words are in ``staffing_board_data.js``,
which both sides read.
"""

from __future__ import annotations

from pathlib import Path

from cslearn.explorers.data import read_data
from cslearn.methods.queues import agents_needed, service_level, workload
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("staffing_board_data.js")


def problem(seed: int) -> dict:
    """One hour of one team: calls, handling time, target, goal (percent), and agents on the lines now.

    The question is what service level is left with one agent fewer, and how many agents
    the goal needs. Seed 0 is the lesson's own desk. In every problem one agent makes a
    difference of at least 4 percentage points, and no answer hangs on rounding.
    """
    if seed == 0:
        return {"seed": 0, **read_data(DATA)["board"]}
    draw = mulberry32(seed)

    def whole(low: int, high: int) -> int:
        return low + int(draw() * (high - low + 1))

    while True:
        found = {
            "seed": seed,
            "calls": 10 * whole(6, 40),
            "handling": 10 * whole(15, 42),
            "target": (10, 20, 30, 60)[whole(0, 3)],
            "goal": (70, 75, 80, 90)[whole(0, 3)],
        }
        more = whole(-1, 2)
        load = workload(found["calls"], found["handling"])
        if not 4 <= load <= 30:
            continue
        needed = agents_needed(load, found["handling"], found["target"], found["goal"] / 100)
        found["agents"] = needed + more
        now, then = level(found, found["agents"]), level(found, found["agents"] - 1)
        reached, missed = level(found, needed), level(found, needed - 1)
        # Where one more or fewer would round to the goal, nobody could tell which is right.
        if (
            found["agents"] - 1 > load
            and now - then >= 4
            and min(reached - found["goal"], found["goal"] - missed) >= 0.5
        ):
            return found


def level(found: dict, agents: int) -> float:
    """The service level of a problem with so many agents, in percent (Erlang C)."""
    load = workload(found["calls"], found["handling"])
    return 100 * service_level(agents, load, found["handling"], found["target"])


def needed(found: dict) -> int:
    """The fewest agents with which a problem's goal is reached."""
    load = workload(found["calls"], found["handling"])
    return agents_needed(load, found["handling"], found["target"], found["goal"] / 100)
