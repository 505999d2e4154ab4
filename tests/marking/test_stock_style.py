"""An assignment of a tutor's own in nbgrader's style: run in the sandbox, marked as nbgrader marks, and labelled."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import compute_checksum
from stock_nbgrader import nbgrader, rows

from cslearn.cli import main
from cslearn.marking import marker
from cslearn.marking.classroom import open_classroom
from cslearn.marking.reading import read_cells, released_from
from cslearn.marking.sandbox import Limits, NoSandbox, sandbox
from cslearn.marking.stock_style import LABEL, SourceCell, examined, own_names, read_own, score
from cslearn.problem import Problem

NAME = "queue-sums"
HIDDEN = "assert total([2, 2]) == 4"


def labels(name: str, **more) -> dict:
    given = {"grade_id": name, "grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    return {"nbgrader": {**given, **more}}


def source() -> nbformat.NotebookNode:
    """The tutor's notebook, as nbgrader's own bar makes it."""
    test = {"grade": True, "locked": True}
    return new_notebook(
        cells=[
            new_code_cell("import pandas as pd\nwaits = [1, 2, 3]", metadata=labels("start", locked=True)),
            new_code_cell(
                "def total(numbers):\n    ### BEGIN SOLUTION\n    return sum(numbers)\n    ### END SOLUTION",
                metadata=labels("total", solution=True),
            ),
            new_code_cell(
                f"assert total(waits) == 6\n### BEGIN HIDDEN TESTS\n{HIDDEN}\n### END HIDDEN TESTS",
                metadata=labels("test-total", points=3, **test),
            ),
            new_code_cell(
                "# Give the longest wait.\nlongest = None\n### BEGIN SOLUTION\nlongest = 3\n### END SOLUTION",
                metadata=labels("longest", solution=True),
            ),
            new_code_cell("2 * (longest == 3)", metadata=labels("test-longest", points=4, **test)),
            new_markdown_cell(
                "### BEGIN SOLUTION\nBecause.\n### END SOLUTION",
                metadata=labels("why", grade=True, solution=True, points=5),
            ),
        ]
    )


SUM = "def total(numbers):\n    return sum(numbers)"
HONEST = {"total": SUM, "longest": "longest = 3", "why": "The *third* one waited longest."}
# (what is handed in, our marks for the tests and the written answer, stock's where they differ, why)
TESTS = {
    "L001": (HONEST, (3, 2, None), None, ""),
    "L002": ({"total": "def total(numbers):\n    return 6", "longest": "longest = 2"}, (0, 0, 0), None, ""),
    "L003": ({"total": "while True:\n    pass", "longest": "longest = 3"}, (0, 2, 0), None, ""),
    "L004": (
        {"total": SUM, "longest": "class Any(float):\n    __eq__ = lambda self, other: -1.0\n    __hash__ = None\nlongest = Any()"},
        (3, 0, 0),
        (3, 4, 0),
        "stock gives full marks to a value below 0",
    ),
    "L005": (
        {"total": "import os\nos._exit(0)", "longest": "longest = 3"},
        (0, 0, 0),
        "rejected",
        "stock gives up on a notebook that ends its kernel",
    ),
}  # fmt: skip


def filled(blank: dict, answers: dict) -> dict:
    notebook = json.loads(json.dumps(blank))
    for cell in notebook["cells"]:
        if (name := cell["metadata"].get("nbgrader", {}).get("grade_id")) in answers:
            cell["source"] = answers[name]
    return notebook


@pytest.fixture(scope="module")
def stock_class(_template, tmp_path_factory):
    """A class folder in which stock nbgrader released the tutor's assignment."""
    root = tmp_path_factory.mktemp("stock-style") / "class"
    shutil.copytree(_template, root)
    path = root / "source" / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(source(), path)
    done = nbgrader(root, "generate_assignment", NAME)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def blank(stock_class) -> dict:
    text = open_classroom(stock_class).released(NAME).read_text(encoding="utf-8")
    assert HIDDEN not in text
    return json.loads(text)


@pytest.fixture(scope="module")
def inbox(blank, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    for learner, (answers, *_) in TESTS.items():
        (folder / learner).mkdir()
        (folder / learner / f"{NAME}.ipynb").write_text(json.dumps(filled(blank, answers)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def box():
    try:
        return sandbox()
    except NoSandbox as why:
        pytest.skip(str(why))


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(marker, "examined", lambda *given: examined(*given, limits=Limits(3, 15)))


MARKS = """
select s.student_id, b.name, g.auto_score, g.needs_manual_grade from grade g
join submitted_notebook n on n.id = g.notebook_id join submitted_assignment s on s.id = n.assignment_id
join assignment a on a.id = s.assignment_id join base_cell b on b.id = g.cell_id where a.name = 'queue-sums'
"""
CELLS = ("test-total", "test-longest", "why")


def marks(root: Path) -> dict[str, tuple]:
    found = {(learner, cell): given for learner, cell, given, _ in rows(root, MARKS)}
    return {learner: tuple(found.get((learner, cell)) for cell in CELLS) for learner in {key[0] for key in found}}


@pytest.mark.slow
@pytest.mark.nbgrader
def test_from_collecting_to_the_report(stock_class, inbox, box, quick, tmp_path, capsys):
    root = tmp_path / "class"
    shutil.copytree(stock_class, root)
    given = ["--class", str(root)]
    assert main(["collect", NAME, str(inbox), *given]) == 0
    assert main(["mark", NAME, *given]) == 0
    assert marks(root) == {learner: ours for learner, (_, ours, *_) in TESTS.items()}
    # The written answer waits for a person, where there is one.
    waiting = {(learner, cell) for learner, cell, _, waits in rows(root, MARKS) if waits}
    assert waiting == {("L001", "why")}
    assert main(["mark", NAME, *given]) == 0
    assert "0 marked now, 5 unchanged" in " ".join(capsys.readouterr().out.replace(":", "").split())
    assert main(["feedback", NAME, *given]) == main(["report", *given]) == 0
    page = (root / "feedback" / "L002" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert LABEL.capitalize() in page and "AssertionError" in page and "total([2, 2])" not in page
    assert f"{NAME} ({LABEL})" in (root / "report.html").read_text(encoding="utf-8")
    assert LABEL in (root / "report.csv").read_text(encoding="utf-8-sig")
    notebook = nbformat.read(root / "autograded" / "L001" / NAME / f"{NAME}.ipynb", as_version=4)
    nbformat.validate(notebook)
    # What formgrader compares: the learner's answer is another, the locked cells are the tutor's.
    for cell in notebook.cells:
        grading = cell.metadata.get("nbgrader", {})
        if grading and grading.get("grade_id") != "why":
            assert (compute_checksum(cell) == grading["checksum"]) == (not grading["solution"])
    # Stock's own feedback can be made from it as well.
    assert nbgrader(root, "generate_feedback", NAME, "--student=L001").returncode == 0


@pytest.mark.slow
@pytest.mark.nbgrader
def test_stock_gives_the_same_but_for_what_is_explained(stock_class, inbox, tmp_path):
    root = tmp_path / "class"
    shutil.copytree(stock_class, root)
    for learner in TESTS:
        shutil.copytree(inbox / learner, root / "submitted" / learner / NAME)
    for learner, (_, ours, stock, why) in TESTS.items():
        nbgrader(root, "autograde", NAME, f"--student={learner}", "--Execute.timeout=3")
        kept = (root / "autograded" / learner / NAME / f"{NAME}.ipynb").exists()
        assert (marks(root)[learner] if kept else "rejected") == (stock or ours), learner
        assert (stock is None) == (why == "")


def graded(*outputs: dict, **more) -> dict:
    grading = labels("test", grade=True, locked=True, points=4, **more)
    return {"cell_type": "code", "metadata": grading, "source": "pass", "outputs": list(outputs)}


def value(text: str) -> dict:
    return {"output_type": "execute_result", "data": {"text/plain": text}, "metadata": {}}


ERROR = {"output_type": "error", "ename": "AssertionError", "evalue": "no", "traceback": []}
WARNING = {"output_type": "stream", "name": "stderr", "text": "careful"}
SAID = {"output_type": "stream", "name": "stdout", "text": "0"}


@pytest.mark.parametrize(
    ("outputs", "earned"),
    [
        ([], 4),
        ([SAID], 4),
        ([ERROR], 0),
        ([WARNING], 0),
        ([value("0")], 0),
        ([value("1.5")], 1.5),
        ([value("4")], 4),
        ([value("1.5"), ERROR], 1.5),
        ([ERROR, value("1.5")], 0),
        ([{"output_type": "display_data", "data": {"text/plain": "1"}, "metadata": {}}], 4),
    ],
)
def test_the_score_is_nbgrader_s(outputs, earned):
    found = score(graded(*outputs))
    assert (found.score, found.maximum, found.note) == (earned, 4, "")


@pytest.mark.parametrize(
    ("shown", "earned", "says"),
    [
        ("nan", 0, "cannot be a mark"),
        ("-1", 0, "cannot be a mark"),
        ("inf", 0, "cannot be a mark"),
        ("4.5", 4, "counts as 4"),
        ("True", None, "is no number"),
        ("'well done'", None, "is no number"),
        ("", None, "is no number"),
    ],
)
def test_where_nbgrader_is_too_generous_or_stops_we_are_not(shown, earned, says):
    found = score(graded(value(shown)))
    assert found.score == earned and says in found.note


def cells_of(*sources: tuple[str, dict]) -> dict:
    return {
        "cells": [
            {"cell_type": "code", "id": f"c{n}", "source": text, "metadata": meta, "outputs": []}
            for n, (text, meta) in enumerate(sources)
        ],
        "metadata": {},
    }


TEST = labels("test", grade=True, locked=True, points=4)
RELEASED = cells_of(("pass", labels("answer", solution=True)), ("assert number == 7", TEST))


def run(box, answer: str, test: str = "assert number == 7", limits: Limits = Limits(3, 12)):  # noqa: B008
    released = released_from(RELEASED, "own")
    submission = read_cells(cells_of((answer, labels("answer", solution=True)), ("1", TEST)), released)
    sources = {"test": SourceCell("code", True, test, "x"), "answer": SourceCell("code", False, "pass", "y")}
    return examined(box, submission, released, sources, limits)


@pytest.mark.parametrize(
    ("answer", "earned", "why"),
    [
        ("number = 7", 4, "without an error"),
        ("number = 8", 0, "AssertionError"),
        ("import sys\nsys.exit()", 0, "NameError"),
        ("number = 7\nimport sys\nsys.exit()", 4, "without an error"),
        ("number = 7\nimport os\nos._exit(0)", 0, "ended before this test was run"),
        ("number = 7\nwhile True:\n    pass", 4, "without an error"),
        ("number = 7\nprint('x' * 100_000)", 4, "without an error"),
    ],
)
def test_a_test_that_did_not_run_earns_nothing(box, answer, earned, why):
    _, scored = run(box, answer)
    assert scored["test"].score == earned and why in scored["test"].why


def test_a_flood_of_output_hides_neither_a_failure_nor_a_value(box):
    flood = "number = 7\ndef loud():\n    for n in range(200):\n        display(n)\n    print('x' * 100_000)\n"
    for test, earned in (
        ("loud()\nassert False", 0),
        ("loud()\nimport sys\nprint('no', file=sys.stderr)", 0),
        ("loud()\n1.5", 1.5),
        ("loud()", 4),
    ):
        assert run(box, flood, test)[1]["test"].score == earned, test


def test_a_test_is_not_there_before_its_turn(box):
    """What an answer finds in the interpreter's memory and its open files does not hold the test that comes after it."""
    look = (
        "import gc, os\nnumber = 7\nneedle = 'x' + 'yzzy'\n"
        "found = [one for one in gc.get_objects() if type(one) is dict and any(type(v) is str and needle in v for v in list(one.values()))]\n"
        "found += [one for one in gc.get_objects() if type(one) is list and any(type(v) is str and needle in v for v in one)]\n"
        "for n in range(3, 20):\n"
        "    try:\n        os.set_blocking(n, False)\n    except OSError:\n        continue\n"
        "    try:\n        found += [1] * (needle.encode() in os.read(n, 9999))\n"
        "    except OSError:\n        pass\n    os.set_blocking(n, True)\n"
        "number = 7 if not [one for one in found if one is not globals()] else 'seen'\n"
    )  # fmt: skip
    submission, scored = run(box, look, "secret = 'xyzzy'\nassert number == 7, number")
    assert scored["test"].score == 4, (scored, submission.outputs)


def test_a_hidden_test_s_own_words_stay_hidden(box):
    assert (
        run(box, "number = 8", "assert number == 7, 'it is 7'")[1]["test"].why
        == "The test stopped with AssertionError."
    )
    assert "it is 7" in " ".join(run(box, "number = 8", "assert number == 7, 'it is 7'")[0].ran)


def test_a_longer_test_than_a_pipe_holds(box):
    assert run(box, "number = 7", "# " + "x" * 300_000 + "\nassert number == 7")[1]["test"].score == 4


def test_a_table_is_shown_as_text(box):
    submission, _ = run(box, "import pandas as pd\nnumber = 7\npd.DataFrame({'wait': [1, 2]})")
    (output,) = submission.outputs["answer"]
    assert "wait" in output["data"]["text/plain"] and set(output["data"]) == {"text/plain"}


def own(classroom, notebook: dict, *more: str) -> None:
    folder = classroom.root / "release" / NAME
    folder.mkdir(parents=True)
    for name in (NAME, *more):
        (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def test_a_tutor_s_own_assignment_is_found_and_the_course_s_are_not(classroom):
    assert own_names(classroom) == []
    own(classroom, RELEASED)
    assert own_names(classroom) == [NAME]
    (task,) = read_own(classroom, NAME).tasks
    assert (task.name, task.marks, task.award) == ("test", 4, "auto")


@pytest.mark.parametrize(
    ("notebook", "more", "says"),
    [(RELEASED, ["second"], "more than one notebook"), (cells_of(("1", {})), [], "has no cell with marks")],
)
def test_an_assignment_that_cannot_be_marked_is_said_at_once(classroom, notebook, more, says):
    own(classroom, notebook, *more)
    with pytest.raises(Problem, match=says):
        read_own(classroom, NAME)
