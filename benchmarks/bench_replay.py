"""How soon a page says how many cases a map can replay, and Python too.

The log is Northfold's before the change, without test cases, and the map allows every way from step to step that
any of its cases goes (pm4py passes over a step that is not on the map; we do not). Ours is timed in Chromium, and in Python; stock is pm4py's token-based replay of the
same cases on the same map, made a Petri net, in a Python of its own. Both must find the same cases.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import ROOT, Bar, Bench, Row, in_turn, median, row, spread
from benchmarks.serving import chromium, served
from cslearn.explorers import registry
from cslearn.methods import eventlog, process_map

NAME = "replay"
PAGE = "600 cases replayed in the page"
READ = "600 cases read in the page, with their waits"
PYTHON = "600 cases replayed in Python"
BARS: dict[str, Bar | None] = {PAGE: Bar(at_most=200), READ: None, PYTHON: None}
PACKAGES = ROOT / ".cache" / "pm4py"
TIMED = """async ([rows, nodes, edges]) => {
  const { cases, withoutTestCases } = await import(new URL("event_log.js", document.baseURI));
  const { precision, readMap, replayLog } = await import(new URL("process_map.js", document.baseURI));
  const begin = performance.now();
  const log = withoutTestCases(cases(JSON.parse(rows)));
  const read = performance.now();
  const map = readMap(nodes, edges);
  const found = replayLog(map, log);
  precision(map, log);
  return [performance.now() - read, read - begin, found.fitting];
}"""
STOCK = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
from process_mining_oracle import log_of, net_of
from pm4py.algo.conformance.tokenreplay import algorithm
item = json.load(sys.stdin)
log, net = log_of(item), net_of(item)
begin = time.perf_counter()
found = algorithm.apply(log, *net, parameters={"show_progress_bar": False})
taken = time.perf_counter() - begin
print(json.dumps([1000 * taken, sum(one["trace_is_fit"] for one in found)]))
"""


def run(bench: Bench) -> Iterator[Row]:
    text = (ROOT / "datasets" / "events_before.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    log = eventlog.without_test_cases(eventlog.cases(rows))
    nodes, edges = as_it_runs(log)
    drawn = process_map.ready(process_map.read_map(nodes, edges))
    fitting = process_map.replay_log(drawn, log).fitting
    bench.say(f"  {len(log)} cases, {len(drawn.nodes)} nodes, {len(drawn.edges)} arrows; {fitting} cases fit")
    folder = bench.new_folder("replay")
    entry = registry()["process-detective"]
    for path in (entry.module, *entry.assets):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "index.html").write_text('<!DOCTYPE html><html lang="en"><title>Replay</title></html>', encoding="utf-8")
    reads: list[float] = []

    with chromium() as browser, served({"/": folder}) as server:
        page = browser.new_page()
        page.goto(f"{server.url}/index.html")

        def in_page() -> float:
            taken, read, found = page.evaluate(TIMED, [json.dumps(rows), nodes, edges])
            if found != fitting:
                raise AssertionError(f"the page finds {found} cases that fit, and Python {fitting}")
            reads.append(read)
            return taken

        stock = stock_replay(log, nodes, edges, fitting) if has_pm4py(bench) else None
        mine, theirs = in_turn(in_page, stock, bench.runs, bench.say, "ms")
    bench.say(f"  ours {spread(mine, 'ms')}" + (f"; stock {spread(theirs, 'ms')}" if theirs else ""))
    yield row(BARS, PAGE, median(mine), median(theirs) if theirs else None, "ms")
    yield row(BARS, READ, median(reads), None, "ms")

    def in_python() -> float:
        begin = time.perf_counter()
        process_map.replay_log(drawn, log)
        process_map.precision(drawn, log)
        return 1000 * (time.perf_counter() - begin)

    yield row(BARS, PYTHON, median([in_python() for _ in range(bench.runs)]), median(theirs) if theirs else None, "ms")


def as_it_runs(log: list[eventlog.Case]) -> tuple[list[dict], list[dict]]:
    """A map with one task for each activity, and every way between them that is in the log; cases end at "confirm"."""
    ways = list(eventlog.directly_follows(log).cases)
    names = list(dict.fromkeys(name for pair in ways for name in pair))
    ways.append((eventlog.CLOSING, "end"))
    nodes = [{"id": "start", "type": "start"}, {"id": "end", "type": "end"}]
    edges = [{"from": "start", "to": log[0].steps[0].activity}]
    for name in names:
        nodes.append({"id": name, "type": "task", "activity": name})
        exits = [after for before, after in ways if before == name]
        if len(exits) > 1:
            nodes.append({"id": f"after {name}", "type": "gateway"})
            edges.append({"from": name, "to": f"after {name}"})
            edges += [{"from": f"after {name}", "to": after, "label": after} for after in exits]
        else:
            edges += [{"from": name, "to": after} for after in exits]
    return nodes, edges


def has_pm4py(bench: Bench) -> bool:
    """Whether pm4py is there; the tests' lock names its version."""
    if not (PACKAGES / "pm4py").is_dir():
        lock = ROOT / "tests" / "methods" / "pm4py.lock"
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--require-hashes",
            "--target",
            PACKAGES,
            "-r",
            lock,
        ]
        if subprocess.run(command, capture_output=True).returncode:
            bench.say("  pm4py could not be installed, so the comparison is left out")
            return False
    return True


def stock_replay(log, nodes, edges, fitting):
    full = [{"lane": "", "activity": "", **node} for node in nodes]
    traces = [list(case.trace) for case in log]
    item = json.dumps({"traces": traces, "roles": traces, "nodes": full, "edges": edges})
    paths = os.pathsep.join(map(str, (PACKAGES, Path(ROOT) / "tests" / "methods")))

    def once() -> float:
        done = subprocess.run(
            [sys.executable, "-c", STOCK], input=item, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": paths},
        )  # fmt: skip
        taken, found = json.loads(done.stdout.splitlines()[-1])
        if found != fitting:
            raise AssertionError(f"pm4py finds {found} cases that fit, and we {fitting}")
        return taken

    return once
