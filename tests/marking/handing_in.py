"""Making hand-ins for the marking tests."""

import copy
import json
import random
from pathlib import Path

from stock_nbgrader import nbgrader, rows

from cslearn.exercises.exercise import Exercise
from cslearn.exercises.personas import Persona, personas
from cslearn.marking.classroom import Classroom, open_classroom
from cslearn.marking.demo import as_jupyterlab, fill
from cslearn.northfold.case import case

NAME = "choose-an-improvement"


class Desk:
    """Makes hand-ins for one class."""

    def __init__(self, exercise: Exercise, template: Path) -> None:
        self.exercise = exercise
        self.blank = json.loads((template / "release" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8"))
        self.codes = open_classroom(template).codes
        self.expert = next(p for p in personas(exercise) if p.name == "Expert")

    def answers(self, learner: str) -> dict:
        own = case(NAME, code=self.codes[learner])
        return {
            t.name: self.expert.answer(t.name, own, random.Random(1)) for t in self.exercise.tasks if t.award == "auto"
        }

    def notebook(self, learner: str = "L001", text: str = "I recommend A, because it serves trust.", **answers) -> dict:
        """An expert's notebook; ``matrix=...`` replaces one answer."""
        given = {**self.answers(learner), **{name.replace("_", "-"): value for name, value in answers.items()}}
        return fill(self.blank, self.exercise, given, {"recommendation": text}, self.codes[learner])

    def hand_in(self, classroom: Classroom, learner: str, notebook: dict | bytes | None = None) -> Path:
        path = classroom.notebook("submitted", learner, NAME)
        path.parent.mkdir(parents=True, exist_ok=True)
        notebook = self.notebook(learner) if notebook is None else notebook
        path.write_bytes(notebook if isinstance(notebook, bytes) else as_jupyterlab(notebook))
        return path


def hand_in_as(persona: Persona, room: Classroom, learner: str) -> None:
    """A learner of the class hands in what a persona would, with no words of their own."""
    exercise, code = persona.exercise, room.codes[learner]
    own = case(exercise.name, code=code)
    auto = [task.name for task in exercise.tasks if task.award == "auto"]
    answers = {task: persona.answer(task, own, random.Random(1)) for task in auto}
    released = room.root / "release" / exercise.name / f"{exercise.name}.ipynb"
    blank = json.loads(released.read_text(encoding="utf-8"))
    path = room.notebook("submitted", learner, exercise.name)
    path.parent.mkdir(parents=True)
    path.write_bytes(as_jupyterlab(fill(blank, exercise, answers, {}, code)))


def cell(notebook: dict, id_: str) -> dict:
    return next(c for c in notebook["cells"] if c.get("id") == id_)


def changed(notebook: dict, id_: str, source: str) -> dict:
    """A copy with one cell's source replaced."""
    notebook = copy.deepcopy(notebook)
    cell(notebook, id_)["source"] = source
    return notebook


def stock_marks(root: Path, alone: list[str], timeout: int) -> dict[str, tuple | str]:
    """What stock nbgrader gives each learner for both automatic tasks: marks, or "rejected" for no marked notebook.

    Those in ``alone`` get a run of their own, because stock ends the whole batch at some of them.
    """
    submitted = {path.parent.parent.name for path in (root / "submitted").glob(f"*/{NAME}/*.ipynb")}
    for learner in alone:
        (root / "submitted" / learner).rename(root / f"later-{learner}")
    said = [nbgrader(root, "autograde", NAME, f"--Execute.timeout={timeout}").stderr]
    for learner in alone:
        (root / f"later-{learner}").rename(root / "submitted" / learner)
        said.append(nbgrader(root, "autograde", NAME, f"--student={learner}", f"--Execute.timeout={timeout}").stderr)
    query = (
        "select s.student_id, b.name, g.auto_score from grade g join submitted_notebook n on n.id = g.notebook_id "
        "join submitted_assignment s on s.id = n.assignment_id join base_cell b on b.id = g.cell_id"
    )
    scores = {(student, name): score for student, name, score in rows(root, query)}
    there = {path.parent.parent.name for path in (root / "autograded").glob(f"*/{NAME}/{NAME}.ipynb")}
    print("\n".join(text[-2_000:] for text in said))
    return {
        learner: tuple(scores.get((learner, task)) or 0 for task in ("matrix", "cost-benefit"))
        if learner in there
        else "rejected"
        for learner in submitted
    }


# What one run gives anew each time: identifiers and the time of marking.
_PASSING = {"id", "at"}
_IDENTIFIERS = ("assignment_id", "notebook_id", "cell_id")


def records(classroom: Classroom) -> dict[str, list]:
    """Every row of every table that marking writes, whatever kind of database holds it, in one order.

    Identifiers, which are drawn anew, are replaced by the names that they stand for.
    """
    from cslearn.marking import tables
    from cslearn.marking.gradebook import engine_for

    engine = engine_for(classroom.db_url)
    found: dict[str, list] = {}
    with engine.connect() as db:
        names: dict[str, str] = {}
        rows_of = {
            table.name: [dict(row) for row in db.execute(table.select()).mappings()]
            for metadata in (tables.NBGRADER, tables.OURS)
            for table in metadata.sorted_tables
        }
    engine.dispose()
    for table in ("assignment", "notebook", "base_cell"):
        names |= {row["id"]: f"{row['name']} {row.get('type', '')}" for row in rows_of[table]}
    names |= {row["id"]: f"{row['student_id']}" for row in rows_of["submitted_assignment"]}
    names |= {row["id"]: f"notebook of {names[row['assignment_id']]}" for row in rows_of["submitted_notebook"]}
    for table in (
        "student",
        "submitted_assignment",
        "submitted_notebook",
        "grade",
        "comment",
        "cslearn_marking",
        "cslearn_moved",
    ):
        kept = []
        for row in rows_of[table]:
            row = {key: names.get(value, value) if key in _IDENTIFIERS else value for key, value in row.items()}
            row = {key: value for key, value in row.items() if key not in _PASSING or (table, key) == ("student", "id")}
            if "detail" in row:
                row["detail"] = json.loads(row["detail"])
            kept.append(row)
        found[table] = sorted(kept, key=lambda row: json.dumps(row, default=str, sort_keys=True))
    return found
