"""Marking: one submission as a pure function, and a whole class around it.

The learner's interpreter never produces a mark. What was handed in is plain data
here, read or sent out of a sandbox; the rules run in this process on the learner's own case.
"""

import hashlib
import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import TextIO

import cslearn.exercises
import cslearn.methods
import cslearn.northfold
from cslearn.exercises.award import Award, Part
from cslearn.exercises.check import mark_answer
from cslearn.exercises.exercise import Exercise
from cslearn.marking.classroom import Classroom
from cslearn.marking.files import printable, write_whole
from cslearn.marking.gradebook import Gradebook, Recorded, Result
from cslearn.marking.literals import Refused
from cslearn.marking.reading import (
    Released,
    Submission,
    Unreadable,
    decode,
    read_bytes,
    read_cells,
    read_released,
)
from cslearn.marking.record import record_of
from cslearn.marking.running import answered
from cslearn.marking.sandbox import Broken, NoSandbox, forget, sandbox
from cslearn.northfold.case import Case, case
from cslearn.northfold.codes import is_code, tidy_code
from cslearn.problem import Problem

# A batch is one transaction: what a kill can cost, and how long formgrader may have to wait.
BATCH = 25
# How the reason begins when a notebook waits for a machine that can run it.
NOT_RUN = "Its answers are not plain data, and its code was not run."


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
class Desk:
    """What is the same for every submission of a run."""

    exercise: Exercise
    released: Released
    checksums: dict[str, str]
    owners: dict[str, str] = field(repr=False)
    codes: dict[str, str] = field(repr=False)


@dataclass(frozen=True)
class Job:
    """One submission to mark."""

    learner: str
    path: Path
    timestamp: str | None = None


def mark_batch(desk: Desk, jobs: Sequence[Job]) -> list[Result]:
    """Mark some submissions. Runs anywhere: it reads the submitted files and writes nothing.

    Code in an answer is run in this process's sandbox, if this machine has one.
    """
    return [_mark_one(desk, job) for job in jobs]


def _mark_one(desk: Desk, job: Job) -> Result:
    content = ""
    try:
        data = read_bytes(job.path)
        content = hashlib.sha256(data).hexdigest()
        notebook, repairs = decode(data)
        submission = read_cells(notebook, desk.released, job.learner, repairs)
    except Unreadable as reason:
        return Result(job.learner, content, marked=False, reason=str(reason))
    if submission.needs_code:
        try:
            submission = answered(sandbox(private=job.path), submission, desk.released)
        except NoSandbox as why:
            reason = f"{NOT_RUN} {' '.join(submission.needs_code[:3])} {why}"
            return Result(job.learner, content, marked=False, reason=reason)
        except Broken as why:
            reason = f"{NOT_RUN} The sandbox itself failed: {why}. Run the command again."
            # Another sandbox for the next submission; this one's trouble must not be theirs.
            forget()
            return Result(job.learner, content, marked=False, reason=reason)
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
    detail = {
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
        sandboxed=bool(submission.ran),
        timestamp=job.timestamp,
        detail=json.dumps(detail, ensure_ascii=False),
        notebook=notebook,
    )


@dataclass
class Summary:
    """How a run ended."""

    exercise: str
    marked: int = 0
    kept: int = 0
    waiting: int = 0
    unmarked: dict[str, str] = field(default_factory=dict)
    faulty: int = 0
    sandboxed: int = 0
    seconds: float = 0.0
    stopped: bool = False
    left: int = 0

    @property
    def exit_code(self) -> int:
        if self.stopped:
            return 130
        return 1 if self.unmarked else 0

    def lines(self, names: dict[str, str]) -> Iterator[str]:
        """The summary for a person."""
        each = f" ({self.seconds / self.marked * 1000:.1f} ms each)" if self.marked else ""
        yield f"{self.exercise}: {self.marked} marked now{each}, {self.kept} unchanged since they were marked."
        if self.sandboxed:
            held = "1 held code and was" if self.sandboxed == 1 else f"{self.sandboxed} held code and were"
            yield f"{held} run in the sandbox."
        if self.waiting:
            yield f"{self.waiting} wait for the tutor: run `cslearn review` and give the marks that need a person."
        if self.faulty:
            yield f"In {self.faulty} a marking rule failed; those tasks wait for the tutor. Please report it to the authors."
        if self.unmarked:
            yield f"{len(self.unmarked)} could not be marked:"
            for learner, reason in sorted(self.unmarked.items()):
                name = f" ({names[learner]})" if learner in names else ""
                yield printable(f"  {learner}{name}: {reason}")
        if self.stopped:
            yield f"Stopped with {self.left} to go. What was marked is kept; run the same command again for the rest."


def mark_class(
    classroom: Classroom,
    exercise: Exercise,
    *,
    executor: Executor | None = None,
    out: TextIO | None = None,
    batch: int = BATCH,
) -> Summary:
    """Mark what is new or changed in submitted/, and record it.

    A run can be killed at any moment: finished batches are kept, and the next run
    does the rest. ``executor`` spreads the work; without one it is done here.
    """
    released = read_released(classroom.released(exercise.name), exercise.name)
    _same_tasks(exercise, released)
    # Before anything is marked, so that bad input ends in one sentence and no half of a run.
    roster = classroom.roster
    desk = Desk(
        exercise=exercise,
        released=released,
        checksums={cell.id: cell.raw["metadata"].get("nbgrader", {}).get("checksum", "") for cell in released.cells},
        owners={} if classroom.one_common_case else {code: learner for learner, code in classroom.codes.items()},
        codes=classroom.codes,
    )
    summary = Summary(exercise.name)
    version = fingerprint(classroom, exercise, released)
    started = time.monotonic()
    with Gradebook(classroom, exercise.name) as gradebook:
        earlier = gradebook.recorded()
        jobs: list[Job] = []
        for learner, path, reason in submitted(classroom, exercise.name):
            if reason or learner not in roster:
                summary.unmarked[learner] = reason or "not in roster.csv; add the learner there."
            elif _unchanged(path, earlier.get(learner), version, classroom, learner, exercise.name):
                summary.kept += earlier[learner].marked
                if not earlier[learner].marked:
                    summary.unmarked[learner] = earlier[learner].reason
            else:
                jobs.append(Job(learner, path, _timestamp(path)))
        progress = Progress(len(jobs), out)
        done = 0
        try:
            batches = [jobs[start : start + batch] for start in range(0, len(jobs), batch)]
            for results in _spread(executor, desk, batches):
                _write(classroom, gradebook, exercise.name, results, version)
                done += len(results)
                for result in results:
                    summary.faulty += result.faulty
                    if result.marked:
                        summary.marked += 1
                        summary.sandboxed += result.sandboxed
                    else:
                        summary.unmarked[result.learner] = result.reason
                progress.show(done)
        except KeyboardInterrupt:
            summary.stopped, summary.left = True, len(jobs) - done
        progress.end()
        summary.waiting = sum(entry.waiting for entry in gradebook.recorded().values())
    summary.seconds = time.monotonic() - started
    return summary


def _spread(executor: Executor | None, desk: Desk, batches: list[list[Job]]) -> Iterator[list[Result]]:
    if executor is None:
        for jobs in batches:
            yield mark_batch(desk, jobs)
        return
    # Only a few batches are under way at once: results wait in memory until the one writer takes them.
    waiting: deque = deque()
    coming = iter(batches)
    try:
        for jobs in coming:
            waiting.append(executor.submit(mark_batch, desk, jobs))
            if len(waiting) >= 8:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _write(classroom: Classroom, gradebook: Gradebook, exercise: str, results: list[Result], version: str) -> None:
    # Files first: a kill in between leaves a file without marks, which the next run writes again.
    # The other way round it would leave marks that formgrader cannot show.
    for result in results:
        if result.marked:
            path = classroom.notebook("autograded", result.learner, exercise)
            write_whole(path, result.notebook)
            if result.timestamp:
                write_whole(path.with_name("timestamp.txt"), result.timestamp)
    gradebook.record(results, version)


def submitted(classroom: Classroom, exercise: str) -> Iterator[tuple[str, Path, str]]:
    """Each learner folder with work for this exercise: learner id, notebook, and why not if it cannot be read."""
    root = classroom.root / "submitted"
    if not root.is_dir():
        return
    for folder in sorted(root.iterdir()):
        work = folder / exercise
        path = work / f"{exercise}.ipynb"
        if folder.name.startswith(".") or not work.is_dir():
            continue
        # A folder that is a link could lead anywhere on the tutor's machine.
        if folder.is_symlink() or work.is_symlink():
            yield folder.name, path, "the folder is a link to another place; links are refused."
        elif not path.is_file() and not path.is_symlink():
            yield folder.name, path, f"submitted/{folder.name}/{exercise} holds no {exercise}.ipynb."
        else:
            yield folder.name, path, ""


def _unchanged(
    path: Path, earlier: Recorded | None, version: str, classroom: Classroom, learner: str, exercise: str
) -> bool:
    if earlier is None or earlier.version != version or not earlier.content:
        return False
    # Perhaps this machine, or this time, has a sandbox.
    if earlier.reason.startswith(NOT_RUN):
        return False
    if earlier.marked and not classroom.notebook("autograded", learner, exercise).exists():
        return False
    try:
        return hashlib.sha256(read_bytes(path)).hexdigest() == earlier.content
    except Unreadable:
        return False


def _timestamp(notebook: Path) -> str | None:
    """The time in timestamp.txt; one that cannot be read is ignored, as it decides nothing here."""
    from nbgrader.utils import parse_utc

    path = notebook.with_name("timestamp.txt")
    try:
        text = read_bytes(path, cap=1000).decode("utf-8-sig").strip()
        parse_utc(text)
    except (Unreadable, ValueError, OverflowError, TypeError):
        return None
    return text


def _same_tasks(exercise: Exercise, released: Released) -> None:
    """Refuse to mark a class with an exercise that changed after it was handed out."""
    ours = {task.name for task in exercise.tasks}
    theirs = {*released.checks, *released.written}
    if ours != theirs:
        raise Problem(
            f"The released {exercise.name} has the tasks {', '.join(sorted(theirs))}, "
            f"but the exercise now has {', '.join(sorted(ours))}; use the version of cslearn it was released with."
        )


def fingerprint(classroom: Classroom, exercise: Exercise, released: Released) -> str:
    """Stands for everything but the submission that a mark depends on: rules, data, salt, released notebook."""
    digest = hashlib.sha256(_rules())
    for text in (
        exercise.name,
        json.dumps([cell.raw for cell in released.cells], sort_keys=True),
        repr([(task.name, task.award, task.marks, task.schema) for task in exercise.tasks]),
        classroom.salt,
        str(classroom.one_common_case),
    ):
        digest.update(text.encode())
        digest.update(b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _rules() -> bytes:
    digest = hashlib.sha256()
    packages: Iterable[ModuleType] = (cslearn.methods, cslearn.northfold, cslearn.exercises)
    folders = [Path(package.__path__[0]) for package in packages] + [Path(__file__).parent]
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.digest()


class Progress:
    """One moving line on a terminal, a plain line now and then elsewhere."""

    def __init__(self, total: int, out: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.total, self.out, self.clock = total, out, clock
        self.started = self.shown = clock()
        self.live = out is not None and out.isatty()

    def show(self, done: int) -> None:
        now = self.clock()
        if self.out is None or (done < self.total and now - self.shown < (0.2 if self.live else 10)):
            return
        self.shown = now
        rate = done / max(now - self.started, 1e-6)
        left = (self.total - done) / rate if rate else 0
        line = f"{done:,} of {self.total:,} marked, {rate:,.0f} a second, {_duration(left)} left"
        self.out.write(f"\r\x1b[K{line}" if self.live else line + "\n")
        self.out.flush()

    def end(self) -> None:
        if self.live and self.total:
            self.out.write("\n")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
