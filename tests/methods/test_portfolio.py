"""A portfolio's map, gaps, links and story, against plain search, a graph and rows in a table."""

import random
import re
from datetime import date, timedelta
from itertools import pairwise

import networkx
import pandas as pd
import pytest

from cslearn import syllabus
from cslearn.methods import portfolio
from cslearn.methods.portfolio import KINDS, POINTS, STAGES, TESTS
from cslearn.problem import Problem

NAMES = {point.id: point.name for point in syllabus.marking_points()}


def a_piece(**more):
    return {
        "title": "Minutes",
        "kind": "minutes",
        "stage": "need",
        "points": ["CM1"],
        "date": "2026-03-09",
        "real": True,
        "mine": True,
        "safe": True,
    } | more


def some_pieces(rng, most=14):
    return [
        a_piece(
            title=f"Piece {rng.randint(1, 99)}",
            kind=rng.choice(list(KINDS)),
            stage=rng.choice(list(STAGES)),
            points=rng.sample(POINTS, rng.randint(1, 4)),
            date=rng.choice(["", str(date(2026, 1, 1) + timedelta(rng.randint(0, 20)))]),
            real=rng.random() < 0.8,
            mine=rng.random() < 0.8,
            safe=rng.random() < 0.8,
            **({"fits": rng.random() < 0.8} if rng.random() < 0.5 else {}),
        )
        for _ in range(rng.randint(0, most))
    ]


def test_the_points_are_those_of_the_syllabus():
    assert list(NAMES) == list(POINTS)


@pytest.mark.parametrize(
    ("more", "fails"),
    [
        ({}, []),
        ({"real": False}, ["real"]),
        ({"mine": False}, ["mine"]),
        ({"date": ""}, ["dated"]),
        ({"safe": False}, ["safe"]),
        ({"fits": False}, ["fits"]),
        ({"fits": True}, []),
        ({"fits": False, "date": "", "real": False}, ["real", "dated", "fits"]),
    ],
)
def test_a_piece_counts_only_if_it_passes_every_test(more, fails):
    assert portfolio.faults(a_piece(**more)) == fails
    assert set(fails) <= set(TESTS)


def test_the_map_is_what_a_table_of_points_and_stages_counts():
    rng = random.Random("maps")
    for _ in range(300):
        pieces = some_pieces(rng)
        found = portfolio.evidence_map(pieces)
        rows = [
            {"n": n, "point": point, "stage": piece["stage"]}
            for n, piece in enumerate(pieces)
            if piece["real"] and piece["mine"] and piece["safe"] and piece["date"] and piece.get("fits") is not False
            for point in piece["points"]
        ]
        frame = pd.DataFrame(rows, columns=["n", "point", "stage"])
        grid = pd.crosstab(frame["point"], frame["stage"]).reindex(index=POINTS, columns=list(STAGES), fill_value=0)
        assert found.filled == int((grid > 0).to_numpy().sum())
        assert len(found.empty) == 36 - found.filled
        assert found.without == [point for point in POINTS if grid.loc[point].sum() == 0]
        assert found.empty_stages == [stage for stage in STAGES if grid[stage].sum() == 0]
        assert {(p, s): found.cells[p][s] for p in POINTS for s in STAGES if found.cells[p][s]} == {
            key: sorted(part["n"]) for key, part in frame.groupby(["point", "stage"])
        }
        assert found.counting == sorted(frame["n"].unique())


def test_a_link_holds_where_a_graph_of_cells_joins_two_stages():
    rng = random.Random("links")
    broken = 0
    stages = list(STAGES)
    for _ in range(300):
        pieces = some_pieces(rng, 10)
        found = portfolio.evidence_map(pieces)
        graph = networkx.Graph()
        graph.add_nodes_from(stages)
        for one, two in pairwise(stages):
            graph.add_edges_from((one, two) for p in POINTS if found.cells[p][one] and found.cells[p][two])
        assert found.missing_links == [(one, two) for one, two in pairwise(stages) if not graph.has_edge(one, two)]
        assert (not found.missing_links) == networkx.has_path(graph, "need", "evaluate")
        broken += bool(found.missing_links)
    assert 0 < broken < 300


def test_the_story_is_told_from_the_oldest_on_and_only_by_what_counts():
    rng = random.Random("stories")
    for _ in range(200):
        pieces = some_pieces(rng)
        told = portfolio.story(pieces)
        assert list(told) == list(STAGES)
        for stage, numbers in told.items():
            rows = [
                (pieces[n]["date"], n) for n in portfolio.evidence_map(pieces).counting if pieces[n]["stage"] == stage
            ]
            assert [(pieces[n]["date"], n) for n in numbers] == sorted(rows)


def test_nothing_at_all_is_a_map_with_36_gaps():
    found = portfolio.evidence_map([])
    assert (found.filled, len(found.empty), found.without) == (0, 36, list(POINTS))
    assert found.missing_links == [("need", "plan"), ("plan", "do"), ("do", "evaluate")]
    sections = portfolio.narrative("", " ", [], NAMES)
    assert len(sections) == 6 and not sections[0]["lines"] and len(sections[0]["asks"]) == 2
    assert len(sections[-1]["lines"]) == 9


def test_a_draft_says_only_what_the_titles_say_and_names_what_is_missing():
    pieces = [
        a_piece(title=" Plan of the pilot ", kind="plan", stage="plan", points=["PR4", "CM2"], date="2026-04-02"),
        a_piece(title="Complaints by cause", kind="report", points=["CM1", "CM2"]),
        a_piece(title="Old survey", kind="survey", date="", safe=False),
        a_piece(title="Staff letter", kind="message", stage="do", points=["CM3"], date="2026-05-01"),
    ]
    opening, need, plan, do, after, missing = portfolio.narrative("one number to ring", "I led it!", pieces, NAMES)
    assert opening["lines"] == ["This portfolio is about one number to ring.", "My part: I led it!"]
    assert opening["asks"] == []
    assert need["lines"] == [
        "“Complaints by cause” (report or figures, 9 March 2026; for CM1 and CM2).",
        "From here to “What I planned” the thread is CM2.",
    ]
    # Nothing leads from the plan to what was done, and after that there is nothing at all.
    assert plan["lines"] == ["“Plan of the pilot” (plan, map or table, 2 April 2026; for CM2 and PR4)."]
    assert plan["asks"][1].startswith("No marking point leads from here to “What was done”.")
    assert len(do["asks"]) == 1 and after["lines"] == []
    assert missing["lines"][1] == "CM2 The plan: do and evaluate."
    assert missing["lines"][4] == "CM5 Evaluation and reflection: every stage."
    assert missing["asks"] == [
        "“Old survey” does not count yet: it has no date; people can be known by it, or nobody agreed to its use."
    ]


def test_a_whole_portfolio_has_no_gap():
    pieces = [a_piece(stage=stage, points=list(POINTS)) for stage in STAGES]
    found = portfolio.evidence_map(pieces)
    assert found.filled == 36 and not found.empty and not found.missing_links
    missing = portfolio.narrative("x", "y", pieces, NAMES)[-1]
    assert missing == {
        "heading": "What is still missing",
        "lines": ["Nothing: every marking point is backed in every stage."],
        "asks": [],
    }


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title": " "}, "has no title"),
        ({"kind": "film"}, "kind that does not exist: film"),
        ({"stage": "later"}, "stage that does not exist: later"),
        ({"points": []}, "under no marking point"),
        ({"points": ["CM1", "CM6"]}, "does not exist: CM6"),
        ({"date": "2026-02-30"}, "date that does not exist: 2026-02-30"),
        ({"date": "9 March"}, "date that does not exist"),
        ({"date": "20260309"}, "date that does not exist"),
    ],
)
def test_a_piece_that_cannot_be_is_refused_with_its_number(more, words):
    with pytest.raises(Problem, match=re.escape(words)) as refused:
        portfolio.evidence_map([a_piece(), a_piece(**more)])
    assert str(refused.value).startswith("Piece 2 ")


def test_a_day_is_written_as_the_calendar_has_it():
    for n in range(0, 800, 7):
        when = date(2024, 1, 1) + timedelta(n)
        assert portfolio.day(when.isoformat()) == f"{when.day} {when:%B} {when.year}"
