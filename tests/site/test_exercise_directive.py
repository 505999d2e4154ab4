"""The exercise on a page: the whole of it on its own page, a signpost in a lesson, and a fault for what no form can show."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from cslearn.exercises.exercise import read
from cslearn.exercises.shown import shown
from cslearn.northfold.case import case
from cslearn.problem import Problem
from cslearn.site.exercise import case_html, unknown_to_forms

NAME = "choose-an-improvement"
TEXT = {"type": "string"}


@pytest.mark.parametrize("task", [task for task in read(NAME).tasks if task.schema], ids=lambda task: task.name)
def test_a_form_can_show_every_task(task):
    assert unknown_to_forms(task.schema) == ""


@pytest.mark.parametrize(
    ("schema", "says"),
    [
        ({"type": "object", "properties": {"a": {"anyOf": [TEXT]}}}, r"the entry 'a' says 'anyOf', which a form cannot show"),
        ({"type": "object", "properties": {"a": {"title": "A"}}}, "the entry 'a' has no type"),
        ({"type": "object", "properties": {"a": {"type": ["string", "null"]}}}, "the entry 'a' has no type"),
        ({"type": "object", "additionalProperties": TEXT}, "takes any name"),
        ({"type": "object", "properties": {"a": {"type": "object"}}}, "the entry 'a' takes any name"),
        ({"type": "object", "properties": {"a": {"type": "array"}}}, "the entry 'a' is a list without items"),
        ({"type": "object", "properties": {"a": {"type": "array", "items": {"type": "array"}}}}, "its items, is a list without"),
        ({"type": "object", "properties": {"a": {"type": "string", "format": "email"}}}, "a form knows only date"),
    ],
)  # fmt: skip
def test_what_no_form_can_show_is_named_for_the_author(schema, says):
    assert re.search(says, unknown_to_forms(schema))


def test_a_case_is_shown_with_its_limits_and_all_its_figures_and_nothing_planted():
    own = case(NAME, practice=3)
    told = shown(own)
    assert told["says"][0] == f"Set-up budget: £{own.facts['budget_gbp']:,}."
    text = BeautifulSoup(case_html(told) + case_html(told, "cost-benefit"), "html.parser").get_text(" ")
    for row in own.tables["options"]:
        assert f"{row['set_up_gbp']:,}" in text and row["data_note"] in text and row["access_note"] in text
    lines, cautious = told["tables"]["options_costs"], told["tables"]["options_costs_cautious"]
    for row in own.tables["options_costs"]:
        expected = next(line for line in lines["rows"] if line[0] == row["line"])
        careful = next(line for line in cautious["rows"] if line[0] == row["line"])
        assert expected[3 + row["year"]] == row["amount_mid"] and expected[-1] == row["note"]
        assert careful[3 + row["year"]] == row["amount_high" if row["kind"] == "cost" else "amount_low"]
    assert not set(own.planted) & set(told["tables"]) and json.loads(json.dumps(told)) == told


def test_text_of_a_case_cannot_act():
    told = {"says": ["<b>"], "tables": {"t": {"title": '"><i>', "columns": [{"name": "<u>"}], "rows": [["<s>"]]}}}
    assert not BeautifulSoup(case_html(told), "html.parser").find_all(["b", "i", "u", "s"])


@pytest.mark.slow
def test_a_lesson_leads_to_the_exercise_and_the_exercise_to_its_lesson(make):
    site = make(
        {
            "welcome.md": "# Welcome\n\nText.\n",
            "matrix.md": f"# The matrix\n\n## Exercise\n\n```{{exercise}} {NAME}\n:tasks: matrix\n```\n",
            f"tasks/{NAME}.md": f"# Exercise\n\n```{{exercise}} {NAME}\n```\n",
        }
    )
    lesson = BeautifulSoup((site / "matrix.html").read_text(encoding="utf-8"), "html.parser")
    (link,) = lesson.select(".signpost a")
    assert link["href"] == f"tasks/{NAME}.html#task-{NAME}-matrix" and link.get_text() == "Task 1: Decision matrix"
    assert not lesson.select("[data-exercise]") and "wasm" not in str(lesson.head)
    page = BeautifulSoup((site / "tasks" / f"{NAME}.html").read_text(encoding="utf-8"), "html.parser")
    (data,) = page.select("[data-exercise] > script")
    assert data["type"] == "application/json"
    told = json.loads(data.string)
    assert told["tasks"][0]["lesson"] == {"href": "../matrix.html", "title": "The matrix"}
    assert told["tasks"][1]["lesson"] is None
    assert (site / "tasks" / told["notebook"]).resolve().is_file()
    for task in read(NAME).tasks:
        assert task.model_answer[:60] not in str(page) or not task.model_answer
    assert [place["data-task"] for place in page.select("[data-task]")] == [task.name for task in read(NAME).tasks]
    with pytest.raises(Problem, match="the page holds a script"):
        make({"welcome.md": '# Welcome\n\n<script type="text/javascript">1</script>\n'})
