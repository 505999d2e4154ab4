"""The form of a task as Jupyter widgets: the same answer as typed into the cell, and the marker's sentences."""

import ast
import random

import pytest

from cslearn import answer_form
from cslearn.exercises import answers, exercise
from cslearn.exercises.check import mark_answer
from cslearn.exercises.personas import personas
from cslearn.northfold.case import case
from cslearn.problem import Problem

NAME = "choose-an-improvement"
EXERCISE = exercise.read(NAME)
BOOK = case(NAME)
TASKS = [task for task in EXERCISE.tasks if task.schema]


def widgets(form, kind):
    """Every widget of a kind in the form, in its order."""
    found = [form] if type(form).__name__ == kind else []
    return found + [one for child in getattr(form, "children", ()) for one in widgets(child, kind)]


def labelled(form, kind, words):
    return next(one for one in widgets(form, kind) if words in one.description)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
@pytest.mark.parametrize("persona", personas(EXERCISE), ids=lambda persona: persona.name)
def test_what_a_persona_enters_is_copied_into_the_cell_and_marked_the_same(persona, task):
    answer = persona.answer(task.name, BOOK, random.Random(1))
    form = answer_form(NAME, task.name)
    form.fill(answer)
    name, _, text = form.literal.partition(" = ")
    assert name == task.variable
    copied = ast.literal_eval(text)
    assert mark_answer(EXERCISE, task.name, copied, BOOK) == mark_answer(EXERCISE, task.name, answer, BOOK)
    assert form.faults == answers.shape_errors(answer, task.schema)
    form.close()


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_an_untouched_form_is_the_starter_of_the_cell(task):
    form = answer_form(NAME, task.name)
    assert form.value == answers.blank(task.schema) and form.faults == []


def test_what_an_answer_leaves_out_stays_the_starter():
    form = answer_form(NAME, "matrix", {"ranking": ["A"]})
    starter = answers.blank(EXERCISE.task("matrix").schema)
    assert form.value == {**starter, "ranking": ["A"]}


def test_each_kind_of_entry_can_be_filled_in_as_a_learner_does():
    form = answer_form(NAME, "matrix")
    labelled(form, "Dropdown", "The measure, by its name").value = "reopened_pct"
    labelled(form, "FloatSlider", "Its weight").value = 35.0
    labelled(form, "Text", "Option A (numbers").value = "5.2, 3,10"
    labelled(form, "Text", "Option B (from 0 to 10").value = "7.25"
    ranking = next(one for one in widgets(form, "Button") if "best first" in (one.tooltip or ""))
    ranking.click()
    labelled(form, "Dropdown", "best first, row 1").value = "B"
    value = form.value
    assert value["criteria"][0] == {"measure": "reopened_pct", "objective": None, "better": None, "weight": 35}
    assert (value["scores"]["A"], value["totals"]["B"], value["ranking"]) == ([5.2, 3, 10], 7.25, ["B"])
    # The slider went to where the field says, and left the field's second decimal alone.
    assert labelled(form, "FloatSlider", "Option B").value == 7.25
    assert form.faults == []


def test_what_does_not_fit_is_kept_and_said_at_once():
    form = answer_form(NAME, "matrix")
    field = labelled(form, "Text", "Option C (from 0 to 10")
    field.value = "eleven <b>"
    assert form.value["totals"]["C"] == "eleven <b>"
    assert form.faults == ["totals, C: 'eleven <b>' should be a number, from 0 to 10."]
    shown = next(one.value for one in widgets(form, "HTML") if "status" in one.value)
    assert "Look at these entries again" in shown and "eleven &lt;b&gt;" in shown
    field.value = "11"
    assert form.faults == ["totals, C: 11 is too large; the highest is 10."]
    field.value = "1"
    assert form.faults == []


def test_rows_can_be_added_and_taken_away_and_never_more_than_the_task_allows():
    form = answer_form(NAME, "matrix", {"ranking": ["A", "B", "C", "D"]})
    more, less = [one for one in widgets(form, "Button") if "best first" in (one.tooltip or "")]
    more.click()
    assert form.value["ranking"] == ["A", "B", "C", "D", None] and more.disabled
    for _ in range(5):
        less.click()
    assert form.value["ranking"] == [] and less.disabled and not more.disabled


def test_the_answer_is_shown_as_text_when_it_is_asked_for():
    form = answer_form(NAME, "matrix")
    *_, button, text = form.children
    assert text.layout.display == "none"
    form.fill({"ranking": ["E"]})
    button.click()
    assert text.layout.display == "" and text.value == form.literal and "'ranking': ['E']" in text.value


def test_an_unknown_task_is_one_sentence():
    with pytest.raises(Problem, match="has no task 'matrx'"):
        answer_form(NAME, "matrx")


def test_entries_with_names_and_fields_that_no_form_asks_for():
    form = answer_form("make-the-case-for-change", "evidence")
    assert form.value == answers.blank(exercise.read("make-the-case-for-change").task("evidence").schema)
    days = [one for one in widgets(form, "Textarea") if one.description in ("First day", "Last day")]
    assert [one.description for one in days[:2]] == ["First day", "Last day"]
    days[1].value = "2024-05-31"
    assert form.value["rows"][0]["period"] == [None, "2024-05-31"]
    days[1].value = "31 May"
    assert any("31 May" in fault for fault in form.faults)
    # A row as the data room gives it keeps what the form does not show.
    pasted = {
        "id": "E1",
        "measure": "abandoned as a share of offered",
        "filter": {"site": "North", "without": "the outage day"},
    }
    form.fill({"rows": [pasted]})
    row = form.value["rows"][0]
    assert row["id"] == "E1" and row["filter"] == {"without": "the outage day", "site": "North", "before": None}
    assert row["period"] == [None, None]
    form.fill({"rows": [{"measure": "said at a meeting"}]})
    assert "id" not in form.value["rows"][0]
