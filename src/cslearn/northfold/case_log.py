"""The log of complaint cases as a learner's case has it: its cases, and what a log tool shows of them at a glance.

Used by the exercises on scope and on bottlenecks, for what they show and for what is
right. Every figure comes from the published rows, by :mod:`cslearn.methods.eventlog`.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from statistics import fmean, median
from typing import NamedTuple

from cslearn.methods import eventlog
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
    return _log(case.telling_seed)


@lru_cache(maxsize=2)
def _log(telling_seed: int) -> Log:
    from cslearn.northfold.tables import told

    found = eventlog.cases(told(telling_seed, "events_before"))
    real = eventlog.without_test_cases(found)
    tests = [one for one in found if eventlog.is_test(one)]
    return Log(tuple(eventlog.closed_cases(real)), tuple(eventlog.open_cases(real)), tuple(tests))


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
