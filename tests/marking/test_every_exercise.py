"""Every exercise of the course goes from release to report, and stock nbgrader gives the same marks.

Three people each, in a test run; for the honest ones of the sample class of thirty:

    CSLEARN_CLASS=30 pytest -s tests/marking/test_every_exercise.py

And for every persona in place of one for each exercise, since stock takes its seconds for each:

    CSLEARN_CAST=all pytest -s tests/marking/test_every_exercise.py -k persona
"""

import os
import shutil

import pytest
from handing_in import hand_in_as
from stock_nbgrader import GRADES, class_of, nbgrader, rows
from test_demo import HONEST

from cslearn import syllabus
from cslearn.exercises.exercise import available, read
from cslearn.exercises.personas import personas
from cslearn.marking.classroom import Classroom, create_classroom
from cslearn.marking.demo import SALT, roster_csv, sample_class
from cslearn.marking.engine import mark_class
from cslearn.marking.feedback import feedback
from cslearn.marking.gradebook import Gradebook
from cslearn.marking.release import release
from cslearn.marking.report import report

EXERCISES = [read(name) for name in available()]
SIZE = int(os.environ.get("CSLEARN_CLASS", 3))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Classroom:
    """A class with every exercise released, and handed in by the first honest people of the sample class."""
    root = tmp_path_factory.mktemp("every") / "class"
    root.mkdir()
    heading, *people = roster_csv().splitlines()
    (root / "roster.csv").write_text("\n".join([heading, *people[:SIZE]]) + "\n", encoding="utf-8")
    made = create_classroom(root, salt=SALT)
    for exercise in EXERCISES:
        release(made, exercise)
        for sample in sample_class(made, exercise):
            if not sample.says or sample.says in HONEST:
                path = made.notebook("submitted", sample.learner.id, exercise.name)
                path.parent.mkdir(parents=True)
                path.write_bytes(sample.data)
    return made


@pytest.mark.nbgrader
def test_stock_nbgrader_gives_the_same_marks_in_every_exercise(room, tmp_path):
    stock = tmp_path / "stock"
    shutil.copytree(room.root, stock)
    for exercise in EXERCISES:
        outcome = mark_class(room, exercise)
        assert outcome.marked == len(list((room.root / "submitted").glob(f"*/{exercise.name}")))
        # However slow the machine: stock gives a cell 30 seconds.
        done = nbgrader(stock, "autograde", exercise.name, "--Execute.timeout=600")
        assert done.returncode == 0, done.stderr
    ours, theirs = rows(room.root, GRADES), rows(stock, GRADES)
    print(f"{len(ours)} grades of {len(EXERCISES)} exercises")
    tasks = sum(len(exercise.tasks) for exercise in EXERCISES)
    assert len(theirs) == tasks * len({learner for learner, *_ in theirs})
    assert ours == theirs


@pytest.mark.nbgrader
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_stock_nbgrader_gives_personas_the_same_marks(exercise, tmp_path):
    # Usually one of them, in the middle of the file: somebody who is wrong about something.
    cast = personas(exercise)
    cast = cast if os.environ.get("CSLEARN_CAST") == "all" else [cast[len(cast) // 2]]
    root = tmp_path / "class"
    root.mkdir()
    room = class_of(root, len(cast), exercise)
    for persona, learner in zip(cast, room.codes, strict=True):
        hand_in_as(persona, room, learner)
    stock = tmp_path / "stock"
    shutil.copytree(root, stock)
    assert mark_class(room, exercise).marked == len(cast)
    done = nbgrader(stock, "autograde", exercise.name, "--Execute.timeout=600")
    assert done.returncode == 0, done.stderr
    ours = rows(root, GRADES)
    print(f"{exercise.name}: {len(ours)} grades of {len(cast)} personas")
    assert len(ours) == len(cast) * len(exercise.tasks)
    assert ours == rows(stock, GRADES)


def test_the_expert_earns_all_that_rules_can_give_and_the_report_has_every_marking_point(room):
    for exercise in EXERCISES:
        mark_class(room, exercise)
        assert len(feedback(room, exercise)) >= 1
        with Gradebook(room, exercise.name) as book:
            entries = {entry.learner: entry for entry in book.entries()}
        # The first of the class is the expert, who wrote no words; the second wrote some.
        expert = entries["NH001"]
        earned = sum(score.score for score in expert.scores.values())
        assert earned == sum(task.marks for task in exercise.tasks if task.award == "auto"), exercise.name
        assert not expert.waiting and entries["NH002"].waiting
    page, _ = report(room, EXERCISES)
    text = page.read_text(encoding="utf-8")
    assert all(f"{exercise.point} {exercise.title}" in text for exercise in EXERCISES)


def test_the_course_s_plan_of_marks_is_kept():
    planned = {task.id: task for task in syllabus.tasks()}
    written = {task.id: task for exercise in EXERCISES for task in exercise.tasks}
    assert set(written) == set(planned)
    assert all((task.marks, task.award) == (planned[id].marks, planned[id].award) for id, task in written.items())
    assert sum(task.marks for task in planned.values()) == 180
    assert sum(task.marks for task in planned.values() if task.award == "auto") == 110
