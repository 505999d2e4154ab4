"""How different people would fill in PR4. Each recipe gives the answer of one kind of person for one case.

``put-it-into-practice.personas.yml`` says what each of them must earn and be told.
"""

import math
from copy import deepcopy

from cslearn.methods import communication, pilots
from cslearn.northfold import practice

_CHECKS = ["attendance", "happy_sheet", "test", "observe", "numbers"]


# ---- training --------------------------------------------------------------------------------


def _answer(case, waves, check="observe", away_counts=True) -> dict:
    """Waves with the service levels that they lead to, to a tenth of a percent."""
    away = dict.fromkeys(practice.TRAINING_WEEKS, 0)
    for row in waves:
        if row["group"] != "leaders" and row["method"] not in ("self_study", "briefing") and away_counts:
            away[row["week"]] += row["heads"]
    return {
        "waves": waves,
        "sl": {f"w{-week}": round(practice.level(case.facts, week, heads), 1) for week, heads in away.items()},
        "check_learning": check,
    }


def _wave(week, group, heads, hours, method) -> dict:
    return {"week": week, "group": group, "heads": heads, "hours": hours, "method": method}


def _spread(case, weeks=practice.TRAINING_WEEKS, more_hours=0) -> list[dict]:
    """Everyone who lacks something, as early in these weeks as the lines can spare them."""
    room, waves = practice.spare(case.facts), []
    for need in case.facts["needs"]:
        hours = case.facts["hours"][need["method"]] + more_hours
        if need["group"] == "leaders":
            waves.append(_wave(weeks[1], "leaders", need["heads"], hours, "mentoring"))
            continue
        left = need["heads"]
        for week in weeks:
            heads = min(left, room[week])
            if heads:
                waves.append(_wave(week, need["group"], heads, hours, need["method"]))
                room[week] -= heads
                left -= heads
        assert left == 0
    return waves


def training_expert(case, rng) -> dict:
    return _answer(case, _spread(case))


def training_other_expert(case, rng) -> dict:
    """As late as it goes, an hour longer, and service levels in whole percent."""
    answer = _answer(case, _spread(case, practice.TRAINING_WEEKS[::-1], more_hours=1))
    answer["sl"] = {week: float(round(level)) for week, level in answer["sl"].items()}
    return answer


def training_random(case, rng) -> dict:
    waves = [
        _wave(rng.randint(-8, -1), rng.choice(list(practice.GROUPS)), rng.randint(1, 4), rng.randint(1, 8), rng.choice(list(practice.METHODS)))
        for _ in range(rng.randint(4, 12))
    ]  # fmt: skip
    return {
        "waves": waves,
        "sl": {f"w{n}": float(rng.randint(40, 100)) for n in range(8, 0, -1)},
        "check_learning": rng.choice(_CHECKS),
    }


def training_tick_everything(case, rng) -> dict:
    """Every group by every method, twelve at a time, in the hope that something sticks."""
    pairs = [(group, method) for group in practice.GROUPS for method in practice.METHODS]
    return {
        "waves": [_wave(-8 + n % 8, group, 12, 40, method) for n, (group, method) in enumerate(pairs)],
        "sl": {f"w{n}": 100.0 for n in range(8, 0, -1)},
        "check_learning": "observe",
    }


def training_minimal(case, rng) -> dict:
    """One person in one wave, with everything else filled in well."""
    need = case.facts["needs"][0]
    week = next(week for week, heads in practice.spare(case.facts).items() if heads)
    return _answer(case, [_wave(week, need["group"], 1, case.facts["hours"][need["method"]], need["method"])])


def training_all_at_once(case, rng) -> dict:
    """Gareth's way: everybody in one week, so that it is done."""
    hours = case.facts["hours"]
    return _answer(
        case, [_wave(-1, n["group"], n["heads"], hours[n["method"]], n["method"]) for n in case.facts["needs"]]
    )


def training_a_group_a_week(case, rng) -> dict:
    """A whole group leaves together, whatever the week is like."""
    hours = case.facts["hours"]
    groups = ["full_time", "part_time", "new", "leaders"]
    return _answer(
        case,
        [_wave(-8 + 2 * groups.index(n["group"]), n["group"], n["heads"], hours[n["method"]], n["method"]) for n in case.facts["needs"]],
    )  # fmt: skip


def training_one_week_too_full(case, rng) -> dict:
    """The expert, with everything of one good week moved into the sale."""
    waves, room = _spread(case), practice.spare(case.facts)
    sale = next(row["week"] for row in case.facts["forecast"] if row["sale"])
    used = {w["week"] for w in waves if w["group"] != "leaders" and w["week"] != sale}
    moved = max(used, key=lambda week: (room[week], -week))
    return _answer(case, [w | {"week": sale} if w["week"] == moved else w for w in waves])


def training_workshops_for_all(case, rng) -> dict:
    """Tells everyone how, also those who know it."""
    hours = case.facts["hours"]["workshop"]
    return _answer(
        case,
        [w | {"method": "workshop", "hours": hours} if w["method"] == "coaching" else w for w in _spread(case)],
    )


def training_slides(case, rng) -> dict:
    """Nobody leaves the lines: slides for everyone, to be read alone."""
    return _answer(case, [w | {"method": "self_study"} for w in _spread(case)])


def training_half_the_hours(case, rng) -> dict:
    return _answer(case, [w | {"hours": w["hours"] / 2} for w in _spread(case)])


def training_coaches_the_leaders(case, rng) -> dict:
    return _answer(case, [w | {"method": "coaching"} if w["group"] == "leaders" else w for w in _spread(case)])


def training_full_rota(case, rng) -> dict:
    """Reads the service level off the full rota, as if nobody were away."""
    return _answer(case, _spread(case), away_counts=False)


def training_counts_names(case, rng) -> dict:
    return _answer(case, _spread(case), check="attendance")


def training_tests_at_the_end(case, rng) -> dict:
    return _answer(case, _spread(case), check="test")


# ---- pilot -----------------------------------------------------------------------------------


def _sound(case, team=None, measures=("in5_pct", "reopen_pct", "morale", "adoption"), middle=0.5) -> dict:
    facts, base = case.facts, practice.baselines(case)
    before, wanted = facts["in5_before"], facts["wanted_points"]
    ordinary = [t["team"] for t in facts["teams"] if t["team"] != case.planted["best_team"]]
    team = team or ordinary[0]
    cases = pilots.cases_each(before / 100, (before + wanted) / 100)
    rates = {t["team"]: t["cases_week"] for t in facts["teams"]}
    rate = rates.get(team, sum(rates.values()) / len(rates))
    kinds = {name: practice.MEASURES[name].kinds[0] for name in measures}
    owners = {"outcome": "site_manager", "process": "team_leaders", "balancing": "analyst", "people": "hr"}
    rows = []
    for n, name in enumerate(measures):
        low, high = practice.band(facts, name, base[name])
        rows.append({
            "kpi": name, "kind": kinds[name], "baseline": base[name],
            "target": round(low + middle * (high - low), practice.MEASURES[name].digits),
            "by": 13 if n == 0 else 8, "owner": owners[kinds[name]],
        })  # fmt: skip
    return {
        "pilot": {
            "team": team, "start": -18, "weeks": math.ceil(cases / rate), "n": cases, "compare_with": "other_teams", "decide": -9,
            "go": {"kpi": "in5_pct", "op": ">=", "value": before + wanted / 2},
            "stop": {"kpi": "in5_pct", "op": "<=", "value": before}, "rollback": "keep_old",
        },
        "measures": rows,
        "msgs": [
            _message("leaders", -6, "workshop", True, "A"), _message("agents", -5, "huddle", True, "D"),
            _message("agents", -2, "workshop", True, "K"), _message("customers", -1, "email", False, "A"),
            _message("agents", 1, "huddle", True, "Ab"), _message("agents", 4, "huddle", True, "R"),
            _message("agents", 7, "email", True, "R"),
        ],
        "law_checks": list(case.planted["unlawful"]),
    }  # fmt: skip


def _message(to, week, channel, two_way, purpose) -> dict:
    return {"to": to, "week": week, "channel": channel, "two_way": two_way, "purpose": purpose}


def pilot_expert(case, rng) -> dict:
    return _sound(case)


def pilot_other_expert(case, rng) -> dict:
    """The other ordinary team, lines on another measure, the rule of sixteen, other measures, cautious targets."""
    facts, base = case.facts, practice.baselines(case)
    team = next(t["team"] for t in reversed(facts["teams"]) if t["team"] != case.planted["best_team"])
    answer = _sound(case, team, ("csat_pct", "aht_min", "cost_each_gbp", "morale", "qa_score"), middle=0.0)
    before, wanted = facts["in5_before"] / 100, facts["wanted_points"] / 100
    cases = pilots.cases_by_rule_of_sixteen(before, before + wanted)
    rate = next(t["cases_week"] for t in facts["teams"] if t["team"] == team)
    answer["pilot"] |= {
        "n": cases, "weeks": math.ceil(cases / rate), "start": -18,
        "go": {"kpi": "csat_pct", "op": ">=", "value": base["csat_pct"] + 6},
        "stop": {"kpi": "csat_pct", "op": "<=", "value": base["csat_pct"] - 1},
    }  # fmt: skip
    for row in answer["measures"]:
        row["by"] = 16
    return answer


def pilot_random(case, rng) -> dict:
    def line():
        return {
            "kpi": rng.choice(list(practice.MEASURES)),
            "op": rng.choice([">=", "<="]),
            "value": rng.randint(1, 100),
        }

    return {
        "pilot": {
            "team": rng.choice([*practice.TEAMS, "volunteers"]), "start": rng.randint(-18, 4), "weeks": rng.randint(1, 12),
            "n": rng.randint(10, 400), "compare_with": rng.choice(["other_teams", "before", "north", "nothing"]),
            "decide": rng.randint(-18, 8), "go": line(), "stop": line(),
            "rollback": rng.choice(["keep_old", "board", "burn_bridges", "none"]),
        },
        "measures": [
            {
                "kpi": rng.choice(list(practice.MEASURES)), "kind": rng.choice(list(practice.KINDS)), "baseline": rng.randint(1, 100),
                "target": rng.randint(1, 100), "by": rng.randint(1, 30), "owner": rng.choice(["lead", "site_manager", "team_leaders", "analyst", "hr", "everyone"]),
            }
            for _ in range(rng.randint(3, 5))
        ],
        "msgs": [
            _message(rng.choice(["leaders", "agents", "customers", *practice.TEAMS]), rng.randint(-8, 8), rng.choice(list(communication.CHANNELS)),
                     rng.random() < 0.5, rng.choice(["A", "D", "K", "Ab", "R"]))
            for _ in range(rng.randint(3, 10))
        ],
        "law_checks": [f"L{n}" for n in range(1, 9) if rng.random() < 0.5],
    }  # fmt: skip


def pilot_tick_everything(case, rng) -> dict:
    """Everything at its most: all cases, all points of law, the highest of each figure."""
    high = {"kpi": "in5_pct", "op": ">=", "value": 100}
    return {
        "pilot": {
            "team": "volunteers", "start": -18, "weeks": 20, "n": 5000, "compare_with": "nothing", "decide": 12, "go": high, "stop": dict(high),
            "rollback": "board",
        },
        "measures": [
            {"kpi": name, "kind": "people", "baseline": 100, "target": 100, "by": 52, "owner": "everyone"} for name in list(practice.MEASURES)[:5]
        ],
        "msgs": [_message("agents", 0, "poster", True, purpose) for purpose in ("A", "D", "K", "Ab", "R") for _ in range(4)],
        "law_checks": [f"L{n}" for n in range(1, 9)],
    }  # fmt: skip


def pilot_minimal(case, rng) -> dict:
    """A team, a start, one measure and one message: valid, and nearly empty."""
    answer = _sound(case, measures=("in5_pct",))
    blank = {"kpi": None, "op": None, "value": None}
    answer["pilot"] |= {
        "weeks": None,
        "n": None,
        "decide": None,
        "go": dict(blank),
        "stop": dict(blank),
        "rollback": None,
    }
    answer["msgs"] = answer["msgs"][:1]
    answer["law_checks"] = answer["law_checks"][:1]
    return answer


def _changed(case, **pilot) -> dict:
    answer = _sound(case)
    answer["pilot"] |= pilot
    return answer


def pilot_too_small(case, rng) -> dict:
    return _changed(case, n=20, weeks=1)


def pilot_too_short(case, rng) -> dict:
    """Enough cases on paper, and two weeks in which a team has half as many."""
    return _changed(case, weeks=2)


def pilot_best_team(case, rng) -> dict:
    return _sound(case, case.planted["best_team"])


def pilot_volunteers(case, rng) -> dict:
    return _sound(case, "volunteers")


def pilot_no_comparison(case, rng) -> dict:
    return _changed(case, compare_with="nothing")


def pilot_soft_launch(case, rng) -> dict:
    """A pilot that cannot say no: nothing at which it stops, no way back, and nothing to compare with."""
    return _changed(
        case, stop={"kpi": None, "op": None, "value": None}, rollback="burn_bridges", compare_with="nothing"
    )


def pilot_rolls_out_first(case, rng) -> dict:
    """The date was announced: the roll-out starts, and the pilot is decided two weeks later."""
    return _changed(case, start=-4, decide=8)


def pilot_decides_before_it_knows(case, rng) -> dict:
    answer = _sound(case)
    answer["pilot"]["decide"] = answer["pilot"]["start"] + 2
    return answer


def pilot_trains_before_it_decides(case, rng) -> dict:
    return _changed(case, start=-14, decide=-2)


def pilot_overlapping_lines(case, rng) -> dict:
    before = case.facts["in5_before"]
    return _changed(
        case,
        go={"kpi": "in5_pct", "op": ">=", "value": before + 2},
        stop={"kpi": "in5_pct", "op": "<=", "value": before + 10},
    )


def pilot_lines_the_wrong_way(case, rng) -> dict:
    before = case.facts["in5_before"]
    return _changed(
        case,
        go={"kpi": "in5_pct", "op": "<=", "value": before + 10},
        stop={"kpi": "in5_pct", "op": ">=", "value": before},
    )


def _with_measures(case, change) -> dict:
    answer = _sound(case)
    base = practice.baselines(case)
    for row in answer["measures"]:
        change(row, base[row["kpi"]])
    return answer


def pilot_no_baseline(case, rng) -> dict:
    return _with_measures(case, lambda row, base: row.update(baseline=None))


def pilot_norths_figures(case, rng) -> dict:
    """Takes the other column: North's figures, half a year after the change."""
    return _with_measures(case, lambda row, base: row.update(baseline=practice.north(case.facts, row["kpi"], base)))


def pilot_boards_wishes(case, rng) -> dict:
    return _with_measures(case, lambda row, base: row.update(target=practice.wish(case.facts, row["kpi"], base)))


def pilot_only_outcomes(case, rng) -> dict:
    """Looks at what the change is for, and at nothing that could pay for it."""
    return _sound(case, measures=("in5_pct", "csat_pct", "adoption"))


def pilot_everyone_owns_it(case, rng) -> dict:
    return _with_measures(case, lambda row, base: row.update(owner="everyone"))


def pilot_never_looks_again(case, rng) -> dict:
    return _with_measures(case, lambda row, base: row.update(by=6))


def pilot_silence_after_the_start(case, rng) -> dict:
    answer = _sound(case)
    answer["msgs"] = [row for row in answer["msgs"] if row["week"] < 0]
    return answer


def pilot_all_told_at_once(case, rng) -> dict:
    """One broadcast to all, on the day of the start."""
    answer = deepcopy(_sound(case))
    answer["msgs"] = [
        _message(to, 0, "intranet", False, "A") for to in ("leaders", "agents", "customers", "team6", "team7", "team8")
    ]
    return answer


def pilot_no_thought_of_law(case, rng) -> dict:
    return _sound(case) | {"law_checks": []}


def pilot_ticks_every_point(case, rng) -> dict:
    return _sound(case) | {"law_checks": [f"L{n}" for n in range(1, 9)]}


def pilot_afraid_of_law(case, rng) -> dict:
    """Calls the lawful points unlawful, and the others lawful."""
    return _sound(case) | {
        "law_checks": [row["id"] for row in case.facts["law"] if row["id"] not in case.planted["unlawful"]]
    }
