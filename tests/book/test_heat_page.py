"""The HEAT lesson's figures: counted again from the CSV file, and the two calls by hand."""

import csv
import re
from pathlib import Path

import pytest
from page_cells import run_cells

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "complaints" / "heat-conversation.md"


@pytest.fixture(scope="module")
def made():
    found, shared = run_cells(PAGE)
    return found | {"tables": [shared["shown"](shared[name], name).data for name in ("POOR", "GOOD")]}


def test_what_customers_ask_for_is_counted_again(made):
    with (ROOT / "datasets" / "complaints.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sorry = [row for row in rows if "An apology would be a start." in row["text"]]
    assert made["complaints"] == len(rows)
    assert made["apology_wanted"] == len(sorry)
    assert made["apology_given"] == sum(row["remedy"] == "apology" for row in sorry)
    assert made["one_person"] == sum("one person who knows my case" in row["text"] for row in rows)
    assert made["explained"] == sum(bool(re.search(r"I have explained this \d+ times", row["text"])) for row in rows)
    assert made["severe"] == sum(row["severity"] == "3" for row in rows)
    assert made["severe_pct"] == pytest.approx(100 * made["severe"] / len(rows))
    # "Most others got money or goods."
    others = [row["remedy"] for row in sorry if row["remedy"] != "apology"]
    assert sum(remedy in ("refund", "replacement", "goodwill", "repair") for remedy in others) > 0.9 * len(others)


def test_the_two_calls_are_those_of_the_rule_table(made):
    # Interrupts +14, hears -12, fake apology +12, hands off +10.
    assert made["start"] == 72 and made["poor_end"] == 72 + 14 - 12 + 12 + 10 == 96
    # 12 + 14 + 14 + 20 off.
    assert made["good_end"] == 72 - 60
    assert (made["floor"], made["calm"]) == (60, 35)
    # A repair of £60, four replies of 75p each, and for the first call another contact at £5.
    assert (made["poor_cost"], made["good_cost"]) == (68, 63)
    poor, good = made["tables"]
    assert re.findall(r"<td>(\d+ to \d+)</td>", poor) == ["72 to 86", "86 to 74", "74 to 86", "86 to 96"]
    assert re.findall(r"<td>(\d+ to \d+)</td>", good) == ["72 to 60", "60 to 46", "46 to 32", "32 to 12"]
    assert "sorry if the shop came across" in poor and "27 November" in good


def test_limits_and_severity_are_those_of_the_policy_in_force():
    text = (ROOT / "datasets" / "standards_policy.json").read_text(encoding="utf-8")
    in_force = text[text.index('"2024-04"') :]
    assert re.search(r'"agent": 25\b', in_force) and "above £25 is approved by two managers" in in_force
    worst = re.search(r'"severity": 3,.*?\}', in_force, re.S)[0]
    assert "vulnerable customer" in worst and '"owner": "manager"' in worst
    assert '"answer_within_working_days": 1' in worst


def test_everything_that_a_cell_puts_into_the_text_is_used(made):
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", PAGE.read_text("utf-8"))}
    assert used == set(made) - {"tables"}
