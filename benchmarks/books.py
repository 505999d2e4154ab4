"""The two books that are compared, each in a folder of its own, built once and used by several benchmarks."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import ROOT, Bench, copy_of, run, seconds, tool
from benchmarks.stock_book import fetch_packages, local_addresses, packages_of, write_stock_book
from cslearn.problem import Problem

OURS = ("_config.yml", "_toc.yml", "book", "exercises", "datasets")
LESSON = "options/decision-matrix"
# The lessons that show an explorer, with its name.
LESSONS = {LESSON: "decision-matrix", "options/cost-benefit": "npv-board"}
CACHE = ROOT / ".cache" / "npm"


@dataclass
class Book:
    """A book that can be built again, and how long its first build took."""

    source: Path
    command: list[str | Path]
    folder: Path
    first: float = 0.0

    def build(self) -> float:
        return seconds(lambda: run(self.command, self.folder))

    def built(self) -> Book:
        self.first = self.build()
        return self

    @property
    def site(self) -> Path:
        """The folder with the finished pages."""
        (page,) = (path for path in self.folder.rglob(f"{LESSON}.html") if "_build" in path.parts)
        return page.parents[LESSON.count("/")]

    def page(self, name: str) -> Path:
        return self.site / f"{name}.html"

    def lessons(self) -> list[str]:
        """Every page with an explorer, by its name in the table of contents."""
        pages = (path for path in sorted(self.site.rglob("*.html")) if "_static" not in path.parts)
        return [
            path.relative_to(self.site).with_suffix("").as_posix()
            for path in pages
            if "data-explorer=" in path.read_text(encoding="utf-8")
        ]


def new_ours(bench: Bench) -> Book:
    folder = bench.new_folder("ours")
    copy_of(OURS, folder)
    return Book(folder / "book", [tool("cslearn"), "book", "--output", "_build/site"], folder)


def new_stock(bench: Bench) -> Book:
    folder = bench.new_folder("stock")
    source = write_stock_book(folder)
    return Book(source, [tool("jupyter-book"), "build", "book"], folder)


def ours(bench: Bench) -> Book:
    def make() -> Book:
        bench.say("  building our book, with nothing kept from before")
        return new_ours(bench).built()

    return bench.once("our book", make)


def stock(bench: Bench) -> Book:
    def make() -> Book:
        bench.say("  building the stock book, with nothing kept from before")
        return new_stock(bench).built()

    return bench.once("stock book", make)


def cdn(bench: Bench) -> Path | None:
    """A folder with what the stock pages load from elsewhere, or None where npm is missing or has no network."""

    def make() -> Path | None:
        if shutil.which("npm") is None:
            bench.say("  npm is not installed, so what the stock pages load from elsewhere cannot be served: left out")
            return None
        pages = [local_addresses(stock(bench).page(name).read_text(encoding="utf-8")) for name in LESSONS]
        specs = set().union(*map(packages_of, pages))
        bench.say(f"  served from this machine for the stock pages: {', '.join(sorted(specs))}")
        CACHE.mkdir(parents=True, exist_ok=True)
        try:
            fetch_packages(specs, CACHE)
        except Problem as problem:
            bench.say(f"  npm could not bring them, so the comparison in the browser is left out: {problem}")
            return None
        return CACHE

    return bench.once("cdn", make)
