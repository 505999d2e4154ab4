"""A gradebook in PostgreSQL: the same rows as in SQLite, for us and for stock nbgrader."""

import csv
import os
import shutil
import subprocess
import sys

import pytest
import servers
from handing_in import NAME, changed, records
from nbgrader import api
from stock_nbgrader import nbgrader

from cslearn.marking.classroom import Classroom, open_classroom
from cslearn.marking.engine import mark_class
from cslearn.marking.feedback import feedback
from cslearn.marking.release import release
from cslearn.marking.report import report
from cslearn.problem import Problem


def sharing(classroom: Classroom, folder, address: str) -> Classroom:
    """The same class with its gradebook at this address, nothing released yet."""
    shutil.copytree(classroom.root, folder)
    (folder / "gradebook.db").unlink()
    settings = folder / "class.yml"
    settings.write_text(settings.read_text() + f"\ngradebook: {address}\n")
    return open_classroom(folder)


@pytest.fixture
def shared(classroom, postgresql, tmp_path, exercise) -> Classroom:
    """A class like the other one, released into a database of its own."""
    made = sharing(classroom, tmp_path / "shared", postgresql.database())
    release(made, exercise)
    return made


def hand_ins(desk) -> dict:
    return {
        "L001": desk.notebook("L001"),
        "L002": changed(desk.notebook("L002"), "matrix-answer", "matrix = {'ranking': True}"),
        "L003": b"{",
        # A null and half a surrogate pair, which PostgreSQL takes in no text.
        "L004": changed(desk.notebook("L001"), "matrix-answer", r"matrix = {'ranking': ['\ud800', '\x00']}"),
        "L005": changed(desk.notebook("L005", text="Ünï \u2028 '; drop table grade; --"), "learner-code", ""),
    }


@pytest.mark.slow
def test_postgresql_and_sqlite_hold_the_same_rows(classroom, shared, desk, exercise):
    for learner, notebook in hand_ins(desk).items():
        for room in (classroom, shared):
            desk.hand_in(room, learner, notebook)
            stamp = room.folder("submitted", learner, NAME) / "timestamp.txt"
            stamp.write_text("2024-05-01 10:00:00.5 UTC")
    for room in (classroom, shared):
        summary = mark_class(room, exercise)
        assert (summary.marked, set(summary.unmarked)) == (4, {"L003"})
        with api.Gradebook(room.db_url, "cslearn") as book:
            book.find_grade("recommendation", NAME, NAME, "L001").manual_score = 4.5
            book.find_comment("recommendation", NAME, NAME, "L001").manual_comment = "“Well” — said."
            book.db.commit()
        desk.hand_in(room, "L001", changed(desk.notebook("L001"), "matrix-answer", "matrix = None"))
        assert mark_class(room, exercise).marked == 1
        assert mark_class(room, exercise, again=True).marked == 4
    ours, theirs = records(classroom), records(shared)
    assert ours["cslearn_moved"] and ours["grade"]
    assert theirs == ours
    assert not (shared.root / "gradebook.db").exists()


@pytest.mark.slow
def test_feedback_report_and_a_second_release_work_from_postgresql(shared, desk, exercise):
    desk.hand_in(shared, "L001")
    mark_class(shared, exercise)
    release(shared, exercise)
    assert mark_class(shared, exercise).kept == 1
    assert len(feedback(shared, exercise)) == 1
    page, _ = report(shared, [exercise])
    assert "L001" in page.read_text() and servers.PostgreSQL.password not in page.read_text()


@pytest.mark.slow
@pytest.mark.nbgrader
def test_stock_nbgrader_finds_the_marks_in_postgresql(shared, desk, exercise):
    desk.hand_in(shared, "L001")
    mark_class(shared, exercise)
    done = nbgrader(shared.root, "export")
    assert done.returncode == 0, done.stderr
    with (shared.root / "grades.csv").open() as file:
        exported = {row["student_id"]: row for row in csv.DictReader(file)}
    assert float(exported["L001"]["score"]) == 14


def test_a_gradebook_of_another_course_is_refused(classroom, postgresql, tmp_path):
    address = postgresql.database()
    url = address.replace("postgresql://", "postgresql+psycopg://")
    # nbgrader asks the program alembic, which stands beside Python.
    before, os.environ["PATH"] = os.environ["PATH"], servers.environment()["PATH"]
    try:
        with api.Gradebook(url, "biology") as book:
            book.add_assignment("cells")
    finally:
        os.environ["PATH"] = before
    with pytest.raises(Problem, match="belongs to the course 'biology'"):
        sharing(classroom, tmp_path / "shared", address)


def test_an_empty_database_asks_for_a_release(classroom, postgresql, tmp_path, exercise):
    with pytest.raises(Problem, match="run `cslearn release"):
        mark_class(sharing(classroom, tmp_path / "shared", postgresql.database()), exercise)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("postgresql://tutor:tiger-lily@127.0.0.1:{port}/nothing", "cannot be opened"),
        ("postgresql://tutor:tiger-lily@127.0.0.1:{closed}/class", "cannot be opened"),
        ("postgresql://tutor:tiger-lily@127.0.0.1:port/class", "cannot be read"),
        ("mysql://tutor:tiger-lily@127.0.0.1/class", "must be an address such as"),
    ],
)
def test_a_bad_address_is_one_sentence_without_its_password(classroom, postgresql, tmp_path, address, says):
    folder = tmp_path / "shared"
    shutil.copytree(classroom.root, folder)
    address = address.format(port=postgresql.port, closed=servers.free_port())
    (folder / "class.yml").write_text((folder / "class.yml").read_text() + f"gradebook: {address}\n")
    command = [sys.executable, "-m", "cslearn.cli", "mark", NAME, "--class", str(folder)]
    done = subprocess.run(command, env=servers.environment(), capture_output=True, text=True)
    assert done.returncode == 2
    assert says in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert "tiger-lily" not in done.stdout + done.stderr


def test_the_password_is_not_shown_with_the_class(shared, postgresql):
    assert postgresql.password not in repr(shared) + shared.gradebook_shown
