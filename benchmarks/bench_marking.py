"""What one more submission costs, marked and recorded, with its feedback page and its case.

The honest submissions of the sample class, the same files both ways. A batch and a single one are
timed, and the difference shared out over the submissions between them, so that neither way's start-up
counts; it is quoted in a line of its own, as the time of a whole run over one submission.
Once more with a line of code in an answer of each, which ours runs in the sandbox. Ours is the engine in this process; stock is `nbgrader autograde` and `nbgrader generate_feedback`.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.measure import Bar, Bench, Row, in_turn, median, row, seconds, spread, tool
from benchmarks.measure import run as run_command
from cslearn.exercises.exercise import read
from cslearn.marking import demo
from cslearn.marking.classroom import create_classroom, open_classroom
from cslearn.marking.crew import here
from cslearn.marking.engine import mark_class
from cslearn.marking.feedback import feedback
from cslearn.marking.release import release
from cslearn.marking.sandbox import NoSandbox, sandbox
from cslearn.northfold import case as case_module
from cslearn.northfold.case import case

# Cheap to draw, so that the figure is that of the marker and not of the story behind the data.
EXERCISE = "choose-an-improvement"
NAME = "marking"
MARK = "marking, each submission"
ONE = "marking one submission, start-up included"
PAGE = "feedback page, each"
CASE = "a learner's own case"
CODE = "marking, each submission with code, in the sandbox"
BARS: dict[str, Bar | None] = {MARK: Bar(times=200), ONE: None, CODE: Bar(times=15), PAGE: Bar(times=50), CASE: None}
BATCH = 6
# Ours takes milliseconds, so it is timed more often within each run.
OFTEN = 5
MARKS = """
select s.student_id, b.name, g.auto_score, g.needs_manual_grade from grade g
join submitted_notebook n on n.id = g.notebook_id join submitted_assignment s on s.id = n.assignment_id
join base_cell b on b.id = g.cell_id order by 1, 2
"""


def run(bench: Bench) -> Iterator[Row]:
    exercise = read(EXERCISE)
    bench.say("  a class with the exercise released")
    root = bench.new_folder("class")
    (root / "roster.csv").write_text(demo.roster_csv(), encoding="utf-8")
    template = create_classroom(root, salt=demo.SALT)
    release(template, exercise)
    honest = [sample for sample in demo.sample_class(template, exercise) if not sample.says]
    bench.say(f"  {len(honest)} honest submissions; stock marks the first {BATCH} of them, and one alone")

    def handed_in(count: int, name: str, code: bool = False) -> Path:
        """A fresh copy of the class with so many submissions."""
        folder = bench.new_folder(name) / "class"
        shutil.copytree(root, folder)
        for sample in honest[:count]:
            path = open_classroom(folder).notebook("submitted", sample.learner.id, exercise.name)
            path.parent.mkdir(parents=True)
            path.write_bytes(with_code(sample.data) if code else sample.data)
        return folder

    def marked(count: int, code: bool = False) -> tuple[Path, float]:
        folder = handed_in(count, "ours-marked", code)
        classroom = open_classroom(folder)
        # The sample class was made in this process; its cases must not be at hand.
        forget_cases()
        return folder, seconds(lambda: mark_class(classroom, exercise, crew=here))

    def engine() -> float:
        taken = []
        for _ in range(OFTEN):
            (all_, whole), (one, single) = marked(len(honest)), marked(1)
            taken.append((whole - single) / (len(honest) - 1) * 1000)
            kept["ours"] = all_
            shutil.rmtree(one)
        return median(taken)

    def autograde() -> float:
        folders = handed_in(BATCH, "stock-marked"), handed_in(1, "stock-one")
        command = [tool("nbgrader"), "autograde", exercise.name]
        whole, single = (seconds(lambda folder=folder: run_command(command, folder)) for folder in folders)
        kept["stock"], kept["stock one"] = folders
        alone["stock"].append(single)
        alone["ours"].append(process())
        return (whole - single) / (BATCH - 1) * 1000

    def process() -> float:
        folder = handed_in(1, "ours-one")
        return seconds(lambda: run_command([tool("cslearn"), "mark", exercise.name, "--class", "."], folder))

    kept: dict[str, Path] = {}
    alone: dict[str, list[float]] = {"ours": [], "stock": []}
    # Python imports nbgrader's gradebook at the first run; that is start-up.
    marked(1)
    mine, theirs = in_turn(engine, autograde, max(3, bench.runs // 2), bench.say, "ms")
    bench.say(f"  ours {spread(mine, 'ms')}; stock {spread(theirs, 'ms')}")
    compare(kept["ours"], kept["stock"], [sample.learner.id for sample in honest[:BATCH]])
    bench.say(f"  the marks of the {BATCH} are the same both ways, cell by cell")
    yield row(BARS, MARK, median(mine), median(theirs), "ms")

    bench.say("  one alone: " + "; ".join(f"{who} {spread(taken, 's')}" for who, taken in alone.items()))
    yield row(BARS, ONE, median(alone["ours"]), median(alone["stock"]), "s")

    def sandboxed() -> float:
        # In one process and with the sandbox at hand, as in the middle of a class.
        (all_, whole), (one, single) = marked(len(honest), code=True), marked(1, code=True)
        kept["ours code"] = all_
        shutil.rmtree(one)
        return (whole - single) / (len(honest) - 1) * 1000

    def autograde_code() -> float:
        folders = handed_in(BATCH, "stock-code", code=True), handed_in(1, "stock-code-one", code=True)
        command = [tool("nbgrader"), "autograde", exercise.name]
        whole, single = (seconds(lambda folder=folder: run_command(command, folder)) for folder in folders)
        kept["stock code"] = folders[0]
        return (whole - single) / (BATCH - 1) * 1000

    try:
        sandbox()
    except NoSandbox as why:
        bench.say(f"  code is left out: {why}")
        yield row(BARS, CODE, None, None, "ms")
    else:
        mine, theirs = in_turn(sandboxed, autograde_code, max(2, bench.runs // 2), bench.say, "ms")
        compare(kept["ours code"], kept["stock code"], [sample.learner.id for sample in honest[:BATCH]])
        yield row(BARS, CODE, median(mine), median(theirs), "ms")

    def our_pages() -> float:
        classroom = open_classroom(kept["ours"])
        return seconds(lambda: feedback(classroom, exercise)) / len(honest) * 1000

    def stock_pages() -> float:
        command = [tool("nbgrader"), "generate_feedback", "--force", exercise.name]
        whole, single = (seconds(lambda name=name: run_command(command, kept[name])) for name in ("stock", "stock one"))
        return (whole - single) / (BATCH - 1) * 1000

    our_pages()
    mine, theirs = in_turn(our_pages, stock_pages, 3, bench.say, "ms")
    yield row(BARS, PAGE, median(mine), median(theirs), "ms")

    codes = list(template.codes.values())
    forget_cases()
    drawn = [seconds(lambda code=code: case(exercise.name, code=code)) * 1000 for code in codes]
    bench.say(f"  {len(codes)} learners' cases: {spread(drawn, 'ms')}; stock has no cases")
    yield row(BARS, CASE, median(drawn), None, "ms")


def with_code(data: bytes) -> bytes:
    """The same notebook with a line in its first answer that has to be run."""
    notebook = json.loads(data)
    cell = next(cell for cell in notebook["cells"] if cell.get("id") == "matrix-answer")
    cell["source"] = "".join(cell["source"]) + "\nmatrix = dict(matrix)"
    return json.dumps(notebook).encode()


def forget_cases() -> None:
    case_module._drawn.cache_clear()


def compare(ours: Path, stock: Path, learners: list[str]) -> None:
    """Faster is worth nothing if the marks differ."""
    given = []
    for root in (ours, stock):
        with closing(sqlite3.connect(root / "gradebook.db")) as book:
            given.append([marks for marks in book.execute(MARKS) if marks[0] in learners])
    if given[0] != given[1] or not given[0]:
        raise AssertionError(
            f"our marks differ from stock's: {[pair for pair in zip(*given, strict=False) if pair[0] != pair[1]]}"
        )
