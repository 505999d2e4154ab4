"""Marking one submission: a pure function, and what carries a submission to it on any machine.

The learner's interpreter never produces a mark. What was handed in is plain data
here, read or sent out of a sandbox; the rules run in this process on the learner's own case.
Nothing here knows the gradebook or nbgrader: a worker needs the package alone.
"""

import hashlib
import json
import pickle
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import cslearn
import cslearn.exercises
import cslearn.methods
import cslearn.northfold
from cslearn.exercises.award import Award, Part
from cslearn.exercises.check import mark_answer
from cslearn.exercises.exercise import Exercise
from cslearn.marking.literals import Refused
from cslearn.marking.reading import Released, Submission, Unreadable, decode, read_bytes, read_cells
from cslearn.marking.record import record_of, record_of_tests
from cslearn.marking.running import answered
from cslearn.marking.sandbox import Broken, NoSandbox, forget, sandbox
from cslearn.marking.stock_style import Scored, SourceCell, detail, examined
from cslearn.northfold.case import Case, case
from cslearn.northfold.codes import is_code, tidy_code
from cslearn.problem import Problem

# How the reason begins when a notebook waits for a machine that can run it.
NOT_RUN = "Its answers are not plain data, and its code was not run."
# How long a batch may take before what there is of it is handed back. Infinite loops take their full time each.
BATCH_SECONDS = 5.0


@dataclass(frozen=True)
class Marked:
    """A marked submission, before anything is recorded.

    ``awards`` has one Award for each automatic task, except those in ``faults``,
    where the rule itself failed and a person has to mark. ``notes`` are for the tutor only.
    """

    learner: str
    exercise: str
    awards: dict[str, Award]
    faults: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    untouched: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    own_case: bool = True

    @property
    def marks(self) -> float:
        return round(sum(award.marks for award in self.awards.values()), 2)


def mark(submission: Submission, exercise: Exercise, case: Case) -> Marked:
    """Mark what a learner handed in on their own case. Pure: nothing is read, run, written or remembered."""
    awards: dict[str, Award] = {}
    faults: dict[str, str] = {}
    notes: list[str] = []
    for task in exercise.tasks:
        if task.award != "auto":
            continue
        answer = submission.answers[task.name]
        if isinstance(answer, Refused):
            awards[task.name] = Award(parts=(Part("answer", 0.0, float(task.marks), answer.sentence),))
            notes.append(f"{task.title}: {answer.sentence}")
            continue
        try:
            award = mark_answer(exercise, task.name, answer.value, case)
        # Any failure of a rule is a fault of ours; the learner must not lose the mark, nor the class its run.
        except Exception as error:
            faults[task.name] = f"{type(error).__name__}: {error}"[:300]
            notes.append(f"{task.title}: marker fault, please mark this task yourself ({faults[task.name]}).")
            continue
        awards[task.name] = award
        notes.extend(f"{task.title}: {flag}" for flag in award.flags)
    own, about_code = _about_code(submission.learner_code, case.code)
    return Marked(
        learner=submission.learner,
        exercise=submission.exercise,
        awards=awards,
        faults=faults,
        written=dict(submission.written),
        untouched=submission.untouched,
        notes=(*about_code, *notes),
        repairs=submission.repairs,
        own_case=own,
    )


def _about_code(given: str | None, own: str) -> tuple[bool, tuple[str, ...]]:
    """Whether the notebook carries the learner's own code, and what to tell the tutor if not."""
    if given is None or not given.strip():
        return False, (
            "The notebook carries no learner code, so the learner may have worked on the practice case; "
            "it is marked on the learner's own case.",
        )
    if not is_code(given):
        return False, (f"The learner code in the notebook, {given[:40]!r}, has a typing mistake; please compare.",)
    if tidy_code(given) != own:
        return False, (
            f"The notebook carries another code ({tidy_code(given)}) than the learner's ({own}); "
            "it is marked on the learner's own case.",
        )
    return True, ()


@dataclass(frozen=True)
class Result:
    """What marking one submission gave, ready to be recorded."""

    learner: str
    content: str
    marked: bool
    reason: str = ""
    # Grade cell -> (automatic score or None, whether a person has to look).
    grades: dict[str, tuple[float | None, bool]] = field(default_factory=dict)
    # Answer cells that were handed in as they were released: nbgrader's "No response.".
    unanswered: frozenset[str] = frozenset()
    flagged: bool = False
    faulty: bool = False
    # Whether something in the notebook had to be put right before it could be marked.
    repaired: bool = False
    # Whether its answers were learnt by running it in the sandbox.
    sandboxed: bool = False
    timestamp: str | None = None
    detail: str = "{}"
    notebook: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Desk:
    """What is the same for every submission of a run."""

    exercise: Exercise
    released: Released
    checksums: dict[str, str]
    owners: dict[str, str] = field(repr=False)
    codes: dict[str, str] = field(repr=False)
    # nbgrader's cells by name, for an assignment whose tests are in the notebook.
    sources: dict[str, SourceCell] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Job:
    """One submission to mark. ``data`` is the file itself, for a machine that cannot see ``path``."""

    learner: str
    path: Path
    timestamp: str | None = None
    data: bytes | None = field(default=None, repr=False)


def mark_batch(desk: Desk, jobs: Sequence[Job], seconds: float = BATCH_SECONDS) -> list[Result]:
    """Mark some submissions, in order: all of them, or as many as were done when the time was up, at least one.

    Runs anywhere: it reads the submitted files and writes nothing. Code in an answer
    is run in this process's sandbox, if this machine has one.
    """
    until = time.monotonic() + seconds
    results: list[Result] = []
    for job in jobs:
        results.append(_mark_one(desk, job))
        if time.monotonic() > until:
            break
    return results


def mark_packed(packed: bytes, jobs: Sequence[Job], rules_here: str) -> list[Result]:
    """The same in another process or on another machine. Raises Problem when that has other marking rules."""
    if rules_here != version():
        raise Problem(
            f"A worker has another cslearn ({version()}) than this computer ({rules_here}); install the same one on both."
        )
    return mark_batch(_unpacked(packed), jobs)


# A class of thousands is sent with every batch, but looked at once.
@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Desk:
    return pickle.loads(packed)


def _mark_one(desk: Desk, job: Job) -> Result:
    try:
        return _marked(desk, job)
    # Whatever a notebook made us stumble over, it must not cost the class its run. Without
    # a content, the submission is looked at again the next time.
    except Exception as error:
        why = f"The marker itself failed on it ({type(error).__name__}: {error})"[:400]
        return Result(job.learner, "", marked=False, reason=f"{why}; please report it to the authors.")


def _marked(desk: Desk, job: Job) -> Result:
    content = ""
    try:
        data = read_bytes(job.path) if job.data is None else job.data
        content = hashlib.sha256(data).hexdigest()
        notebook, repairs = decode(data)
        submission = read_cells(notebook, desk.released, job.learner, repairs)
    except Unreadable as reason:
        return Result(job.learner, content, marked=False, reason=str(reason))
    scored: dict[str, Scored] = {}
    if submission.needs_code or desk.sources:
        try:
            box = sandbox(private=job.path if job.data is None else None)
            if desk.sources:
                submission, scored = examined(box, submission, desk.released, desk.sources)
            else:
                submission = answered(box, submission, desk.released)
        except NoSandbox as why:
            reason = f"{NOT_RUN} {' '.join(submission.needs_code[:3])} {why}"
            return Result(job.learner, content, marked=False, reason=reason)
        except Broken as why:
            reason = f"{NOT_RUN} The sandbox itself failed: {why}. Run the command again."
            # Another sandbox for the next submission; this one's trouble must not be theirs.
            forget()
            return Result(job.learner, content, marked=False, reason=reason)
    if desk.sources:
        return _tests_result(desk, job, content, submission, scored)
    marked = mark(submission, desk.exercise, case(desk.exercise.name, code=desk.codes[job.learner]))
    notes = [*submission.ran, *marked.notes]
    if (given := submission.learner_code) and is_code(given):
        owner = desk.owners.get(tidy_code(given))
        if owner is not None and not marked.own_case:
            notes.append(f"That code belongs to {owner} of this class.")
    return _result(desk, job, content, submission, marked, notes)


def _result(desk: Desk, job: Job, content: str, submission: Submission, marked: Marked, notes: Sequence[str]) -> Result:
    released = desk.released
    grades: dict[str, tuple[float | None, bool]] = {}
    for task, cell in released.checks.items():
        if task in marked.awards:
            # Without the learner's own code a person has to say what the marks are worth.
            grades[cell.id] = (float(marked.awards[task].marks), not marked.own_case)
        else:
            grades[cell.id] = (None, True)
    for task, cell in released.written.items():
        grades[cell.id] = (0.0, False) if task in marked.untouched else (None, True)
    editable = (*released.answers.values(), *released.written.values())
    unanswered = {cell.id for cell in editable if cell.task in marked.untouched}
    for cell in released.cells:
        if cell.role == "learner_code" and submission.sources.get(cell.id) == cell.source:
            unanswered.add(cell.id)
    kept = {
        "tasks": {
            task: {
                "marks": award.marks,
                "maximum": award.maximum,
                "parts": [
                    [part.name, part.marks, part.maximum, part.sentence, part.misconception, part.error]
                    for part in award.parts
                ],
                "notes": list(award.notes),
            }
            for task, award in marked.awards.items()
        },
        "faults": marked.faults,
        "written": marked.written,
        "untouched": sorted(marked.untouched),
        "notes": list(notes),
        "repairs": list(marked.repairs),
        "own_case": marked.own_case,
        "sandboxed": bool(submission.ran),
    }
    notebook = record_of(desk.exercise, released, submission, marked, notes, desk.checksums)
    return Result(
        learner=job.learner,
        content=content,
        marked=True,
        grades=grades,
        unanswered=frozenset(unanswered),
        flagged=not marked.own_case,
        faulty=bool(marked.faults),
        repaired=bool(marked.repairs),
        sandboxed=bool(submission.ran),
        timestamp=job.timestamp,
        detail=json.dumps(kept, ensure_ascii=False),
        notebook=notebook,
    )


def _tests_result(desk: Desk, job: Job, content: str, submission: Submission, scored: dict[str, Scored]) -> Result:
    """The result of an assignment whose own tests, beside the learner's code, said what it is worth."""
    return Result(
        learner=job.learner,
        content=content,
        marked=True,
        grades={task: (one.score, one.score is None) for task, one in scored.items()},
        unanswered=submission.untouched,
        repaired=bool(submission.repairs),
        sandboxed=True,
        timestamp=job.timestamp,
        detail=json.dumps(detail(submission, scored), ensure_ascii=False),
        notebook=record_of_tests(desk.released, submission, desk.sources),
    )


@lru_cache(maxsize=1)
def version() -> str:
    """Which cslearn this is, to the letter: its number, and the beginning of a checksum of its marking rules."""
    return f"{cslearn.__version__}-{rules().hex()[:12]}"


@lru_cache(maxsize=1)
def rules() -> bytes:
    """A checksum of every line that a mark may depend on."""
    digest = hashlib.sha256()
    packages: Iterable[ModuleType] = (cslearn.methods, cslearn.northfold, cslearn.exercises)
    folders = [Path(package.__path__[0]) for package in packages] + [Path(__file__).parent]
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            name = path.relative_to(folder).as_posix()
            # Where these are depends on how the package was installed, or no mark depends on them.
            if name.startswith("personas/") or name in ("nbgrader_config.py", "standards.py"):
                continue
            digest.update(name.encode())
            digest.update(path.read_bytes())
    return digest.digest()
