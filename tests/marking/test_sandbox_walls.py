"""The sandbox proves itself, and refuses to work when a wall is missing."""

import contextlib
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from handing_in import NAME, changed
from processes import alive, below, gone, started_since
from stock_nbgrader import GRADES, nbgrader, rows

import cslearn
import cslearn.marking.crew as crew
import cslearn.marking.sandbox as cage
from cslearn.exercises.answers import literal
from cslearn.marking.classroom import open_classroom
from cslearn.marking.engine import mark_class
from cslearn.marking.sandbox import Broken, Limits, NoSandbox, Sandbox, escapes, filter, walls

SOURCE = str(Path(cslearn.__file__).parents[1])

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")


def made(kind: str) -> Sandbox:
    try:
        return Sandbox(kind)
    except (NoSandbox, Broken) as why:
        pytest.skip(str(why))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is sure to have one")
def test_there_is_a_sandbox_here():
    # Where there is none, the tests of what it keeps in are skipped; one that broke must not pass for that.
    assert cage.sandbox().run(["a = 1 + 1"], ["a"]).steps[0].answers == {"a": 2}


@pytest.fixture(scope="module", params=["namespaces", "landlock"])
def kind(request) -> str:
    """Each kind of room that holds on this machine."""
    box = made(request.param)
    try:
        found = escapes.escaped(box)
    finally:
        box.close()
    if "ordinary code does not run" in found:
        pytest.skip(found)
    assert found == ""
    return request.param


def test_a_learner_s_time_begins_when_the_walls_are_up(kind):
    """However slow the machine: it once took the sandbox for broken where its walls took longer than a notebook's time."""
    with contextlib.closing(made(kind)) as box:
        for _ in range(3):
            assert box.run(["while True: pass"], [], Limits(cell=10, notebook=0.001)).ended == "late"
        assert box.run(["a = 1 + 1"], ["a"]).steps[0].answers == {"a": 2}


def test_walls_that_do_not_come_up_are_the_sandbox_s_fault(kind, monkeypatch):
    monkeypatch.setattr(cage, "WALLS_WITHIN", 0.2)
    monkeypatch.setattr(cage, "START", cage.START + "warm.Room.lock_in = lambda *_: warm.time.sleep(60); ")
    with contextlib.closing(made(kind)) as box, pytest.raises(Broken, match="the walls were not up in time"):
        box.run(["a = 1"], ["a"])


# What is taken away, in which rooms that must be noticed, and what the proof then says.
MISSING = {
    "the list of allowed calls": ("warm.walls.close_filter = lambda **_: None; ", ("namespaces", "landlock"), "could"),
    "the limits": ("warm.walls.limit = lambda *_: None; ", ("namespaces", "landlock"), "fill the memory"),
    "giving up rights": ("warm.walls.give_up_rights = lambda: None; ", ("namespaces",), "rights from a program"),
    "the room": ("warm.walls.enter_room = lambda _: None; ", ("namespaces",), "read another file"),
    "its own network": ("warm.walls._NEW_NET = 0; ", ("namespaces",), "network can still be reached"),
    "the change of account": ("warm.walls.change_account = lambda: None; ", ("namespaces",), "still root"),
    "the Landlock rules": ("warm.walls.stay_readonly = lambda _: None; ", ("landlock",), "could"),
    "the hidden folders": (
        "import dataclasses; warm.walls.Readable = lambda f, h, R=warm.walls.Readable: R(f, ()); ",
        ("namespaces", "landlock"),
        "read the marking rules",
    ),
    "the clean environment": ("import os; os.environ['TOKEN'] = 'x'; ", ("namespaces", "landlock"), "environment"),
    "closing what is open": ("warm._only = lambda line, *kept: list(kept); ", ("namespaces", "landlock"), "could|certain"),
    "the end by the clock": (
        "warm.signal.pidfd_send_signal = lambda *_: None; ",
        ("namespaces", "landlock"),
        "does not answer",
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("missing", MISSING)
def test_the_proof_fails_when_a_wall_is_missing(kind, monkeypatch, missing):
    patch, kinds, says = MISSING[missing]
    if kind not in kinds or (missing == "the change of account" and os.geteuid() != 0):
        pytest.skip(f"{missing} is not a wall of this room")
    monkeypatch.setattr(cage, "START", cage.START + patch)
    box = Sandbox(kind)
    try:
        found = escapes.escaped(box)
    except Broken as why:
        found = str(why)
    finally:
        box.close()
    assert found
    assert any(part in found for part in says.split("|"))


@pytest.mark.slow
def test_a_class_is_not_run_when_the_proof_fails(classroom, desk, exercise, monkeypatch):
    cage.forget()
    monkeypatch.setattr(cage, "START", cage.START + MISSING["the limits"][0])
    desk.hand_in(classroom, "L001", changed(desk.notebook(), "matrix-answer", "matrix = {'totals': dict()}"))
    try:
        summary = mark_class(classroom, exercise)
    finally:
        cage.forget()
    assert summary.marked == 0
    reason = summary.unmarked["L001"]
    assert "This machine cannot keep code in" in reason and "in a container or in WSL2" in reason


def test_other_systems_are_told_the_way_out(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    with pytest.raises(NoSandbox, match=r"Darwin on .* has no walls for it\. Mark on Linux, in a container or in WSL2"):
        Sandbox("namespaces")
    monkeypatch.undo()
    monkeypatch.setattr(filter.platform, "machine", lambda: "riscv64")
    with pytest.raises(NoSandbox, match="riscv64"):
        Sandbox("namespaces")


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize("own_files", [True, False])
def test_the_list_of_calls_is_a_program_that_the_kernel_can_check(machine, own_files):
    steps = filter.program(machine, own_files)
    assert len(steps) < 4096 and steps[-1] == (0x06, 0, 0, 0x00050001)
    for number, (operation, yes, no, value) in enumerate(steps):
        assert 0 <= value < 1 << 32 and 0 <= yes < 256 and 0 <= no < 256
        if operation in (0x15, 0x45):
            assert number + 1 + max(yes, no) < len(steps)


@pytest.mark.slow
def test_the_marker_can_be_imported_where_python_lacks_what_the_walls_need():
    code = "import sys\nsys.modules['resource'] = sys.modules['fcntl'] = None\nimport cslearn.marking.engine"
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_what_may_be_read_holds_nothing_of_the_marker():
    given = cage.readable()
    pieces = [Path(piece) for piece in given.pieces()]
    package = Path(cslearn.__file__).parent
    for room in ("exercises/rules", "exercises/personas", "marking", "site"):
        assert not any(
            piece.is_relative_to(package / room) or (package / room).is_relative_to(piece) for piece in pieces
        )
    assert any(piece.is_relative_to(package / "northfold") for piece in pieces)
    assert not any(Path.home() == piece or Path("/") == piece for piece in pieces)


@pytest.mark.slow
@pytest.mark.parametrize("which", ["marker", "warm"])
def test_nothing_is_left_when_the_marker_or_the_warm_process_is_killed(kind, which):
    script = (
        "import sys\nfrom cslearn.marking.sandbox import Limits, Sandbox\nbox = Sandbox(sys.argv[1])\n"
        "print(box._warm.pid, box._scratch, flush=True)\n"
        "try: box.run(['while True: pass'], [], Limits(60, 60))\nfinally: box.close()"
    )
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    marker = subprocess.Popen(
        [sys.executable, "-c", script, kind],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with marker:
        warm, scratch = marker.stdout.readline().split()
        until = time.monotonic() + 5
        while not (inside := below(int(warm))) and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.3)
        assert inside
        os.kill(marker.pid if which == "marker" else int(warm), signal.SIGKILL)
        assert gone([*inside, int(warm)])
        marker.wait(10)
    assert not Path(scratch).exists()


def test_closing_ends_the_warm_process_and_leaves_no_folder(kind):
    box = Sandbox(kind)
    box.run(["a = 1"], [])
    box.close()
    assert not alive(box._warm.pid) and not Path(box._scratch).exists()
    with pytest.raises(Broken, match="has gone"):
        box.run(["a = 1"], [])


# Becomes an ordinary user who can reach the interpreter, wherever root keeps it.
AS_USER = """
import ctypes, json, os, stat, sys, tempfile
from pathlib import Path
from cslearn.marking.sandbox import Sandbox, escapes, walls
import cslearn.marking.sandbox.messages
walls._unshare(0x20000)
walls._mount(None, "/", None, 0x44000)
needed = [os.path.realpath(p) for p in (sys.base_prefix, sys.prefix, Path(cslearn.__file__).parents[1])]
for path in needed:
    closed = next((p for p in [*reversed(Path(path).parents)] if not p.stat().st_mode & stat.S_IXOTH), None)
    if closed:
        held = {p: tempfile.mkdtemp() for p in needed if Path(p).is_relative_to(closed)}
        for p, aside in held.items():
            walls._mount(p, aside, None, 0x5000)
        walls._mount("tmpfs", str(closed), "tmpfs", 0, "mode=755")
        for p, aside in held.items():
            os.makedirs(p, exist_ok=True)
            walls._mount(aside, p, None, 0x5000)
os.setgroups([]); os.setresgid(54321, 54321, 54321); os.setresuid(54321, 54321, 54321)
libc = ctypes.CDLL(None)
libc.prctl(4, 1, 0, 0, 0)
box = Sandbox(sys.argv[1])
print(json.dumps([os.getuid(), escapes.escaped(box), box.run(["a = 1 + 1"], ["a"]).steps[0].answers]))
box.close()
"""


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_it_holds_for_an_ordinary_user_too(kind):
    environment = {**os.environ, "PYTHONPATH": SOURCE, "TMPDIR": "/tmp"}
    done = subprocess.run(
        [sys.executable, "-c", AS_USER, kind], env=environment, capture_output=True, text=True, timeout=60
    )
    if "NoSandbox" in done.stderr or "unshare" in done.stderr:
        pytest.skip(done.stderr.strip().splitlines()[-1])
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [54321, "", {"a": 2}]


def test_an_older_landlock_is_no_wall(monkeypatch):
    monkeypatch.setattr(walls, "landlock_version", lambda: 2)
    with pytest.raises(walls.NoWalls, match="version 3"):
        walls.stay_readonly([])


# ---- beside stock nbgrader ------------------------------------------------------------------


def honest(desk, learner: str) -> dict[str, str]:
    """Answer cells as honest learners write them who know a little Python."""
    answers = desk.answers(learner)
    matrix, money = answers["matrix"], answers["cost-benefit"]
    totals = ", ".join(f"{name!r}: round({total!r}, 2)" for name, total in matrix["totals"].items())
    rounded = f"matrix = {literal({**matrix, 'totals': {}})}\nmatrix['totals'] = {{{totals}}}"
    return {
        "L001": {"matrix-answer": rounded},
        "L002": {
            "matrix-answer": f"import pandas as pd\nmatrix = {literal({**matrix, 'ranking': []})}\n"
            "matrix['ranking'] = list(pd.Series(matrix['totals']).sort_values(ascending=False).index)",
            "cost-benefit-answer": f"cost_benefit = dict({literal(money)})\ncost_benefit['choose'] = None\ncost_benefit",
        },
        "L003": {"cost-benefit-answer": f"cost_benefit = {literal(money)}\ncost_benefit['rows'].pop()\n1 / 0"},
        "L004": {"matrix-answer": "matrix = undefined_name"},
        "L005": {"matrix-answer": f"matrix = {literal(matrix)}\nmatrix['totals']['A'] += 1\nimport numpy as np\nmatrix['totals']['B'] = np.float64(matrix['totals']['B'])\nmatrix['scores']['B'] = [1] * 5"},
    }[learner]  # fmt: skip


@pytest.mark.slow
@pytest.mark.nbgrader
def test_stock_nbgrader_gives_honest_code_the_same_grades(classroom, desk, exercise, tmp_path):
    try:
        cage.sandbox()
    except NoSandbox as why:
        pytest.skip(str(why))
    learners = ["L001", "L002", "L003", "L004", "L005"]
    for learner in learners:
        notebook = desk.notebook(learner)
        for id_, source in honest(desk, learner).items():
            notebook = changed(notebook, id_, source)
        desk.hand_in(classroom, learner, notebook)
    stock = tmp_path / "stock"
    shutil.copytree(classroom.root, stock)
    summary = mark_class(classroom, exercise)
    assert (summary.marked, summary.sandboxed) == (5, 5)
    done = nbgrader(stock, "autograde", NAME)
    assert done.returncode == 0, done.stderr
    ours, theirs = rows(classroom.root, GRADES), rows(stock, GRADES)
    assert ours == theirs
    earned = {(row[0], row[1]): row[3] for row in ours}
    assert earned["L001", "matrix"] == 7 and 0 < earned["L005", "matrix"] < 7 and earned["L004", "matrix"] == 0


@pytest.mark.slow
def test_a_pool_of_processes_gives_the_same_marks_and_leaves_nothing_running(classroom, desk, exercise, tmp_path):
    try:
        cage.sandbox()
    except NoSandbox as why:
        pytest.skip(str(why))
    for learner in ("L001", "L003", "L005"):
        notebook = desk.notebook(learner)
        for id_, source in honest(desk, learner).items():
            notebook = changed(notebook, id_, source)
        desk.hand_in(classroom, learner, notebook)
    other = tmp_path / "pool"
    shutil.copytree(classroom.root, other)
    mark_class(classroom, exercise)
    # The sandbox of this process, and the browser of other tests, go on.
    before = set(below(os.getpid()))
    with ProcessPoolExecutor(2) as pool:
        summary = mark_class(open_classroom(other), exercise, crew=partial(crew.on, pool), batch=1)
        started = started_since(before, by=set())
    assert summary.sandboxed == 3
    assert rows(other, GRADES) == rows(classroom.root, GRADES)
    assert started and gone(sorted(started))


def test_after_an_interruption_the_next_notebook_gets_another_sandbox(monkeypatch):
    try:
        box = cage.sandbox()
    except NoSandbox as why:
        pytest.skip(str(why))

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Sandbox, "_listen", interrupted)
        with pytest.raises(KeyboardInterrupt):
            box.run(["while True: pass"], [])
    assert not alive(box._warm.pid)
    again = cage.sandbox()
    assert again is not box and again.run(["a = 1"], ["a"]).steps[0].answers == {"a": 1}


@pytest.mark.slow
def test_a_notebook_costs_a_fraction_of_a_second(kind):
    box = Sandbox(kind)
    try:
        started = time.monotonic()
        for _ in range(20):
            box.run(["a = 1"] * 8, ["a"], Limits())
        assert time.monotonic() - started < 20 * 0.25
    finally:
        box.close()
