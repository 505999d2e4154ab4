"""How alike two tutors mark: the levels that both gave to the same answers, from a table that any spreadsheet saves."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from cslearn.marking.classroom import decoded, delimiter
from cslearn.methods.agreement import cohens_kappa, percentage_agreement
from cslearn.problem import Problem

# Four tasks with an answer at each of four levels; with fewer, one answer more or less turns the figure round.
ENOUGH = 16
TALK_BELOW, ALIKE_FROM = 0.6, 0.8
HIGHEST = 9


@dataclass(frozen=True)
class Agreement:
    """Two tutors' levels of the same answers.

    ``tutors`` are the heads of the two columns, ``levels`` the pairs of levels by answer, and
    ``skipped`` the answers that only one of them, or neither, has marked.
    """

    tutors: tuple[str, str]
    levels: dict[str, tuple[int, int]]
    skipped: tuple[str, ...]

    @property
    def same(self) -> int:
        """To how many answers both gave the same level."""
        return sum(one == other for one, other in self.levels.values())

    @property
    def percent(self) -> float:
        """The same in 100 answers."""
        return percentage_agreement(*zip(*self.levels.values(), strict=True))

    @property
    def kappa(self) -> float | None:
        """Weighted kappa (linear, Cohen 1968); None if both gave one and the same level to all."""
        first, second = zip(*self.levels.values(), strict=True)
        return cohens_kappa(first, second, "linear", range(1, max(4, *first, *second) + 1))

    def lines(self) -> list[str]:
        """What to tell the two tutors, a sentence or two a line."""
        told = [
            f"{' and '.join(self.tutors)}: {len(self.levels)} answers that both have marked,"
            f" {self.same} at the same level ({self.percent:.0f}%)."
        ]
        if self.kappa is None:
            told.append("You gave every answer the same level, so kappa has no meaning; take answers of all levels.")
        else:
            told.append(f"Weighted kappa {self.kappa:.2f}: {_verdict(self.kappa)}")
        if len(self.levels) < ENOUGH:
            told.append(f"With fewer than {ENOUGH} answers this says little; take four tasks at least.")
        apart = {answer: pair for answer, pair in self.levels.items() if pair[0] != pair[1]}
        if apart:
            widest = sorted(apart, key=lambda answer: -abs(apart[answer][0] - apart[answer][1]))
            listed = ", ".join(f"{answer} ({apart[answer][0]} and {apart[answer][1]})" for answer in widest[:12])
            more = f" and {len(widest) - 12} more" if len(widest) > 12 else ""
            told.append(f"Talk about these, the widest apart first: {listed}{more}.")
        if self.skipped:
            told.append(f"Left out, because not both have marked them: {', '.join(self.skipped)}.")
        return told


def read_levels(path: Path) -> Agreement:
    """Two tutors' levels from a CSV: a column with the answers' names, then one column for each tutor.

    Levels are whole numbers, 1 for the lowest. Raises Problem with the line and what to do.
    """
    if not path.is_file():
        raise Problem(f"There is no file {path}; save your levels there, with a line for each answer.")
    text = decoded(path)
    rows = [
        (number, [cell.strip() for cell in row])
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter(text)), start=1)
    ]
    rows = [(number, row) for number, row in rows if any(row)]
    if not rows or len(rows[0][1]) != 3 or not all(rows[0][1]):
        raise Problem(f"{path}: its first line must name three columns: the answer, and the two tutors.")
    tutors = (rows[0][1][1], rows[0][1][2])
    levels: dict[str, tuple[int, int]] = {}
    skipped: list[str] = []
    for number, row in rows[1:]:
        if len(row) > 3 or not row[0]:
            raise Problem(f"{path}, line {number}: write the answer's name and two levels.")
        answer, first, second = [*row, "", ""][:3]
        if answer in levels or answer in skipped:
            raise Problem(f"{path}, line {number}: {answer} is there twice; keep one of the lines.")
        if not first or not second:
            skipped.append(answer)
            continue
        levels[answer] = (_level(path, number, first), _level(path, number, second))
    if not levels:
        raise Problem(f"{path} has no answer that both tutors have marked.")
    return Agreement(tutors, levels, tuple(skipped))


def _level(path: Path, number: int, text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= HIGHEST:
        raise Problem(
            f"{path}, line {number}: {text!r} is not a level; number the levels of a task from 1, the lowest."
        )
    return int(text)


def _verdict(kappa: float) -> str:
    if kappa < TALK_BELOW:
        return "talk before you mark on."
    if kappa < ALIKE_FROM:
        return "fair; talk about where you differ, and count again."
    return "you mark alike."
