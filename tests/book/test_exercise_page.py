"""The exercise in the page, as a learner does it: forms, Check, hand-in, and what happens when things go wrong."""

import json
import random
import re
from pathlib import Path

import pytest
from filling_in import EXERCISE, NAME, at_the_exercise, check, download, entry, fill_in, fill_one, ready
from playwright.sync_api import expect
from visiting import axe, served, too_wide, unreachable

from cslearn.exercises.check import mark_answer
from cslearn.exercises.exercise import available
from cslearn.exercises.personas import personas
from cslearn.marking.marker import mark
from cslearn.marking.reading import read_cells, released_from
from cslearn.northfold.case import case
from cslearn.northfold.codes import learner_code

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CODE = learner_code("L001", "salt of a test")
CAST = personas(EXERCISE)
BOOK = case(NAME)
EXPERT = {t.name: CAST[0].answer(t.name, BOOK, random.Random(1)) for t in EXERCISE.tasks if t.schema}


@pytest.fixture(scope="module")
def address(site):
    with served(site) as address:
        yield f"{address}/assessment/{NAME}.html"


@pytest.fixture(scope="module")
def released(site) -> bytes:
    return (Path(site) / "_static" / "exercises" / f"{NAME}.ipynb").read_bytes()


@pytest.fixture(params=[1280, 360])
def width(request):
    return request.param


@pytest.fixture
def page(browser, address, width):
    with at_the_exercise(browser, address, width) as (page, said):
        yield page
        assert said == []


@pytest.fixture
def wide(browser, address):
    with at_the_exercise(browser, address) as (page, said):
        yield page
        assert said == []


# One page for all personas: each fills in what the one before left.
@pytest.fixture(scope="module")
def desk(browser, address):
    with at_the_exercise(browser, address) as (page, said):
        yield page
        assert said == []


@pytest.mark.parametrize("persona", CAST, ids=lambda persona: persona.name)
def test_a_persona_gets_the_same_marks_and_sentences_in_the_page_and_from_the_marker(desk, released, persona):
    given = {}
    for task in persona.expected:
        given[task] = persona.answer(task, BOOK, random.Random(1))
        fill_in(desk, task, given[task])
        award = mark_answer(EXERCISE, task, given[task], BOOK)
        result = check(desk, task)
        if persona.name == "Blank":
            expect(result).to_have_text("Nothing entered yet.")
            continue
        expect(result.locator(".headline")).to_contain_text(f"{award.marks:g} of {award.maximum:g} marks")
        assert result.locator(".marks .because").all_text_contents() == [part.sentence for part in award.parts]
        named = [name for part in award.parts if (name := part.misconception)]
        assert result.locator(".misconception a").count() == len(named)
    submission = read_cells(json.loads(download(desk)), released_from(json.loads(released), NAME))
    assert not submission.needs_code and not submission.repairs
    marked = mark(submission, EXERCISE, BOOK)
    for task, answer in given.items():
        award = mark_answer(EXERCISE, task, answer, BOOK)
        assert marked.awards[task].marks == award.marks
        assert [p.sentence for p in marked.awards[task].parts] == [p.sentence for p in award.parts]
    assert desk.locator("[aria-invalid=true]").count() == 0


def test_nothing_entered_gives_the_released_notebook_to_the_byte(page, released):
    assert download(page) == released


def test_the_page_is_sound_with_entries_faults_and_results(page):
    fill_in(page, "matrix", EXPERT["matrix"])
    page.locator(entry("matrix", "totals", "A")).fill("much")
    check(page, "matrix")
    page.get_by_text("A calculator in Python").first.click()
    page.get_by_role("button", name="Run").first.click()
    expect(page.locator(".outputs table")).to_be_visible()
    assert too_wide(page) == []
    assert axe(page) == []


def test_the_tab_key_reaches_every_control(page):
    assert unreachable(page) == []


def test_a_whole_exercise_by_keyboard(browser, address):
    with at_the_exercise(browser, address, 360) as (page, said):
        keys = page.keyboard
        page.locator("#learner-code").focus()
        keys.type("7kq2")
        keys.press("Enter")
        expect(page.locator("#learner-code-fault")).to_contain_text("twelve letters and digits")
        expect(page.locator("#learner-code")).to_be_focused()
        page.locator(entry("cost-benefit", "left_out")).locator(".add").focus()
        keys.press("Enter")
        expect(page.locator(entry("cost-benefit", "left_out", 0))).to_be_focused()
        keys.type("A1")
        keys.press("Tab")
        keys.press("Tab")
        keys.press("Enter")  # adds another
        keys.type("Z1")
        keys.press("Tab")
        fault = page.locator(f"{entry('cost-benefit', 'left_out', 1)}-fault")
        expect(fault).to_have_text("'Z1' is not written as the task asks.")
        assert f"{entry('cost-benefit', 'left_out', 1)[1:]}-fault" in page.locator(
            entry("cost-benefit", "left_out", 1)
        ).get_attribute("aria-describedby")
        keys.press("Enter")  # its Remove
        expect(
            page.locator(entry("cost-benefit", "left_out")).get_by_role("button", name="Put entry 2 back")
        ).to_be_focused()
        page.locator(entry("cost-benefit", "rows", 0, "option")).focus()
        keys.type("A")
        for figure in ("-83500", "1000", "33300", "57000", "78500", "52936", "34"):
            keys.press("Tab")
            keys.type(figure)
        page.locator(f"{entry('cost-benefit', 'choose')} input:checked").focus()
        for _ in range(5):
            keys.press("ArrowUp")
        keys.press("Tab")
        keys.type("-39,355")
        keys.press("Enter")  # in a text field, this checks
        result = page.locator("[data-task=cost-benefit] > .result")
        expect(result).to_contain_text("of 7 marks")
        expect(result).to_be_focused()
        notebook = json.loads(download(page))
        source = "".join(next(cell["source"] for cell in notebook["cells"] if cell["id"] == "cost-benefit-answer"))
        for wanted in (
            "'left_out': ['A1']",
            "'y0': -83500",
            "'payback_months': 34",
            "'choose': 'A'",
            "'cautious_npv': -39355",
        ):
            assert wanted in source
        assert said == []


def test_a_mistake_of_shape_is_said_beside_its_field_without_python(browser, address):
    with at_the_exercise(browser, address, stand_in=False) as (page, _):
        field = page.locator(entry("matrix", "criteria", 0, "weight"))
        fault = page.locator(f"{entry('matrix', 'criteria', 0, 'weight')}-fault")
        field.fill("thirty")
        expect(fault).to_be_hidden()
        field.blur()
        expect(fault).to_have_text("'thirty' should be a number, points of 100.")
        expect(field).to_have_attribute("aria-invalid", "true")
        field.fill("130")
        expect(fault).to_have_text("130 is too large; the highest is 100.")
        field.fill("30")
        expect(fault).to_be_hidden()
        expect(field).not_to_have_attribute("aria-invalid", "true")


def test_check_lists_what_does_not_fit_with_links_to_the_fields(page):
    fill_in(page, "matrix", EXPERT["matrix"])
    page.locator(entry("matrix", "totals", "B")).fill("much")
    page.locator(entry("matrix", "scores", "C", 2)).fill("11")
    result = check(page, "matrix")
    summary = page.locator("[data-task=matrix] .summary")
    expect(summary).to_contain_text("Look at 2 entries again:")
    expect(summary).to_be_focused()
    expect(result).to_contain_text("totals, B: 'much' should be a number")
    summary.get_by_role("link", name="scores, C, entry 3: 11 is too large; the highest is 10.").click()
    expect(page.locator(entry("matrix", "scores", "C", 2))).to_be_focused()
    page.locator(entry("matrix", "scores", "C", 2)).fill("9")
    expect(result).to_contain_text("You have changed your answer since this check.")


# Where the work is kept ------------------------------------------------------------------------


def test_everything_survives_a_reload(page):
    fill_in(page, "matrix", EXPERT["matrix"])
    page.locator(entry("matrix", "totals", "A")).fill("six and a half")
    page.get_by_label("Your answer to task 3").fill("I recommend One Owner.")
    page.get_by_text("Hint 2").first.click()
    expect(page.locator(".saved")).to_contain_text("Saved in this browser at")
    before = download(page)
    page.reload()
    ready(page)
    assert download(page) == before
    expect(page.locator(entry("matrix", "totals", "A"))).to_have_value("six and a half")
    expect(page.locator("details[data-hint=matrix-2]")).to_have_attribute("open", "")
    expect(page.get_by_text("4 of 120 to 180 words. Write 116 more.")).to_be_visible()


def test_two_tabs_lose_nothing(browser, address):
    with at_the_exercise(browser, address) as (first, said):
        second = first.context.new_page()
        second.goto(address)
        ready(second)
        first.locator(entry("matrix", "totals", "A")).fill("6.5")
        expect(second.locator(entry("matrix", "totals", "A"))).to_have_value("6.5")
        second.locator(entry("matrix", "totals", "B")).fill("1.4")
        expect(first.locator(entry("matrix", "totals", "B"))).to_have_value("1.4")
        second.get_by_label("Your answer to task 3").fill("From the second tab.")
        expect(first.get_by_label("Your answer to task 3")).to_have_value("From the second tab.")
        # A tab that was told nothing finds out when it saves.
        first.evaluate("addEventListener('storage', (event) => event.stopImmediatePropagation(), true)")
        first.evaluate(
            """() => {
              const key = "cslearn:exercise:choose-an-improvement:practice-0";
              const work = JSON.parse(localStorage.getItem(key));
              work.tasks.matrix.answer.totals.C = 7.4;
              work.tasks.matrix.answer.totals.A = 9;
              localStorage.setItem(key, JSON.stringify(work));
            }"""
        )
        first.locator(entry("matrix", "totals", "A")).fill("6.6")
        expect(first.locator(entry("matrix", "totals", "C"))).to_have_value("7.4")
        expect(first.locator(entry("matrix", "totals", "A"))).to_have_value("6.6")
        expect(first.locator(".clashes")).to_contain_text("matrix, totals, A: 9")
        assert said == []


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
            "has no room left",
        ),
        (
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
            "does not let the page keep",
        ),
    ],
    ids=["full", "blocked"],
)
def test_without_storage_the_page_says_so_and_works_on(browser, address, fault, says):
    with at_the_exercise(browser, address) as (page, _):
        page.add_init_script(fault)
        page.reload()
        ready(page)
        page.locator(entry("matrix", "totals", "A")).fill("6.5")
        expect(page.get_by_role("alert").filter(has_text="Download your notebook")).to_contain_text(says)
        expect(page.locator(".saved")).to_be_hidden()
        fill_in(page, "matrix", EXPERT["matrix"])
        expect(check(page, "matrix")).to_contain_text("7 of 7 marks")
        assert b"'totals': {'A': 6.52" in download(page)
        page.on("dialog", lambda dialog: dialog.accept())  # "leave without saving?"


def test_a_paste_of_ten_megabytes_gets_a_sentence_and_loses_nothing(wide):
    text = wide.get_by_label("Your answer to task 3")
    text.fill("I recommend One Owner.")
    paste = """(field) => {
      const data = new DataTransfer();
      data.setData("text/plain", "x".repeat(10 * 1024 * 1024));
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, cancelable: true, bubbles: true }));
    }"""
    text.evaluate(paste)
    expect(wide.get_by_role("alert").filter(has_text="10,485,760 characters")).to_contain_text("was not pasted")
    expect(text).to_have_value("I recommend One Owner.")
    field = wide.locator(entry("matrix", "totals", "A"))
    field.fill("6.5")
    field.evaluate(paste)
    expect(wide.locator(f"{entry('matrix', 'totals', 'A')}-fault")).to_contain_text("10,485,760 characters")
    # Put there in another way, by a program: the last good text is what is kept.
    text.evaluate(
        "(field) => { field.value = 'y'.repeat(10 * 1024 * 1024); field.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(wide.get_by_role("alert").filter(has_text="shorten it")).to_be_visible()
    wide.reload()
    ready(wide)
    expect(text).to_have_value("I recommend One Owner.")
    expect(field).to_have_value("6.5")


def test_starting_afresh_takes_everything_away_and_can_be_taken_back(wide, released):
    wide.on("dialog", lambda dialog: dialog.accept())
    fill_in(wide, "matrix", EXPERT["matrix"])
    check(wide, "matrix")
    wide.get_by_text("Hint 1").first.click()
    wide.get_by_role("button", name="Start this case afresh").click()
    expect(wide.locator("[data-task=matrix] > .result")).to_be_empty()
    expect(wide.locator("details.hint[open]")).to_have_count(0)
    assert download(wide) == released
    assert not wide.evaluate("Object.keys(localStorage).some((key) => key.endsWith(':practice-0'))")
    wide.get_by_role("button", name="Start this case afresh").click()
    fill_one(wide, "matrix", 6.5, {}, ("totals", "A"))
    wide.get_by_role("button", name="Start this case afresh").click()
    wide.get_by_role("button", name="Put back what was here").click()
    expect(wide.locator(entry("matrix", "totals", "A"))).to_have_value("6.5")


def test_my_data_is_shown_saved_erased_and_restored(wide, tmp_path):
    wide.on("dialog", lambda dialog: dialog.accept())
    fill_one(wide, "matrix", 6.5, {}, ("totals", "A"))
    wide.get_by_text("Your data on this device").click()
    expect(wide.locator(".my-data-list")).to_contain_text("Exercise, choose-an-improvement, practice-0")
    with wide.expect_download() as caught:
        wide.get_by_role("button", name="Save a copy").click()
    copy = tmp_path / "copy.json"
    caught.value.save_as(copy)
    wide.get_by_role("button", name="Erase it all").click()
    expect(wide.locator(entry("matrix", "totals", "A"))).to_have_value("")
    wide.get_by_label("Bring back a copy").set_input_files(copy)
    expect(wide.locator(".my-data-count")).to_contain_text("brought back")
    expect(wide.locator(entry("matrix", "totals", "A"))).to_have_value("6.5")
    for text in ("", "{", "[1]", '{"other": "thing"}', '{"cslearn:quiz:x": 3}'):
        bad = tmp_path / "bad.json"
        bad.write_text(text)
        wide.get_by_label("Bring back a copy").set_input_files(bad)
        expect(wide.locator(".my-data-count")).to_contain_text("is not a copy of this course's data")
    expect(wide.locator(entry("matrix", "totals", "A"))).to_have_value("6.5")


# The case --------------------------------------------------------------------------------------


def test_an_own_case_is_checked_for_its_shape_only_and_says_so(page):
    page.get_by_label("Your learner code").fill(CODE.lower().replace("-", " "))
    page.get_by_role("button", name="Open my case").click()
    expect(page.locator(".case-now")).to_contain_text(f"your own case, code {CODE}")
    own = case(NAME, code=CODE)
    sheet = page.locator("[data-tables=''] table")
    expect(sheet).to_contain_text(f"{own.tables['options'][1]['set_up_gbp']:,}")
    fill_in(page, "matrix", CAST[0].answer("matrix", own, random.Random(1)))
    result = check(page, "matrix")
    expect(result).to_contain_text("Every entry has the right form.")
    expect(result).to_contain_text("Not checked: whether your figures are right.")
    assert not re.search(r"\d of \d", result.text_content())
    page.locator(entry("matrix", "totals", "A")).fill("11")
    expect(check(page, "matrix")).to_contain_text("Some entries do not have the right form.")
    notebook = json.loads(download(page))
    assert next(c["source"] for c in notebook["cells"] if c["id"] == "learner-code") == [f'learner_code = "{CODE}"']
    # Practice and the own case are kept apart, and a second visit needs no Python for the tables.
    page.get_by_role("button", name="Go to the practice case").click()
    expect(page.locator(entry("matrix", "totals", "A"))).to_have_value("")
    page.get_by_label("Your learner code").fill(CODE)
    page.get_by_role("button", name="Open my case").click()
    expect(page.locator(entry("matrix", "totals", "A"))).to_have_value("11")
    page.route("**/exercise/python.js", lambda route: route.abort())
    page.reload()
    ready(page)
    expect(sheet).to_contain_text(f"{own.tables['options'][1]['set_up_gbp']:,}")


def test_a_code_with_a_typing_mistake_gets_a_sentence(page):
    wrong = CODE[:-1] + ("0" if CODE[-1] != "0" else "1")
    page.get_by_label("Your learner code").fill(wrong)
    page.keyboard.press("Enter")
    expect(page.locator("#learner-code-fault")).to_contain_text("has a typing mistake")
    expect(page.locator(".case-now")).to_contain_text("the practice case")


def test_another_practice_case_has_other_tables_and_its_own_entries(wide):
    fill_one(wide, "matrix", 6.5, {}, ("totals", "A"))
    wide.get_by_role("button", name="Try another practice case").click()
    other = case(NAME, practice=1)
    expect(wide.locator("[data-tables=''] table")).to_contain_text(f"{other.tables['options'][0]['set_up_gbp']:,}")
    expect(wide.locator("[data-tables='cost-benefit'] table").first).to_contain_text("A1")
    expect(wide.locator(entry("matrix", "totals", "A"))).to_have_value("")
    answer = CAST[0].answer("matrix", other, random.Random(1))
    fill_in(wide, "matrix", answer)
    expect(check(wide, "matrix")).to_contain_text("7 of 7 marks on practice case 1")
    wide.get_by_role("button", name="Back to the case of the lessons").click()
    expect(wide.locator(entry("matrix", "totals", "A"))).to_have_value("6.5")
    expect(wide.locator("[data-tables=''] table")).to_contain_text("83,500")


# Files -----------------------------------------------------------------------------------------


def test_a_downloaded_notebook_fills_the_form_in_another_browser(browser, address, tmp_path):
    with at_the_exercise(browser, address) as (page, said):
        page.get_by_label("Your learner code").fill(CODE)
        page.keyboard.press("Enter")
        fill_in(page, "matrix", EXPERT["matrix"])
        fill_in(page, "cost-benefit", EXPERT["cost-benefit"])
        page.get_by_label("Your answer to task 3").fill("One Owner.\n\nBecause of trust.")
        made = download(page)
        assert said == []
    file = tmp_path / "mine.ipynb"
    file.write_bytes(made)
    with at_the_exercise(browser, address, 360) as (page, said):
        page.get_by_label("Open a notebook").set_input_files(file)
        expect(page.locator(".file-status")).to_contain_text(f"your own case, code {CODE}")
        expect(page.get_by_label("Your answer to task 3")).to_have_value("One Owner.\n\nBecause of trust.")
        assert download(page) == made
        assert said == []


def test_a_broken_or_foreign_file_gets_a_sentence_and_nothing_is_lost(wide, tmp_path, released):
    fill_one(wide, "matrix", 6.5, {}, ("totals", "A"))
    for name, data, says in (
        ("cut.ipynb", released[: len(released) // 2], "damaged or was not saved completely"),
        ("empty.ipynb", b"", "is empty"),
        ("photo.ipynb", bytes(range(256)) * 40, "is not a notebook"),
        (
            "other.ipynb",
            released.replace(b"choose-an-improvement", b"plan-the-change"),
            "another exercise (plan-the-change)",
        ),
    ):
        (tmp_path / name).write_bytes(data)
        wide.get_by_label("Open a notebook").set_input_files(tmp_path / name)
        expect(wide.locator(".file-status")).to_contain_text(says)
        expect(wide.locator(".file-status")).to_contain_text("What you have entered here is as it was.")
        expect(wide.locator(entry("matrix", "totals", "A"))).to_have_value("6.5")


def test_opening_a_file_over_entries_asks_first_and_can_be_taken_back(wide, tmp_path, released):
    fill_one(wide, "matrix", 6.5, {}, ("totals", "A"))
    file = tmp_path / "mine.ipynb"
    file.write_bytes(released.replace(b'"Write your answer here, in your own words."', b'"From the file."'))
    wide.once("dialog", lambda dialog: dialog.dismiss())
    wide.get_by_label("Open a notebook").set_input_files(file)
    expect(wide.locator(".file-status")).to_contain_text("was not opened")
    expect(wide.locator(entry("matrix", "totals", "A"))).to_have_value("6.5")
    wide.once("dialog", lambda dialog: dialog.accept())
    wide.get_by_label("Open a notebook").set_input_files(file)
    expect(wide.get_by_label("Your answer to task 3")).to_have_value("From the file.")
    expect(wide.locator(entry("matrix", "totals", "A"))).to_have_value("")
    wide.get_by_role("button", name="Put back what was here").click()
    expect(wide.locator(entry("matrix", "totals", "A"))).to_have_value("6.5")
    expect(wide.get_by_label("Your answer to task 3")).to_have_value("")


def test_an_answer_in_python_is_shown_kept_and_handed_on(wide, tmp_path, released):
    wide.on("dialog", lambda dialog: dialog.accept())
    notebook = json.loads(released)
    cell = next(cell for cell in notebook["cells"] if cell["id"] == "matrix-answer")
    cell["source"] = ["matrix = dict(criteria=[])"]
    file = tmp_path / "mine.ipynb"
    file.write_text(json.dumps(notebook))
    wide.get_by_label("Open a notebook").set_input_files(file)
    source = wide.get_by_label("Your answer to task 1, as Python")
    expect(source).to_have_value("matrix = dict(criteria=[])")
    assert b"matrix = dict(criteria=[])" in download(wide)
    wide.reload()
    ready(wide)
    expect(source).to_have_value("matrix = dict(criteria=[])")
    wide.get_by_role("button", name="Use the form instead").click()
    assert download(wide) == released


# Python ----------------------------------------------------------------------------------------


def test_stop_ends_a_check_and_the_next_one_works(wide):
    fill_in(wide, "matrix", EXPERT["matrix"])
    wide.evaluate("window.holdPython = true")
    wide.get_by_role("button", name="Check task 1").click()
    stop = wide.locator("[data-task=matrix]").get_by_role("button", name="Stop")
    stop.click()
    expect(wide.locator("[data-task=matrix] > .result")).to_contain_text("Not checked.")
    wide.evaluate("window.holdPython = false")
    expect(check(wide, "matrix")).to_contain_text("7 of 7 marks")


def test_without_the_checker_the_form_works_and_says_why(browser, address):
    # The service worker would answer from its own copies, past this route.
    with at_the_exercise(browser, address, stand_in=False, service_workers="block") as (page, _):
        page.route("**/exercise/python.js", lambda route: route.abort())
        fill_in(page, "matrix", EXPERT["matrix"])
        expect(check(page, "matrix")).to_contain_text("The checker could not be loaded.")
        assert b"'totals': {'A': 6.52" in download(page)


def test_a_code_cell_runs_is_kept_and_goes_into_the_notebook(wide):
    wide.get_by_text("A calculator in Python").first.click()
    cell = wide.get_by_label("Python. Change the figures as you like.").first
    cell.fill("linear_scores([1, 2])")
    wide.get_by_role("button", name="Run").first.click()
    outputs = wide.locator(".outputs").first
    expect(outputs.locator("pre")).to_have_text("ran: linear_scores([1, 2])")
    expect(outputs.get_by_role("rowheader", name="y0")).to_be_visible()
    cell.press("Tab")
    expect(wide.get_by_role("button", name="Run").first).to_be_focused()
    assert b"linear_scores([1, 2])" in download(wide)
    cell.fill("1/0")
    wide.get_by_role("button", name="Run").first.click()
    expect(outputs).to_contain_text("Line 1: this divides by zero.")
    wide.get_by_role("button", name="Put the cell back").first.click()
    assert b"1/0" not in download(wide)


# Around it -------------------------------------------------------------------------------------


def test_only_the_exercise_page_may_run_webassembly(site):
    pages = {path: path.read_text(encoding="utf-8") for path in Path(site).rglob("*.html")}
    # In the page's own rule: the guide to hosting speaks of it too.
    allowed = [
        path.stem for path, text in pages.items() if re.search(r'Content-Security-Policy" content="[^"]*wasm', text)
    ]
    assert sorted(allowed) == available()
    policy = re.search(
        r'Content-Security-Policy" content="([^"]*)"', pages[Path(site) / "assessment" / f"{NAME}.html"]
    )[1]
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy and policy.endswith("worker-src 'self' blob:")
    assert " 'unsafe-eval'" not in policy and "http" not in policy


def test_lessons_lead_to_the_task_that_they_prepare_for(browser, address):
    with at_the_exercise(browser, address) as (page, _):
        page.goto(address.replace(f"assessment/{NAME}", "options/decision-matrix"))
        page.get_by_role("link", name="Task 1: Decision matrix").click()
        ready(page)
        expect(page.get_by_role("heading", name="Task 1: Decision matrix")).to_be_in_viewport()


def test_the_page_reads_whole_without_javascript(browser, address, released):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_text("The forms of this page need JavaScript.")).to_be_visible()
    expect(page.get_by_role("table", name="What to hand in").first).to_be_visible()
    expect(page.get_by_role("table", name="The options sheet")).to_contain_text("83,500")
    with page.expect_download() as caught:
        page.get_by_role("link", name="Download the notebook").click()
    assert Path(caught.value.path()).read_bytes() == released
    context.close()


def test_on_paper_there_are_the_answers_and_no_buttons(wide):
    wide.get_by_label("Your answer to task 3").fill("\n".join(f"Line {n}" for n in range(60)))
    wide.evaluate("dispatchEvent(new Event('beforeprint'))")
    wide.emulate_media(media="print")
    for button in wide.get_by_role("button").all():
        assert not button.is_visible(), button.text_content()
    text = wide.get_by_label("Your answer to task 3")
    assert text.evaluate("(e) => e.scrollHeight <= e.clientHeight + 2")
