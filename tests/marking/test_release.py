"""Handing out: what stock nbgrader would write, and nothing of the solution."""

import dataclasses
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import nbformat
import pytest
from handing_in import NAME, cell

from cslearn.exercises import notebooks
from cslearn.exercises.standards import standards
from cslearn.marking.classroom import create_classroom, open_classroom
from cslearn.marking.release import prove_no_solution, release
from cslearn.problem import Problem

CELLS = """
select a.name, a.course_id, n.name, n.kernelspec, b.name, b.type, g.max_score, g.cell_type
from assignment a join notebook n on n.assignment_id = a.id join base_cell b on b.notebook_id = n.id
left join grade_cells g on g.id = b.id order by b.name, b.type
"""
SOURCES = "select name, cell_type, locked, source, checksum from source_cell order by name"
VERSION = "select version_num from alembic_version"


def rows(path: Path, *queries: str) -> list:
    with closing(sqlite3.connect(path)) as db:
        return [db.execute(query).fetchall() for query in queries]


def test_a_class_folder_is_ready_for_learners_and_for_stock_nbgrader(classroom):
    made = {path.name for path in classroom.root.iterdir()}
    assert made == {
        "class.yml", "roster.csv", "codes.csv", "gradebook.db", "nbgrader_config.py",
        "source", "release", "submitted", "autograded", "feedback",
    }  # fmt: skip
    codes = (classroom.root / "codes.csv").read_text(encoding="utf-8-sig").splitlines()
    assert codes[0] == "learner_id,name,code"
    assert codes[1] == f"L001,Ann Bee,{classroom.codes['L001']}"
    assert len(codes) == 6


def test_nbgrader_makes_the_same_release_as_the_exercise_room(classroom, exercise):
    ours = notebooks.release(exercise)
    theirs = nbformat.read(classroom.released(NAME), as_version=4)
    assert theirs == ours


@pytest.mark.slow
@pytest.mark.nbgrader
def test_the_gradebook_has_the_rows_that_stock_nbgrader_writes(classroom, tmp_path):
    stock = tmp_path / "stock"
    stock.mkdir()
    shutil.copytree(classroom.root / "source", stock / "source")
    shutil.copy(classroom.root / "nbgrader_config.py", stock)
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", NAME], cwd=stock, env=environment(), check=True
    )
    assert rows(classroom.gradebook, CELLS, SOURCES, VERSION) == rows(stock / "gradebook.db", CELLS, SOURCES, VERSION)
    assert (stock / "release" / NAME / f"{NAME}.ipynb").read_bytes() == classroom.released(NAME).read_bytes()


def environment() -> dict:
    import os

    # nbgrader looks for `alembic` on the path.
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def test_releasing_again_changes_nothing(classroom, exercise):
    before = rows(classroom.gradebook, CELLS, SOURCES)
    release(classroom, exercise)
    assert rows(classroom.gradebook, CELLS, SOURCES) == before
    assert not list(classroom.root.glob(".release*"))


def leak(exercise, place: str):
    """The released notebook with something of the solution in it."""
    solved = notebooks.source(exercise)
    released = nbformat.from_dict(json.loads(json.dumps(notebooks.release(exercise))))
    answer = cell(solved, "matrix-answer")["source"]
    line = next(line for line in answer.splitlines() if "'repeat_purchase_pct', 'objective': 'SO1'" in line)
    match place:
        case "a solution left whole":
            cell(released, "matrix-answer")["source"] = answer
        case "a line in another cell":
            cell(released, "calculator")["source"] += "\n" + line.strip()
        case "a line in metadata":
            released["metadata"]["notes"] = line
        case "a saved output":
            cell(released, "set-up")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": line}]
        case "a sentence of the model answer":
            cell(released, "text-1")["source"] += (
                "\n" + exercise.task("recommendation").model_answer.split(". ")[1] + "."
            )
        case "a sentence of a standard answer":
            text = standards(exercise)["recommendation"][1].text
            cell(released, "text-1")["source"] += "\n" + text.split(". ")[1] + "."
        case "the solution laid out in another way":
            import ast

            tree = ast.parse(answer)
            cell(released, "matrix-answer")["source"] = ast.unparse(tree.body[-1])
    return solved, released


@pytest.mark.parametrize(
    "place",
    [
        "a solution left whole",
        "a line in another cell",
        "a line in metadata",
        "a saved output",
        "a sentence of the model answer",
        "a sentence of a standard answer",
        "the solution laid out in another way",
    ],
)
def test_a_leak_is_found_wherever_it_is(exercise, place):
    with pytest.raises(Problem, match="was not released"):
        prove_no_solution(exercise, *leak(exercise, place))


def test_the_honest_release_is_found_clean(exercise):
    prove_no_solution(exercise, *leak(exercise, "nowhere"))


def test_a_release_that_would_leak_leaves_no_trace(tmp_path, exercise):
    (tmp_path / "roster.csv").write_text("learner_id,name\nL1,A\n")
    fresh = create_classroom(tmp_path)
    betrayed = exercise.task("recommendation").model_answer.split(". ")[1] + "."
    prose = type(exercise.cells[0])(cell_type="markdown", metadata={}, source=betrayed)
    with pytest.raises(Problem, match="was not released"):
        release(fresh, dataclasses.replace(exercise, cells=(*exercise.cells, prose)))
    assert {path.name for path in tmp_path.iterdir()} == {"roster.csv", "class.yml"}


def test_an_exercise_with_other_cells_is_not_released_over_marks(classroom, exercise, desk):
    from cslearn.marking.engine import mark_class

    desk.hand_in(classroom, "L001")
    mark_class(classroom, exercise)
    fewer = tuple(t for t in exercise.tasks if t.name != "recommendation")
    cells = tuple(
        c
        for c in exercise.cells
        if c.metadata.get("written") != "recommendation" and c.metadata.get("task") != "recommendation"
    )
    before = classroom.released(NAME).read_bytes()
    with pytest.raises(Problem, match="there are marks for it already"):
        release(classroom, dataclasses.replace(exercise, tasks=fewer, cells=cells))
    assert classroom.released(NAME).read_bytes() == before
    assert open_classroom(classroom.root)


def test_the_settings_for_nbgrader_name_no_machine():
    text = (Path(__file__).parents[2] / "nbgrader_config.py").read_text()
    assert "NotImplementedError()" not in text
    assert not any(word in text for word in ("/home", "/root", "/tmp", "C:\\"))
    assert notebooks.CODE_STUB in text and notebooks.TEXT_STUB in text
