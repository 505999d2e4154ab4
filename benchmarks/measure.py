"""What the benchmarks share: runs in turn, medians, bars, the table, and the file of results."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cslearn.problem import Problem

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


# ---- figures --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bar:
    """What a figure must reach: so many times better than stock, or at most so much."""

    times: float | None = None
    at_most: float | None = None

    def words(self, unit: str) -> str:
        if self.times is not None:
            return f"at least {self.times:g} times better"
        return f"at most {self.at_most:g} {unit}"

    def met(self, ours: float | None, stock: float | None) -> bool | None:
        """None where what it takes to say so was not measured."""
        if ours is None or (self.times is not None and stock is None):
            return None
        return stock / ours >= self.times if self.times is not None else ours <= self.at_most


@dataclass(frozen=True)
class Row:
    """One line of the table. For every figure here, less is better."""

    name: str
    ours: float | None
    stock: float | None
    unit: str
    bar: Bar | None = None

    @property
    def ratio(self) -> float | None:
        """How many times less ours is than stock's."""
        return self.stock / self.ours if self.ours and self.stock is not None else None

    @property
    def met(self) -> bool | None:
        return self.bar.met(self.ours, self.stock) if self.bar else None

    def as_json(self) -> dict:
        ratio = self.ratio
        return {
            "name": self.name,
            "ours": self.ours,
            "stock": self.stock,
            "unit": self.unit,
            "ratio": None if ratio is None else float(f"{ratio:.3g}"),
            "bar": self.bar.words(self.unit) if self.bar else None,
            "met": self.met,
        }


def row(bars: dict[str, Bar | None], name: str, ours: float | None, stock: float | None, unit: str) -> Row:
    """A line that its benchmark has announced; a figure nobody announced is a mistake."""
    return Row(name, ours, stock, unit, bars[name])


def median(figures: Sequence[float]) -> float:
    if not figures:
        raise Problem("A benchmark measured nothing; run it again and look at its first lines.")
    return statistics.median(figures)


def spread(figures: Sequence[float], unit: str) -> str:
    """The median between the extremes, so that a reader sees how noisy the machine was."""
    return f"{figure(median(figures))} {unit} ({figure(min(figures))} to {figure(max(figures))})"


def in_turn(
    ours: Callable[[], float], stock: Callable[[], float] | None, runs: int, say: Callable[[str], None], unit: str
) -> tuple[list[float], list[float]]:
    """Runs both ways in turn (ours, stock, ours, stock …), so that a busy spell hits both alike."""
    mine: list[float] = []
    theirs: list[float] = []
    for number in range(1, runs + 1):
        mine.append(ours())
        shown = f"ours {figure(mine[-1])}"
        if stock is not None:
            theirs.append(stock())
            shown += f", stock {figure(theirs[-1])}"
        say(f"  run {number} of {runs}: {shown} {unit}")
    return mine, theirs


def seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


# ---- the table ------------------------------------------------------------------------------

WIDTHS = (60, 8, 8, 4, 6, 25, 8)
ALIGNED = "<>><><<"


def line(cells: Iterable[str]) -> str:
    return "  ".join(f"{cell:{to}{width}}" for cell, to, width in zip(cells, ALIGNED, WIDTHS, strict=True)).rstrip()


def table_head() -> str:
    return line(("name", "ours", "stock", "unit", "ratio", "bar", "met"))


def table_line(shown: Row) -> str:
    met = {True: "yes", False: "NO", None: ""}[shown.met]
    if shown.bar and shown.met is None:
        met = "left out"
    bar = shown.bar.words(shown.unit) if shown.bar else ""
    ratio = "" if shown.ratio is None else f"{shown.ratio:.3g}"
    return line((shown.name, figure(shown.ours), figure(shown.stock), shown.unit, ratio, bar, met))


def figure(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def verdict(rows: Sequence[Row], faults: Sequence[str] = ()) -> str:
    """The last words: which bars were missed, which could not be judged, and what broke."""
    missed = [r.name for r in rows if r.met is False]
    left = [r.name for r in rows if r.bar and r.met is None]
    said = []
    if missed:
        said.append(f"{len(missed)} bar{'s' if len(missed) > 1 else ''} MISSED: {'; '.join(missed)}.")
    else:
        said.append("No bar was missed." if not faults else "No bar was missed by what was measured.")
    if left:
        said.append(f"Not judged, because the comparison was left out: {'; '.join(left)}.")
    if faults:
        said.append(f"FAULTS in: {', '.join(faults)}; see above.")
    return " ".join(said)


def write_results(rows: Sequence[Row], path: Path) -> None:
    """Whole or not at all: a reader never meets half a file."""
    text = json.dumps([shown.as_json() for shown in rows], indent=2, ensure_ascii=False) + "\n"
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        scratch.write_text(text, encoding="utf-8")
        os.replace(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)


# ---- what a benchmark is given --------------------------------------------------------------


@dataclass
class Bench:
    """A folder for this run, a way to say how far it is, and what several benchmarks use once made."""

    folder: Path
    say: Callable[[str], None]
    runs: int = 5
    made: dict[str, object] = field(default_factory=dict)

    def once(self, name: str, make: Callable[[], object]):
        """What `make` gives, made at the first call only."""
        if name not in self.made:
            self.made[name] = make()
        return self.made[name]

    def new_folder(self, name: str) -> Path:
        number = sum(path.name.startswith(f"{name}-") for path in self.folder.iterdir()) + 1
        path = self.folder / f"{name}-{number}"
        path.mkdir()
        return path


def tool(name: str) -> Path:
    """A command of the environment that this runs in; another one on PATH might be another version."""
    path = BIN / name
    if not path.exists():
        raise Problem(f"{name} is not installed beside {sys.executable}; run `make setup`.")
    return path


def run(command: Sequence[str | Path], folder: Path) -> subprocess.CompletedProcess:
    """Runs a command to its end. A failure is a fault of the benchmark, shown with what it printed."""
    # Kernels are looked up on PATH, and notebooks must get this environment's Python.
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=environment, capture_output=True, text=True, errors="replace"
    )
    if done.returncode != 0:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise Problem(f"`{' '.join(map(str, command))}` ended with {done.returncode}:\n{said}")
    return done


def copy_of(names: Iterable[str], into: Path) -> Path:
    """A copy of these files and folders of the checkout, without what earlier builds left in them."""
    into.mkdir(parents=True, exist_ok=True)
    for name in names:
        source = ROOT / name
        if source.is_dir():
            left = shutil.ignore_patterns("_build", ".jupyter_cache", ".ipynb_checkpoints", "__pycache__")
            shutil.copytree(source, into / name, ignore=left)
        else:
            shutil.copy(source, into / name)
    return into
