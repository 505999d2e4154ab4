"""Marking on a Dask cluster: workers on other machines, which need the package and nothing of the class folder.

The scheduler and its workers are trusted: they see the submissions and the learners'
codes, and what they send back is recorded. Dask's own settings (TLS and the like) apply.
"""

import logging
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager

from cslearn.marking.crew import Crew, Lost, given_up, on
from cslearn.marking.marker import Desk, Job, Result, version
from cslearn.problem import Problem

_ANSWERS_WITHIN = 15


@contextmanager
def cluster(address: str) -> Iterator[Crew]:
    """The crew of this scheduler, for example "tcp://host:8786". Raises Problem when it cannot be used."""
    try:
        from distributed import Client, KilledWorker
        from distributed.comm.core import CommClosedError
    except ImportError as error:
        raise Problem("Marking on a cluster needs Dask; install it with `pip install 'cslearn[cluster]'`.") from error
    # It would tell of every lost connection, in several lines; ours is one sentence.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=_ANSWERS_WITHIN, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Problem(
            f"No Dask scheduler answers at {address} ({why}); start one with `dask scheduler`, or leave out --scheduler."
        ) from error
    gone = Problem(
        f"The scheduler at {address} went away. What was marked is kept; run the same command again for the rest."
    )
    executor = client.get_executor(pure=False)
    try:
        workers = _checked(client, address)

        def crew(desk: Desk, jobs: Sequence[Job], batch: int) -> Iterator[list[Result]]:
            line = deque(jobs)
            try:
                while line:
                    try:
                        yield from on(executor, desk, line, batch, workers, KilledWorker, carried=True)
                    except Lost as lost:
                        for job in lost.jobs:
                            try:
                                yield from on(executor, desk, [job], 1, 1, KilledWorker, carried=True)
                            except Lost:
                                yield [given_up(job)]
            except (CancelledError, CommClosedError) as error:
                raise gone from error

        with warnings.catch_warnings():
            # Dask would rather have large data spread out beforehand; a submission goes to one worker, once.
            warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
            yield crew
    finally:
        # After Ctrl-C: what is under way there is of no use any more.
        executor.shutdown(wait=False)
        client.close()


def _checked(client, address: str) -> int:
    """How many tasks the workers do at once. Raises Problem when there is none, or one has another cslearn."""

    # A function within a function travels as its code: the worker may not have the package at all.
    def found() -> str:
        try:
            from cslearn.marking.marker import version
        except ImportError as error:
            return f"none that can mark: {error}"
        return version()

    threads = client.nthreads()
    if not threads:
        raise Problem(
            f"The scheduler at {address} has no workers; start one with `dask worker {address} --nthreads 1`."
        )
    for worker, there in client.run(found).items():
        if there != version():
            raise Problem(
                f"The worker {worker} has another cslearn ({there}) than this computer ({version()}); "
                "install the same one on both."
            )
    return sum(threads.values())
