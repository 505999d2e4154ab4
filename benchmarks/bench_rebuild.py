"""How long an author waits for the book: after a change of one page, and from nothing.

`cslearn book` against `jupyter-book build` on a copy of the same pages, each as a process of its own,
start-up counted. A change is one sentence more at the end of a lesson. Stock has its own theme and
settings, but runs notebooks from the cache as we do (its own setting would run them each time).
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import books
from benchmarks.measure import Bar, Bench, Row, in_turn, median, row, spread

NAME = "rebuild"
WARM = "rebuild after a change of one page"
COLD = "build of the whole book from nothing"
BARS: dict[str, Bar | None] = {WARM: Bar(at_most=5), COLD: None}


def run(bench: Bench) -> Iterator[Row]:
    # The books that other benchmarks look at stay as they are; these copies are changed.
    ours, stock = books.new_ours(bench), books.new_stock(bench)
    bench.say("  two builds of each from nothing")
    cold = in_turn(lambda: books.ours(bench).first, lambda: books.stock(bench).first, 1, bench.say, "s")
    more = in_turn(ours.build, stock.build, 1, bench.say, "s")
    mine, theirs = cold[0] + more[0], cold[1] + more[1]
    bench.say(f"  ours {spread(mine, 's')}; stock {spread(theirs, 's')}")
    yield row(BARS, COLD, median(mine), median(theirs), "s")

    count = 0

    def changed(book: books.Book) -> float:
        nonlocal count
        count += 1
        page = book.source / f"{books.LESSON}.md"
        words = f"This is sentence {count} that a benchmark added."
        page.write_text(f"{page.read_text(encoding='utf-8')}\n{words}\n", encoding="utf-8")
        taken = book.build()
        # A build that did not take the change would be quick, and worth nothing.
        if words not in book.page(books.LESSON).read_text(encoding="utf-8"):
            raise AssertionError(f"{book.command[0]} did not build the changed page")
        return taken

    mine, theirs = in_turn(lambda: changed(ours), lambda: changed(stock), bench.runs, bench.say, "s")
    bench.say(f"  ours {spread(mine, 's')}; stock {spread(theirs, 's')}")
    yield row(BARS, WARM, median(mine), median(theirs), "s")
