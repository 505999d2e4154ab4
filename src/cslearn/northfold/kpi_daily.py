"""Daily figures of both sites, 78 weeks from 5 June 2023 to 1 December 2024 (table D6).

Offered, answered, within 20 seconds, abandoned and handling time are counted from every
telephone contact of the story; first contact resolution from every contact that was
handled; opened, closed and backlog from every complaint. Planted: a winter peak in the
year before the change, which makes a plain before-and-after too kind to it; West, where
nothing changed, as a comparison; longer calls and better resolution at North; weeks 1 to
4 worse before they are better; NPS with too few answers to tell. Traps: the outage of 17
January 2024; a kinder definition of FCR from 1 June 2024, which the table does not
mention; a weekend that was never recorded; daily percentages that must not be averaged.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from cslearn.northfold.process import Process
from cslearn.northfold.story import (
    DAYS,
    FCR_REDEFINED,
    GO_LIVE,
    OUTAGE,
    RECORD_START,
    SITES,
    Story,
    day_of,
    number_of,
)
from cslearn.northfold.stream import tally

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "date", "site", "offered", "answered", "within_20s", "abandoned", "aht_s", "fcr_pct", "complaints_opened",
    "complaints_closed", "backlog", "csat_n", "csat_top2", "nps_n", "nps", "absence_pct", "qa_score",
)  # fmt: skip
MISSING_WEEKEND = (date(2024, 7, 20), date(2024, 7, 21))
# The comparison that the course makes: 52 weeks before, and weeks 5 to 12 after the start.
BEFORE = (GO_LIVE - timedelta(weeks=52), GO_LIVE - timedelta(days=1))
AFTER = (GO_LIVE + timedelta(weeks=4), GO_LIVE + timedelta(weeks=12) - timedelta(days=1))
# What the change does to the quality score, in points, for a whole share of first contact resolution.
QUALITY_LIFT = 20.0


def counted(story: Story, process: Process | None = None) -> dict[str, np.ndarray]:
    """The figures of every day of the story, by site and day, before anything is left out.

    ``process`` is what became of the story's complaints, if it is already told.
    """
    made = story.contacts
    # A site is a code of one byte here, which has no room for the product.
    place = np.where(made["site"] == 1, DAYS, 0) + made["day"]

    def count(mask, weights=None) -> np.ndarray:
        found = tally(place[mask], None if weights is None else weights[mask], 2 * DAYS).reshape(2, DAYS)
        return found.astype(np.int64)

    phone = made["channel"] == 0
    handled = ~made["abandoned"]
    answered = phone & handled
    # Until May 2024 any repeat within seven days counts against FCR; since then, within five.
    early, after = made["day"] < number_of(FCR_REDEFINED), made["repeat_after"]
    repeat = (after > 0) & ((after <= 5) | early & (after <= 7))
    process = process or Process(story)
    opened = process.made["site"] * DAYS + process.made["day"]
    closed_day = process.closed // 1440
    closes = closed_day < DAYS
    opened = tally(opened, minlength=2 * DAYS).reshape(2, DAYS)
    closed = tally((process.made["site"] * DAYS + closed_day)[closes], minlength=2 * DAYS).reshape(2, DAYS)
    return {
        "offered": count(phone), "answered": count(answered), "within_20s": count(answered & (made["queue"] <= 20)),
        "abandoned": count(made["abandoned"]), "seconds": count(answered, made["talk"] + made["wrap"]),
        "handled": count(handled), "settled": count(handled & ~repeat),
        "complaints_opened": opened, "complaints_closed": closed, "backlog": np.cumsum(opened - closed, axis=1),
        "csat_n": count(made["csat"] > 0), "csat_top2": count(made["csat"] >= 4),
    }  # fmt: skip


def softer(story: Story) -> dict[str, np.ndarray]:
    """Recommendation, absence and quality of every day, by site and day; they need no contact to be drawn.

    ``asked`` is the number of answers, ``opinion`` the score before it is rounded to
    what so many answers can give, ``absence`` and ``quality`` are in per cent.
    """
    stream = story.stream("daily")
    week = np.arange(DAYS) // 7
    shape = (2, DAYS)
    asked = stream.counts(np.full(shape, 6.0), 1.2)
    opinion = 12.0 + 90.0 * stream.normal(shape) / np.sqrt(np.maximum(asked, 1))
    months = np.array([day.month for day in story.days])
    absence = 5.2 + 1.6 * np.isin(months, [11, 12, 1, 2]) + 0.9 * stream.normal((2, int(week[-1]) + 1))[:, week]
    absence = np.maximum(0.5, absence + 0.5 * stream.normal(shape))
    quality = np.clip(82.0 - 2.0 * story.peak + QUALITY_LIFT * story.lift + 1.8 * stream.normal(shape), 50, 100)
    return {"asked": asked, "opinion": opinion, "absence": absence, "quality": quality}


def rows(story: Story, process: Process | None = None) -> list[dict]:
    """The published table, a row for each day and site; a percentage of nothing is None."""
    figures = {key: table.tolist() for key, table in counted(story, process).items()}
    soft = softer(story)
    asked, opinion = soft["asked"].tolist(), soft["opinion"]
    # Cut, not rounded, to one decimal; a learner's mean of a week is of these.
    absence, quality = tenths(soft["absence"]).tolist(), tenths(soft["quality"]).tolist()
    result = []
    for number in range(number_of(RECORD_START), DAYS):
        day = day_of(number)
        if day in MISSING_WEEKEND:
            continue
        for site, name in enumerate(SITES):
            at = {key: table[site][number] for key, table in figures.items()}
            promoters = asked[site][number]
            result.append({
                "date": day.isoformat(), "site": name,
                "offered": at["offered"], "answered": at["answered"], "within_20s": at["within_20s"],
                "abandoned": at["abandoned"],
                "aht_s": at["seconds"] // at["answered"] if at["answered"] else None,
                "fcr_pct": at["settled"] * 1000 // at["handled"] / 10 if at["handled"] else None,
                "complaints_opened": at["complaints_opened"], "complaints_closed": at["complaints_closed"],
                "backlog": at["backlog"], "csat_n": at["csat_n"], "csat_top2": at["csat_top2"],
                "nps_n": promoters, "nps": _score(opinion[site, number], promoters),
                "absence_pct": absence[site][number], "qa_score": quality[site][number],
            })  # fmt: skip
    return result


def absent(story: Story, site: str, first: date, last: date) -> list[float]:
    """The published share of staff away at a site in each week from ``first``, a Monday, to ``last``: means of the days."""
    daily = tenths(softer(story)["absence"])[SITES.index(site)].tolist()
    found = []
    for monday in range(number_of(first), number_of(last) + 1, 7):
        week = [daily[n] for n in range(monday, monday + 7) if day_of(n) not in MISSING_WEEKEND]
        found.append(round(sum(week) / len(week), 1))
    return found


def tenths(values: np.ndarray) -> np.ndarray:
    """Positive numbers cut to one decimal."""
    return np.floor(values * 10) / 10


def _score(opinion: float, answers: int) -> int | None:
    """A net promoter score that so many answers can give: a whole number of people more, or fewer, of 100."""
    if answers == 0:
        return None
    more = max(-answers, min(answers, int(np.floor(opinion * answers / 100 + 0.5))))
    return int(np.floor(100 * more / answers + 0.5))


def true_effect(story: Story) -> float:
    """What the change really did to published FCR in weeks 5 to 12, in percentage points, against the year before."""
    # Days 6 and 7, a twentieth of all repeats, no longer count since June 2024.
    before, after = (slice(number_of(a), number_of(b) + 1) for a, b in (BEFORE, AFTER))
    return 100 * float(0.95 * story.lift[0, after].mean() - story.lift[0, before].mean())


def weekly(table: "pd.DataFrame", leave_out: tuple[date, ...] = (OUTAGE,)) -> "pd.DataFrame":
    """FCR of each whole week (named by its Monday) and site, weighted by calls, without the days left out."""
    import pandas as pd

    days = pd.to_datetime(table["date"])
    kept = table[~days.isin(pd.to_datetime(list(leave_out))) & table["fcr_pct"].notna()]
    days = pd.to_datetime(kept["date"])
    monday = (days - pd.to_timedelta(days.dt.day_of_week, unit="D")).rename("week")
    weighted = (kept["fcr_pct"] * kept["answered"]).groupby([monday, kept["site"].astype(str)]).sum()
    calls = kept["answered"].groupby([monday, kept["site"].astype(str)]).sum()
    return (weighted / calls).unstack("site")
