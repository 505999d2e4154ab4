"""The figures of the lesson on complaint systems: from the CSV file, by a human reading of thirty complaints, and by hand."""

import csv
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np
import pytest
import yaml
from page_cells import run_cells
from sklearn.metrics import cohen_kappa_score

from cslearn.methods.bank_holidays import bank_holidays
from cslearn.northfold import complaint_text as words

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "complaints" / "complaint-systems.md"
TEXT = PAGE.read_text("utf-8")
with (ROOT / "datasets" / "complaints.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
OLD, NEW = json.loads((ROOT / "datasets" / "standards_policy.json").read_text("utf-8"))["versions"]
HOLIDAYS = [day for year in (2023, 2024, 2025) for day in bank_holidays(year)]

# Read by a person, with the matrix beside the text and without the page's codebook:
# 3 where somebody is in danger or shut out or data went astray; 2 where money or something
# of the customer's is gone or damaged, or where they were here before; 1 otherwise.
BY_HAND = {
    "N-06197": 3,  # hands shake, cut off by the chat
    "N-06202": 3,  # asked for large print
    "N-06203": 2,  # £141.70 owed, rung four times
    "W-06351": 2,  # floor scratched
    "N-06214": 2,  # charged for assembly
    "N-06222": 1,  # three days late
    "N-06235": 2,  # £25.65 lost between two systems
    "W-06367": 2,  # £37.02 owed
    "N-06244": 2,  # second fridge, the same fault
    "N-06251": 1,  # late, and a mattress that does not sit straight
    "N-06175": 1,  # a fridge instead of a toaster
    "N-06198": 2,  # £26.96 owed, rung five times
    "N-06210": 2,  # £109.88 owed, three messages
    "N-06211": 1,  # smell of paint
    "W-06379": 2,  # colour on the wall
    "N-06280": 1,  # crack in the cooker
    "N-06286": 1,  # two dates
    "N-06299": 2,  # second cooker, the same fault
    "N-06305": 1,  # out for delivery
    "N-06316": 1,  # promised for the next day
    "N-06256": 2,  # desk given back, slip means nothing
    "N-06264": 1,  # cooker stopped
    "N-06265": 1,  # out for delivery
    "W-06398": 3,  # mother cannot hear
    "N-06291": 3,  # mother cannot hear
    "N-06293": 3,  # speech impairment
    "N-06327": 2,  # returned, "never arrived"
    "N-06344": 2,  # third date for fitting
    "N-06356": 3,  # speech impairment
    "W-06451": 3,  # mother cannot hear
}


@pytest.fixture(scope="module")
def made():
    found, shared = run_cells(PAGE)
    return found | {"codebook": shared["CODEBOOK"], "days": shared["by_severity"], "all": shared["complaints"]}


def working_days(start, end):
    """After the first day up to the last, by numpy's calendar."""
    one, two = (np.datetime64(text[:10]) for text in (start, end))
    return int(np.busday_count(one + 1, two + 1, holidays=HOLIDAYS))


def test_the_thirty_are_those_that_the_text_says_and_read_as_a_person_reads_them(made):
    since = [row for row in ROWS if row["opened"] >= NEW["in_force_from"]]
    thirty = [row for level in "123" for row in [row for row in since if row["severity"] == level][:10]]
    assert [row["complaint_id"] for row in thirty] == list(BY_HAND)
    found = dict(zip(made["all"]["complaint_id"], made["all"]["by_matrix"], strict=True))
    assert {name: found[name] for name in BY_HAND} == BY_HAND
    logged, read = [int(row["severity"]) for row in thirty], list(BY_HAND.values())
    assert made["same"] == sum(a == b for a, b in zip(logged, read, strict=True))
    assert made["kappa"] == pytest.approx(cohen_kappa_score(logged, read))
    assert made["too_high"] + made["too_low"] + made["same"] == 30
    assert made["too_high"] == sum(a > b for a, b in zip(logged, read, strict=True))
    assert made["severe_of_thirty"] == read.count(3)
    assert made["severe_missed"] == sum(b == 3 and a < 3 for a, b in zip(logged, read, strict=True))
    assert made["needless"] == sum(a == 3 and b < 3 for a, b in zip(logged, read, strict=True))
    # "of the most severe lay with an agent": the ones missed were logged as 1, and not as 2.
    assert all(a == 1 for a, b in zip(logged, read, strict=True) if b == 3 > a)
    paid = [float(row["compensation_gbp"]) for row in thirty if row["remedy"] == "refund"]
    assert made["thirty_refunds"] == len(paid)

    def first(amount, limits):
        return next(role for role, limit in limits.items() if limit >= amount)

    moved = [first(one, OLD["authority_limits_gbp"]) != first(one, NEW["authority_limits_gbp"]) for one in paid]
    assert made["wrong_version"] == sum(moved)


def test_the_year_s_most_severe_are_found_again_by_the_sentences_that_customers_could_write(made):
    cues = [cue for name in ("adjustment", "own data", "data leak") for cue in words.LEGAL[name]]
    # All ways in which a customer without another way in could put it.
    cues += [
        "I am deaf", "speech impairment", "says 'call us'. I cannot", "cannot hear on the phone", "text relay",
        "smell of burning", "somebody else's delivery note", words.VULNERABLE.partition("{")[0].strip(),
    ]  # fmt: skip
    severe = [row for row in ROWS if any(cue in row["text"] for cue in cues)]
    assert made["worst"] == len(severe)
    assert made["worst_logged"] == sum(row["severity"] == "3" for row in severe)
    assert made["worst_agent"] == sum(row["severity"] == "1" for row in severe)


def test_every_cue_of_the_codebook_stands_in_some_complaint(made):
    texts = [" ".join(row["text"].lower().split()) for row in ROWS]
    for cues in made["codebook"].values():
        for cue in cues:
            pattern = re.escape(cue.lower()).replace(r"\#", r"\d+")
            assert any(re.search(pattern, text) for text in texts), cue


def test_days_and_money_are_counted_again(made):
    told = [row for row in ROWS if row["ack_ts"]]
    in_time = sum(working_days(row["opened"], row["ack_ts"]) <= 1 for row in told)
    assert made["acknowledged"] == pytest.approx(100 * in_time / len(told))
    closed = [row for row in ROWS if row["closed_ts"] and row["closed_ts"][:10] >= row["opened"]]
    took = {
        level: [working_days(r["opened"], r["closed_ts"]) for r in closed if r["severity"] == level] for level in "123"
    }
    assert {str(level): list(days) for level, days in made["days"].items()} == took
    assert made["severe_closed"] == len(took["3"]) and min(took["3"]) > 1, "not one within a day"
    # "The severest complaints take as long as the mildest."
    assert len({median(days) for days in took.values()}) == 1
    paid = [float(row["compensation_gbp"]) for row in ROWS if row["remedy"] == "refund"]
    assert made["refunds"] == len(paid) and made["above"] == sum(one > 25 for one in paid)
    assert made["above_pct"] == pytest.approx(100 * made["above"] / len(paid))
    assert made["at_75"] == pytest.approx(100 * sum(one <= 75 for one in paid) / len(paid))
    outside = [row for row in ROWS if row["escalated_to"] == "ombudsman"]
    assert made["outside"] == len(outside)
    assert made["outside_mild"] == sum(row["severity"] == "1" for row in outside)


def test_the_dates_by_hand(made):
    first = next(row for row in ROWS if row["complaint_id"] == "W-04955")
    assert (first["opened"], first["closed_ts"][:10]) == ("2023-12-04", "2023-12-12")
    assert (first["severity"], first["category_logged"], first["escalated_to"]) == ("1", "installation", "none")
    for quote in ("I waited from eight until six for the installer of my kettle.", "Who has got mine?"):
        assert quote in first["text"] and quote in TEXT
    # 72 hours are three days.
    assert (made["first_opened"], made["first_due"], made["first_closed"]) == (
        "4 December 2023", "7 December 2023", "12 December 2023",
    )  # fmt: skip
    floor = next(row for row in ROWS if row["complaint_id"] == "W-06351")
    assert "scratched the floor" in floor["text"] and date.fromisoformat(floor["opened"]) == date(2024, 4, 4)
    assert (made["scratched"], made["claim"], made["claim_scotland"]) == (
        "4 April 2024",
        "4 April 2030",
        "4 April 2029",
    )


def test_what_the_text_quotes_from_northfold_stands_there(made):
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(made) - {"codebook", "days", "all"}
    by = {one["id"]: one["says"] for part in ("policies", "standards") for one in NEW[part]}
    assert f'"{by["P1"]}"' in TEXT
    assert by["P2"] == "Complaint files are deleted six years after the case closes; call recordings after 12 months."
    assert by["S1"] == "Every complaint is acknowledged within one working day."
    assert by["S3"] == "Every refund above £25 is approved by two managers within three working days."
    assert by["S4"] == "A refund is agreed during the first contact."
    limits = NEW["authority_limits_gbp"]
    assert limits["agent"] == limits["team leader"] == 25 < 40 < limits["manager"]
    rows = {row["severity"]: (row["owner"], row["answer_within_working_days"]) for row in NEW["escalation"]}
    assert rows == {1: ("agent", 5), 2: ("team leader", 3), 3: ("manager", 1)}
    minutes = {
        name: (ROOT / "datasets" / "minutes" / f"{name}.md").read_text("utf-8")
        for name in ("2024-04-23", "2024-11-12", "2024-05-29")
    }
    assert "by telephone only" in minutes["2024-04-23"] and "One customer is deaf" in minutes["2024-04-23"]
    assert "Asha asked for a date. There is none." in minutes["2024-11-12"]
    assert "refund up to £75 on their own" in minutes["2024-05-29"]


def test_the_words_of_the_quiz_fit_the_figures(made):
    quiz = yaml.safe_load(PAGE.with_suffix(".quiz.yml").read_text("utf-8"))
    guess = quiz["prediction"]
    right = next(option for option in guess["options"] if option.get("right"))
    assert f"had {made['worst']} complaints" in guess["ask"] and f"about {made['worst_logged']}." in right["text"]
    assert f"Only {made['worst_logged']} of {made['worst']}" in right["because"]
    assert round(made["worst"] / made["worst_logged"]) == 6
    money = next(question for question in quiz["questions"] if question["id"] == "forty-pounds")["ask"]
    for role, limit in NEW["authority_limits_gbp"].items():
        assert f"{role} £{limit:,}" in money


def test_thirty_cases_stand_on_the_page(site):
    text = (site / "complaints" / "complaint-systems.html").read_text(encoding="utf-8")
    shown = re.findall(r"<details><summary><strong>Severity.*?</details>", text, re.S)
    assert [block.count("<li>") for block in shown] == [Counter(BY_HAND.values())[level] for level in (1, 2, 3)]
