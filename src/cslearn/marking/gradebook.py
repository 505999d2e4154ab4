"""Marks in nbgrader's own gradebook, a batch of submissions in one transaction.

nbgrader's tables are written as nbgrader 0.9.6 writes them (``add_submission`` in
its api.py, ``saveautogrades.py``, ``latesubmissions.py``), only in bulk: it commits after every
row, which costs 126 ms a submission instead of a few. Tables of our own stand beside them
with what nbgrader has no place for. SQLite in the class folder or PostgreSQL by URL, the same rows either way.
"""

import json
import os
import sysconfig
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

import sqlalchemy as sa

from cslearn.marking.classroom import Classroom, Learner
from cslearn.marking.marker import Result
from cslearn.marking.moved import Moved, moved
from cslearn.marking.stock_style import SourceCell
from cslearn.marking.tables import (
    ASSIGNMENT,
    BASE_CELL,
    COMMENT,
    GRADE,
    GRADE_CELL,
    MARKING,
    MOVED,
    NOTEBOOK,
    OPENED,
    OURS,
    SOURCE_CELL,
    STUDENT,
    SUBMITTED,
    SUBMITTED_NOTEBOOK,
    TASK_CELL,
    new_id,
)
from cslearn.marking.times import extra_time, read_time
from cslearn.problem import Problem


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
    # How long after its due time, extra time included, it was handed in; and what that costs.
    late: timedelta = timedelta(0)
    penalty: float = 0.0

    @property
    def waiting(self) -> bool:
        return any(score.waiting for score in self.scores.values())

    @property
    def total(self) -> float:
        """All marks, less what being late costs, as nbgrader's export gives them."""
        return max(0.0, sum(score.score for score in self.scores.values()) - self.penalty)


def engine_for(db_url: str) -> sa.Engine:
    """A connection that takes the write lock at the start of a transaction.

    SQLite otherwise takes it at the first write, after the reads that the writes
    depend on, and formgrader may have changed a row in between.
    """
    waits = {"timeout": 60} if db_url.startswith("sqlite") else {"connect_timeout": 15}
    engine = sa.create_engine(db_url, connect_args=waits)
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
    OURS.create_all(engine)
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


# A grade as nbgrader counts it: a person's mark before the rule's, and extra credit on top of either.
_GIVEN = sa.func.coalesce(GRADE.c.manual_score, GRADE.c.auto_score)
_SCORE = sa.case((_GIVEN.is_not(None), _GIVEN + sa.func.coalesce(GRADE.c.extra_credit, 0.0)), else_=0.0)


def _late(handed_in: datetime | None, due: datetime | None, extra: timedelta | None) -> timedelta:
    """How long after the due time; nothing where either is unknown."""
    if handed_in is None or due is None:
        return timedelta(0)
    return max(handed_in - due - (extra or timedelta(0)), timedelta(0))


def _storable(text: str) -> str:
    """Text that every database takes: SQLite refuses half a surrogate pair, PostgreSQL a null as well."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


class Gradebook:
    """One exercise in one class's gradebook."""

    def __init__(self, classroom: Classroom, exercise: str) -> None:
        if not classroom.has_gradebook:
            raise Problem(
                f"{exercise} has not been released in this class: there is no gradebook. "
                f"Run `cslearn release {exercise}` first."
            )
        self.exercise = exercise
        self.roster = classroom.roster
        self.late_work = classroom.late_work
        # Stock nbgrader may have made this gradebook.
        add_our_table(classroom.db_url)
        self.engine = engine_for(classroom.db_url)
        try:
            self._find(exercise)
        except BaseException:
            self.engine.dispose()
            raise

    def _find(self, exercise: str) -> None:
        with self.engine.connect() as db:
            row = None
            if sa.inspect(db).has_table(ASSIGNMENT.name):
                row = db.execute(
                    sa.select(ASSIGNMENT.c.id, NOTEBOOK.c.id, ASSIGNMENT.c.duedate)
                    .join(NOTEBOOK, NOTEBOOK.c.assignment_id == ASSIGNMENT.c.id)
                    .where(ASSIGNMENT.c.name == exercise, NOTEBOOK.c.name == exercise)
                ).first()
            if row is None:
                raise Problem(f"The gradebook knows no exercise {exercise}; run `cslearn release {exercise}` first.")
            self.assignment_id, self.notebook_id, self.due = row
            self.opened = db.execute(sa.select(OPENED.c.at).where(OPENED.c.assignment == exercise)).scalar()
            cells = db.execute(
                sa.select(BASE_CELL.c.name, BASE_CELL.c.id, BASE_CELL.c.type).where(
                    BASE_CELL.c.notebook_id == self.notebook_id
                )
            ).all()
        self.graded = {name: id_ for name, id_, kind in cells if kind in ("GradeCell", "TaskCell")}
        self.commented = {name: id_ for name, id_, kind in cells if kind in ("SolutionCell", "TaskCell")}

    @cached_property
    def extra(self) -> dict[str, timedelta]:
        """How much later than the due date each learner is due, by the roster. Raises Problem for what is not understood."""
        if self.due is None:
            return {}
        times = (
            (learner.id, extra_time(learner.extra_time, self.opened, self.due, learner.id))
            for learner in self.roster.values()
        )
        return {learner: extra for learner, extra in times if extra is not None}

    @cached_property
    def sources(self) -> dict[str, SourceCell]:
        """nbgrader's cells by name, as they were before hidden tests were taken out for the learner."""
        with self.engine.connect() as db:
            rows = db.execute(
                sa.select(
                    SOURCE_CELL.c.name,
                    SOURCE_CELL.c.cell_type,
                    SOURCE_CELL.c.locked,
                    SOURCE_CELL.c.source,
                    SOURCE_CELL.c.checksum,
                ).where(SOURCE_CELL.c.notebook_id == self.notebook_id)
            ).all()
        return {
            name: SourceCell(kind, bool(locked), source or "", checksum or "")
            for name, kind, locked, source, checksum in rows
        }

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """One transaction, and no other marker at work in the meantime."""
        with self.engine.begin() as db:
            if db.dialect.name == "postgresql":
                # SQLite's write lock does this by itself. Formgrader is not kept waiting.
                db.execute(sa.text("LOCK TABLE cslearn_marking IN SHARE ROW EXCLUSIVE MODE"))
            yield db

    def __enter__(self) -> "Gradebook":
        return self

    def __exit__(self, *_) -> None:
        self.engine.dispose()

    def recorded(self) -> dict[str, Recorded]:
        """Earlier results by learner id."""
        with self.engine.connect() as db:
            waiting = set(
                db.execute(
                    sa.select(SUBMITTED.c.student_id)
                    .join(SUBMITTED_NOTEBOOK, SUBMITTED_NOTEBOOK.c.assignment_id == SUBMITTED.c.id)
                    .join(GRADE, GRADE.c.notebook_id == SUBMITTED_NOTEBOOK.c.id)
                    .where(SUBMITTED.c.assignment_id == self.assignment_id, GRADE.c.needs_manual_grade)
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

    def record(self, results: Sequence[Result], version: str) -> list[Moved]:
        """Write a batch in one transaction, and give the marks that moved. A person's marks and comments stay."""
        now = datetime.now(UTC).replace(tzinfo=None)
        ours = [
            {
                "assignment": self.exercise,
                "student_id": result.learner,
                "content": result.content,
                "version": version,
                "marked": result.marked,
                "reason": _storable(result.reason),
                "detail": _storable(result.detail),
                "at": now,
            }
            for result in results
        ]
        marked = [result for result in results if result.marked]
        with self._writing() as db:
            self._students(db, [result.learner for result in marked])
            notebooks = self._submissions(db, marked)
            own = self._grades(db, marked, notebooks)
            self._comments(db, marked, notebooks)
            # Without a due time nobody is late; what an earlier one cost is settled when the run ends.
            if self.due is not None:
                self._penalties(db, list(notebooks))
            changes = self._moved(db, marked, own, now)
            self._forget(db, [result.learner for result in results])
            if ours:
                db.execute(sa.insert(MARKING), ours)
        return changes

    def _moved(
        self, db: sa.Connection, marked: list[Result], own: dict[tuple[str, str], float], now: datetime
    ) -> list[Moved]:
        learners = [result.learner for result in marked]
        earlier = {
            learner: (content, detail)
            for learner, content, detail in db.execute(
                sa.select(MARKING.c.student_id, MARKING.c.content, MARKING.c.detail).where(
                    MARKING.c.assignment == self.exercise, MARKING.c.student_id.in_(learners), MARKING.c.marked
                )
            )
        }
        changes = [
            replace(change, own=own.get((result.learner, change.task)))
            for result in marked
            for content, detail in [earlier.get(result.learner, ("", result.detail))]
            # Nearly always the same text, and reading it took longer than the rest.
            if detail != _storable(result.detail)
            for change in moved(
                result.learner, json.loads(detail), json.loads(result.detail), anew=content != result.content
            )
        ]
        if changes:
            kept = [
                {
                    "id": new_id(),
                    "assignment": self.exercise,
                    "student_id": change.learner,
                    "task": change.task,
                    "before": change.before,
                    "after": change.after,
                    "why": _storable(change.why),
                    "at": now,
                }
                for change in changes
            ]
            db.execute(sa.insert(MOVED), kept)
        return changes

    def moves(self) -> list[tuple[datetime, Moved]]:
        """Every mark by rule that ever moved, the latest first."""
        with self.engine.connect() as db:
            rows = db.execute(
                sa.select(MOVED.c.at, MOVED.c.student_id, MOVED.c.task, MOVED.c.before, MOVED.c.after, MOVED.c.why)
                .where(MOVED.c.assignment == self.exercise)
                .order_by(MOVED.c.at.desc(), MOVED.c.student_id, MOVED.c.task)
            )
            return [(at, Moved(*change)) for at, *change in rows]

    def settle_late(self) -> int:
        """Work out again what being late costs everybody: due times, extra time or a person's marks may have changed.

        Gives the number of late submissions.
        """
        with self._writing() as db:
            return self._penalties(db, None)

    def _penalties(self, db: sa.Connection, learners: list[str] | None) -> int:
        """As nbgrader's AssignLatePenalties with its own plugin: nothing, or all marks that there are so far."""
        among = SUBMITTED.c.assignment_id == self.assignment_id
        if learners is not None:
            among &= SUBMITTED.c.student_id.in_(learners)
        score = sa.func.coalesce(sa.func.sum(_SCORE), 0.0)
        # With both halves of its unique index, or every grade of the course would be looked at.
        grades = (GRADE.c.notebook_id == SUBMITTED_NOTEBOOK.c.id) & GRADE.c.cell_id.in_(self.graded.values())
        rows = db.execute(
            sa.select(
                SUBMITTED.c.id,
                SUBMITTED.c.student_id,
                SUBMITTED.c.timestamp,
                SUBMITTED.c.extension,
                SUBMITTED_NOTEBOOK.c.id,
                SUBMITTED_NOTEBOOK.c.late_submission_penalty,
                sa.select(score).where(grades).scalar_subquery(),
            )
            .join(
                SUBMITTED_NOTEBOOK,
                (SUBMITTED_NOTEBOOK.c.assignment_id == SUBMITTED.c.id)
                & (SUBMITTED_NOTEBOOK.c.notebook_id == self.notebook_id),
            )
            .where(among)
        ).all()
        late, extended, changed = 0, [], []
        for submitted, learner, handed_in, extension, notebook, penalty, marks in rows:
            # An extension that was granted in nbgrader stays, unless the roster speaks for this learner.
            if (granted := self.extra.get(learner, extension)) != extension:
                extended.append({"b_id": submitted, "extension": granted})
            is_late = _late(handed_in, self.due, granted) > timedelta(0)
            late += is_late
            costs = marks if is_late and self.late_work == "zero" else None
            if costs != penalty:
                changed.append({"b_id": notebook, "late_submission_penalty": costs})
        if extended:
            db.execute(sa.update(SUBMITTED).where(SUBMITTED.c.id == sa.bindparam("b_id")), extended)
        if changed:
            db.execute(sa.update(SUBMITTED_NOTEBOOK).where(SUBMITTED_NOTEBOOK.c.id == sa.bindparam("b_id")), changed)
        return late

    def _forget(self, db: sa.Connection, learners: list[str]) -> None:
        db.execute(sa.delete(MARKING).where(MARKING.c.assignment == self.exercise, MARKING.c.student_id.in_(learners)))

    def _students(self, db: sa.Connection, learners: list[str]) -> None:
        known = set(db.execute(sa.select(STUDENT.c.id).where(STUDENT.c.id.in_(learners))).scalars())
        new = [self._student(self.roster.get(id_) or Learner(id_, "")) for id_ in learners if id_ not in known]
        if new:
            db.execute(sa.insert(STUDENT), new)

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
        rows = db.execute(
            sa.select(SUBMITTED.c.student_id, SUBMITTED.c.id, SUBMITTED.c.timestamp).where(
                SUBMITTED.c.assignment_id == self.assignment_id, SUBMITTED.c.student_id.in_(learners)
            )
        ).all()
        known = {learner: id_ for learner, id_, _ in rows}
        handed_in = {learner: timestamp for learner, _, timestamp in rows}
        new, changed = [], []
        for result in marked:
            timestamp = read_time(result.timestamp) if result.timestamp else None
            if result.learner not in known:
                known[result.learner] = new_id()
                new.append(
                    {
                        "id": known[result.learner],
                        "assignment_id": self.assignment_id,
                        "student_id": result.learner,
                        "timestamp": timestamp,
                    }
                )
            elif timestamp not in (None, handed_in.get(result.learner)):
                changed.append({"b_id": known[result.learner], "timestamp": timestamp})
        if new:
            db.execute(sa.insert(SUBMITTED), new)
        if changed:
            db.execute(sa.update(SUBMITTED).where(SUBMITTED.c.id == sa.bindparam("b_id")), changed)
        notebooks = dict(
            db.execute(
                sa.select(SUBMITTED_NOTEBOOK.c.assignment_id, SUBMITTED_NOTEBOOK.c.id).where(
                    SUBMITTED_NOTEBOOK.c.notebook_id == self.notebook_id,
                    SUBMITTED_NOTEBOOK.c.assignment_id.in_(known.values()),
                )
            ).all()
        )
        missing = [
            {"id": new_id(), "assignment_id": id_, "notebook_id": self.notebook_id, "flagged": False}
            for id_ in known.values()
            if id_ not in notebooks
        ]
        if missing:
            db.execute(sa.insert(SUBMITTED_NOTEBOOK), missing)
            notebooks.update({row["assignment_id"]: row["id"] for row in missing})
        by_learner = {learner: notebooks[id_] for learner, id_ in known.items()}
        # A flag is for the tutor to take away again.
        if flagged := [by_learner[result.learner] for result in marked if result.flagged]:
            db.execute(sa.update(SUBMITTED_NOTEBOOK).where(SUBMITTED_NOTEBOOK.c.id.in_(flagged)).values(flagged=True))
        return by_learner

    def _grades(
        self, db: sa.Connection, marked: list[Result], notebooks: dict[str, str]
    ) -> dict[tuple[str, str], float]:
        """Write the marks by rule; give a person's own marks among them by learner and cell."""
        known = {
            (notebook, cell): rest
            for notebook, cell, *rest in db.execute(
                # With both halves of its unique index, or every grade of the course would be looked at.
                sa.select(
                    GRADE.c.notebook_id,
                    GRADE.c.cell_id,
                    GRADE.c.id,
                    GRADE.c.manual_score,
                    GRADE.c.auto_score,
                    GRADE.c.needs_manual_grade,
                )
                .where(GRADE.c.cell_id.in_(self.graded.values()), GRADE.c.notebook_id.in_(notebooks.values()))
                .with_for_update()
            ).all()
        }
        new, changed, own = [], [], {}
        for result in marked:
            notebook = notebooks[result.learner]
            for name, cell in self.graded.items():
                score, person = result.grades.get(name, (None, True))
                if (notebook, cell) in known:
                    id_, manual, *now = known[notebook, cell]
                    if manual is not None:
                        own[result.learner, name] = manual
                    # As in stock: after marking again a person looks at their own mark once more.
                    waits = person or manual is not None
                    if now != [score, waits]:
                        changed.append({"b_id": id_, "auto_score": score, "needs_manual_grade": waits})
                else:
                    new.append(
                        {
                            "id": new_id(),
                            "cell_id": cell,
                            "notebook_id": notebook,
                            "auto_score": score,
                            "needs_manual_grade": person,
                        }
                    )
        if new:
            db.execute(sa.insert(GRADE), new)
        if changed:
            db.execute(sa.update(GRADE).where(GRADE.c.id == sa.bindparam("b_id")), changed)
        return own

    def _comments(self, db: sa.Connection, marked: list[Result], notebooks: dict[str, str]) -> None:
        known = {
            (notebook, cell): rest
            for notebook, cell, *rest in db.execute(
                sa.select(COMMENT.c.notebook_id, COMMENT.c.cell_id, COMMENT.c.id, COMMENT.c.auto_comment).where(
                    COMMENT.c.cell_id.in_(self.commented.values()), COMMENT.c.notebook_id.in_(notebooks.values())
                )
            ).all()
        }
        new, changed = [], []
        for result in marked:
            notebook = notebooks[result.learner]
            for name, cell in self.commented.items():
                comment = "No response." if name in result.unanswered else None
                if (notebook, cell) in known:
                    id_, now = known[notebook, cell]
                    if now != comment:
                        changed.append({"b_id": id_, "auto_comment": comment})
                else:
                    new.append(
                        {
                            "id": new_id(),
                            "cell_id": cell,
                            "notebook_id": notebook,
                            "auto_comment": comment,
                        }
                    )
        if new:
            db.execute(sa.insert(COMMENT), new)
        if changed:
            db.execute(sa.update(COMMENT).where(COMMENT.c.id == sa.bindparam("b_id")), changed)

    def entries(self, learners: Iterable[str] | None = None) -> list[Entry]:
        """Every submission that was looked at, with the marks as they are now, in the roster's order."""
        with self.engine.connect() as db:
            scores: dict[str, dict[str, Score]] = defaultdict(dict)
            for learner, cell, maximum, auto, manual, extra, waiting in db.execute(
                sa.select(
                    SUBMITTED.c.student_id,
                    BASE_CELL.c.name,
                    sa.func.coalesce(GRADE_CELL.c.max_score, TASK_CELL.c.max_score, 0.0),
                    GRADE.c.auto_score,
                    GRADE.c.manual_score,
                    GRADE.c.extra_credit,
                    GRADE.c.needs_manual_grade,
                )
                .select_from(GRADE)
                .join(SUBMITTED_NOTEBOOK, SUBMITTED_NOTEBOOK.c.id == GRADE.c.notebook_id)
                .join(SUBMITTED, SUBMITTED.c.id == SUBMITTED_NOTEBOOK.c.assignment_id)
                .join(BASE_CELL, BASE_CELL.c.id == GRADE.c.cell_id)
                .outerjoin(GRADE_CELL, GRADE_CELL.c.id == GRADE.c.cell_id)
                .outerjoin(TASK_CELL, TASK_CELL.c.id == GRADE.c.cell_id)
                .where(SUBMITTED.c.assignment_id == self.assignment_id)
            ):
                base = manual if manual is not None else auto if auto is not None else 0.0
                scores[learner][cell] = Score(base + (extra or 0.0), maximum, auto, manual, extra, bool(waiting))
            comments: dict[str, dict[str, str]] = defaultdict(dict)
            for learner, cell, automatic, manual in db.execute(
                sa.select(
                    SUBMITTED.c.student_id,
                    BASE_CELL.c.name,
                    COMMENT.c.auto_comment,
                    COMMENT.c.manual_comment,
                )
                .select_from(COMMENT)
                .join(SUBMITTED_NOTEBOOK, SUBMITTED_NOTEBOOK.c.id == COMMENT.c.notebook_id)
                .join(SUBMITTED, SUBMITTED.c.id == SUBMITTED_NOTEBOOK.c.assignment_id)
                .join(BASE_CELL, BASE_CELL.c.id == COMMENT.c.cell_id)
                .where(SUBMITTED.c.assignment_id == self.assignment_id)
            ):
                if comment := manual or automatic:
                    comments[learner][cell] = comment
            submitted = {
                learner: (timestamp, bool(flagged), _late(timestamp, self.due, extension), penalty or 0.0)
                for learner, timestamp, extension, flagged, penalty in db.execute(
                    sa.select(
                        SUBMITTED.c.student_id,
                        SUBMITTED.c.timestamp,
                        SUBMITTED.c.extension,
                        SUBMITTED_NOTEBOOK.c.flagged,
                        SUBMITTED_NOTEBOOK.c.late_submission_penalty,
                    )
                    .join(SUBMITTED_NOTEBOOK, SUBMITTED_NOTEBOOK.c.assignment_id == SUBMITTED.c.id)
                    .where(SUBMITTED.c.assignment_id == self.assignment_id)
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
            entries.append(
                Entry(
                    learner,
                    bool(marked),
                    reason,
                    json.loads(detail),
                    scores[learner],
                    comments[learner],
                    *submitted.get(learner, (None, False)),
                )
            )
        return sorted(entries, key=lambda entry: (order.get(entry.learner, len(order)), entry.learner))
