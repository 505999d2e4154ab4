"""Where the marking is done: in this process, on every core of this machine, or on a Dask cluster.

A crew is a function ``(desk, jobs, batch) -> results``, some at a time and in any order. Results
are plain data; only the run itself writes them down.
"""

import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace

from cslearn.marking.marker import Desk, Job, Result, mark_batch, mark_packed, version
from cslearn.marking.reading import Unreadable, read_bytes
from cslearn.marking.sandbox import forget

Crew = Callable[[Desk, Sequence[Job], int], Iterator[list[Result]]]

# How long a run tries alone, and how much must be left for it to call the other processors: a
# pool takes about half a second to start, and more on a busy machine.
_ALONE = 1.0
_WORTH_A_POOL = 2.0
# Batches that wait for each worker, so that none is idle while results are written down.
_IN_LINE = 2
# What one message to another machine may carry.
_MAX_SENT = 16 << 20


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def usual(desk: Desk, jobs: Sequence[Job], batch: int) -> Iterator[list[Result]]:
    """Here at first; what is left after a second is spread over every core, if it is worth a pool's start.

    So a small class is not kept waiting, and a few notebooks that loop for ever do not hold up the others.
    """
    line = deque(jobs)
    spent, done = 0.0, 0
    while line and spent < _ALONE:
        started = time.monotonic()
        some = _take(line, batch)
        results = mark_batch(desk, some, _ALONE)
        spent += time.monotonic() - started
        done += len(results)
        line.extendleft(reversed(some[len(results) :]))
        yield results
    if line:
        many = cores() > 1 and spent / done * len(line) > _WORTH_A_POOL
        yield from (on_all_cores if many else here)(desk, line, batch)


def here(desk: Desk, jobs: Sequence[Job], batch: int) -> Iterator[list[Result]]:
    """One after another in this process."""
    line = deque(jobs)
    while line:
        some = _take(line, batch)
        results = mark_batch(desk, some)
        line.extendleft(reversed(some[len(results) :]))
        yield results


class Lost(Exception):
    """Workers ended before these jobs were done."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        super().__init__(f"{len(jobs)} jobs")
        self.jobs = list(jobs)


def on(
    executor: Executor,
    desk: Desk,
    jobs: Sequence[Job] | deque[Job],
    batch: int,
    workers: int = 4,
    died: type[Exception] | tuple[type[Exception], ...] = BrokenExecutor,
    carried: bool = False,
) -> Iterator[list[Result]]:
    """On any executor. Only a few batches are under way at once: results wait in memory until they are written down.

    ``carried`` sends the files themselves. ``jobs`` may be a queue, which is emptied. Raises
    Lost with the jobs whose workers ended, when all that had been done is handed out. Closed early, it
    leaves what is under way to whoever closes the executor.
    """
    line = jobs if isinstance(jobs, deque) else deque(jobs)
    packed = pickle.dumps(desk, protocol=pickle.HIGHEST_PROTOCOL)
    under_way: dict[Future, list[Job]] = {}
    lost: list[Job] = []
    while (line and not lost) or under_way:
        while line and not lost and len(under_way) < workers * _IN_LINE:
            # Smaller ones towards the end, so that all workers finish at about the same time.
            some = _take(line, max(1, min(batch, len(line) // (workers * _IN_LINE))))
            if carried:
                some, unreadable = _with_data(line, some)
                if unreadable:
                    yield unreadable
            if some:
                try:
                    under_way[executor.submit(mark_packed, packed, some, version())] = some
                except died:
                    lost += some
        for future in wait(under_way, return_when=FIRST_COMPLETED).done:
            some = under_way.pop(future)
            try:
                results = future.result()
            except died:
                lost += some
                continue
            line.extendleft(reversed(some[len(results) :]))
            yield results
    if lost:
        raise Lost(lost)


def _take(line: deque[Job], batch: int) -> list[Job]:
    return [line.popleft() for _ in range(min(batch, len(line)))]


def _with_data(line: deque[Job], some: list[Job]) -> tuple[list[Job], list[Result]]:
    """The jobs with their files, as many as one message may carry; and those whose file cannot be read."""
    loaded: list[Job] = []
    unreadable: list[Result] = []
    size = 0
    for place, job in enumerate(some):
        if size > _MAX_SENT:
            line.extendleft(reversed(some[place:]))
            break
        try:
            data = read_bytes(job.path)
        except Unreadable as reason:
            unreadable.append(Result(job.learner, "", marked=False, reason=str(reason)))
            continue
        loaded.append(replace(job, data=data))
        size += len(data)
    return loaded, unreadable


# ---- every core of this machine -------------------------------------------------------------


def on_all_cores(desk: Desk, jobs: Sequence[Job], batch: int, workers: int = 0) -> Iterator[list[Result]]:
    """In a pool of processes, one for each processor.

    A worker that the system ends (for want of memory, say) takes its pool with it. Then
    what was under way is marked one at a time, so that only what ends its worker again is given up.
    """
    line = deque(jobs)
    workers = workers or cores()
    while line:
        try:
            with _pool(workers) as executor:
                yield from on(executor, desk, line, batch, workers)
        except Lost as lost:
            yield from _one_by_one(desk, lost.jobs)


def _one_by_one(desk: Desk, jobs: Sequence[Job]) -> Iterator[list[Result]]:
    line = deque(jobs)
    while line:
        try:
            with _pool(1) as executor:
                while line:
                    yield from on(executor, desk, [line[0]], 1, 1)
                    line.popleft()
        except Lost:
            yield [given_up(line.popleft())]


def given_up(job: Job) -> Result:
    """What is recorded of a submission whose worker ended twice; the next run tries it again."""
    why = "the process that marked it was ended by the system twice, perhaps for want of memory; run the command again."
    return Result(job.learner, "", marked=False, reason=why)


@contextmanager
def _pool(workers: int) -> Iterator[Executor]:
    """A pool whose workers end with this process, however it ends."""
    # Not "fork": a copy of this process would hold its locks and its open gradebook.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    held, leash = context.Pipe(duplex=False)
    _start_server(context, method)
    executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_at_work, initargs=(held,))
    try:
        yield executor
    except BaseException:
        # Ctrl-C, a full disk: what is under way may take its time, and nobody waits for it.
        leash.close()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
        leash.close()
        held.close()


def _start_server(context, method: str) -> None:
    """Start the process that workers are forked from, deaf to Ctrl-C, which is for this process alone."""
    if method != "forkserver":
        return
    from multiprocessing import forkserver

    context.set_forkserver_preload([mark_packed.__module__])
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _at_work(held) -> None:
    """What each worker does first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_until_let_go, args=(held,), daemon=True).start()
    multiprocessing.util.Finalize(None, forget, exitpriority=10)


def _until_let_go(held) -> None:
    # The other end is open in the marker alone: it closes when the marker does so, or is killed.
    try:
        held.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)
