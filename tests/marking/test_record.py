"""The marked notebook as formgrader renders it: a learner's text cannot act in the tutor's page."""

import base64
import time

import nbformat
import pytest
from handing_in import NAME, cell
from test_feedback import HOSTILE, PIXEL, Tags

from cslearn.marking.engine import mark_class
from cslearn.marking.feedback import prose
from cslearn.marking.record import inert, safe_images


@pytest.fixture(scope="module")
def rendered():
    """nbconvert's renderer, which formgrader uses and which lets HTML through."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    def rendered(source: str, attachments: dict | None = None) -> str:
        return MarkdownWithMath(renderer=IPythonRenderer(escape=False, attachments=attachments or {})).render(source)

    return rendered


def acts(page: str) -> list:
    found = []
    for tag, attributes in Tags(page).tags:
        if tag in {"script", "iframe", "object", "embed", "svg", "form", "link", "base", "style", "img"}:
            found.append(tag)
        for name, value in attributes.items():
            if name.startswith("on") or (
                name in ("href", "src") and not (value or "").startswith(("http://", "https://", "mailto:", "#"))
            ):
                found.append((tag, name, value))
    return found


def test_the_renderer_does_let_scripts_through(rendered):
    """Otherwise the tests below would prove nothing."""
    assert "script" in acts(rendered("<script>alert(1)</script>"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_learner_s_markdown_is_inert_in_formgrader(rendered, text):
    assert acts(rendered(inert(text, {}))) == []


def test_mathjax_is_kept_out_of_a_learner_s_text(rendered):
    page = rendered(inert("$\\href{javascript:alert(1)}{x}$ </div> $x$", {}))
    assert page.strip().startswith('<div class="tex2jax_ignore">')
    assert page.count("</div>") == 1


def test_a_missing_attachment_does_not_break_the_page(rendered):
    assert "attachment" in rendered(inert("![x](attachment:none.png) [y](attachment:none.png)", {}))


def test_a_picture_of_one_s_own_is_shown(rendered):
    images = safe_images({"a.png": {"image/png": PIXEL}})
    assert f"data:image/png;base64,{PIXEL}" in rendered(inert("![x](attachment:a.png)", images), images)


@pytest.mark.parametrize(
    "attachments",
    [
        {"a.svg": {"image/svg+xml": base64.b64encode(b"<svg onload=alert(1)>").decode()}},
        {"a.png": {"image/png": 'x" onerror="alert(1)'}},
        {'a" onerror="x.png': {"image/png": PIXEL}},
        {"a.html": {"text/html": "PHNjcmlwdD4="}},
        {"a.png": "text"},
        {3: {}},
    ],
)
def test_what_is_no_ordinary_picture_is_left_out(attachments):
    assert safe_images(attachments) == {}


def test_ordinary_markdown_keeps_its_form(rendered):
    page = rendered(inert("**Bold**, R&D, 3 < 4\n\n- one\n- [two](https://example.org)", {}))
    for part in ("<strong>Bold</strong>", "R&amp;D", "3 &lt; 4", "<li>one</li>", 'href="https://example.org"'):
        assert part in page


@pytest.mark.slow
def test_the_whole_marked_notebook_is_inert_in_formgrader_s_exporter(classroom, desk, exercise):
    """Extra cells, raw cells, outputs, metadata: everything a notebook can carry."""
    from nbconvert.exporters import HTMLExporter

    notebook = desk.notebook(text="\n\n".join(HOSTILE))
    notebook["metadata"]["title"] = "</title><script>alert('in metadata')</script>"
    nasty = "<script>alert('from a learner')</script>"
    for number, kind in enumerate(("raw", "markdown", "code")):
        extra = {"cell_type": kind, "id": f"x{number}", "metadata": {"raw_mimetype": "text/html"}, "source": nasty}
        if kind == "code":
            data = {"text/html": nasty, "application/javascript": "alert('from a learner')"}
            extra |= {"execution_count": 1}
            extra["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]
        notebook["cells"].insert(2 * number, extra)
    cell(notebook, "calculator")["outputs"] = [
        {"output_type": "display_data", "data": {"text/html": nasty}, "metadata": {}}
    ]
    cell(notebook, "matrix-answer")["source"] = f'matrix = {{"ranking": "{nasty}"}}'
    cell(notebook, "text-1")["source"] += nasty
    desk.hand_in(classroom, "L001", notebook)
    mark_class(classroom, exercise)
    marked = nbformat.read(classroom.notebook("autograded", "L001", NAME), as_version=4)
    nbformat.validate(marked)
    page, _ = HTMLExporter(template_name="classic").from_notebook_node(marked)
    assert "<script>alert(" not in page
    assert "application/javascript" not in page
    assert "from a learner" in page, "the tutor sees what was there, as text"


@pytest.mark.parametrize(
    "text",
    ["![](", "![a](attachment:x", "![", "[", "[a](b", "[a]: x\n", "**a", "`", "|a", "attachment:", "<a ", "$a$ ", "> "],
)
def test_no_prose_keeps_the_tutor_waiting(text):
    whole = (text * 20_000)[:20_000]
    started = time.process_time()
    assert inert(whole, {}) and prose(whole, {})
    # Seen before the patterns were bounded: more than 40 seconds for the first two, 13 for "[a]: x".
    assert time.process_time() - started < 8
