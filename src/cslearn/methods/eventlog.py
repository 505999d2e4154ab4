"""What an event log says about a process: where cases wait, who works on them, and which ways they go.

An event log has one row for each step of each case: ``case_id``, ``activity``, ``start_ts``,
``end_ts``, ``role``, ``resource``, ``site`` and ``outcome``. Plain rows of text are enough;
neither pandas nor numpy is needed, so that a rule answers quickly in the browser. The
same steps in the same order stand in ``explorers/event_log.js``.

Source: van der Aalst, W. (2016) for cases, variants, the directly-follows graph and the
hand-over of work; Dumas, M. et al. (2018) for flow efficiency, there "cycle time efficiency".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cslearn.methods.office_hours import OfficeHours
from cslearn.problem import Problem

# The steps of Northfold's complaints by which a case ends, and comes back.
CLOSING = "confirm"
REPLY, AGAIN = "reply", "investigate"
TEST_RESOURCES = frozenset({"T00"})


class Step(NamedTuple):
    """One step of a case: who did what, the wait before it and the work on it, both in office minutes."""

    activity: str
    role: str
    resource: str
    start: str
    end: str
    outcome: str
    wait: int
    touch: int


class Case(NamedTuple):
    """One case with its steps in the order of time. ``site`` and ``number`` together name it."""

    site: str
    number: str
    steps: tuple[Step, ...]

    @property
    def trace(self) -> tuple[str, ...]:
        """The case's activities in order."""
        return tuple(step.activity for step in self.steps)

    @property
    def wait(self) -> int:
        """All its waiting, in office minutes."""
        return sum(step.wait for step in self.steps)

    @property
    def touch(self) -> int:
        """All the work on it, in office minutes."""
        return sum(step.touch for step in self.steps)


class StepFigures(NamedTuple):
    """What the log shows for one activity.

    ``count``: how often it was done; ``cases``: in how many cases. ``wait_hours`` and
    ``touch_minutes``: the mean for one time that it is done, in office hours and office
    minutes. ``total_wait_hours`` and ``total_touch_hours``: over all cases. ``share_of_wait``:
    its part of all waiting, from 0 to 1.
    """

    count: int
    cases: int
    wait_hours: float
    touch_minutes: float
    total_wait_hours: float
    total_touch_hours: float
    share_of_wait: float


class DirectlyFollows(NamedTuple):
    """Which step follows which: how often, in how many cases, and where cases begin and end."""

    counts: dict[tuple[str, str], int]
    cases: dict[tuple[str, str], int]
    starts: dict[str, int]
    ends: dict[str, int]


# ---- cases ------------------------------------------------------------------------------------


def cases(rows: Iterable[Mapping], hours: OfficeHours | None = None) -> list[Case]:
    """The cases of a log, in the order in which they began, with the wait before each step and the work on it.

    A case is known by its site *and* its number, because two sites may use a number
    twice; a log of one site need not have the column. The wait before a step runs from the
    **end** of the step before it to its own start, in office time; the first step of a case
    has no wait. A step that ends before it starts, as in the night when the clocks go back,
    counts as no minutes.
    hours: the office's hours; nine to five in England and Wales unless given.
    Raises Problem for a row without case, activity or times.
    """
    hours = hours or OfficeHours()
    found: dict[tuple[str, str], list[tuple[str, Mapping]]] = {}
    for place, row in enumerate(rows, start=1):
        try:
            start, known = (
                _text(row["start_ts"])[:16].replace("T", " "),
                (_text(row.get("site")), _text(row["case_id"])),
            )
            if not (_text(row["activity"]) and _text(row["end_ts"]) and start and known[1]):
                raise KeyError
        except (KeyError, TypeError, AttributeError):
            raise Problem(
                f"Row {place} of the event log lacks a case number, an activity, a start or an end. Mend it or leave it out."
            ) from None
        steps = found.get(known)
        if steps is None:
            steps = found[known] = []
        steps.append((start, row))
    made = []
    for (site, number), entries in found.items():
        # Stable, so that steps of one minute stay in the order of the rows.
        entries.sort(key=_start)
        steps, came = [], None
        for start, row in entries:
            begins, ends = hours.minutes(start), hours.minutes(row["end_ts"])
            wait = 0 if came is None else max(0, begins - came)
            steps.append(
                Step(
                    row["activity"], _text(row.get("role")), _text(row.get("resource")), start,
                    _text(row["end_ts"])[:16].replace("T", " "), _text(row.get("outcome")), wait, max(0, ends - begins),
                )
            )  # fmt: skip
            came = ends
        made.append(Case(site, number, tuple(steps)))
    return made


def _start(entry: tuple[str, Mapping]) -> str:
    return entry[0]


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    # What pandas puts into an empty cell is not equal to itself, or says so.
    return "" if value is None or value != value or str(value) in ("NaT", "<NA>") else str(value)


def is_test(case: Case, resources: Collection[str] = TEST_RESOURCES) -> bool:
    """Whether a case was made to try the system out: a test user did any of its steps."""
    return any(step.resource in resources for step in case.steps)


def without_test_cases(log: Iterable[Case], resources: Collection[str] = TEST_RESOURCES) -> list[Case]:
    """The cases that real customers brought."""
    return [case for case in log if not is_test(case, resources)]


def is_open(case: Case, closing: str = CLOSING) -> bool:
    """Whether a case had not reached its last step when the log was drawn; it is censored, not finished."""
    return all(step.activity != closing for step in case.steps)


def closed_cases(log: Iterable[Case], closing: str = CLOSING) -> list[Case]:
    """The cases that had reached their last step; the others have a wait that nobody knows yet."""
    return [case for case in log if not is_open(case, closing)]


def open_cases(log: Iterable[Case], closing: str = CLOSING) -> list[Case]:
    """The cases that were still open when the log was drawn."""
    return [case for case in log if is_open(case, closing)]


def waiting_so_far(
    log: Iterable[Case], drawn: object, hours: OfficeHours | None = None, closing: str = CLOSING
) -> dict:
    """How long each open case has waited since its last step, in office hours: ``{(site, number): hours}``.

    drawn: the moment when the log was drawn, ``2024-06-14 17:00``. These waits are in no
    mean, because it is not known which step ends them.
    """
    hours = hours or OfficeHours()
    return {
        (case.site, case.number): hours.between(case.steps[-1].end, drawn) / 60 for case in open_cases(log, closing)
    }


# ---- where it sticks ---------------------------------------------------------------------------


def step_figures(log: Iterable[Case]) -> dict[str, StepFigures]:
    """For each activity: how often, how long cases wait before it, how long the work takes, and its share of all waiting.

    In words: add the waits before each step over all cases, and divide by the waits of all
    steps together. The largest share is the bottleneck, not the longest mean and not
    the longest work. In the order in which the activities first appear.
    """
    count: dict[str, int] = {}
    within: dict[str, int] = {}
    wait: dict[str, int] = {}
    touch: dict[str, int] = {}
    everything = 0
    for case in log:
        for step in case.steps:
            name = step.activity
            count[name] = count.get(name, 0) + 1
            wait[name] = wait.get(name, 0) + step.wait
            touch[name] = touch.get(name, 0) + step.touch
            everything += step.wait
        for name in {step.activity for step in case.steps}:
            within[name] = within.get(name, 0) + 1
    return {
        name: StepFigures(
            count=times,
            cases=within[name],
            wait_hours=wait[name] / times / 60,
            touch_minutes=touch[name] / times,
            total_wait_hours=wait[name] / 60,
            total_touch_hours=touch[name] / 60,
            share_of_wait=wait[name] / everything if everything else 0.0,
        )
        for name, times in count.items()
    }


def bottleneck(log: Iterable[Case]) -> str:
    """The step before which cases wait longest in all. Raises Problem if the log has no cases."""
    figures = step_figures(log)
    if not figures:
        raise Problem("The log has no cases, so it has no bottleneck. Widen the filter.")
    return max(figures, key=lambda name: figures[name].total_wait_hours)


def flow_efficiency(log: Iterable[Case]) -> float:
    """The share of the time of all cases in which somebody works on them, from 0 to 1; 0 for a log without time.

    In words: touch time divided by touch time and waiting time together, in office time.
    """
    wait = touch = 0
    for case in log:
        wait += case.wait
        touch += case.touch
    return touch / (touch + wait) if touch + wait else 0.0


def came_back(case: Case, after: str = REPLY, to: str = AGAIN) -> bool:
    """Whether a case was worked on again after the answer: ``to`` comes directly after ``after``."""
    return any(a.activity == after and b.activity == to for a, b in pairwise(case.steps))


def rework_rate(log: Iterable[Case], after: str = REPLY, to: str = AGAIN) -> float:
    """The share of cases that came back after the answer, from 0 to 1; 0 for an empty log.

    Give it closed cases: an open one may still come back.
    """
    log = list(log)
    return sum(came_back(case, after, to) for case in log) / len(log) if log else 0.0


# ---- who hands over to whom ----------------------------------------------------------------------


def hand_offs(case: Case, by: str = "role") -> int:
    """How often a case passes to another role (or, ``by="resource"``, to another person) from one step to the next."""
    return sum(getattr(a, by) != getattr(b, by) for a, b in pairwise(case.steps))


def hand_offs_mean(log: Iterable[Case], by: str = "role") -> float:
    """Hand-offs for each case, on average; 0 for an empty log."""
    log = list(log)
    return sum(hand_offs(case, by) for case in log) / len(log) if log else 0.0


def hand_off_matrix(log: Iterable[Case], by: str = "role") -> dict[tuple[str, str], int]:
    """How often each role hands over to each other role: ``{(giver, taker): times}``; the largest first."""
    counts = Counter(
        (getattr(a, by), getattr(b, by))
        for case in log
        for a, b in pairwise(case.steps)
        if getattr(a, by) != getattr(b, by)
    )
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def hand_off_shares(log: Iterable[Case], by: str = "role") -> dict[str, float]:
    """For each role, the share of all hand-offs that it gives or takes, from 0 to 1; the largest first."""
    matrix = hand_off_matrix(log, by)
    total = sum(matrix.values())
    shares: dict[str, float] = {}
    for (giver, taker), times in matrix.items():
        for name in (giver, taker):
            shares[name] = shares.get(name, 0) + times / total
    return dict(sorted(shares.items(), key=lambda item: (-item[1], item[0])))


def role_shares(log: Iterable[Case]) -> dict[str, dict[str, float]]:
    """For each activity, the share of its events that each role does: ``{activity: {role: share}}``; the largest first."""
    counts: dict[str, Counter] = {}
    for case in log:
        for step in case.steps:
            counts.setdefault(step.activity, Counter())[step.role] += 1
    return {
        name: {role: n / each.total() for role, n in sorted(each.items(), key=lambda item: (-item[1], item[0]))}
        for name, each in counts.items()
    }


# ---- which ways cases go -------------------------------------------------------------------------


def variants(log: Iterable[Case]) -> dict[tuple[str, ...], int]:
    """The different ways that cases go, and how many cases go each; the most frequent first."""
    counts = Counter(case.trace for case in log)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def directly_follows(log: Iterable[Case]) -> DirectlyFollows:
    """The directly-follows graph: which step comes next after which, how often, and in how many cases."""
    counts: dict[tuple[str, str], int] = {}
    within: dict[tuple[str, str], int] = {}
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    for case in log:
        trace = case.trace
        pairs = list(pairwise(trace))
        for pair in pairs:
            counts[pair] = counts.get(pair, 0) + 1
        for pair in set(pairs):
            within[pair] = within.get(pair, 0) + 1
        starts[trace[0]] = starts.get(trace[0], 0) + 1
        ends[trace[-1]] = ends.get(trace[-1], 0) + 1
    # In the order of first appearance, whatever order a set gives.
    return DirectlyFollows(counts, {pair: within[pair] for pair in counts}, starts, ends)


def first_share(log: Sequence[Case], activity: str) -> float:
    """The share of cases that begin with an activity, from 0 to 1: a start of the process should cover nearly all."""
    return sum(case.steps[0].activity == activity for case in log) / len(log) if log else 0.0


def last_share(log: Sequence[Case], activity: str) -> float:
    """The share of cases that end with an activity, from 0 to 1. Give it closed cases."""
    return sum(case.steps[-1].activity == activity for case in log) / len(log) if log else 0.0
