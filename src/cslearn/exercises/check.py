"""From an answer to its marks: the one road, for notebook, marker and page alike."""

import contextlib
import html
import io
import os
import warnings
from functools import lru_cache
from importlib import import_module

from cslearn import syllabus
from cslearn.exercises import answers
from cslearn.exercises.award import Award, Part
from cslearn.exercises.exercise import Exercise, Task, published
from cslearn.northfold.case import Case, case
from cslearn.problem import Problem


def mark_answer(exercise: Exercise, task_name: str, answer, case: Case) -> Award:
    """The award for one answer: its shape is checked, then the task's rule marks it on the case.

    Pure: the same answer and case give the same award. An answer of any shape is marked;
    a rule that fails raises, which is the marker's fault and never the learner's.
    """
    task = exercise.task(task_name)
    tidied, notes = answers.tidy(answer, task.schema)
    if answers.is_blank(tidied):
        sentence = "Nothing entered yet." if not notes else "None of the entries could be read."
        return Award((Part("answer", 0.0, task.marks, sentence),), tuple(notes))
    award = rule(exercise.name, task.name)(tidied, case)
    if award.maximum != task.marks:
        raise ValueError(f"the rule for {task.id} gives {award.maximum:g} marks in all, not {task.marks:g}")
    return award.with_notes(notes)


def rule(exercise_name: str, task_name: str):
    """The function that marks one task: ``rules/<exercise>.py``, named like the task."""
    module = f"cslearn.exercises.rules.{exercise_name.replace('-', '_')}"
    try:
        return getattr(import_module(module), task_name.replace("-", "_"))
    except (ModuleNotFoundError, AttributeError) as why:
        if isinstance(why, ModuleNotFoundError) and why.name != module:
            # The rule is there, and a package that it needs is not: a page fetches it and asks again.
            raise
        raise Problem(
            f"There is no rule for task '{task_name}' of '{exercise_name}'; write it in {module.replace('.', '/')}.py."
        ) from why


class Mark(float):
    """A mark that shows its sentences.

    As text it is the plain float, which nbgrader reads; in a notebook it is shown as
    ``html_text``.
    """

    html_text: str = ""

    def __new__(cls, marks: float, html_text: str):
        mark = super().__new__(cls, marks)
        mark.html_text = html_text
        return mark

    def __repr__(self) -> str:
        return repr(float(self))

    def _repr_html_(self) -> str:
        return self.html_text


def check(exercise_name: str, task_name: str, answer, learner_code: str = "") -> Mark:
    """The last value of a check cell: marks as nbgrader reads them, sentences as a person does.

    On the practice case everything is shown. On a learner's own case only the shape is
    checked, until nbgrader marks the notebook. Never writes to stderr and never raises,
    because nbgrader takes either for a wrong answer.
    """
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            task = _published(exercise_name).task(task_name)
            theirs = case(exercise_name, code=learner_code)
            if not theirs.practice and os.environ.get("NBGRADER_EXECUTION") != "autograde":
                return Mark(0.0, shape_html(task, answer))
            award = mark_answer(_published(exercise_name), task_name, answer, theirs)
            return Mark(award.marks, award_html(task, award))
        except Problem as problem:
            return Mark(0.0, _box(f"<p>{html.escape(str(problem))}</p>"))
        except Exception as fault:  # the marker's own fault must not cost or give marks unseen
            said = f"{type(fault).__name__}: {fault}"
            return Mark(
                0.0,
                _box(
                    f"<p>The marker failed on this answer. Tell your tutor, who will mark it: {html.escape(said)}</p>"
                ),
            )


def open_case(exercise_name: str, learner_code: str = "") -> Case:
    """The learner's case for the notebook; with a mistyped code it says so and gives the practice case."""
    try:
        theirs = case(exercise_name, code=learner_code)
    except Problem as problem:
        print(f"{problem} Until then, this is the practice case.")
        return case(exercise_name)
    import pandas as pd

    # Notes in the tables must be read to their end; pandas would cut them at 50 characters.
    pd.set_option("display.max_colwidth", None)
    print("This is the practice case." if theirs.practice else f"This is the case for code {theirs.code}.")
    return theirs


@lru_cache(maxsize=16)
def _published(exercise_name: str) -> Exercise:
    return published(exercise_name)


def award_html(task: Task, award: Award) -> str:
    """The award as a small HTML table: part, marks, sentence; all text escaped."""
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(part.name.replace('_', ' '))}</th>"
        f"<td>{part.marks:.4g}&nbsp;of&nbsp;{part.maximum:g}</td><td>{html.escape(part.sentence)}</td></tr>"
        for part in award.parts
    )
    named = [syllabus.misconception(id) for id in award.misconceptions]
    named_html = "".join(f"<p><strong>{html.escape(m.name)}.</strong> {html.escape(m.says)}</p>" for m in named)
    return _box(
        f"<p><strong>{html.escape(task.id)} {html.escape(task.title)}: {award.marks:g} of {award.maximum:g}</strong></p>"
        f"{_notes(award.notes)}<table><thead><tr><th scope='col'>Part</th><th scope='col'>Marks</th>"
        f"<th scope='col'>What you did, and what next</th></tr></thead><tbody>{rows}</tbody></table>{named_html}"
    )


def shape_of(task: Task, answer) -> tuple[list[str], str]:
    """The shape check of an assessed case: the entries that do not fit, and what has and has not been checked."""
    tidied, notes = answers.tidy(answer, task.schema)
    if answers.is_blank(tidied) and not notes:
        return [], "Nothing entered yet."
    verdict = [] if notes else ["Every entry has the right form."]
    return notes, " ".join([*verdict, "Your figures have not been marked. Your tutor's marker does that."])


def shape_html(task: Task, answer) -> str:
    """The shape check as HTML for a notebook."""
    notes, sentence = shape_of(task, answer)
    return _box(f"{_notes(notes)}<p>{html.escape(sentence)}</p>")


def _notes(notes) -> str:
    if not notes:
        return ""
    return "<p>Look at these entries again:</p><ul>" + "".join(f"<li>{html.escape(n)}</li>" for n in notes) + "</ul>"


def _box(inner: str) -> str:
    return f"<div>{inner}</div>"
