"""Running a learner's notebook where it can harm nothing, and getting plain data back.

``sandbox()`` gives the sandbox of this process, proven by its own attempts to escape, or
raises NoSandbox with the reason. There is no way to run code without it.
"""

import atexit
import contextlib
import json
import os
import platform
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import cslearn
from cslearn.marking.sandbox import filter as calls
from cslearn.marking.sandbox.limits import MAX_CELLS, MAX_SOURCE, MAX_TOTAL, WALLS_WITHIN, Limits
from cslearn.marking.sandbox.messages import Forged, Step, framed, parsed, split, step
from cslearn.marking.sandbox.readable import readable

__all__ = ["Broken", "Limits", "NoSandbox", "Ran", "Sandbox", "Step", "forget", "sandbox"]

WAY_OUT = "Mark on Linux, in a container or in WSL2 that allows it, or ask the learner to type the results."
# -I: nothing from the environment, the current folder or a user's own site-packages is imported.
START = "import sys, json; sys.path[:0] = json.loads(sys.argv[3]); from cslearn.marking.sandbox import warm; "
SERVE = "warm.main(int(sys.argv[1]), json.loads(sys.argv[2]))"
_STARTS_WITHIN = 60.0
# How much longer than the limit the marker waits for the warm process to have done its work.
_GRACE = 5.0


class NoSandbox(Exception):
    """One sentence: why code cannot be run here."""


class Broken(Exception):
    """The warm process is no longer there or does not answer."""


@dataclass(frozen=True)
class Ran:
    """What running a notebook gave: one Step for each cell that ended, and how it all ended.

    ``ended`` is "finished", "late" (the whole notebook took too long), "killed" (memory or
    processor time was used up, or the interpreter was ended from inside) or "forged".
    """

    steps: tuple[Step, ...]
    ended: str

    @property
    def finished(self) -> bool:
        return self.ended == "finished"


class _Turns:
    """The cells that are held back, each to be sent in when its turn comes."""

    def __init__(self, descriptor: int, held: dict[int, str]) -> None:
        self._descriptor, self._held = descriptor, held
        self._unsent = bytearray()

    @property
    def waiting(self) -> list[int]:
        """What ``select`` should look at: nothing, unless there is something to send."""
        return [self._descriptor] if self._unsent else []

    def comes(self, at: int) -> None:
        if (source := self._held.pop(at, None)) is not None:
            self._unsent += framed(json.dumps(source).encode())

    def write(self) -> None:
        try:
            del self._unsent[: os.write(self._descriptor, self._unsent)]
        except BlockingIOError:
            return
        except BrokenPipeError:
            # It has ended; what it said before that is still to be read.
            self._unsent.clear()


class Sandbox:
    """One warm process and its walls. Not proven: use ``sandbox()``, which lets it try to escape first."""

    def __init__(self, kind: str) -> None:
        if not sys.platform.startswith("linux") or not calls.known_machine():
            raise NoSandbox(f"{platform.system()} on {platform.machine()} has no walls for it. {WAY_OUT}")
        self.kind = kind
        self.broken = False
        self._owner = os.getpid()
        self._turn = threading.Lock()
        self._scratch = tempfile.mkdtemp(prefix="cslearn-sandbox-")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            self._start(ours, theirs)
        except BaseException:
            self.close()
            raise

    def _start(self, ours: socket.socket, theirs: socket.socket) -> None:
        self._line = ours
        given = readable()
        settings = {"kind": self.kind, "scratch": self._scratch, "folders": given.folders, "hidden": given.hidden}
        home = [str(Path(cslearn.__file__).parents[1])]
        arguments = [str(theirs.fileno()), json.dumps(settings), json.dumps(home)]
        # One thread: a fork takes only the thread that asks for it, and the others' locks would stay shut.
        alone = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "NUMEXPR")}
        with theirs:
            self._warm = subprocess.Popen(
                [sys.executable, "-I", "-B", "-c", START + SERVE, *arguments],
                env={"HOME": "/learner", "TMPDIR": "/learner", "LANG": "C.UTF-8", "TZ": "UTC", **alone},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                cwd="/",
                # Ctrl-C is for the marker, which then ends this process in an orderly way.
                start_new_session=True,
                pass_fds=[theirs.fileno()],
            )
        answer = self._answer(_STARTS_WITHIN)
        if "ready" not in answer:
            raise NoSandbox(f"{answer.get('no', 'the sandbox did not start')}. {WAY_OUT}")

    def _answer(self, seconds: float) -> dict:
        if not select.select([self._line], [], [], seconds)[0]:
            raise Broken("the sandbox does not answer")
        said = self._line.recv(100_000)
        if not said:
            self._warm.wait(_GRACE)
            last = (self._warm.stderr.read() or b"").decode(errors="replace").strip().splitlines()[-1:]
            raise Broken(f"the sandbox ended by itself ({last[0] if last else 'it said nothing'})")
        return json.loads(said)

    def run(
        self,
        cells: Sequence[str],
        variables: Sequence[str],
        limits: Limits = Limits(),  # noqa: B008
        held: Collection[int] = (),
    ) -> Ran:
        """Run the cells in order in a new process of its own. Raises Broken when the sandbox itself failed.

        The cells whose numbers are in ``held`` are sent in only when all before them have ended.
        """
        with self._turn:
            if self.broken:
                raise Broken("the sandbox has gone")
            try:
                return self._run(cells, variables, limits, frozenset(held))
            except BaseException:
                # Also after Ctrl-C: what is still under way would answer the next question.
                self.broken = True
                self.close()
                raise

    def _run(self, cells: Sequence[str], variables: Sequence[str], limits: Limits, held: frozenset[int]) -> Ran:
        if len(cells) > MAX_CELLS or sum(map(len, cells)) > MAX_SOURCE:
            return Ran((), "too large")
        job = os.memfd_create("notebook")
        reads, writes = os.pipe()
        turns, gives = os.pipe()
        # Who runs in there may never take what it is given.
        os.set_blocking(gives, False)
        try:
            with os.fdopen(job, "wb", closefd=False) as file:
                now = [None if at in held else cell for at, cell in enumerate(cells)]
                file.write(json.dumps({"cells": now, "variables": list(variables)}).encode())
            os.lseek(job, 0, os.SEEK_SET)
            asked = f"{limits.cell} {limits.notebook}".encode()
            socket.send_fds(self._line, [asked], [job, writes, turns])
        except OSError as why:
            os.close(reads)
            os.close(gives)
            raise Broken("the sandbox has gone") from why
        finally:
            os.close(job)
            os.close(writes)
            os.close(turns)
        try:
            turn = _Turns(gives, {at: cells[at] for at in held})
            steps, ended = self._listen(reads, turn, len(cells), frozenset(variables), limits)
        except Broken as why:
            refused = self._answer(_GRACE).get("no")
            raise Broken(refused) if refused else why from None
        finally:
            os.close(reads)
            os.close(gives)
        # However it ended for us, it may go on in there.
        self._line.send(b"s")
        status = self._answer(_GRACE)
        if "no" in status:
            raise Broken(status["no"])
        if ended != "finished":
            ended = "late" if status["late"] else ended
        return Ran(tuple(steps), ended)

    def _listen(
        self, reads: int, turn: "_Turns", cells: int, variables: frozenset[str], limits: Limits
    ) -> tuple[list[Step], str]:
        until = time.monotonic() + WALLS_WITHIN
        buffer, total = bytearray(), 0
        steps: list[Step] = []
        sealed = False
        while True:
            ready = select.select([reads], turn.waiting, [], max(until - time.monotonic(), 0))
            if not any(ready):
                if not sealed:
                    # So that it answers, and what was to be said about it is not lost.
                    self._line.send(b"s")
                    raise Broken("the walls were not up in time")
                return steps, "late"
            if ready[1]:
                turn.write()
            if not ready[0]:
                continue
            data = os.read(reads, 1 << 16)
            if not data:
                if not sealed:
                    raise Broken("the walls could not be put up")
                return steps, "killed"
            buffer += data
            total += len(data)
            try:
                if total > MAX_TOTAL:
                    raise Forged("it sent too much")
                for raw in split(buffer):
                    message = parsed(raw)
                    # The first message is the marker's own: no learner's code runs before it.
                    if not sealed:
                        if "sealed" not in message:
                            raise Broken(str(message.get("no", "it could not be closed")))
                        sealed = True
                        until = time.monotonic() + limits.notebook
                        turn.comes(0)
                        continue
                    if message.get("end") is True:
                        return steps, "finished"
                    one = step(message, cells, variables)
                    if steps and one.at <= steps[-1].at:
                        raise Forged("it sent a cell twice")
                    steps.append(one)
                    turn.comes(one.at + 1)
            except Forged:
                return steps, "forged"

    def close(self) -> None:
        """End the warm process, and with it everything that it started."""
        # A fork of the marker holds a copy of this object, but not what it stands for.
        if os.getpid() != self._owner:
            return
        if hasattr(self, "_line"):
            self._line.close()
        if hasattr(self, "_warm"):
            # It ends by itself when the line ends, and clears up.
            try:
                self._warm.wait(_GRACE)
            except subprocess.TimeoutExpired:
                self._warm.kill()
                self._warm.wait()
            self._warm.stderr.close()
        with contextlib.suppress(FileNotFoundError):
            os.rmdir(self._scratch)


_HERE: dict[int, "Sandbox | NoSandbox"] = {}
_OPENING = threading.Lock()


def sandbox(private: Path | None = None) -> Sandbox:
    """This process's sandbox, made and proven on first use. Raises NoSandbox with the reason.

    ``private`` must not be readable from inside: a class folder among Python's own folders would be.
    """
    from cslearn.marking.sandbox.escapes import proven

    if private is not None and any(private.is_relative_to(folder) for folder in readable().folders):
        raise NoSandbox("The class folder lies among Python's own folders, which code may read; move it elsewhere.")
    with _OPENING:
        if isinstance(found := _HERE.get(os.getpid()), Sandbox) and found.broken:
            del _HERE[os.getpid()]
        # By process: a fork must not talk to its parent's sandbox.
        if os.getpid() not in _HERE:
            try:
                _HERE[os.getpid()] = found = proven()
                atexit.register(found.close)
            except NoSandbox as why:
                _HERE[os.getpid()] = why
        found = _HERE[os.getpid()]
    if isinstance(found, NoSandbox):
        raise NoSandbox(str(found))
    return found


def forget() -> None:
    """Close this process's sandbox; the next call of ``sandbox()`` makes another."""
    with _OPENING:
        found = _HERE.pop(os.getpid(), None)
    if isinstance(found, Sandbox):
        found.close()
