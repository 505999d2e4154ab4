"""Read a page's quiz file, and all of them as one bank of questions. No Sphinx here: other tools read quizzes too."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from cslearn import strict_yaml, syllabus
from cslearn.problem import Problem

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Option:
    """One answer to choose, whether it is right, and why it is or is not."""

    text: str
    because: str
    right: bool = False
    misconception: str | None = None

    @property
    def key(self) -> str:
        """Names the option in a learner's browser: the same as long as its text is,
        so that a kept answer never moves to another option when the order changes."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Question:
    """One question; `kind` is "one" right option or "many"."""

    id: str
    ask: str
    options: tuple[Option, ...]
    kind: str = "one"
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quiz:
    """What stands in one `.quiz.yml` file."""

    path: Path
    questions: tuple[Question, ...] = ()
    prediction: Question | None = None

    @property
    def checks(self) -> frozenset[str]:
        """Every inventory and misconception id that the file checks."""
        asked = (*self.questions, *([self.prediction] if self.prediction else []))
        return frozenset(id for question in asked for id in question.checks) | frozenset(
            option.misconception for question in asked for option in question.options if option.misconception
        )


@dataclass(frozen=True)
class Asked:
    """A question of the bank, with the page that asks it: its id in the syllabus, its title, and its place in the book."""

    page: str
    title: str
    place: str
    """As a link from the site's top has it, without an ending: ``measuring/servqual``."""
    question: Question

    @property
    def id(self) -> str:
        """Names the question in the whole bank: ``2.4:sign``."""
        return f"{self.page}:{self.question.id}"


def bank(root: str | Path) -> tuple[Asked, ...]:
    """Every quiz question of the book in the repository at ``root``, in the order of the table of contents.

    A page's prediction is not among them: it is asked before the page is read. Raises
    Problem for a quiz that cannot be read, as :func:`read` does, and for one beside a page
    that has no id of the syllabus, so that no question gets lost.
    """
    titles = {page.id: page.title for page in syllabus.pages()}
    found = []
    for page in syllabus.pages_in_book(Path(root)):
        if not page.quiz.is_file():
            continue
        if page.id not in titles:
            raise Problem(
                f"{page.file} has a quiz and no page id of the syllabus. Write page under cslearn in its front matter."
            )
        place = page.file.removeprefix("book/").removesuffix(".md")
        found += [Asked(page.id, titles[page.id], place, question) for question in read(page.quiz).questions]
    return tuple(found)


def read(path: str | Path) -> Quiz:
    """The quiz in a file. Raises Problem naming the file, the question and what to write."""
    path = Path(path)
    try:
        raw = strict_yaml.load(path.read_text(encoding="utf8"))
    except FileNotFoundError:
        raise Problem(f"{path} does not exist: a quiz file stands beside its page.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise Problem(f"{path}{line} is not valid YAML: {getattr(error, 'problem', error)}.") from None
    _known(raw, {"questions", "prediction"}, f"{path}")
    questions = tuple(
        _question(item, f"{path}, question {n}") for n, item in enumerate(_list(raw, "questions", f"{path}"), 1)
    )
    prediction = raw.get("prediction")
    quiz = Quiz(
        path,
        questions,
        _question({"id": "prediction", **prediction}, f"{path}, the prediction", prediction=True)
        if isinstance(prediction, dict)
        else None,
    )
    if prediction is not None and quiz.prediction is None:
        raise Problem(f"{path}, the prediction: write ask and options under it.")
    if not questions and not prediction:
        raise Problem(f"{path} has neither a prediction nor questions: add one.")
    ids = [question.id for question in questions] + (["prediction"] if prediction else [])
    for id in ids:
        if ids.count(id) > 1:
            raise Problem(f"{path}: the id {id!r} stands twice; learners' answers are kept under it, so rename one.")
    return quiz


def _question(raw: Any, where: str, *, prediction: bool = False) -> Question:
    _known(raw, {"id", "ask", "kind", "options", "checks"}, where)
    id = _text(raw, "id", where)
    if not prediction:
        where = f"{where} ({id})"
    if not SLUG.fullmatch(id):
        raise Problem(f"{where}: the id may hold small letters, figures and hyphens only.")
    kind = raw.get("kind", "one")
    if kind not in ("one", "many"):
        raise Problem(f"{where}: kind is {kind!r}; write one or many.")
    if prediction and kind != "one":
        raise Problem(f"{where}: a prediction commits to one option; leave kind out.")
    options = tuple(_option(item, f"{where}, option {n}") for n, item in enumerate(_list(raw, "options", where), 1))
    if len(options) < 2:
        raise Problem(f"{where}: give at least two options.")
    if len({option.text for option in options}) < len(options):
        raise Problem(f"{where}: two options have the same text; a learner could not tell them apart.")
    right = sum(option.right for option in options)
    if kind == "one" and right != 1 and not (prediction and right == 0):
        raise Problem(
            f"{where}: {right} options are marked right; mark exactly one with right: true, or write kind: many."
        )
    if kind == "many" and right == 0:
        raise Problem(f"{where}: no option is right; mark those that are with right: true.")
    checks = tuple(str(check) for check in _list(raw, "checks", where))
    return Question(id, _text(raw, "ask", where), options, kind, checks)


def _option(raw: Any, where: str) -> Option:
    _known(raw, {"text", "right", "because", "misconception"}, where)
    right = raw.get("right", False)
    if not isinstance(right, bool):
        raise Problem(f"{where}: right is {right!r}; write true or false.")
    misconception = raw.get("misconception")
    if right and misconception:
        raise Problem(f"{where}: a right option cannot show the misconception {misconception}.")
    return Option(_text(raw, "text", where), _text(raw, "because", where), right, misconception)


def _known(raw: Any, keys: set[str], where: str) -> None:
    if not isinstance(raw, dict):
        raise Problem(f"{where}: write it as keys with values ({', '.join(sorted(keys))}).")
    if unknown := sorted(map(str, set(raw) - keys)):
        raise Problem(f"{where}: {', '.join(unknown)} is not known here; the keys are {', '.join(sorted(keys))}.")


def _list(raw: dict, key: str, where: str) -> list:
    value = raw.get(key) or []
    if not isinstance(value, list):
        raise Problem(f"{where}: {key} is not a list; begin each item with a hyphen.")
    return value


def _text(raw: dict, key: str, where: str) -> str:
    """The text under a key. A figure or true/false is taken as it is written."""
    value = raw.get(key)
    if isinstance(value, bool):
        raise Problem(f"{where}: {key} reads as true or false; put it in quotation marks.")
    text = "" if value is None else str(value).strip()
    if not text:
        missing = "Every option needs its own explanation: write because." if key == "because" else f"write {key}."
        raise Problem(f"{where}: {key} is missing. {missing}")
    return text
