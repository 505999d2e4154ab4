"""Every figure that the change lab assumes, said once; ``explorers/change_lab_model.js`` has the same.

They are fictional, and set so that a year without any change comes near what Northfold's
tables say: about three complaints in ten closed within five working days, one in six
opened again, about £21 each. A test holds that.
"""

from __future__ import annotations

DAY = 450
"""Minutes of a working day; nights and weekends do not count."""
WEEK = 5 * DAY
WEEKS = 52
WARM_UP = 4
"""Weeks that are played before week 1, so that week 1 starts with trays as full as on any other day."""
TICKS = 256
"""Times are whole numbers of 1/256 minute: sums are then exact, on every machine and in the browser."""
SITES = ("North", "West")
TEAMS = ("A", "B", "C")
STATIONS = ("agents", "courier desk", "managers")
BASELINE = (1, 8)
"""The weeks that say how things were; nothing may go live in them."""
FINAL = (45, 52)
"""The weeks by which the year is judged."""

# Touch is minutes of work; share is the part of their day that people can give to complaints;
# hurry says how much faster they work when a file has lain for hurry_days: at most that share.
FIGURES = {
    "arrivals_week": [115.0, 70.0],
    "weekday": [1.24, 1.0, 0.94, 0.92, 0.9],
    "day_spread": 0.16,
    "peak": 0.28,
    "peak_weeks": [32, 35, 41, 43],
    "value_median": 36.0,
    "value_spread": 0.95,
    "money": 0.86,
    "above_25": 0.6494,
    "simple": 0.45,
    "vulnerable": 0.04,
    "care": 1.3,
    "courier": [0.25, 0.62],
    "log": 7.0,
    "investigate": [15.0, 34.0],
    "portal": 4.0,
    "sort": 3.0,
    "settle": 8.0,
    "approve": 5.5,
    "desk": 9.0,
    "reply": 14.0,
    "rework": 0.65,
    "second_reply": 12.0,
    "redo": 12.0,
    "even": 0.5,
    "handout": 225,
    "posting": 1125,
    "daily": 450,
    "courier_days": 2.0,
    "portal_days": 0.3,
    "strike_days": 3.0,
    "confirm_days": 1.2,
    "delay_even": 0.3,
    "agents": [[3, 3, 3], [2, 2, 2]],
    "managers": [2, 1],
    "desks": [1, 1],
    "load": {
        "managers": {"agents": 0.76, "courier desk": 0.70, "managers": 1.13},
        "courier desk": {"agents": 0.76, "courier desk": 1.13, "managers": 0.72},
        "agents": {"agents": 1.07, "courier desk": 0.70, "managers": 0.72},
    },
    "hurry": {"agents": 0.35, "courier desk": 0.35, "managers": 0.35},
    "hurry_days": {"agents": 2.0, "courier desk": 12.0, "managers": 12.0},
    "stuck_days": {"agents": 0.45, "courier desk": 4.0, "managers": 4.0},
    "usual_days": {"agents": 0.1, "courier desk": 0.3, "managers": 0.3},
    "reopen": 0.16,
    "reopen_owner": 0.10,
    "reopen_settled": 0.08,
    "reopen_learning": 0.35,
    "reopen_redo": 0.10,
    "fault": 0.15,
    "fault_weeks": 6,
    "chase_day": 0.035,
    "chase_free_days": 2.0,
    "leak": 0.02,
    "leak_pound": 0.0006,
    "happy": 0.84,
    "happy_day": 0.032,
    "happy_days": 14.0,
    "happy_reopened": 0.25,
    "happy_fresh": 0.05,
}
