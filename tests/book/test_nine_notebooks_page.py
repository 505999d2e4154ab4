"""The page of the nine notebooks: what its tables say is what the exercise files and the lessons say."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from cslearn import syllabus
from cslearn.exercises.exercise import FOLDER, available
from cslearn.site import overview

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "assessment" / "nine-notebooks.md"
TEXT = PAGE.read_text("utf-8")
RAW_CELL = re.compile(r"^```\{raw-cell\}\n(.*?)^```$", re.S | re.M)


@pytest.fixture(scope="module")
def found():
    return overview.notebooks(ROOT)


def tasks_of(name):
    """A file's tasks, read as YAML without jupytext."""
    text = (FOLDER / f"{name}.md").read_text("utf-8")
    cells = [re.sub(r"^:.*\n", "", cell, flags=re.M) for cell in RAW_CELL.findall(text) if ":task:" in cell]
    return [yaml.safe_load(cell) for cell in cells]


def test_every_exercise_that_is_there_is_in_the_table_with_the_marks_of_the_plan(found):
    assert sorted(notebook.exercise.name for notebook in found) == available()
    for notebook in found:
        point = notebook.exercise.point
        planned = [task for task in syllabus.tasks() if task.point == point]
        assert notebook.by_rule == sum(task.marks for task in planned if task.award == "auto")
        assert notebook.by_tutor == sum(task.marks for task in planned if task.award == "tutor")
        assert notebook.exercise.marks == 20
        own = tasks_of(notebook.exercise.name)
        assert [(task.title, task.marks) for task in notebook.exercise.tasks] == [(t["title"], t["marks"]) for t in own]
    points = [notebook.exercise.point for notebook in found]
    assert len(set(points)) == len(points) <= 9


def test_the_nine_together_have_110_marks_by_rule_and_70_by_a_person():
    marks = {award: sum(t.marks for t in syllabus.tasks() if t.award == award) for award in ("auto", "tutor")}
    assert marks == {"auto": 110, "tutor": 70} and len(syllabus.marking_points()) == 9


def test_a_notebook_comes_after_the_lessons_that_it_needs(found):
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    order = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    syllabus_pages = {page.id for page in syllabus.pages()}
    in_book = {page.id for page in syllabus.pages_in_book(ROOT)}
    last = []
    for notebook in found:
        pages = [lesson.page for lesson in notebook.before]
        assert pages and pages == sorted(pages, key=order.index)
        text = (FOLDER / f"{notebook.exercise.name}.md").read_text("utf-8")
        # Every lesson that the introduction names by number, and every lesson that leads here.
        named = {id for id in re.findall(r"\d\.\d", text.split("## Task 1")[0]) if id in syllabus_pages}
        assert named & in_book <= {lesson.id for lesson in notebook.before}
        for page in order:
            body = (ROOT / "book" / f"{page}.md").read_text("utf-8")
            if f"{{exercise}} {notebook.exercise.name}\n:tasks:" in body:
                assert page in pages
        last.append(max(order.index(page) for page in pages))
    assert last == sorted(last)


def test_a_part_of_the_exercises_makes_a_shorter_table(tmp_path):
    for name in ("judge-the-result", "set-the-scope"):
        shutil.copy(FOLDER / f"{name}.md", tmp_path)
    assert [one.exercise.point for one in overview.notebooks(ROOT, tmp_path)] == ["PR1", "CM5"]


@pytest.mark.parametrize(
    ("schema", "entries"),
    [
        ({"type": "number"}, 1),
        ({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "number"}}}, 2),
        # Three rows of two, and a list that may stay empty counts for one.
        ({"type": "array", "x-rows": 3, "items": {"properties": {"a": {}, "b": {}}}}, 6),
        ({"type": "array", "minItems": 4, "x-rows": 2, "items": {"type": "string"}}, 4),
        ({"type": "array", "items": {"type": "string"}}, 1),
        ({"oneOf": [{"type": "null"}, {"properties": {"a": {}, "b": {}, "c": {}}}]}, 3),
    ],
)
def test_entries_are_those_of_the_form(schema, entries):
    assert overview.entries(schema) == entries


def test_times_follow_the_rule_that_the_page_states(found):
    assert (
        "a minute for each entry of the form, a minute for every 150 words of the tasks, and a minute for every eight words"
        in TEXT
    )
    for notebook in found:
        own = tasks_of(notebook.exercise.name)
        words = sum(len(re.findall(r"\w+", task.prose)) for task in notebook.exercise.tasks)
        entries = sum(overview.entries(task["schema"]) for task in own if task.get("schema"))
        written = sum(task["words"][1] for task in own if task.get("words"))
        exact = entries + words / 150 + written / 8
        assert exact <= notebook.minutes < exact + 15 and notebook.minutes % 15 == 0
    assert [overview.hours(n) for n in (15, 45, 60, 75, 90, 120, 225)] == [
        "¼ hour", "¾ hour", "1 hour", "1¼ hours", "1½ hours", "2 hours", "3¾ hours",
    ]  # fmt: skip


def test_what_the_page_says_of_other_files_is_so():
    assert "You may write about a change at your own workplace instead" in (FOLDER / "judge-the-result.md").read_text(
        "utf-8"
    )
    marked = (PAGE.parent / "how-you-are-marked.md").read_text("utf-8")
    assert "own-figure rule" in marked and "Your tutor can change any mark" in marked
    assert "[portfolio builder](../capstone/portfolio.md)" in TEXT and "**not an award decision**" in TEXT
    for word in ("eight", "missing", "soon", "not yet written"):
        assert word not in re.sub(r"every eight words", "", TEXT)


@pytest.mark.slow
def test_the_page_shows_every_notebook_once_with_links_that_lead_there(site, found):
    from bs4 import BeautifulSoup

    soup = BeautifulSoup((site / "assessment" / "nine-notebooks.html").read_text(encoding="utf-8"), "html.parser")
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in soup.select("table.notebooks tbody tr")]
    assert rows[:-1] == [
        [f"{n.exercise.point}: {n.exercise.title}", f"{n.by_rule:g}", f"{n.by_tutor:g}", f"{n.exercise.marks:g}",
         overview.hours(n.minutes).split()[0]]
        for n in found
    ]  # fmt: skip
    assert rows[-1][:4] == ["All together", *(f"{sum(float(row[n]) for row in rows[:-1]):g}" for n in (1, 2, 3))]
    assert [a["href"] for a in soup.select("table.notebooks a")] == [f"{n.exercise.name}.html" for n in found]
    headings = [h.get_text().rstrip("#") for h in soup.find_all("h3")]
    assert [h for h in headings if ": " in h] == [f"{n.exercise.point}: {n.exercise.title}" for n in found]
