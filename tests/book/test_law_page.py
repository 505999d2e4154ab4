"""The law page's figures and dates: counted again from the CSV file, and worked out by hand."""

import csv
import re
from pathlib import Path

import pytest
from page_cells import run_cells

from cslearn.northfold import complaint_text

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "excellence" / "law-at-the-service-desk.md"
# The beginnings of what customers with no other way in wrote; their slots differ.
SHUT_OUT = (
    "I have to telephone. I am deaf",
    "speech impairment",
    "'call us'. I cannot",
    "cannot hear on the phone",
    "text relay",
)

DATES = {
    # 30 September + 30 days.
    "came": "30 September 2026", "last": "30 October 2026",
    # 11 to 20 October are ten days, both ends counted: 30 October + 10.
    "asked": "11 October 2026", "back": "20 October 2026", "later": "9 November 2026",
    # Six months of which 30 September is the first day end the day before 30 March.
    "presumed": "29 March 2027",
    # 2 November is day 1, so day 14 is the 15th.
    "agreed": "2 November 2026", "paid": "15 November 2026",
    # 25 December 2026 is a Friday; Monday the 28th stands in for Boxing Day, a Saturday.
    "asked_data": "25 November 2026", "data_due": "29 December 2026",
    # Easter Monday is 6 April 2026.
    "spring": "6 March 2026", "spring_england": "7 April 2026", "spring_scotland": "6 April 2026",
}  # fmt: skip


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def test_the_dates_are_those_that_a_calendar_gives(made):
    assert {name: made[name] for name in DATES} == DATES
    assert made["waited"] == 10


def test_the_complaints_that_hold_a_right_are_counted_again_by_their_words(made):
    with (ROOT / "datasets" / "complaints.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    cues = [cue for cues in complaint_text.LEGAL.values() for cue in cues]
    cues += [*SHUT_OUT, complaint_text.VULNERABLE.partition("{")[0].rstrip()]
    marked = sum(any(cue in text for cue in cues) for text in texts)
    assert made["all"] == len(texts)
    assert made["marked"] == marked
    assert made["marked_pct"] == pytest.approx(100 * marked / len(texts))
    # "About one in seven".
    assert 6.5 < len(texts) / marked < 7.5


def test_everything_that_a_cell_puts_into_the_text_is_used(made):
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", PAGE.read_text("utf-8"))}
    assert used == set(made)


def test_every_group_of_twenty_complaints_is_on_the_page(site):
    text = (site / "excellence" / "law-at-the-service-desk.html").read_text(encoding="utf-8")
    shown = re.findall(r"<details><summary><strong>.*?</details>", text, re.S)
    assert len(shown) == 7 and sum(block.count("<li>") for block in shown) == 20
