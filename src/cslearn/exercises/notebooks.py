"""The notebooks of an exercise: the tutor's source and the learner's release.

Both follow nbgrader's cell metadata (schema version 3), so that stock nbgrader can mark
them. Every cell's id is the same as its nbgrader grade id: marks still find their cell
when another tool has stripped the metadata.
"""

import hashlib
from typing import TYPE_CHECKING

from cslearn.exercises import answers
from cslearn.exercises.exercise import Exercise, Task
from cslearn.problem import Problem

if TYPE_CHECKING:
    from nbformat import NotebookNode

# What takes the place of a solution in the release; nbgrader_config.py says the same to
# nbgrader, whose own stub raises an error that no learner should meet.
CODE_STUB = "# Replace each None above with your own entry."
TEXT_STUB = "Write your answer here, in your own words."
_BEGIN, _END = "### BEGIN SOLUTION", "### END SOLUTION"


def source(exercise: Exercise) -> "NotebookNode":
    """The notebook with solutions, in the form that ``nbgrader generate_assignment`` reads."""
    return _notebook(exercise, solved=True)


def release(exercise: Exercise) -> "NotebookNode":
    """The notebook that learners get: starters instead of solutions, checks locked."""
    return _notebook(exercise, solved=False)


def _notebook(exercise: Exercise, solved: bool) -> "NotebookNode":
    from nbformat import v4

    if not exercise.cells:
        raise Problem(
            f"The published form of '{exercise.name}' has no cells; read the exercise's file to make its notebooks."
        )
    tasks = {task.name: task for task in exercise.tasks}
    cells, texts = [], 0
    for cell in exercise.cells:
        meta = cell.metadata
        if cell.cell_type == "raw" and "task" in meta:
            task = tasks[meta["task"]]
            cells.append(_cell(v4.new_markdown_cell, f"{task.name}-hand-in", _hand_in(task)))
        elif "answer" in meta:
            task = tasks[meta["answer"]]
            starter = f"{task.variable} = {answers.literal(answers.blank(task.schema))}"
            body = f"{_BEGIN}\n{_solution(cell.source)}\n{_END}" if solved else CODE_STUB
            made = _cell(v4.new_code_cell, f"{task.name}-answer", f"{starter}\n{body}", "answer", task.name)
            cells.append(_nbgrader(made, solution=True))
        elif "check" in meta:
            task = tasks[meta["check"]]
            made = _cell(v4.new_code_cell, task.name, cell.source, "check", task.name)
            cells.append(_nbgrader(made, grade=True, locked=True, points=task.marks))
        elif "written" in meta:
            task = tasks[meta["written"]]
            text = f"{_BEGIN}\n{task.model_answer.strip()}\n{_END}" if solved else TEXT_STUB
            made = _cell(v4.new_markdown_cell, task.name, text, "written", task.name)
            cells.append(_nbgrader(made, grade=True, solution=True, points=task.marks))
        elif "role" in meta:
            made = _cell(v4.new_code_cell, meta["role"].replace("_", "-"), cell.source, meta["role"])
            # An exercise may show data more than once: data, data-2 and so on.
            given = meta["role"] == "set-up" or meta["role"].startswith("data")
            cells.append(_nbgrader(made, locked=True) if given else made)
        else:
            texts += 1
            new = v4.new_markdown_cell if cell.cell_type == "markdown" else v4.new_code_cell
            cells.append(_cell(new, f"text-{texts}" if cell.cell_type == "markdown" else f"code-{texts}", cell.source))
    ids = [cell.id for cell in cells]
    for id in ids:
        if ids.count(id) > 1:
            raise Problem(
                f"Exercise '{exercise.name}' has two cells that would both be called '{id}'; give one another role or task."
            )
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})
    notebook.nbformat_minor = 5
    if not solved:
        for cell in cells:
            if "nbgrader" in cell.metadata:
                _seal(cell)
    return notebook


def _solution(text: str) -> str:
    return "\n".join(line for line in text.strip().splitlines() if line.strip() not in (_BEGIN, _END))


def _hand_in(task: Task) -> str:
    lines = [f"**{task.id} {task.title}: {task.marks:g} marks**, for marking point {task.point}."]
    if task.award == "tutor":
        lines += ["", "Your tutor marks this task.", "", "| marks | what the answer shows |", "|---|---|"]
        lines += [f"| {level['marks']} | {level['says']} |" for level in task.levels]
    else:
        lines += ["", "| entry | what it is | kind | choices |", "|---|---|---|---|"]
        for fields in answers.grouped(answers.describe(task.schema)):
            first = fields[0]
            names = [f"`{first.path}`", *(f"`{f.path.rpartition(answers.STEP)[2]}`" for f in fields[1:])]
            said = [f"{f.label}. {f.help}".rstrip(". ") for f in fields]
            choices = "; ".join(f"`{value}` {name}".strip() for value, name in first.choices)
            lines.append(f"| {', '.join(names)} | {', '.join(said)} | {first.kind} | {choices} |")
    lines += [""] + [
        f"<details><summary>Hint {n}</summary>\n\n{hint.strip()}\n\n</details>\n"
        for n, hint in enumerate(task.hints, 1)
    ]
    return "\n".join(lines).strip()


def _cell(new, id: str, text: str, role: str | None = None, task: str | None = None):
    cell = new(text)
    cell.id = id
    if role:
        cell.metadata["cslearn"] = {"role": role, **({"task": task} if task else {})}
    return cell


def _nbgrader(cell, *, grade=False, solution=False, locked=False, points=None):
    data = {
        "grade": grade,
        "grade_id": cell.id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        # A page writes the notebook anew in JavaScript, which has no 7.0.
        data["points"] = int(points) if float(points).is_integer() else points
    cell.metadata["nbgrader"] = data
    return cell


def _seal(cell) -> None:
    """The locks and the checksum that nbgrader's release step adds; a test compares them with nbgrader's."""
    data = cell.metadata["nbgrader"]
    # nbgrader counts a cell that is marked but not written in as locked, whatever it says.
    locked = not data["solution"] and (data["grade"] or data["locked"])
    cell.metadata["deletable"] = False
    if locked:
        cell.metadata["editable"] = False
    said = [cell.source, cell.cell_type, str(data["grade"]), str(data["solution"]), str(locked), data["grade_id"]]
    if data["grade"]:
        said.append(str(float(data["points"])))
    data["checksum"] = hashlib.md5("".join(said).encode(), usedforsecurity=False).hexdigest()
    data["cell_type"] = cell.cell_type
