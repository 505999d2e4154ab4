"""PR2 "Find the bottleneck": how the map, the table of waits, and the view on value are marked.

The truth is counted from the learner's own log. A map is replayed with the cases of that
log. A share or a rate is judged on the learner's own earlier figures where those come
from a table that the learner could see, so that a wrong table is lost once.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from cslearn.exercises.award import Award, Part
from cslearn.exercises.rules.words import listed
from cslearn.methods import eventlog, process_map
from cslearn.northfold import case_log
from cslearn.northfold.case import Case

# A step that fewer cases have need not be on the map.
_RARE = 0.05
_FITNESS, _SOME_FITNESS = 0.80, 0.60
_PRECISION, _SOME_PRECISION = 0.70, 0.50

# What a map can lack: a start and an end, a way for every node, and the rest: labels, gateways, words of the log.
_ENDS = frozenset({"no start", "many starts", "no end", "into start", "out of end"})
_WAYS = frozenset({"not reached", "dead branch"})


# ---- PR2.1 the map ----------------------------------------------------------------------------


def the_map(answer: dict, case: Case) -> Award:
    """Six marks: is the map sound, are the lanes right, do real cases fit it, and does it show only what happens."""
    drawn = _Map(answer, case)
    parts = (drawn.sound_part(), drawn.lanes_part(), drawn.fitness_part(), drawn.precision_part())
    return Award(parts, evidence=tuple(drawn.evidence()))


class _Map:
    def __init__(self, answer: dict, case: Case):
        self.log = case_log.log_of(case)
        self.map = process_map.read_map(answer["nodes"], answer["edges"])
        self.tasks = [node for node in self.map.nodes if node.type == process_map.TASK and node.activity]
        self.usual = [step for step, share in case_log.within(case).items() if share >= _RARE]
        # A map of two boxes breaks no rule, and shows nothing.
        self.coverage = len({node.activity for node in self.tasks} & set(self.usual)) / len(self.usual)

    @cached_property
    def findings(self) -> list[process_map.Finding]:
        return process_map.soundness(self.map, list(case_log.STEPS))

    @cached_property
    def replayed(self) -> process_map.Replayed:
        return process_map.replay_log(self.map, self.log.real, closing=eventlog.CLOSING)

    @cached_property
    def precise(self) -> process_map.Precision:
        return process_map.precision(self.map, self.log.real)

    def evidence(self) -> Iterator[str]:
        """For the tutor: how large the map is, and how it fares with the learner's log."""
        if self.tasks:
            yield (
                f"A map of {len(self.tasks)} tasks and {len(self.map.edges)} arrows in {len(process_map.lanes(self.map))} lanes: "
                f"{100 * self.replayed.fitness:.0f}% of cases fit it, and they go {100 * self.precise.share:.0f}% of its ways."
            )

    def _nothing(self, name: str) -> Part | None:
        if self.tasks and self.map.edges:
            return None
        says = "Draw the map first: tasks with their step of the log, and arrows between them."
        if self.map.faults:
            says += f" {self.map.faults[0].says}"
        return Part(name, 0.0, 1.5, says)

    def sound_part(self) -> Part:
        if nothing := self._nothing("sound"):
            return nothing
        kinds = {found.kind for found in self.findings}
        broken = bool(kinds & _ENDS) + bool(kinds & _WAYS) + bool(kinds - _ENDS - _WAYS)
        marks = (1.5, 0.75, 0.0, 0.0)[broken] * self.coverage
        if not self.findings:
            says = "The map is sound: one start, every node on a way to an end, and every choice at a gateway with labelled exits."
            missing = [step for step in self.usual if step not in {node.activity for node in self.tasks}]
            if missing:
                says += f" But it shows only part of the process; {listed(missing)} {'is' if len(missing) == 1 else 'are'} missing."
            return Part("sound", marks, 1.5, says)
        more = len(self.findings) - 1
        says = self.findings[0].says + (f" ({more} more of this kind: check the rest too.)" if more else "")
        return Part("sound", marks, 1.5, says, error=self.findings[0].kind)

    def lanes_part(self) -> Part:
        if nothing := self._nothing("lanes"):
            return nothing
        fits = process_map.lane_fits(self.map, self.log.real)
        good = [one for one in fits if one.fits]
        marks = 1.5 * self.coverage * len(good) / len(fits)
        wrong = next((one for one in fits if not one.fits), None)
        if wrong is None:
            return Part("lanes", marks, 1.5, "Every task is in the lane of those who do it in the log.")
        lane = f"in the lane '{wrong.lane}'" if wrong.lane else "in no lane"
        one_lane = len(fits) > 2 and len(process_map.lanes(self.map)) == 1
        says = (
            f"Task {wrong.node} ({wrong.activity}) is {lane}, but by the log {100 * wrong.main_share:.0f}% of it is done by "
            f"the {wrong.main_role}. {len(good)} of {len(fits)} tasks are in the right lane."
        )
        if one_lane:
            says += " With one lane for all, nobody sees a hand-off."
        return Part("lanes", marks, 1.5, says, error="one lane for all" if one_lane else None)

    def fitness_part(self) -> Part:
        if nothing := self._nothing("fitness"):
            return nothing
        fitness = self.replayed.fitness
        # A map that allows everything fits everything, and says nothing; twice as imprecise is worth a quarter.
        worth = min(1.0, self.precise.share / _PRECISION) ** 2
        marks = (1.5 if fitness >= _FITNESS else 0.75 if fitness >= _SOME_FITNESS else 0.0) * worth
        says = f"{100 * fitness:.0f}% of cases can go the whole way on your map."
        if fitness >= _FITNESS and worth == 1.0:
            return Part("fitness", marks, 1.5, f"{says} It shows what really happens.")
        if fitness >= _FITNESS:
            return Part("fitness", marks, 1.5, f"{says} That is no wonder: it lets a case go nearly anywhere.")
        (after, then), times = next(iter(self.replayed.stops.items()), (("", ""), 0))
        where = f"{times} cases leave it after '{after or 'the start'}', because they go on to '{then or 'the end'}'."
        if self._happy():
            says = f"You drew the happy path: {says[0].lower()}{says[1:]} {where} Draw what happens when things go wrong as well."
            return Part("fitness", marks, 1.5, says, error="happy path taken for the process")
        return Part("fitness", marks, 1.5, f"{says} {where} Draw that way as well.")

    def _happy(self) -> bool:
        """Whether the map has no choice at all: one way, from start to end."""
        out: dict[str, int] = {}
        for edge in self.map.edges:
            out[edge.source] = out.get(edge.source, 0) + 1
        return max(out.values(), default=0) == 1

    def precision_part(self) -> Part:
        if nothing := self._nothing("precision"):
            return nothing
        found = self.precise
        allowed = len(found.seen) + len(found.unseen)
        # What is left of the process is precise as well, so a map must first fit its cases.
        worth = min(1.0, self.replayed.fitness / _FITNESS)
        marks = (1.5 if found.share >= _PRECISION else 0.75 if found.share >= _SOME_PRECISION else 0.0) * worth
        if not allowed:
            return Part("precision", 0.0, 1.5, "No way leads from one task to another. Draw the arrows between them.")
        says = f"{len(found.seen)} of the {allowed} ways from task to task that your map allows are ones that cases go."
        if found.share < _PRECISION:
            a, b = found.unseen[0]
            says += f" Hardly any case goes from '{a}' to '{b}'. A map on which everything leads everywhere is spaghetti: keep the arrows that at least 2% of cases use."
            return Part("precision", marks, 1.5, says, error="spaghetti map")
        if worth < 1:
            says += " They are only part of what happens, so this counts in full when more cases fit the map."
        return Part("precision", marks, 1.5, says)


# ---- PR2.2 where it sticks ---------------------------------------------------------------------

WAIT_STEPS = ("log", "triage", "investigate", "courier", "approve", "reply")
# What people at Northfold say about the process. Each names one step for a reason of their own.
HEARSAY_REWORK, HEARSAY_BROKEN = 5.0, 10.0


def where_it_sticks(answer: dict, case: Case) -> Award:
    """Seven marks: waits and work, the bottleneck with its share, rework, hand-offs, the standard that fails most."""
    table = _Waits(answer, case)
    parts = (
        table.waits_part(),
        table.bottleneck_part(),
        table.rework_part(),
        table.hand_offs_part(),
        table.failure_part(),
    )
    return Award(parts, evidence=tuple(table.evidence()))


class _Waits:
    def __init__(self, answer: dict, case: Case):
        self.answer = answer
        self.case = case
        self.office = case_log.step_times(case)

    def evidence(self) -> Iterator[str]:
        """For the tutor: the learner's bottleneck, rework and failure beside what the log gives."""
        waits = {name: one.wait_hours for name, one in self.office.items()}
        stuck = max(waits, key=waits.get)
        share, rate = self.answer["share_of_wait_pct"], self.answer["rework"]["came_back_pct"]
        yield (
            f"Bottleneck {self.answer['bottleneck'] or 'not named'} at {_percent(share)} of all waiting; the log gives {stuck} at "
            f"{100 * waits[stuck] / sum(waits.values()):.0f}%: {waits[stuck]:,.0f} hours for {self.office[stuck].work_hours:,.0f} hours of work."
        )
        worst = max(self.broken, key=self.broken.get)
        yield (
            f"Rework {_percent(rate)}, by the log {self.groups['closed'].came_back_pct:.1f}%; "
            f"standard {self.answer['failure']['standard'] or 'not named'} at {_percent(self.answer['failure']['missed_pct'])}, "
            f"by the log {worst} at {self.broken[worst]:.1f}%."
        )

    # -- the views that a learner may have taken the waits from --

    @cached_property
    def views(self) -> dict[str, dict[str, float]]:
        """Hours of waiting before each step in the four ways that the tables offer; the first is right."""
        calendar = case_log.step_times(self.case, case_log.CALENDAR)
        return {
            "office": {step: one.wait_hours for step, one in self.office.items()},
            "calendar": {step: one.wait_hours for step, one in calendar.items()},
            "start to start": {step: one.start_to_start_hours for step, one in self.office.items()},
            "mean": {step: one.wait_mean_hours for step, one in self.office.items()},
            "calendar, start to start": {step: one.start_to_start_hours for step, one in calendar.items()},
        }

    @cached_property
    def own_view(self) -> str:
        """The way that most of the learner's waits follow; the right one if they follow none."""

        def fits(view: str) -> int:
            return sum(_copied(self.answer["waits"][step]["wait_h"], self.views[view][step]) for step in WAIT_STEPS)

        best = max(self.views, key=fits)
        # The wait before 'log' is the same from start to start, because the customer's call takes no time.
        return best if fits(best) >= 3 else "office"

    def waits_part(self) -> Part:
        given = self.answer["waits"]
        if all(value is None for row in given.values() for value in row.values()):
            return Part("waits", 0.0, 2.0, "Fill in the waiting and the work of the six steps, from the table that fits.")
        right = marks = 0
        first_wrong = None
        for step in WAIT_STEPS:
            true = self.office[step]
            wait = _copied(given[step]["wait_h"], true.wait_hours)
            work = _copied(given[step]["work_h"], true.work_hours)
            right += wait and work
            marks += (wait + work) / 6
            if not (wait and work):
                first_wrong = first_wrong or step
        if right == len(WAIT_STEPS):
            return Part("waits", marks, 2.0, "All six waits and all six times of work are right.")
        says, error = self._why_wrong(first_wrong)
        return Part("waits", marks, 2.0, f"{right} of 6 steps are right. {says}", error=error)

    def _why_wrong(self, step: str) -> tuple[str, str | None]:
        view = self.own_view
        if view == "start to start":
            return (
                "You measured from start to start, so the work on the step before counts as waiting. A wait runs from the end of one step to the start of the next.",
                "timed from start to start",
            )
        if view.startswith("calendar"):
            return (
                "You counted nights and weekends as waiting. Take the table in office hours: nobody works on a case at 3 in the morning.",
                "nights counted as waiting",
            )
        if view == "mean":
            return "You took the mean of one wait. Asked for is the waiting of all cases together, or a rare step looks large.", "a mean taken for a total"  # fmt: skip
        true = self.office[step]
        return f"For '{step}' the log shows {true.wait_hours:,.1f} hours of waiting and {true.work_hours:,.1f} hours of work.", None

    def bottleneck_part(self) -> Part:
        step, share = self.answer["bottleneck"], self.answer["share_of_wait_pct"]
        if step is None:
            return Part("bottleneck", 0.0, 1.5, "Name the step before which cases wait longest in all, with its share of all waiting.")
        waits = {name: one.wait_hours for name, one in self.office.items()}
        stuck = max(waits, key=waits.get)
        if step != stuck:
            return Part("bottleneck", 0.0, 1.5, *self._wrong_bottleneck(step, stuck))
        shares = {name: 100 * view[stuck] / sum(view.values()) for name, view in self.views.items()}
        if share is None:
            return Part("bottleneck", 0.5, 1.5, f"'{stuck}' is right. Now show how much: its share of all waiting, over all nine steps.")
        own = sum(self.answer["waits"][one]["wait_h"] or 0.0 for one in WAIT_STEPS)
        of_own = 100 * (self.answer["waits"][stuck]["wait_h"] or 0.0) / own if own else -1.0
        if _near(share, shares["office"], 0.05) or _near(share, shares[self.own_view], 0.05):
            says = f"Right: {share:.0f}% of all the waiting lies in front of '{stuck}'. Nothing else comes near it."
            return Part("bottleneck", 1.5, 1.5, says)
        if _near(share, of_own, 0.02):
            says = f"'{stuck}' is right. Your share is of six steps; of all nine it is {shares['office']:.0f}%."
            return Part("bottleneck", 1.0, 1.5, says)
        says = f"'{stuck}' is right. Its share of all waiting is {shares['office']:.0f}%, not {share:g}%: divide its waiting by the waiting before all nine steps."
        return Part("bottleneck", 0.5, 1.5, says)

    def _wrong_bottleneck(self, step: str, stuck: str) -> tuple:
        """Sentence, misconception and error for a step that is not the bottleneck, by the contest that it wins."""
        by = self.office
        times = by[stuck].wait_hours / by[step].wait_hours if step in by and by[step].wait_hours else float("inf")
        ahead = f"cases wait {times:.1f} times as long in front of '{stuck}'" if times < 100 else f"hardly anything waits there, and '{stuck}' holds most"
        if step == max(by, key=lambda name: by[name].longest_wait_hours):
            return f"One case was 90 days old before it came to '{step}'. One case is a story; in all, {ahead}.", None, "one extreme case taken for the bottleneck"  # fmt: skip
        if step == max(by, key=lambda name: by[name].wait_mean_hours):
            return f"When '{step}' happens, the wait is long. But it happened {by[step].times} times, so in all {ahead}.", None, "longest mean wait taken for the bottleneck"  # fmt: skip
        if step == max(by, key=lambda name: by[name].work_hours):
            return f"'{step}' has the most work, but {ahead}. Work is what people do; a bottleneck is where cases wait.", None, "longest work taken for the bottleneck"  # fmt: skip
        if step == max(by, key=lambda name: by[name].times):
            return f"'{step}' is done most often, but {ahead}. A step that everyone passes quickly holds nobody up.", None, "most frequent step taken for the bottleneck"  # fmt: skip
        return f"'{step}' is not where cases wait most: {ahead}.", None, None

    # -- rates --

    @cached_property
    def groups(self) -> dict[str, case_log.Group]:
        """Which cases a learner may have counted, the right ones first."""
        found = case_log.groups(self.case)
        closed, still_open, tests = found["closed"], found["open"], found["tests"]
        return {
            "closed": closed,
            "with tests": closed.and_also(tests),
            "with open": closed.and_also(still_open),
            "with both": closed.and_also(still_open).and_also(tests),
        }

    @cached_property
    def own_group(self) -> str:
        """The cases that the learner's own number says were counted; the closed ones if it says nothing."""
        given = self.answer["rework"]["closed_cases"]
        return next((name for name, group in self.groups.items() if group.cases == given), "closed")

    def rework_part(self) -> Part:
        closed, rate = self.answer["rework"]["closed_cases"], self.answer["rework"]["came_back_pct"]
        if closed is None and rate is None:
            return Part("rework", 0.0, 1.0, "Count the closed cases, and say what share of them came back after an answer.")
        right, counted = self.groups["closed"], self.groups[self.own_group]
        truth = right.came_back_pct
        # Whoever counts too many cases may still have counted the right ones that came back.
        own_mixed = 100 * right.came_back / counted.cases
        good = any(_within(rate, value, 0.3) for value in (truth, counted.came_back_pct, own_mixed))
        marks = 0.5 * (closed == right.cases) + 0.5 * good
        if _within(rate, HEARSAY_REWORK, 0.5) and not _within(truth, HEARSAY_REWORK, 3):
            says = f"Your {rate:g}% is what people say. The log shows {truth:.1f}%. A review rests on what was recorded, and not on what was heard."
            return Part("rework", marks, 1.0, says, "PRm1")
        with_tests, with_open = self.groups["with tests"].cases, self.groups["with open"].cases
        tests, still_open = with_tests - right.cases, with_open - right.cases
        if closed == with_tests == with_open:
            # As many test cases as open ones: the number alone does not say which were counted.
            says = f"Your {closed} cases have the {tests} test cases of T00 or the {still_open} open ones among them. No customer is behind a test, and an open case may still come back."
            return Part("rework", marks, 1.0, says, error="test or open cases counted")
        if closed in (with_tests, self.groups["with both"].cases):
            says = f"Your {closed} cases have the {tests} test cases of T00 among them. No customer is behind those; leave them out."
            return Part("rework", marks, 1.0, says, error="test cases left in")
        if closed == with_open:
            says = f"Your {closed} cases have {still_open} open ones among them. An open case may still come back, so it is not yet counted."
            return Part("rework", marks, 1.0, says, error="open cases taken for finished")
        if marks == 1.0:
            return Part("rework", 1.0, 1.0, f"Right: {truth:.1f}% of {right.cases} closed cases came back after an answer.")
        says = f"{right.came_back} of the customers' closed cases came back. Divide by the number of closed cases, without the test cases."
        return Part("rework", marks, 1.0, says)

    def hand_offs_part(self) -> Part:
        given = self.answer["hand_offs_mean"]
        if given is None:
            return Part("hand_offs", 0.0, 1.0, "Work out how often a case passes from one role to another, on average.")
        truth, own = self.groups["closed"].hand_offs_mean, self.groups[self.own_group].hand_offs_mean
        if _within(given, truth, 0.02) or _within(given, own, 0.02):
            return Part("hand_offs", 1.0, 1.0, f"Right: a case changes hands {given:.2f} times on average.")
        says = f"A closed case changes hands {truth:.2f} times on average, not {given:g}: divide all hand-offs of the closed cases by their number."
        return Part("hand_offs", 0.0, 1.0, says)

    @cached_property
    def broken(self) -> dict[str, float]:
        """For each standard, the percentage of the concerned cases, closed and open, that miss it."""
        found = case_log.standards_of(self.case)
        return {name: 100 * one.missed / one.concerned for name, one in found.items() if one.concerned}

    def failure_part(self) -> Part:
        name, rate = self.answer["failure"]["standard"], self.answer["failure"]["missed_pct"]
        if name is None or rate is None:
            return Part("failure", 0.0, 1.5, "Name the standard that fails most, and the share of the cases concerned that miss it.")
        worst = max(self.broken, key=self.broken.get)
        good = _within(rate, self.broken.get(name), 0.25)
        if _within(rate, HEARSAY_BROKEN, 0.5) and not good:
            says = f"Your {rate:g}% is what people say. By the log {self.broken.get(name, 0.0):.1f}% of the cases concerned miss this standard."
            return Part("failure", 0.0, 1.5, says, "PRm1")
        if name != worst:
            says = f"Standard {worst} fails more often: {self.broken[worst]:.1f}% of the cases concerned miss it."
            return Part("failure", 0.5 * good, 1.5, says)
        if good:
            return Part("failure", 1.5, 1.5, f"Right: {rate:.1f}% of the cases concerned miss this standard, more than any other.")
        only_closed = case_log.standards_of(self.case, "closed")[name]
        if only_closed.concerned and _within(rate, 100 * only_closed.missed / only_closed.concerned, 0.1):
            says = f"You left out the open cases. Those that are already late have missed the standard too: with them it is {self.broken[name]:.1f}%."
            return Part("failure", 0.5, 1.5, says, error="open cases left out")
        says = f"The standard is right. Of the cases concerned, closed and open, {self.broken[name]:.1f}% miss it, not {rate:g}%."
        return Part("failure", 0.5, 1.5, says)


def _percent(value: float | None) -> str:
    return "nothing" if value is None else f"{value:g}%"


def _near(given: float | None, truth: float, share: float) -> bool:
    """Whether a figure lies within a share of the truth, or is the truth to one decimal."""
    return given is not None and abs(given - truth) <= max(share * abs(truth), 0.051)


def _copied(given: float | None, truth: float) -> bool:
    """Whether a figure was taken from a table that has it, perhaps to the whole hour.

    Narrow, because a wait from start to start may be only one part in 300 longer.
    """
    return given is not None and abs(given - truth) <= max(0.001 * abs(truth), 0.51)


def _within(given: float | None, truth: float | None, distance: float) -> bool:
    return given is not None and truth is not None and abs(given - truth) <= distance + 1e-9


# ---- PR2.3 value ---------------------------------------------------------------------------------

ADDS, NEEDED, WASTE = "adds value", "necessary", "waste"
# What each piece of work is for the customer. Where sensible people differ, more than one view holds.
VALUE: Mapping[str, tuple[str, ...]] = {
    "log": (NEEDED,),
    "thanks": (NEEDED, ADDS),
    "triage": (NEEDED, WASTE),
    "investigate": (ADDS, NEEDED),
    "courier": (NEEDED, WASTE),
    "first_approval": (NEEDED, WASTE),
    "second_approval": (WASTE,),
    "answer": (ADDS,),
    "again": (WASTE,),
    "confirm": (NEEDED, ADDS),
}
# On these nobody can differ: the answer is what the customer came for, and nobody pays for a signature twice or work done again.
_CLEAR = ("second_approval", "answer", "again")


def value(answer: dict, case: Case) -> Award:
    """Two marks: what each piece of work is for the customer, and the flow efficiency."""
    given = answer["flow_efficiency_pct"]
    times = case_log.step_times(case).values()
    work, wait = (sum(getattr(one, name) for one in times) for name in ("work_hours", "wait_hours"))
    evidence = f"Flow efficiency {_percent(given)}; the log gives {100 * work / (work + wait):.1f}%."
    return Award((_value_part(answer["work"]), _flow_part(given, case)), evidence=(evidence,))


def _value_part(given: dict) -> Part:
    if not any(given.values()):
        return Part("value", 0.0, 1.0, "Say for each piece of work whether it adds value, is necessary, or is waste.")
    good = [name for name, kinds in VALUE.items() if given[name] in kinds]
    wrong = [name for name, kinds in VALUE.items() if given[name] and given[name] not in kinds]
    clear = sum(name in good for name in _CLEAR) / len(_CLEAR)
    marks = min(max(0.0, (len(good) - len(wrong)) / len(VALUE)), clear)
    if len(good) == len(VALUE):
        return Part("value", marks, 1.0, "Each piece of work is seen as the customer would see it.")
    approvals = [name for name in ("first_approval", "second_approval") if given[name] == ADDS]
    if approvals:
        says = "'Approve' changes nothing for the customer, except that it takes longer. It may be necessary; it adds no value."
        return Part("value", marks, 1.0, says, error="control taken for value")
    if not wrong:
        return Part("value", marks, 1.0, "What you have holds. Say it for every piece of work.")
    why = {
        "again": "Work done again is waste, however good it is: the first answer should have settled it.",
        "answer": "The answer is what the customer came for. It adds value.",
        "second_approval": "A second signature on the same refund adds nothing and is not needed for the first: it is waste.",
        "log": "Entering the complaint is necessary for us; the customer has already told it once.",
    }
    name = next((name for name in why if name in wrong), wrong[0])
    says = why.get(name, f"Look at '{name.replace('_', ' ')}' again: would the customer pay for it, and could we do without it?")
    return Part("value", marks, 1.0, says)


def _flow_part(given: float | None, case: Case) -> Part:
    if given is None:
        return Part("flow_efficiency", 0.0, 1.0, "Divide the work by work and waiting together, over all steps.")
    office, calendar = (case_log.step_times(case, clock) for clock in case_log.CLOCKS)

    def share(times, wait="wait_hours") -> float:
        work = sum(one.work_hours for one in times.values())
        return 100 * work / (work + sum(getattr(one, wait) for one in times.values()))

    truth = share(office)
    if _near(given, truth, 0.05):
        return Part("flow_efficiency", 1.0, 1.0, f"Right: somebody works on a case in {truth:.1f}% of its office time. The rest is waiting.")
    if _near(given, 100 - truth, 0.01):
        says = f"That is the share of waiting. Flow efficiency is the other part, {truth:.1f}%."
        return Part("flow_efficiency", 0.0, 1.0, says)
    if _near(given, share(calendar), 0.05):
        says = f"You divided by nights and weekends as well. In office hours it is {truth:.1f}%."
        return Part("flow_efficiency", 0.0, 1.0, says, error="nights counted as waiting")
    says = f"In office hours, work is {truth:.1f}% of work and waiting together, not {given:g}%."
    return Part("flow_efficiency", 0.0, 1.0, says)
