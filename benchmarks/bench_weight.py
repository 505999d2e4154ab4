"""What a lesson with an explorer sends over the network, compressed, headers included.

Everything counts: the page, its styles, scripts, fonts and the chart library, whether or not a reader
touches the explorer. Stock is the same lesson with Jupyter Book's own theme, with the files that it
loads from content delivery networks served (and compressed) here; what its theme loads later, when
a reader clicks, is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from benchmarks import books
from benchmarks.measure import Bar, Bench, Row, row
from benchmarks.serving import Served, chromium, served, weight
from benchmarks.stock_book import local_addresses
from benchmarks.visiting import visit
from cslearn.explorers import CHART_LIBRARY

NAME = "weight"
PAGE = "whole page {}"
READ = "page {}, before its explorer is touched"
HEAVIEST = "heaviest of all pages with an explorer"
BARS: dict[str, Bar | None] = {
    HEAVIEST: Bar(at_most=450),
    **{PAGE.format(lesson): Bar(at_most=450) for lesson in books.LESSONS},
    **{READ.format(lesson): None for lesson in books.LESSONS},
}


def run(bench: Bench) -> Iterator[Row]:
    ours, stock, cdn = books.ours(bench), books.stock(bench), books.cdn(bench)
    charts = [f"_static/explorers/{path.name}" for path in CHART_LIBRARY]
    with chromium() as browser, served({"/": ours.site}) as our_server:
        folders = {"/cdn/": cdn, "/": stock.site} if cdn else {"/": stock.site}
        with served(folders, local_addresses) as stock_server:
            for lesson in books.LESSONS:
                sent = visit(browser, our_server, lesson, act=False).sent
                untouched = weight(sent)
                asked = {path for path, _ in sent}
                for name in charts:
                    if f"/{name}" not in asked:
                        sent += fetched(browser, our_server, name)
                bench.say(f"  ours, {lesson}: {biggest(sent)}")
                theirs = None
                if cdn:
                    visited = visit(browser, stock_server, lesson, act=False)
                    theirs = weight(visited.sent) / 1000
                    bench.say(f"  stock, {lesson}: {biggest(visited.sent)}")
                    if visited.not_there:
                        bench.say(f"  asked for by the stock page and not to be had: {', '.join(visited.not_there)}")
                yield row(BARS, PAGE.format(lesson), weight(sent) / 1000, theirs, "KB")
                yield row(BARS, READ.format(lesson), untouched / 1000, theirs, "KB")
            weights = {}
            for lesson in ours.lessons():
                sent = visit(browser, our_server, lesson, act=False).sent
                asked = {path for path, _ in sent}
                for name in charts:
                    if f"/{name}" not in asked:
                        sent += fetched(browser, our_server, name)
                weights[lesson] = weight(sent) / 1000
                bench.say(f"  ours, {lesson}: {weights[lesson]:.0f} KB with the chart library")
            yield row(BARS, HEAVIEST, max(weights.values()), None, "KB")


def fetched(browser, server: Served, name: str) -> list[tuple[str, int]]:
    """What one file more would cost."""
    page = browser.new_page()
    server.sent.clear()
    try:
        page.goto(f"{server.url}/{name}")
        return [entry for entry in server.sent if entry[0] == f"/{name}"]
    finally:
        page.close()


def biggest(sent: list[tuple[str, int]], count: int = 6) -> str:
    """The largest files by name, so that a page that has grown shows where."""
    first = sorted(sent, key=lambda entry: -entry[1])[:count]
    return f"{len(sent)} files; " + ", ".join(
        f"{PurePosixPath(path).name} {size / 1000:.1f} KB" for path, size in first
    )
