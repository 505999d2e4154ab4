"""The data dictionary says what the data package says, and the complaint in five records is the one in the files."""

import csv
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from cslearn.site.data_dictionary import kind, traps

ROOT = Path(__file__).parents[2]
DATASETS = ROOT / "datasets"
PACKAGE = json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))["resources"]
RESOURCES = [resource for resource in PACKAGE if "schema" in resource]


def article(site, page):
    return BeautifulSoup((site / f"{page}.html").read_text(encoding="utf-8"), "html.parser").find("article")


def plain(node):
    text = node.get_text().replace("’", "'").replace("“", '"').replace("”", '"')
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"type": "string"}, "text; may be blank"),
        ({"type": "integer", "unit": "s", "constraints": {"required": True, "minimum": 0}}, "whole number, in s, from 0"),
        ({"type": "number", "unit": "%", "constraints": {"minimum": 0, "maximum": 100}}, "number, in %, 0 to 100; may be blank"),
        ({"type": "boolean", "constraints": {"required": True}}, "yes or no (1 or 0 in the file)"),
    ],
)  # fmt: skip
def test_what_a_column_may_hold_is_said_in_words(field, words):
    assert kind(field) == words


def test_the_traps_are_those_of_the_datasheet():
    sheet = "# A\n\n## Known traps, for some\n\n- one\n- two\n\n## Limits\n\nNone.\n"
    assert traps(sheet) == "- one\n- two"
    assert traps("# A\n") == ""


@pytest.mark.slow
def test_the_dictionary_has_every_table_and_column_and_hands_each_file_out(site):
    page = article(site, "reference/data-dictionary")
    for resource in RESOURCES:
        name = resource["path"].removesuffix(".csv")
        section = page.find(id=f"table-{name.replace('_', '-')}")
        with (DATASETS / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows = len(list(csv.reader(file))) - 1
        assert f"{rows:,} rows" in plain(section)
        lines = section.find("table").select("tbody tr")
        assert [line.th.get_text() for line in lines] == [field["name"] for field in resource["schema"]["fields"]]
        for line, field in zip(lines, resource["schema"]["fields"], strict=True):
            said = plain(line.td).lower()
            assert field["description"].lower() in said and field.get("unit", "").lower() in said
            assert all(str(value).lower() in said for value in field.get("constraints", {}).get("enum", ()))
        link = section.find("a", string=f"Download {resource['path']}")
        there = (site / "reference" / link["href"]).resolve()
        assert there.read_bytes() == (DATASETS / resource["path"]).read_bytes()


@pytest.mark.slow
def test_the_minutes_can_be_read_on_the_page_word_for_word(site):
    section = article(site, "reference/data-dictionary").find(id="minutes")
    (texts,) = (resource for resource in PACKAGE if "schema" not in resource)
    folded = section.find_all("details")
    assert len(folded) == len(texts["path"]) == 9
    for file, shown in zip(texts["path"], folded, strict=True):
        words = re.findall(r"[A-Za-z]{4,}", (DATASETS / file).read_text(encoding="utf-8"))
        assert re.findall(r"[A-Za-z]{4,}", shown.get_text()) == words


@pytest.mark.slow
def test_the_dictionary_names_every_known_trap(site):
    page = plain(article(site, "reference/data-dictionary").find(id="known-traps"))
    for trap in re.findall(r"^- (.+)$", traps((DATASETS / "README.md").read_text(encoding="utf-8")), re.M):
        assert re.sub(r"\s+", " ", trap.replace("`", "").replace("'", "'")) in page


@pytest.mark.slow
def test_one_complaint_is_the_same_in_all_five_records(site):
    def row(name, **wanted):
        with (DATASETS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return [r for r in csv.DictReader(file) if all(r[key] == value for key, value in wanted.items())]

    (complaint,) = row("complaints", complaint_id="N-06100")
    (first,) = row("contacts", contact_id=complaint["contact_id"])
    chasers = [
        r
        for r in row("contacts", customer_id=first["customer_id"], reason="where is my refund")
        if r["ts"] <= complaint["closed_ts"]
    ]
    steps = row("events_before", site="North", case_id="06100")
    approvals = [r for r in steps if r["activity"] == "approve"]
    (day,) = row("kpi_daily", site="North", date=complaint["opened"])
    text = plain(article(site, "start/meet-northfold"))
    assert complaint["text"] in text and f"Refund of £{float(complaint['compensation_gbp']):.2f}" in text
    assert (first["resolved_self_report"], first["csat"], len(chasers)) == ("1", "5", 3)
    assert "with a mark of 5 out of 5. Then 3 calls" in text and "the customer rang 3 times" in text
    assert [r["start_ts"][:10] for r in approvals] == ["2024-04-10", "2024-04-12"]
    assert f"{len(steps)} steps. Two managers approved, on 10 April and 12 April" in text
    minutes = sum(int(r["end_ts"][-2:]) - int(r["start_ts"][-2:]) for r in approvals)
    assert f"worked on it for {minutes} minutes in all. From 28 March to 12 April" in text
    assert f"{day['complaints_opened']} complaints opened at North on 27 March, and {day['backlog']} were open" in text
    assert (complaint["opened"], complaint["closed_ts"][:10]) == ("2024-03-27", "2024-04-15")
    assert "came on 27 March and was closed on 15 April" in text
