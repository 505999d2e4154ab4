"""The directives {notebooks} and {evidence}: what the course assesses, and what counts as evidence for it.

Both are made from the exercise files and from the pages of the book, so that no page says it
a second time; a page with one of them is built again when those change.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from cslearn import syllabus
from cslearn.exercises import exercise
from cslearn.explorers import evidence_map
from cslearn.explorers.data import read_data
from cslearn.methods.portfolio import STAGES
from cslearn.site.exercise import page_of
from cslearn.site.inline import BookDirective, attribute, html

if TYPE_CHECKING:
    from collections.abc import Iterable

# How long a notebook takes, by a rule that a reader can follow; nobody has been timed.
WORDS_READ_A_MINUTE = 150
WORDS_WRITTEN_A_MINUTE = 8
MINUTES_AN_ENTRY = 1
QUARTER = 15
_BOXES = re.compile(r"^[`:]{3,}\{workplace\}\n:points:[ ]*(.+)$", re.M)
_LEADS = re.compile(r"^[`:]{3,}\{exercise\} ([a-z-]+)\n:tasks:", re.M)
# "Lesson 4.1 (Scope)", or "the lesson on scope (4.1)"
_NAMED = re.compile(r"\b\d\.\d(?= \()|(?<=\()\d\.\d(?=\))")


@dataclass(frozen=True)
class Lesson:
    """A page of the book: its name in Sphinx, its id in the syllabus, its title, and what it leads to."""

    page: str
    id: str
    title: str
    points: tuple[str, ...]
    """The marking points for which its workplace box collects evidence."""
    exercises: tuple[str, ...]
    """The exercises of which it names tasks."""


def lessons(root: Path) -> list[Lesson]:
    """The pages of the book at ``root`` that have an id, in the order of its contents."""
    made = []
    for page in syllabus.pages_in_book(root):
        if page.id is None:
            continue
        text = (root / page.file).read_text(encoding="utf-8")
        made.append(
            Lesson(
                page=page.file.removeprefix("book/").removesuffix(".md"),
                id=page.id,
                title=re.search(r"^# (.+)$", text, re.M)[1],
                points=tuple(dict.fromkeys(point for box in _BOXES.findall(text) for point in box.split())),
                exercises=tuple(dict.fromkeys(_LEADS.findall(text))),
            )
        )
    return made


def entries(schema: dict) -> int:
    """How many single entries an answer has, with the rows that its form begins with, or that it must have."""
    if kinds := schema.get("oneOf") or schema.get("anyOf"):
        return max(map(entries, kinds))
    if "properties" in schema:
        return sum(map(entries, schema["properties"].values()))
    if "items" in schema:
        return max(schema.get("minItems", 0), schema.get("x-rows", 0), 1) * entries(schema["items"])
    return 1


def minutes(found: exercise.Exercise) -> int:
    """How long to plan for a notebook, in minutes, up to the next quarter of an hour.

    In words: a minute for each entry, a minute for 150 words of the tasks to read, and a
    minute for eight words to write, by the upper end of what is asked for.
    """
    total = 0.0
    for task in found.tasks:
        total += len(re.findall(r"\w+", task.prose)) / WORDS_READ_A_MINUTE
        total += entries(task.schema) * MINUTES_AN_ENTRY if task.schema else 0
        total += task.words[1] / WORDS_WRITTEN_A_MINUTE if task.words else 0
    return math.ceil(total / QUARTER) * QUARTER


def hours(length: int) -> str:
    """``90`` minutes as it is said: ``1½ hours``."""
    whole, rest = divmod(length, 60)
    part = {0: "", 15: "¼", 30: "½", 45: "¾"}[rest]
    return f"{whole or ''}{part} {'hour' if length <= 60 else 'hours'}"


def prepared_by(name: str, text: str, book: Iterable[Lesson]) -> list[Lesson]:
    """The lessons to read before an exercise: those that its introduction names, and those that lead to it."""
    named = set(_NAMED.findall(text.partition("## Task 1")[0]))
    return [lesson for lesson in book if lesson.id in named or name in lesson.exercises]


@dataclass(frozen=True)
class Notebook:
    """One assessed notebook and what a learner wants to know before opening it."""

    exercise: exercise.Exercise
    before: tuple[Lesson, ...]
    minutes: int

    @property
    def by_rule(self) -> float:
        return sum(task.marks for task in self.exercise.tasks if task.award == "auto")

    @property
    def by_tutor(self) -> float:
        return self.exercise.marks - self.by_rule


def notebooks(root: Path, folder: Path = exercise.FOLDER) -> list[Notebook]:
    """The notebooks that are there, in the order in which the lessons prepare for them."""
    book = lessons(root)
    place = {lesson.id: n for n, lesson in enumerate(book)}
    made = []
    for name in exercise.available(folder):
        path = folder / f"{name}.md"
        found = exercise.publish(exercise.read(path))
        before = prepared_by(name, path.read_text(encoding="utf-8"), book)
        made.append(Notebook(found, tuple(before), minutes(found)))
    points = [point.id for point in syllabus.marking_points()]

    def when(notebook: Notebook) -> tuple:
        last = max((place[lesson.id] for lesson in notebook.before), default=len(book))
        return last, points.index(notebook.exercise.point)

    return sorted(made, key=when)


class _Overview(BookDirective):
    def root(self) -> Path:
        return Path(self.env.srcdir).parent

    def link(self, page: str, words: str) -> str:
        href = self.env.app.builder.get_relative_uri(self.page, page)
        return f'<a href="{attribute(href)}">{attribute(words)}</a>'

    def watch(self) -> list[Lesson]:
        """The lessons; this page is built again when one of them changes."""
        found = lessons(self.root())
        for lesson in found:
            self.env.note_dependency(self.env.doc2path(lesson.page))
        self.env.note_dependency(str(self.root() / "_toc.yml"))
        return found

    def section(self, title: str, body: str) -> nodes.section:
        id = nodes.make_id(title)
        section = nodes.section(ids=[id], names=[nodes.fully_normalize_name(title)])
        section += nodes.title("", title)
        self.state.document.note_implicit_target(section)
        section += html(body)
        return section


class NotebooksDirective(_Overview):
    """`{notebooks}`: every assessed notebook that is there, in a table and one by one."""

    def run(self) -> list[nodes.Node]:
        self.watch()
        found = notebooks(self.root())
        for notebook in found:
            self.env.note_dependency(str(notebook.exercise.path or exercise.FOLDER / f"{notebook.exercise.name}.md"))
        # A folder is no file to Sphinx, so this page is always made anew, and a notebook that is added is seen.
        self.env.note_dependency(str(exercise.FOLDER))
        return [html(self.table(found)), *(self.one(notebook) for notebook in found)]

    def title(self, notebook: Notebook) -> str:
        page = page_of(self.env, notebook.exercise.name)
        return self.link(page, notebook.exercise.title) if page else attribute(notebook.exercise.title)

    def table(self, found: list[Notebook]) -> str:
        rows = "".join(
            f'<tr><th scope="row">{notebook.exercise.point}: {self.title(notebook)}</th>'
            f'<td class="figure">{notebook.by_rule:g}</td><td class="figure">{notebook.by_tutor:g}</td>'
            f'<td class="figure">{notebook.exercise.marks:g}</td>'
            f'<td class="figure">{hours(notebook.minutes).split()[0]}</td></tr>'
            for notebook in found
        )
        sums = [sum(part) for part in zip(*((n.by_rule, n.by_tutor, n.exercise.marks) for n in found), strict=True)]
        total = [f"{one:g}" for one in sums] + [hours(sum(n.minutes for n in found)).split()[0]]
        return (
            '<div class="scroll" tabindex="0" role="group" aria-label="The notebooks, their marks and their hours"><table class="notebooks">'
            "<caption>The notebooks in this book: marks, and hours to plan</caption>"
            '<thead><tr><th scope="col">Notebook</th><th scope="col" class="figure">By rule</th>'
            '<th scope="col" class="figure">By your tutor</th><th scope="col" class="figure">All</th><th scope="col" class="figure">Hours</th></tr></thead>'
            f'<tbody>{rows}<tr><th scope="row">All together</th>'
            + "".join(f'<td class="figure">{one}</td>' for one in total)
            + "</tr></tbody></table></div>"
        )

    def one(self, notebook: Notebook) -> nodes.section:
        found = notebook.exercise
        point = next(point for point in syllabus.marking_points() if point.id == found.point)
        tasks = "".join(
            f"<li>{attribute(task.title)}: {task.marks:g} {'mark' if task.marks == 1 else 'marks'},"
            f" {'by rule' if task.award == 'auto' else 'by your tutor'}"
            f"{f', {task.words[0]} to {task.words[1]} words' if task.words else ''}</li>"
            for task in found.tasks
        )
        before = (
            ", ".join(self.link(lesson.page, lesson.title) for lesson in notebook.before) or "nothing in particular"
        )
        return self.section(
            f"{found.point}: {found.title}",
            f"<p><strong>{attribute(point.name)}.</strong> {attribute(point.shows)}</p>"
            f"<ol>{tasks}</ol>"
            f"<p>Read before: {before}.</p>"
            f"<p>Plan about {hours(notebook.minutes)}. Open {self.title(notebook)}.</p>",
        )


class EvidenceDirective(_Overview):
    """`{evidence}`: for each marking point what counts in which stage, and the lessons whose box collects it."""

    def run(self) -> list[nodes.Node]:
        book = self.watch()
        self.env.note_dependency(str(evidence_map.DATA))
        cells = read_data(evidence_map.DATA)["cells"]
        return [self.one(point, cells[point.id], book) for point in syllabus.marking_points()]

    def one(self, point: syllabus.MarkingPoint, cells: dict, book: list[Lesson]) -> nodes.section:
        rows = "".join(
            f"<li><strong>{name}:</strong> {attribute(_lower(cells[stage]['counts']))}.</li>"
            for stage, name in STAGES.items()
        )
        there = [lesson for lesson in book if point.id in lesson.points and lesson.page != self.page]
        links = ", ".join(self.link(lesson.page, lesson.title) for lesson in there)
        return self.section(
            f"{point.id} {point.name}",
            f"<ul>{rows}</ul><p>Boxes that help you to collect it: {links}.</p>",
        )


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
