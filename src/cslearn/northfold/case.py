"""A learner's own case: the tables that one exercise needs, drawn for one learner.

The learner's code (:mod:`cslearn.northfold.codes`) comes from the centre's secret salt and
the learner's id; the seed of a case is SHA-256 over code, exercise and data version. So a
learner types one code, every exercise differs, and nobody can draw a stranger's case.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from cslearn.northfold import options_costs
from cslearn.northfold.codes import learner_code, tidy_code
from cslearn.northfold.draw import seed_of
from cslearn.problem import Problem

if TYPE_CHECKING:
    import pandas as pd

# Raise this when a generator changes what it draws: old marks then say which data they belong to.
DATA_VERSION = "2024.1"

# Practice case 0 is the book's own. Among the first few thousand seeds this is one in which
# "One Owner", the change that the course's story goes on to tell, wins the matrix and has
# the best value among the options that are left, so that the pages agree with the story.
_BOOK = "book 2209"


@dataclass(frozen=True)
class Case:
    """One exercise's data for one learner.

    ``code`` is "" for a practice case. ``tables`` are plain rows; :meth:`table` gives one
    as a DataFrame. ``facts`` are single figures such as the budget. ``planted`` is what
    the generator hid, for rules, tests and the tutor; no page or notebook shows it.
    """

    exercise: str
    code: str
    seed: int
    tables: dict[str, list[dict]]
    facts: dict
    planted: dict = field(repr=False, default_factory=dict)

    @property
    def practice(self) -> bool:
        """Whether this is a practice case, where a learner may see every mark."""
        return not self.code

    def table(self, name: str) -> "pd.DataFrame":
        """One table as a DataFrame; :class:`Problem` for a name that the case does not have."""
        import pandas as pd

        if name not in self.tables:
            raise Problem(f"This case has no table '{name}'; it has: {', '.join(self.tables)}.")
        return pd.DataFrame(self.tables[name])


def case(
    exercise: str,
    learner: str | None = None,
    salt: str | None = None,
    *,
    code: str | None = None,
    practice: int = 0,
) -> Case:
    """The case of one exercise for one learner.

    Give ``learner`` and ``salt`` (the tutor's side), or ``code`` (the learner's side: the
    same case), or neither for practice case number ``practice``; number 0 is the one that
    the book's pages use. Raises :class:`Problem` for an unknown exercise, an empty salt
    or a code with a typing mistake.
    """
    if exercise not in _GENERATORS:
        raise Problem(
            f"There is no case for an exercise called '{exercise}'; there is one for: {', '.join(_GENERATORS)}."
        )
    if learner is not None:
        code = learner_code(learner, salt or "")
    if code is not None and code.strip():
        return _drawn(exercise, tidy_code(code), 0)
    if not isinstance(practice, int) or practice < 0:
        raise Problem("Practice cases are numbered 0, 1, 2 and so on.")
    return _drawn(exercise, "", practice)


@lru_cache(maxsize=64)
def _drawn(exercise: str, code: str, practice: int) -> Case:
    label = code or (f"practice {practice}" if practice else _BOOK)
    seed = seed_of(label, exercise, DATA_VERSION)
    return _GENERATORS[exercise](exercise, code, seed)


def _choose_an_improvement(exercise: str, code: str, seed: int) -> Case:
    drawn = options_costs.choice(seed)
    tables = {"options": drawn.options, "options_costs": drawn.options_costs}
    return Case(exercise, code, seed, tables, drawn.facts, drawn.planted)


_GENERATORS = {"choose-an-improvement": _choose_an_improvement}
