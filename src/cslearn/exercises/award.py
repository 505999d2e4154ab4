"""What a rule gives: marks in parts, each with its sentence."""

import math
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Part:
    """One part of a task's marks.

    ``sentence`` says what the learner did and what to do next. ``misconception`` is the
    syllabus id of the misconception that it reveals, if any; ``error`` a short name of any
    other typical error ("cost scored the wrong way"), for the tutor's report.
    """

    name: str
    marks: float
    maximum: float
    sentence: str
    misconception: str | None = None
    error: str | None = None


@dataclass(frozen=True)
class Award:
    """The parts of one task, with notes on the answer's shape and what a tutor wants to know.

    ``notes`` are for the learner (an entry that could not be read). ``flags`` and
    ``evidence`` are only for the tutor and never cost a mark: a flag asks for a look; a line
    of evidence sets the learner's figure beside the one worked out from their case, or says
    in a sentence what a row that they cite holds.
    """

    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    @property
    def maximum(self) -> float:
        """Marks that could be had."""
        return _tidy(sum(part.maximum for part in self.parts))

    @property
    def marks(self) -> float:
        """Marks earned: a plain float from 0 to ``maximum``, to two decimals.

        nbgrader gives full marks for a value that is not a plain non-negative number and
        stops at one above the maximum, so nothing else may leave here. A rule that
        computes something that is not a number raises ValueError.
        """
        total = 0.0
        for part in self.parts:
            if not math.isfinite(part.marks):
                raise ValueError(f"part '{part.name}' has marks of {part.marks}")
            total += min(max(float(part.marks), 0.0), float(part.maximum))
        return min(_tidy(total), self.maximum)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """Ids of the misconceptions revealed, each once, in order."""
        return tuple(dict.fromkeys(p.misconception for p in self.parts if p.misconception))

    def with_notes(self, notes) -> "Award":
        """The same award with further notes in front."""
        return replace(self, notes=(*notes, *self.notes))


def _tidy(value: float) -> float:
    # Thirds and the like add up to 6.999999…; the small addition rounds halves up.
    return math.floor(float(value) * 100 + 0.5 + 1e-9) / 100
