"""Personas: the people who might hand an exercise in, and the proof of its rules.

``exercises/<name>.personas.yml`` lists who they are, what they must earn and be told;
the module here of the same name holds a recipe for each of their answers. This package
is never part of a wheel, because experts are among them.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from cslearn import strict_yaml, syllabus
from cslearn.exercises import answers
from cslearn.exercises import exercise as files
from cslearn.exercises.check import mark_answer, rule
from cslearn.exercises.exercise import Exercise
from cslearn.northfold.case import Case, case
from cslearn.problem import Problem

_KEYS = {"recipe", "earns", "at_most", "at_least", "on_average", "part", "says", "reveals"}


@dataclass(frozen=True)
class Expectation:
    """What one persona must earn for one task, as shares of the task or of one part of it."""

    recipe: str
    lowest: float = 0.0
    highest: float = 1.0
    mean: float = 1.0
    part: str | None = None
    says: str | None = None
    reveals: str | None = None


@dataclass(frozen=True)
class Persona:
    """One kind of person. ``expected`` maps a task's name to what they must earn there."""

    name: str
    exercise: Exercise = field(repr=False)
    expected: dict[str, Expectation]

    def answer(self, task_name: str, case: Case, rng: random.Random):
        """What this person hands in for one task of one case: plain data."""
        expectation = self.expected.get(task_name)
        recipe = expectation.recipe if expectation else "expert"
        if recipe == "blank":
            return answers.blank(self.exercise.task(task_name).schema)
        return _recipe(self.exercise, task_name, recipe)(case, rng)


def personas(exercise: Exercise | str) -> list[Persona]:
    """The personas of one exercise, in the order of its file. :class:`Problem` if the file is missing or broken."""
    import yaml

    exercise = files.read(exercise) if isinstance(exercise, str) else exercise
    path = (exercise.path or files.FOLDER / f"{exercise.name}.md").with_suffix(".personas.yml")
    if not path.is_file():
        raise Problem(f"{path.name} is missing; list who might hand in '{exercise.name}' and what each must earn.")
    try:
        listed = strict_yaml.load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as why:
        raise Problem(f"{path.name}: its YAML is broken ({' '.join(str(why).split())[:160]}).") from why
    if not isinstance(listed, list) or not listed:
        raise Problem(f"{path.name} must be a list of personas.")
    result = []
    for entry in listed:
        if not isinstance(entry, dict) or set(entry) != {"name", "answers"}:
            raise Problem(f"{path.name}: each persona has a name and answers; look at {str(entry)[:60]!r}.")
        expected = {}
        for task_name, wanted in entry["answers"].items():
            exercise.task(task_name)
            expected[task_name] = _expectation(path, entry["name"], wanted)
        result.append(Persona(entry["name"], exercise, expected))
    return result


def _expectation(path: Path, name: str, wanted: dict) -> Expectation:
    unknown = set(wanted) - _KEYS
    if unknown or "recipe" not in wanted:
        raise Problem(
            f"{path.name}, '{name}': {'a recipe is missing' if not unknown else f'{min(unknown)!r} is not known here'}."
        )
    if wanted.get("reveals") and not syllabus.known(wanted["reveals"]):
        raise Problem(f"{path.name}, '{name}': {wanted['reveals']!r} is not a misconception of the syllabus.")
    exact = wanted.get("earns")
    return Expectation(
        wanted["recipe"],
        _share(path, name, exact or wanted.get("at_least", "0%")),
        _share(path, name, exact or wanted.get("at_most", "100%")),
        _share(path, name, wanted.get("on_average", "100%")),
        wanted.get("part"),
        wanted.get("says"),
        wanted.get("reveals"),
    )


def _share(path: Path, name: str, text: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)%", str(text))
    if not match:
        raise Problem(f"{path.name}, '{name}': write a share like 60%, not {text!r}.")
    return float(match[1]) / 100


def _recipe(exercise: Exercise, task_name: str, recipe: str) -> Callable:
    module = import_module(f"cslearn.exercises.personas.{exercise.name.replace('-', '_')}")
    name = f"{task_name.replace('-', '_')}_{recipe}"
    if not hasattr(module, name):
        raise Problem(
            f"{exercise.name}.personas.yml asks for the recipe '{recipe}', but {Path(module.__file__).name} has no {name}()."
        )
    return getattr(module, name)


@dataclass
class Figure:
    """What one persona earned for one task over all seeds, as shares."""

    persona: str
    task: str
    part: str | None
    lowest: float
    mean: float
    highest: float


@dataclass
class Proof:
    """The outcome of :func:`prove`: figures for each persona, and every fault found, as sentences."""

    exercise: str
    seeds: int
    figures: list[Figure] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The figures as a table, then the faults, or that there are none."""
        yield f"{self.exercise}: {self.seeds} cases"
        yield f"  {'persona':34} {'task':14} {'part':11} {'lowest':>7} {'mean':>7} {'highest':>7}"
        for f in self.figures:
            yield f"  {f.persona:34} {f.task:14} {f.part or '(all)':11} {f.lowest:7.1%} {f.mean:7.1%} {f.highest:7.1%}"
        yield from (f"  fault: {fault}" for fault in self.faults)
        yield f"  {len(self.faults)} faults" if self.faults else "  every persona earns what it must"


def prove(name: Exercise | str, seeds: int = 200) -> Proof:
    """Proves an exercise: starter 0, solution full, every persona within its bounds on practice cases 0 to ``seeds`` - 1.

    Faults come back as sentences in the :class:`Proof`; a file that cannot be read raises
    :class:`Problem`.
    """
    exercise = files.read(name) if isinstance(name, str) else name
    proof = Proof(exercise.name, seeds)
    proof.faults += _own_faults(exercise)
    cast = personas(exercise)
    proof.faults += _missing_cast(exercise, cast)
    plays = [_Play(persona, name, expected) for persona in cast for name, expected in persona.expected.items()]
    # Case by case, not persona by persona: a case's tables are drawn once, and only one case's are held.
    for number in range(seeds):
        one = case(exercise.name, practice=number)
        for play in plays:
            play.on(number, one)
    for play in plays:
        proof.figures.append(play.figure())
        proof.faults += play.all_faults()
    return proof


def _own_faults(exercise: Exercise) -> Iterator[str]:
    """Solution full, starter nothing, nothing of the tutor's in the release."""
    from cslearn.exercises import notebooks

    book = case(exercise.name)
    released = "\n".join(cell.source for cell in notebooks.release(exercise).cells)
    for cell in exercise.cells:
        if "answer" not in cell.metadata:
            continue
        task = exercise.task(cell.metadata["answer"])
        solution: dict = {}
        exec(compile(cell.source, f"{exercise.name}:{task.name}", "exec"), solution)  # the author's own file
        award = mark_answer(exercise, task.name, solution.get(task.variable), book)
        if award.marks != task.marks:
            lost = next((p.sentence for p in award.parts if p.marks < p.maximum), "its cell does not set the answer")
            yield f"{task.id}: the solution earns {award.marks:g} of {task.marks:g} ({lost})"
        if mark_answer(exercise, task.name, answers.blank(task.schema), book).marks != 0:
            yield f"{task.id}: the starter earns marks"
        unknown = set(task.checks) - {part.name for part in award.parts}
        if unknown:
            yield f"{task.id}: `checks` names {min(unknown)!r}, which the rule has no part for"
    for task in exercise.tasks:
        if task.award == "auto":
            rule(exercise.name, task.name)
        elif not task.model_answer.strip():
            yield f"{task.id}: a model answer is missing"
        elif task.model_answer.strip()[:60] in released:
            yield f"{task.id}: the model answer stands in the release"


def _missing_cast(exercise: Exercise, cast: list[Persona]) -> Iterator[str]:
    for task in exercise.tasks:
        recipes = {p.expected[task.name].recipe for p in cast if task.name in p.expected}
        for needed in ("expert", "blank", "random", "tick_everything", "minimal"):
            if task.award == "auto" and needed not in recipes:
                yield f"{task.id}: no persona plays '{needed}'"


class _Play:
    """One persona's answers to one task, on one case after another."""

    def __init__(self, persona: Persona, task_name: str, expected: Expectation):
        self.persona, self.task_name, self.expected = persona, task_name, expected
        self.task = persona.exercise.task(task_name)
        self.shares: list[float] = []
        self.faults: list[str] = []
        self.stopped = False

    def on(self, number: int, one: Case) -> None:
        """Plays practice case ``number``; after three faults, or without the part, nothing more."""
        if self.stopped:
            return
        persona, expected, faults = self.persona, self.expected, self.faults
        answer = persona.answer(self.task_name, one, random.Random(number))
        award = mark_answer(persona.exercise, self.task_name, answer, one)
        where = f"{persona.name}, {self.task.id}, practice case {number}"
        marks, maximum = award.marks, award.maximum
        if expected.part:
            part = next((p for p in award.parts if p.name == expected.part), None)
            if part is None:
                faults.append(f"{where}: there is no part '{expected.part}'")
                self.stopped = True
                return
            marks, maximum = part.marks, part.maximum
        share = marks / maximum
        self.shares.append(share)
        said = " ".join((*award.notes, *(p.sentence for p in award.parts)))
        if expected.says and not re.search(expected.says, said):
            faults.append(f"{where}: was not told '{expected.says}', but: {said}")
        if expected.reveals and expected.reveals not in award.misconceptions:
            faults.append(f"{where}: {expected.reveals} was not noticed")
        if not expected.lowest - 1e-9 <= share <= expected.highest + 1e-9:
            lost = "; ".join(f"{p.name} {p.marks:.3g}/{p.maximum:g}: {p.sentence}" for p in award.parts)
            faults.append(f"{where}: earns {share:.1%}, not {expected.lowest:.0%} to {expected.highest:.0%} ({lost})")
        if len(faults) >= 3:
            faults.append(f"{persona.name}, {self.task.id}: more of the same was not listed")
            self.stopped = True

    @property
    def mean(self) -> float:
        return sum(self.shares) / max(1, len(self.shares))

    def figure(self) -> Figure:
        """What the persona earned, as shares of the marks."""
        lowest, highest = min(self.shares, default=0), max(self.shares, default=0)
        return Figure(self.persona.name, self.task_name, self.expected.part, lowest, self.mean, highest)

    def all_faults(self) -> list[str]:
        """Everything that was not as expected, the mean included."""
        if self.mean > self.expected.mean:
            more = f"earns {self.mean:.1%} on average, more than {self.expected.mean:.0%}"
            return [*self.faults, f"{self.persona.name}, {self.task.id}: {more}"]
        return self.faults
