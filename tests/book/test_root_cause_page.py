"""The figures of the lesson on root causes: counted again from the CSV file, and coded again from the customers' words."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from page_cells import run_cells

from cslearn.northfold import complaint_text as words
from cslearn.northfold.process import CAUSES

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "complaints" / "root-cause.md"
TEXT = PAGE.read_text("utf-8")


def pattern(frame):
    """A frame as a customer may have filled it in."""
    parts = re.split(r"\{\w+\}", frame)
    # After "And another thing:" a frame begins with a small letter.
    begins = parts[0][:1]
    head = f"[{begins}{begins.lower()}]" + re.escape(parts[0][1:]) if begins else ""
    return re.compile(head + "".join(".{1,40}?" + re.escape(part) for part in parts[1:]))


FRAMES = [(CAUSES[n], pattern(frame)) for n, frames in enumerate(words.FRAMES) for frame in frames]
FRAMES += [("fault", pattern(frame)) for frame in words.FAULTS_WITHOUT_PLUG]
FRAMES += [("fault", pattern(words.VULNERABLE)), ("courier", pattern(words.ABUSIVE))]


def coded(text):
    """The causes that a text tells of, the first one first."""
    found = {}
    for cause, frame in FRAMES:
        if match := frame.search(text):
            found.setdefault(cause, match.start())
    return sorted(found, key=found.get)


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made):
    with (ROOT / "datasets" / "complaints.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    drawers = Counter(row["category_logged"].strip().lower() for row in rows)
    assert len(drawers) == 6
    causes = [coded(row["text"]) for row in rows]
    assert all(causes), "every text tells of a cause"
    delivery = [
        found[0]
        for row, found in zip(rows, causes, strict=True)
        if row["category_logged"].strip().lower() == "delivery"
    ]
    first = Counter(found[0] for found in causes)
    inside = Counter(delivery)

    def share(count, of=None):
        return pytest.approx(100 * count / (of or len(rows)))

    assert made["all"] == len(rows) and made["spellings"] == len({row["category_logged"] for row in rows})
    assert made["delivery"] == share(drawers["delivery"])
    assert made["two"] == share(sum(count for _, count in drawers.most_common(2)))
    assert made["cutoff_in_delivery"] == share(inside["cutoff"], len(delivery))
    assert made["courier_in_delivery"] == share(inside["courier"], len(delivery))
    assert made["cutoff"] == share(first["cutoff"]) and made["approval"] == share(first["approval"])
    assert made["access"] == first["access"] == 9
    assert made["two_causes"] == pytest.approx(100 * sum(len(found) > 1 for found in causes) / len(rows), abs=0.5)
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(made)
    # The words: "1,632 complaints", "more than a third", the top two, "less than a third", "about 29%".
    assert len(rows) == 1632 and made["delivery"] > 100 / 3
    assert [cause for cause, _ in first.most_common(2)] == ["cutoff", "approval"]
    assert 28.5 <= made["courier_in_delivery"] < 29.5
    assert min(first, key=first.get) == "access"


def test_a_category_in_eight_is_wrong(made):
    # Each cause has one drawer that fits; what lies in another is wrong.
    right = {"cutoff": "delivery", "courier": "delivery", "approval": "refund", "returns": "refund", "fault": "product fault",
             "picking": "wrong item", "installation": "installation", "access": "access"}  # fmt: skip
    with (ROOT / "datasets" / "complaints.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = sum(row["category_logged"].strip().lower() != right[coded(row["text"])[0]] for row in rows)
    assert made["wrong"] == pytest.approx(100 * wrong / len(rows), abs=0.2)


def test_the_three_complaints_that_the_page_quotes_are_northfold_s_and_lie_in_that_drawer():
    with (ROOT / "datasets" / "complaints.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["text"]: row["category_logged"].strip().lower() for row in csv.DictReader(file)}
    quotes = re.findall(r'^> "(.+)"$', TEXT.split("## Step 3")[0], re.M)
    assert [rows[quote] for quote in quotes] == ["delivery"] * 3
    assert [coded(quote)[0] for quote in quotes] == ["cutoff", "courier", "cutoff"]
