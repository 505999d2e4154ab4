"""A small book in a real browser."""

import re

import pytest
import tiny_book
from playwright.sync_api import expect
from visiting import opened, served, visit

pytestmark = [pytest.mark.slow, pytest.mark.browser]

LESSON = (
    tiny_book.NOTEBOOK
    + r"""
# Choosing with a decision matrix

```{predict} decision-matrix.quiz.yml
```

Totals are $T_o = \sum_i w_i s_{oi}$.

$$
V = \sum_{t=0}^{n} \frac{C_t}{(1+r)^t} + \frac{C_t}{(1+r)^t} + \frac{C_t}{(1+r)^t} + \frac{C_t}{(1+r)^t} + \frac{C_t}{(1+r)^t}
$$

```{code-cell}
import pandas as pd
pd.DataFrame({name: [1, 2] for name in ("cost of the first year", "speed of answer", "fit", "risk to customers")})
```

| Option | Cost |
|---|---:|
| Portal | 12 |

## The explorer

:::{explorer} decision-matrix
:::

:::{workplace}
:points: PR3

Collect the minutes, {cite}`par88`.[^note]
:::

[^note]: With dates.

```{quiz} decision-matrix.quiz.yml
```

```{bibliography}
```
"""
)
WELCOME = "# Welcome\n\nThe course.\n\n::::{tab-set}\n:::{tab-item} Moodle\nA zip.\n:::\n:::{tab-item} Canvas\nAnother.\n:::\n::::\n\n:::{note}\nA note.\n:::\n\n```python\nprint('a line of code that is too long for a narrow telephone')\n```\n"
REFERENCES = (
    "@article{par88, author={Parasuraman, A. and Zeithaml, V. and Berry, L.}, title={SERVQUAL},"
    " journal={Journal of Retailing}, year={1988}}\n"
)
PAGES = {
    "welcome.md": WELCOME,
    "options/decision-matrix.md": LESSON,
    "options/decision-matrix.quiz.yml": tiny_book.QUIZ,
    "references.bib": REFERENCES,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = tmp_path_factory.mktemp("book")
    known = tiny_book.fake_registry(root / "explorers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cslearn.site.explorer.registry", lambda: known)
        folder = tiny_book.built(root, PAGES)
    with served(folder) as address:
        yield address


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["index.html", "options/decision-matrix.html", "search.html?q=matrix"])
def test_a_reader_finds_no_fault(site, browser, page, width, scheme):
    assert visit(browser, f"{site}/{page}", width, scheme).faults == []


def test_a_page_is_light(site, browser):
    # The usual book theme needs 850 KB before the first word of a lesson.
    assert visit(browser, f"{site}/options/decision-matrix.html", keyboard=False).weight < 40_000


@pytest.fixture
def lesson(site, browser):
    with opened(browser, f"{site}/options/decision-matrix.html", 360, "light") as (page, findings, _):
        yield page
        assert findings.console == []


def test_a_quiz_is_answered_by_keyboard_and_kept_over_a_reload(lesson):
    question = lesson.locator("form[data-question$=':weights']")
    result = question.get_by_role("status")
    question.get_by_label("100").focus()
    lesson.keyboard.press("ArrowDown")
    lesson.keyboard.press("Tab")
    lesson.keyboard.press("Enter")
    expect(result).to_contain_text("Not yet.")
    expect(result).to_contain_text("Then two totals could not be compared.")
    expect(result).to_contain_text("A common mistake: a change linked to nothing.")
    expect(result).not_to_contain_text("Shares of one whole")
    expect(question.get_by_role("button", name="Try again")).to_be_focused()
    expect(question.locator(".verdict").nth(1)).to_have_text("✗ not right")
    assert lesson.evaluate("Object.keys(localStorage)") == ["cslearn:quiz:options/decision-matrix:weights"]

    lesson.reload()
    expect(result).to_contain_text("Not yet.")
    expect(lesson.locator(".quiz .score")).to_have_text("0 of 2 right so far.")
    question.get_by_role("button", name="Try again").press("Enter")
    expect(question.get_by_label("100")).to_be_focused()
    expect(result).to_be_empty()
    lesson.keyboard.press("Space")
    lesson.keyboard.press("Enter")
    expect(result).to_contain_text("Right.")
    expect(lesson.locator(".quiz .score")).to_have_text("1 of 2 right so far.")


def test_many_names_the_right_answers_that_were_left_out(lesson):
    question = lesson.locator("form[data-question$=':evidence']")
    question.get_by_role("button", name="Check").click()
    expect(question.get_by_role("status")).to_have_text("Choose an answer first.")
    question.get_by_label("Criteria from the strategy").check()
    question.get_by_role("button", name="Check").click()
    result = question.get_by_role("status")
    expect(result).to_contain_text("Partly right.")
    expect(result).to_contain_text(re.compile("You left out:\\s+“A rule for each score” is right"))
    expect(result).not_to_contain_text("A favourite is no criterion.")


def test_a_prediction_is_committed_before_anything_is_told_and_stays(lesson):
    question = lesson.locator("form[data-predict]")
    expect(lesson.get_by_text("It costs least and breaks nothing.")).to_be_hidden()
    question.get_by_label("The portal").check()
    question.get_by_role("button", name="Commit my prediction").click()
    expect(question.get_by_role("status")).to_contain_text("Your prediction is kept.")
    expect(question.get_by_role("status")).to_contain_text("highest on speed")
    lesson.reload()
    expect(question.get_by_label("The portal")).to_be_checked()
    expect(question.get_by_label("The portal")).to_be_disabled()
    expect(question.get_by_role("button")).to_have_count(0)


def test_an_explorer_keeps_what_was_chosen(lesson):
    slider = lesson.get_by_label("Weight of cost")
    slider.focus()
    lesson.keyboard.press("ArrowRight")
    expect(lesson.locator(".explorer [role=status]")).to_have_text("Weight 41")
    lesson.reload()
    expect(lesson.locator(".explorer [role=status]")).to_have_text("Weight 41")


def test_an_explorer_that_fails_says_so(site, browser):
    context = browser.new_context()
    page = context.new_page()
    page.route("**/kit.js", lambda route: route.abort())
    page.goto(f"{site}/options/decision-matrix.html")
    expect(page.locator(".explorer [role=alert]")).to_contain_text("could not start")
    context.close()


def test_a_reader_sees_and_erases_what_is_kept(lesson):
    lesson.get_by_label("Weight of cost").press("ArrowRight")
    lesson.get_by_text("Your data on this device").click()
    expect(lesson.locator(".my-data-list li")).to_have_count(1)
    lesson.on("dialog", lambda dialog: dialog.accept())
    lesson.get_by_role("button", name="Erase it all").click()
    expect(lesson.locator(".my-data-count")).to_contain_text("Erased.")
    assert lesson.evaluate("localStorage.length") == 0


def test_chosen_colours_stay(lesson):
    lesson.get_by_role("button", name="Contents").click()
    lesson.get_by_label("Colours").select_option("dark")
    assert lesson.evaluate("document.documentElement.dataset.theme") == "dark"
    lesson.reload()
    assert lesson.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_contents_open_and_close_on_a_phone(lesson):
    button = lesson.get_by_role("button", name="Contents")
    contents = lesson.get_by_role("navigation", name="Contents of the course")
    expect(contents).to_be_hidden()
    lesson.evaluate("scrollTo(0, 900)")
    button.click()
    expect(contents.get_by_role("link", name="Welcome")).to_be_in_viewport()
    expect(contents.get_by_role("link", name="Choosing with a decision matrix")).to_have_attribute(
        "aria-current", "page"
    )
    lesson.keyboard.press("Escape")
    expect(contents).to_be_hidden()
    expect(button).to_be_focused()


def test_a_page_reads_whole_without_javascript(site, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/options/decision-matrix.html")
    expect(page.get_by_text("needs JavaScript. The worked example")).to_be_visible()
    expect(page.get_by_role("button", name="Check")).to_have_count(0)
    page.get_by_text("Answers to Question 1.").click()
    expect(page.get_by_text("Shares of one whole add up to")).to_be_visible()
    page.get_by_role("link", name="Contents", exact=True).click()
    expect(page.get_by_role("navigation", name="Contents of the course")).to_be_visible()
    context.close()


def test_search_finds_a_page(site, browser):
    with opened(browser, f"{site}/index.html", 1280, "light") as (page, findings, _):
        page.get_by_label("Search").fill("matrix")
        page.keyboard.press("Enter")
        expect(page.locator("#search-results").get_by_role("link", name="Choosing with a decision")).to_be_visible()
        assert findings.console == []
