"""Wherever the marking is done, the rows are the same, and nothing is lost or left running."""

import dataclasses
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import servers
from handing_in import NAME, changed, records
from processes import below, gone

import cslearn.marking.crew as crew
import cslearn.marking.marker as marker
from cslearn.marking import cluster as cluster_module
from cslearn.marking import demo
from cslearn.marking.classroom import Classroom, create_classroom, open_classroom
from cslearn.marking.cluster import cluster
from cslearn.marking.engine import mark_class
from cslearn.marking.release import release
from cslearn.problem import Problem


@pytest.fixture(scope="session")
def demo_class(tmp_path_factory, exercise) -> Path:
    """The sample class with its clumsy hand-ins, and a few that are worse."""
    root = tmp_path_factory.mktemp("crew") / "class"
    root.mkdir()
    (root / "roster.csv").write_text(demo.roster_csv(), encoding="utf-8")
    classroom = create_classroom(root, salt=demo.SALT)
    release(classroom, exercise)
    hand_ins = {sample.learner.id: sample.data for sample in demo.sample_class(classroom, exercise)}
    notebook = hand_ins["NH001"].decode()
    hand_ins |= {
        "NH005": notebook.replace("matrix = {", "matrix = [[[[[[[[[[[{").encode(),
        "NH008": b"[" * 100_000,
        "NH010": b"\xff\xfe\x00" * 1000,
    }
    for learner, data in hand_ins.items():
        path = classroom.notebook("submitted", learner, NAME)
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        path.with_name("timestamp.txt").write_text("2024-05-01 10:00:00 UTC")
    return root


def copy_of(root: Path, into: Path) -> Classroom:
    shutil.copytree(root, into)
    return open_classroom(into)


def autograded(classroom: Classroom) -> dict[str, bytes]:
    folder = classroom.root / "autograded"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def in_turn(demo_class, exercise, tmp_path_factory) -> Classroom:
    """The sample class, marked one after another in this process."""
    classroom = copy_of(demo_class, tmp_path_factory.mktemp("in-turn") / "class")
    mark_class(classroom, exercise, crew=crew.here)
    return classroom


@pytest.mark.slow
def test_a_pool_gives_the_same_rows_and_the_same_files(demo_class, in_turn, exercise, tmp_path):
    classroom = copy_of(demo_class, tmp_path / "class")
    summary = mark_class(classroom, exercise, crew=crew.on_all_cores, batch=4)
    assert summary.marked >= 26 and set(summary.unmarked) >= {"NH008", "NH010"}
    assert records(classroom) == records(in_turn)
    assert autograded(classroom) == autograded(in_turn)


@pytest.mark.slow
def test_a_cluster_gives_the_same_rows_and_the_same_files(demo_class, in_turn, exercise, tmp_path):
    classroom = copy_of(demo_class, tmp_path / "class")
    with servers.dask(tmp_path / "dask") as address:
        command = [sys.executable, "-m", "cslearn.cli", "mark", NAME, "--class", str(classroom.root)]
        done = subprocess.run(
            [*command, "--scheduler", address], env=servers.environment(), capture_output=True, text=True
        )
    # One: some could not be marked.
    assert done.returncode == 1, done.stderr
    assert records(classroom) == records(in_turn)
    assert autograded(classroom) == autograded(in_turn)


@pytest.mark.slow
def test_postgresql_and_a_pool_give_the_same_rows(demo_class, in_turn, exercise, tmp_path, postgresql):
    folder = tmp_path / "class"
    shutil.copytree(demo_class, folder)
    (folder / "gradebook.db").unlink()
    settings = folder / "class.yml"
    settings.write_text(f"{settings.read_text()}\ngradebook: {postgresql.database()}\n")
    classroom = open_classroom(folder)
    release(classroom, exercise)
    mark_class(classroom, exercise, crew=crew.on_all_cores, batch=4)
    assert records(classroom) == records(in_turn)


@pytest.mark.slow
def test_workers_of_a_cluster_need_no_file_of_the_class(demo_class, exercise, tmp_path):
    """The jobs carry the files: with the class folder's paths made wrong, everything is marked all the same."""
    classroom = copy_of(demo_class, tmp_path / "class")
    with servers.dask(tmp_path / "dask", workers=1) as address, cluster(address) as there:

        def elsewhere(desk, jobs, batch):
            carried = [dataclasses.replace(job, data=job.path.read_bytes(), path=Path("/nowhere")) for job in jobs]
            real, crew.read_bytes = crew.read_bytes, None
            try:
                # Already carried: the reading of files must not be asked for again.
                crew._with_data, before = (lambda line, some: (some, [])), crew._with_data
                yield from there(desk, carried, batch)
            finally:
                crew.read_bytes, crew._with_data = real, before

        assert mark_class(classroom, exercise, crew=elsewhere).marked >= 26


def test_a_cluster_that_is_not_there_is_one_sentence(classroom, desk, monkeypatch, capsys):
    from cslearn.cli import main

    monkeypatch.setattr(cluster_module, "_ANSWERS_WITHIN", 1)
    desk.hand_in(classroom, "L001")
    address = f"tcp://127.0.0.1:{servers.free_port()}"
    assert main(["mark", NAME, "--class", str(classroom.root), "--scheduler", address]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"cslearn: No Dask scheduler answers at {address}") and said.count("\n") == 1


@pytest.mark.slow
def test_a_cluster_with_other_rules_or_no_workers_is_refused(tmp_path, monkeypatch):
    none = pytest.raises(Problem, match="has no workers")
    with servers.dask(tmp_path / "empty", workers=0) as address, none, cluster(address):
        pass
    other = tmp_path / "other" / "cslearn"
    shutil.copytree(Path(marker.__file__).parents[1], other, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "methods" / "options.py").open("a") as file:
        file.write("\n# Another rule.\n")
    there = servers.environment() | {"PYTHONPATH": str(other.parent)}
    another = pytest.raises(Problem, match="has another cslearn")
    with servers.dask(tmp_path / "dask", workers=1, source=there) as address, another, cluster(address):
        pass


def test_other_rules_are_refused_batch_by_batch_too():
    with pytest.raises(Problem, match=r"another cslearn \(.+\) than this computer \(0.0.0-other\)"):
        marker.mark_packed(b"", [], "0.0.0-other")


class Deadly(type(Path())):
    """A notebook that ends the process which reads it, unless that is the test's own: as want of memory does."""

    def __fspath__(self) -> str:
        if multiprocessing.parent_process() is not None:
            lives = Path(self.parent, "lives")
            left = int(lives.read_text()) if lives.exists() else 0
            if left < 1:
                os.kill(os.getpid(), signal.SIGKILL)
            lives.write_text(str(left - 1))
        return super().__fspath__()


def deadly(*learners: str):
    """A pool in which these learners' notebooks are deadly."""

    def with_deadly(desk, jobs, batch):
        jobs = [dataclasses.replace(j, path=Deadly(j.path)) if j.learner in learners else j for j in jobs]
        yield from crew.on_all_cores(desk, jobs, batch, workers=2)

    return with_deadly


@pytest.mark.slow
def test_a_worker_that_the_system_ends_costs_its_own_submission_alone(classroom, desk, exercise):
    everybody = ["L001", "L002", "L003", "L004", "L005"]
    for learner in everybody:
        desk.hand_in(classroom, learner)
    summary = mark_class(classroom, exercise, crew=deadly("L003"), batch=1)
    assert (summary.marked, set(summary.unmarked), summary.exit_code) == (4, {"L003"}, 1)
    assert "ended by the system twice" in summary.unmarked["L003"]
    # The next run tries it again.
    assert mark_class(classroom, exercise).marked == 1


@pytest.mark.slow
def test_a_worker_that_ends_once_costs_nothing(classroom, desk, exercise, monkeypatch):
    for learner in ("L001", "L002", "L003"):
        desk.hand_in(classroom, learner)
    real = crew._one_by_one

    def second_chance(desk_, jobs):
        for job in jobs:
            if job.learner == "L002":
                Path(job.path.parent, "lives").write_text("99")
        return real(desk_, jobs)

    monkeypatch.setattr(crew, "_one_by_one", second_chance)
    summary = mark_class(classroom, exercise, crew=deadly("L002"), batch=1)
    assert (summary.marked, summary.unmarked) == (3, {})


def test_a_notebook_that_the_marker_stumbles_over_does_not_stop_the_class(classroom, desk, exercise, monkeypatch):
    real = marker.record_of

    def stumbles(exercise_, released, submission, *rest):
        if submission.learner == "L002":
            raise KeyError("a fault of ours \x00\ud800")
        return real(exercise_, released, submission, *rest)

    for learner in ("L001", "L002", "L003"):
        desk.hand_in(classroom, learner)
    with monkeypatch.context() as patch:
        patch.setattr(marker, "record_of", stumbles)
        summary = mark_class(classroom, exercise)
    assert (summary.marked, list(summary.unmarked)) == (2, ["L002"])
    assert "The marker itself failed on it (KeyError" in summary.unmarked["L002"]
    assert mark_class(classroom, exercise).marked == 1


def test_slow_notebooks_are_handed_back_before_the_rest_of_their_batch(classroom, desk, exercise, monkeypatch):
    real = marker._mark_one
    monkeypatch.setattr(marker, "_mark_one", lambda desk_, job: time.sleep(0.2) or real(desk_, job))
    for number in range(4):
        desk.hand_in(classroom, f"L00{number + 1}")
    sizes = []

    def watched(desk_, jobs, batch):
        monkeypatch.setattr(marker.mark_batch, "__defaults__", (0.3,))
        for results in crew.here(desk_, jobs, batch):
            sizes.append(len(results))
            yield results

    assert mark_class(classroom, exercise, crew=watched).marked == 4
    assert len(sizes) > 1 and sum(sizes) == 4


def test_a_small_class_starts_no_pool_and_a_slow_one_does(classroom, desk, exercise, monkeypatch):
    called = []

    def pool(desk_, jobs, batch):
        called.append([job.learner for job in jobs])
        yield from crew.here(desk_, jobs, batch)

    monkeypatch.setattr(crew, "on_all_cores", pool)
    monkeypatch.setattr(crew, "cores", lambda: 2)
    for number in range(5):
        desk.hand_in(classroom, f"L00{number + 1}")
    monkeypatch.setattr(crew, "_ALONE", 1000.0)
    assert mark_class(classroom, exercise).marked == 5 and called == []
    monkeypatch.setattr(crew, "_ALONE", 0.0)
    monkeypatch.setattr(crew, "_WORTH_A_POOL", 0.0)
    # Without a second there is one batch less, and its time tells of the rest.
    monkeypatch.setattr(crew, "_ALONE", 1e-9)
    assert mark_class(classroom, exercise, again=True, batch=1).marked == 5
    assert called == [["L002", "L003", "L004", "L005"]]


RUN = """
import sys
from cslearn.exercises.exercise import read
from cslearn.marking.classroom import open_classroom
from cslearn.marking.crew import on_all_cores
from cslearn.marking.engine import mark_class

summary = mark_class(open_classroom(sys.argv[1]), read(sys.argv[2]), crew=on_all_cores, batch=1)
sys.exit(summary.exit_code)
"""


def slow_class(classroom, desk) -> None:
    """Four learners whose notebooks take their full time."""
    for learner in ("L001", "L002", "L003", "L004"):
        notebook = changed(desk.notebook(learner), "matrix-answer", "matrix = {}\nwhile True: pass")
        desk.hand_in(classroom, learner, notebook)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["Ctrl-C", "kill -9"])
def test_workers_end_with_the_run(classroom, desk, how):
    slow_class(classroom, desk)
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(classroom.root), NAME],
        env=servers.environment(),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    until = time.monotonic() + 60
    # The forkserver, the resource tracker, two workers and their sandboxes.
    while len(started := below(process.pid)) < 6 and time.monotonic() < until:
        time.sleep(0.1)
    assert len(started) >= 4
    if how == "Ctrl-C":
        # A terminal sends it to everybody in the foreground.
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.kill()
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    said = process.communicate()[1]
    watchdog.cancel()
    assert gone(started)
    if how == "Ctrl-C":
        assert process.returncode == 130 and "Traceback" not in said
