"""A class goes through everything: page, hand-in, marker, formgrader, feedback and report, and stock nbgrader agrees.

Each learner does the exercises in the page, on their own case, as one persona or another; a platform's zip brings
the downloads; the tutor gives the written tasks their marks in formgrader. Two learners do one exercise of change
and one of process in a test run; for a class of thirty and all nine (well over an hour):

    CSLEARN_CLASS=30 pytest -s tests/book/test_a_whole_class.py
"""

import csv
import os
import random
import shutil
from collections import defaultdict
from datetime import datetime

import pytest
from filling_in import at_the_exercise, download, fill_in
from playwright.sync_api import expect
from stock_nbgrader import GRADES, nbgrader, rows
from visiting import served

from cslearn.exercises.exercise import available, read
from cslearn.exercises.personas import personas
from cslearn.marking.classroom import create_classroom
from cslearn.marking.demo import SALT, Sample, moodle_zip, roster_csv
from cslearn.marking.engine import mark_class
from cslearn.marking.feedback import feedback
from cslearn.marking.gradebook import Gradebook
from cslearn.marking.intake import collect
from cslearn.marking.release import release
from cslearn.marking.report import report
from cslearn.marking.review import Review
from cslearn.northfold.case import case

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.nbgrader]

WHOLE = int(os.environ.get("CSLEARN_CLASS", 0))
SIZE = WHOLE or 2
EXERCISES = [read(name) for name in (available() if WHOLE else ("win-people-over", "choose-an-improvement"))]
COMMENT = "Say who bears the cost."


def test_a_class_from_the_page_to_the_report(site, browser, tmp_path):
    root = tmp_path / "class"
    root.mkdir()
    heading, *people = roster_csv().splitlines()
    (root / "roster.csv").write_text("\n".join([heading, *people[:SIZE]]) + "\n", encoding="utf-8")
    room = create_classroom(root, salt=SALT)
    with served(site) as address:
        for exercise in EXERCISES:
            release(room, exercise)
            samples = [
                in_the_page(browser, f"{address}/assessment/{exercise.name}.html", room, exercise, number, learner)
                for number, learner in enumerate(room.roster.values())
            ]
            (tmp_path / "moodle.zip").write_bytes(moodle_zip(samples))
            collected = collect(room, tmp_path / "moodle.zip", exercise)
            assert not collected.missing and not collected.left_out
            print(f"{exercise.name}: {len(samples)} handed in from the page", flush=True)

    stock = tmp_path / "stock"
    shutil.copytree(root, stock)
    for exercise in EXERCISES:
        summary = mark_class(room, exercise)
        assert (summary.marked, summary.unmarked, summary.faulty, summary.sandboxed) == (SIZE, {}, 0, 0)
        done = nbgrader(stock, "autograde", exercise.name, "--Execute.timeout=600")
        assert done.returncode == 0, done.stderr
    ours = rows(root, GRADES)
    assert len(ours) == SIZE * sum(len(exercise.tasks) for exercise in EXERCISES)
    assert ours == rows(stock, GRADES)
    print(f"{len(ours)} grades, stock gives the same", flush=True)

    by_rule = {}
    for exercise in EXERCISES:
        with Gradebook(room, exercise.name) as book:
            # Two exercises have a task called "plan".
            by_rule |= {
                (exercise.name, e.learner, task): s.auto for e in book.entries() for task, s in e.scores.items()
            }
    given = in_formgrader(browser, room)
    still_right(room, given, by_rule)


def still_right(room, given: dict[tuple[str, str, str], float], by_rule: dict[tuple[str, str, str], float]) -> None:
    """Marks by rule and by a person are those that were given, in gradebook, feedback and report."""
    earned: dict[tuple[str, str], float] = defaultdict(float)
    for exercise in EXERCISES:
        # Marked once more, as after a rule has changed: what a person gave stays.
        assert mark_class(room, exercise, again=True).marked == SIZE
        with Gradebook(room, exercise.name) as book:
            entries = {entry.learner: entry for entry in book.entries()}
        assert set(entries) == set(room.roster)
        for who, entry in entries.items():
            for task, score in entry.scores.items():
                if (exercise.name, who, task) in given:
                    assert score.manual == given[exercise.name, who, task]
                else:
                    assert (score.auto, score.manual) == (by_rule[exercise.name, who, task], None)
                earned[who, exercise.name] += score.score
        pages = feedback(room, exercise)
        assert len(pages) == SIZE
        written = [task for task in exercise.tasks if task.award == "tutor"]
        commented = sum(COMMENT in page.read_text(encoding="utf-8") for page in pages)
        assert commented == len({who for name, who, _ in given if name == exercise.name})
        assert bool(written) == bool(commented)

    page, table = report(room, EXERCISES)
    assert all(exercise.title in page.read_text(encoding="utf-8") for exercise in EXERCISES)
    lines = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert [line["learner_id"] for line in lines] == list(room.roster)
    for line in lines:
        for exercise in EXERCISES:
            column = f"{exercise.point} marks (of {exercise.marks})"
            assert float(line[column]) == pytest.approx(earned[line["learner_id"], exercise.name])
    if WHOLE:
        assert sum(exercise.marks for exercise in EXERCISES) == 180
        assert sum(t.marks for e in EXERCISES for t in e.tasks if t.award == "auto") == 110
    print(f"{len(given)} marks given in formgrader are in feedback and report", flush=True)


def in_the_page(browser, url: str, room, exercise, number: int, learner) -> Sample:
    """What one learner downloads after doing the exercise in the page, on their own case."""
    cast = personas(exercise)
    persona, code = cast[number % len(cast)], room.codes[learner.id]
    own, rng = case(exercise.name, code=code), random.Random(f"{SALT} {number}")
    with at_the_exercise(browser, url, 360, exercise=exercise) as (page, said):
        page.get_by_label("Your learner code").fill(code)
        page.get_by_role("button", name="Open my case").click()
        expect(page.locator(".case-now")).to_contain_text(f"your own case, code {code}")
        for task in exercise.tasks:
            if task.award == "auto":
                fill_in(page, task.name, persona.answer(task.name, own, rng), exercise=exercise)
            else:
                # One in five writes nothing, and waits for nobody.
                words = "" if number % 5 == 4 else f"{task.model_answer}\n\nWritten by number {number}."
                page.locator(f"[data-task={task.name}] textarea").first.fill(words)
        data = download(page)
        assert said == []
    return Sample(learner, f"{exercise.name}.ipynb", data, datetime(2024, 6, 10, 9, number), "")


def in_formgrader(browser, room) -> dict[tuple[str, str, str], float]:
    """Gives every written task that waits a mark, in nbgrader's own pages, and each submission one comment."""
    given: dict[tuple[str, str, str], float] = {}
    with Review(room) as server:
        base = server.address.partition("/formgrader")[0]
        page = browser.new_page()
        page.goto(server.address)
        for exercise in EXERCISES:
            with Gradebook(room, exercise.name) as book:
                waiting = {
                    entry.learner: [task for task, score in entry.scores.items() if score.waiting]
                    for entry in book.entries()
                }
            page.goto(f"{base}/formgrader/gradebook/{exercise.name}/{exercise.name}")
            page.wait_for_selector(f"text=Submission #{SIZE}")
            listed = page.locator("tbody a", has_text="Submission #")
            expect(listed).to_have_count(SIZE)
            for place in [listed.nth(n).get_attribute("href") for n in range(SIZE)]:
                page.goto(f"{base}{place}" if place.startswith("/") else place)
                page.wait_for_selector("text=For the tutor")
                # Formgrader fetches the marks after the page; what is typed before that is not saved.
                page.wait_for_load_state("networkidle")
                who = next(code for code in room.codes if room.codes[code] in page.content())
                for number, task in enumerate(waiting[who]):
                    full = exercise.task(task).marks
                    mark = round(full * random.Random(f"{who} {task}").random() * 2) / 2
                    put(page, f"#{task}", f"{mark:g}", "grade")
                    if number == 0:
                        put(page, f"#{task}-comment", COMMENT, "comment")
                    given[exercise.name, who, task] = mark
        page.close()
    return given


def put(page, field: str, words: str, kind: str) -> None:
    with page.expect_response(lambda r: f"/api/{kind}/" in r.url and r.request.method == "PUT") as answered:
        page.fill(field, words)
        page.locator(field).blur()
    assert answered.value.ok
