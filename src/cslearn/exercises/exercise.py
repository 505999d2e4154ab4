"""Reading an exercise: one text file, the solved version, as the truth.

The file is MyST notebook text (jupytext reads it). A raw cell with ``:task: name`` holds
the task's YAML, a code cell with ``:answer: name`` the solution, one with ``:check: name``
the check, and a markdown cell ``+++ {"written": "name"}`` the place for prose.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from importlib import resources
from pathlib import Path

from cslearn import strict_yaml, syllabus
from cslearn.exercises import answers
from cslearn.exercises.lean_imports import import_jsonschema
from cslearn.problem import Problem

# In a checkout. An installed wheel carries the published form only, see published().
FOLDER = Path(__file__).resolve().parents[3] / "exercises"
_REQUIRED = ("id", "title", "point", "marks", "award")


@dataclass(frozen=True)
class Task:
    """One task: what is asked, how it is marked, and what the answer must look like.

    ``award`` is "auto" or "tutor". ``levels`` say what a tutor-marked
    answer must show for which marks (learners see them); ``model_answer`` is the tutor's, and
    so are ``questions``, which help to find out whether the words are the learner's own.
    ``checks`` maps a part of the marks to the syllabus items that it checks. ``prose`` is
    the MyST text in front of the task, from its heading on.
    """

    name: str
    id: str
    title: str
    point: str
    marks: float
    award: str
    prose: str = ""
    assesses: tuple[str, ...] = ()
    checks: dict = field(default_factory=dict)
    schema: dict = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    words: tuple[int, int] | None = None
    levels: tuple[dict, ...] = ()
    model_answer: str = ""
    questions: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The name that the answer cell assigns."""
        return self.name.replace("-", "_")


@dataclass(frozen=True)
class Exercise:
    """One assessed notebook: its tasks, and (read from its file) its cells.

    ``cells`` are jupytext's notebook cells of the solved version; empty in the published
    form, which holds nothing that a learner may not see.
    """

    name: str
    title: str
    point: str
    tasks: tuple[Task, ...]
    cells: tuple = field(default=(), repr=False)
    path: Path | None = None

    def task(self, name: str) -> Task:
        """The task of that name; :class:`Problem` if there is none."""
        for task in self.tasks:
            if task.name == name:
                return task
        raise Problem(f"Exercise '{self.name}' has no task '{name}'; it has: {', '.join(t.name for t in self.tasks)}.")

    @property
    def marks(self) -> float:
        """Marks of all tasks together."""
        return sum(task.marks for task in self.tasks)


def available(folder: Path | None = None) -> list[str]:
    """Names of the exercises, in order of their names."""
    if folder is None and not FOLDER.is_dir():
        return sorted(p.name.removesuffix(".json") for p in _packaged().iterdir() if p.name.endswith(".json"))
    return sorted(path.stem for path in (folder or FOLDER).glob("*.md"))


def read(path: Path | str) -> Exercise:
    """An exercise from its file, as author and tutor see it.

    ``path`` is the file, or the exercise's name in a checkout. Raises :class:`Problem`
    with file, task and what to do when the file is missing or broken.
    """
    path = Path(path)
    if path.suffix != ".md":
        path = FOLDER / f"{path.name}.md"
    if not path.is_file():
        near = ", ".join(available(path.parent)) if path.parent.is_dir() else ""
        raise Problem(
            f"There is no exercise file {path.name}" + (f"; there are: {near}." if near else f" in {path.parent}.")
        )
    import_jsonschema()
    import jupytext  # an author's and tutor's dependency

    try:
        notebook = jupytext.read(path, fmt="md:myst")
    except (UnicodeDecodeError, ValueError) as why:
        raise Problem(
            f"{path.name} cannot be read as MyST notebook text ({_one_line(why)}); correct the cell that it names."
        ) from why
    return _exercise(path, notebook.cells)


def published(name: str) -> Exercise:
    """The exercise as a learner's machine may hold it: no solution and no model answers."""
    if FOLDER.is_dir():
        return publish(read(name))
    source = _packaged() / f"{name}.json"
    if not source.is_file():
        raise Problem(f"There is no exercise called '{name}'; there are: {', '.join(available())}.")
    return from_json(source.read_text(encoding="utf-8"))


def publish(exercise: Exercise) -> Exercise:
    """``exercise`` without what is the tutor's."""
    tasks = tuple(replace(task, model_answer="", questions=()) for task in exercise.tasks)
    return replace(exercise, tasks=tasks, cells=(), path=None)


def to_json(exercise: Exercise) -> str:
    """The published form as text, for the wheel."""
    return json.dumps(
        {
            "name": exercise.name,
            "title": exercise.title,
            "point": exercise.point,
            "tasks": [asdict(t) for t in publish(exercise).tasks],
        },
        ensure_ascii=False,
        indent=1,
    )


def from_json(text: str) -> Exercise:
    """The published form back from :func:`to_json`."""
    data = json.loads(text)
    return Exercise(data["name"], data["title"], data["point"], tuple(_task_of(t) for t in data["tasks"]))


def _packaged():
    return resources.files("cslearn.exercises") / "published"


def _task_of(data: dict) -> Task:
    for name in ("assesses", "hints", "levels", "questions"):
        data[name] = tuple(data.get(name) or ())
    data["words"] = tuple(data["words"]) if data.get("words") else None
    return Task(**data)


def _exercise(path: Path, cells) -> Exercise:
    import yaml

    tasks: list[Task] = []
    prose: list[str] = []
    title = ""
    answered: dict[str, str] = {}
    for cell in cells:
        if cell.cell_type == "markdown" and "written" not in cell.metadata:
            if not title and cell.source.startswith("# "):
                title, _, rest = cell.source[2:].partition("\n")
                prose = [rest.strip()]
                continue
            if cell.source.startswith("## "):
                prose = []  # a task's prose starts at its own heading
            prose.append(cell.source)
        elif cell.cell_type == "raw" and "task" in cell.metadata:
            name = cell.metadata["task"]
            if name in [t.name for t in tasks]:
                raise Problem(f"{path.name}: two tasks are called '{name}'; rename one.")
            try:
                data = strict_yaml.load(cell.source)
            except yaml.YAMLError as why:
                raise Problem(f"{path.name}, task '{name}': its YAML is broken ({_one_line(why)}).") from why
            tasks.append(_task(path, name, data, "\n\n".join(prose).strip()))
            prose = []
        for role in ("answer", "check", "written"):
            if role in cell.metadata:
                _note_cell(path, tasks, answered, role, cell.metadata[role])
    if not title or not tasks:
        raise Problem(f"{path.name}: an exercise starts with a '# Title' and has at least one task cell.")
    _whole(path, tasks, answered)
    return Exercise(path.stem, title.strip(), tasks[0].point, tuple(tasks), tuple(cells), path)


def _note_cell(path, tasks, answered, role, name) -> None:
    if name not in [t.name for t in tasks]:
        raise Problem(
            f"{path.name}: the {role} cell '{name}' belongs to no task above it; add its task cell or correct the name."
        )
    answered[f"{role}:{name}"] = name


def _task(path: Path, name: str, data, prose: str) -> Task:
    where = f"{path.name}, task '{name}'"
    if not isinstance(data, dict):
        raise Problem(f"{where}: its cell must hold YAML with {', '.join(_REQUIRED)}.")
    missing = [key for key in _REQUIRED if key not in data]
    if missing:
        raise Problem(f"{where}: add {' and '.join(missing)}.")
    extra = [key for key in data if key not in Task.__dataclass_fields__ or key in ("name", "prose")]
    if extra:
        raise Problem(f"{where}: '{extra[0]}' is not something a task has; remove it or correct its spelling.")
    marks = data["marks"]
    if isinstance(marks, bool) or not isinstance(marks, (int, float)) or not 0 < marks <= 100:
        raise Problem(f"{where}: marks must be a number above 0, not {marks!r}.")
    if data["award"] not in ("auto", "tutor"):
        raise Problem(f"{where}: award must be auto or tutor, not {data['award']!r}.")
    needs = "schema" if data["award"] == "auto" else "levels"
    if not data.get(needs):
        raise Problem(f"{where}: a task that the {'rules mark' if needs == 'schema' else 'tutor marks'} needs {needs}.")
    if not data.get("hints"):
        raise Problem(f"{where}: write at least one hint.")
    for id in (
        data["point"],
        *data.get("assesses", ()),
        *(i for ids in (data.get("checks") or {}).values() for i in ids),
    ):
        if not syllabus.known(id):
            raise Problem(f"{where}: '{id}' is not in the syllabus; correct it.")
    if data["award"] == "auto":
        answers.shape_errors(answers.blank(data["schema"]), data["schema"])
    return _task_of({"name": name, "prose": prose, **data})


def _whole(path: Path, tasks: list[Task], answered: dict) -> None:
    planned = {task.id: task for task in syllabus.tasks()}
    for task in tasks:
        roles = ("answer", "check") if task.award == "auto" else ("written",)
        for role in roles:
            if f"{role}:{task.name}" not in answered:
                raise Problem(f"{path.name}, task '{task.name}': it has no {role} cell; add one below its task cell.")
        if task.id in planned and planned[task.id].marks != task.marks:
            raise Problem(
                f"{path.name}, task '{task.name}': it has {task.marks:g} marks, but the syllabus plans "
                f"{planned[task.id].marks:g} for {task.id}, so the weights do not add up; correct one of them."
            )
        if task.id not in planned:
            raise Problem(f"{path.name}, task '{task.name}': the syllabus has no task {task.id}; correct the id.")


def _one_line(why: Exception) -> str:
    return " ".join(str(why).split())[:160]
