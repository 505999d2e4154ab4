"""How ready people are for a change: ADKAR means by team, the barrier point, and what may be shown of a small group.

ADKAR names what one person needs, in this order: awareness of why, desire to take part,
knowledge of how, ability to do it in practice, and reinforcement so that it lasts. The
first of them that is missing is the barrier: help with a later one does not reach people
who still lack an earlier one. Source: Hiatt, J. (2006) "ADKAR: a model for change in
business, government and our community", Prosci; a mean of 3 or less of 5 as the mark of a
barrier is this course's rule. Plain arithmetic on lists, so that page and notebook agree.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cslearn.problem import Problem

ELEMENTS = {"A": "Awareness", "D": "Desire", "K": "Knowledge", "Ab": "Ability", "R": "Reinforcement"}
LOWEST, HIGHEST = 1, 5
THRESHOLD = 3.0
# A mean of fewer answers than this can tell what one person said.
SMALL_CELL = 5
# What reaches people who are held up here; a message or a measure of another kind does not.
REMEDIES = {
    "A": "Say why, with the figures, and let people ask.",
    "D": "Ask what they would lose and what they want, and let them shape it; no course teaches a wish.",
    "K": "Show what to do differently, and where to look it up.",
    "Ab": "Give practice, time and somebody who sits beside them; more slides do not help.",
    "R": "Notice it, measure what fits it, and show what it has brought.",
}


def element_means(people: Iterable[Mapping]) -> dict[str, float | None]:
    """The mean of each element of ADKAR, from 1 to 5, over everyone's answers to its two statements.

    In words: all scores for the element's statements, added up, divided by how many there are.

    people: one mapping a person, with the answers under ``A1``, ``A2``, ``D1`` ... ``R2``; a
    blank is ``None`` or missing, and other entries are passed over. An element that nobody
    answered has the mean ``None``. Raises Problem for a score that is not a whole number
    from 1 to 5.
    """
    total = dict.fromkeys(ELEMENTS, 0)
    count = dict.fromkeys(ELEMENTS, 0)
    for person in people:
        for element, score in _scores(person):
            total[element] += score
            count[element] += 1
    return {element: total[element] / count[element] if count[element] else None for element in ELEMENTS}


def barrier(means: Mapping[str, float | None], threshold: float = THRESHOLD) -> str | None:
    """The barrier point: the first element, in the order A, D, K, Ab, R, whose mean is ``threshold`` or less.

    Not the lowest: a later element may be lower still and has to wait. None if every mean is
    above the threshold. Raises Problem if an element is not among the means, or has none.
    """
    for element, name in ELEMENTS.items():
        mean = means.get(element)
        if _is_gap(mean):
            raise Problem(f"There is no mean for {name}, so nobody can tell where the barrier is. Ask about it first.")
        if mean <= threshold:
            return element
    return None


@dataclass(frozen=True)
class Group:
    """One group of a survey. ``means`` and ``barrier`` are None where the group is too small to be shown."""

    name: Hashable
    asked: int
    answered: int
    means: dict[str, float | None] | None
    barrier: str | None

    @property
    def shown(self) -> bool:
        return self.means is not None


def groups(
    rows: Iterable[Mapping], by: str = "team", *, smallest: int = SMALL_CELL, total_shown: bool = False
) -> dict[Hashable, Group]:
    """The readiness of each group: how many were asked and answered, the five means, and the barrier point.

    rows: a mapping for everyone who was asked, with the group under ``by`` and the answers as
    for :func:`element_means`. Groups come in order of their first row. A group in which fewer
    than ``smallest`` answered is not shown, and with ``total_shown`` no group that could be
    worked out from the total (see :func:`too_small`).
    Raises Problem if a row has no group, or for a score that is not from 1 to 5.
    """
    people: dict[Hashable, list[Mapping]] = {}
    for row in rows:
        if by not in row or _is_gap(row[by]):
            raise Problem(f"A row of the survey has no {by}. Leave it out, or say to which {by} it belongs.")
        people.setdefault(row[by], []).append(row)
    answered = {name: sum(bool(_scores(person)) for person in group) for name, group in people.items()}
    hidden = too_small(answered, smallest, total_shown=total_shown)
    found = {}
    for name, group in people.items():
        means = None if name in hidden else element_means(group)
        complete = means is not None and None not in means.values()
        found[name] = Group(name, len(group), answered[name], means, barrier(means) if complete else None)
    return found


def too_small(
    answered: Mapping[Hashable, int], smallest: int = SMALL_CELL, *, total_shown: bool = False
) -> set[Hashable]:
    """The groups whose figures must not be shown, because they would tell what one person said.

    In words: every group in which somebody, but fewer than ``smallest`` people, answered, or
    nobody did. If the figure for everyone stands beside them, what is hidden can be worked
    out by taking the shown groups away from it; so with ``total_shown`` the smallest of the
    shown groups is hidden too, until the hidden ones are at least two and together hold at
    least ``smallest`` people. Of groups of one size the first is hidden.

    answered: how many answered in each group. Raises Problem for a count below nought.
    """
    for name, count in answered.items():
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise Problem(f"'{name}' has {count!r} answers. Give a whole number, 0 or more.")
    hidden = {name for name, count in answered.items() if count < smallest}
    if total_shown and any(answered[name] for name in hidden):
        rest = sorted((name for name in answered if name not in hidden), key=answered.__getitem__)
        told = {name for name in hidden if answered[name]}
        while rest and (len(told) < 2 or sum(answered[name] for name in told) < smallest):
            told.add(rest[0])
            hidden.add(rest.pop(0))
    return hidden


def findings(found: Mapping[Hashable, Group], called: str = "Team") -> list[str]:
    """What the readiness of each group says, a sentence or two for each, in order."""
    return [_finding(group, f"{called} {group.name}") for group in found.values()]


def _finding(group: Group, name: str) -> str:
    if not group.shown:
        few = "nobody" if group.answered == 0 else f"only {group.answered} of {group.asked}"
        return f"{name}: {few} answered, so its figures are not shown. Ask in another way."
    if None in group.means.values():
        gap = next(ELEMENTS[element] for element, mean in group.means.items() if mean is None)
        return f"{name}: nobody answered on {gap}, so the barrier cannot be told."
    if group.barrier is None:
        return f"{name}: every element is above {THRESHOLD:g}, so nothing holds it up ({group.answered} answers)."
    mean = group.means[group.barrier]
    said = (
        f"{name} is held up by {ELEMENTS[group.barrier]} ({mean:.1f} of 5, {group.answered} answers)."
        f" {REMEDIES[group.barrier]}"
    )
    lowest = min(group.means, key=group.means.__getitem__)
    if lowest != group.barrier:
        said += f" {ELEMENTS[lowest]} is lower still ({group.means[lowest]:.1f}), and has to wait its turn."
    return said


@dataclass(frozen=True)
class Change:
    """How a score moved: for everyone, and for each group that may be shown (None for the others)."""

    before: float
    after: float
    groups: dict[Hashable, float | None]

    @property
    def change(self) -> float:
        return self.after - self.before

    @property
    def against_the_mean(self) -> list[Hashable]:
        """The groups that moved the other way than the mean of everyone."""
        return [name for name, moved in self.groups.items() if moved is not None and moved * self.change < 0]


def change(
    before: Mapping[Hashable, Sequence[float]],
    after: Mapping[Hashable, Sequence[float]],
    *,
    smallest: int = SMALL_CELL,
) -> Change:
    """How a score such as morale moved between two waves, for everyone and by group.

    In words: the mean of all answers after, less the mean of all before; and the same inside
    each group. A mean of everyone can rise while one group falls.

    before, after: the scores in each group. A group is shown only if at least ``smallest``
    people answered each time. Raises Problem if nobody answered one of the times.
    """
    for said, wave in (("first", before), ("second", after)):
        if not any(len(scores) for scores in wave.values()):
            raise Problem(f"Nobody answered the {said} time, so there is no change to tell.")
    moved: dict[Hashable, float | None] = {}
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name, ()), after.get(name, ())
        shown = min(len(one), len(other)) >= smallest
        moved[name] = _mean(other) - _mean(one) if shown else None
    return Change(_mean(_all(before)), _mean(_all(after)), moved)


def _all(wave: Mapping[Hashable, Sequence[float]]) -> list[float]:
    return [score for scores in wave.values() for score in scores]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _scores(person: Mapping) -> list[tuple[str, int]]:
    """A person's answers, each with its element."""
    found = []
    for element, name in ELEMENTS.items():
        for number in (1, 2):
            score = person.get(f"{element}{number}")
            if _is_gap(score):
                continue
            if isinstance(score, bool) or score not in range(LOWEST, HIGHEST + 1):
                raise Problem(
                    f"An answer on {name} is {score!r}. Answers are whole numbers from {LOWEST} to {HIGHEST}; "
                    "leave out what is none."
                )
            found.append((element, int(score)))
    return found


def _is_gap(value: object) -> bool:
    if value is None:
        return True
    # A gap in a table is not equal to itself, or, as pandas' NA, neither equal nor different.
    try:
        return not bool(value == value)
    except TypeError:
        return True
