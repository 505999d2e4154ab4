"""What comes out of the sandbox when honest, clumsy and hostile notebooks are run in it."""

import re
import threading
import time
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from handing_in import NAME, cell, changed

from cslearn.exercises.answers import literal
from cslearn.marking import marker
from cslearn.marking.engine import mark_class
from cslearn.marking.gradebook import Gradebook
from cslearn.marking.literals import Refused, Value
from cslearn.marking.marker import mark
from cslearn.marking.reading import Extra, read_cells
from cslearn.marking.running import answered
from cslearn.marking.sandbox import Broken, Limits, NoSandbox, Sandbox, sandbox
from cslearn.marking.sandbox.limits import MAX_OUTPUT
from cslearn.marking.sandbox.messages import NotPlain
from cslearn.marking.sandbox.readable import readable
from cslearn.northfold.case import case

SOON = Limits(cell=0.5, notebook=4)


@pytest.fixture(scope="module")
def box() -> Sandbox:
    try:
        return sandbox()
    except NoSandbox as why:
        # A machine may have no walls; walls that do not hold are a fault of ours.
        assert "code could" not in str(why) and "not certain" not in str(why)
        pytest.skip(str(why))


@pytest.fixture
def handed_in(desk, released):
    """A function: an expert's submission with code of its own in front of the first answer, and other answer cells."""

    def make(first: str = "", **cells: str):
        notebook = desk.notebook()
        for task, source in cells.items():
            notebook = changed(notebook, f"{task.replace('_', '-')}-answer", source)
        submission = read_cells(notebook, released, "L001")
        return replace(submission, extras=(Extra("calculator", "code", first),)) if first else submission

    return make


@pytest.fixture
def marks(box, exercise, desk, released):
    """A function: the marks of both automatic tasks after running a submission, and all that was said."""

    def run(submission, limits: Limits = SOON):
        out = answered(box, submission, released, limits)
        marked = mark(out, exercise, case(NAME, code=desk.codes["L001"]))
        earned = {task: award.marks for task, award in marked.awards.items()}
        sentences = [part.sentence for award in marked.awards.values() for part in award.parts]
        return earned, " ".join((*out.ran, *marked.notes, *sentences)), out

    return run


FULL = {"matrix": 7, "cost-benefit": 7}


def shown(out, key: str = "extra-0") -> str:
    """The text that a cell showed."""
    parts = []
    for output in out.outputs[key]:
        parts.append(output.get("text") or output.get("evalue") or output.get("data", {}).get("text/plain", ""))
    return "".join(parts)


# ---- honest and clumsy ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "says"),
    [
        ("x = 1", "run in the sandbox"),
        ("while True:\n    pass", "more than 0.5 seconds|took too long"),
        ("while True:\n    try:\n        1 / 0\n    except Exception:\n        pass", "took too long"),
        ("x = bytearray(3 << 30)", "MemoryError"),
        ("import sys\nsys.exit(3)", "SystemExit"),
        ("exit()", "run in the sandbox"),
        ("name = input('Who? ')", "Nobody is there to answer"),
        ("import os\nos.chdir('/')", "run in the sandbox"),
        ("range = list = dict = len = print = type = 3", "run in the sandbox"),
        ("import builtins\nbuiltins.len = builtins.isinstance = builtins.str = None", "run in the sandbox"),
        ("import pandas as pd\npd.read_csv('missing.csv')", "FileNotFoundError"),
        ("open('/home/me/data.csv')", "FileNotFoundError|PermissionError"),
        ("import warnings\nwarnings.warn('a warning')", "run in the sandbox"),
        ("%matplotlib inline\n%timeit -n1 -r1 1\n!ls\n%pip install numpy", "run in the sandbox"),
        ("%%time\nx = 1", "run in the sandbox"),
        ("import asyncio\nawait asyncio.sleep(0)", "run in the sandbox"),
        ("import threading\nt = threading.Thread(target=print)\nt.start()\nt.join()", "run in the sandbox"),
        ("this is no Python", "SyntaxError"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("class Odd(Exception):\n    def __str__(self): raise Exception\nraise Odd", "Odd"),
    ],
)  # fmt: skip
def test_what_goes_wrong_in_one_cell_costs_no_other_cell(marks, handed_in, first, says):
    earned, said, _ = marks(handed_in(first))
    assert earned == FULL
    assert re.search(says, said)


def test_output_is_capped_and_said_so(marks, handed_in):
    earned, _, out = marks(handed_in("print('x' * 50_000_000)\nfor n in range(3_000): display(n)"), Limits(8, 20))
    assert earned == FULL
    text = shown(out)
    assert len(text) < MAX_OUTPUT + 200 and "more was shown here" in text


def test_outputs_are_kept_as_a_notebook_keeps_them_but_no_html(marks, handed_in):
    code = (
        "import pandas as pd, sys\nfrom IPython.display import HTML, Javascript\nprint('out')\nprint('err', file=sys.stderr)\n"
        "display(HTML('<script>1</script>'), Javascript('1'))\npd.DataFrame({'a': [1]})"
    )
    _, _, out = marks(handed_in(code))
    kinds = [(o["output_type"], o.get("name"), sorted(o.get("data", ()))) for o in out.outputs["extra-0"]]
    plain = ["text/plain"]
    assert kinds == [
        ("stream", "stdout", []),
        ("stream", "stderr", []),
        ("display_data", None, plain),
        ("display_data", None, plain),
        ("execute_result", None, plain),
    ]
    assert "script>" not in str(out.outputs)


def test_an_answer_may_be_worked_out(marks, handed_in, desk):
    answer = desk.answers("L001")["matrix"]
    code = (
        f"import pandas as pd\nmatrix = {literal(answer)}\ntotals = pd.Series(matrix['totals'])\n"
        "matrix['totals'] = {name: totals[name] * 1 for name in totals.index}\nmatrix['ranking'] = list(totals.sort_values(ascending=False).index)"
        f"\nmatrix['ranking'] = {answer['ranking']!r}"
    )
    earned, _, out = marks(handed_in(matrix=code))
    assert earned == FULL
    assert {type(total) for total in out.answers["matrix"].value["totals"].values()} == {float}


def test_an_endless_answer_costs_its_own_task_only_and_says_so(marks, handed_in):
    earned, said, _ = marks(handed_in(matrix="while True:\n    pass\nmatrix = {}"))
    assert earned == {"matrix": 0, "cost-benefit": 7}
    assert "stopped before there was anything in matrix" in said


@pytest.mark.slow
@pytest.mark.parametrize(
    "end",
    [
        "import os; os._exit(0)",
        "import ctypes; ctypes.string_at(1)",
        "import signal\nsignal.signal(14, signal.SIG_IGN)\nwhile True: pass",
    ],
)
def test_what_was_given_before_the_end_counts_and_so_does_plain_data_after_it(marks, handed_in, desk, end):
    answer = literal(desk.answers("L001")["matrix"])
    ending = f"cost = dict()\n{end}\ncost_benefit = cost"
    earned, said, _ = marks(handed_in(matrix=f"matrix = dict({answer})", cost_benefit=ending), Limits(0.5, 1.5))
    assert earned == {"matrix": 7, "cost-benefit": 0}
    assert "ended early in the answer cell of cost-benefit" in said and "stopped before there was an answer" in said
    # Ended before any answer: what was typed as plain data still stands.
    earned, said, _ = marks(handed_in(end), Limits(0.5, 1.5))
    assert earned == FULL and "ended early in an extra cell" in said


def test_the_answer_is_what_its_check_would_have_seen(marks, handed_in, box, released, desk):
    submission = handed_in()
    late = Extra("cost-benefit", "code", "matrix = {}")
    earned, _, _ = marks(replace(submission, extras=(late,)))
    assert earned == FULL
    early = Extra("matrix-answer", "code", "del matrix")
    earned, said, _ = marks(replace(submission, extras=(early,)))
    assert earned == {"matrix": 0, "cost-benefit": 7} and "not in the variable matrix" in said


def test_an_edited_check_or_set_up_cell_is_never_run(marks, desk, released):
    notebook = changed(desk.notebook(), "set-up", "matrix = cost_benefit = None; raise SystemExit")
    notebook = changed(notebook, "matrix", "cost_benefit = 1")
    notebook = changed(notebook, "matrix-answer", cell(notebook, "matrix-answer")["source"] + "\nmatrix = dict(matrix)")
    earned, said, _ = marks(read_cells(notebook, released, "L001"))
    assert earned == FULL and "SystemExit" not in said


def test_a_learner_code_that_is_put_together_is_understood(marks, desk, released):
    code = desk.codes["L001"]
    notebook = changed(desk.notebook(), "learner-code", f"learner_code = {code[:4]!r} + {code[4:]!r}")
    _, _, out = marks(read_cells(notebook, released, "L001"))
    assert out.learner_code == code


# ---- attempts to gain -----------------------------------------------------------------------

EQUAL = (
    "class Equal(float):\n    def __eq__(self, other): return True\n    def __hash__(self): return 1\n"
    "    def __lt__(self, other): return True\n    __le__ = __gt__ = __ge__ = __lt__\n"
)


@pytest.mark.parametrize(
    "answer",
    [
        EQUAL + "matrix = Equal()",
        EQUAL + "matrix = {'totals': {k: Equal() for k in 'ABCDE'}, 'ranking': Equal()}",
        "class Liar(dict):\n    def get(self, *_): return 7\n    __getitem__ = get\nmatrix = Liar(marks=7)",
        "import cslearn.exercises.check as c\nc.mark_answer = c.check = lambda *_: 7.0\nmatrix = {'totals': {}}",
        "import pandas.testing as t\nfor n in dir(t): setattr(t, n, lambda *a, **k: None)\nmatrix = {'totals': {}}",
        "import json\njson.dumps = json.JSONEncoder.encode = lambda *a, **k: '7'\nmatrix = {}",
        "matrix = float('nan')", "matrix = 10 ** 1_000_000", "matrix = 'x' * 10_000_000", "matrix = b'x'", "matrix = 1j",
        "matrix = []\nfor _ in range(100_000): matrix = [matrix]", "matrix = {}\nmatrix['totals'] = matrix",
        "matrix = [list(range(1000))] * 1000", "matrix = {1: 2, (3, 4): 5, None: 6}", "matrix = {'\\ud800': '\\x00'}",
        "matrix = {'totals': {'A': float('inf'), 'B': -10**30, 'C': float('nan'), 'D': '9', 'E': [1]}}",
        "get_ipython().input_transformers_post.append(lambda lines: ['matrix = 7'])\nmatrix = {}",
        "import ast\nclass T(ast.NodeTransformer):\n    def visit_Constant(self, node): return ast.Constant(7)\n"
        "get_ipython().ast_transformers.append(T())\nmatrix = {}",
    ],
)  # fmt: skip
def test_nothing_is_gained(marks, handed_in, answer):
    earned, _, _ = marks(handed_in(matrix=answer), Limits(2, 8))
    assert earned["matrix"] == 0


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\x00\x00\x05hello", b"\xff\xff\xff\xff", b"\x00\x00\x00\x02[]", b"\x00\x00\x00\x00", b"\x00" * 100_000,
        b"\x00\x00\x00\x0f" + b'{"marks": 7.0 }', b"\x00\x01\x00\x00" + b"[" * 65_536,
        b'\x00\x00\x00\x0f{"no": "broken"}', b'\x00\x00\x00\x10{"sealed": false}',
        b"\x00\x00\x00\x42" + b'{"at":3,"answers":{"marks":"7"},"gone":[],"outputs":[{"a":"b"}]}    '[:66],
    ],
)  # fmt: skip
def test_bytes_that_no_notebook_sends_end_the_run_and_leave_the_earlier_answers(marks, handed_in, desk, sent):
    flood = f"import os\nfor fd in range(3, 20):\n    try: os.write(fd, {sent!r})\n    except OSError: pass\n"
    # The marker ends it; on a busy machine its own short time would be up before.
    earned, said, _ = marks(handed_in(cost_benefit=flood + "cost_benefit = dict(a=1)"), Limits())
    assert earned == {"matrix": 7, "cost-benefit": 0}
    assert "did" in said or "not send" in said


@pytest.mark.parametrize("ends", ["os.write(4, b'\\x00\\x00\\x00\\x0d{\"end\": true }')", "os.close(4)"])
def test_a_notebook_that_says_it_has_ended_and_goes_on_is_ended(box, ends):
    started = time.monotonic()
    ran = box.run(["a = 1", f"import os, time\n{ends}\ntime.sleep(60)"], ["a"], Limits(20, 30))
    assert ran.steps[0].answers == {"a": 1} and time.monotonic() - started < 3
    assert box.run(["a = 2"], ["a"]).steps[0].answers == {"a": 2}


def test_more_than_can_be_taken_in_is_cut_off(box):
    ran = box.run(["import os\nwhile True: os.write(4, b'\\x00\\x00\\x00\\x02{}' * 10_000)"], [], Limits(20, 30))
    assert ran.ended == "forged"
    assert box.run(["a = 1"], ["a"]).steps[0].answers == {"a": 1}


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        ("import os\n[os.fork() for _ in range(40)]", "not permitted"),
        ("import subprocess\nsubprocess.Popen(['sleep', '100'])", "not permitted"),
        ("import multiprocessing as m\nm.Process(target=print).start()", "not permitted|PermissionError|Errno"),
        ("open('large', 'wb').write(bytes(100 << 20))", "too large|No space|Permission|Errno"),
        ("for n in range(100):\n    open(f'f{n}', 'wb').write(bytes(5 << 20))", "No space|Permission"),
        ("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:80/')", "not permitted|Errno"),
        ("import os\nos.kill(os.getppid() or 1, 9)", "not permitted"),
        ("import os\nos.kill(-1, 9)", "not permitted"),
        ("import os\nos.setuid(0)", "not permitted"),
        ("import os\nopen(os.__file__, 'a')", "Read-only|Permission"),
        ("open('/etc/passwd')", "No such file|Permission"),
        ("open('/proc/self/environ')", "No such file|Permission"),
        ("from cslearn.exercises.rules.choose_an_improvement import matrix", "No module"),
        ("from cslearn.exercises.personas import personas", "cannot import|No module"),
        ("import cslearn.marking.gradebook", "No module"),
        ("import threading\nts = [threading.Thread(target=threading.Event().wait) for _ in range(200)]\n"
         "for t in ts: t.daemon = True; t.start()", "start new thread"),
    ],
)  # fmt: skip
def test_what_is_not_there_cannot_be_reached(box, attempt, error):
    ran = box.run([attempt, "a = 1"], ["a"], Limits(5, 10))
    assert ran.finished and ran.steps[1].answers == {"a": 1}
    (output,) = [o for o in ran.steps[0].outputs if o["output_type"] == "error"]
    assert re.search(error, output["ename"] + output["evalue"])


def test_the_environment_says_nothing_and_it_is_not_stock_marking(monkeypatch):
    monkeypatch.setenv("TOKEN", "s3cret")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    made = Sandbox(sandbox().kind)
    try:
        ran = made.run(["import os\na = ' '.join(f'{k}={v}' for k, v in os.environ.items())"], ["a"])
    finally:
        made.close()
    said = ran.steps[0].answers["a"]
    assert "s3cret" not in said and "NBGRADER" not in said and str(Path.home()) not in said


def test_nothing_stays_for_the_next_learner(box):
    leave = (
        "import os, threading, pandas, builtins\nthreading.Thread(target=threading.Event().wait).start()\n"
        "pandas.DataFrame = builtins.sum = None\nsecret = 'left here'\n"
        "for p in ('/tmp/left', 'left', os.path.expanduser('~/.ipython_startup.py')):\n"
        "    try: open(p, 'w').write('x')\n    except OSError: pass"
    )
    assert box.run([leave], []).finished
    look = (
        "import os, pandas\na = [os.path.exists('/tmp/left'), os.listdir('.') if os.getcwd() != '/' else [],"
        " pandas.DataFrame is None, sum is None, 'secret' in globals()]"
    )
    assert box.run([look], ["a"]).steps[0].answers == {"a": [False, [], False, False, False]}


def test_check_in_a_cell_of_one_s_own_does_no_harm_and_gives_no_mark(box):
    ran = box.run(
        ["from cslearn import check\na = float(check('choose-an-improvement', 'matrix', {'totals': {}}))"], ["a"]
    )
    assert ran.finished and ran.steps[0].answers == {"a": 0}


def test_two_threads_may_ask_at_once(box):
    found = {}

    def ask(n):
        found[n] = box.run([f"a = {n}"], ["a"]).steps[0].answers["a"]

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: n for n in range(4)}


def test_what_is_not_plain_data_keeps_its_place(box):
    ran = box.run(["a = {'x': {1, 2}, 'y': 1, 'z': True}"], ["a"])
    value = ran.steps[0].answers["a"]
    assert isinstance(value["x"], NotPlain) and value["y"] == 1 and value["z"] is True


# ---- a class --------------------------------------------------------------------------------


def test_a_class_with_code_is_marked_and_the_run_says_so(box, classroom, desk, exercise):
    source = f"matrix = dict({literal(desk.answers('L002')['matrix'])})\nprint('<b>hello</b>')"
    path = desk.hand_in(classroom, "L002", changed(desk.notebook("L002"), "matrix-answer", source))
    # A module of the learner's own beside the notebook is never imported.
    (path.parent / "pandas.py").write_text("raise SystemExit('mine')")
    (path.parent / "cslearn").mkdir()
    (path.parent / "cslearn" / "__init__.py").write_text("raise SystemExit('mine')")
    desk.hand_in(classroom, "L001")
    summary = mark_class(classroom, exercise)
    assert (summary.marked, summary.sandboxed, summary.exit_code) == (2, 1, 0)
    assert "1 held code and was run in the sandbox." in list(summary.lines({}))
    with Gradebook(classroom, NAME) as book:
        entries = {entry.learner: entry for entry in book.entries()}
    assert entries["L002"].scores["matrix"].auto == 7
    assert entries["L002"].detail["sandboxed"] and not entries["L001"].detail["sandboxed"]
    assert any("run in the sandbox" in note for note in entries["L002"].detail["notes"])
    record = classroom.notebook("autograded", "L002", NAME)
    shown_there = nbformat.read(record, as_version=4)
    nbformat.validate(shown_there)
    assert cell(shown_there, "matrix-answer")["outputs"][0]["text"] == "<b>hello</b>\n"
    assert mark_class(classroom, exercise).kept == 2


def test_without_a_sandbox_code_is_listed_and_marked_as_soon_as_there_is_one(
    box, classroom, desk, exercise, monkeypatch
):
    def none(private):
        raise NoSandbox("This machine cannot keep code in.")

    desk.hand_in(classroom, "L001", changed(desk.notebook(), "matrix-answer", "matrix = {'totals': dict()}"))
    with monkeypatch.context() as patched:
        patched.setattr(marker, "sandbox", none)
        summary = mark_class(classroom, exercise)
    reason = summary.unmarked["L001"]
    assert reason.startswith("Its answers are not plain data, and its code was not run.")
    assert "calls a function" in reason and "cannot keep code in" in reason
    assert mark_class(classroom, exercise).marked == 1


def test_a_sandbox_that_fails_gives_no_marks_and_the_next_submission_another_sandbox(
    box, classroom, desk, exercise, monkeypatch
):
    for learner in ("L001", "L002"):
        desk.hand_in(classroom, learner, changed(desk.notebook(learner), "matrix-answer", "matrix = dict()"))
    calls = []

    def fails_once(*given):
        calls.append(given)
        if len(calls) == 1:
            raise Broken("it has gone")
        return answered(*given)

    monkeypatch.setattr(marker, "answered", fails_once)
    monkeypatch.setattr(marker, "forget", lambda: None)
    summary = mark_class(classroom, exercise)
    assert list(summary.unmarked) == ["L001"] and "it has gone" in summary.unmarked["L001"]
    assert summary.marked == 1


def test_types_of_answers(box, handed_in, released):
    out = answered(box, handed_in(matrix="x ="), released, SOON)
    assert isinstance(out.answers["matrix"], Refused) and isinstance(out.answers["cost-benefit"], Value)


def test_a_class_folder_among_python_s_own_folders_is_refused():
    inside = Path(readable().folders[0]) / "class" / "submitted"
    with pytest.raises(NoSandbox, match="move it elsewhere"):
        sandbox(private=inside)


def test_the_machine_s_name_stays_outside(box):
    ran = box.run(["import os\na = os.uname().nodename"], ["a"])
    if box.kind == "namespaces":
        assert ran.steps[0].answers == {"a": "learner"}
