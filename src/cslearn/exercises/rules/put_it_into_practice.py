"""PR4 "Put it into practice": how the training under load, and the pilot with its messages and measures, are marked.

Service levels are worked out again by Erlang C from the learner's own waves, and the size of
the pilot by the formula for two shares. Targets are judged on the learner's own baseline, as
long as it is near the case's, and the length of the pilot on their own number of cases: one
slip is lost once. What is kept by planning nothing earns nothing: it is multiplied by the
share of the needed training, or by the rows that are there.
"""

import math
from collections.abc import Iterable, Mapping

from cslearn.exercises.award import Award, Part
from cslearn.exercises.rules.words import listed
from cslearn.methods import communication, pilots
from cslearn.northfold import practice
from cslearn.northfold.case import Case

# A staffing table is read to the whole percent or to a tenth of one.
_NEAR = 0.6
# One week below the goal is a slip; a week in which hardly half get through is no plan.
_HALF_LOST = 50.0
_SIZE = 0.25
_FEWEST_MESSAGES, _FEWEST_MEASURES = 6, 3
_LASTING = 13
# A stop line further below the baseline than this share of what the lab has delivered would never be reached.
_REACH = 0.3
_TEAM_NAMES = {**practice.TEAMS, "volunteers": "volunteers from all teams"}
_CHECKS = {
    "attendance": "A list of names shows who sat there, and not who can do it.",
    "happy_sheet": "A sheet on which people say how they liked it shows whether they liked it.",
    "test": "A test at the end shows what people know on that day. Whether they can do it, with a customer waiting, shows a week later.",
    "numbers": "Handling time falls for many reasons, and the weakest cases are often the quickest.",
}


# ---- PR4.1 training under load -----------------------------------------------------------------


def training(answer: dict, case: Case) -> Award:
    """Four marks: what people lack is covered, 80% is kept in every week, own service levels, and a check of what was learnt."""
    table = _Training(answer, case)
    parts = (table.needs_part(), table.service_part(), table.own_part(), table.check_part())
    return Award(parts, tuple(table.notes()), evidence=tuple(table.evidence()))


class _Training:
    """A learner's waves beside what people lack and what the lines can spare."""

    def __init__(self, answer: dict, case: Case):
        self.answer, self.facts = answer, case.facts
        self.needs = {(need["group"], need["method"]): need["heads"] for need in self.facts["needs"]}
        self.people = sum(self.needs.values())
        filled = [row for row in answer["waves"] if any(value is not None for value in row.values())]
        self.waves = [row for row in filled if all(value is not None for value in row.values())]
        self.unfinished = len(filled) - len(self.waves)
        given: dict[tuple[str, str], float] = {}
        self.too_short: tuple[dict, int] | None = None
        for row in self.waves:
            wanted = self.facts["hours"].get(row["method"])
            share = min(1.0, row["hours"] / wanted) if wanted else 0.0
            if wanted and share < 1 and not self.too_short:
                self.too_short = (row, wanted)
            key = (row["group"], row["method"])
            given[key] = given.get(key, 0.0) + row["heads"] * share
        covered = sum(min(heads, given.get(need, 0.0)) for need, heads in self.needs.items())
        # Whoever is trained in what they do not lack is missing from the lines for nothing.
        vain = sum(max(0.0, heads - self.needs.get(key, 0)) for key, heads in given.items())
        self.given = given
        self.coverage = max(0.0, covered - vain) / self.people
        away = dict.fromkeys(practice.TRAINING_WEEKS, 0)
        for row in self.waves:
            if row["group"] != "leaders" and row["method"] not in ("self_study", "briefing"):
                away[row["week"]] += row["heads"]
        self.away = away
        self.levels = {week: practice.level(self.facts, week, heads) for week, heads in away.items()}
        self.low = [week for week, level in self.levels.items() if level < 100 * practice.GOAL]

    def _empty(self, name: str, maximum: float) -> Part | None:
        if self.waves:
            return None
        return Part(name, 0.0, maximum, "No wave is complete yet. Give each its week, group, heads, hours and method.")

    def _in_part(self, sentence: str) -> str:
        if self.coverage < 1:
            sentence += (
                f" Your waves give {self.coverage:.0%} of the training that is needed, so this counts for that much."
            )
        return sentence

    def needs_part(self) -> Part:
        if empty := self._empty("needs", 1.0):
            return empty
        sentence, error = self._unmet()
        return Part("needs", self.coverage, 1.0, sentence, error=error)

    def _unmet(self) -> tuple[str, str | None]:
        told = [
            row
            for row in self.waves
            if row["method"] in ("self_study", "briefing")
            or (row["method"] == "workshop" and self.given.get((row["group"], "coaching"), 0) == 0 and (row["group"], "coaching") in self.needs)
        ]  # fmt: skip
        missing = {
            need: heads - self.given.get(need, 0.0)
            for need, heads in self.needs.items()
            if self.given.get(need, 0.0) < heads
        }
        surplus = {
            key: heads - self.needs.get(key, 0) for key, heads in self.given.items() if heads > self.needs.get(key, 0)
        }
        if not missing and not surplus:
            return "Everyone gets what they lack, by a method that fits, and for long enough.", None
        if missing and (("leaders", "mentoring") in missing) and self.given.get(("leaders", "coaching"), 0):
            return (
                "The team leaders wish for talks with somebody who has done the job. That is mentoring;"
                " a coach sits beside people at a task and asks."
            ), "coaching taken for mentoring"
        if told and any(method == "coaching" for _, method in missing):
            group = next(group for group, method in missing if method == "coaching")
            return (
                f"{practice.GROUPS[group]}: some know how already, and cannot do it yet with a customer waiting. Telling them"
                " once more does not help. They need practice with somebody beside them: coaching."
            ), "told what they know already"
        if self.too_short:
            row, wanted = self.too_short
            return (
                f"{practice.GROUPS[row['group']]}, week {practice.week_said(row['week'])}: {row['hours']:g} hours of {row['method']} for each, and"
                f" {wanted} are needed. So the wave counts in part."
            ), "sessions too short"
        if missing:
            (group, method), heads = next(iter(missing.items()))
            count = math.ceil(heads - 1e-9)
            return (
                f"{practice.GROUPS[group]}: {count} more {'needs' if count == 1 else 'need'} {method}. Their line of the skills"
                f" matrix says: {practice.LEVELS[method].lower()}."
            ), "needs left out"
        (group, method), heads = next(iter(surplus.items()))
        return (
            f"{practice.GROUPS[group]}: your waves take {heads:g} more to {method} than need it. They are missing from the lines for nothing."
        ), "trained without a need"

    def service_part(self) -> Part:
        if empty := self._empty("service_level", 1.5):
            return empty
        if not self.low:
            lowest = min(self.levels.values())
            said = f"In every week at least 80% of calls are answered in time; the lowest is {lowest:.0f}%."
            return Part("service_level", 1.5 * self.coverage, 1.5, self._in_part(said))
        week = min(self.low, key=self.levels.__getitem__)
        row = next(row for row in self.facts["forecast"] if row["week"] == week)
        left, heads = row["agents"] - self.away[week], self.away[week]
        now = practice.level(self.facts, week, 0)
        said = (
            f"Week {practice.week_said(week)}: with {heads} of {row['agents']} in training, {max(0, left)} {'is' if left == 1 else 'are'} left on the lines, and {now:.0f}% become"
            f" {self.levels[week]:.0f}%. The last agents to go cost the most. Spread the waves."
        )
        if len(self.low) > 1 or self.levels[week] < _HALF_LOST:
            more = f" It is the lowest of {len(self.low)} weeks below 80%." if len(self.low) > 1 else ""
            return Part("service_level", 0.0, 1.5, said + more, error="nobody to cover")
        return Part(
            "service_level",
            0.5 * self.coverage,
            1.5,
            self._in_part(f"{said} The other weeks are kept."),
            error="nobody to cover",
        )

    def own_part(self) -> Part:
        if empty := self._empty("own_levels", 1.0):
            return empty
        right, said = 0, ""
        for week, level in self.levels.items():
            given = self.answer["sl"][f"w{-week}"]
            if given is not None and abs(given - level) <= _NEAR:
                right += 1
            elif not said:
                row = next(row for row in self.facts["forecast"] if row["week"] == week)
                full = practice.level(self.facts, week, 0)
                left = max(0, row["agents"] - self.away[week])
                said = (
                    f"Week {practice.week_said(week)}: {row['calls']} calls in an hour, and {left} on the lines once {self.away[week]} {'is' if self.away[week] == 1 else 'are'} in training."
                    f" That gives {level:.1f}%, not {_said(given)}."
                )
                if given is not None and self.away[week] and abs(given - full) <= _NEAR:
                    said += " You took the rota as if nobody were away."
        marks = right / len(self.levels) * self.coverage
        if not said:
            return Part("own_levels", marks, 1.0, self._in_part("Your service levels are right, week by week."))
        return Part("own_levels", marks, 1.0, said, error="service level not worked out again")

    def check_part(self) -> Part:
        if empty := self._empty("check_learning", 0.5):
            return empty
        given = self.answer["check_learning"]
        if given == "observe":
            said = self._in_part("You look a week later, at a real case. That shows whether people can do it.")
            return Part("check_learning", 0.5 * self.coverage, 0.5, said)
        said = _CHECKS.get(given, "Say how you will know that people have learnt it.")
        if given:
            said += " Watch a real case, a week later, against the standard."
        marks = 0.2 * self.coverage if given == "test" else 0.0
        return Part("check_learning", marks, 0.5, said, error="learning not checked" if given else None)

    def notes(self) -> Iterable[str]:
        if self.unfinished:
            yield f"{self.unfinished} of your waves {'is' if self.unfinished == 1 else 'are'} not complete, and did not count."

    def evidence(self) -> Iterable[str]:
        """For the tutor: how much of the training is planned, and the lowest week beside the learner's figure for it."""
        if not self.waves:
            return
        week = min(self.levels, key=self.levels.__getitem__)
        given = self.answer["sl"][f"w{-week}"]
        yield (
            f"Training: {len(self.waves)} waves give {self.coverage:.0%} of what people lack. Lowest week: {practice.week_said(week)}, with {self.away[week]}"
            f" away; the learner has {_said(given)}, Erlang C gives {self.levels[week]:.1f}%."
        )


# ---- PR4.2 pilot, messages, measures -----------------------------------------------------------


def pilot(answer: dict, case: Case) -> Award:
    """Six marks: size, team, lines for go and stop, measures, targets, messages, and points of law."""
    table = _Pilot(answer, case)
    parts = (
        table.size_part(),
        table.team_part(),
        table.lines_part(),
        table.measures_part(),
        table.targets_part(),
        table.messages_part(),
        table.law_part(),
    )
    return Award(parts, flags=tuple(table.flags()), evidence=tuple(table.evidence()))


class _Pilot:
    """A learner's pilot, measures and messages beside the case's figures."""

    def __init__(self, answer: dict, case: Case):
        self.answer, self.facts, self.planted = answer, case.facts, case.planted
        self.pilot = answer["pilot"]
        self.baselines = practice.baselines(case)
        before, wanted = self.facts["in5_before"], self.facts["wanted_points"]
        self.needed = pilots.cases_each(before / 100, (before + wanted) / 100)
        rows = {}
        for row in answer["measures"]:
            whole = all(row[key] is not None for key in ("kpi", "kind", "target", "by", "owner", "baseline"))
            if whole and row["owner"] != "everyone" and row["kpi"] not in rows:
                rows[row["kpi"]] = row
        self.rows: dict[str, dict] = rows
        self.begun = [row for row in answer["measures"] if row["kpi"] is not None]
        self.coverage = min(1.0, len(rows) / _FEWEST_MEASURES)
        self.ticked = {id for id in answer["law_checks"] or () if id}
        whole = [
            row for row in answer["msgs"] if all(row[key] is not None for key in ("to", "week", "channel", "purpose"))
        ]
        self.messages = communication.plan(whole)

    # -- the pilot --

    def size_part(self) -> Part:
        own, weeks = self.pilot["n"], self.pilot["weeks"]
        before, wanted = self.facts["in5_before"], self.facts["wanted_points"]
        sum_said = f"To see {before}% become {before + wanted}%, four times in five, each side needs about {self.needed} cases."
        if own is None:
            return Part("size", 0.0, 1.5, f"Say how many cases the pilot counts. {sum_said}")
        marks, error, said = 0.0, None, ""
        low, high = (1 - _SIZE) * self.needed, (1 + _SIZE) * self.needed
        if low <= own <= high:
            marks, said = 0.9, f"{own} cases are enough to see the effect that the board hopes for."
        elif own < low:
            said, error = (
                f"{own} cases are too few: chance alone could hide the effect, or make it. {sum_said}",
                "pilot too small",
            )
        elif own <= 2 * self.needed:
            marks, said = (
                0.45,
                f"{own} cases are more than are needed, and every week longer keeps the others waiting. {sum_said}",
            )
        else:
            said, error = f"{own} cases are far more than are needed. {sum_said}", "pilot too large"
        rate = self._cases_a_week()
        if weeks is None:
            return Part("size", marks, 1.5, f"{said} Say for how many weeks you count.", error=error)
        least = own / rate
        long_enough = math.ceil(least - 0.05)
        if own < 0.5 * self.needed or own > 2 * self.needed:
            return Part("size", marks, 1.5, said, error=error)
        if long_enough <= weeks <= long_enough + 1:
            return Part("size", marks + 0.6, 1.5, f"{said} {weeks} weeks give as many.", error=error)
        if weeks < long_enough:
            said += f" In {weeks} weeks the team has about {rate * weeks:.0f} cases. For {own} you need {long_enough} weeks."
            error = error or "too few weeks for the cases"
        else:
            said += f" {long_enough} weeks would give them, and you take {weeks}."
        return Part("size", marks, 1.5, said, error=error)

    def _cases_a_week(self) -> float:
        rates = {team["team"]: team["cases_week"] for team in self.facts["teams"]}
        return rates.get(self.pilot["team"], sum(rates.values()) / len(rates))

    def team_part(self) -> Part:
        team, other = self.pilot["team"], self.pilot["compare_with"]
        if team is None and other is None:
            return Part("team", 0.0, 0.5, "Say which team tries it, and with whom it is compared.")
        said, error, marks = [], None, 0.0
        if team == self.planted["best_team"]:
            said.append(
                f"{_TEAM_NAMES[team]} is the best of the site. It would make any idea look good, and the others would say so."
            )
            error = "pilot with the best team"
        elif team == "volunteers":
            said.append("Volunteers want it to work. What they can do says little about the others.")
            error = "pilot with volunteers"
        elif team is None:
            said.append("Say which team tries it.")
        else:
            marks += 0.25
            said.append(f"{_TEAM_NAMES[team]} is an ordinary team, so its figures say something about the others.")
        if other == "other_teams":
            marks += 0.25
            said.append("The two other teams, in the same weeks, show what the season does.")
        elif other == "before":
            said.append(
                "Compared with its own past alone, the pilot gets the season's doing too. Take the two other teams, in the same weeks."
            )
            error = error or "no comparison"
        elif other == "north":
            said.append(
                "North has changed already, so it is no comparison. Take the two other teams, in the same weeks."
            )
            error = error or "no comparison"
        else:
            said.append(
                "Without a comparison nobody can tell what the pilot did. Take the two other teams, in the same weeks."
            )
            error = error or "no comparison"
        if self.pilot["n"] is None or self.pilot["weeks"] is None:
            marks /= 2
            said.append("Without cases and weeks it is not yet a pilot, so this counts half.")
        return Part("team", marks, 0.5, " ".join(said), error=error)

    def lines_part(self) -> Part:
        go, stop = self.pilot["go"], self.pilot["stop"]
        set_go = all(go[key] is not None for key in ("kpi", "op", "value"))
        set_stop = all(stop[key] is not None for key in ("kpi", "op", "value"))
        marks, said, error, misconception = 0.0, [], None, None
        go_fault = (
            self._line_fault(go, True)
            if set_go
            else "Write down the figure at which it goes on, before the pilot starts."
        )
        stop_fault = (
            self._line_fault(stop, False)
            if set_stop
            else "Write down the figure at which it stops. A pilot that cannot say no is only an early start."
        )
        marks += 0.2 * (not go_fault) + 0.2 * (not stop_fault)
        if go_fault:
            said.append(go_fault)
            error = "line for go" if set_go else "no line for go"
        if stop_fault:
            said.append(stop_fault)
            error = error or ("line for stop" if set_stop else None)
            misconception = None if set_stop else "PRm3"
        if set_go and set_stop:
            gap = self._gap_fault(go, stop)
            marks += 0.4 * (not gap and not go_fault and not stop_fault)
            if gap:
                said.append(gap)
                error = error or "go and stop overlap"
        if self.pilot["rollback"] == "keep_old":
            marks += 0.2 * (set_go or set_stop)
        else:
            said.append(
                "Keep the old screens, limits and forms until it is decided, and say who may order the way back."
            )
            error = error or "no way back"
        # No line that can say no: whatever else is there, it is a soft launch.
        if not set_stop:
            marks = min(marks, 0.5)
        late = self._timing_fault()
        if late:
            sentence, share, reveals = late
            marks *= share
            said.insert(0, sentence)
            misconception = misconception or reveals
            error = error or (None if reveals else "trained before the decision")
        if not said:
            said.append(
                "Go and stop are figures, with a gap between them, there is a way back, and the decision comes before anything that hangs on it."
            )
        return Part("go_and_stop", marks, 1.0, " ".join(said[:3]), misconception, error)

    def _line_fault(self, line: Mapping, go: bool) -> str:
        measure = practice.MEASURES[line["kpi"]]
        base = self.baselines[measure.name]
        what, side = ("Go", measure.up) if go else ("Stop", not measure.up)
        words = (
            f"{what} if '{measure.label.lower()}' is at {'least' if line['op'] == '>=' else 'most'} {line['value']:g}"
        )
        if (line["op"] == ">=") != side:
            return f"{words}: that is the wrong way round."
        low, high = sorted((base, base + max(self.facts["delivers"][measure.name], key=abs)))
        if go:
            if not low - 1e-9 <= line["value"] <= high + 1e-9 or line["value"] == base:
                better = "better than" if (line["value"] - base) * (1 if measure.up else -1) > 0 else "no better than"
                return (
                    f"{words}: that is {better} {'anything that the lab has delivered' if better == 'better than' else 'the baseline'}."
                    f" The baseline is {base:g}."
                )
            return ""
        reach = _REACH * abs(max(self.facts["delivers"][measure.name], key=abs))
        worst, best = sorted((base - reach if measure.up else base + reach, high if measure.up else low))
        if not worst - 1e-9 <= line["value"] <= best + 1e-9:
            return f"{words}: no pilot would ever come to that. The baseline is {base:g}; set the line near it."
        return ""

    def _gap_fault(self, go: Mapping, stop: Mapping) -> str:
        if go["kpi"] != stop["kpi"]:
            return (
                "Go and stop look at two measures, so one result could say both. Take the same measure for both lines."
            )
        apart = (go["value"] - stop["value"]) * (1 if practice.MEASURES[go["kpi"]].up else -1)
        if apart <= 0:
            return f"Go from {go['value']:g} and stop from {stop['value']:g} overlap, or leave no room between them. A result in between asks you to mend it, and to look again."
        return ""

    def _reports(self) -> int | None:
        """The week in which the pilot's last counted week ends, or None."""
        if self.pilot["start"] is None or self.pilot["weeks"] is None:
            return None
        return self.pilot["start"] + practice.LEARNING_WEEKS + self.pilot["weeks"] - 1

    def _timing_fault(self) -> tuple[str, float, str | None] | None:
        reports, decides = self._reports(), self.pilot["decide"]
        if reports is None or decides is None:
            return "Say when the pilot starts, for how many weeks you count, and when it is decided.", 0.5, "PRm3"
        if decides <= reports:
            return (
                (
                    f"It is decided in week {practice.week_said(decides)}, and the pilot reports at the end of week {practice.week_said(reports)}."
                    f" The first {practice.LEARNING_WEEKS} weeks are for learning and do not count."
                ),
                0.5,
                "PRm3",
            )
        if decides >= 0:
            return (
                f"The roll-out starts in week 0, and it is decided in week {practice.week_said(decides)}. So the pilot can stop nothing.",
                0.5,
                "PRm3",
            )
        if decides >= practice.TRAINING_WEEKS[0]:
            return (
                (
                    f"It is decided in week {practice.week_said(decides)}, and the others are trained from week {practice.week_said(practice.TRAINING_WEEKS[0])}:"
                    " they would learn what the pilot may still change."
                ),
                0.75,
                None,
            )
        return None

    # -- measures --

    def measures_part(self) -> Part:
        if not self.rows:
            said = "No measure is complete. Each needs its kind, a baseline, a target, a week and an owner."
            if any(row["owner"] == "everyone" for row in self.begun):
                said += " What everyone owns, nobody owns."
            return Part("measures", 0.0, 1.0, said, error="no baseline" if self._lacks("baseline") else None)
        kinds = {row["kind"] for row in self.rows.values() if row["kind"] in practice.MEASURES[row["kpi"]].kinds}
        balancing, people = "balancing" in kinds, "people" in kinds
        lasting = any(row["by"] >= _LASTING for row in self.rows.values())
        misfit = [row for row in self.rows.values() if row["kind"] not in practice.MEASURES[row["kpi"]].kinds]
        wrong = [name for name, row in self.rows.items() if not self._baseline_right(name)]
        right = 1 - len(wrong) / len(self.rows)
        marks = max(0.0, 0.35 * balancing + 0.35 * people + 0.3 * lasting - 0.1 * len(misfit)) * self.coverage * right
        said, error = [], None
        if self._lacks("baseline"):
            said.append("A measure without a baseline cannot show a change; it did not count.")
            error = "no baseline"
        if wrong:
            name = wrong[0]
            own, true = self.rows[name]["baseline"], self.baselines[name]
            north = practice.north(self.facts, name, true)
            said.append(
                f"'{practice.MEASURES[name].label}' stands at {true:g} at West before the change, not at {own:g}."
            )
            if abs(own - north) < 0.051:
                said[-1] += " You took North's figure, which the change has moved already."
            error = error or "wrong baseline"
        if not balancing:
            said.append("Add a balancing measure: what could get worse while the rest gets better?")
            error = error or "no balancing measure"
        if not people:
            said.append("Add a measure of people: how do staff fare?")
            error = error or "no measure of people"
        if not lasting:
            said.append(f"Look again after 90 days: give one measure a date in week {_LASTING} or later.")
            error = error or "no look after 90 days"
        if misfit:
            row = misfit[0]
            said.append(f"'{practice.MEASURES[row['kpi']].label}' is no {row['kind']} measure here.")
        if self.coverage < 1:
            said.append(
                f"{len(self.rows)} complete {'measure is' if len(self.rows) == 1 else 'measures are'} not yet three, so this counts in part."
            )
        return Part(
            "measures", marks, 1.0, " ".join(said[:3]) or "Each measure has a baseline, a target, a week and an owner; something balances them, people are among them, and you look again after 90 days.",
            error=error,
        )  # fmt: skip

    def _lacks(self, field: str) -> bool:
        return any(row[field] is None and row["target"] is not None for row in self.begun)

    def _baseline_right(self, name: str) -> bool:
        true, own = self.baselines[name], self.rows[name]["baseline"]
        return abs(own - true) <= max(0.051, 0.01 * abs(true))

    def targets_part(self) -> Part:
        if not self.rows:
            return Part("targets", 0.0, 0.5, "No measure has a target yet.")
        good, said, error = 0, "", None
        for name, row in self.rows.items():
            measure, true = practice.MEASURES[name], self.baselines[name]
            # One slip is lost once; a baseline far from the case's is no base for a target.
            own = row["baseline"] if abs(row["baseline"] - true) <= max(0.25 * abs(true), 0.051) else true
            low, high = practice.band(self.facts, name, own)
            if low - 0.051 <= row["target"] <= high + 0.051:
                good += 1
            elif not said:
                beyond = row["target"] > high if measure.up else row["target"] < low
                wished = abs(row["target"] - practice.wish(self.facts, name, true)) < 0.051
                said = (
                    f"'{measure.label}': {row['target']:g} is {'more' if beyond else 'less'} than the lab delivers. From {own:g}, eight years"
                    f" in ten came to between {low:.{measure.digits}f} and {high:.{measure.digits}f}."
                )
                if beyond and wished:
                    said += " It is what the board wishes for; a wish is no target."
                error = "target beyond reach" if beyond else "target too low"
        marks = 0.5 * good / len(self.rows) * self.coverage
        return Part("targets", marks, 0.5, said or "Your targets lie where the change can take them.", error=error)

    # -- messages --

    def messages_part(self) -> Part:
        if not self.messages:
            return Part("messages", 0.0, 0.5, "No message is complete. Say to whom, when, how and what for.")
        teams = tuple(practice.TEAMS)
        order = communication.order(self.messages, teams)
        silence = communication.silence(self.messages, teams)
        win = communication.early_win(self.messages, teams)
        listens = any(message.listens for message in self.messages)
        throughout = all(one.holds for one in silence) and win.holds and listens
        share = min(1.0, len(self.messages) / _FEWEST_MESSAGES)
        marks = (0.125 * sum(one.holds for one in order) + 0.25 * throughout) * share
        said = [one.sentence for one in (*order, win, *silence) if not one.holds]
        if not listens:
            said.append("Nobody can answer any of your messages.")
        missed = not win.holds or not all(one.holds for one in silence)
        if share < 1:
            said = said[:2] + [
                f"With {len(self.messages)} complete messages this is not yet a plan, so it counts in part."
            ]
        return Part(
            "messages", marks, 0.5,
            " ".join(said[:3]) or "Leaders hear before agents and these before customers, nobody is left in silence, and a win is told in time.",
            "CMm5" if missed else None,
        )  # fmt: skip

    # -- the law --

    def law_part(self) -> Part:
        true = set(self.planted["unlawful"])
        given = self.ticked
        marks = max(0.0, (len(given & true) - len(given - true)) / len(true))
        says = {row["id"]: row["says"] for row in self.facts["law"]}
        if given == true:
            return Part("law", marks, 1.0, "You found the four points that have to be mended before the pilot starts.")
        if len(given) == len(says):
            return Part(
                "law", 0.0, 1.0, "You ticked every point. Four of them keep the law.", error="every point ticked"
            )
        said = []
        for id in sorted(true - given)[:1]:
            said.append(f'{id}: "{says[id]}" {practice.why_unlawful(self.facts, id)}. Mend it before the pilot starts.')
        for id in sorted(given - true)[:1]:
            said.append(f'{id}: "{says[id]}" That keeps the law.')
        error = "point of law missed" if true - given else "lawful point called unlawful"
        return Part("law", marks, 1.0, " ".join(said), error=error)

    # -- for the tutor --

    def flags(self) -> Iterable[str]:
        """What a tutor may ask about: one owner for everything."""
        owners = {row["owner"] for row in self.rows.values()}
        if len(owners) == 1 and len(self.rows) >= _FEWEST_MEASURES:
            yield f"Every measure has the same owner ({owners.pop().replace('_', ' ')}). Is that argued?"

    def evidence(self) -> Iterable[str]:
        """The learner's size beside the case's, what the pilot's result means by their own lines, and the points of law."""
        own = self.pilot["n"]
        yield f"Pilot: {_TEAM_NAMES.get(self.pilot['team'], 'no team')}, {'no' if own is None else own} cases; the case needs about {self.needed} on each side."
        go, stop = self.pilot["go"], self.pilot["stop"]
        rows, worse = self.facts["result"]["rows"], self.facts["result"]["worse"]
        before, after, other_before, other_after = rows["in5_pct"]
        lines = f"go {_line(go)}, stop {_line(stop)}"
        went = go["kpi"] in rows and _met(go, rows[go["kpi"]][1])
        stopped = stop["kpi"] in rows and _met(stop, rows[stop["kpi"]][1])
        met = ""
        if went and stopped:
            met = " By these lines it is go and stop at once."
        elif went or stopped:
            met = f" By these lines it is {'go' if went else 'stop'}."
        elif go["kpi"] in rows:
            met = " By these lines it is mend."
        yield (
            f"Lines: {lines}. The pilot brought {before}% to {after}% in five days, the others {other_before}% to {other_after}%;"
            f" the price was '{practice.MEASURES[worse].label.lower()}', {rows[worse][0]:g} to {rows[worse][1]:g}.{met}"
        )
        yield f"To be mended before the start: {', '.join(sorted(self.ticked)) or 'nothing'}. The case: {', '.join(self.planted['unlawful'])}."
        if self.rows:
            named = [
                f"{practice.MEASURES[name].label.lower()} {row['baseline']:g} to {row['target']:g} (case {self.baselines[name]:g})" for name, row in self.rows.items()
            ]  # fmt: skip
            yield f"Measures: {listed(named)}."


# ---- words -----------------------------------------------------------------------------------


def _said(value: float | None) -> str:
    return "nothing" if value is None else f"{value:g}%"


def _line(line: Mapping) -> str:
    if line["kpi"] is None or line["value"] is None:
        return "not set"
    side = {">=": "at least", "<=": "at most"}.get(line["op"], "somewhere about")
    return f"'{practice.MEASURES[line['kpi']].label.lower()}' {side} {line['value']:g}"


def _met(line: Mapping, value: float) -> bool:
    if line["value"] is None or line["op"] is None:
        return False
    return value >= line["value"] if line["op"] == ">=" else value <= line["value"]
