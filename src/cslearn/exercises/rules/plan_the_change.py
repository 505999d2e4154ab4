"""CM2 "Plan the change": how the plan table and the risk register are marked.

Which tasks West needs, and how often a risk has come true, is worked out from the
learner's own case. "Breaks nothing" is worth nothing by itself: each part of the plan is
multiplied by the share of the needed work that the plan covers, less what it plans in
vain. A blank length, hours or cost means the library's own figure; one below the
library's lowest is counted at that.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from cslearn.exercises.award import Award, Part
from cslearn.exercises.rules.words import listed
from cslearn.methods import plans, risks as method
from cslearn.northfold import planning
from cslearn.northfold.case import Case

_IDS = re.compile(r"[TX]\d{1,2}")
# Seen from the first roll-out: how long before and after it nobody may be left without news.
_VOICE_BEFORE, _VOICE_AFTER = 6, 8
_WANTED = ("measure", "train", "comms", "review")
_NOT_YET = 2
_ROWS = 6
_MODELS = {"K": "Kotter", "A": "ADKAR", "L": "Lewin", "B": "Bridges"}


# ---- CM2.1 the plan table --------------------------------------------------------------------


def plan(answer: dict, case: Case) -> Award:
    """Seven marks, one each: order, hours, budget, blocked weeks, proof before roll-out, people and wins, owners."""
    table = _Plan(answer, case)
    parts = (
        table.order_part(),
        table.hours_part(),
        table.budget_part(),
        table.weeks_part(),
        table.proof_part(),
        table.people_part(),
        table.owners_part(),
    )
    return Award(parts, tuple(table.notes()), tuple(table.flags()), tuple(table.evidence()))


class _Plan:
    """A learner's plan beside what the case needs and allows."""

    def __init__(self, answer: dict, case: Case):
        self.answer, self.facts = answer, case.facts
        self.cards = {card["id"]: card for card in case.facts["tasks"]}
        self.needed, self.needless = case.planted["needed"], case.planted["needless"]
        self.stretched: list[str] = []
        self.unfinished: list[str] = []
        self.rows: dict[str, dict] = {}
        self.tasks = [*self._from_library(), *self._of_their_own()]
        self.by_id = {task.id: task for task in self.tasks}
        planned = [task.id for task in self.tasks]
        self.useful = [id for id in planned if id in self.needed]
        self.vain = [id for id in planned if id in self.needless]
        # Two tasks are not yet a plan; the share grows from the third on.
        counted = max(0, len(self.useful) - len(self.vain) - _NOT_YET)
        self.coverage = counted / (len(self.needed) - _NOT_YET)
        # What is not needed proves nothing and tells nobody anything.
        self.proper = [task for task in self.tasks if task.id not in self.needless]

    def _from_library(self) -> Iterable[plans.Task]:
        for row in self.answer["tasks"]:
            id = row["id"]
            if id not in self.cards or id in self.rows:
                continue
            if row["start"] is None or row["owner"] is None:
                self.unfinished.append(id)
                continue
            self.rows[id] = row
            card = self.cards[id]
            weeks = max(row["weeks"] or card["weeks"], card["weeks"])
            if row["weeks"] and row["weeks"] < card["weeks"]:
                self.stretched.append(f"{id} takes {card['weeks']} weeks at least, and is counted with that.")
            yield plans.Task(
                id, card["kind"], row["start"], weeks, row["owner"], self._after(row),
                self._at_least(row, card, "hours"), self._at_least(row, card, "cost"), row["priority"] or "",
                card["name"], card["felt"],
            )  # fmt: skip

    def _at_least(self, row: Mapping, card: Mapping, what: str) -> float:
        if row[what] is None:
            return card[f"{what}_likely"]
        if row[what] < card[f"{what}_low"]:
            said = f"£{card['cost_low']:,}" if what == "cost" else f"{card['hours_low']} hours"
            self.stretched.append(f"{card['id']} cannot be had for less than {said}, and is counted with that.")
        return max(row[what], card[f"{what}_low"])

    def _of_their_own(self) -> Iterable[plans.Task]:
        for row in self.answer["own_tasks"]:
            id = row["id"]
            if id is None or id in self.rows:
                continue
            if any(row[field] is None for field in ("kind", "start", "weeks", "owner", "hours", "cost")):
                self.unfinished.append(id)
                continue
            self.rows[id] = row
            yield plans.Task(
                id, row["kind"], row["start"], row["weeks"], row["owner"], self._after(row), row["hours"], row["cost"],
                row["priority"] or "",
            )  # fmt: skip

    def _after(self, row: Mapping) -> tuple[str, ...]:
        # What West has already need not be planned, so waiting for it costs nothing.
        return tuple(id for id in dict.fromkeys(_IDS.findall(row["after"] or "")) if id not in self.needless)

    # -- parts --

    def _part(self, name: str, share: float, sentence: str, misconception=None, error=None) -> Part:
        if 0 < self.coverage < 1 and share > 0:
            sentence += f" Your plan covers {self.coverage:.0%} of the work, so this counts for that much."
        return Part(name, share * self.coverage, 1.0, sentence, misconception, error)

    def _nothing(self, name: str) -> Part | None:
        if self.tasks:
            return None
        return Part(name, 0.0, 1.0, "No task has a start and an owner yet. Plan the tasks that West needs.")

    def order_part(self) -> Part:
        if blocked := self._nothing("order"):
            return blocked
        found = plans.too_early(self.tasks)
        if found and found[0].rule == "circle":
            return self._part("order", 0.0, found[0].sentence, error="tasks wait for each other in a circle")
        links = [(task, id) for task in self.tasks if task.id in self.cards for id in self._needs(task.id)]
        kept = [(task, id) for task, id in links if id in task.after and self._done_before(task, id)]
        late = [
            (task, id)
            for task, id in links
            if id not in task.after and id in self.by_id and not self._done_before(task, id)
        ]
        broken = [finding for finding in found if finding.rule == "too early"]
        share = max(0.0, (len(kept) - len(broken) - len(late)) / len(links)) if links else 0.0
        if broken:
            return self._part("order", share, broken[0].sentence, error="starts before what it needs is done")
        if late:
            task, id = late[0]
            sentence = (
                f"{task.called} starts in week {task.start}, but the library says that it needs {self.by_id[id].called},"
                f" which ends in week {self.by_id[id].end}."
            )
            return self._part("order", share, sentence, error="starts before what it needs is done")
        silent = [(task, id) for task, id in links if id not in task.after]
        if silent:
            task = silent[0][0]
            missing = [id for other, id in silent if other.id == task.id]
            sentence = (
                f"Your plan has {len(kept)} of the {len(links)} waits that the library names. {task.called} needs"
                f" {listed(missing)} first: say so, or it will start without them when dates move."
            )
            return self._part("order", share, sentence, error="waits left out")
        if unplanned := [finding for finding in found if finding.rule == "unplanned"]:
            return self._part("order", share, unplanned[0].sentence)
        if not links:
            return self._part("order", 0.0, "None of your tasks waits for another, so there is no order to judge yet.")
        return self._part(
            "order", share, f"All {len(links)} waits are there, and every task starts after what it waits for."
        )

    def _needs(self, id: str) -> list[str]:
        return [other for other in self.cards[id]["needs"] if other in self.needed]

    def _done_before(self, task: plans.Task, id: str) -> bool:
        return id in self.by_id and self.by_id[id].end < task.start

    def hours_part(self) -> Part:
        if blocked := self._nothing("hours"):
            return blocked
        over = plans.overloaded(self.tasks, planning.capacity_of(self.facts), planning.ROLES)
        if not over:
            return self._part("hours", 1.0, "Nobody is asked for more hours than they have, in any week.")
        first = over[0].sentence
        if len(over) == 1 and over[0].size <= 0.10 + 1e-9:
            return self._part(
                "hours", 0.5, f"{first} It is the only week, and not by much; move one of the tasks by a week.",
                error="too many hours",
            )  # fmt: skip
        more = f" That is the worst of {len(over)} such weeks." if len(over) > 1 else ""
        sentence = f"{first}{more} Move a task, give it more weeks, or give it to somebody else who can own it."
        return self._part("hours", 0.0, sentence, error="too many hours")

    def budget_part(self) -> Part:
        if blocked := self._nothing("budget"):
            return blocked
        budget = self.facts["budget_gbp"]
        if over := plans.over_budget(self.tasks, budget):
            dear = max(self.vain or [task.id for task in self.tasks], key=lambda id: self.by_id[id].cost)
            ask = f" Look first at {self.by_id[dear].called}: what would be missing without it?"
            return self._part("budget", 0.0, over[0].sentence + ask, error="over budget")
        total = sum(task.cost for task in self.tasks)
        musts = [task for task in self.tasks if task.priority == "must"]
        must_cost = sum(task.cost for task in musts)
        unsaid = [task.id for task in self.tasks if not task.priority]
        left_out = [id for id in planning.PROOF if id in self.by_id and self.by_id[id].priority != "must"]
        within = f"Your plan costs £{total:,.0f} of £{budget:,.0f}."
        if unsaid:
            return self._part("budget", 0.7, f"{within} Say of {listed(unsaid)} whether it is a must or a should.")
        if left_out or not musts:
            what = self.by_id[left_out[0]].called if left_out else "something"
            sentence = f"{within} {what} is a should in your plan. Without it there is no proof that the change works."
            return self._part("budget", 0.7, sentence, error="priorities")
        if must_cost > 0.8 * budget:
            sentence = (
                f"{within} Your musts alone cost £{must_cost:,.0f}. If the budget were cut by 20%, to £{0.8 * budget:,.0f},"
                " you could not do them. When everything is a must, nothing is."
            )
            return self._part("budget", 0.7, sentence, error="priorities")
        return self._part(
            "budget", 1.0, f"{within} Your musts cost £{must_cost:,.0f}, so they would survive a cut of 20%."
        )

    def weeks_part(self) -> Part:
        if blocked := self._nothing("weeks"):
            return blocked
        clash = plans.in_blocked_weeks(self.tasks, planning.blocked_weeks(self.facts))
        felt = [task for task in self.tasks if task.is_felt]
        live = plans.first_live(self.proper)
        first, last = self.facts["go_live_weeks"]
        in_time = live is not None and first <= live <= last
        share = 0.6 * (not clash and bool(felt)) + 0.4 * in_time
        if clash:
            why = next(name for name, weeks in self.facts["blocked"].items() if clash[0].week in weeks)
            return self._part(
                "weeks", share, f"{clash[0].sentence} It is the {why}.", error="felt in the busiest weeks"
            )
        if live is None:
            return self._part(
                "weeks", share, "Your plan has no roll-out, so there is nothing that could go live in time."
            )
        if not in_time:
            sentence = (
                f"The roll-out starts in week {live}. The board has decided on March 2025: weeks {first} to {last}."
            )
            return self._part("weeks", share, sentence, error="go-live outside March")
        return self._part(
            "weeks",
            share,
            f"Nothing that the phones feel runs in a blocked week, and the roll-out starts in week {live}.",
        )

    def proof_part(self) -> Part:
        if blocked := self._nothing("proof"):
            return blocked
        found = plans.unproven(self.proper)
        rules = {finding.rule for finding in found}
        live = plans.first_live(self.proper)
        measured = not rules & {"no baseline", "late baseline", "no pilot"}
        decided = live is not None and not rules & {"no pilot", "no decision", "early decision", "early roll-out"}
        share = measured / 3 + 2 * decided / 3
        if not decided:
            # What happens before the figures are in says more than a missing baseline.
            worst = [f for f in found if f.rule == "early roll-out"] or [f for f in found if "baseline" not in f.rule]
            sentence = (
                worst[0].sentence if worst else "The pilot leads to nothing: plan the roll-out that it decides on."
            )
            return self._part("proof", share, sentence, "PRm3")
        if found:
            return self._part("proof", share, found[0].sentence, error="no baseline before the pilot")
        return self._part(
            "proof",
            share,
            "Baseline, pilot, decision and roll-out follow each other, so the pilot can still stop something.",
        )

    def people_part(self) -> Part:
        if blocked := self._nothing("people"):
            return blocked
        missing = plans.kinds_missing(self.proper, _WANTED)
        kinds = 1 - len(missing) / len(_WANTED)
        live = plans.first_live(self.proper)
        unready = plans.nobody_prepared(self.proper)
        win = plans.no_early_win(self.proper)
        quiet = []
        if live is not None:
            quiet = plans.silences(self.proper, max(1, live - _VOICE_BEFORE), live + _VOICE_AFTER)
        heard = live is not None and not win and not quiet
        share = 0.5 * kinds + 0.5 * heard
        if unready:
            return self._part("people", min(share, 0.5), unready[0].sentence, "CMm1")
        if win or quiet:
            return self._part("people", share, " ".join(f.sentence for f in [*win, *quiet[:1]]), "CMm5")
        if missing:
            said = listed([plans.KIND_NAMES[kind] for kind in missing])
            return self._part("people", share, f"Your plan has no {said}. {self._what_is_missing()}")
        if live is None:
            return self._part("people", share, "Without a roll-out nobody can see an early win.")
        return self._part(
            "people",
            share,
            f"People are trained, told and heard, and a win is shown in time. {self._what_is_missing()}".strip(),
        )

    def _what_is_missing(self) -> str:
        said = []
        if self.vain:
            names = listed([self.by_id[id].called for id in self.vain])
            said.append(f"West does not need {names}: it has it already, or nothing would be missing without it.")
        if left := [id for id in self.needed if id not in self.by_id]:
            names = listed([f"{id} ({self.cards[id]['name']})" for id in left])
            said.append(f"West also needs {names}.")
        return " ".join(said)

    def owners_part(self) -> Part:
        if blocked := self._nothing("owners"):
            return blocked
        names = planning.ROLES
        shared = plans.badly_shared(self.tasks, planning.LEAD, names=names)
        unable = [task for task in self.tasks if task.id in self.cards and task.owner not in self.cards[task.id]["who"]]
        if shared:
            return self._part("owners", 0.0, shared[0].sentence, error=shared[0].rule)
        share = 1 - len(unable) / len(self.tasks)
        if unable:
            task = unable[0]
            able = " or ".join(names[role].lower() for role in self.cards[task.id]["who"])
            sentence = f"{task.called} is owned by the {names[task.owner].lower()}. The library names who can own it: the {able}."
            return self._part("owners", share, sentence, error="owner who cannot do it")
        counts = plans.owned(self.tasks)
        return self._part(
            "owners",
            share,
            f"{len(counts)} roles share the work, and you own {counts[planning.LEAD]} of {len(self.tasks)} tasks.",
        )

    # -- what costs nothing --

    def notes(self) -> Iterable[str]:
        """What was read otherwise than it was written, and where the change model points nowhere."""
        yield from self.stretched
        if self.unfinished:
            yield f"{listed(self.unfinished)}: without a start and an owner, a task is not yet planned."
        steps = [row for row in self.answer["change_model"] if row["step"]]
        if not steps:
            yield "The table of your change model is empty. It carries no marks here; your note in task 3 builds on it."
            return
        if len({row["step"][0] for row in steps}) > 1:
            yield "Your steps come from more than one change model. You may combine models; say why in your note."
        for row in steps:
            ids = _IDS.findall(row["tasks"] or "")
            if gone := [id for id in ids if id not in self.by_id]:
                yield f"Change model, step {row['step']}: {listed(gone)} is not in your plan."
            elif not ids:
                yield f"Change model, step {row['step']}: no task of your plan does it yet."

    def flags(self) -> Iterable[str]:
        """For the tutor: tasks that West does not need, which the note may argue for."""
        if self.vain:
            yield f"The plan has {listed([self.by_id[id].called for id in self.vain])}, which West does not need: is that argued?"

    def evidence(self) -> Iterable[str]:
        """For the tutor, beside the note: what the plan costs, what would survive the cut, and the change model's ties."""
        if self.tasks:
            budget = self.facts["budget_gbp"]
            total = sum(task.cost for task in self.tasks)
            musts = sum(task.cost for task in self.tasks if task.priority == "must")
            yield (
                f"The plan has {len(self.useful)} of the {len(self.needed)} tasks that West needs and costs £{total:,.0f} of"
                f" £{budget:,}. Its musts cost £{musts:,.0f}; after the cut there are £{0.8 * budget:,.0f}."
            )
        steps = [row for row in self.answer["change_model"] if row["step"]]
        if steps:
            dated = sum(any(id in self.by_id for id in _IDS.findall(row["tasks"] or "")) for row in steps)
            models = listed(sorted({_MODELS.get(row["step"][0], row["step"]) for row in steps}))
            yield f"Change model: {models}; {dated} of {len(steps)} steps point to a task with a date."


# ---- CM2.2 the risk register -----------------------------------------------------------------


def risks(answer: dict, case: Case) -> Award:
    """Five marks: scores and their order, likelihoods from history, people risks, triggers, contingency."""
    register = _Register(answer, case)
    return Award(
        (
            register.scores_part(),
            register.likelihood_part(),
            register.people_part(),
            register.triggers_part(),
            register.contingency_part(),
        ),
        evidence=tuple(register.evidence()),
    )


class _Register:
    """A learner's register beside the case's history and its ordinary weeks."""

    def __init__(self, answer: dict, case: Case):
        self.case = case
        self.rows: dict[str, dict] = {}
        for row in answer["risks"]:
            if row["card"] in planning.RISKS and row["card"] not in self.rows:
                self.rows[row["card"]] = row
        self.rated = {id: row for id, row in self.rows.items() if row["likelihood"] and row["impact"]}
        self.coverage = min(1.0, len(self.rated) / _ROWS)
        # One likelihood for everything is no judgement, however often it happens to be right.
        self.flat = len(self.rated) > 2 and len({row["likelihood"] for row in self.rated.values()}) == 1
        self.history = planning.history(case)
        self.bands = {id: method.frequency_band(*times) for id, times in self.history.items()}
        near = [id for id in self.bands if id in self.rated and abs(self.rated[id]["likelihood"] - self.bands[id]) <= 1]
        self.plausible = 0.0 if self.flat else len(near) / len(self.bands)

    def _called(self, id: str) -> str:
        return f"{id} ({planning.RISKS[id].name})"

    def evidence(self) -> Iterable[str]:
        """For the tutor: the learner's likelihoods beside those that the history gives."""
        given = [
            f"{id} {self.rated[id]['likelihood']} (history: {band})"
            for id, band in self.bands.items()
            if id in self.rated
        ]
        if given:
            yield f"Likelihoods of the risks with a history: {', '.join(given)}."

    def _empty(self, name: str, maximum: float) -> Part | None:
        if self.rated:
            return None
        return Part(name, 0.0, maximum, "No risk has a likelihood and an impact yet. Choose six cards and rate them.")

    def scores_part(self) -> Part:
        if empty := self._empty("scores", 0.5):
            return empty
        wrong = [id for id, row in self.rated.items() if row["score"] != method.score(row["likelihood"], row["impact"])]
        given = [row["score"] for row in self.rated.values() if row["score"] is not None]
        level = len(given) > 2 and len(set(given)) == 1
        ranked = len(given) == len(self.rated) and given == sorted(given, reverse=True) and not level
        share = 0.5 * (1 - len(wrong) / len(self.rated)) + 0.5 * ranked
        marks = 0.5 * share * self.coverage * self.plausible
        if wrong:
            row = self.rated[wrong[0]]
            right = method.score(row["likelihood"], row["impact"])
            sentence = (
                f"{self._called(wrong[0])}: {row['likelihood']} times {row['impact']} is {right}, not"
                f" {'nothing' if row['score'] is None else row['score']}. A score is likelihood times impact."
            )
            return Part("scores", marks, 0.5, sentence, error="score is not likelihood times impact")
        if level:
            return Part(
                "scores", marks, 0.5, "Every risk has the same score, so nothing tells you where to look first."
            )
        if not ranked:
            return Part("scores", marks, 0.5, "The scores are right. Sort the rows, highest score first.")
        if self.plausible < 1:
            return Part(
                "scores",
                marks,
                0.5,
                "Scores and order are right. They can be worth no more than the likelihoods behind them.",
            )
        if self.coverage < 1:
            return Part(
                "scores", marks, 0.5, f"Scores and order are right, for {len(self.rated)} risks. A register has six."
            )
        return Part("scores", marks, 0.5, "Every score is right, and the highest stands first.")

    def likelihood_part(self) -> Part:
        if empty := self._empty("likelihood", 1.5):
            return empty
        if self.flat:
            return Part(
                "likelihood", 0.0, 1.5, "Every risk has the same likelihood. Count how often each has happened.",
                error="likelihood without history",
            )  # fmt: skip
        marks, said = 0.0, ""
        for id, band in self.bands.items():
            happened, occasions = self.history[id]
            if id not in self.rated:
                said = said or f"{self._called(id)} has a history that you can count. Take it into your register."
                continue
            off = abs(self.rated[id]["likelihood"] - band)
            marks += {0: 0.5, 1: 0.25}.get(off, 0.0)
            if off and not said:
                said = (
                    f"{self._called(id)} has come true on {happened} of {occasions} occasions, {happened / occasions:.0%}."
                    f" That is likelihood {band} ({method.BAND_NAMES[band]}), and you gave {self.rated[id]['likelihood']}."
                )
        error = "likelihood without history" if said else None
        return Part(
            "likelihood",
            marks * self.coverage,
            1.5,
            said or "All three likelihoods follow from what has happened.",
            error=error,
        )

    def people_part(self) -> Part:
        if empty := self._empty("people", 1.0):
            return empty
        called = [id for id, row in self.rows.items() if row["category"] == "people"]
        right = [id for id in called if planning.RISKS[id].people and id in self.rated]
        wrong = [id for id in called if "people" not in planning.RISKS[id].categories]
        marks = max(0.0, 0.5 * min(2, len(right)) - 0.5 * len(wrong)) * self.coverage
        if len(right) < 2:
            sentence = (
                f"{_count(len(right))} of your risks {'is' if len(right) == 1 else 'are'} about people and culture. Changes fail on"
                " habits, fears and broken promises as often as on systems: take in at least two."
            )
            return Part("people", marks, 1.0, sentence, "CMm1")
        if wrong:
            return Part(
                "people",
                marks,
                1.0,
                f"{self._called(wrong[0])} is not a risk of people and culture.",
                error="wrong category",
            )
        return Part("people", marks, 1.0, f"{_count(len(right))} of your risks are about people and culture.")

    def triggers_part(self) -> Part:
        if empty := self._empty("triggers", 1.0):
            return empty
        top = sorted(self.rated, key=lambda id: -method.score(self.rated[id]["likelihood"], self.rated[id]["impact"]))[
            :3
        ]
        weeks = planning.weekly(self.case.tables["kpi_daily"])
        good, said, misconception = 0, "", None
        for id in top:
            sentence, blind = self._trigger_fault(id, weeks)
            if not sentence:
                good += 1
            elif not said or (blind and not misconception):
                said, misconception = sentence, "CMm3" if blind else misconception
        marks = good / 3 * self.coverage
        if not said and len(top) < 3:
            said = "Give your three highest risks a trigger each."
        return Part(
            "triggers",
            marks,
            1.0,
            said or "Each of your three highest risks has a trigger that ordinary weeks leave alone.",
            misconception,
        )

    def _trigger_fault(self, id: str, weeks: Sequence[Mapping]) -> tuple[str, bool]:
        """What is wrong with the trigger of a risk, and whether it leaves the plan without a warning; "" if it is good."""
        given = self.rated[id]["trigger"]
        if given["measure"] is None or given["op"] is None or given["value"] is None:
            return (
                f"{self._called(id)} has no figure that starts the contingency. Name a measure, a side, a value and a number of weeks.",
                True,
            )
        measure = planning.MEASURES[given["measure"]]
        trigger = method.Trigger(given["op"], given["value"], given["weeks"] or 1)
        values = [week[measure.name] for week in weeks]
        side = "above" if trigger.op == ">" else "below"
        what = f"{self._called(id)}: '{measure.label}' {side} {trigger.value:g}"
        worth = method.verdict(values, trigger, measure.worse, *measure.span)
        if worth == "wrong way":
            return f"{what} would fire when things go well. Turn it round.", False
        if worth == "too often":
            times = len(method.fires(values, trigger))
            return (
                f"{what} fires in {times} of {len(values)} ordinary weeks, {times / len(values):.0%}. A trigger that fires when"
                " nothing is wrong tells you nothing. Choose a value that ordinary weeks hardly ever reach.",
                True,
            )
        if worth == "never":
            usual = f"from {min(values):g} to {max(values):g}"
            return (
                f"{what} can never fire: ordinary weeks run {usual}, and no trouble will take it that far. Choose a value that trouble can reach.",
                True,
            )
        if measure.name not in planning.RISKS[id].shows_in:
            return f"{what} would not show this risk. Ask which figure moves first when it comes true.", False
        return "", False

    def contingency_part(self) -> Part:
        if empty := self._empty("contingency", 1.0):
            return empty
        acts = [
            id
            for id, row in self.rated.items()
            if row["contingency"] in planning.RISKS[id].answers and row["owner"] and row["response"]
        ]
        marks = len(acts) / max(_ROWS, len(self.rated))
        for id, row in self.rated.items():
            if id in acts:
                continue
            if row["contingency"] is None:
                said = f"{self._called(id)} has no contingency. Say what will be done when the trigger fires."
            elif row["contingency"] not in planning.RISKS[id].answers:
                said = f"{self._called(id)}: '{planning.CONTINGENCIES[row['contingency']]}' does not act on this risk. Ask what would help on the day it comes true."
            else:
                said = f"{self._called(id)}: say how you respond to it, and who owns it."
            return Part("contingency", marks, 1.0, said, error="contingency does not act on the risk")
        if len(acts) < _ROWS:
            return Part(
                "contingency", marks, 1.0, f"What you would do fits, for {len(acts)} risks. A register has six."
            )
        return Part("contingency", marks, 1.0, "Each contingency acts on its risk, and somebody owns it.")


# ---- words -----------------------------------------------------------------------------------


def _count(number: int) -> str:
    return {0: "None", 1: "One", 2: "Two", 3: "Three", 4: "Four"}.get(number, str(number))
