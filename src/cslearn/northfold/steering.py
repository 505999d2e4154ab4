"""What is planted in the twelve weeks that a learner steers, and the week book that shows it.

The exercise on steering a change has its own telling of the story, and in it the quality
score at North behaves like this after the start:

* in one week the figure itself is wrong: one day was marked out of 10 instead of 100, or
  one figure was copied into every day, or only one team's checks came through;
* towards the end real trouble comes, as a fall below the limits or as a slide of eight
  weeks on the wrong side of the mean. It has one cause, which the week book shows: a team
  that fell behind, refunds above the agents' limit that wait, or a template that sends the
  wrong letter;
* in some tellings one week is really better, because something went well;
* a few other weeks lie far out but inside the limits, so that whoever goes by the eye, or
  by two standard deviations, reacts to noise;
* the gain in quality that the change is to bring has not come yet, so about half of the
  other weeks lie below the mean.

Everything else in the case's daily table is the story's own. Each number of an attempt gives
another plan; :func:`cslearn.northfold.screens.watch_figures` takes the first that is fair.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from cslearn.methods import control_chart
from cslearn.northfold import kpi_daily
from cslearn.northfold.contacts import TEAMS
from cslearn.northfold.draw import Draw, seed_of
from cslearn.northfold.monitoring import rounded
from cslearn.northfold.story import GO_LIVE, PILOT_START, SITES, Story, day_of, number_of

WATCHED = "qa_score"
WEEKS = 12
BASELINE = (PILOT_START - timedelta(weeks=24), PILOT_START - timedelta(days=1))
SPAN = (GO_LIVE, GO_LIVE + timedelta(weeks=WEEKS) - timedelta(days=1))
# Each cause of trouble, and the action that deals with it.
ANSWERS = {"team": "coach_team", "limit": "raise_limit", "template": "fix_template"}
TEAM_NUMBERS = tuple(range(TEAMS[0][0], TEAMS[0][0] + TEAMS[0][1]))
# Checked calls that are marked down for each reason, per 100, in an ordinary week, and what real trouble adds.
_USUAL = {"limit": 9.0, "template": 4.0, "team": 12.0}
_ADDED = {"limit": 14.0, "template": 11.0, "team": 8.0}
# What people say in a week. None of it is the cause of anything in the chart.
_HEARSAY = (
    "A team leader was on leave.",
    "Moira asks whether the chart can be green by Friday.",
    "Two customers praised their case owner by name.",
    "A rumour that West thinks little of One Owner.",
    "New headsets for two teams.",
    "Somebody says that Mondays are always bad.",
    "The heating failed for a morning.",
    "A long call with an angry customer is the talk of the kitchen.",
    "Tomasz asks what the checks cost.",
    "Lorna says that her people have got into the habit now.",
    "Three new starters listen in.",
    "Somebody says that the checkers have become stricter. They have not.",
)
_SITE = SITES.index("North")


@dataclass(frozen=True)
class Plan:
    """What is planted in one case. Weeks count from 1; ``aims`` says, in distances from the mean to a limit, where a planted week lies."""

    form: str
    cause: str
    team: int
    starts: int
    fault: str
    fault_week: int
    fault_team: int
    good_week: int | None
    quick: bool
    size: float
    aims: dict[int, float]


@dataclass(frozen=True)
class Watched:
    """The quality score at North: weekly figures of the baseline and of the pilot, and the daily scores of the twelve weeks."""

    baseline: list[float]
    pilot: list[float]
    days: list[list[float]]

    @property
    def limits(self) -> control_chart.Limits:
        """The natural limits of the baseline."""
        return control_chart.limits(self.baseline)

    @property
    def weeks(self) -> list[float]:
        """The mean of each of the twelve weeks."""
        return [mean(week) for week in self.days]


def mean(scores: list[float]) -> float:
    """The mean of scores with one decimal, added up as whole numbers, so that it is the same on every machine."""
    return sum(round(10 * score) for score in scores) / (10 * len(scores))


def untouched(story: Story) -> Watched:
    """The story's own quality score, but without the gain that the change brings after week 2."""
    table = kpi_daily.tenths(kpi_daily.softer(story)["quality"])[_SITE]
    lift = np.maximum(0.0, kpi_daily.QUALITY_LIFT * story.lift[_SITE])

    def weeks(first: date, last: date) -> list[list[float]]:
        found = []
        for start in range(number_of(first), number_of(last) + 1, 7):
            days = [n for n in range(start, start + 7) if day_of(n) not in kpi_daily.MISSING_WEEKEND]
            found.append([float(table[n]) for n in days])
        return found

    after = weeks(*SPAN)
    for week, scores in enumerate(after):
        gain = float(lift[number_of(GO_LIVE) + 7 * week])
        after[week] = [moved(score, -gain) for score in scores]
    before, pilot = weeks(*BASELINE), weeks(PILOT_START, GO_LIVE - timedelta(days=1))
    return Watched([mean(week) for week in before], [mean(week) for week in pilot], after)


def moved(score: float, by: float) -> float:
    """A score moved by ``by``, in tenths."""
    return (round(10 * score) + math.floor(10 * by + 0.5)) / 10


def draft(story: Story, attempt: int) -> Plan:
    """The plan with this number for a telling of the story; not every one is fair."""
    draw = Draw(seed_of("steering", story.seed, attempt))
    # Slides are fair less often, so they are drawn more often.
    form = draw.one_of(("fall", "slide", "slide"))
    cause = draw.one_of(tuple(ANSWERS))
    fault = draw.one_of(("tenth", "stuck", "one team"))
    starts = draw.one_of((10, 11, 12, 12)) if form == "fall" else draw.one_of((4, 5))
    aims: dict[int, float] = {}
    if form == "fall":
        size = draw.between(1.35, 1.7)
        for week in range(starts, WEEKS + 1):
            aims[week] = -draw.between(1.10, 1.40)
    else:
        size = draw.between(0.70, 0.80)
        for week in range(starts, WEEKS + 1):
            aims[week] = -min(0.86, 0.2 + 0.55 * (week - starts) / 7 + draw.between(-0.06, 0.12))
    free = [week for week in draw.shuffled(range(1, WEEKS + 1)) if week not in aims]
    fault_week = free.pop()
    if fault != "tenth":
        aims[fault_week] = draw.one_of((-1, 1)) * draw.between(1.12, 1.45)
    good_week = free.pop() if draw.between(0, 1) < 0.5 and len(free) > 2 else None
    if good_week:
        aims[good_week] = draw.between(1.10, 1.35)
    # Far out, and still noise.
    for side in (-1, -1, 1) if form == "fall" else (-1,):
        if free:
            aims[free.pop()] = side * draw.between(0.72, 0.92)
    return Plan(
        form, cause, draw.one_of(TEAM_NUMBERS), starts, fault, fault_week, draw.one_of(TEAM_NUMBERS), good_week,
        draw.between(0, 1) < (0.3 if cause == "team" else 0.7), size, aims,
    )  # fmt: skip


def planted(watched: Watched, plan: Plan) -> list[list[float]]:
    """The daily scores of the twelve weeks as the learner gets them."""
    by = watched.limits
    distance = by.mean - by.lower
    found = []
    for week, scores in enumerate(watched.days, start=1):
        if week in plan.aims:
            aim = by.mean + plan.aims[week] * distance
            scores = [moved(score, aim - mean(scores)) for score in scores]
        if week == plan.fault_week and plan.fault == "tenth":
            # Marked out of 10, and cut to one decimal as every score is.
            scores = [math.floor(scores[0]) / 10, *scores[1:]]
        if week == plan.fault_week and plan.fault == "stuck":
            scores = [moved(by.mean + plan.aims[week] * distance, 0.0)] * len(scores)
        found.append([min(100.0, score) for score in scores])
    return found


def figures(story: Story, attempt: int, watched: Watched) -> dict:
    """What a learner can find in the twelve weeks of one plan, and how clear it is; ``watched`` is the story's untouched score."""
    plan = draft(story, attempt)
    by, weeks = watched.limits, [mean(week) for week in planted(watched, plan)]
    found = [(signal.place + 1, signal.rule) for signal in control_chart.signals(weeks, by)]
    distance, fault = by.upper - by.mean, plan.fault_week
    # The week whose figure is wrong, as it would have been, and left out: the other signals stay.
    mended = [*weeks[: fault - 1], mean(watched.days[fault - 1]), *weeks[fault:]]
    others = [signal for signal in found if signal[0] != fault]
    with_mended = [(s.place + 1, s.rule) for s in control_chart.signals(mended, by)]
    left_out = control_chart.signals([*weeks[: fault - 1], *weeks[fault:]], by)
    with_gap = [(s.place + 1 + (s.place + 1 >= fault), s.rule) for s in left_out]
    early = [(s.place + 1 - len(watched.pilot), s.rule) for s in control_chart.signals([*watched.pilot, *weeks], by)]
    trouble = [signal for signal in others if signal[0] >= plan.starts and weeks[signal[0] - 1] < by.mean]
    noise = [week for week in range(1, WEEKS + 1) if week not in {week for week, _ in found}]
    place = {week: (weeks[week - 1] - by.mean) / distance for week in range(1, WEEKS + 1)}
    below = [week for week, _ in found if place[week] < 0]
    return {
        "attempt": attempt,
        "signals": len(found),
        "weeks_with_a_signal": len({week for week, _ in found}),
        "signal_list": [{"week": week, "rule": rule} for week, rule in found],
        "limits": [round(line, 4) for line in (by.lower, by.mean, by.upper)],
        "fault_week": fault,
        "fault": plan.fault,
        "cause": plan.cause,
        "action": ANSWERS[plan.cause],
        "quick": plan.quick,
        "trouble_size": round(plan.size, 4),
        "trouble_weeks": sorted({week for week, _ in trouble}),
        "clear_of_the_limits": min(abs(value - line) for value in weeks for line in (by.lower, by.mean, by.upper)) / distance,
        "same_with_earlier_weeks": int([signal for signal in early if signal[0] > 0] == found),
        "same_without_the_fault": int(
            others == [signal for signal in with_mended if signal[0] != fault]
            and others == [signal for signal in with_gap if signal[0] != fault]
        ),
        "fault_gives_a_signal": int((fault, "outside") in found),
        # How far the wrong figure lies from the true one; where one team's checks came through, that is what is true.
        "fault_apart": 9.0 if plan.fault == "one team" else abs(weeks[fault - 1] - mended[fault - 1]) / distance,
        "trouble_signals": len(trouble),
        # Nothing below the mean gives a signal but what was planted.
        "stray_signals_below": len({week for week in below} - {fault} - {week for week, _ in trouble}),
        # Weeks that the eye takes for signals.
        "tempting_weeks": sum(abs(place[week]) > 0.69 for week in noise),
        "more_noise_than_signals_below": sum(place[week] < 0 for week in noise) - len(below),
    }  # fmt: skip


def week_book(story: Story, attempt: int) -> list[dict]:
    """What the week book says about each of the twelve weeks, for the learner: a row for each.

    ``score`` is the figure of the daily table; ``lowest_day`` and ``highest_day`` are its
    days. The teams' scores come from the checkers' own sheets, so where the figure is wrong
    they do not agree with it; None where no sheet came. Then, per 100 checked calls, how
    many were marked down for a refund that had to wait for a manager, for a wrong letter,
    and for steps of the call standard that were missed; and what people said.
    """
    watched, plan = untouched(story), draft(story, attempt)
    draw = Draw(seed_of("week book", story.seed, attempt))
    hearsay = dict(zip(draw.shuffled(range(1, WEEKS + 1))[:7], draw.shuffled(_HEARSAY), strict=False))
    book = []
    for week, days in enumerate(planted(watched, plan), start=1):
        teams = _teams(plan, week, watched, days, draw)
        book.append({
            "week": week, "score": rounded(mean(days), 2), "lowest_day": min(days), "highest_day": max(days),
            **{f"team_{number}": teams[number] for number in TEAM_NUMBERS},
            **{f"marked_down_{name}": _marked_down(plan, week, name, draw) for name in _USUAL},
            "said": hearsay.get(week, ""),
        })  # fmt: skip
    return book


def _teams(plan: Plan, week: int, watched: Watched, days: list[float], draw: Draw) -> dict[int, float | None]:
    """Each team's score of a week. They have equally many checks, so their mean is the score, where that is right."""
    wrong = week == plan.fault_week
    # What the checkers' sheets say: the figure, but where it is wrong the score as it really was.
    true = mean(watched.days[week - 1]) if wrong and plan.fault != "one team" else mean(days)
    if wrong and plan.fault == "one team":
        return {number: rounded(true, 1) if number == plan.fault_team else None for number in TEAM_NUMBERS}
    apart = [draw.between(-1.1, 1.1) for _ in TEAM_NUMBERS]
    middle = sum(apart) / len(apart)
    found = {number: true + step - middle for number, step in zip(TEAM_NUMBERS, apart, strict=True)}
    if plan.cause == "team" and week >= plan.starts:
        # The others are as they were before; one team makes up the whole of the fall.
        missing = max(0.0, watched.limits.mean - true)
        for number in found:
            found[number] += missing * (1 - len(found) if number == plan.team else 1)
    return {number: rounded(score, 1) for number, score in found.items()}


def _marked_down(plan: Plan, week: int, reason: str, draw: Draw) -> int:
    usual = _USUAL[reason] + draw.between(-2.2, 2.2)
    if reason == plan.cause and week >= plan.starts:
        grown = 1.0 if plan.form == "fall" else min(1.0, 0.45 + 0.55 * (week - plan.starts) / 7)
        usual += grown * (_ADDED[reason] + draw.between(0.0, 3.0))
    return int(rounded(usual, 0))


def with_plan(rows: list[dict], story: Story, attempt: int) -> list[dict]:
    """The daily table with the planted scores of the twelve weeks in it; the other rows and columns stay."""
    scores = planted(untouched(story), draft(story, attempt))
    planned = {
        (GO_LIVE + timedelta(weeks=week, days=day)).isoformat(): score
        for week, days in enumerate(scores)
        for day, score in enumerate(days)
    }
    return [
        {**row, "qa_score": planned[row["date"]]} if row["site"] == "North" and row["date"] in planned else row
        for row in rows
    ]
