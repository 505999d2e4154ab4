"""CM1 "Make the case for change": how the evidence table and the diagnosis are marked.

Every row of evidence is worked out again from the learner's own tables, in each of the ways
in which its rows could have been chosen; so a figure with test contacts in it is recognised
as that, and not only as wrong. A learner may quote either site, and any period.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cslearn.exercises.award import Award, Part
from cslearn.exercises.rules.words import listed
from cslearn.northfold import need
from cslearn.northfold.case import Case
from cslearn.northfold.need import BASELINES, INDICATORS, MEASURES, OBJECTIVES, STEPS, Figure, Measure, Way

_BEST_ROWS = 4
# Below this many rows a share can be chance; such a row is worth half.
_THIN = 30
_SCORE_NEAR, _POINTS_NEAR = 0.006, 0.5


# ---- CM1.1 evidence -------------------------------------------------------------------------


def evidence(answer: dict, case: Case) -> Award:
    """Seven marks: four rows, coverage, baseline and target, traps."""
    rows = [_Row(place, row, case) for place, row in enumerate(answer["rows"], start=1) if _filled(row)]
    best = _best(rows)
    parts = (_rows_part(rows, best), _coverage_part(rows, best), _baseline_part(answer, case), _traps_part(best))
    return Award(parts, flags=tuple(_flags(rows)), evidence=(*_row_lines(rows), *_baseline_line(answer, case)))


def _filled(row: dict) -> bool:
    return bool(row["measure"]) or row["value"] is not None or row["n"] is not None


class _Row:
    """One row of evidence beside the figures that the case's tables give."""

    def __init__(self, place: int, row: dict, case: Case):
        self.name = f"E{place}"
        self.row = row
        self.measure: Measure | None = MEASURES.get(row["measure"] or "")
        self.before = row["filter"]["before"]
        self.ways = dict(self._counted(case)) if self.measure else {}
        self.right = next((found for way, found in self.ways.items() if way.right), None)
        self.copied = self._copied()
        self.share, self.sentence, self.error = self._judged()

    def _counted(self, case: Case) -> Iterator[tuple[Way, Figure]]:
        since, until = (*self.row["period"], None, None)[:2]
        site = self.row["filter"]["site"]
        for way in self.measure.ways:
            found = need.figure(
                case.telling, self.measure.name, way=way.key, site=site, since=since, until=until, before=self.before
            )
            if found is not None:
                yield way, found

    def _copied(self) -> Way | None:
        """The way of counting that gives exactly what the learner wrote, up to rounding; the right one first."""
        n, value = self.row["n"], self.row["value"]
        if n is None or value is None:
            return None
        fits = [
            way
            for way, found in self.ways.items()
            if abs(found.n - n) < 0.5 and abs(found.value - value) <= self._rounding()
        ]
        return next((way for way in fits if way.right), fits[0] if fits else None)

    def _rounding(self) -> float:
        return _SCORE_NEAR if self.measure.unit == "score" else 0.06

    def _near(self, figure: Figure, most_n: float, most: float, points: float) -> bool:
        n, value = self.row["n"], self.row["value"]
        room = max(most * abs(figure.value), _SCORE_NEAR if self.measure.unit == "score" else points)
        return abs(n - figure.n) <= max(0.5, most_n * figure.n) and abs(value - figure.value) <= room + 1e-9

    def _judged(self) -> tuple[float, str, str | None]:
        """The share of the row's mark, with what to say about it and perhaps the name of its error."""
        row, measure = self.row, self.measure
        if measure is None:
            return 0.0, f"{self.name}: choose the measure, so that anyone can count it again.", None
        if measure.name == need.SAID:
            return 0.0, f"{self.name} is what somebody said. Nobody can count it again, so it points to a question and answers none.", "opinion only"  # fmt: skip
        if measure.steps and self.before not in STEPS:
            return 0.0, f"{self.name}: say before which step the waiting lies.", None
        if row["n"] is None or row["value"] is None:
            return 0.0, f"{self.name}: give the figure and the number of rows behind it.", None
        if self.right is None:
            return (
                0.0,
                f"{self.name}: your tables hold no rows for this site and these days. Choose a longer period.",
                None,
            )
        share, sentence, error = self._against_the_tables()
        for fault, says, name in self._half_faults():
            if fault and share:
                return share / 2, says, name
        return share, sentence, error

    def _against_the_tables(self) -> tuple[float, str, str | None]:
        true = _said(self.right, self.measure)
        if self.copied is not None and not self.copied.right:
            return 0.5, f"{self.name}, {self._figure()}: {self.copied.fault}. Counted as its definition says, it is {true}.", "rows not cleaned"  # fmt: skip
        if self.copied is not None or self._near(self.right, 0.02, 0.01, _POINTS_NEAR):
            return 1.0, f"{self.name} is right.", None
        if self._near(self.right, 0.05, 0.05, 2 * _POINTS_NEAR):
            return 0.5, f"{self.name} is near. Your tables give {true}.", None
        row = self.row
        if row["n"] and abs(row["value"] - self.right.value / 100) <= 0.006 and self.measure.unit == "%":
            return (
                0.0,
                f"{self.name}: write the share as {self.right.value:.1f}, in per cent, and not as {row['value']:g}.",
                None,
            )
        return 0.0, f"{self.name}: your tables give {true}, not {self._figure()}. Read the definition of the measure, and count again.", None  # fmt: skip

    def _half_faults(self) -> Iterator[tuple[bool, str, str | None]]:
        row, measure = self.row, self.measure
        wrong_unit = row["unit"] != measure.unit
        pp = row["unit"] == "pp" and measure.unit == "%"
        yield pp, f"{self.name}: a share is in per cent. Percentage points (pp) are for the difference between two shares.", "percentage points for per cent"  # fmt: skip
        yield (
            wrong_unit,
            f"{self.name}: the unit is {_UNITS[measure.unit]}, not {_UNITS.get(row['unit'], 'left out')}.",
            None,
        )
        source = row["source"]
        yield source not in (None, measure.source), f"{self.name}: this figure comes from {need.SOURCES[measure.source]}, and you name {need.SOURCES.get(source, 'another source')}. A reader must be able to find it.", None  # fmt: skip
        yield measure.name == need.UNWEIGHTED, f"{self.name}: you report the largest raw gap. Customers give tangibles only about 10 of 100 points, so weigh the gaps before you choose one.", "unweighted gap"  # fmt: skip
        yield measure.kind == need.OPINION, f"{self.name}: {_OPINIONS.get(measure.name, '')}", "opinion only"
        yield self.right.n < _THIN, f"{self.name} rests on {self.right.n} rows. With so few, the figure may be chance; choose a longer period.", None  # fmt: skip

    def _figure(self) -> str:
        return f"{self.row['value']:g} from n = {self.row['n']:g}"

    @property
    def clean(self) -> bool:
        """Whether the rows behind the figure are those of the definition, as far as its n can tell."""
        if self.copied is not None:
            return self.copied.right
        n = self.row["n"]
        return all(abs(n - self.right.n) <= abs(n - found.n) for found in self.ways.values())

    @property
    def what(self) -> tuple:
        """What the row is about; a second row about the same adds nothing."""
        return self.measure.name, self.before if self.measure.steps else None


_UNITS = {"%": "per cent", "pp": "percentage points", "score": "points of the scale", "days": "days", "min": "minutes",
          "h": "hours", "GBP": "pounds", "count": "a count"}  # fmt: skip
_OPINIONS = {
    "share of resolved_self_report is yes": "an agent's tick says what the agent believed. Whether the customer came back says what happened.",
    "share of asked_needs is yes": "nearly every box is ticked. The notes of the same visits say what the shopper saw.",
}  # fmt: skip


def _said(figure: Figure, measure: Measure | None) -> str:
    if measure is not None and measure.unit == "score":
        return f"{figure.value:.2f} from n = {figure.n:,}"
    return f"{figure.value:.1f}% from n = {figure.n:,}"


def _best(rows: list[_Row]) -> list[_Row]:
    """The rows that earn most, one for each thing measured, at most four."""
    found: dict[tuple, _Row] = {}
    for row in sorted((row for row in rows if row.share > 0), key=lambda row: -row.share):
        found.setdefault(row.what, row)
    return list(found.values())[:_BEST_ROWS]


def _rows_part(rows: list[_Row], best: list[_Row]) -> Part:
    marks = sum(row.share for row in best)
    said = [row.sentence for row in rows if row.share < 1]
    error = next((row.error for row in rows if row.error), None)
    if not rows:
        return Part(
            "rows", 0.0, 4.0, "Fill in four to six rows: each is a measure, its figure, and the rows behind it."
        )
    if marks == _BEST_ROWS:
        return Part("rows", marks, 4.0, " ".join(["Four rows can be counted again and hold.", *said[:1]]), error=error)
    twice = len(rows) - len({row.what for row in rows if row.measure})
    if not said and twice:
        said = ["Two rows measure the same thing. Count something else with one of them."]
    if len(best) < _BEST_ROWS and not said:
        said = [f"{len(best)} of four rows are there, and they hold. Add the others."]
    return Part("rows", marks, 4.0, " ".join(said[:3]), error=error)


def _coverage_part(rows: list[_Row], best: list[_Row]) -> Part:
    sound = [row for row in best if row.measure.kind != need.OPINION]
    customer = any(row.measure.kind == need.CUSTOMER for row in sound)
    process = any(row.measure.kind == need.PROCESS for row in sound)
    sources = {row.measure.source for row in sound}
    named = [row for row in rows if row.measure]
    if named and all(row.measure.kind == need.OPINION for row in named):
        return Part(
            "coverage", 0.0, 1.0,
            "All your rows are opinions or ticked boxes. Add figures that customers or the process itself produced.",
            "PRm1",
        )  # fmt: skip
    met = [customer, process, len(sources) >= 3]
    if all(met):
        return Part("coverage", 1.0, 1.0, f"Customers and process both speak, from {len(sources)} tables.")
    lacking = [
        text
        for there, text in zip(
            met,
            ("a row from customers (D1, D2, D3, D4 or the notes of D12)", "a row from the process (D5 or D6)", "rows from at least three tables"),
            strict=True,
        )
        if not there
    ]  # fmt: skip
    marks = 0.5 if sum(met) == 2 and len(sound) >= 3 else 0.0
    return Part("coverage", marks, 1.0, f"One witness is not enough. You still need {listed(lacking)} that hold.")


def _baseline_part(answer: dict, case: Case) -> Part:
    start, goal = answer["baseline"], answer["target"]
    known = BASELINES.get(start["kpi"] or "")
    if known is None or start["value"] is None:
        return Part(
            "baseline",
            0.0,
            1.0,
            "Choose a KPI, and give the figure that Northfold starts from and the one that it is held to.",
        )
    since, until = (*start["period"], None, None)[:2]

    def counted(way: str) -> Figure | None:
        return need.figure(case.telling, known.name, way=way, since=since, until=until)

    true, raw = counted(""), counted("raw")
    if true is None:
        return Part(
            "baseline", 0.0, 1.0, "Your tables hold no rows for the days of the baseline. Choose a longer period."
        )
    value = start["value"]
    copied_raw = abs(value - raw.value) <= 0.06 < abs(value - true.value)
    good = abs(value - true.value) <= max(_POINTS_NEAR, 0.01 * true.value) and not copied_raw
    marks, said, error, misconception = (0.5 if good else 0.25 if copied_raw else 0.0), [], None, None
    if copied_raw:
        said.append(f"Your baseline counts rows that do not belong. Counted as it is defined, it is {true.value:.1f}%.")
    elif not good:
        said.append(f"The baseline of “{known.label}” is {true.value:.1f}%, not {value:g}.")
    if known.target is None:
        said.append("The standards set no target for that KPI. Choose one that Northfold has promised to reach, or the board will ask who set yours.")  # fmt: skip
    elif goal["kpi"] != known.name:
        said.append("The target must be for the same KPI as the baseline. Else nobody can say how large the gap is.")
    elif known.old:
        said.append(
            "That standard is from October 2022 and was replaced in April 2024. Check which version is in force."
        )
        error = "outdated standard"
    elif goal["value"] is None or abs(goal["value"] - known.target) > 0.01:
        said.append(f"Standard {known.standard} says {known.target:g}%. Take the target from there.")
    else:
        marks += 0.5
    return Part("baseline", marks, 1.0, " ".join(said) or "Baseline and target are of one KPI, and the target is the standard in force.", misconception, error)  # fmt: skip


def _traps_part(best: list[_Row]) -> Part:
    if not best:
        return Part("traps", 0.0, 1.0, "This looks at the rows that hold: are they free of what does not belong?")
    dirty = [row for row in best if not row.clean]
    # One clean row is not yet a clean table.
    coverage = min(1.0, (len(best) - 1) / (_BEST_ROWS - 1))
    marks = coverage * (len(best) - len(dirty)) / len(best)
    if dirty:
        row = dirty[0]
        fault = row.copied.fault if row.copied else "the number of rows fits a table that was not cleaned"
        return Part("traps", marks, 1.0, f"{row.name}: {_lower(fault)}. Leave out what does not belong, and nothing else.", error="rows not cleaned")  # fmt: skip
    if coverage < 1:
        return Part(
            "traps", marks, 1.0, "Nothing is in your rows that does not belong. Show the same for four of them."
        )
    return Part("traps", marks, 1.0, "Test rows, copies and broken days are out, and nothing else is.")


def _row_lines(rows: list[_Row]) -> Iterator[str]:
    """For the tutor: the learner's figures beside the case's, in one line."""
    told = [
        f"{row.name} {row.measure.label.lower()}{f' ({STEPS[row.before]})' if row.measure.steps and row.before else ''}: "
        f"{_plain(row.row['value'])}, case {_said(row.right, row.measure)}"
        for row in rows
        if row.right is not None
    ]
    if told:
        yield "; ".join(told) + "."


def _baseline_line(answer: dict, case: Case) -> Iterator[str]:
    known = BASELINES.get(answer["baseline"]["kpi"] or "")
    if known is not None:
        true = need.figure(case.telling, known.name)
        goal = "no standard" if known.target is None else f"{known.standard} asks for {known.target:g}%"
        yield (
            f"Baseline {_plain(answer['baseline']['value'])}, target {_plain(answer['target']['value'])}, for"
            f" {known.label.lower()}: the case gives {true.value:.1f}%, {'the outdated ' if known.old else ''}{goal}."
        )


def _plain(value: float | None) -> str:
    return "nothing" if value is None else f"{value:g}"


def _flags(rows: list[_Row]) -> Iterator[str]:
    """For the tutor: which rows a learner may have copied without counting, and which carry no reading."""
    over = [row.name for row in rows if row.copied is not None and row.copied.key == "over"]
    if over:
        yield f"{listed(over)} leave out more than they should: ask why."
    silent = [row.name for row in rows if row.measure and not row.row["reads"]]
    if silent and len(silent) < len(rows):
        yield f"{listed(silent)} do not say whether the figure reads worse or better."


# ---- CM1.2 diagnosis ------------------------------------------------------------------------


def diagnosis(answer: dict, case: Case) -> Award:
    """Five marks: the status of six causes, the evidence for those that hold, and the link to strategy."""
    truth = need.causes(case.telling)
    parts = (_causes_part(answer, truth), _support_part(answer, truth, case), _link_part(answer))
    return Award(parts, evidence=tuple(_cause_line(answer, truth)))


def _cause_line(answer: dict, truth: dict[str, need.Cause]) -> Iterator[str]:
    """For the tutor: each cause with what the learner says of it, and what the records say where that differs."""
    told = []
    for key, cause in truth.items():
        given = answer["causes"][key]
        if given is not None:
            right = "" if given == cause.status else f" (records: {_words(cause.status)})"
            rows = [row["row"] for row in answer["support"] if row["cause"] == key and row["row"]]
            told.append(
                f"{key} {cause.kind.replace('_', ' ')} {_words(given)}{right}{f', cites {listed(rows)}' if rows else ''}"
            )
    if told:
        yield "; ".join(told) + "."


def _words(status: str) -> str:
    return status.replace("_", " ")


_SAID_SUPPORTED = {
    "lazy": "You blame the agents, and the log does not: nearly all of the waiting lies before steps that others do. Ask what a careful person would do in that place.",
    "delivery": "“Delivery” is the drawer in which a complaint was filed. That is a symptom. Read what the texts tell: most of them go back to our own promise.",
}  # fmt: skip
_NAMES = {"lazy": "agents blamed", "delivery": "symptom taken for a cause"}


def _causes_part(answer: dict, truth: dict[str, need.Cause]) -> Part:
    given = answer["causes"]
    marks, said, error = 0.0, [], None
    wrong = []
    for key, cause in truth.items():
        status = given[key]
        if status == cause.status:
            marks += 0.5
        elif status is not None:
            wrong.append(key)
            opposite = {status, cause.status} == {need.SUPPORTED, need.CONTRADICTED}
            marks -= 0.5 if opposite else 0.0
    for key in sorted(wrong, key=lambda key: truth[key].kind not in _SAID_SUPPORTED):
        cause, status = truth[key], given[key]
        if cause.kind in _SAID_SUPPORTED and status == need.SUPPORTED:
            said.append(f"{key}: {_SAID_SUPPORTED[cause.kind]}")
            error = error or _NAMES[cause.kind]
        elif cause.status == need.NOT_TESTED:
            said.append(f"{key} is not tested: {cause.because}. Say what you would have to measure.")
        else:
            said.append(f"{key} is {cause.status}: {cause.because}.")
    blank = [key for key in truth if given[key] is None]
    if not said and blank:
        said.append(
            f"Say of each cause what your records say. {listed(blank)} {'is' if len(blank) == 1 else 'are'} still open."
        )
    marks = max(0.0, marks)
    return Part("causes", marks, 3.0, " ".join(said[:2]) or "You told apart what the records support, what they contradict, and what they cannot say.", error=error)  # fmt: skip


@dataclass(frozen=True)
class _Citation:
    cause: str
    measure: Measure
    before: str | None
    value: float | None


def _support_part(answer: dict, truth: dict[str, need.Cause], case: Case) -> Part:
    cited = [
        _Citation(row["cause"], MEASURES[row["measure"]], row["before"], row["value"])
        for row in answer["support"]
        if row["cause"] and row["measure"]
    ]
    if not cited:
        return Part(
            "support",
            0.0,
            1.0,
            "For each cause that you call supported, name the row of evidence that speaks for it, with its figure.",
        )
    proved, said, error, wrong = set(), [], None, 0
    for one in cited:
        cause = truth[one.cause]
        sentence, fault = _bears(one, cause, answer["causes"][one.cause], case)
        if not sentence:
            proved.add(one.cause)
            continue
        said.append(sentence)
        error = error or fault
        wrong += 1
    marks = max(0.0, 0.5 * len(proved) - 0.25 * wrong)
    missing = [key for key, cause in truth.items() if cause.status == need.SUPPORTED and key not in proved]
    if not said and missing:
        said.append(f"{listed(missing)} still {'needs' if len(missing) == 1 else 'need'} a row that speaks for it.")
    return Part("support", marks, 1.0, " ".join(said[:2]) or "Each supported cause rests on a row that really bears on it.", error=error)  # fmt: skip


def _bears(one: _Citation, cause: need.Cause, status: str | None, case: Case) -> tuple[str, str | None]:
    """Why a citation does not hold, and the name of its error; ("", None) if it does."""
    if cause.status != need.SUPPORTED:
        return f"{one.cause} is not supported, so no row can carry it.", None
    if status != need.SUPPORTED:
        return f"You cite a row for {one.cause} and do not call it supported. Make up your mind.", None
    if (one.measure.name, one.before if one.measure.steps else None) not in cause.bears:
        if one.measure.name == "share of category_logged is delivery":
            return f"{one.cause}: how many complaints were filed under delivery is the symptom. Cite what their texts tell.", "symptom taken for a cause"  # fmt: skip
        return f"{one.cause}: “{one.measure.label}” does not speak about this cause. Which figure would be different if it were wrong?", None  # fmt: skip
    if one.value is None:
        return f"{one.cause}: give the figure of the row that you cite.", None
    # The right rows first: most citations need no other. A row that is not clean was marked down where it was handed in.
    counted = (
        need.figure(case.telling, one.measure.name, way=way.key, site=site, before=one.before)
        for way in sorted(one.measure.ways, key=lambda way: not way.right)
        for site in (None, *need.SITES)
    )
    if not any(f is not None and abs(one.value - f.value) <= max(1.0, 0.05 * abs(f.value)) for f in counted):
        return (
            f"{one.cause}: the right measure, but your tables do not give {one.value:g} for it. Copy the figure of your row.",
            None,
        )
    return "", None


def _link_part(answer: dict) -> Part:
    objective, name = answer["link"]["objective"], answer["link"]["kpi"]
    if objective is None or name is None:
        return Part(
            "link",
            0.0,
            1.0,
            "A need that serves no objective is nobody's need. Name the objective, and the KPI that shows it.",
            "CMm2",
        )
    kpi, aim = INDICATORS[name], f"{objective} {OBJECTIVES[objective]}"
    if kpi.objective != objective:
        why = kpi.misleads or f"it shows {kpi.objective} {OBJECTIVES[kpi.objective or objective]}"
        return Part("link", 0.0, 1.0, f"You chose “{kpi.label}” for {aim}. {_upper(why)}, and {OBJECTIVES[objective].lower()} need not move at all.", "CMm2")  # fmt: skip
    if not kpi.here:
        return Part("link", 0.5, 1.0, f"“{kpi.label}” does show {aim}, but no table of your case holds it, so you cannot show the need with it.")  # fmt: skip
    return Part("link", 1.0, 1.0, f"“{kpi.label}” shows {aim}, and your tables hold it.")


# ---- words ----------------------------------------------------------------------------------


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[0].lower() + text[1:]


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
