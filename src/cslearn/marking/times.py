"""When work was handed in, when it was due, and how much longer a learner has."""

import re
from datetime import UTC, datetime, timedelta

from cslearn.problem import Problem

_UNITS = {"minute": "minutes", "hour": "hours", "day": "days", "week": "weeks"}
_SPAN = re.compile(r"(?P<count>\d{1,4}(?:[.,]\d{1,3})?)\s*(?P<unit>minute|hour|day|week)s?", re.IGNORECASE)
_SHARE = re.compile(r"(?P<count>\d{1,4}(?:[.,]\d{1,3})?)\s*%")


def read_time(text: str) -> datetime:
    """The time in a timestamp.txt, in UTC and without a zone, read as nbgrader reads it (``parse_utc``).

    Raises what dateutil raises on text that is no time: ValueError, OverflowError or TypeError.
    """
    import dateutil.parser
    import dateutil.tz

    parts = text.split(" ")
    if len(parts) == 3:
        zone: object = parts[2]
        try:
            zone = int(parts[2])
        except ValueError:
            zone = dateutil.tz.gettz(parts[2])
        time = dateutil.parser.parse(" ".join([*parts[:2], "TZ"]), tzinfos={"TZ": zone})
    else:
        time = dateutil.parser.parse(text)
    offset = time.utcoffset()
    return time if offset is None else (time - offset).replace(tzinfo=None)


def read_due(text: str) -> datetime:
    """A due date as a tutor types it, in this computer's own time zone unless it names another; given in UTC."""
    try:
        # By the calendar's order alone: nobody should have to know whether 3/4 is in March or in April.
        time = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise Problem(f"{text!r} is not a date; write for example 2026-12-01T17:00.") from error
    if len(text.strip()) <= 10:
        time = time.replace(hour=23, minute=59, second=59)
    return time.astimezone(UTC).replace(tzinfo=None)


def is_extra_time(text: str) -> bool:
    """Whether an entry of the roster can be understood as extra time; an empty one is none, and understood."""
    return not text.strip() or any(form.fullmatch(text.strip()) for form in (_SHARE, _SPAN))


def extra_time(text: str, opened: datetime | None, due: datetime, learner: str) -> timedelta | None:
    """How much longer a learner has, from the roster: "3 days", "90 minutes", or "25%" of the time since it was opened.

    None for an empty entry. Raises Problem when it cannot be understood: a learner's allowance must not be lost.
    """
    text = text.strip()
    if not text:
        return None
    where = f"roster.csv gives {learner} the extra_time {text!r}"
    if match := _SHARE.fullmatch(text):
        if opened is None or opened >= due:
            raise Problem(
                f"{where}, but it is not known how long this exercise was open; write a time instead, such as 3 days."
            )
        return (due - opened) * (_number(match) / 100)
    if match := _SPAN.fullmatch(text):
        return timedelta(**{_UNITS[match["unit"].casefold()]: _number(match)})
    raise Problem(f"{where}, which is not understood; write for example 25%, 3 days, 12 hours or 90 minutes.")


def _number(match: re.Match) -> float:
    return float(match["count"].replace(",", "."))
