"""How different people would fill in CM5. Each recipe gives the answer of one kind of person for one case.

``judge-the-result.personas.yml`` says what each of them must earn and be told.
"""

from math import sqrt
from statistics import fmean, variance

from cslearn.exercises.shown.judge_the_result import recommendation_effect
from cslearn.exercises.rules.judge_the_result import effects_of, mean_before
from cslearn.methods.effects import Effect, against_target, verdict
from cslearn.northfold import evaluation

_BIASES = ["agents_tick", "kinder_count", "outage", "survey", "west_moved", "winter"]


# ---- effect ---------------------------------------------------------------------------------


def _says(effect) -> str:
    return "rose" if effect.low > 0 else "fell" if effect.high < 0 else "cannot_tell"


def _effect(case, design: str = "site", **changes) -> dict:
    """A whole answer worked out consistently from this design; ``changes`` replace some of it."""
    found = effects_of(case)
    own = found[design]
    return {
        "before_after": round(found["before_after"].value, 2),
        "design": design,
        "effect": round(own.value, 2),
        "low": round(own.low, 2),
        "high": round(own.high, 2),
        "verdict": verdict(own),
        "size": against_target(own, case.facts["wanted_points"]),
        "recommendation": _says(recommendation_effect(case)),
        "misleads": ["kinder_count", "winter"],
    } | changes


def effect_expert(case, rng) -> dict:
    return _effect(case)


def effect_by_hand(case, rng) -> dict:
    """From the table's means and spreads, to two decimals, with 2.3 standard errors."""
    found = evaluation.windows(case)
    sides = []
    for name in ("before", "after"):
        north, west = (evaluation.weekly(case, "fcr_pct", site, found[name]) for site in ("North", "West"))
        sides.append([one - two for one, two in zip(north, west, strict=True)])
    before, after = sides
    value = round(fmean(after), 2) - round(fmean(before), 2)
    error = sqrt(round(sqrt(variance(before)), 2) ** 2 / 52 + round(sqrt(variance(after)), 2) ** 2 / 8)
    low, high = round(value - 2.3 * error, 1), round(value + 2.3 * error, 1)
    return _effect(case, effect=round(value, 2), low=low, high=high)


def effect_random(case, rng) -> dict:
    low = round(rng.uniform(-10, 10), 1)
    return {
        "before_after": round(rng.uniform(-5, 15), 1),
        "design": rng.choice(["before_after", "season", "site"]),
        "effect": round(rng.uniform(-5, 15), 1),
        "low": low,
        "high": round(low + rng.uniform(0, 10), 1),
        "verdict": rng.choice(["cannot_tell", "improved", "worse"]),
        "size": rng.choice(["met", "not", "part"]),
        "recommendation": rng.choice(["cannot_tell", "fell", "rose", "stayed"]),
        "misleads": sorted(rng.sample(_BIASES, rng.randint(0, 6))),
    }


def effect_tick_everything(case, rng) -> dict:
    """The first choice everywhere, one figure in every box, every box ticked."""
    return {
        "before_after": 100, "design": "before_after", "effect": 100, "low": 100, "high": 100, "verdict": "cannot_tell",
        "size": "met", "recommendation": "cannot_tell", "misleads": list(_BIASES),
    }  # fmt: skip


def effect_minimal(case, rng) -> dict:
    """The right words from each list, and not one figure."""
    nothing = dict.fromkeys(("before_after", "effect", "low", "high"))
    return _effect(case, **nothing, misleads=[])


def effect_naive(case, rng) -> dict:
    return _effect(case, "before_after", misleads=["outage"])


def effect_season(case, rng) -> dict:
    return _effect(case, "season")


def effect_percent(case, rng) -> dict:
    return _effect(case, before_after=round(100 * effects_of(case)["before_after"].value / mean_before(case), 1))


def effect_no_proof_no_effect(case, rng) -> dict:
    return _effect(case, recommendation="stayed")


def effect_everything_misleads(case, rng) -> dict:
    return _effect(case, misleads=list(_BIASES))


def effect_narrow_interval(case, rng) -> dict:
    """One standard error to either side."""
    own = effects_of(case)["site"]
    near = Effect(own.value, own.value - own.standard_error, own.value + own.standard_error, own.standard_error, own.freedom)
    return _effect(case, low=round(near.low, 2), high=round(near.high, 2))


def effect_one_slip(case, rng) -> dict:
    """The effect mistyped by a point, and the interval around it."""
    own = effects_of(case)["site"]
    return _effect(
        case, effect=round(own.value + 1, 2), low=round(own.low + 1, 2), high=round(own.high + 1, 2),
        verdict="improved" if own.low + 1 > 0 else "cannot_tell",
        size="met" if round(own.value + 1, 2) >= case.facts["wanted_points"] else "part",
    )  # fmt: skip


# ---- words and balance ----------------------------------------------------------------------


def _words(case, codes=None, team=None, answered=None, balance="c") -> dict:
    fallen = min(evaluation.morale(case), key=lambda row: row["last_mean"] - row["first_mean"])
    codes = codes or [one.first for one in evaluation.comments(case)]
    return {
        "codes": {f"c{n}": code for n, code in enumerate(codes, start=1)},
        "subgroup": {
            "team": fallen["team"] if team is None else team,
            "answered": fallen["last_answers"] if answered is None else answered,
        },
        "balance": balance,
    }


def words_and_balance_expert(case, rng) -> dict:
    return _words(case)


def words_and_balance_other_expert(case, rng) -> dict:
    return _words(case, [one.second for one in evaluation.comments(case)])


def words_and_balance_random(case, rng) -> dict:
    codes = [rng.choice(list(evaluation.CODES)) for _ in range(evaluation.COMMENTS)]
    return _words(case, codes, rng.randint(1, 8), rng.randint(0, 13), rng.choice("abcde"))


def words_and_balance_tick_everything(case, rng) -> dict:
    return _words(case, ["better"] * evaluation.COMMENTS, 1, 100, "a")


def words_and_balance_minimal(case, rng) -> dict:
    """The right statement, and nothing that it could rest on."""
    return _words(case, [None] * evaluation.COMMENTS) | {"subgroup": {"team": None, "answered": None}}


def words_and_balance_one_code(case, rng) -> dict:
    return _words(case, ["load"] * evaluation.COMMENTS)


def words_and_balance_goes_by_the_mean(case, rng) -> dict:
    """All is well: the team with the largest rise, and the statement that everybody gained."""
    best = max(evaluation.morale(case), key=lambda row: row["last_mean"] - row["first_mean"])
    return _words(case, team=best["team"], answered=best["last_answers"], balance="a")


def words_and_balance_counts_who_was_asked(case, rng) -> dict:
    return _words(case, answered=13)


def words_and_balance_only_figures(case, rng) -> dict:
    return _words(case, balance="d")


def words_and_balance_two_misread(case, rng) -> dict:
    codes = [one.first for one in evaluation.comments(case)]
    names = list(evaluation.CODES)
    for place in (0, 7):
        codes[place] = names[(names.index(codes[place]) + 1) % len(names)]
    return _words(case, codes)
