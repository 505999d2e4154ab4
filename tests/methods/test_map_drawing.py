"""Drawings of random maps keep what a reader relies on: nothing overlaps, no arrow runs through a symbol or along another."""

import random
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise

import pytest
from random_maps import random_map
from test_process_map import EDGES, NODES, edge, node

from cslearn.methods import process_map
from cslearn.methods.map_drawing import Picture, caption, draw, figure, leads_to, svg, wrapped

WAYS = [(True, False), (False, False), (True, True), (False, True)]


def random_drawings(seed: int, count: int):
    rng = random.Random(seed)
    for number in range(count):
        nodes, edges = random_map(rng, sound=number % 3 > 0)
        if number % 4 == 0 and nodes:
            nodes[0]["lane"] = ""
        drawn = process_map.read_map(nodes, edges)
        for in_lanes, across in WAYS:
            yield drawn, draw(drawn, in_lanes=in_lanes, across=across), in_lanes


def inside(x, y, box, edge=0.0):
    return box.x - edge <= x <= box.x + box.width + edge and box.y - edge <= y <= box.y + box.height + edge


@pytest.mark.parametrize("seed", range(3))
def test_nothing_overlaps_and_arrows_join_their_symbols(seed):
    for drawn, drawing, in_lanes in random_drawings(seed, 60):
        boxes = {shape.node: shape for shape in drawing.shapes}
        assert set(boxes) == {each.id for each in drawn.nodes}
        assert {(a.source, a.target) for a in drawing.arrows} == {(e.source, e.target) for e in drawn.edges}
        for a, b in combinations(drawing.shapes, 2):
            apart = a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y
            assert apart, (a, b)
        for shape in drawing.shapes:
            assert shape.x >= 0 and shape.x + shape.width <= drawing.width
            assert drawing.head <= max(shape.y, shape.x) and shape.y + shape.height <= drawing.height
        for arrow in drawing.arrows:
            first, last = arrow.points[0], arrow.points[-1]
            assert inside(*first, boxes[arrow.source], 0.01) and inside(*last, boxes[arrow.target], 0.01)
            for (a, b), (x, y) in pairwise(arrow.points):
                # Only straight up, down, left or right.
                assert a == x or b == y
                assert min(a, x) >= 0 and max(a, x) <= drawing.width and min(b, y) >= 0 and max(b, y) <= drawing.height
        if in_lanes:
            of = {each.id: each.lane or "no lane" for each in drawn.nodes}
            lanes = {lane.name: lane for lane in drawing.lanes}
            assert set(lanes) == set(of.values())
            for shape in drawing.shapes:
                home = lanes[of[shape.node]]
                assert inside(shape.x, shape.y, home) and inside(shape.x + shape.width, shape.y + shape.height, home)
        else:
            assert drawing.lanes == () and drawing.head == 0


def through(a, b, box):
    """Whether a straight stretch runs through the inside of a box."""
    (left, right), (top, bottom) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    return (
        left < box.x + box.width - 0.01
        and right > box.x + 0.01
        and top < box.y + box.height - 0.01
        and bottom > box.y + 0.01
    )


@pytest.mark.parametrize("seed", range(3))
def test_no_arrow_runs_through_a_symbol_or_along_an_arrow_of_other_ends(seed):
    for _, drawing, _ in random_drawings(100 + seed, 60):
        stretches = []
        for arrow in drawing.arrows:
            for a, b in pairwise(arrow.points):
                if a == b:
                    continue
                stretches.append((arrow, a, b))
                for shape in drawing.shapes:
                    if shape.node not in (arrow.source, arrow.target):
                        assert not through(a, b, shape), (arrow, shape)
        for (one, a, b), (two, c, d) in combinations(stretches, 2):
            if {one.source, one.target} & {two.source, two.target}:
                # Arrows out of one symbol may begin together, and those into one may end together.
                continue
            for flat, long in ((0, 1), (1, 0)):
                if a[flat] == b[flat] == c[flat] == d[flat]:
                    low, high = sorted((a[long], b[long]))
                    from_, to = sorted((c[long], d[long]))
                    assert min(high, to) - max(low, from_) <= 0.01, (one, two)


def test_a_step_stands_below_those_that_lead_to_it_unless_the_arrow_leads_back():
    edges = [*EDGES[:-1], edge("reply", "h"), edge("h", "log", "again"), edge("h", "e", "done")]
    drawn = process_map.read_map([*NODES, node("h", "gateway")], edges)
    top = {shape.node: shape.y for shape in draw(drawn, in_lanes=False).shapes}
    assert top["s"] < top["log"] < top["g"] < top["fix"] < top["reply"] < top["h"] < top["e"]
    left = {shape.node: shape.x for shape in draw(drawn, across=True).shapes}
    assert left["s"] < left["log"] < left["g"] < left["fix"] < left["reply"] < left["h"] < left["e"]


def test_an_empty_map_has_an_empty_drawing():
    for in_lanes, across in WAYS:
        drawing = draw(process_map.read_map([], []), in_lanes=in_lanes, across=across)
        assert (drawing.lanes, drawing.shapes, drawing.arrows) == ((), (), ())


def test_symbols_say_their_id_or_the_activity_behind_a_code():
    said = [
        (node("n1", activity="log"), "log"), (node("thank the customer", activity="reply"), "thank the customer"),
        (node("s", "start"), "start"), (node("complaint comes", "start"), "complaint comes"),
        (node("g2", "gateway"), "g2"), (node("e1", "end"), "end"), (node("t", activity=""), "t"),
    ]  # fmt: skip
    for row, words in said:
        [each] = process_map.read_map([row], []).nodes
        assert " ".join(caption(each)) == words
    assert wrapped("a very long name of a step that nobody can read", 10) == ("a very", "long name", "of a step…")
    assert wrapped("Donaudampfschifffahrt", 10) == ("Donaudampfs…",)


def test_the_picture_names_everything_twice_and_takes_any_text():
    nodes = [*NODES[:-1], node("<b>", "end", lane="A & B")]
    drawn = process_map.read_map(nodes, [*EDGES[:-1], edge("reply", "<b>", '"if" & <when>')])
    text = figure(drawn, 'Map "one" & <two>')
    parsed = ET.fromstring(text)
    assert Picture(drawn, 'Map "one" & <two>')._repr_html_() == text
    cells = ["".join(cell.itertext()) for cell in parsed.iter("th")]
    assert {each.id for each in drawn.nodes} <= set(cells)
    [drawing] = [each for each in parsed.iter("{http://www.w3.org/2000/svg}svg")]
    assert drawing.get("role") == "img"
    assert drawing.get("aria-label").startswith(
        'Map "one" & <two>. 3 tasks, 1 gateways and 6 arrows in the lanes agent, A & B'
    )
    words = {"".join(each.itertext()) for each in drawing.iter("{http://www.w3.org/2000/svg}text")}
    assert {"log", "fix", "reply", "g", "start", "fault", "question", '"if" & <when>', "<b>"} <= words
    assert leads_to(drawn, drawn.nodes[2]) == "fix, if fault; reply, if question"
    # Colours come from the text around it, so that it can be read in light and dark.
    assert "#" not in svg(draw(drawn), "x") and "currentColor" in text


def test_other_words_on_arrows_and_long_ones():
    drawn = process_map.read_map(NODES, EDGES)
    words = {
        (a.source, a.target): a.label
        for a in draw(drawn, labels={("g", "fix"): "12 cases", ("s", "log"): "x" * 40}).arrows
    }
    assert words["g", "fix"] == "12 cases" and words["g", "reply"] == "question"
    assert words["s", "log"] == "x" * 23 + "…"
