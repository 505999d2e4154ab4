"""The exercise page with Python in it: what Check says is what the marker says, for every persona."""

import json
import random
from pathlib import Path

import pytest
from filling_in import EXERCISE, NAME, at_the_exercise, check, download, entry, fill_in
from playwright.sync_api import expect
from visiting import served

from cslearn.exercises.check import mark_answer
from cslearn.exercises.personas import personas
from cslearn.northfold.case import case
from cslearn.northfold.codes import learner_code

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CODE = learner_code("L001", "salt of a test")
CAST = personas(EXERCISE)
BOOK = case(NAME)
# Python starts in seconds on a quiet machine; a test waits for it as long as it takes.
PATIENCE = 180_000


@pytest.fixture(scope="module")
def page(site, browser):
    """One page, with one Python, for all who do the exercise one after the other."""
    if "missing" in json.loads((Path(site) / "_static" / "pyodide" / "files.json").read_text(encoding="utf-8")):
        pytest.skip("the files of Pyodide have not been fetched; run scripts/pyodide")
    with (
        served(site) as address,
        at_the_exercise(browser, f"{address}/assessment/{NAME}.html", stand_in=False) as (page, said),
    ):
        yield page
        assert said == []


@pytest.mark.parametrize("persona", CAST, ids=lambda persona: persona.name)
def test_check_in_the_page_gives_the_marker_s_marks_and_sentences(page, persona):
    for task in persona.expected:
        answer = persona.answer(task, BOOK, random.Random(1))
        fill_in(page, task, answer)
        award = mark_answer(EXERCISE, task, answer, BOOK)
        result = check(page, task)
        if persona.name == "Blank":
            expect(result).to_have_text("Nothing entered yet.")
            continue
        expect(result.locator(".headline")).to_contain_text(f"{award.marks:g} of {award.maximum:g} marks")
        assert result.locator(".marks .because").all_text_contents() == [part.sentence for part in award.parts]


def test_a_cell_of_code_works_on_the_case_that_is_open(page):
    page.get_by_text("A calculator in Python").last.click()
    cell = page.get_by_label("Python. Change the figures as you like.").last
    cell.fill('len(my_case.tables["options"]), my_case.facts["budget_gbp"]')
    page.get_by_role("button", name="Run").last.click()
    outputs = page.locator(".outputs").last
    expect(outputs).to_contain_text(f"(5, {BOOK.facts['budget_gbp']})", timeout=PATIENCE)
    cell.fill('print("first")\nmy_case.table("options")[["option", "set_up_gbp"]]')
    page.get_by_role("button", name="Run").last.click()
    expect(outputs.locator("table")).to_contain_text("83,500", timeout=PATIENCE)
    cell.fill("a = 1\nb = a / 0")
    page.get_by_role("button", name="Run").last.click()
    expect(outputs).to_contain_text("Line 2: this divides by zero.", timeout=PATIENCE)


def test_an_own_case_and_another_practice_case_are_made_in_the_page(page):
    page.get_by_role("button", name="Try another practice case").click()
    other = case(NAME, practice=1)
    sheet = page.locator("[data-tables=''] table")
    expect(sheet).to_contain_text(f"{other.tables['options'][0]['set_up_gbp']:,}", timeout=PATIENCE)
    cell = page.get_by_label("Python. Change the figures as you like.").last
    cell.fill('my_case.facts["budget_gbp"], my_case.tables["options"][0]["set_up_gbp"]')
    page.get_by_role("button", name="Run").last.click()
    said = f"({other.facts['budget_gbp']}, {other.tables['options'][0]['set_up_gbp']})"
    expect(page.locator(".outputs").last).to_contain_text(said, timeout=PATIENCE)
    page.get_by_label("Your learner code").fill(CODE)
    page.get_by_role("button", name="Open my case").click()
    own = case(NAME, code=CODE)
    expect(sheet).to_contain_text(f"{own.tables['options'][0]['set_up_gbp']:,}", timeout=PATIENCE)
    fill_in(page, "matrix", CAST[0].answer("matrix", own, random.Random(1)))
    expect(check(page, "matrix")).to_contain_text("Every entry has the right form.")
    page.locator(entry("matrix", "totals", "A")).fill("11")
    expect(check(page, "matrix")).to_contain_text("totals, A: 11 is too large; the highest is 10.")
    assert CODE.encode() in download(page)


def test_stop_ends_what_runs_and_the_next_check_works(page):
    page.get_by_role("button", name="Go to the practice case").click()
    cell = page.get_by_label("Python. Change the figures as you like.").last
    cell.fill("while True:\n    pass")
    page.get_by_role("button", name="Run").last.click()
    page.get_by_role("button", name="Stop").last.click()
    expect(page.locator(".outputs").last).to_contain_text("Stopped.")
    page.get_by_role("button", name="Put the cell back").last.click()
    answer = CAST[0].answer("matrix", BOOK, random.Random(1))
    fill_in(page, "matrix", answer)
    expect(check(page, "matrix")).to_contain_text("7 of 7 marks")
