"""PR1 "Set the scope": how the scope canvas and the table of people, duties and rights are marked.

The truth is counted from the learner's own log and minutes, and worked out with the rights
clock. The steps of a scope are judged between the start and the end that the learner chose.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property, lru_cache

from cslearn.exercises.award import Award, Part
from cslearn.exercises.rules.words import listed
from cslearn.methods import eventlog, scoping
from cslearn.northfold import case_log, customers_rights
from cslearn.northfold.case import Case
from cslearn.northfold.minutes_text import MEETINGS

# A start is right if nearly every case begins with it.
_NEARLY_ALL = 0.95
# A step that fewer cases have is no part of the usual process.
_RARE = 0.05
# A role with this share of all hand-offs belongs at the table, and one with less than the smaller share is a guest.
_MUCH, _GUEST = 0.08, 0.02
# Who does this share of a step's events does that step.
_DOES = 0.20

# Which reasons hold for leaving out what lies next to the process.
_HOLDS = {
    "promise_dates": ("before", "own_owner"),
    "deliver": ("before", "own_owner"),
    "print_labels": ("own_owner",),
    "courier_contract": ("own_owner",),
    "call_training": ("own_owner",),
    "store_visits": ("own_owner",),
    "board_report": ("after", "own_owner"),
}
REASONS = {
    "before": "It is over before the customer contacts us",
    "after": "It begins when the customer has confirmed",
    "own_owner": "It serves other work too, and has an owner of its own",
    "rare": "Fewer than 5 cases in 100 have it",
    "no_figures": "There are no figures about it",
    "objections": "The people there would object",
    "looks_bad": "It would make our figures look worse",
}
# Reasons that hide what a review should find.
_EXCUSES = ("no_figures", "objections", "looks_bad")

INPUTS = {
    ("customer", "complaint"), ("customer", "goods_back"), ("courier", "goods_back"), ("courier", "scans"),
    ("web_shop", "order"), ("finance", "limits"),
}  # fmt: skip
OUTPUTS = {("answer", "customer"), ("remedy", "customer"), ("payment_order", "finance"), ("causes", "head_of_service")}
GOOD_MEASURES = {"first_to_confirm", "came_back", "contacts_per_complaint"}
_FEWEST_STEPS = 6
_EXCLUSIONS = 3

# Which part a role may have in the process. Roles of the log come first; the others are at the meetings or outside.
WHY = {
    "customer": ("affected",),
    "agent": ("does", "affected"),
    "team leader": ("does", "decides", "affected"),
    "handler": ("does", "affected"),
    "returns desk": ("does", "affected", "supplies"),
    "courier desk": ("does", "supplies", "affected"),
    "manager": ("does", "decides", "affected"),
    "officer": ("does",),
    "head of service": ("decides",),
    "complaints supervisor": ("decides", "affected"),
    "finance": ("decides", "affected", "supplies"),
    "human resources": ("affected", "supplies", "decides"),
    "stores": ("affected", "supplies"),
    "staff representative": ("affected",),
    "courier": ("supplies", "affected"),
    "T00": (),
    "mystery shoppers": (),
    "advertising agency": (),
}
RACI_STEPS = ("triage", "investigate", "courier", "approve", "reply")
RACI_ROLES = ("agent", "team leader", "handler", "returns desk", "courier desk", "manager")


class _Log:
    """What the learner's log says about the limits and the people of the process."""

    def __init__(self, telling_seed: int):
        self.log = case_log.log_at(telling_seed)
        self.within = case_log.within_at(telling_seed)

    @cached_property
    def starts(self) -> dict[str, float]:
        """For each step, the share of cases that begin with it."""
        return {step: eventlog.first_share(self.log.real, step) for step in case_log.STEPS}

    @cached_property
    def places(self) -> dict[str, case_log.Place]:
        return {place.step: place for place in case_log.places(self.log)}

    @cached_property
    def usual(self) -> list[str]:
        """The steps of the usual process, in order; the answer's place is that of reply."""
        names = [place.step for place in case_log.places(self.log) if place.step != "reply (thanks)"]
        names = ["reply" if name == "reply (answer)" else name for name in names]
        return [name for name in names if self.within[name] >= _RARE]

    @cached_property
    def answers(self) -> dict[str, int]:
        return case_log.after_first_answer(self.log)

    @property
    def came_back(self) -> tuple[float, float]:
        """Percent of answered cases that came back: of all of them, and of those where anything followed."""
        total = sum(self.answers.values())
        return tuple(100 * self.answers["investigate"] / n for n in (total, total - self.answers[""]))

    @cached_property
    def hand_off_shares(self) -> dict[str, float]:
        return eventlog.hand_off_shares(self.log.real)

    @cached_property
    def roles_of(self) -> dict[str, dict[str, float]]:
        return eventlog.role_shares(self.log.real)


@lru_cache(maxsize=2)
def _log_of(telling_seed: int) -> _Log:
    return _Log(telling_seed)


# ---- PR1.1 scope canvas ---------------------------------------------------------------------


def scope_canvas(answer: dict, case: Case) -> Award:
    """Eight marks: start, end, steps, exclusions, SIPOC, measures, what one case is."""
    canvas = _Canvas(answer, case)
    return Award(
        (
            canvas.start_part(),
            canvas.end_part(),
            canvas.steps_part(),
            canvas.exclusions_part(),
            canvas.sipoc_part(),
            canvas.measures_part(),
            canvas.case_unit_part(),
        ),
        evidence=tuple(canvas.evidence()),
    )


class _Canvas:
    def __init__(self, answer: dict, case: Case):
        self.answer, self.seen = answer, _log_of(case.telling_seed)
        self.ticked = [step for step in answer["in_steps"] if step]

    def evidence(self) -> Iterator[str]:
        """For the tutor: the learner's limits and what they leave out, beside what the log gives."""
        start, end = self.answer["start"]["event"], self.answer["end"]["event"]
        yield (
            f"Starts at {start or 'nothing'} and ends at {end or 'nothing'}; by the log nearly every case begins with receive and "
            f"ends with confirm, {self.seen.places['log'].after_hours:.1f} office hours pass before log, and "
            f"{self.seen.came_back[0]:.1f}% of answered cases came back."
        )
        out = [f"{_name(row['step'])} ({REASONS.get(row['reason'], 'no reason')})" for row in self.answer["out_steps"] if row["step"]]
        if out:
            yield f"Leaves out: {'; '.join(out)}."

    def start_part(self) -> Part:
        event, hours = self.answer["start"]["event"], self.answer["start"]["hours_before_log"]
        if event is None:
            return Part("start", 0.0, 1.5, "Choose the event with which the process starts for the customer.")
        share = self.seen.starts[event]
        truth = self.seen.places["log"].after_hours
        if share < _NEARLY_ALL:
            if event == "log":
                says = (
                    f"You start at the desk. Customers first contacted Northfold {truth:.1f} office hours earlier (median), "
                    "and that wait would be in nobody's review. Start with the first event of the case."
                )
                return Part("start", 0.0, 1.5, says, error="start at the desk")
            says = f"'{event}' is the first event of {100 * share:.0f}% of cases. A start must be the first event of nearly all."
            return Part("start", 0.0, 1.5, says)
        if hours is None:
            says = "The event is right. Now say what a review that started at 'log' would miss: the office hours before it."
            return Part("start", 0.25, 1.5, says)
        if abs(hours - truth) <= max(0.1, 0.02 * truth):
            says = f"Right: every case begins there, and {truth:.1f} office hours would be lost if you started at 'log'."
            return Part("start", 1.5, 1.5, says)
        says = f"The event is right. Half of all cases wait {truth:.1f} office hours or more until 'log' starts, and not {hours:g}; look at the row of 'log'."
        return Part("start", 0.25, 1.5, says)

    def end_part(self) -> Part:
        event, given = self.answer["end"]["event"], self.answer["end"]["came_back_pct"]
        if event is None:
            return Part("end", 0.0, 1.5, "Choose the event with which the process ends for the customer.")
        truth, others = self.seen.came_back
        right = given is not None and min(abs(given - truth), abs(given - others)) <= 0.5
        if event == "reply":
            says = (
                f"You end when the reply is sent. {truth:.0f}% of answers were followed by a case that came back, "
                "so a reply is no end for the customer. End where the customer confirms."
            )
            return Part("end", 0.75 if right else 0.125, 1.5, says, error="end at the reply")
        if event != "confirm":
            share = eventlog.last_share(self.seen.log.closed, event)
            says = f"'{event}' is the last event of {100 * share:.0f}% of closed cases. End where the customer agrees that it is settled."
            return Part("end", 0.0, 1.5, says)
        if right:
            says = f"Right: it ends when the customer confirms, and not at the reply, after which {truth:.1f}% came back."
            return Part("end", 1.5, 1.5, says)
        shown = "Say" if given is None else f"You have {given:g}. Work out"
        says = f"The event is right. {shown} what share of answered cases came back: {self.seen.answers['investigate']} of {sum(self.seen.answers.values())}."
        return Part("end", 0.25, 1.5, says)

    def _required(self) -> list[str]:
        """The usual steps between the learner's own start and end, if those can be a start and an end."""
        usual = self.seen.usual
        start, end = self.answer["start"]["event"], self.answer["end"]["event"]
        first = usual.index(start) if start in usual else 0
        last = usual.index(end) if end in usual else len(usual) - 1
        return usual[first : last + 1] if first < last else usual

    @cached_property
    def steps_share(self) -> float:
        """How much of the process is in, less what belongs elsewhere: from 0 to 1."""
        required = self._required()
        hits = sum(step in self.ticked for step in required)
        false = sum(step in _HOLDS for step in self.ticked)
        return max(0.0, (hits - false) / len(required)) * min(1.0, len(required) / _FEWEST_STEPS)

    def steps_part(self) -> Part:
        if not self.ticked:
            return Part("steps", 0.0, 2.0, "Tick the steps that are in your scope.")
        required, share = self._required(), self.steps_share
        gap = [step for step in required if step not in self.ticked]
        false = [step for step in self.ticked if step in _HOLDS]
        marks = share if gap else 2 * share
        said, error = [], None
        if gap:
            holes = listed([f"'{step}' ({100 * self.seen.within[step]:.0f}% of cases)" for step in gap])
            said.append(f"Your scope has a hole: cases pass through {holes} on their way. A review cannot jump over it.")
            error = "hole in the scope"
        if false:
            names = listed([f"'{case_log.NEXT_TO_IT[step].name}'" for step in false])
            said.append(f"{names} belong{'s' if len(false) == 1 else ''} to other work. A review of everything finishes nothing.")
            error = error or "scope without limits"
        if not said and len(required) < _FEWEST_STEPS:
            said.append("Between your start and your end lie very few steps. Look at where the customer's problem begins and ends.")
        if not said:
            said.append("Every step from your start to your end is in, without a hole, and nothing from elsewhere.")
        return Part("steps", marks, 2.0, " ".join(said), error=error)

    def exclusions_part(self) -> Part:
        rows = {row["step"]: row["reason"] for row in self.answer["out_steps"] if row["step"]}
        if not rows:
            says = f"Name {_EXCLUSIONS} things that you leave out, each with its reason. A scope is known by what is not in it."
            return Part("exclusions", 0.0, 1.0, says)
        good, faults, error = 0, [], None
        for step, reason in rows.items():
            if step in self.ticked:
                faults.append(f"'{_name(step)}' is both in and out; decide.")
            elif reason is None:
                faults.append(f"Say why '{_name(step)}' is out.")
            elif reason in _EXCUSES:
                faults.append(f"'{REASONS[reason]}' is a reason to look there, and not to leave '{_name(step)}' out.")
                error = "an excuse for a reason"
            elif reason in self._reasons_for(step):
                good += 1
            elif step in self.seen.usual:
                faults.append(f"'{_name(step)}' cannot be left out: {100 * self.seen.within[step]:.0f}% of cases pass through it.")
            else:
                faults.append(f"'{REASONS[reason]}' does not hold for '{_name(step)}'. Look again at when it happens and who owns it.")
        bad = len(faults)
        marks = max(0.0, min(good, _EXCLUSIONS) - bad) / _EXCLUSIONS
        if not faults and good < _EXCLUSIONS:
            faults.append(f"{good} of {_EXCLUSIONS} are named with a reason that holds. Add what is missing.")
        says = " ".join(faults[:2]) or "Each thing that you leave out has a reason that holds."
        return Part("exclusions", marks, 1.0, says, error=error)

    def _reasons_for(self, step: str) -> tuple[str, ...]:
        if step in _HOLDS:
            return _HOLDS[step]
        return ("rare",) if self.seen.within.get(step, 1.0) < _RARE else ()

    def sipoc_part(self) -> Part:
        ins = {(row["supplier"], row["input"]) for row in self.answer["inputs"] if row["supplier"] and row["input"]}
        outs = {(row["output"], row["customer"]) for row in self.answer["outputs"] if row["output"] and row["customer"]}
        wrong = sorted(ins - INPUTS) + sorted(outs - OUTPUTS)
        good = min(2, len(ins & INPUTS)) + min(2, len(outs & OUTPUTS))
        marks = max(0, good - len(wrong)) / 4
        if not ins and not outs:
            return Part("sipoc", 0.0, 1.0, "Name two inputs with who supplies them, and two outputs with who gets them.")
        if outs and not any(customer == "customer" for _, customer in outs):
            says = "No output of yours goes to the customer who complained. A process is there for somebody; put that person into the table first."
            return Part("sipoc", min(marks, 0.5), 1.0, says, error="a process without a customer")
        if wrong:
            says = f"{len(wrong)} {'pair does' if len(wrong) == 1 else 'pairs do'} not hold. An input comes from outside the process, and an output is something that its customer can use."
            return Part("sipoc", marks, 1.0, says)
        says = "Both inputs have their supplier, and both outputs their customer." if good == 4 else "What you have holds. Two inputs and two outputs are asked for."
        return Part("sipoc", marks, 1.0, says)

    def measures_part(self) -> Part:
        ticked = {name for name in self.answer["measures"] if name}
        hits, false = len(ticked & GOOD_MEASURES), len(ticked - GOOD_MEASURES)
        marks = max(0, min(hits, 2) - false) / 4
        if not ticked:
            return Part("measures", 0.0, 0.5, "Tick two measures that the customer would feel.")
        if false:
            says = "At least one of your measures sees only the desk. A measure of the whole process runs from the customer's first contact to the customer's yes."
            return Part("measures", marks, 0.5, says)
        says = "Your measures follow the customer from start to end." if hits >= 2 else "One measure fits. Tick a second one."
        return Part("measures", marks, 0.5, says)

    def case_unit_part(self) -> Part:
        unit = self.answer["case_unit"]
        if unit == "complaint":
            # Not worth anything alone: it says what the steps are steps of.
            says = "One case is one complaint, from its first contact to its end, however many contacts lie between."
            return Part("case_unit", 0.5 * min(1.0, 2 * self.steps_share), 0.5, says)
        if unit == "contact":
            says = "If each contact is a case, a customer who rings three times is three cases, and nobody sees the whole wait. Follow the complaint."
            return Part("case_unit", 0.0, 0.5, says, error="contacts counted as cases")
        if unit == "customer":
            says = "A customer may have two complaints at once, with two causes. Follow the complaint."
            return Part("case_unit", 0.0, 0.5, says)
        return Part("case_unit", 0.0, 0.5, "Say what one case is: what do you follow from start to end?")


def _name(step: str) -> str:
    return case_log.NEXT_TO_IT[step].name if step in case_log.NEXT_TO_IT else step


# ---- PR1.2 who and what rules ---------------------------------------------------------------


def who_and_rules(answer: dict, case: Case) -> Award:
    """Six marks: people, how they are involved, what the minutes hide, duties, customers' rights, use of data."""
    table = _People(answer, case)
    parts = (
        table.people_part(),
        table.involve_part(),
        table.minutes_part(),
        table.raci_part(),
        _rights_part(answer["law"], case),
        _data_use_part(answer["law"]["data_use"], case),
    )
    return Award(parts, evidence=tuple(table.evidence()))


class _People:
    def __init__(self, answer: dict, case: Case):
        self.answer, self.seen = answer, _log_of(case.telling_seed)
        # The first row of a role counts.
        self.listed: dict[str, dict] = {}
        for row in answer["people"]:
            if row["role"]:
                self.listed.setdefault(row["role"], row)
        shares = self.seen.hand_off_shares
        self.expected = [role for role, share in shares.items() if share >= _GUEST]
        self.large = [role for role, share in shares.items() if share >= _MUCH]

    def evidence(self) -> Iterator[str]:
        """For the tutor: who is on the list and who is not, and how the Returns desk is involved."""
        missing = [role for role in self.expected if role not in self.listed]
        desk = self.listed.get("returns desk")
        how = {"co-design": "works on the design", "consult": "is asked", "inform": "is told"}
        does = how.get(desk["involve"], "has no part") if desk else "is not there"
        yield (
            f"Lists {len(self.expected) - len(missing)} of the {len(self.expected)} roles that the log shows"
            + (f", without {listed(missing)}" if missing else "")
            + f"; the Returns desk, with {100 * self.seen.hand_off_shares['returns desk']:.0f}% of hand-offs, {does}."
        )

    def _weight(self, role: str) -> int:
        return 2 if role == "returns desk" else 1

    def people_part(self) -> Part:
        hits = sum(
            self._weight(role) * (1.0 if self.listed[role]["why"] in WHY[role] else 0.5)
            for role in self.expected
            if role in self.listed
        )
        wrong = [
            role
            for role, row in self.listed.items()
            if role not in self.expected and (not WHY[role] or (row["why"] and row["why"] not in WHY[role]))
        ]
        marks = 1.5 * max(0.0, hits - len(wrong)) / sum(map(self._weight, self.expected))
        if not self.listed:
            return Part("people", 0.0, 1.5, "List everyone with a stake: who does the work, decides, supplies, or feels it.")
        missing = [role for role in self.expected if role not in self.listed]
        if "returns desk" in missing:
            share = self.seen.hand_off_shares["returns desk"]
            says = f"The Returns desk is not on your list. It takes part in {100 * share:.0f}% of all hand-offs, and no meeting has invited it. Read the log before the list of invitations."
            return Part("people", marks, 1.5, says, "PRm2")
        if missing:
            says = f"The log shows work by {listed([_the(role) for role in missing])}, and your list does not. Add everyone who does a step, and the customer."
            return Part("people", marks, 1.5, says, "PRm2" if len(missing) > 2 else None)
        odd = [role for role in self.listed if not WHY[role]]
        if odd:
            says = {
                "T00": "T00 is no person: it marks the cases that the supplier made to try the system out.",
            }.get(odd[0], f"{_the(odd[0]).capitalize()} has no part in how a complaint is handled.")
            return Part("people", marks, 1.5, f"{says} Take it off the list.")
        if wrong or marks < 1.5:
            says = "Everyone is there. For some, the part that you give them is not theirs: who does a step, who decides, who feels the result?"
            return Part("people", marks, 1.5, says)
        return Part("people", marks, 1.5, "Everyone whom the log shows is on your list, the Returns desk too, each with the right part.")

    def involve_part(self) -> Part:
        if not self.listed:
            return Part("involve", 0.0, 0.5, "Say how each of them is involved.")
        desk = self.listed.get("returns desk")
        share = self.seen.hand_off_shares.get("returns desk", 0.0)
        if desk is None or desk["involve"] in (None, "inform"):
            says = f"Nobody asks the Returns desk, which takes part in {100 * share:.0f}% of the hand-offs and has written four times. Telling people is not involving them."
            return Part("involve", 0.0, 0.5, says, "PRm2")
        told = [role for role in self.large if role in self.listed and self.listed[role]["involve"] == "inform"]
        good = [role for role in self.large if role in self.listed and self.listed[role]["involve"] in ("co-design", "consult")]
        # Whoever asks the whole town asks nobody: names that do not belong here take their share away.
        marks = 0.5 * len(good) / len(self.large) * self.people_part().marks / 1.5
        if told:
            says = f"{_the(told[0]).capitalize()} does much of the work, and is only told the result. Ask before you decide."
            return Part("involve", marks, 0.5, says, "PRm2" if len(told) > 2 else None)
        if len(good) < len(self.large):
            return Part("involve", marks, 0.5, "Those whom you list with much of the work are asked. Some are still missing from the list.")
        return Part("involve", marks, 0.5, "Everyone with much of the work is asked before anything is decided.")

    def minutes_part(self) -> Part:
        role, entry = self.answer["minutes"]["unheard"], (self.answer["minutes"]["open_action"] or "").strip().upper()
        marks = 0.25 * (role == "returns desk") + 0.25 * (entry == _ACCESS_ACTION)
        said = []
        if role != "returns desk":
            said.append("Read again whose note comes back from meeting to meeting, and never becomes an action.")
        if entry != _ACCESS_ACTION:
            row = _ACTIONS.get(entry)
            if row is None:
                said.append("Name the open action by its number in the log of actions, such as A1.1.")
            elif row.done is not None:
                said.append(f"{entry} was done. Look for one that never was.")
            else:
                said.append(f"{entry} is open too. The one asked for would let customers in who are shut out today.")
        return Part("minutes", marks, 0.5, " ".join(said) or "You read what the minutes do not say aloud: who is not heard, and what was promised to customers and not done.")  # fmt: skip

    def raci_part(self) -> Part:
        chart, marks = self.answer["raci"], 0.0
        if not any(letter for row in chart.values() for letter in row.values()):
            return Part("raci", 0.0, 1.5, "Give each step its letters: who does it, who answers for it, who is asked, who is told.")
        most = 1.5 / len(RACI_STEPS)
        faults = []
        for step in RACI_STEPS:
            row, does = chart[step], self.seen.roles_of[step]
            doers = [role for role in RACI_ROLES if does.get(role, 0.0) >= _DOES]
            given = [role for role in RACI_ROLES if row[role] in ("R", "A/R")]
            answer_for = [role for role in RACI_ROLES if row[role] in ("A", "A/R")]
            right = given and all(role in given for role in doers) and all(does.get(role) for role in given)
            marks += most / 2 * bool(right) + most / 2 * (len(answer_for) == 1 and any(role in doers for role in given))
            if not right and given:
                missed = [role for role in doers if role not in given]
                if missed:
                    faults.append(f"By the log {_the(missed[0])} does {100 * does[missed[0]]:.0f}% of '{step}', but has no R there.")
                else:
                    never = next(role for role in given if not does.get(role))
                    faults.append(f"{_the(never).capitalize()} has an R for '{step}', but never does it in the log.")
        form = [found for found in scoping.raci_findings(chart, RACI_STEPS) if found.kind != "unknown letter"]
        error = next((found.kind for found in form if found.kind == "many A"), None)
        said = [found.says for found in form if found.kind == "many A"][:1] + faults[:1]
        said = said or [found.says for found in form][:1]
        says = " ".join(said) or "In each step one role answers for it, and those with the R are those who do it in the log."
        return Part("raci", marks, 1.5, says, error="two who answer" if error else None)


def _rights_part(law: dict, case: Case) -> Part:
    true = customers_rights.customers(case.seed)
    marks, said, blank = 0.0, [], True
    for number, (name, one) in enumerate(true.items(), 1):
        clock, day = law[name]["clock"], _day(law[name]["last_day"])
        blank = blank and clock is None and law[name]["last_day"] is None
        marks += 0.15 * (clock == one.clock) + 0.25 * (clock == one.clock and day == one.last_day)
        if clock == one.clock and day == one.last_day:
            continue
        if clock != one.clock:
            said.append(f"Customer {number}: another clock runs here. {customers_rights.CLOCKS[one.clock]}: {one.because}.")
        else:
            slip = next((slip.because for slip in one.slips if slip.day == day), f"Count again: {one.because}.")
            said.append(f"Customer {number}: {slip}")
    if blank:
        return Part("law", 0.0, 1.6, "Say for each customer which clock runs, and its last day.")
    return Part("law", marks, 1.6, " ".join(said[:2]) or "All four clocks and all four days are right.")


def _data_use_part(given: str | None, case: Case) -> Part:
    use = customers_rights.data_use(case.seed)
    if given is None:
        return Part("data_use", 0.0, 0.4, "Say what allows this use of customers' data, if anything does.")
    if given in use.allowed_by:
        return Part("data_use", 0.4, 0.4, f"Right. {use.because}")
    return Part("data_use", 0.0, 0.4, f"{use.because} You chose '{customers_rights.BASES[given]}'.")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


_ACTIONS = {
    f"A{number}.{n}": action
    for number, meeting in enumerate(MEETINGS, 1)
    for n, action in enumerate(meeting.actions, 1)
}
# Promised to customers who cannot telephone, and never done.
_ACCESS_ACTION = "A5.1"


def _the(role: str) -> str:
    return role if role in ("T00", "finance", "human resources", "stores", "mystery shoppers") else f"the {role}"
