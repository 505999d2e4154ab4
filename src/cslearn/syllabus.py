"""What the course must cover, and how much of it is there.

``syllabus.yml`` says each thing once: nine marking points, eight misconceptions, the
plan of 29 tasks, and an inventory of 114 items. ``coverage`` compares that list with
the pages, exercises, quizzes, explorers and tables of a repository.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from cslearn import strict_yaml
from cslearn.problem import Problem

_FILE = Path(__file__).with_name("syllabus.yml")
# In an exercise page, which has no PyYAML.
_AS_DATA = _FILE.with_suffix(".json")

SENSES = ("taught", "practised", "assessed", "checked")


@dataclass(frozen=True)
class MarkingPoint:
    id: str
    name: str
    shows: str
    """What a learner must show, in the course's own words."""


@dataclass(frozen=True)
class Misconception:
    id: str
    name: str
    says: str
    """One sentence: what goes wrong, and what to do instead."""


@dataclass(frozen=True)
class Task:
    id: str
    marks: int
    award: Literal["auto", "tutor"]

    @property
    def point(self) -> str:
        return self.id.partition(".")[0]


@dataclass(frozen=True)
class Page:
    id: str
    title: str


@dataclass(frozen=True)
class Explorer:
    id: str
    name: str
    slug: str
    """How a page places it: ``{explorer} decision-matrix``."""
    part_of: str | None = None


@dataclass(frozen=True)
class Table:
    id: str
    name: str
    files: tuple[str, ...]
    """Names inside ``datasets/``; one that ends in ``/`` is a folder."""


@dataclass(frozen=True)
class Item:
    """One thing that the course must teach, let learners practise, assess and check."""

    id: str
    says: str
    taught: tuple[str, ...]
    practised: tuple[str, ...]
    assessed: tuple[str, ...]
    check: str


@dataclass(frozen=True)
class Syllabus:
    """All of it, each part keyed by id and in the order of the file."""

    marking_points: dict[str, MarkingPoint]
    misconceptions: dict[str, Misconception]
    tasks: dict[str, Task]
    explorers: dict[str, Explorer]
    tables: dict[str, Table]
    pages: dict[str, Page]
    inventory: dict[str, Item]

    def knows(self, id: str) -> bool:
        return any(id in part for part in vars(self).values())


def marking_points() -> tuple[MarkingPoint, ...]:
    """The nine points that a learner is marked on."""
    return tuple(_syllabus().marking_points.values())


def misconceptions() -> tuple[Misconception, ...]:
    """The eight mistakes that feedback names."""
    return tuple(_syllabus().misconceptions.values())


def inventory() -> tuple[Item, ...]:
    """The 114 items of the course."""
    return tuple(_syllabus().inventory.values())


def tasks() -> tuple[Task, ...]:
    """The plan of the 29 tasks: marks, and who awards them."""
    return tuple(_syllabus().tasks.values())


def pages() -> tuple[Page, ...]:
    """Every page the book is to have."""
    return tuple(_syllabus().pages.values())


def explorers() -> tuple[Explorer, ...]:
    """Every explorer the book is to have."""
    return tuple(_syllabus().explorers.values())


def tables() -> tuple[Table, ...]:
    """Northfold's tables."""
    return tuple(_syllabus().tables.values())


def misconception(id: str) -> Misconception:
    """The misconception with this id, such as ``CMm2``."""
    found = _syllabus().misconceptions.get(id)
    if found is None:
        names = ", ".join(_syllabus().misconceptions)
        raise Problem(f"There is no misconception {id!r}. Use one of {names}.")
    return found


def known(id: str) -> bool:
    """Whether this is the id of anything in the syllabus."""
    return _syllabus().knows(id)


@cache
def _syllabus() -> Syllabus:
    return read(_AS_DATA if _AS_DATA.is_file() else _FILE)


def plan(path: Path = _FILE) -> dict[str, Any]:
    """A syllabus file as plain data."""
    text = path.read_text(encoding="utf-8")
    data = json.loads(text) if path.suffix == ".json" else _yaml(text, path.name)
    return _mapping(data, path.name, "the file")


def read(path: Path) -> Syllabus:
    """A syllabus file as a ``Syllabus``; a ``Problem`` says which line to mend."""
    text = path.read_text(encoding="utf-8")
    whole = plan(path)

    def part(name: str) -> dict[str, Any]:
        if name not in whole:
            raise Problem(f"{path.name} has no {name}: put that part back.")
        return _mapping(whole[name], path.name, name)

    def build(kind: type, id: str, fields: Any) -> Any:
        try:
            return kind(id=id, **fields)
        except TypeError as error:
            where = f"{path.name}, line {_line_of(text, id)}"
            raise Problem(f"{where}: {id} does not have the right fields ({error}).") from error

    points = {id: build(MarkingPoint, id, fields) for id, fields in part("marking_points").items()}
    mistakes = {id: build(Misconception, id, fields) for id, fields in part("misconceptions").items()}
    tables_ = {
        id: build(Table, id, {**_mapping(fields, path.name, id), "files": tuple(fields.get("files", ()))})
        for id, fields in part("tables").items()
    }
    words = {id: point.shows for id, point in points.items()} | {id: m.says for id, m in mistakes.items()}

    items: dict[str, Item] = {}
    for row in whole.get("inventory") or ():
        fields = dict(_mapping(row, path.name, "an inventory item"))
        id = fields.pop("id", None)
        if not id:
            raise Problem(f"{path.name}: an inventory item has no id ({fields.get('says')!r}).")
        if id in items:
            raise Problem(f"{path.name}: the inventory has {id} twice. Remove one.")
        if id in words:
            if "says" in fields:
                raise Problem(f"{path.name}: {id} is said twice. Remove `says` from its inventory item.")
            fields["says"] = words[id]
        for sense in ("taught", "practised", "assessed"):
            fields[sense] = tuple(fields.get(sense) or ())
        items[id] = build(Item, id, fields)

    syllabus = Syllabus(
        marking_points=points,
        misconceptions=mistakes,
        tasks={id: build(Task, id, fields) for id, fields in part("tasks").items()},
        explorers={id: build(Explorer, id, fields) for id, fields in part("explorers").items()},
        tables=tables_,
        pages={id: Page(id, title) for id, title in part("pages").items()},
        inventory=items,
    )
    for fault in _dangling(syllabus):
        raise Problem(f"{path.name}: {fault}.")
    return syllabus


def _dangling(syllabus: Syllabus) -> Iterator[str]:
    practice = syllabus.explorers | syllabus.tables
    for id in [*syllabus.marking_points, *syllabus.misconceptions]:
        if id not in syllabus.inventory:
            yield f"{id} is missing from the inventory"
    for task in syllabus.tasks.values():
        if task.point not in syllabus.marking_points:
            yield f"task {task.id} belongs to no marking point"
        if task.award not in ("auto", "tutor"):
            yield f"task {task.id} has award {task.award!r}; write auto or tutor"
    for explorer in syllabus.explorers.values():
        if explorer.part_of and explorer.part_of not in syllabus.explorers:
            yield f"{explorer.id} is part of {explorer.part_of}, which is not an explorer"
    for item in syllabus.inventory.values():
        for sense, ids, there, what in (
            ("taught", item.taught, syllabus.pages, "page"),
            ("practised", item.practised, practice, "explorer or table"),
            ("assessed", item.assessed, syllabus.tasks, "task"),
        ):
            if not ids:
                yield f"{item.id} is {sense} nowhere"
            for id in ids:
                if id not in there:
                    yield f"{item.id} names {id!r}, which is no {what} of the syllabus"


# How much is there ------------------------------------------------------------------


@dataclass(frozen=True)
class Coverage:
    """For each sense, the items that are not there yet and what each still needs."""

    total: int
    missing: dict[str, dict[str, tuple[str, ...]]]

    def count(self, sense: str) -> int:
        return self.total - len(self.missing[sense])

    @property
    def complete(self) -> bool:
        return not any(self.missing.values())

    def lines(self) -> list[str]:
        """What is missing, item by item, then four lines of counts."""
        lines = []
        for sense in SENSES:
            if self.missing[sense]:
                lines.append(f"Not yet {sense}:")
                lines += [f"  {id}: {'; '.join(needs)}" for id, needs in self.missing[sense].items()]
        return lines + [f"{sense} {self.count(sense)} of {self.total}" for sense in SENSES]


def coverage(root: Path) -> Coverage:
    """How much of the inventory the repository at ``root`` teaches, practises, assesses and checks.

    An item is *taught* when every page planned for it is in the table of contents and
    lists it; *practised* when every table is published, and every explorer is built and
    placed on such a page; *assessed* when every task planned for it is written and lists
    it; *checked* when a quiz question of such a page or a part of a task cites it.

    Raises ``Problem`` for a file that cannot be read, with its name and line.
    """
    syllabus = _syllabus()
    in_book = {page.id: page for page in pages_in_book(root) if page.id}
    placed = {slug for page in in_book.values() for slug in page.explorers}
    written = {task.id: task for task in _written_tasks(root)}
    checked = {id for task in written.values() for id in task.checks}
    for page in in_book.values():
        checked.update(citation.id for citation in _quiz(root, page.quiz) if citation.role == "checks")

    def not_taught(item: Item) -> Iterator[str]:
        for id in item.taught:
            if id not in in_book:
                yield f"page {id} is not in the book"
            elif item.id not in in_book[id].teaches:
                yield f"page {id} does not list it"

    def not_practised(item: Item) -> Iterator[str]:
        for id in item.practised:
            if id in syllabus.tables:
                if not _published(root, syllabus.tables[id]):
                    yield f"{id} {syllabus.tables[id].name} is not published"
                continue
            for explorer in syllabus.explorers.values():
                if id in (explorer.id, explorer.part_of):
                    if not _built(root, explorer):
                        yield f"{explorer.id} {explorer.name} is not built"
                    elif explorer.slug not in placed:
                        yield f"{explorer.id} {explorer.name} is on no page"

    def not_assessed(item: Item) -> Iterator[str]:
        for id in item.assessed:
            if id not in written:
                yield f"task {id} is not written"
            elif item.id not in written[id].assesses:
                yield f"task {id} does not list it"

    def not_checked(item: Item) -> Iterator[str]:
        if item.id not in checked:
            yield "no quiz question and no part of a task cites it"

    tests = (not_taught, not_practised, not_assessed, not_checked)
    missing = {
        sense: {item.id: needs for item in syllabus.inventory.values() if (needs := tuple(test(item)))}
        for sense, test in zip(SENSES, tests, strict=True)
    }
    return Coverage(total=len(syllabus.inventory), missing=missing)


def _published(root: Path, table: Table) -> bool:
    def there(name: str) -> bool:
        path = root / "datasets" / name
        return any(path.iterdir()) if name.endswith("/") and path.is_dir() else path.is_file()

    return all(there(name) for name in table.files)


def _built(root: Path, explorer: Explorer) -> bool:
    module = root / "src" / "cslearn" / "explorers" / explorer.slug.replace("-", "_")
    return module.with_suffix(".py").is_file() and module.with_suffix(".js").is_file()


# Every id that a file cites ---------------------------------------------------------


@dataclass(frozen=True)
class Citation:
    """An id of the syllabus in a file. ``role`` says what the file takes it for."""

    id: str
    role: str
    file: str
    line: int


_ROLES = {
    "page": ("pages", "page"),
    "teaches": ("inventory", "inventory item"),
    "assesses": ("inventory", "inventory item"),
    "checks": ("inventory", "inventory item"),
    "misconception": ("misconceptions", "misconception"),
    "task": ("tasks", "task"),
    "point": ("marking_points", "marking point"),
    "explorer": ("explorers", "explorer"),
}


def pages_in_book(root: Path) -> tuple[BookPage, ...]:
    """The pages that the table of contents of the repository at ``root`` names, in its order.

    Raises ``Problem`` for a page that is not there or cannot be read, with its name and line.
    """
    return tuple(_pages(root, _contents(root)))


def citations(root: Path) -> list[Citation]:
    """Every id cited by a page, a quiz, an exercise, a marking rule, a persona or an explorer."""
    found = []
    for page in _pages(root, sorted((root / "book").rglob("*.md"))):
        found += page.citations
    for quiz in sorted((root / "book").rglob("*.quiz.yml")):
        found += _quiz(root, quiz)
    for task in _written_tasks(root):
        found += task.citations
    code = root / "src" / "cslearn"
    for path in [
        *sorted((code / "exercises" / "rules").glob("*.py")),
        *sorted((root / "exercises").glob("*.personas.yml")),
    ]:
        found += _mentions(root, path, "misconception", r"\b(?:CM|PR)m\d+\b")
    for path in sorted((code / "explorers").glob("*.py")):
        found += _mentions(root, path, "explorer", r"""(?<=["'])W\d+[a-z]?(?=["'])""")
    return found


def faults(root: Path) -> list[str]:
    """One sentence for each citation that the syllabus does not know or contradicts. Good: none."""
    syllabus = _syllabus()
    slugs = {explorer.slug for explorer in syllabus.explorers.values()}
    sentences = []
    for cited in citations(root):
        part, what = _ROLES[cited.role]
        if cited.id not in getattr(syllabus, part):
            sentences.append(f"{cited.file}, line {cited.line}: {cited.id} is no {what} of the syllabus.")
    seen: dict[str, str] = {}
    for page in _pages(root, sorted((root / "book").rglob("*.md"))):
        for slug in page.explorers:
            if slug not in slugs:
                sentences.append(f"{page.file}: the syllabus has no explorer with the slug {slug}.")
        if page.id in seen:
            sentences.append(f"{page.file}: {seen[page.id]} is page {page.id} already.")
        if page.id:
            seen[page.id] = page.file
    written: dict[str, str] = {}
    for task in _written_tasks(root):
        if task.id in written:
            sentences.append(f"{task.file}: task {task.id} is in {written[task.id]} already.")
        written[task.id] = task.file
        if planned := syllabus.tasks.get(task.id):
            for field in ("point", "marks", "award"):
                if getattr(task, field) != getattr(planned, field):
                    sentences.append(
                        f"{task.file}: task {task.id} has {field} {getattr(task, field)}, "
                        f"but the syllabus says {getattr(planned, field)}."
                    )
    return sentences


def _mentions(root: Path, path: Path, role: str, pattern: str) -> list[Citation]:
    text = path.read_text(encoding="utf-8")
    return [
        Citation(id, role, path.relative_to(root).as_posix(), _line_of(text, id))
        for id in dict.fromkeys(re.findall(pattern, text))
    ]


# Reading the repository's own files, with neither Sphinx nor jupytext ----------------


@dataclass(frozen=True)
class BookPage:
    """A page as it is written: its file, its id and what it teaches, the explorers on it, and where its quiz lies."""

    file: str
    """From the top folder of the course, ``book/measuring/servqual.md``."""
    id: str | None
    teaches: tuple[str, ...]
    explorers: tuple[str, ...]
    quiz: Path
    """There may be no such file."""
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class _TaskCell:
    file: str
    id: str
    point: Any
    marks: Any
    award: Any
    assesses: tuple[str, ...]
    checks: tuple[str, ...]
    citations: tuple[Citation, ...]


def _contents(root: Path) -> list[Path]:
    """The pages that the table of contents puts in the book; it names them from the folder ``book``."""
    toc = root / "_toc.yml"
    if not toc.is_file():
        raise Problem(f"There is no _toc.yml in {root}. Go to the top folder of the course and try again.")

    def names(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            for key, value in node.items():
                if key in ("root", "file"):
                    yield str(value)
                else:
                    yield from names(value)
        elif isinstance(node, list):
            for value in node:
                yield from names(value)

    found = []
    for name in names(_yaml(toc.read_text(encoding="utf-8"), toc.name)):
        path = root / "book" / (name if name.endswith(".md") else f"{name}.md")
        if not path.is_file():
            file = path.relative_to(root).as_posix()
            raise Problem(f"_toc.yml lists {name}, but there is no file {file}. Write it, or remove the line.")
        found.append(path)
    return found


_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$", re.S | re.M)


def _pages(root: Path, paths: list[Path]) -> Iterator[BookPage]:
    for path in paths:
        file = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        front = _FRONT_MATTER.match(text)
        # The front matter starts on the second line of the file.
        meta = _yaml(front[1], file, first_line=2) if front else None
        ours = (meta or {}).get("cslearn")
        id, teaches = None, ()
        if ours is not None:
            ours = _mapping(ours, file, "cslearn in the front matter")
            id, teaches = ours.get("page"), ours.get("teaches", [])
            if not isinstance(id, str):
                raise Problem(
                    f"{file}, line {_line_of(text, 'page')}: the page id {id} is not text. "
                    'Put it in quotes, as in page: "4.6".'
                )
            teaches = _ids(teaches, file, _line_of(text, "teaches"), "teaches")
        yield BookPage(
            file=file,
            id=id,
            teaches=teaches,
            explorers=tuple(_placed_explorers(text)),
            quiz=path.with_suffix(".quiz.yml"),
            citations=(
                *([Citation(id, "page", file, _line_of(text, "page"))] if id else ()),
                *(Citation(item, "teaches", file, _line_of(text, item)) for item in teaches),
            ),
        )


_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,}|:{3,})[ \t]*(.*?)[ \t]*$")
_NESTING = re.compile(r"\{(?!code|raw|eval-rst|literalinclude|math)[\w:-]+\}")


def _placed_explorers(text: str) -> Iterator[str]:
    """Slugs of the explorers that a page shows; one inside a code sample is not shown."""
    open_fences: list[tuple[str, bool]] = []
    for line in text.splitlines():
        fence = _FENCE.match(line)
        if not fence:
            continue
        marker, info = fence[1], fence[2]
        within, in_sample = open_fences[-1] if open_fences else ("", False)
        if within and not info and marker.startswith(within):
            open_fences.pop()
        elif not in_sample:
            if info.startswith("{explorer}"):
                yield info.removeprefix("{explorer}").strip()
            open_fences.append((marker, not _NESTING.match(info)))


def _quiz(root: Path, path: Path) -> list[Citation]:
    """What the questions of a quiz file cite, wherever in the file it is."""
    if not path.is_file():
        return []
    file = path.relative_to(root).as_posix()
    text = path.read_text(encoding="utf-8")
    found = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                if key in ("checks", "misconception") and value is not None:
                    for id in _ids(value, file, _line_of(text, key), key):
                        found.append(Citation(id, key, file, _line_of(text, id)))
                else:
                    walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(_yaml(text, file))
    return found


_RAW_CELL = re.compile(r"^(`{3,})\{raw-cell\}[ \t]*\n(.*?)^\1`*[ \t]*$", re.S | re.M)
# Cell options: lines of `:task: matrix`, or a block between two lines of ---.
_TASK_OPTIONS = re.compile(r"\A(?:---\n.*?^---[ \t]*\n|(?::[\w-]+:[^\n]*\n)+)", re.S | re.M)


def _written_tasks(root: Path) -> Iterator[_TaskCell]:
    for path in sorted((root / "exercises").glob("*.md")):
        file = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        for cell in _RAW_CELL.finditer(text):
            options = _TASK_OPTIONS.match(cell[2])
            if not options or not re.search(r"^:?task:", options[0], re.M):
                continue
            start = cell.start(2) + options.end()
            first_line = text.count("\n", 0, start) + 1
            body = _mapping(_yaml(cell[2][options.end() :], file, first_line), file, "a task")
            yield _task(body, file, first_line, text)


def _task(body: dict[str, Any], file: str, line: int, text: str) -> _TaskCell:
    id = body.get("id")
    if not isinstance(id, str):
        raise Problem(f"{file}, line {line}: the task has no id. Take one from the syllabus, such as PR3.1.")
    assesses = _ids(body.get("assesses", []), file, line, "assesses")
    parts = _mapping(body.get("checks") or {}, file, f"checks of task {id}")
    checks = tuple(item for ids in parts.values() for item in _ids(ids, file, line, "checks"))
    after = text.count("\n", 0, text.find(f"id: {id}"))

    def where(cited: str) -> int:
        return _line_of(text, cited, after)

    return _TaskCell(
        file=file,
        id=id,
        point=body.get("point"),
        marks=body.get("marks"),
        award=body.get("award"),
        assesses=assesses,
        checks=checks,
        citations=(
            Citation(id, "task", file, where(id)),
            Citation(str(body.get("point")), "point", file, where("point")),
            *(Citation(item, "assesses", file, where(item)) for item in assesses),
            *(Citation(item, "checks", file, where(item)) for item in checks),
        ),
    )


def _ids(value: Any, file: str, line: int, field: str) -> tuple[str, ...]:
    """One id or a list of ids, as a tuple."""
    ids = [value] if isinstance(value, str) else value
    if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids):
        raise Problem(f"{file}, line {line}: {field} is not a list of ids, such as [PR3, PR3a].")
    return tuple(ids)


def _mapping(value: Any, file: str, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Problem(f"{file}: {what} must be lines of `name: value`.")
    return value


def _line_of(text: str, word: str, after: int = 0) -> int:
    """The number of the first line that has this word, from line ``after`` on; 1 if none has."""
    # PR3 is neither in PR3.1 nor in CM-PR3.
    pattern = re.compile(rf"(?<![\w.-]){re.escape(word)}(?![\w-]|\.\d)")
    for number, line in enumerate(text.splitlines(), 1):
        if number > after and pattern.search(line):
            return number
    return 1


def _yaml(text: str, file: str, first_line: int = 1) -> Any:
    # Imported here, so that `import cslearn` needs pandas and nothing else.
    import yaml

    try:
        return strict_yaml.load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        reason = getattr(error, "problem", None) or str(error)
        raise Problem(f"{file}, line {line}: this is not valid YAML ({reason}). Mend that line.") from error
