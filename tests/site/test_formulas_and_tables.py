import pandas as pd
import pytest
from bs4 import BeautifulSoup

from cslearn.site.exercise import rows
from cslearn.site.mathml import mathml
from cslearn.site.tables import tidy_table


def test_a_formula_becomes_mathml():
    made = mathml(r"\sum_{t=0}^{n} \frac{C_t}{(1+r)^t}", display=True)
    assert made.startswith("<math") and 'display="block"' in made and "<mfrac>" in made


@pytest.mark.parametrize("latex", [r"\frac{1}", "x^", r"\nosuchcommand x", r"\left( x"])
def test_a_formula_that_cannot_be_shown_is_refused(latex):
    with pytest.raises(ValueError):
        mathml(latex, display=False)


FRAME = pd.DataFrame({"Cost": [1, 2], "Speed": [3, 4]}, index=["Portal", "Cut-off"])


def test_a_pandas_table_has_scopes_no_empty_header_and_a_frame_to_scroll_in():
    table = BeautifulSoup(tidy_table(FRAME._repr_html_()), "html.parser")
    assert not table.find("style") and not table.find(style=True) and not table.find(border=True)
    assert all(header.get_text(strip=True) for header in table.find_all("th"))
    assert [header["scope"] for header in table.find_all("th")] == ["col", "col", "row", "row"]
    frame = table.find(class_="scroll")
    assert frame["tabindex"] == "0" and frame["aria-label"] == "Table of Cost, Speed"
    assert frame.find("table")


def test_figures_line_up_on_the_right_and_words_do_not():
    frame = pd.DataFrame({"Option": ["Portal", "Cut-off"], "Cost": ["£1,200", "-3.5"], "Share": ["12%", "NaN"]})
    table = BeautifulSoup(tidy_table(frame.to_html()), "html.parser")
    assert [cell.get_text() for cell in table.select("thead .figure")] == ["Cost", "Share"]
    assert len(table.select("tbody td.figure")) == 4


def test_a_caption_names_the_frame():
    styled = FRAME.to_html().replace("<thead>", "<caption>Two options</caption><thead>", 1)
    assert 'aria-label="Two options"' in tidy_table(styled)


def test_entries_that_ask_for_the_same_share_a_row():
    score = {"type": "integer", "minimum": 0, "maximum": 10}
    schema = {
        "type": "object",
        "properties": {
            "scores": {
                "title": "Scores",
                "type": "object",
                "properties": {
                    "portal": {**score, "title": "Customer portal"},
                    "cut_off": {**score, "title": "New cut-off"},
                },
            },
            "winner": {
                "title": "Winner",
                "enum": ["portal", "cut_off"],
                "x-choices": {"portal": "Customer portal"},
                "description": "After the knock-outs",
            },
        },
    }
    assert [name for name, _, _ in rows(schema)] == ["Scores", "– Customer portal, New cut-off", "Winner"]
    assert rows(schema)[2][1:] == (
        "one of the choices. After the knock-outs",
        (("portal", "Customer portal"), ("cut_off", "")),
    )
