"""Checks of a plan for a change: can it be done in this order, by these people, with this money, in these weeks?

A plan is a list of :class:`Task`. Weeks are whole numbers from 1; a task that starts in
week 3 and takes 2 weeks runs in weeks 3 and 4, and what waits for it may start in week 5.
Each check gives :class:`Finding` s, sentences that say what is wrong and where; none is good.

Sources: Kelley, J. E. and Walker, M. R. (1959) for the longest chain and slack; Kahn, A. B.
(1962) for the order of tasks; Kelley, J. E. (1963) for placing tasks one by one where people
have time; Kotter, J. P. (1995) for an early win and for saying too little. The checks of
pilot before roll-out follow from the course's own misconceptions PRm3 and CMm5.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cslearn.problem import Problem

# Kinds of task that a change needs, in the order in which they are usually begun.
KINDS = ("measure", "build", "train", "comms", "pilot", "decide", "rollout", "win", "review")
KIND_NAMES = {
    "measure": "measuring", "build": "building", "train": "training", "comms": "communication", "pilot": "a pilot",
    "decide": "a decision", "rollout": "a roll-out", "win": "an early win", "review": "a review",
}  # fmt: skip
# Tasks that customers or the phones feel: nobody should start them in the busiest weeks.
FELT = ("train", "pilot", "rollout")
WIN_WITHIN = 4
LONGEST_SILENCE = 3
# Hours are added up from fractions; what differs less than this is the same.
_NEAR = 1e-9
_MOST_WEEKS = 520


@dataclass(frozen=True)
class Task:
    """One line of a plan: ``hours`` are the owner's, spread evenly over its weeks; ``cost`` is in pounds.

    ``felt`` says whether customers or the phones feel it; left out, training, pilots and roll-outs are felt.
    """

    id: str
    kind: str
    start: int
    weeks: int
    owner: str = ""
    after: tuple[str, ...] = ()
    hours: float = 0.0
    cost: float = 0.0
    priority: str = "must"
    name: str = ""
    felt: bool | None = None

    @property
    def is_felt(self) -> bool:
        """Whether customers or the phones feel it, so that it has no place in the busiest weeks."""
        return self.kind in FELT if self.felt is None else self.felt

    @property
    def end(self) -> int:
        """The last week in which it runs."""
        return self.start + self.weeks - 1

    @property
    def called(self) -> str:
        """Its name with its id, as a sentence says it."""
        return f"{self.id} ({self.name})" if self.name else self.id

    def runs_in(self, week: int) -> bool:
        """Whether it runs in that week."""
        return self.start <= week <= self.end


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a plan. ``rule`` names the check, ``size`` says by how much (see the check)."""

    rule: str
    sentence: str
    task: str = ""
    week: int | None = None
    size: float = 0.0


def _whole(value: object, what: str, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise Problem(f"{what} must be a whole number of weeks, but it is {value!r}.")
    if not least <= value <= _MOST_WEEKS:
        raise Problem(f"{what} must be from {least} to {_MOST_WEEKS}, but it is {value}.")
    return int(value)


def _amount(value: object, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value) or value < 0:
        raise Problem(f"{what} must be a number of 0 or more, but it is {value!r}.")
    return float(value)


def _sound(tasks: Iterable[Task]) -> dict[str, Task]:
    found: dict[str, Task] = {}
    for task in tasks:
        if task.id in found:
            raise Problem(f"Two tasks are called {task.id}. Give each its own name.")
        if task.kind not in KINDS:
            raise Problem(f"Task {task.id} is of the kind {task.kind!r}. Use one of {', '.join(KINDS)}.")
        _whole(task.start, f"The start of task {task.id}", 1)
        _whole(task.weeks, f"The length of task {task.id}", 1)
        _amount(task.hours, f"The hours of task {task.id}")
        _amount(task.cost, f"The cost of task {task.id}")
        found[task.id] = task
    return found


def weeks_said(weeks: Sequence[int]) -> str:
    """Weeks as people say them: "week 3", "weeks 3 and 4" or "weeks 3 to 7, 9 and 12"."""
    runs: list[list[int]] = []
    for week in sorted(set(weeks)):
        if runs and week == runs[-1][-1] + 1:
            runs[-1].append(week)
        else:
            runs.append([week])
    parts: list[str] = []
    for run in runs:
        parts += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(week) for week in run]
    said = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"week {said}" if len(set(weeks)) == 1 else f"weeks {said}"


# ---- order ----------------------------------------------------------------------------------


def cycle(tasks: Iterable[Task]) -> list[str]:
    """Tasks that wait for each other in a circle, so that none can ever start; empty if there is no circle.

    The first waits for the second, and so on, and the last waits for the first. What a
    task waits for that is not in the plan is left out here.
    """
    plan = {task.id: task for task in tasks}
    done: set[str] = set()
    for first in plan:
        # A walk along the waits with a list of its own: a long plan must not run out of stack.
        path: list[str] = []
        ways = [iter((first,))]
        while ways:
            here = next((id for id in ways[-1] if id in plan and id not in done), None)
            if here is None:
                ways.pop()
                if path:
                    done.add(path.pop())
            elif here in path:
                return path[path.index(here) :]
            else:
                path.append(here)
                ways.append(iter(plan[here].after))
    return []


def in_order(tasks: Iterable[Task]) -> list[str]:
    """The tasks so that each stands after all that it waits for; otherwise as they were listed.

    Raises Problem if some wait for each other in a circle. Source: Kahn (1962).
    """
    plan = _sound(tasks)
    waiting = {id: {other for other in task.after if other in plan} for id, task in plan.items()}
    found: list[str] = []
    while waiting:
        free = next((id for id, others in waiting.items() if not others), None)
        if free is None:
            raise Problem(f"{_circle(plan, cycle(plan.values()))} Take one of these waits away.")
        found.append(free)
        del waiting[free]
        for others in waiting.values():
            others.discard(free)
    return found


def _circle(plan: Mapping[str, Task], ids: Sequence[str]) -> str:
    if len(ids) == 1:
        return f"Task {plan[ids[0]].called} waits for itself, so it can never start."
    waits = ", and ".join(f"{plan[a].called} waits for {b}" for a, b in zip(ids, [*ids[1:], ids[0]], strict=True))
    return f"{waits[0].upper()}{waits[1:]}: none of them can ever start."


def too_early(tasks: Iterable[Task]) -> list[Finding]:
    """Tasks in a circle, tasks that start before what they wait for has ended, and waits for what is not planned.

    ``size`` is the number of weeks by which the start comes too early.
    """
    plan = _sound(tasks)
    found = []
    if ring := cycle(plan.values()):
        found.append(Finding("circle", _circle(plan, ring), ring[0]))
    for task in plan.values():
        for id in task.after:
            if id not in plan:
                sentence = f"{task.called} waits for {id}, which is not in the plan. Plan {id}, or take the wait away."
                found.append(Finding("unplanned", sentence, task.id))
            elif task.start <= plan[id].end and id not in ring:
                found.append(
                    Finding(
                        "too early",
                        f"{task.called} starts in week {task.start}, but it waits for {plan[id].called},"
                        f" which ends in week {plan[id].end}.",
                        task.id,
                        task.start,
                        plan[id].end + 1 - task.start,
                    )
                )
    return found


def longest_chain(tasks: Iterable[Task]) -> tuple[int, list[str]]:
    """The weeks that the longest chain of waiting tasks takes, and its tasks in order: the critical path.

    In words: add up the lengths along every chain of tasks in which each waits for the one
    before. The whole plan cannot be shorter than the longest of these sums, whoever helps.
    Raises Problem on a circle. Source: Kelley and Walker (1959).
    """
    plan = {task.id: task for task in tasks}
    reach: dict[str, int] = {}
    back: dict[str, str] = {}
    for id in in_order(plan.values()):
        before = max((b for b in plan[id].after if b in plan), key=lambda b: reach[b], default="")
        if before:
            back[id] = before
        reach[id] = plan[id].weeks + (reach[before] if before else 0)
    if not reach:
        return 0, []
    last = max(reach, key=lambda id: reach[id])
    chain = [last]
    while chain[-1] in back:
        chain.append(back[chain[-1]])
    return reach[last], chain[::-1]


def slack(tasks: Iterable[Task]) -> dict[str, int]:
    """For each task, by how many weeks it may slip before something else or the end of the plan has to move.

    The weeks are those of the plan as it stands. A task that others wait for has the gap
    until the first of them starts; one that nothing waits for has the gap to the plan's end.
    Below 0 where something starts too early.
    """
    plan = _sound(tasks)
    last = max((task.end for task in plan.values()), default=0)
    found = {}
    for id, task in plan.items():
        starts = [other.start for other in plan.values() if id in other.after]
        found[id] = (min(starts) - 1 if starts else last) - task.end
    return found


# ---- people, money, weeks -------------------------------------------------------------------


def weekly_load(tasks: Iterable[Task]) -> dict[str, dict[int, float]]:
    """Hours of each role in each week in which it has any.

    In words: a task's hours are spread evenly over its weeks and fall on its owner. Two
    tasks in the same week add up.
    """
    load: dict[str, dict[int, float]] = {}
    for task in _sound(tasks).values():
        hours = load.setdefault(task.owner, {})
        for week in range(task.start, task.end + 1):
            hours[week] = hours.get(week, 0.0) + task.hours / task.weeks
    return load


def overloaded(
    tasks: Iterable[Task], capacity: Mapping[str, float], names: Mapping[str, str] | None = None
) -> list[Finding]:
    """Weeks in which a role is asked for more hours than it has, one finding for each role and week, worst first.

    capacity: hours in a week that each role can give to the change; a role that is not
    there has none. ``size`` is the share above capacity: 0.1 is 10% too much.
    """
    names = names or {}
    tasks = list(tasks)
    found = []
    for role, by_week in weekly_load(tasks).items():
        has = _amount(capacity.get(role, 0), f"The hours of {role}")
        for week, hours in sorted(by_week.items()):
            if hours > has + _NEAR:
                busy = [task.id for task in tasks if task.owner == role and task.runs_in(week) and task.hours > 0]
                over = (hours - has) / has if has else math.inf
                called = names.get(role, role or "Nobody")
                found.append(
                    Finding(
                        "overloaded",
                        f"{called} would need {hours:.1f} hours in week {week} ({', '.join(busy)}), and has {has:g}.",
                        busy[0],
                        week,
                        over,
                    )
                )
    return sorted(found, key=lambda finding: -finding.size)


def over_budget(tasks: Iterable[Task], budget: float) -> list[Finding]:
    """Whether the costs add up to more than the budget, in pounds; ``size`` is by how many pounds."""
    limit = _amount(budget, "The budget")
    total = sum(task.cost for task in _sound(tasks).values())
    if total <= limit + _NEAR:
        return []
    sentence = f"The plan costs £{total:,.0f}, which is £{total - limit:,.0f} more than the budget of £{limit:,.0f}."
    return [Finding("budget", sentence, size=total - limit)]


def in_blocked_weeks(tasks: Iterable[Task], blocked: Collection[int]) -> list[Finding]:
    """Tasks that customers or the phones feel, in weeks when the service cannot spare anything; ``size`` is how many weeks."""
    found = []
    for task in _sound(tasks).values():
        clash = [week for week in range(task.start, task.end + 1) if week in blocked]
        if clash and task.is_felt:
            sentence = f"{task.called} runs in {weeks_said(clash)}, when nothing that the phones feel may run."
            found.append(Finding("blocked", sentence, task.id, clash[0], len(clash)))
    return found


# ---- the order of proof, wins, voices, owners -----------------------------------------------


def unproven(tasks: Iterable[Task]) -> list[Finding]:
    """Breaks in the chain: measure first, then try it small, then decide on the figures, and only then roll it out.

    A baseline counts if any measuring ends before the pilot starts. With several pilots,
    decisions or roll-outs, the decision follows the last pilot and the roll-out the first
    decision after that.
    """
    plan = list(_sound(tasks).values())

    def of(kind: str) -> list[Task]:
        return sorted((task for task in plan if task.kind == kind), key=lambda task: task.start)

    measures, pilots, decisions, rollouts = of("measure"), of("pilot"), of("decide"), of("rollout")
    found = []
    if not measures:
        found.append(Finding("no baseline", "Nothing is measured, so nobody can tell later what has changed."))
    elif pilots and min(task.end for task in measures) >= pilots[0].start:
        first = min(measures, key=lambda task: task.end)
        sentence = (
            f"The baseline is not there when the pilot starts in week {pilots[0].start}: {first.called} ends in week"
            f" {first.end}. What is measured after the start is no baseline."
        )
        found.append(Finding("late baseline", sentence, first.id, first.end))
    if not pilots:
        found.append(Finding("no pilot", "There is no pilot: the first people to meet its faults would be everyone."))
        return found
    reports = max(task.end for task in pilots)
    after = [task for task in decisions if task.start > reports]
    if not decisions:
        found.append(Finding("no decision", f"The pilot ends in week {reports}, and nobody decides on what it showed."))
    elif not after:
        sentence = (
            f"{decisions[-1].called} is in week {decisions[-1].start}, and the pilot ends in week {reports}."
            " Decide when its figures are in."
        )
        found.append(Finding("early decision", sentence, decisions[-1].id, decisions[-1].start))
    if rollouts and rollouts[0].start <= reports:
        sentence = (
            f"The roll-out starts in week {rollouts[0].start}, and the pilot reports in week {reports}."
            " A pilot that cannot stop anything is no pilot."
        )
        found.append(Finding("early roll-out", sentence, rollouts[0].id, rollouts[0].start))
    elif rollouts and after and rollouts[0].start <= after[0].end:
        sentence = (
            f"The roll-out starts in week {rollouts[0].start}, and it is decided on in week {after[0].end}."
            " Then the decision has been made before it is made."
        )
        found.append(Finding("early roll-out", sentence, rollouts[0].id, rollouts[0].start))
    return found


def first_live(tasks: Iterable[Task]) -> int | None:
    """The week in which the first roll-out starts; None if nothing is rolled out."""
    return min((task.start for task in tasks if task.kind == "rollout"), default=None)


def no_early_win(tasks: Iterable[Task], within: int = WIN_WITHIN) -> list[Finding]:
    """Whether people see a result in time: a win that is there by ``within`` weeks after the first go-live.

    ``size`` is the number of weeks by which the first win comes too late.
    """
    plan = list(_sound(tasks).values())
    live = first_live(plan)
    if live is None:
        return []
    wins = sorted((task for task in plan if task.kind == "win"), key=lambda task: task.end)
    if not wins:
        sentence = f"Nobody is shown a win. Plan one by week {live + within}, {within} weeks after go-live."
        return [Finding("no win", sentence)]
    if wins[0].end > live + within:
        sentence = (
            f"The first win is shown in week {wins[0].end}, and go-live is in week {live}. Show one by week"
            f" {live + within}; until then people see only the trouble."
        )
        return [Finding("late win", sentence, wins[0].id, wins[0].end, wins[0].end - live - within)]
    return []


def silences(tasks: Iterable[Task], first: int, last: int, longest: int = LONGEST_SILENCE) -> list[Finding]:
    """Stretches of more than ``longest`` weeks, from week ``first`` to week ``last``, in which nobody is told anything.

    ``size`` is the length of the stretch in weeks.
    """
    told = [task for task in _sound(tasks).values() if task.kind == "comms"]
    found, quiet = [], []
    for week in range(_whole(first, "The first week", 1), _whole(last, "The last week", 1) + 2):
        if week <= last and not any(task.runs_in(week) for task in told):
            quiet.append(week)
            continue
        if len(quiet) > longest:
            sentence = (
                f"Nobody hears anything in {weeks_said(quiet)}. Never leave more than {longest} weeks without a word."
            )
            found.append(Finding("silence", sentence, week=quiet[0], size=len(quiet)))
        quiet = []
    return found


def nobody_prepared(tasks: Iterable[Task]) -> list[Finding]:
    """Whether anyone is trained or told anything before the first go-live."""
    plan = list(_sound(tasks).values())
    live = first_live(plan)
    if live is None or any(task.kind in ("train", "comms") and task.start < live for task in plan):
        return []
    return [
        Finding(
            "nobody prepared",
            f"Before go-live in week {live} nobody is trained and nobody is told anything. The people who must make it work come first.",
        )
    ]


def kinds_missing(tasks: Iterable[Task], wanted: Iterable[str]) -> list[str]:
    """The kinds of task that are wanted and of which the plan has none, in the order in which they were asked for."""
    there = {task.kind for task in tasks}
    return [kind for kind in wanted if kind not in there]


def owned(tasks: Iterable[Task]) -> dict[str, int]:
    """How many tasks each role owns; a task without an owner counts for nobody."""
    counts: dict[str, int] = {}
    for task in tasks:
        if task.owner:
            counts[task.owner] = counts.get(task.owner, 0) + 1
    return counts


def badly_shared(
    tasks: Iterable[Task], own: str, least: int = 3, most: float = 0.5, names: Mapping[str, str] | None = None
) -> list[Finding]:
    """Whether one role owns more than the share ``most`` of all tasks, or the role ``own`` fewer than ``least`` of them.

    A plan in which one person does everything stops when that person is ill. One in which
    the person who leads the change owns nothing has no driver.
    """
    plan, names = list(_sound(tasks).values()), names or {}
    counts = owned(plan)
    found = []
    for role, count in counts.items():
        if count > most * len(plan) + _NEAR:
            sentence = f"{names.get(role, role)} owns {count} of {len(plan)} tasks. Share them out: no role owns more than half."
            found.append(Finding("one owner for all", sentence, size=count / len(plan)))
    if plan and counts.get(own, 0) < least:
        sentence = (
            f"{names.get(own, own)} owns {counts.get(own, 0)} tasks. Whoever drives the change owns at least {least}."
        )
        found.append(Finding("no driver", sentence, size=counts.get(own, 0)))
    return found


# ---- repair ----------------------------------------------------------------------------------


def placed(
    tasks: Iterable[Task],
    capacity: Mapping[str, float] | None = None,
    blocked: Collection[int] = (),
    *,
    not_before: Mapping[str, int] | None = None,
    until: int = _MOST_WEEKS,
) -> list[Task]:
    """The same tasks, each moved to the earliest week that its waits, its owner's hours and the blocked weeks allow.

    In words: take the tasks in the order of their waits. Put each into the first week from
    which it can run without a break, with what it waits for done, its owner's hours not
    exceeded, and no blocked week if customers or phones feel it. Starts that the tasks had
    do not count; ``not_before`` may name a first week for some. Without capacity everyone
    has time enough.

    Raises Problem on a circle, for a task that never fits its owner's week, and for one
    that does not fit before week ``until``. The result is a sound plan, and not always the
    shortest one: no quick method finds that. Source: Kelley (1963).
    """
    plan = _sound(tasks)
    earliest = not_before or {}
    load: dict[str, dict[int, float]] = {}
    done: dict[str, Task] = {}
    for id in in_order(plan.values()):
        task = plan[id]
        each, hours = task.hours / task.weeks, load.setdefault(task.owner, {})
        has = math.inf if capacity is None else float(capacity.get(task.owner, 0))
        if each > has + _NEAR:
            raise Problem(
                f"{task.called} needs {each:.1f} hours a week, and its owner has {has:g}. Give it more weeks or another owner."
            )
        start = max([earliest.get(id, 1), *(done[b].end + 1 for b in task.after if b in done)])
        while True:
            weeks = range(start, start + task.weeks)
            if weeks[-1] > until:
                raise Problem(
                    f"{task.called} does not fit before week {until}. Shorten something, or move the end of the plan."
                )
            clash = [
                week
                for week in weeks
                if (task.is_felt and week in blocked) or hours.get(week, 0.0) + each > has + _NEAR
            ]
            if not clash:
                break
            start = clash[-1] + 1
        for week in weeks:
            hours[week] = hours.get(week, 0.0) + each
        done[id] = replace(task, start=start)
    return [done[id] for id in plan]
