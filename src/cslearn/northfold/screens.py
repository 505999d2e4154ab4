"""Whether a telling of the story makes a fair case: what must lie in which band before a learner gets it.

Most of what is planted holds in every telling, and the tests show it on 500. What
chance can spoil is measured here, cheaply: from the story's arrays, as a learner would
find it in the published table, and before a row is written. A telling is used only if
every figure lies in its band; else the next one is tried.

The bands do three things. The finding stays the same however a careful reader measures it (a
margin), every decoy points elsewhere, and no learner's case is much easier than another's.
"""

from collections.abc import Callable, Iterable

import numpy as np

from cslearn.northfold import events, kpi_daily, need, steering
from cslearn.northfold.process import (
    ACTIVITIES,
    BEFORE,
    CONFIRM,
    INVESTIGATE,
    OMBUDSMAN,
    REPLY,
    RETURNS_DESK,
    Process,
)
from cslearn.northfold.story import OUTAGE, SITES, number_of
from cslearn.northfold.stream import tally

Band = tuple[float, float]
ANY = float("inf")

LOG_BANDS: dict[str, Band] = {
    # Waiting at the bottleneck over waiting at the next step, by whatever clock and with or without open cases.
    "times_the_next": (2.0, ANY),
    "times_the_next_by_calendar": (2.0, ANY),
    "times_the_next_closed_cases": (2.0, ANY),
    "bottleneck_share": (0.38, 0.50),
    # Decoys: each is clear of the second in its own contest, and none is the bottleneck.
    "touch_times_the_next": (1.5, ANY),
    "count_times_the_next": (1.15, ANY),
    "rare_step_mean_wait_times_the_next": (1.25, ANY),
    "rare_step_cases": (5, 20),
    "rare_step_wait_over_bottleneck": (0.0, 0.2),
    "longest_case_times_the_next": (1.05, ANY),
    "decoys_differ": (1, 1),
    "hidden_desk_share": (0.08, 0.30),
    "rework_rate": (0.14, 0.22),
    "cases": (500, 680),
}

# The chart of the exercise on steering: North's quality score, whose weeks before the pilot are
# calm, with what :mod:`cslearn.northfold.steering` plants in the twelve weeks after the start.
WATCHED = steering.WATCHED
WATCH_BASELINE = steering.BASELINE
WATCH_WEEKS = steering.SPAN
# Of so many plans for a telling one is fair, or the telling is not used.
_MOST_PLANS = 25
WATCH_BANDS: dict[str, Band] = {
    # Few enough that whoever ticks all twelve weeks has more false alarms than hits.
    "signals": (2, 5),
    "weeks_with_a_signal": (2, 5),
    # How far the nearest figure lies from a limit or the mean, over the distance between the two:
    # wide enough for figures that were rounded.
    "clear_of_the_limits": (0.03, ANY),
    # Whoever counts a run from before the start finds the same signals.
    "same_with_earlier_weeks": (1, 1),
    # And so does whoever leaves out the week whose figure is wrong, or puts it right.
    "same_without_the_fault": (1, 1),
    "fault_gives_a_signal": (1, 1),
    "fault_apart": (0.4, ANY),
    "trouble_signals": (1, 3),
    "stray_signals_below": (0, 0),
    # Who goes by the eye, or by every week below the mean, cries wolf more often than not.
    "tempting_weeks": (2, ANY),
    "more_noise_than_signals_below": (0, ANY),
}

EFFECT_BANDS: dict[str, Band] = {
    # Percentage points by which a plain before-and-after is kinder than the comparison with West.
    "naive_too_kind": (1.5, 5.0),
    # The comparison's estimate in its own standard errors: an improvement, whichever interval one takes.
    "effect_in_standard_errors": (3.0, ANY),
    "effect": (2.5, 8.5),
}

# Where work sticks before a step of the agents on the lines, "it is the agents" could not be called wrong.
NOT_AGENTS_BANDS: dict[str, Band] = {"stuck_on_agents": (0, 0)}
NEED_BANDS: dict[str, Band] = {
    # Both sites, in winter and in spring, are far below the 80% of the standard, and about alike.
    "closed_at_best": (0, 45),
    "closed_spread": (0, 12),
}


def misses(figures: dict, bands: dict[str, Band]) -> list[str]:
    """The names of the figures that lie outside their bands."""
    return [name for name, (low, high) in bands.items() if not low <= figures[name] <= high]


def passed(process: Process, wanted: "Iterable[Screen]") -> dict | None:
    """What the screens found in a telling, or None if a figure lies outside its band."""
    found: dict = {}
    for figures, bands in wanted:
        these = figures(process)
        if misses(these, bands):
            return None
        found |= these
    return found


def log_figures(process: Process) -> dict:
    """What the log before the change shows: the bottleneck, how clear it is, and where each decoy points.

    Waits are from the end of one step to the start of the next, in office minutes.
    Test cases, which take minutes, are not counted.
    """
    made, clock = events.log(process, BEFORE), process.story.clock
    there = made.there
    case, activity, role = made.case[there], made.activity[there], made.role[there]
    start, end = made.start[there], made.end[there]
    first = np.concatenate([[True], case[1:] != case[:-1]])
    came = np.concatenate([[0], end[:-1]])
    wait = np.where(first, 0, np.maximum(0, clock.office(start) - clock.office(came)))
    calendar = np.where(first, 0, np.maximum(0, start - came))
    touch = np.maximum(0, clock.office(end) - clock.office(start))
    size = len(ACTIVITIES)
    count = tally(activity, minlength=size)

    def total(minutes, which=slice(None)) -> np.ndarray:
        return tally(activity[which], minutes[which], size)

    closed = np.zeros(process.size, dtype=bool)
    closed[case[activity == CONFIRM]] = True
    waits, means, work = total(wait), total(wait) / np.maximum(count, 1), total(touch)
    stuck = process.bottleneck
    longest = int(np.argmax(wait))
    decoys = {"touch": INVESTIGATE, "count": REPLY, "rare": OMBUDSMAN, "longest": int(activity[longest])}
    giver = np.concatenate([[-1], role[:-1]])
    hands = (role != giver) & ~first
    desk = (role == RETURNS_DESK) | (giver == RETURNS_DESK)
    return {
        "bottleneck": ACTIVITIES[stuck],
        "decoys": {name: ACTIVITIES[step] for name, step in decoys.items()},
        "times_the_next": _lead(waits, stuck),
        "times_the_next_by_calendar": _lead(total(calendar), stuck),
        "times_the_next_closed_cases": _lead(total(wait, closed[case]), stuck),
        "bottleneck_share": float(waits[stuck] / waits.sum()),
        "touch_times_the_next": _lead(work, INVESTIGATE),
        "count_times_the_next": _lead(count, REPLY),
        "rare_step_mean_wait_times_the_next": _lead(means, OMBUDSMAN),
        "rare_step_cases": int(count[OMBUDSMAN]),
        "rare_step_wait_over_bottleneck": float(waits[OMBUDSMAN] / waits[stuck]),
        "longest_case_times_the_next": float(wait[longest] / np.sort(wait)[-2]),
        "decoys_differ": int(len({*decoys.values(), stuck}) == len(decoys) + 1),
        "hidden_desk_share": float(desk[hands].mean()),
        "rework_rate": float(process.reworked[np.unique(case[closed[case]])].mean()),
        "cases": len(np.unique(case)),
    }


def _lead(values: np.ndarray, place: int) -> float:
    """How many times the largest of the others this one is."""
    return float(values[place] / np.delete(values, place).max())


def watch_figures(process: Process) -> dict:
    """What is planted in the first twelve weeks of the watched measure, and the signals that it gives, of the first fair plan."""
    found: dict = {}
    watched = steering.untouched(process.story)
    for attempt in range(_MOST_PLANS):
        found = steering.figures(process.story, attempt, watched)
        if not misses(found, WATCH_BANDS):
            break
    return found


def effect_figures(process: Process) -> dict:
    """What the change did to first contact resolution, by a plain before-and-after and against West.

    Weekly figures of the published table, weighted by answered calls, without the day of the outage.
    """
    table = kpi_daily.counted(process.story, process)
    # As published: cut to one decimal, and nothing for a day without contacts.
    with np.errstate(invalid="ignore", divide="ignore"):
        fcr = np.where(table["handled"] > 0, table["settled"] * 1000 // table["handled"] / 10, 0.0)
    kept = np.array([day not in (*kpi_daily.MISSING_WEEKEND, OUTAGE) for day in process.story.days])
    calls = np.where(kept & (table["handled"] > 0), table["answered"], 0)

    def weeks(window) -> np.ndarray:
        begin, end = number_of(window[0]), number_of(window[1]) + 1
        weights = calls[:, begin:end].reshape(len(SITES), -1, 7)
        return (fcr[:, begin:end].reshape(weights.shape) * weights).sum(axis=2) / weights.sum(axis=2)

    before, after = weeks(kpi_daily.BEFORE), weeks(kpi_daily.AFTER)
    gap_before, gap_after = before[0] - before[1], after[0] - after[1]
    effect = float(gap_after.mean() - gap_before.mean())
    error = float(np.sqrt(gap_before.var(ddof=1) / len(gap_before) + gap_after.var(ddof=1) / len(gap_after)))
    naive = float(after[0].mean() - before[0].mean())
    return {
        "true_effect": kpi_daily.true_effect(process.story),
        "naive": naive,
        "effect": effect,
        "standard_error": error,
        "naive_too_kind": naive - effect,
        "effect_in_standard_errors": effect / error,
    }


def stuck_figures(process: Process) -> dict:
    """Whether work sticks with the agents: known from one draw, before anything else of the story is made."""
    return {"stuck_on_agents": int(ACTIVITIES[process.bottleneck] == "log")}


Screen = tuple[Callable[[Process], dict], dict[str, Band]]
LOG: Screen = (log_figures, LOG_BANDS)
WATCH: Screen = (watch_figures, WATCH_BANDS)
EFFECT: Screen = (effect_figures, EFFECT_BANDS)
NOT_AGENTS: Screen = (stuck_figures, NOT_AGENTS_BANDS)
NEED: Screen = (need.need_figures, NEED_BANDS)
