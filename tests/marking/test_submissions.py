"""Every row of the list of hostile and clumsy submissions, marked in one run of a whole class."""

import ast
import os
import re
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from handing_in import NAME, Desk, stock_marks
from processes import below, gone, started_since
from submissions import CASES, MADE, REFUSED, ROWS, Case
from test_feedback import assert_inert

import cslearn.marking.marker as marker
from cslearn.marking.classroom import create_classroom
from cslearn.marking.crew import here
from cslearn.marking.demo import as_jupyterlab
from cslearn.marking.engine import mark_class
from cslearn.marking.feedback import feedback
from cslearn.marking.gradebook import Gradebook
from cslearn.marking.release import release
from cslearn.marking.running import answered
from cslearn.marking.sandbox import Limits, NoSandbox, sandbox

CANARY, TOKEN = "the-canary-was-here", "token-the-canary-of-this-machine"
HERE = Path(__file__).parent


def test_every_row_of_the_list_has_its_cases():
    assert [row for row in ROWS if row not in {case.row for case in CASES}] == []
    assert [case.row for case in CASES if case.row not in ROWS] == []
    assert len({(case.row, case.name) for case in CASES}) == len(CASES)
    assert all(case.stock for case in CASES)


@pytest.mark.parametrize("case", [case for case in CASES if case.make is None], ids=lambda case: case.name)
def test_a_case_that_is_proved_elsewhere_is_proved_there(case):
    for name in case.ours.split():
        file, _, test = name.partition("::")
        functions = {
            node.name for node in ast.walk(ast.parse((HERE / file).read_text())) if isinstance(node, ast.FunctionDef)
        }
        assert test in functions, f"{case.row}: there is no {name}"


def a_class(root: Path, exercise, ids: list[str]):
    """A class of those learners, each with their own case, and a desk that makes their notebooks."""
    root.mkdir()
    (root / "roster.csv").write_text("learner_id,name\n" + "".join(f"{id_},Learner {id_}\n" for id_ in ids))
    room = create_classroom(root, salt="0123456789abcdef0123")
    release(room, exercise)
    return room, Desk(exercise, root)


def hand_in(room, desk: Desk, learner: str, case: Case, port: int) -> None:
    made = case.make(desk, learner)
    data = made if isinstance(made, bytes) else as_jupyterlab(made)
    data = data.replace(b"CLASS", str(room.root).encode()).replace(b"PORT", str(port).encode())
    path = desk.hand_in(room, learner, data)
    for name, text in case.beside.items():
        (path.parent / name).parent.mkdir(exist_ok=True)
        (path.parent / name).write_text(text)


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not p.is_symlink()
    }


@dataclass
class Outcome:
    room: object
    learners: dict[tuple, str]
    summary: object
    entries: dict
    pages: dict[str, str]
    asked: list
    changed: set[str]
    strays: list[str]
    started: set[int]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory, exercise):
    """The whole list, with an honest learner first and last, marked in one run."""
    try:
        sandbox()
    except NoSandbox as why:
        pytest.skip(str(why))
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    learners = {(case.row, case.name): f"S{number:03}" for number, case in enumerate(MADE, start=1)}
    ids = ["S000", *learners.values(), "S999"]
    root = tmp_path_factory.mktemp("list") / "class"
    room, desk = a_class(root, exercise, ids)
    (root / "secret.txt").write_text("the-canary-of-this-class")
    desk.hand_in(room, "S000"), desk.hand_in(room, "S999")
    for case in MADE:
        hand_in(room, desk, learners[case.row, case.name], case, server.server_port)
    before, running = everything(root), set(below(os.getpid()))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TOKEN", TOKEN)
        # Ten seconds for each endless loop are the learner's; the test does not need them.
        patched.setattr(marker, "answered", lambda box, given, released: answered(box, given, released, Limits(2, 8)))
        # In this process: a pool would have limits of its own, and leaves a helper that ends with the tests.
        summary = mark_class(room, exercise, crew=here)
    after, started = everything(root), started_since(running, by={sandbox()._warm.pid})
    with Gradebook(room, NAME) as gradebook:
        entries = {entry.learner: entry for entry in gradebook.entries() if entry.marked}
    pages = {path.parent.parent.name: path.read_text() for path in feedback(room, exercise)}
    server.shutdown()
    server.server_close()
    places = [
        "/",
        "/tmp",
        "/var/tmp",
        "/dev/shm",
        Path.home(),
        root,
        root.parent,
        root / "submitted",
        Path(os.__file__).parent,
    ]
    strays = [str(Path(place) / CANARY) for place in places if (Path(place) / CANARY).exists()]
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    return Outcome(room, learners, summary, entries, pages, asked, changed, strays, started)


@pytest.mark.slow
@pytest.mark.parametrize("case", MADE, ids=lambda case: f"{case.row[:30]}: {case.name}")
def test_a_submission_of_the_list_gets_the_marks_that_its_answers_are_worth(outcome, case):
    learner = outcome.learners[case.row, case.name]
    if case.ours is REFUSED:
        assert re.search(case.says, outcome.summary.unmarked[learner])
        return
    assert learner not in outcome.summary.unmarked, outcome.summary.unmarked[learner]
    entry = outcome.entries[learner]
    detail = entry.detail
    assert (entry.scores["matrix"].auto, entry.scores["cost-benefit"].auto) == case.ours
    assert detail["faults"] == {}
    sentences = [part[3] for task in detail["tasks"].values() for part in task["parts"]]
    assert re.search(case.says, " ".join((*detail["notes"], *detail["repairs"], *sentences)))


@pytest.mark.slow
def test_the_class_is_marked_to_its_end_and_honest_learners_lose_nothing(outcome):
    refused = {outcome.learners[case.row, case.name] for case in MADE if case.ours is REFUSED}
    assert set(outcome.summary.unmarked) == refused
    assert outcome.summary.marked == len(MADE) + 2 - len(refused)
    for honest in ("S000", "S999"):
        scores = outcome.entries[honest].scores
        assert (scores["matrix"].auto, scores["cost-benefit"].auto) == (7, 7)


@pytest.mark.slow
def test_nothing_is_read_changed_outside_or_left_running(outcome):
    assert outcome.asked == []
    assert outcome.strays == []
    assert gone(sorted(outcome.started))
    # The marker's own files only: what it made of each, and the gradebook.
    assert {name.split("/")[0] for name in outcome.changed} <= {"autograded", "gradebook.db"}
    shown = "".join((outcome.room.root / name).read_text() for name in outcome.changed if name.endswith(".ipynb"))
    for text in (*outcome.pages.values(), shown):
        assert TOKEN not in text and "the-canary-of-this-class\\n" not in text
    found = [line for line in re.findall(r"FOUND \d+[^\"]*", shown)]
    assert found and not any("BEGIN SOLUTION" in line or "the-canary" in line for line in found)


@pytest.mark.slow
def test_every_page_of_that_class_is_inert(outcome):
    assert len(outcome.pages) == outcome.summary.marked
    for page in outcome.pages.values():
        assert_inert(page)
        assert len(page) < 500_000


@pytest.mark.parametrize("target", ["source", "peer", "secret"])
def test_a_link_in_the_class_folder_is_refused_and_nothing_of_it_copied(classroom, desk, exercise, target):
    """Stock copies what the link points to, gives its marks, and shows it in the feedback."""
    desk.hand_in(classroom, "L001")
    secret = classroom.root / "secret.ipynb"
    secret.write_text("the-canary-of-this-class")
    to = {
        "source": classroom.released(NAME),
        "peer": classroom.notebook("submitted", "L001", NAME),
        "secret": secret,
    }[target]
    link = classroom.notebook("submitted", "L002", NAME)
    link.parent.mkdir(parents=True)
    link.symlink_to(to)
    summary = mark_class(classroom, exercise)
    assert summary.marked == 1 and "links are refused" in summary.unmarked["L002"]
    assert not classroom.notebook("autograded", "L002", NAME).exists()
    assert [path.parent.parent.name for path in feedback(classroom, exercise)] == ["L001"]


@pytest.mark.slow
@pytest.mark.nbgrader
def test_what_stock_nbgrader_does_with_a_sample_of_the_list(tmp_path, exercise):
    """The sample shows the difference that the list claims, on the very same notebooks.

    Only harmless ones: stock runs them on this machine with nothing between.
    """
    sample = [case for case in MADE if case.measured is not None]
    ids = [f"S{number:03}" for number in range(1, len(sample) + 1)]
    room, desk = a_class(tmp_path / "class", exercise, ids)
    for case, learner in zip(sample, ids, strict=True):
        hand_in(room, desk, learner, case, 9)
    alone = [learner for case, learner in zip(sample, ids, strict=True) if case.measured == "rejected"]
    marks = stock_marks(room.root, alone, 15)
    seen = {(case.row, case.name): marks[learner] for case, learner in zip(sample, ids, strict=True)}
    stated = {(case.row, case.name): case.measured for case in sample}
    different = {key: f"{seen[key]} and not {stated[key]}" for key in seen if seen[key] != stated[key]}
    assert different == {}
    assert any(case.measured != case.ours for case in sample)
