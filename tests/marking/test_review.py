"""Formgrader in a real browser: it lists our marks, takes a person's, and the report shows them."""

import socket
import urllib.request

import pytest
from handing_in import NAME

from cslearn.marking.engine import mark_class
from cslearn.marking.feedback import feedback
from cslearn.marking.gradebook import Gradebook
from cslearn.marking.report import report
from cslearn.marking.review import Review
from cslearn.problem import Problem


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.nbgrader
def test_a_mark_given_in_formgrader_appears_in_the_report(classroom, desk, exercise, browser):
    text = "I recommend A.\n\n<script>document.title = 'taken over'</script><img src=x onerror=\"document.title='taken over'\">"
    desk.hand_in(classroom, "L001", desk.notebook("L001", text=text))
    desk.hand_in(classroom, "L002")
    mark_class(classroom, exercise)
    with Review(classroom) as server:
        base = server.address.partition("/formgrader")[0]
        page = browser.new_page()
        asked, said = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(server.address)
        page.goto(f"{base}/formgrader/gradebook/{NAME}/{NAME}")
        page.wait_for_selector("text=Submission #2")
        assert page.locator("tbody tr:has-text('14 / 20')").count() == 2
        for number in (1, 2):
            page.goto(f"{base}/formgrader/gradebook/{NAME}/{NAME}")
            page.click(f"text=Submission #{number}")
            page.wait_for_selector("#recommendation")
            if "document.title" in page.content():
                break
        assert "taken over" not in page.title()
        assert page.locator("text=For the tutor").count() == 1
        assert page.locator("text=7 of 7").count() >= 2
        # Where MathJax is missing altogether, the page stops before this, and its keys do not work.
        page.wait_for_function("document.activeElement.classList.contains('tabbable')")
        with page.expect_response(lambda r: "/api/grade/" in r.url and r.request.method == "PUT"):
            page.fill("#recommendation", "4.5")
            page.locator("#recommendation").blur()
        with page.expect_response(lambda r: "/api/comment/" in r.url and r.request.method == "PUT"):
            page.fill("#recommendation-comment", "Say who bears the cost.")
            page.locator("#recommendation-comment").blur()
        page.close()
    assert [url for url in asked if not url.startswith((f"{base}/", "data:"))] == [] and said == []
    with Gradebook(classroom, NAME) as book:
        (entry,) = book.entries(["L001"])
    assert entry.scores["recommendation"].manual == 4.5 and not entry.waiting
    assert entry.comments["recommendation"] == "Say who bears the cost."
    report_page, table = report(classroom, [exercise])
    assert "18.5" in report_page.read_text(encoding="utf-8")
    assert (
        table.read_text(encoding="utf-8-sig")
        .splitlines()[1]
        .startswith("L001,Ann Bee,ann.bee@example.org,complete,18.5,")
    )
    assert "Say who bears the cost." in feedback(classroom, exercise)[0].read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.nbgrader
def test_the_server_is_for_this_machine_and_for_the_holder_of_the_token(classroom, desk, exercise):
    desk.hand_in(classroom, "L001")
    mark_class(classroom, exercise)
    with Review(classroom) as server:
        assert server.address.startswith("http://127.0.0.1:") and len(server.token) >= 32
        port = int(server.address.split(":")[2].partition("/")[0])
        bare = server.address.partition("?")[0]
        for address in (bare, f"http://127.0.0.1:{port}/formgrader/api/assignments"):
            with urllib.request.urlopen(address) as login:
                assert "/login" in login.url
        with urllib.request.urlopen(server.address) as page:
            assert page.status == 200
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "the server has ended with its window"


def test_review_of_a_class_without_gradebook_is_one_sentence(classroom):
    classroom.gradebook.unlink()
    with pytest.raises(Problem, match="nothing to review"):
        Review(classroom)


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_report_and_feedback_are_accessible_and_fit_a_phone(classroom, desk, exercise, browser, axe, width, scheme):
    for learner in ("L001", "L002", "L003"):
        desk.hand_in(classroom, learner)
    desk.hand_in(classroom, "L004", b"{")
    mark_class(classroom, exercise)
    for path in (report(classroom, [exercise])[0], feedback(classroom, exercise)[0]):
        # The checker is a script, which the page's own policy forbids; it is put aside for the checker alone.
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        violations = axe.run(page).response["violations"]
        assert [(found["id"], found["nodes"][0]["html"]) for found in violations] == []
        context.close()


@pytest.mark.slow
@pytest.mark.browser
def test_the_page_s_own_policy_lets_its_style_through_and_stops_a_script(classroom, desk, exercise, browser):
    desk.hand_in(classroom, "L001")
    mark_class(classroom, exercise)
    (path,) = feedback(classroom, exercise)
    broken = path.with_name("broken-into.html")
    broken.write_text(
        path.read_text(encoding="utf-8").replace("</main>", "<script>document.title='taken over'</script></main>"),
        encoding="utf-8",
    )
    page = browser.new_page()
    page.goto(broken.as_uri())
    assert page.title() == "Feedback: Choose an improvement"
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
    page.close()
