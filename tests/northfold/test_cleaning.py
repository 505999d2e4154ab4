"""Each helper clears away what the generator planted, no more and no less, and says how much it was."""

import doctest
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cslearn import load
from cslearn.methods import servqual as method
from cslearn.northfold import (
    cleaning,
    complaints,
    contacts,
    customers,
    events,
    kpi_daily,
    mystery_shop,
    servqual,
    story,
)
from cslearn.northfold.process import Process
from cslearn.northfold.story import book_story
from cslearn.problem import Problem


def removed(capsys) -> int:
    """How many rows the last helper says it removed or changed."""
    return int(re.search(r"^(?:Removed|Changed) ([\d,]+) of", capsys.readouterr().out)[1].replace(",", ""))


def test_test_contacts_are_the_forty_that_were_planted(capsys):
    raw = load("contacts")
    clean = cleaning.without_test_contacts(raw)
    assert removed(capsys) == contacts.TEST_CONTACTS == len(raw) - len(clean)
    assert not (clean["customer_id"] == "C00000").any()


def test_transfer_copies_are_the_rows_that_are_no_contact_of_the_story(capsys):
    raw = cleaning.without_test_contacts(load("contacts"))
    capsys.readouterr()
    clean = cleaning.without_transfer_copies(raw)
    real = set(story.contact_id(np.flatnonzero(contacts.in_panel(book_story()))))
    copies = ~raw["contact_id"].isin(real)
    assert removed(capsys) == pytest.approx(copies.sum(), abs=3) and copies.sum() > 100
    # By the published columns alone a quick second call can look like a copy; at most a few do.
    assert (~clean["contact_id"].isin(real)).sum() <= 2
    assert len(real - set(clean["contact_id"])) <= 5


def test_callers_who_hung_up_and_callbacks_are_taken_out(capsys):
    raw = load("contacts")
    answered = cleaning.without_abandoned(raw)
    assert removed(capsys) == raw["abandoned"].sum() > 300
    assert answered.loc[answered["channel"] == "phone", "talk_s"].min() > 0
    waited = cleaning.without_callbacks(raw)
    assert removed(capsys) > 50
    assert waited["queue_s"].min() == 1 and (waited["channel"] != "phone").sum() == (raw["channel"] != "phone").sum()


def test_categories_are_tidied_and_not_corrected(capsys):
    raw = load("complaints")
    clean = cleaning.tidy_categories(raw)
    assert set(clean["category_logged"]) == set(complaints.CATEGORIES)
    untidy = ~raw["category_logged"].isin(complaints.CATEGORIES)
    assert removed(capsys) == untidy.sum() > 50 and len(clean) == len(raw)
    truth = complaints.truth(Process(book_story()))
    wrong = clean["category_logged"].to_numpy() != truth["category_right"].to_numpy()
    assert (wrong == truth["category_wrong"].to_numpy()).all()


def test_complaints_closed_before_they_were_opened_are_those_planted(capsys):
    raw = load("complaints")
    clean = cleaning.without_closed_before_opened(raw)
    truth = complaints.truth(Process(book_story()))
    planted = set(truth.loc[truth["closed_date_wrong"], "complaint_id"])
    assert removed(capsys) == len(planted) > 10
    assert set(raw["complaint_id"]) - set(clean["complaint_id"]) == planted
    assert clean["closed_ts"].isna().sum() == raw["closed_ts"].isna().sum() > 0


def test_second_records_are_merged_and_nobody_else(capsys):
    raw = load("customers")
    merged = cleaning.merged_customers(raw)
    truth = customers.truth(Process(book_story())).set_index("customer_id")
    second = set(truth.index[truth["same_as"].notna()])
    assert set(raw["customer_id"]) - set(merged["customer_id"]) == second
    assert f"Merged {len(second)} of {len(raw):,} rows" in capsys.readouterr().out
    for column in ("orders_24m", "spend_24m"):
        assert merged[column].sum() == pytest.approx(raw[column].sum())
    # No second record makes its person look like a lost customer any more.
    first = raw[~raw["customer_id"].isin(second)].set_index("customer_id")
    assert merged.set_index("customer_id")["churned_12m"].sum() <= first["churned_12m"].sum()
    assert (merged["joined"] <= raw.loc[merged.index, "joined"]).all()
    assert merged.dtypes.equals(raw.dtypes)
    pairs = truth.loc[list(second), "same_as"]
    for record, person in pairs.items():
        asked = {raw.set_index("customer_id").loc[one, "marketing_opt_in"] for one in (record, person)}
        kept = merged.set_index("customer_id").loc[person, "marketing_opt_in"]
        assert kept in asked and not (kept == "yes" and asked != {"yes"}), "consent is never made up"


def test_answers_that_are_no_answers_are_found(capsys):
    raw = load("servqual")
    truth = servqual.truth(book_story())
    for helper, column in (
        (cleaning.without_straight_liners, "straight_liner"),
        (cleaning.without_wrong_weights, "weights_wrong"),
    ):
        clean = helper(raw)
        planted = set(truth.loc[truth[column], "resp_id"])
        gone = set(raw["resp_id"]) - set(clean["resp_id"])
        # Somebody may be delighted with everything in earnest.
        assert planted <= gone and len(gone - planted) <= 1 and removed(capsys) == len(gone)


def test_forms_that_were_typed_in_backwards_are_turned(capsys):
    raw = load("servqual")
    clean = cleaning.with_the_scale_turned(raw)
    backwards = servqual.truth(book_story())["coded_backwards"].to_numpy()
    assert removed(capsys) == backwards.sum() == servqual.BATCH
    items = [*method.item_columns("E"), *method.item_columns("P")]
    assert clean.loc[~backwards, items].equals(raw.loc[~backwards, items])
    both = clean.loc[backwards, items] + raw.loc[backwards, items]
    assert (both.isna() | (both == 8)).all(axis=None) and both.notna().any(axis=None)
    assert clean.loc[backwards, method.item_columns("E")].mean(axis=None) > 5


def test_who_did_not_answer_and_small_groups_are_taken_out(capsys):
    raw = load("staff_survey")
    clean = cleaning.without_silent(raw)
    said = capsys.readouterr().out
    assert clean["morale"].notna().all() and len(clean) == raw["morale"].notna().sum()
    first = raw.loc[raw["wave"] == 1, "morale"].notna().mean()
    assert f"wave 1: {first:.0%}" in said
    groups = ["wave", "team", "tenure_band"]
    shown = cleaning.without_small_groups(clean, groups)
    assert shown.groupby(groups, observed=True).size().min() >= 5
    sizes = clean.groupby(groups, observed=True).size()
    assert removed(capsys) == sizes[sizes < 5].sum() > 0
    assert len(cleaning.without_small_groups(clean, "team")) == len(clean)


def test_second_visits_on_one_day_are_taken_out(capsys):
    raw = load("mystery_shop")
    clean = cleaning.one_visit_a_day(raw)
    assert f"{mystery_shop.SAME_DAY_STORES} second visits" in capsys.readouterr().out
    assert len(raw) - len(clean) == 2 * mystery_shop.SAME_DAY_STORES
    assert (clean.groupby(["store", "date"], observed=True)["visit_id"].nunique() == 1).all()
    assert (clean.groupby("visit_id").size() == 2).all()


def test_case_keys_tell_the_sites_apart(capsys):
    log = cleaning.with_case_keys(load("events_before"))
    said = capsys.readouterr().out
    assert log.groupby("case")["site"].nunique().max() == 1
    assert log["case"].nunique() == len(log[["site", "case_id"]].drop_duplicates())
    shared = log.groupby("case_id")["case"].nunique().gt(1).sum()
    assert f"{log['case'].nunique()} cases; {shared} numbers are used at both sites." in said and shared > 20


def test_test_cases_and_open_cases_are_taken_out_whole(capsys):
    raw = load("events_before")
    clean = cleaning.without_test_cases(raw)
    assert f"steps of {events.TEST_CASES} test cases" in capsys.readouterr().out
    assert len(raw) - len(clean) == 7 * events.TEST_CASES
    closed = cleaning.with_case_keys(cleaning.without_open_cases(clean))
    assert closed.groupby("case")["activity"].agg(lambda steps: (steps == "confirm").sum() == 1).all()
    made = Process(book_story())
    log = events.log(made, events.BEFORE)
    cases = np.unique(log.case[log.there])
    done = np.unique(log.case[log.there & (log.activity == events.CONFIRM)])
    assert closed["case"].nunique() == len(done) < len(cases)


def test_days_are_left_out_by_name_with_the_reason(capsys):
    raw = load("kpi_daily")
    clean = cleaning.without_days(raw, [story.OUTAGE, "2024-06-03"], "the telephones were out")
    assert capsys.readouterr().out == (
        f"Removed 4 of {len(raw):,} rows: 2024-01-17, 2024-06-03 (the telephones were out).\n"
    )
    assert len(clean) == len(raw) - 4
    # The weekly figures that leave out the day by themselves are the same.
    pd.testing.assert_frame_equal(
        kpi_daily.weekly(cleaning.without_days(raw, "2024-01-17"), leave_out=()), kpi_daily.weekly(raw)
    )
    assert len(cleaning.without_days(load("contacts"), ["2024-01-17"], column="ts")) < len(load("contacts"))
    assert "Removed 0 of" in (cleaning.without_days(raw, ["2030-01-01"]), capsys.readouterr().out)[1].splitlines()[-1]
    for wrong in ("the day of the outage", None, "2024-13-45"):
        with pytest.raises(Problem, match="is not a date; write it like 2024-01-17"):
            cleaning.without_days(raw, [wrong])


def test_a_table_remembers_what_was_done_and_the_raw_one_is_left_alone():
    raw = load("contacts")
    clean = cleaning.without_transfer_copies(cleaning.without_test_contacts(raw))
    first, second = cleaning.what_was_done(clean)
    assert first.startswith("Removed 40 of") and "transferred" in second
    assert cleaning.what_was_done(raw) == [] and len(raw) > len(clean)
    clean.loc[:, "talk_s"] = 0
    assert load("contacts")["talk_s"].sum() > 0


def test_cleaning_twice_removes_nothing_more(capsys):
    for helper, name in HELPERS:
        once = helper(load(name))
        capsys.readouterr()
        if helper is not cleaning.with_case_keys:
            helper(once)
            assert re.match("(Removed|Changed) 0 of", capsys.readouterr().out), helper.__name__


HELPERS = (
    (cleaning.without_test_contacts, "contacts"),
    (cleaning.without_abandoned, "contacts"),
    (cleaning.without_callbacks, "contacts"),
    (cleaning.tidy_categories, "complaints"),
    (cleaning.without_closed_before_opened, "complaints"),
    (cleaning.with_case_keys, "events_before"),
    (cleaning.without_test_cases, "events_before"),
    (cleaning.without_open_cases, "events_before"),
)


def test_the_example_of_the_module_and_of_the_datasheet_is_true():
    assert doctest.testmod(cleaning).failed == 0 < doctest.testmod(cleaning).attempted
    sheet = (Path(__file__).parents[2] / "datasets" / "README.md").read_text(encoding="utf-8")
    assert cleaning.what_was_done(cleaning.without_test_contacts(load("contacts")))[0] in sheet


def test_a_helper_on_the_wrong_table_says_what_it_misses():
    for helper, _ in HELPERS:
        with pytest.raises(
            Problem, match=rf"{helper.__name__} needs the column '\w+', and this table has: option, name"
        ):
            helper(load("options"))
