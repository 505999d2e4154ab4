"""The command line: every verb, its help, and what it says on bad input."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import cslearn
from cslearn import cli
from cslearn.cli import main
from cslearn.exercises.exercise import read
from cslearn.marking.classroom import open_classroom
from cslearn.marking.demo import SALT, canvas_zip, moodle_zip, sample_class
from cslearn.problem import Problem

ROOT = Path(__file__).parents[1]
NAME = "choose-an-improvement"
VERBS = ("book", "release", "collect", "mark", "review", "agree", "feedback", "report", "check", "case", "demo")


@pytest.fixture(scope="module")
def _released(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("cli") / "class"
    root.mkdir()
    (root / "roster.csv").write_text(
        "learner_id,name\nNH001,Amara Okonjo\nNH002,Tomasz Wiśniewski\nNH003,Priya Raghunathan\n", encoding="utf-8"
    )
    assert main(["release", NAME, "--class", str(root)]) == 0
    return root


@pytest.fixture
def folder(_released, tmp_path) -> Path:
    """A class of three with the exercise released."""
    return shutil.copytree(_released, tmp_path / "class")


@pytest.fixture
def handed_in(folder) -> Path:
    """Its submissions as a Moodle zip."""
    samples = sample_class(open_classroom(folder), read(NAME))
    path = folder.parent / "moodle.zip"
    path.write_bytes(moodle_zip(samples))
    (folder.parent / "canvas.zip").write_bytes(canvas_zip(samples))
    return path


def everything(folder: Path) -> dict:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_s_help_has_an_example_that_parses(verb, capsys):
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    example = shown.split("example:\n")[1].strip()
    assert example.startswith(f"cslearn {verb}")
    assert cli._parser().parse_args(example.split()[1:]).verb


def test_help_names_every_verb(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(f"    {verb} " in shown for verb in VERBS)


def environment() -> dict:
    source = Path(cslearn.__file__).parents[1]
    return {**os.environ, "PYTHONPATH": f"{source}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}


def test_help_answers_without_loading_the_heavy_packages():
    script = (
        "import sys\nfrom cslearn.cli import main\ntry:\n    main(['mark', '--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'nbgrader', 'sphinx', 'nbformat', 'sqlalchemy', 'jupytext'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment())
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_the_tutor_s_way_from_zip_to_report(folder, handed_in, capsys):
    at = ["--class", str(folder)]
    assert main(["collect", NAME, str(handed_in), *at]) == 0
    assert "3 collected" in capsys.readouterr().out
    assert main(["mark", *at]) == 0
    shown = capsys.readouterr()
    assert "3 marked now" in shown.out and "3 of 3 marked" in shown.err
    assert main(["mark", NAME, *at]) == 0
    assert "0 marked now, 3 unchanged" in capsys.readouterr().out
    assert main(["feedback", *at]) == 0
    assert "3 pages" in capsys.readouterr().out
    assert main(["report", *at]) == 0
    assert str(folder / "report.html") in capsys.readouterr().out
    assert (folder / "feedback" / f"{NAME}-feedback.zip").is_file()


def test_submissions_that_cannot_be_marked_make_the_exit_code_1(folder, capsys):
    work = folder / "submitted" / "NH002" / NAME
    work.mkdir(parents=True)
    (work / f"{NAME}.ipynb").write_text("{")
    assert main(["mark", "--class", str(folder)]) == 1
    shown = capsys.readouterr().out
    assert "NH002 (Tomasz Wiśniewski): the file is cut off" in shown


def test_what_cannot_be_placed_makes_collect_end_with_1(folder, handed_in, capsys):
    (folder / "roster.csv").write_text("learner_id,name\nNH001,Amara Okonjo\n", encoding="utf-8")
    assert main(["collect", NAME, str(handed_in), "--class", str(folder)]) == 1
    assert "2 not collected" in capsys.readouterr().out


BAD = [
    (["mark", "--class", "{empty}"], "is not a class folder"),
    (["mark", "plan-a-party", "--class", "{class}"], "There is no exercise called 'plan-a-party'"),
    (["collect", NAME, "{class}/nowhere.zip", "--class", "{class}"], "There is no"),
    (["collect", "plan-a-party", "{empty}", "--class", "{class}"], "There is no exercise called"),
    (["collect", NAME, "{empty}", "--class", "{class}"], "no notebook"),
    (["release", NAME, "--class", "{empty}"], "There is no roster"),
    (["release", NAME, "--class", "{empty}/absent"], "There is no folder"),
    (["release", "plan-a-party", "--class", "{class}"], "There is no exercise called"),
    (["feedback", "--class", "{class}"], "has been marked yet"),
    (["report", "--class", "{class}"], "Nothing has been handed in yet"),
    (["review", "--class", "{empty}"], "is not a class folder"),
    (["case", "--learner", "NH999", "--exercise", NAME, "--class", "{class}"], "no learner 'NH999'"),
    (["case", "--learner", "NH001", "--exercise", "x", "--class", "{class}"], "There is no exercise called 'x'"),
    (["case", "--learner", "NH001", "--exercise", "steer-change", "--class", "{class}"], "mean 'steer-the-change'?"),
    (["check", "plan-a-party"], "There is no exercise called"),
    (["check", "--data", "{empty}"], "There is no CSV in"),
    (["check", "--data", "{empty}/absent"], "There is no folder"),
    (["demo", "choose-an-improvement", "--into", "{class}"], "no earlier demo"),
]


@pytest.mark.parametrize(("arguments", "says"), BAD, ids=lambda value: value if isinstance(value, str) else None)
def test_bad_input_is_one_sentence_and_2_and_nothing_is_half_written(folder, tmp_path, capsys, arguments, says):
    (tmp_path / "empty").mkdir()
    before = everything(folder)
    filled = [part.replace("{class}", str(folder)).replace("{empty}", str(tmp_path / "empty")) for part in arguments]
    assert main(filled) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("cslearn: ") and says in shown.err
    assert shown.err.count("\n") == 1
    assert everything(folder) == before
    assert list((tmp_path / "empty").iterdir()) == []


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["mark", "--nonsense"], ["check", "--seeds", "0"], ["case"]])
def test_a_wrong_command_shows_its_usage_and_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_a_fault_of_ours_keeps_its_traceback(folder, monkeypatch):
    import cslearn.marking.report as room

    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(room, "report", broken)
    with pytest.raises(ZeroDivisionError):
        main(["report", "--class", str(folder)])


def test_the_class_folder_is_the_current_one_unless_said_otherwise(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    assert main(["mark"]) == 0
    assert "0 marked now" in capsys.readouterr().out


def test_a_learner_s_tables_are_written_as_csv(folder, capsys):
    from cslearn.northfold.case import case

    assert main(["case", "--learner", "NH001", "--exercise", NAME, "--class", str(folder)]) == 0
    own = case(NAME, code=open_classroom(folder).codes["NH001"])
    written = folder / "cases" / "NH001" / NAME
    assert str(written) in capsys.readouterr().out
    assert {path.stem for path in written.iterdir()} == {*own.tables, "facts"}
    assert json.loads((written / "facts.json").read_text(encoding="utf-8")) == own.facts
    lines = (written / "options.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].split(",")[0] in own.tables["options"][0] and len(lines) > len(own.tables["options"])


def test_a_case_of_the_story_is_written_with_its_documents_and_fits_its_description(folder, capsys):
    arguments = ["case", "--learner", "NH001", "--exercise", "find-the-bottleneck", "--class", str(folder)]
    assert main(arguments) == 0
    written = folder / "cases" / "NH001" / "find-the-bottleneck"
    assert {path.name for path in written.iterdir()} == {"events_before.csv", "facts.json"}
    capsys.readouterr()
    assert main(["check", "--data", str(written)]) == 0
    assert re.fullmatch(r"events_before.csv: [4-6],\d\d\d rows fit\n", capsys.readouterr().out)


def test_check_says_which_row_of_a_table_no_longer_fits_and_ends_with_2(tmp_path, capsys):
    lines = (ROOT / "datasets" / "options.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "options.csv").write_text("\n".join(["Z" + line if n else line for n, line in enumerate(lines)]))
    assert main(["check", "--data", str(tmp_path)]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.startswith("cslearn: options.csv, row 2, option: 'ZA' is not one of: A, B")
    assert "; and 4 more" in shown.err


def test_check_proves_an_exercise_and_fails_when_a_fault_is_found(capsys, monkeypatch):
    import cslearn.exercises.personas as room

    assert main(["check", NAME, "--seeds", "2"]) == 0
    assert "Expert" in capsys.readouterr().out
    monkeypatch.setattr(room, "_own_faults", lambda exercise: ["PR3.1: the starter earns marks"])
    assert main(["check", NAME, "--seeds", "1"]) == 1
    assert "the starter earns marks" in capsys.readouterr().out


@pytest.mark.parametrize(("complete", "code"), [(True, 0), (False, 1)])
def test_coverage_is_shown_and_ends_with_0_only_when_complete(capsys, monkeypatch, tmp_path, complete, code):
    import cslearn.syllabus as room

    class Covered:
        def __init__(self):
            self.complete = complete

        def lines(self):
            return ["PR3 taught on 4.6"]

    (tmp_path / "book").mkdir()
    (tmp_path / "_toc.yml").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(room, "coverage", lambda root: Covered(), raising=False)
    assert main(["check", "--coverage"]) == code
    assert capsys.readouterr().out == "PR3 taught on 4.6\n"


def test_ctrl_c_ends_quietly(folder, monkeypatch, capsys):
    import cslearn.marking.report as room

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(room, "report", stopped)
    assert main(["report", "--class", str(folder)]) == 130
    assert "stopped" in capsys.readouterr().err


def test_a_reader_that_stops_early_makes_no_traceback(folder):
    done = subprocess.run(
        f"{sys.executable} -m cslearn.cli check {NAME} --seeds 1 | head -1",
        shell=True, capture_output=True, text=True, env=environment(),
    )  # fmt: skip
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_demo_prints_each_step_and_where_to_look(tmp_path, capsys):
    into = tmp_path / "sample"
    assert main(["demo", "choose-an-improvement", "--into", str(into)]) == 0
    shown = capsys.readouterr().out
    assert f"Look at {into / 'report.html'}" in shown
    assert SALT in (into / "class.yml").read_text()


def test_book_outside_a_checkout_is_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "__file__", str(tmp_path / "a" / "b" / "c" / "cli.py"))
    assert main(["book"]) == 2
    assert "There is no book here" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "where", "source"),
    [
        ([], "_build", None),
        (["--output", "elsewhere"], "elsewhere", None),
        (["--pyodide", "pyodide.tar.bz2"], "_build", "pyodide.tar.bz2"),
    ],
)
def test_book_builds_the_checkout_and_says_where_it_is(tmp_path, monkeypatch, capsys, given, where, source):
    import cslearn.site.build as room

    (tmp_path / "book").mkdir()
    (tmp_path / "_toc.yml").write_text("")
    monkeypatch.chdir(tmp_path)
    asked = []
    monkeypatch.setattr(
        room,
        "build",
        lambda root, output, pyodide, full_notebooks: (
            asked.append((root, output, pyodide, full_notebooks)) or output / "html"
        ),
    )
    assert main(["book", *given]) == 0
    assert asked == [(tmp_path, tmp_path / where, source, True)]
    assert str(tmp_path / where / "html" / "index.html") in capsys.readouterr().out


def test_the_site_is_served_on_this_machine_only_and_a_taken_port_gets_a_sentence(tmp_path):
    (tmp_path / "index.html").write_text("Welcome", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for port in (taken.getsockname()[1], 70_000, -1):
            with pytest.raises(Problem, match="name another"):
                cli._serve(tmp_path, port)

    command = [sys.executable, "-c", f"import cslearn.cli as c, pathlib; c._serve(pathlib.Path({str(tmp_path)!r}), 0)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        address = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())[0]
        with urllib.request.urlopen(address) as page:
            assert page.read() == b"Welcome"
        # An author must see what was built last, not what the browser kept.
        with urllib.request.urlopen(f"{address}sw.js") as worker:
            assert b"unregister" in worker.read() and worker.headers["Cache-Control"] == "no-cache"
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0
