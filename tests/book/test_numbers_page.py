"""Every figure on "Numbers without fear" is right: read off the built page, and worked out again from the CSV files.

With the standard library and statsmodels, and with none of our own code that counts.
"""

import re
import statistics
from datetime import datetime
from pathlib import Path

import pytest
import test_lesson_figures as road
import yaml
from bs4 import BeautifulSoup
from page_cells import rows_of
from statsmodels.stats.proportion import proportion_confint

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "start" / "numbers-without-fear.md"
OUTAGE = "2024-01-17"


COMPLAINTS, CONTACTS, DAILY = (rows_of(f"{name}.csv") for name in ("complaints", "contacts", "kpi_daily"))


# The figures, by another road ----------------------------------------------------------------


def days_to_close():
    found = []
    for row in COMPLAINTS:
        if row["closed_ts"]:
            closed = datetime.fromisoformat(row["closed_ts"]).date()
            found.append((closed - datetime.fromisoformat(row["opened"]).date()).days)
    return found


DAYS = days_to_close()
GOOD = sorted(day for day in DAYS if day >= 0)
LOWER, MEDIAN, UPPER = statistics.quantiles(GOOD, n=4, method="inclusive")


def lost(start, end, site="North", part="abandoned", without=()):
    days = [r for r in DAILY if r["site"] == site and start <= r["date"] <= end and r["date"] not in without]
    return sum(int(r[part]) for r in days), sum(int(r["offered"]) for r in days), days


def percent(part, whole, *_):
    return 100 * part / whole


FIRST, SECOND = lost("2024-01-01", "2024-01-14"), lost("2024-01-15", "2024-01-28")
ORDINARY = lost("2024-01-15", "2024-01-28", without=[OUTAGE])
DAY = lost(OUTAGE, OUTAGE)
AVERAGED = statistics.mean(100 * int(r["abandoned"]) / int(r["offered"]) for r in SECOND[2])


def marks(team, month=""):
    found = [int(r["csat"]) for r in CONTACTS if r["team"] == str(team) and r["csat"] and r["ts"].startswith(month)]
    top = sum(mark >= 4 for mark in found)
    low, high = proportion_confint(top, len(found), method="wilson")
    return top, len(found), 100 * top / len(found), 100 * low, 100 * high


MAY, YEAR = marks(1, "2024-05"), marks(1)
TEAMS = {team: marks(team) for team in range(1, 9)}
ANSWERED = percent(sum(bool(r["csat"]) for r in CONTACTS), len(CONTACTS))
TESTS = [r for r in CONTACTS if r["agent_id"] == "T00"]

SAID = [
    (r"The result was ([\d.]+) days", [statistics.mean(DAYS)]),
    (r"table has ([\d,]+) complaints. Of these, (\d+) are still open", [len(COMPLAINTS), len(COMPLAINTS) - len(DAYS)]),
    (r"And (\d+) were closed before", [len(DAYS) - len(GOOD)]),
    (r"say so, and ([\d,]+) rows remain. Their mean is ([\d.]+) days", [len(GOOD), statistics.mean(GOOD)]),
    (r"one in the middle took (\d+) days", [MEDIAN]),
    (r"The slowest took (\d+) days", [max(GOOD)]),
    (r"lies between (\d+) and (\d+) days. So about one customer in four waits longer than (\d+) days", [LOWER, UPPER, UPPER]),
    (r"closed within (\d+) days, and the middle half takes (\d+) to (\d+) days \(n = ([\d,]+); (\d+) rows",
     [MEDIAN, LOWER, UPPER, len(GOOD), len(DAYS) - len(GOOD)]),
    (r"North lost ([\d.]+)% of its calls. In the next two weeks it lost ([\d.]+)%", [percent(*FIRST), percent(*SECOND)]),
    (r"the part is (\d+) lost calls, and the whole is ([\d,]+) calls", FIRST[:2]),
    (r"From ([\d.]+)% to ([\d.]+)% is ([\d.]+) percentage points",
     [percent(*FIRST), percent(*SECOND), percent(*SECOND) - percent(*FIRST)]),
    (r"Then it is (\d+) per cent more", [100 * (percent(*SECOND) / percent(*FIRST) - 1)]),
    (r"a flood, and ([\d.]+) points", [percent(*SECOND) - percent(*FIRST)]),
    (r"that day alone, (\d+) of (\d+) callers", DAY[:2]),
    (r"two weeks come to ([\d.]+)%. That is less than before, by ([\d.]+) points",
     [percent(*ORDINARY), percent(*FIRST) - percent(*ORDINARY)]),
    (r"it would show ([\d.]+)% in place of ([\d.]+)%", [AVERAGED, percent(*SECOND)]),
    (r"North lost ([\d.]+)% of its calls in the first two weeks of January and ([\d.]+)% in the next two",
     [percent(*FIRST), percent(*ORDINARY)]),
    (r"In May 2024, (\d+)% of the marks for team 1", [MAY[2]]),
    (r"It was (\d+) marks out of (\d+)\. Two other customers, and it would have been (\d+)%",
     [MAY[0], MAY[1], percent(MAY[0] - 2, MAY[1])]),
    (r"From (\d+) out of (\d+), the 95% interval runs from (\d+)% to (\d+)%", [MAY[0], MAY[1], *MAY[3:]]),
    (r"the team has (\d+) marks. The share is then (\d+)%, and the interval runs from (\d+)% to (\d+)%", YEAR[1:]),
    (r"lie between (\d+)% and (\d+)%", [min(t[2] for t in TEAMS.values()), max(t[2] for t in TEAMS.values())]),
    (r"Only (\d+)% of the rows hold a mark", [ANSWERED]),
    (r"In 52 weeks, (\d+)% of team 1's marks were 4 or 5 \(95% interval (\d+)% to (\d+)%, n = (\d+)\)",
     [YEAR[2], YEAR[3], YEAR[4], YEAR[1]]),
    (r"All (\d+) test contacts", [len(TESTS)]),
]  # fmt: skip


@pytest.fixture(scope="module")
def page(site):
    html = (site / "start" / "numbers-without-fear.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser").find("article")


@pytest.fixture(scope="module")
def text(page):
    plain = page.get_text().replace("’", "'").replace("“", '"').replace("”", '"')
    return re.sub(r"\s+", " ", plain)


@pytest.mark.slow
@pytest.mark.parametrize(("pattern", "figures"), SAID, ids=[pattern[:30] for pattern, _ in SAID])
def test_a_figure_on_the_page_is_right(text, pattern, figures):
    found = re.search(pattern, text)
    assert found, f"the page no longer says: {pattern}"
    for written, figure in zip(found.groups(), figures, strict=True):
        assert road.near(written, float(figure)), f"{found[0]!r}, but it is {figure}"


@pytest.mark.slow
def test_the_page_s_words_about_the_figures_are_true(text):
    rise = percent(*SECOND) / percent(*FIRST) - 1
    assert 0.18 < rise < 0.22 and "up by a fifth" in text
    assert percent(*ORDINARY) < percent(*FIRST)
    assert statistics.mean(GOOD) > MEDIAN and statistics.mean(GOOD) > statistics.mean(DAYS)
    # All intervals overlap: the highest low end lies below the lowest high end.
    assert max(team[3] for team in TEAMS.values()) < min(team[4] for team in TEAMS.values())
    assert all(row["csat"] == "5" for row in TESTS) and 1 / 7 < ANSWERED / 100 < 1 / 5
    assert 0.2 < sum(day > UPPER for day in GOOD) / len(GOOD) < 0.28


@pytest.mark.slow
def test_the_tables_on_the_page_are_right(page):
    teams, rows = (
        [[cell.get_text(strip=True) for cell in line.find_all(["th", "td"])] for line in table.select("tbody tr")]
        for table in page.select("table")
    )
    assert len(teams) == 8
    for name, share, interval, n in teams:
        _, size, value, low, high = TEAMS[int(name)]
        assert (share, interval, n) == (f"{value:.0f}%", f"{low:.0f}% to {high:.0f}%", str(size))
    last, again = {}, 0
    for row in CONTACTS:
        key, now = (row["customer_id"], row["site"], row["channel"], row["reason"]), datetime.fromisoformat(row["ts"])
        again += key in last and (now - last[key]).total_seconds() <= 3600
        last[key] = now
    expected = [len(TESTS), again, sum(r["abandoned"] == "1" for r in CONTACTS), sum(r["queue_s"] == "0" for r in CONTACTS),
                sum(r["ts"].startswith(OUTAGE) for r in CONTACTS), sum(not r["csat"] for r in CONTACTS)]  # fmt: skip
    assert [int(cells[-1].replace(",", "")) for cells in rows] == expected


@pytest.mark.slow
def test_the_answers_to_the_practice_are_right(page):
    refund, price, quick = (answer.p.get_text() for answer in page.select("ol details"))
    last, kept = {}, []
    for row in CONTACTS:
        key, now = (row["customer_id"], row["site"], row["channel"], row["reason"]), datetime.fromisoformat(row["ts"])
        if not (key in last and (now - last[key]).total_seconds() <= 3600) and row["agent_id"] != "T00":
            kept.append(row["reason"])
        last[key] = now
    hits = kept.count("where is my refund")
    low, high = proportion_confint(hits, len(kept), method="wilson")
    assert (
        f"{100 * hits / len(kept):.1f}% of {len(kept):,} contacts (95% interval {100 * low:.1f}% to {100 * high:.1f}%)"
        in refund
    )
    values = [float(row["value_gbp"]) for row in COMPLAINTS]
    assert (
        f"£{statistics.median(values):.2f} (n = {len(values):,})" in price
        and f"£{statistics.mean(values):.2f}" in price
    )
    part, whole, _ = lost("2024-01-01", "2024-01-31", "West", "within_20s", [OUTAGE])
    assert f"{percent(part, whole):.1f}% of {whole:,} calls" in quick


# The quiz -------------------------------------------------------------------------------------


def test_the_figures_of_the_quiz_are_right():
    quiz = yaml.safe_load(PAGE.with_suffix(".quiz.yml").read_text(encoding="utf-8"))
    said = {option["because"] for q in (quiz["prediction"], *quiz["questions"]) for option in q["options"]}
    text = "\n".join(said)
    within = percent(sum(day <= 15 for day in GOOD), len(GOOD))
    assert road.near("64", within) and len(re.findall(r"about 64%", text, re.I)) == 3
    assert "it is only 11 days" in text and MEDIAN == 11
    assert statistics.mean([2, 3, 3, 4, 48]) == 12 and statistics.median([2, 3, 3, 4, 48]) == 3
    assert statistics.mean([2, 3, 3, 4]) == 3
    for hits, n, low, high in ((4, 4, 51, 100), (170, 200, 79, 89)):
        assert [round(100 * end) for end in proportion_confint(hits, n, method="wilson")] == [low, high]
        assert f"from {low}% to {high}%" in text
    assert (136 / 170, 170 / 1000, 136 / 1000) == (0.8, 0.17, 0.136)
    assert (60 / 300, 60 / 200, 300 - 60, 200 - 60) == (0.2, 0.3, 240, 140)
    assert (0.1 * 40 + 40, (50 - 40) / 40, 0.25 * 40) == (44, 0.25, 10)
