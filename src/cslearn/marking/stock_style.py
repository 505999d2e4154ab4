"""Assignments of a tutor's own in nbgrader's style: tests in the notebook, run in the sandbox, marked as nbgrader marks.

Here the learner's interpreter decides: a test stands beside the code that it tests, so that code can
forge what the test shows. The walls hold, and the mark is only as good as the learner is honest. LABEL says so.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cslearn.exercises.exercise import Exercise, Task, available
from cslearn.marking.classroom import Classroom
from cslearn.marking.reading import MAX_WRITTEN, Released, ReleasedCell, Submission, read_released
from cslearn.marking.running import ENDED, Cell, told
from cslearn.marking.sandbox import Limits, Ran, Sandbox
from cslearn.problem import Problem

LABEL = "in-notebook tests: can be forged"
# nbgrader knows no such error: it gives up on the whole notebook.
_NOT_RUN = "NotRun"


@dataclass(frozen=True)
class SourceCell:
    """One of nbgrader's cells as its gradebook keeps it: hidden tests and all."""

    kind: str
    locked: bool
    source: str = field(repr=False)
    checksum: str


@dataclass(frozen=True)
class Scored:
    """What one graded cell earned. No score: a person has to say. ``why`` is the learner's, ``note`` the tutor's."""

    score: float | None
    maximum: float
    why: str = ""
    note: str = ""
    error: str = ""


def is_stock_style(exercise: Exercise) -> bool:
    """Whether it is a tutor's own: every exercise of the course has its marking point."""
    return not exercise.point


def own_names(classroom: Classroom) -> list[str]:
    """The assignments that this class has besides the course's exercises."""
    ours = set(available())
    found = (classroom.root / "release").glob("*/*.ipynb")
    return sorted({path.stem for path in found if path.stem == path.parent.name} - ours)


def read_own(classroom: Classroom, name: str) -> Exercise:
    """A released assignment of the tutor's own; a task stands for each cell that has marks."""
    path = classroom.released(name)
    others = [other.name for other in path.parent.glob("*.ipynb") if other != path]
    if others:
        raise Problem(f"{name} has more than one notebook ({others[0]}); the marker takes assignments with one.")
    released = read_released(path, name)
    tasks = []
    for cell in released.cells:
        grading = cell.raw["metadata"].get("nbgrader", {})
        if not (grading.get("grade") or grading.get("task")):
            continue
        title = grading["grade_id"]
        tasks.append(
            Task(
                name=title,
                id=f"Q{len(tasks) + 1}",
                title=title,
                point="",
                marks=float(grading["points"]),
                award="auto" if _is_test(cell) else "tutor",
            )
        )
    if not tasks:
        raise Problem(
            f"{name} has no cell with marks; give marks to its tests in nbgrader's bar, and release it again."
        )
    return Exercise(name=name, title=name, point="", tasks=tuple(tasks))


def _is_test(cell: ReleasedCell) -> bool:
    return cell.role == "check" and cell.kind == "code"


def examined(
    box: Sandbox,
    submission: Submission,
    released: Released,
    sources: Mapping[str, SourceCell],
    limits: Limits = Limits(),  # noqa: B008
) -> tuple[Submission, dict[str, Scored]]:
    """The submission with what running it showed, and the score of each graded cell.

    Locked cells are the gradebook's, as nbgrader's OverwriteCells has it. A test goes into the sandbox
    when its turn comes, so no cell before it can read it.
    """
    cells, held = _plan(submission, released, sources)
    ran = box.run([cell.source for cell in cells], [], limits, held)
    shown = {cells[step.at].key: step.outputs for step in ran.steps}
    scored = {}
    for cell in released.cells:
        grading = cell.raw["metadata"].get("nbgrader", {})
        if grading.get("task"):
            scored[cell.task or cell.id] = Scored(None, float(grading["points"]))
        elif grading.get("grade"):
            outputs = _outputs(cell, shown, ran)
            found = score(_graded(cell, submission, sources, outputs))
            # A test's own words may tell of what is hidden in it.
            visible = _words(outputs) in cell.source or found.error in ("", _NOT_RUN)
            scored[cell.task] = found if visible else replace(found, why=f"{found.why.partition(':')[0].rstrip('.')}.")
            if cell.role != "check" and cell.id not in submission.sources:
                scored[cell.task] = Scored(
                    None, found.maximum, note="The answer cell was deleted; look for it elsewhere."
                )
    by_hand = {
        cell.task: f"```\n{submission.sources[cell.id][:MAX_WRITTEN]}\n```"
        for cell in released.cells
        if cell.role == "solution" and cell.task in scored and cell.id in submission.sources
    }
    said = told(cells, ran, limits)
    said += [f"{task}: {one.note}" for task, one in scored.items() if one.note]
    written = {**submission.written, **by_hand}
    return replace(submission, ran=tuple(said), outputs=shown, written=written), scored


def _plan(
    submission: Submission, released: Released, sources: Mapping[str, SourceCell]
) -> tuple[list[Cell], frozenset[int]]:
    """The cells to run, in the order of the release, and which of them are held back."""
    own: dict[str, list[Cell]] = {}
    for number, extra in enumerate(submission.extras):
        if extra.kind == "code":
            own.setdefault(extra.behind, []).append(Cell(f"extra-{number}", "an extra cell", extra.source))
    cells = own.pop("", [])
    held = set()
    for target in released.cells:
        if target.kind == "code":
            if _is_test(target):
                held.add(len(cells))
            name = f"the test {target.task}" if _is_test(target) else f"the cell {target.task or target.id}"
            cells.append(Cell(target.id, name, source_of(target, submission, sources)))
        cells += own.pop(target.id, [])
    return cells, frozenset(held)


def source_of(cell: ReleasedCell, submission: Submission, sources: Mapping[str, SourceCell]) -> str:
    """A cell's text as it is run and shown: the gradebook's where it is locked, otherwise the learner's."""
    if cell.task in sources and sources[cell.task].locked:
        return sources[cell.task].source
    if cell.task in submission.untouched:
        return cell.source
    return submission.sources.get(cell.id, cell.source)


def _outputs(cell: ReleasedCell, shown: Mapping[str, tuple[dict, ...]], ran: Ran) -> tuple[dict, ...]:
    """What the cell showed. nbgrader takes silence for success, so a test that never ran must not be silent."""
    if cell.id in shown or not _is_test(cell):
        return shown.get(cell.id, ())
    says = f"The notebook ended before this test was run. {ENDED[ran.ended]}".strip()
    return ({"output_type": "error", "ename": _NOT_RUN, "evalue": says, "traceback": [says]},)


def _graded(
    cell: ReleasedCell, submission: Submission, sources: Mapping[str, SourceCell], outputs: tuple[dict, ...]
) -> dict:
    """The cell as nbgrader's own function wants it, with the labels of the release and not of the submission."""
    labels = {**cell.raw["metadata"]["nbgrader"]}
    if cell.task in sources:
        labels["checksum"] = sources[cell.task].checksum
    source = source_of(cell, submission, sources)
    made = {"cell_type": cell.kind, "metadata": {"nbgrader": labels}, "source": source}
    return {**made, "outputs": list(outputs)} if cell.kind == "code" else made


def score(cell: dict) -> Scored:
    """What nbgrader gives the cell, and where nbgrader would be too generous or give up, what is right.

    nbgrader gives full marks to a last line that shows no number, or one below 0, and stops at one
    above the maximum. Nobody earns marks by that here.
    """
    from nbformat import from_dict
    from nbgrader.utils import determine_grade, is_solution

    node = from_dict(cell)
    labels = node.metadata.nbgrader
    maximum = float(labels.points)
    test = node.cell_type == "code" and not is_solution(node)
    for output in node.outputs if test else ():
        if output.output_type == "error" or (output.output_type == "stream" and output.name == "stderr"):
            break
        if output.output_type == "execute_result":
            if (found := _number(output.data.get("text/plain", ""), maximum)) is not None:
                return found
            break
    given, _ = determine_grade(node)
    if given is None or not test:
        return Scored(given, maximum)
    if given == 0 and (error := _error(cell["outputs"])):
        name, says = error
        if name == _NOT_RUN:
            return Scored(0.0, maximum, says, error=name)
        return Scored(0.0, maximum, f"The test stopped with {name}" + (f": {says}" if says else "."), error=name)
    why = "The test ran without an error." if given == maximum else "The test gave part of the marks."
    return Scored(float(given), maximum, why)


def _number(shown: str, maximum: float) -> Scored | None:
    """What to do with the value of a test's last line, unless nbgrader itself reads it rightly."""
    try:
        value = float(shown)
    except ValueError:
        note = f"Its test ends with {shown[:60]!r}, which is no number; nbgrader would give full marks. Please mark it."
        return Scored(None, maximum, note=note)
    if not math.isfinite(value) or value < 0:
        note = (
            f"Its test gave {shown[:60]}, which cannot be a mark; it counts as 0, where nbgrader would give full marks."
        )
        # nbgrader stops at infinity, as at every number above the maximum.
        return Scored(0.0, maximum, "The test gave no mark.", note, "NoMark")
    if value > maximum:
        note = f"Its test gave {shown[:60]} of {maximum:g}; it counts as {maximum:g}, where nbgrader would stop."
        return Scored(maximum, maximum, "The test ran without an error.", note)
    return None


def _error(outputs: list[dict]) -> tuple[str, str] | None:
    """What stopped a test: its kind, and its words."""
    for output in outputs:
        if output["output_type"] == "error":
            return output["ename"], output["evalue"]
        if output["output_type"] == "stream" and output["name"] == "stderr":
            return "a warning", output["text"].strip()[:200]
    return None


def _words(outputs: tuple[dict, ...]) -> str:
    found = _error(list(outputs))
    return found[1] if found else ""


def detail(submission: Submission, scored: Mapping[str, Scored]) -> dict:
    """What the gradebook keeps beside the marks, in the form that the course's own exercises have."""
    return {
        "tasks": {
            task: {
                "marks": one.score,
                "maximum": one.maximum,
                "parts": [["test", one.score, one.maximum, one.why, "", one.error]],
                "notes": [],
            }
            for task, one in scored.items()
            if one.score is not None and one.why
        },
        "faults": {},
        "written": dict(submission.written),
        "untouched": sorted(submission.untouched),
        "notes": list(submission.ran),
        "repairs": list(submission.repairs),
        "own_case": True,
        "sandboxed": True,
        "label": LABEL,
    }
