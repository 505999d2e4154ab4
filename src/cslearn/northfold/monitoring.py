"""The measures of a monitoring sheet: what each one counts, what it must leave out, and its figure week by week.

Eight measures can be made from Northfold's daily table. Each has a numerator and a
denominator; a week's figure is worked out from the sums of its days, never from their
percentages. Three things spoil a figure if nobody knows of them: the day on which the
telephones were out, a weekend that was never recorded, and a rule of counting that
changed. Plain Python, because a page asks for it in a browser.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cslearn.methods import control_chart
from cslearn.problem import Problem, nearest

if TYPE_CHECKING:
    from cslearn.northfold.case import Case

# What a measure may be asked to leave out; "bad_weeks" is never right.
LEAVE_OUT = ("outage_day", "missing_weekend", "old_definition", "bad_weeks")
OWNERS = {
    "team_leaders": "the team leaders at North",
    "complaints_supervisor": "Asha Rahman, complaints supervisor",
    "duty_planner": "the duty planner at North",
    "human_resources": "Ngozi Bell, human resources",
    "reporting": "Dev Chauhan, reporting",
    "head_of_service": "Moira Kestrel, head of service",
    "everyone": "everyone in customer service",
}


@dataclass(frozen=True)
class Kpi:
    """One measure, as a definition card has it.

    ``how`` says how a week is made from its days: a "ratio" of two sums, a "mean" of the
    days, a "weighted" mean by answered calls, or a "count". ``leads`` are the answers that
    are right to "leading or lagging"; ``must`` and ``may`` are what the measure has to leave
    out and what it can leave out without harm. ``target`` is what the plan hopes for, which
    is no limit.
    """

    name: str
    label: str
    unit: str
    numerator: str
    denominator: str
    how: str
    columns: tuple[str, ...]
    kind: str
    leads: tuple[str, ...]
    owners: tuple[str, ...]
    frequencies: tuple[str, ...]
    must: tuple[str, ...]
    may: tuple[str, ...]
    target: float
    digits: int = 2

    @property
    def step(self) -> float:
        """Half of the last digit in which a week is shown, and a little: what rounding may do."""
        return 0.6 * 10**-self.digits


_EARLY, _LATE = ("leading",), ("lagging",)
_LEADERS = ("team_leaders", "complaints_supervisor")
_PLANNERS = ("duty_planner", "team_leaders")
KPIS: dict[str, Kpi] = {
    kpi.name: kpi
    for kpi in (
        Kpi("quality_score", "Quality score of checked calls", "of 100", "points_scored", "checked_calls", "mean",
            ("qa_score",), "process", _EARLY, _LEADERS, ("weekly",), (), ("outage_day", "missing_weekend"), 88.0),
        Kpi("service_level", "Calls answered within 20 seconds", "%", "answered_in_20s", "calls_offered", "ratio",
            ("within_20s", "offered"), "process", _EARLY, _PLANNERS, ("daily", "weekly"),
            ("outage_day", "missing_weekend"), (), 45.0),
        Kpi("abandonment", "Callers who hang up", "%", "calls_abandoned", "calls_offered", "ratio",
            ("abandoned", "offered"), "process", (*_EARLY, *_LATE), _PLANNERS, ("daily", "weekly"),
            ("outage_day", "missing_weekend"), (), 4.0),
        Kpi("handling_time", "Average handling time", "s", "seconds_on_calls", "calls_answered", "weighted",
            ("aht_s", "answered"), "process", _EARLY, _PLANNERS, ("daily", "weekly"), (),
            ("outage_day", "missing_weekend"), 420.0, 1),
        Kpi("first_contact_resolution", "First contact resolution", "%", "contacts_settled", "contacts_handled", "weighted",
            ("fcr_pct", "answered"), "customer", _LATE, _LEADERS, ("weekly",), ("outage_day", "old_definition"),
            ("missing_weekend",), 75.0),
        Kpi("satisfaction", "Customers who give 4 or 5 (CSAT)", "%", "answers_4_or_5", "answers", "ratio",
            ("csat_top2", "csat_n"), "customer", _LATE, _LEADERS, ("weekly",), (), ("outage_day", "missing_weekend"), 65.0),
        Kpi("complaints_opened", "Complaints opened in a week", "complaints", "complaints_opened", "none", "count",
            ("complaints_opened",), "customer", _LATE, ("complaints_supervisor",), ("weekly",), ("missing_weekend",),
            ("outage_day",), 90.0, 0),
        Kpi("absence", "Absence", "%", "hours_absent", "hours_rostered", "mean",
            ("absence_pct",), "people", (*_EARLY, *_LATE), ("human_resources", "team_leaders"), ("weekly",), (),
            ("outage_day", "missing_weekend"), 4.5),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Week:
    """One week of one measure: its Monday, the part of the record, how many days were recorded, the sums, and the figure."""

    monday: date
    part: str
    days: int
    top: float
    bottom: float | None
    figure: float


def weekly(case: "Case", name: str) -> list[Week]:
    """One measure at North, week by week from 15 January 2024, as the learner's case has it.

    ``part`` is "winter" (before the baseline), "baseline", "pilot" or "after"; of the
    weeks "after" there are twelve. Nothing is left out: that is the learner's part.
    Raises :class:`Problem` for a measure that is not on the list.
    """
    if name not in KPIS:
        raise Problem(f"There is no measure called '{name}'. {nearest(name, KPIS, 'The measures are')}")
    kpi, facts = KPIS[name], case.facts
    first = _monday(date.fromisoformat(facts["outage_day"]))
    rows: dict[date, list[dict]] = {}
    for row in case.tables["kpi_daily"]:
        if row["site"] == facts["site"] and row["date"] >= first.isoformat():
            rows.setdefault(_monday(date.fromisoformat(row["date"])), []).append(row)
    return [_week(kpi, monday, days, _part(monday, facts)) for monday, days in sorted(rows.items())]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _part(monday: date, facts: Mapping) -> str:
    (start, end), (live, _) = facts["baseline"], facts["weeks"]
    day = monday.isoformat()
    return "winter" if day < start else "baseline" if day <= end else "pilot" if day < live else "after"


def _week(kpi: Kpi, monday: date, days: list[dict], part: str) -> Week:
    def total(column: str) -> float:
        return sum(day[column] for day in days)

    value, *by = kpi.columns
    bottom: float | None = None
    if kpi.how == "ratio":
        top, bottom = total(value), total(by[0])
        figure = 100 * top / bottom
    elif kpi.how == "weighted":
        # Tenths as whole numbers, so that every machine adds them up to the same sum.
        counted = [day for day in days if day[value] is not None]
        bottom = sum(day[by[0]] for day in counted)
        figure = sum(round(10 * day[value]) * day[by[0]] for day in counted) / (10 * bottom)
        top = round(figure * bottom / (100 if kpi.unit == "%" else 1))
    elif kpi.how == "mean":
        top, bottom = sum(round(10 * day[value]) for day in days) / 10, len(days)
        figure = round(10 * top) / (10 * bottom)
    else:
        top = figure = total(value)
    return Week(monday, part, len(days), top, bottom, rounded(figure, kpi.digits))


def rounded(value: float, digits: int) -> float:
    """A figure to so many digits, halves up, as a person does it."""
    scale = 10**digits
    return math.floor(value * scale + 0.5 + 1e-9) / scale


def baseline_figures(case: "Case", name: str, leave_out: Iterable[str] = ()) -> list[float]:
    """The weekly figures of the baseline of one measure, without what is left out (:func:`kept`)."""
    return [week.figure for week in kept(weekly(case, name), case.facts, leave_out)]


def kept(weeks: Iterable[Week], facts: Mapping, leave_out: Iterable[str] = ()) -> list[Week]:
    """Of these weeks those of the baseline, without what is left out.

    "missing_weekend" leaves out the week that lost two days; "old_definition" the weeks
    that were counted, in whole or in part, by the rule before 1 June 2024. The outage lies
    before the baseline. "bad_weeks" leaves out nothing: no honest rule does.
    """
    leave_out = set(leave_out)
    found = [week for week in weeks if week.part == "baseline"]
    if "missing_weekend" in leave_out:
        short = _monday(date.fromisoformat(facts["missing_days"][0]))
        found = [week for week in found if week.monday != short]
    if "old_definition" in leave_out:
        found = [week for week in found if week.monday.isoformat() >= facts["definition_changed"]]
    return found


def baseline_limits(case: "Case", name: str, leave_out: Iterable[str] = ()) -> control_chart.Limits:
    """The XmR limits of one measure from its baseline (:func:`baseline_figures`)."""
    return control_chart.limits(baseline_figures(case, name, leave_out))
