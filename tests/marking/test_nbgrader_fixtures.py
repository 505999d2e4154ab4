"""nbgrader's own test notebooks, written anew for this course: our marks are stock's wherever stock is right.

nbgrader's tests (its folders apps/files and preprocessors/files) hold notebooks named by what happened to them.
Each is made here from our exercise, marked by stock and by us, and compared task by task. Where the two differ:

- Stock rejects a whole notebook for a label that is doubled, or was written by another version of nbgrader.
  The answers are all there, so ours marks them and says what was odd.
- Stock leaves a notebook without any labels unmarked and calls that a success. Ours finds the cells by their text.
- Stock lets an answer read files handed in beside the notebook. In the sandbox there are none: a file of a
  learner's could be a module that takes another's place. The task gets 0 and the sentence says which file was missed.
- Stock tells the notebook through NBGRADER_EXECUTION that it is being marked, so that an answer may change itself
  for the marker. Ours does not say so.
- Stock leaves what a notebook wrote beside it in the marked folder. Ours keeps nothing.

nbgrader's "infinite-recursion" is not among them: writing out its traceback takes stock so long that the machine's
speed decides whether the notebook is marked or rejected. Ours marks it, see the list of submissions.
"""

import copy
import shutil
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from handing_in import NAME, cell, stock_marks
from submissions import BOTH, FIRST, NEITHER, SECOND, ahead, attack, behind, change
from test_submissions import a_class

import cslearn.marking.marker as marker
from cslearn.marking.demo import as_jupyterlab
from cslearn.marking.engine import mark_class
from cslearn.marking.gradebook import Gradebook
from cslearn.marking.running import answered
from cslearn.marking.sandbox import Limits, NoSandbox, sandbox

REJECTED = "rejected"
# Seconds that stock allows for a cell: enough for a busy machine to import pandas.
TIMEOUT = 20


@dataclass(frozen=True)
class Fixture:
    """A notebook, stock's marks for it, and ours where they differ, with the reason."""

    make: Callable
    stock: tuple[float, float] | str
    ours: tuple[float, float] | None = None
    why: str = ""
    beside: tuple[str, str] | None = None


def blank(desk, learner):
    notebook = copy.deepcopy(desk.blank)
    cell(notebook, "learner-code")["source"] = f'learner_code = "{desk.codes[learner]}"'
    return notebook


def graded(how):
    """A maker: an expert's notebook after a change to the labels of its first check cell."""
    return change(lambda notebook: how(cell(notebook, "matrix")["metadata"]["nbgrader"]) and None)


def as_kind(id_: str, kind: str):
    def turned(notebook):
        target = cell(notebook, id_)
        target["cell_type"] = kind
        target.pop("outputs", None), target.pop("execution_count", None)

    return change(turned)


def commented_out(*ids: str):
    def commented(notebook):
        for id_ in ids:
            target = cell(notebook, id_)
            target["source"] = "".join(f"#{line}\n" for line in "".join(target["source"]).splitlines())

    return change(commented)


def no_labels(notebook):
    for target in notebook["cells"]:
        target["metadata"] = {}
        target.pop("id", None)
    notebook["nbformat_minor"] = 4


def doubled(notebook):
    notebook["cells"].append(copy.deepcopy(cell(notebook, "matrix")))
    notebook["cells"][-1]["id"] = "again"


LABELS = "the labels are the learner's copy; every answer is there"
FIXTURES = {
    "submitted-unchanged": Fixture(blank, NEITHER),
    "submitted-changed": Fixture(change(lambda notebook: None), BOTH),
    "submitted-grade-cell-changed": Fixture(commented_out("matrix", "cost-benefit"), BOTH),
    "submitted-locked-cell-changed": Fixture(commented_out("set-up", "data"), BOTH),
    "submitted-grade-cell-type-changed": Fixture(as_kind("matrix", "markdown"), BOTH),
    "submitted-answer-cell-type-changed": Fixture(as_kind("matrix-answer", "markdown"), BOTH),
    "submitted-cheat-attempt": Fixture(
        attack("import IPython.core.interactiveshell as s\ns.InteractiveShell.showtraceback = lambda *a, **k: None", "matrix = 1"),
        NEITHER,
    ),
    "submitted-cheat-attempt-alternative": Fixture(
        attack("import IPython.core.interactiveshell as s\ns.InteractiveShell.showtraceback = None", "del matrix"), NEITHER
    ),
    "infinite-loop": Fixture(ahead("matrix", "while True:\n    pass"), SECOND),
    "infinite-loop-with-output": Fixture(
        ahead("matrix", "import time\nwhile True:\n    print('again')\n    time.sleep(0.01)"), SECOND
    ),
    "timeout": Fixture(ahead("cost-benefit", "import time\ntime.sleep(600)"), FIRST),
    "long-output": Fixture(behind("matrix", "for n in range(3_000):\n    print(n)"), BOTH),
    "side-effects": Fixture(behind("matrix", "with open('side-effect.txt', 'w') as f:\n    f.write('a side effect')"), BOTH),
    "open_relative_file": Fixture(
        ahead("matrix", "with open('data.txt') as f:\n    f.read()"), BOTH, SECOND,
        "files beside the notebook are not there to read", beside=("data.txt", "a\nb\n"),
    ),
    "validating-environment-variable": Fixture(
        behind("matrix", "import os\nif not os.getenv('NBGRADER_EXECUTION'):\n    matrix = dict()"), BOTH, SECOND,
        "a notebook is not told that it is being marked",
    ),
    "incorrect-submitted-kernelspec": Fixture(
        change(lambda nb: nb["metadata"].update(kernelspec={"name": "nope", "display_name": "x", "language": "python"})), BOTH
    ),
    "duplicate-grade-ids": Fixture(change(doubled), REJECTED, BOTH, LABELS),
    "blank-points": Fixture(graded(lambda labels: labels.update(points="")), REJECTED, BOTH, LABELS),
    "no-cell-type": Fixture(graded(lambda labels: labels.pop("cell_type")), BOTH),
    "too-new": Fixture(graded(lambda labels: labels.update(schema_version=100)), REJECTED, BOTH, LABELS),
    "test-v0": Fixture(graded(lambda labels: labels.update(schema_version=0)), REJECTED, BOTH, LABELS),
    "test-no-metadata": Fixture(change(no_labels), NEITHER, BOTH, "stock leaves it unmarked and calls that a success"),
}  # fmt: skip


def test_every_difference_is_explained():
    for name, fixture in FIXTURES.items():
        assert (fixture.ours is None) == (fixture.why == ""), name
        assert fixture.ours != fixture.stock, name
        assert fixture.stock in (BOTH, NEITHER, FIRST, SECOND, REJECTED)


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory, exercise):
    """The class with one learner for each notebook, and whose is whose."""
    learners = {name: f"N{number:03}" for number, name in enumerate(FIXTURES, start=1)}
    room, desk = a_class(tmp_path_factory.mktemp("fixtures") / "class", exercise, list(learners.values()))
    for name, learner in learners.items():
        fixture = FIXTURES[name]
        made = fixture.make(desk, learner)
        path = desk.hand_in(room, learner, made if isinstance(made, bytes) else as_jupyterlab(made))
        if fixture.beside:
            (path.parent / fixture.beside[0]).write_text(fixture.beside[1])
    # Stock gets the class as it is now, before anything of ours is in its gradebook.
    stock = room.root.with_name("stock")
    shutil.copytree(room.root, stock)
    return room, learners, stock


@pytest.mark.slow
def test_ours_are_the_marks_that_the_answers_are_worth(handed_in, exercise, monkeypatch):
    try:
        sandbox()
    except NoSandbox as why:
        pytest.skip(str(why))
    room, learners, _ = handed_in
    monkeypatch.setattr(marker, "answered", lambda box, given, released: answered(box, given, released, Limits(2, 8)))
    assert mark_class(room, exercise).unmarked == {}
    with Gradebook(room, NAME) as gradebook:
        scores = {entry.learner: entry.scores for entry in gradebook.entries()}
    seen = {
        name: tuple(scores[id_][task].auto for task in ("matrix", "cost-benefit")) for name, id_ in learners.items()
    }
    assert seen == {name: fixture.ours or fixture.stock for name, fixture in FIXTURES.items()}
    assert not list(room.root.rglob("side-effect.txt"))


@pytest.mark.slow
@pytest.mark.nbgrader
def test_stock_s_marks_are_the_same_but_for_what_is_explained(handed_in):
    _, learners, stock = handed_in
    marks = stock_marks(stock, [learners[name] for name, f in FIXTURES.items() if f.stock == REJECTED], TIMEOUT)
    seen = {name: marks[learner] for name, learner in learners.items()}
    different = {
        name: f"{seen[name]} and not {FIXTURES[name].stock}" for name in seen if seen[name] != FIXTURES[name].stock
    }
    assert different == {}
    assert list(stock.rglob("side-effect.txt"))
