"""The directive {standards}: for each written task answers at every level, to be marked blind and then compared.

Made from `exercises/<name>.standards.yml` when the book is built. Each task is folded up, and
in it the level of each answer is folded up once more, so that a tutor can mark before looking.
The answers stand in an order of their own, which says nothing about their level.
"""

from __future__ import annotations

import hashlib
import re
from itertools import permutations
from pathlib import Path

from docutils import nodes

from cslearn import syllabus
from cslearn.exercises import exercise as files
from cslearn.exercises.exercise import Exercise, Task
from cslearn.exercises.standards import SUFFIX, StandardAnswer, standards
from cslearn.site.inline import BookDirective, attribute, html

LETTERS = "ABCDEFGH"


def mixed(answers: tuple[StandardAnswer, ...]) -> list[tuple[str, StandardAnswer]]:
    """The answers with a letter each, in an order that is always the same and neither rises nor falls."""
    rising = tuple(range(len(answers)))
    orders = [order for order in permutations(rising) if order not in (rising, rising[::-1])] or [rising]
    drawn = int(hashlib.sha256(answers[-1].text.encode()).hexdigest(), 16)
    return [(LETTERS[n], answers[place]) for n, place in enumerate(orders[drawn % len(orders)])]


def in_order_of_points() -> list[Exercise]:
    """The exercises with a written task, in the order of the marking points."""
    order = [task.id for task in syllabus.tasks()]
    found = [exercise for exercise in map(files.read, files.available()) if _written(exercise)]
    return sorted(found, key=lambda exercise: order.index(exercise.tasks[0].id))


def _written(exercise: Exercise) -> list[Task]:
    return [task for task in exercise.tasks if task.award == "tutor"]


class Standards(BookDirective):
    """`{standards}`: a section for each exercise that has a written task."""

    def run(self) -> list[nodes.Node]:
        return [self.section(exercise) for exercise in in_order_of_points()]

    def section(self, exercise: Exercise) -> nodes.section:
        for path in (exercise.path, exercise.path.with_suffix(SUFFIX)):
            self.env.note_dependency(str(path))
        answers = standards(exercise)
        section = nodes.section(ids=[f"answers-{exercise.name}"], names=[f"answers-{exercise.name}"])
        section += nodes.title("", f"{exercise.point}: {exercise.title}")
        self.state.document.note_implicit_target(section)
        page = Path(self.env.srcdir, "assessment", f"{exercise.name}.md")
        for task in _written(exercise):
            if page.is_file():
                section += self.blocks(
                    f"The task is on [its own page](../assessment/{exercise.name}.md), with all that the learner sees.",
                    exercise.path.name,
                )
            section += html(task_of(task, mixed(answers[task.name])))
        return section


def task_of(task: Task, answers: list[tuple[str, StandardAnswer]]) -> str:
    """One task: its levels as a table, and its answers, each with its level folded up."""
    length = f", {task.words[0]} to {task.words[1]} words" if task.words else ""
    levels = "".join(
        f'<tr><th scope="row">{attribute(_said(level["marks"]))}</th><td>{attribute(str(level["says"]))}</td></tr>'
        for level in task.levels
    )
    return (
        f'<details class="standard-answers"><summary>{attribute(task.id)}, {attribute(task.title)}: {len(answers)} answers</summary>'
        f"<table><caption>What each level asks for ({task.marks:g} marks{length})</caption>"
        f'<thead><tr><th scope="col">Marks</th><th scope="col">The answer</th></tr></thead><tbody>{levels}</tbody></table>'
        + "".join(_answer(task, letter, answer) for letter, answer in answers)
        + "</details>"
    )


def _answer(task: Task, letter: str, answer: StandardAnswer) -> str:
    called = f"{task.id}, answer {letter}"
    paragraphs = "".join(
        f"<p>{'<br>'.join(_bold(attribute(line)) for line in paragraph.splitlines())}</p>"
        for paragraph in answer.text.split("\n\n")
    )
    higher = f"<p><strong>Why not higher:</strong> {_curly(answer.not_higher)}</p>" if answer.not_higher else ""
    own = " This is the task's model answer." if answer.place == len(task.levels) else ""
    return (
        f'<h3 id="{attribute(f"{task.id}-{letter}".lower().replace(".", "-"))}">{attribute(called)}</h3>'
        f"<blockquote>{paragraphs}</blockquote>"
        f'<details><summary>Level of answer {letter}<span class="visually-hidden"> to {attribute(task.id)}</span></summary>'
        f"<p><strong>Level {answer.place} of {len(task.levels)}</strong> ({attribute(_said(answer.level))} marks); we give"
        f" <strong>{answer.marks:g}</strong>.{own}</p>"
        f"<p><strong>Why this level:</strong> {_curly(answer.why)}</p>{higher}</details>"
    )


def _said(level: object) -> str:
    return str(level).replace("-", " to ")


def _bold(escaped: str) -> str:
    """The one mark that learners' texts use: words between pairs of asterisks are bold."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escaped)


def _curly(text: str) -> str:
    """Quotation marks as the rest of the page has them."""
    parts = text.split('"')
    return "".join(
        attribute(part) + ("" if n == len(parts) - 1 else "“" if n % 2 == 0 else "”") for n, part in enumerate(parts)
    )
