"""Key performance indicators with their definitions: first contact resolution, handling time, surveys, waits, backlog.

A KPI is a definition: what is counted (numerator), out of what (denominator), what is left
out, and within which window. ``DEFINITIONS`` says it in words, and the functions do it.
Plain arithmetic on lists, in the same order of steps as ``explorers/kpis.js``.

A contact is a dictionary with ``customer``, ``at`` (minutes from any start), ``answered``,
and where there was an answer ``ticked``, whether the agent called the matter solved.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cslearn.methods.evidence import mean, share
from cslearn.methods.randomness import mulberry32
from cslearn.problem import Problem

# The point of the normal curve with 2.5% above it.
_Z = 1.959963984540054
_MINUTES_OF_A_DAY = 1440


@dataclass(frozen=True)
class Definition:
    """A definition card: with it two people who work a figure out get the same."""

    name: str
    numerator: str
    denominator: str
    exclude: tuple[str, ...]
    window: str
    lead_lag: str
    """``leading`` if it moves before customers feel it, ``lagging`` if after."""
    better: str
    """``up`` or ``down``."""
    misleads: str
    """How the figure can rise or fall with no customer better off."""


DEFINITIONS = {
    "fcr_tick": Definition(
        "First contact resolution, by the agent's tick",
        "answered contacts that the agent ticked as solved",
        "answered contacts",
        ("abandoned contacts", "test contacts", "contacts without a tick"),
        "the day of the contact",
        "lagging",
        "up",
        "The agent ticks before the customer knows, and may gain by ticking.",
    ),
    "fcr_repeat": Definition(
        "First contact resolution, by repeats",
        "answered contacts whose customer did not come back within the window",
        "answered contacts",
        ("abandoned contacts", "test contacts"),
        "7 days after the contact",
        "lagging",
        "up",
        "A shorter window raises it, and customers who give up count as solved.",
    ),
    "aht": Definition(
        "Average handling time",
        "seconds of talk and of work afterwards",
        "answered contacts",
        ("abandoned contacts", "test contacts"),
        "the day of the contact",
        "leading",
        "down",
        "Cutting calls short or handing them on lowers it, while the work as a whole grows.",
    ),
    "csat": Definition(
        "Customer satisfaction, top two answers",
        "answers of 4 or 5",
        "answers from 1 to 5",
        ("contacts without an answer",),
        "the survey after the contact",
        "lagging",
        "up",
        "Who is asked, and who answers, can move it more than the service does.",
    ),
    "nps": Definition(
        "Net promoter score",
        "answers of 9 or 10, less answers of 0 to 6",
        "answers from 0 to 10",
        ("customers without an answer",),
        "the survey of the month",
        "lagging",
        "up",
        "It is a difference of two shares, so it swings widely with few answers.",
    ),
    "ces": Definition(
        "Customer effort score",
        "the sum of the answers, 7 being very easy",
        "answers from 1 to 7",
        ("contacts without an answer",),
        "the survey after the contact",
        "lagging",
        "up",
        "Some firms turn the scale round, so ask which end is easy before you compare.",
    ),
    "service_level": Definition(
        "Service level",
        "calls answered within the target",
        "calls offered",
        ("test calls",),
        "each day",
        "leading",
        "up",
        "Leaving callers who hung up out of the denominator raises it.",
    ),
    "abandonment": Definition(
        "Abandonment",
        "callers who hung up before an answer",
        "calls offered",
        ("test calls",),
        "each day",
        "leading",
        "down",
        "Leaving out all who hung up early lowers it, however many they were.",
    ),
    "backlog": Definition(
        "Backlog",
        "cases opened on or before the day, and not closed by its end",
        "none: it is a count",
        ("test cases",),
        "the end of the day",
        "leading",
        "down",
        "Closing cases before they are solved empties it, and customers open them again.",
    ),
}


def first_contact_by_tick(contacts: Sequence[dict]) -> dict:
    """First contact resolution as agents see it: a share with ``value``, ``low``, ``high`` in percent, and ``n``.

    In words: answered contacts with a tick for "solved", divided by all answered contacts
    that have a tick or a cross. Raises Problem if none is left.
    """
    ticks = [one["ticked"] for one in contacts if one["answered"] and one["ticked"] is not None]
    return _share(sum(ticks), len(ticks))


def first_contact_by_repeat(contacts: Sequence[dict], days: float, until: float | None = None) -> dict:
    """First contact resolution as customers show it, like ``first_contact_by_tick``.

    In words: answered contacts whose customer made no other contact in the next ``days``
    days, divided by all answered contacts. A later contact counts as a repeat even if the
    customer hung up.

    until: contacts from this minute on are no part of the count, though they may be
        repeats; leave room for the whole window, or late contacts look solved.
    Raises Problem if no contact is left, or the window is not above 0.
    """
    if not (math.isfinite(days) and days > 0):
        raise Problem("The window must be longer than 0 days. Use for example 7.")
    window = days * _MINUTES_OF_A_DAY
    times: dict = {}
    for one in contacts:
        times.setdefault(one["customer"], []).append(one["at"])
    solved = n = 0
    for one in contacts:
        if not one["answered"] or (until is not None and one["at"] >= until):
            continue
        n += 1
        solved += not any(one["at"] < later <= one["at"] + window for later in times[one["customer"]])
    return _share(solved, n)


def average_handling_time(seconds: Sequence[float]) -> dict:
    """The mean of the seconds of all answered contacts, with its 95% interval and ``n``.

    In words: all talk and wrap-up time, divided by the contacts answered.
    Raises Problem if there are none.
    """
    return {**mean(seconds), "n": len(seconds)}


def top_box(answers: Sequence[int], least: int = 4, most: int = 5) -> dict:
    """Satisfaction: the share of answers of ``least`` or more on a scale from 1 to ``most``, and ``n``.

    Raises Problem for an answer outside the scale, or if there are none.
    """
    found = _on_scale(answers, 1, most)
    return _share(sum(answer >= least for answer in found), len(found))


def net_promoter(scores: Sequence[int]) -> dict:
    """The net promoter score with its 95% interval, from -100 to 100: ``value``, ``low``, ``high``, ``n``.

    In words: the percentage of answers of 9 or 10, less the percentage of 0 to 6. Each
    answer is worth 1, 0 or -1, and the interval is 1.96 standard errors of their mean to
    each side. ``low`` and ``high`` are None where all answers fall into one group, because
    then nothing is known of the spread.
    Raises Problem for an answer outside 0 to 10, or if there are none.
    """
    worth = _worth(scores)
    n = len(worth)
    plus, minus = worth.count(1) / n, worth.count(-1) / n
    net = plus - minus
    if len(set(worth)) == 1:
        return {"value": 100 * net, "low": None, "high": None, "n": n}
    reach = 100 * _Z * math.sqrt((plus + minus - net * net) / n)
    return {"value": 100 * net, "low": max(-100.0, 100 * net - reach), "high": min(100.0, 100 * net + reach), "n": n}


def net_promoter_bootstrap(scores: Sequence[int], draws: int = 2000, seed: int = 1) -> dict:
    """The net promoter score with an interval by drawing the answers again: ``value``, ``low``, ``high``, ``n``.

    In words: draw as many answers as there are, with putting back, and work out the score;
    do this many times; the middle 95% of the results are the interval. No formula is needed.
    draws: at least 40, so that 2.5% of them is one. seed: the same seed draws the same answers.
    Raises Problem as ``net_promoter`` does.
    """
    if isinstance(draws, bool) or not isinstance(draws, int) or draws < 40:
        raise Problem("Draw at least 40 times, and a whole number of times. 2000 is usual.")
    worth = _worth(scores)
    n, draw = len(worth), mulberry32(seed)
    nets = []
    for _ in range(draws):
        net = 0
        for _ in range(n):
            net += worth[int(draw() * n)]
        nets.append(100 * net / n)
    nets.sort()
    cut = draws // 40
    total = 0
    for one in worth:
        total += one
    return {"value": 100 * total / n, "low": nets[cut], "high": nets[draws - 1 - cut], "n": n}


def customer_effort(answers: Sequence[int], most: int = 7) -> dict:
    """The mean effort score, ``most`` being very easy, with its 95% interval and ``n``.

    Raises Problem for an answer outside the scale from 1 to ``most``, or if there are none.
    """
    found = _on_scale(answers, 1, most)
    return {**mean(found), "n": len(found)}


def service_level_counted(waits: Sequence[float], abandoned: int, target: float, count_abandoned: bool = True) -> dict:
    """The share of calls answered within ``target`` seconds, with ``n``, from real waits.

    waits: seconds that each answered call waited. abandoned: callers who hung up.
    count_abandoned: whether those are part of the calls; without them the figure is higher.
    Raises Problem if there are no calls, or a count or the target is below 0.
    """
    if abandoned < 0 or target < 0:
        raise Problem("Callers who hung up and the target must be 0 or more.")
    return _share(sum(wait <= target for wait in waits), len(waits) + (abandoned if count_abandoned else 0))


def abandonment(gave_up_after: Sequence[float], answered: int, at_least: float = 0) -> dict:
    """The share of callers who hung up, with ``n``.

    gave_up_after: seconds after which each of them hung up. answered: calls answered.
    at_least: who hung up sooner is left out altogether, as if the call had not come.
    Raises Problem if there are no calls, or a count is below 0.
    """
    if answered < 0 or at_least < 0:
        raise Problem("Calls answered and the shortest wait must be 0 or more.")
    lost = sum(seconds >= at_least for seconds in gave_up_after)
    return _share(lost, lost + answered)


def backlog(cases: Sequence[Sequence[float | None]], day: float) -> int:
    """How many cases are open at the end of a day.

    cases: for each case the day on which it was opened and the day on which it was closed,
        None if it is still open.
    Raises Problem if a case was closed before it was opened.
    """
    open_now = 0
    for place, (opened, closed) in enumerate(cases, start=1):
        if closed is not None and closed < opened:
            raise Problem(f"Case {place} was closed before it was opened. Leave it out, or correct its dates.")
        open_now += opened <= day and (closed is None or closed > day)
    return open_now


def _share(hits: int, n: int) -> dict:
    return {**share(hits, n), "n": n}


def _on_scale(answers: Sequence[int], least: int, most: int) -> list[int]:
    found = list(answers)
    for place, answer in enumerate(found, start=1):
        if isinstance(answer, bool) or not least <= answer <= most or answer != math.floor(answer):
            raise Problem(f"Answer {place} is not a whole number from {least} to {most}. Leave blanks out.")
    if not found:
        raise Problem("There are no answers. Choose a longer period.")
    return found


def _worth(scores: Sequence[int]) -> list[int]:
    return [1 if score >= 9 else -1 if score <= 6 else 0 for score in _on_scale(scores, 0, 10)]
