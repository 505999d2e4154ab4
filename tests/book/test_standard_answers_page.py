"""The tutor's page of standard answers: its example is right, its promises hold, and it reads easily."""

import re
from pathlib import Path

import pytest
import reading
from page_cells import run_cells
from sklearn.metrics import cohen_kappa_score

from cslearn.exercises.exercise import available, read
from cslearn.exercises.standards import standards

BOOK = Path(__file__).parents[2] / "book"
PAGE = BOOK / "tutor" / "standard-answers.md"
TEXT = PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)


def test_the_counts_and_the_agreement_are_right(made):
    found, shared = made
    first, second = shared["FIRST"], shared["SECOND"]
    written = [task for name in available() for task in read(name).tasks if task.award == "tutor"]
    same = sum(a == b for a, b in zip(first, second, strict=True))
    assert found == pytest.approx({
        "tasks": len(written), "answers": sum(len(task.levels) for task in written),
        "same": same, "of": len(first), "percent": 100 * same / len(first),
        "plain": cohen_kappa_score(first, second), "weighted": cohen_kappa_score(first, second, weights="linear"),
    })  # fmt: skip
    assert {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)} == set(found)
    # Four tasks with an answer at each of four levels.
    assert sorted(first) == sorted([1, 2, 3, 4] * 4) and found["weighted"] > found["plain"]


def test_what_is_said_of_the_texts_is_true():
    rich = 0
    for exercise in map(read, available()):
        for task, answers in standards(exercise).items():
            low, high = exercise.task(task).words
            assert all(low <= len(answer.text.split()) <= high for answer in answers), "length gives no hint"
            rich += any(len(re.findall(r"\d[\d,.]*", answer.text)) >= 6 for answer in answers[:2])
    assert rich >= 4, "in several tasks an answer at one of the two lower levels has plenty of figures"


def test_the_marking_page_leads_there_and_it_reads_easily():
    assert "(standard-answers.md)" in (BOOK / "tutor" / "marking.md").read_text("utf-8")
    assert 0 < reading.grade(TEXT) <= 9
