"""The directive {exercise}: what each task asks, and the notebook to download."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

from cslearn import syllabus
from cslearn.exercises import answers, exercise
from cslearn.problem import Problem
from cslearn.site.explorer import write_if_changed
from cslearn.site.inline import BookDirective, attribute, html

FOLDER = "exercises"
TASK_HEADING = re.compile(r"^#+ Task \d.*$", re.MULTILINE)


def rows(schema: dict) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """What to hand in: for each entry its name, what to enter, and its choices, in the schema's order.

    Neighbours that ask for the same thing (a score for each option, say) share a row.
    """
    made = []
    for alike in answers.grouped(answers.describe(schema)):
        first = alike[0]
        enter = f"{first.kind}. {first.help}" if first.help else first.kind
        depth = first.path.count(answers.STEP)
        made.append(("\u2013 " * depth + ", ".join(field.label for field in alike), enter, first.choices))
    return made


class ExerciseDirective(BookDirective):
    """`{exercise} choose-an-improvement` with the option `tasks`: those tasks, or all."""

    required_arguments = 1
    option_spec: ClassVar = {"tasks": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        try:
            found = exercise.published(name)
        except Problem as problem:
            raise self.fault(str(problem)) from None
        self.env.note_dependency(str(exercise.FOLDER / f"{name}.md"))
        _used(self.env).setdefault(self.page, set()).add(name)
        by_name = {task.name: task for task in found.tasks}
        wanted = self.options.get("tasks", "").replace(",", " ").split() or list(by_name)
        if unknown := [task for task in wanted if task not in by_name]:
            raise self.fault(f"{name} has no task {', '.join(unknown)}; its tasks are {', '.join(by_name)}.")
        tasks = [by_name[task] for task in wanted]
        marks = sum(task.marks for task in tasks)
        out: list[nodes.Node] = [
            html(
                f'<p><a class="download" href="{attribute(self.static(f"{FOLDER}/{name}.ipynb"))}"'
                f' download="{attribute(name)}.ipynb">Download the notebook “{attribute(found.title)}”</a></p>'
                f'<p class="task-facts">{len(tasks)} {"task" if len(tasks) == 1 else "tasks"}, {marks:g} marks. '
                "Open it in JupyterLab, fill in the answer cells, save it and hand it in.</p>"
            )
        ]
        # A page may show some of the tasks; each keeps its number in the notebook.
        out += [self.task(found, task, found.tasks.index(task) + 1) for task in tasks]
        return out

    def task(self, found: exercise.Exercise, task: exercise.Task, n: int) -> nodes.section:
        id = nodes.make_id(f"task-{found.name}-{task.name}")
        section = nodes.section(ids=[id], names=[id])
        section += nodes.title("", f"Task {n}: {task.title}")
        # Implicit, because the same task may stand on its lesson's page and on the page of all nine.
        self.state.document.note_implicit_target(section)
        point = next((point for point in syllabus.marking_points() if point.id == task.point), None)
        if point is None:
            raise self.fault(f"{found.name}, task {task.name}: {task.point} is not a marking point.")
        who = "marked by rule, with a reason for every mark" if task.award == "auto" else "marked by your tutor"
        section += html(
            f'<p class="task-facts">{attribute(task.id)} · {task.marks:g} marks, {who} · '
            f"marking point {attribute(point.id)}: {attribute(point.name)}</p>"
        )
        # The notebook's own heading of the task would say the title twice.
        section += self.blocks(TASK_HEADING.sub("", task.prose), f"{found.name}, {task.name}")
        if task.schema:
            section += html(self.hand_in(task))
        for number, hint in enumerate(task.hints or (), 1):
            section += html(f'<details class="hint"><summary>Hint {number}</summary>')
            section += self.blocks(hint, f"{found.name}, {task.name}, hint {number}")
            section += html("</details>")
        if task.award == "tutor" and task.levels:
            levels = "".join(
                f'<tr><th scope="row">{attribute(str(level["marks"]))}</th><td>{attribute(level["says"])}</td></tr>'
                for level in task.levels
            )
            section += html(
                _table("How your tutor awards the marks", ("Marks", "What the answer shows"), levels, "levels")
            )
        return section

    def hand_in(self, task: exercise.Task) -> str:
        entries = "".join(
            f'<tr><th scope="row">{attribute(name)}</th><td>{attribute(enter)}{_choices(choices)}</td></tr>'
            for name, enter, choices in rows(task.schema)
        )
        return _table("What to hand in", ("Entry", "What to enter"), entries, "fields")


def _choices(choices: tuple[tuple[str, str], ...]) -> str:
    if not choices:
        return ""
    if not any(name for _, name in choices):
        return ": " + ", ".join(f"<code>{attribute(value)}</code>" for value, _ in choices)
    items = (f"<li><code>{attribute(value)}</code> {attribute(name)}</li>" for value, name in choices)
    return f"<ul>{''.join(items)}</ul>"


def _table(caption: str, heads: tuple[str, str], rows: str, kind: str) -> str:
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{caption}"><table class="{kind}">'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def used_by_pages(env) -> set[str]:
    """The exercises that any page of the book shows."""
    return set().union(*_used(env).values())


def _used(env) -> dict[str, set[str]]:
    """Which exercises each page shows, kept with Sphinx's memory of the pages."""
    if not hasattr(env, "cslearn_exercises"):
        env.cslearn_exercises = {}
    return env.cslearn_exercises


def forget(app: Sphinx, env, docname: str) -> None:
    _used(env).pop(docname, None)


def merge(app: Sphinx, env, docnames: list[str], other) -> None:
    """Takes over what a parallel reader saw."""
    _used(env).update({page: names for page, names in _used(other).items() if page in docnames})


def write_notebooks(app: Sphinx, error: Exception | None) -> None:
    """Puts the release notebook of every exercise in the book into _static/exercises."""
    names = used_by_pages(app.env)
    if error or app.builder.format != "html" or not names:
        return
    import nbformat

    from cslearn.exercises.notebooks import release

    for name in sorted(names):
        notebook = release(exercise.read(name))
        target = Path(app.outdir) / "_static" / FOLDER / f"{name}.ipynb"
        write_if_changed(target, nbformat.writes(notebook).encode())
