"""The survey holds its findings on every seed, its scale is usable, and its traps can be found and mended."""

import os
import time

import numpy as np
import pandas as pd
import pytest

from cslearn import load
from cslearn.methods import servqual as method
from cslearn.northfold import servqual
from cslearn.northfold.story import Story, book_story

ITEMS = [*method.item_columns("E"), *method.item_columns("P")]


@pytest.fixture(scope="module")
def book():
    return load("servqual")


def told(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows, truths = servqual._drawn(Story(seed))
    return pd.DataFrame(rows), pd.DataFrame(truths)


def cleaned(table: pd.DataFrame) -> pd.DataFrame:
    """The survey as a careful reader takes it, from the published columns alone."""
    kept = table[~method.straight_liners(table[method.item_columns("P")])]
    backwards = kept[method.item_columns("E")].mean(axis=1) < 4
    return method.reverse_keyed(kept, ITEMS, rows=backwards)


def lead(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Gaps and weighted gaps by dimension, the largest first."""
    gaps = method.dimension_gaps(table)["gap"]
    weighted = pd.Series(method.weighted_gaps(gaps, method.mean_weights(table)))
    return gaps.sort_values(), weighted.sort_values()


def check_findings(table: pd.DataFrame) -> None:
    for rows, margin in ((table, 0.04), (cleaned(table), 0.08)):
        gaps, weighted = lead(rows)
        assert gaps.index[0] == "tangibles" and gaps.iloc[1] - gaps.iloc[0] > margin
        assert weighted.index[0] == "reliability" and weighted.iloc[0] / weighted.iloc[1] > 1.6
        assert gaps.index[1] == "reliability" and (gaps < 0).all()
    assert method.mean_weights(table)["reliability"] == pytest.approx(36, abs=2)


def check_scale(table: pd.DataFrame) -> None:
    for rows in (table, cleaned(table)):
        for name in method.DIMENSIONS:
            assert 0.65 < method.cronbach_alpha(rows[method.item_columns("P", name)]) < 0.90, name
    expected = cleaned(table)[method.item_columns("E")].mean()
    assert expected.min() > 5.55 and expected.max() < 6.4


def check_traps(table: pd.DataFrame, truth: pd.DataFrame) -> None:
    straight = method.straight_liners(table[method.item_columns("P")])
    assert truth["straight_liner"].sum() == 37
    assert not (truth["straight_liner"] & ~straight).any()
    # Somebody may be delighted with everything in earnest.
    assert (straight & ~truth["straight_liner"]).sum() <= 1
    backwards = table[method.item_columns("E")].mean(axis=1) < 4
    assert backwards.equals(truth["coded_backwards"].rename(None)) and backwards.sum() == servqual.BATCH
    batch = table[backwards]
    assert (batch["wave"] == "post").all() and (batch["channel"] == "phone").all()
    assert batch.index.max() - batch.index.min() == servqual.BATCH - 1
    weights = table[list(method.WEIGHTS.values())]
    given = weights.notna().all(axis=1)
    wrong = given & (weights.sum(axis=1) != 100)
    assert wrong.equals(truth["weights_wrong"].rename(None)) and wrong.sum() == round(0.04 * 620)
    assert (weights[given] >= 0).all(axis=None) and 0.001 < 1 - given.mean() < 0.05
    assert 0.01 < table[ITEMS].isna().mean().mean() < 0.03
    web = (table["channel"] == "web").groupby(table["wave"]).mean()
    assert web["pre"] == pytest.approx(0.42, abs=0.005) and web["post"] == pytest.approx(0.70, abs=0.005)


def test_the_book_s_own_survey_shows_it_all(book):
    rows, truth = servqual._drawn(book_story())
    assert pd.DataFrame(rows)["resp_id"].tolist() == book["resp_id"].tolist()
    check_findings(book)
    check_scale(book)
    check_traps(pd.DataFrame(rows), truth := pd.DataFrame(truth))
    assert truth["resp_id"].tolist() == book["resp_id"].tolist()


def test_it_holds_in_other_tellings():
    for seed in range(8):
        table, truth = told(seed)
        check_findings(table)
        check_scale(table)
        check_traps(table, truth)


@pytest.mark.slow
def test_it_holds_in_many_tellings():
    # CSLEARN_SEEDS=500 for as many as the course promises; a test run has time for some.
    for seed in range(8, int(os.environ.get("CSLEARN_SEEDS", 100))):
        table, truth = told(seed)
        check_findings(table)
        check_scale(table)
        check_traps(table, truth)


def gain(table: pd.DataFrame, names=("reliability", "responsiveness"), within_channel=True) -> pd.Series:
    """How much better each site was found in the second wave, for each channel alone and then averaged, or all in one."""
    found = sum(table[method.item_columns("P", name)].mean(axis=1) for name in names) / len(names)
    by = ["site", "wave", "channel"] if within_channel else ["site", "wave"]
    means = found.groupby([table[name].astype(str) for name in by]).mean()
    if within_channel:
        means = means.groupby(["site", "wave"]).mean()
    return means.unstack()["post"] - means.unstack()["pre"]


@pytest.fixture(scope="module")
def tellings():
    """Sixty cleaned surveys, each with what the change truly added at North in reliability and responsiveness."""
    stories = [Story(seed) for seed in range(60)]
    return [(servqual.true_gain(one)[1:3].mean(), cleaned(pd.DataFrame(servqual.rows(one)))) for one in stories]


@pytest.mark.slow
def test_north_gains_what_the_story_gave_it_and_west_nothing_but_the_mix_hides_part(tellings):
    told_gain = [true for true, _ in tellings]
    right = pd.DataFrame([gain(table) for _, table in tellings])
    plain = pd.DataFrame([gain(table, within_channel=False) for _, table in tellings])
    # Answers stop at 7, so a little of the gain is lost.
    assert 0 < np.mean(told_gain) - right["North"].mean() < 0.08
    assert abs(right["West"].mean()) < 4 * right["West"].std() / np.sqrt(60)
    assert plain["West"].mean() < -0.04 and (right - plain).mean().min() > 0.04
    assert np.corrcoef(right["North"], told_gain)[0, 1] > 0.2


@pytest.mark.slow
def test_what_the_change_did_not_touch_stays(tellings):
    same = pd.DataFrame([gain(table, ("tangibles", "assurance")) for _, table in tellings])
    assert (same.mean().abs() < 4 * same.std() / np.sqrt(60)).all()


def test_straight_liners_flatter_alpha(book):
    kept = cleaned(book)
    for name in method.DIMENSIONS:
        columns = method.item_columns("P", name)
        assert method.cronbach_alpha(book[columns]) > method.cronbach_alpha(kept[columns])


def test_what_was_found_alone_goes_with_the_overall_score_better_than_the_gaps_do(book):
    # As Cronin and Taylor (1992) report; and whoever complained is less happy.
    kept = cleaned(book)
    performance = np.corrcoef(method.servperf(kept), kept["overall"])[0, 1]
    gaps = np.corrcoef(method.respondent_gaps(kept).mean(axis=1), kept["overall"])[0, 1]
    assert performance > gaps > 0.3
    happy = kept.groupby("complained")["overall"].mean()
    assert happy[True] < happy[False] - 0.2


def test_each_statement_is_our_own_and_stands_in_the_dictionary():
    from cslearn.northfold.schema import TABLES

    says = {column.name: column.says for column in TABLES["servqual"].columns}
    assert len(set(servqual.STATEMENTS)) == 22
    for n, words in enumerate(servqual.STATEMENTS, start=1):
        assert says[f"E{n:02d}"].endswith(words) and says[f"P{n:02d}"].endswith(words)
        assert 4 <= len(words.split()) <= 16
    # Telling words of the published items (Parasuraman et al. 1988, 1991).
    text = " ".join(servqual.STATEMENTS).lower()
    for word in (
        "visually",
        "appealing",
        "modern",
        "sincere",
        "prompt",
        "courteous",
        "confidence",
        "at heart",
        "instil",
    ):
        assert word not in text


def test_a_case_s_survey_takes_less_than_a_tenth_of_a_second():
    times = []
    for seed in (501, 502, 503):
        begin = time.process_time()
        servqual.rows(Story(seed))
        times.append(time.process_time() - begin)
    assert np.min(times) < 0.1
