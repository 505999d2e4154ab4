"""Standard answers: for each written task one answer at every level, with why it earns that level and no more.

Tutors mark them to bring their standards together. ``exercises/<name>.standards.yml`` holds
the lower levels; the highest is the task's model answer, so that it is said once. Like the
personas, the file stays in the checkout: no notebook, no release and no wheel carries it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cslearn import strict_yaml
from cslearn.exercises import exercise as files
from cslearn.exercises.exercise import Exercise, Task
from cslearn.problem import Problem

SUFFIX = ".standards.yml"
_KEYS = {"level", "marks", "text", "why", "not_higher"}


@dataclass(frozen=True)
class StandardAnswer:
    """One answer to a written task, as a learner would hand it in, with the level that it earns.

    ``level`` is the range of marks as the task's levels name it ("4-5"), ``place`` its place
    among them from 1, the lowest. ``says`` is what the level asks for, in the learner's words of
    the mark scheme. ``marks`` lies within the range. ``why`` says why this level, and
    ``not_higher`` why not the next one; it is empty at the highest.
    """

    task: str
    place: int
    level: str
    says: str
    marks: float
    text: str
    why: str
    not_higher: str = ""


def standards(exercise: Exercise | str) -> dict[str, tuple[StandardAnswer, ...]]:
    """The standard answers of an exercise: for each written task one a level, from the lowest to the highest.

    Raises :class:`Problem` with the file, the task and what to do, if the file is missing or broken, if a
    level is left out or named twice, if marks lie outside their level, if an answer has not the length
    that the task asks for, or if two answers are the same.
    """
    import yaml

    exercise = files.read(exercise) if isinstance(exercise, str) else exercise
    path = (exercise.path or files.FOLDER / f"{exercise.name}.md").with_suffix(SUFFIX)
    if not path.is_file():
        raise Problem(f"{path.name} is missing; write one answer at each level for each written task.")
    try:
        listed = strict_yaml.load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as why:
        raise Problem(f"{path.name}: its YAML is broken ({' '.join(str(why).split())[:160]}).") from why
    if not isinstance(listed, list) or not all(
        isinstance(entry, Mapping) and set(entry) == {"task", "answers"} for entry in listed
    ):
        raise Problem(f"{path.name} must be a list; each entry has a task and its answers.")
    found: dict[str, tuple[StandardAnswer, ...]] = {}
    for entry in listed:
        task = exercise.task(entry["task"])
        if task.award != "tutor":
            raise Problem(f"{path.name}, task '{task.name}': the rules mark it; it has no levels.")
        if task.name in found:
            raise Problem(f"{path.name}: task '{task.name}' is there twice; put its answers together.")
        found[task.name] = _answers(path, task, entry["answers"])
    missing = [task.name for task in exercise.tasks if task.award == "tutor" and task.name not in found]
    if missing:
        raise Problem(f"{path.name}: task '{missing[0]}' is missing; write one answer at each of its levels.")
    return found


def _answers(path: Path, task: Task, listed: object) -> tuple[StandardAnswer, ...]:
    where = f"{path.name}, task '{task.name}'"
    if not isinstance(listed, list) or not all(isinstance(entry, Mapping) for entry in listed):
        raise Problem(f"{where}: its answers must be a list, from the lowest level to the highest.")
    levels = [str(level["marks"]) for level in task.levels]
    named = [str(entry.get("level")) for entry in listed]
    if named != levels:
        raise Problem(f"{where}: give one answer a level, in this order: {', '.join(levels)}; not {', '.join(named)}.")
    answers = tuple(
        _answer(f"{where}, level {level['marks']}", task, place, level, entry)
        for place, (level, entry) in enumerate(zip(task.levels, listed, strict=True), start=1)
    )
    if len({" ".join(answer.text.split()) for answer in answers}) < len(answers):
        raise Problem(f"{where}: two of its answers are the same; every level needs a text of its own.")
    return answers


def _answer(where: str, task: Task, place: int, level: Mapping, entry: Mapping) -> StandardAnswer:
    highest = place == len(task.levels)
    unknown = set(entry) - _KEYS
    if unknown:
        raise Problem(f"{where}: {min(unknown)!r} is not known here; remove it or correct its spelling.")
    needs = ("why",) if highest else ("text", "why", "not_higher")
    empty = [key for key in needs if not str(entry.get(key) or "").strip()]
    if empty:
        raise Problem(f"{where}: add {' and '.join(empty)}.")
    if highest and (entry.get("text") or entry.get("not_higher")):
        raise Problem(f"{where}: its text is the task's model answer, and no level lies above it; leave both out.")
    marks = entry.get("marks")
    ends = [float(end) for end in re.findall(r"[\d.]+", str(level["marks"]))]
    low, high = ends[0], ends[-1]
    if isinstance(marks, bool) or not isinstance(marks, int | float) or not low <= marks <= high:
        raise Problem(f"{where}: its marks must lie within the level, but they are {marks!r}.")
    text = task.model_answer if highest else str(entry["text"])
    words = len(text.split())
    if task.words and not task.words[0] <= words <= task.words[1]:
        raise Problem(
            f"{where}: its text has {words} words, and the task asks for {task.words[0]} to {task.words[1]}."
            " A tutor should judge what it says, and not its length."
        )
    one_line = {key: " ".join(str(entry.get(key) or "").split()) for key in ("why", "not_higher")}
    return StandardAnswer(
        task.name, place, str(level["marks"]), str(level["says"]), float(marks), text.strip(), **one_line
    )
