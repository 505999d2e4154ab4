"""The gradebook's tables are nbgrader's, and no query looks at the whole course to mark one learner."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
import servers
import sqlalchemy as sa
from nbgrader import api

from cslearn.marking import tables
from cslearn.marking.engine import mark_class


@pytest.mark.parametrize("table", tables.NBGRADER.sorted_tables, ids=lambda table: table.name)
def test_each_table_is_nbgrader_s(table):
    theirs = api.Base.metadata.tables[table.name]
    for column in table.columns:
        other = theirs.columns[column.name]
        assert isinstance(column.type, type(other.type))
        assert getattr(column.type, "length", None) == getattr(other.type, "length", None)
        assert (column.nullable, column.primary_key) == (other.nullable, other.primary_key)
    # What we leave out of a row that we write must be nothing in nbgrader's rows too.
    written = {"student", "submitted_assignment", "submitted_notebook", "grade", "comment"}
    for name in set(theirs.columns.keys()) - set(table.columns.keys()) if table.name in written else ():
        assert theirs.columns[name].default is None and theirs.columns[name].nullable


def test_identifiers_are_like_nbgrader_s():
    ours, theirs = tables.new_id(), api.new_uuid()
    assert len(ours) == len(theirs) == 32 and int(ours, 16) and ours != tables.new_id()


def test_marking_imports_no_nbgrader():
    code = (
        "import sys, cslearn.cli, cslearn.marking.engine, cslearn.marking.report; heavy = {'nbgrader', 'nbconvert', 'pandas'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=servers.environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_recording_a_batch_scans_no_table(classroom, desk, exercise, monkeypatch):
    """SQLite itself says how it finds the rows: by an index, whatever the size of the gradebook."""
    asked: list[tuple[str, object]] = []

    def note(connection, cursor, statement, parameters, context, many):
        if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE")):
            asked.append((statement, parameters[0] if many else parameters))

    from cslearn.marking.gradebook import Gradebook

    real = Gradebook.record

    def watched(self, *given):
        sa.event.listen(self.engine, "before_cursor_execute", note)
        try:
            return real(self, *given)
        finally:
            sa.event.remove(self.engine, "before_cursor_execute", note)

    monkeypatch.setattr(Gradebook, "record", watched)
    for learner in ("L001", "L002"):
        desk.hand_in(classroom, learner)
    mark_class(classroom, exercise)
    mark_class(classroom, exercise, again=True)
    assert len(asked) > 10
    with closing(sqlite3.connect(classroom.gradebook)) as db:
        for statement, parameters in asked:
            plan = [row[3] for row in db.execute(f"explain query plan {statement}", parameters)]
            assert not any(step.startswith("SCAN") for step in plan), (statement, plan)
