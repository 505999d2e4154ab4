"""Marks in nbgrader's own gradebook, a batch of submissions in one transaction.

nbgrader's tables are written as nbgrader 0.9.6 writes them (``add_submission`` in
its api.py, ``saveautogrades.py``), only in bulk: it commits after every row, which
costs 126 ms a submission instead of a few. One table of our own stands beside them
with what nbgrader has no place for: the parts of each mark and what was marked with which rules.
"""

import json
import os
import sysconfig
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import sqlalchemy as sa
from nbgrader import api
from nbgrader.utils import parse_utc

from cslearn.marking.classroom import Classroom, Learner
from cslearn.problem import Problem

_OURS = sa.MetaData()
MARKING = sa.Table(
    "cslearn_marking",
    _OURS,
    sa.Column("assignment", sa.String(128), primary_key=True),
    sa.Column("student_id", sa.String(128), primary_key=True),
    # SHA-256 of the submitted file, and of the rules, data and salt it was marked with.
    sa.Column("content", sa.String(64), nullable=False),
    sa.Column("version", sa.String(64), nullable=False),
    sa.Column("marked", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, default=""),
    sa.Column("detail", sa.Text, nullable=False, default="{}"),
    sa.Column("at", sa.DateTime, nullable=False),
)

_ASSIGNMENT = api.Assignment.__table__
_NOTEBOOK = api.Notebook.__table__
_BASE_CELL = api.BaseCell.__table__
_GRADE_CELL = api.GradeCell.__table__
_STUDENT = api.Student.__table__
_SUBMITTED = api.SubmittedAssignment.__table__
_SUBMITTED_NOTEBOOK = api.SubmittedNotebook.__table__
_GRADE = api.Grade.__table__
_COMMENT = api.Comment.__table__


@dataclass(frozen=True)
class Result:
    """What marking one submission gave, ready to be recorded."""

    learner: str
    content: str
    marked: bool
    reason: str = ""
    # Grade cell -> (automatic score or None, whether a person has to look).
    grades: dict[str, tuple[float | None, bool]] = field(default_factory=dict)
    # Answer cells that were handed in as they were released: nbgrader's "No response.".
    unanswered: frozenset[str] = frozenset()
    flagged: bool = False
    faulty: bool = False
    # Whether its answers were learnt by running it in the sandbox.
    sandboxed: bool = False
    timestamp: str | None = None
    detail: str = "{}"
    notebook: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Recorded:
    """What the gradebook remembers of an earlier run."""

    content: str
    version: str
    marked: bool
    reason: str
    waiting: bool


@dataclass(frozen=True)
class Score:
    """One grade cell as the gradebook has it now, a person's mark first."""

    score: float
    maximum: float
    auto: float | None
    manual: float | None
    extra: float | None
    waiting: bool

    @property
    def by_person(self) -> bool:
        return self.manual is not None


@dataclass(frozen=True)
class Entry:
    """One learner's submission as the gradebook has it now."""

    learner: str
    marked: bool
    reason: str
    detail: dict
    scores: dict[str, Score]
    comments: dict[str, str]
    timestamp: datetime | None
    flagged: bool

    @property
    def waiting(self) -> bool:
        return any(score.waiting for score in self.scores.values())


def engine_for(db_url: str) -> sa.Engine:
    """A connection that takes the write lock at the start of a transaction.

    SQLite otherwise takes it at the first write, after the reads that the writes
    depend on, and formgrader may have changed a row in between.
    """
    options = {"connect_args": {"timeout": 60}} if db_url.startswith("sqlite") else {}
    engine = sa.create_engine(db_url, **options)
    if engine.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def _no_implicit_begin(connection, record):
            connection.isolation_level = None

        @sa.event.listens_for(engine, "begin")
        def _begin(connection):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def add_our_table(db_url: str) -> None:
    """Make our own table where it is missing, so that no later reading alters the file."""
    engine = engine_for(db_url)
    _OURS.create_all(engine)
    engine.dispose()


@contextmanager
def scripts_on_path():
    """nbgrader runs the program ``alembic`` when it makes a gradebook; let it find this interpreter's."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = sysconfig.get_path("scripts") + os.pathsep + before
    try:
        yield
    finally:
        os.environ["PATH"] = before


class Gradebook:
    """One exercise in one class's gradebook."""

    def __init__(self, classroom: Classroom, exercise: str) -> None:
        if classroom.db_url.startswith("sqlite") and not classroom.gradebook.exists():
            raise Problem(
                f"{exercise} has not been released in this class: there is no gradebook. "
                f"Run `cslearn release {exercise}` first."
            )
        self.exercise = exercise
        self.roster = classroom.roster
        # Stock nbgrader may have made this gradebook.
        add_our_table(classroom.db_url)
        self.engine = engine_for(classroom.db_url)
        with self.engine.connect() as db:
            row = db.execute(
                sa.select(_ASSIGNMENT.c.id, _NOTEBOOK.c.id)
                .join(_NOTEBOOK, _NOTEBOOK.c.assignment_id == _ASSIGNMENT.c.id)
                .where(_ASSIGNMENT.c.name == exercise, _NOTEBOOK.c.name == exercise)
            ).first()
            if row is None:
                self.engine.dispose()
                raise Problem(f"The gradebook knows no exercise {exercise}; run `cslearn release {exercise}` first.")
            self.assignment_id, self.notebook_id = row
            cells = db.execute(
                sa.select(_BASE_CELL.c.name, _BASE_CELL.c.id, _BASE_CELL.c.type).where(
                    _BASE_CELL.c.notebook_id == self.notebook_id
                )
            ).all()
        self.graded = {name: id_ for name, id_, kind in cells if kind in ("GradeCell", "TaskCell")}
        self.commented = {name: id_ for name, id_, kind in cells if kind in ("SolutionCell", "TaskCell")}

    def __enter__(self) -> "Gradebook":
        return self

    def __exit__(self, *_) -> None:
        self.engine.dispose()

    def recorded(self) -> dict[str, Recorded]:
        """Earlier results by learner id."""
        with self.engine.connect() as db:
            waiting = set(
                db.execute(
                    sa.select(_SUBMITTED.c.student_id)
                    .join(_SUBMITTED_NOTEBOOK, _SUBMITTED_NOTEBOOK.c.assignment_id == _SUBMITTED.c.id)
                    .join(_GRADE, _GRADE.c.notebook_id == _SUBMITTED_NOTEBOOK.c.id)
                    .where(_SUBMITTED.c.assignment_id == self.assignment_id, _GRADE.c.needs_manual_grade)
                ).scalars()
            )
            rows = db.execute(
                sa.select(
                    MARKING.c.student_id,
                    MARKING.c.content,
                    MARKING.c.version,
                    MARKING.c.marked,
                    MARKING.c.reason,
                ).where(MARKING.c.assignment == self.exercise)
            )
            return {learner: Recorded(*rest, waiting=learner in waiting) for learner, *rest in rows}

    def record(self, results: Sequence[Result], version: str) -> None:
        """Write a batch in one transaction. A person's marks and comments stay as they are."""
        now = datetime.now(UTC).replace(tzinfo=None)
        ours = [
            {
                "assignment": self.exercise,
                "student_id": result.learner,
                "content": result.content,
                "version": version,
                "marked": result.marked,
                "reason": result.reason,
                "detail": result.detail,
                "at": now,
            }
            for result in results
        ]
        marked = [result for result in results if result.marked]
        with self.engine.begin() as db:
            self._students(db, [result.learner for result in marked])
            notebooks = self._submissions(db, marked)
            self._grades(db, marked, notebooks)
            self._comments(db, marked, notebooks)
            self._forget(db, [result.learner for result in results])
            if ours:
                db.execute(sa.insert(MARKING), ours)

    def _forget(self, db: sa.Connection, learners: list[str]) -> None:
        db.execute(sa.delete(MARKING).where(MARKING.c.assignment == self.exercise, MARKING.c.student_id.in_(learners)))

    def _students(self, db: sa.Connection, learners: list[str]) -> None:
        known = set(db.execute(sa.select(_STUDENT.c.id).where(_STUDENT.c.id.in_(learners))).scalars())
        new = [self._student(self.roster.get(id_) or Learner(id_, "")) for id_ in learners if id_ not in known]
        if new:
            db.execute(sa.insert(_STUDENT), new)

    @staticmethod
    def _student(learner: Learner) -> dict:
        first, _, last = learner.name.rpartition(" ")
        return {
            "id": learner.id,
            "first_name": first[:128] or None,
            "last_name": last[:128] or None,
            "email": learner.email[:128] or None,
        }

    def _submissions(self, db: sa.Connection, marked: list[Result]) -> dict[str, str]:
        """Submitted notebook ids by learner; missing submissions are added."""
        learners = [result.learner for result in marked]
        known = dict(
            db.execute(
                sa.select(_SUBMITTED.c.student_id, _SUBMITTED.c.id).where(
                    _SUBMITTED.c.assignment_id == self.assignment_id, _SUBMITTED.c.student_id.in_(learners)
                )
            ).all()
        )
        new = []
        for result in marked:
            timestamp = parse_utc(result.timestamp) if result.timestamp else None
            if result.learner not in known:
                known[result.learner] = api.new_uuid()
                new.append(
                    {
                        "id": known[result.learner],
                        "assignment_id": self.assignment_id,
                        "student_id": result.learner,
                        "timestamp": timestamp,
                    }
                )
            elif timestamp is not None:
                db.execute(
                    sa.update(_SUBMITTED).where(_SUBMITTED.c.id == known[result.learner]).values(timestamp=timestamp)
                )
        if new:
            db.execute(sa.insert(_SUBMITTED), new)
        notebooks = dict(
            db.execute(
                sa.select(_SUBMITTED_NOTEBOOK.c.assignment_id, _SUBMITTED_NOTEBOOK.c.id).where(
                    _SUBMITTED_NOTEBOOK.c.notebook_id == self.notebook_id,
                    _SUBMITTED_NOTEBOOK.c.assignment_id.in_(known.values()),
                )
            ).all()
        )
        missing = [
            {"id": api.new_uuid(), "assignment_id": id_, "notebook_id": self.notebook_id, "flagged": False}
            for id_ in known.values()
            if id_ not in notebooks
        ]
        if missing:
            db.execute(sa.insert(_SUBMITTED_NOTEBOOK), missing)
            notebooks.update({row["assignment_id"]: row["id"] for row in missing})
        by_learner = {learner: notebooks[id_] for learner, id_ in known.items()}
        # A flag is for the tutor to take away again.
        if flagged := [by_learner[result.learner] for result in marked if result.flagged]:
            db.execute(sa.update(_SUBMITTED_NOTEBOOK).where(_SUBMITTED_NOTEBOOK.c.id.in_(flagged)).values(flagged=True))
        return by_learner

    def _grades(self, db: sa.Connection, marked: list[Result], notebooks: dict[str, str]) -> None:
        known = {
            (notebook, cell): (id_, manual)
            for id_, notebook, cell, manual in db.execute(
                sa.select(_GRADE.c.id, _GRADE.c.notebook_id, _GRADE.c.cell_id, _GRADE.c.manual_score).where(
                    _GRADE.c.notebook_id.in_(notebooks.values())
                )
            )
        }
        new, changed = [], []
        for result in marked:
            notebook = notebooks[result.learner]
            for name, cell in self.graded.items():
                score, person = result.grades.get(name, (None, True))
                if (notebook, cell) in known:
                    id_, manual = known[notebook, cell]
                    # As in stock: after marking again a person looks at their own mark once more.
                    changed.append(
                        {"b_id": id_, "auto_score": score, "needs_manual_grade": person or manual is not None}
                    )
                else:
                    new.append(
                        {
                            "id": api.new_uuid(),
                            "cell_id": cell,
                            "notebook_id": notebook,
                            "auto_score": score,
                            "needs_manual_grade": person,
                        }
                    )
        if new:
            db.execute(sa.insert(_GRADE), new)
        if changed:
            db.execute(sa.update(_GRADE).where(_GRADE.c.id == sa.bindparam("b_id")), changed)

    def _comments(self, db: sa.Connection, marked: list[Result], notebooks: dict[str, str]) -> None:
        known = {
            (notebook, cell): id_
            for id_, notebook, cell in db.execute(
                sa.select(_COMMENT.c.id, _COMMENT.c.notebook_id, _COMMENT.c.cell_id).where(
                    _COMMENT.c.notebook_id.in_(notebooks.values())
                )
            )
        }
        new, changed = [], []
        for result in marked:
            notebook = notebooks[result.learner]
            for name, cell in self.commented.items():
                comment = "No response." if name in result.unanswered else None
                if (notebook, cell) in known:
                    changed.append({"b_id": known[notebook, cell], "auto_comment": comment})
                else:
                    new.append(
                        {
                            "id": api.new_uuid(),
                            "cell_id": cell,
                            "notebook_id": notebook,
                            "auto_comment": comment,
                        }
                    )
        if new:
            db.execute(sa.insert(_COMMENT), new)
        if changed:
            db.execute(sa.update(_COMMENT).where(_COMMENT.c.id == sa.bindparam("b_id")), changed)

    def entries(self, learners: Iterable[str] | None = None) -> list[Entry]:
        """Every submission that was looked at, with the marks as they are now, in the roster's order."""
        with self.engine.connect() as db:
            scores: dict[str, dict[str, Score]] = defaultdict(dict)
            for learner, cell, maximum, auto, manual, extra, waiting in db.execute(
                sa.select(
                    _SUBMITTED.c.student_id,
                    _BASE_CELL.c.name,
                    _GRADE_CELL.c.max_score,
                    _GRADE.c.auto_score,
                    _GRADE.c.manual_score,
                    _GRADE.c.extra_credit,
                    _GRADE.c.needs_manual_grade,
                )
                .select_from(_GRADE)
                .join(_SUBMITTED_NOTEBOOK, _SUBMITTED_NOTEBOOK.c.id == _GRADE.c.notebook_id)
                .join(_SUBMITTED, _SUBMITTED.c.id == _SUBMITTED_NOTEBOOK.c.assignment_id)
                .join(_BASE_CELL, _BASE_CELL.c.id == _GRADE.c.cell_id)
                .join(_GRADE_CELL, _GRADE_CELL.c.id == _GRADE.c.cell_id)
                .where(_SUBMITTED.c.assignment_id == self.assignment_id)
            ):
                base = manual if manual is not None else auto if auto is not None else 0.0
                scores[learner][cell] = Score(base + (extra or 0.0), maximum, auto, manual, extra, bool(waiting))
            comments: dict[str, dict[str, str]] = defaultdict(dict)
            for learner, cell, automatic, manual in db.execute(
                sa.select(
                    _SUBMITTED.c.student_id,
                    _BASE_CELL.c.name,
                    _COMMENT.c.auto_comment,
                    _COMMENT.c.manual_comment,
                )
                .select_from(_COMMENT)
                .join(_SUBMITTED_NOTEBOOK, _SUBMITTED_NOTEBOOK.c.id == _COMMENT.c.notebook_id)
                .join(_SUBMITTED, _SUBMITTED.c.id == _SUBMITTED_NOTEBOOK.c.assignment_id)
                .join(_BASE_CELL, _BASE_CELL.c.id == _COMMENT.c.cell_id)
                .where(_SUBMITTED.c.assignment_id == self.assignment_id)
            ):
                if comment := manual or automatic:
                    comments[learner][cell] = comment
            submitted = {
                learner: (timestamp, bool(flagged))
                for learner, timestamp, flagged in db.execute(
                    sa.select(_SUBMITTED.c.student_id, _SUBMITTED.c.timestamp, _SUBMITTED_NOTEBOOK.c.flagged)
                    .join(_SUBMITTED_NOTEBOOK, _SUBMITTED_NOTEBOOK.c.assignment_id == _SUBMITTED.c.id)
                    .where(_SUBMITTED.c.assignment_id == self.assignment_id)
                )
            }
            rows = db.execute(
                sa.select(MARKING.c.student_id, MARKING.c.marked, MARKING.c.reason, MARKING.c.detail).where(
                    MARKING.c.assignment == self.exercise
                )
            ).all()
        wanted = None if learners is None else set(learners)
        order = {learner: number for number, learner in enumerate(self.roster)}
        entries = []
        for learner, marked, reason, detail in rows:
            if wanted is not None and learner not in wanted:
                continue
            timestamp, flagged = submitted.get(learner, (None, False))
            entries.append(
                Entry(
                    learner,
                    bool(marked),
                    reason,
                    json.loads(detail),
                    scores[learner],
                    comments[learner],
                    timestamp,
                    flagged,
                )
            )
        return sorted(entries, key=lambda entry: (order.get(entry.learner, len(order)), entry.learner))
