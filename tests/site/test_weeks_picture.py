"""The line of weeks above a table: its places, and that page and notebook draw the same."""

import json
import shutil
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from visiting import served

from cslearn.exercises.shown import shown, shown_tables
from cslearn.exercises.shown.weeks_picture import svg, weeks_picture
from cslearn.northfold.case import case
from cslearn.northfold.monitoring import Week
from cslearn.site import theme

PARTS = ["baseline"] * 24 + ["pilot"] * 6 + ["after"] * 12


def weeks(figures):
    start = date(2024, 2, 12)
    return [
        Week(start + timedelta(weeks=n), part, 7, 0, 7, figure)
        for n, (part, figure) in enumerate(zip(PARTS, figures, strict=True))
    ]


def plain(value):
    """A place as a number, however it was written: 190.0 here and 190 there."""
    try:
        return [float(part) for part in value.replace(",", " ").split()]
    except ValueError:
        return value


def elements(text):
    """Each element of a drawing: its kind, its place, and its words."""
    wanted = ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "points", "class", "viewBox", "role", "aria-label")
    found = []
    for node in ElementTree.fromstring(text).iter():
        kind = node.tag.rpartition("}")[2]
        found.append(
            (kind, {name: plain(node.get(name)) for name in wanted if node.get(name)}, (node.text or "").strip())
        )
    return found


def test_every_point_lies_inside_and_where_its_week_and_its_figure_put_it():
    figures = [80 + n % 5 + (10 if n == 33 else 0) for n in range(42)]
    made = weeks_picture(weeks(figures), "Score")
    xs, ys = zip(*made["points"], strict=True)
    steps = {round(b - a, 1) for a, b in pairwise(xs)}
    assert max(steps) - min(steps) <= 0.2 and min(xs) >= 0 and max(xs) <= made["width"]
    assert ys.index(min(ys)) == 33 and min(ys) >= 0 and max(ys) <= made["height"]
    # Places follow the scale that is written beside them.
    for _, y, text in made["scale"]:
        for place, figure in zip(ys, figures, strict=True):
            if figure == int(text):
                assert place == pytest.approx(y - 4, abs=0.1)
    assert made["says"].startswith("Score of 42 weeks: 24 of the baseline, 6 of the pilot, 12 after the start.")
    # Between the parts, and under the first week after the start a 1.
    assert [line[0] for line in made["lines"]] == pytest.approx([(xs[23] + xs[24]) / 2, (xs[29] + xs[30]) / 2], abs=0.1)
    assert [made["words"][3][0], made["words"][3][2]] == [xs[30], "1"]


def test_the_notebook_shows_the_drawing_above_its_table():
    text = shown_tables(case("steer-the-change"), "read-and-decide")._repr_html_()
    assert text.count("<svg") == 1 and text.index("<svg") < text.index("Week book, first part")
    assert text.count("<details>") == 6


def test_words_in_a_drawing_are_escaped():
    made = weeks_picture(weeks([80 + n % 3 for n in range(42)]), 'A <b> & "c"')
    assert 'aria-label="A &lt;b&gt; &amp; &quot;c&quot; of 42' in svg(made)


@pytest.mark.slow
@pytest.mark.browser
def test_the_page_s_script_draws_what_python_draws(browser, tmp_path):
    shutil.copytree(theme.HERE / "theme" / "cslearn" / "static" / "exercise", tmp_path / "exercise")
    (tmp_path / "index.html").write_text("<!doctype html><title>Drawing</title>")
    pictures = [shown(case("steer-the-change"))["tables"]["scores"]["picture"]]
    pictures += [weeks_picture(weeks([75 + (n * k) % 11 for n in range(42)]), "Score") for k in range(1, 6)]
    context = browser.new_context()
    page = context.new_page()
    with served(tmp_path) as address:
        page.goto(f"{address}/index.html")
        drawn = page.evaluate(
            """async (pictures) => {
              const { weeks } = await import("./exercise/make.js");
              return JSON.parse(pictures).map((one) => new XMLSerializer().serializeToString(weeks(one)));
            }""",
            json.dumps(pictures),
        )
    context.close()
    for picture, text in zip(pictures, drawn, strict=True):
        assert elements(text) == elements(svg(picture))
