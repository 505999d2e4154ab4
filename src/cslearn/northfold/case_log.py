"""The log of complaint cases as a learner's case has it: its cases, and what a log tool shows of them at a glance.

Used by the exercises on scope and on bottlenecks, for what they show and for what is
right. Every figure comes from the published rows, by :mod:`cslearn.methods.eventlog`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from statistics import fmean, median
from typing import NamedTuple

from cslearn.methods import eventlog
from cslearn.methods.office_hours import OfficeHours
from cslearn.northfold.case import Case

# What each step is, in words, in the usual order of a case.
STEPS = {
    "receive": "The customer tells us, by any channel",
    "log": "An agent enters the complaint into the case system",
    "triage": "A team leader decides who looks into it",
    "investigate": "Somebody finds out what happened, or looks at the goods",
    "courier": "The courier is asked about a parcel",
    "approve": "A manager approves a refund above the limit",
    "reply": "A letter goes out: first a thank-you, later the answer",
    "ombudsman": "A file for an outside body is put together",
    "confirm": "The customer agrees that it is settled, and the case is closed",
}
ROLES = ("customer", "agent", "team leader", "handler", "returns desk", "courier desk", "manager", "officer")
ANSWERING_ROLE = "handler"


class Neighbour(NamedTuple):
    """Work that lies next to the process: what it is, who owns it, and when it happens."""

    name: str
    owner: str
    when: str


# What the minutes name besides the handling of complaints.
NEXT_TO_IT = {
    "promise_dates": Neighbour("Promising a delivery date on the web page", "Web team", "Before a customer buys"),
    "deliver": Neighbour("Bringing the goods to the customer", "Courier", "Before a customer complains"),
    "print_labels": Neighbour("Printing the labels of parcels", "Warehouse and stores", "All year, for every parcel"),
    "courier_contract": Neighbour("The contract with the courier", "Site manager, West", "Runs to the end of 2025"),
    "call_training": Neighbour("Training in the call standard", "Head of service", "All year, for every kind of call"),
    "store_visits": Neighbour("Mystery shopping in the stores", "Stores", "Six visits a year to each store"),
    "board_report": Neighbour(
        "The yearly report on complaints", "Reporting", "Once a year, over cases that are closed"
    ),
}


class Log(NamedTuple):
    """All cases of one log: the customers' own, closed or still open, and the test cases."""

    closed: tuple[eventlog.Case, ...]
    open: tuple[eventlog.Case, ...]
    tests: tuple[eventlog.Case, ...]

    @property
    def real(self) -> tuple[eventlog.Case, ...]:
        """The cases that customers brought, closed and open."""
        return (*self.closed, *self.open)


class Place(NamedTuple):
    """Where a step stands in its cases: how many have it, where it is first and last, and when it first starts.

    ``after_hours``: the median of the office hours from the customer's first contact to the
    step's first start, over the cases that have it.
    """

    step: str
    cases: int
    first: int
    last: int
    after_hours: float


def log_of(case: Case) -> Log:
    """The log of a learner's case, sorted into closed, open and test cases; the last two are kept for the next reader."""
    return log_at(case.telling_seed)


@lru_cache(maxsize=2)
def log_at(telling_seed: int) -> Log:
    """The log of one telling of the story."""
    from cslearn.northfold.tables import told

    found = eventlog.cases(told(telling_seed, "events_before"))
    real = eventlog.without_test_cases(found)
    tests = [one for one in found if eventlog.is_test(one)]
    return Log(tuple(eventlog.closed_cases(real)), tuple(eventlog.open_cases(real)), tuple(tests))


def within(case: Case) -> dict[str, float]:
    """For each step, the share of the customers' cases that have it."""
    return within_at(case.telling_seed)


@lru_cache(maxsize=2)
def within_at(telling_seed: int) -> dict[str, float]:
    """The same for one telling of the story; kept for the next reader, so not to be changed."""
    traces = [set(one.trace) for one in log_at(telling_seed).real]
    return {step: sum(step in trace for trace in traces) / len(traces) for step in STEPS}


def places(log: Log) -> list[Place]:
    """Every step of the real cases in the order in which cases usually come to it; the letter of thanks and the answer apart.

    A letter by an agent is called ``reply (thanks)``, one by a handler ``reply (answer)``.
    """
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    after: dict[str, list[int]] = {}
    # How far along its case a step first comes, from 0 to 1: a step that few cases have, or that
    # cases wait for, keeps its place among the others.
    along: dict[str, list[float]] = {}
    for one in log.real:
        passed, seen = 0, set()
        for place, step in enumerate(one.steps):
            name = _kind(step)
            if name not in seen:
                seen.add(name)
                after.setdefault(name, []).append(passed + step.wait)
                along.setdefault(name, []).append(place / len(one.steps))
            passed += step.wait + step.touch
        first[_kind(one.steps[0])] += 1
    for one in log.closed:
        last[_kind(one.steps[-1])] += 1
    usual = sorted(along, key=lambda name: fmean(along[name]))
    return [Place(name, len(after[name]), first[name], last[name], median(after[name]) / 60) for name in usual]


def _kind(step: eventlog.Step) -> str:
    if step.activity != "reply":
        return step.activity
    return "reply (answer)" if step.role == ANSWERING_ROLE else "reply (thanks)"


def after_first_answer(log: Log) -> dict[str, int]:
    """What came next after the first answer, in cases: confirm, investigate (it came back), ombudsman, or "" for nothing yet."""
    found: Counter[str] = Counter()
    for one in log.real:
        for place, step in enumerate(one.steps):
            if _kind(step) == "reply (answer)":
                found[one.steps[place + 1].activity if place + 1 < len(one.steps) else ""] += 1
                break
    return {name: found[name] for name in ("confirm", "investigate", "ombudsman", "")}


class RoleFigures(NamedTuple):
    """What one role does in the log: people, events, hand-offs given and taken, and its share of all hand-offs."""

    role: str
    people: int
    events: int
    given: int
    taken: int
    share: float


def roles(log: Log) -> list[RoleFigures]:
    """Each role of the real cases, the one that takes part in most hand-offs first."""
    people: dict[str, set[str]] = {}
    events: Counter[str] = Counter()
    for one in log.real:
        for step in one.steps:
            events[step.role] += 1
            people.setdefault(step.role, set()).add(step.resource)
    matrix = eventlog.hand_off_matrix(log.real)
    shares = eventlog.hand_off_shares(log.real)
    return [
        RoleFigures(
            role,
            # Customers are not named in the log.
            len(people[role] - {""}),
            events[role],
            sum(n for (giver, _), n in matrix.items() if giver == role),
            sum(n for (_, taker), n in matrix.items() if taker == role),
            share,
        )
        for role, share in shares.items()
    ]


def events_by_role(log: Log) -> dict[str, dict[str, int]]:
    """For each step, how many of its events each role did: ``{step: {role: events}}``, steps in their usual order."""
    found = {step: dict.fromkeys(ROLES, 0) for step in STEPS}
    for one in log.real:
        for step in one.steps:
            found[step.activity][step.role] += 1
    return found


# ---- where it sticks ---------------------------------------------------------------------------

OFFICE, CALENDAR = CLOCKS = ("office", "calendar")


class StepTimes(NamedTuple):
    """What a log tool shows for one step, with waits in hours of one clock; means and medians are for one time that it is done.

    Work is in office time whatever the clock, because nobody works on a case at night.
    ``start_to_start_hours``: from the start of the step before to this start, in all; it has the
    work of the step before in it. ``longest_wait_hours``: the longest single wait.
    """

    step: str
    times: int
    work_hours: float
    work_mean_minutes: float
    wait_hours: float
    wait_mean_hours: float
    wait_median_hours: float
    longest_wait_hours: float
    start_to_start_hours: float


def step_times(case: Case, clock: str = OFFICE) -> dict[str, StepTimes]:
    """For each step of the customers' cases, closed and open, how often it was done, the work on it, and the waits before it.

    clock: ``"office"`` or ``"calendar"``. The steps are in their usual order.
    """
    return dict(_step_times(case.telling_seed, clock))


@lru_cache(maxsize=4)
def _step_times(telling_seed: int, clock: str) -> tuple[tuple[str, StepTimes], ...]:
    waits: dict[str, list[int]] = {step: [] for step in STEPS}
    work: dict[str, int] = dict.fromkeys(STEPS, 0)
    since: dict[str, int] = dict.fromkeys(STEPS, 0)
    for one in log_at(telling_seed).real:
        spent, came = 0, None
        for step in one.steps:
            wait, touch = step.wait, step.touch
            if clock == CALENDAR:
                begins, ends = _on_the_wall(step.start), _on_the_wall(step.end)
                wait = 0 if came is None else max(0, begins - came)
                touch, came = max(0, ends - begins), ends
            waits[step.activity].append(wait)
            work[step.activity] += step.touch
            since[step.activity] += wait + spent
            spent = touch
    return tuple(
        (
            step,
            StepTimes(
                step,
                len(found),
                work[step] / 60,
                work[step] / len(found),
                sum(found) / 60,
                fmean(found) / 60,
                median(found) / 60,
                max(found) / 60,
                since[step] / 60,
            ),
        )
        for step, found in waits.items()
        if found
    )


def _on_the_wall(moment: str) -> int:
    """Minutes on the clock that also runs at night and at weekends."""
    return _day_number(moment[:10]) * 1440 + int(moment[11:13]) * 60 + int(moment[14:16])


@lru_cache(maxsize=512)
def _day_number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


class Standard(NamedTuple):
    """How often a group of cases misses one of Northfold's standards: ``missed`` of ``concerned`` cases."""

    missed: int
    concerned: int


# Northfold's own numbers for them; standards_policy.py has the words.
STANDARDS = {
    "S1": "Every complaint is acknowledged within one working day",
    "S2": "A complaint is closed within five working days",
    "S3": "A refund above the limit is approved by two managers within three working days",
    "L2": "A delivery enquiry is answered by the courier within two working days",
}


def standards(cases: Sequence[eventlog.Case], drawn: str) -> dict[str, Standard]:
    """How often these cases miss each of :data:`STANDARDS`. A case that is late already misses it, whether it is closed or not.

    drawn: the day on which the log was drawn. A step that has not been done by then counts
    as missed if its time has passed, and the case is not concerned if there is still time.
    """
    found = {name: [0, 0] for name in STANDARDS}
    for one in cases:
        began = one.steps[0].end
        thanks = next((step.end for step in one.steps if step.activity == "reply"), None)
        closed = next((step.end for step in one.steps if step.activity == eventlog.CLOSING), None)
        _count(found["S1"], began, thanks, 1, drawn)
        _count(found["S2"], began, closed, 5, drawn)
        approvals = [place for place, step in enumerate(one.steps) if step.activity == "approve"]
        if approvals:
            second = one.steps[approvals[1]].end if len(approvals) > 1 else None
            _count(found["S3"], one.steps[approvals[0] - 1].end, second, 3, drawn)
        asked = next((place for place, step in enumerate(one.steps) if step.activity == "courier"), None)
        if asked is not None:
            _count(found["L2"], one.steps[asked - 1].end, one.steps[asked].end, 2, drawn)
    return {name: Standard(*counts) for name, counts in found.items()}


def standards_of(case: Case, group: str = "real") -> dict[str, Standard]:
    """How often the ``real``, ``closed`` or ``open`` cases of a learner's log miss each standard by the day it was drawn."""
    return dict(_standards_of(case.telling_seed, group, case.facts["log_drawn"]))


@lru_cache(maxsize=6)
def _standards_of(telling_seed: int, group: str, drawn: str) -> tuple[tuple[str, Standard], ...]:
    return tuple(standards(getattr(log_at(telling_seed), group), drawn).items())


def _count(counts: list[int], began: str, done: str | None, days: int, drawn: str) -> None:
    late = _working_day(done or drawn) - _working_day(began) > days
    counts[0] += late
    counts[1] += late or done is not None


_HOURS = OfficeHours()


def _working_day(moment: str) -> int:
    """Which working day it is, counted on: the same number until the next working day begins."""
    return _HOURS.minutes(f"{moment[:10]} 23:59") // _HOURS.day


class Group(NamedTuple):
    """A group of cases: how many, how many came back after an answer, and all their hand-offs from role to role."""

    cases: int
    came_back: int
    hand_offs: int

    def and_also(self, other: Group) -> Group:
        """Both groups together."""
        return Group(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def came_back_pct(self) -> float:
        """The share of the cases that came back, in percent."""
        return 100 * self.came_back / self.cases

    @property
    def hand_offs_mean(self) -> float:
        """Hand-offs of one case, on average."""
        return self.hand_offs / self.cases


def groups(case: Case) -> dict[str, Group]:
    """The ``closed``, ``open`` and ``tests`` cases of a learner's log, counted."""
    return dict(_groups(case.telling_seed))


@lru_cache(maxsize=2)
def _groups(telling_seed: int) -> tuple[tuple[str, Group], ...]:
    return tuple(
        (name, Group(len(cases), sum(map(eventlog.came_back, cases)), sum(map(eventlog.hand_offs, cases))))
        for name, cases in log_at(telling_seed)._asdict().items()
    )


def follows(log: Log) -> list[tuple[str, str, int, float]]:
    """Which step came directly after which: ``(step, next, times, share of cases)``, the most frequent first."""
    found = eventlog.directly_follows(log.real)
    size = len(log.real)
    rows = [(a, b, times, found.cases[a, b] / size) for (a, b), times in found.counts.items()]
    return sorted(rows, key=lambda row: -row[2])
