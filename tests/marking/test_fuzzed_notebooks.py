"""Ten thousand damaged notebooks: each gives marks within bounds or one clear line, and no class stops.

The suite runs ``FUZZED`` of them; ``CSLEARN_FUZZED=10000`` in the environment runs them all, in some minutes.
"""

import json
import os
import re
import zlib
from collections import Counter

import pytest
from handing_in import NAME, Desk
from mutating import TASKS, mutant

import cslearn.marking.marker as marker
from cslearn.marking.classroom import create_classroom
from cslearn.marking.engine import mark_class
from cslearn.marking.files import printable
from cslearn.marking.gradebook import Gradebook
from cslearn.marking.release import release
from cslearn.marking.sandbox import NoSandbox

LEARNERS = 50
FUZZED = int(os.environ.get("CSLEARN_FUZZED", "1000"))
# One in so many of those with code is run; the others are only said to need it.
SAMPLED = 12


@pytest.fixture(scope="module")
def many(tmp_path_factory, exercise):
    """A class of fifty with the exercise released, each with the notebook of an expert on their own case."""
    root = tmp_path_factory.mktemp("fuzzed") / "class"
    root.mkdir()
    ids = [f"F{number:03}" for number in range(LEARNERS)]
    rows = "".join(f"{id_},Learner {id_}\n" for id_ in ids)
    (root / "roster.csv").write_text("learner_id,name\n" + rows)
    room = create_classroom(root, salt="0123456789abcdef0123")
    release(room, exercise)
    desk = Desk(exercise, root)
    return room, desk, {id_: desk.notebook(id_) for id_ in ids}


@pytest.mark.slow
def test_a_damaged_notebook_gives_marks_within_bounds_or_one_clear_line(many, exercise, monkeypatch):
    room, desk, honest = many
    real = marker.sandbox

    def sometimes(private):
        if zlib.crc32(private.read_bytes()) % SAMPLED:
            raise NoSandbox("It was not drawn.")
        return real(private=private)

    monkeypatch.setattr(marker, "sandbox", sometimes)
    maximum = {task.name: task.marks for task in exercise.tasks}
    ended: Counter = Counter()
    failed: list[str] = []
    for start in range(0, FUZZED, LEARNERS):
        made = {}
        for seed, learner in zip(range(start, min(start + LEARNERS, FUZZED)), honest, strict=False):
            made[learner] = (seed, *mutant(honest[learner], seed))
            desk.hand_in(room, learner, made[learner][2][0])
        summary = mark_class(room, exercise)
        with Gradebook(room, NAME) as gradebook:
            entries = {entry.learner: entry for entry in gradebook.entries() if entry.marked}
        for learner, (seed, kind, (_, spared)) in made.items():
            reason, entry = summary.unmarked.get(learner), entries.get(learner)
            problem = _wrong_line(reason) if reason else _wrong_marks(entry, maximum, spared)
            if problem:
                failed.append(f"seed {seed} ({kind}): {problem}")
            ended[kind, "line" if reason else "marks"] += 1
        for learner in set(made) - set(summary.unmarked):
            json.loads(room.notebook("autograded", learner, NAME).read_bytes())
    print(f"{FUZZED} notebooks:", dict(sorted(ended.items())))
    assert failed == []
    assert sum(ended.values()) == FUZZED
    # Neither way out may be the only one, or the mutations would prove nothing.
    assert min(sum(n for (_, way), n in ended.items() if way == w) for w in ("line", "marks")) > FUZZED / 10


def _wrong_line(reason: str) -> str:
    if "itself failed" in reason or "Traceback" in reason or "\n" in reason:
        return f"no clear line: {reason!r}"
    if not re.search(r"\w{3}", reason) or len(printable(reason)) > 900 or not reason.rstrip().endswith((".", ")")):
        return f"an odd line: {reason!r}"
    return ""


def _wrong_marks(entry, maximum: dict, spared: frozenset) -> str:
    if entry is None:
        return "neither marks nor a line"
    if entry.detail["faults"]:
        return f"a rule failed: {entry.detail['faults']}"
    for task in TASKS:
        mark = entry.scores[task].auto
        if not (isinstance(mark, (int, float)) and 0 <= mark <= maximum[task]):
            return f"{task} earned {mark}"
        if task in spared and mark != maximum[task]:
            return f"{task} was left alone and earned {mark} of {maximum[task]}"
    return ""
