"""Marking: a pure function, and a run over a class that survives being killed."""

import copy
import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import nbformat
import pytest
from handing_in import NAME, cell, changed

import cslearn.marking.crew as crew
import cslearn.marking.engine as engine
import cslearn.marking.marker as marker
from cslearn.exercises.check import award_html, mark_answer
from cslearn.marking.engine import mark_class
from cslearn.marking.gradebook import Gradebook
from cslearn.marking.marker import mark
from cslearn.marking.progress import Progress
from cslearn.marking.reading import read_cells
from cslearn.marking.sandbox import NoSandbox
from cslearn.northfold.case import case
from cslearn.problem import Problem


def scores(classroom) -> dict:
    """Learner -> cell -> (automatic score, waits for a person)."""
    with Gradebook(classroom, NAME) as gradebook:
        return {e.learner: {k: (s.auto, s.waiting) for k, s in e.scores.items()} for e in gradebook.entries()}


def notes(classroom, learner) -> list[str]:
    with Gradebook(classroom, NAME) as gradebook:
        (entry,) = gradebook.entries([learner])
        return entry.detail["notes"]


EXPERT = {"matrix": (7.0, False), "cost-benefit": (7.0, False), "recommendation": (None, True)}


def test_mark_is_pure(desk, released, exercise):
    submission = read_cells(desk.notebook(), released, "L001")
    before, own = copy.deepcopy(submission), case(NAME, code=desk.codes["L001"])
    tables = copy.deepcopy(own.tables)
    first, second = mark(submission, exercise, own), mark(submission, exercise, own)
    assert first == second
    assert (submission, own.tables) == (before, tables)
    assert first.marks == 14


def test_marks_are_those_of_the_one_road(desk, released, exercise):
    slip = copy.deepcopy(desk.answers("L001")["matrix"])
    slip["ranking"] = slip["ranking"][::-1]
    own = case(NAME, code=desk.codes["L001"])
    marked = mark(read_cells(desk.notebook(matrix=slip), released, "L001"), exercise, own)
    assert marked.awards["matrix"] == mark_answer(exercise, "matrix", slip, own)
    assert 0 < marked.awards["matrix"].marks < 7


def test_an_expert_earns_all_that_rules_can_give_and_waits_for_the_tutor(classroom, desk, exercise):
    for learner in ("L001", "L002"):
        desk.hand_in(classroom, learner)
    summary = mark_class(classroom, exercise)
    assert (summary.marked, summary.waiting, summary.unmarked, summary.exit_code) == (2, 2, {}, 0)
    assert scores(classroom) == {"L001": EXPERT, "L002": EXPERT}


def test_the_starter_earns_nothing_and_waits_for_nobody(classroom, desk, exercise):
    desk.hand_in(classroom, "L001", changed(desk.blank, "learner-code", f'learner_code = "{desk.codes["L001"]}"'))
    assert mark_class(classroom, exercise).waiting == 0
    assert scores(classroom)["L001"] == dict.fromkeys(EXPERT, (0.0, False))


def test_another_learner_s_answers_are_marked_on_one_s_own_case_and_flagged(classroom, desk, exercise):
    desk.hand_in(classroom, "L002", desk.notebook("L001"))
    mark_class(classroom, exercise)
    result = scores(classroom)["L002"]
    assert result["matrix"][0] < 7 and result["matrix"][1]
    said = " ".join(notes(classroom, "L002"))
    assert desk.codes["L001"] in said and "That code belongs to L001" in said
    with Gradebook(classroom, NAME) as gradebook:
        assert gradebook.entries()[0].flagged


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ('""', "no learner code"),
        ('"ABCD-EFGH"', "typing mistake"),
        ("input()", "no learner code"),
        ("7", "no learner code"),
    ],
)
def test_a_missing_or_mistyped_code_never_costs_marks_but_is_flagged(classroom, desk, exercise, code, says):
    desk.hand_in(classroom, "L001", changed(desk.notebook(), "learner-code", f"learner_code = {code}"))
    mark_class(classroom, exercise)
    assert scores(classroom)["L001"]["matrix"] == (7.0, True)
    assert says in notes(classroom, "L001")[0]


def test_a_code_in_other_letters_is_still_one_s_own(classroom, desk, exercise):
    code = desk.codes["L001"].lower().replace("-", " ")
    desk.hand_in(classroom, "L001", changed(desk.notebook(), "learner-code", f'learner_code = "{code}"'))
    mark_class(classroom, exercise)
    assert scores(classroom)["L001"] == EXPERT


def test_one_broken_answer_costs_that_task_alone(classroom, desk, exercise):
    desk.hand_in(classroom, "L001", changed(desk.notebook(), "matrix-answer", "matrix = {'a': "))
    mark_class(classroom, exercise)
    assert scores(classroom)["L001"] == {**EXPERT, "matrix": (0.0, False)}
    assert any("cannot be read" in note for note in notes(classroom, "L001"))


def test_what_cannot_be_marked_is_listed_by_name_with_its_reason(classroom, desk, exercise, monkeypatch):
    def none(private):
        raise NoSandbox("There is no sandbox on this machine.")

    monkeypatch.setattr(marker, "sandbox", none)
    desk.hand_in(classroom, "L001")
    desk.hand_in(classroom, "L002", changed(desk.notebook("L002"), "matrix-answer", "matrix = solve()"))
    desk.hand_in(classroom, "L003", b"{")
    desk.hand_in(classroom, "L999", desk.notebook("L001"))
    (classroom.root / "submitted" / "L004" / NAME).mkdir(parents=True)
    (classroom.root / "submitted" / "L005").symlink_to(classroom.root / "submitted" / "L001")
    summary = mark_class(classroom, exercise)
    assert summary.marked == 1
    assert summary.exit_code == 1
    assert set(summary.unmarked) == {"L002", "L003", "L004", "L005", "L999"}
    assert "its code was not run" in summary.unmarked["L002"] and "calls a function" in summary.unmarked["L002"]
    assert "cut off" in summary.unmarked["L003"]
    assert "holds no" in summary.unmarked["L004"]
    assert "link" in summary.unmarked["L005"]
    assert "not in roster.csv" in summary.unmarked["L999"]
    lines = list(summary.lines({"L002": "Cyril Dee"}))
    assert any(line.startswith("  L002 (Cyril Dee): ") for line in lines)
    # A second run still lists them, without reading them again.
    again = mark_class(classroom, exercise)
    assert (again.marked, again.kept, again.unmarked) == (0, 1, summary.unmarked)


def test_a_rule_that_fails_is_the_marker_s_fault_and_a_person_s_to_mark(classroom, desk, exercise, monkeypatch):
    def broken(exercise, task, answer, case):
        if task == "matrix":
            raise ZeroDivisionError("division by zero")
        return mark_answer(exercise, task, answer, case)

    monkeypatch.setattr(marker, "mark_answer", broken)
    desk.hand_in(classroom, "L001")
    summary = mark_class(classroom, exercise)
    assert summary.exit_code == 0
    assert any("a marking rule failed" in line for line in summary.lines({}))
    assert scores(classroom)["L001"] == {**EXPERT, "matrix": (None, True)}
    assert "marker fault" in notes(classroom, "L001")[0]
    notebook = nbformat.read(classroom.notebook("autograded", "L001", NAME), as_version=4)
    assert "Marker fault" in cell(notebook, "matrix")["outputs"][0]["text"]


def test_a_kill_between_batches_keeps_what_was_recorded_and_the_next_run_does_the_rest(
    classroom, desk, exercise, monkeypatch
):
    learners = ["L001", "L002", "L003", "L004", "L005"]
    for learner in learners:
        desk.hand_in(classroom, learner)
    real, seen = crew.mark_batch, []

    def killed_in_the_third(desk_, jobs, *_):
        seen.append([job.learner for job in jobs])
        if len(seen) == 3:
            raise KeyboardInterrupt
        return real(desk_, jobs, *_)

    monkeypatch.setattr(crew, "mark_batch", killed_in_the_third)
    stopped = mark_class(classroom, exercise, batch=1)
    assert (stopped.stopped, stopped.marked, stopped.left, stopped.exit_code) == (True, 2, 3, 130)
    assert set(scores(classroom)) == {"L001", "L002"}
    monkeypatch.setattr(crew, "mark_batch", lambda d, jobs, *_: seen.append([j.learner for j in jobs]) or real(d, jobs))
    rest = mark_class(classroom, exercise, batch=1)
    assert (rest.marked, rest.kept) == (3, 2)
    assert seen[3:] == [["L003"], ["L004"], ["L005"]]
    assert set(scores(classroom)) == set(learners)


def test_a_kill_between_the_file_and_the_gradebook_loses_nothing(classroom, desk, exercise, monkeypatch):
    desk.hand_in(classroom, "L001")
    with monkeypatch.context() as patch:
        patch.setattr(Gradebook, "record", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        assert mark_class(classroom, exercise).stopped
    assert scores(classroom) == {}
    assert mark_class(classroom, exercise).marked == 1
    assert scores(classroom)["L001"] == EXPERT


@pytest.mark.slow
def test_a_process_killed_at_once_leaves_whole_batches_only(classroom, desk, exercise):
    for number in range(5):
        desk.hand_in(classroom, f"L00{number + 1}")
    script = (
        "import time, cslearn.marking.engine as e, cslearn.marking.crew as c\n"
        "from cslearn.marking.classroom import open_classroom\nfrom cslearn.exercises.exercise import read\n"
        "real = c.mark_batch\n"
        "def slow(desk, jobs, *_):\n    print('batch', flush=True)\n    time.sleep(0.3)\n    return real(desk, jobs)\n"
        f"c.mark_batch = slow\ne.mark_class(open_classroom({str(classroom.root)!r}), read({NAME!r}), batch=1)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment())
    for _ in range(3):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    done = scores(classroom)
    assert 1 <= len(done) < 5 and all(value == EXPERT for value in done.values())
    rest = mark_class(classroom, exercise)
    assert rest.marked == 5 - len(done) and len(scores(classroom)) == 5
    assert not list(classroom.root.rglob("*.part"))


def environment() -> dict:
    source = Path(engine.__file__).parents[2]
    return {**os.environ, "PYTHONPATH": f"{source}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}


def test_only_what_changed_is_marked_again(classroom, desk, exercise):
    for learner in ("L001", "L002"):
        desk.hand_in(classroom, learner)
    mark_class(classroom, exercise)
    desk.hand_in(classroom, "L002", changed(desk.notebook("L002"), "matrix-answer", "matrix = None"))
    summary = mark_class(classroom, exercise)
    assert (summary.marked, summary.kept) == (1, 1)
    assert scores(classroom)["L002"]["matrix"] == (0.0, False)


def test_new_rules_mark_everything_again(classroom, desk, exercise, monkeypatch):
    desk.hand_in(classroom, "L001")
    mark_class(classroom, exercise)
    monkeypatch.setattr(engine, "rules", lambda: b"other rules")
    assert mark_class(classroom, exercise).marked == 1


def test_a_lost_marked_notebook_is_made_again(classroom, desk, exercise):
    desk.hand_in(classroom, "L001")
    mark_class(classroom, exercise)
    classroom.notebook("autograded", "L001", NAME).unlink()
    assert mark_class(classroom, exercise).marked == 1


def test_what_comes_out_the_same_again_is_left_alone_and_what_was_altered_is_put_right(classroom, desk, exercise):
    """A synchronised folder need not send a class of unchanged notebooks; and neither file nor row is trusted unread."""
    desk.hand_in(classroom, "L001")
    desk.hand_in(classroom, "L002")
    mark_class(classroom, exercise)
    kept, altered = (classroom.notebook("autograded", who, NAME) for who in ("L001", "L002"))
    first, right = kept.stat(), altered.read_bytes()
    altered.write_bytes(right.replace(b"\n", b" ", 1))
    before = scores(classroom)
    with sqlite3.connect(classroom.root / "gradebook.db") as db:
        db.execute("update grade set auto_score = 0.25, needs_manual_grade = 0")
        db.execute("update comment set auto_comment = 'of another time'")
    assert scores(classroom) != before
    assert mark_class(classroom, exercise, again=True).marked == 2
    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    assert altered.read_bytes() == right
    assert scores(classroom) == before
    with sqlite3.connect(classroom.root / "gradebook.db") as db:
        assert not db.execute("select * from comment where auto_comment = 'of another time'").fetchall()


@pytest.mark.slow
@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_any_executor_gives_the_same_marks(classroom, desk, exercise, pool):
    for number in range(5):
        desk.hand_in(classroom, f"L00{number + 1}")
    with pool(2) as executor:
        assert mark_class(classroom, exercise, crew=partial(crew.on, executor), batch=2).marked == 5
    assert set(map(str, scores(classroom).values())) == {str(EXPERT)}


def test_the_record_is_a_valid_notebook_with_what_the_check_cells_would_show(classroom, desk, exercise):
    desk.hand_in(classroom, "L001")
    (classroom.folder("submitted", "L001", NAME) / "timestamp.txt").write_text("2024-05-01 10:00:00 UTC")
    mark_class(classroom, exercise)
    path = classroom.notebook("autograded", "L001", NAME)
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    own = case(NAME, code=desk.codes["L001"])
    for task in ("matrix", "cost-benefit"):
        (output,) = cell(notebook, task)["outputs"]
        assert output["output_type"] == "execute_result"
        assert output["data"]["text/plain"] == "7.0"
        award = mark_answer(exercise, task, desk.answers("L001")[task], own)
        assert output["data"]["text/html"] == award_html(exercise.task(task), award)
    assert "I recommend A" in cell(notebook, "recommendation")["source"]
    assert cell(notebook, "matrix-answer")["metadata"]["nbgrader"]["solution"]
    assert (path.parent / "timestamp.txt").read_text() == "2024-05-01 10:00:00 UTC"


def test_the_tutor_s_card_stands_above_the_written_answer_and_suggests_no_mark(classroom, desk, exercise):
    desk.hand_in(classroom, "L001")
    mark_class(classroom, exercise)
    cells = json.loads(classroom.notebook("autograded", "L001", NAME).read_text())["cells"]
    position = next(i for i, c in enumerate(cells) if c["id"] == "recommendation")
    card = cells[position - 1]["source"]
    assert "For the tutor" in card and "7 words (asked for: 120 to 180)" in card
    assert len([line for line in card.splitlines() if line.startswith("- ")]) <= 12
    assert "Decision matrix 7 of 7;" in card and "suggest" not in card
    # The expert of the book's case: what they hand in is what the case gives.
    assert re.search(r"- Figures: Ranked (.*?); the sheet, with the same criteria and weights, gives \1 \(out: ", card)
    assert re.search(
        r"- Figures: Chose (\w) on the money, at a net present value of (\S+); .* give \1 as the best, at \2 ", card
    )
    assert card.count("- You could ask: ") == 2


def test_the_tutor_s_card_names_the_parts_that_lost_marks(classroom, desk, exercise):
    notebook = desk.notebook()
    source = cell(notebook, "matrix-answer")["source"]
    # The last score of option E, said as 9.99: scores, totals and what follows from them lose something.
    changed_source = re.sub(r"('E': \[.*?)[\d.]+\]", r"\g<1>9.99]", source)
    assert changed_source != source
    cell(notebook, "matrix-answer")["source"] = changed_source
    desk.hand_in(classroom, "L001", notebook)
    mark_class(classroom, exercise)
    cells = json.loads(classroom.notebook("autograded", "L001", NAME).read_text())["cells"]
    card = next(c["source"] for c in cells if c["id"] == "recommendation-for-the-tutor")
    assert re.search(r"Decision matrix 6\.\d+ of 7 \(less for scores, totals\b", card)


def test_extra_cells_are_kept_where_the_learner_put_them(classroom, desk, exercise):
    notebook = desk.notebook()
    position = notebook["cells"].index(cell(notebook, "recommendation"))
    notebook["cells"].insert(position + 1, {"cell_type": "markdown", "id": "z", "metadata": {}, "source": "P.S."})
    desk.hand_in(classroom, "L001", notebook)
    mark_class(classroom, exercise)
    cells = json.loads(classroom.notebook("autograded", "L001", NAME).read_text())["cells"]
    ids = [c["id"] for c in cells]
    assert "P.S." in cells[ids.index("recommendation") + 1]["source"]


def test_megabytes_in_every_cell_neither_stop_the_marker_nor_swell_the_record(classroom, desk, exercise):
    notebook = desk.notebook(text="long " * 2_000_000)
    cell(notebook, "matrix-answer")["source"] = f"matrix = '{'x' * 10_000_000}'"
    cell(notebook, "calculator")["source"] = "x = 1\n" * 300_000
    extra = {"cell_type": "markdown", "metadata": {}, "source": "[" * 100_000}
    notebook["cells"] += [dict(extra, id=f"e{number}") for number in range(100)]
    desk.hand_in(classroom, "L001", notebook)
    started = time.process_time()
    mark_class(classroom, exercise)
    assert time.process_time() - started < 5
    assert scores(classroom)["L001"] == {**EXPERT, "matrix": (0.0, False)}
    assert classroom.notebook("autograded", "L001", NAME).stat().st_size < 2_000_000


def test_a_reason_that_quotes_a_learner_cannot_steer_the_terminal(classroom, desk, exercise):
    desk.hand_in(classroom, "L001", changed(desk.notebook(), "matrix-answer", "matrix = f('\x1b[2J\x07')"))
    desk.hand_in(classroom, "L002", changed(desk.notebook("L002"), "matrix-answer", "f('\x1b[2J')\nmatrix = 1"))
    lines = list(mark_class(classroom, exercise).lines({}))
    assert len(lines) >= 3 and not any("\x1b" in line or "\x07" in line for line in lines)


def test_an_exercise_that_changed_since_its_release_is_not_marked(classroom, desk, exercise):
    import dataclasses

    fewer = dataclasses.replace(exercise, tasks=exercise.tasks[:2])
    with pytest.raises(Problem, match="use the version of cslearn it was released with"):
        mark_class(classroom, fewer)


def test_an_exercise_that_was_not_released_cannot_be_marked(classroom, exercise):
    classroom.released(NAME).unlink()
    with pytest.raises(Problem, match="has not been released"):
        mark_class(classroom, exercise)


def test_a_bad_timestamp_is_ignored(classroom, desk, exercise):
    desk.hand_in(classroom, "L001")
    (classroom.folder("submitted", "L001", NAME) / "timestamp.txt").write_text("soon")
    assert mark_class(classroom, exercise).exit_code == 0


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_shows_rate_and_time_left_on_a_terminal_and_plain_lines_elsewhere():
    now = [0.0]
    terminal, plain = _Terminal(), io.StringIO()
    for out in (terminal, plain):
        now[0] = 0.0
        progress = Progress(100, out, clock=lambda: now[0])
        for done in (25, 50, 100):
            now[0] += 5
            progress.show(done)
        progress.end()
    assert "\r" in terminal.getvalue() and "50 of 100 marked, 5 a second, 10 s left" in terminal.getvalue()
    assert "\r" not in plain.getvalue()
    assert plain.getvalue().splitlines()[-1] == "100 of 100 marked, 7 a second, 0 s left"


@pytest.mark.slow
def test_a_submission_takes_milliseconds(classroom, desk, exercise):
    for number in range(5):
        desk.hand_in(classroom, f"L00{number + 1}")
    mark_class(classroom, exercise)
    for path in (classroom.root / "submitted").rglob("*.ipynb"):
        path.write_bytes(path.read_bytes() + b" ")
    started = time.process_time()
    assert mark_class(classroom, exercise).marked == 5
    # Stock takes about 2.8 s; 56 ms is a fiftieth. Processor time, because machines are shared.
    assert (time.process_time() - started) / 5 < 0.056
