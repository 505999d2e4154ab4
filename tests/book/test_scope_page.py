"""The figures of the lesson on scope, worked out again from the CSV file and the minutes as they are published."""

import csv
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from page_cells import run_cells

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "process" / "scope.md"
TEXT = PAGE.read_text("utf-8")
HOLIDAYS = np.array(["2024-03-29", "2024-04-01", "2024-05-06", "2024-05-27"], dtype="datetime64[D]")


def cases() -> list[list[dict]]:
    """The customers' cases of the log, each with its steps in order of time."""
    found: dict[tuple, list[dict]] = {}
    with (ROOT / "datasets" / "events_before.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault((row["site"], row["case_id"]), []).append(row)
    real = [steps for steps in found.values() if all(row["resource"] != "T00" for row in steps)]
    return [sorted(steps, key=lambda row: row["start_ts"]) for steps in real]


def office(moment: str) -> float:
    """Office hours up to a moment, from nine to five on working days."""
    day = np.datetime64(moment[:10])
    hour = int(moment[11:13]) + int(moment[14:16]) / 60
    working = np.is_busday(day, holidays=HOLIDAYS)
    return float(np.busday_count("2024-01-01", day, holidays=HOLIDAYS)) * 8 + working * min(max(hour - 9, 0), 8)


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made):
    log = cases()
    before = [office(steps[1]["start_ts"]) - office(steps[0]["end_ts"]) for steps in log]
    typing = [office(steps[1]["end_ts"]) - office(steps[1]["start_ts"]) for steps in log]
    assert all(steps[1]["activity"] == "log" for steps in log)
    after: Counter = Counter()
    for steps in log:
        place = next((n for n, row in enumerate(steps) if (row["activity"], row["role"]) == ("reply", "handler")), None)
        if place is not None:
            after[steps[place + 1]["activity"] if place + 1 < len(steps) else ""] += 1
    passes = [(a["role"], b["role"]) for steps in log for a, b in pairwise(steps) if a["role"] != b["role"]]
    desk = [row for steps in log for row in steps if row["role"] == "returns desk"]
    closed = [steps for steps in log if any(row["activity"] == "confirm" for row in steps)]
    minutes = [path.read_text("utf-8") for path in (ROOT / "datasets" / "minutes").glob("*.md")]
    share = sum("returns desk" in pair for pair in passes) / len(passes)
    assert made == pytest.approx({
        "cases": len(log), "before_log": median(before), "before_log_work": 60 * sum(typing) / len(typing),
        "answered": after.total(), "came_back_cases": after["investigate"],
        "came_back": 100 * after["investigate"] / after.total(),
        "rare_pct": 100 * sum(any(row["activity"] == "ombudsman" for row in steps) for steps in log) / len(log),
        "meetings": len(minutes), "named": sum("Returns desk" in text for text in minutes),
        "desk_share": 100 * share, "desk_steps": len(desk), "desk_people": len({row["resource"] for row in desk}),
        "desk_cases": 100 * sum(any(row["role"] == "returns desk" for row in steps) for steps in log) / len(log),
        "hand_offs": sum(a["role"] != b["role"] for steps in closed for a, b in pairwise(steps)) / len(closed),
    })  # fmt: skip
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used <= set(made)


def test_what_the_words_say_of_the_figures_holds(made):
    log = cases()
    quiz = PAGE.with_suffix(".quiz.yml").read_text("utf-8")
    assert all(steps[0]["activity"] == "receive" for steps in log)
    assert 1 / 6.5 < made["came_back"] / 100 < 1 / 5.5  # "about one in six"
    assert round(made["desk_share"]) == 15 and "In about 15 of 100" in quiz
    assert 0.35 < made["desk_cases"] / 100 < 0.45 and "four cases in ten" in quiz
    assert round(made["rare_pct"]) == 1  # "only 1 case in 100"
    # "six office hours or more", "seven minutes of work"
    assert int(made["before_log"]) == 6 and round(made["before_log_work"]) == 7
    approved = sum(any(row["activity"] == "approve" for row in steps) for steps in log) / len(log)
    assert 0.45 < approved < 0.55  # "half of the cases pass through it"
    minutes = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "datasets" / "minutes").glob("*.md")))
    for words in ("Noted.", "There was no time for it.", "the group is large enough", "fourth note"):
        assert words in minutes
    present = "".join(re.findall(r"^Present: .*$", minutes, re.M))
    assert "Returns" not in present
    with (ROOT / "datasets" / "events_before.csv").open(encoding="utf-8", newline="") as file:
        tests = {row["case_id"] for row in csv.DictReader(file) if row["resource"] == "T00"}
    assert len(tests) == 6 and "Six test cases" in TEXT
