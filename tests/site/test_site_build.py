"""Builds small books with the repository's own _config.yml."""

import json
import subprocess
import sys
from html import unescape
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace

import pytest
import tiny_book
from bs4 import BeautifulSoup

from cslearn.problem import Problem
from cslearn.site import theme
from cslearn.site.build import build

pytestmark = pytest.mark.slow

PAGE = "# Welcome\n\nText.\n"


def soup(path):
    return BeautifulSoup(path.read_text(encoding="utf8"), "html.parser")


def test_the_first_page_is_also_the_index(make):
    site = make({"welcome.md": PAGE, "options/matrix.md": "# Matrix\n\nText.\n"})
    assert (site / "index.html").read_text() == (site / "welcome.html").read_text()
    assert soup(site / "index.html").find("a", string="Matrix")["href"] == "options/matrix.html"


def test_a_page_outside_the_table_of_contents_is_not_published(make, tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "answers.md").write_text("# Answers\n")
    assert not list(make({"welcome.md": PAGE}).rglob("answers*"))


def test_a_page_loads_only_what_it_uses_and_nothing_inline(make):
    page = soup(make({"welcome.md": PAGE}) / "welcome.html")
    assert [script["src"] for script in page.find_all("script")] == ["_static/colours.js", "_static/site.js"]
    assert not page.find_all("style")
    policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert "script-src 'self';" in policy and "default-src 'self'" in policy


def test_a_folder_that_cannot_be_written_gets_a_sentence(tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(Problem, match="name another folder"):
        build(Path(__file__).parents[2], tmp_path / "taken")


def test_a_page_with_an_explorer_asks_for_its_modules_at_once(make):
    text = "# Matrix\n\n## Explorer\n\n:::{explorer} decision-matrix\n:::\n"
    site = make({"welcome.md": PAGE, "options/matrix.md": text})
    asked = [link["href"] for link in soup(site / "options" / "matrix.html").find_all("link", rel="modulepreload")]
    assert asked == ["../_static/explorers/decision_matrix.js", "../_static/explorers/kit.js"]
    assert all((site / "options" / href).resolve().is_file() for href in asked)
    assert not soup(site / "welcome.html").find_all("link", rel="modulepreload")


def test_a_page_may_ask_an_explorer_to_show_a_part_first(make):
    text = "# Matrix\n\n## Explorer\n\n```{explorer} decision-matrix\n:view: table\n```\n\n## Again\n\n```{explorer} decision-matrix\n```\n"
    site = make({"welcome.md": "# Welcome\n", "options/matrix.md": text})
    places = soup(site / "options" / "matrix.html").find_all(attrs={"data-explorer": "options/matrix:decision-matrix"})
    assert [place.get("data-view") for place in places] == ["table", None]


def test_every_directive_stands_on_the_page_without_javascript(make, explorers):
    site = make(
        {
            "welcome.md": PAGE,
            "options/matrix.md": """\
                # Matrix

                ```{predict} matrix.quiz.yml
                ```

                ## Explorer

                :::{explorer} decision-matrix
                :::

                ## At work

                :::{workplace}
                :points: PR3, CM1

                Collect **two** emails.
                :::

                ```{quiz} matrix.quiz.yml
                ```
                """,
            "options/matrix.quiz.yml": tiny_book.QUIZ,
        }
    )
    page = soup(site / "options" / "matrix.html")
    assert [script["src"] for script in page.find_all("script")] == [
        f"../_static/{name}.js" for name in ("colours", "site", "host", "quiz")
    ]
    forms = page.find_all("form", class_="question")
    assert [form["data-question"] for form in forms] == [
        "options/matrix:prediction",
        "options/matrix:weights",
        "options/matrix:evidence",
    ]
    answers = forms[1].find("details", class_="answers")
    assert answers.summary.get_text() == "Answers to Question 1."
    assert "Shares of one whole add up to 100." in answers.get_text()
    assert "A common mistake: a change linked to nothing." in answers.get_text()
    assert forms[1].legend.find("math")
    assert [box["type"] for box in forms[2].find_all("input")] == ["checkbox"] * 3
    place = page.find(attrs={"data-explorer": "options/matrix:decision-matrix"})
    assert place["data-module"] == "../_static/explorers/decision_matrix.js"
    assert place["data-files"] == "kit.js later.js kit.css"
    assert "needs JavaScript" in place.get_text()
    assert (site / "_static" / "explorers" / "kit.js").is_file()
    box = page.find(class_="workplace")
    assert box.h3.get_text() == "In your workplace"
    assert "Evidence for PR3 The options; CM1 The need for change." in box.get_text()


def notebook_with(code, tags="[]"):
    return f"{tiny_book.NOTEBOOK}# Welcome\n\n```{{code-cell}}\n:tags: {tags}\n\n{code}\n```\n"


def test_a_cell_shows_its_result_and_folds_its_code(make):
    page = soup(make({"welcome.md": notebook_with("print(6 * 7)")}) / "welcome.html")
    assert page.find("details", class_="code").summary.get_text() == "Show the calculation"
    assert "42" in page.find(class_="cell_output").get_text()


@pytest.mark.parametrize(
    ("tags", "folded"),
    [
        ("[]", ["Show the calculation"]),
        ("[hide-input]", ["Show the calculation"]),
        ("[show-input]", []),
        ("[remove-input]", []),
        ("[hide-output]", ["Show the calculation", "Show the result"]),
        ("[hide-cell]", ["Show the calculation and its result"]),
    ],
)
def test_tags_say_what_of_a_cell_is_folded(make, tags, folded):
    page = soup(make({"welcome.md": notebook_with("print(6 * 7)", tags)}) / "welcome.html")
    assert [summary.get_text() for summary in page.article.find_all("summary")] == folded
    assert "42" in page.article.get_text()


def test_a_cell_that_fails_fails_the_build(make):
    with pytest.raises(Problem, match=r"welcome\.md: a cell fails with ZeroDivisionError"):
        make({"welcome.md": notebook_with("1 / 0")})


def test_a_page_may_not_hold_a_script(make):
    with pytest.raises(Problem, match=r"welcome\.md: the page holds a script"):
        make({"welcome.md": PAGE + "\n<script>alert(1)</script>\n"})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("```{quiz} none.quiz.yml\n```", r"welcome\.md:\d+: .*none\.quiz\.yml does not exist"),
        ("```{explorer} lottery\n```", r"welcome\.md:\d+: there is no explorer 'lottery'; there are decision-matrix"),
        ("```{explorer} decision-matrix\n```", r"welcome\.md:\d+: put the explorer decision-matrix under a heading"),
        (
            "## Try\n\n```{explorer} decision-matrix\n:table: complaints\n```",
            r"welcome\.md:\d+: the explorer decision-matrix has no table 'complaints' to begin with",
        ),
        (
            "## Try\n\n```{explorer} decision-matrix\n:view: chart\n```",
            r"welcome\.md:\d+: the explorer decision-matrix has no view 'chart'; it has table",
        ),
        (
            "## Try\n\n```{explorer} tables-room\n```",
            r"welcome\.md:\d+: the explorer tables-room reads Northfold's tables",
        ),
        ("```{datadictionary}\n```", r"welcome\.md:\d+: the data dictionary is made from datapackage\.json"),
        ("```{workplace}\n:points: PR9\n\nText.\n```", r"PR9 is not a marking point"),
        ("```{workplace}\n```", "the workplace box is empty"),
        ("```{exercise} win-the-lottery\n```", r"welcome\.md:\d+: There is no exercise"),
        (r"$\nosuchcommand$", r"welcome\.md:\d+: the formula '\\\\nosuchcommand' cannot be shown"),
        ("[](nowhere.md)", r"book/welcome\.md:\d+: 'myst' cross-reference target not found: 'nowhere\.md'"),
        ("```{nosuchdirective}\n```", r"book/welcome\.md:\d+: Unknown directive type"),
    ],
)
def test_a_fault_on_a_page_fails_the_build_and_is_named(make, text, says):
    with pytest.raises(Problem, match=says) as problem:
        make({"welcome.md": f"{PAGE}\n{text}\n"})
    assert "Traceback" not in str(problem.value)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("misconception: CMm2", "misconception: CMm9", r"matrix\.quiz\.yml, question weights: CMm9 is not a misc"),
        ("checks: [PR3]", "checks: [PR99]", r"matrix\.quiz\.yml, question weights: PR99 is not in the syllabus"),
    ],
)
def test_an_id_that_the_syllabus_does_not_have_is_refused(make, right, wrong, says):
    quiz = tiny_book.QUIZ.replace(right, wrong)
    with pytest.raises(Problem, match=says):
        make({"welcome.md": PAGE + "\n```{quiz} matrix.quiz.yml\n```\n", "matrix.quiz.yml": quiz})


def test_a_faulty_page_is_refused_again_by_the_next_build(make, tmp_path):
    pages = {"welcome.md": PAGE + "\n[](nowhere.md)\n"}
    for _ in range(2):
        with pytest.raises(Problem, match="nowhere"):
            make(pages)
    assert make({"welcome.md": PAGE})


def test_a_changed_quiz_file_changes_its_page(make):
    pages = {"welcome.md": PAGE + "\n```{quiz} matrix.quiz.yml\n```\n", "matrix.quiz.yml": tiny_book.QUIZ}
    make(pages)
    site = make({**pages, "matrix.quiz.yml": tiny_book.QUIZ.replace("The manager's favourite", "The dearest one")})
    assert "The dearest one" in (site / "welcome.html").read_text()


def test_a_build_that_writes_no_page_still_renews_scripts_and_styles(make):
    site = make({"welcome.md": PAGE})
    style = site / "_static" / "site.css"
    good = style.read_bytes()
    style.write_text("/* of an older version */")
    # What Sphinx calls at the end of every build, when it has written a page and when it has not.
    app = SimpleNamespace(
        outdir=site, builder=SimpleNamespace(format="html"), config=SimpleNamespace(root_doc="welcome")
    )
    theme.finish(app, None)
    assert style.read_bytes() == good


def test_missing_settings_are_named(tmp_path):
    with pytest.raises(Problem, match=r"_config\.yml is missing|book is missing"):
        build(tmp_path, tmp_path / "out")


EXERCISE = dedent("""\
    ---
    jupytext: {text_representation: {extension: .md, format_name: myst}}
    kernelspec: {name: python3, display_name: Python 3}
    ---
    # Choose an improvement

    +++

    Read **table D11** first.

    ```{raw-cell}
    :task: matrix

    id: PR3.1
    title: Build the decision matrix
    point: PR3
    marks: MARKS
    award: auto
    assesses: [PR3]
    checks: {winner: [PR3]}
    schema:
      type: object
      properties:
        winner: {title: The winner, enum: [portal, cut_off], x-choices: {portal: Customer portal}}
      required: [winner]
      additionalProperties: false
    hints:
      - Look at the *knock-outs* first.
    ```

    ```{code-cell}
    :answer: matrix

    matrix = {"winner": None}
    ### BEGIN SOLUTION
    matrix = {"winner": "portal"}
    ### END SOLUTION
    ```

    ```{code-cell}
    :check: matrix

    check("choose-an-improvement", "matrix", matrix, learner_code)
    ```
    """)


def test_an_exercise_shows_its_task_and_gives_its_notebook_without_answers(make, tmp_path, monkeypatch):
    from cslearn import syllabus
    from cslearn.exercises import exercise

    marks = next(task.marks for task in syllabus.tasks() if task.id == "PR3.1")
    folder = tmp_path / "exercises"
    folder.mkdir()
    (folder / "choose-an-improvement.md").write_text(EXERCISE.replace("MARKS", str(marks)))
    monkeypatch.setattr(exercise, "FOLDER", folder)
    site = make({"welcome.md": PAGE + "\n## Exercise\n\n```{exercise} choose-an-improvement\n:tasks: matrix\n```\n"})
    page = soup(site / "welcome.html")
    task = page.find(id="task-choose-an-improvement-matrix")
    said = unescape(task.get_text(" ", strip=True))
    for wanted in ("Task 1: Build the decision matrix", f"{marks} marks", "PR3: The options", "Read table D11 first."):
        assert wanted in said
    assert [item.get_text() for item in task.table.find_all("li")] == ["portal Customer portal", "cut_off "]
    assert task.find("details", class_="hint").get_text(" ", strip=True).startswith("Hint 1 Look at the knock-outs")
    assert "#task-choose-an-improvement-matrix" in [a["href"] for a in page.find(class_="on-page").find_all("a")]
    notebook = json.loads((site / page.find("a", class_="download")["href"]).read_text())
    assert "BEGIN SOLUTION" not in json.dumps(notebook) and '"winner": "portal"' not in json.dumps(notebook)

    with pytest.raises(Problem, match="has no task budget; its tasks are matrix"):
        make({"welcome.md": PAGE + "\n```{exercise} choose-an-improvement\n:tasks: budget\n```\n"})


def test_jupyter_book_itself_gives_the_same_page(tmp_path):
    root = tiny_book.write(tmp_path, {"welcome.md": PAGE, "matrix.md": "# Matrix\n\n$x^2$\n"})
    ours = build(root, tmp_path / "ours", on_line=lambda line: None)
    subprocess.run(
        [
            sys.executable,
            "-c",
            "from jupyter_book.cli.main import main; main()",
            "build",
            "book",
            "--config",
            "_config.yml",
            "--toc",
            "_toc.yml",
            "--path-output",
            "theirs",
            "-W",
            "--keep-going",
        ],
        cwd=root,
        check=True,
        capture_output=True,
    )
    theirs = root / "theirs" / "_build" / "html"
    for page in ("index.html", "matrix.html"):
        assert (theirs / page).read_text() == (ours / page).read_text()
