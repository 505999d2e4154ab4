"""The figures of the portfolio builder, worked out again from the minutes and the log of decisions as they lie."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from page_cells import run_cells

from cslearn import syllabus
from cslearn.explorers import evidence_map
from cslearn.explorers.data import read_data

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "capstone" / "portfolio.md"
TEXT = PAGE.read_text("utf-8")
QUIZ = yaml.safe_load(PAGE.with_suffix(".quiz.yml").read_text("utf-8"))
MINUTES = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "datasets" / "minutes").glob("*.md"))}


def log():
    with (ROOT / "datasets" / "decisions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def cells():
    return run_cells(PAGE)


def test_every_figure_that_a_cell_puts_into_the_text_is_right(cells):
    made, _ = cells
    present = [day for day, text in MINUTES.items() if "Lorna Finch" in text.split("Present:")[1].split("\n")[0]]
    own = [row for row in log() if row["owner"] == "leader of team 3"]
    before = [row for row in log() if row["kind"] == "action" and row["meeting"] < max(MINUTES)]
    tasks = [row for row in own if row["kind"] == "action"]
    late = [row for row in tasks if row["done"] > row["due"]]
    assert made == {
        "meetings": len(MINUTES), "in_room": len(present), "with_own": len({row["meeting"] for row in own}),
        "actions": len(before), "undone": sum(row["done"] == "" for row in before),
        "own_tasks": len(tasks), "own_late": len(late),
        "late_days": max((date.fromisoformat(row["done"]) - date.fromisoformat(row["due"])).days for row in late),
        # A fills one cell, B two, C two, and D stands beside B.
        "pieces": 4, "filled": 1 + 2 + 2, "bare": 9 - len({"PR4", "CM3", "CM5"}),
    }  # fmt: skip
    # So do the minutes themselves.
    assert f"Of {len(before)} actions since October 2023, {made['undone']} have not been done" in MINUTES[max(MINUTES)]


def test_what_the_words_say_of_the_figures_holds(cells):
    made, shared = cells
    assert made["meetings"] == 9 and made["own_late"] == 1 and all(shared["mine"]["done"].notna())
    assert shared["found"].empty_stages == ["need"], "the first column is empty"
    # From April on she was in the room, as the quiz says.
    assert min(day for day, text in MINUTES.items() if "Lorna Finch" in text).startswith("2024-04")
    options = {option["text"]: option.get("right", False) for option in QUIZ["prediction"]["options"]}
    assert options["In three."] and made["with_own"] == 3
    assert "In five, because she was at five of the meetings." in options and made["in_room"] == 5
    minutes = next(question for question in QUIZ["questions"] if question["id"] == "minutes")
    assert "Seven of the group's actions" in minutes["options"][0]["because"] and made["undone"] == 7
    # The task that the quiz speaks of, and its day.
    [task] = [row for row in log() if row["entry_id"] == "A6.1"]
    assert (task["meeting"], task["due"]) == ("2024-05-29", "2024-06-21") and "training" in task["text"]


def test_her_pieces_have_the_days_of_the_log(cells):
    rows = {row["entry_id"]: row for row in log()}
    days = [piece["date"] for piece in cells[1]["pieces"]]
    assert days == [rows["D6.1"]["meeting"], rows["A6.1"]["done"], rows["D8.1"]["meeting"], rows["A8.1"]["done"]]
    assert "Lorna reported" in MINUTES[rows["D8.1"]["meeting"]]
    assert "Letter to customers" in cells[1]["pieces"][3]["title"] and "case owner" in rows["A8.1"]["text"]
    assert "The board has chosen it" in MINUTES["2024-05-29"], "Lorna did not choose One Owner"


@pytest.mark.slow
def test_each_point_has_what_counts_and_links_to_every_box_that_names_it(site):
    from bs4 import BeautifulSoup

    cells = read_data(evidence_map.DATA)["cells"]
    soup = BeautifulSoup((site / "capstone" / "portfolio.html").read_text(encoding="utf-8"), "html.parser")
    toc = (ROOT / "_toc.yml").read_text("utf-8")
    for point in syllabus.marking_points():
        heading = next(h for h in soup.find_all("h3") if h.get_text().startswith(f"{point.id} {point.name}"))
        section = heading.parent
        items = [item.get_text() for item in section.find_all("li")]
        assert [re.sub(r"^\w+: ", "", item).lower() for item in items] == [
            cells[point.id][stage]["counts"].lower() + "." for stage in ("need", "plan", "do", "evaluate")
        ]
        pages = set()
        for page in (ROOT / "book").rglob("*.md"):
            name = page.relative_to(ROOT / "book").with_suffix("").as_posix()
            boxes = re.findall(r"\{workplace\}\n:points:(.*)", page.read_text("utf-8"))
            if page != PAGE and f"file: {name}\n" in toc and any(point.id in box.split() for box in boxes):
                pages.add(name)
        links = {a["href"] for a in section.select("p a[href]")}
        assert links == {
            f"{name.split('/')[1]}.html" if name.startswith("capstone/") else f"../{name}.html" for name in pages
        }
        assert len(links) >= 3
