"""How soon the change lab has played twenty years, in the browser and in Python.

A year is 52 weeks of both sites, and the four before them that fill the trays. Stock is ciw, which plays the
same desks for as long with complaints at a steady rate, and makes no weekly figures of it; it is timed on one
year, and counted twenty times.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

from benchmarks.measure import Bar, Bench, Row, in_turn, median, row, spread
from benchmarks.serving import chromium, served
from benchmarks.stock_desk import desk
from cslearn.explorers import registry
from cslearn.methods.changelab import lucks, situation, west, world
from cslearn.methods.changelab import run as play
from cslearn.methods.changelab.figures import WARM_UP, WEEK, WEEKS
from cslearn.methods.changelab.world import shares

NAME = "lab"
PAGE = "20 years of the change lab in the page"
PYTHON = "20 years of the change lab in Python"
TIMES = "20 years in the page, against ciw"
YEARS = 20
BARS: dict[str, Bar | None] = {PAGE: Bar(at_most=300), PYTHON: Bar(at_most=3000), TIMES: Bar(times=20)}
TIMED = """async (seeds) => {
  const { playYear, west } = await import(new URL("change_lab_model.js", document.baseURI));
  const begin = performance.now();
  let open = 0;
  for (const seed of seeds) open += playYear({}, seed).weeks[51].open + west(seed)[51].open;
  return [performance.now() - begin, open];
}"""


def run(bench: Bench) -> Iterator[Row]:
    folder = bench.new_folder("lab")
    entry = registry()["change-lab"]
    for path in (entry.module, *entry.assets):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "index.html").write_text('<!DOCTYPE html><html lang="en"><title>Lab</title></html>', encoding="utf-8")
    seeds = lucks(1, YEARS)
    expected = sum(play({}, seed).weeks[-1]["open"] + west(seed, seed)[-1]["open"] for seed in seeds)
    numbers = itertools.count()

    with chromium() as browser, served({"/": folder}) as server:
        page = browser.new_page()
        page.goto(f"{server.url}/index.html")

        def in_page() -> float:
            taken, found = page.evaluate(TIMED, seeds)
            if found != expected:
                raise AssertionError(f"the page ends with {found} open complaints, and Python with {expected}")
            return taken

        mine, theirs = in_turn(in_page, lambda: YEARS * in_ciw(next(numbers)), bench.runs, bench.say, "ms")
    bench.say(f"  ours {spread(mine, 'ms')}; stock {spread(theirs, 'ms')}")
    yield row(BARS, PAGE, median(mine), None, "ms")
    yield row(BARS, TIMES, median(mine), median(theirs), "ms")
    yield row(BARS, PYTHON, median([in_python(seeds) for _ in range(bench.runs)]), median(theirs), "ms")


def in_python(seeds: list[int]) -> float:
    # Nothing that an earlier run has kept.
    world.cache_clear()
    west.cache_clear()
    begin = time.perf_counter()
    for seed in seeds:
        play({}, seed)
        west(seed, seed)
    return 1000 * (time.perf_counter() - begin)


def in_ciw(seed: int) -> float:
    begin = time.perf_counter()
    for site in (0, 1):
        simulation, _ = desk(seed, WARM_UP + WEEKS, shares(site, situation(0).stuck), site)
        simulation.simulate_until_max_time((WARM_UP + WEEKS) * WEEK)
    return 1000 * (time.perf_counter() - begin)
