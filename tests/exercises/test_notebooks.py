"""The release notebook: valid, locked where it must be, and nothing of the tutor's in it."""

import json

import nbformat
import pytest

from cslearn.exercises import answers
from cslearn.exercises import exercise as files
from cslearn.exercises.notebooks import release, source
from cslearn.problem import Problem


@pytest.fixture(scope="module")
def exercise():
    return files.read("choose-an-improvement")


def test_both_notebooks_are_valid_and_have_the_same_cells(exercise):
    made, solved = release(exercise), source(exercise)
    nbformat.validate(made)
    nbformat.validate(solved)
    assert [c.id for c in made.cells] == [c.id for c in solved.cells]


def test_every_marked_cell_s_id_is_its_grade_id(exercise):
    for cell in release(exercise).cells:
        if "nbgrader" in cell.metadata:
            assert cell.metadata["nbgrader"]["grade_id"] == cell.id


def test_the_starter_is_the_blank_answer_and_no_solution_is_left(exercise):
    cells = {c.id: c.source for c in release(exercise).cells}
    everything = json.dumps(cells)
    for secret in ("BEGIN SOLUTION", "6.62", "52936", exercise.task("recommendation").model_answer[:40]):
        assert secret not in everything
    namespace: dict = {}
    exec(cells["matrix-answer"], namespace)
    assert namespace["matrix"] == answers.blank(exercise.task("matrix").schema)


def test_marks_are_the_tasks_marks(exercise):
    points = {
        c.id: c.metadata["nbgrader"]["points"]
        for c in release(exercise).cells
        if "points" in c.metadata.get("nbgrader", {})
    }
    assert points == {"matrix": 7, "cost-benefit": 7, "recommendation": 6}


def test_every_hint_and_level_reaches_the_learner(exercise):
    text = "\n".join(c.source for c in release(exercise).cells)
    for task in exercise.tasks:
        assert all(hint.strip() in text for hint in task.hints)
        assert all(level["says"] in text for level in task.levels)


def test_the_published_form_cannot_make_notebooks(exercise):
    with pytest.raises(Problem, match="has no cells"):
        release(files.publish(exercise))
