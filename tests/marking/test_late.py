"""Late work and extra time: as nbgrader has them, with the roster's allowances."""

import csv
import shutil
from datetime import datetime, timedelta

import pytest
from handing_in import NAME
from nbgrader import api
from nbgrader.utils import parse_utc
from stock_nbgrader import nbgrader, rows

from cslearn.marking.classroom import Classroom, open_classroom
from cslearn.marking.engine import mark_class
from cslearn.marking.feedback import feedback
from cslearn.marking.gradebook import Gradebook
from cslearn.marking.release import release
from cslearn.marking.report import report
from cslearn.marking.times import extra_time, read_due, read_time
from cslearn.problem import Problem

DUE = datetime(2024, 5, 1, 12)
LATENESS = "select student_id, timestamp, extension from submitted_assignment order by student_id"
PENALTIES = """
select s.student_id, n.late_submission_penalty from submitted_notebook n
join submitted_assignment s on s.id = n.assignment_id order by s.student_id
"""


def due(classroom: Classroom, method: str = "zero", roster: str | None = None, at: datetime = DUE) -> Classroom:
    """The class with a due date and a choice of what late work costs."""
    settings = classroom.root / "class.yml"
    settings.write_text(settings.read_text().replace("late_work: none", f"late_work: {method}"))
    with api.Gradebook(classroom.db_url, "cslearn") as book:
        book.update_or_create_assignment(NAME, duedate=at)
    if roster is not None:
        (classroom.root / "roster.csv").write_text(f"learner_id,name,email,extra_time\n{roster}")
    return open_classroom(classroom.root)


def hand_in(classroom: Classroom, desk, learner: str, after: timedelta) -> None:
    desk.hand_in(classroom, learner)
    stamp = classroom.folder("submitted", learner, NAME) / "timestamp.txt"
    stamp.write_text((DUE + after).strftime("%Y-%m-%d %H:%M:%S UTC"))


PLAIN = "L001,Ann Bee,,\nL002,Cyril Dee,,\nL003,Zoë O'Hara-Smith,,\nL004,Ann Bee,,\nL005,Edna Foo,,\n"


@pytest.mark.slow
@pytest.mark.nbgrader
@pytest.mark.parametrize("method", ["none", "zero"])
def test_stock_nbgrader_gives_the_same_penalties(classroom, desk, exercise, tmp_path, method):
    classroom = due(classroom, method, PLAIN)
    for learner, after in (("L001", -60), ("L002", 0), ("L003", 1), ("L004", 400_000)):
        hand_in(classroom, desk, learner, timedelta(seconds=after))
    desk.hand_in(classroom, "L005")
    stock = tmp_path / "stock"
    shutil.copytree(classroom.root, stock)
    assert mark_class(classroom, exercise).late == 2
    done = nbgrader(stock, "autograde", NAME)
    assert done.returncode == 0, done.stderr
    for query in (PENALTIES, LATENESS):
        assert rows(classroom.root, query) == rows(stock, query)
    # 14 is what an expert earns by rule.
    costs = 14.0 if method == "zero" else None
    assert [penalty for _, penalty in rows(classroom.root, PENALTIES)] == [None, None, costs, costs, None]


@pytest.mark.parametrize(
    ("extra", "penalty"), [("", 14.0), ("2 days", None), ("47 hours", 14.0), ("2880 minutes", None)]
)
def test_extra_time_of_the_roster_moves_the_due_time_of_that_learner_alone(classroom, desk, exercise, extra, penalty):
    classroom = due(classroom, roster=f"L001,Ann Bee,,{extra}\nL002,Cyril Dee,,\n")
    for learner in ("L001", "L002"):
        hand_in(classroom, desk, learner, timedelta(days=2))
    mark_class(classroom, exercise)
    assert rows(classroom.root, PENALTIES) == [("L001", penalty), ("L002", 14.0)]
    with api.Gradebook(classroom.db_url, "cslearn") as book:
        late = book.find_submission(NAME, "L001").total_seconds_late
        assert (late == 0) == (penalty is None)


def test_a_share_is_of_the_time_since_the_exercise_was_released(classroom, desk, exercise):
    # Released by the fixture a moment ago, due in a year: a quarter more is about 91 days.
    now = datetime.now()
    classroom = due(classroom, roster="L001,Ann Bee,,25%\n", at=now + timedelta(days=365))
    desk.hand_in(classroom, "L001")
    mark_class(classroom, exercise)
    with api.Gradebook(classroom.db_url, "cslearn") as book:
        extension = book.find_submission(NAME, "L001").extension
    assert abs(extension - timedelta(days=365 / 4)) < timedelta(days=1)


def test_an_extension_granted_in_nbgrader_stays(classroom, desk, exercise):
    classroom = due(classroom, roster=PLAIN)
    hand_in(classroom, desk, "L001", timedelta(hours=3))
    mark_class(classroom, exercise)
    assert rows(classroom.root, PENALTIES) == [("L001", 14.0)]
    with api.Gradebook(classroom.db_url, "cslearn") as book:
        book.grant_extension(NAME, "L001", hours=4)
    summary = mark_class(classroom, exercise)
    assert (summary.kept, summary.late) == (1, 0)
    assert rows(classroom.root, PENALTIES) == [("L001", None)]


def test_late_work_is_shown_wherever_marks_are(classroom, desk, exercise):
    classroom = due(classroom, roster=PLAIN)
    hand_in(classroom, desk, "L001", timedelta(hours=26))
    summary = mark_class(classroom, exercise)
    assert any(line.startswith("1 came late") for line in summary.lines({}))
    (page,) = feedback(classroom, exercise)
    text = page.read_text()
    assert "0 of 20" in text and "1 day 2 hours late" in text and "−14" in text
    html, table = report(classroom, [exercise])
    assert "Handed in late: 1" in html.read_text() and "14 marks" in html.read_text()
    with table.open(encoding="utf-8-sig") as file:
        line = next(row for row in csv.DictReader(file) if row["learner_id"] == "L001")
    assert next(value for key, value in line.items() if key.startswith("PR3 marks") or " marks (of 20)" in key) == "0"


@pytest.mark.nbgrader
@pytest.mark.slow
def test_stock_export_takes_the_penalty_off(classroom, desk, exercise):
    classroom = due(classroom, roster=PLAIN)
    hand_in(classroom, desk, "L001", timedelta(hours=1))
    mark_class(classroom, exercise)
    assert nbgrader(classroom.root, "export").returncode == 0
    with (classroom.root / "grades.csv").open() as file:
        (row,) = csv.DictReader(file)
    assert (float(row["raw_score"]), float(row["late_submission_penalty"]), float(row["score"])) == (14, 14, 0)


def test_a_mark_given_later_is_not_a_way_round_the_penalty(classroom, desk, exercise):
    classroom = due(classroom, roster=PLAIN)
    hand_in(classroom, desk, "L001", timedelta(hours=1))
    mark_class(classroom, exercise)
    with api.Gradebook(classroom.db_url, "cslearn") as book:
        book.find_grade("recommendation", NAME, NAME, "L001").manual_score = 6
        book.db.commit()
    mark_class(classroom, exercise)
    with Gradebook(classroom, NAME) as book:
        (entry,) = book.entries()
    assert (entry.penalty, entry.total) == (20.0, 0.0)


def test_marked_again_the_time_of_the_latest_hand_in_counts(classroom, desk, exercise):
    classroom = due(classroom, roster=PLAIN)
    for learner in ("L001", "L002"):
        hand_in(classroom, desk, learner, timedelta(hours=-1))
    assert mark_class(classroom, exercise).late == 0
    hand_in(classroom, desk, "L001", timedelta(hours=1))
    assert mark_class(classroom, exercise, again=True).late == 1
    times = {learner: str(time)[:19] for learner, time, _ in rows(classroom.root, LATENESS)}
    assert times == {"L001": "2024-05-01 13:00:00", "L002": "2024-05-01 11:00:00"}
    assert rows(classroom.root, PENALTIES) == [("L001", 14.0), ("L002", None)]


@pytest.mark.parametrize("again", [False, True])
def test_without_its_due_time_an_exercise_has_no_penalties_left(classroom, desk, exercise, again):
    classroom = due(classroom, roster=PLAIN)
    hand_in(classroom, desk, "L001", timedelta(hours=1))
    mark_class(classroom, exercise)
    with api.Gradebook(classroom.db_url, "cslearn") as book:
        book.find_assignment(NAME).duedate = None
        book.db.commit()
    assert mark_class(classroom, exercise, again=again).late == 0
    assert rows(classroom.root, PENALTIES) == [("L001", None)]


def test_extra_time_that_is_not_understood_stops_before_anything_is_marked(classroom, desk, exercise):
    # Whether or not a due date is set: an allowance must not be lost by a typing mistake.
    desk.hand_in(classroom, "L001")
    (classroom.root / "roster.csv").write_text("learner_id,name,extra_time\nL001,Ann Bee,ask Mr Foo\n")
    with pytest.raises(Problem, match="the extra_time 'ask Mr Foo' of L001 is not understood"):
        mark_class(open_classroom(classroom.root), exercise)
    assert rows(classroom.root, "select count(*) from grade") == [(0,)]


def test_release_sets_the_due_date_and_keeps_it(classroom, exercise):
    release(classroom, exercise, due=DUE)
    release(classroom, exercise)
    with Gradebook(classroom, NAME) as book:
        assert book.due == DUE


@pytest.mark.parametrize(
    "text",
    ["2024-05-01 10:00:00 UTC", "2024-05-01 10:00:00.25 UTC", "2015-02-02 15:58:23.948203 PST", "2024-05-01T10:00",
     "2024-05-01 10:00:00 +0200", "2024-05-01 10:00:00 Europe/Paris", "2024-05-01T10:00:00+02:00"],
)  # fmt: skip
def test_times_are_read_as_nbgrader_reads_them(text):
    assert read_time(text) == parse_utc(text)


def test_a_due_date_is_in_the_tutor_s_own_time(monkeypatch):
    import time

    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    try:
        # British Summer Time is one hour ahead of UTC.
        assert read_due("2024-05-01T17:00") == datetime(2024, 5, 1, 16)
        assert read_due("2024-12-01") == datetime(2024, 12, 1, 23, 59, 59)
        assert read_due("2024-05-01T17:00+00:00") == datetime(2024, 5, 1, 17)
        with pytest.raises(Problem, match="write for example"):
            read_due("3/4/2024")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_extra_time_in_words():
    opened, ends = datetime(2024, 1, 1), datetime(2024, 1, 9)
    for text, hours in (
        ("25%", 48),
        ("12,5 %", 24),
        ("2 days", 48),
        ("1 week", 168),
        ("90 minutes", 1.5),
        ("1.5 Hours", 1.5),
    ):
        assert extra_time(text, opened, ends, "L001") == timedelta(hours=hours)
    assert extra_time(" ", opened, ends, "L001") is None
    for text in ("25", "-2 days", "two days", "3 days and a bit"):
        with pytest.raises(Problem, match="is not understood"):
            extra_time(text, opened, ends, "L001")
    with pytest.raises(Problem, match="how long this exercise was open"):
        extra_time("25%", None, ends, "L001")


def test_the_release_command_takes_a_due_time(classroom, capsys):
    from cslearn.cli import main

    assert main(["release", NAME, "--due", "2026-12-01T17:00+00:00", "--class", str(classroom.root)]) == 0
    with Gradebook(classroom, NAME) as book:
        assert book.due == datetime(2026, 12, 1, 17)
    assert main(["release", NAME, "--due", "soon", "--class", str(classroom.root)]) == 2
    assert "'soon' is not a date" in capsys.readouterr().err
