"""Stock nbgrader on a class folder, for the marks that ours are held against."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import cslearn
from cslearn.marking.classroom import Classroom, create_classroom
from cslearn.marking.demo import SALT, roster_csv
from cslearn.marking.release import release

GRADES = """
select s.student_id, b.name, b.type, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade
from grade g join submitted_notebook n on n.id = g.notebook_id join submitted_assignment s on s.id = n.assignment_id
join base_cell b on b.id = g.cell_id order by s.student_id, b.name, b.type
"""


def class_of(root: Path, size: int, exercise) -> Classroom:
    """A class of so many, with the exercise released."""
    people = "".join(f"P{number:03},Number {number},,\n" for number in range(size))
    (root / "roster.csv").write_text(f"{roster_csv().splitlines()[0]}\n{people}", encoding="utf-8")
    room = create_classroom(root, salt=SALT)
    release(room, exercise)
    return room


def rows(root: Path, query: str) -> list:
    with closing(sqlite3.connect(root / "gradebook.db")) as db:
        return db.execute(query).fetchall()


def nbgrader(root: Path, *arguments: str) -> subprocess.CompletedProcess:
    source = Path(cslearn.__file__).parents[1]
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": f"{source}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
    }
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=root, env=environment, capture_output=True, text=True
    )
