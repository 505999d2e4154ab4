"""The same explorers as Jupyter widgets: one module of text, run in a browser as anywidget would."""

import ast

import pytest
from test_play import GAMES, Player

from cslearn.explorers import CHART_LIBRARY, data_room, registry

RENDER = """async ([esm, css]) => {
  const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
  const made = (await import(url)).default;
  await made.render({ model, el: document.querySelector("#place") });
}"""


@pytest.fixture
def matrix():
    from cslearn.explorers.widget import DecisionMatrix

    explorer = DecisionMatrix()
    yield explorer
    explorer.close()


def test_the_value_of_the_widget_is_the_learner_s_choices(matrix):
    assert matrix.value == {}
    matrix.front.value = {"seed": 0, "prediction": {"survives": True, "flip": 20}, "learned": False}
    assert matrix.value["prediction"]["flip"] == 20


def test_the_choices_can_be_copied_as_a_literal(matrix):
    _, _, button, literal = matrix.children
    assert literal.layout.display == "none"
    matrix.front.value = {"seed": 0, "prediction": None, "learned": True}
    button.click()
    assert literal.layout.display == ""
    name, _, text = literal.value.partition(" = ")
    assert name == "choices" and ast.literal_eval(text) == matrix.value


def test_each_explorer_can_be_made_by_its_name_and_stands_under_its_title():
    from cslearn.explorers import widget

    for slug, entry in registry().items():
        explorer = getattr(widget, slug.title().replace("-", ""))()
        assert entry.title in explorer.children[0].value
        explorer.close()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("slug", [slug for slug, entry in registry().items() if not entry.reads_tables])
def test_the_bundle_runs_without_any_file_beside_it(visit, slug):
    from cslearn.explorers.widget import Explorer

    explorer = Explorer(slug)
    page = visit("blank.html")
    requests, seen = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.evaluate(RENDER, [explorer.front._esm, explorer.front._css])
    explorer.close()

    def look(step):
        if step == "reveal":
            page.wait_for_selector("[data-step=reveal] figure svg[role=img]")
            assert page.evaluate("() => kept.value.step") == "reveal"
            # What the player asks for afterwards, to know the right reason, is not the explorer's.
            seen.extend(requests)

    GAMES[slug](Player(page), 0, look)
    assert seen and all(url.startswith("blob:") for url in seen)


@pytest.mark.browser
@pytest.mark.slow
def test_the_data_room_gets_its_tables_from_python(visit):
    from cslearn.explorers.widget import DataRoom

    explorer = DataRoom()
    page = visit("blank.html")
    requests = []
    page.on("request", lambda request: requests.append(request.url))

    def kernel(name):
        explorer.front.wanted = name
        return explorer.front.csv

    page.expose_function("kernel", kernel)
    page.evaluate(
        """(package) => {
          model.set("package", package);
          model.on("change:wanted", async () => model.set("csv", await kernel(model.get("wanted"))));
        }""",
        explorer.front.package,
    )
    page.evaluate(RENDER, [explorer.front._esm, explorer.front._css])
    page.locator(".cslx-open summary").click()
    page.get_by_label("Table", exact=True).select_option("complaints")
    page.get_by_role("button", name="Open the table").click()
    page.get_by_label("Figure", exact=True).select_option("days_to_close")
    page.get_by_label("How to sum it up").select_option("median")
    page.get_by_label("How it reads").select_option("worse")
    row = ast.literal_eval(page.get_by_label("Evidence row", exact=True).input_value())
    assert data_room.recompute(row) == row and row["source"] == "D3"
    assert page.evaluate("() => kept.room.row") == row
    explorer.close()
    assert all(url.startswith("blob:") for url in requests)


def test_a_table_that_is_not_there_comes_as_a_sentence():
    from cslearn.explorers.widget import DataRoom

    explorer = DataRoom()
    explorer.front.wanted = "contcts"
    assert "Did you mean 'contacts'" in explorer.front.csv["problem"]
    explorer.close()


def test_the_chart_library_is_in_the_bundle_as_it_is(matrix):
    for path in CHART_LIBRARY:
        assert path.read_text(encoding="utf-8") in matrix.front._esm
