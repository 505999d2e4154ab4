"""The figures of the lesson on SERVQUAL, worked out again from the CSV file with plain arithmetic and SciPy."""

import csv
import re
from pathlib import Path
from statistics import fmean

import pytest
from page_cells import run_cells
from scipy import stats

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "measuring" / "servqual.md"
TEXT = PAGE.read_text("utf-8")
ITEMS = {
    "tangibles": range(1, 5), "reliability": range(5, 10), "responsiveness": range(10, 14),
    "assurance": range(14, 18), "empathy": range(18, 23),
}  # fmt: skip
WEIGHT = dict(zip(ITEMS, ("w_tan", "w_rel", "w_resp", "w_assu", "w_emp"), strict=True))


def people():
    with (ROOT / "datasets" / "servqual.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answers(row, letter, numbers=range(1, 23)):
    return [int(row[f"{letter}{n:02d}"]) if row[f"{letter}{n:02d}"] else None for n in numbers]


def alike(row):
    return len({one for one in answers(row, "P") if one is not None}) == 1


def backwards(row):
    return fmean(one for one in answers(row, "E") if one is not None) < 4


def own_gaps(rows, name, turn=True):
    """Each person's mean of found less expected; on a form typed in backwards the sign is turned."""
    found = []
    for row in rows:
        pairs = zip(answers(row, "E", ITEMS[name]), answers(row, "P", ITEMS[name]), strict=True)
        both = [p - e for e, p in pairs if e is not None and p is not None]
        if both:
            # (8 - p) - (8 - e) = -(p - e)
            found.append(fmean(both) * (-1 if turn and backwards(row) else 1))
    return found


def points(rows):
    given = [[int(row[column]) for column in WEIGHT.values()] for row in rows if row["w_tan"]]
    return {name: fmean(one[n] for one in given if sum(one) == 100) for n, name in enumerate(ITEMS)}


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made):
    rows = people()
    honest = [row for row in rows if not alike(row)]
    gaps = {name: fmean(own_gaps(honest, name)) for name in ITEMS}
    weights = points(honest)
    parts = {name: gaps[name] * weights[name] / 100 for name in ITEMS}
    slices = {
        f"{site}_{wave}": fmean(own_gaps([row for row in honest if (row["site"], row["wave"]) == (site, wave)], "reliability"))
        for site in ("North", "West") for wave in ("pre", "post")
    }  # fmt: skip
    assert made == pytest.approx({
        "asked": len(rows), "alike": len(rows) - len(honest), "kept": len(honest), "turned": sum(map(backwards, honest)),
        "wrong_weights": sum(row["w_tan"] != "" and sum(int(row[one]) for one in WEIGHT.values()) != 100 for row in honest),
        "raw_tangibles": fmean(own_gaps(rows, "tangibles", turn=False)), "score": sum(parts.values()), **slices,
        **{f"gap_{name}": gaps[name] for name in ITEMS}, **{f"weight_{name}": weights[name] for name in ITEMS},
        **{f"part_{name}": parts[name] for name in ITEMS},
    })  # fmt: skip
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used <= set(made)


def test_what_the_text_says_of_them_in_words_is_true(made):
    rows = people()
    honest = [row for row in rows if not alike(row)]
    gaps = {name: own_gaps(honest, name) for name in ITEMS}
    middle = {name: fmean(own) for name, own in gaps.items()}
    assert all(one < 0 for one in middle.values()) and min(middle, key=middle.get) == "tangibles"
    assert min(ITEMS, key=lambda name: made[f"part_{name}"]) == "reliability"
    assert made["part_reliability"] < 2 * made["part_tangibles"], "more than twice as much"
    ends = {}
    for name in ("tangibles", "reliability"):
        ends[name] = stats.t.interval(0.95, len(gaps[name]) - 1, middle[name], stats.sem(gaps[name]))
    assert ends["tangibles"][1] < ends["reliability"][0], "the two intervals do not touch"
    for name in ITEMS:
        assert abs(fmean(own_gaps(rows, name, turn=False))) < abs(middle[name]) + 0.03
    assert abs(made["raw_tangibles"]) < abs(made["gap_tangibles"])
    assert abs(made["North_post"]) < abs(made["North_pre"]) and abs(made["West_post"]) > abs(made["West_pre"])
    # Web users give lower marks, and more of the second wave are web users.
    marks = {way: fmean(p for row in honest if row["channel"] == way and not backwards(row)
                        for p in answers(row, "P") if p is not None) for way in ("web", "phone")}  # fmt: skip
    assert marks["web"] < marks["phone"]
    web = {wave: sum(row["channel"] == "web" for row in rows if row["wave"] == wave) for wave in ("pre", "post")}
    assert web["post"] > 1.5 * web["pre"] and [row["wave"] for row in rows].count("pre") == 310 == len(rows) - 310
    batch = [row for row in honest if backwards(row)]
    assert {row["channel"] for row in batch} == {"phone"}


def test_the_figures_that_the_quiz_starts_with_are_the_survey_s(made):
    quiz = PAGE.with_suffix(".quiz.yml").read_text("utf-8")
    shown = [f"{made[name]:.2f}".replace("-", "−") for name in ("gap_tangibles", "gap_reliability")]
    assert f"tangibles is {shown[0]} and the one in reliability is {shown[1]}" in quiz
    about = [round(made[f"weight_{name}"]) for name in ("reliability", "tangibles")]
    assert f"reliability about {about[0]} of 100 points, and tangibles about {about[1]}" in quiz
