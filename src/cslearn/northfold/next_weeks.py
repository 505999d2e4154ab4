"""What the six weeks after a decision bring: a small made model, so that a learner can go back and check.

The exercise on steering a change stops at week 12. What weeks 13 to 18 bring depends on the
action that the learner chose, and on the real cause of the trouble in their own case:

* an action that deals with the cause takes the trouble away within two weeks, in some
  cases whole and in others only in part; once it is gone, a little of the gain that the
  change was to bring begins to show;
* any other action leaves the trouble where it was;
* pausing the change ends the trouble and the gain together, and first contact resolution
  goes back to what it was before.

Each action has its price elsewhere: coaching takes agents off the telephones, a higher
limit costs more refunds, trouble that stays costs first contact resolution. The ups and
downs are the same whatever was chosen, so two outcomes differ by the actions alone. The
model is no forecast. It is made so that the course's way of checking has one answer in
every case, and a test holds that.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cslearn.methods.control_chart import Limits
from cslearn.northfold.draw import Draw, seed_of
from cslearn.northfold.monitoring import baseline_figures, baseline_limits, rounded, weekly
from cslearn.problem import Problem, nearest

if TYPE_CHECKING:
    import pandas as pd

    from cslearn.northfold.case import Case

ACTIONS = {
    "hold": "Hold: change nothing, and go on watching",
    "coach_team": "Coach the team whose score has fallen",
    "raise_limit": "Raise the limit up to which agents refund on their own",
    "fix_template": "Mend the template of the refund letter",
    "pause": "Pause One Owner at North",
    "investigate_data": "Find out how the figure was made, before anything else",
}
FIRST, LAST = 13, 18
# The gain that shows once the trouble is gone, in distances from the mean to a limit.
_GAIN = 0.30
# How much of the trouble is left in each of the six weeks, after an action that reaches its cause.
_WHOLE = (0.6, 0.2, 0.0, 0.0, 0.0, 0.0)
_USUAL_REFUNDS = 4_300


def outcome(case: "Case", action: str) -> list[dict]:
    """Weeks 13 to 18 of the learner's case after one action: quality score, first contact resolution, calls in 20 s, refunds.

    A row for each week: ``week``, ``quality_score`` (of 100), ``first_contact_resolution``
    and ``service_level`` (per cent), ``refunds_gbp`` (a week). Raises :class:`Problem` for
    an action that is not on the list.
    """
    if action not in ACTIONS:
        raise Problem(f"There is no action called '{action}'. {nearest(action, ACTIONS, 'The actions are')}")
    planted, by = case.planted, baseline_limits(case, "quality_score")
    draw = Draw(seed_of("next weeks", case.seed))
    ups = _ups_and_downs(draw)
    left = _left(planted, action)
    gain = 0.0 if action == "pause" else _GAIN
    distance = by.mean - by.lower
    fcr, in_time = _lately(case, "first_contact_resolution"), _lately(case, "service_level")
    old = baseline_figures(case, "first_contact_resolution", ["old_definition"])
    lost = fcr - sum(old) / len(old) if action == "pause" else 0.0
    found = []
    for place, (up, share) in enumerate(zip(ups, left, strict=True)):
        level = gain * (1 - share) - planted["trouble_size"] * share + up
        busy = 3.0 if action == "coach_team" and place < 4 else -1.0 if action == "pause" else 0.0
        dearer = {"raise_limit": 1.17, "fix_template": 0.97, "pause": 0.90}.get(action, 1.0)
        found.append({
            "week": FIRST + place,
            "quality_score": rounded(by.mean + level * distance, 2),
            "first_contact_resolution": rounded(fcr - 1.2 * share - lost + draw.between(-0.6, 0.6), 1),
            "service_level": rounded(in_time - busy + draw.between(-0.8, 0.8), 1),
            "refunds_gbp": int(rounded(_USUAL_REFUNDS * dearer + draw.between(-120, 120), -1)),
        })  # fmt: skip
    return found


def _ups_and_downs(draw: Draw) -> list[float]:
    """Chance in each of the six weeks, in distances: of the last four, two are up and two are down."""
    first = [draw.between(-0.25, 0.25) for _ in range(2)]
    last = [draw.between(0.10, 0.26) for _ in range(2)] + [-draw.between(0.08, 0.22) for _ in range(2)]
    return first + draw.shuffled(last)


def _left(planted: dict, action: str) -> Sequence[float]:
    """The share of the trouble that is left in each of the six weeks."""
    if action == "pause":
        return _WHOLE
    if action != planted["action"]:
        return (1.0,) * 6
    if planted["quick"]:
        return _WHOLE
    # As much is left as eats up the gain: about as good as before the change, and no better.
    rest = _GAIN / (_GAIN + planted["trouble_size"])
    return (0.75, (0.75 + rest) / 2, rest, rest, rest, rest)


def _lately(case: "Case", name: str) -> float:
    """The mean of the last four weeks of the record."""
    return sum(week.figure for week in weekly(case, name)[-4:]) / 4


def verdict(scores: Sequence[float], by: Limits) -> str:
    """Whether an action worked, by the course's rule: "yes", "no" or "too_soon".

    In words: two weeks are given to settle, and the last four count. No: one of them lies
    below the lower limit, or all four below the mean. Yes: none does, and at least three
    lie above the mean. Anything between is too soon to say. ``scores`` are the six weeks.
    """
    last = list(scores)[-4:]
    above = sum(score > by.mean for score in last)
    if any(score < by.lower for score in last) or above == 0:
        return "no"
    return "yes" if above >= 3 else "too_soon"


def next_weeks(case: "Case", action: str) -> "pd.DataFrame":
    """Weeks 13 to 18 after one action as a table, for the notebook."""
    import pandas as pd

    return pd.DataFrame(outcome(case, action)).set_index("week")
