"""PR3 "Choose an improvement": how the decision matrix and the cost-benefit table are marked.

The truth is worked out from the learner's own case. Later steps are judged on the
learner's own earlier figures, as long as those are anywhere near the case's: one slip is
lost once, but a column of invented numbers earns nothing by agreeing with itself.
"""

from collections.abc import Iterable
from statistics import fmean

from cslearn.exercises.award import Award, Part
from cslearn.exercises.rules.words import listed
from cslearn.methods import options as method
from cslearn.northfold.case import Case
from cslearn.northfold.options_costs import KNOCK_OUTS, MEASURES, SAME_THING, cash_flows, scores_of, true_lines

_FEWEST_CRITERIA = 4
# A score or total may be rounded to one decimal.
_SCORE_NEAR = 0.06


# ---- PR3.1 decision matrix ----------------------------------------------------------------


def matrix(answer: dict, case: Case) -> Award:
    """Seven marks: weights, criteria, scores, totals, knock-outs, ranking, break-even."""
    table = _Matrix(answer, case)
    parts = (
        table.criteria_part(),
        table.weights_part(),
        table.scores_part(),
        table.totals_part(),
        table.knock_outs_part(),
        table.ranking_part(),
        table.break_even_part(),
    )
    return Award(parts, flags=tuple(table.flags()), evidence=tuple(table.evidence()))


class _Matrix:
    """A learner's matrix beside the case's truth."""

    def __init__(self, answer: dict, case: Case):
        self.answer, self.case = answer, case
        self.options = [row["option"] for row in case.tables["options"]]
        # (place in the learner's list, row), for the rows that name a measure
        self.rows = [(i, row) for i, row in enumerate(answer["criteria"]) if row["measure"]]
        self.measures = [row["measure"] for _, row in self.rows]
        self.truth = scores_of(case.tables["options"], dict.fromkeys(self.measures))
        self.own = self._own_scores()
        self.right, self.reversed = self._compared()
        self.expected_cells = len(self.options) * max(_FEWEST_CRITERIA, len(self.measures))
        # At least half the scores agree with the case's: then the rest may build on them.
        self.plausible = len(self.right) * 2 >= self.expected_cells
        # A right matrix of one criterion is not yet a comparison.
        self.coverage = min(1.0, len(set(self.measures)) / _FEWEST_CRITERIA)
        self.knocked_out = {row["option"] for row in answer["knocked_out"] if row["option"]}

    def _own_scores(self) -> dict[str, dict[str, float | None]]:
        def score(option: str, place: int):
            column = self.answer["scores"][option]
            return column[place] if place < len(column) else None

        return {o: {row["measure"]: score(o, i) for i, row in self.rows} for o in self.options}

    def _compared(self) -> tuple[set, set]:
        right, backwards = set(), set()
        for option in self.options:
            for measure in set(self.measures):
                own, true = self.own[option][measure], self.truth[option][measure]
                if own is None:
                    continue
                if abs(own - true) <= _SCORE_NEAR:
                    right.add((option, measure))
                elif abs(own - (10 - true)) <= _SCORE_NEAR:
                    backwards.add((option, measure))
        return right, backwards

    def _weight(self, row: dict) -> float:
        return row["weight"] or 0.0

    # -- parts --

    def criteria_part(self) -> Part:
        fits = [row["objective"] in MEASURES[row["measure"]].objectives for _, row in self.rows]
        served = {row["objective"] for (_, row), fit in zip(self.rows, fits, strict=True) if fit}
        mapped = (fmean(fits) if fits else 0.0) * len(served) / 4
        twice = [pair for pair in SAME_THING if set(pair) <= set(self.measures)]
        repeated = len(self.measures) - len(set(self.measures))
        once = 1.0 if not twice and not repeated else 0.0
        marks = 0.5 * mapped * self.coverage + 0.5 * once * self.coverage
        misconception = None
        said = []
        if self.rows and not all(fits):
            wrong = next(row for (_, row), fit in zip(self.rows, fits, strict=True) if not fit)
            label = MEASURES[wrong["measure"]].label
            said.append(
                f"'{label}' does not serve the objective that you gave it ({wrong['objective'] or 'none'})."
                " A criterion without a link to strategy only looks like a reason."
            )
            misconception = "CMm2"
        elif self.rows and len(served) < 4:
            left = [f"{so} {name}" for so, name in self.case.facts["objectives"].items() if so not in served]
            said.append(f"No criterion serves {listed(left)}. The board set four objectives; weigh each of them.")
        if twice or repeated:
            a, b = twice[0] if twice else (self.measures[0],) * 2
            said.append(
                f"'{MEASURES[a].label}' and '{MEASURES[b].label}' measure the same thing, so it counts twice. Keep one of them."
                if twice
                else "The same measure stands in two rows, so it counts twice. Keep one of them."
            )
        if self.coverage < 1:
            said.append(f"You have {len(set(self.measures))} criteria; a matrix needs at least {_FEWEST_CRITERIA}.")
        if not said:
            said.append(
                "Every criterion serves an objective, all four objectives are served, and nothing counts twice."
            )
        return Part(
            "criteria", marks, 1.0, " ".join(said), misconception, "double counting" if twice or repeated else None
        )

    def weights_part(self) -> Part:
        weights = [self._weight(row) for _, row in self.rows]
        total, smallest = sum(weights), min(weights, default=0)
        # Weights on criteria that are not sound weigh nothing.
        share = self.criteria_part().marks
        if abs(total - 100) > 0.01:
            return Part("weights", 0.0, 0.5, f"Your weights add up to {total:g}. Share out exactly 100 points.")
        if smallest < 5:
            return Part(
                "weights",
                0.0,
                0.5,
                f"Your smallest weight is {smallest:g}. A criterion below 5 cannot change anything; drop it or raise it.",
            )
        return Part("weights", 0.5 * share, 0.5, "Your weights add up to 100 and each is large enough to matter.")

    def scores_part(self) -> Part:
        marks = 2.0 * len(self.right) / self.expected_cells
        # A cell counts as right only with the right direction stated, where one is stated.
        wrong_way = [row for _, row in self.rows if row["better"] and row["better"] != MEASURES[row["measure"]].better]
        marks -= (
            2.0
            * sum((o, r["measure"]) in self.right for r in wrong_way for o in self.options)
            / self.expected_cells
            / 2
        )
        backwards = {measure for _, measure in self.reversed} - {m for _, m in self.right if self.truth["A"][m] != 5}
        if backwards or wrong_way:
            measure = MEASURES[next(iter(sorted(backwards))) if backwards else wrong_way[0]["measure"]]
            word = "lower" if measure.better == "min" else "higher"
            sentence = f"'{measure.label}' is scored the wrong way round: {word} is better, so the {word[:-1]}st figure scores 10."
            if measure.name.endswith(("gbp", "gbp_year")):
                sentence += " Scored as you did, the dearest option gains most."
            return Part("scores", marks, 2.0, sentence, error="scored the wrong way round")
        if len(self.right) == self.expected_cells and self.measures:
            return Part("scores", marks, 2.0, "All scores follow from the sheet, in the right direction.")
        filled = sum(v is not None for row in self.own.values() for v in row.values())
        sentence = (
            f"{len(self.right)} of {self.expected_cells} scores follow from the sheet. For each measure give the best option 10,"
            " the worst 0, and the others their place between."
        )
        return Part("scores", marks, 2.0, sentence if filled else "No scores entered for your criteria.")

    def _own_totals(self) -> dict[str, float] | None:
        weights = self._weights()
        if not self._complete() or sum(weights.values()) <= 0:
            return None
        return method.weighted_totals(self.own, weights)

    def _complete(self) -> bool:
        return bool(self.measures) and all(v is not None for row in self.own.values() for v in row.values())

    def totals_part(self) -> Part:
        blocked = self._blocked("totals")
        if blocked:
            return blocked
        own, given = self._own_totals(), self.answer["totals"]
        weight = sum(self._weight(row) for _, row in self.rows)
        good = [
            o
            for o in self.options
            if given[o] is not None
            and min(abs(given[o] - own[o]), abs(given[o] - own[o] * weight / 100)) <= _SCORE_NEAR
        ]
        marks = len(good) / len(self.options) * self.coverage
        if len(good) == len(self.options):
            return Part("totals", marks, 1.0, "All five totals follow from your own scores and weights.")
        wrong = next(o for o in self.options if o not in good)
        shown = "nothing" if given[wrong] is None else f"{given[wrong]:g}"
        sentence = f"For option {wrong} your scores and weights give {own[wrong]:.2f}, not {shown}. Multiply each score by its weight, add up, and divide by 100."
        return Part("totals", marks, 1.0, sentence)

    def knock_outs_part(self) -> Part:
        true = self.case.planted["knocked_out"]
        given: dict[str, set] = {}
        for row in self.answer["knocked_out"]:
            if row["option"]:
                given.setdefault(row["option"], set()).add(row["because"])
        hits = sum((1.0 if reasons == {true[o]} else 0.5) for o, reasons in given.items() if o in true)
        false = sum(o not in true for o in given) + sum(len(r) - 1 for r in given.values())
        marks = max(0.0, (hits - false) / len(true))
        missed = sorted(set(true) - set(given))
        wrong = sorted(set(given) - set(true))
        if missed:
            sentence = (
                f"{_names(missed)} should be out: {KNOCK_OUTS[true[missed[0]]].lower()}. No score makes up for that."
            )
            if true[missed[0]] in ("data", "equality"):
                sentence = f"{_names(missed[:1])} should be out. {KNOCK_OUTS[true[missed[0]]]}. The law is not a criterion that other scores can outweigh."
        elif wrong:
            sentence = f"{_names(wrong)} breaks no limit and no law. Check the sheet against the budget, the staff cap and both notes again."
        elif marks < 1:
            sentence = (
                "The right options are out, but a reason does not fit. Say which limit or which law each one breaks."
            )
        else:
            sentence = "The right two options are out, each for the right reason."
        error = (
            "the law treated as one score among others"
            if any(true[o] in ("data", "equality") for o in missed)
            else None
        )
        return Part("knock_outs", marks, 1.0, sentence, error=error)

    def _blocked(self, name: str, maximum: float = 1.0) -> Part | None:
        if not self._complete():
            return Part(name, 0.0, maximum, "Fill in every score first; this step builds on them.")
        if sum(self._weight(row) for _, row in self.rows) <= 0:
            return Part(name, 0.0, maximum, "Give your criteria weights first; this step builds on them.")
        if not self.plausible:
            return Part(
                name,
                0.0,
                maximum,
                "This step builds on the scores, and fewer than half of them follow from the sheet. Put those right first.",
            )
        return None

    def ranking_part(self) -> Part:
        blocked = self._blocked("ranking", 0.5)
        if blocked:
            return blocked
        own = self._own_totals()
        given = [o for o in self.answer["ranking"] if o]
        right = method.ranking(own, sorted(self.knocked_out))
        if given == right and right:
            return Part(
                "ranking",
                0.5 * self.coverage,
                0.5,
                "Your ranking follows from your totals, without the options that are out.",
            )
        if not given:
            return Part("ranking", 0.0, 0.5, "Rank the options that are left, best first.")
        still = [o for o in given if o in self.knocked_out]
        if still:
            return Part("ranking", 0.0, 0.5, f"{_names(still)} is out, so it has no place in the ranking.")
        first = 0.25 if right and given[0] == right[0] else 0.0
        return Part("ranking", first * self.coverage, 0.5, f"By your own totals the order is {', '.join(right)}.")

    def break_even_part(self) -> Part:
        blocked = self._blocked("break_even")
        if blocked:
            return blocked
        measure, weight = self.answer["break_even"]["measure"], self.answer["break_even"]["weight"]
        if measure is None:
            return Part(
                "break_even", 0.0, 1.0, "Choose one of your criteria and find the weight at which the winner changes."
            )
        if measure not in self.measures:
            return Part(
                "break_even", 0.0, 1.0, f"'{MEASURES[measure].label}' is not one of your criteria; choose one that is."
            )
        if len(set(self.options) - self.knocked_out) < 2 or len(self.measures) < 2:
            return Part(
                "break_even", 0.0, 1.0, "A winner can only change if at least two options and two criteria are left."
            )
        flips = {m: self._flip(m) for m in self.measures}
        if flips[measure] is None:
            others = [MEASURES[m].label for m, flip in flips.items() if flip is not None]
            if not others:
                return Part(
                    "break_even",
                    self.coverage,
                    1.0,
                    "Right to look: in your matrix no single weight changes the winner.",
                )
            return Part(
                "break_even",
                0.0,
                1.0,
                f"No weight of '{MEASURES[measure].label}' changes the winner. Try '{others[0]}'.",
            )
        # Above and below today's weight the winner may change; either weight is right.
        if weight is not None and (
            abs(weight - flips[measure]) <= 1
            or self._winner_at(measure, weight - 1) != self._winner_at(measure, weight + 1)
        ):
            return Part(
                "break_even",
                self.coverage,
                1.0,
                f"At a weight near {weight:g} another option draws level, as you found.",
            )
        return Part(
            "break_even", 0.0, 1.0,
            f"In your matrix the winner changes when the weight of '{MEASURES[measure].label}' passes {flips[measure]:.1f}."
            " Let the other weights keep their proportions while you change this one.",
        )  # fmt: skip

    def _weights(self) -> dict[str, float]:
        return {row["measure"]: self._weight(row) for _, row in self.rows}

    def _flip(self, measure: str) -> float | None:
        weights = self._weights()
        if sum(w for m, w in weights.items() if m != measure) <= 0:
            return None
        return method.break_even_weight(self.own, weights, measure, sorted(self.knocked_out))

    def _winner_at(self, measure: str, weight: float) -> str:
        weights, weight = self._weights(), min(100.0, max(0.0, weight))
        rest = sum(w for m, w in weights.items() if m != measure)
        moved = {m: weight if m == measure else w * (100 - weight) / rest for m, w in weights.items()}
        return method.ranking(method.weighted_totals(self.own, moved), sorted(self.knocked_out))[0]

    def evidence(self) -> Iterable[str]:
        """For the tutor: the learner's order beside the one that the sheet gives with the same criteria and weights."""
        given = [o for o in self.answer["ranking"] if o]
        weights = self._weights()
        if given and sum(weights.values()) > 0:
            true = method.ranking(method.weighted_totals(self.truth, weights), sorted(self.case.planted["knocked_out"]))
            yield (
                f"Ranked {', '.join(given)}; the sheet, with the same criteria and weights, gives {', '.join(true)}"
                f" (out: {', '.join(sorted(self.case.planted['knocked_out']))})."
            )

    def flags(self) -> Iterable[str]:
        """For the tutor: where the learner moved far from the board's weights (allowed, if argued)."""
        given: dict[str, float] = {}
        for _, row in self.rows:
            if row["objective"]:
                given[row["objective"]] = given.get(row["objective"], 0) + self._weight(row)
        for so, board in self.case.facts["objective_weights"].items():
            if given and abs(given.get(so, 0) - board) > 10:
                yield f"{so} weighs {given.get(so, 0):g} in the matrix and {board} in the board's paper: is that argued in the recommendation?"


# ---- PR3.2 cost-benefit --------------------------------------------------------------------

_YEARS = ("y0", "y1", "y2", "y3", "y4")


def cost_benefit(answer: dict, case: Case) -> Award:
    """Seven marks: lines left out, cash flows, net present value, payback, cautious case, choice."""
    table = _Money(answer, case)
    parts = (
        table.left_out_part(),
        table.flows_part(),
        table.npv_part(),
        table.payback_part(),
        table.cautious_part(),
        table.choice_part(),
    )
    return Award(parts, evidence=tuple(table.evidence()))


class _Money:
    """A learner's cost-benefit table beside the case's truth."""

    def __init__(self, answer: dict, case: Case):
        self.answer = answer
        self.rate = case.facts["discount_rate"]
        self.planted = case.planted
        self.left_in = case.planted["left_in"]
        self.knocked_out = case.planted["knocked_out"]
        self.lines = true_lines(case.tables["options_costs"], case.planted)
        self.raw = case.tables["options_costs"]
        self.items = {row["line"]: row for row in self.raw}
        self.true = cash_flows(self.lines, case.planted["left_out"])
        # The first row for each option; a second one for the same option changes nothing.
        self.rows = {}
        for row in answer["rows"]:
            if row["option"] and row["option"] not in self.rows:
                self.rows[row["option"]] = row
        self.own = {
            o: [row[y] for y in _YEARS] for o, row in self.rows.items() if all(row[y] is not None for y in _YEARS)
        }
        self.given_out = {line for line in answer["left_out"] if line}

    def evidence(self) -> Iterable[str]:
        """For the tutor: the learner's choice and its value beside what the case's lines give."""
        chosen = self.answer["choose"]
        if chosen is None:
            return
        own = self.rows.get(chosen, {}).get("npv")
        values = {o: method.net_present_value(self.true[o], self.rate) for o in self.left_in}
        best = max(values, key=values.get)
        cautious = cash_flows(self.lines, self.planted["left_out"], cautious=True)
        low = method.net_present_value(cautious[best], self.rate)
        yield (
            f"Chose {chosen} on the money, at a net present value of {_money(own)}; the lines give {best} as the best, at "
            f"{values[best]:,.0f} ({low:,.0f} in the cautious case)."
        )

    def _same(self, own: float | None, true: float) -> bool:
        return own is not None and abs(own - true) <= max(10.0, 0.01 * abs(true))

    def _near(self, option: str) -> bool:
        """Whether the learner's flows for an option are anywhere near: a fault in one line, not invented figures."""
        if option not in self.own:
            return False
        size = sum(abs(v) for v in self.true[option])
        return sum(abs(a - b) for a, b in zip(self.own[option], self.true[option], strict=True)) <= 0.85 * size

    def left_out_part(self) -> Part:
        true = set(self.planted["left_out"])
        hits, false = len(true & self.given_out), len(self.given_out - true)
        marks = max(0.0, 2.0 * (hits - false) / len(true))
        missed = sorted(true - self.given_out)
        if not missed and not false:
            return Part(
                "left_out",
                marks,
                2.0,
                "You left out the money that is already spent and the saving that was counted twice.",
            )
        if missed:
            line = self.items[missed[0]]
            sunk = line["kind"] == "cost"
            why = (
                "is already paid, whatever is decided now. It is a sunk cost: leave it out"
                if sunk
                else "values the same hours as the overtime line. Counted twice, a saving looks larger than it is"
            )
            return Part(
                "left_out", marks, 2.0, f"Line {missed[0]} ('{line['item']}') {why}.",
                error="sunk cost counted" if sunk else "saving counted twice",
            )  # fmt: skip
        wrong = sorted(self.given_out - true)[0]
        item = self.items[wrong]["item"] if wrong in self.items else "no such line"
        return Part(
            "left_out",
            marks,
            2.0,
            f"Line {wrong} ('{item}') changes with the decision, so it belongs in. Leave out only what would be the same anyway.",
        )

    def flows_part(self) -> Part:
        marks, said, error = 0.0, [], None
        for option in self.left_in:
            own = self.own.get(option)
            if own is None:
                continue
            good = sum(self._same(a, b) for a, b in zip(own, self.true[option], strict=True))
            marks += 0.5 if good == 5 else 0.2 if good == 4 else 0.0
            if good < 5 and not said:
                sentence, error = self._what_is_wrong(option, own)
                said.append(sentence)
        missing = [o for o in self.left_in if o not in self.own]
        if missing:
            said.append(
                "Some options that are still in the running have no full row of cash flows. Fill in years 0 to 4 for each."
            )
        return Part("flows", marks, 1.5, " ".join(said) or "All cash flows are right, year by year.", error=error)

    def _what_is_wrong(self, option: str, own: list[float]) -> tuple[str, str | None]:
        """Which of the planted faults gives the learner's figures, if one does."""
        out = set(self.planted["left_out"])
        vat, early = self.planted["vat_line"], self.planted["early_line"]
        faults = [
            (
                vat,
                "VAT left in",
                f"Option {option}: the quote in line {vat} includes VAT that Northfold gets back. Divide it by 1.2.",
            ),
            (
                early,
                "benefit before go-live",
                f"Option {option}: line {early} starts saving in year 0, before anything is live. Year 0 has no benefit.",
            ),
        ]
        for line, error, sentence in faults:
            if line.startswith(option):
                raw = [dict(r) for r in self.lines if r["line"] != line] + [r for r in self.raw if r["line"] == line]
                if self._all_same(own, cash_flows(raw, out)[option]):
                    return sentence, error
        for line in sorted(out):
            if line.startswith(option) and self._all_same(own, cash_flows(self.lines, out - {line})[option]):
                return f"Option {option}: line {line} is still in its cash flows.", None
        year = next(i for i, (a, b) in enumerate(zip(own, self.true[option], strict=True)) if not self._same(a, b))
        return (
            f"Option {option}: look at year {year} again. Add up the benefits, take off the costs, and read every note.",
            None,
        )

    def _all_same(self, own, other) -> bool:
        return all(self._same(a, b) for a, b in zip(own, other, strict=True))

    def _judged(self, name: str, maximum: float) -> tuple[list[str], Part | None]:
        usable = [o for o in self.left_in if self._near(o)]
        if not usable:
            return [], Part(name, 0.0, maximum, "This step builds on the cash flows. Put those right first.")
        return usable, None

    def npv_part(self) -> Part:
        usable, blocked = self._judged("npv", 1.5)
        if blocked:
            return blocked
        marks, sentence, error = 0.0, "", None
        for option in usable:
            flow, given = self.own[option], self.rows[option]["npv"]
            value = method.net_present_value(flow, self.rate)
            if self._value(given, value):
                marks += 0.5
            elif not sentence:
                sentence, error = self._npv_fault(option, flow, given, value)
        if not sentence and len(usable) < len(self.left_in):
            sentence = "Work out the net present value of every option that is still in the running."
        return Part(
            "npv",
            marks,
            1.5,
            sentence or "Every net present value follows from your cash flows and the rate.",
            error=error,
        )

    def _value(self, given, value) -> bool:
        return given is not None and abs(given - value) <= max(25.0, 0.005 * abs(value))

    def _npv_fault(self, option, flow, given, value) -> tuple[str, str | None]:
        percent = f"{100 * self.rate:g}%"
        if self._value(given, value / (1 + self.rate)):
            return (
                f"Option {option}: you discounted year 0 as well. Money spent today is worth what it says; discount from year 1.",
                "year 0 discounted",
            )
        if self._value(given, sum(flow)):
            return (
                f"Option {option}: you added up the years without discounting. Divide year 1 by 1 + {percent}, year 2 by its square, and so on.",
                "not discounted",
            )
        return f"Option {option}: your cash flows at {percent} give {value:,.0f}, not {_money(given)}.", None

    def payback_part(self) -> Part:
        usable, blocked = self._judged("payback", 1.0)
        if blocked:
            return blocked
        marks, sentence = 0.0, ""
        for option in usable:
            months, given = method.payback_months(self.own[option]), self.rows[option]["payback_months"]
            good = given is None if months is None else given is not None and abs(given - months) <= 1.0
            if good:
                marks += 1 / 3
            elif not sentence:
                sentence = (
                    f"Option {option}: your own cash flows do not win back the money within four years; leave the months as None."
                    if months is None
                    else f"Option {option}: your own cash flows have won back the money after {months:.0f} months, not {_money(given)}."
                )
        if not sentence and len(usable) < len(self.left_in):
            sentence = "Work out the payback of every option that is still in the running."
        return Part("payback", marks, 1.0, sentence or "Every payback follows from your cash flows.")

    def cautious_part(self) -> Part:
        chosen, given = self.answer["choose"], self.answer["cautious_npv"]
        if given is None or chosen is None:
            return Part(
                "cautious_case",
                0.0,
                0.5,
                "Give the net present value of your choice in the cautious case: every benefit at its low figure, every cost at its high one.",
            )
        if chosen not in self.own or (chosen in self.left_in and not self._near(chosen)):
            return Part(
                "cautious_case", 0.0, 0.5, "This step builds on the cash flows of your choice. Put those right first."
            )
        # Judged with the lines that the learner left out; VAT and the early saving may be put right or not.
        allowed = [cash_flows(rows, self.given_out, cautious=True)[chosen] for rows in (self.lines, self.raw)]
        if any(self._value(given, method.net_present_value(flow, self.rate)) for flow in allowed):
            return Part("cautious_case", 0.5, 0.5, "The cautious case is worked out right.")
        value = method.net_present_value(allowed[0], self.rate)
        return Part(
            "cautious_case",
            0.0,
            0.5,
            f"With every benefit low and every cost high, option {chosen} comes to {value:,.0f}, not {_money(given)}.",
        )

    def choice_part(self) -> Part:
        chosen = self.answer["choose"]
        if chosen is None:
            return Part("choice", 0.0, 0.5, "Say which option you would choose on the money alone.")
        if chosen in self.knocked_out:
            why = KNOCK_OUTS[self.knocked_out[chosen]]
            return Part(
                "choice", 0.0, 0.5, f"Option {chosen} cannot be chosen. {why}.", error="chose an option that is out"
            )
        values = {o: self.rows[o]["npv"] for o in self.left_in if self._near(o) and self.rows[o]["npv"] is not None}
        if len(values) < 2:
            return Part(
                "choice",
                0.0,
                0.5,
                "A choice needs the net present values of the options that are still in the running.",
            )
        best = max(values, key=values.get)
        if chosen == best:
            return Part("choice", 0.5, 0.5, "Your choice has the best net present value of those that may be chosen.")
        months = {o: self.rows[o]["payback_months"] for o in values if self.rows[o]["payback_months"] is not None}
        if months and chosen == min(months, key=months.get):
            sentence = f"Option {chosen} pays back soonest, but by your own figures option {best} is worth more over the five years."
            return Part("choice", 0.0, 0.5, sentence, error="quickest payback taken for best value")
        return Part("choice", 0.0, 0.5, f"By your own figures option {best} has the best net present value.")


# ---- words ----------------------------------------------------------------------------------


def _names(options: list[str]) -> str:
    return f"Option {options[0]}" if len(options) == 1 else f"Options {listed(options)}"


def _money(value: float | None) -> str:
    return "nothing" if value is None else f"{value:,.0f}"
