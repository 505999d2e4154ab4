"""Every exercise in the page with Python in it: what is typed, checked and downloaded is marked as the marker marks it.

The kinds of people that every exercise has, in a test run; for all of them:

    CSLEARN_CAST=all pytest tests/book/test_every_exercise_page.py
"""

import json
import os
import random
from pathlib import Path

import pytest
from filling_in import at_the_exercise, check, download, fill_in
from playwright.sync_api import expect
from stock_nbgrader import GRADES, class_of, nbgrader, rows
from visiting import axe, served, too_wide, unreachable

from cslearn.exercises.check import mark_answer
from cslearn.exercises.exercise import available, read
from cslearn.exercises.personas import Persona, personas
from cslearn.marking.marker import mark
from cslearn.marking.reading import read_cells, released_from
from cslearn.northfold.case import case

pytestmark = [pytest.mark.slow, pytest.mark.browser]

EXERCISES = {name: read(name) for name in available()}
USUAL = {"expert", "blank", "random"}


def cast(exercise) -> list[Persona]:
    """The first of each usual kind that plays every task that the rules mark, or everybody."""
    everybody = personas(exercise)
    if os.environ.get("CSLEARN_CAST") == "all":
        return everybody
    marked = {task.name for task in exercise.tasks if task.award == "auto"}
    chosen: dict[str, Persona] = {}
    for persona in everybody:
        kinds = {expected.recipe for expected in persona.expected.values()}
        if set(persona.expected) == marked and len(kinds) == 1 and kinds <= USUAL:
            chosen.setdefault(kinds.pop(), persona)
    assert set(chosen) == USUAL, f"{exercise.name}: no one persona plays every task as {USUAL - set(chosen)}"
    return list(chosen.values())


@pytest.fixture(scope="module")
def address(site):
    if "missing" in json.loads((Path(site) / "_static" / "pyodide" / "files.json").read_text(encoding="utf-8")):
        pytest.skip("the files of Pyodide have not been fetched; run scripts/pyodide")
    with served(site) as address:
        yield address


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_whoever_does_it_in_the_page_gets_the_marker_s_marks_and_hands_in_what_was_typed(
    site, browser, address, exercise, tmp_path
):
    released = (Path(site) / "_static" / "exercises" / f"{exercise.name}.ipynb").read_bytes()
    book = case(exercise.name)
    url = f"{address}/assessment/{exercise.name}.html"
    downloads: dict[str, bytes] = {}
    earned: dict[str, dict[str, float]] = {}
    with at_the_exercise(browser, url, 360, stand_in=False, exercise=exercise) as (page, said):
        for persona in cast(exercise):
            awards = {}
            for task in persona.expected:
                answer = persona.answer(task, book, random.Random(1))
                fill_in(page, task, answer, exercise=exercise)
                awards[task] = award = mark_answer(exercise, task, answer, book)
                result = check(page, task, exercise)
                if any(part.name == "answer" for part in award.parts):
                    expect(result).to_have_text("Nothing entered yet.")
                    continue
                where = f"{persona.name}, {task}"
                expect(result.locator(".headline")).to_contain_text(f"{award.marks:g} of {award.maximum:g} marks")
                shown = result.locator(".marks .because").all_text_contents()
                assert shown == [part.sentence for part in award.parts], where
            downloads[persona.name] = download(page)
            earned[persona.name] = {task: award.marks for task, award in awards.items()}
            handed_in = read_cells(
                json.loads(downloads[persona.name]), released_from(json.loads(released), exercise.name)
            )
            assert not handed_in.needs_code and not handed_in.repairs
            marked = mark(handed_in, exercise, book)
            for task, award in awards.items():
                assert marked.awards[task].marks == award.marks, persona.name
                assert [p.sentence for p in marked.awards[task].parts] == [p.sentence for p in award.parts]
        # Looked at with the last one's entries and results in it.
        assert too_wide(page) == []
        assert axe(page) == []
        assert unreachable(page) == []
        assert said == []
    # Stock takes its seconds for each, so it usually gets one: somebody who is wrong about much.
    some = downloads if os.environ.get("CSLEARN_CAST") == "all" else {"Random": downloads["Random"]}
    for name, theirs in zip(some, marks_by_stock(tmp_path, exercise, list(some.values())), strict=True):
        # What a persona does not play is as the one before left it.
        assert {task: theirs[task] for task in earned[name]} == earned[name], name


def marks_by_stock(root: Path, exercise, notebooks: list[bytes]) -> list[dict[str, float]]:
    """What stock nbgrader gives each of these files, by task; they carry no code, so they are the practice case's."""
    room = class_of(root, len(notebooks), exercise)
    for who, notebook in zip(room.codes, notebooks, strict=True):
        path = room.notebook("submitted", who, exercise.name)
        path.parent.mkdir(parents=True)
        path.write_bytes(notebook)
    done = nbgrader(root, "autograde", exercise.name, "--Execute.timeout=600")
    assert done.returncode == 0, done.stderr
    marks = {(who, cell): auto for who, cell, _, auto, *_ in rows(root, GRADES)}
    auto = [task.name for task in exercise.tasks if task.award == "auto"]
    return [{task: marks[who, task] for task in auto} for who in room.codes]
