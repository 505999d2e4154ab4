"""The figures of the lesson on re-engineering, worked out again by other means."""

import csv
import re
from datetime import datetime
from itertools import groupby, pairwise
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from page_cells import run_cells

from cslearn.methods import changelab

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "process" / "re-engineering.md"
TEXT = PAGE.read_text("utf-8")
# Four years of each plan say what the page says of twenty, in a fifth of the time.
FEW = 4


@pytest.fixture(scope="module")
def made():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changelab, "lucks", lambda seed: [seed + 10_007 * n for n in range(FEW)])
        return run_cells(PAGE)


def in_five(plan):
    """The share closed in five days in weeks 45 to 52, from when each case came and went."""
    ends = []
    for n in range(FEW):
        floor = changelab.run(plan, 10_007 * n, like=0).floor
        closed, came = np.array(floor.closed_at), np.array(floor.cases.arrives)
        week = closed // (2250 * 256) - 3
        last = (week >= 45) & (week <= 52)
        ends.append(100 * np.mean((closed - came)[last] <= 5 * 450 * 256))
    return median(ends)


@pytest.mark.slow
def test_every_figure_that_a_cell_puts_into_the_text_is_right(made):
    glued, shared = made
    support = {
        "training_hours": 8, "coaching_hours": 2, "messages": 1, "involvement": "consult", "early_win": "labels",
        "pilot_team": "C", "pilot_weeks": 7, "go_live": 20, "reserve_gbp": 6_000, "go_at": -19, "stop_at": -20,
        "triggers": [{"kpi": "adoption", "op": "<", "value": 50, "weeks": 2, "action": "coach_weakest"}],
    }  # fmt: skip
    owner = {"single_owner": True, "limit_gbp": 75, "daily_posting": True}
    # Training 15,120, coaching 7,680, messages 3,220, consulting 3,500, labels 2,500, pilot 2,450 and the reserve.
    people = 15_120 + 7_680 + 3_220 + 3_500 + 2_500 + 2_450 + 6_000
    none, portal = in_five({}), in_five(support | {"courier_portal": True})
    expected = {
        "none_end": none, "signature_end": in_five(support | {"one_signature": True}), "owner_end": in_five(support | owner),
        "forced_end": in_five(owner | {"go_live": 20}), "portal_gain": portal - none, "portal_cost": 52_000 + people,
    }  # fmt: skip
    assert {name: glued[name] for name in expected} == pytest.approx(expected)
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(glued)
    # What the words say of them.
    assert 0 < glued["portal_gain"] < 15 < 30 < glued["signature_end"] - none < glued["owner_end"] - none - 10
    assert (glued["forced_end"] - none) / (glued["owner_end"] - none) < 0.1
    signature = 5_000 + people
    assert signature / glued["portal_cost"] == pytest.approx(0.5, abs=0.03)
    # The portal is the dearest of the three.
    assert glued["portal_cost"] > 3_000 + 18_000 + 9_000 + 180 * 33 + people > signature
    bands = [values for pair in shared["results"].values() for values in pair[:1]]
    assert bands[0][-1] < bands[1][0] and bands[1][-1] < bands[2][0]


def test_hand_offs_and_waits_are_those_of_the_log(made):
    glued, _ = made
    with (ROOT / "datasets" / "events_before.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file)]
    cases = {}
    for key, group in groupby(
        sorted(rows, key=lambda row: (row["site"], row["case_id"])), lambda row: (row["site"], row["case_id"])
    ):
        steps = sorted(group, key=lambda row: (row["start_ts"], row["end_ts"]))
        if "customer" in {row["role"] for row in steps}:
            cases[key] = steps
    handovers = [sum(a["role"] != b["role"] for a, b in pairwise(steps)) for steps in cases.values()]
    assert glued["handovers"] == pytest.approx(np.mean(handovers), rel=0.02)
    assert glued["roles"] == int(median(len({row["role"] for row in steps}) for steps in cases.values()))
    minutes = [
        (datetime.fromisoformat(row["end_ts"]) - datetime.fromisoformat(row["start_ts"])).total_seconds() / 60
        for steps in cases.values() for row in steps
        if row["activity"] == "approve" and row["start_ts"][:10] == row["end_ts"][:10]
    ]  # fmt: skip
    assert glued["approve_minutes"] == pytest.approx(np.mean(minutes), rel=0.05)
    assert 40 < glued["approve_share"] < 55
