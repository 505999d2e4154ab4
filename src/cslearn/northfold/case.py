"""A learner's own case: the tables that one exercise needs, drawn for one learner.

The learner's code (:mod:`cslearn.northfold.codes`) comes from the centre's secret salt and
the learner's id; the seed of a case is SHA-256 over code, exercise and data version. So a
learner types one code, every exercise differs, and nobody can draw a stranger's case.

Eight exercises show a telling of Northfold's story. :data:`EXERCISES` names the tables that
each of them needs, and the screens that a telling must pass; the rest follows. A case is
small: it knows its seed, and its tables are drawn when they are asked for. So a class of a
thousand can be held in a list.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from cslearn.northfold import options_costs
from cslearn.northfold.codes import learner_code, tidy_code
from cslearn.northfold.draw import seed_of
from cslearn.problem import Problem, nearest

if TYPE_CHECKING:
    import pandas as pd

    from cslearn.northfold.process import Process
    from cslearn.northfold.screens import Screen

# Raise this when a generator changes what it draws: old marks then say which data they belong to.
DATA_VERSION = "2024.1"

# Practice case 0 is the book's own. Among the first few thousand seeds this is one in which
# "One Owner", the change that the course's story goes on to tell, wins the matrix and has
# the best value among the options that are left, so that the pages agree with the story.
_BOOK = "book 2209"

# A screen lets through one telling in five or more, so this many misses in a row mean that
# a generator was changed and its screen was not.
_MOST_TRIES = 500


@dataclass(frozen=True)
class Needs:
    """What one exercise needs: tables and documents of the story, its screens, and facts for the learner.

    ``screens`` and ``facts`` are names in :mod:`cslearn.northfold.screens` and
    :func:`_facts`, so that naming an exercise does not load the story. ``brief`` names what
    else is drawn for each learner, in :func:`_brief`. ``planned`` says that the daily table
    carries the plan of :mod:`cslearn.northfold.steering`.
    """

    tables: tuple[str, ...]
    documents: tuple[str, ...] = ()
    screens: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    brief: str = ""
    planned: bool = False


EXERCISES = {
    "make-the-case-for-change": Needs(
        ("customers", "contacts", "complaints", "servqual", "events_before", "kpi_daily", "mystery_shop"),
        ("standards_policy",),
        # The cheapest screen first: it refuses one telling in four.
        ("NOT_AGENTS", "LOG", "NEED"),
        ("log", "need"),
    ),
    "plan-the-change": Needs(("kpi_daily", "decisions"), ("minutes",), brief="planning"),
    "win-people-over": Needs(("staff_survey", "decisions"), ("minutes",), brief="people"),
    "steer-the-change": Needs(("kpi_daily",), screens=("WATCH",), facts=("watch",), planned=True),
    "judge-the-result": Needs(("kpi_daily", "staff_survey"), screens=("EFFECT",), facts=("effect",)),
    "set-the-scope": Needs(("events_before", "decisions"), ("minutes",), ("LOG",), ("log",)),
    "find-the-bottleneck": Needs(("events_before",), screens=("LOG",), facts=("log",)),
    "choose-an-improvement": Needs(("options", "options_costs")),
    "put-it-into-practice": Needs(("kpi_daily", "staff_survey"), brief="practice"),
}


class Told(Mapping):
    """Tables or documents of one telling by name, each drawn when it is first asked for.

    The last few are kept for the next reader, as for every case, so treat them as read-only.
    """

    def __init__(self, seed: int, names: Sequence[str], plan: int | None = None):
        self._seed, self._names, self._plan = seed, tuple(names), plan

    def __getitem__(self, name: str):
        if name not in self._names:
            raise KeyError(name)
        from cslearn.northfold.tables import told

        if self._plan is not None and name == "kpi_daily":
            return _planned(self._seed, self._plan)
        return told(self._seed, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __repr__(self) -> str:
        return f"<{', '.join(self._names) or 'nothing'}>"


@dataclass(frozen=True)
class Case:
    """One exercise's data for one learner.

    ``code`` is "" for a practice case. ``tables`` are plain rows by name; :meth:`table` gives
    one as a DataFrame. ``documents`` are texts and such, by name. ``facts`` are single
    figures such as the budget. ``planted`` is what the generator hid, for rules, tests and
    the tutor; no page or notebook shows it. ``tries`` is how many draws it took.
    """

    exercise: str
    code: str
    seed: int
    tables: Mapping[str, list[dict]]
    facts: dict
    planted: dict = field(repr=False, default_factory=dict)
    documents: Mapping[str, dict] = field(default_factory=dict)
    tries: int = 1
    telling_seed: int | None = field(repr=False, default=None)

    @property
    def practice(self) -> bool:
        """Whether this is a practice case, where a learner may see every mark."""
        return not self.code

    @property
    def telling(self) -> "Process":
        """The story behind the tables, with all that they hide; for rules, tests and the tutor.

        Raises :class:`Problem` for the one exercise that has no part in the story.
        """
        if self.telling_seed is None:
            raise Problem(f"The case of '{self.exercise}' is not part of the story; look into `planted`.")
        return _telling(self.telling_seed)

    def table(self, name: str, columns: Sequence[str] | None = None) -> "pd.DataFrame":
        """One table as a DataFrame, or only some of its columns, typed as ``load`` types them.

        :class:`Problem` for a table or a column that the case does not have.
        """
        import pandas as pd

        from cslearn.northfold import tables

        if name not in self.tables:
            have = nearest(name, self.tables, "It has") if self.tables else "It has no tables."
            raise Problem(f"This case has no table '{name}'. {have}")
        if self.telling_seed is None:
            frame = pd.DataFrame(self.tables[name])
        else:
            from cslearn.northfold.schema import TABLES

            frame = tables.typed(TABLES[name], self.tables[name])
        return tables.only(frame, name, columns)

    @property
    def digest(self) -> str:
        """A fingerprint (SHA-256) of all that the learner gets: the same on every machine and in the browser."""
        total = hashlib.sha256()
        given = [("facts", self.facts), *self.tables.items(), *self.documents.items()]
        for name, content in given:
            total.update(json.dumps([name, content]).encode())
        return total.hexdigest()


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
    if exercise not in EXERCISES:
        raise Problem(f"There is no exercise called '{exercise}'. {nearest(exercise, EXERCISES, 'There are')}")
    if learner is not None:
        code = learner_code(learner, salt or "")
    if code is not None and code.strip():
        return _drawn(exercise, tidy_code(code), 0)
    if isinstance(practice, bool) or not isinstance(practice, int) or practice < 0:
        raise Problem("Practice cases are numbered 0, 1, 2 and so on.")
    return _drawn(exercise, "", practice)


@lru_cache(maxsize=64)
def _drawn(exercise: str, code: str, practice: int) -> Case:
    label = code or (f"practice {practice}" if practice else _BOOK)
    seed = seed_of(label, exercise, DATA_VERSION)
    if exercise == "choose-an-improvement":
        drawn = options_costs.choice(seed)
        tables = {"options": drawn.options, "options_costs": drawn.options_costs}
        return Case(exercise, code, seed, tables, drawn.facts, drawn.planted, tries=drawn.draws)
    return _from_story(exercise, code, seed, book=not code and not practice)


def _from_story(exercise: str, code: str, seed: int, book: bool) -> Case:
    from cslearn.northfold import screens, story

    needs = EXERCISES[exercise]
    wanted: list[Screen] = [getattr(screens, name) for name in needs.screens]
    tries = 0
    while True:
        tries += 1
        # The pages use the book's telling, which passes every screen; a test holds it.
        telling = story.book_story().seed if book else seed_of("telling", seed, tries)
        planted = screens.passed(_telling(telling), wanted)
        if planted is not None:
            told = _telling(telling)
            facts = {k: value for name in needs.facts for k, value in _facts(name, seed, told, planted).items()}
            if needs.brief:
                given, hidden = _brief(needs.brief, seed, told)
                facts, planted = {**facts, **given}, {**planted, **hidden}
            tables = Told(telling, needs.tables, planted["attempt"] if needs.planned else None)
            documents = Told(telling, needs.documents)
            return Case(exercise, code, seed, tables, facts, planted, documents, tries, telling)
        if book or tries == _MOST_TRIES:
            raise AssertionError(f"no telling passes the screens of {exercise}; a generator has changed")


def _facts(name: str, seed: int, process_told: "Process", planted: dict) -> dict:
    """Dates, names, notes and figures that the task tells the learner."""
    from cslearn.northfold import evaluation, kpi_daily, need, process, screens, steering, story, two_jobs

    def days(*dates) -> list[str]:
        return [str(day) for day in dates]

    return {
        "log": lambda: {"opened": days(*process.BEFORE[:2]), "log_drawn": str(process.BEFORE[2])},
        "watch": lambda: {
            "measure": screens.WATCHED, "site": "North", "baseline": days(*screens.WATCH_BASELINE),
            "weeks": days(*screens.WATCH_WEEKS), "outage_day": str(story.OUTAGE),
            "missing_days": days(*kpi_daily.MISSING_WEEKEND), "definition_changed": str(story.FCR_REDEFINED),
            "week_book": steering.week_book(process_told.story, planted["attempt"]),
            "statements": two_jobs.chosen(process_told.story.seed),
        },
        "effect": lambda: {
            "measure": "fcr_pct", "site": "North", "comparison_site": "West", "go_live": str(story.GO_LIVE),
            "before": days(*kpi_daily.BEFORE), "after": days(*kpi_daily.AFTER),
            "wanted_points": evaluation.wanted_points(seed, planted["effect"]),
        },
        "need": lambda: need.need_facts(process_told),
    }[name]()  # fmt: skip


def _brief(name: str, seed: int, process: "Process") -> tuple[dict, dict]:
    """Facts that are drawn for one learner beside the telling, and what they hide."""
    from cslearn.northfold import kpi_daily, people, planning, practice

    made = {
        "planning": lambda: planning.brief(seed, kpi_daily.absent(process.story, planning.SITE, *planning.ORDINARY)),
        "people": lambda: people.brief(process),
        "practice": lambda: practice.brief(seed),
    }
    found = made[name]()
    return found.facts, found.planted


@lru_cache(maxsize=4)
def _planned(seed: int, plan: int) -> list[dict]:
    from cslearn.northfold.steering import with_plan
    from cslearn.northfold.tables import told

    return with_plan(told(seed, "kpi_daily"), _telling(seed).story, plan)


def _telling(seed: int) -> "Process":
    from cslearn.northfold.process import telling

    return telling(seed)
