"""Marking again: every mark that moved is shown, with what it was, what it is and why."""

import copy
import dataclasses

import pytest
from handing_in import NAME, changed
from nbgrader import api

import cslearn.marking.engine as engine
import cslearn.marking.marker as marker
from cslearn.cli import main
from cslearn.exercises.check import mark_answer
from cslearn.marking.engine import mark_class
from cslearn.marking.gradebook import Gradebook
from cslearn.marking.moved import Moved, moved
from cslearn.marking.report import report


def detail(*parts, faults=()) -> dict:
    tasks = (
        {"matrix": {"marks": sum(part[1] for part in parts), "parts": [list(part) for part in parts]}} if parts else {}
    )
    return {"tasks": tasks, "faults": dict.fromkeys(faults, "ZeroDivisionError")}


def test_part_by_part_what_differs_is_said_and_nothing_else():
    before = detail(("totals", 1, 3, "Two are wrong."), ("ranking", 2, 2, "Right."), ("old_part", 1, 1, "Yes."))
    after = detail(("totals", 3, 3, "All are right."), ("ranking", 2, 2, "Well done."), ("new_part", 0.5, 1, "Half."))
    (change,) = moved("L001", before, after, anew=False)
    assert (change.before, change.after) == (4, 5.5)
    assert change.why == (
        "Totals: 1 of 3 → 3 of 3. All are right. New part, new: 0.5 of 1. Half. Old part, no longer there: was 1 of 1."
    )
    assert moved("L001", before, copy.deepcopy(before), anew=True) == []


def test_a_rule_that_failed_or_fails_is_a_move_too():
    worked, failed = detail(("totals", 1, 3, "One.")), detail(faults=["matrix"])
    assert moved("L001", failed, worked, False) == [
        Moved("L001", "matrix", None, 1, "The rule failed before; it works now.")
    ]
    (change,) = moved("L001", worked, failed, False)
    assert change.sentence.startswith("matrix: 1 → marker fault.")


def stricter(exercise, task, answer, case):
    """A rule that was changed: half a mark less for the first part of the matrix."""
    award = mark_answer(exercise, task, answer, case)
    if task != "matrix":
        return award
    first, *others = award.parts
    first = dataclasses.replace(first, marks=first.marks - 0.5, sentence="Neatness counts now.")
    return dataclasses.replace(award, parts=(first, *others))


@pytest.fixture
def marked(classroom, desk, exercise):
    for learner in ("L001", "L002"):
        desk.hand_in(classroom, learner)
    mark_class(classroom, exercise)
    with api.Gradebook(classroom.db_url, "cslearn") as book:
        book.find_grade("matrix", NAME, NAME, "L001").manual_score = 6.5
        book.find_comment("recommendation", NAME, NAME, "L001").manual_comment = "Well argued."
        book.db.commit()
    return classroom


def marks(classroom) -> dict:
    with Gradebook(classroom, NAME) as book:
        return {entry.learner: entry.scores["matrix"] for entry in book.entries()}


def test_a_changed_rule_marks_again_by_itself_and_shows_what_moved(marked, exercise, monkeypatch):
    monkeypatch.setattr(marker, "mark_answer", stricter)
    monkeypatch.setattr(engine, "rules", lambda: b"other rules")
    summary = mark_class(marked, exercise)
    lines = "\n".join(summary.lines({"L001": "Ann Bee"}))
    assert "2 marks by rule moved, of 2 learners:" in lines and "  L001 (Ann Bee)\n" in lines
    assert "matrix: 7 → 6.5 (your own mark of 6.5 stays). " in lines and "Neatness counts now." in lines
    assert "cost-benefit" not in lines
    found = marks(marked)
    assert (found["L001"].auto, found["L001"].manual, found["L002"].auto) == (6.5, 6.5, 6.5)
    with Gradebook(marked, NAME) as book:
        assert book.entries(["L001"])[0].comments["recommendation"] == "Well argued."
        assert len(book.moves()) == 2
    page, _ = report(marked, [exercise])
    assert "Marks that moved" in page.read_text() and "Neatness counts now." in page.read_text()


def test_again_for_one_learner_leaves_the_others(marked, exercise, monkeypatch):
    monkeypatch.setattr(marker, "mark_answer", stricter)
    summary = mark_class(marked, exercise, again=True, learners=["L002"])
    assert [change.learner for change in summary.moved] == ["L002"]
    assert {learner: score.auto for learner, score in marks(marked).items()} == {"L001": 7, "L002": 6.5}


def test_again_with_the_same_rules_moves_nothing(marked, exercise):
    summary = mark_class(marked, exercise, again=True)
    assert (summary.marked, summary.kept, summary.moved) == (2, 0, [])


def test_work_that_was_handed_in_again_says_so(marked, desk, exercise):
    desk.hand_in(marked, "L002", changed(desk.notebook("L002"), "matrix-answer", "matrix = None"))
    (change,) = mark_class(marked, exercise).moved
    assert (change.before, change.after) == (7, 0) and change.why.startswith("Handed in again. ")


def test_a_kill_after_a_batch_loses_no_line_of_what_moved(marked, exercise, monkeypatch):
    monkeypatch.setattr(marker, "mark_answer", stricter)
    monkeypatch.setattr(engine, "rules", lambda: b"other rules")
    real = Gradebook.record
    monkeypatch.setattr(Gradebook, "record", lambda *given: real(*given) and (_ for _ in ()).throw(KeyboardInterrupt))
    assert mark_class(marked, exercise, batch=1).stopped
    monkeypatch.setattr(Gradebook, "record", real)
    assert len(mark_class(marked, exercise).moved) == 1
    with Gradebook(marked, NAME) as book:
        assert sorted(change.learner for _, change in book.moves()) == ["L001", "L002"]


def test_the_command(marked, capsys):
    assert main(["mark", NAME, "--again", "--learner", "L001", "--class", str(marked.root)]) == 0
    assert "1 marked now" in capsys.readouterr().out
    assert main(["mark", "--learner", "L009", "--class", str(marked.root)]) == 2
    assert "The roster has no learner 'L009'" in capsys.readouterr().err
    assert main(["mark", "--learner", "L003", "--class", str(marked.root)]) == 2
    assert "Nothing has been handed in by L003" in capsys.readouterr().err


def test_the_summary_counts_what_was_put_right(classroom, desk, exercise):
    notebook = desk.notebook("L001")
    notebook["cells"] = [one for one in notebook["cells"] if one["id"] != "cost-benefit"]
    desk.hand_in(classroom, "L001", notebook)
    desk.hand_in(classroom, "L002")
    summary = mark_class(classroom, exercise)
    assert summary.repaired == 1
    assert any(line.startswith("1 had something put right") for line in summary.lines({}))
    assert summary.unmarked == {}
