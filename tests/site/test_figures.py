"""Figures from a cell have a true minus in the text, as in the tables; what is no figure keeps its hyphen."""

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document
from tiny_book import NOTEBOOK

from cslearn.site.figures import TrueMinus


def shown(text, classes=("pasted-text",)):
    document = new_document("page")
    document += nodes.paragraph("", "", nodes.inline(text, text, classes=list(classes)))
    transform = TrueMinus(document)
    transform.run()
    return document.astext()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("-1.30", "−1.30"), ("-£40", "−£40"), ("from -2 to -1", "from −2 to −1"), ("(-0.5)", "(−0.5)"), ("-", "-"),
     ("2022-10-01", "2022-10-01"), ("N-06100", "N-06100"), ("one-off", "one-off"), ("3", "3")],
)  # fmt: skip
def test_only_a_hyphen_before_a_figure_becomes_a_minus(text, expected):
    assert shown(text) == expected


def test_other_text_is_left_alone():
    assert shown("-1.30", classes=()) == "-1.30"


def test_on_a_page_and_across_cells(make):
    code = 'from myst_nb import glue\nglue("gap", -1.304, display=False)'
    site = make(
        {
            "welcome.md": f"{NOTEBOOK}# Gaps\n\n```{{code-cell}}\n{code}\n```\n\nIt is {{glue:text}}`gap:.2f` here, and -1 there.\n"
        }
    )
    text = BeautifulSoup((site / "welcome.html").read_text(encoding="utf8"), "html.parser").find("main").get_text()
    assert "It is −1.30 here, and -1 there." in text
