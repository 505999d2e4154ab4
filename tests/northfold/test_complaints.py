"""Complaints read as written by people, hide their causes as planned, and carry the traps that learners clear away."""

import re
import time

import numpy as np
import pandas as pd
import pytest

from cslearn import load
from cslearn.northfold import complaint_text, complaints, process
from cslearn.northfold.story import Story, book_story

SEEDS = 100


@pytest.fixture(scope="module")
def book():
    return load("complaints")


@pytest.fixture(scope="module")
def hidden():
    return complaints.truth(process.Process(book_story()))


@pytest.fixture(scope="module")
def tellings():
    found = []
    for seed in range(SEEDS):
        one = process.Process(Story(seed))
        found.append((pd.DataFrame(complaints.rows(one), columns=complaints.COLUMNS), complaints.truth(one)))
    return found


def tidy(category: pd.Series) -> pd.Series:
    return category.str.strip().str.lower()


def check_shares(table: pd.DataFrame, truth: pd.DataFrame) -> None:
    delivery = tidy(table["category_logged"]) == "delivery"
    assert delivery.mean() == pytest.approx(0.38, abs=0.015)
    assert (truth.loc[delivery, "cause"] == "cutoff").mean() == pytest.approx(0.61, abs=0.02)
    assert (truth["cause"] == "approval").mean() == pytest.approx(0.22, abs=0.002)
    assert truth["category_wrong"].mean() == pytest.approx(0.12, abs=0.004)
    assert (truth["cause"] == "access").sum() == 9
    assert truth["second_cause"].notna().mean() == pytest.approx(0.10, abs=0.025)


@pytest.mark.slow
def test_findings_have_the_planted_size_in_every_telling(tellings):
    for table, truth in tellings:
        assert 1_450 < len(table) < 1_750
        assert table["complaint_id"].tolist() == truth["complaint_id"].tolist()
        check_shares(table, truth)
        # Far ahead of any other cause behind what is logged as delivery.
        causes = truth.loc[tidy(table["category_logged"]) == "delivery", "cause"].value_counts()
        assert causes.index[0] == "cutoff" and causes.iloc[0] > 1.8 * causes.iloc[1]


@pytest.mark.slow
def test_traps_are_in_every_telling(tellings):
    for table, truth in tellings:
        untidy = table["category_logged"] != tidy(table["category_logged"])
        assert 0.03 < untidy.mean() < 0.09
        closed = pd.to_datetime(table["closed_ts"])
        early = closed < pd.to_datetime(table["opened"])
        assert early.equals(truth["closed_date_wrong"]) and 0.015 < early.mean() < 0.025
        assert truth["abusive"].sum() == truth["vulnerable"].sum() == 1
        assert set(truth["law_flag"]) == {*complaint_text.LEGAL, "none"}


def test_the_book_s_own_complaints_show_it_too(book, hidden):
    check_shares(book, hidden)
    assert 1_550 < len(book) < 1_650
    assert 33 < book["value_gbp"].median() < 40


def test_texts_have_15_to_60_words_and_hardly_any_comes_twice(book):
    length = book["text"].str.split().str.len()
    assert length.between(15, 60).all() and length.mean() > 25
    assert book["text"].duplicated().mean() < 0.01
    assert not book["text"].str.contains(r"[{}]|  ").any()


def test_the_grammar_has_at_least_sixty_frames():
    frames = [frame for cause in complaint_text.FRAMES for frame in cause] + list(complaint_text.FAULTS_WITHOUT_PLUG)
    assert len(set(frames)) >= 60
    assert len(complaint_text.FRAMES) == len(process.CAUSES) == 8


def test_people_are_happy_and_unhappy_in_one_text(book):
    assert (
        book["text"].str.contains("kind, I must say|love the|wonderful|quality is good|did her best|Thank you").mean()
        > 0.1
    )


def test_nine_customers_who_cannot_phone_complain_within_three_weeks_by_other_ways(book, hidden):
    cluster = book[hidden["cause"] == "access"]
    assert (cluster["opened"].max() - cluster["opened"].min()).days < 21
    assert not (cluster["channel"] == "phone").any()
    assert cluster["text"].str.contains("telephone|phone|call|ring|line").all()
    assert (cluster["severity"] == 3).all()


def test_the_cause_is_nowhere_in_the_published_table(book, hidden):
    assert not {"cause", "law_flag", "site"} & set(book.columns)
    text = book["text"].str.lower()
    assert not text.str.contains(
        "root cause|cut-off|subject access|equality act|consumer rights|gdpr|reasonable adjustment"
    ).any()


def test_a_legal_cue_is_in_the_text_in_plain_words(book, hidden):
    for flag, cues in complaint_text.LEGAL.items():
        marked = book.loc[(hidden["law_flag"] == flag) & ~hidden["vulnerable"] & (hidden["cause"] != "access"), "text"]
        assert len(marked) >= 3
        has = marked.apply(lambda text, cues=cues: any(cue in text for cue in cues))
        assert has.mean() > 0.95, flag
    rejected = hidden["law_flag"] == "reject"
    assert (book.loc[rejected, "days_since_delivery"] <= 30).all(), "the right to reject ends after 30 days"


def test_personal_data_is_there_to_redact_and_is_nobody_s(book):
    text = book["text"]
    phones = text.str.extractall(r"\b(0\d{4} ?\d{3} ?\d{3})\b")[0]
    assert len(phones) > 10 and phones.str.match(r"07700 900\d{3}$").all()
    addresses = text.str.extractall(r"(\S+@\S+)")[0]
    assert len(addresses) > 10 and addresses.str.contains(r"@example\.com\.?$").all()


def test_one_customer_threatens_and_one_is_in_danger(book, hidden):
    assert "sorry, the lot of you" in book.loc[hidden["abusive"], "text"].item()
    frail = book[hidden["vulnerable"]].iloc[0]
    assert "insulin" in frail["text"] and frail["severity"] == 3 and frail["product"] == "fridge"


def test_money_and_dates_make_sense(book, hidden):
    closed = book["closed_ts"].notna()
    assert 0.85 < closed.mean() < 0.99
    assert book.loc[~closed, ["compensation_gbp", "remedy"]].isna().all(axis=None)
    refunds = book["remedy"] == "refund"
    assert (book.loc[refunds, "compensation_gbp"] <= book.loc[refunds, "value_gbp"]).all()
    acknowledged = book["ack_ts"].notna()
    assert (book.loc[acknowledged, "ack_ts"] >= book.loc[acknowledged, "opened"]).all()
    right = closed & ~hidden["closed_date_wrong"]
    assert (book.loc[right, "closed_ts"] >= book.loc[right, "ack_ts"]).all()
    waits = hidden["cause"] == "approval"
    assert (book.loc[waits, "value_gbp"] > 25).all()


def test_what_waits_only_for_approval_does_so_in_the_log_as_well(book, hidden):
    log = load("events_before")
    key = log["site"].astype(str).str[0] + "-" + log["case_id"]
    steps = log.groupby(key)["activity"].agg(set)
    waits = steps[steps.index.isin(hidden.loc[hidden["cause"] == "approval", "complaint_id"])]
    assert len(waits) > 40
    assert not any("courier" in found for found in waits)
    closed = [found for found in waits if "confirm" in found]
    assert len(closed) > 30 and all("approve" in found for found in closed)


def test_every_slot_is_filled_and_no_product_without_a_plug_fails_to_start(book):
    dead = book[book["text"].str.contains("will not start|switch it on and off|noise like a drill")]
    assert set(dead["product"]) <= set(complaint_text.ELECTRIC) and len(dead) > 10
    assert not any(re.search(r"\bNone\b|\bnan\b", text) for text in book["text"])


def test_a_case_s_draw_takes_less_than_half_a_second():
    times = []
    for seed in (501, 502, 503):
        begin = time.process_time()
        complaints.rows(process.Process(Story(seed)))
        times.append(time.process_time() - begin)
    assert np.min(times) < 0.5
