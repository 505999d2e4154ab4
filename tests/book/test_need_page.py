"""The figures of the lesson on the need for change, worked out again from the CSV files."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from page_cells import rows_of, run_cells

from cslearn.methods.bank_holidays import is_working_day
from cslearn.northfold.cleaning import one_record_a_person
from cslearn.northfold.story import STRIKES

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "change" / "the-need-for-change.md"
TEXT = PAGE.read_text("utf-8")
FIRST, LAST = "2023-12-04", "2024-05-31"


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def worked(opened: str, closed: str) -> int | None:
    """Working days after the first day up to and including the second, counted one by one; below 0 for an impossible end."""
    if not closed:
        return None
    start, end = date.fromisoformat(opened), date.fromisoformat(closed[:10])
    if end < start:
        return -1
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def complaints():
    found = [row for row in rows_of("complaints.csv") if FIRST <= row["opened"] <= LAST]
    for row in found:
        row["days"] = worked(row["opened"], row["closed_ts"])
    return found


def percent(marks) -> tuple[float, int]:
    marks = list(marks)
    return 100 * sum(marks) / len(marks), len(marks)


def test_baseline_gap_trend_and_benchmark(made):
    every = complaints()
    kept = [row for row in every if row["days"] is None or row["days"] >= 0]

    def within(rows, days=5):
        return percent(row["days"] is not None and row["days"] <= days for row in rows)

    raw, right = within(every), within(kept)
    assert (made["closed_raw"], made["closed_raw_n"]) == (pytest.approx(raw[0]), raw[1])
    assert (made["closed_right"], made["closed_right_n"]) == (pytest.approx(right[0]), right[1])
    assert made["old"] == pytest.approx(within(kept, 10)[0])

    def calendar(row):
        return (
            None
            if not row["closed_ts"]
            else (date.fromisoformat(row["closed_ts"][:10]) - date.fromisoformat(row["opened"])).days
        )

    spans = [calendar(row) for row in kept]
    assert made["closed_calendar"] == pytest.approx(percent(span is not None and span <= 5 for span in spans)[0])
    fast = [row for row, span in zip(kept, spans, strict=True) if span is None or span <= 30]
    assert (made["closed_over"], made["closed_over_n"]) == (pytest.approx(within(fast)[0]), len(fast))
    assert made["gap"] == pytest.approx(80 - right[0]) and made["late"] == pytest.approx(100 - right[0])
    assert made["missed_half_year"] == round((80 - right[0]) / 100 * len(kept) * 6, -2)
    for site in ("North", "West"):
        mine = within([row for row in kept if row["complaint_id"][0] == site[0]])
        assert (made[site.lower()], made[f"{site.lower()}_n"]) == (pytest.approx(mine[0]), mine[1])
    months = {}
    for row in kept:
        months.setdefault(row["opened"][:7], []).append(row)
    by_month = [within(rows)[0] for _, rows in sorted(months.items())]
    assert made["lowest_month"] == pytest.approx(min(by_month)) and made["highest_month"] == pytest.approx(
        max(by_month)
    )
    # In the words: no direction, the peak is not the worst, about 140 complaints a month, both sites alike.
    assert by_month.index(min(by_month)) == 2 and STRIKES[2][0] == date(2024, 2, 5)
    assert 120 <= len(kept) / 6 <= 160 and abs(made["north"] - made["west"]) < 3
    assert made["old"] > 2 * made["closed_right"]
    assert "From December to May it was 21%" in TEXT and round(made["closed_right"]) == 21


def test_the_quiz_quotes_the_same_figures(made):
    quiz = PAGE.with_suffix(".quiz.yml").read_text("utf-8")
    assert "It was 21%" in quiz and "21% of complaints were closed within five working days" in quiz
    assert f"Six months lie between {made['lowest_month']:.0f}% and {made['highest_month']:.0f}%" in quiz
    assert f"{made['agents']:.0f}% of the waiting" in quiz
    # "Within ten working days it is a little more" than one in two.
    assert 50 < made["old"] < 62


def test_customers_and_process(made):
    calls = [row for row in rows_of("contacts.csv") if row["channel"] == "phone"]
    last, kept = {}, []
    for row in calls:
        key = (row["customer_id"], row["reason"], row["site"])
        before, last[key] = last.get(key), row
        copy = (
            before is not None and row["agent_id"] and before["agent_id"] and row["agent_id"] != before["agent_id"]
            and row["team"] == before["team"] != "" and minutes(row["ts"]) - minutes(before["ts"]) < 90
        )  # fmt: skip
        if row["agent_id"] != "T00" and not copy and FIRST <= row["ts"][:10] <= LAST:
            kept.append(row)
    answered = [row for row in kept if row["abandoned"] == "0"]
    for name, marks in (
        ("chasing", [row["reason"].startswith("where is my") for row in kept]),
        ("settled", [row["repeat_within_7d"] == "0" for row in answered]),
        ("ticked", [row["resolved_self_report"] == "1" for row in answered]),
    ):
        value, n = percent(marks)
        assert (made[name], made[f"{name}_n"]) == (pytest.approx(value), n), name
    assert made["settled"] < 60 < made["ticked"]
    people = one_record_a_person([
        {**row, "orders_24m": int(row["orders_24m"]), "churned_12m": row["churned_12m"] == "1"} for row in rows_of("customers.csv")
    ])  # fmt: skip
    assert (made["left"], made["left_n"]) == (pytest.approx(percent(p["churned_12m"] for p in people)[0]), 3000)


def minutes(moment: str) -> int:
    return (date.fromisoformat(moment[:10]).toordinal() * 24 + int(moment[11:13])) * 60 + int(moment[14:])


def test_waiting_lies_where_the_text_says(made):
    """Office minutes counted one by one, from the log's own times."""
    cases: dict[tuple, list] = {}
    for row in rows_of("events_before.csv"):
        if row["resource"] != "T00":
            cases.setdefault((row["site"], row["case_id"]), []).append(row)
    waits: dict[str, int] = {}
    agents = work = 0
    for steps in cases.values():
        for before, row in zip([None, *steps[:-1]], steps, strict=True):
            work += max(0, office(row["end_ts"]) - office(row["start_ts"]))
            wait = 0 if before is None else max(0, office(row["start_ts"]) - office(before["end_ts"]))
            waits[row["activity"]] = waits.get(row["activity"], 0) + wait
            agents += wait if row["role"] == "agent" else 0
    total = sum(waits.values())
    assert (
        made["approve"]
        == pytest.approx(100 * waits["approve"] / total)
        == pytest.approx(100 * max(waits.values()) / total)
    )
    assert made["agents"] == pytest.approx(100 * agents / total)
    assert made["work"] == pytest.approx(100 * work / (work + total))
    assert made["approve_n"] == made["agents_n"] == made["work_n"] == len(cases)
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used <= set(made)


OPEN: dict[str, int] = {}


def office(moment: str) -> int:
    day = date.fromisoformat(moment[:10])
    if not OPEN:
        number = 0
        for n in range(500):
            one = date(2024, 1, 1) + timedelta(days=n)
            OPEN[one.isoformat()] = number
            number += 480 * is_working_day(one)
    clock = int(moment[11:13]) * 60 + int(moment[14:])
    return OPEN[day.isoformat()] + (min(max(clock - 540, 0), 480) if is_working_day(day) else 0)


def test_what_shoppers_ticked_and_what_they_wrote(made):
    visits = [row for row in rows_of("mystery_shop.csv") if "2024-03-01" <= row["date"] <= "2024-06-30"]
    first: dict[tuple, str] = {}
    for row in rows_of("mystery_shop.csv"):
        key = (row["store"], row["date"])
        first[key] = min(first.get(key, row["visit_id"]), row["visit_id"])
    kept = [row for row in visits if first[row["store"], row["date"]] == row["visit_id"]]
    ticked = percent(row["asked_needs"] == "1" for row in kept)
    assert (made["asked_tick"], made["asked_tick_n"]) == (pytest.approx(ticked[0]), ticked[1])
    # Read by other words than the ones that the notes are made of.
    no = re.compile(
        r"\b(nobody asked|no one asked|never asked|not ask|not asked|no questions|not one question|did not come up)\b",
        re.I,
    )
    yes = re.compile(r"\b(first thing she asked|asked what i use|he asked three|wanted to know how often)\b", re.I)
    told = [bool(no.search(row["note"])) for row in kept if no.search(row["note"]) or yes.search(row["note"])]
    assert (made["not_asked"], made["not_asked_n"]) == (pytest.approx(percent(told)[0]), len(told))
