"""HEAT as a small model: how warm a customer is after each reply, what is done, and what it costs.

The four steps are hear, empathise, apologise and take ownership, in that order. The
temperatures are a model for practice, not a measurement: the rule table is short enough to
argue with. The same steps in the same order stand in ``explorers/heat.js``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cslearn.problem import Problem

STEPS = ("hear", "empathise", "apologise", "own")
# What a reply does to the temperature, in degrees of a scale from 0 to 100. Steps count
# fully when they come in their turn.
CHANGES = {
    "hear": -12,
    "empathise": -14,
    "apologise": -14,
    "own": -20,
    "interrupt": 14,
    "solve": 8,
    "empty": 5,
    "fake": 12,
    "handoff": 10,
    # It calms now, and that is what makes it dangerous.
    "promise": -16,
}
# Ownership without understanding or apology sounds like a form being filled in.
EARLY_OWN = -4
# Nothing calms a customer below this before somebody has heard the story.
FLOOR = 60
CALM = 35
HANGS_UP = 100
TURNS = 6
# After one of these replies there is nothing left to say.
CLOSING = ("own", "handoff", "promise")
# Made up for the model: a turn is a minute and a half of paid time, another contact ten minutes.
TURN_GBP = 0.75
AGAIN_GBP = 5.0
# Which replies are on offer at each stage, those that come first first.
_OFFERS = {
    "hear": ("hear", "interrupt", "solve", "empty", "promise", "fake", "handoff"),
    "empathise": ("empathise", "own", "empty", "fake", "handoff", "promise"),
    "apologise": ("apologise", "own", "fake", "promise", "handoff"),
    "own": ("own", "handoff", "promise", "fake", "empty", "interrupt", "solve"),
}
OFFERED = 4


@dataclass(frozen=True)
class Line:
    """One reply, scored: the temperature before and after, and the steps of HEAT done by then."""

    kind: str
    before: int
    after: int
    done: tuple[str, ...]


@dataclass(frozen=True)
class Call:
    """A call so far. ``ended`` is how: "agreed", "hung up", "out of time", or "" while it goes on."""

    lines: tuple[Line, ...]
    temperature: int
    done: tuple[str, ...]
    ended: str

    @property
    def calm(self) -> bool:
        return self.temperature <= CALM

    @property
    def owned(self) -> bool:
        """Whether the call ended with a lawful remedy, a name and a date."""
        return "own" in self.done


def begin(temperature: int) -> Call:
    """A call before the first reply."""
    if isinstance(temperature, bool) or not isinstance(temperature, int) or not FLOOR < temperature < HANGS_UP:
        raise Problem(f"A call starts at a whole temperature from {FLOOR + 1} to {HANGS_UP - 1}, not {temperature}.")
    return Call((), temperature, (), "")


def stage(call: Call) -> str:
    """The step of HEAT that is due."""
    return next((step for step in STEPS if step not in call.done), "own")


def offers(call: Call) -> tuple[str, ...]:
    """The four kinds of reply on offer, none that was said before; nothing once the call has ended."""
    if call.ended:
        return ()
    said = [line.kind for line in call.lines]
    return tuple(kind for kind in _OFFERS[stage(call)] if kind not in said)[:OFFERED]


def say(call: Call, kind: str) -> Call:
    """The call after one more reply. Raises Problem for a reply that is not on offer.

    In words: add the reply's change to the temperature. Taking ownership before the
    customer was understood and had an apology counts less. Until the customer was heard, the
    temperature does not fall below the floor. It stays between 0 and 100.
    """
    if kind not in offers(call):
        open_now = ", ".join(offers(call)) or "nothing, the call is over"
        raise Problem(f"{kind} is not on offer here. Choose one of: {open_now}.")
    change = EARLY_OWN if kind == "own" and stage(call) != "own" else CHANGES[kind]
    done = (*call.done, kind) if kind in STEPS else call.done
    lowest = 0 if "hear" in done else FLOOR
    after = max(lowest, min(HANGS_UP, call.temperature + change))
    ended = ""
    if kind in CLOSING:
        ended = "agreed"
    elif after >= HANGS_UP:
        ended = "hung up"
    elif len(call.lines) + 1 >= TURNS:
        ended = "out of time"
    return Call((*call.lines, Line(kind, call.temperature, after, done)), after, done, ended)


def play(temperature: int, kinds: Sequence[str]) -> Call:
    """A whole call, reply by reply."""
    call = begin(temperature)
    for kind in kinds:
        call = say(call, kind)
    return call


def best(temperature: int) -> Call:
    """The four steps in their order, and nothing else."""
    return play(temperature, STEPS)


def solved(call: Call) -> bool:
    """Whether the call ended calm, with a remedy that is lawful and has a name and a date."""
    return bool(call.ended) and call.calm and call.owned


def cost(call: Call, remedy_gbp: float, promise_gbp: float) -> float:
    """What the call costs: the remedy, the agent's time, and another contact where one must follow.

    In words: turns times the price of a turn; plus the remedy that was agreed or passed on,
    or the promise; plus one more contact unless the call was solved.
    """
    said = [line.kind for line in call.lines]
    paid = promise_gbp if "promise" in said else remedy_gbp
    return paid + TURN_GBP * len(said) + (0 if solved(call) else AGAIN_GBP)
