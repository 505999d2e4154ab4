"""Nine sets of minutes of the complaints improvement group, and its log of decisions and actions (table D11).

The prose stands in :mod:`cslearn.northfold.minutes_text`; figures and dates in it are
taken from the story, so every learner's minutes agree with that learner's tables, except
for what somebody has only heard (:func:`hearsay`). Planted: the Returns desk's concern
about labels, raised in every meeting and never an action; FCR counted within five days
instead of seven from June 2024, said nowhere else; a request to be consulted that is not
answered; three courier strikes; customers who cannot telephone, and an action for them
that is never done; personal data in the wrong hands, and a customer who asks for her own.
Traps: a decision that a later meeting takes back, hearsay figures, actions never done.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from cslearn.northfold import mystery_shop, qa_followup, staff_survey
from cslearn.northfold.minutes_text import MEETINGS, PEOPLE, Meeting
from cslearn.northfold.process import ACCESS, ACCESS_CLUSTER, NEW_LIMIT_GBP, Process
from cslearn.northfold.standards_policy import standards_policy
from cslearn.northfold.story import (
    FCR_REDEFINED,
    GO_LIVE,
    OUTAGE,
    PEAK,
    PILOT_START,
    STRIKES,
    Story,
    number_of,
)

COLUMNS = ("entry_id", "meeting", "kind", "text", "owner", "due", "done", "replaces")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True)
class Hearsay:
    """A figure that somebody in a meeting has only heard, beside what the daily figures record for the same thing."""

    meeting: date
    measure: str
    said: float
    recorded: float


def spoken(day: date, year: bool = False) -> str:
    """A date as people write it: 9 September, or 9 September 2024."""
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def _span(first: date, last: date) -> str:
    return f"{first.day} to {spoken(last)}" if first.month == last.month else f"{spoken(first)} to {spoken(last)}"


def _opened(process: Process, first: date, last: date) -> int:
    day = process.made["day"]
    return int(((day >= number_of(first)) & (day <= number_of(last))).sum())


def _contacts(story: Story, first: date, last: date, site: int | None = None) -> dict[str, np.ndarray]:
    made = story.contacts
    chosen = (made["day"] >= number_of(first)) & (made["day"] <= number_of(last))
    if site is not None:
        chosen &= made["site"] == site
    return {name: made[name][chosen] for name in ("channel", "abandoned", "repeat_after", "talk", "wrap")}


def _resolved(contacts: dict[str, np.ndarray], window: int) -> float:
    """First contact resolution of these contacts in percent, as the daily figures count it."""
    handled = contacts["repeat_after"][~contacts["abandoned"]]
    return 100 * float(((handled == 0) | (handled > window)).mean())


def _handling(contacts: dict[str, np.ndarray]) -> float:
    answered = (contacts["channel"] == 0) & ~contacts["abandoned"]
    return float((contacts["talk"] + contacts["wrap"])[answered].mean())


def _backlog(process: Process, day: date) -> int:
    """Complaints open at the end of a day."""
    number = number_of(day)
    return int((process.made["day"] <= number).sum() - (process.closed // 1440 <= number).sum())


def _adherence(table: list[dict], month: str) -> float:
    """The share of all checked calls of a month that followed the call standard, in percent."""
    rows = [row for row in table if row["month"] == month]
    followed = sum(round(row["adherence_pct"] * row["calls_checked"] / 100) for row in rows)
    return 100 * followed / sum(row["calls_checked"] for row in rows)


def _listed(items: list[int]) -> str:
    return ", ".join(map(str, items[:-1])) + f" and {items[-1]}"


def _whole(value: float) -> int:
    return int(np.floor(value + 0.5))


def figures(process: Process) -> dict[str, object]:
    """Every figure and date that the minutes name, by its name in the text."""
    story = process.story
    found: dict[str, object] = {}
    for number, (first, last) in enumerate(STRIKES, start=1):
        week = timedelta(days=7)
        found[f"strike_{number}"] = _span(first, last)
        found[f"in_strike_{number}"] = _opened(process, first, last)
        found[f"before_strike_{number}"] = _opened(process, first - week, last - week)
    quarters = {(first.year, (first.month - 1) // 3) for first, _ in STRIKES}
    out = _contacts(story, OUTAGE, OUTAGE)
    calls = out["channel"] == 0
    checks = qa_followup.rows(process)
    stopped = qa_followup.stopped(story)
    early = process.made["day"] < number_of(MEETINGS[4].day)
    april = [_contacts(story, date(2024, 4, 1), date(2024, 4, 30), site) for site in (0, 1)]
    both = {name: np.concatenate([part[name] for part in april]) for name in april[0]}
    survey = [row for row in staff_survey.rows(story) if row["wave"] == 1]
    morale = [row["morale"] for row in survey if row["morale"] is not None]
    ticks = [row[item] for row in mystery_shop.rows(story) for item in mystery_shop.ITEMS]
    weeks = [
        _whole(
            _resolved(_contacts(story, GO_LIVE + timedelta(weeks=a), GO_LIVE + timedelta(weeks=a + 4, days=-1), 0), 5)
        )
        for a in (-4, 0, 4)
    ]
    last = MEETINGS[-1].day
    made = [action for meeting in MEETINGS[:-1] for action in meeting.actions]
    found.update(
        peak_start=spoken(PEAK[0]),
        said_backlog=100 * _whole(1.6 * _backlog(process, date(2023, 12, 4)) / 100),
        outage=spoken(OUTAGE), outage_offered=int(calls.sum()), outage_abandoned=int(out["abandoned"].sum()),
        access_start=spoken(ACCESS_CLUSTER[0]), access=int(((process.cause == ACCESS) & early).sum()),
        adherence_before=_whole(_adherence(checks, "2023-12-01")),
        adherence_after=_whole(_adherence(checks, "2024-03-01")),
        stopped_teams="that is, in " + _listed([*stopped]), stopped_list=_listed(stopped),
        standards_from=spoken(date.fromisoformat(standards_policy()["versions"][1]["in_force_from"])),
        new_limit=NEW_LIMIT_GBP,
        fcr_north=_whole(_resolved(april[0], 7)), fcr_west=_whole(_resolved(april[1], 7)),
        fcr_gain=f"{_resolved(both, 5) - _resolved(both, 7):.1f}",
        fcr_from=spoken(FCR_REDEFINED), fcr_until=spoken(FCR_REDEFINED - timedelta(days=1)), old_days=7, new_days=5,
        pilot_start=spoken(PILOT_START), go_live=spoken(GO_LIVE),
        survey_answers=len(morale), survey_asked=len(survey), survey_morale=f"{sum(morale) / len(morale):.1f}",
        reversed_on=spoken(MEETINGS[6].day), shop_pass=_whole(100 * sum(ticks) / len(ticks)),
        strike_quarters=("no", "one", "two", "three")[len(quarters)],
        fcr_before=weeks[0], fcr_first=weeks[1], fcr_later=weeks[2],
        actions_made=len(made), actions_open=sum(action.done is None or action.done > last for action in made),
    )  # fmt: skip
    return found


def hearsay(process: Process) -> list[Hearsay]:
    """Figures that somebody has only heard, with what is on record; no rule should take the first for evidence."""
    story = process.story
    january = _contacts(story, date(2024, 1, 1), date(2024, 1, 22))
    calls = january["channel"] == 0
    eight = timedelta(weeks=8)
    before, after = (_contacts(story, day, day + eight - timedelta(days=1), 0) for day in (GO_LIVE - eight, GO_LIVE))
    west = _contacts(story, date(2024, 4, 1), date(2024, 4, 30), 1)
    open_cases = _backlog(process, date(2023, 12, 4))
    return [
        Hearsay(MEETINGS[1].day, "backlog", float(100 * _whole(1.6 * open_cases / 100)), float(open_cases)),
        Hearsay(MEETINGS[2].day, "abandoned_pct", 25.0, 100 * float(january["abandoned"].sum() / calls.sum())),
        Hearsay(MEETINGS[5].day, "fcr_pct", 70.0, _resolved(west, 7)),
        Hearsay(MEETINGS[8].day, "aht_rise_pct", 20.0, 100 * (_handling(after) / _handling(before) - 1)),
    ]


def _entries(meeting: Meeting, number: int) -> list[tuple[str, object]]:
    return [
        *((f"D{number}.{n}", decision) for n, decision in enumerate(meeting.decisions, start=1)),
        *((f"A{number}.{n}", action) for n, action in enumerate(meeting.actions, start=1)),
    ]


def texts(process: Process) -> dict[str, str]:
    """The minutes as Markdown, by the date of the meeting, in order."""
    known = figures(process)
    found = {}
    for number, meeting in enumerate(MEETINGS, start=1):
        first = {name: name.split()[0] for name in PEOPLE}
        lines = [
            f"# Complaints improvement group, {spoken(meeting.day, year=True)}",
            meeting.place + ".",
            "Present: " + ", ".join(f"{name} ({PEOPLE[name]})" for name in meeting.present) + ".",
            "Apologies: " + ", ".join(first[name] for name in meeting.apologies) + ".",
            *(f"{place}. {item}" for place, item in enumerate(meeting.says, start=1)),
        ]
        for heading, letter in (("Decisions", "D"), ("Actions", "A")):
            listed = []
            for key, entry in _entries(meeting, number):
                if key[0] == letter:
                    due = f", by {spoken(entry.due)}" if letter == "A" else ""
                    listed.append(f"- {key} {entry.text.rstrip('.')} ({first[entry.owner]}{due})")
            lines += [f"**{heading}**", "\n".join(listed)]
        found[meeting.day.isoformat()] = "\n\n".join(lines).format_map(known) + "\n"
    return found


def rows(process: Process) -> list[dict]:
    """The published log, a row for each decision and action, in order of meeting; ``done`` as known on 1 December 2024."""
    known = figures(process)
    table = []
    for number, meeting in enumerate(MEETINGS, start=1):
        for key, entry in _entries(meeting, number):
            action = key[0] == "A"
            table.append({
                "entry_id": key, "meeting": meeting.day.isoformat(), "kind": "action" if action else "decision",
                "text": entry.text.format_map(known), "owner": PEOPLE[entry.owner],
                "due": entry.due.isoformat() if action else None,
                "done": entry.done.isoformat() if action and entry.done else None,
                "replaces": None if action else entry.replaces or None,
            })  # fmt: skip
    return table
