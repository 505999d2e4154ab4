"""Learning the answers of a notebook that holds code: it is run in the sandbox, and its answers come out as plain data.

The order is that of the released notebook, so a cell that was moved still runs in its
place, and set-up cells are always the released ones. Check cells are not run: what an
answer is worth is worked out afterwards, outside, from what the answer's variable held
where its check stands, as stock nbgrader would have seen it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cslearn.marking.literals import Refused, Value, read_answer
from cslearn.marking.reading import Released, ReleasedCell, Submission
from cslearn.marking.sandbox import Limits, Ran, Sandbox

_MAX_SAID = 5
_CODE = "learner_code"


@dataclass(frozen=True)
class Cell:
    """One cell to run: where its outputs belong, what to call it, and the task it answers."""

    key: str
    name: str
    source: str
    task: str = ""


def answered(box: Sandbox, submission: Submission, released: Released, limits: Limits = Limits()) -> Submission:  # noqa: B008
    """The submission with the answers that running it gave, and with what was said on the way."""
    cells, checks = _plan(submission, released)
    variables = [cell.variable for cell in released.answers.values()]
    ran = box.run([cell.source for cell in cells], [*variables, _CODE], limits)
    answers: dict[str, Value | Refused] = {}
    for task, target in released.answers.items():
        answers[task] = _answer(target, submission, cells, ran, checks.get(task, len(cells)))
    code = _last(ran, _CODE, len(cells))
    return replace(
        submission,
        answers=answers,
        untouched=submission.untouched
        - {task for task, target in released.answers.items() if _filled(target, answers)},
        learner_code=submission.learner_code if not (code and isinstance(code.value, str)) else code.value,
        ran=tuple(told(cells, ran, limits)),
        outputs={cells[step.at].key: step.outputs for step in ran.steps},
    )


def _plan(submission: Submission, released: Released) -> tuple[list[Cell], dict[str, int]]:
    """The cells to run, in order, and before which of them each task's check stands."""
    own: dict[str, list[Cell]] = {}
    for number, extra in enumerate(submission.extras):
        if extra.kind == "code":
            own.setdefault(extra.behind, []).append(Cell(f"extra-{number}", "an extra cell", extra.source))
    cells = own.pop("", [])
    checks: dict[str, int] = {}
    for target in released.cells:
        if target.role == "check":
            checks[target.task] = len(cells)
        elif target.kind == "code" and (target.role != "answer" or target.id in submission.sources):
            source = target.source if target.locked else submission.sources.get(target.id, target.source)
            name = f"the answer cell of {target.task}" if target.role == "answer" else f"the cell {target.id}"
            cells.append(Cell(target.id, name, source, target.task if target.role == "answer" else ""))
        cells += own.pop(target.id, [])
    return cells, checks


def _last(ran: Ran, variable: str, before: int) -> Value | None:
    """What a variable held before the cell with this number."""
    held = None
    for step in ran.steps:
        if step.at >= before:
            break
        if variable in step.gone:
            held = None
        if variable in step.answers:
            held = Value(step.answers[variable])
    return held


def _answer(
    target: ReleasedCell, submission: Submission, cells: Sequence[Cell], ran: Ran, check: int
) -> Value | Refused:
    typed = submission.answers.get(target.task)
    place = next((number for number, cell in enumerate(cells) if cell.task == target.task), None)
    if place is None or place < len(ran.steps):
        held = _last(ran, target.variable, check)
        if held is not None:
            return held
    # The notebook ended before this cell. What the learner typed there as plain data still stands.
    elif isinstance(typed, Value):
        return typed
    if isinstance(typed, Refused):
        return typed
    if place is not None and place >= len(ran.steps):
        return Refused(f"Your notebook was stopped before there was an answer in {target.variable}. {ENDED[ran.ended]}")
    for step in ran.steps:
        if step.at == place:
            for output in step.outputs:
                if output["output_type"] == "error":
                    return Refused(
                        f"Your answer cell stopped before there was anything in {target.variable} "
                        f"({output['ename']}: {output['evalue']})."
                    )
    return Refused(f"Your answer is not in the variable {target.variable}; begin the cell with `{target.variable} =`.")


ENDED = {
    "finished": "",
    "late": "It took too long.",
    "killed": "Python was ended from inside it, or used up its memory or time.",
    "forged": "It sent what a notebook does not send.",
    "too large": "It is too long to be run.",
}


def _filled(target: ReleasedCell, answers: dict[str, Value | Refused]) -> bool:
    """Whether the answer differs from the starter, wherever it was filled in."""
    starter = read_answer(target.source, target.variable)
    found = answers[target.task]
    return isinstance(found, Value) and isinstance(starter, Value) and found.value != starter.value


def told(cells: Sequence[Cell], ran: Ran, limits: Limits) -> list[str]:
    """What the tutor should know about the run."""
    said = ["The notebook holds code; it was run in the sandbox."]
    errors = [
        f"Run in the sandbox, {cells[step.at].name} stopped: {output['ename']}: {output['evalue'][:200]}"
        for step in ran.steps
        for output in step.outputs
        if output["output_type"] == "error"
    ]
    said += errors[:_MAX_SAID]
    if len(errors) > _MAX_SAID:
        said.append(f"{len(errors) - _MAX_SAID} more cells stopped with an error.")
    if not ran.finished:
        at = len(ran.steps)
        where = f" in {cells[at].name}" if at < len(cells) and ran.ended != "too large" else ""
        limit = f" The limit is {limits.notebook:g} seconds." if ran.ended == "late" else ""
        said.append(f"The run ended early{where}. {ENDED[ran.ended]}{limit} Answers given before it count.")
    return said
