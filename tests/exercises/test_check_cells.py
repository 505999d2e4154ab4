"""What a check cell shows, and what nbgrader makes of it."""

import json
import random
import warnings

import pytest

from cslearn import check
from cslearn.exercises import check as checking
from cslearn.exercises import exercise as files
from cslearn.exercises.answers import blank
from cslearn.exercises.award import Award, Part
from cslearn.exercises.personas import personas
from cslearn.northfold.case import case
from cslearn.northfold.codes import learner_code

NAME = "choose-an-improvement"
CODE = learner_code("NH001", "a salt")


@pytest.fixture(scope="module")
def exercise():
    return files.read(NAME)


def _expert(exercise, task, one):
    return personas(exercise)[0].answer(task, one, random.Random(1))


def test_the_practice_case_shows_marks_and_sentences(exercise):
    mark = check(NAME, "matrix", _expert(exercise, "matrix", case(NAME)))
    assert repr(mark) == "7.0"
    assert "7 of 7" in mark._repr_html_()


def test_an_own_case_shows_only_the_shape_until_nbgrader_marks_it(exercise, monkeypatch):
    answer = _expert(exercise, "matrix", case(NAME, code=CODE))
    mark = check(NAME, "matrix", answer, CODE)
    assert repr(mark) == "0.0"
    assert "not been marked" in mark._repr_html_()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert repr(check(NAME, "matrix", answer, CODE)) == "7.0"


def test_an_answer_for_another_case_earns_little(exercise, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    # Criteria and weights may well be the same for both; figures, totals and choices are not.
    for task, at_most in (("matrix", 0.35), ("cost-benefit", 0.2)):
        marks = [check(NAME, task, _expert(exercise, task, case(NAME, practice=n)), CODE) for n in range(40)]
        assert sum(marks) / 40 <= at_most * 7
        assert max(marks) <= 0.6 * 7


@pytest.mark.parametrize("answer", [None, {}, [], "text", 7, {"criteria": 3}, {"scores": [1]}, object(), [[[[]]]]])
@pytest.mark.parametrize("task", ["matrix", "cost-benefit"])
def test_any_answer_gives_a_plain_float_and_never_an_error(task, answer, capfd):
    mark = check(NAME, task, answer)
    assert repr(mark) == "0.0"
    assert capfd.readouterr().err == ""


def test_a_warning_or_a_fault_of_the_rule_is_never_full_marks_nor_an_unseen_zero(exercise, monkeypatch, capfd):
    answer = _expert(exercise, "matrix", case(NAME))

    def warns(answer, case):
        warnings.warn("pandas says something", stacklevel=1)
        return Award((Part("p", 5.0, 7.0, "."),))

    def fails(answer, case):
        raise ZeroDivisionError("oh")

    def not_a_number(answer, case):
        return Award((Part("p", float("nan"), 7.0, "."),))

    def other_maximum(answer, case):
        return Award((Part("p", 5.0, 5.0, "."),))

    for faulty, shown in ((warns, "5.0"), (fails, "0.0"), (not_a_number, "0.0"), (other_maximum, "0.0")):
        monkeypatch.setattr(checking, "rule", lambda *names, faulty=faulty: faulty)
        mark = check(NAME, "matrix", answer)
        assert repr(mark) == shown
        assert capfd.readouterr().err == ""
        if faulty is not warns:
            assert "Tell your tutor" in mark._repr_html_()


def test_a_mistyped_code_is_said_and_earns_nothing(exercise, capsys):
    mark = check(NAME, "matrix", blank(exercise.task("matrix").schema), CODE[:-1] + ("2" if CODE[-1] != "2" else "3"))
    assert repr(mark) == "0.0"
    assert "typing mistake" in mark._repr_html_()
    opened = checking.open_case(NAME, "not a code")
    assert opened.practice
    assert "practice case" in capsys.readouterr().out


def test_learners_text_is_escaped(exercise):
    answer = _expert(exercise, "matrix", case(NAME))
    answer["totals"]["A"] = "<script>alert(1)</script>"
    text = check(NAME, "matrix", answer)._repr_html_()
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_the_same_mark_comes_back_through_json(exercise):
    one = case(NAME, practice=3)
    for persona in personas(exercise):
        for task in ("matrix", "cost-benefit"):
            answer = persona.answer(task, one, random.Random(5))
            first = checking.mark_answer(exercise, task, answer, one)
            assert first == checking.mark_answer(exercise, task, json.loads(json.dumps(answer)), one)
