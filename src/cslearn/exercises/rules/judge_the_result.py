"""CM5 "Judge the result": how the effect, and the words beside the figures, are marked.

The truth is worked out from the learner's own weeks. The verdict and the size are judged on
the learner's own interval and effect, as long as these are anywhere near what one of the
three comparisons gives: one slip is lost once, but invented figures earn nothing by
agreeing with themselves.
"""

from collections import Counter

from cslearn.exercises.award import Award, Part
from cslearn.exercises.rules.words import listed
from cslearn.methods.agreement import cohens_kappa
from cslearn.methods.effects import Effect, against_season, against_site, against_target, before_after
from cslearn.northfold import evaluation
from cslearn.northfold.case import Case

# Means are shown to two decimals, so a difference of two may be off by a little.
_NEAR = 0.15
# An effect further off than this is none of the case's.
_FAR = 1.5
_DESIGNS = ("before_after", "season", "site")
_TRUE_BIASES = {
    "winter": "The winter peak pulls the year before down, and the weeks after had none",
    "kinder_count": "The weeks after are counted in a kinder way than most of the year before",
}
_NO_BIASES = {
    "outage": "The day of the outage is left out of every figure here, so it cannot mislead",
    "west_moved": "West worked on as before until March, so it did not move",
    "survey": "Who answers the staff survey has nothing to do with first contact resolution. Keep it for the figures on morale",
    "agents_tick": "First contact resolution is counted here from customers who come back, and not from what agents tick",
}


def effects_of(case: Case) -> dict[str, Effect]:
    """The effect on first contact resolution by each of the three designs."""
    found = evaluation.windows(case)

    def weeks(site: str, window: str) -> list[float]:
        return evaluation.weekly(case, "fcr_pct", site, found[window])

    after = weeks("North", "after")
    return {
        "before_after": before_after(weeks("North", "before"), after),
        "season": against_season(weeks("North", "year_ago"), after),
        "site": against_site(weeks("North", "before"), after, weeks("West", "before"), weeks("West", "after")),
    }


def mean_before(case: Case) -> float:
    """North's mean first contact resolution in the 52 weeks before, in percent."""
    weeks = evaluation.weekly(case, "fcr_pct", "North", evaluation.windows(case)["before"])
    return sum(weeks) / len(weeks)


# ---- CM5.1 the effect -----------------------------------------------------------------------


def effect(answer: dict, case: Case) -> Award:
    """Six marks: before and after, comparison, interval, verdict, what misleads."""
    table = _Effect(answer, case)
    parts = (
        table.before_after_part(),
        table.comparison_part(),
        table.interval_part(),
        table.verdict_part(),
        table.misleads_part(),
    )
    return Award(parts, evidence=tuple(table.evidence()))


class _Effect:
    """What a learner found, beside what the case gives."""

    def __init__(self, answer: dict, case: Case):
        self.answer, self.case = answer, case
        self.true = effects_of(case)
        self.design, self.own = answer["design"], answer["effect"]
        self.low, self.high = answer["low"], answer["high"]
        self.wanted = case.facts["wanted_points"]

    def _near(self, given: float | None, true: float, within: float = _NEAR) -> bool:
        return given is not None and abs(given - true) <= within

    def before_after_part(self) -> Part:
        given, true = self.answer["before_after"], self.true["before_after"].value
        if given is None:
            return Part("before_after", 0.0, 1.0, "Take North's mean before from its mean in weeks 5 to 12 after.")
        if self._near(given, true):
            return Part("before_after", 1.0, 1.0, f"Right: North rose by {true:.1f} percentage points, whatever moved it.")
        before = mean_before(self.case)
        if self._near(given, 100 * true / before, 0.3):
            says = (
                f"You give {given:g}, which is the rise as a percentage of the old figure. From {before:.1f}% to "
                f"{before + true:.1f}% are {true:.1f} percentage points. Take one from the other."
            )
            return Part("before_after", 0.0, 1.0, says, error="percent for percentage points")
        if self._near(given, -true):
            return Part("before_after", 0.0, 1.0, f"The sign is the wrong way round. After less before is {true:+.1f}: it rose.")
        return Part("before_after", 0.0, 1.0, f"North's mean after, less its mean before, is {true:.1f} points, and not {given:g}.")

    def comparison_part(self) -> Part:
        plain, site = self.true["before_after"].value, self.true["site"].value
        if self.design is None or self.own is None:
            return Part("comparison", 0.0, 2.0, "Choose a comparison and give the effect that it shows, in percentage points.")
        right = self._near(self.own, self.true[self.design].value)
        if self.design == "site":
            if right:
                says = f"Right: against West the gap moved by {site:.1f} points. Season and counting were the same at both sites."
                return Part("comparison", 2.0, 2.0, says)
            near = self._near(self.own, site, _FAR)
            says = f"West is the right comparison. The gap after, less the gap before, is {site:.1f} points, and not {self.own:g}."
            return Part("comparison", 1.0 if near else 0.25, 2.0, says)
        if self.design == "season":
            says = (
                "The same weeks a year earlier take the season out. But until May a contact counted as settled only after "
                "seven days, so a kind year stands beside a strict one. West was counted alike in every week: use it."
            )
            return Part("comparison", 0.75 if right else 0.0, 2.0, says, error="another way of counting a year earlier")
        extra = plain - site
        says = (
            f"You take the whole {plain:.1f} points for the change. The winter peak and the old way of counting sit in your "
            f"'before': {extra:.1f} of the points came to West as well. Use West to take them out."
        )
        return Part("comparison", 0.25 if right else 0.0, 2.0, says, error="naive before-and-after")

    def _plausible(self) -> bool:
        """Whether the learner's effect is one that their own comparison could give."""
        return self.design is not None and self._near(self.own, self.true[self.design].value, _FAR)

    def interval_part(self) -> Part:
        if self.low is None or self.high is None:
            return Part("interval", 0.0, 1.0, "Give both ends of the 95% interval of your effect.")
        if not self._plausible():
            return Part("interval", 0.0, 1.0, "The interval builds on the effect. Put that right first.")
        true = self.true[self.design]
        width, middle = self.high - self.low, (self.high + self.low) / 2
        if width <= 0:
            return Part("interval", 0.0, 1.0, "The interval ends before it begins. Give the lower end first.")
        share = 1.0 if self.design == "site" else 0.5
        ratio = width / (true.high - true.low)
        if not self._near(middle, self.own, 0.2):
            return Part("interval", 0.0, 1.0, f"The middle of your interval is {middle:.1f}, and your effect {self.own:g}. An interval reaches as far up as down.")
        if abs(ratio - 1) <= 0.15:
            says = f"Right: the interval is as wide as {'your weeks' if share == 1 else 'that comparison'} can make it, from {true.low:.1f} to {true.high:.1f}."
            return Part("interval", share, 1.0, says)
        word = "narrow" if ratio < 1 else "wide"
        says = (
            f"Your interval is too {word}: {width:.1f} points from end to end, where the weeks give {true.high - true.low:.1f}. "
            "Add spread times spread divided by weeks, before and after, take the root, and go 2.3 times as far to either side."
        )
        return Part("interval", 0.25 * share if 0.5 <= ratio <= 2 else 0.0, 1.0, says)

    def _own_interval_says(self) -> str | None:
        if self.low is None or self.high is None or self.low >= self.high or not self._plausible():
            return None
        return "improved" if self.low > 0 else "worse" if self.high < 0 else "cannot_tell"

    def verdict_part(self) -> Part:
        given, shown = self.answer["verdict"], self._own_interval_says()
        marks, said = 0.0, []
        if shown is None:
            said.append("A verdict builds on the effect and its interval. Put those right first.")
        elif given == shown:
            marks += 0.35
            said.append("Your verdict is what your interval shows.")
        else:
            words = {"improved": "lies above zero, so it improved", "worse": "lies below zero, so it got worse", "cannot_tell": "holds zero, so the figures cannot tell"}
            said.append(f"Your interval {words[shown]}.")
        if shown is not None and self.answer["size"] is not None:
            size = against_target(Effect(self.own, self.low, self.high, 1.0, 1.0), self.wanted)
            if self.answer["size"] == size:
                marks += 0.25
            else:
                words = {"met": "is at least", "part": "is a gain, and less than", "not": "is no gain beside"}
                said.append(f"Your effect of {self.own:g} {words[size]} the {self.wanted} points that were wanted.")
        marks += self._recommendation(said)
        error = "no proof taken for no effect" if self.answer["recommendation"] == "stayed" else None
        return Part("verdict", marks, 1.0, " ".join(said), error=error)

    def _recommendation(self, said: list[str]) -> float:
        from cslearn.exercises.shown.judge_the_result import recommendation_effect

        given = self.answer["recommendation"]
        if given is None:
            said.append("Say what the table shows of the net promoter score.")
            return 0.0
        effect = recommendation_effect(self.case)
        true = "rose" if effect.low > 0 else "fell" if effect.high < 0 else "cannot_tell"
        # A guess among four alone is worth nothing: it counts for those who have an effect of their own.
        if given == true:
            return 0.4 if self._plausible() else 0.0
        if given == "stayed":
            said.append(
                f"No proof of a change is not proof of no change: the interval of the net promoter score, {effect.low:+.1f} to {effect.high:+.1f}, "
                "has room for a large gain and for a large loss."
            )
        else:
            said.append(f"The interval of the net promoter score runs from {effect.low:+.1f} to {effect.high:+.1f}. See whether zero lies in it.")
        return 0.0

    def misleads_part(self) -> Part:
        ticked = {bias for bias in self.answer["misleads"] if bias}
        hits, false = ticked & set(_TRUE_BIASES), ticked - set(_TRUE_BIASES)
        marks = max(0.0, (len(hits) - len(false)) / len(_TRUE_BIASES))
        missed = [bias for bias in _TRUE_BIASES if bias not in ticked]
        if not ticked:
            return Part("misleads", 0.0, 1.0, "Tick what makes the plain before-and-after wrong.")
        said = [f"{_NO_BIASES[bias]}." for bias in sorted(false)[:2]] + [f"{_TRUE_BIASES[bias]}." for bias in missed]
        return Part("misleads", marks, 1.0, " ".join(said) or "Right: the winter peak and the new way of counting, and nothing else.")

    def evidence(self):
        """For the tutor: the learner's effect beside what the case gives."""
        site, plain = self.true["site"], self.true["before_after"]
        shown = [("nothing" if value is None else f"{value:g}") for value in (self.own, self.low, self.high)]
        yield (
            f"Effect {shown[0]} ({shown[1]} to {shown[2]}) by '{self.design or 'no design'}'; the case gives {site.value:.1f} "
            f"({site.low:.1f} to {site.high:.1f}) against West, {plain.value:.1f} before and after; wanted {self.wanted}."
        )


# ---- CM5.2 words and balance ----------------------------------------------------------------


def words_and_balance(answer: dict, case: Case) -> Award:
    """Three marks: codes, subgroup, balance."""
    parts = (_codes_part(answer, case), _subgroup_part(answer, case), _balance_part(answer))
    return Award(parts, evidence=tuple(_words_evidence(answer, case)))


def kappas(answer: dict, case: Case) -> list[float]:
    """Cohen's kappa of the learner's codes with either coder; a comment without a code agrees with nobody."""
    given = [answer["codes"][f"c{n}"] or "none" for n in range(1, evaluation.COMMENTS + 1)]
    coded = evaluation.comments(case)
    found = [cohens_kappa(given, [one[place] for one in coded]) for place in (1, 2)]
    return [0.0 if kappa is None else kappa for kappa in found]


def _codes_part(answer: dict, case: Case) -> Part:
    coded = evaluation.comments(case)
    given = [answer["codes"][f"c{n}"] for n in range(1, len(coded) + 1)]
    if not any(given):
        return Part("codes", 0.0, 1.5, "Give each comment the code that fits it best.")
    kappa = max(kappas(answer, case))
    if kappa >= 0.6:
        return Part("codes", 1.5, 1.5, f"Your codes agree well with a trained coder's: kappa {kappa:.2f}, where 0.6 was asked for.")
    missing = sum(code is None for code in given)
    if missing:
        says = f"{missing} comments have no code yet. Kappa, the agreement beyond chance with a trained coder, is {kappa:.2f} so far."
        return Part("codes", 0.75 if kappa >= 0.4 else 0.0, 1.5, says)
    commonest, times = Counter(given).most_common(1)[0]
    if times > len(given) / 2:
        says = f"You gave '{evaluation.CODES[commonest]}' to {times} of {len(given)} comments. Read each one for what that person says is wrong or right."
    else:
        n = next(n for n, (code, one) in enumerate(zip(given, coded, strict=True), start=1) if code not in (one.first, one.second))
        says = f"Kappa with a trained coder is {kappa:.2f}; 0.6 was asked for. Look at comment {n} again: both coders heard '{evaluation.CODES[coded[n - 1].first]}'."
    return Part("codes", 0.75 if kappa >= 0.4 else 0.0, 1.5, says)


def _fallen(case: Case) -> dict:
    return min(evaluation.morale(case), key=lambda row: row["last_mean"] - row["first_mean"])


def _subgroup_part(answer: dict, case: Case) -> Part:
    team, answered = answer["subgroup"]["team"], answer["subgroup"]["answered"]
    true = _fallen(case)
    if team is None:
        return Part("subgroup", 0.0, 0.75, "Mean morale rose. Find the team in which it fell, and say how many of it answered.")
    if team != true["team"]:
        says = f"In team {team} morale did not fall. Take June's mean from November's, team by team."
        return Part("subgroup", 0.0, 0.75, says, error="subgroup hidden by the mean")
    if answered == true["last_answers"]:
        says = (
            f"Right: team {team} fell from {true['first_mean']:.2f} to {true['last_mean']:.2f}, and only {answered} of {true['last_asked']} "
            "answered. Those who went quiet may be unhappier still."
        )
        return Part("subgroup", 0.75, 0.75, says)
    says = f"The team is right. {true['last_answers']} of its {true['last_asked']} people answered in November; a mean is of those who answered."
    return Part("subgroup", 0.25, 0.75, says)


_BALANCE = {
    "a": "That hides a team whose morale fell. A mean that rises can hold people who lose.",
    "b": "Morale fell in one team, and service did get better. One does not cancel the other.",
    "c": "Right: both are true, and a report owes its readers both.",
    "d": "What people write is evidence too: of what it was like, and of what the figures do not ask.",
    "e": "People who are unhappy write more, so comments do not count heads. And the figures come from customers who did not have to call again.",
}


def _balance_part(answer: dict) -> Part:
    given = answer["balance"]
    if given is None:
        return Part("balance", 0.0, 0.75, "Choose the statement that is true to the figures and to the words.")
    # A choice alone is a guess: it counts once there is something to balance.
    worked = any(answer["codes"].values()) and answer["subgroup"]["team"] is not None
    if given == "c" and not worked:
        return Part("balance", 0.0, 0.75, "Code the comments and look at the teams first; the statement builds on both.")
    return Part("balance", 0.75 if given == "c" else 0.0, 0.75, _BALANCE[given], error=None if given == "c" else "one-sided evaluation")


def _words_evidence(answer: dict, case: Case):
    true = _fallen(case)
    codes = [code for code in answer["codes"].values() if code]
    used = listed([f"{code} {times}" for code, times in Counter(codes).most_common()]) if codes else "none"
    yield (
        f"Codes: {used} (kappa {max(kappas(answer, case)):.2f}); team {answer['subgroup']['team'] or 'none'} with "
        f"{answer['subgroup']['answered'] if answer['subgroup']['answered'] is not None else 'no'} answers, and it is team {true['team']} with {true['last_answers']}."
    )
