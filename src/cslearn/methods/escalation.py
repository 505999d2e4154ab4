"""An escalation matrix: who owns a complaint, by when it is answered, and who may agree the money.

Three questions, kept apart. The facts decide who owns it; the owner's row decides by when;
the sum decides who may say yes. Neither an angry voice nor a high price is a fact of a
matrix, unless its author has put it there. The matrix itself is an organisation's own.
Source for assessing a complaint first by severity, safety and the need to act at once:
ISO 10002:2018, on initial assessment. The same steps in the same order stand in ``explorers/escalation.js``.
"""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cslearn.methods.bank_holidays import ENGLAND_AND_WALES, NATIONS, is_working_day
from cslearn.problem import Problem


@dataclass(frozen=True)
class Row:
    """One row of a matrix: its severity (1 is the mildest), the facts that lead to it, who owns it, working days to answer."""

    severity: int
    facts: tuple[str, ...]
    owner: str
    days: int


def matrix(rows: Iterable[Mapping]) -> tuple[Row, ...]:
    """A matrix as the policy has it, read into rows, the mildest first.

    rows: each with ``severity``, ``meaning``, ``owner`` and ``answer_within_working_days``.
    A meaning such as "loss, or a second complaint" names two facts.
    Raises Problem if a row lacks one of them, or if two rows have one severity or one fact.
    """
    found = []
    for row in rows:
        try:
            facts = tuple(part for part in _PARTS.split(row["meaning"].strip()) if part)
            found.append(Row(int(row["severity"]), facts, str(row["owner"]), int(row["answer_within_working_days"])))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise Problem(
                f"This row of the matrix cannot be read: {row!r}. It needs severity, meaning, owner and "
                "answer_within_working_days."
            ) from error
    if not found:
        raise Problem("The matrix has no rows. Give at least one.")
    found.sort(key=lambda row: row.severity)
    facts = [fact for row in found for fact in row.facts]
    if len({row.severity for row in found}) < len(found) or len(set(facts)) < len(facts):
        raise Problem("Two rows of the matrix have the same severity or the same fact. Nobody could tell which counts.")
    return tuple(found)


_PARTS = re.compile(r",\s*(?:or\s+)?|\s+or\s+")


def row_for(facts: Iterable[str], rows: Sequence[Row]) -> Row:
    """The row that a complaint falls under: the most severe one of whose facts it has; the mildest if it has none.

    In words: one serious fact outweighs ten small ones. Facts are named as the matrix names them.
    Raises Problem for a fact that no row knows.
    """
    known = {fact: row for row in rows for fact in row.facts}
    found = rows[0]
    for fact in facts:
        if fact not in known:
            raise Problem(f"No row of the matrix knows {fact!r}. It knows: {'; '.join(known)}.")
        if known[fact].severity > found.severity:
            found = known[fact]
    return found


def may_agree(amount: float, limits: Mapping[str, float]) -> str | None:
    """The first in the list whose limit reaches a sum of money, in pounds; None if nobody's does.

    limits: what each role may agree alone, from the front line upwards. A limit of 25
    reaches 25.00 itself. Raises Problem for a sum that is no number or below nil, or if a
    limit is lower than that of a role before it.
    """
    if isinstance(amount, bool) or not isinstance(amount, numbers.Real) or not math.isfinite(amount) or amount < 0:
        raise Problem(f"A sum of money must be a number, 0 or more, but this is {amount!r}.")
    before = 0.0
    for role, limit in limits.items():
        if limit < before:
            raise Problem(f"The limit of {role} is lower than that of the role before. List the roles upwards.")
        before = limit
    return next((role for role, limit in limits.items() if amount <= limit), None)


def answer_by(received: date, days: int, nation: str = ENGLAND_AND_WALES) -> date:
    """The last day on which an answer is in time: so many working days after the day on which the complaint came.

    In words: the day itself does not count, nor do weekends and bank holidays. So one
    working day from a Friday is the Monday. Raises Problem for a day that is no date, for
    days that are no whole number from 1 on, or for a nation without a calendar.
    """
    if isinstance(received, datetime) or not isinstance(received, date):
        raise Problem(f"The day must be a date, but it is {received!r}. Enter day, month and year.")
    if isinstance(days, bool) or not isinstance(days, numbers.Integral) or days < 1:
        raise Problem(f"Say in how many working days, as a whole number from 1 on, not {days!r}.")
    if nation not in NATIONS:
        raise Problem(f"Say whose bank holidays count: {', '.join(NATIONS)}. {nation!r} is none of them.")
    day, left = received, int(days)
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, nation)
    return day
