"""The walls around one learner's code: a room of its own, limits, and nothing that can be undone from inside.

Two kinds of room. With namespaces, the process sees a small read-only file system, a
private /tmp and home, no network and no other process. Where a container forbids
namespaces, Landlock lets it read the same folders and write nowhere; it can then still ask
whether a file of some name exists, but not what is in it. Limits and the list of allowed
kernel calls (filter.py) are the same in both.
"""

import ctypes
import errno
import os
import resource
import select
import socket
from collections.abc import Sequence
from pathlib import Path

from cslearn.marking.sandbox import filter as calls
from cslearn.marking.sandbox.readable import Readable

MEMORY = 1 << 30
FILE_SIZE = 10 << 20
# For /tmp, and again for the home folder.
SCRATCH_SPACE = "32m"
OPEN_FILES = 64
THREADS = 32
# An account that nobody has; the marker changes to it when it was started as root.
NOBODYS_ACCOUNT = 64_911
HOME = "/learner"

_NEW_NAMES = {"mount": 0x20000, "cgroup": 0x2000000, "uts": 0x4000000, "ipc": 0x8000000}
_NEW_USER, _NEW_PID, _NEW_NET = 0x10000000, 0x20000000, 0x40000000
_RDONLY, _NOSUID, _NODEV, _BIND, _REC, _PRIVATE, _DETACH = 0x1, 0x2, 0x4, 0x1000, 0x4000, 0x40000, 0x2
_AT_RECURSIVE, _AT_FDCWD = 0x8000, -100
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
# The same numbers on every processor.
_MOUNT_SETATTR, _LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 442, 444, 445, 446
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_CAPSET = {"x86_64": 126, "aarch64": 91}
# Landlock before its third version lets a process cut off a file that it may not write.
_LANDLOCK_FROM = 3

_libc = ctypes.CDLL(None, use_errno=True)


class NoWalls(Exception):
    """One clause: what this machine does not give."""


def _ask(what: str, answer: int) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return answer


def _unshare(flags: int) -> None:
    _ask("unshare", _libc.unshare(ctypes.c_int(flags)))


def _mount(source: str | None, target: str, kind: str | None, flags: int, options: str = "") -> None:
    given = [None if text is None else os.fsencode(text) for text in (source, target, kind)]
    _ask(f"mount {target}", _libc.mount(*given, ctypes.c_ulong(flags), os.fsencode(options) or None))


def _lock(target: str, attributes: int, recursive: bool) -> None:
    class Attributes(ctypes.Structure):
        _fields_ = tuple((name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns"))

    wanted = Attributes(attributes, 0, 0, 0)
    flags = ctypes.c_uint(_AT_RECURSIVE if recursive else 0)
    answer = _libc.syscall(
        ctypes.c_long(_MOUNT_SETATTR),
        ctypes.c_int(_AT_FDCWD),
        os.fsencode(target),
        flags,
        ctypes.byref(wanted),
        ctypes.c_size_t(ctypes.sizeof(wanted)),
    )
    _ask(f"mount_setattr {target}", answer)


# ---- a room of namespaces -------------------------------------------------------------------


def build_room(scratch: str, readable: Readable) -> None:
    """Build the read-only file system that every learner's code gets, in mount points of our own."""
    user, group = os.geteuid(), os.getegid()
    if user == 0:
        _unshare(_NEW_NAMES["mount"])
    else:
        _unshare(_NEW_USER | _NEW_NAMES["mount"])
        for name, line in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
            Path(f"/proc/self/{name}").write_text(line)
    _mount(None, "/", None, _REC | _PRIVATE)
    _mount("tmpfs", scratch, "tmpfs", _NOSUID | _NODEV, "size=1m,mode=755")
    for folder in readable.folders:
        place = scratch + folder
        os.makedirs(place, exist_ok=True)
        _mount(folder, place, None, _BIND | _REC)
        _lock(place, _RDONLY | _NOSUID | _NODEV, recursive=True)
    for link in ("/lib", "/lib64"):
        if os.path.islink(link):
            os.symlink(os.readlink(link), scratch + link)
    for folder in readable.hidden:
        if os.path.isdir(scratch + folder):
            _mount("tmpfs", scratch + folder, "tmpfs", _RDONLY | _NOSUID | _NODEV, "size=4k,mode=755")
    os.mkdir(scratch + "/dev")
    for device in ("null", "zero", "random", "urandom"):
        Path(scratch, "dev", device).touch()
        _mount(f"/dev/{device}", f"{scratch}/dev/{device}", None, _BIND)
    for folder in ("/tmp", HOME):
        os.makedirs(scratch + folder, exist_ok=True)
    _lock(scratch, _RDONLY, recursive=False)


def tear_down(scratch: str) -> None:
    """Remove the folder that the room was mounted on; the room itself goes with the last process in it."""
    if os.path.ismount(scratch):
        _ask("umount", _libc.umount2(os.fsencode(scratch), ctypes.c_int(_DETACH)))
    os.rmdir(scratch)


def leave_the_machine() -> None:
    """Take new namespaces: the next fork is process 1 of its own world, without a network."""
    flags = _NEW_PID | _NEW_NET
    for flag in _NEW_NAMES.values():
        flags |= flag
    _unshare(flags)


def enter_room(scratch: str) -> None:
    """Make the room the whole file system, with an empty /tmp and home, and lose sight of the old one."""
    space = f"size={SCRATCH_SPACE},nr_inodes=2000,mode=1777"
    for folder in ("/tmp", HOME):
        # The interpreter may lie below /tmp; then it stays, and there is no /tmp to write into.
        if not os.listdir(scratch + folder):
            _mount("tmpfs", scratch + folder, "tmpfs", _NOSUID | _NODEV, space)
    # The machine's own name is nobody's business.
    socket.sethostname("learner")
    os.chdir(scratch)
    _ask("pivot_root", _libc.syscall(ctypes.c_long(_PIVOT_ROOT[os.uname().machine]), b".", b"."))
    _ask("umount", _libc.umount2(b".", ctypes.c_int(_DETACH)))
    os.chdir(HOME)


def prove_no_network() -> None:
    """Raise NoWalls if anything at all can be reached, even this machine itself."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for address in ("127.0.0.1", "192.0.2.1"):
            try:
                probe.connect((address, 9))
            except OSError as error:
                if error.errno == errno.ENETUNREACH:
                    continue
                raise
            raise NoWalls("the network can still be reached")


# ---- a room of Landlock rules ---------------------------------------------------------------


def landlock_version() -> int:
    """Which version of Landlock the kernel has; 0 for none."""
    version = _libc.syscall(ctypes.c_long(_LANDLOCK_CREATE), None, ctypes.c_size_t(0), ctypes.c_uint(1))
    return max(version, 0)


def stay_readonly(pieces: Sequence[str]) -> None:
    """Let this process read those files and folders, and touch no other file at all."""
    version = landlock_version()
    if version < _LANDLOCK_FROM:
        raise NoWalls("the kernel has no Landlock of version 3 or newer")
    # Execute, write, read, list, and thirteen ways to make, remove, link, cut off or steer a file.
    everything = (1 << 15) - 1 | (1 << 15 if version >= 5 else 0)
    # From version 4 on also TCP, from 6 on also abstract sockets and signals.
    handled = [everything, 0b11 if version >= 4 else 0, 0b11 if version >= 6 else 0]
    size = 8 if version < 4 else 16 if version < 6 else 24
    given = (ctypes.c_uint64 * 3)(*handled)
    rules = _libc.syscall(ctypes.c_long(_LANDLOCK_CREATE), given, ctypes.c_size_t(size), ctypes.c_uint(0))
    _ask("landlock", rules)
    read_file, read_folder = 1 << 2, 1 << 3

    class Beneath(ctypes.Structure):
        _pack_ = 1
        _layout_ = "ms"
        _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))

    for piece in (*pieces, "/dev/null", "/dev/zero", "/dev/urandom"):
        try:
            parent = os.open(piece, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            # A link that leads nowhere, or what this account may not read anyway.
            continue
        allowed = read_file | (read_folder if os.path.isdir(piece) else 0)
        rule = Beneath(allowed, parent)
        added = _libc.syscall(
            ctypes.c_long(_LANDLOCK_ADD), ctypes.c_int(rules), ctypes.c_int(1), ctypes.byref(rule), ctypes.c_uint(0)
        )
        os.close(parent)
        _ask("landlock rule", added)
    _ask("landlock", _libc.syscall(ctypes.c_long(_LANDLOCK_RESTRICT), ctypes.c_int(rules), ctypes.c_uint(0)))
    os.close(rules)


# ---- what is the same in both ---------------------------------------------------------------


def change_account() -> None:
    """Stop being root."""
    os.setgroups([])
    os.setresgid(NOBODYS_ACCOUNT, NOBODYS_ACCOUNT, NOBODYS_ACCOUNT)
    os.setresuid(NOBODYS_ACCOUNT, NOBODYS_ACCOUNT, NOBODYS_ACCOUNT)


def prove_not_root() -> None:
    """Raise NoWalls if anything of root is left."""
    if 0 in (*os.getresuid(), *os.getresgid(), *os.getgroups()):
        raise NoWalls("the process is still root")


def own_user_namespace() -> None:
    """Leave the user namespace that owns the room, so that no right inside counts for anything."""
    _unshare(_NEW_USER)


def die_with(life: int) -> None:
    """End when the warm process ends, however it ends. ``life`` is a pipe that it holds open."""
    _ask("prctl", _libc.prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(9), 0, 0, 0))
    if select.select([life], [], [], 0)[0]:
        raise NoWalls("the marker has gone")


def address_space() -> int:
    """How much this process has mapped, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def limit(seconds: float, already: int) -> None:
    """Set what the process may use: processor, memory beyond what is ``already`` mapped, files, threads."""
    for name, most in (
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_AS, already + MEMORY),
        (resource.RLIMIT_FSIZE, FILE_SIZE),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, THREADS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        _, hard = resource.getrlimit(name)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(name, (most, most))


def give_up_rights() -> None:
    """Drop every capability, and make sure that none can come back."""

    class Header(ctypes.Structure):
        _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))

    none = (ctypes.c_uint32 * 6)()
    header = Header(0x20080522, 0)
    _ask("capset", _libc.syscall(ctypes.c_long(_CAPSET[os.uname().machine]), ctypes.byref(header), none))
    _ask("prctl", _libc.prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), 0, 0, 0))


def close_filter(own_files: bool) -> None:
    """From here on, only the listed kernel calls."""
    calls.close_filter(own_files)
