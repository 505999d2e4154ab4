"""Looking at processes that tests started, on Linux."""

import os
import time
from pathlib import Path


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def below(pid: int) -> list[int]:
    """Every process that descends from this one."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent == pid:
                found += [int(folder.name), *below(int(folder.name))]
    return found


def started_since(running: set[int], by: set[int]) -> set[int]:
    """What descends from this process and is new, but for what others than ``by`` have started: a browser does so at any time."""
    others = {pid for old in running - by for pid in below(old)}
    ours = {pid for mine in by for pid in below(mine)}
    return set(below(os.getpid())) - running - (others - ours)


def gone(pids: list[int], within: float = 60.0) -> bool:
    """Whether they end by themselves. On a busy machine a process that is still starting takes its time."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not any(map(alive, pids)):
            return True
        time.sleep(0.05)
    return False
