"""The list of submissions that a marker must survive, one entry for each single case.

Every entry says what stock nbgrader 0.9.6 did with it ("rejected" is no mark at all) and what ours must do.
It is either made here and marked in test_submissions.py, or names the tests that prove it.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field

import nbformat.reader
from handing_in import Desk, cell

from cslearn.marking.demo import as_jupyterlab

BOTH, NEITHER, FIRST, SECOND = (7, 7), (0, 0), (7, 0), (0, 7)
REFUSED = None


@dataclass(frozen=True)
class Case:
    """One submission: how it is made, and the marks for both automatic tasks that it must get."""

    row: str
    name: str
    stock: str
    # (matrix, cost-benefit), None when it cannot be marked, or the names of tests elsewhere.
    ours: tuple[float, float] | str | None
    says: str = ""
    make: Callable[[Desk, str], dict | bytes] | None = None
    beside: dict[str, str] = field(default_factory=dict)
    # What stock gave when it was run on this very notebook, for those in the sample; "rejected" for no mark.
    measured: tuple[float, float] | str | None = None


CASES: list[Case] = []


def made(row: str, name: str, stock: str, ours, says: str = "", beside: dict | None = None, measured=None):
    """Enter the function below it into the list."""

    def enter(make):
        CASES.append(Case(row, name, stock, ours, says, make, beside or {}, measured))
        return make

    return enter


def proved(row: str, name: str, stock: str, tests: str) -> None:
    """Enter a case that tests elsewhere prove: "test_intake.py::test_a test_b"."""
    CASES.append(Case(row, name, stock, tests))


def ahead(task: str, code: str):
    """A maker: code in front of an expert's answer, in the same cell."""

    def make(desk: Desk, learner: str) -> dict:
        notebook = desk.notebook(learner)
        target = cell(notebook, f"{task}-answer")
        target["source"] = f"{code}\n{''.join(target['source'])}"
        return notebook

    return make


def behind(task: str, code: str):
    """A maker: code behind an expert's answer, in the same cell."""

    def make(desk: Desk, learner: str) -> dict:
        notebook = desk.notebook(learner)
        target = cell(notebook, f"{task}-answer")
        target["source"] = f"{''.join(target['source'])}\n{code}"
        return notebook

    return make


def elsewhere(code: str):
    """A maker: an expert's notebook with code in the calculator, which is not needed for any answer."""
    return lambda desk, learner: edited(desk.notebook(learner), "calculator", code)


def attack(code: str, answer: str = "matrix = {'totals': {}}"):
    """A maker: nothing answered, and code that tries to gain something."""

    def make(desk: Desk, learner: str) -> dict:
        notebook = edited(copy.deepcopy(desk.blank), "learner-code", f'learner_code = "{desk.codes[learner]}"')
        return edited(notebook, "matrix-answer", f"{code}\n{answer}")

    return make


def edited(notebook: dict, id_: str, source: str) -> dict:
    cell(notebook, id_)["source"] = source
    return notebook


def change(how: Callable[[dict], object]):
    """A maker: an expert's notebook after ``how`` has changed it."""

    def make(desk: Desk, learner: str) -> dict | bytes:
        notebook = desk.notebook(learner)
        result = how(notebook)
        return result if isinstance(result, bytes) else notebook

    return make


# ---- accidents: an honest learner must get their marks --------------------------------------

ROW = "infinite loop in one cell"
made(ROW, "loop in the answer", "that question 0, 34 s", SECOND, "took too long|more than", measured=SECOND)(
    ahead("matrix", "while True:\n    pass")
)
made(ROW, "loop that catches everything", "that question 0", SECOND, "took too long|more than")(
    ahead("matrix", "while True:\n    try:\n        1 / 0\n    except BaseException:\n        pass")
)
made(ROW, "loop in the calculator", "34 s, marked", BOTH)(elsewhere("while True:\n    pass"))

ROW = "50 MB printed"
made(ROW, "printed in an answer", "50 MB notebook and feedback", BOTH, "run in the sandbox")(
    behind("matrix", "print('x' * 50_000_000)")
)
made(ROW, "shown line by line", "50 MB notebook and feedback", BOTH, "run in the sandbox")(
    behind("matrix", "for n in range(200_000): print('x' * 250)")
)

ROW = "3 GB array"
made(ROW, "in an answer", "no limit", SECOND, "MemoryError")(ahead("matrix", "x = bytearray(3 << 30)"))
made(ROW, "recursion without end", "that question 0", SECOND, "RecursionError")(
    ahead("matrix", "def f(): return f()\nf()")
)

ROW = "sys.exit, os._exit, kernel death"
made(ROW, "sys.exit behind the first answer", "10 / rejected", BOTH, "SystemExit", measured=BOTH)(
    behind("matrix", "import sys\nsys.exit(1)")
)
made(ROW, "os._exit in the second answer", "rejected", FIRST, "ended early", measured="rejected")(
    ahead("cost-benefit", "import os\nos._exit(1)")
)
made(ROW, "the interpreter crashes in the second answer", "rejected", FIRST, "ended early")(
    ahead("cost-benefit", "import ctypes\nctypes.string_at(1)")
)

ROW = "input()"
made(ROW, "asks for the answer", "that question 0", SECOND, "Nobody is there to answer", measured=SECOND)(
    ahead("matrix", "name = input('Your name? ')")
)

ROW = "deleted, duplicated or reordered cells"


@made(ROW, "answer cell deleted", "ungraded", FIRST, "not in your notebook")
@change
def answer_deleted(notebook):
    notebook["cells"].remove(cell(notebook, "cost-benefit-answer"))


@made(ROW, "check cell deleted", "ungraded", BOTH, "the released one was used")
@change
def check_deleted(notebook):
    notebook["cells"].remove(cell(notebook, "matrix"))


@made(ROW, "answer cell duplicated", "rejected", BOTH, "was there 2 times", measured="rejected")
@change
def answer_duplicated(notebook):
    at = notebook["cells"].index(cell(notebook, "matrix-answer"))
    notebook["cells"].insert(at, copy.deepcopy(notebook["cells"][at]))


@made(ROW, "all cells in reverse order", "7 of 10", BOTH, "in another order")
@change
def reversed_cells(notebook):
    notebook["cells"].reverse()


ROW = "edited check cells, changed points, check cell turned to markdown"


@made(ROW, "check cell edited", "repaired", BOTH, "had been edited", measured=BOTH)
@change
def check_edited(notebook):
    cell(notebook, "matrix")["source"] = "7.0"


@made(ROW, "points changed", "repaired", BOTH, measured=BOTH)
@change
def points_changed(notebook):
    cell(notebook, "matrix")["metadata"]["nbgrader"]["points"] = 700


@made(ROW, "check cell turned to markdown", "repaired", BOTH, "another kind of cell", measured=BOTH)
@change
def check_to_markdown(notebook):
    check = cell(notebook, "matrix")
    check["cell_type"] = "markdown"
    check.pop("outputs", None), check.pop("execution_count", None)


ROW = "changed task id, extra graded cell"


@made(ROW, "task id changed", "rejected", BOTH)
@change
def task_id_changed(notebook):
    cell(notebook, "matrix")["metadata"]["nbgrader"]["grade_id"] = "another"


@made(ROW, "extra graded cell", "rejected", BOTH, "1 extra cell")
@change
def extra_graded_cell(notebook):
    extra = copy.deepcopy(cell(notebook, "matrix"))
    extra["id"], extra["source"] = "mine", "100.0"
    extra["metadata"] = {"nbgrader": {**extra["metadata"]["nbgrader"], "grade_id": "mine", "points": 100}}
    notebook["cells"].append(extra)


ROW = "metadata stripped by another tool"


@made(ROW, "labels and ids gone", "ungraded, exit 0", BOTH, "matched by their text and order", measured=NEITHER)
@change
def labels_gone(notebook):
    for target in notebook["cells"]:
        target["metadata"] = {}
        target.pop("id", None)
    notebook["metadata"]["colab"], notebook["nbformat_minor"] = {"provenance": []}, 4


@made(ROW, "labels gone and cells in reverse order", "ungraded, exit 0", BOTH, "in another order")
@change
def labels_gone_and_reversed(notebook):
    for target in notebook["cells"]:
        target["metadata"] = {}
        target.pop("id", None)
    notebook["cells"].reverse()


ROW = "wrong kernel name, nbformat 3, saved widgets, 50 MB of saved output"


@made(ROW, "wrong kernel name", "marked", BOTH, measured=BOTH)
@change
def wrong_kernel(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "no-such", "display_name": "My laptop", "language": "python"}


@made(ROW, "nbformat 3", "marked", BOTH, "old format")
@change
def format_3(notebook):
    return json.dumps(nbformat.convert(nbformat.reader.reads(json.dumps(notebook)), 3)).encode()


@made(ROW, "saved widgets", "marked", BOTH)
@change
def saved_widgets(notebook):
    state = {"state": {"x": {"model_name": "SliderModel", "state": {"value": 3}}}, "version_major": 2}
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": state}


@made(ROW, "50 MB of saved output", "marked", BOTH)
@change
def saved_output(notebook):
    cell(notebook, "calculator")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 50_000_000}]


ROW = "truncated JSON, empty file, BOM, Latin-1, merge-conflict marks"
made(ROW, "truncated", "rejected", REFUSED, "cut off", measured="rejected")(
    change(lambda nb: as_jupyterlab(nb)[:9_000])
)
made(ROW, "empty", "rejected", REFUSED, "empty")(change(lambda nb: b" "))
made(ROW, "byte order mark", "rejected", BOTH, "byte order mark", measured="rejected")(
    change(lambda nb: b"\xef\xbb\xbf" + as_jupyterlab(nb))
)
made(ROW, "Latin-1", "rejected", BOTH, "Windows text")(
    change(lambda nb: json.dumps(nb, ensure_ascii=False).encode("latin-1", "replace"))
)
made(ROW, "merge-conflict marks", "rejected", REFUSED, "merge conflict")(
    change(lambda nb: as_jupyterlab(nb).replace(b' "cells"', b'<<<<<<< HEAD\n "cells"', 1))
)

ROW = "missing, renamed or second notebook"
made(ROW, "a file of another kind under the name", "rejected", REFUSED, "not a notebook")(
    lambda desk, learner: b"%PDF-1.7 my answers"
)
proved(ROW, "no notebook in the folder", "rejected",
       "test_engine.py::test_what_cannot_be_marked_is_listed_by_name_with_its_reason "
       "test_intake.py::test_what_is_no_notebook_is_said_unless_there_is_one_beside_it")  # fmt: skip
proved(ROW, "renamed", "ignored", "test_intake.py::test_a_submission_reaches_the_one_learner_it_belongs_to")
proved(ROW, "second notebook", "ignored",
       "test_intake.py::test_of_two_notebooks_the_one_with_the_exercise_s_name_counts "
       "test_intake.py::test_of_several_notebooks_the_one_of_this_exercise_counts")  # fmt: skip

ROW = "broken timestamp file"
made(ROW, "words", "rejected", BOTH, beside={"timestamp.txt": "yesterday, I think"}, measured="rejected")(
    change(lambda nb: None)
)
made(ROW, "a year that does not exist", "rejected", BOTH, beside={"timestamp.txt": "99999-13-45 99:99 UTC"})(
    change(lambda nb: None)
)
made(ROW, "empty", "rejected", BOTH, beside={"timestamp.txt": ""})(change(lambda nb: None))

ROW = "missing data file, absolute path, os.chdir, shadowed builtins"
made(ROW, "missing data file", "8 of 10", SECOND, "FileNotFoundError", measured=SECOND)(
    ahead("matrix", "import pandas as pd\npd.read_csv('my-figures.csv')")
)
made(ROW, "absolute path", "7 of 10", SECOND, "FileNotFoundError|PermissionError")(
    ahead("matrix", "open('/home/me/figures.csv')")
)
made(ROW, "os.chdir", "7 of 10", BOTH, measured=BOTH)(ahead("matrix", "import os\nos.chdir('/')"))
made(ROW, "shadowed builtins", "10 of 10", BOTH)(ahead("matrix", "range = list = dict = len = print = type = str = 3"))

ROW = "a pandas warning in a check"
made(ROW, "every check warns", "honest answer loses its points", BOTH, measured=NEITHER)(
    ahead(
        "matrix",
        "import cslearn, warnings\nreal = check\ndef check(*given):\n    warnings.simplefilter('always')\n"
        "    warnings.warn('Setting an item of incompatible dtype', FutureWarning)\n    return real(*given)",
    )
)

ROW = "zip as Moodle, Canvas, Blackboard and Teams export it, zip in a zip, folders of a roster"
proved(ROW, "the four platforms and folders", "-",
       "test_intake.py::test_a_submission_reaches_the_one_learner_it_belongs_to "
       "test_intake.py::test_of_teams_versions_the_highest_counts_and_drafts_do_not "
       "test_intake.py::test_blackboard_s_attempts_count_by_the_time_in_their_names_and_not_by_the_zip_s")  # fmt: skip
proved(ROW, "zip in a zip", "-", "test_intake.py::test_a_zip_in_a_zip_is_opened_but_not_three_deep")
proved(ROW, "unknown ones", "-", "test_intake.py::test_whoever_cannot_be_told_is_listed_and_not_guessed")

ROW = "two submissions by one learner"
proved(ROW, "both kept, the later one counts", "-",
       "test_intake.py::test_the_later_of_two_counts_and_both_are_kept "
       "test_intake.py::test_an_older_one_that_comes_afterwards_does_not_replace_the_later "
       "test_intake.py::test_two_attempts_in_one_export_count_by_time "
       "test_intake.py::test_two_attempts_of_unknown_time_are_reported_not_guessed")  # fmt: skip

# ---- attempts to gain: nothing may be gained, read or broken --------------------------------

EQUAL = (
    "class Equal(float):\n    def __eq__(self, other): return True\n    def __hash__(self): return 1\n"
    "    def __lt__(self, other): return True\n    __le__ = __gt__ = __ge__ = __lt__\n"
)
ROW = "object whose __eq__ is always true; patched pandas.testing; patched helper package"
made(ROW, "always equal", "+5", NEITHER)(
    attack(EQUAL, "matrix = {'totals': {k: Equal() for k in 'ABCDE'}, 'ranking': Equal()}")
)
made(ROW, "patched pandas.testing", "+5", NEITHER)(
    attack("import pandas.testing as t\nfor n in dir(t): setattr(t, n, lambda *a, **k: None)")
)
made(ROW, "patched helper package", "+2", NEITHER, measured=BOTH)(
    attack(
        "import cslearn.exercises.check as c\nfrom cslearn.exercises.check import Mark\ncheck = c.check = lambda *_: Mark(7.0, '')"
    )
)
made(ROW, "patched rule", "+2", NEITHER)(
    attack("import cslearn.exercises.check as c\nfrom cslearn.exercises.award import Award, Part\n"
           "c.mark_answer = lambda *a, **k: Award(parts=(Part('all', 7.0, 7.0, 'Well done.'),))")
)  # fmt: skip

ROW = "own pandas.py, own cslearn/, own launcher module in the folder"
OWN = "raise SystemExit('a module of the learner was imported')"
made(ROW, "own pandas.py", "+5", BOTH, beside={"pandas.py": OWN})(behind("matrix", "import pandas"))
made(ROW, "own cslearn/", "+5", BOTH, beside={"cslearn/__init__.py": OWN, "cslearn.py": OWN})(
    behind("matrix", "import cslearn")
)
made(ROW, "own launcher", "ran before any cell", BOTH,
     beside={"ipykernel_launcher.py": OWN, "sitecustomize.py": OWN, "json.py": OWN, "usercustomize.py": OWN})(
    behind("matrix", "import json")
)  # fmt: skip

ROW = "input transformer, AST rewriting, patched messaging"
made(ROW, "input transformer", "10 of 10", NEITHER, measured=BOTH)(
    attack(
        "get_ipython().input_transformers_post.append(lambda lines: ['7.0\\n'] if any('check(' in l for l in lines) else lines)"
    )
)
made(ROW, "AST rewriting", "10 of 10", NEITHER)(
    attack("import ast\nclass T(ast.NodeTransformer):\n    def visit_Call(self, node): return ast.Constant(7.0)\n"
           "get_ipython().ast_transformers.append(T())")
)  # fmt: skip
made(ROW, "patched messaging", "10 of 10", NEITHER)(
    attack("import json\njson.dumps = json.JSONEncoder.encode = lambda *a, **k: '{\"matrix\": 7}'")
)
made(ROW, "patched traceback", "0 since 0.9", NEITHER, measured=NEITHER)(
    attack("import IPython.core.interactiveshell as s\ns.InteractiveShell.showtraceback = lambda *a, **k: None")
)

ROW = "reading the source notebook, another submission, hidden tests from history"
SEARCH = (
    "import glob, os\nfrom itertools import islice\nfound = []\nfor start in {places!r}:\n"
    "    for path in islice(glob.iglob(start + '/**/*', recursive=True), 500):\n"
    "        try: found.append(open(path, errors='replace').read(200_000))\n        except Exception: pass\n"
    "print('FOUND', len(found), *[f for f in found if {secret!r} in f or 'BEGIN SOLUTION' in f])\n"
)
PLACES = ["/tmp", "/root", "/home", "/work", "..", "../..", "/var", "/proc/1", "/proc/self"]
made(ROW, "every file that can be reached", "10 of 10, leaked", NEITHER)(
    attack(SEARCH.format(places=PLACES, secret="the-canary-of-this-class"))
)
made(ROW, "rules and personas", "10 of 10", NEITHER)(
    attack(
        "from cslearn.exercises.personas import personas\nfrom cslearn.exercises.rules.choose_an_improvement import matrix"
    )
)
made(ROW, "history and frames", "leaked", NEITHER)(
    attack("import sys, gc\nprint(get_ipython().history_manager.get_tail(50))\nf = sys._getframe()\nwhile f: print(f.f_locals.keys()); f = f.f_back\n"
           "print([o for o in gc.get_objects() if isinstance(o, str) and 'the-canary' in o][:3])")
)  # fmt: skip

ROW = "writing into the gradebook"
made(ROW, "by its path", "252 of 252 grades changed", NEITHER)(
    attack("import sqlite3, glob\nfor p in glob.glob('/**/gradebook.db', recursive=True) + ['../../../gradebook.db', 'CLASS/gradebook.db']:\n"
           "    try:\n        db = sqlite3.connect(p); db.execute('update grade set auto_score = 7'); db.commit()\n    except Exception as e: print(e)")
)  # fmt: skip

ROW = "start-up file left in the home folder"
made(ROW, "IPython and Python start-up", "ran in 17 later kernels", NEITHER)(
    attack("import os, site\nfor p in ('~/.ipython/profile_default/startup/00.py', '~/.local/lib/python3/site-packages/x.pth', '~/.bashrc',\n"
           "          '~/the-canary-was-here', os.path.dirname(os.__file__) + '/sitecustomize.py'):\n    p = os.path.expanduser(p)\n"
           "    try: os.makedirs(os.path.dirname(p), exist_ok=True); open(p, 'a').write('print(1)')\n    except OSError as e: print(e)")
)  # fmt: skip

ROW = "writing outside its folder"
made(ROW, "everywhere", "succeeded", NEITHER)(
    attack("import os\nfor p in ('/tmp/the-canary-was-here', '/var/tmp/the-canary-was-here', '/dev/shm/the-canary-was-here',\n"
           "          '../the-canary-was-here', '../../../the-canary-was-here', 'CLASS/the-canary-was-here', '/the-canary-was-here'):\n"
           "    try: open(p, 'w').write('x')\n    except OSError as e: print(e)")
)  # fmt: skip

ROW = "network request, even loopback"
made(ROW, "a server of this machine", "HTTP 200", NEITHER)(
    attack("import urllib.request\nprint(urllib.request.urlopen('http://127.0.0.1:PORT/', timeout=3).read())")
)

ROW = "killing the parent"
made(ROW, "every process that can be seen", "batch died", NEITHER)(
    attack(
        "import os, signal\nfor n in (os.getppid(), 1, -1, *range(2, 400)):\n    try: os.kill(n, signal.SIGKILL)\n    except OSError: pass"
    )
)

ROW = "process left running"
made(ROW, "fork twice and stay", "survived", NEITHER)(
    attack("import os, time, subprocess\ntry:\n    if os.fork() == 0:\n        os.setsid()\n        if os.fork() == 0: time.sleep(600)\n        os._exit(0)\n"
           "except OSError as e: print(e)\ntry: subprocess.Popen(['sleep', '611'], start_new_session=True)\nexcept OSError as e: print(e)")
)  # fmt: skip

ROW = "40 processes, 100 MB file"
made(ROW, "processes", "unrestricted", NEITHER)(
    attack("import os\nfor n in range(40):\n    if os.fork() == 0: os._exit(0)")
)
made(ROW, "large file", "unrestricted", NEITHER)(attack("open('large', 'wb').write(bytes(100 << 20))"))

ROW = "symlink to a secret, notebook as symlink to the source or to a peer"
proved(ROW, "links in a hand-in", "copied into feedback / 10 of 10",
       "test_intake.py::test_links_are_refused_in_a_zip_and_in_a_folder "
       "test_read_submission.py::test_links_pipes_and_oversize_are_never_opened "
       "test_submissions.py::test_a_link_in_the_class_folder_is_refused_and_nothing_of_it_copied")  # fmt: skip

ROW = "zip with ../, absolute names, symlinks, a bomb"
proved(ROW, "names that lead out", "nothing escaped",
       "test_intake.py::test_names_that_lead_out_of_a_zip_are_refused test_intake.py::test_no_name_in_a_zip_ever_becomes_a_path "
       "test_intake.py::test_a_name_hidden_in_an_extra_field_leads_nowhere")  # fmt: skip
proved(ROW, "bombs", "nothing escaped",
       "test_intake.py::test_a_bomb_is_left_out_before_it_fills_the_disk_and_the_others_are_collected "
       "test_intake.py::test_a_bomb_in_a_learner_s_own_zip_costs_nobody_else_anything "
       "test_intake.py::test_members_that_share_their_bytes_are_at_most_read_once_each")  # fmt: skip

ROW = "script in markdown, HTML output, onerror, Javascript output, SVG"
made(ROW, "HTML and Javascript output", "ran in the browser", NEITHER)(
    attack("from IPython.display import HTML, Javascript, SVG\ndisplay(HTML('<script>alert(1)</script><img src=x onerror=alert(1)>'))\n"
           "display(Javascript('alert(1)'), SVG('<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>'))")
)  # fmt: skip
proved(ROW, "script in prose", "ran in the browser",
       "test_feedback.py::test_pages_from_a_hostile_class_hold_nothing_that_runs test_record.py::test_the_renderer_does_let_scripts_through")  # fmt: skip

ROW = "environment token printed"
made(ROW, "all variables", "printed", NEITHER)(
    attack("import os\nprint(dict(os.environ), open('/proc/self/environ').read())")
)

ROW = "answer with NaN, infinity, 10^6-digit integer, deep nesting, 10 MB string, wrong types"
for _name, _answer in {
    "NaN": "matrix = {'totals': {'A': float('nan')}}", "infinity": "matrix = {'totals': {'A': 1e999}}",
    "10^6-digit integer": "matrix = 10 ** 1_000_000", "deep nesting": "matrix = []\nfor _ in range(100_000): matrix = [matrix]",
    "10 MB string": "matrix = 'x' * 10_000_000", "wrong types": "matrix = {1: b'x', (2,): 1j, None: {3}}",
    "holds itself": "matrix = {}\nmatrix['totals'] = matrix", "half a character": "matrix = {'\\ud800': '\\x00'}",
}.items():  # fmt: skip
    made(ROW, _name, "-", NEITHER, ".")(attack("", _answer))

ROW = "another learner's answers handed in"
proved(ROW, "copied whole", "marked",
       "test_engine.py::test_another_learner_s_answers_are_marked_on_one_s_own_case_and_flagged")  # fmt: skip

ROW = "identity in the notebook changed"
made(ROW, "another name in its metadata", "marked", BOTH)(
    change(lambda nb: nb["metadata"].update(authors=[{"name": "L999"}], learner="L999", nbgrader={"student": "L999"}))
)
proved(
    ROW, "another code", "marked", "test_engine.py::test_a_missing_or_mistyped_code_never_costs_marks_but_is_flagged"
)

# Row by row, as the list has them.
ROWS = [
    "infinite loop in one cell", "50 MB printed", "3 GB array", "sys.exit, os._exit, kernel death", "input()",
    "deleted, duplicated or reordered cells", "edited check cells, changed points, check cell turned to markdown",
    "changed task id, extra graded cell", "metadata stripped by another tool",
    "wrong kernel name, nbformat 3, saved widgets, 50 MB of saved output",
    "truncated JSON, empty file, BOM, Latin-1, merge-conflict marks", "missing, renamed or second notebook",
    "broken timestamp file", "missing data file, absolute path, os.chdir, shadowed builtins", "a pandas warning in a check",
    "zip as Moodle, Canvas, Blackboard and Teams export it, zip in a zip, folders of a roster", "two submissions by one learner",
    "object whose __eq__ is always true; patched pandas.testing; patched helper package",
    "own pandas.py, own cslearn/, own launcher module in the folder", "input transformer, AST rewriting, patched messaging",
    "reading the source notebook, another submission, hidden tests from history", "writing into the gradebook",
    "start-up file left in the home folder", "writing outside its folder", "network request, even loopback", "killing the parent",
    "process left running", "40 processes, 100 MB file", "symlink to a secret, notebook as symlink to the source or to a peer",
    "zip with ../, absolute names, symlinks, a bomb", "script in markdown, HTML output, onerror, Javascript output, SVG",
    "environment token printed", "answer with NaN, infinity, 10^6-digit integer, deep nesting, 10 MB string, wrong types",
    "another learner's answers handed in", "identity in the notebook changed",
]  # fmt: skip
MADE = [case for case in CASES if case.make is not None]
