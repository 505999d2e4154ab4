"""How three teams take a change: readiness, adoption, pace and morale, week by week.

Readiness is ADKAR (Hiatt 2006): awareness, desire, knowledge, ability, reinforcement, each
from 1 to 5. What lifts one does not lift another: messages lift awareness, training lifts
knowledge, coaching lifts ability. Desire follows involvement, a sponsor who is there and an
early win; messages alone never lift it above 3. What is not kept up fades. The first element
at 3 or below holds everything behind it back. Handling is slower at first and better later
(the J-curve). The figures are assumptions for teaching; the directions are those that the
course's sources describe.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

A, D, K, AB, R = range(5)
THRESHOLD = 3.0
_USUAL_LOAD = 0.8
# What a win does for desire and for reinforcement. A fix that staff have long asked for counts; a
# breakfast is soon eaten.
WINS = {
    "none": (0.0, 0.0), "labels": (0.30, 0.30), "letters": (0.15, 0.25), "screen": (-0.05, 0.05),
    "breakfast": (0.03, 0.0),
}  # fmt: skip


@dataclass
class Support:
    """What one team meets in one week.

    ``messages`` a week; ``involvement`` 0, 1 or 2; ``trained`` and ``coached`` hours of this
    week; ``sponsor`` whether the leader stands behind it; ``win`` an early win by name, in
    its week; ``live_for`` whole weeks since the team went live, None before; ``load`` how
    busy the team was, 1 for all of its time; ``redone`` the share of cases that a mistake in
    the design sent round again; ``rushed`` whether the next wave follows at once.
    """

    messages: float = 0
    involvement: int = 0
    trained: float = 0
    coached: float = 0
    sponsor: bool = True
    win: str = "none"
    live_for: int | None = None
    load: float = 0.8
    redone: float = 0.0
    rushed: bool = False
    talked: bool = False


@dataclass
class Team:
    """One team: readiness, hours trained so far, adoption (share of cases worked the new way), morale."""

    ready: list[float]
    hours: float = 0.0
    usual_coaching: float = 0.0
    adoption: float = 0.0
    morale: float = field(init=False)
    home: list[float] = field(init=False)
    """Where the elements fade back to when nobody keeps them up."""

    def __post_init__(self) -> None:
        self.home = list(self.ready)
        self.morale = self._mood(_USUAL_LOAD)

    def week(self, s: Support) -> None:
        """One week passes."""
        ready = self.ready
        live = s.live_for is not None
        early = live and s.live_for < 6
        room = [(5 - level) / 2 for level in ready]
        fades = (0.03 if s.messages == 0 else 0.0, 0.02, 0.01, 0.01, 0.03)
        lift = [fade * (home - level) for fade, home, level in zip(fades, self.home, ready, strict=True)]
        lift[A] += 0.10 * s.messages * room[A]
        lift[D] += 0.05 * s.messages * max(0.0, THRESHOLD - ready[D]) + 0.07 * s.involvement * room[D]
        if s.sponsor and s.messages > 0:
            lift[D] += 0.02 * room[D]
        elif not s.sponsor:
            lift[D] -= 0.04
        if s.talked:
            # Somebody has time for this team: worries are heard, and the new way is practised in peace.
            lift[D] += 0.10 * room[D]
            lift[AB] += 0.10 * room[AB]
        won = WINS[s.win]
        lift[D] += won[0] * room[D]
        if early:
            # A change that is done to people costs their goodwill; one that they helped to shape does not.
            lift[D] -= 0.10 * (1 - s.involvement / 2)
        if s.rushed:
            lift[D] -= 0.05
        lift[D] -= 0.5 * s.redone
        lift[K] += 0.16 * s.trained * room[K]
        lift[AB] += (0.10 * s.coached + 0.03 * s.trained + 0.05 * self.adoption) * room[AB]
        lift[R] += (0.06 * s.coached + 0.02 * s.messages + won[1]) * room[R]
        if live:
            lift[R] += 0.03 * self.adoption * room[R]
        self.ready = [min(5.0, max(1.0, level + up)) for level, up in zip(ready, lift, strict=True)]
        self.hours += s.trained
        if s.coached > 0:
            self.usual_coaching = s.coached
        if live:
            self._adopt(s)
        self._feel(s, live)

    def _adopt(self, s: Support) -> None:
        kept = s.coached
        if s.coached == 0:
            # What coaching built stays as long as somebody notices it.
            kept = self.usual_coaching * min(1.0, max(0.0, (self.ready[R] - 2.2) / 1.0))
        ceiling = logistic(-1.6 + 0.35 * min(self.hours, 12.0) + 0.55 * kept + 0.55 * s.involvement) * self.gate()
        speed = min(0.5, 0.10 + 0.02 * self.hours + 0.06 * s.coached)
        self.adoption += speed * (ceiling - self.adoption)

    def _feel(self, s: Support, live: bool) -> None:
        at = self._mood(s.load)
        if live and s.live_for < 6:
            at -= 0.5 * (1 - self.adoption)
        self.morale = min(5.0, max(1.0, self.morale + 0.12 * (at - self.morale)))

    def _mood(self, load: float) -> float:
        """Where morale settles: on the wish to change, on being noticed, and on not being overrun."""
        at = 3.25 + 0.35 * (self.ready[D] - 3.4) + 0.25 * (self.ready[R] - 3.0)
        return at - max(0.0, load - 0.9)

    def gate(self) -> float:
        """How far the weakest element lets the team go, from 0.5 to 1: nobody passes a barrier."""
        lowest = min(self.ready)
        return min(1.0, max(0.5, 0.5 + 0.5 * (lowest - 2.0) / 1.1))

    def loses_its_leader(self) -> None:
        """Who knew, helped and noticed is gone: new habits go too, and do not come back by themselves."""
        for element, blow in ((D, 0.5), (AB, 1.3), (R, 1.0)):
            self.ready[element] = max(1.0, self.ready[element] - blow)
            self.home[element] = max(1.0, self.home[element] - blow)
        self.adoption *= 0.4
        self.hours *= 0.6
        self.usual_coaching = 0.0

    def pace(self, live_for: int | None) -> float:
        """Handling time as a factor, so many whole weeks after going live (None: not live)."""
        if live_for is None:
            return 1.0
        early = 0.10 if live_for < 2 else 0.0
        return 1 + 0.35 * (1 - self.adoption) * math.exp(-live_for / 4) + early

    def slips(self, live_for: int | None, learning: float) -> float:
        """How much more often an answer does not hold while people learn, as a factor."""
        if live_for is None:
            return 1.0
        return 1 + learning * (1 - self.adoption) * math.exp(-live_for / 4)


def logistic(x: float) -> float:
    """The S-shaped curve from 0 to 1."""
    return 1 / (1 + math.exp(-x))


def barrier(ready: list[float]) -> str | None:
    """The first element in order that is 3.0 or less: where a team is stuck; None if nowhere."""
    return next(
        (name for name, level in zip(("A", "D", "K", "Ab", "R"), ready, strict=True) if level <= THRESHOLD), None
    )
