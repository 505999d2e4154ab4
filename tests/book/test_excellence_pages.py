"""The figures of the lessons on excellence, strategy and customer relationships, worked out again from the files."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from page_cells import rows_of, run_cells

from cslearn.methods.bank_holidays import is_working_day
from cslearn.methods.evidence import share
from cslearn.northfold.cleaning import one_record_a_person
from cslearn.northfold.customers import NEED_NOTES

ROOT = Path(__file__).parents[2]
PART = ROOT / "book" / "excellence"
PAGES = ("service-excellence", "strategic-customer-service", "customer-relationship-management")


def text_of(name):
    return (PART / f"{name}.md").read_text("utf-8")


@pytest.fixture(scope="module")
def made():
    """What each page's cells put into its text, by page."""
    return {name: run_cells(PART / f"{name}.md")[0] for name in PAGES}


@pytest.fixture(scope="module")
def people():
    """One row a person: second records joined, the test customer out."""
    return one_record_a_person([
        {**row, "orders_24m": int(row["orders_24m"]), "churned_12m": row["churned_12m"] == "1"} for row in rows_of("customers.csv")
    ])  # fmt: skip


def left(rows) -> float:
    return 100 * sum(row["churned_12m"] for row in rows) / len(rows)


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_in_the_text_is_one_that_a_cell_puts_there(made, name):
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", text_of(name))}
    assert used <= set(made[name])


# ---- service excellence -----------------------------------------------------------------------


def test_how_often_expectations_are_met(made):
    answers = [row for row in rows_of("servqual.csv") if row["wave"] == "pre"]
    items = [f"{n:02d}" for n in range(1, 23)]

    def straight(row):
        given = [row[f"P{n}"] for n in items if row[f"P{n}"]]
        return len(set(given)) == 1 and len(given) >= 10

    kept = [row for row in answers if not straight(row)]
    places = {"tangibles": items[:4], "reliability": items[4:9], "assurance": items[13:17]}
    for name, numbers in places.items():
        sums = [
            [int(row[f"P{n}"]) - int(row[f"E{n}"]) for n in numbers if row[f"P{n}"] and row[f"E{n}"]] for row in kept
        ]
        met = [sum(one) >= 0 for one in sums if one]
        assert made["service-excellence"][f"met_{name}"] == pytest.approx(100 * sum(met) / len(met))
    page = made["service-excellence"]
    assert page["met_assurance"] > 2 * page["met_reliability"]


def test_a_chain_of_steps(made):
    cases: dict[tuple, list] = {}
    for row in rows_of("events_before.csv"):
        if row["resource"] != "T00":
            cases.setdefault((row["site"], row["case_id"]), []).append(row["activity"])
    lengths = sorted(len(steps) for steps in cases.values() if "confirm" in steps)
    middle = lengths[len(lengths) // 2]
    assert made["service-excellence"]["steps"] == middle
    right = 1.0
    for _ in range(middle):
        right *= 0.98
    assert made["service-excellence"]["all_right"] == pytest.approx(100 * right)


def test_vouchers_speed_and_who_left(made, people):
    page = made["service-excellence"]
    with_voucher = [row for row in people if row["delight_voucher"] == "1"]
    without = [row for row in people if row["delight_voucher"] == "0"]
    assert page["with_voucher"] == pytest.approx(left(with_voucher))
    assert page["without_voucher"] == pytest.approx(left(without))
    assert abs(page["with_voucher"] - page["without_voucher"]) < 0.5
    customer = {row["contact_id"]: row["customer_id"] for row in rows_of("contacts.csv")}
    complained, slowest = set(), {}
    for row in rows_of("complaints.csv"):
        who = customer.get(row["contact_id"])
        if who is None:
            continue
        complained.add(who)
        if row["closed_ts"] and row["closed_ts"][:10] >= row["opened"]:
            start, end = date.fromisoformat(row["opened"]), date.fromisoformat(row["closed_ts"][:10])
            days = sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
            slowest[who] = max(days, slowest.get(who, 0))
    groups = {
        "no_complaint": [p for p in people if p["customer_id"] not in complained],
        "quick": [p for p in people if slowest.get(p["customer_id"], 99) <= 5],
        "middle": [p for p in people if 5 < slowest.get(p["customer_id"], 99) <= 10],
        "slow": [p for p in people if slowest.get(p["customer_id"], 0) > 10],
    }
    for name, rows in groups.items():
        assert page[name] == pytest.approx(left(rows)), name
    assert page["times"] == pytest.approx(left(groups["slow"]) / left(groups["no_complaint"]))
    interval = share(sum(p["churned_12m"] for p in groups["slow"]), len(groups["slow"]))
    assert (page["slow_low"], page["slow_high"]) == (interval["low"], interval["high"])
    # The words: quick is like none, slow about twice, and the interval's lower end lies above the others.
    assert abs(page["quick"] - page["no_complaint"]) < 1 and round(page["times"]) == 2
    assert page["slow_low"] > max(page["middle"], page["quick"], page["no_complaint"])
    quiz = (PART / "service-excellence.quiz.yml").read_text("utf-8")
    assert f"{page['with_voucher']:.1f}% left with a voucher and {page['without_voucher']:.1f}% without" in quiz
    assert (round(page["no_complaint"]), round(page["slow"])) == (
        15,
        30,
    ) and "15% of customers without a complaint left" in quiz


def test_what_is_written_and_where(made, people):
    page = made["service-excellence"]
    told = [row["text"] for row in rows_of("complaints.csv")]
    assert page["nobody_listens"] == sum("I feel that nobody listens" in text for text in told) > 50
    assert page["never_asked"] == sum(row["adjustment_needs"] == "not asked" for row in people)
    noted = [row for row in people if row["notes"] in NEED_NOTES]
    assert page["needs_in_notes"] == len(noted) and {row["adjustment_needs"] for row in noted} <= {"none", "not asked"}
    assert "Deaf, please write, never ring" in NEED_NOTES


# ---- strategy -----------------------------------------------------------------------------------


def test_coaching_and_the_call_standard(made):
    page = made["strategic-customer-service"]
    teams: dict[str, dict] = {}
    for row in rows_of("qa_followup.csv"):
        of = teams.setdefault(row["team"], {"before": [], "after": [], "hours": []})
        month = row["month"][:7]
        if month in ("2024-04", "2024-05"):
            of["before"].append((float(row["adherence_pct"]), int(row["calls_checked"])))
        if month in ("2024-10", "2024-11"):
            of["after"].append((float(row["adherence_pct"]), int(row["calls_checked"])))
            of["hours"].append(float(row["coaching_hours"]))
    on = [of for of in teams.values() if sum(of["hours"]) / 2 >= 2]
    stopped = [of for of in teams.values() if sum(of["hours"]) / 2 < 2]
    assert max(sum(of["hours"]) for of in stopped) <= 1 and len(teams) == 8
    for name, group in (("on", on), ("stopped", stopped)):
        for when in ("before", "after"):
            checked = [one for of in group for one in of[when]]
            pooled = sum(value * calls for value, calls in checked) / sum(calls for _, calls in checked)
            assert page[f"{name}_{when}"] == pytest.approx(pooled)
        assert page[f"{name}_change"] == pytest.approx(page[f"{name}_after"] - page[f"{name}_before"])
        assert page[f"{name}_teams"] == len(group)
    # "A little" and "about a quarter".
    assert -8 < page["on_change"] < 0 and 0.2 < -page["stopped_change"] / page["stopped_before"] < 0.3


def test_refunds_above_the_limit(made):
    page = made["strategic-customer-service"]
    versions = json.loads((ROOT / "datasets" / "standards_policy.json").read_text("utf-8"))["versions"]
    force = next(version for version in versions if version["status"] == "in force")
    refunds = [float(row["compensation_gbp"]) for row in rows_of("complaints.csv") if row["remedy"] == "refund"]
    assert page["limit"] == force["authority_limits_gbp"]["agent"] == 25
    assert page["refunds"] == len(refunds)
    assert (
        page["above"] == pytest.approx(100 * sum(paid > 25 for paid in refunds) / len(refunds)) and page["above"] > 50
    )
    # No measure of an objective is a column of the daily report.
    heads = list(rows_of("kpi_daily.csv")[0])
    assert page["columns"] == len(heads) - 2 == 15
    assert [one["id"] for one in force["objectives"]] == ["SO1", "SO2", "SO3", "SO4"]
    said = " ".join(one["measure"] for one in force["objectives"])
    assert all(
        words in said for words in ("buy again", "closed within five working days", "Cost of handling", "Overtime")
    )
    assert not {"buy_again", "closed_in_5_days", "cost", "overtime"} & set(heads)
    old = next(version for version in versions if version["status"] != "in force")
    assert len(old["objectives"]) == 3
    weights = {name: page[f"weight_{name}"] for name in ("SO1", "SO2", "SO3", "SO4")}
    assert sum(weights.values()) == 100


# ---- customer relationships ------------------------------------------------------------------------


def test_records_and_people(made, people):
    page = made["customer-relationship-management"]
    records = [{**row, "churned_12m": row["churned_12m"] == "1"} for row in rows_of("customers.csv")]
    known = {row["customer_id"] for row in people}
    second = [row for row in records if row["customer_id"] not in known | {"C00000"}]
    assert (
        (page["records"], page["people"], page["second"])
        == (len(records), len(people), len(second))
        == (3091, 3000, 90)
    )
    assert page["extra"] == pytest.approx(100 * 91 / 3000)
    assert page["left_records"] == pytest.approx(left(records)) and page["left_people"] == pytest.approx(left(people))
    assert page["left_second"] == pytest.approx(left(second)) and page["left_second"] > 75
    assert page["too_many"] == pytest.approx((left(records) - left(people)) / 100 * 96_000, abs=50)
    quiz = (PART / "customer-relationship-management.quiz.yml").read_text("utf-8")
    assert f"from {page['left_people']:.1f}% to {page['left_records']:.1f}%" in quiz


def test_recent_frequent_and_money(made, people):
    """Points by counting, for each person, how many others lie below and beside them."""
    merged = {row["customer_id"]: row for row in people}
    add_up(merged, people)
    page = made["customer-relationship-management"]
    days = [-(date(2025, 12, 1) - date.fromisoformat(row["latest"])).days for row in people]
    orders = [row["orders_24m"] for row in people]
    money = [row["money"] for row in people]

    def points(values):
        order = sorted(values)
        first = {}
        for place, value in enumerate(order):
            first.setdefault(value, [place, 0])[1] += 1
        return [1 + int((first[v][0] + first[v][1] / 2) / len(values) * 3) for v in values]

    totals = [sum(three) for three in zip(points(days), points(orders), points(money), strict=True)]
    for key, low, high in (("8", 8, 9), ("5", 5, 7), ("3", 3, 4)):
        inside = [n for n, total in enumerate(totals) if low <= total <= high]
        assert page[f"group_{key}"] == pytest.approx(100 * len(inside) / 3000)
        assert page[f"money_{key}"] == pytest.approx(100 * sum(money[n] for n in inside) / sum(money))
    assert page["money_8"] > 1.5 * page["group_8"]


def add_up(merged, people):
    """Adds to each person the money and the latest order of all their records."""
    groups: dict[str, list] = {row["customer_id"]: [] for row in people}
    names: dict[str, str] = {}
    records = [row for row in rows_of("customers.csv") if row["customer_id"] != "C00000"]
    for row in records:
        if row["customer_id"] in groups:
            groups[row["customer_id"]].append(row)
            names.setdefault(row["email_name"], row["customer_id"])
    for row in records:
        if row["customer_id"] not in groups:
            groups[names.get(row["email_name"]) or slipped(row, groups)].append(row)
    for key, rows in groups.items():
        merged[key]["money"] = sum(float(row["spend_24m"]) for row in rows)
        merged[key]["latest"] = max(row["last_order"] for row in rows)


def slipped(row, groups):
    """Whose name this one is, one slip apart and in the same area: found by trying every slip."""
    name = row["email_name"]
    letters = "abcdefghijklmnopqrstuvwxyz"
    slips = {name[:n] + name[n + 1] + name[n] + name[n + 2 :] for n in range(len(name) - 1)}
    slips |= {name[:n] + name[n + 1 :] for n in range(len(name))}
    slips |= {name[:n] + c + name[n:] for n in range(len(name) + 1) for c in letters}
    return next(
        key
        for key, rows in groups.items()
        if rows[0]["email_name"] in slips and rows[0]["postcode_area"] == row["postcode_area"]
    )


def test_who_stays_and_who_agreed(made, people):
    page = made["customer-relationship-management"]
    tenure = {row["customer_id"]: int(row["tenure_months"]) for row in people}
    assert page["plan"] == pytest.approx(left([p for p in people if p["care_plan"] == "1"]))
    assert page["no_plan"] == pytest.approx(left([p for p in people if p["care_plan"] == "0"]))
    assert (round(page["plan"]), round(page["no_plan"])) == (12, 17)
    # A second record may be older, so the merged tenure is the longer one; few people change group by it.
    young = left([p for p in people if tenure[p["customer_id"]] <= 36])
    old = left([p for p in people if tenure[p["customer_id"]] > 60])
    assert page["young"] == pytest.approx(young, abs=0.8) and page["old"] == pytest.approx(old, abs=0.8)
    assert page["young"] > 2.5 * page["old"]
    # The more careful of two answers counts, so people who agreed are at most the records that did.
    words = [row["marketing_opt_in"] for row in rows_of("customers.csv")]
    assert page["opt_yes"] + page["opt_no"] + page["opt_unknown"] == 3000
    assert words.count("yes") - 91 <= page["opt_yes"] <= words.count("yes")
    assert page["careless"] == page["opt_yes"] + page["opt_unknown"]
    assert page["careless_pct"] == pytest.approx(100 * page["opt_unknown"] / page["careless"])
