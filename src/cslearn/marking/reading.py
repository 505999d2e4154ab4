"""Reading one submitted notebook against the released one, without running any of it."""

import json
import os
import re
import stat
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from cslearn.marking.literals import Code, Refused, Value, mentions, read_answer, read_text
from cslearn.problem import Problem

# Room for 50 MB of saved output, which an honest notebook may carry.
MAX_NOTEBOOK = 64 * 1024 * 1024
MAX_CELLS = 2_000
# Renderers of markdown take time that grows faster than the text; 3,000 words are asked for nowhere.
MAX_WRITTEN = 20_000
_EDITABLE = ("answer", "written", "learner_code", "solution")
# What makes a notebook one of this exercise.
_TELLING = ("answer", "check", "written", "solution")


class Unreadable(Exception):
    """One sentence: why a submitted file gives no notebook of this exercise."""


@dataclass(frozen=True)
class ReleasedCell:
    """One cell as the learner got it."""

    id: str
    kind: str
    source: str
    role: str
    task: str
    locked: bool
    raw: dict = field(repr=False)

    @cached_property
    def tidy(self) -> str:
        return tidy(self.source)

    @property
    def variable(self) -> str:
        """The name that this task's answer cell assigns."""
        return self.task.replace("-", "_")


@dataclass(frozen=True)
class Released:
    """The notebook that was handed out, with what matching needs at hand."""

    exercise: str
    cells: tuple[ReleasedCell, ...]
    metadata: dict = field(repr=False)

    @cached_property
    def by_id(self) -> dict[str, int]:
        return {cell.id: index for index, cell in enumerate(self.cells)}

    @cached_property
    def by_role(self) -> dict[tuple[str, str], int]:
        return {(cell.role, cell.task): index for index, cell in enumerate(self.cells) if cell.role}

    @cached_property
    def answers(self) -> dict[str, ReleasedCell]:
        return {cell.task: cell for cell in self.cells if cell.role == "answer"}

    @cached_property
    def written(self) -> dict[str, ReleasedCell]:
        return {cell.task: cell for cell in self.cells if cell.role == "written"}

    @cached_property
    def checks(self) -> dict[str, ReleasedCell]:
        return {cell.task: cell for cell in self.cells if cell.role == "check"}

    @cached_property
    def variables(self) -> frozenset[str]:
        return frozenset(cell.variable for cell in self.cells if cell.role == "answer")


@dataclass(frozen=True)
class Extra:
    """A cell of the learner's own, and the released cell it stands behind ("" at the top)."""

    behind: str
    kind: str
    source: str


@dataclass(frozen=True)
class Submission:
    """What one learner handed in, as plain data.

    ``answers`` holds what was read for each automatic task: a Value or a Refused.
    ``needs_code`` is empty when nothing would have to be run to know the answers.
    """

    learner: str
    exercise: str
    answers: dict[str, Value | Refused]
    written: dict[str, str]
    untouched: frozenset[str]
    learner_code: str | None
    repairs: tuple[str, ...] = ()
    needs_code: tuple[str, ...] = ()
    sources: dict[str, str] = field(default_factory=dict, repr=False)
    attachments: dict[str, dict] = field(default_factory=dict, repr=False)
    extras: tuple[Extra, ...] = field(default=(), repr=False)
    # What running it in the sandbox had to say, and what each cell showed; empty when nothing was run.
    ran: tuple[str, ...] = ()
    outputs: dict[str, tuple[dict, ...]] = field(default_factory=dict, repr=False)


def tidy(source: str) -> str:
    """A cell's text without what editors add or drop: line ends, trailing blanks, blank edges."""
    return "\n".join(line.rstrip() for line in source.replace("\r\n", "\n").split("\n")).strip("\n")


def read_released(path: Path, exercise: str) -> Released:
    """The released notebook. Raises Problem when it has not been released here."""
    if not path.is_file():
        raise Problem(
            f"{exercise} has not been released in this class: there is no {path}. "
            f"Run `cslearn release {exercise}` first, or check the exercise's name."
        )
    return released_from(json.loads(path.read_text(encoding="utf-8")), exercise)


def released_from(notebook: dict, exercise: str) -> Released:
    """The same from a notebook in memory."""
    cells = []
    stock = not any(cell["metadata"].get("cslearn", {}).get("role") for cell in notebook["cells"])
    for number, cell in enumerate(notebook["cells"]):
        ours = cell["metadata"].get("cslearn", {})
        grading = cell["metadata"].get("nbgrader", {})
        locked = bool(grading) and not grading.get("solution") and bool(grading.get("grade") or grading.get("locked"))
        if stock and grading.get("grade_id"):
            # There, a cell's name is nbgrader's; the other one may be drawn anew by any editor.
            cell = {**cell, "id": grading["grade_id"]}
            ours = {"role": _stock_role(grading, cell["cell_type"]), "task": grading["grade_id"]}
        cells.append(
            ReleasedCell(
                id=cell.get("id") or grading.get("grade_id") or f"cell-{number}",
                kind=cell["cell_type"],
                source=_text(cell["source"]),
                role=ours.get("role", ""),
                task=ours.get("task", ""),
                locked=locked,
                raw={**cell, "source": _text(cell["source"])},
            )
        )
    return Released(exercise, tuple(cells), notebook["metadata"])


def _stock_role(grading: dict, kind: str) -> str:
    """What a cell of an assignment in nbgrader's own style is for us."""
    if grading.get("solution"):
        return "written" if grading.get("grade") and kind == "markdown" else "solution"
    if grading.get("grade"):
        return "check"
    return "set-up" if grading.get("locked") and not grading.get("task") else ""


def read(path: str | Path, released: Released, learner: str = "") -> Submission:
    """Read a submitted notebook leniently. Raises Unreadable with the reason when that is impossible."""
    notebook, repairs = decode(read_bytes(Path(path)))
    return read_cells(notebook, released, learner, repairs)


def read_bytes(path: Path, cap: int = MAX_NOTEBOOK) -> bytes:
    """A regular file's content; symlinks, pipes, devices and files above the cap are refused."""
    try:
        # A symlink could stand for any file of the tutor's, and opening a pipe would wait for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if path.is_symlink():
            raise Unreadable(f"{path.name} is a link to another file; links are refused.") from error
        raise Unreadable(f"{path.name} cannot be opened ({error.strerror}).") from error
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if path.is_symlink() or not stat.S_ISREG(status.st_mode):
            raise Unreadable(f"{path.name} is not an ordinary file.")
        if status.st_size > cap:
            raise Unreadable(f"{path.name} is {status.st_size / 1e6:.0f} MB; the limit is {cap / 1e6:.0f} MB.")
        return file.read(cap + 1)[:cap]


def decode(data: bytes) -> tuple[dict, list[str]]:
    """A notebook (format 4) from a file's bytes, and what had to be put right on the way."""
    repairs: list[str] = []
    if not data.strip():
        raise Unreadable("the file is empty.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
        repairs.append("The file was saved as UTF-16; it was read as that.")
    else:
        encoding = "utf-8-sig"
        if data.startswith(b"\xef\xbb\xbf"):
            repairs.append("The file began with a byte order mark; it was left out.")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        repairs.append("The file was not saved as UTF-8; it was read as Windows text.")
    try:
        notebook = json.loads(text)
    except RecursionError as error:
        raise Unreadable("the file is nested too deeply to be a notebook.") from error
    except ValueError as error:
        raise Unreadable(_why_not_json(text, error)) from error
    if not isinstance(notebook, dict):
        raise Unreadable("the file is not a notebook.")
    # Format 4 is known by its cells, whatever a tool has written into the number.
    if not isinstance(notebook.get("cells"), list) and ("worksheets" in notebook or notebook.get("nbformat", 4) != 4):
        notebook = _upgraded(notebook)
        repairs.append("The notebook was saved in an old format; it was brought up to date.")
    if not isinstance(notebook.get("cells"), list):
        raise Unreadable("the file is not a notebook: it has no cells.")
    if len(notebook["cells"]) > MAX_CELLS:
        raise Unreadable(f"the notebook has more than {MAX_CELLS:,} cells.")
    return notebook, repairs


def _why_not_json(text: str, error: ValueError) -> str:
    if re.search(r"^<{7} |^>{7} |^={7}$", text, re.MULTILINE):
        return "the file holds the marks of a merge conflict (<<<<<<<); it has to be handed in again."
    if text.lstrip()[:1] != "{":
        return "the file is not a notebook."
    # The parser stops at the end of a file that was cut off, and in the middle of one that was damaged.
    position = getattr(error, "pos", 0)
    if position >= len(text.rstrip()) - 1 or "Unterminated" in str(error):
        return "the file is cut off: it was not saved or uploaded completely and has to be handed in again."
    return f"the file is damaged near character {position:,} and has to be handed in again."


def _upgraded(notebook: dict) -> dict:
    import nbformat.reader

    try:
        # Its own reader first: it knows each format's ways of splitting text into lines.
        return nbformat.convert(nbformat.reader.reads(json.dumps(notebook)), 4)
    # Whatever nbformat stumbles over in a hostile or broken old notebook, the answer is the same.
    except Exception as error:
        raise Unreadable(
            f"the notebook is in format {str(notebook.get('nbformat'))[:10]}, which could not be brought up to date."
        ) from error


def _text(source: object) -> str:
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return ""
    # Half a surrogate pair or a null would break every file and database it reaches.
    return source.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


@dataclass(frozen=True)
class _Cell:
    kind: str
    source: str
    tidy: str
    id: str
    grade_id: str
    ours: tuple[str, str]
    attachments: dict


def _cells(notebook: dict) -> list[_Cell]:
    cells = []
    for cell in notebook["cells"]:
        if not isinstance(cell, dict):
            continue
        metadata = _mapping(cell.get("metadata"))
        grading, ours = _mapping(metadata.get("nbgrader")), _mapping(metadata.get("cslearn"))
        source = _text(cell.get("source", ""))
        kind = cell.get("cell_type")
        cells.append(
            _Cell(
                kind=kind if kind in ("code", "markdown", "raw") else "raw",
                source=source,
                tidy=tidy(source),
                id=_label(cell.get("id")),
                grade_id=_label(grading.get("grade_id")),
                ours=(_label(ours.get("role")), _label(ours.get("task"))),
                attachments=_mapping(cell.get("attachments")),
            )
        )
    return cells


def _label(value: object) -> str:
    # Only a string can be a label; writing out a deep list as one would run out of stack.
    return value if isinstance(value, str) else ""


def _mapping(value: object) -> dict:
    return value if isinstance(value, dict) else {}


def read_cells(notebook: dict, released: Released, learner: str = "", repairs: Iterable[str] = ()) -> Submission:
    """Match a notebook's cells to the released ones and read the answers."""
    cells = _cells(notebook)
    candidates, by_metadata = _candidates(cells, released)
    marked = [index for index, cell in enumerate(released.cells) if cell.role in _TELLING]
    if not any(candidates.get(index) for index in marked):
        raise Unreadable(f"it has none of the cells of {released.exercise}; it seems to be another notebook.")
    chosen = {index: _choose(released.cells[index], found, cells) for index, found in candidates.items()}
    said = [*repairs, *_repairs(cells, released, candidates, chosen, by_metadata)]

    answers: dict[str, Value | Refused] = {}
    reasons: list[str] = []
    sources: dict[str, str] = {}
    attachments: dict[str, dict] = {}
    written: dict[str, str] = {}
    untouched: set[str] = set()
    code: str | None = None
    for index, target in enumerate(released.cells):
        cell = cells[chosen[index]] if index in chosen else None
        if cell is not None and target.role == "written" and len(cell.source) > MAX_WRITTEN:
            said.append(
                f"The written answer of {target.task} was cut after {MAX_WRITTEN:,} of {len(cell.source):,} characters."
            )
            cell = replace(cell, source=cell.source[:MAX_WRITTEN])
        if cell is not None and target.role in _EDITABLE:
            sources[target.id] = cell.source
        same = cell is not None and cell.tidy == target.tidy
        match target.role:
            case "learner_code":
                code = read_text(cell.source, "learner_code") if cell else None
            case "written":
                written[target.task] = "" if cell is None or same else cell.source
                if same:
                    untouched.add(target.task)
                if cell is not None and cell.attachments:
                    attachments[target.id] = cell.attachments
            case "solution":
                if same:
                    untouched.add(target.task)
            case "answer":
                if same:
                    untouched.add(target.task)
                if cell is None:
                    answers[target.task] = Refused(f"The answer cell for {target.variable} is not in your notebook.")
                    continue
                answer = read_answer(cell.source, target.variable)
                if isinstance(answer, Code):
                    reasons.append(f"The answer cell of {target.task} holds code: {answer.reason}.")
                else:
                    answers[target.task] = answer
    extras, also = _extras(cells, released, candidates, chosen)
    reasons += also
    # An edited cell between the answers (a calculator) is shown as the learner left it.
    for index, position in chosen.items():
        target = released.cells[index]
        if target.role not in _EDITABLE and not target.locked and target.kind == "code":
            sources[target.id] = cells[position].source
    return Submission(
        learner=learner,
        exercise=released.exercise,
        answers=answers,
        written=written,
        untouched=frozenset(untouched),
        learner_code=code,
        repairs=tuple(said),
        needs_code=tuple(reasons),
        sources=sources,
        attachments=attachments,
        extras=extras,
    )


def _candidates(cells: list[_Cell], released: Released) -> tuple[dict[int, list[int]], bool]:
    """For each released cell, the submitted cells that stand for it; and whether metadata told us."""
    found: dict[int, list[int]] = defaultdict(list)
    taken: set[int] = set()

    def take(index: int, position: int) -> None:
        found[index].append(position)
        taken.add(position)

    for position, cell in enumerate(cells):
        for index in (
            released.by_id.get(cell.id),
            released.by_id.get(cell.grade_id),
            released.by_role.get(cell.ours),
        ):
            if index is None:
                continue
            target = released.cells[index]
            # Prose carries no identity of its own: an id that a tool re-used must not swallow a cell.
            if target.role or target.kind == cell.kind:
                take(index, position)
                break
    by_metadata = any(released.cells[index].role in _TELLING for index in found)

    same = defaultdict(list)
    for position, cell in enumerate(cells):
        if position not in taken:
            same[cell.kind, cell.tidy].append(position)
    for index, target in enumerate(released.cells):
        if index not in found and (positions := same.get((target.kind, target.tidy))):
            take(index, positions.pop(0))
    for index, target in enumerate(released.cells):
        if (looks_like := _likeness(target)) is None:
            continue
        for position, cell in enumerate(cells):
            if position not in taken and cell.kind == "code" and looks_like.search(cell.source):
                take(index, position)
    _fill_gaps(cells, released, found, taken)
    for positions in found.values():
        positions.sort()
    return dict(found), by_metadata


def _likeness(target: ReleasedCell) -> re.Pattern | None:
    match target.role:
        case "answer":
            return re.compile(rf"^{re.escape(target.variable)}[ \t]*=(?!=)", re.MULTILINE)
        case "learner_code":
            return re.compile(r"^learner_code[ \t]*=(?!=)", re.MULTILINE)
        case "check":
            return re.compile(rf"""\bcheck\(\s*["'][\w.-]+["']\s*,\s*["']{re.escape(target.task)}["']""")
    return None


def _fill_gaps(cells: list[_Cell], released: Released, found: dict[int, list[int]], taken: set[int]) -> None:
    """Match what is left by order: cells between two matched neighbours stand for what is missing there."""
    anchors = sorted((index, min(positions)) for index, positions in found.items())
    # Reordered cells cannot serve as fences; keep the longest run that is in order.
    anchors = _in_order(anchors)
    fences = [(-1, -1), *anchors, (len(released.cells), len(cells))]
    for (before, low), (after, high) in pairwise(fences):
        for kind in ("code", "markdown"):
            missing = [
                index
                for index in range(before + 1, after)
                if index not in found and released.cells[index].role in _EDITABLE and released.cells[index].kind == kind
            ]
            free = [
                position for position in range(low + 1, high) if position not in taken and cells[position].kind == kind
            ]
            for index, position in zip(missing, free, strict=False):
                found[index].append(position)
                taken.add(position)


def _in_order(anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of anchors whose positions increase (patience sorting)."""
    tails: list[int] = []
    piles: list[int] = []
    previous: list[int] = []
    for number, (_, position) in enumerate(anchors):
        pile = bisect_left(tails, position)
        if pile == len(tails):
            tails.append(position)
            piles.append(number)
        else:
            tails[pile], piles[pile] = position, number
        previous.append(piles[pile - 1] if pile else -1)
    run = []
    number = piles[-1] if piles else -1
    while number >= 0:
        run.append(anchors[number])
        number = previous[number]
    return run[::-1]


def _choose(target: ReleasedCell, positions: list[int], cells: list[_Cell]) -> int:
    """Of several copies, the last one that the learner filled in."""
    if target.role in _EDITABLE:
        filled = [position for position in positions if cells[position].tidy not in (target.tidy, "")]
        return filled[-1] if filled else positions[-1]
    return positions[0]


def _repairs(
    cells: list[_Cell],
    released: Released,
    candidates: dict[int, list[int]],
    chosen: dict[int, int],
    by_metadata: bool,
) -> Iterable[str]:
    names = {
        "answer": "answer cell",
        "check": "check cell",
        "written": "written answer",
        "solution": "answer cell",
        "set-up": "set-up cell",
    }
    if not by_metadata:
        yield "The cells' hidden labels were missing; cells were matched by their text and order."
    positions = [position for _, position in sorted(chosen.items())]
    if positions != sorted(positions):
        yield "The cells were in another order; each was matched to its place."
    for index, target in enumerate(released.cells):
        if target.role not in names:
            if target.role == "learner_code" and index not in chosen:
                yield "The cell for the learner code was deleted."
            continue
        name = f"{names[target.role]} of {target.task}" if target.task else names[target.role]
        if index not in chosen:
            yield f"The {name} was deleted" + ("; the released one was used." if target.locked else ".")
            continue
        if len(candidates[index]) > 1:
            what = "the last one that was filled in counts" if target.role in _EDITABLE else "one of them counts"
            yield f"The {name} was there {len(candidates[index])} times; {what}."
        cell = cells[chosen[index]]
        if target.locked and cell.tidy != target.tidy:
            yield f"The {name} had been edited; the released one was used."
        elif cell.kind != target.kind:
            yield f"The {name} had been turned into another kind of cell; it was read as {target.kind}."
    matched = {position for found in candidates.values() for position in found}
    extra = sum(1 for position, cell in enumerate(cells) if position not in matched and cell.tidy)
    if extra:
        yield f"The notebook holds {extra} extra cell{'s' if extra > 1 else ''}."


def _extras(
    cells: list[_Cell], released: Released, candidates: dict[int, list[int]], chosen: dict[int, int]
) -> tuple[tuple[Extra, ...], list[str]]:
    """The learner's own cells, and the reasons among them why an answer may not be what its cell says."""
    home = {position: index for index, position in chosen.items()}
    copies = {p: released.cells[index] for index, found in candidates.items() for p in found if p not in home}
    answer_copies = {p for index, found in candidates.items() if released.cells[index].role == "answer" for p in found}
    extras: list[Extra] = []
    reasons: list[str] = []
    behind = ""
    for position, cell in enumerate(cells):
        target = released.cells[home[position]] if position in home else None
        if target is not None:
            behind = target.id
            changed = cell.tidy != target.tidy
            if not changed or target.role in _EDITABLE or target.locked:
                continue
            if target.kind == "markdown":
                # An answer typed into the text above it must not be lost.
                extras.append(Extra(behind, "markdown", cell.source))
                continue
        elif not cell.tidy or (position in copies and cell.tidy == copies[position].tidy):
            continue
        else:
            extras.append(Extra(behind, cell.kind, cell.source))
        if cell.kind != "code" or position in answer_copies:
            continue
        if (word := mentions(cell.source, released.variables)) is not None:
            where = "An edited cell" if target is not None else "An extra code cell"
            reasons.append(f"{where} (number {position + 1}) works with {word}.")
    return tuple(extras), reasons
