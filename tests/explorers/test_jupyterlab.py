"""The same explorer in a real JupyterLab: shown by a cell, and its choices read by the next one."""

import os
import re
import subprocess
import sys
import time

import nbformat
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELLS = [
    "from cslearn.explorers.widget import DecisionMatrix\nexplorer = DecisionMatrix()\nexplorer",
    "print('prediction is', explorer.value['prediction'])",
]
STARTS_WITHIN = 180


@pytest.fixture
def lab(tmp_path):
    """The address of a JupyterLab that shows one notebook, on this machine only."""
    work = tmp_path / "work"
    work.mkdir()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, work / "explore.ipynb")
    environment = {**os.environ, **{f"JUPYTER_{part}_DIR": str(tmp_path / part) for part in ("CONFIG", "RUNTIME")}}
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--port=0", "--allow-root",
        f"--ServerApp.root_dir={work}", "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    log = tmp_path / "lab.log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=work, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        until = time.monotonic() + STARTS_WITHIN
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)/lab\?token=(\w+)", log.read_text(errors="replace"))):
            assert server.poll() is None and time.monotonic() < until, log.read_text(errors="replace")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{found[1]}/lab/tree/explore.ipynb?token={found[2]}"
    finally:
        server.terminate()
        server.wait(30)


def run_cell(page, number):
    """Runs a cell as a learner would: JupyterLab passes over the keys while it is still busy with itself, so again."""
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(number)
    for _ in range(20):
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        for _ in range(30):
            if cell.locator(".jp-InputPrompt").inner_text().strip() != "[ ]:":
                return
            page.wait_for_timeout(100)
    raise AssertionError(f"cell {number} does not run")


def test_an_explorer_works_in_jupyterlab_and_gives_python_the_learner_s_prediction(lab, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    outside: list[str] = []
    page.on(
        "request",
        lambda r: None if re.match(r"(http|ws)://127\.0\.0\.1|blob:|data:", r.url) else outside.append(r.url),
    )
    page.goto(lab, timeout=STARTS_WITHIN * 1000)
    page.locator(".jp-NotebookPanel-toolbar [data-jp-item-name=run] >> visible=true").wait_for(timeout=120_000)
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=120_000)
    run_cell(page, 0)

    explorer = page.locator(".cslx")
    explorer.wait_for(timeout=120_000)
    explorer.locator("input[type=radio]").first.check()
    explorer.get_by_label("At what weight of cost").first.fill("17")
    explorer.get_by_role("button", name="Run it").click()
    explorer.locator("[data-step=run]").first.wait_for()

    page.get_by_role("button", name="Copy my choices").click()
    choices = page.get_by_label("My choices")
    page.wait_for_function("(area) => area.value.includes('17')", arg=choices.element_handle())
    run_cell(page, 1)
    said = page.locator(".jp-Notebook .jp-CodeCell").nth(1).locator(".jp-OutputArea-output")
    said.wait_for(timeout=60_000)
    assert "17" in said.inner_text()
    assert outside == []
    page.close()
