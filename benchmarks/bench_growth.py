"""How marking grows: 100, 1,000 and 5,000 submissions with two workers, and one Dask worker beside two.

Honest submissions of the sample class, as many times as it takes, each with the code of the learner
who hands it in. Each run is a command of its own, start-up included. Memory is the peak of the
process that writes, and of the largest worker; a figure of 1.1 means a tenth more. Dask marks again, on
the same exercise and on one whose cases are drawn from the whole story, where the workers have more
of the work; on two processors the scheduler and the run that writes take theirs from the second worker.
Each of its runs has a cluster that has marked the class once before.
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.measure import Bar, Bench, Row, in_turn, median, row
from benchmarks.watching import Watched, watched
from cslearn.exercises.exercise import read
from cslearn.marking import demo
from cslearn.marking.classroom import Classroom, create_classroom, open_classroom
from cslearn.marking.release import release
from cslearn.problem import Problem

# Cheap to draw, so that the figure is that of the marker and not of the story behind the data.
EXERCISE = "choose-an-improvement"
NAME = "growth"
SIZES = (100, 1_000, 5_000)
ALL = "marking 5,000 submissions with two workers"
EACH = {size: f"marking one of {size:,} submissions" for size in SIZES}
SLOWER = "time of one of 5,000 over one of 1,000"
WRITER = "writer's memory at 5,000 over 100"
WORKER = "a worker's memory at 5,000 over 100"
CLUSTER = "two Dask workers, beside one"
CLUSTER_STORY = "two Dask workers, beside one, with cases from the story"
BARS: dict[str, Bar | None] = {
    ALL: Bar(at_most=60),
    **dict.fromkeys(EACH.values()),
    SLOWER: Bar(at_most=1.2),
    WRITER: Bar(at_most=1.2),
    WORKER: Bar(at_most=1.2),
    CLUSTER: Bar(times=1.6),
    CLUSTER_STORY: Bar(times=1.6),
}
# How many submissions, and how many runs: the short ones are over before the machine has settled.
ON_CLUSTER = {EXERCISE: (1_000, 7, CLUSTER), "find-the-bottleneck": (200, 3, CLUSTER_STORY)}
MARK = """
import sys
from functools import partial
from cslearn.exercises.exercise import read
from cslearn.marking.classroom import open_classroom
from cslearn.marking.crew import on_all_cores
from cslearn.marking.engine import mark_class

if __name__ == "__main__":
    crew = partial(on_all_cores, workers=2)
    sys.exit(mark_class(open_classroom("."), read(sys.argv[1]), crew=crew).exit_code)
"""


def run(bench: Bench) -> Iterator[Row]:
    exercise = read(EXERCISE)
    runs: dict[int, Watched] = {}
    for size in SIZES:
        bench.say(f"  a class of {size:,}")
        root = bench.new_folder(f"class-{size}")
        big_class(root, size)
        script = root / "mark.py"
        script.write_text(MARK)
        # A small class is over before the machine has settled; it is timed more than once.
        tries = []
        for _ in range(3 if size < 1_000 else 1):
            folder = bench.new_folder("marked") / "class"
            shutil.copytree(root, folder)
            tries.append(watched([sys.executable, "mark.py", exercise.name], folder))
            shutil.rmtree(folder.parent)
        runs[size] = sorted(tries, key=lambda one: one.seconds)[len(tries) // 2]
        shutil.rmtree(root)
    bench.say("  submissions   seconds   of processors   ms each   writer MB   worker MB")
    for size, one in runs.items():
        bench.say(
            f"  {size:11,}   {one.seconds:7.1f}   {one.processor:13.1f}   {one.seconds / size * 1000:7.1f}"
            f"   {one.itself:9.0f}   {one.child:9.0f}"
        )
    small, middle, large = (runs[size] for size in SIZES)
    yield row(BARS, ALL, large.seconds, None, "s")
    for size, one in runs.items():
        yield row(BARS, EACH[size], one.seconds / size * 1000, None, "ms")
    yield row(BARS, SLOWER, (large.seconds / SIZES[2]) / (middle.seconds / SIZES[1]), None, "x")
    yield row(BARS, WRITER, large.itself / small.itself, None, "x")
    yield row(BARS, WORKER, large.child / small.child, None, "x")

    for name, (size, times, said) in ON_CLUSTER.items():
        bench.say(f"  {size:,} of {name}")
        root = bench.new_folder(f"cluster-{name}")
        big_class(root, size, name)
        once = partial(on_cluster, bench, open_classroom(root), read(name), size)
        ours, theirs = in_turn(partial(once, 2), partial(once, 1), times, bench.say, "s")
        yield row(BARS, said, median(ours), median(theirs), "s")


def big_class(root: Path, size: int, name: str = EXERCISE) -> Classroom:
    """A released class of this size in which everybody has handed in."""
    exercise = read(name)
    small = root.with_name(f"{root.name}-sample")
    small.mkdir()
    (small / "roster.csv").write_text(demo.roster_csv(), encoding="utf-8")
    template = create_classroom(small, salt=demo.SALT)
    release(template, exercise)
    samples = [sample for sample in demo.sample_class(template, exercise) if not sample.says]
    shutil.rmtree(small)
    roster = "".join(f"B{number:05},Learner {number:05}\n" for number in range(size))
    (root / "roster.csv").write_text(f"learner_id,name\n{roster}", encoding="utf-8")
    classroom = create_classroom(root, salt=demo.SALT)
    release(classroom, exercise)
    for number, (learner, code) in enumerate(classroom.codes.items()):
        sample = samples[number % len(samples)]
        path = classroom.notebook("submitted", learner, exercise.name)
        path.parent.mkdir(parents=True)
        path.write_bytes(sample.data.replace(template.codes[sample.learner.id].encode(), code.encode()))
    return classroom


def on_cluster(bench: Bench, classroom: Classroom, exercise, size: int, count: int) -> float:
    """Seconds to mark the class again with so many workers; starting, connecting and the first marking are not counted."""
    from cslearn.marking.cluster import cluster
    from cslearn.marking.engine import mark_class

    # A cluster of its own each time: one that idles takes a twentieth of a processor from the other.
    with workers(bench.new_folder("cluster"), count) as address:
        for _ in range(2):
            with cluster(address) as crew:
                summary = mark_class(classroom, exercise, crew=crew, again=True)
            if summary.unmarked or summary.marked != size:
                raise Problem(f"The cluster marked {summary.marked} of {size}.")
    return summary.seconds


@contextlib.contextmanager
def workers(folder: Path, count: int) -> Iterator[str]:
    """A Dask scheduler on loopback with so many workers of one thread each."""
    from distributed import Client

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
    commands = [["dask_scheduler", "--host", address, "--no-dashboard", "--no-show"]]
    commands += [["dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]] * count
    started = []
    with (folder / "log").open("wb") as log:
        for name, *rest in commands:
            command = [sys.executable, "-m", f"distributed.cli.{name}", *rest]
            started.append(subprocess.Popen(command, cwd=folder, stdout=log, stderr=log))
    try:
        until = time.monotonic() + 120
        while True:
            try:
                with Client(address, timeout=30, set_as_default=False) as client:
                    client.wait_for_workers(count, timeout=60)
                break
            except OSError as error:
                if time.monotonic() > until:
                    raise Problem(f"Dask did not start: {(folder / 'log').read_text()[-500:]}") from error
                time.sleep(0.2)
        yield address
    finally:
        for process in started:
            process.kill()
            process.wait()
