"""The sample class: the same in every run, and it shows what a tutor will meet."""

import os
import shutil

import pytest
from handing_in import NAME
from stock_nbgrader import GRADES, nbgrader, rows

from cslearn.marking.classroom import create_classroom, open_classroom
from cslearn.marking.demo import HANDED_IN, NAMES, SALT, demo, moodle_zip, roster_csv, sample_class
from cslearn.marking.gradebook import Gradebook
from cslearn.marking.intake import collect
from cslearn.marking.release import release
from cslearn.problem import Problem


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    into = tmp_path_factory.mktemp("demo") / "sample"
    said: list[str] = []
    return demo(into, said.append, [NAME]), said


@pytest.mark.slow
def test_the_sample_class_goes_all_the_way(sample):
    room, said = sample
    assert [line[0] for line in said if line[0].isdigit()] == ["1", "2", "3", "4", "5"]
    assert (room.root / "report.html").is_file() and (room.root / "report.csv").is_file()
    assert any(str(room.root / "report.html") in line for line in said)
    with Gradebook(room, NAME) as book:
        entries = {entry.learner: entry for entry in book.entries()}
    assert len(entries) == HANDED_IN == 30 and len(NAMES) == 32
    unmarked = {learner: entry.reason for learner, entry in entries.items() if not entry.marked}
    assert "cut off" in unmarked.pop("NH019")
    # On a machine without a sandbox, code in an answer is listed instead.
    if entries["NH023"].marked:
        assert unmarked == {} and entries["NH023"].detail["sandboxed"]
        assert "   1 held code and was run in the sandbox." in said
        page = (room.root / "report.html").read_text(encoding="utf-8")
        assert page.count("The notebook holds code; it was run in the sandbox.") == 1
    else:
        assert list(unmarked) == ["NH023"] and "its code was not run" in unmarked["NH023"]
    totals = [sum(score.score for score in entry.scores.values()) for entry in entries.values() if entry.marked]
    assert min(totals) == 0 and max(totals) == 14
    assert any(entry.waiting for entry in entries.values())
    assert all(score.manual is None for entry in entries.values() for score in entry.scores.values())
    assert [learner for learner, entry in entries.items() if entry.flagged] == ["NH025", "NH027"]


@pytest.mark.slow
def test_a_clumsy_expert_earns_what_a_tidy_one_does(sample):
    """Repairs cost nothing: every clumsy hand-in that could be read has the marks of its persona."""
    room, _ = sample
    with Gradebook(room, NAME) as book:
        notes = {entry.learner: entry.detail.get("repairs", []) for entry in book.entries()}
    for learner in ("NH004", "NH007", "NH010", "NH012", "NH014", "NH016", "NH029"):
        assert notes[learner], learner
    for learner in ("NH001", "NH002", "NH017", "NH021"):
        assert not notes[learner], learner


@pytest.mark.slow
def test_it_is_the_same_in_every_run_and_with_either_moodle_layout(sample, tmp_path, exercise):
    room, _ = sample
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "roster.csv").write_text(roster_csv(), encoding="utf-8")
    again = create_classroom(tmp_path / "again", salt=SALT)
    release(again, exercise)
    samples = sample_class(again, exercise)
    for one in samples:
        assert room.notebook("submitted", one.learner.id, NAME).read_bytes() == one.data
    (tmp_path / "flat.zip").write_bytes(moodle_zip(samples, folders=False))
    result = collect(again, tmp_path / "flat.zip", exercise)
    assert len(result.taken) == 30 and result.left_out == []


@pytest.mark.slow
def test_the_report_points_out_the_copied_text(sample):
    room, _ = sample
    page = (room.root / "report.html").read_text(encoding="utf-8")
    assert "word for word the same text as NH028" in page and "word for word the same text as NH013" in page
    assert page.count("word for word") == 2


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(Problem, match="no earlier demo"):
        demo(tmp_path, lambda line: None, [NAME])
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.slow
def test_an_earlier_demo_is_made_again(sample, tmp_path):
    room, _ = sample
    copy = tmp_path / "copy"
    shutil.copytree(room.root, copy)
    (copy / "report.html").write_text("old")
    demo(copy, lambda line: None, [NAME])
    assert (copy / "report.html").read_bytes() == (room.root / "report.html").read_bytes()


# What stock nbgrader marks as it stands; the other clumsy ones it rejects, or marks by other cells.
HONEST = ("a check cell edited", "saved outputs", "another file name", "code in an answer", "a scratch cell")


@pytest.mark.slow
@pytest.mark.nbgrader
def test_stock_nbgrader_gives_every_honest_sample_the_same_grades(sample, tmp_path, exercise):
    room, _ = sample
    stock = tmp_path / "stock"
    stock.mkdir()
    for kept in ("class.yml", "roster.csv"):
        shutil.copy(room.root / kept, stock)
    release(open_classroom(stock), exercise)
    with Gradebook(room, NAME) as book:
        marked = {entry.learner for entry in book.entries() if entry.marked}
    honest = [one.learner.id for one in sample_class(room, exercise) if not one.says or one.says in HONEST]
    assert len(honest) == 22
    # Without a sandbox on this machine, the one with code waits.
    honest = [learner for learner in honest if learner in marked]
    assert len(honest) >= 21
    if not os.environ.get("CSLEARN_CLASS"):
        # One of each kind: stock takes its seconds for each notebook.
        kinds = {one.says: one.learner.id for one in sample_class(room, exercise) if one.learner.id in honest}
        honest = [*kinds.values()]
    for learner in honest:
        shutil.copytree(room.root / "submitted" / learner, stock / "submitted" / learner)
    done = nbgrader(stock, "autograde", NAME)
    assert done.returncode == 0, done.stderr
    theirs = rows(stock, GRADES)
    ours = [row for row in rows(room.root, GRADES) if row[0] in honest]
    assert len(theirs) == len(honest) * 3
    assert ours == theirs
