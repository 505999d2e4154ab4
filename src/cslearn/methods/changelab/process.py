"""The work itself: complaints pass from tray to tray, and wait their turn in each.

Log, triage, investigate, courier enquiry, approval, refund posting, reply, close or open
again. Every tray is served first come, first served, so a case's finish is known the moment
it joins the tray: it starts when it is there and the first of the people is free. That makes
one event for each visit, and the events in order of time are exact, not a rule of thumb.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush, heapreplace

from cslearn.methods.changelab.figures import DAY, FIGURES, STATIONS, TEAMS, TICKS, WARM_UP, WEEK, WEEKS
from cslearn.methods.changelab.world import Cases, Situation, shares

# A key is a time and a case in one number; ties go to the case that came first.
_ROOM = 1 << 14
_AGENTS, _DESK, _MANAGERS = range(3)
_LOG, _INVESTIGATE, _ASK, _APPROVE, _REPLY, _REWORK, _ANSWER, _REDO = range(8)
OLD_LIMIT = 25.0


@dataclass
class Rules:
    """How one week is worked at one site. The default is the old way.

    ``live`` says which teams work the new way, ``adoption`` which share of their cases they
    really do it with, ``pace`` is the handling time of each team as a factor. ``pause`` is a
    span of ticks in which nobody can work.
    """

    live: list[bool] = field(default_factory=lambda: [False] * len(TEAMS))
    adoption: list[float] = field(default_factory=lambda: [0.0] * len(TEAMS))
    pace: list[float] = field(default_factory=lambda: [1.0] * len(TEAMS))
    slips: list[float] = field(default_factory=lambda: [1.0] * len(TEAMS))
    limit: float = OLD_LIMIT
    sort_first: bool = False
    single_owner: bool = False
    courier_portal: bool = False
    one_signature: bool = False
    daily_posting: bool = False
    manager_pace: float = 1.0
    fault: bool = False
    strike: bool = False
    pause: tuple[int, int] = (0, 0)


@dataclass
class Week:
    """What one week of work left behind, before anyone makes figures of it.

    ``closed`` are (case, tick of closing) in the order in which they were settled. ``waited``
    and ``visits`` are by station, ``busy`` is the work begun in the week, in ticks of the
    clock by station, ``team_busy`` the same for each team of agents. ``decided`` is
    money, in GBP, above the old limit that agents gave back without asking a manager.
    """

    closed: list[tuple[int, int]] = field(default_factory=list)
    replies: int = 0
    reopened: int = 0
    redone: int = 0
    approvals: int = 0
    arrived: int = 0
    fresh: int = 0
    decided: float = 0.0
    waited: list[float] = field(default_factory=lambda: [0.0] * len(STATIONS))
    visits: list[int] = field(default_factory=lambda: [0] * len(STATIONS))
    busy: list[int] = field(default_factory=lambda: [0] * len(STATIONS))
    team_busy: list[int] = field(default_factory=lambda: [0] * len(TEAMS))


class Floor:
    """One site at work, a week at a time.

    ``reopened``, ``fresh`` (handled the new way) and ``closed_at`` (ticks, 0 while open) are
    by case.
    """

    def __init__(self, cases: Cases, site: int, year: Situation, weeks: int = WARM_UP + WEEKS):
        self.cases = cases
        self.site = site
        self.share = shares(site, year.stuck)

        def free(station: str, heads: int) -> list[int]:
            # People start with the tray that they would have on any other day.
            days = FIGURES["stuck_days" if station == year.stuck else "usual_days"][station]
            return [int(days * DAY * TICKS)] * heads

        self.agents = [free("agents", heads) for heads in FIGURES["agents"][site]]
        self.desks = free("courier desk", FIGURES["desks"][site])
        self.managers = free("managers", FIGURES["managers"][site])
        size = len(cases.arrives)
        self.stage = [_LOG] * size
        self.approvals_left = [0] * size
        self.reopened = [False] * size
        self.redone = [False] * size
        self.fresh = [False] * size
        self.closed_at = [0] * size
        self.weeks = [Week() for _ in range(weeks)]
        self._heap: list[int] = []
        self._next = 0

    def hire(self, agents: int, week: int) -> None:
        """More agents from the start of a week (counted from 0), the first for team A, the next for B, and so on."""
        for n in range(agents):
            self.agents[n % len(TEAMS)].append(week * WEEK * TICKS)

    def open_at(self, week: int) -> int:
        """How many complaints are open at the end of a week (counted from 0)."""
        end = (week + 1) * WEEK * TICKS
        came = self.cases.week_starts[week + 1]
        return sum(not 0 < at < end for at in self.closed_at[:came])

    def play(self, week: int, rules: Rules) -> Week:
        """Works through one week (counted from 0, the weeks of warming up included)."""
        f, cases, tally = FIGURES, self.cases, self.weeks[week]
        end = (week + 1) * WEEK * TICKS * _ROOM
        heap, stage, fresh = self._heap, self.stage, self.fresh
        arrives, simple, vulnerable, paid, asks, team, owner = (
            cases.arrives, cases.simple, cases.vulnerable, cases.paid, cases.asks, cases.team, cases.owner,
        )  # fmt: skip
        # Looked up once a week, and not 500 times.
        left, adopt, works = self.approvals_left, cases.adopt, cases.investigate
        logs, replies, answers = cases.log, cases.reply, cases.answer
        first, second, asking = cases.approve, cases.approve2, cases.desk
        sorting, owned, portal_open = rules.sort_first, rules.single_owner, rules.courier_portal
        live, adoption, pace, slips, limit = rules.live, rules.adoption, rules.pace, rules.slips, rules.limit
        handout, daily = f["handout"] * TICKS, f["daily"] * TICKS
        slow = f["posting"] * TICKS
        per_minute = TICKS / self.share["agents"]
        sort, settle, portal = f["sort"] * per_minute, f["settle"] * per_minute, f["portal"] * per_minute
        quick = f["portal_days"] / f["courier_days"]
        strike = int(f["strike_days"] * DAY * TICKS) if rules.strike else 0
        hurry = [f["hurry"][name] for name in STATIONS]
        calm = [f["hurry_days"][name] * DAY * TICKS for name in STATIONS]
        shut, opens = rules.pause
        waited, visits, busy, team_busy = tally.waited, tally.visits, tally.busy, tally.team_busy
        free_agents, desks, managers = self.agents, self.desks, self.managers
        last, place = cases.week_starts[week + 1], self._next
        tally.arrived = last - cases.week_starts[week]

        while True:
            if place < last and (not heap or arrives[place] * _ROOM + place <= heap[0]):
                case, now, new = place, arrives[place], True
                place += 1
                crew = team[case]
                if live[crew] and adopt[case] < adoption[crew]:
                    fresh[case] = True
                    tally.fresh += 1
                # Who keeps to the old way sends up for two signatures what others decide themselves.
                if paid[case] > (limit if fresh[case] else OLD_LIMIT):
                    left[case] = 1 if rules.one_signature and fresh[case] else 2
                elif paid[case] > OLD_LIMIT:
                    tally.decided += paid[case]
            elif heap and heap[0] < end:
                key, new = heap[0], False
                now, case = divmod(key, _ROOM)
                crew = team[case]
            else:
                break
            step, modern = stage[case], fresh[case]
            factor = pace[crew]
            station = _AGENTS
            if step == _LOG:
                work = logs[case]
                if modern and sorting:
                    work += sort
                    at_once = simple[case] and not (asks[case] or vulnerable[case] or left[case])
                    if at_once:
                        work += settle
            elif step == _INVESTIGATE:
                work = works[case]
                if modern and asks[case] and portal_open:
                    work += portal
            elif step == _REPLY:
                work = replies[case]
            elif step == _APPROVE:
                station, factor = _MANAGERS, rules.manager_pace
                work = first[case] if left[case] == 2 else second[case]
            elif step == _ASK:
                station, factor, work = _DESK, 1.0, asking[case]
            elif step == _REWORK:
                work = cases.rework[case]
            elif step == _ANSWER:
                work = cases.second_reply[case]
            else:
                work = cases.redo[case]

            # Joins the tray, and so knows its finish.
            if station == _AGENTS:
                servers = free_agents[crew]
                if modern and owned:
                    who = int(owner[case] * len(servers))
                    start = servers[who]
                else:
                    start = min(servers)
                    who = servers.index(start)
            else:
                servers = managers if station == _MANAGERS else desks
                start = min(servers)
                who = servers.index(start)
            if start < now:
                start = now
            if shut <= start < opens:
                start = opens
            wait = start - now
            if wait:
                waited[station] += wait
                share = wait / calm[station]
                factor *= 1 - hurry[station] * (share if share < 1 else 1.0)
            took = int(work * factor + 0.5)
            finish = start + took
            servers[who] = finish
            visits[station] += 1
            busy[station] += took
            if station == _AGENTS:
                team_busy[crew] += took

            # Where it goes next, and when it gets there.
            pay = False
            if step == _LOG:
                if modern and sorting and at_once:
                    self._reply(case, finish, finish, f["reopen_settled"], slips[crew], tally)
                    follow = finish if stage[case] == _REWORK else 0
                else:
                    stage[case] = _INVESTIGATE
                    swift = modern and (owned or sorting)
                    follow = finish if swift else (finish // handout + 1) * handout
            elif step in (_INVESTIGATE, _ASK):
                follow = finish
                if step == _INVESTIGATE and asks[case]:
                    if modern and portal_open:
                        follow = finish + int(answers[case] * quick + 0.5)
                    else:
                        stage[case] = _ASK
                elif step == _ASK:
                    follow = finish + int(answers[case] + 0.5) + strike
                if stage[case] != _ASK or step == _ASK:
                    if left[case]:
                        stage[case] = _APPROVE
                    else:
                        pay = True
            elif step == _APPROVE:
                left[case] -= 1
                tally.approvals += 1
                if left[case]:
                    # The second signature is another manager's, who finds the file on the next round.
                    follow = (finish // handout + 1) * handout
                else:
                    follow = finish
                    pay = True
            elif step == _REDO:
                every = daily if rules.daily_posting and modern else slow
                follow = (finish // every + 1) * every
                stage[case] = _REPLY
            elif step == _REWORK:
                stage[case] = _ANSWER
                follow = finish if modern and owned else (finish // handout + 1) * handout
            else:
                asked = cases.confirm[case] if step == _REPLY else cases.confirm2[case]
                closes = finish + int(asked * (0.5 if modern and owned else 1.0) + 0.5)
                again = f["reopen_owner"] if modern and owned else f["reopen"]
                self._reply(case, finish, closes, again, slips[crew], tally)
                follow = closes if stage[case] == _REWORK else 0
            if pay:
                stage[case] = _REPLY
                if paid[case] > 0:
                    every = daily if rules.daily_posting and modern else slow
                    follow = (follow // every + 1) * every
                    # The new refund letter has a mistake in it that sends some refunds round again.
                    if rules.fault and modern and cases.fault[case] < f["fault"]:
                        stage[case] = _REDO
                        self.redone[case] = True
                        tally.redone += 1
            if follow:
                key = follow * _ROOM + case
                if new:
                    heappush(heap, key)
                else:
                    heapreplace(heap, key)
            elif not new:
                heappop(heap)
        self._next = place
        return tally

    def _reply(self, case: int, finish: int, closes: int, again: float, slips: float, tally: Week) -> None:
        """An answer goes out: the case closes, or the customer opens it again, once at most."""
        tally.replies += 1
        chance = again * slips + (FIGURES["reopen_redo"] if self.redone[case] else 0.0)
        if not self.reopened[case] and self.cases.reopen[case] < chance:
            self.reopened[case] = True
            tally.reopened += 1
            self.stage[case] = _REWORK
        else:
            self.closed_at[case] = closes
            week = closes // (WEEK * TICKS)
            if week < len(self.weeks):
                self.weeks[week].closed.append((case, closes))
            # Closed: no step is left.
            self.stage[case] = _LOG
