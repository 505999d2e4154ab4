"""Handing out an exercise: nbgrader's source and release notebooks, and the learner codes."""

import ast
import json
import logging
import os
import re
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import nbformat
import sqlalchemy as sa
from nbgrader import api

from cslearn.exercises.exercise import Exercise
from cslearn.exercises.notebooks import source as source_notebook
from cslearn.exercises.standards import SUFFIX, standards
from cslearn.marking.classroom import COURSE, Classroom, write_codes
from cslearn.marking.files import write_whole
from cslearn.marking.gradebook import add_our_table, engine_for, scripts_on_path
from cslearn.marking.literals import parsed
from cslearn.marking.tables import ASSIGNMENT, OPENED
from cslearn.problem import Problem

# Shorter pieces ("}", "year": 0) stand in every starter as well and betray nothing.
TELLING = 24


def release(classroom: Classroom, exercise: Exercise, due: datetime | None = None) -> Path:
    """Write source/ and release/ through stock nbgrader, then codes.csv. Gives the release notebook.

    Everything is made and proved in a temporary folder beside the class's own ones, and
    only then moved into place. ``due``, in UTC, becomes nbgrader's due date; without it an earlier one stays. Raises Problem when a solution would be handed out, or when
    marks of an earlier, different release would lose their meaning.
    """
    config = _config_file()
    name = exercise.name
    solved = source_notebook(exercise)
    with tempfile.TemporaryDirectory(prefix=".release-", dir=classroom.root) as scratch:
        trial, real = Path(scratch, "trial"), Path(scratch, "real")
        for folder in (trial, real):
            path = folder / "source" / name / f"{name}.ipynb"
            path.parent.mkdir(parents=True)
            nbformat.write(solved, path)
            shutil.copy(config, folder / "nbgrader_config.py")
        # The trial writes into a copy of the gradebook, so that a failure leaves no trace in the real one.
        book = trial / "gradebook.db"
        if classroom.shared_gradebook:
            _copy_gradebook(classroom.db_url, f"sqlite:///{book}")
        elif classroom.gradebook.exists():
            with (
                closing(sqlite3.connect(classroom.gradebook)) as ours,
                closing(sqlite3.connect(book)) as copy,
            ):
                ours.backup(copy)
        _generate(trial, f"sqlite:///{book}", name)
        made = trial / "release" / name / f"{name}.ipynb"
        prove_no_solution(exercise, solved, nbformat.read(made, as_version=4))
        _generate(real, classroom.db_url, name)
        add_our_table(classroom.db_url)
        _note_dates(classroom.db_url, name, due)
        for step in ("source", "release"):
            _move(real / step / name, classroom.root / step / name)
    write_whole(classroom.root / "nbgrader_config.py", config.read_bytes())
    for step in ("submitted", "autograded", "feedback"):
        (classroom.root / step).mkdir(exist_ok=True)
    write_codes(classroom)
    return classroom.released(name)


def _copy_gradebook(source: str, copy: str) -> None:
    """nbgrader's tables of one database in another, whatever kind each of them is."""
    with scripts_on_path(), api.Gradebook(copy, COURSE) as book:
        book.db.commit()
    ours, theirs = engine_for(source), engine_for(copy)
    try:
        with ours.connect() as reading, theirs.begin() as writing:
            found = set(sa.inspect(reading).get_table_names())
            for table in api.Base.metadata.sorted_tables if "assignment" in found else ():
                writing.execute(sa.delete(table))
                if rows := [dict(row) for row in reading.execute(sa.select(table)).mappings()]:
                    writing.execute(sa.insert(table), rows)
    finally:
        ours.dispose()
        theirs.dispose()


def _note_dates(db_url: str, name: str, due: datetime | None) -> None:
    """When the exercise was first handed out, and when it is due."""
    engine = engine_for(db_url)
    try:
        with engine.begin() as db:
            if db.execute(sa.select(OPENED.c.at).where(OPENED.c.assignment == name)).first() is None:
                now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
                db.execute(sa.insert(OPENED), {"assignment": name, "at": now})
            if due is not None:
                db.execute(sa.update(ASSIGNMENT).where(ASSIGNMENT.c.name == name).values(duedate=due))
    finally:
        engine.dispose()


def _config_file() -> Path:
    """nbgrader_config.py: in the package when installed from a wheel, at the top of a checkout otherwise."""
    packaged = Path(str(resources.files("cslearn.marking") / "nbgrader_config.py"))
    checkout = Path(__file__).parents[3] / "nbgrader_config.py"
    for path in (packaged, checkout):
        if path.is_file():
            return path
    raise Problem("cslearn is installed without nbgrader_config.py; install it again.")


def _generate(root: Path, db_url: str, name: str) -> None:
    """Stock nbgrader's generate_assignment, in this process."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader
    from traitlets.log import get_logger

    config = Config(PyFileConfigLoader("nbgrader_config.py", str(root)).load_config())
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.db_url = db_url
    config.CourseDirectory.course_id = COURSE
    config.CourseDirectory.assignment_id = name
    said: list[str] = []
    log = get_logger()
    handler = _Listener(said)
    log.addHandler(handler)
    try:
        with scripts_on_path():
            GenerateAssignment(coursedir=CourseDirectory(config=config), config=config).start()
    # nbgrader raises whatever a preprocessor raised, and its own exception with "please see the log" for the rest.
    except Exception as error:
        detail = said[-1].strip().splitlines()[-1] if said else str(error)
        if "submissions associated with it" in " ".join(said):
            raise Problem(
                f"{name} has other cells now than when it was released, and there are marks for it already; "
                "release the new version in a new class folder."
            ) from error
        raise Problem(f"nbgrader could not release {name}: {detail}") from error
    finally:
        log.removeHandler(handler)


class _Listener(logging.Handler):
    """Keeps what nbgrader says of errors: its exceptions only point to its log."""

    def __init__(self, said: list[str]) -> None:
        super().__init__(level=logging.ERROR)
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def _move(made: Path, place: Path) -> None:
    place.parent.mkdir(exist_ok=True)
    old = made.with_name(f"{made.name}.old")
    if place.exists():
        os.rename(place, old)
    os.rename(made, place)


def prove_no_solution(exercise: Exercise, solved: dict, released: dict) -> None:
    """Raise Problem when the release notebook holds anything of a solution.

    Looked for: nbgrader's marks, every telling line of a solution region, the solved
    answer's own value, model answers, and tutors' standard answers with the reasons for
    their levels. (The levels themselves are for the learner to see.)
    """
    text = _squeezed(" ".join(_strings(json.loads(json.dumps(released)))))
    where = f"{exercise.name} was not released"
    for mark in ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN", "BEGIN MARK SCHEME"):
        if _squeezed(mark) in text:
            raise Problem(f"{where}: a cell still has a line with {mark}; check that each region has its END.")
    starters = {cell.get("id"): cell["source"] for cell in released["cells"]}
    for cell in solved["cells"]:
        regions = re.findall(r"BEGIN SOLUTION[^\n]*\n(.*?)(?:\n[^\n]*END SOLUTION|\Z)", cell["source"], re.DOTALL)
        outside = _squeezed(re.sub(r"BEGIN SOLUTION.*?END SOLUTION", "", cell["source"], flags=re.DOTALL))
        for region in regions:
            for line in (region, *region.splitlines()):
                piece = _squeezed(line)
                if len(piece) >= TELLING and piece in text and piece not in outside:
                    raise Problem(
                        f"{where}: its notebook holds a line of the solution of {cell.get('id')}: {line.strip()[:60]}"
                    )
        starter = starters.get(cell.get("id"))
        if regions and starter is not None and _last_value(starter) == _last_value(cell["source"]) is not None:
            raise Problem(f"{where}: the starter of {cell.get('id')} is the solution itself; blank it.")
    told = [(f"the model answer of {task.name}", task.model_answer) for task in exercise.tasks]
    # An exercise that is still being written may have none yet.
    if exercise.path is not None and exercise.path.with_suffix(SUFFIX).is_file():
        told += [
            (f"a standard answer to {name}", f"{answer.text} {answer.why} {answer.not_higher}")
            for name, answers in standards(exercise).items()
            for answer in answers
        ]
    # A reason may quote its level, which learners see.
    levels = _squeezed(" ".join(str(level["says"]) for task in exercise.tasks for level in task.levels))
    for what, words in told:
        for sentence in re.split(r"(?<=[.!?])\s+", words):
            piece = _squeezed(sentence)
            if len(piece) >= TELLING and piece in text and piece not in levels:
                raise Problem(f"{where}: its notebook holds a sentence of {what}: {sentence[:60]}")


def _squeezed(text: str) -> str:
    return re.sub(r"[\s'\"]+", "", text)


def _strings(value: object):
    """Every string in a notebook, wherever it stands: metadata and outputs leak as well."""
    match value:
        case str():
            yield value
        case dict():
            for key, inner in value.items():
                yield from _strings(key)
                yield from _strings(inner)
        case list():
            for inner in value:
                yield from _strings(inner)


def _last_value(source: str) -> str | None:
    """The last assigned expression of a cell in one spelling, so that layout does not matter."""
    tree = parsed(source)
    values = [node.value for node in tree.body if isinstance(node, ast.Assign)] if tree else []
    return ast.dump(values[-1]) if values else None
