"""The list of what a learner's code may ask of the kernel; all else is answered "not permitted" (seccomp).

A list of what is allowed, because a list of what is forbidden would miss what the next
kernel brings. No new process, no other program, no network, no signal to anybody, no
look at another process, no mount, no key ring, no BPF, no io_uring, no userfaultfd.
"""

import ctypes
import errno
import platform
import struct

# Number on x86_64, number on aarch64 (None: the machine does not have it). From Linux's own headers.
_ANYWHERE = {
    "read": (0, 63), "write": (1, 64), "pread64": (17, 67), "pwrite64": (18, 68), "readv": (19, 65),
    "writev": (20, 66), "preadv": (295, 69), "pwritev": (296, 70), "lseek": (8, 62), "open": (2, None),
    "openat": (257, 56), "close": (3, 57), "close_range": (436, 436), "fstat": (5, 80), "stat": (4, None),
    "lstat": (6, None), "newfstatat": (262, 79), "statx": (332, 291), "access": (21, None), "faccessat": (269, 48),
    "faccessat2": (439, 439), "readlink": (89, None), "readlinkat": (267, 78), "getdents64": (217, 61),
    "getcwd": (79, 17), "chdir": (80, 49), "dup": (32, 23), "dup2": (33, None), "dup3": (292, 24), "pipe": (22, None),
    "pipe2": (293, 59), "flock": (73, 32), "fsync": (74, 82), "fdatasync": (75, 83),
    "ftruncate": (77, 46), "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276), "mkdir": (83, None),
    "mkdirat": (258, 34), "rmdir": (84, None), "unlink": (87, None), "unlinkat": (263, 35), "umask": (95, 166),
    "statfs": (137, 43), "fstatfs": (138, 44), "poll": (7, None), "ppoll": (271, 73), "select": (23, None),
    "pselect6": (270, 72), "epoll_create1": (291, 20), "epoll_ctl": (233, 21), "epoll_wait": (232, None),
    "epoll_pwait": (281, 22), "eventfd2": (290, 19), "mmap": (9, 222), "munmap": (11, 215), "mprotect": (10, 226),
    "mremap": (25, 216), "madvise": (28, 233), "brk": (12, 214), "mincore": (27, 232), "msync": (26, 227),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "rt_sigpending": (127, 136),
    "rt_sigtimedwait": (128, 137), "sigaltstack": (131, 132), "getitimer": (36, 102), "setitimer": (38, 103),
    "alarm": (37, None), "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "clock_gettime": (228, 113),
    "clock_getres": (229, 114), "gettimeofday": (96, 169), "time": (201, None), "times": (100, 153),
    "getrusage": (98, 165), "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178), "getuid": (102, 174),
    "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177), "getgroups": (115, 158),
    "getresuid": (118, 148), "getresgid": (120, 150), "uname": (63, 160), "sysinfo": (99, 179),
    "getrandom": (318, 278), "getcpu": (309, 168), "sched_yield": (24, 124), "sched_getaffinity": (204, 123),
    "set_robust_list": (273, 99), "rseq": (334, 293), "membarrier": (324, 283), "futex": (202, 98), "exit": (60, 93),
    "exit_group": (231, 94), "restart_syscall": (219, 128), "arch_prctl": (158, None), "set_tid_address": (218, 96),
    "getrlimit": (97, 163), "sendto": (44, 206), "recvfrom": (45, 207), "sendmsg": (46, 211), "recvmsg": (47, 212),
    "shutdown": (48, 210), "getsockname": (51, 204), "getpeername": (52, 205), "getsockopt": (55, 209),
    "copy_file_range": (326, 285), "sendfile": (40, 71), "fadvise64": (221, 223),
}  # fmt: skip
# Landlock does not stand in the way of these, so they are allowed only in a room of one's own.
_OWN_FILES = {
    "truncate": (76, 45), "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "utimensat": (280, 88),
}  # fmt: skip
# Allowed for some values of an argument: each (argument's place, values) has to hold.
_SOME = {
    # Name of the thread, dumpable?, no_new_privs?: questions, and nothing that loosens a wall.
    (157, 167): ((0, (15, 16, 3, 39)),),  # prctl
    (302, 261): ((0, (0,)),),  # prlimit64, of oneself only
    (16, 29): ((1, (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)),),  # ioctl: is it a terminal, close on exec
    # Copies, flags, locks. Not F_SETOWN, which would let the kernel send a signal to somebody else.
    (72, 25): ((1, (*range(8), 36, 37, 38, 1030, 1032)),),  # fcntl
    # AF_UNIX and a stream, with which asyncio wakes itself. A datagram could be sent to a socket of somebody else.
    (53, 199): ((0, (1,)), (1, (1, 0x801, 0x80001, 0x80801))),  # socketpair
}
_CLONE, _CLONE3 = (56, 220), (435, 435)
_CLONE_THREAD = 0x00010000
_CLONE_NEW = 0x7E020000

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2


def known_machine() -> bool:
    """Whether the list is written for this processor."""
    return platform.machine() in _ARCHITECTURES


def program(machine: str, own_files: bool) -> list[tuple[int, int, int, int]]:
    """The filter as BPF instructions: (operation, jump if true, jump if false, value)."""
    column, architecture = _ARCHITECTURES[machine]
    refuse = (_RETURN, 0, 0, _ERRNO | errno.EPERM)
    # The other calling convention of the same processor has other numbers.
    steps = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL_PROCESS), (_LOAD, 0, 0, 0)]
    for numbers in (*_ANYWHERE.values(), *(_OWN_FILES.values() if own_files else ())):
        if numbers[column] is not None:
            steps += [(_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, _ALLOW)]
    # "No such call": the C library then uses clone, whose flags can be looked at.
    steps += [(_EQUAL, 0, 1, _CLONE3[column]), (_RETURN, 0, 0, _ERRNO | errno.ENOSYS)]
    for numbers, conditions in _SOME.items():
        block = []
        for place, values in conditions:
            block.append((_LOAD, 0, 0, 16 + 8 * place))
            # Each match jumps over the other values and the refusal behind them.
            block += [(_EQUAL, len(values) - number, 0, value) for number, value in enumerate(values)]
            block.append(refuse)
        block.append((_RETURN, 0, 0, _ALLOW))
        steps += [(_EQUAL, 0, len(block), numbers[column]), *block]
    block = [
        (_LOAD, 0, 0, 16),
        (_ANY_BIT, 0, 1, _CLONE_NEW),
        refuse,
        (_ANY_BIT, 0, 1, _CLONE_THREAD),
        (_RETURN, 0, 0, _ALLOW),
        refuse,
    ]
    return [*steps, (_EQUAL, 0, len(block), _CLONE[column]), *block, refuse]


def close_filter(own_files: bool) -> None:
    """Put the filter on this process for good. no_new_privs must stand already."""
    steps = program(platform.machine(), own_files)
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    libc = ctypes.CDLL(None, use_errno=True)
    given = Program(len(steps), ctypes.addressof(code))
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(given), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the kernel did not take the list of allowed calls (seccomp)")
