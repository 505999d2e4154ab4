"""The figures of the lesson on evaluation in words, worked out again from the CSV and with scikit-learn."""

import csv
from pathlib import Path
from statistics import fmean

import pytest
from page_cells import run_cells
from sklearn.metrics import cohen_kappa_score

from cslearn.northfold.case import case
from cslearn.northfold.evaluation import coded_comments

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "evaluation" / "evaluation-in-words.md"
TEXT = PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def survey():
    with (ROOT / "datasets" / "staff_survey.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made, survey):
    def scores(wave, team=None):
        return [int(r["morale"]) for r in survey if r["wave"] == wave and r["morale"] and team in (None, r["team"])]

    changes = {team: fmean(scores("3", team)) - fmean(scores("1", team)) for team in "12345678"}
    team = min(changes, key=changes.get)
    cells = {}
    for row in survey:
        if row["wave"] == "3" and row["team"] == team and row["morale"]:
            cells[row["tenure_band"]] = cells.get(row["tenure_band"], 0) + 1
    coded = coded_comments(case("judge-the-result").telling_seed)
    first, second = [one.first for one in coded], [one.second for one in coded]
    same = sum(a == b for a, b in zip(first, second, strict=True))
    assert made == pytest.approx({
        "comments": len(coded), "agreement": 100 * same / len(coded), "kappa": cohen_kappa_score(first, second),
        "differ": len(coded) - same, "all_first": fmean(scores("1")), "all_last": fmean(scores("3")), "team": int(team),
        "team_first": fmean(scores("1", team)), "team_last": fmean(scores("3", team)),
        "team_answers_first": len(scores("1", team)), "team_answers": len(scores("3", team)),
        "team_asked": sum(r["wave"] == "3" and r["team"] == team for r in survey),
        "risen": sum(change > 0 for change in changes.values()),
        "largest_cell": max(cells.values()), "cells": len(cells), "small_cells": sum(n < 5 for n in cells.values()),
    })  # fmt: skip
    # What the words around the figures say.
    assert made["team_answers"] == 6 and made["risen"] == 7 and made["small_cells"] == made["cells"]
    published = {row["comment"] for row in survey if row["comment"] and row["wave"] in "23"}
    assert {one.text for one in coded} <= published


def test_quotes_and_what_the_quiz_says_of_the_figures_are_true(made, survey):
    written = {row["comment"] for row in survey if row["comment"]}
    for quote in ("I know exactly what to do. With 3 calls waiting I cannot do it.",):
        assert f"> {quote}" in TEXT and quote in written
    for quote in ("Ask me again in three months", "Only one of us works from home", "A lady rang to say thanks"):
        assert quote in TEXT and any(quote in text for text in written), quote
    coded = coded_comments(case("judge-the-result").telling_seed)
    quiz = PAGE.with_suffix(".quiz.yml").read_text("utf-8")
    assert "eleven of fifty-three" in quiz and len(coded) == 53 and sum(one.first == "load" for one in coded) == 11
    assert "by more than half a point" in quiz and made["team_first"] - made["team_last"] > 0.5


def test_those_who_went_quiet_were_the_less_happy_ones(survey):
    # The quiz says that people who scored low before were the first to stop answering.
    before = {r["staff_id"]: int(r["morale"]) for r in survey if r["wave"] == "1" and r["team"] == "5" and r["morale"]}
    after = {r["staff_id"] for r in survey if r["wave"] == "3" and r["team"] == "5" and r["morale"]}
    gone = [score for person, score in before.items() if person not in after]
    assert fmean(gone) < fmean(score for person, score in before.items() if person in after)
