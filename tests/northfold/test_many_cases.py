"""What holds in many learners' cases at once: findings unique, traps biting, difficulty level, and how often a draw is refused.

As many as fit into a test run; for all 500, with the figures printed:

    CSLEARN_SEEDS=500 pytest -s -m slow tests/northfold/test_many_cases.py
"""

import os

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cslearn.northfold import contacts, kpi_daily, process, screens, story
from cslearn.northfold.case import EXERCISES, case

SEEDS = int(os.environ.get("CSLEARN_SEEDS", 0))

pytestmark = pytest.mark.slow


def many(usual: int) -> range:
    """The numbers of the practice cases: as many as a test run has time for, or as many as were asked for."""
    return range(1, (SEEDS or usual) + 1)


def show(title: str, figures: pd.DataFrame) -> None:
    """One line for each figure, for the person who measures."""
    print(f"\n{title}: {len(figures)} cases")
    for name, values in figures.items():
        print(f"  {name:38} {values.min():8.3f} {values.mean():8.3f} {values.max():8.3f}")


def in_bands(figures: pd.DataFrame, bands: dict) -> None:
    for name, (low, high) in bands.items():
        assert figures[name].between(low, high).all(), name


def test_every_log_has_one_bottleneck_and_four_decoys_that_differ():
    found = []
    for number in many(60):
        own = case("find-the-bottleneck", practice=number)
        found.append({**own.planted, "tries": own.tries})
    planted = pd.DataFrame(found)
    figures = planted.drop(columns=["bottleneck", "decoys"])
    show("find-the-bottleneck", figures)
    in_bands(figures, screens.LOG_BANDS)
    for bottleneck, decoys in zip(planted["bottleneck"], planted["decoys"], strict=True):
        assert len({bottleneck, *decoys.values()}) == 5
    shares = planted["bottleneck"].value_counts(normalize=True)
    print(shares.round(3).to_dict())
    assert set(shares.index) == {process.ACTIVITIES[step] for step in process.CANDIDATES} and shares.min() > 0.1
    assert figures["tries"].mean() < 1.15 and figures["tries"].max() <= 5


def test_every_chart_has_two_to_five_signals_and_ticking_every_week_does_not_pay():
    cases = [case("steer-the-change", practice=number) for number in many(500)]
    figures = pd.DataFrame([{**own.planted, "tries": own.tries} for own in cases])
    shares = {name: figures[name].value_counts(normalize=True) for name in ("fault", "cause")}
    figures = figures.drop(columns=["signal_list", "limits", "trouble_weeks", "fault", "cause", "action", "quick"])
    show("steer-the-change", figures)
    in_bands(figures, screens.WATCH_BANDS)
    # Hits less false alarms over signals, with every week ticked once.
    ticked = [2 * len({signal["week"] for signal in own.planted["signal_list"]}) - 12 for own in cases]
    assert max(ticked) < 0
    print(figures["signals"].value_counts().sort_index().to_dict())
    # Every number of signals in the band comes often enough that nobody can guess it.
    assert set(figures["signals"]) == {2, 3, 4, 5} and figures["signals"].value_counts(normalize=True).max() < 0.6
    # No fault, cause or week comes so often that nobody need look.
    for share in shares.values():
        print(share.round(3).to_dict())
        assert len(share) == 3 and 0.2 < share.min() < share.max() < 0.5
    # A slide of eight weeks leaves the first weeks for the fault.
    assert figures["fault_week"].value_counts(normalize=True).max() < 0.35 and figures["fault_week"].nunique() >= 10
    # Hardly a telling is refused, because each may have many plans.
    assert figures["tries"].mean() < 1.5 and figures["attempt"].max() < 25


def test_a_plain_before_and_after_is_too_kind_and_the_comparison_s_interval_covers_the_truth():
    found = []
    for number in many(40):
        own = case("judge-the-result", practice=number)
        weeks = kpi_daily.weekly(pd.DataFrame(own.tables["kpi_daily"], columns=kpi_daily.COLUMNS))
        before, after = (weeks.loc[slice(*own.facts[window])] for window in ("before", "after"))
        gap_before, gap_after = (part["North"] - part["West"] for part in (before, after))
        welch = stats.ttest_ind(gap_after, gap_before, equal_var=False)
        low, high = welch.confidence_interval()
        plain_low, plain_high = stats.ttest_ind(after["North"], before["North"], equal_var=False).confidence_interval()
        truth = own.planted["true_effect"]
        assert own.planted["effect"] == pytest.approx((low + high) / 2)
        assert own.planted["effect_in_standard_errors"] == pytest.approx(welch.statistic)
        found.append({
            "true_effect": truth, "comparison_error": (low + high) / 2 - truth, "interval_width": high - low,
            "covers": low <= truth <= high, "naive_error": (plain_low + plain_high) / 2 - truth,
            "naive_covers": plain_low <= truth <= plain_high, "clear_improvement": low > 0, "tries": own.tries,
            **{name: own.planted[name] for name in screens.EFFECT_BANDS},
        })  # fmt: skip
    figures = pd.DataFrame(found).astype(float)
    show("judge-the-result", figures)
    in_bands(figures, screens.EFFECT_BANDS)
    size, covered = len(figures), int(figures["covers"].sum())
    if size >= 500:
        assert 0.93 <= covered / size <= 0.97
    # With fewer, what chance allows around 95%.
    assert stats.binomtest(covered, size, 0.95).pvalue > 0.01
    assert figures["naive_error"].min() > 1 and figures["naive_covers"].mean() < 0.05
    assert abs(figures["comparison_error"].mean()) < 0.35
    assert figures["clear_improvement"].all() and figures["tries"].max() <= 3


def test_first_contact_resolution_is_higher_by_tick_than_by_repeats():
    found = []
    for number in many(40):
        made = case("make-the-case-for-change", practice=number).telling.story
        told = made.contacts
        # The published contacts without test contacts and second rows, which come on top.
        kept = contacts.in_panel(made) & ~told["abandoned"]
        phone = contacts.in_panel(made) & (told["channel"] == 0)
        by_tick, by_repeat = told["tick"][kept].mean(), (told["repeat_after"][kept] == 0).mean()
        found.append({
            "by_tick": by_tick, "by_repeat": by_repeat, "difference": by_tick - by_repeat,
            "chasers_of_calls": (told["kind"][phone] == story.CHASER).mean(),
        })  # fmt: skip
    figures = pd.DataFrame(found)
    show("contacts", figures)
    assert figures["difference"].min() > 0.10
    assert figures["by_tick"].mean() == pytest.approx(0.71, abs=0.01)
    assert figures["by_repeat"].mean() == pytest.approx(0.58, abs=0.01)
    assert figures["chasers_of_calls"].between(0.28, 0.34).all()


def test_hardly_any_telling_is_refused_but_for_the_chart():
    rows = {}
    for exercise in EXERCISES:
        needs = EXERCISES[exercise]
        # Those that are screened by the story's contacts take their time, and are measured above.
        usual = 15 if "EFFECT" in needs.screens else 60
        tries = np.array([case(exercise, practice=number).tries for number in many(usual)])
        rows[exercise] = (len(tries) / tries.sum(), tries.mean(), tries.max())
        print(f"\n  {exercise:26} accepted {rows[exercise][0]:6.1%}, tries mean {tries.mean():.2f}, most {tries.max()}")
    screened = {exercise for exercise, needs in EXERCISES.items() if needs.screens}
    for exercise, (accepted, _, most) in rows.items():
        if exercise == "make-the-case-for-change":
            # One telling in three sticks before a step of the agents, and is no case for this exercise.
            assert accepted > 0.5 and most <= 15, exercise
        elif exercise in screened and exercise != "steer-the-change":
            assert accepted > 0.85 and most <= 5, exercise
        elif exercise not in (*screened, "choose-an-improvement"):
            assert most == 1
