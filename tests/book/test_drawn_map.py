"""A map that is entered as two tables is drawn beside the form: from the tables alone, with what it cannot draw in words."""

import random

import pytest
from filling_in import at_the_exercise, entry, fill_in
from playwright.sync_api import expect
from visiting import axe, served, too_wide

from cslearn.exercises.exercise import read
from cslearn.exercises.personas.find_the_bottleneck import the_map_expert
from cslearn.northfold.case import case

pytestmark = [pytest.mark.slow, pytest.mark.browser]

EXERCISE = read("find-the-bottleneck")


@pytest.fixture(scope="module")
def address(site):
    with served(site) as address:
        yield f"{address}/assessment/{EXERCISE.name}.html"


def test_a_map_is_drawn_while_it_is_entered_and_says_what_it_leaves_out(browser, address):
    answer = the_map_expert(case(EXERCISE.name), random.Random(1))
    with at_the_exercise(browser, address, 360, exercise=EXERCISE) as (page, said):
        drawn = page.locator(".drawn-map")
        drawn.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(drawn).to_contain_text("Nothing to draw yet")
        fill_in(page, "the-map", answer, exercise=EXERCISE)
        nodes, arrows = len(answer["nodes"]), len(answer["edges"])
        picture = drawn.get_by_role("img")
        expect(picture).to_have_attribute(
            "aria-label", f"Your map: {nodes} symbols and {arrows} arrows. The tables above have the same in words."
        )
        # A rectangle or a diamond for each symbol, besides the lanes; an arrow head for each arrow.
        gateways = sum(node["type"] == "gateway" for node in answer["nodes"])
        assert picture.locator("polyline").count() == arrows
        assert picture.locator("polygon").count() == gateways + arrows
        expect(drawn.locator("li")).to_have_count(0)
        page.locator(entry("the-map", "edges", 0, "to")).fill("nowhere")
        expect(drawn.locator("li")).to_have_text(
            "The arrow from start to nowhere names nowhere, and there is no such node. Add it or mend the arrow."
        )
        assert picture.locator("polyline").count() == arrows - 1
        assert too_wide(page) == []
        assert axe(page) == []
        assert said == []


def test_without_the_drawing_the_form_goes_on(browser, address):
    with at_the_exercise(browser, address, exercise=EXERCISE) as (page, said):
        page.route("**/explorers/map_room.js", lambda route: route.abort())
        page.locator(".drawn-map summary").click()
        expect(page.locator(".drawn-map")).to_contain_text("The drawing could not be fetched")
        page.locator(entry("the-map", "nodes", 0, "id")).fill("a")
        expect(page.locator(".saved")).to_be_visible()
        assert all("map_room" in line or "ERR_FAILED" in line for line in said)
