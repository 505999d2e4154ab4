"""Feedback pages: self-contained, safe whatever a learner or a roster holds, and complete."""

import re
import sqlite3
import zipfile
from contextlib import closing
from html.parser import HTMLParser

import pytest
from handing_in import NAME, cell
from test_gradebook import by_hand

from cslearn.marking.classroom import open_classroom
from cslearn.marking.engine import mark_class
from cslearn.marking.feedback import MAX_RENDERED, feedback, prose, zip_feedback
from cslearn.problem import Problem

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class Tags(HTMLParser):
    """Everything in a page that a browser could act on."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))


def assert_inert(page: str) -> None:
    """No script, no handler, no address but ordinary ones, and nothing loaded from elsewhere."""
    for tag, attributes in Tags(page).tags:
        assert tag not in {
            "script",
            "iframe",
            "object",
            "embed",
            "svg",
            "form",
            "link",
            "base",
            "audio",
            "video",
            "math",
        }
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            if name == "href":
                assert re.match(r"#|https?://|mailto:", value), value
            if name == "src":
                assert re.match(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$", value), value
            if name == "http-equiv":
                assert value == "Content-Security-Policy"


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\nscript:alert(1))",
    "[a](javascript&#58;alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a](javascript\\:alert(1))",
    "[a](vbscript:x) [b](data:text/html,<script>1</script>) [c](file:///etc/passwd)",
    "![a](javascript:alert(1))",
    "![a](https://elsewhere.example/pixel.png)",
    "![a](data:image/svg+xml;base64,PHN2Zz4=)",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    "> [b]: javascript:alert(1)\n\n[b] ![b]",
    "</div></main><script>alert(1)</script>",
    '[a](https://x.example "\\" onmouseover=alert(1) x=\\"")',
    '![" onerror="alert(1)](x)',
    "`<script>`\n\n```html\n<script>alert(1)</script>\n```",
    "<svg/onload=alert(1)>",
    "<style>body{background:url(https://elsewhere.example)}</style>",
    "$\\href{javascript:alert(1)}{x}$",
    "<!-- <script> -->",
    "| a |\n|---|\n| <script>alert(1)</script> |",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_learner_writes_is_inert(text):
    assert_inert(prose(text, {}))


def test_ordinary_markdown_is_shown_as_it_was_meant():
    shown = prose("**Bold** and a list:\n\n- one\n- [two](https://example.org)\n\n| a | b |\n|---|---|\n| 1 | 2 |", {})
    for part in ("<strong>Bold</strong>", "<li>one</li>", 'href="https://example.org"', "<td>1</td>"):
        assert part in shown
    assert "<h1" not in prose("# A heading that would break the page's outline", {})


def test_a_text_without_end_is_cut_and_quick():
    shown = prose(">" * 30_000, {})
    assert len(shown) < MAX_RENDERED * 6 and "the rest is left out" in shown


@pytest.fixture
def hostile_class(classroom, desk, exercise):
    """A class whose roster and hand-ins try everything at once."""
    roster = classroom.root / "roster.csv"
    roster.write_text('learner_id,name,email\nL001,"<script>alert(1)</script> O\'Neill & ""Co""",x@y.z\nL002,=1+1,\n')
    room = open_classroom(classroom.root)
    notebook = desk.notebook("L001", text="\n\n".join(HOSTILE))
    cell(notebook, "matrix-answer")["source"] = "matrix = {'ranking': '<img src=x onerror=alert(1)>', '<b>': 1}"
    cell(notebook, "learner-code")["source"] = "learner_code = '<script>alert(1)</script>'"
    desk.hand_in(room, "L001", notebook)
    desk.hand_in(room, "L002")
    mark_class(room, exercise)
    by_hand(room, "L002", "recommendation", 3, "See <script>alert(1)</script> and [this](javascript:alert(1)).")
    return room


def test_pages_from_a_hostile_class_hold_nothing_that_runs(hostile_class, exercise):
    for path in feedback(hostile_class, exercise):
        page = path.read_text(encoding="utf-8")
        assert_inert(page)
        assert "default-src 'none'" in page and "'unsafe-inline'" not in page


def test_a_page_says_marks_sentences_comments_and_what_waits(classroom, desk, exercise):
    desk.hand_in(classroom, "L001")
    desk.hand_in(classroom, "L002")
    mark_class(classroom, exercise)
    by_hand(classroom, "L001", "recommendation", 5, "Say who bears **the cost**.")
    first, second = (path.read_text(encoding="utf-8") for path in feedback(classroom, exercise))
    assert "<strong>19 of 20</strong>" in first and "so far" not in first and "Still with your tutor" not in first
    assert "Say who bears <strong>the cost</strong>." in first and "your tutor" in first
    assert "I recommend A, because it serves trust." in first
    assert "<strong>14 of 20</strong> so far" in second
    assert "Still with your tutor: Recommendation." in second
    assert "Levels" not in first and "Argues from the objectives" in first
    assert exercise.task("recommendation").model_answer[:40] not in first


def test_misconceptions_are_named_in_plain_words(classroom, desk, exercise):
    import random

    from cslearn import syllabus
    from cslearn.exercises.personas import personas
    from cslearn.northfold.case import case

    persona = next(p for p in personas(exercise) if p.name == "No link to strategy")
    answer = persona.answer("matrix", case(NAME, code=desk.codes["L001"]), random.Random(1))
    desk.hand_in(classroom, "L001", desk.notebook("L001", matrix=answer))
    mark_class(classroom, exercise)
    (path,) = feedback(classroom, exercise)
    assert syllabus.misconception("CMm2").name in path.read_text(encoding="utf-8").replace("&#x27;", "'")


def test_a_learner_s_own_picture_is_shown_and_no_other(classroom, desk, exercise):
    notebook = desk.notebook(text="See ![my chart](attachment:chart.png) and ![x](attachment:bad.svg).")
    cell(notebook, "recommendation")["attachments"] = {
        "chart.png": {"image/png": PIXEL},
        "bad.svg": {"image/svg+xml": "PHN2Zz4="},
    }
    desk.hand_in(classroom, "L001", notebook)
    mark_class(classroom, exercise)
    (path,) = feedback(classroom, exercise)
    page = path.read_text(encoding="utf-8")
    assert_inert(page)
    assert f'src="data:image/png;base64,{PIXEL}"' in page and "[picture: x]" in page


def test_nothing_written_is_said_so(classroom, desk, exercise):
    desk.hand_in(classroom, "L001", desk.blank)
    mark_class(classroom, exercise)
    (path,) = feedback(classroom, exercise)
    assert "No answer was written here." in path.read_text(encoding="utf-8")


def test_the_zip_holds_one_page_for_each_learner(classroom, desk, exercise):
    for learner in ("L001", "L002"):
        desk.hand_in(classroom, learner)
    mark_class(classroom, exercise)
    packed = zip_feedback(classroom, exercise, feedback(classroom, exercise))
    with zipfile.ZipFile(packed) as archive:
        assert archive.namelist() == [f"L001/{NAME}.html", f"L002/{NAME}.html"]
        assert archive.testzip() is None


def test_feedback_before_marking_is_one_sentence(classroom, exercise):
    with pytest.raises(Problem, match="has been marked yet"):
        feedback(classroom, exercise)


@pytest.mark.slow
@pytest.mark.browser
def test_no_table_is_cut_on_a_phone(classroom, desk, exercise, browser):
    desk.hand_in(classroom, "L001", desk.notebook("L001", matrix={"totals": "all of them"}))
    mark_class(classroom, exercise)
    (path,) = feedback(classroom, exercise)
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.set_content(path.read_text(encoding="utf-8"))
    cut = page.evaluate("[...document.querySelectorAll('.scroll')].map((e) => e.scrollWidth - e.clientWidth)")
    context.close()
    assert cut and not any(cut)


def test_pages_do_not_depend_on_when_they_are_made(classroom, desk, exercise):
    desk.hand_in(classroom, "L001")
    mark_class(classroom, exercise)
    (path,) = feedback(classroom, exercise)
    before = path.read_bytes()
    with closing(sqlite3.connect(classroom.gradebook)) as db, db:
        db.execute("update cslearn_marking set at = '2020-01-01 00:00:00'")
    feedback(classroom, exercise)
    assert path.read_bytes() == before
