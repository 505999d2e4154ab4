"""The gradebook's tables: nbgrader's own as far as they are read or written here, and ours beside them.

nbgrader's are said once more because importing them from nbgrader loads a web server and its
extensions, which takes longer than marking a class; a test holds them to nbgrader 0.9.6's.
"""

from uuid import uuid4

import sqlalchemy as sa

NBGRADER = sa.MetaData()
OURS = sa.MetaData()


def new_id() -> str:
    """An identifier as nbgrader makes them."""
    return uuid4().hex


COURSE = sa.Table("course", NBGRADER, sa.Column("id", sa.String(128), primary_key=True))
ASSIGNMENT = sa.Table(
    "assignment",
    NBGRADER,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.String(128), nullable=False),
    sa.Column("duedate", sa.DateTime),
    sa.Column("course_id", sa.String(128), nullable=False),
)
NOTEBOOK = sa.Table(
    "notebook",
    NBGRADER,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.String(128), nullable=False),
    sa.Column("assignment_id", sa.String(32)),
)
BASE_CELL = sa.Table(
    "base_cell",
    NBGRADER,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.String(128), nullable=False),
    sa.Column("notebook_id", sa.String(32), nullable=False),
    sa.Column("type", sa.String(50)),
)
GRADE_CELL = sa.Table(
    "grade_cells",
    NBGRADER,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("max_score", sa.Float, nullable=False),
)
# A task that a person marks, without a cell of its own for the answer.
TASK_CELL = sa.Table(
    "task_cells",
    NBGRADER,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("max_score", sa.Float, nullable=False),
)
# Each cell as it was before hidden tests were taken out.
SOURCE_CELL = sa.Table(
    "source_cell",
    NBGRADER,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.String(128), nullable=False),
    sa.Column("cell_type", sa.Enum("code", "markdown", name="source_cell_type"), nullable=False),
    sa.Column("locked", sa.Boolean, nullable=False),
    sa.Column("source", sa.Text),
    sa.Column("checksum", sa.String(128)),
    sa.Column("notebook_id", sa.String(32)),
)
STUDENT = sa.Table(
    "student",
    NBGRADER,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("first_name", sa.String(128)),
    sa.Column("last_name", sa.String(128)),
    sa.Column("email", sa.String(128)),
)
SUBMITTED = sa.Table(
    "submitted_assignment",
    NBGRADER,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("assignment_id", sa.String(32)),
    sa.Column("student_id", sa.String(128)),
    sa.Column("timestamp", sa.DateTime),
    sa.Column("extension", sa.Interval),
)
SUBMITTED_NOTEBOOK = sa.Table(
    "submitted_notebook",
    NBGRADER,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("assignment_id", sa.String(32)),
    sa.Column("notebook_id", sa.String(32)),
    sa.Column("flagged", sa.Boolean),
    sa.Column("late_submission_penalty", sa.Float),
)
GRADE = sa.Table(
    "grade",
    NBGRADER,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("notebook_id", sa.String(32)),
    sa.Column("cell_id", sa.String(32)),
    sa.Column("auto_score", sa.Float),
    sa.Column("manual_score", sa.Float),
    sa.Column("extra_credit", sa.Float),
    sa.Column("needs_manual_grade", sa.Boolean, nullable=False),
)
COMMENT = sa.Table(
    "comment",
    NBGRADER,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("notebook_id", sa.String(32)),
    sa.Column("cell_id", sa.String(32)),
    sa.Column("auto_comment", sa.Text),
    sa.Column("manual_comment", sa.Text),
)

# What nbgrader has no place for: the parts of each mark, and what was marked with which rules.
MARKING = sa.Table(
    "cslearn_marking",
    OURS,
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
# Every mark that changed when a submission was marked again. Written with the mark itself, so that
# no kill can lose it.
MOVED = sa.Table(
    "cslearn_moved",
    OURS,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("assignment", sa.String(128), nullable=False, index=True),
    sa.Column("student_id", sa.String(128), nullable=False),
    sa.Column("task", sa.String(128), nullable=False),
    sa.Column("before", sa.Float),
    sa.Column("after", sa.Float),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)
# When an exercise was handed out: what a learner's extra time of "25%" is a quarter of.
OPENED = sa.Table(
    "cslearn_opened",
    OURS,
    sa.Column("assignment", sa.String(128), primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False),
)
