"""A run over a class: what is new or changed is marked, and recorded by this process alone."""

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TextIO

from cslearn.exercises.exercise import Exercise
from cslearn.marking.classroom import Classroom
from cslearn.marking.crew import Crew, usual
from cslearn.marking.files import printable, write_changed
from cslearn.marking.gradebook import Gradebook, Recorded
from cslearn.marking.marker import NOT_RUN, Desk, Job, Result, rules
from cslearn.marking.moved import Moved
from cslearn.marking.progress import Progress
from cslearn.marking.reading import Released, Unreadable, read_bytes, read_released
from cslearn.marking.stock_style import SourceCell, is_stock_style
from cslearn.marking.times import read_time
from cslearn.problem import Problem

# A batch is one transaction and one message to a worker: what a kill can cost, and how long formgrader may
# have to wait. The writer spends a quarter less on a submission than with half as many.
BATCH = 50
# More moved marks than anyone reads in a terminal; the report lists them all.
_SHOWN = 40


@dataclass
class Summary:
    """How a run ended."""

    exercise: str
    marked: int = 0
    repaired: int = 0
    kept: int = 0
    waiting: int = 0
    late: int = 0
    unmarked: dict[str, str] = field(default_factory=dict)
    faulty: int = 0
    sandboxed: int = 0
    moved: list[Moved] = field(default_factory=list)
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
        if self.repaired:
            what = "1 had something" if self.repaired == 1 else f"{self.repaired} had something"
            yield f"{what} put right before it was marked; `cslearn report` says what."
        if self.sandboxed:
            held = "1 held code and was" if self.sandboxed == 1 else f"{self.sandboxed} held code and were"
            yield f"{held} run in the sandbox."
        if self.late:
            yield f"{self.late} came late; `cslearn report` says who, and what it costs."
        if self.waiting:
            yield f"{self.waiting} wait for the tutor: run `cslearn review` and give the marks that need a person."
        if self.faulty:
            yield f"In {self.faulty} a marking rule failed; those tasks wait for the tutor. Please report it to the authors."
        yield from self._moved_lines(names)
        if self.unmarked:
            yield f"{len(self.unmarked)} could not be marked:"
            for learner, reason in sorted(self.unmarked.items()):
                yield printable(f"  {_called(learner, names)}: {reason}")
        if self.stopped:
            yield f"Stopped with {self.left} to go. What was marked is kept; run the same command again for the rest."

    @property
    def looked_at(self) -> int:
        """How many submissions there were to mark."""
        return self.marked + self.kept + len(self.unmarked) + self.left

    def _moved_lines(self, names: dict[str, str]) -> Iterator[str]:
        if not self.moved:
            return
        by_learner: dict[str, list[Moved]] = defaultdict(list)
        for change in self.moved:
            by_learner[change.learner].append(change)
        marks = "1 mark" if len(self.moved) == 1 else f"{len(self.moved)} marks"
        yield f"{marks} by rule moved, of {len(by_learner)} learner{'s' if len(by_learner) > 1 else ''}:"
        for learner in sorted(by_learner)[:_SHOWN]:
            yield printable(f"  {_called(learner, names)}")
            yield from (printable(f"    {change.sentence}") for change in by_learner[learner])
        if len(by_learner) > _SHOWN:
            yield f"  … and {len(by_learner) - _SHOWN} more learners; `cslearn report` lists them all."


def _called(learner: str, names: dict[str, str]) -> str:
    return f"{learner} ({names[learner]})" if learner in names else learner


def mark_class(
    classroom: Classroom,
    exercise: Exercise,
    *,
    crew: Crew | None = None,
    out: TextIO | None = None,
    batch: int = BATCH,
    again: bool = False,
    learners: Collection[str] = (),
) -> Summary:
    """Mark what is new or changed in submitted/, or with ``again`` all of it, and record it.

    A run can be killed at any moment: finished batches are kept, and the next run
    does the rest. ``learners`` are the only ones to be looked at, if any are named. ``crew``
    does the marking; without one it is this process, or every core for a larger class.
    """
    released = read_released(classroom.released(exercise.name), exercise.name)
    if not is_stock_style(exercise):
        _same_tasks(exercise, released)
    # Before anything is marked, so that bad input ends in one sentence and no half of a run.
    roster = classroom.roster
    for learner in learners:
        if learner not in roster:
            raise Problem(
                f"The roster has no learner {learner!r}; look for the learner_id in {classroom.root / 'roster.csv'}."
            )
    desk = Desk(
        # Without its cells, the solved notebook: marking does not need them, and workers have to unpack them.
        exercise=replace(exercise, cells=(), path=None),
        released=released,
        checksums={cell.id: cell.raw["metadata"].get("nbgrader", {}).get("checksum", "") for cell in released.cells},
        owners={} if classroom.one_common_case else {code: learner for learner, code in classroom.codes.items()},
        codes=classroom.codes,
    )
    summary = Summary(exercise.name)
    started = time.monotonic()
    with Gradebook(classroom, exercise.name) as gradebook:
        if is_stock_style(exercise):
            desk = replace(desk, sources=gradebook.sources)
        version = fingerprint(classroom, exercise, released, desk.sources)
        # Also a learner's extra time that nobody can read.
        _ = gradebook.extra
        earlier = gradebook.recorded()
        jobs: list[Job] = []
        for learner, path, reason in submitted(classroom, exercise.name):
            if learners and learner not in learners:
                continue
            if reason or learner not in roster:
                summary.unmarked[learner] = reason or "not in roster.csv; add the learner there."
            elif not again and _unchanged(path, earlier.get(learner), version, classroom, learner, exercise.name):
                summary.kept += earlier[learner].marked
                if not earlier[learner].marked:
                    summary.unmarked[learner] = earlier[learner].reason
            else:
                jobs.append(Job(learner, path, _timestamp(path)))
        progress = Progress(len(jobs), out)
        done = 0
        try:
            # Closed at once after Ctrl-C: what is under way ends with it.
            with closing((crew or usual)(desk, jobs, batch)) as spread:
                for results in spread:
                    summary.moved += _write(classroom, gradebook, exercise.name, results, version)
                    done += len(results)
                    _count(summary, results)
                    progress.show(done)
        except KeyboardInterrupt:
            summary.stopped, summary.left = True, len(jobs) - done
        progress.end()
        summary.late = gradebook.settle_late()
        summary.waiting = sum(entry.waiting for entry in gradebook.recorded().values())
    summary.seconds = time.monotonic() - started
    return summary


def _count(summary: Summary, results: list[Result]) -> None:
    for result in results:
        summary.faulty += result.faulty
        if result.marked:
            summary.marked += 1
            summary.repaired += result.repaired
            summary.sandboxed += result.sandboxed
        else:
            summary.unmarked[result.learner] = result.reason


def _write(
    classroom: Classroom, gradebook: Gradebook, exercise: str, results: list[Result], version: str
) -> list[Moved]:
    # Files first: a kill in between leaves a file without marks, which the next run writes again.
    # The other way round it would leave marks that formgrader cannot show.
    for result in results:
        if result.marked:
            path = classroom.notebook("autograded", result.learner, exercise)
            write_changed(path, result.notebook)
            if result.timestamp:
                write_changed(path.with_name("timestamp.txt"), result.timestamp.encode())
    return gradebook.record(results, version)


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
    """The time in timestamp.txt; one that cannot be read is ignored: nobody is late by it."""
    path = notebook.with_name("timestamp.txt")
    try:
        text = read_bytes(path, cap=1000).decode("utf-8-sig").strip()
        read_time(text)
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


def fingerprint(
    classroom: Classroom, exercise: Exercise, released: Released, sources: Mapping[str, SourceCell] | None = None
) -> str:
    """Stands for everything but the submission that a mark depends on: rules, data, salt, released notebook."""
    digest = hashlib.sha256(rules())
    for text in (
        exercise.name,
        json.dumps([cell.raw for cell in released.cells], sort_keys=True),
        repr([(task.name, task.award, task.marks, task.schema) for task in exercise.tasks]),
        classroom.salt,
        str(classroom.one_common_case),
        *(text for name, cell in sorted((sources or {}).items()) for text in (name, cell.source)),
    ):
        digest.update(text.encode())
        digest.update(b"\0")
    return digest.hexdigest()
