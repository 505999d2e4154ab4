"""What a learner sees of the case log: the tables that a log tool would give, for the exercises on scope and on bottlenecks.

Each function gives a case as :func:`cslearn.exercises.shown.shown` describes it. Nobody has
to scroll through thousands of rows; what has to be chosen rightly is left to choose.
"""

import math
import re

from cslearn.methods import eventlog
from cslearn.northfold import case_log, customers_rights
from cslearn.northfold.case import Case
from cslearn.northfold.minutes_text import MEETINGS, PEOPLE


# So many ways are shown; the others are told together.
_WAYS = 12


def set_the_scope(case: Case) -> dict:
    """The case of PR1: the steps, what follows an answer, hand-offs, meetings, and customers with a right."""
    log = case_log.log_of(case)
    tables = {
        "steps": _steps(log),
        "after_answer": _after_answer(log),
        "next_to_it": _next_to_it(),
        "who_does_what": _who_does_what(log),
        "hand_offs": _hand_offs(log),
        "meetings": _meetings(),
        "customers": _customers(case),
        "actions": _actions(case),
        **_minutes(case),
    }
    return {"says": _about(case, log), "tables": tables}


def find_the_bottleneck(case: Case) -> dict:
    """The case of PR2: what follows what, who does it, times by step, groups of cases, standards, and what people say."""
    log = case_log.log_of(case)
    tables = {
        "follows": _follows(log),
        "ways": _ways(log),
        "who_does_what": _who_does_what(log) | {"task": "the-map"},
        "work": _work(case),
        "waiting_office": _waiting(case, case_log.OFFICE),
        "waiting_calendar": _waiting(case, case_log.CALENDAR),
        "groups": _groups(case),
        "standards": _standards(case),
        "hearsay": _hearsay(case),
    }
    about = _about(case, log)
    about[2] = f"It also has {len(log.tests)} test cases, made by the supplier under the name T00."
    return {"says": about, "tables": tables}


def _about(case: Case, log: case_log.Log) -> list[str]:
    first, last = case.facts["opened"]
    return [
        f"The log has the complaints that were opened from {_said(first)} to {_said(last)}, one in three, at both sites, as it was drawn on {_said(case.facts['log_drawn'])}.",
        f"It has {len(log.real)} cases of customers, of which {len(log.open)} were still open on that day.",
        f"It also has {len(log.tests)} test cases, made by the supplier under the name T00. They are left out of the tables below.",
        "Hours are office hours: Monday to Friday from 9 to 5, without bank holidays.",
    ]


def _said(day: str) -> str:
    return customers_rights.said(customers_rights.date.fromisoformat(day)).split(" ", 1)[1]


def _table(title: str, columns: tuple[str, ...], rows: list[list], task: str, folded: bool = False) -> dict:
    made = {"title": title, "columns": [{"name": name} for name in columns], "rows": rows, "task": task}
    return made | ({"folded": True} if folded else {})


def _steps(log: case_log.Log) -> dict:
    size, closed = len(log.real), len(log.closed)
    kinds = {"reply (thanks)": "A letter goes out that thanks for the complaint", "reply (answer)": "The letter with the answer goes out"}  # fmt: skip
    rows = [
        [
            place.step,
            kinds.get(place.step) or case_log.STEPS[place.step],
            _percent(place.cases, size),
            _percent(place.first, size),
            _percent(place.last, closed),
            f"{place.after_hours:.1f}",
        ]
        for place in case_log.places(log)
    ]
    columns = (
        "Step", "What happens", "Cases that have it", "First event of cases", "Last event of closed cases",
        "Starts so many office hours after the first contact (median)",
    )  # fmt: skip
    return _table("The steps of a case, in their usual order", columns, rows, "scope-canvas")


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%"


def _after_answer(log: case_log.Log) -> dict:
    found = case_log.after_first_answer(log)
    names = {
        "confirm": "confirm: the customer agreed, and the case was closed",
        "investigate": "investigate: the case came back and was worked on again",
        "ombudsman": "ombudsman: a file for an outside body was put together",
        "": "nothing yet when the log was drawn",
    }
    rows = [[names[name], number] for name, number in found.items()]
    rows.append(["All cases that had an answer", sum(found.values())])
    return _table("What came next after the first answer", ("What came next", "Cases"), rows, "scope-canvas")


def _next_to_it() -> dict:
    rows = [list(one) for one in case_log.NEXT_TO_IT.values()]
    return _table(
        "Work next to the process that the minutes name", ("Work", "Owner", "When it happens"), rows, "scope-canvas"
    )


def _who_does_what(log: case_log.Log) -> dict:
    counts = case_log.events_by_role(log)
    # In words, because a column for each of eight roles does not fit on a phone.
    rows = [
        [step, ", ".join(f"{role} {times:,}" for role, times in counts[step].items() if times)]
        for step in case_log.STEPS
    ]
    return _table("Who does which step, and how often", ("Step", "Done by"), rows, "who-and-rules")


def _hand_offs(log: case_log.Log) -> dict:
    rows = [
        [one.role.capitalize(), one.people or None, one.events, one.given, one.taken, f"{100 * one.share:.1f}%"]
        for one in case_log.roles(log)
    ]
    columns = ("Role in the log", "People", "Steps done", "Handed over", "Taken over", "Part in all hand-offs")
    return _table("Hand-offs: from one role to another", columns, rows, "who-and-rules")


def _meetings() -> dict:
    rows = [
        [
            f"{name}, {title}",
            sum(name in meeting.present for meeting in MEETINGS),
            sum(name in meeting.apologies for meeting in MEETINGS),
        ]
        for name, title in PEOPLE.items()
    ]
    title = f"Who was at the {len(MEETINGS)} meetings of the complaints improvement group"
    return _table(title, ("Person", "Present", "Apologies"), rows, "who-and-rules")


def _actions(case: Case) -> dict:
    rows = [
        [row["entry_id"], row["text"], row["owner"], row["due"], row["done"] or "not done"]
        for row in case.tables["decisions"]
        if row["kind"] == "action"
    ]
    columns = ("Number", "Action", "Owner", "Due", "Done")
    return _table("The log of actions, as of 1 December 2024", columns, rows, "who-and-rules", folded=True)


def _minutes(case: Case) -> dict[str, dict]:
    found = {}
    for day, text in case.documents["minutes"].items():
        # "1. **Heading.** Words" and, below Decisions, "- D1.1 Words"
        items = re.findall(r"^\d+\. (?:\*\*(.+?)\.?\*\* )?(.+)$", text, re.MULTILINE)
        decided = re.findall(r"^- (D\d\.\d) (.+)$", text, re.MULTILINE)
        present = re.search(r"^Present: (.+)$", text, re.MULTILINE)
        rows = [["Present", present[1] if present else ""]]
        rows += [[heading or "Also", words.replace("*", "")] for heading, words in items]
        rows += [[f"Decision {number}", words] for number, words in decided]
        title = f"Minutes of {_said(day)}"
        found[f"minutes_{day}"] = _table(title, ("Item", "What the minutes say"), rows, "who-and-rules", folded=True)
    return found


def _customers(case: Case) -> dict:
    # Two columns, because a letter in a narrow third of a phone is a long way down.
    rows = [
        [f"Customer {number}", f"“{one.says}” Asked: {one.asks[0].lower()}{one.asks[1:]}."]
        for number, one in enumerate(customers_rights.customers(case.seed).values(), 1)
    ]
    rows.append(
        ["Use of data", f"{customers_rights.data_use(case.seed).says} Asked: what allows it, if anything does."]
    )
    columns = ("Who", "What they say, and what is asked")
    return _table("Four customers, and one use of data", columns, rows, "who-and-rules")


# ---- where it sticks -----------------------------------------------------------------------------


def _follows(log: case_log.Log) -> dict:
    rows = [[f"{a} → {b}", times, f"{100 * share:.1f}%"] for a, b, times, share in case_log.follows(log)]
    columns = ("From one step to the next", "Times", "Cases in which it happens")
    return _table("Which step comes next after which, without test cases", columns, rows, "the-map")


def _ways(log: case_log.Log) -> dict:
    found = eventlog.variants(log.closed)
    rows = [[f"{place}. {' → '.join(way)}", times] for place, (way, times) in enumerate(found.items(), 1)][:_WAYS]
    rest = sum(found.values()) - sum(row[1] for row in rows)
    rows.append([f"{len(found) - len(rows)} other ways", rest])
    title = "The ways that closed cases go, the most frequent first"
    return _table(title, ("Way", "Cases"), rows, "the-map", folded=True)


def _work(case: Case) -> dict:
    times = case_log.step_times(case).values()
    rows = [[one.step, one.times, _hours(one.work_hours), f"{one.work_mean_minutes:.1f}"] for one in times]
    rows.append(
        ["All steps", sum(one.times for one in times), _hours(math.fsum(one.work_hours for one in times)), None]
    )
    columns = ("Step", "Times done", "Work in all (hours)", "Work each time (minutes)")
    return _table("Work on each step, without test cases", columns, rows, "where-it-sticks")


def _waiting(case: Case, clock: str) -> dict:
    times = case_log.step_times(case, clock).values()
    rows = [
        [
            one.step,
            _hours(one.wait_hours),
            _hours(one.wait_mean_hours),
            _hours(one.wait_median_hours),
            _hours(one.longest_wait_hours),
            _hours(one.start_to_start_hours),
        ]
        for one in times
    ]
    # Python's own sum of floats changed in 3.12, which the browser has; this one is the same in all.
    wait, since = (
        _hours(math.fsum(getattr(one, name) for one in times)) for name in ("wait_hours", "start_to_start_hours")
    )
    rows.append(["All steps", wait, None, None, None, since])
    columns = ("Step", "In all", "Each time, mean", "Each time, median", "Longest", "From start to start, in all")
    title = {
        case_log.OFFICE: "Hours of waiting before each step, in office hours",
        case_log.CALENDAR: "Hours of waiting before each step, by the calendar, nights and weekends too",
    }[clock]
    return _table(f"{title}; without test cases", columns, rows, "where-it-sticks")


def _hours(hours: float) -> str:
    return f"{hours:,.1f}"


def _groups(case: Case) -> dict:
    names = {"closed": "Customers' cases, closed", "open": "Customers' cases, still open", "tests": "Test cases of T00"}
    rows = [[names[name], *group] for name, group in case_log.groups(case).items()]
    columns = ("Group", "Cases", "Came back after an answer", "Hand-offs from role to role, in all")
    return _table("Cases by group", columns, rows, "where-it-sticks")


def _standards(case: Case) -> dict:
    closed, still_open = case_log.standards_of(case, "closed"), case_log.standards_of(case, "open")
    rows = [
        [f"{name}: {says}", *(f"{found[name].missed} of {found[name].concerned}" for found in (closed, still_open))]
        for name, says in case_log.STANDARDS.items()
    ]
    columns = (
        "Standard",
        "Closed cases that miss it, of those concerned",
        "Open cases that miss it already, of those concerned",
    )
    return _table("Four of Northfold's standards: how many cases miss them", columns, rows, "where-it-sticks")


def _hearsay(case: Case) -> dict:
    longest = max(case_log.step_times(case).values(), key=lambda one: one.longest_wait_hours).step
    rows = [
        ["The head of service", "It is the investigations. Look how much work there is in them."],
        ["A team leader", "We write letters from morning to night. That is where it sticks."],
        ["The officer", "When an outside body wants a file, the case lies here for weeks."],
        ["An agent", f"I had a case that was ninety days old before anyone got to '{longest}'. Ninety!"],
        ["A manager", "One case in twenty comes back, if that. And nine in ten keep every standard that we have."],
    ]
    return _table("What people at Northfold say", ("Who", "What they say"), rows, "where-it-sticks")
