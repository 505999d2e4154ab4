"""A year in the change lab: a plan meets a world, week by week.

:func:`run` plays one year. One year is one piece of luck, so a plan is judged by
:func:`bands` over twenty of them. Fictional figures; what is planted stands in
:mod:`~cslearn.methods.changelab.figures`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cslearn.methods.changelab import people
from cslearn.methods.changelab.figures import (
    BASELINE,
    DAY,
    FIGURES,
    STATIONS,
    TEAMS,
    TICKS,
    WARM_UP,
    WEEK,
    WEEKS,
)
from cslearn.methods.changelab.plan import (
    ACTIONS,
    GATE,
    INVOLVEMENT,
    NO_CHANGE,
    PILOT_FINDS,
    PREPARE,
    check,
    first_live,
    live_weeks,
    pilot_ends,
    process_levers,
)
from cslearn.methods.changelab.process import Floor, Rules, Week
from cslearn.methods.changelab.world import ELEMENTS, World, season, world
from cslearn.methods.queues import agents_on_the_lines, service_level, workload
from cslearn.problem import Problem, nearest

RUNS = 20
_FIVE_DAYS = 5 * DAY * TICKS
# The telephones of North in their usual hour, and what a minute of work costs, in GBP.
PHONES = {
    "calls": 108.0, "chasing": 0.22, "usual_open": 200.0, "handling_s": 330.0, "agents": 14, "within_s": 20.0,
    "hours_week": 37.5, "agent_gbp": 0.30, "manager_gbp": 0.60, "desk_gbp": 0.30, "chase_gbp": 3.2,
}  # fmt: skip
# After which an action is over, in weeks; and how soon the same trigger may fire again.
_SETTLED = 6
_COACHED_FOR, _HOURS_FOR, _PAUSED_FOR, _LOOKED_FOR, _REST = 6, 8, 4, 2, 6
_MORE_HOURS, _RAISE_GBP = 4, 25
# Managers sign for ten hours a week between them.
_MANAGER_HOURS = 10
KPIS = (
    "in5_pct", "median_days", "p90_days", "open", "reopen_pct", "csat_pct", "fcr_pct", "aht_min", "service_level_pct",
    "cost_each_gbp", "qa_score", "adoption", "morale",
)  # fmt: skip


@dataclass
class Year:
    """One year of one plan.

    ``weeks`` is a list of 52 dictionaries, one a week, of North; ``log`` what was decided and
    what happened; ``seed`` and ``like`` say which luck in which situation.
    """

    plan: dict
    seed: int
    like: int
    weeks: list[dict]
    log: list[dict]
    spent_gbp: float
    floor: Floor = field(repr=False)

    @property
    def west(self) -> list[dict]:
        """The same weeks at West, where nothing is changed."""
        return west(self.seed, self.like)


class _Play:
    """The state of a year while it is played."""

    def __init__(self, plan: dict, made: World, decisions: Sequence[dict]):
        self.plan, self.world = plan, made
        self.floor = Floor(made.north, 0, made.situation)
        self.teams = [people.Team(list(ready)) for ready in made.situation.ready]
        self.live = live_weeks(plan)
        self.by_hand = {(d["week"], d.get("trigger", -1)): d["action"] for d in decisions}
        self.log: list[dict] = []
        self.weeks: list[dict] = []
        self.changes = bool(process_levers(plan)) and plan["go_live"] > 0
        self.limit = float(plan["limit_gbp"])
        self.faulty = self.changes
        self.gate_week = pilot_ends(plan) if plan["go_live"] else 0
        self.adapted = self.stopped = False
        self.begins = plan["go_live"]
        self.coached: dict[int, int] = {}
        self.more_hours = self.paused = self.looking = 0
        self.reserve = float(plan["reserve_gbp"])
        self.spent = 0.0
        self.rows = [0] * len(plan["triggers"])
        self.rested = [0] * len(plan["triggers"])

    def say(self, week: int, event: str, **more) -> None:
        self.log.append({"week": week, "event": event, **more})

    # ---- one week ---------------------------------------------------------------------------

    def week(self, week: int) -> None:
        """Plays one week: ≤ 0 while warming up, then 1 to 52."""
        k = week + WARM_UP - 1
        if week < 1:
            self.floor.play(k, Rules())
            return
        plan, year = self.plan, self.world.situation
        self._shocks(week)
        if week == self.begins and not self.stopped and plan["extra_agents"]:
            self.floor.hire(plan["extra_agents"], k)
            self.say(week, "hired", agents=plan["extra_agents"])
        live_for = self._live_for(week)
        self._fault(week)
        started = 0 < self.begins <= week and not self.stopped
        hours = (plan["manager_hours"] if started else 0) + (_MORE_HOURS if week < self.more_hours else 0)
        away = [self._away(n, week) for n in range(len(TEAMS))]
        rules = Rules(
            live=[self.changes and weeks is not None for weeks in live_for],
            adoption=[team.adoption for team in self.teams],
            pace=[
                team.pace(weeks if self.changes else None) / (1 - gone)
                for team, weeks, gone in zip(self.teams, live_for, away, strict=True)
            ],
            slips=[
                team.slips(weeks if self.changes else None, FIGURES["reopen_learning"])
                for team, weeks in zip(self.teams, live_for, strict=True)
            ],
            limit=self.limit,
            sort_first=plan["sort_first"],
            single_owner=plan["single_owner"],
            courier_portal=plan["courier_portal"],
            one_signature=plan["one_signature"],
            daily_posting=plan["daily_posting"],
            manager_pace=1 / (1 + hours / _MANAGER_HOURS),
            fault=self.faulty,
            **_outside(self.world, week),
        )
        tally = self.floor.play(k, rules)
        self._people(week, live_for, tally)
        figures = _figures(self.floor, k, week, season(year, week), sum(away) / len(away), self.limit)
        self._add_people(figures, live_for, week)
        self.weeks.append(figures)
        self._pilot(week)
        self._watch(week, figures)

    def _shocks(self, week: int) -> None:
        for name, first in self.world.situation.shocks:
            if week == first:
                self.say(week, "shock", name=name)
                if name == "key leader leaves":
                    self.teams[self.world.situation.leader].loses_its_leader()

    def _live_for(self, week: int) -> list[int | None]:
        found: list[int | None] = []
        for name in TEAMS:
            start = self.live[name]
            found.append(week - start if start and week >= start else None)
            if start == week:
                self.say(week, "live", team=name)
        return found

    def _fault(self, week: int) -> None:
        plan = self.plan
        if not self.faulty or not any(self.live.values()):
            return
        piloted = plan["pilot_team"] != "none" and plan["pilot_weeks"] >= PILOT_FINDS
        starts = plan["pilot_start"] if piloted else min(start for start in self.live.values() if start)
        if week == starts + (PILOT_FINDS if piloted else FIGURES["fault_weeks"]):
            self._mend(week, "the pilot" if piloted else "complaints")
        elif self.looking == week:
            self._mend(week, "looking into the data")

    def _mend(self, week: int, by: str) -> None:
        if self.faulty:
            self.faulty = False
            self.say(week, "fault mended", found_by=by)

    def _trained(self, n: int, week: int) -> float:
        start = self.live[TEAMS[n]]
        return self.plan["training_hours"] / 2 if start and start - 2 <= week < start else 0.0

    def _coached(self, n: int, week: int) -> float:
        start = self.live[TEAMS[n]]
        planned = self.plan["coaching_hours"] if start and start <= week < start + self.plan["support_weeks"] else 0
        gone = self.world.situation.week_of("key leader leaves")
        # Nobody coaches a team that has just lost its leader, unless somebody sees to it.
        if n == self.world.situation.leader and gone and week >= gone:
            planned = 0
        return planned + (3 if week < self.coached.get(n, 0) else 0) + (1 if week < self.paused else 0)

    def _away(self, n: int, week: int) -> float:
        return min(0.5, (self._trained(n, week) + self._coached(n, week) / 2) / PHONES["hours_week"])

    def _people(self, week: int, live_for: list[int | None], tally: Week) -> None:
        plan, year = self.plan, self.world.situation
        starts = first_live(plan)
        last = max(self.live.values()) if any(self.live.values()) else 0
        until = (last or PREPARE) + plan["support_weeks"]
        speaking = plan["messages"] if PREPARE <= week <= until else 0
        shaping = INVOLVEMENT.index(plan["involvement"]) if PREPARE <= week <= until else 0
        gone = year.week_of("key leader leaves")
        sponsored = not (gone and gone <= week < gone + 6)
        win = plan["early_win"] if starts and week == starts + 3 else "none"
        if win != "none":
            self.say(week, "early win", name=win)
        for n, team in enumerate(self.teams):
            servers = len(self.floor.agents[n])
            team.week(
                people.Support(
                    messages=speaking,
                    involvement=shaping,
                    trained=self._trained(n, week),
                    coached=self._coached(n, week),
                    sponsor=sponsored,
                    win=win,
                    live_for=live_for[n],
                    load=tally.team_busy[n] / (servers * WEEK * TICKS),
                    redone=tally.redone / max(1, tally.fresh),
                    rushed=plan["pace"] < 2 and live_for[n] is not None and live_for[n] < 4 and self.changes,
                    talked=week < self.coached.get(n, 0) or week < self.paused,
                )
                if self.changes or _touches(plan)
                else people.Support(load=tally.team_busy[n] / (servers * WEEK * TICKS))
            )

    def _add_people(self, figures: dict, live_for: list[int | None], week: int) -> None:
        # Teams that have just started are not yet asked how far they are.
        using = [
            team.adoption
            for team, weeks in zip(self.teams, live_for, strict=True)
            if weeks is not None and weeks >= _SETTLED
        ]
        figures["adoption"] = 100 * min(using) if using and self.changes else None
        figures["morale"] = min(team.morale for team in self.teams)
        figures["morale_by_team"] = {name: team.morale for name, team in zip(TEAMS, self.teams, strict=True)}
        figures["adoption_by_team"] = {name: 100 * team.adoption for name, team in zip(TEAMS, self.teams, strict=True)}
        figures["adkar"] = {
            name: dict(zip(ELEMENTS, team.ready, strict=True)) for name, team in zip(TEAMS, self.teams, strict=True)
        }
        share = sum(team.adoption for team in self.teams) / len(self.teams)
        spirit = sum(team.morale for team in self.teams) / len(self.teams)
        came = max(1, figures["arrived"])
        score = 86 + 7 * share + 3 * (spirit - 3.2) - 3 * figures["approvals"] / came - 30 * figures["redone"] / came
        figures["qa_score"] = score + 1.4 * self.world.quality[week - 1]

    # ---- pilot, triggers, actions ------------------------------------------------------------

    def _pilot(self, week: int) -> None:
        plan = self.plan
        if not self.gate_week or plan["pilot_team"] == "none" or week != self.gate_week or self.stopped:
            return
        effect = self.pilot_effect(plan["pilot_start"], week)
        choice = "go" if effect["pp"] >= plan["go_at"] else "stop" if effect["pp"] <= plan["stop_at"] else "adapt"
        if choice == "adapt" and self.adapted:
            # There is no third time: better than stop is good enough after an extension.
            choice = "go"
        choice = self.by_hand.get((week, -1), choice)
        self.say(week, "gate", decision=choice, **effect)
        if choice == "stop":
            self.stopped = True
            self.live = {name: 0 for name in TEAMS}
            for team in self.teams:
                team.adoption = 0.0
        elif choice == "adapt":
            self.adapted = True
            self._mend(week + 1, "the pilot")
            self.gate_week += 2
            self.begins += 2
            self.live = {name: start + 2 if start > week else start for name, start in self.live.items()}

    def pilot_effect(self, first: int, last: int) -> dict:
        """What the pilot says: the team's gain in cases closed in five days, less the gain of the other teams.

        Counted by the week in which cases came in, so that what came before the pilot is not
        held against it; the first two weeks, of learning, and the last, whose cases have not had
        five days yet, are left out where the pilot is long enough. In percentage points, with
        the margin of a 95% interval and the numbers of cases.
        """
        pilot = TEAMS.index(self.plan["pilot_team"])
        now, then = self._in_five(min(first + 2, max(first, last - 2)), max(first, last - 1)), self._in_five(*BASELINE)

        def pooled(counts: list[list[int]], mine: bool) -> tuple[int, int]:
            chosen = [counts[n] for n in range(len(TEAMS)) if (n == pilot) == mine]
            return sum(good for good, _ in chosen), sum(all_ for _, all_ in chosen)

        shares, variance, sizes = [], 0.0, []
        for counts, mine in ((now, True), (then, True), (now, False), (then, False)):
            good, size = pooled(counts, mine)
            share = good / size if size else 0.0
            shares.append(share)
            sizes.append(size)
            variance += share * (1 - share) / size if size else 0.25
        pp = 100 * ((shares[0] - shares[1]) - (shares[2] - shares[3]))
        return {"pp": pp, "margin_pp": 196 * variance**0.5, "n": sizes[0], "others_n": sizes[2]}

    def _in_five(self, first: int, last: int) -> list[list[int]]:
        cases, counts = self.floor.cases, [[0, 0] for _ in TEAMS]
        starts = cases.week_starts
        for case in range(starts[first + WARM_UP - 1], starts[last + WARM_UP]):
            row = counts[cases.team[case]]
            at = self.floor.closed_at[case]
            row[0] += 0 < at <= cases.arrives[case] + _FIVE_DAYS
            row[1] += 1
        return counts

    def _watch(self, week: int, figures: dict) -> None:
        starts = min((start for start in self.live.values() if start), default=0)
        for n, trigger in enumerate(self.plan["triggers"]):
            value = figures[trigger["kpi"]]
            hit = value is not None and (value < trigger["value"] if trigger["op"] == "<" else value > trigger["value"])
            self.rows[n] = self.rows[n] + 1 if hit else 0
            if starts and week >= starts and self.rows[n] >= trigger["weeks"] and week >= self.rested[n]:
                self.rested[n] = week + _REST
                action = self.by_hand.get((week, n), trigger["action"])
                self.say(week, "trigger", trigger=n, kpi=trigger["kpi"], value=value)
                self.act(week, action, n)
        for (at, place), action in self.by_hand.items():
            if at == week and place == -2:
                self.act(week, action, -2)

    def act(self, week: int, action: str, trigger: int) -> None:
        """Does one of ACTIONS from next week on, if the reserve pays for it."""
        price = ACTIONS[action]
        if price > self.reserve:
            self.say(week, "no money", action=action, trigger=trigger, needs_gbp=price, reserve_gbp=self.reserve)
            return
        self.reserve -= price
        self.spent += price
        if action == "coach_weakest":
            using = [n for n, name in enumerate(TEAMS) if self.live[name] and self.live[name] <= week] or [0]
            action = f"coach_team_{TEAMS[min(using, key=lambda n: self.teams[n].adoption)]}"
        self.say(week, "action", action=action, trigger=trigger)
        if action.startswith("coach_team_"):
            self.coached[TEAMS.index(action[-1])] = week + 1 + _COACHED_FOR
        elif action == "raise_limit":
            self.limit = min(150.0, self.limit + _RAISE_GBP)
        elif action == "fix_template":
            self._mend(week + 1, "a trigger")
        elif action == "pause":
            self.paused = week + 1 + _PAUSED_FOR
            self.live = {
                name: start + _PAUSED_FOR if start > week and start + _PAUSED_FOR <= WEEKS else start
                for name, start in self.live.items()
            }
        elif action == "investigate_data":
            self.looking = week + _LOOKED_FOR
        elif action == "manager_hours":
            self.more_hours = week + 1 + _HOURS_FOR


def _outside(made: World, week: int) -> dict:
    """What the world does to the work of a week: a courier strike of two weeks, an outage of two days."""
    strike, outage = made.situation.week_of("courier strike"), made.situation.week_of("system outage")
    if week < 1:
        return {}
    start = (week + WARM_UP - 1) * WEEK * TICKS
    return {
        "strike": 0 < strike <= week < strike + 2,
        "pause": (start, start + 2 * DAY * TICKS) if week == outage else (0, 0),
    }


def _touches(plan: dict) -> bool:
    return any(plan[name] != NO_CHANGE[name] for name in ("messages", "involvement", "training_hours", "coaching_hours", "early_win"))  # fmt: skip


def _figures(floor: Floor, k: int, week: int, busy_season: float, away: float, limit: float) -> dict:
    """The figures of one week of one site, from what it left behind."""
    tally, cases, f = floor.weeks[k], floor.cases, FIGURES
    days, in5, chased, happy = [], 0, 0, 0
    careful, careful_in5 = 0, 0
    for case, at in tally.closed:
        took = at - cases.arrives[case]
        in5 += took <= _FIVE_DAYS
        if cases.vulnerable[case]:
            careful += 1
            careful_in5 += took <= _FIVE_DAYS
        took /= DAY * TICKS
        days.append(took)
        again = floor.reopened[case]
        chance = f["chase_day"] * max(0.0, took - f["chase_free_days"])
        chased += again or cases.chase[case] < chance
        glad = f["happy"] - f["happy_day"] * min(took, f["happy_days"])
        glad -= f["happy_reopened"] if again else 0.0
        glad += f["happy_fresh"] if floor.fresh[case] else 0.0
        happy += cases.happy[case] < glad
    days.sort()
    closed = len(days)
    open_ = cases.week_starts[k + 1] - sum(len(done.closed) for done in floor.weeks[: k + 1])
    share = floor.share
    minutes = [tally.busy[n] * share[name] / TICKS for n, name in enumerate(STATIONS)]
    calls = PHONES["calls"] * busy_season * (1 - PHONES["chasing"] + PHONES["chasing"] * open_ / PHONES["usual_open"])
    handling = PHONES["handling_s"]
    agents = agents_on_the_lines(PHONES["agents"], away)
    chases = chased + 0.02 * open_
    # The more an agent may give, the more is given that a second look would have kept.
    leak = tally.decided * (f["leak"] + f["leak_pound"] * max(0.0, limit - 50))
    cost = (
        minutes[0] * PHONES["agent_gbp"] + minutes[1] * PHONES["desk_gbp"] + minutes[2] * PHONES["manager_gbp"]
        + chases * PHONES["chase_gbp"] + leak
    )  # fmt: skip
    return {
        "week": week,
        "arrived": tally.arrived,
        "closed": closed,
        "open": open_,
        "in5_pct": 100 * in5 / closed if closed else None,
        "vulnerable_closed": careful,
        "vulnerable_in5": careful_in5,
        "median_days": _quantile(days, 0.5),
        "p90_days": _quantile(days, 0.9),
        "reopen_pct": 100 * tally.reopened / tally.replies if tally.replies else None,
        "csat_pct": 100 * happy / closed if closed else None,
        "fcr_pct": 100 * (closed - chased) / closed if closed else None,
        "aht_min": sum(minutes) / tally.replies if tally.replies else None,
        "service_level_pct": 100 * service_level(agents, workload(calls, handling), handling, PHONES["within_s"]),
        "cost_gbp": cost,
        "cost_each_gbp": cost / closed if closed else None,
        "waits_days": {
            name: tally.waited[n] / tally.visits[n] / TICKS / DAY if tally.visits[n] else 0.0
            for n, name in enumerate(STATIONS)
        },
        "visits": dict(zip(STATIONS, tally.visits, strict=True)),
        "minutes": dict(zip(STATIONS, minutes, strict=True)),
        "approvals": tally.approvals,
        "redone": tally.redone,
        "fresh": tally.fresh,
    }


def _quantile(ordered: list[float], share: float) -> float | None:
    """A quantile of figures in order, between two of them where it falls between."""
    if not ordered:
        return None
    at = share * (len(ordered) - 1)
    low = int(at)
    if low + 1 == len(ordered):
        return ordered[low]
    return ordered[low] + (at - low) * (ordered[low + 1] - ordered[low])


def run(
    plan: dict, seed: int = 0, weeks: int = WEEKS, *, like: int | None = None, decisions: Sequence[dict] = ()
) -> Year:
    """One year at North under a plan, week by week.

    plan: levers by name; what it leaves out stays as it is today (see ``NO_CHANGE``).
    seed: which luck; like: which situation (the seed's own if left out). weeks: how many of
    the 52 to play. decisions: what is decided by hand instead of by the plan's own rules,
    each ``{"week": 17, "action": "stop"}`` at the pilot's gate (go, adapt, stop),
    ``{"week": 24, "trigger": 0, "action": "hold"}`` when a trigger fires, or
    ``{"week": 24, "trigger": -2, "action": "coach_team_B"}`` at any other time.
    Raises Problem if the plan cannot be played.
    """
    plan = check(plan)
    if isinstance(weeks, bool) or not isinstance(weeks, int) or not 1 <= weeks <= WEEKS:
        raise Problem(f"The lab plays 1 to {WEEKS} weeks, not {weeks!r}.")
    for place, one in enumerate(decisions, start=1):
        _check_decision(one, place)
    made = world(seed, like)
    play = _Play(plan, made, decisions)
    for week in range(1 - WARM_UP, weeks + 1):
        play.week(week)
    return Year(plan, seed, seed if like is None else like, play.weeks, play.log, play.spent, play.floor)


@lru_cache(maxsize=48)
def west(seed: int, like: int) -> list[dict]:
    """The year of West, the comparison site: the same luck outside, and no change."""
    made = world(seed, like)
    floor = Floor(made.west, 1, made.situation)
    found = []
    for k in range(WARM_UP + WEEKS):
        week = k - WARM_UP + 1
        floor.play(k, Rules(**_outside(made, week)))
        if week >= 1:
            figures = _figures(floor, k, week, season(made.situation, week), 0.0, 0.0)
            found.append(figures)
    return found


def lucks(seed: int, count: int = RUNS) -> list[int]:
    """The seeds of so many years that begin like the year of this seed, and have luck of their own; itself first."""
    return [(seed + 10_007 * n) % 4294967296 for n in range(count)]


def years(plan: dict, seeds: Sequence[int], *, like: int | None = None) -> list[Year]:
    """The same plan under each of the seeds, each year following the plan's own rules for gate and triggers."""
    return [run(plan, seed, like=like) for seed in seeds]


def bands(played: Sequence[Year], kpi: str) -> list[dict[str, float | None]]:
    """The 10th, 50th and 90th percentile of a weekly figure over many years, for each week.

    In words: of the years played, one in ten lies below the band and one in ten above it.
    Raises Problem for a figure that the lab does not have.
    """
    if kpi not in KPIS:
        raise Problem(f"The lab has no weekly figure '{kpi}'. {nearest(str(kpi), KPIS, 'It has')}")
    found = []
    for n in range(min(len(year.weeks) for year in played)):
        values = sorted(year.weeks[n][kpi] for year in played if year.weeks[n][kpi] is not None)
        found.append({"week": n + 1, **{f"p{p}": _quantile(values, p / 100) for p in (10, 50, 90)}})
    return found


def pooled(weeks: Sequence[dict], kpi: str, first: int, last: int) -> float | None:
    """A figure over several weeks; shares and averages of cases count each week by its cases."""
    chosen = [w for w in weeks if first <= w["week"] <= last and w[kpi] is not None]
    if not chosen:
        return None
    by_case = kpi in (
        "in5_pct",
        "csat_pct",
        "fcr_pct",
        "cost_each_gbp",
        "median_days",
        "p90_days",
        "reopen_pct",
        "aht_min",
    )
    weight = [w["closed"] if by_case else 1 for w in chosen]
    return sum(w[kpi] * share for w, share in zip(chosen, weight, strict=True)) / sum(weight)


def _check_decision(one: object, place: int) -> None:
    if not isinstance(one, dict) or not {"week", "action"} <= set(one) <= {"week", "trigger", "action"}:
        raise Problem(f"Decision {place} needs a week and an action.")
    week, trigger = one["week"], one.get("trigger", -1)
    if isinstance(week, bool) or not isinstance(week, int) or not 1 <= week <= WEEKS:
        raise Problem(f"Decision {place} must be of week 1 to {WEEKS}, but it is of {week!r}.")
    if isinstance(trigger, bool) or not isinstance(trigger, int):
        raise Problem(f"Decision {place} names the trigger {trigger!r}; triggers are numbered from 0.")
    known = GATE if trigger == -1 else tuple(ACTIONS)
    if one["action"] not in known:
        raise Problem(f"Decision {place} is {one['action']!r}; it can be {', '.join(known)}.")
