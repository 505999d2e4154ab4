"""The exercise as a full notebook in JupyterLite: the same marks, with a slider and an explorer, and nothing from outside."""

import ast
import json
import re
import zipfile

import nbformat
import pytest
import tiny_book
from playwright.sync_api import expect
from visiting import served

from cslearn.exercises import exercise
from cslearn.exercises.check import mark_answer
from cslearn.northfold.case import case
from cslearn.site import lite, pyodide
from cslearn.site.build import build

NAME = "choose-an-improvement"
EXERCISE = exercise.read(NAME)
# JupyterLite starts in ten seconds on a quiet machine; a test waits for it as long as it takes.
PATIENCE = 300_000
CELLS = [
    "from cslearn import answer_form, check\n"
    f"form = answer_form('{NAME}', 'matrix', {{'ranking': ['A', 'E', 'B']}})\nform",
    "from cslearn.explorers.widget import DecisionMatrix\nexplorer = DecisionMatrix()\nexplorer",
    f"print(form.literal)\ncheck('{NAME}', 'matrix', form.value)",
    "print('prediction is', explorer.value['prediction'])",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A small book with an exercise and its full notebook."""
    if pyodide.default_source() is None:
        pytest.skip("the files of Pyodide have not been fetched; run scripts/pyodide")
    if reason := lite.why_not(None):
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("full")
    tiny_book.write(folder, {"welcome.md": f"# Welcome\n\n```{{exercise}} {NAME}\n```\n"})
    return build(folder, folder / "out", full_notebooks=True, on_line=lambda line: None)


def add_notebook(site, name, cells):
    """One more notebook beside the exercise, where JupyterLite looks for it."""
    notebook = nbformat.read(site / "lite" / "files" / f"{NAME}.ipynb", 4)
    notebook.cells = [nbformat.v4.new_code_cell(text) for text in cells]
    nbformat.write(notebook, site / "lite" / "files" / name)
    index = site / "lite" / "api" / "contents" / "all.json"
    listed = json.loads(index.read_text())
    listed["content"].append({**listed["content"][0], "name": name, "path": name})
    index.write_text(json.dumps(listed))


def run_cell(page, number):
    """Runs a cell as a learner would, again when JupyterLite was still busy with itself; it may wait for Python."""
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(number)
    for _ in range(20):
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        for _ in range(30):
            if cell.locator(".jp-InputPrompt").inner_text().strip() != "[ ]:":
                return
            page.wait_for_timeout(100)
    raise AssertionError(f"cell {number} does not run")


def output(page, number):
    return page.locator(".jp-Notebook .jp-CodeCell").nth(number).locator(".jp-Cell-outputArea")


@pytest.mark.slow
def test_it_is_made_once_and_again_only_when_something_in_it_has_changed(site):
    assert not lite.build(site, None)
    stamp = site / "lite" / lite.MADE_FROM
    stamp.write_text("made from something else")
    assert lite.build(site, None) and not lite.build(site, None)
    listed = json.loads((site / "lite" / "static" / "pyodide" / "pyodide-lock.json").read_text())["packages"]
    official = pyodide.packages()
    for name, said in listed.items():
        assert (site / "lite" / "static" / "pyodide" / said["file_name"]).is_file()
        if name in official and name.replace("-", "_") not in lite.INSTALLED:
            assert said == official[name]
    # Solutions and personas stay out of what a learner's browser gets.
    wheel = zipfile.ZipFile(site / "lite" / "static" / "pyodide" / listed["cslearn"]["file_name"])
    assert not [name for name in wheel.namelist() if "personas" in name or "marking" in name]


@pytest.mark.slow
@pytest.mark.browser
def test_the_exercise_works_in_jupyterlite_and_is_marked_the_same(browser, site):
    add_notebook(site, "form.ipynb", CELLS)
    outside: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 3200})
    context.set_default_timeout(PATIENCE)
    try:
        with served(site) as address:
            own = re.match(r"http://[^/]+/", address)[0]
            context.on(
                "request",
                lambda r: None if r.url.startswith((own, "blob:", "data:")) else outside.append(r.url),
            )
            page = context.new_page()
            page.goto(f"{address}/welcome.html")
            with context.expect_page() as opened:
                page.get_by_role("link", name="Open as full notebook").click()
            tab = opened.value
            # The released notebook: its set-up cell finds our rules and the practice case.
            run_cell(tab, 0)
            run_cell(tab, 1)
            tab.get_by_text("This is the practice case.").wait_for()

            tab.goto(f"{address}/lite/notebooks/index.html?path=form.ipynb")
            run_cell(tab, 0)
            # In the middle of its line, from 0 to 100; the field beside it then says where that is.
            tab.locator(".widget-slider .noUi-target").first.click()
            moved = tab.get_by_label("Its weight (points of 100)").first
            expect(moved).not_to_have_value("", timeout=PATIENCE)
            weight = float(moved.input_value())
            assert 40 < weight < 60
            run_cell(tab, 1)
            explorer = tab.locator(".cslx")
            explorer.locator("input[type=radio]").first.check()
            explorer.get_by_label("At what weight of cost").first.fill("17")
            explorer.get_by_role("button", name="Run it").click()
            explorer.locator("[data-step=run]").first.wait_for()
            run_cell(tab, 2)
            said = output(tab, 2)
            said.get_by_text("Decision matrix").wait_for()
            shown = said.inner_text()
            answer = ast.literal_eval(shown[shown.index("{") : shown.rindex("}") + 1])
            assert answer["criteria"][0]["weight"] == weight and answer["ranking"] == ["A", "E", "B"]
            award = mark_answer(EXERCISE, "matrix", answer, case(NAME))
            assert f"{award.marks:g} of {award.maximum:g}" in shown
            assert [part.sentence for part in award.parts if part.sentence not in shown] == []
            run_cell(tab, 3)
            output(tab, 3).get_by_text("prediction is").wait_for()
            assert "17" in output(tab, 3).inner_text()
        assert outside == []
    finally:
        context.close()


def test_without_the_files_of_python_there_is_none_and_the_reason_is_a_sentence(tmp_path, monkeypatch):
    folder = tmp_path / "pages-only"
    folder.mkdir()
    (folder / "pyodide.asm.wasm").touch()
    assert lite.why_not(folder).startswith("pages-only has no ")
    monkeypatch.setattr(pyodide, "default_source", lambda: None)
    assert lite.why_not(None) == "no source for Python was found"
    said = []
    tiny_book.write(tmp_path, {"welcome.md": f"# Welcome\n\n```{{exercise}} {NAME}\n```\n"})
    site = build(tmp_path, tmp_path / "out", full_notebooks=True, on_line=said.append)
    assert "The exercises cannot be opened as full notebooks: no source for Python was found." in said
    assert not (site / "lite").exists() and "Open as full notebook" not in (site / "welcome.html").read_text()
