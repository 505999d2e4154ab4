"""A change's stakeholders and messages: where each person stands on the grid, and whether the plan reaches them.

The grid of power and interest goes back to Mendelow, A. (1981) "Environmental scanning:
the impact of the stakeholder concept", Proceedings of the International Conference on
Information Systems. The rules of the time line are this course's own: each team first
hears what it lacks (ADKAR, Hiatt 2006), leaders hear before their people and staff before
customers, nobody is left in silence, a win is told early (Kotter 1995), and those who
could stop the change are listened to. Weeks are counted from going live, which is week 0.
Plain arithmetic on lists, so that page and notebook agree.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cslearn.methods.readiness import ELEMENTS
from cslearn.problem import Problem

LEADERS, AGENTS, CUSTOMERS = "leaders", "agents", "customers"
FIRST_WEEK, LAST_WEEK = -6, 8
LONGEST_SILENCE = 3
WIN_BY = 4
# The purpose of a message that tells what the change has brought.
WIN = "R"
CHANNELS = {
    "huddle": "Team huddle",
    "one_to_one": "One-to-one talk",
    "workshop": "Workshop or meeting with questions",
    "call": "Telephone or video call",
    "email": "E-mail",
    "intranet": "Intranet page",
    "poster": "Poster",
    "letter": "Letter",
}
# On these nobody can answer, whatever the plan says.
ONE_WAY = ("intranet", "poster", "letter")
QUADRANTS = {
    ("hi", "hi"): "manage closely",
    ("hi", "lo"): "keep satisfied",
    ("lo", "hi"): "keep informed",
    ("lo", "lo"): "keep an eye on",
}


def quadrant(power: str, interest: str) -> str:
    """What a stakeholder's place on the grid asks of you: manage closely, keep satisfied, keep informed or keep an eye on.

    power, interest: "hi" or "lo". Raises Problem for anything else. Source: after Mendelow (1981).
    """
    try:
        return QUADRANTS[power, interest]
    except (KeyError, TypeError):
        raise Problem(f"Power and interest are 'hi' or 'lo', not {power!r} and {interest!r}.") from None


@dataclass(frozen=True)
class Message:
    """One planned message. ``to`` is "leaders", "agents" (every team), "customers", a team or a stakeholder.

    ``week`` is relative to going live; ``purpose`` is the element of ADKAR that it is for.
    """

    to: Hashable
    week: int
    purpose: str
    two_way: bool = False
    channel: str = "huddle"

    @property
    def listens(self) -> bool:
        """Whether people can answer: it is meant as two-way, and its channel lets them."""
        return self.two_way and self.channel not in ONE_WAY


@dataclass(frozen=True)
class Finding:
    """One rule of the time line: whether the plan keeps it, and what it did or what to do, in a sentence."""

    rule: str
    about: Hashable
    holds: bool
    sentence: str


def plan(rows: Iterable[Mapping]) -> list[Message]:
    """The rows of a plan as messages, in order of their weeks; of one week, those that stand first come first.

    rows: mappings with ``to``, ``week`` and ``purpose``, and perhaps ``two_way`` and ``channel``.
    Raises Problem for a week that is no whole number, or an unknown purpose or channel.
    """
    found = []
    for number, row in enumerate(rows, start=1):
        to, week, purpose = row.get("to"), row.get("week"), row.get("purpose")
        channel = row.get("channel") or "huddle"
        if to is None:
            raise Problem(f"Message {number} is to nobody. Say who gets it.")
        if isinstance(week, bool) or not isinstance(week, int):
            raise Problem(f"Message {number} has the week {week!r}. Count whole weeks from going live, such as -6.")
        if purpose not in ELEMENTS:
            raise Problem(f"Message {number} has the purpose {purpose!r}. Choose one of: {', '.join(ELEMENTS)}.")
        if channel not in CHANNELS:
            raise Problem(f"Message {number} has the channel {channel!r}. Choose one of: {', '.join(CHANNELS)}.")
        found.append(Message(to, week, purpose, bool(row.get("two_way")), channel))
    return sorted(found, key=lambda message: message.week)


def reaching(messages: Sequence[Message], team: Hashable) -> list[Message]:
    """The messages that a team gets: its own, and those to every agent; of one week, its own come first."""
    return sorted((m for m in messages if m.to in (team, AGENTS)), key=lambda m: (m.week, m.to == AGENTS))


def first_messages(messages: Sequence[Message], barriers: Mapping[Hashable, str]) -> list[Finding]:
    """For each team, whether the first message that it gets is for the element that holds it up.

    barriers: the barrier point of each team, as :func:`cslearn.methods.readiness.barrier` gives it.
    """
    found = []
    for team, lacks in barriers.items():
        got = reaching(messages, team)
        wanted = ELEMENTS[lacks]
        if not got:
            said, holds = f"{_team(team)} hears nothing. Its first message should be for {wanted}.", False
        else:
            first, holds = got[0], got[0].purpose == lacks
            told = f"{_team(team)} first hears about {ELEMENTS[first.purpose]} (week {first.week})"
            if holds:
                said = f"{told}, which is what it lacks."
            elif first.to == AGENTS:
                said = f"{told}, in a broadcast to everyone, but it lacks {wanted}."
            elif lacks == "D" and first.purpose in ("K", "Ab"):
                said = f"{told}, but it lacks Desire: training cannot make people want it."
            else:
                said = f"{told}, but it lacks {wanted}."
        found.append(Finding("first message", team, holds, said))
    return found


def order(messages: Sequence[Message], teams: Iterable[Hashable]) -> list[Finding]:
    """Whether team leaders hear at least a week before the first of their agents, and these before customers."""
    teams = tuple(teams)
    first = {
        LEADERS: _first(messages, (LEADERS,)),
        AGENTS: _first(messages, (AGENTS, *teams)),
        CUSTOMERS: _first(messages, (CUSTOMERS,)),
    }
    names = {LEADERS: "team leaders", AGENTS: "agents", CUSTOMERS: "customers"}
    found = []
    for one, other in ((LEADERS, AGENTS), (AGENTS, CUSTOMERS)):
        missing = [names[who] for who in (one, other) if first[who] is None]
        holds = not missing and first[one] < first[other]
        if missing:
            said = f"The plan has no message to {' or '.join(missing)}."
        elif holds:
            said = f"{names[one].capitalize()} hear in week {first[one]}, before {names[other]} in week {first[other]}."
        else:
            said = (
                f"{names[other].capitalize()} hear in week {first[other]}, and {names[one]} only in week {first[one]}."
                f" Tell {names[one]} first: people will ask them."
            )
        found.append(Finding("order", one, holds, said))
    return found


def silences(
    messages: Sequence[Message], team: Hashable, first: int = FIRST_WEEK, last: int = LAST_WEEK
) -> list[tuple[int, int]]:
    """The stretches of more than three weeks in which a team hears nothing, as pairs of weeks.

    In words: the weeks from one message to the next, from the start of the window to the
    first message, and from the last one to its end. Weeks 1 and 4 are three weeks apart,
    which will do; weeks 1 and 5 are not.
    """
    weeks = sorted({m.week for m in reaching(messages, team) if first <= m.week <= last})
    posts = [first, *weeks, last]
    return [(a, b) for a, b in itertools.pairwise(posts) if b - a > LONGEST_SILENCE]


def silence(
    messages: Sequence[Message], teams: Iterable[Hashable], first: int = FIRST_WEEK, last: int = LAST_WEEK
) -> list[Finding]:
    """For each team, whether it is never left without news for more than three weeks of the window."""
    found = []
    for team in teams:
        gaps = silences(messages, team, first, last)
        if gaps:
            a, b = max(gaps, key=lambda gap: gap[1] - gap[0])
            said = (
                f"{_team(team)} hears nothing from week {a} to week {b}: more than {LONGEST_SILENCE} weeks of silence."
            )
        else:
            said = f"{_team(team)} is never more than {LONGEST_SILENCE} weeks without news."
        found.append(Finding("silence", team, not gaps, said))
    return found


def after_go_live(messages: Sequence[Message], teams: Iterable[Hashable]) -> Finding:
    """Whether staff hear at least one message after going live (week 1 or later)."""
    later = [m.week for m in messages if m.to in (AGENTS, *teams) and m.week > 0]
    said = (
        f"Staff go on hearing after going live, first in week {min(later)}."
        if later
        else "After going live staff hear nothing more. That is when the questions come."
    )
    return Finding("after going live", AGENTS, bool(later), said)


def early_win(messages: Sequence[Message], teams: Iterable[Hashable], by: int = WIN_BY) -> Finding:
    """Whether staff are told of a win, what the change has brought, from going live to week ``by``."""
    wins = [m.week for m in messages if m.to in (AGENTS, *teams) and m.purpose == WIN and 0 <= m.week <= by]
    said = (
        f"A win is told in week {min(wins)}."
        if wins
        else f"No win is told by week {by}. Plan a message for Reinforcement that shows what it has brought."
    )
    return Finding("early win", AGENTS, bool(wins), said)


def heard(messages: Sequence[Message], stakeholders: Mapping[Hashable, Mapping[str, str]]) -> list[Finding]:
    """For everyone with high power who is against the change, whether a two-way message goes to them.

    stakeholders: ``power``, ``interest`` and ``stance`` of each.
    """
    found = []
    for name, place in stakeholders.items():
        if place["power"] != "hi" or place["stance"] != "against":
            continue
        to_them = [m for m in messages if m.to == name]
        holds = any(m.listens for m in to_them)
        if holds:
            said = f"{name} could stop the change, and is asked."
        elif any(m.two_way for m in to_them):
            said = f"{name} could stop the change. Nobody can answer a poster, a letter or a page; talk with them."
        elif to_them:
            said = f"{name} could stop the change, and is only told. Ask them, and listen."
        else:
            said = f"{name} could stop the change, and nobody talks with them. Plan a two-way message."
        found.append(Finding("heard", name, holds, said))
    return found


def findings(
    messages: Sequence[Message],
    barriers: Mapping[Hashable, str],
    stakeholders: Mapping[Hashable, Mapping[str, str]] | None = None,
    teams: Iterable[Hashable] | None = None,
) -> list[Finding]:
    """Every rule of the time line for a plan, in the order in which the course teaches them.

    teams: all teams, where some have no barrier; without it, those of ``barriers``.
    """
    teams = tuple(barriers) if teams is None else tuple(teams)
    return [
        *first_messages(messages, barriers),
        *order(messages, teams),
        *silence(messages, teams),
        after_go_live(messages, teams),
        early_win(messages, teams),
        *heard(messages, stakeholders or {}),
    ]


def _first(messages: Sequence[Message], audiences: Iterable[Hashable]) -> int | None:
    weeks = [m.week for m in messages if m.to in tuple(audiences)]
    return min(weeks, default=None)


def _team(team: Hashable) -> str:
    """ "teamA" as a person says it."""
    text = str(team)
    return f"Team {text.removeprefix('team')}" if text.startswith("team") or len(text) == 1 else text
