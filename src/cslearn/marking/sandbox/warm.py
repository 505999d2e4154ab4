"""The warm process: it has imported everything once, and forks for every notebook.

It is started anew with an empty environment and never sees a submission, a mark or a
secret: what a learner's code finds in its memory is Python, pandas and the learner's own
side of cslearn. Jobs pass through it as file descriptors that it does not read.
"""

import contextlib
import fcntl
import gc
import json
import os
import select
import signal
import socket
import sys
import time

from cslearn.marking.sandbox import inside, walls
from cslearn.marking.sandbox.limits import WALLS_WITHIN

_REFUSED = 71


class Room:
    """How this machine keeps a learner's code in: "namespaces" or "landlock"."""

    def __init__(self, kind: str, scratch: str, readable: walls.Readable) -> None:
        self.kind, self.scratch = kind, scratch
        self.pieces = readable.pieces() if kind == "landlock" else []
        self.already = walls.address_space()
        # Asked now: in a user namespace of one's own everybody is called root.
        self.root = os.geteuid() == 0
        if kind == "namespaces":
            walls.build_room(scratch, readable)

    def fork(self) -> tuple[int, int]:
        """In the new process 0 and a descriptor to wait on; in this one its number and a descriptor to let it go."""
        ready, go = os.pipe()
        if self.kind == "landlock":
            if (child := os.fork()) == 0:
                os.close(go)
                return 0, ready
            os.close(ready)
            return child, go
        told, tell = os.pipe()
        if (between := os.fork()) == 0:
            _or_die(walls.leave_the_machine)
            if (child := os.fork()) == 0:
                os.close(go)
                os.close(told)
                os.close(tell)
                return 0, ready
            os.write(tell, str(child).encode())
            os._exit(0)
        os.close(tell)
        os.close(ready)
        number = os.read(told, 20)
        os.close(told)
        os.waitpid(between, 0)
        if not number:
            os.close(go)
            raise walls.NoWalls("the kernel gives no namespaces")
        return int(number), go

    def close(self) -> None:
        """Remove what was made for it."""
        walls.tear_down(self.scratch)

    def lock_in(self, seconds: float, life: int) -> None:
        """Put up every wall around this process. ``life`` is a pipe that ends when the warm process does."""
        if self.kind == "namespaces":
            walls.enter_room(self.scratch)
            walls.prove_no_network()
        if self.root:
            walls.change_account()
            walls.prove_not_root()
        if self.kind == "namespaces":
            walls.own_user_namespace()
        # After the change of account, which would forget it.
        walls.die_with(life)
        walls.limit(seconds, self.already)
        walls.give_up_rights()
        if self.kind == "landlock":
            walls.stay_readonly(self.pieces)
            os.chdir("/")
        walls.close_filter(own_files=self.kind == "namespaces")


def _or_die(step) -> None:
    try:
        step()
    except OSError:
        os._exit(_REFUSED)


def main(descriptor: int, settings: dict) -> None:
    """Serve jobs until the marker goes away."""
    line = socket.socket(fileno=descriptor)
    _as_reaper()
    shell = inside.make_shell()
    _warm_up()
    # What is here now never changes; the collector need not look at it, nor copy its pages after a fork.
    gc.collect()
    gc.freeze()
    try:
        room = Room(
            settings["kind"],
            settings["scratch"],
            walls.Readable(tuple(settings["folders"]), tuple(settings["hidden"])),
        )
    except (OSError, walls.NoWalls) as why:
        line.sendall(json.dumps({"no": str(why)}).encode() + b"\n")
        return
    # The marker may go without a goodbye; nothing of ours may stay.
    with contextlib.closing(room), contextlib.suppress(BrokenPipeError):
        line.sendall(b'{"ready": true}\n')
        _serve(line, room, shell)


def _serve(line: socket.socket, room: Room, shell) -> None:
    while True:
        asked, descriptors, _, _ = socket.recv_fds(line, 64, 3)
        if not asked:
            return
        if not descriptors:
            # "Stop" for a notebook that had ended by itself in the meantime.
            continue
        # The notebook, the way out for its results, and the way in for cells that are held back.
        job, results, turns = descriptors
        cell, notebook = (float(number) for number in asked.split())
        status = _one(line, room, shell, (job, results, turns), cell, notebook)
        line.sendall(json.dumps(status).encode() + b"\n")


def _one(line: socket.socket, room: Room, shell, given: tuple[int, ...], cell: float, notebook: float) -> dict:
    # The marker ends it when its time is up, and knows since when the walls have been there; this is for all cases.
    until = time.monotonic() + WALLS_WITHIN + notebook
    try:
        child, go = room.fork()
    except (OSError, walls.NoWalls) as why:
        for descriptor in given:
            os.close(descriptor)
        return {"no": str(why)}
    if child == 0:
        _inside(line, room, shell, given, go, cell, notebook)
    for descriptor in given:
        os.close(descriptor)
    os.write(go, b"1")
    watch = os.pidfd_open(child)
    poll = select.poll()
    poll.register(watch, select.POLLIN)
    # The marker may go away, or ask for the end because too much comes out.
    poll.register(line, select.POLLIN)
    ready = poll.poll(max(until - time.monotonic(), 0) * 1000)
    if not ready or any(which == line.fileno() for which, _ in ready):
        signal.pidfd_send_signal(watch, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(watch)
    os.close(go)
    if any(which == line.fileno() for which, _ in ready):
        # One byte means "stop this one"; an end of the line is seen by the caller's next read.
        line.recv(1)
    code = os.waitstatus_to_exitcode(status)
    return {"code": code, "late": not ready}


def _inside(line, room: Room, shell, given: tuple[int, ...], life: int, cell: float, notebook: float) -> None:
    # Wait until the warm process is the parent; a closed pipe means that it is gone.
    if os.read(life, 1) != b"1":
        os._exit(_REFUSED)
    job, results, turns, life = _only(line, *given, life)
    send = inside.sender(results)
    try:
        room.lock_in(notebook, life)
    except (OSError, walls.NoWalls) as why:
        send(json.dumps({"no": str(why)}).encode())
        os._exit(_REFUSED)
    os.close(life)
    send(b'{"sealed": true}')
    with open(job, "rb") as file:
        notebook_given = json.loads(file.read())
    if None not in notebook_given["cells"]:
        # Nothing is held back, so nothing stays open but the way out.
        os.close(turns)
    try:
        inside.run(shell, {**notebook_given, "seconds": cell}, send, inside.taker(turns))
    finally:
        # Never back into the warm process's own loop, whatever a learner's code did to Python.
        os._exit(0)


def _only(line: socket.socket, *kept: int) -> list[int]:
    """Close every descriptor but these, which become 3, 4, 5, 6; standard streams lead nowhere."""
    line.detach()
    above = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 200) for descriptor in kept]
    null = os.open("/dev/null", os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(3, 200)
    lowest = [os.dup2(descriptor, 3 + place) for place, descriptor in enumerate(above)]
    os.closerange(3 + len(kept), os.sysconf("SC_OPEN_MAX"))
    return lowest


def _as_reaper() -> None:
    """Become the parent of processes whose own parent ends."""
    import ctypes

    if ctypes.CDLL(None, use_errno=True).prctl(36, 1, 0, 0, 0) != 0:
        raise OSError("prctl")


def _warm_up() -> None:
    """Import and use once what notebooks use, so that no learner's time is spent on it."""
    import bdb

    import numpy
    import pandas

    import cslearn.explorers
    from cslearn.exercises.check import open_case
    from cslearn.northfold import tables

    with contextlib.redirect_stdout(None):
        open_case("choose-an-improvement")
    frame = tables.load("options")
    frame.describe()
    frame.to_html()
    repr(frame)
    numpy.linalg.inv(numpy.eye(3))
    assert all((bdb, pandas, cslearn.explorers))


if __name__ == "__main__":
    main(int(sys.argv[1]), json.loads(sys.argv[2]))
