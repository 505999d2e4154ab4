"""The change lab: a complaints desk, its people and a plan to change it, played for a year.

    plan = {"limit_gbp": 75, "single_owner": True, "training_hours": 6, "go_live": 20, ...}
    year = run(plan, seed=1)              # 52 weekly dictionaries, a decision log
    band = bands(years(plan, lucks(1), like=1), "in5_pct")

The same model, step by step in the same order, stands in ``explorers/change_lab_model.js``.
"""

from cslearn.methods.changelab.asked import (
    ADJUSTMENTS,
    ONE_OWNER,
    ONE_OWNER_DELIVERS,
    TROUBLES,
    continued,
    log_of,
    replay,
    summarised,
    weeks_after,
    what_the_lab_can_deliver,
)
from cslearn.methods.changelab.figures import BASELINE, FINAL, TEAMS, WEEKS
from cslearn.methods.changelab.lab import KPIS, RUNS, Year, bands, lucks, pooled, run, west, years
from cslearn.methods.changelab.plan import (
    ACTIONS,
    BUDGET_GBP,
    CHANGE_HOURS,
    NO_CHANGE,
    WATCHED,
    change_hours,
    check,
    costs,
    problems,
)
from cslearn.methods.changelab.world import situation, world

__all__ = [
    "ACTIONS",
    "ADJUSTMENTS",
    "BASELINE",
    "BUDGET_GBP",
    "CHANGE_HOURS",
    "FINAL",
    "KPIS",
    "NO_CHANGE",
    "ONE_OWNER",
    "ONE_OWNER_DELIVERS",
    "RUNS",
    "TEAMS",
    "TROUBLES",
    "WATCHED",
    "WEEKS",
    "Year",
    "bands",
    "change_hours",
    "check",
    "continued",
    "costs",
    "log_of",
    "lucks",
    "pooled",
    "problems",
    "replay",
    "run",
    "situation",
    "summarised",
    "weeks_after",
    "west",
    "what_the_lab_can_deliver",
    "world",
    "years",
]  # fmt: skip
