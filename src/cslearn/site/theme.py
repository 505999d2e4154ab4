"""The look of the book, and what a page may load.

sphinx-book-theme weighs 850 KB compressed on every page, asks for scripts twice
and carries accessibility faults in its search and colour controls. The theme in
`theme/cslearn`, which `_config.yml` chooses, is one template, one stylesheet and
small scripts without dependencies. What Sphinx itself writes wrongly is mended below.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from pygments.formatters import HtmlFormatter
from pygments.style import Style
from pygments.token import Comment, Error, Generic, Keyword, Literal, Name, Number, Operator, String
from sphinx.application import Sphinx

from cslearn.site import explorer
from cslearn.site.inline import PageProblem, html

HERE = Path(__file__).parent

# Nothing but the site itself may be asked for, and no script may stand in a page.
# Styles may, because explorers place chart labels with style attributes.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'"
)
# Python in the page is WebAssembly in a worker, and the worker is made from a blob so that this
# same rule binds it. Only pages with an exercise get this; no text is ever run as JavaScript there.
POLICY_WITH_PYTHON = (
    POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'") + "; worker-src 'self' blob:"
)
PYTHON_MARK = "data-exercise="

# A script or stylesheet stands on a page only when the page holds the mark beside it.
SCRIPTS = {"host.js": "data-explorer=", "quiz.js": "data-question="}
EXERCISE_SCRIPTS = (
    "exercise/exercise.js",
    ("form", "make", "shape", "literal", "codes", "notebook", "store", "outputs", "drawn_map"),
)
# Data for the exercise's script. A browser never runs it, whatever the policy.
DATA = re.compile(r'<script type="application/json">[^<]*</script>')
THEBE = re.compile(r'<script type="text/x-thebe-config">[^<]*</script>|<script>kernelName = [^<]*</script>')

# Faults in the HTML that docutils and Sphinx write, as axe reports them.
MENDED = [
    # A long line scrolls, and a keyboard can only scroll what it can focus.
    (re.compile(r'(<div class="highlight">)<pre>'), r'\1<pre tabindex="0">'),
    # Roles that ARIA has withdrawn, or that the list around them does not allow.
    (re.compile(r' role="doc-biblioentry"'), ' role="listitem"'),
    (re.compile(r' role="doc-(?:backlink|noteref|biblioref)"'), ""),
    # A footnote is part of the text, not a landmark beside it.
    (re.compile(r'<aside class="footnote-list'), r'<aside role="presentation" class="footnote-list'),
    (re.compile(r'<aside class="(footnote [^"]*)" role="doc-footnote"'), r'<aside role="note" class="\1"'),
]
SPHINX_DESIGN = ("sd-", "sphinx-design.min.css")


class LightCode(Style):
    """Code on a light ground. Every colour has a contrast of at least 4.5 to 1 on #f4f6f9."""

    background_color = "#f4f6f9"
    styles: ClassVar = {
        Comment: "italic #55606e",
        Keyword: "bold #0a4f9e",
        Name.Function: "#5b3a9c",
        Name.Class: "#5b3a9c",
        Name.Decorator: "#5b3a9c",
        Name.Builtin: "#0a4f9e",
        String: "#17603a",
        Number: "#8a3b12",
        Literal: "#8a3b12",
        Operator: "#1c2430",
        Generic.Error: "#a3281e",
        Error: "#a3281e",
    }


class DarkCode(Style):
    """The same on a dark ground, at least 4.5 to 1 on #1b222c."""

    background_color = "#1b222c"
    styles: ClassVar = {
        Comment: "italic #a9b4c2",
        Keyword: "bold #8ab8ff",
        Name.Function: "#cdb4ff",
        Name.Class: "#cdb4ff",
        Name.Decorator: "#cdb4ff",
        Name.Builtin: "#8ab8ff",
        String: "#8fd6a8",
        Number: "#ffb98a",
        Literal: "#ffb98a",
        Operator: "#e3e8ef",
        Generic.Error: "#ff9d8f",
        Error: "#ff9d8f",
    }


def setup(app: Sphinx) -> None:
    app.add_html_theme("cslearn", str(HERE / "theme" / "cslearn"))
    app.connect("html-page-context", page_context, priority=900)
    # Before sphinx-external-toc, which would write a redirect if there were no index.html.
    app.connect("build-finished", finish, priority=100)


def page_context(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """What layout.html needs, and only the files that this page uses."""
    # sphinx-thebe, which Jupyter Book always loads, adds its scripts to every notebook page, twice.
    body = THEBE.sub("", context.get("body") or "")
    if re.search(r"<script\b", DATA.sub("", body), re.IGNORECASE):
        raise PageProblem(
            f"{app.env.doc2path(pagename)}: the page holds a script, which browsers refuse to run here. "
            "Show the result as a table or an image, or write an explorer."
        )
    for fault, mended in MENDED:
        body = fault.sub(mended, body)
    if "body" in context:
        context["body"] = body.rstrip()
    context["policy"] = POLICY_WITH_PYTHON if PYTHON_MARK in body else POLICY
    context["page_scripts"] = ["site.js", *(script for script, mark in SCRIPTS.items() if mark in body)]
    context["page_modules"] = explorer.modules_on(body)
    context["page_module_scripts"] = []
    if PYTHON_MARK in body:
        script, parts = EXERCISE_SCRIPTS
        context["page_module_scripts"] = [script]
        # The browser would find them only after the script that imports them.
        context["page_modules"] += [f"exercise/{part}.js" for part in parts]
    context["page_styles"] = ["pygments.css", "site.css"]
    if PYTHON_MARK in body:
        context["page_styles"].append("exercise/exercise.css")
    if f'class="{SPHINX_DESIGN[0]}' in body:
        # First, so that site.css can give its tabs and cards the book's colours.
        context["page_styles"].insert(0, SPHINX_DESIGN[1])
    first = app.config.root_doc
    context["home"] = app.env.titles[first].astext() if first in app.env.titles else context["project"]


def fold_code(app: Sphinx, doctree: nodes.document) -> None:
    """Folds the code of every cell: a lesson needs its result, and the code is there for who wants it.

    A cell tagged show-input stays open. Tags that fold the output as well are kept, in
    place of MyST-NB's own fold, whose label says both "show" and "hide" and is not what
    a screen reader is told.
    """
    for cell in doctree.findall(nodes.container):
        if cell.get("nb_element") != "cell_code":
            continue
        hidden = cell.attributes.pop("hide_mode", None) or "input"
        shown = "show-input" in (cell.get("cell_metadata") or {}).get("tags", [])
        if hidden == "all":
            cell[:] = _folded("Show the calculation and its result", *cell.children)
            continue
        parts = []
        for part in cell.children:
            kind = part.get("nb_element")
            if kind == "cell_code_source" and not shown:
                parts += _folded("Show the calculation", part)
            elif kind == "cell_code_output" and "output" in hidden:
                parts += _folded("Show the result", part)
            else:
                parts.append(part)
        cell[:] = parts


def _folded(summary: str, *parts: nodes.Node) -> list[nodes.Node]:
    return [html(f'<details class="code"><summary>{summary}</summary>'), *parts, html("</details>")]


def code_colours() -> str:
    """The stylesheet for code, light and dark."""

    def rules(style: type[Style], prefix: str) -> list[str]:
        return HtmlFormatter(style=style).get_token_style_defs([prefix])

    dark = rules(DarkCode, "html[data-theme=dark] .highlight")
    system = rules(DarkCode, "html:not([data-theme]) .highlight")
    return "\n".join(
        [*rules(LightCode, ".highlight"), *dark, "@media (prefers-color-scheme: dark) {", *system, "}", ""]
    )


def finish(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    explorer.write_if_changed(out / "_static" / "pygments.css", code_colours().encode())
    # Sphinx copies these only in a build that writes a page.
    static = HERE / "theme" / "cslearn" / "static"
    for path in static.rglob("*"):
        if path.is_file():
            explorer.write_if_changed(out / "_static" / path.relative_to(static), path.read_bytes())
    # The address of the site alone opens the first page, without a redirect or a script.
    explorer.write_if_changed(out / "index.html", (out / f"{app.config.root_doc}.html").read_bytes())
    # Left by extensions that Jupyter Book always loads, and used by no page.
    for unused in ("design-tabs.js", "clipboard.min.js", "copybutton.js", "copybutton.css", "copybutton_funcs.js",
                   "togglebutton.js", "togglebutton.css", "sphinx-thebe.js", "sphinx-thebe.css", "check-solid.svg",
                   "copy-button.svg", "sbt-webpack-macros.html", "webpack-macros.html"):  # fmt: skip
        (out / "_static" / unused).unlink(missing_ok=True)
    for unused in ("_sphinx_design_static",):
        shutil.rmtree(out / unused, ignore_errors=True)
