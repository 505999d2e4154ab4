"""Every exercise has a case for every learner: small, quick, the same everywhere, and refused with a sentence."""

import gc
import itertools
import json
import os
import pickle
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pandas as pd
import pytest

from cslearn import load
from cslearn.northfold import process, screens
from cslearn.northfold.case import EXERCISES, case
from cslearn.northfold.codes import learner_code
from cslearn.northfold.tables import NAMES
from cslearn.problem import Problem
from cslearn.syllabus import marking_points

STORY = [name for name in EXERCISES if name != "choose-an-improvement"]

# Written down once: what practice case 1 of each exercise gives a learner. A change here is a new DATA_VERSION.
DIGESTS = {
    "make-the-case-for-change": "6b50e3be414ec41a",
    "plan-the-change": "91af98b47fca5659",
    "win-people-over": "ac291c64e6847169",
    "steer-the-change": "0eee34f0d11f86c9",
    "judge-the-result": "25cc2a3beb397163",
    "set-the-scope": "e1824758e709b4fb",
    "find-the-bottleneck": "e515a1968e68e231",
    "choose-an-improvement": "0b2ec0cd6dce66d7",
    "put-it-into-practice": "3252928eb06599fe",
}


def test_there_is_a_case_for_the_exercise_of_every_marking_point():
    assert len(EXERCISES) == len(marking_points()) == 9


@pytest.mark.parametrize("exercise", DIGESTS)
def test_same_seed_same_bytes(exercise):
    assert case(exercise, practice=1).digest[:16] == DIGESTS[exercise]


def test_learners_practice_cases_and_exercises_differ():
    seeds = set()
    for exercise in EXERCISES:
        cases = [case(exercise, learner, "salt") for learner in ("ann", "ben")]
        seeds |= {own.seed for own in (*cases, case(exercise, practice=1))}
    assert len(seeds) == 3 * len(EXERCISES)
    digests = {case("set-the-scope", learner, "salt").digest for learner in ("ann", "ben", "cas")}
    assert len(digests) == 3


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_case_gives_the_tables_that_its_exercise_names(exercise):
    own = case(exercise, "ann", "salt")
    needs = EXERCISES[exercise]
    assert tuple(own.tables) == needs.tables and tuple(own.documents) == needs.documents
    for name in own.tables:
        table = own.table(name)
        assert len(table) == len(own.tables[name]) > 0
        assert table.dtypes.equals(load(name).dtypes)
    for name in own.documents:
        assert own.documents[name]
    assert json.loads(json.dumps(own.facts)) == own.facts
    assert json.loads(json.dumps(own.planted)) is not None


def test_every_table_of_an_exercise_is_one_that_load_knows():
    named = {name for needs in EXERCISES.values() for name in (*needs.tables, *needs.documents)}
    assert named <= set(NAMES)


@pytest.mark.parametrize("exercise", STORY)
def test_practice_case_0_is_what_the_pages_show(exercise):
    book = case(exercise)
    assert book.practice and book.tries == 1
    for name in book.tables:
        shown, own = load(name), book.table(name)
        if EXERCISES[exercise].planned:
            # What is planted in twelve weeks of one column; test_steering.py says what.
            assert not own["qa_score"].equals(shown["qa_score"])
            shown, own = shown.drop(columns="qa_score"), own.drop(columns="qa_score")
        pd.testing.assert_frame_equal(own, shown)
    for name in book.documents:
        assert book.documents[name] == load(name)


def test_the_tutor_s_way_and_the_learner_s_way_give_the_same_case():
    code = learner_code("ann", "salt")
    assert case("find-the-bottleneck", "ann", "salt") == case("find-the-bottleneck", code=code.lower())


def test_tables_are_drawn_only_when_they_are_asked_for(monkeypatch):
    from cslearn.northfold import tables

    asked = []
    monkeypatch.setattr(tables, "story_rows", lambda process, name: asked.append(name) or [{}])
    own = case("make-the-case-for-change", "somebody else", "salt")
    assert list(own.tables) and "contacts" in own.tables and len(own.tables) == len(list(own.tables))
    assert asked == []
    assert own.tables["complaints"] == [{}] and asked == ["complaints"]
    tables.told.cache_clear()


def test_a_case_can_be_sent_to_another_process():
    own = case("find-the-bottleneck", "ann", "salt")
    sent = pickle.dumps(own)
    assert len(sent) < 5_000
    assert pickle.loads(sent).digest == own.digest


def test_the_telling_shows_rules_what_the_tables_hide():
    own = case("find-the-bottleneck", "ann", "salt")
    assert process.ACTIVITIES[own.telling.bottleneck] == own.planted["bottleneck"]
    with pytest.raises(Problem, match="not part of the story"):
        _ = case("choose-an-improvement").telling


# ---- screens --------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", STORY)
def test_a_case_passes_its_screens_and_says_what_it_found(exercise):
    for number in range(2):
        own = case(exercise, practice=number)
        for name in EXERCISES[exercise].screens:
            figures, bands = getattr(screens, name)
            found = figures(own.telling)
            assert screens.misses(found, bands) == []
            assert {key: own.planted[key] for key in found} == found


def test_a_telling_outside_a_band_is_not_used(monkeypatch):
    rejected = []

    def picky(telling):
        rejected.append(telling.story.seed)
        return {"place": len(rejected), "attempt": 0}

    monkeypatch.setattr(screens, "WATCH", (picky, {"place": (3, 3)}))
    own = case("steer-the-change", "a fussy one", "salt")
    assert own.tries == 3 and own.telling_seed == rejected[2] and len(set(rejected)) == 3
    monkeypatch.setattr(screens, "WATCH", (lambda telling: {"place": 0}, {"place": (1, 1)}))
    with pytest.raises(AssertionError, match="steer-the-change"):
        case("steer-the-change", "nobody can please", "salt")


def test_the_log_s_screen_finds_what_the_published_rows_show():
    from test_events import cleaned, typed

    for number in (1, 2, 3):
        own = case("find-the-bottleneck", practice=number)
        log = cleaned(typed(own.tables["events_before"]))
        waits = log.groupby("activity")["wait_h"].sum().sort_values()
        assert waits.index[-1] == own.planted["bottleneck"]
        assert waits.iloc[-1] / waits.iloc[-2] == pytest.approx(own.planted["times_the_next"], rel=1e-9)
        assert waits.iloc[-1] / waits.sum() == pytest.approx(own.planted["bottleneck_share"], rel=1e-9)
        assert log["case"].nunique() == own.planted["cases"]
        touch = log.groupby("activity")["touch_min"].sum().sort_values()
        assert touch.iloc[-1] / touch.iloc[-2] == pytest.approx(own.planted["touch_times_the_next"], rel=1e-9)
        mean = log.groupby("activity")["wait_h"].mean()
        decoys = {
            "touch": touch.index[-1], "count": log["activity"].value_counts().idxmax(), "rare": mean.idxmax(),
            "longest": log.loc[log["wait_h"].idxmax(), "activity"],
        }  # fmt: skip
        assert decoys == own.planted["decoys"] and len({*decoys.values(), own.planted["bottleneck"]}) == 5
        closed = set(log.loc[log["activity"] == "confirm", "case"])
        back = log.loc[(log["outcome"] == "came back") & log["case"].isin(closed), "case"].nunique()
        assert back / len(closed) == pytest.approx(own.planted["rework_rate"])


def test_the_chart_s_screen_finds_what_the_published_rows_show():
    for number in (1, 2, 3):
        own = case("steer-the-change", practice=number)
        daily = own.table("kpi_daily")
        daily = daily[daily["site"] == own.facts["site"]].set_index("date")[own.facts["measure"]]
        weeks = daily.groupby(pd.Grouper(freq="W-MON", label="left", closed="left")).mean()
        base, since = (weeks.loc[slice(*own.facts[window])] for window in ("baseline", "weeks"))
        assert len(base) == 24 and len(since) == 12
        reach = 2.66 * base.diff().abs().mean()
        outside = ((since - base.mean()).abs() > reach).to_numpy()
        side = (since > base.mean()).to_numpy()
        begins = [n == 0 or side[n] != side[n - 1] for n in range(12)]
        eighth = [n >= 7 and begins[n - 7] and not any(begins[n - 6 : n + 1]) for n in range(12)]
        found = {(n + 1, "outside") for n in range(12) if outside[n]} | {
            (n + 1, "run8") for n in range(12) if eighth[n]
        }
        assert found == {(signal["week"], signal["rule"]) for signal in own.planted["signal_list"]}
        assert 2 <= len(found) <= 5
        assert own.planted["limits"] == pytest.approx([base.mean() - reach, base.mean(), base.mean() + reach], abs=1e-4)


def test_the_effect_s_screen_finds_what_the_published_rows_show():
    from scipy import stats

    from cslearn.northfold import kpi_daily

    for number in (1, 2):
        own = case("judge-the-result", practice=number)
        weeks = kpi_daily.weekly(own.table("kpi_daily"))
        before, after = (weeks.loc[slice(*own.facts[window])] for window in ("before", "after"))
        assert len(before) == 52 and len(after) == 8
        assert after["North"].mean() - before["North"].mean() == pytest.approx(own.planted["naive"])
        welch = stats.ttest_ind(after["North"] - after["West"], before["North"] - before["West"], equal_var=False)
        assert welch.statistic == pytest.approx(own.planted["effect_in_standard_errors"])
        low, high = welch.confidence_interval()
        assert (low + high) / 2 == pytest.approx(own.planted["effect"])


# ---- bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("find-the-botleneck", "Did you mean 'find-the-bottleneck'"),
        ("steer_the_change", "Did you mean 'steer-the-change'"),
        ("zzz", "There are: make-the-case-for-change,"),
        ("", "There are: "),
    ],
)
def test_an_unknown_exercise_is_met_with_the_nearest_name(wrong, says):
    with pytest.raises(Problem, match=f"no exercise called '{wrong}'. {says}"):
        case(wrong)


def test_an_unknown_table_or_column_of_a_case_is_met_with_the_nearest_name():
    own = case("find-the-bottleneck")
    with pytest.raises(Problem, match=r"no table 'event_before'. Did you mean 'events_before'\?"):
        own.table("event_before")
    with pytest.raises(Problem, match=r"no column called 'start'. Did you mean 'start_ts'\?"):
        own.table("events_before", ["case_id", "start"])
    assert list(own.table("events_before", ["site", "case_id"])) == ["site", "case_id"]
    with pytest.raises(KeyError):
        own.tables["contacts"]


@pytest.mark.parametrize("exercise", ["find-the-bottleneck", "choose-an-improvement"])
def test_empty_salt_wrong_code_and_wrong_number_are_refused(exercise):
    with pytest.raises(Problem, match="salt is empty"):
        case(exercise, "ann", "  ")
    with pytest.raises(Problem, match="salt is empty"):
        case(exercise, "ann")
    with pytest.raises(Problem, match="empty one"):
        case(exercise, " ", "salt")
    code = learner_code("ann", "salt")
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with pytest.raises(Problem, match="typing mistake"):
        case(exercise, code=wrong)
    for number in (-1, 1.5, "1", True):
        with pytest.raises(Problem, match="numbered"):
            case(exercise, practice=number)


# ---- speed and size -------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_whole_case_takes_about_half_a_second_at_most(exercise):
    # The largest takes about 0.38 s of one quiet core, and its fingerprint 0.12 s more. The processor's time,
    # the best of several, and twice the target, so that a busy machine does not fail it.
    times = []
    for number in itertools.count(50):
        begin = time.process_time()
        _ = case(exercise, practice=number).digest
        times.append(time.process_time() - begin)
        if min(times) < 0.5 or len(times) == 6:
            break
    assert min(times) < 1.0


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_whole_case_takes_less_than_150_megabytes(exercise):
    _ = case(exercise, practice=70).digest  # what is imported is not the case's
    gc.collect()
    tracemalloc.start()
    try:
        _ = case(exercise, practice=71).digest
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 150e6


STREAM = """
import resource, sys
from cslearn.northfold.case import case

def resident():
    pages = int(open("/proc/self/statm").read().split()[1])
    return pages * resource.getpagesize() / 1e6

held, sizes = [], []
for number in range(int(sys.argv[2])):
    own = case(sys.argv[1], f"learner {number}", "salt")
    rows = sum(len(own.tables[name]) for name in own.tables)
    held.append(own)
    sizes.append(resident())
print(rows, max(sizes[:12]), max(sizes))
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads the resident size from Linux's /proc")
@pytest.mark.parametrize("exercise", ["make-the-case-for-change", "set-the-scope"])
def test_a_class_streams_without_growing_memory(exercise):
    learners = os.environ.get("CSLEARN_CLASS", "60")
    run = subprocess.run([sys.executable, "-c", STREAM, exercise, learners], capture_output=True, text=True, check=True)
    print(exercise, learners, run.stdout)
    rows, early, late = map(float, run.stdout.split())
    assert rows > 1_000
    # Even a list of all the cases grows by less than a megabyte for a hundred learners; the rest is the allocator's.
    assert late < early * 1.1 + 10
