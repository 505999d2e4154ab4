"""`python -m benchmarks`: runs every benchmark beside the stock tools and writes benchmarks/latest.json.

`python -m benchmarks marking weight` runs only those, `--list` says which there are.
Exits 1 on a fault; a missed bar is said, and is no fault.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from benchmarks.measure import Bench, Row, table_head, table_line, verdict, write_results
from cslearn.problem import Problem

HERE = Path(__file__).parent
RESULTS = HERE / "latest.json"


def modules() -> dict[str, ModuleType]:
    """Every benchmark by name."""
    found = [importlib.import_module(f"benchmarks.{path.stem}") for path in sorted(HERE.glob("bench_*.py"))]
    return {module.NAME: module for module in found}


def main(arguments: Sequence[str] | None = None, results: Path = RESULTS) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.split("\n\n")[0])
    parser.add_argument("name", nargs="*", help="which to run (default: all)")
    parser.add_argument("--runs", type=int, default=5, help="how often each is timed, more or less (default: 5)")
    parser.add_argument("--list", action="store_true", help="only say which there are, and their bars")
    given = parser.parse_args(arguments)
    known = modules()
    if unknown := [name for name in given.name if name not in known]:
        print(f"There is no benchmark called {unknown[0]!r}; there are: {', '.join(known)}.", file=sys.stderr)
        return 2
    chosen = {name: known[name] for name in given.name or known}
    if given.list:
        for name, module in chosen.items():
            print(f"{name}: {module.__doc__.splitlines()[0]}")
            for figure, bar in module.BARS.items():
                print(f"  {figure}" + (f" (bar: {bar.words('of its unit')})" if bar else ""))
        return 0
    return measured(chosen, max(1, given.runs), results)


def measured(chosen: dict[str, ModuleType], runs: int, results: Path) -> int:
    say = lambda words: print(words, flush=True)  # noqa: E731
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    say(f"Python {platform.python_version()}, {os.cpu_count()} processors, load {load} (a busy machine blurs figures)")
    say("Ours and stock run in turn, in one go; a figure is the median, and less is better.")
    rows: list[Row] = []
    faults: list[str] = []
    folder = Path(tempfile.mkdtemp(prefix="cslearn-bench-"))
    try:
        bench = Bench(folder, say, runs)
        for name, module in chosen.items():
            started = time.monotonic()
            say(f"\n{name}: {module.__doc__.splitlines()[0]}")
            try:
                for made in module.run(bench):
                    rows.append(made)
                    say(table_line(made))
            except Problem as problem:
                faults.append(name)
                say(f"  FAULT: {problem}")
            # One benchmark that breaks must not hide the figures of the others.
            except Exception:
                faults.append(name)
                say(f"  FAULT:\n{traceback.format_exc()}")
            say(f"  ({time.monotonic() - started:.0f} s)")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say("")
    say(table_head())
    for made in rows:
        say(table_line(made))
    say("")
    say(verdict(rows, faults))
    write_results(rows, results)
    say(f"The figures are in {results.relative_to(Path.cwd()) if results.is_relative_to(Path.cwd()) else results}.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
