"""The report: the gradebook as it is now, safe and complete."""

import csv
import io
import re
from dataclasses import replace

import pytest
from handing_in import NAME, changed
from test_feedback import assert_inert, hostile_class  # noqa: F401  (a fixture)
from test_gradebook import by_hand

from cslearn.exercises.exercise import read
from cslearn.exercises.standards import standards
from cslearn.marking.classroom import Learner
from cslearn.marking.engine import mark_class
from cslearn.marking.release import release
from cslearn.marking.report import _several, report
from cslearn.problem import Problem


def made(classroom, exercise) -> tuple[str, list[dict]]:
    page, table = report(classroom, [exercise])
    text = table.read_text(encoding="utf-8-sig")
    return page.read_text(encoding="utf-8"), list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def busy_class(classroom, desk, exercise):
    """Four hand-ins: two experts, one that cannot be read, one with reversed ranking."""
    reversed_ = desk.answers("L002")["matrix"]
    reversed_["ranking"] = reversed_["ranking"][::-1]
    desk.hand_in(classroom, "L001", desk.notebook("L001", text="the same words " * 12))
    desk.hand_in(classroom, "L002", desk.notebook("L002", text="The same  words " * 12, matrix=reversed_))
    desk.hand_in(classroom, "L003", b"{")
    desk.hand_in(classroom, "L004", desk.notebook("L004"))
    mark_class(classroom, exercise)
    return classroom


def test_marks_given_by_a_person_show_up(busy_class, exercise):
    by_hand(busy_class, "L001", "recommendation", 5.5, "")
    page, rows = made(busy_class, exercise)
    first = rows[0]
    assert first["PR3 marks (of 20)"] == "19.5" and first["PR3 status"] == "complete"
    assert first["PR3.3 marks (of 6)"] == "5.5"
    assert rows[1]["PR3 status"] == "waits for tutor" and rows[1]["PR3.3 marks (of 6)"] == ""
    assert "19.5" in page


def test_everybody_is_accounted_for(busy_class, exercise):
    page, rows = made(busy_class, exercise)
    assert [row["PR3 status"] for row in rows] == [
        "waits for tutor", "waits for tutor", "not marked", "waits for tutor", "not handed in",
    ]  # fmt: skip
    assert "Waiting for your marks: 3" in page and "Could not be marked: 1" in page and "Not handed in: 1" in page
    assert "cut off" in rows[2]["PR3 why not marked"]


def test_those_who_wait_for_the_same_task_share_a_row_and_links_lead_to_every_part(busy_class, exercise):
    page, _ = made(busy_class, exercise)
    listed = page[page.index("Waiting for your marks: 3") : page.index("Could not be marked")]
    assert listed.count("<tr>") == 2
    assert all(name in listed for name in ("(L001)", "(L002)", "(L004)")) and "(L003)" not in listed
    targets = re.findall(r'<a href="#(s\d+)">', page)
    assert len(targets) >= 5 and [page.count(f'<h2 id="{target}">') for target in targets] == [1] * len(targets)


def test_many_names_are_folded_and_few_are_not():
    roster = {f"N{n}": Learner(f"N{n}", f"Name <{n}>") for n in range(6)}
    assert _several(roster, ["N0", "N1"]) == "Name &lt;0&gt; (N0), Name &lt;1&gt; (N1)"
    folded = _several(roster, roster)
    assert folded.startswith("<details><summary>6 names</summary>") and folded.count("&lt;") == 6


def test_where_the_class_lost_marks_comes_first(busy_class, exercise):
    page, _ = made(busy_class, exercise)
    lost = page[page.index("where marks were lost") :]
    first_row = lost[lost.index("<tbody>") : lost.index("</tr>", lost.index("<tbody>"))]
    assert "ranking" in first_row


def test_texts_that_are_word_for_word_the_same_are_pointed_out_to_the_tutor(busy_class, exercise):
    page, _ = made(busy_class, exercise)
    assert "word for word the same text as L002" in page and "word for word the same text as L001" in page
    assert "the same text as L004" not in page


def test_who_hands_in_the_course_s_own_answer_is_pointed_out_to_the_tutor(classroom, desk, exercise):
    lower = standards(exercise)["recommendation"][1]
    model = exercise.task("recommendation").model_answer
    desk.hand_in(classroom, "L001", desk.notebook("L001", text=model.upper()))
    desk.hand_in(classroom, "L002", desk.notebook("L002", text=lower.text.replace(" ", "  ")))
    desk.hand_in(classroom, "L004", desk.notebook("L004", text=f"{model} And I thought so too."))
    mark_class(classroom, exercise)
    page, _ = made(classroom, exercise)
    assert page.count("word for word the model answer.") == 1
    assert page.count(f"word for word the standard answer at level {lower.level} of the tutor&#x27;s pages.") == 1
    # An installed package carries no standard answers.
    alone = replace(exercise, path=None)
    assert "word for word the model answer." in made(classroom, alone)[0]


def test_what_was_noticed_is_listed_once_with_everybody_whom_it_concerns(classroom, desk, exercise):
    without_code = [changed(desk.notebook(who), "learner-code", 'learner_code = ""') for who in ("L001", "L002")]
    for who, notebook in zip(("L001", "L002"), without_code, strict=True):
        desk.hand_in(classroom, who, notebook)
    mark_class(classroom, exercise)
    page, _ = made(classroom, exercise)
    noticed = page[page.index("What was noticed and put right") :]
    assert noticed.count("The notebook carries no learner code") == 1
    row = noticed[noticed.index("The notebook carries no learner code") :]
    assert "(L001): PR3; " in row and "(L002): PR3" in row[: row.index("</tr>")]


def test_exercises_come_in_the_order_of_the_marking_points(classroom, desk, exercise):
    release(classroom, other := read("win-people-over"))
    desk.hand_in(classroom, "L001")
    mark_class(classroom, exercise)
    page, table = report(classroom, [exercise, other])
    text = page.read_text(encoding="utf-8")
    assert text.index(f"{other.point} {other.title}") < text.index(f"{exercise.point} {exercise.title}")
    assert table.read_text(encoding="utf-8-sig").index("CM3 status") < table.read_text(encoding="utf-8-sig").index(
        "PR3 status"
    )


def test_a_hostile_roster_and_class_make_an_inert_page_and_a_harmless_spreadsheet(hostile_class, exercise):  # noqa: F811
    page, rows = made(hostile_class, exercise)
    assert_inert(page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert rows[1]["name"] == "'=1+1"


def test_wide_tables_scroll_inside_regions_that_the_keyboard_reaches(busy_class, exercise):
    page, _ = made(busy_class, exercise)
    assert page.count("<table>") == page.count('role="region" tabindex="0"') > 4
    ids = [part.split('"')[0] for part in page.split('aria-labelledby="')[1:]]
    assert len(set(ids)) == len(ids)


def test_handed_in_but_not_marked_yet_is_said(classroom, desk, exercise):
    desk.hand_in(classroom, "L001")
    page, rows = made(classroom, exercise)
    assert rows[0]["PR3 why not marked"] == "not marked yet; run `cslearn mark`."
    assert "Could not be marked: 1" in page


def test_a_report_on_nothing_is_one_sentence_and_no_file(classroom, exercise):
    with pytest.raises(Problem, match="Nothing has been handed in yet"):
        report(classroom, [exercise])
    assert not (classroom.root / "report.html").exists()


def test_marks_in_the_report_are_those_of_the_gradebook(busy_class, exercise):
    from nbgrader import api

    _, rows = made(busy_class, exercise)
    with api.Gradebook(busy_class.db_url, "cslearn") as book:
        for row in rows:
            if row["PR3 marks (of 20)"]:
                assert float(row["PR3 marks (of 20)"]) == book.find_submission(NAME, row["learner_id"]).score
