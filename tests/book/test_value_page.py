"""The figures of the lesson on value and waste, worked out again from the CSV file."""

import re
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from page_cells import run_cells
from test_scope_page import cases, office

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "process" / "value-and-waste.md"
TEXT = PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def hours(steps) -> list[tuple[str, str, float, float]]:
    """Each step of a case: its activity, role, the wait before it and the work on it, in office hours."""
    found, came = [], None
    for row in steps:
        begins, ends = office(row["start_ts"]), office(row["end_ts"])
        wait = 0.0 if came is None else max(0.0, begins - came)
        found.append((row["activity"], row["role"], wait, max(0.0, ends - begins)))
        came = ends
    return found


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made):
    log = [(steps, hours(steps)) for steps in cases()]
    every = [one for _, steps in log for one in steps]
    wait, work = sum(one[2] for one in every), sum(one[3] for one in every)
    signed = [row for steps, _ in log for row in steps if row["activity"] == "approve"]
    signing = [one for one in every if one[0] == "approve"]
    seconds = [b for _, steps in log for a, b in pairwise(steps) if a[0] == b[0] == "approve"]
    again = 0.0
    for _, steps in log:
        names = [one[0] for one in steps]
        back = next((n for n in range(1, len(names)) if names[n - 1 : n + 1] == ["reply", "investigate"]), None)
        if back is not None:
            until = names.index("confirm") if "confirm" in names else len(names)
            again += sum(one[2] for one in steps[back:until])
    silence = []
    for _, steps in log:
        letters = [n for n, one in enumerate(steps) if one[0] == "reply"]
        if len(letters) > 1:
            silence.append(sum(one[2] + one[3] for one in steps[letters[0] + 1 : letters[1] + 1]))
    thanks = [sum(one[2] + one[3] for one in steps[:2]) + steps[2][2] for _, steps in log]
    assert all(steps[2][:2] == ("reply", "agent") for _, steps in log)
    twice = [
        sum(one[2] + one[3] for one in steps)
        for _, steps in log
        if sum(one[0] == "approve" for one in steps) > 1 and steps[-1][0] == "confirm"
    ]
    assert made == pytest.approx({
        "work": work, "wait": wait, "work_each": 60 * work / len(log), "wait_each": wait / len(log),
        "wait_days": wait / len(log) / 8, "efficiency": 100 * work / (work + wait), "idle": 100 * wait / (work + wait),
        "half_work": 30 * work / len(log), "refund_days": median(twice) / 8,
        "signed": len(signed), "refused": sum(row["outcome"] != "approved" for row in signed),
        "sign_minutes": 60 * sum(one[3] for one in signing) / len(signing),
        "approve_share": 100 * sum(one[2] for one in signing) / wait, "second": len(seconds),
        "second_wait": sum(one[2] for one in seconds), "second_share": 100 * sum(one[2] for one in seconds) / wait,
        "again_share": 100 * again / wait, "silence": median(silence), "silence_days": median(silence) / 8,
        "thanks_after": median(thanks),
    })  # fmt: skip
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used <= set(made)


def test_what_the_words_say_of_the_figures_holds(made):
    quiz = PAGE.with_suffix(".quiz.yml").read_text("utf-8")
    assert made["refused"] == 0 and "caught nothing in ten weeks" in TEXT
    assert 0.21 < made["second_share"] / 100 < 0.25 and "nearly a quarter of all waiting" in TEXT
    assert 1.5 < made["efficiency"] < 2 and "just under 2%" in quiz
    # "an hour and a half" of work, "more than ten working days" of waiting
    assert 80 < made["work_each"] < 100 and made["wait_days"] > 10
    assert round(made["sign_minutes"]) == 5 and "each signature takes about five minutes" in TEXT
    assert made["silence_days"] > 3  # a message on day three comes before the answer
    # The sums of the quiz: 2 hours of 40; half of 2 in 100.
    assert 100 * 2 / (2 + 38) == 5 and 2 / 2 == 1
