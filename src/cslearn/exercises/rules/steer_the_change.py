"""CM4 "Steer the change": how the sheet, the reading of the chart and the sorting are marked.

The truth is worked out from the learner's own case: limits from its weeks, signals from
its figures, the cause of the trouble from its plan, the six weeks after from the action
that the learner chose. Limits are judged on the learner's own baseline, and the check on
the learner's own limits, as long as those are anywhere near the case's.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import sqrt
from statistics import fmean

from cslearn.exercises.award import Award, Part
from cslearn.exercises.rules.words import listed
from cslearn.methods import control_chart
from cslearn.methods.control_chart import Limits
from cslearn.methods.sorting import sorted_well
from cslearn.northfold import next_weeks
from cslearn.northfold import two_jobs as jobs
from cslearn.northfold.case import Case
from cslearn.northfold.monitoring import KPIS, LEAVE_OUT, OWNERS, Week, kept, weekly

_ROWS = 4
# What a limit may be off, as a share of the distance between the two.
_NEAR = 0.02

# ---- CM4.1 monitoring sheet ----------------------------------------------------------------


def monitoring_sheet(answer: dict, case: Case) -> Award:
    """Five marks: definitions, baselines, limits, the mix of measures, owners and how often."""
    sheet = _Sheet(answer, case)
    parts = (sheet.definitions(), sheet.baselines(), sheet.limits(), sheet.mix(), sheet.owners())
    return Award(parts, flags=tuple(sheet.flags()), evidence=tuple(sheet.evidence()))


_WHY = {
    "outage_day": "on 17 January the telephones were out for most of the day.",
    "missing_weekend": "the week of 15 July lacks its weekend, so it is not a week like the others.",
    "old_definition": "until 31 May repeats within seven days counted, since then only within five.",
}
_LEADS = {
    "leading": "moves early, before customers have had the result",
    "lagging": "shows the result, when it is already there",
}
_NOT_FOR = {
    "everyone": "What belongs to everyone, nobody looks at.",
    "reporting": "Reporting makes the figure, and cannot change what it shows.",
    "head_of_service": "The head of service is too far from the work to act on it within the week.",
}
_TOO_SELDOM = {
    "monthly": "monthly gives three points in twelve weeks",
    "quarterly": "once in a quarter is once in the whole change",
    "at_the_end": "a figure at the end cannot steer",
    "daily": "by the day it has too few cases to tell anything",
}


class _Row:
    """One row of a learner's sheet beside the case's truth."""

    def __init__(self, row: dict, case: Case):
        self.row, self.kpi = row, KPIS[row["kpi"]]
        self.weeks, self.facts = weekly(case, self.kpi.name), case.facts
        self.left_out = {name for name in row["leave_out"] if name}
        self.counted = row["numerator"] == self.kpi.numerator and row["denominator"] == self.kpi.denominator
        must = set(self.kpi.must)
        self.exclusions = must <= self.left_out <= must | set(self.kpi.may)
        self.led = row["lead_lag"] in self.kpi.leads
        # The baselines that a careful person could use: as the row says, if it says it right; and both ways that are right.
        ways = [self.left_out] if self.exclusions else []
        self.ways = [kept(self.weeks, self.facts, way) for way in (*ways, must, must | set(self.kpi.may))]
        self.series = [_figures(way) for way in self.ways]
        self.whole = kept(self.weeks, self.facts)

    @property
    def definition(self) -> float:
        """From 0 to 1: what is counted, what is left out, and whether it leads or lags."""
        return self.counted * (0.4 + 0.4 * self.exclusions + 0.2 * self.led)

    def figure(self, value: float | None) -> str:
        """A figure of this measure in words, to its own digits."""
        return (
            "nothing"
            if value is None
            else f"{value:.{self.kpi.digits}f}".rstrip("0").rstrip(".")
            if self.kpi.digits
            else f"{value:g}"
        )

    def near(self, given: float | None, true: float, width: float, share: float = _NEAR) -> bool:
        return given is not None and abs(given - true) <= max(share * width, self.kpi.step)

    def lines(self, by: Limits) -> bool:
        """Whether the row's limits are these."""
        width = by.upper - by.lower
        return self.near(self.row["lower"], by.lower, width) and self.near(self.row["upper"], by.upper, width)

    def baseline_right(self) -> bool:
        given = self.row["baseline"]
        usual = [control_chart.limits(figures) for figures in self.series]
        if any(self.near(given, by.mean, by.upper - by.lower) for by in usual):
            return True
        # A baseline of a share may be made of all its weeks' sums at once.
        return self.kpi.how == "ratio" and any(self.near(given, _of_sums(weeks), 0.0) for weeks in self.ways)

    def limits_right(self) -> tuple[bool, bool]:
        """Whether the lower and the upper limit are right, by the true mean or by the row's own."""
        low = high = False
        for by in (by for weeks in self.ways for by in self._over_a_gap(weeks)):
            width = by.upper - by.lower
            means = [
                by.mean,
                *([self.row["baseline"]] if self.near(self.row["baseline"], by.mean, width, 0.10) else []),
            ]
            low |= any(self.near(self.row["lower"], mean - width / 2, width) for mean in means)
            high |= any(self.near(self.row["upper"], mean + width / 2, width) for mean in means)
            # A share cannot be negative; who cuts the limit at nothing is right.
            low |= by.lower < 0 and self.row["lower"] == 0
        return low, high

    def _over_a_gap(self, weeks: list[Week]) -> Iterable[Limits]:
        """The limits of these weeks, with and without the range across a week that was left out."""
        figures = _figures(weeks)
        yield control_chart.limits(figures)
        gaps = [n for n, (one, other) in enumerate(pairwise(weeks)) if (other.monday - one.monday).days > 7]
        if gaps:
            ranges = control_chart.moving_ranges(figures)
            spread, mean = fmean(width for n, width in enumerate(ranges) if n not in gaps), fmean(figures)
            yield Limits(mean, mean - 2.66 * spread, mean + 2.66 * spread, spread, 3.267 * spread)

    def limits_fault(self) -> tuple[str, str | None]:
        """What was done instead, if the limits show it: a sentence, and a short name of the error."""
        name, low, high = self.kpi.label, self.row["lower"], self.row["upper"]
        if low is None or high is None:
            return (
                f"'{name}' has no full limits yet. Take its mean, plus and minus 2.66 times the mean moving range.",
                None,
            )
        if any(abs(line - self.kpi.target) <= self.kpi.step for line in (low, high)):
            return (
                f"'{name}': {self.kpi.target:g} is the target. A target says what you hope for; a limit says what the process"
                " does by itself. Work the limits out from the weeks of the baseline."
            ), "target used as a limit"
        for times in (2, 3):
            if any(self.lines(_by_deviation(figures, times)) for figures in self.series):
                return (
                    f"'{name}': your limits are the mean plus and minus {times} standard deviations. An XmR chart takes"
                    " 2.66 times the mean moving range, so that one odd week or a slow drift does not stretch it."
                ), "limits from the standard deviation"
        for parts in (("baseline", "after"), ("baseline", "pilot", "after"), ("winter", "baseline", "pilot", "after")):
            if self.lines(control_chart.limits([week.figure for week in self.weeks if week.part in parts])):
                return (
                    f"'{name}': your limits take in the weeks after the start. You let the change set its own yardstick."
                    " Use the weeks of the baseline only."
                ), "limits include the weeks after the change"
        if self.kpi.must and self.lines(control_chart.limits(_figures(self.whole))):
            return (
                f"'{name}': you used all 24 weeks of the baseline, but {_WHY[self.kpi.must[-1]]} Leave that out.",
                "spoilt weeks left in",
            )
        by = control_chart.limits(self.series[0])
        return (
            f"'{name}': the mean of its weeks is {self.figure(by.mean)} and their mean moving range {self.figure(by.mean_range)},"
            f" which gives limits of {self.figure(by.lower)} and {self.figure(by.upper)}."
        ), None

    def definition_fault(self) -> tuple[str, str | None]:
        """What is wrong with the definition: a sentence, and a short name of the error."""
        name, kpi = self.kpi.label, self.kpi
        if self.row["numerator"] == "contacts_ticked" and kpi.name == "first_contact_resolution":
            return (
                f"'{name}': what agents tick as solved is their own opinion. Count the contacts after which the customer did not come back."
            ), "agents' ticks taken for what customers met"
        if not self.counted:
            what = "numerator" if self.row["numerator"] != kpi.numerator else "denominator"
            more = " A count has none." if kpi.denominator == "none" and what == "denominator" else ""
            return f"'{name}': the {what} does not fit. Ask what is counted, and of how many.{more}", None
        if "bad_weeks" in self.left_out:
            return (
                f"'{name}': a week is not left out because its figure is bad. Leave out only what was not measured as it should be."
            ), "bad weeks left out"
        missing = [what for what in kpi.must if what not in self.left_out]
        if missing:
            error = "outage counted" if missing[0] == "outage_day" else "spoilt weeks left in"
            return f"'{name}' has to leave something out: {_WHY[missing[0]]}", error
        if not self.exclusions:
            extra = next(what for what in LEAVE_OUT if what in self.left_out and what not in (*kpi.must, *kpi.may))
            return f"'{name}' need not leave out a change that does not touch it: {_WHY[extra]}", None
        return f"'{name}' is a {kpi.leads[0]} measure: it {_LEADS[kpi.leads[0]]}.", None


def _figures(weeks: Iterable[Week]) -> list[float]:
    return [week.figure for week in weeks]


def _of_sums(weeks: Sequence[Week]) -> float:
    """The share of all these weeks at once, in per cent."""
    return 100 * sum(week.top for week in weeks) / sum(week.bottom or 0 for week in weeks)


def _by_deviation(figures: Sequence[float], times: float) -> Limits:
    """Limits as many people draw them: the mean, plus and minus so many standard deviations."""
    mean = fmean(figures)
    reach = times * sqrt(sum((figure - mean) ** 2 for figure in figures) / (len(figures) - 1))
    return Limits(mean, mean - reach, mean + reach, 0.0, 0.0)


class _Sheet:
    """A learner's monitoring sheet."""

    def __init__(self, answer: dict, case: Case):
        rows: dict[str, _Row] = {}
        for row in answer["kpis"]:
            # A second row for the same measure changes nothing.
            if row["kpi"] and row["kpi"] not in rows:
                rows[row["kpi"]] = _Row(row, case)
        self.rows = list(rows.values())
        # A row holds up by what it counts or by its figure: a slip in one of them is lost once.
        self.sound = [row for row in self.rows if row.counted or row.baseline_right()]
        # One measure, however well defined, is no sheet.
        self.coverage = min(1.0, len(self.sound) / _ROWS)

    def _part(self, name: str, marks: float, maximum: float, sentence: str, error: str | None = None) -> Part:
        if not self.rows:
            return Part(name, 0.0, maximum, "Choose four to six measures first.")
        few = f" You have {len(self.rows)} of at least {_ROWS} measures." if len(self.rows) < _ROWS else ""
        return Part(name, marks, maximum, sentence + few, error=error)

    def definitions(self) -> Part:
        marks = _best(row.definition for row in self.rows)
        faults = [row.definition_fault() for row in self.rows if row.definition < 1]
        sentence, error = _first(
            faults, "Every definition is complete: what is counted, of how many, and what is left out."
        )
        return self._part("definitions", marks, 1.0, sentence, error)

    def baselines(self) -> Part:
        marks = _best(row.baseline_right() for row in self.rows)
        faults = []
        for row in self.rows:
            if not row.baseline_right():
                by = control_chart.limits(_figures(row.whole))
                if row.kpi.must and row.near(row.row["baseline"], by.mean, by.upper - by.lower):
                    said = f"'{row.kpi.label}': your baseline takes in what does not belong: {_WHY[row.kpi.must[-1]]}"
                    faults.append((said, "spoilt weeks left in"))
                else:
                    mean = row.figure(fmean(row.series[0]))
                    said = f"'{row.kpi.label}': the mean of its weeks in the baseline is {mean}, not {row.figure(row.row['baseline'])}."
                    faults.append((said, None))
        sentence, error = _first(faults, "Every baseline is the mean of the right weeks.")
        return self._part("baselines", marks, 1.0, sentence, error)

    def limits(self) -> Part:
        right = [(row, sum(row.limits_right()) / 2) for row in self.rows]
        marks = 1.5 * _best(share for _, share in right) * self.coverage
        faults = [row.limits_fault() for row, share in right if share < 1]
        sentence, error = _first(
            faults, "Your limits come from the process itself: from the right weeks and their moving ranges."
        )
        return self._part("limits", marks, 1.5, sentence, error)

    def mix(self) -> Part:
        have = {
            "one that leads": any("leading" in row.kpi.leads and row.led for row in self.sound),
            "one about people": any(row.kpi.kind == "people" for row in self.sound),
            "one about what customers meet": any(row.kpi.kind == "customer" for row in self.sound),
        }
        missing = [what for what, there in have.items() if not there]
        marks = (3 - len(missing)) / 3 * self.coverage
        if not missing:
            return self._part("mix", marks, 1.0, "Your sheet has an early sign, people and customers in it.")
        said = f"Your sheet lacks {listed(missing)}. Results come late, and figures about the work alone hide how people fare."
        return self._part("mix", marks, 1.0, said, "one-sided sheet")

    def owners(self) -> Part:
        shares = [
            ((row.row["owner"] in row.kpi.owners) + (row.row["frequency"] in row.kpi.frequencies)) / 2
            for row in self.sound
        ]
        faults = [fault for row in self.sound if (fault := self._owner_fault(row))]
        if not self.sound:
            return self._part("owners", 0.0, 0.5, "Define a measure first. Then say who looks at it, and how often.")
        sentence, error = _first(faults, "Each measure has somebody who can act on it, often enough to steer.")
        return self._part("owners", 0.5 * _best(shares) * self.coverage, 0.5, sentence, error)

    def _owner_fault(self, row: _Row) -> tuple[str, str | None] | None:
        name, owner, often = row.kpi.label, row.row["owner"], row.row["frequency"]
        if owner is None:
            return f"'{name}' has no owner. Name who can act on it within the week.", None
        if owner not in row.kpi.owners:
            why = _NOT_FOR.get(owner, "Choose somebody who can change what it shows.")
            return f"'{name}' is not for {OWNERS[owner]}. {why}", "owner cannot act"
        if often not in row.kpi.frequencies:
            return f"'{name}': {_TOO_SELDOM.get(often, 'say how often it is looked at')}. Look at it each week.", None
        return None

    def evidence(self) -> Iterable[str]:
        """For the tutor: the learner's limits of the quality score, or of the first measure, beside the case's."""
        for row in sorted(self.rows, key=lambda row: row.kpi.name != "quality_score")[:1]:
            by = control_chart.limits(row.series[0])
            yield (
                f"'{row.kpi.label}': limits {row.figure(row.row['lower'])} and {row.figure(row.row['upper'])};"
                f" the case gives {row.figure(by.lower)} and {row.figure(by.upper)}."
            )

    def flags(self) -> Iterable[str]:
        """For the tutor."""
        if self.rows and not any(row.kpi.name == "quality_score" for row in self.rows):
            yield "The sheet has no quality score, by which task 2 steers. Ask how the learner would have noticed the trouble."


def _best(shares: Iterable[float]) -> float:
    """The mean of the best four, as a share; a row that is missing counts as nothing."""
    return sum(sorted(map(float, shares), reverse=True)[:_ROWS]) / _ROWS


def _first(faults: list[tuple[str, str | None]], well: str) -> tuple[str, str | None]:
    """The fault to tell: one that has a name says more than a slip. Without any, that all is well."""
    return next((fault for fault in faults if fault[1]), faults[0]) if faults else (well, None)


# ---- CM4.2 read, decide, check -------------------------------------------------------------

_RULES = {"outside": "outside the limits", "run8": "the eighth in a row on one side of the mean"}
_CAUSE = {
    "coach_team": "one team's score fell, and the others' did not",
    "raise_limit": "more calls than before were marked down because a refund waited for a manager",
    "fix_template": "more calls than before were marked down for a wrong letter",
}
_FAULT = {
    "tenth": "one day was marked out of 10",
    "stuck": "one figure stands in every day of the week",
    "one team": "only one team's checks came through",
}
_SAYS = {
    "yes": "Of the last four weeks none lies below the lower limit, and at least three lie above the mean: it worked.",
    "no": "Of the last four weeks one lies below the lower limit, or all four lie below the mean: it did not work.",
    "too_soon": "Of the last four weeks none lies below the lower limit, and fewer than three lie above the mean: it is too soon to say.",
}


def read_and_decide(answer: dict, case: Case) -> Award:
    """Seven marks: signals, decisions, and the check of what came of them."""
    chart = _Chart(answer, case)
    return Award((chart.signals(), chart.decisions(), chart.check()), evidence=tuple(chart.evidence()))


class _Chart:
    """A learner's reading of the twelve weeks beside the case's truth."""

    def __init__(self, answer: dict, case: Case):
        self.answer, self.case = answer, case
        record = weekly(case, "quality_score")
        self.baseline = _figures(kept(record, case.facts))
        self.pilot = [week.figure for week in record if week.part == "pilot"]
        self.scores = [week.figure for week in record if week.part == "after"]
        self.by = control_chart.limits(self.baseline)
        self.true = self._signals_by(self.by)
        self.given = {(row["week"], row["rule"]) for row in answer["signals"] if row["week"] and row["rule"]}
        self.fault, self.trouble, self.right = (case.planted[key] for key in ("fault_week", "trouble_weeks", "action"))
        # For each week its actions, each with the reason that was given first.
        self.actions: dict[int, dict[str, str | None]] = {}
        for row in answer["decisions"]:
            if row["week"] and row["action"]:
                self.actions.setdefault(row["week"], {}).setdefault(row["action"], row["because"])

    def _signals_by(self, by: Limits) -> set[tuple[int, str]]:
        return {(signal.place + 1, signal.rule) for signal in control_chart.signals(self.scores, by)}

    # -- signals --

    def signals(self) -> Part:
        hits, false = self.given & self.true, self.given - self.true
        marks = max(0.0, 3.0 * (len(hits) - len(false)) / len(self.true))
        if self.given == self.true:
            return Part("signals", marks, 3.0, "You found every signal, and took no noise for one.")
        if not self.given and not any(self._wrote(by) for by, _, _ in self._other_limits()):
            said = f"The twelve weeks hold {len(self.true)} signals. Compare each week with your limits, and count the runs."
            return Part("signals", marks, 3.0, said)
        sentence, error = self._misread(hits, false)
        told = f" Of what you marked, {len(hits)} of {len(self.given)} are signals; there are {len(self.true)} in all."
        return Part("signals", marks, 3.0, sentence + told, error=error)

    def _misread(self, hits: set, false: set) -> tuple[str, str | None]:
        """How the learner seems to have read the chart: a sentence, and a short name of the error."""
        weeks = {week for week, _ in self.given}
        if len(weeks) == len(self.scores):
            return "You marked every week. A chart that cries each week says nothing.", "every week marked"
        others = list(self._other_limits())
        # What the learner wrote down as limits says more than the weeks.
        for by, words, error in others:
            if self._wrote(by):
                return words, error
        if weeks == {week for week, score in enumerate(self.scores, start=1) if score < self.by.mean}:
            return (
                "You marked every week below the mean. Half of all weeks lie there when nothing has happened."
            ), "below the mean taken for a signal"
        changes = [after - before for before, after in zip([self.pilot[-1], *self.scores], self.scores, strict=False)]
        if weeks == {changes.index(min(changes)) + 1}:
            return (
                "You marked the week with the largest fall. A fall is a signal only where it ends outside the limits,"
                " and a slow slide can be one without any large fall."
            ), "largest fall taken for the signal"
        for by, words, error in others:
            if self.given == self._signals_by(by):
                return words, error
        if false:
            week, rule = min(false)
            why = (
                f"{self.scores[week - 1]:.2f} lies between {self.by.lower:.2f} and {self.by.upper:.2f}"
                if rule == "outside"
                else "the eighth week of a run does not lie there"
            )
            return f"Week {week} is no signal by this rule: {why}.", "noise taken for a signal"
        week, rule = min(self.true - hits)
        return f"You missed week {week}, which is {_RULES[rule]}.", "run of eight missed" if rule == "run8" else None

    def _other_limits(self) -> Iterable[tuple[Limits, str, str]]:
        yield (
            _by_deviation(self.baseline, 2),
            "Your signals are those of limits at two standard deviations. They are too narrow: one ordinary week in twenty falls outside.",
            "limits from the standard deviation",
        )
        for figures in ([*self.baseline, *self.scores], [*self.baseline, *self.pilot, *self.scores]):
            yield (
                control_chart.limits(figures),
                "Your signals are those of limits that take in the weeks after the start. You let the change set its own yardstick.",
                "limits include the weeks after the change",
            )

    def _wrote(self, by: Limits) -> bool:
        own, near = self.answer["limits"], _NEAR * (by.upper - by.lower)
        lines = ((own["lower"], by.lower), (own["upper"], by.upper))
        return all(given is not None and abs(given - line) <= near for given, line in lines)

    # -- decisions --

    def decisions(self) -> Part:
        signal_weeks = {week for week, _ in self.true}
        acted = {week: what for week, what in self.actions.items() if set(what) != {"hold"}}
        tampered = sorted(week for week in acted if week not in signal_weeks)
        marks = 1.25 * self._worth("investigate_data", [self.fault]) + 1.25 * self._worth(self.right, self.trouble)
        first = self.trouble[0]
        if not acted:
            said = f"You hold in every week. Weeks {self.fault} and {first} give signals that want an answer."
            return Part("decisions", 0.0, 2.5, said, error="signal not acted on")
        said = []
        if tampered:
            said.append((
                f"You act in week {tampered[0]}, where the chart shows only noise. That is tampering:"
                " it adds your own ups and downs to those of the process. Hold there.",
                "tampering",
            ))  # fmt: skip
        if crowded := [week for week, what in sorted(acted.items()) if len(what) > 1]:
            said.append(
                (
                    f"In week {crowded[0]} you do several things at once, so nobody can tell which one worked. Choose one.",
                    None,
                )
            )
        if "investigate_data" not in self.actions.get(self.fault, {}):
            said.append((
                f"Look at the days and the teams of week {self.fault}: {_FAULT[self.case.planted['fault']]}."
                " Ask how the figure was made before anybody acts on it.",
                "acted on a faulty figure" if self.fault in acted else "faulty figure not noticed",
            ))  # fmt: skip
        if not any(self.right in self.actions.get(week, {}) for week in self.trouble):
            said.append((
                f"The trouble in week {first} is real, and the week book shows its cause: {_CAUSE[self.right]}. Act on that.",
                "action does not fit the cause",
            ))  # fmt: skip
        elif self.right not in self.actions.get(first, {}):
            said.append((f"Right, but late: the signal stands in week {first} already.", None))
        if not said:
            said.append(
                ("You act where there is a signal, on its cause, and hold where there is noise.", None)
                if marks == 2.5
                else (
                    "Right actions. Say for each which signal of its week it answers, so that others can check it.",
                    None,
                )
            )
        error = next((name for _, name in said if name), None)
        return Part(
            "decisions", max(0.0, marks - 0.5 * len(tampered)), 2.5, " ".join(words for words, _ in said), error=error
        )

    def _worth(self, action: str, weeks: Sequence[int]) -> float:
        """From 0 to 1: the action in the first of these weeks, or half for later; a fifth of it for the reason."""
        for week in weeks:
            what = self.actions.get(week, {})
            if set(what) == {action}:
                return (0.8 + 0.2 * ((week, what[action]) in self.true)) * (1.0 if week == weeks[0] else 0.5)
        return 0.0

    # -- check --

    def check(self) -> Part:
        check = self.answer["check"]
        action = check["action"]
        if action is None:
            return Part(
                "check", 0.0, 1.5, "Open the six weeks of the action that you chose, and check whether it worked."
            )
        if action == "hold" or not any(action in what for what in self.actions.values()):
            said = "Check an action that you decided on. What another one would have brought tells you nothing about yours."
            return Part("check", 0.0, 1.5, said)
        after = [row["quality_score"] for row in next_weeks.outcome(self.case, action)]
        before = [score for week, score in enumerate(self.scores, start=1) if week > 6 and week != self.fault]
        verdict = next_weeks.verdict(after, self._own_limits())
        before_right, after_right = _close(check["before"], fmean(before)), _close(check["after"], fmean(after))
        marks = 0.4 * before_right + 0.4 * after_right + 0.7 * (after_right and check["worked"] == verdict)
        error = None
        if not before_right:
            mean = f"{fmean(before):.2f}"
            said = f"The mean of weeks 7 to 12, without a week whose figure is wrong, is {mean}, not {_said(check['before'])}."
            if self.fault > 6 and _close(check["before"], fmean(self.scores[6:])):
                said = (
                    f"Your 'before' takes in week {self.fault}, whose figure is wrong. Without it the mean is {mean}."
                )
                error = "compared with a faulty week"
        elif not after_right:
            said = f"The mean of weeks 13 to 18 after this action is {fmean(after):.2f}, not {_said(check['after'])}."
        elif check["worked"] != verdict:
            said = f"By your limits the answer is another. {_SAYS[verdict]}"
            error = "success claimed too soon" if check["worked"] == "yes" else None
        else:
            said = f"Your check is sound. {_SAYS[verdict]}"
        return Part("check", marks, 1.5, said, error=error)

    def evidence(self) -> Iterable[str]:
        """For the tutor: what the learner marked, did and found, beside what the case holds."""
        true = ", ".join(f"{week} ({rule})" for week, rule in sorted(self.true))
        given = ", ".join(f"{week} ({rule})" for week, rule in sorted(self.given)) or "none"
        yield f"Signals marked: {given}. The chart has: {true}."
        acted = [
            f"week {week} {action}"
            for week, what in sorted(self.actions.items())
            for action in what
            if action != "hold"
        ]
        yield (
            f"Actions: {', '.join(acted) or 'none'}. The figure of week {self.fault} is wrong ({_FAULT[self.case.planted['fault']]});"
            f" from week {self.trouble[0]} the trouble is real, and {self.right} answers it."
        )
        check = self.answer["check"]
        if check["action"]:
            after = [row["quality_score"] for row in next_weeks.outcome(self.case, check["action"])]
            yield (
                f"After {check['action']}: {_said(check['before'])} before, {_said(check['after'])} after, '{check['worked']}';"
                f" the six weeks have a mean of {fmean(after):.2f}, and by the course's rule the answer is '{next_weeks.verdict(after, self._own_limits())}'."
            )

    def _own_limits(self) -> Limits:
        """The learner's own lines, where they are anywhere near; else the case's."""
        own, width = self.answer["limits"], self.by.upper - self.by.lower
        pairs = ((own["lower"], self.by.lower), (own["mean"], self.by.mean), (own["upper"], self.by.upper))
        if all(given is not None and abs(given - true) <= 0.2 * width for given, true in pairs):
            return Limits(own["mean"], own["lower"], own["upper"], 0.0, 0.0)
        return self.by


def _close(given: float | None, true: float) -> bool:
    return given is not None and abs(given - true) <= 0.06


# ---- CM4.3 monitor or evaluate? ------------------------------------------------------------


def two_jobs(answer: dict, case: Case) -> Award:
    """Two marks: which of eight statements is monitoring and which evaluation; guessing earns next to nothing."""
    true = [jobs.job_of(text) for text in case.facts["statements"]]
    given = [answer[f"s{n}"] for n in range(1, len(true) + 1)]
    wrong = [n for n, (own, job) in enumerate(zip(given, true, strict=True)) if own != job]
    found = sorted_well(given, true)
    if not wrong:
        said = "All eight are right: monitoring steers while the change runs, evaluation judges what came of it."
    elif given[wrong[0]] is None:
        said = f"Statement {wrong[0] + 1} has no answer yet."
    elif true[wrong[0]] == "monitoring":
        said = f"Statement {wrong[0] + 1} is monitoring: the change still runs, and somebody can steer by it."
    else:
        said = f"Statement {wrong[0] + 1} is evaluation: it judges what came of the change, when there is nothing left to steer."
    if found.mixed:
        said += " You mixed up the two jobs more than once in the same way. Ask of each: is it for steering, or for judging?"
    taken = [f"{n + 1} for {given[n]}" for n in wrong if given[n]]
    evidence = f"Sorted {len(true) - len(wrong)} of {len(true)} statements right."
    if taken:
        evidence += f" Taken wrongly: {listed(taken)}."
    part = Part("sorting", 2.0 * found.share, 2.0, said, "CMm4" if found.mixed else None)
    return Award((part,), evidence=(evidence,))


# ---- words ----------------------------------------------------------------------------------


def _said(value: float | None) -> str:
    return "nothing" if value is None else f"{value:g}"
