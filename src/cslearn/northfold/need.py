"""The need for change in figures: what one telling's tables say, each figure counted in several ways.

Fifteen measures over Northfold's tables (D1 to D6 and D12) and what people say in meetings
(D11). Every measure has a definition, and two to four ways of choosing its rows: as they
come, with what does not belong left out, and with more left out than should be. The rules
of the exercise work every row of a learner's evidence out again with :func:`figure`; the
page shows the same figures with :func:`ways_of_counting`; a test recomputes them with
pandas and the helpers in :mod:`cslearn.northfold.cleaning`.

The measures bear on six causes (:func:`causes`): two that the records support, three that
they contradict, and one that no record here can test. Plain Python on the published rows,
with NumPy for office time: a browser needs no pandas for it.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

import numpy as np

from cslearn.methods.servqual import DIMENSIONS, WEIGHTS
from cslearn.northfold import cleaning, contacts, mystery_shop, process, standards_policy, story
from cslearn.northfold.draw import seed_of
from cslearn.northfold.process import Process
from cslearn.northfold.working_days import is_working_day
from cslearn.problem import Problem, nearest

# From the first day of the sampled tables to the last day before first contact resolution was counted anew.
SINCE, UNTIL = str(story.YEAR_START), "2024-05-31"
QUARTER = ("2024-01-01", "2024-03-31")
VISITS = ("2024-03-01", "2024-06-30")
LOG = (str(process.BEFORE[0]), str(process.BEFORE[1]))
SITES = story.SITES
CUSTOMER, PROCESS, OPINION = "customer", "process", "opinion"
SOURCES = {
    "D1": "Customers (D1)",
    "D2": "Contacts (D2)",
    "D3": "Complaints (D3)",
    "D4": "Service quality survey (D4)",
    "D5": "Log of the complaints process (D5)",
    "D6": "Daily figures (D6)",
    "D11": "What people say in meetings (D11)",
    "D12": "Mystery shopping (D12)",
}
# In the order of a case; "agents" are the steps of the people on the lines, as a group.
STEPS = {
    "log": "before a complaint is logged",
    "triage": "before a team leader sorts it",
    "investigate": "before somebody looks into it",
    "courier": "before the courier is asked",
    "approve": "before a manager approves the refund",
    "reply": "before the customer gets a reply",
    "confirm": "before somebody checks that all is well",
    "agents": "before any step that agents on the lines do",
}


@dataclass(frozen=True)
class Way:
    """One choice of rows. ``fault`` is empty for the right one, and else says what is wrong with it."""

    key: str
    rows: str
    fault: str = ""

    @property
    def right(self) -> bool:
        """Whether these are the rows that the definition asks for."""
        return not self.fault


@dataclass(frozen=True)
class Measure:
    """One figure that can be evidence: its definition, and the ways in which its rows can be chosen.

    ``name`` is what stands in an evidence row: where the data room has the measure, its own
    words. ``kind`` says who made the record: customers, the process, or somebody's opinion.
    ``steps`` names what a row must add: a step of the process.
    """

    name: str
    source: str
    kind: str
    label: str
    counts: str
    out_of: str
    unit: str
    period: tuple[str, str] | None
    beside: str
    ways: tuple[Way, ...]
    steps: bool = False
    sites: bool = True
    dated: bool = True

    def right(self) -> Way:
        """The way that the definition asks for."""
        return next(way for way in self.ways if way.right)


_TESTS = "20 or so of them are test calls by the supplier of the telephones, and transferred calls stand there twice"
_RAW_CALLS = Way("raw", "every row", f"It counts every row: {_TESTS}")
_TESTED = Way(
    "no_tests", "without test contacts", "Test contacts are out, but transferred calls still stand there twice"
)
_GAP_WAYS = (
    Way("raw", "every answer", "It counts people who gave one answer all the way down, and weights that do not add up to 100"),
    Way("right", "without straight-liners and without weights that miss 100"),
    Way(
        "over", "the same, and only customers who complained",
        "It leaves out everyone who did not complain. The survey asked customers, and not only the unhappy ones",
    ),
)  # fmt: skip
_LOG_WAYS = (
    Way(
        "raw", "every row, cases told apart by their number alone",
        "Both sites use the same case numbers, so two cases became one, and test cases are in it",
    ),
    Way("right", "cases told apart by site and number, without test cases"),
    Way(
        "over", "the same, and only cases that were closed",
        "It leaves out the cases that were still open, and those are the slow ones",
    ),
)  # fmt: skip
_CALL_WAYS = (
    Way("raw", "every row", f"It counts every row: {_TESTS}, and callers who hung up were helped by nobody"),
    Way(
        "answered", "answered calls only",
        "Callers who hung up are out, but test calls are in it, and transferred calls stand there twice",
    ),
    Way("right", "answered calls, without test contacts and second rows of transferred calls"),
    Way(
        "over", "the same, and without talks of more than 15 minutes",
        "It leaves out long talks. Those are real work with real customers, and leaving them out flatters the figure",
    ),
)  # fmt: skip

_MEASURES = (
    Measure(
        "share of churned_12m is yes", "D1", CUSTOMER,
        "Customers who left within twelve months",
        "people who ordered nothing in the twelve months to December 2025", "all people in the customer table",
        "%", None, "what they spend: ask what a lost customer costs",
        (
            Way("raw", "every record", "Some people have two records, and a second record nearly always looks like a customer who left"),
            Way("right", "one record a person: second records joined, the test customer out"),
            Way("over", "the same, and only people with an order in the last 24 months", "It leaves out people who had gone quiet. They are the ones you are counting"),
        ),
        sites=False, dated=False,
    ),
    Measure(
        "share of chasing contacts", "D2", CUSTOMER,
        "Calls that only ask where a delivery or a refund is",
        "telephone contacts about “where is my delivery” or “where is my refund”",
        "all telephone contacts, answered or not", "%", (SINCE, UNTIL), "none at all: nobody rings who need not",
        (
            _RAW_CALLS,
            _TESTED,
            Way("right", "without test contacts and second rows of transferred calls"),
            Way("over", "the same, and answered calls only", "It leaves out callers who hung up. They wanted to know as well"),
        ),
    ),
    Measure(
        "share of repeat_within_7d is no", "D2", CUSTOMER,
        "Calls after which the customer did not have to come back",
        "answered telephone contacts with no other contact in the next seven days",
        "all answered telephone contacts", "%", (SINCE, UNTIL), "what agents tick",
        _CALL_WAYS,
    ),
    Measure(
        "share of resolved_self_report is yes", "D2", OPINION,
        "Calls that the agent ticked as solved",
        "answered telephone contacts with the agent's tick", "all answered telephone contacts", "%", (SINCE, UNTIL),
        "whether the customer came back",
        # Nobody ticks a call that nobody answered, so every row is every answered call.
        (Way("raw", "every row with a tick or a cross", f"It counts every row: {_TESTS}"), *_CALL_WAYS[2:]),
    ),
    Measure(
        "share closed within 5 working days", "D3", CUSTOMER,
        "Complaints closed within five working days",
        "complaints closed on or before the fifth working day after the day they were opened",
        "all complaints opened in the period", "%", (SINCE, UNTIL), "the standard in force",
        (
            Way("raw", "every row", "Some complaints have a closing date before they were opened, and those count as the fastest of all"),
            Way("right", "without complaints closed before they were opened"),
            Way("calendar", "the same, but counting all days and not working days", "It counts Saturdays and Sundays. The standard says working days"),
            Way("over", "the same, in working days, and without cases of more than 30 days", "It leaves out the slowest cases. They happened, and they are what the figure is about"),
        ),
    ),
    Measure(
        "share of category_logged is delivery", "D3", CUSTOMER,
        "Complaints that an agent filed under delivery",
        "complaints whose category is “delivery”", "all complaints opened in the period", "%", (SINCE, UNTIL),
        "the other categories",
        (
            Way("raw", "only the exact spelling “delivery”", "It misses “Delivery”, “DELIVERY” and those with a space behind them"),
            Way("right", "however it was typed"),
            Way("over", "however it was typed, without prices of £10 or less", "It leaves out complaints about cheap goods. A small price is still a real complaint"),
        ),
    ),
    Measure(
        "share of delivery texts about the promise", "D3", CUSTOMER,
        "Delivery complaints in which the promised day is to blame",
        "complaints filed under delivery whose text tells, as its main cause, of an order after 14:00 and a next-day promise",
        "all complaints filed under delivery, however typed", "%", (SINCE, UNTIL), "what the courier did",
        (
            Way("raw", "only the exact spelling “delivery”", "It misses the complaints in which “delivery” was typed another way"),
            Way("right", "however it was typed, by the main cause of each text"),
            Way("over", "however it was typed, by any cause that a text names", "It counts texts with two causes for either of them, so the shares add up to more than 100"),
        ),
    ),
    Measure(
        "weighted gap of reliability", "D4", CUSTOMER,
        "Gap in reliability, times what customers say it weighs",
        "what customers found less what they expected, on average, times the mean weight, divided by 100",
        "the seven steps of the scale, by respondents of June 2024", "score", None, "the other four dimensions, weighted",
        _GAP_WAYS, dated=False,
    ),
    Measure(
        "gap of tangibles", "D4", CUSTOMER,
        "Gap in tangibles, without weights",
        "what customers found less what they expected of shops, vans and letters, on average",
        "the seven steps of the scale, by respondents of June 2024", "score", None, "the weight that customers give it",
        _GAP_WAYS, dated=False,
    ),
    Measure(
        "share of waiting", "D5", PROCESS,
        "Waiting time that lies before one step",
        "office hours that cases lay waiting before the step", "office hours that cases lay waiting before all steps",
        "%", LOG, "the other steps",
        _LOG_WAYS, steps=True, dated=False,
    ),
    Measure(
        "share of time at work", "D5", PROCESS,
        "Time in which somebody works on the case",
        "office hours in which somebody worked on a case", "office hours of work and of waiting", "%", LOG,
        "the waiting, which is all the rest",
        _LOG_WAYS, dated=False,
    ),
    Measure(
        "abandoned as a share of offered", "D6", PROCESS,
        "Calls that the caller gave up",
        "calls whose caller hung up before an answer", "all calls offered", "%", QUARTER, "the other site",
        (
            Way("raw", "every day", "17 January is in it, when the telephones were out. One broken day tells nothing about the others"),
            Way("right", "without 17 January 2024, when the telephones were out"),
            Way("averaged", "the same, but as the mean of the daily percentages", "It gives a quiet Sunday the weight of a busy Monday. Divide all lost calls by all calls"),
            Way("over", "the same, added up, and without Mondays", "It leaves out Mondays. They are ordinary days, only busy"),
        ),
    ),
    Measure(
        "share of notes where nobody asked", "D12", CUSTOMER,
        "Mystery shoppers' notes that say nobody asked what they need",
        "notes that say so", "notes that say anything about it", "%", VISITS, "the tick for the same question",
        (
            Way("raw", "every visit", "In some stores two visits were made on one day. The second one tells of the same day again"),
            Way("right", "one visit a store and day"),
            Way("over", "the same, and without the shopper who gives the lowest marks", "It leaves out a shopper for what they saw. A strict witness is still a witness"),
        ),
        sites=False,
    ),
    Measure(
        "share of asked_needs is yes", "D12", OPINION,
        "Ticks for “the assistant asked what I need”",
        "ticks for yes", "all ticks for that question", "%", VISITS, "the notes on the same visits",
        (
            Way("raw", "every visit", "In some stores two visits were made on one day. The second one tells of the same day again"),
            Way("right", "one visit a store and day"),
        ),
        sites=False,
    ),
    Measure(
        "said at a meeting", "D11", OPINION,
        "Something that somebody said in a meeting",
        "a figure that was named in the room", "nobody knows what", "%", None, "a record",
        (Way("raw", "no rows at all", "There is no record behind it that anyone could count again"),),
        sites=False, dated=False,
    ),
)  # fmt: skip
MEASURES: dict[str, Measure] = {measure.name: measure for measure in _MEASURES}
WAITING, AT_WORK, SAID = "share of waiting", "share of time at work", "said at a meeting"
UNWEIGHTED = "gap of tangibles"
CLOSED = "share closed within 5 working days"


@dataclass(frozen=True)
class Baseline:
    """A figure to start from. ``target`` is what the standards in force ask for, or None; ``old`` what an outdated version asks."""

    name: str
    label: str
    period: tuple[str, str]
    target: float | None
    standard: str = ""
    old: bool = False


# The standards themselves, in words, are in the document (table D10).
BASELINES: dict[str, Baseline] = {
    one.name: one
    for one in (
        Baseline(CLOSED, "Complaints closed within five working days", (SINCE, UNTIL), 80.0, "S2"),
        Baseline("share closed within 10 working days", "Complaints closed within ten working days", (SINCE, UNTIL), 80.0, "S2", old=True),
        Baseline("share acknowledged within 1 working day", "Complaints acknowledged within one working day", (SINCE, UNTIL), 100.0, "S1"),
        Baseline("share of repeat_within_7d is no", "Calls after which the customer did not have to come back", (SINCE, UNTIL), None),
        Baseline("abandoned as a share of offered", "Calls that the caller gave up", QUARTER, None),
    )
}  # fmt: skip

# Said in the minutes or in the corridor; the first one by the director for whom the case is made.
CLAIMS = (
    ("A director", "Agents sit and wait a third of the day.", 33),
    ("Team leaders at West", "Seven in ten calls are solved the first time, easily.", 70),
    ("Finance", "We lose every fourth call.", 25),
    ("The courier's account manager", "The strike week was hardly more than a normal week.", None),
)


@dataclass(frozen=True)
class Figure:
    """A figure and the rows behind it: people, contacts, complaints, cases or calls, as the measure says."""

    n: int
    value: float


def figure(
    telling: "Records | Process",
    measure: str,
    *,
    way: str = "",
    site: str | None = None,
    since: str | None = None,
    until: str | None = None,
    before: str | None = None,
) -> Figure | None:
    """One measure of a telling, counted in one way; None where no rows are left.

    ``way`` is the key of one of the measure's ways, or "" for the right one. ``site`` is one
    of SITES, or None for both; ``since`` and ``until`` are days such as "2024-01-31",
    ``before`` a step for a measure of waiting. What a table does not have (a site, a day) is ignored.
    Raises :class:`Problem` for a measure or a way that there is not.
    """
    records = telling if isinstance(telling, Records) else _records(telling)
    if measure not in MEASURES and measure not in BASELINES:
        raise Problem(f"There is no measure '{measure}'. {nearest(measure, [*MEASURES, *BASELINES], 'There are')}")
    known = MEASURES.get(measure)
    if measure == SAID:
        return None
    way = way or (known.right().key if known else "right")
    if known and way not in [one.key for one in known.ways]:
        raise Problem(
            f"'{measure}' is not counted in a way called '{way}'; there are: {', '.join(w.key for w in known.ways)}."
        )
    period = (known or BASELINES[measure]).period or ("", "9999")
    if known and not known.dated:
        since = until = None
    where = _Where(site if known is None or known.sites else None, since or period[0], until or period[1])
    count = _COUNTS[measure]
    if measure == WAITING:
        return None if before not in STEPS else records.waiting(way, where.site, before)
    return count(records, way, where)


@dataclass(frozen=True)
class _Where:
    site: str | None
    since: str
    until: str

    def holds(self, site: str, day: str) -> bool:
        return (self.site is None or site == self.site) and self.since <= day <= self.until


@lru_cache(maxsize=2)
def _of(seed: int) -> "Records":
    return Records(seed)


def _records(telling: Process) -> "Records":
    return _of(telling.story.seed)


class Records:
    """One telling's published tables, read once and kept in the form in which they are counted."""

    def __init__(self, seed: int):
        self._seed = seed

    def _rows(self, name: str) -> list[dict]:
        from cslearn.northfold.tables import told

        return told(self._seed, name)

    @cached_property
    def _process(self) -> Process:
        return process.telling(self._seed)

    # ---- customers (D1) ---------------------------------------------------------------------

    @cached_property
    def _customers(self) -> dict[str, list[bool]]:
        """For each way, whether each person has left."""
        rows = self._rows("customers")
        people = cleaning.one_record_a_person(rows)
        return {
            "raw": [row["churned_12m"] for row in rows],
            "right": [row["churned_12m"] for row in people],
            "over": [row["churned_12m"] for row in people if row["orders_24m"] > 0],
        }

    def left(self, way: str, where: _Where) -> Figure | None:
        return _share_of(self._customers[way])

    # ---- contacts (D2) ----------------------------------------------------------------------

    @cached_property
    def _calls(self) -> list[tuple[str, str, dict, bool, bool]]:
        """Telephone contacts: site, day, row, whether it is a test, and whether it is the second row of a transferred call."""
        found, last = [], {}
        for row in self._rows("contacts"):
            if row["channel"] != "phone":
                continue
            key = (row["customer_id"], row["reason"], row["site"])
            earlier, last[key] = last.get(key), row
            second = (
                earlier is not None
                and earlier["agent_id"] is not None
                and row["agent_id"] is not None
                and earlier["agent_id"] != row["agent_id"]
                and earlier["team"] == row["team"] is not None
                and _minutes(row["ts"]) - _minutes(earlier["ts"]) < 90
            )
            found.append((row["site"], row["ts"][:10], row, row["agent_id"] == "T00", second))
        return found

    @lru_cache(maxsize=6)  # noqa: B019  (there are two Records at most)
    def _calls_at(self, where: "_Where") -> list[tuple[dict, bool, bool]]:
        return [call[2:] for call in self._calls if where.holds(call[0], call[1])]

    def _calls_in(self, way: str, where: _Where, *, answered: bool) -> list[dict]:
        kept = []
        for row, test, second in self._calls_at(where):
            if way != "raw" and answered and row["abandoned"]:
                continue
            if (way in ("right", "over", "no_tests") and test) or (way in ("right", "over") and second):
                continue
            if way == "over" and (row["talk_s"] > 900 if answered else row["abandoned"]):
                continue
            kept.append(row)
        return kept

    def chasing(self, way: str, where: _Where) -> Figure | None:
        return _share_of(row["reason"] in contacts.CHASING for row in self._calls_in(way, where, answered=False))

    def settled(self, way: str, where: _Where) -> Figure | None:
        return _share_of(not row["repeat_within_7d"] for row in self._calls_in(way, where, answered=True))

    def ticked(self, way: str, where: _Where) -> Figure | None:
        rows = self._calls_in(way, where, answered=True)
        # Nobody can tick a call that nobody answered.
        return _share_of(row["resolved_self_report"] for row in rows if row["resolved_self_report"] is not None)

    # ---- complaints (D3) --------------------------------------------------------------------

    @cached_property
    def _complaints(self) -> list[dict]:
        """Complaints with their site, and working and calendar days to close and to acknowledge (None: not yet)."""
        found = []
        for place, row in enumerate(self._rows("complaints")):
            opened = row["opened"]
            found.append({
                "site": "North" if row["complaint_id"][0] == "N" else "West", "opened": opened,
                "days": _working_days(opened, row["closed_ts"]), "all_days": _days(opened, row["closed_ts"]),
                "acknowledged": _working_days(opened, row["ack_ts"]), "value": row["value_gbp"],
                "typed": row["category_logged"], "category": row["category_logged"].strip().lower(),
                "place": place,
            })  # fmt: skip
        return found

    @cached_property
    def _told(self) -> list[dict]:
        """What a careful reader finds in each complaint's text: its main cause, and perhaps a second one."""
        from cslearn.northfold.complaints import truth_rows

        return truth_rows(self._process)

    @lru_cache(maxsize=12)  # noqa: B019  (there are two Records at most)
    def _complaints_in(self, where: _Where) -> list[dict]:
        return [row for row in self._complaints if where.holds(row["site"], row["opened"])]

    def _within(self, days: int, what: str = "days") -> Callable:
        def count(self, way: str, where: _Where) -> Figure | None:
            rows = self._complaints_in(where)
            if way != "raw":
                # A closing date before the opening is a slip of the keyboard, so both dates are in doubt.
                rows = [row for row in rows if row["all_days"] is None or row["all_days"] >= 0]
            if way == "over":
                rows = [row for row in rows if row["all_days"] is None or row["all_days"] <= 30]
            key = "all_days" if way == "calendar" else what
            return _share_of(row[key] is not None and row[key] <= days for row in rows)

        return count

    def filed(self, way: str, where: _Where) -> Figure | None:
        rows = self._complaints_in(where)
        if way == "over":
            rows = [row for row in rows if row["value"] > 10]
        return _share_of(row["typed" if way == "raw" else "category"] == "delivery" for row in rows)

    def _drawer(self, way: str, where: _Where) -> list[dict]:
        typed = "typed" if way == "raw" else "category"
        return [row for row in self._complaints_in(where) if row[typed] == "delivery"]

    def promised(self, way: str, where: _Where) -> Figure | None:
        either = way == "over"
        told = [self._told[row["place"]] for row in self._drawer(way, where)]
        return _share_of(one["cause"] == "cutoff" or (either and one["second_cause"] == "cutoff") for one in told)

    def told_causes(self, where: _Where) -> Counter:
        return Counter(self._told[row["place"]]["cause"] for row in self._drawer("right", where))

    # ---- service quality (D4) ---------------------------------------------------------------

    @cached_property
    def _answers(self) -> dict[str, np.ndarray | list]:
        rows = [row for row in self._rows("servqual") if row["wave"] == "pre"]

        def grid(names) -> np.ndarray:
            return np.array([[np.nan if row[n] is None else row[n] for n in names] for row in rows], dtype=float)

        items = [f"{number:02d}" for number in range(1, 23)]
        found, weights = grid([f"P{n}" for n in items]), grid(list(WEIGHTS.values()))
        known = ~np.isnan(found)
        low, high = np.where(known, found, 9).min(axis=1), np.where(known, found, 0).max(axis=1)
        return {
            "gaps": found - grid([f"E{n}" for n in items]), "weights": weights,
            "straight": (low == high) & (known.sum(axis=1) >= 10),
            "given": ~np.isnan(weights).any(axis=1), "adds_up": np.nansum(weights, axis=1) == 100,
            "site": np.array([row["site"] for row in rows]), "complained": np.array([row["complained"] for row in rows]),
        }  # fmt: skip

    def gap(self, way: str, where: _Where, dimension: str, weighted: bool) -> Figure | None:
        """The gap of one dimension: the mean over respondents of their own mean gap, perhaps times its mean weight."""
        had = self._answers
        kept = np.ones(len(had["site"]), dtype=bool) if where.site is None else had["site"] == where.site
        if way != "raw":
            # Blank weights stay, as cleaning.without_wrong_weights has it: the answers are good.
            kept = kept & ~had["straight"] & ~(had["given"] & ~had["adds_up"])
        if way == "over":
            kept = kept & had["complained"]
        places = [item - 1 for item in DIMENSIONS[dimension]]
        gaps = had["gaps"][kept][:, places]
        known = ~np.isnan(gaps)
        answered = known.any(axis=1)
        if not answered.any():
            return None
        own = np.where(known, gaps, 0).sum(axis=1)[answered] / known.sum(axis=1)[answered]
        value = float(own.mean())
        if weighted:
            # Someone in a hurry takes every weight that was typed in.
            good = had["given"][kept] & (had["adds_up"][kept] | (way == "raw"))
            if not good.any():
                return None
            value *= float(had["weights"][kept][good][:, list(WEIGHTS).index(dimension)].mean()) / 100
        return Figure(int(answered.sum()), value)

    # ---- the log (D5) -----------------------------------------------------------------------

    @cached_property
    def _steps(self) -> dict[str, np.ndarray]:
        """The log as columns: begin and end in office minutes, and what a row is about."""
        rows = self._rows("events_before")
        clock = self._process.story.clock

        def moments(column: str) -> np.ndarray:
            return clock.office(np.array([_minutes(row[column]) for row in rows], dtype=np.int64) - _MINUTES_BEFORE)

        west = np.array([row["site"] == "West" for row in rows])
        number = np.array([int(row["case_id"]) for row in rows])
        return {
            "begun": moments("start_ts"), "done": moments("end_ts"), "west": west, "number": number,
            "activity": np.array([process.ACTIVITIES.index(row["activity"]) for row in rows]),
            "agent": np.array([row["role"] == "agent" for row in rows]),
            "test": np.array([row["resource"] == "T00" for row in rows]),
        }  # fmt: skip

    @lru_cache(maxsize=12)  # noqa: B019  (there are two Records at most)
    def _log(self, way: str, site: str | None) -> dict:
        """Waiting before each step and work in each, in office minutes, and the number of cases."""
        log = self._steps
        # A case is known by its site and its number; someone in a hurry takes the number alone.
        case = log["number"] + (0 if way == "raw" else 1_000_000 * log["west"])
        kept = np.ones(len(case), dtype=bool) if site is None else log["west"] == (site == "West")
        if way != "raw":
            kept &= ~log["test"]
        if way == "over":
            kept &= np.isin(case, case[kept & (log["activity"] == process.CONFIRM)])
        place = np.flatnonzero(kept)
        if not len(place):
            return {"cases": 0}
        # The rows are in order of time, and stay so within a case.
        place = place[np.argsort(case[place], kind="stable")]
        case, begun, done = case[place], log["begun"][place], log["done"][place]
        first = np.concatenate([[True], case[1:] != case[:-1]])
        wait = np.where(first, 0, np.maximum(0, begun - np.concatenate([[0], done[:-1]])))
        minutes = np.bincount(log["activity"][place], wait, len(process.ACTIVITIES))
        return {
            "cases": int(first.sum()),
            "waits": dict(zip(process.ACTIVITIES, minutes.tolist(), strict=True)),
            "agents": int(wait[log["agent"][place]].sum()),
            "work": int(np.maximum(0, done - begun).sum()),
        }

    def waiting(self, way: str, site: str | None, before: str) -> Figure | None:
        made = self._log(way, site)
        if not made["cases"]:
            return None
        part = made["agents"] if before == "agents" else made["waits"][before]
        return Figure(made["cases"], 100 * part / sum(made["waits"].values()))

    def at_work(self, way: str, where: _Where) -> Figure | None:
        made = self._log(way, where.site)
        if not made["cases"]:
            return None
        return Figure(made["cases"], 100 * made["work"] / (made["work"] + sum(made["waits"].values())))

    # ---- daily figures (D6) -----------------------------------------------------------------

    def given_up(self, way: str, where: _Where) -> Figure | None:
        days = [row for row in self._rows("kpi_daily") if where.holds(row["site"], row["date"])]
        if way != "raw":
            days = [row for row in days if row["date"] != str(story.OUTAGE)]
        if way == "over":
            days = [row for row in days if date.fromisoformat(row["date"]).weekday() != 0]
        days = [row for row in days if row["offered"]]
        offered = sum(row["offered"] for row in days)
        if not offered:
            return None
        if way == "averaged":
            return Figure(offered, sum(100 * row["abandoned"] / row["offered"] for row in days) / len(days))
        return Figure(offered, 100 * sum(row["abandoned"] for row in days) / offered)

    # ---- mystery shopping (D12) -------------------------------------------------------------

    def _visits(self, way: str, where: _Where) -> list[dict]:
        rows = self._rows("mystery_shop")
        if way != "raw":
            first: dict[tuple, str] = {}
            for row in rows:
                key = (row["store"], row["date"])
                first[key] = min(first.get(key, row["visit_id"]), row["visit_id"])
            rows = [row for row in rows if first[row["store"], row["date"]] == row["visit_id"]]
        if way == "over":
            marks: dict[str, list] = {}
            for row in self._rows("mystery_shop"):
                marks.setdefault(row["shopper"], []).append(row["overall"])
            strict = min(marks, key=lambda name: sum(marks[name]) / len(marks[name]))
            rows = [row for row in rows if row["shopper"] != strict]
        return [row for row in rows if where.since <= row["date"] <= where.until]

    def nobody_asked(self, way: str, where: _Where) -> Figure | None:
        told = [mystery_shop.asked_in_note(row["note"]) for row in self._visits(way, where)]
        return _share_of(not asked for asked in told if asked is not None)

    def ticked_asked(self, way: str, where: _Where) -> Figure | None:
        return _share_of(row["asked_needs"] for row in self._visits(way, where))


def _gap(dimension: str, weighted: bool) -> Callable:
    return lambda records, way, where: records.gap(way, where, dimension, weighted)


_COUNTS: Mapping[str, Callable] = {
    "share of churned_12m is yes": Records.left,
    "share of chasing contacts": Records.chasing,
    "share of repeat_within_7d is no": Records.settled,
    "share of resolved_self_report is yes": Records.ticked,
    CLOSED: Records._within(None, 5),
    "share closed within 10 working days": Records._within(None, 10),
    "share acknowledged within 1 working day": Records._within(None, 1, "acknowledged"),
    "share of category_logged is delivery": Records.filed,
    "share of delivery texts about the promise": Records.promised,
    "weighted gap of reliability": _gap("reliability", True),
    UNWEIGHTED: _gap("tangibles", False),
    WAITING: Records.waiting,
    AT_WORK: Records.at_work,
    "abandoned as a share of offered": Records.given_up,
    "share of notes where nobody asked": Records.nobody_asked,
    "share of asked_needs is yes": Records.ticked_asked,
}


def _share_of(marks) -> Figure | None:
    found = list(marks)
    return Figure(len(found), 100 * sum(found) / len(found)) if found else None


_EPOCH = date(1970, 1, 1).toordinal()


def _minutes(text: str) -> int:
    """Minutes since 1970 by the clock on the wall, from a time such as "2024-03-11 09:30"."""
    return (_day_number(text[:10]) * 24 + int(text[11:13])) * 60 + int(text[14:16])


@lru_cache(maxsize=2_000)
def _day_number(day: str) -> int:
    return date.fromisoformat(day).toordinal() - _EPOCH


_MINUTES_BEFORE = _day_number(str(story.START)) * 1440


@lru_cache(maxsize=1)
def _working_days_by() -> list[int]:
    """For each day since the story began, how many working days there have been, that day included."""
    total, found = 0, []
    for number in range(story.DAYS + 400):
        total += is_working_day(story.day_of(number))
        found.append(total)
    return found


def _working_days(opened: str, moment: str | None) -> int | None:
    """Working days after the day of opening up to and including the other day; None for a moment that has not come."""
    if moment is None:
        return None
    by, first = _working_days_by(), _day_number(str(story.START))
    return by[_day_number(moment[:10]) - first] - by[_day_number(opened) - first]


def _days(opened: str, moment: str | None) -> int | None:
    return None if moment is None else _day_number(moment[:10]) - _day_number(opened)


# ---- causes -----------------------------------------------------------------------------------

SUPPORTED, CONTRADICTED, NOT_TESTED = "supported", "contradicted", "not_tested"


@dataclass(frozen=True)
class Cause:
    """One explanation that somebody at Northfold offers, what the records say of it, and why.

    ``bears`` are the measures (with the step, where one is needed) that speak about it.
    """

    kind: str
    text: str
    status: str
    because: str
    bears: tuple[tuple[str, str | None], ...] = ()


_NOT_TESTED = (
    Cause("pay", "People leave for better pay elsewhere, so there are never enough hands.", NOT_TESTED,
          "no table here says who left, or what anyone earns"),
    Cause("rivals", "Other shops answer faster than they did, so customers expect more of us.", NOT_TESTED,
          "no table here knows anything about another shop"),
    Cause("screens", "The case system is so slow that people spend their day waiting for the screen.", NOT_TESTED,
          "the log times the steps, and nobody has timed the screens"),
)  # fmt: skip
STEP_NAMES = {
    "log": "somebody logs them",
    "triage": "a team leader has sorted them",
    "courier": "the courier is asked",
    "approve": "a manager has approved the refund",
}


def causes(telling: Process) -> dict[str, Cause]:
    """The six causes that are offered in one telling, C1 to C6, in an order of their own."""
    stuck = process.ACTIVITIES[telling.bottleneck]
    dice = random.Random(seed_of("causes", telling.story.seed))
    elsewhere = dice.choice([process.ACTIVITIES[step] for step in process.CANDIDATES if step != telling.bottleneck])
    others = (
        Cause("wrong_step", f"Complaints lie longest before {STEP_NAMES[elsewhere]}.", CONTRADICTED,
              "the log shows much more waiting before another step", ((WAITING, elsewhere), (WAITING, stuck))),
        Cause("work", "Looking into complaints is so much work that it takes all these days.", CONTRADICTED,
              "the log shows that nearly all of the time is waiting, and hardly any of it is work", ((AT_WORK, None),)),
        Cause("one_site", "It is one site's trouble. The other site is fine.", CONTRADICTED,
              "both sites are far below the standard", ((CLOSED, None),)),
        Cause("winter", "It is the winter peak, and it passes by itself.", CONTRADICTED,
              "the spring months are no better than the winter ones", ((CLOSED, None),)),
    )  # fmt: skip
    offered = [
        Cause("bottleneck", f"Complaints lie longest before {STEP_NAMES[stuck]}.", SUPPORTED,
              "far more of the waiting lies before this step than before any other", ((WAITING, stuck),)),
        Cause("promise", "The web page promises the next day to people who order after 14:00, and the vans have left.",
              SUPPORTED, "most complaints filed under delivery tell of it",
              (("share of delivery texts about the promise", None),)),
        Cause("lazy", "Agents on the lines take it easy, so complaints lie with them.", CONTRADICTED,
              "hardly any of the waiting lies before the steps that agents do", ((WAITING, "agents"), (AT_WORK, None))),
        Cause("delivery", "Delivery is the cause: it is the largest category, so it is the courier's doing.", CONTRADICTED,
              "a category is where a complaint was filed; the texts tell of the courier far less often than of our own promise",
              (("share of delivery texts about the promise", None),)),
        dice.choice(others),
        dice.choice(_NOT_TESTED),
    ]  # fmt: skip
    dice.shuffle(offered)
    return {f"C{number}": cause for number, cause in enumerate(offered, start=1)}


# ---- objectives and KPIs ----------------------------------------------------------------------


@dataclass(frozen=True)
class Indicator:
    """A KPI that a change may be tied to: the objective that it shows, and whether a table of this case holds it."""

    name: str
    label: str
    objective: str | None
    here: bool = True
    misleads: str = ""


INDICATORS: dict[str, Indicator] = {
    one.name: one
    for one in (
        Indicator("closed_in_5_days", "Complaints closed within five working days", "SO2"),
        Indicator("settled_first_time", "Calls after which the customer does not come back within seven days", "SO2"),
        Indicator("reopened", "Complaints that are reopened", "SO2"),
        Indicator("customers_left", "Customers who leave within twelve months", "SO1"),
        Indicator("buys_again", "Customers with a complaint who buy again within six months", "SO1", here=False),
        Indicator("cost_per_complaint", "Cost of handling one complaint", "SO3", here=False),
        Indicator("overtime", "Overtime in the complaints teams", "SO4", here=False),
        Indicator("handling_time", "Average handling time of a call", None,
                  misleads="Calls can get shorter while customers have to ring twice"),
        Indicator("agent_tick", "Calls that agents tick as solved", None,
                  misleads="A tick can be given before the customer knows"),
        Indicator("checklist", "Ticks for yes on the mystery shopping list", None,
                  misleads="Nearly every box is ticked, whatever the notes say"),
    )
}  # fmt: skip
OBJECTIVES = {key: one["name"] for key, one in standards_policy.OBJECTIVES.items()}


# ---- how it is shown, and how it is handed in ---------------------------------------------------


def told_causes(telling: Process, since: str = SINCE, until: str = UNTIL) -> Counter:
    """How often the texts of complaints filed under delivery tell each main cause, as a careful reader codes them."""
    return _records(telling).told_causes(_Where(None, since, until))


def need_facts(telling: Process) -> dict:
    """What the learner is told besides the tables: the causes that people offer, and what was said in meetings."""
    return {
        "causes": {key: cause.text for key, cause in causes(telling).items()},
        "claims": [list(claim) for claim in CLAIMS],
    }


def ways_of_counting(telling: Process, measure: str, before: str | None = None) -> list[dict]:
    """Every way of counting one measure, for both sites together and for each: ``rows``, and ``both``, ``North``, ``West``."""
    known = MEASURES[measure]
    places = {"both": None, **({name: name for name in SITES} if known.sites else {})}
    return [
        {
            "rows": way.rows,
            **{key: figure(telling, measure, way=way.key, site=site, before=before) for key, site in places.items()},
        }
        for way in known.ways
    ]


def evidence_row(
    telling, measure: str, rows: str, *, site: str | None = None, before: str | None = None,
    since: str | None = None, until: str | None = None, id: str = "E1",
) -> dict:  # fmt: skip
    """One row of evidence, ready to copy into an answer; ``telling`` may be a case.

    ``rows`` says which rows are counted, in the words of :func:`ways_of_counting`.
    Raises :class:`Problem` for a measure or rows that there are not, and where no rows are left.
    """
    telling = getattr(telling, "telling", telling)
    if measure not in MEASURES:
        raise Problem(f"There is no measure '{measure}'. {nearest(measure, MEASURES, 'There are')}")
    known = MEASURES[measure]
    ways = {way.rows: way.key for way in known.ways}
    if rows not in ways:
        raise Problem(f"'{measure}' is not counted from '{rows}'. {nearest(rows, ways, 'Choose one of')}")
    if known.steps and before not in STEPS:
        raise Problem(f"Say before which step: {', '.join(STEPS)}.")
    if site is not None and site not in SITES:
        raise Problem(f"There is no site '{site}'. The sites are North and West; leave it out for both.")
    for day in (since, until):
        if day is not None:
            _checked(day)
    found = figure(telling, measure, way=ways[rows], site=site, before=before, since=since, until=until)
    if found is None:
        raise Problem("No rows are left. Choose a longer period, or another measure.")
    period = [since or (known.period or ("", ""))[0], until or (known.period or ("", ""))[1]] if known.period else None
    return {
        "id": id, "source": known.source, "measure": measure,
        "filter": {key: value for key, value in (("site", site), ("before", before)) if value},
        "period": period, "n": found.n, "value": round(found.value, 2), "unit": known.unit, "reads": None,
    }  # fmt: skip


def _checked(day: str) -> None:
    try:
        datetime.strptime(day, "%Y-%m-%d")
    except (TypeError, ValueError):
        raise Problem(f"'{day}' is not a date; write it like 2024-01-31.") from None


def need_figures(telling: Process) -> dict:
    """What the screen looks at: whether the two supported causes are clear, and the three others clearly wrong."""
    from cslearn.northfold.customers import working_days_taken

    made, days = telling.made, working_days_taken(telling)
    numbers = [story.number_of(date.fromisoformat(day)) for day in (SINCE, "2024-02-29", UNTIL)]
    sampled = telling.sampled & (made["day"] >= numbers[0]) & (made["day"] <= numbers[2])
    winter = made["day"] <= numbers[1]

    def closed(which) -> float:
        return 100 * float((days[sampled & which] <= 5).mean())

    north = made["site"] == 0
    by_place = [closed(which) for which in (north, ~north, winter, ~winter)]
    return {
        "closed_at_best": max(by_place),
        "closed_spread": max(by_place) - min(by_place),
        "causes": {key: [cause.kind, cause.status] for key, cause in causes(telling).items()},
    }
