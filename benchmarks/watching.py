"""Peak memory and processor time of a command and of everything that it started, read from Linux's /proc."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import BIN
from cslearn.problem import Problem

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Watched:
    """What a command took: seconds by the clock and of processors, megabytes of itself and of its largest child."""

    seconds: float
    processor: float
    itself: float
    child: float


def watched(command: Sequence[str | Path], folder: Path, accepted: Sequence[int] = (0,)) -> Watched:
    """Runs a command to its end, looking at it twenty times a second. A failure is a fault of the benchmark."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    memory: dict[int, float] = {}
    processor: dict[int, float] = {}
    while process.poll() is None:
        for pid in (process.pid, *_below(process.pid)):
            _look(pid, memory, processor)
        time.sleep(0.05)
    seconds = time.perf_counter() - started
    said = process.communicate()[1]
    if process.returncode not in accepted:
        raise Problem(f"`{command[0]} …` ended with {process.returncode}: {said.strip()[-500:]}")
    itself = memory.pop(process.pid, 0.0)
    return Watched(seconds, sum(processor.values()), itself, max(memory.values(), default=0.0))


def _look(pid: int, memory: dict[int, float], processor: dict[int, float]) -> None:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return
    # The highest that it has ever had, so the last look is the peak.
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            memory[pid] = max(memory.get(pid, 0.0), int(line.split()[1]) / 1024)
    processor[pid] = (int(fields[11]) + int(fields[12])) / _TICKS


def _below(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            children.setdefault(parent, []).append(int(folder.name))
    found, line = [], [pid]
    while line:
        found += (more := children.get(line.pop(), []))
        line += more
    return found
