"""The people of the exercise on winning people over: places that can be told, replies that can be weighed, no tell-tales."""

import re
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from cslearn.northfold import concerns, stakeholders
from cslearn.northfold.case import case
from cslearn.northfold.concerns_text import CLOSERS, COMMENTS, FAULTS, TYPES
from cslearn.northfold.minutes_text import PEOPLE as STAFF
from cslearn.northfold.people import open_actions, readiness_of, statements, words
from cslearn.northfold.process import NEW_LIMIT_GBP
from cslearn.northfold.stakeholders_text import PEOPLE

SEEDS = range(400)
DATASETS = Path(__file__).parents[2] / "datasets"
FIRST_NAMES = {name.split()[0] for name in STAFF}
MONTHS = {"July": 7, "August": 8, "September": 9, "October": 10, "November": 11}
DAY = re.compile(
    r"\b(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?: of)? (\d{1,2}) (July|August|September|October|November)\b"
)


# ---- stakeholders -----------------------------------------------------------------------------


def test_every_place_and_stance_is_taken_and_no_label_fits_more_than_a_third():
    for seed in SEEDS:
        known, truth = stakeholders.drawn(seed)
        assert [one["id"] for one in known] == [*truth] == [f"S{n}" for n in range(1, 10)]
        assert len({one["who"] for one in known}) == 9
        places = Counter((true["power"], true["interest"]) for true in truth.values())
        stances = Counter(true["stance"] for true in truth.values())
        assert set(places) == set(product(("hi", "lo"), repeat=2)) and max(places.values()) <= 3
        assert set(stances) == {"for", "neutral", "against"} and max(stances.values()) <= 4
        # Two could stop it; the loudest is not always the one who matters.
        opponents = [true for true in truth.values() if (true["power"], true["stance"]) == ("hi", "against")]
        assert sorted(true["interest"] for true in opponents) == ["hi", "lo"]
        assert any((true["power"], true["stance"]) == ("lo", "against") for true in truth.values())


def test_each_fact_stands_where_the_bank_has_it_and_is_found_nowhere_else():
    sides = Counter(
        text for bank in PEOPLE.values() for side in bank.values() for texts in side.values() for text in texts
    )
    assert set(sides.values()) == {1} and len(sides) == 14 * len(PEOPLE)
    for seed in range(100):
        known, truth = stakeholders.drawn(seed)
        for one in known:
            true, bank = truth[one["id"]], PEOPLE[one["who"]]
            assert len(one["facts"]) == 3 and set(one["facts"]) == set(true["shows"].values())
            for side in ("power", "interest", "stance"):
                assert true["shows"][side] in bank[side][true[side]]


def test_no_sentence_says_outright_what_it_shows():
    for who, bank in PEOPLE.items():
        for side in bank.values():
            for text in (text for texts in side.values() for text in texts):
                assert not re.search(
                    r"\b(power\w*|influence|interest\w*|stakeholder|neutral|opposed|in favour)\b", text
                ), text
                assert len(text.split()) <= 24 and (text[0].isupper() or text[0] == "'"), who


def test_where_somebody_stands_tells_nothing():
    first = Counter()
    at = Counter()
    for seed in SEEDS:
        known, truth = stakeholders.drawn(seed)
        first[truth["S1"]["power"], truth["S1"]["stance"]] += 1
        for one in known:
            at[one["facts"].index(truth[one["id"]]["shows"]["power"])] += 1
    assert max(first.values()) < 0.35 * len(SEEDS)
    # A third of 3,600 in each place, with a standard error of 28.
    assert all(abs(count - 1200) < 4 * 28.3 for count in at.values())


# ---- comments and replies -----------------------------------------------------------------------


def test_the_bank_has_fifty_comments_of_six_types_with_four_replies_each():
    kinds = Counter(comment.type for comment in COMMENTS)
    assert len(COMMENTS) >= 40 and set(kinds) == set(TYPES) and min(kinds.values()) >= 7
    adjustments = [comment for comment in COMMENTS if comment.adjustment]
    assert all(comment.type == "P" for comment in adjustments) and len(adjustments) == kinds["P"] / 2
    said = [text for c in COMMENTS for text in (c.text, c.right, *c.faults.values())]
    assert len(set(said)) == len(said) == 5 * len(COMMENTS)
    for comment in COMMENTS:
        assert len(comment.faults) == 3 and set(comment.faults) <= set(FAULTS)
        assert {"tone"} < set(comment.faults) and {"promise", "false"} & set(comment.faults)
        assert ("false" in comment.faults) == bool(comment.log)
    # Each fault comes often enough to be learned.
    faults = Counter(fault for comment in COMMENTS for fault in comment.faults)
    assert min(count for fault, count in faults.items() if fault != "false") >= 20


def test_a_right_reply_has_a_name_and_a_date_and_a_kind_one_has_neither():
    for comment in COMMENTS:
        who = re.search(rf"\b({'|'.join(FIRST_NAMES)})\b", comment.right)
        when = re.search(rf"\b\d{{1,2}} ({'|'.join(MONTHS)})\b", comment.right)
        assert who and when, comment.right
        kind = " ".join((comment.faults["tone"], *CLOSERS["tone"]))
        assert not re.search(rf"\b({'|'.join(FIRST_NAMES)})\b|\d", kind), kind
        if "sorry" in comment.faults:
            assert re.search(r"^I am sorry .*\b(feel|take it|see it)\b", comment.faults["sorry"])
        # Nothing wrong is told by a word of the right one.
        assert not re.search(r"\b(fault|wrong reply|broadcast)\b", comment.right)


def test_every_day_of_the_week_fits_its_date_and_no_reply_looks_back():
    for comment in COMMENTS:
        for text in (comment.text, comment.right, *comment.faults.values()):
            for name, day, month in DAY.findall(text):
                on = date(2024, MONTHS[month], int(day))
                assert on.strftime("%A") == name, text
                assert on >= date(2024, 7, 15)
    limits = {int(x) for c in COMMENTS for x in re.findall(r"£(\d+)", c.right)}
    assert limits == {NEW_LIMIT_GBP}


def test_a_learner_gets_eight_cards_with_two_that_change_the_plan():
    used = set()
    for seed in SEEDS:
        known, truth = concerns.drawn(seed)
        assert [one["id"] for one in known] == [*truth] == [f"Q{n}" for n in range(1, 9)]
        by_text = {comment.text: comment for comment in COMMENTS}
        kinds = Counter(true["type"] for true in truth.values())
        assert set(kinds) == set(TYPES) and kinds["P"] == 2 and max(kinds.values()) == 2
        assert sum(true["change_plan"] for true in truth.values()) == 2
        assert sum(true["adjustment"] for true in truth.values()) == 1
        assert sum(bool(true["log"]) for true in truth.values()) == 1
        assert Counter(true["right"] for true in truth.values()) == dict.fromkeys("abcd", 2)
        for one in known:
            comment, true = by_text[one["text"]], truth[one["id"]]
            assert one["replies"][true["right"]] == comment.right and [*one["replies"]] == [*"abcd"]
            for letter, fault in true["faults"].items():
                assert one["replies"][letter].startswith(comment.faults[fault])
            used.add(one["text"])
        ends = [t for one in known for t in one["replies"].values()]
        assert len(set(ends)) == 32
    assert used == {comment.text for comment in COMMENTS}


def test_the_longest_reply_is_right_no_more_often_than_chance():
    longest = shortest = cards = 0
    for seed in SEEDS:
        known, truth = concerns.drawn(seed)
        for one in known:
            by_length = sorted(one["replies"], key=lambda letter, one=one: len(one["replies"][letter]))
            longest += by_length[-1] == truth[one["id"]]["right"]
            shortest += by_length[0] == truth[one["id"]]["right"]
            cards += 1
    assert 0.18 < longest / cards < 0.32 and 0.15 < shortest / cards < 0.32


def test_comments_about_an_action_agree_with_the_log_of_every_telling():
    about = {comment.log: comment for comment in COMMENTS if comment.log}
    for number in (0, 1, 2):
        log = {row["entry_id"]: row for row in case("win-people-over", practice=number).tables["decisions"]}
        still_open = {row["entry_id"] for row in open_actions(list(log.values()))}
        assert set(about) <= still_open
        for key, comment in about.items():
            row = log[key]
            owner = next(name.split()[0] for name, role in STAFF.items() if role == row["owner"])
            assert key in comment.right and re.search(rf"\b{owner}\b", comment.right)
            due = date.fromisoformat(row["due"])
            assert f"{due.day} {due:%B}" in comment.right


# ---- the case -----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(6))
def test_a_case_s_teams_are_held_up_by_what_pandas_finds(number):
    own = case("win-people-over", practice=number)
    table = own.table("staff_survey")
    table = table[table["wave"] == 1]
    assert sorted(own.facts["teams"]) == [*"ABC"] and "D" in own.planted["barriers"].values()
    groups = readiness_of(own.tables["staff_survey"], own.facts["teams"])
    shown = {row[0]: row[1:] for row in statements(own.tables["staff_survey"], own.facts["teams"])}
    for place, (letter, team) in enumerate(own.facts["teams"].items()):
        mine = table[table["team"].astype(int) == team]
        items = [column for column in table.columns if re.fullmatch(r"(A|D|K|Ab|R)[12]", column)]
        long = mine.melt(value_vars=items).dropna()
        means = long["value"].astype(float).groupby(long["variable"].str[:-1]).mean()
        order = [name for name in ("A", "D", "K", "Ab", "R") if means[name] <= 3]
        assert own.planted["barriers"][f"team{letter}"] == order[0] == groups[letter].barrier
        assert groups[letter].means == pytest.approx(means.to_dict())
        assert shown["Answered, of those asked"][place] == f"{mine['morale'].notna().sum()} of 13"
        figures = [float(values[place]) for says, values in shown.items() if not says.startswith("Answered")]
        assert figures == pytest.approx([mine[item].astype(float).mean() for item in items], abs=0.005)
        # What a learner works out from the report, rounded as it is, gives the same barrier.
        halves = [(figures[n] + figures[n + 1]) / 2 for n in range(0, 10, 2)]
        assert next(n for n, mean in enumerate(halves) if mean <= 3.0) == ["A", "D", "K", "Ab", "R"].index(order[0])
    texts = table.loc[table["team"].astype(int).isin(own.facts["teams"].values()), "comment"].dropna()
    assert sorted(text for _, text in words(own.tables["staff_survey"], own.facts["teams"])) == sorted(texts)


def test_open_actions_of_the_book_by_its_file():
    log = pd.read_csv(DATASETS / "decisions.csv", parse_dates=["meeting", "due", "done"])
    day = pd.Timestamp("2024-07-17")
    known = log[log["kind"].eq("action") & (log["meeting"] <= day) & ~(log["done"] <= day)]
    found = open_actions(case("win-people-over").tables["decisions"])
    assert [row["entry_id"] for row in found] == known["entry_id"].tolist()
    assert len(found) == 7


def test_facts_and_truth_are_apart_and_every_learner_has_their_own():
    seen = set()
    for number in range(12):
        own = case("win-people-over", practice=number)
        assert all(set(one) == {"id", "who", "facts"} for one in own.facts["stakeholders"])
        assert all(set(one) == {"id", "text", "replies"} for one in own.facts["comments"])
        seen.add(str(own.facts))
    assert len(seen) == 12
