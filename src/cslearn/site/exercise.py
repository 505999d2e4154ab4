"""The directive {exercise}: an exercise to do in the page, what each task asks, and the notebook."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

from cslearn import syllabus
from cslearn.exercises import answers, exercise
from cslearn.exercises.notebooks import release
from cslearn.exercises.shown import shown
from cslearn.exercises.shown.weeks_picture import svg
from cslearn.northfold.case import DATA_VERSION
from cslearn.northfold.case import case as book_case
from cslearn.problem import Problem
from cslearn.site.explorer import write_if_changed
from cslearn.site.inline import BookDirective, attribute, html
from cslearn.site.tables import FIGURE

FOLDER = "exercises"
# A column with texts longer than this needs room, or its rows grow tall.
LONG = 30
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
    """`{exercise} choose-an-improvement`: the whole exercise, to do in the page.

    With the option `tasks` a lesson names those tasks and leads to the page of the exercise,
    which is the page of that name; where there is none, it shows the tasks to read.
    """

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
        wanted = self.options.get("tasks", "").replace(",", " ").split()
        if unknown := [task for task in wanted if task not in by_name]:
            raise self.fault(f"{name} has no task {', '.join(unknown)}; its tasks are {', '.join(by_name)}.")
        if not wanted:
            return self.whole(found)
        tasks = [by_name[task] for task in wanted]
        there = page_of(self.env, name)
        if there is not None:
            return [html(self.signpost(found, tasks, there))]
        # A page may show some of the tasks; each keeps its number in the notebook.
        return [html(self.download(found, tasks)), *(self.task(found, task) for task in tasks)]

    def whole(self, found: exercise.Exercise) -> list[nodes.Node]:
        """Case, tasks with their forms, and hand-in; without JavaScript the same to read, and the notebook."""
        for task in found.tasks:
            if fault := unknown_to_forms(task.schema):
                raise self.fault(f"{found.name}, task {task.name}: {fault}")
        case = self.section("your-case", "Your case")
        case += html(self.download(found, found.tasks, heading=False))
        case += html(
            f'<div class="exercise" data-exercise="{attribute(found.name)}">'
            f'<script type="application/json">{self.data(found)}</script></div>'
        )
        if self.env.app.config.cslearn_full_notebooks:
            case += html(self.full_notebook(found))
        book = shown(book_case(found.name))
        case += html(f'<div class="case-tables" data-tables="">{case_html(book)}</div>')
        hand_in = self.section("hand-in", "Hand in")
        hand_in += html('<div data-hand-in></div><p class="without-forms">Hand in the notebook that you filled in.</p>')
        scratch = _scratch_cells(found.name)
        tasks = [self.task(found, task, book=book, scratch=scratch.get(task.name, ())) for task in found.tasks]
        return [case, *tasks, hand_in]

    def section(self, id: str, title: str) -> nodes.section:
        section = nodes.section(ids=[id], names=[id])
        section += nodes.title("", title)
        self.state.document.note_implicit_target(section)
        return section

    def download(self, found: exercise.Exercise, tasks, *, heading: bool = True) -> str:
        marks = sum(task.marks for task in tasks)
        link = (
            f'<a class="download" href="{attribute(self.static(f"{FOLDER}/{found.name}.ipynb"))}"'
            f' download="{attribute(found.name)}.ipynb">Download the notebook “{attribute(found.title)}”</a>'
        )
        facts = f"{len(tasks)} {'task' if len(tasks) == 1 else 'tasks'}, {marks:g} marks. "
        how = "Open it in JupyterLab, fill in the answer cells, save it and hand it in."
        if heading:
            return f'<p>{link}</p><p class="task-facts">{facts}{how}</p>'
        # exercise.js hides this when the forms are there.
        return (
            '<div class="without-forms"><p>The forms of this page need JavaScript. Without it, use the notebook.</p>'
            f'<p>{link}</p><p class="task-facts">{facts}{how}</p></div>'
        )

    def full_notebook(self, found: exercise.Exercise) -> str:
        """The way to the same exercise in JupyterLite (site/lite.py), for who would rather write cells."""
        href = "../" * self.page.count("/") + f"lite/notebooks/index.html?path={found.name}.ipynb"
        return (
            f'<p class="full-notebook"><a href="{attribute(href)}" target="_blank" rel="noopener">Open as full notebook</a>'
            " (in a new tab). It is JupyterLite, which also runs in your browser, and it takes longer to start."
            " It keeps its own copy of your work: download the notebook there, and open that file here or hand it in.</p>"
        )

    def signpost(self, found: exercise.Exercise, tasks, there: str) -> str:
        """For a lesson: which tasks it has prepared for, and where they are done."""
        href = self.env.app.builder.get_relative_uri(self.page, there)
        items = "".join(
            f'<li><a href="{attribute(href)}#{_anchor(found, task)}">Task {found.tasks.index(task) + 1}: {attribute(task.title)}</a>'
            f" ({task.marks:g} marks, {_by(task)})</li>"
            for task in tasks
        )
        return (
            f'<div class="signpost"><p>You are ready for this part of the exercise “{attribute(found.title)}”:</p><ul>{items}</ul>'
            "<p>You fill it in on its page. Nothing has to be installed, and nothing is sent anywhere.</p></div>"
        )

    def data(self, found: exercise.Exercise) -> str:
        """What the page's script needs, as JSON that may stand inside a script element."""
        data = {
            "name": found.name,
            "title": found.title,
            "version": DATA_VERSION,
            "notebook": self.static(f"{FOLDER}/{found.name}.ipynb"),
            "tasks": [
                {
                    "name": task.name,
                    "id": task.id,
                    "number": number,
                    "title": task.title,
                    "award": task.award,
                    "variable": task.variable,
                    "schema": task.schema,
                    "words": task.words,
                    "anchor": _anchor(found, task),
                    "lesson": self.lesson(found, task),
                }
                for number, task in enumerate(found.tasks, 1)
            ],
            "misconceptions": {m.id: {"name": m.name, "says": m.says} for m in syllabus.misconceptions()},
        }
        # "</script>" inside a text would end the element.
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")

    def lesson(self, found: exercise.Exercise, task: exercise.Task) -> dict | None:
        """The lesson that leads to a task, for who has to read it again."""
        for page in sorted(self.env.found_docs):
            text = Path(self.env.doc2path(page)).read_text(encoding="utf-8")
            leads = re.search(rf"^```{{exercise}} {re.escape(found.name)}\n:tasks:(.*)$", text, re.MULTILINE)
            title = re.search(r"^# (.+)$", text, re.MULTILINE)
            if leads and title and task.name in leads[1].replace(",", " ").split():
                self.env.note_dependency(self.env.doc2path(page))
                return {"href": self.env.app.builder.get_relative_uri(self.page, page), "title": title[1].strip()}
        return None

    def task(
        self, found: exercise.Exercise, task: exercise.Task, *, book: dict | None = None, scratch=()
    ) -> nodes.section:
        """One task to read; with the practice case (`book`) also to do."""
        id = _anchor(found, task)
        section = nodes.section(ids=[id], names=[id])
        section += nodes.title("", f"Task {found.tasks.index(task) + 1}: {task.title}")
        # Implicit, because the same task may stand on its lesson's page and on the page of all nine.
        self.state.document.note_implicit_target(section)
        point = next((point for point in syllabus.marking_points() if point.id == task.point), None)
        if point is None:
            raise self.fault(f"{found.name}, task {task.name}: {task.point} is not a marking point.")
        section += html(
            f'<p class="task-facts">{attribute(task.id)} · {task.marks:g} marks, {_by(task)} · '
            f"marking point {attribute(point.id)}: {attribute(point.name)}</p>"
        )
        # The notebook's own heading of the task would say the title twice.
        section += self.blocks(TASK_HEADING.sub("", task.prose), f"{found.name}, {task.name}")
        if book is not None:
            tables = case_html(book, task.name)
            section += html(f'<div class="case-tables" data-tables="{attribute(task.name)}">{tables}</div>')
        if task.schema:
            section += html(f'<div class="what-to-hand-in">{self.hand_in(task)}</div>')
        for number, hint in enumerate(task.hints or (), 1):
            section += html(
                f'<details class="hint" data-hint="{attribute(task.name)}-{number}"><summary>Hint {number}</summary>'
            )
            section += self.blocks(hint, f"{found.name}, {task.name}, hint {number}")
            section += html("</details>")
        for cell in scratch:
            section += html(
                '<details class="code scratch"><summary>A calculator in Python, for those who want it</summary>'
                f'<div data-cell="{attribute(cell["id"])}"><pre tabindex="0">{attribute(cell["source"])}</pre></div></details>'
            )
        if task.award == "tutor" and task.levels:
            levels = "".join(
                f'<tr><th scope="row">{attribute(str(level["marks"]))}</th><td>{attribute(level["says"])}</td></tr>'
                for level in task.levels
            )
            section += html(
                _table("How your tutor awards the marks", ("Marks", "What the answer shows"), levels, "levels")
            )
        if book is not None:
            section += html(f'<div class="task-place" data-task="{attribute(task.name)}"></div>')
        return section

    def hand_in(self, task: exercise.Task) -> str:
        entries = "".join(
            f'<tr><th scope="row">{attribute(name)}</th><td>{attribute(enter)}{_choices(choices)}</td></tr>'
            for name, enter, choices in rows(task.schema)
        )
        return _table("What to hand in", ("Entry", "What to enter"), entries, "fields")


def _anchor(found: exercise.Exercise, task: exercise.Task) -> str:
    return nodes.make_id(f"task-{found.name}-{task.name}")


def _by(task: exercise.Task) -> str:
    return "marked by rule, with a reason for every mark" if task.award == "auto" else "marked by your tutor"


def page_of(env, name: str) -> str | None:
    """The page on which an exercise is done: the one that is called like it."""
    return next((page for page in sorted(env.found_docs) if page.rpartition("/")[2] == name), None)


def case_html(case: dict, task: str = "") -> str:
    """A case's limits and tables, or the tables of one task.

    static/exercise/make.js draws the same for the cases that the browser makes.
    """
    says = "".join(f"<li>{attribute(sentence)}</li>" for sentence in ([] if task else case["says"]))
    tables = [table for table in case["tables"].values() if table.get("task", "") == task]
    return (f'<ul class="facts">{says}</ul>' if says else "") + "".join(map(_case_table, tables))


def _case_table(table: dict) -> str:
    texts = [[_written(value) for value in row] for row in table["rows"]]
    kinds = [_kind([row[n] for row in texts], n) for n in range(len(table["columns"]))]
    heads = "".join(
        f'<th scope="col"{kind}>{attribute(column["name"])}</th>'
        for column, kind in zip(table["columns"], kinds, strict=True)
    )
    body = "".join(
        f'<tr><th scope="row"{kinds[0]}>{attribute(row[0])}</th>'
        + "".join(f"<td{kind}>{attribute(text)}</td>" for text, kind in zip(row[1:], kinds[1:], strict=True))
        + "</tr>"
        for row in texts
    )
    title = attribute(table["title"])
    framed = (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{title}"><table class="dataframe">'
        f"<caption>{title}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    if table.get("picture"):
        framed = svg(table["picture"]) + framed
    return f"<details><summary>{title}</summary>{framed}</details>" if table.get("folded") else framed


def _kind(texts: list[str], column: int) -> str:
    if column > 0 and all(map(FIGURE.fullmatch, texts)):
        return ' class="figure"'
    return ' class="long"' if max(map(len, texts), default=0) > LONG else ""


def _written(value) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,.12g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)


# What static/exercise/form.js draws and shape.js checks.
_FORM_WORDS = frozenset(
    {"type", "title", "description", "x-unit", "x-choices", "x-rows", "x-names", "x-hidden"}
    | {"enum", "properties", "required", "items"}
    | {"additionalProperties", "minItems", "maxItems", "uniqueItems", "minimum", "maximum", "exclusiveMinimum"}
    | {"exclusiveMaximum", "minLength", "maxLength", "pattern", "format"}
)
_FORM_TYPES = ("object", "array", "string", "number", "integer", "boolean")


def unknown_to_forms(schema: dict, where: str = "the schema") -> str:
    """What in a schema no form can show, as a sentence for the author; empty when all is well."""
    if not schema:
        return ""
    if extra := set(schema) - _FORM_WORDS:
        return f"{where} says '{min(extra)}', which a form cannot show; the words that it can are {', '.join(sorted(_FORM_WORDS))}."
    kind = schema.get("type")
    if kind not in _FORM_TYPES and "enum" not in schema:
        return f"{where} has no type that a form can show; use one of {', '.join(_FORM_TYPES)}."
    if schema.get("format", "date") != "date":
        return f"{where} has the format '{schema['format']}'; a form knows only date."
    if isinstance(schema.get("additionalProperties"), dict) or (kind == "object" and not schema.get("properties")):
        return f"{where} takes any name; a form needs the names, under properties."
    if kind == "array" and not isinstance(schema.get("items"), dict):
        return f"{where} is a list without items; say what one entry is."
    for name, inner in schema.get("properties", {}).items():
        if fault := unknown_to_forms(inner, f"the entry '{name}'"):
            return fault
    return unknown_to_forms(schema["items"], f"{where}, its items,") if kind == "array" else ""


def _scratch_cells(name: str) -> dict[str, list]:
    """For each task the code cells below it that a learner may play with: not marked, not locked."""
    found: dict[str, list] = {}
    task = None
    for cell in release(exercise.read(name)).cells:
        role = cell.metadata.get("cslearn", {}).get("role")
        if cell.id.endswith("-hand-in"):
            task = cell.id.removesuffix("-hand-in")
        elif (
            task
            and cell.cell_type == "code"
            and role not in ("answer", "check", "learner_code")
            and cell.metadata.get("editable", True)
        ):
            found.setdefault(task, []).append({"id": cell.id, "source": cell.source})
    return found


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

    for name in sorted(names):
        notebook = release(exercise.read(name))
        target = Path(app.outdir) / "_static" / FOLDER / f"{name}.ipynb"
        # A line end closes the file, as when nbformat writes it.
        write_if_changed(target, f"{nbformat.writes(notebook)}\n".encode())
