"""The gradebook is nbgrader's own: stock tools read it, and stock marks are equal."""

import csv
import shutil
import sqlite3
import time

import pytest
import sqlalchemy as sa
from handing_in import NAME, changed
from nbgrader import api
from stock_nbgrader import GRADES, nbgrader, rows

from cslearn.marking.engine import mark_class
from cslearn.marking.gradebook import Gradebook
from cslearn.problem import Problem

COMMENTS = """
select s.student_id, b.name, b.type, c.auto_comment, c.manual_comment
from comment c join submitted_notebook n on n.id = c.notebook_id join submitted_assignment s on s.id = n.assignment_id
join base_cell b on b.id = c.cell_id order by s.student_id, b.name, b.type
"""
SUBMISSIONS = "select student_id, timestamp, extension from submitted_assignment order by student_id"
NOTEBOOKS = "select flagged, late_submission_penalty from submitted_notebook"


def by_hand(classroom, learner: str, cell: str, score: float, comment: str) -> None:
    """A tutor's mark and comment, through nbgrader's own interface, as formgrader gives them."""
    with api.Gradebook(classroom.db_url, "cslearn") as book:
        grade = book.find_grade(cell, NAME, NAME, learner)
        grade.manual_score, grade.needs_manual_grade = score, False
        book.find_comment(cell, NAME, NAME, learner).manual_comment = comment
        book.db.commit()


@pytest.mark.slow
@pytest.mark.nbgrader
def test_stock_nbgrader_gives_honest_submissions_the_same_rows(classroom, desk, exercise, tmp_path, record_property):
    wrong = desk.answers("L003")["matrix"]
    wrong["ranking"] = wrong["ranking"][::-1]
    odd = {**desk.answers("L004")["matrix"], "ranking": "ABC", "totals": {"A": True}, "extra": 1}
    hand_ins = {
        "L001": desk.notebook("L001"),
        "L002": changed(desk.blank, "learner-code", f'learner_code = "{desk.codes["L002"]}"'),
        "L003": desk.notebook("L003", text="", matrix=wrong),
        "L004": desk.notebook("L004", matrix=odd),
        "L005": changed(desk.notebook("L005"), "matrix-answer", "matrix = {'ranking': true}"),
    }
    for learner, notebook in hand_ins.items():
        desk.hand_in(classroom, learner, notebook)
        (classroom.folder("submitted", learner, NAME) / "timestamp.txt").write_text("2024-05-01 10:00:00 UTC")
    stock = tmp_path / "stock"
    shutil.copytree(classroom.root, stock)

    mark_class(classroom, exercise)
    for path in (classroom.root / "submitted").rglob("*.ipynb"):
        path.write_bytes(path.read_bytes() + b" ")
    started = time.perf_counter()
    assert mark_class(classroom, exercise).marked == 5
    ours = (time.perf_counter() - started) / 5
    started = time.perf_counter()
    done = nbgrader(stock, "autograde", NAME)
    theirs = (time.perf_counter() - started) / 5
    assert done.returncode == 0, done.stderr

    for query in (GRADES, COMMENTS, SUBMISSIONS, NOTEBOOKS):
        assert rows(classroom.root, query) == rows(stock, query)
    print(f"ours {ours * 1000:.1f} ms a submission, stock {theirs * 1000:.0f} ms: {theirs / ours:.0f} times")
    assert theirs / ours > 50

    import nbformat

    for learner in hand_ins:
        for task in ("matrix", "cost-benefit"):
            shown = [
                next(
                    c
                    for c in nbformat.read(root / "autograded" / learner / NAME / f"{NAME}.ipynb", 4).cells
                    if c.id == task
                )
                for root in (classroom.root, stock)
            ]
            if learner == "L005" and task == "matrix":
                continue  # there stock shows a NameError, and ours a sentence
            assert shown[0].outputs[0]["data"] == shown[1].outputs[0]["data"]


@pytest.mark.slow
@pytest.mark.nbgrader
def test_stock_export_and_feedback_work_after_us(classroom, desk, exercise):
    for learner in ("L001", "L002"):
        desk.hand_in(classroom, learner)
    mark_class(classroom, exercise)
    by_hand(classroom, "L001", "recommendation", 5.5, "Well argued.")
    done = nbgrader(classroom.root, "export")
    assert done.returncode == 0, done.stderr
    with (classroom.root / "grades.csv").open() as file:
        exported = {row["student_id"]: row for row in csv.DictReader(file)}
    assert float(exported["L001"]["score"]) == 19.5 and float(exported["L002"]["score"]) == 14
    assert exported["L001"]["last_name"] == "Bee" and float(exported["L001"]["max_score"]) == 20
    done = nbgrader(classroom.root, "generate_feedback", NAME)
    assert done.returncode == 0, done.stderr
    page = (classroom.root / "feedback" / "L001" / NAME / f"{NAME}.html").read_text()
    assert "Well argued." in page and "Decision matrix" in page
    assert "For the tutor" not in page


def test_a_person_s_marks_and_comments_survive_marking_again(classroom, desk, exercise):
    desk.hand_in(classroom, "L001")
    mark_class(classroom, exercise)
    by_hand(classroom, "L001", "recommendation", 5, "Say who bears the cost.")
    desk.hand_in(classroom, "L001", desk.notebook("L001", text="A new version."))
    mark_class(classroom, exercise)
    with Gradebook(classroom, NAME) as book:
        (entry,) = book.entries()
    assert entry.scores["recommendation"].manual == 5
    assert entry.comments["recommendation"] == "Say who bears the cost."
    # As in stock: the person looks again, because the text has changed.
    assert entry.scores["recommendation"].waiting


def test_extra_credit_counts(classroom, desk, exercise):
    desk.hand_in(classroom, "L001")
    mark_class(classroom, exercise)
    with api.Gradebook(classroom.db_url, "cslearn") as book:
        book.find_grade("matrix", NAME, NAME, "L001").extra_credit = 1.5
        book.db.commit()
    with Gradebook(classroom, NAME) as book:
        assert book.entries()[0].scores["matrix"].score == 8.5


def test_a_flag_stays_until_a_person_takes_it_away(classroom, desk, exercise):
    desk.hand_in(classroom, "L001", changed(desk.notebook(), "learner-code", 'learner_code = ""'))
    mark_class(classroom, exercise)
    assert rows(classroom.root, NOTEBOOKS) == [(1, None)]
    desk.hand_in(classroom, "L001")
    mark_class(classroom, exercise)
    assert rows(classroom.root, NOTEBOOKS) == [(1, None)]


def test_a_batch_is_one_transaction(classroom, desk, exercise, monkeypatch):
    desk.hand_in(classroom, "L001")

    def fails(self, *_):
        raise sa.exc.OperationalError("disk full", {}, Exception())

    with monkeypatch.context() as patch:
        patch.setattr(Gradebook, "_comments", fails)
        with pytest.raises(sa.exc.OperationalError):
            mark_class(classroom, exercise)
    for table in ("student", "submitted_assignment", "submitted_notebook", "grade", "comment", "cslearn_marking"):
        assert rows(classroom.root, f"select count(*) from {table}") == [(0,)]


def test_an_exercise_the_gradebook_does_not_know_is_one_sentence(classroom):
    with pytest.raises(Problem, match="knows no exercise"):
        Gradebook(classroom, "plan-the-change")
    classroom.gradebook.unlink()
    with pytest.raises(Problem, match="there is no gradebook"):
        Gradebook(classroom, NAME)
    assert not classroom.gradebook.exists()


def test_a_person_at_work_in_formgrader_is_waited_for(classroom, desk, exercise):
    """The gradebook is locked for a moment by another writer; marking waits and nothing is lost."""
    import threading

    desk.hand_in(classroom, "L001")
    other = sqlite3.connect(classroom.gradebook, check_same_thread=False, isolation_level=None)
    other.execute("begin immediate")
    timer = threading.Timer(0.6, lambda: other.execute("commit"))
    timer.start()
    started = time.monotonic()
    assert mark_class(classroom, exercise).marked == 1
    assert time.monotonic() - started > 0.3
    timer.join()
    other.close()
