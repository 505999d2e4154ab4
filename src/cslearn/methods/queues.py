"""Staffing and queues: how many people answer how fast.

Sources: Erlang, A. K. (1917) for waiting calls (Erlang C); Palm's model with impatient
callers, as Gans, Koole and Mandelbaum (2003) give it (Erlang A); Little, J. D. C. (1961)
for L = lambda W. Plain arithmetic in the same order of steps as ``explorers/queues.js``,
so that page and notebook agree.

Both models assume calls that arrive at random at a steady rate, and handling times that
vary as an exponential does. Real calls come in bursts, so real waits are somewhat longer.
"""

from __future__ import annotations

import math
import numbers

from cslearn.problem import Problem

# A desk larger than this is a typing slip, and would keep a phone busy.
_MOST_AGENTS = 10_000
# States of the queue that are rarer than this add nothing that anyone could see.
_NEGLIGIBLE = 1e-15


def _figure(value: object, what: str, *, least: float = 0.0, above: bool = False) -> float:
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(float(value)):
        raise Problem(f"{what} must be a number, but it is {value!r}. Enter a figure.")
    if float(value) < least or (above and float(value) == least):
        raise Problem(f"{what} must be {'more than' if above else 'at least'} {least:g}, but it is {value!r}.")
    return float(value)


def _agents(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise Problem(f"The number of agents must be a whole number, but it is {value!r}.")
    if not 1 <= value <= _MOST_AGENTS:
        raise Problem(f"The number of agents must be from 1 to {_MOST_AGENTS:,}, but it is {value}.")
    return int(value)


def workload(calls_per_hour: float, handling_seconds: float) -> float:
    """The work that arrives, in erlangs: hours of handling for each hour of the clock.

    In words: calls in an hour times the seconds that each takes, divided by the 3,600
    seconds of an hour. Ten erlangs keep ten people busy without a pause.
    Raises Problem on a negative figure.
    """
    calls = _figure(calls_per_hour, "Calls in an hour")
    return calls * _figure(handling_seconds, "The handling time", above=True) / 3600


def agents_on_the_lines(paid: int, shrinkage: float) -> int:
    """The agents who can answer, out of those who are paid.

    In words: those paid, less the share that is in training, on a break, ill or on
    leave, rounded down, because part of a person answers no call.
    shrinkage: that share, from 0 up to, not including, 1.
    """
    share = _figure(shrinkage, "Shrinkage")
    if share >= 1:
        raise Problem(f"Shrinkage must be a share below 1, but it is {shrinkage!r}. For 30% enter 0.3.")
    # 20 agents less 15% are 17, and not the 16.999... of binary fractions.
    return math.floor(_agents(paid) * (1 - share) + 1e-9)


def chance_of_waiting(agents: int, erlangs: float) -> float:
    """The share of callers who must wait when nobody hangs up (Erlang C), from 0 to 1.

    In words: build up the share that would find all lines taken, one agent at a time
    (Erlang B), then allow for those who stay in the queue. It is 1 if the work is as much
    as the agents can do, or more: then the queue grows without end.
    """
    count, load = _agents(agents), _figure(erlangs, "The workload")
    if load >= count:
        return 1.0
    blocked = 1.0
    for k in range(1, count + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked / (1 - load / count * (1 - blocked))


def service_level(agents: int, erlangs: float, handling_seconds: float, target_seconds: float) -> float:
    """The share of calls answered within the target when nobody hangs up, from 0 to 1.

    In words: 1 minus the chance of waiting, shrunk by how much slack the agents have over
    the target time. It is 0 if the work is as much as the agents can do.
    """
    count, load = _agents(agents), _figure(erlangs, "The workload")
    handling = _figure(handling_seconds, "The handling time", above=True)
    target = _figure(target_seconds, "The target")
    if load >= count:
        return 0.0
    return 1 - chance_of_waiting(count, load) * math.exp(-(count - load) * target / handling)


def average_speed_of_answer(agents: int, erlangs: float, handling_seconds: float) -> float:
    """The mean wait of all calls in seconds when nobody hangs up; infinite if the queue grows without end.

    In words: the chance of waiting times the handling time, divided by the agents to spare.
    """
    count, load = _agents(agents), _figure(erlangs, "The workload")
    handling = _figure(handling_seconds, "The handling time", above=True)
    if load >= count:
        return math.inf
    return chance_of_waiting(count, load) * handling / (count - load)


def occupancy(agents: int, erlangs: float) -> float:
    """The share of their time on the lines that agents are busy, from 0 to 1.

    In words: the workload divided by the number of agents, and never more than all of it.
    """
    return min(1.0, _figure(erlangs, "The workload") / _agents(agents))


def agents_needed(erlangs: float, handling_seconds: float, target_seconds: float, goal: float) -> int:
    """The smallest number of agents with which the share ``goal`` is answered within the target (Erlang C).

    goal: a share from 0 up to, not including, 1: for 80% enter 0.8.
    """
    load, wanted = _figure(erlangs, "The workload"), _figure(goal, "The goal")
    if wanted >= 1:
        raise Problem(f"The goal must be a share below 1, but it is {goal!r}. For 80% enter 0.8.")
    handling = _figure(handling_seconds, "The handling time", above=True)
    target = _figure(target_seconds, "The target")
    if load >= _MOST_AGENTS - 1:
        raise Problem(f"The workload is {load:,.0f} erlangs; this works for fewer than {_MOST_AGENTS:,}.")
    blocked, count = 1.0, 0
    while True:
        count += 1
        blocked = load * blocked / (count + load * blocked)
        if load >= count:
            continue
        waits = blocked / (1 - load / count * (1 - blocked))
        if 1 - waits * math.exp(-(count - load) * target / handling) >= wanted:
            return count
        if count == _MOST_AGENTS:
            raise Problem("No number of agents reaches that goal. Check the target and the goal.")


def with_impatience(
    agents: int, erlangs: float, handling_seconds: float, patience_seconds: float, target_seconds: float
) -> dict[str, float]:
    """What callers meet when they hang up after a while (Erlang A).

    Gives ``service_level`` (share of all calls answered within the target), ``answered``
    and ``abandoned`` (shares of all calls, together 1), ``waiting`` (share that does not
    get through at once), ``average_wait_seconds`` (of all calls, whether answered or not)
    and ``occupancy``. patience_seconds: how long a caller would wait on average.

    In words: a caller who finds a queue of a certain length either sees it go within the
    target or hangs up first. Each length counts as often as it happens. The queue cannot
    grow without end, because callers leave it.
    Source: Gans, Koole and Mandelbaum (2003), section 4.
    """
    count, load = _agents(agents), _figure(erlangs, "The workload")
    handling = _figure(handling_seconds, "The handling time", above=True)
    patience = _figure(patience_seconds, "Patience", above=True)
    target = _figure(target_seconds, "The target")
    if load == 0:
        return {
            "service_level": 1.0, "answered": 1.0, "abandoned": 0.0, "waiting": 0.0,
            "average_wait_seconds": 0.0, "occupancy": 0.0,
        }  # fmt: skip
    if load > 20 * _MOST_AGENTS:
        raise Problem(f"The workload is {load:,.0f} erlangs. Check the figures for a typing slip.")
    # In units of one handling time: agents leave calls at rate 1 each, callers give up at rate `leave`.
    leave = handling / patience
    # How often each number of calls is there, as a multiple of "all agents busy, nobody waits".
    down, below = 1.0, 0.0
    for busy in range(count, 0, -1):
        down = down * busy / load
        below += down
        if down < _NEGLIGIBLE * below:
            break
    share = target / patience
    # The chance to be served within the target for the caller who finds k others waiting; the
    # incomplete beta function, one step at a time from k = 0.
    gone = -math.expm1(-share)
    shape = count / leave
    tail = math.exp(-shape * share - share)  # (1 - gone) to the power of shape + 1
    step = tail * (shape + 1) * gone
    within = 1 - tail
    weight, k = 1.0, 0
    total = waiting = met = leaving = queue = 0.0
    while True:
        total += weight
        waiting += weight
        leaves = (k + 1) * leave / (count + (k + 1) * leave)
        met += weight * (1 - leaves) * within
        leaving += weight * leaves
        queue += k * weight
        # Past this k the weights fall ever faster, so what is left is smaller than the last one.
        if weight < _NEGLIGIBLE * total and load < count + (k + 1) * leave:
            break
        within -= step
        k += 1
        step = step * gone * (shape + 1 + k) / (k + 1)
        weight = weight * load / (count + k * leave)
        if weight > 1e250:
            scale = 1e-250
            weight, total, waiting, met = weight * scale, total * scale, waiting * scale, met * scale
            leaving, queue, below = leaving * scale, queue * scale, below * scale
    whole = below + total
    abandoned = leaving / whole
    return {
        "service_level": max(0.0, min(1.0, (below + met) / whole)),
        "answered": 1 - abandoned,
        "abandoned": abandoned,
        "waiting": waiting / whole,
        "average_wait_seconds": queue / whole / load * handling,
        "occupancy": load * (1 - abandoned) / count,
    }


def work_in_progress(arrivals: float, time_in_system: float) -> float:
    """How many are in the process on average, by Little's law.

    In words: how many arrive in a day times how many days each stays. Both must use the
    same unit of time. It holds for complaints in a tray as for calls in a queue.
    Source: Little (1961).
    """
    return _figure(arrivals, "Arrivals") * _figure(time_in_system, "The time in the process")


def time_in_process(in_progress: float, arrivals: float) -> float:
    """How long each stays on average, by Little's law turned round: those in the process divided by arrivals."""
    return _figure(in_progress, "The number in the process") / _figure(arrivals, "Arrivals", above=True)
