"""The sandbox proves itself: before any learner's code runs, it runs code that tries to get out.

Fails closed. Every attempt must end in vain and say so; one that succeeds, or does not
report, means that no code is run on this machine.
"""

import os
import shutil
import socket
import sysconfig
import tempfile
import textwrap
from pathlib import Path

import cslearn
from cslearn.marking.sandbox import WAY_OUT, Broken, Limits, NoSandbox, Ran, Sandbox

# What it would mean -> code that gives something true if it works, and raises or gives False if not.
ATTEMPTS = {
    "read another file of this machine": "return open(SECRET).read()",
    "list another folder": "return os.listdir(os.path.dirname(SECRET))",
    "read the marking rules": "return [open(p).read() for p in glob.glob(PACKAGE + '/exercises/rules/*.py')]",
    "write outside its folder": "return open(CANARY, 'w').write('x')",
    "change the interpreter": "return open(STDLIB + '/os.py', 'r+')",
    "remove a file": "os.remove(CANARY); return True",
    "reach this machine over the network": "return socket.create_connection(('127.0.0.1', PORT), 1)",
    "open a network socket": "return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "open a local socket": "return socket.socket(socket.AF_UNIX)",
    "send to another program's socket": "return socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
    "let the kernel send a signal for it": "return fcntl.fcntl(RESULTS, 8, MARKER) == 0",
    "send a signal to the marker": "os.kill(MARKER, 0); return True",
    "send a signal to its parent": "os.kill(os.getppid(), 0); return True",
    "see other processes": "return [n for n in os.listdir('/proc') if n.isdigit() and int(n) != os.getpid()]",
    "read the marker's environment": "return open(f'/proc/{MARKER}/environ').read()",
    "start another process": "os.fork() or os._exit(0); return True",
    "start another program": "return os.posix_spawn('/bin/true', ['true'], {})",
    "make a user namespace": "return libc.unshare(0x10000000) == 0",
    "mount a file system": "return libc.mount(b'x', b'/', b'tmpfs', 0, None) == 0",
    "use a kernel call that no notebook needs": (
        "return [n for n in CALLS if libc.syscall(n, 0, 0, 0) != -1 or ctypes.get_errno() != 1]"
    ),
    "gain rights from a program": "return libc.prctl(39, 0, 0, 0, 0) != 1",
    "be root": "return 0 in os.getresuid() + os.getresgid()",
    "fill the memory": "return mmap.mmap(-1, 3 << 30)",
    "fill the disk": "return open('large', 'wb').truncate(100 << 20)",
    "read the environment": "return set(os.environ) - KNOWN",
    "use a file that the marker has open": "return [n for n in range(3, 64) if n != RESULTS and is_open(n)]",
    # Last, because a process that is followed stops at its next signal.
    "be followed by another process": "return libc.ptrace(0, 0, 0, 0) == 0",
}
# io_uring_setup, pidfd_open and, by machine, bpf, keyctl, perf_event_open, userfaultfd, process_vm_readv.
_CALLS = {"x86_64": (425, 434, 321, 250, 298, 323, 310), "aarch64": (425, 434, 280, 219, 241, 282, 270)}
_RESULTS = 4

_PRELUDE = """
import ctypes, fcntl, glob, mmap, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def is_open(n):
    try:
        os.fstat(n)
    except OSError:
        return False
    return True
"""
# It sleeps, so that only the clock ends it, and not the limit of processor time.
_FOR_EVER = "import signal, time\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True:\n    time.sleep(1)"


def proven() -> Sandbox:
    """A sandbox out of which none of the attempts found a way. Raises NoSandbox with the reason."""
    reasons = []
    for kind in ("namespaces", "landlock"):
        try:
            made = Sandbox(kind)
        except NoSandbox as why:
            reasons.append(str(why).replace(f" {WAY_OUT}", "").rstrip("."))
            continue
        except Broken as why:
            reasons.append(str(why))
            continue
        try:
            if not (failed := escaped(made)):
                return made
            reasons.append(failed)
        except Broken as why:
            reasons.append(str(why))
        made.close()
    # Both kinds fail for the same reason on a machine without Linux.
    raise NoSandbox(f"This machine cannot keep code in ({'; '.join(dict.fromkeys(reasons))}). {WAY_OUT}")


def escaped(sandbox: Sandbox) -> str:
    """What got out of this sandbox, as a clause; "" when nothing did."""
    place = Path(tempfile.mkdtemp(prefix="cslearn-escape-"))
    secret, canary = place / "secret.txt", place / "canary.txt"
    try:
        secret.write_text("a secret", encoding="utf-8")
        canary.write_text("alive", encoding="utf-8")
        # Open to everybody, so that only the sandbox stands in the way.
        place.chmod(0o777)
        secret.chmod(0o666)
        canary.chmod(0o666)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.setblocking(False)
            known = {
                "SECRET": str(secret),
                "CANARY": str(canary),
                "PACKAGE": str(Path(cslearn.__file__).parent),
                "STDLIB": sysconfig.get_path("stdlib"),
                "PORT": listener.getsockname()[1],
                "MARKER": os.getpid(),
                "CALLS": _CALLS[os.uname().machine],
                "KNOWN": _KNOWN,
                "RESULTS": _RESULTS,
            }
            ran = _attempt(sandbox, known)
            reached = _somebody(listener)
        if (found := _judged(ran)) or reached:
            return found or "code could reach this machine over the network"
        if canary.read_text(encoding="utf-8") != "alive" or len(list(place.iterdir())) != 2:
            return "code could write outside its folder"
    except FileNotFoundError:
        return "code could remove a file"
    finally:
        shutil.rmtree(place)
    return _endless(sandbox)


# What the warm process is given; everything else would be the marker's own.
_KNOWN = {
    "HOME",
    "TMPDIR",
    "LANG",
    "LC_CTYPE",
    "TZ",
    *(f"{n}_NUM_THREADS" for n in ("OPENBLAS", "OMP", "MKL", "NUMEXPR")),
}


def _attempt(sandbox: Sandbox, known: dict) -> Ran:
    given = "\n".join(f"{name} = {value!r}" for name, value in known.items())
    cells = [_PRELUDE + given]
    for number, code in enumerate(ATTEMPTS.values()):
        body = textwrap.indent("\n".join(code.split("; ")), "    ")
        cells.append(
            f"def attempt():\n{body}\ntry:\n    try_{number} = 'out' if attempt() else 'held'\n"
            f"except Exception as why:\n    try_{number} = 'held'"
        )
    # Without this, a sandbox in which nothing works at all would pass.
    cells.append("import json, pandas\nhonest = json.loads(pandas.DataFrame({'a': [1.5]}).to_json())\nhonest")
    names = [f"try_{number}" for number in range(len(ATTEMPTS))]
    return sandbox.run(cells, [*names, "honest"], Limits(cell=10, notebook=30))


def _judged(ran: Ran) -> str:
    answers: dict[str, object] = {}
    for one in ran.steps:
        answers.update(one.answers)
    for number, meaning in enumerate(ATTEMPTS):
        if answers.get(f"try_{number}") == "out":
            return f"code could {meaning}"
        if answers.get(f"try_{number}") != "held":
            return f"it is not certain that code cannot {meaning}"
    if not ran.finished or answers.get("honest") != {"a": {"0": 1.5}}:
        said = [o.get("evalue", "") for one in ran.steps for o in one.outputs if o["output_type"] == "error"]
        return f"ordinary code does not run inside{': ' + said[-1] if said else ''}"
    return ""


def _somebody(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def _endless(sandbox: Sandbox) -> str:
    # Late means more than that nothing came: the warm process has seen the loop's process end.
    ran = sandbox.run([_FOR_EVER], [], Limits(cell=0.1, notebook=0.3))
    return "" if ran.ended == "late" else "an endless loop could not be stopped"
