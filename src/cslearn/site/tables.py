"""Tables that work on a phone, by keyboard and with a screen reader."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from cslearn.site.inline import attribute, html

# "1,250", "-3.5", "£40", "12%", "4 of 9", a dash or nothing
FIGURE = re.compile(
    r"([-+\u2212]?[£$€]?[-+\u2212]?[\d.,]+\s?(%|pp)?|\d+ of \d+|nan|NaN|[-\u2013\u2014]|)", re.IGNORECASE
)


def _frame(label: str) -> str:
    # A wide table scrolls inside its own frame, not the page; a keyboard can only
    # scroll what it can focus, and a focusable frame needs a name.
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{attribute(label)}">'


def tidy_table(markup: str) -> str:
    """A pandas table without the faults of its HTML.

    pandas draws borders by attribute, sets styles inline, marks the empty corner
    cell as a header and gives no header a scope.
    """
    soup = BeautifulSoup(markup, "html.parser")
    for style in soup.find_all("style"):
        style.decompose()
    for table in soup.find_all("table"):
        for tag in table.find_all(True):
            del tag["style"]
        del table["border"]
        for header in table.select("thead th"):
            if header.get_text(strip=True):
                header["scope"] = "colgroup" if header.has_attr("colspan") else "col"
            else:
                header.name = "td"
        for header in table.select("tbody th"):
            header["scope"] = "rowgroup" if header.has_attr("rowspan") else "row"
        _align(table)
        names = [header.get_text(" ", strip=True) for header in table.select("thead th")]
        caption = table.find("caption")
        label = caption.get_text(" ", strip=True) if caption else f"Table of {', '.join(names[:4])}"
        frame = BeautifulSoup(_frame(label) + "</div>", "html.parser").div
        # pandas puts the table in a bare <div>, which the frame replaces.
        outer = table.parent if table.parent.name == "div" and len(table.parent.find_all("table")) == 1 else table
        outer.replace_with(frame)
        frame.append(table)
    return str(soup)


def _align(table: Tag) -> None:
    """Marks the columns of figures, which line up on the right; words do not."""
    lines = [row.find_all(["th", "td"], recursive=False) for row in table.select("tbody tr")]
    heads = [row.find_all(["th", "td"], recursive=False) for row in table.select("thead tr")]
    if len(set(map(len, lines))) != 1:
        # A cell that spans rows puts the cells after it out of their columns.
        return
    for n, column in enumerate(zip(*lines, strict=True)):
        if column[0].name == "td" and all(FIGURE.fullmatch(cell.get_text(strip=True)) for cell in column):
            for cell in [*column, *(head[n] for head in heads if len(head) > n)]:
                cell["class"] = [*cell.get("class", []), "figure"]


def tidy_outputs(app: Sphinx, doctree: nodes.document) -> None:
    for raw in doctree.findall(nodes.raw):
        if "html" in raw.get("format", "") and "<table" in raw.astext() and 'class="scroll"' not in raw.astext():
            tidied = tidy_table(raw.astext())
            raw.rawsource = tidied
            raw.children = [nodes.Text(tidied)]


class ScrollTables(SphinxPostTransform):
    """Puts every Markdown table in a frame that scrolls."""

    default_priority = 800
    formats = ("html",)

    def run(self, **kwargs) -> None:
        for table in list(self.document.findall(nodes.table)):
            title = next(iter(table.findall(nodes.title)), None)
            heads = [entry.astext() for head in table.findall(nodes.thead) for entry in head.findall(nodes.entry)]
            label = title.astext() if title else f"Table of {', '.join(filter(None, heads[:4]))}"
            at = table.parent.index(table)
            table.parent[at : at + 1] = [html(_frame(label)), table, html("</div>")]
