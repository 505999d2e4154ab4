"""What an exercise page asks of Python: a check, the tables of a case, one cell of code. JSON in, JSON out.

The page's worker calls :func:`reply` and nothing else. The rules are the marker's own
(:func:`cslearn.exercises.check.mark_answer`); this module only says what the page may see:
all of it on a practice case, the shape alone on a learner's own.
"""

import json
import math
import traceback
from functools import lru_cache
from importlib import resources

from cslearn.exercises import answers, check
from cslearn.exercises.cell import Notebook
from cslearn.exercises.exercise import Exercise, available, published
from cslearn.exercises.shown import shown
from cslearn.northfold.case import Case, case
from cslearn.problem import Problem


def reply(text: str) -> str:
    """The reply to one request of the page, ``{"verb": ..., ...}``.

    It holds one of: ``result``; ``sentence`` (with ``detail``) for what cannot be done;
    ``needs``, the name of a package that is not there yet: load it and ask again.
    """
    try:
        request = json.loads(text)
        said = {"result": _VERBS[request.pop("verb")](**request)}
    except Problem as problem:
        said = {"sentence": str(problem), "detail": ""}
    except ModuleNotFoundError as missing:
        said = {"needs": (missing.name or "").partition(".")[0], "detail": traceback.format_exc()}
    except Exception:  # the marker's own fault; the page says so, and keeps what was typed
        said = {
            "sentence": "The marker failed on this answer. Nothing that you typed is lost. Tell your tutor, who will mark it.",
            "detail": traceback.format_exc(),
        }
    return json.dumps(_plain(said), ensure_ascii=False, allow_nan=False)


def check_answer(exercise: str, task: str, answer, code: str = "", practice: int = 0) -> dict:
    """Marks in parts on a practice case; on a learner's own case only what does not fit its form."""
    found, theirs = _published(exercise), _case(exercise, code, practice)
    asked = found.task(task)
    if theirs.practice:
        award = check.mark_answer(found, task, answer, theirs)
        parts = [
            {
                "name": part.name,
                "marks": part.marks,
                "maximum": part.maximum,
                "sentence": part.sentence,
                "misconception": part.misconception,
                "error": part.error,
            }
            for part in award.parts
        ]
        return {
            "marks": award.marks,
            "maximum": award.maximum,
            "parts": parts,
            "notes": list(award.notes),
            "shape_only": False,
        }
    notes, sentence = check.shape_of(asked, answer)
    return {
        "marks": None,
        "maximum": asked.marks,
        "parts": [],
        "notes": notes,
        "shape_only": True,
        "sentence": sentence,
    }


def tables(exercise: str, code: str = "", practice: int = 0) -> dict:
    """The tables and single figures of a case, each column with what it means and its unit; ``shown`` is for a reader.

    A telling of the story has tens of thousands of rows, which no page shows; of such a case only ``shown`` is given.
    """
    theirs = _case(exercise, code, practice)
    described = _described()
    raw = {}
    for name, rows in theirs.tables.items() if theirs.telling_seed is None else ():
        names = list(dict.fromkeys(key for row in rows for key in row))
        known = described.get(name, {})
        columns = [{"name": key, **known.get(key, {"type": "any", "says": "", "unit": ""})} for key in names]
        raw[name] = {"columns": columns, "rows": [[row.get(key) for key in names] for row in rows]}
    return {
        "facts": theirs.facts,
        "tables": raw,
        "shown": shown(theirs),
        "practice": theirs.practice,
        "code": theirs.code,
    }


def run(source: str, cell: str = "cell") -> dict:
    """What one cell of the learner's code gives; names stay for the next cell."""
    import pandas  # noqa: F401  (a missing pandas must be said before the learner's code has done anything)

    return {"outputs": _notebook().run(source, cell)}


_VERBS = {"check": check_answer, "tables": tables, "run": run}


def get_ready(exercise: str) -> str:
    """Imports and compiles what a first check of this exercise would, so that the check itself is quick.

    Gives the name of a package that is not there yet, or "": load it and ask again.
    """
    if exercise not in available():
        return ""
    found = _published(exercise)
    for task in found.tasks:
        if task.schema:
            answers.shape_errors(answers.blank(task.schema), task.schema)
    try:
        for task in found.tasks:
            if task.schema:
                check.rule(found.name, task.name)
        _case(exercise, "", 0)
    except ModuleNotFoundError as missing:
        return (missing.name or "").partition(".")[0]
    return ""


def columns_of_tables() -> dict[str, dict[str, dict]]:
    """For every table of Northfold, what each column is: type, meaning, unit."""
    from cslearn.northfold.schema import TABLES

    return {
        table.name: {c.name: {"type": c.type, "says": c.says, "unit": c.unit} for c in table.columns}
        for table in TABLES.values()
    }


@lru_cache(maxsize=1)
def _described() -> dict[str, dict[str, dict]]:
    # The page's copy carries the descriptions as data: schema.py needs numpy, which is three
    # megabytes for a browser to fetch, and most cases are drawn without it.
    kept = resources.files("cslearn.northfold") / "columns.json"
    return json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else columns_of_tables()


@lru_cache(maxsize=16)
def _published(name: str) -> Exercise:
    return published(name)


@lru_cache(maxsize=1)
def _notebook() -> Notebook:
    return Notebook()


def _case(exercise: str, code: str, practice: int) -> Case:
    return case(exercise, code=code or None, practice=practice)


def _plain(value):
    """``value`` as JSON has it: an infinite or missing figure is null, a date its text."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if hasattr(value, "item"):
        return _plain(value.item())
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
