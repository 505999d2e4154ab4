"""The quizzes of all pages as one bank: nothing lost, nothing twice, every question with its page and its items."""

from pathlib import Path

import pytest
import yaml
from tiny_book import QUIZ

from cslearn import syllabus
from cslearn.problem import Problem
from cslearn.site.quiz import bank, read

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def asked():
    return bank(ROOT)


def test_every_question_of_every_page_in_the_contents_is_there_once_and_in_order(asked):
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    names = [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])]
    expected = []
    for name in names:
        file = ROOT / "book" / f"{name}.quiz.yml"
        if file.is_file():
            questions = yaml.safe_load(file.read_text(encoding="utf-8"))["questions"]
            expected += [(name, question["id"]) for question in questions]
    assert [(one.place, one.question.id) for one in asked] == expected
    assert len({one.id for one in asked}) == len(asked) > 100
    # No quiz lies beside a page that the contents leave out.
    files = {
        path.relative_to(ROOT / "book").as_posix().removesuffix(".quiz.yml")
        for path in (ROOT / "book").rglob("*.quiz.yml")
    }
    assert files == {one.place for one in asked}


def test_each_question_says_what_it_checks_and_why_each_option_is_right_or_wrong(asked):
    titles = {page.id: page.title for page in syllabus.pages()}
    taught = {page for item in syllabus.inventory() for page in item.taught}
    for one in asked:
        assert one.title == titles[one.page]
        # Pages about the course itself teach no item, so their questions check none.
        assert one.question.checks or one.page not in taught, one.id
        assert all(map(syllabus.known, one.question.checks)), one.id
        assert all(option.because for option in one.question.options), one.id
        assert any(option.right for option in one.question.options), one.id


def test_every_item_taught_in_measuring_complaints_and_law_has_a_question_on_its_page(asked):
    asked_on = {}
    for one in asked:
        asked_on.setdefault(one.page, set()).update(one.question.checks)
    pages = ["1.4", *(f"2.{n}" for n in range(1, 7)), *(f"3.{n}" for n in range(1, 5))]
    for page in pages:
        taught = {item.id for item in syllabus.inventory() if page in item.taught}
        assert taught and taught <= asked_on[page], page


def test_a_quiz_beside_a_page_without_an_id_is_named(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "_toc.yml").write_text("root: welcome\n")
    page = tmp_path / "book" / "welcome.md"
    page.write_text("# Welcome\n")
    assert bank(tmp_path) == ()
    page.with_suffix(".quiz.yml").write_text(QUIZ)
    with pytest.raises(Problem, match=r"book/welcome\.md has a quiz and no page id"):
        bank(tmp_path)
    page.write_text('---\ncslearn: {page: "4.6", teaches: []}\n---\n# Options\n')
    assert [one.id for one in bank(tmp_path)] == ["4.6:weights", "4.6:evidence"]
    assert [one.question for one in bank(tmp_path)] == list(read(page.with_suffix(".quiz.yml")).questions)
    page.with_suffix(".quiz.yml").write_text("questions: [\n")
    with pytest.raises(Problem, match=r"welcome\.quiz\.yml:2 is not valid YAML"):
        bank(tmp_path)


def test_the_command_says_how_many_there_are(capsys, monkeypatch, asked):
    from cslearn.cli import main

    monkeypatch.chdir(ROOT)
    main(["check", "--coverage"])
    pages = {one.page for one in asked}
    assert capsys.readouterr().out.splitlines()[-1] == f"questions {len(asked)} on {len(pages)} pages"
