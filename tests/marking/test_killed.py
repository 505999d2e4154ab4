"""kill -9 at any moment loses nothing: resumed, a run ends where an undisturbed one does."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest
import servers
from handing_in import NAME, changed, records
from processes import below, gone

from cslearn.marking.classroom import Classroom, create_classroom, open_classroom
from cslearn.marking.release import release

LEARNERS = 60
KILLS = 50
# What `cslearn mark` runs, once as a class of this size is marked and once on every core; in small
# batches, so that many a kill comes between two of them.
COMMAND = (
    "import cslearn.marking.engine as e; e.mark_class.__kwdefaults__['batch'] = 10; "
    "from cslearn.cli import main; import sys; sys.exit(main(['mark', sys.argv[1], '--class', sys.argv[2]]))"
)
POOL = "import cslearn.marking.engine as e, cslearn.marking.crew as c; e.usual = c.on_all_cores; " + COMMAND


@pytest.fixture(scope="module")
def sixty(tmp_path_factory, desk, exercise) -> Classroom:
    """A class of sixty: most with plain answers, a few with code, damage and repairs."""
    root = tmp_path_factory.mktemp("sixty") / "class"
    root.mkdir()
    rows = "".join(f"K{number:03},Learner {number},\n" for number in range(LEARNERS))
    (root / "roster.csv").write_text(f"learner_id,name,email\n{rows}")
    classroom = create_classroom(root, salt="0123456789abcdef0123")
    release(classroom, exercise)
    for number, learner in enumerate(classroom.roster):
        notebook = changed(desk.notebook("L001"), "learner-code", f'learner_code = "{classroom.codes[learner]}"')
        if number % 10 == 3:
            notebook = changed(notebook, "matrix-answer", "matrix = dict(ranking=list('ABC'))")
        if number % 10 == 7:
            notebook["cells"].pop()
        desk.hand_in(classroom, learner, b"{" if number % 20 == 9 else notebook)
        stamp = classroom.folder("submitted", learner, NAME) / "timestamp.txt"
        stamp.write_text(f"2024-05-01 10:00:{number:02} UTC")
    return classroom


def start(classroom: Classroom, command: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", command, NAME, str(classroom.root)],
        env=servers.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finished(classroom: Classroom, command: str) -> float:
    """How long a run takes that nobody disturbs."""
    started = time.monotonic()
    process = start(classroom, command)
    said = process.communicate()[1]
    # One: the damaged ones are listed.
    assert process.returncode == 1, said
    return time.monotonic() - started


def state(classroom: Classroom) -> tuple:
    folder = classroom.root / "autograded"
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return records(classroom), files


@pytest.mark.slow
def test_killed_at_fifty_random_moments_and_resumed_the_class_is_as_if_nothing_had_happened(sixty, tmp_path):
    drawn = random.Random(20261123)
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(sixty.root, undisturbed)
    takes = finished(open_classroom(undisturbed), COMMAND)
    expected = state(open_classroom(undisturbed))
    assert len(expected[0]["cslearn_marking"]) == LEARNERS and len(expected[1]) == 2 * (LEARNERS - 3)
    kills = rounds = between = 0
    while kills < KILLS:
        rounds += 1
        root = tmp_path / f"round-{rounds}"
        shutil.copytree(sixty.root, root)
        classroom = open_classroom(root)
        # Several kills to a class: what the first one left has to survive the next.
        for _ in range(min(5, KILLS - kills)):
            process = start(classroom, POOL if rounds % 2 else COMMAND)
            time.sleep(drawn.uniform(0.1, 1.0) * takes)
            others = below(process.pid)
            if process.poll() is None:
                # Now and then the marker alone; its workers must end with it.
                if drawn.random() < 0.7:
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()
                kills += 1
            process.communicate()
            assert gone(others)
            between += 0 < len(records(classroom)["cslearn_marking"]) < LEARNERS
        finished(classroom, COMMAND)
        assert state(classroom) == expected
        shutil.rmtree(root)
    print(f"{kills} kills in {rounds} classes, {between} of them in the middle of a class")
    # The moments must be ones that matter.
    assert between >= 3
