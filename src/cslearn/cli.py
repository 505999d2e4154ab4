"""The ``cslearn`` command: one verb for each thing that an author or a tutor does."""

import argparse
import contextlib
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from cslearn import __version__
from cslearn.problem import Problem

# Everything else is imported by the verb that needs it, so that --help answers at once.


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb. 0: done; 1: done, but something needs a look; 2: bad input, said in one sentence."""
    parser = _parser()
    given = parser.parse_args(arguments)
    # A pipe to a tool that stops reading (`| head`) and a terminal without the letters of a name
    # must not end in a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = given.verb(given)
        sys.stdout.flush()
        return code
    except Problem as problem:
        print(f"cslearn: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ncslearn: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cslearn",
        description="The course on leading change in customer service: build the book, hand out and mark the exercises.",
        epilog="`cslearn VERB --help` explains a verb and gives an example.",
    )
    parser.add_argument("--version", action="version", version=f"cslearn {__version__}")
    verbs = parser.add_subparsers(metavar="VERB", required=True)

    def add(name: str, does: str, example: str, run, class_folder: bool = False) -> argparse.ArgumentParser:
        verb = verbs.add_parser(
            name,
            help=does,
            description=does[0].upper() + does[1:] + ".",
            epilog=f"example:\n  {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        verb.set_defaults(verb=run)
        if class_folder:
            verb.add_argument(
                "--class", dest="folder", default=".", metavar="DIR", help="the class folder (default: this folder)"
            )
        return verb

    verb = add("book", "build the book as a static site", "cslearn book --output site", _book)
    verb.add_argument("--output", metavar="DIR", help="where to put the site (default: _build)")
    verb.add_argument(
        "--pyodide",
        metavar="PATH",
        help="a folder or an archive with Pyodide, which is Python for the exercise pages (default: what scripts/pyodide has fetched)",
    )
    verb.add_argument(
        "--serve", type=int, metavar="PORT", help="then serve it on 127.0.0.1 until Ctrl-C (0: any free port)"
    )

    verb = add(
        "release",
        "write an exercise's notebook for learners, and the code for each of them",
        "cslearn release choose-an-improvement --class autumn-2024",
        _release,
        class_folder=True,
    )
    verb.add_argument("exercise", nargs="*", metavar="EXERCISE", help="its name (default: all exercises)")
    verb.add_argument(
        "--due", metavar="TIME", help="when it is due, for example 2026-12-01T17:00 (this computer's time zone)"
    )

    verb = add(
        "collect",
        "put what was handed in into the class folder: a folder, or the zip of Moodle, Canvas, Blackboard or Teams",
        "cslearn collect choose-an-improvement downloads/moodle.zip --class autumn-2024",
        _collect,
        class_folder=True,
    )
    verb.add_argument("exercise", metavar="EXERCISE")
    verb.add_argument("source", metavar="ZIP-OR-FOLDER")

    verb = add(
        "mark",
        "mark what is new or changed, and record it in the gradebook",
        "cslearn mark choose-an-improvement --class autumn-2024",
        _mark,
        class_folder=True,
    )
    verb.add_argument("exercise", nargs="*", metavar="EXERCISE", help="its name (default: all that are released)")
    verb.add_argument(
        "--again", action="store_true", help="also what is unchanged; shows every mark that moved, and why"
    )
    verb.add_argument(
        "--learner", action="append", default=[], metavar="ID", help="only this learner (may be given more than once)"
    )
    verb.add_argument("--scheduler", metavar="ADDRESS", help="on a Dask cluster, for example tcp://host:8786")

    verb = add(
        "review",
        "open formgrader, where the tutor gives the marks that need a person",
        "cslearn review --class autumn-2024",
        _review,
        class_folder=True,
    )
    verb.add_argument("--port", type=int, default=0, help="the port on 127.0.0.1 (default: any free one)")

    verb = add(
        "agree",
        "say how alike two tutors mark, from a CSV with an answer and two levels in each line",
        "cslearn agree levels.csv",
        _agree,
    )
    verb.add_argument("levels", metavar="CSV")

    verb = add(
        "feedback",
        "write a feedback page for every marked learner, and a zip of them to hand back",
        "cslearn feedback choose-an-improvement --class autumn-2024",
        _feedback,
        class_folder=True,
    )
    verb.add_argument("exercise", nargs="*", metavar="EXERCISE", help="its name (default: all that are marked)")

    add(
        "report",
        "write report.html and report.csv: marks by marking point and task, misconceptions, who needs attention",
        "cslearn report --class autumn-2024",
        _report,
        class_folder=True,
    )

    verb = add(
        "check",
        "prove an exercise (the solution earns all, the starter nothing, every persona what it must), or check tables",
        "cslearn check choose-an-improvement --seeds 200",
        _check,
    )
    verb.add_argument(
        "exercise", nargs="*", metavar="EXERCISE", help="its name (default: all, unless --coverage or --data)"
    )
    verb.add_argument("--seeds", type=_at_least_one, default=200, help="on how many cases (default: 200)")
    verb.add_argument("--coverage", action="store_true", help="show what of the syllabus is taught and assessed")
    verb.add_argument("--data", metavar="DIR", help="check that every CSV in a folder still fits its description")

    verb = add(
        "case",
        "write the tables of one learner's own case as CSV, its documents, and its limits as facts.json",
        "cslearn case --learner NH001 --exercise choose-an-improvement --class autumn-2024",
        _case,
        class_folder=True,
    )
    verb.add_argument("--learner", required=True, metavar="ID")
    verb.add_argument("--exercise", required=True, metavar="NAME")
    verb.add_argument("--into", metavar="DIR", help="where to put them (default: cases/ID/NAME in the class folder)")

    verb = add(
        "demo",
        "make a sample class of thirty and mark it, from release to report",
        "cslearn demo choose-an-improvement --into sample-class",
        _demo,
    )
    verb.add_argument("exercise", nargs="*", metavar="EXERCISE", help="which exercises it hands in (default: all)")
    verb.add_argument("--into", default="sample-class", metavar="DIR", help="its folder (default: sample-class)")
    return parser


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("it must be at least 1")
    return number


# ---- the author's verbs ---------------------------------------------------------------------


def _book(given: argparse.Namespace) -> int:
    from cslearn.site.build import build

    root = _checkout()
    output = Path(given.output).resolve() if given.output else root / "_build"
    site = build(root, output, pyodide=given.pyodide, full_notebooks=True)
    print(f"The book is in {site}; begin with {Path(site) / 'index.html'}.")
    if given.serve is not None:
        _serve(site, given.serve)
    return 0


def _serve(site: Path, port: int) -> None:
    """The site on this machine only, until Ctrl-C.

    An author wants to see what was built last, not what the browser kept, so here the worker
    that keeps pages is one that leaves. Any other server shows the site as readers have it.
    """
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    leaves = (
        b"addEventListener('install', () => skipWaiting());\n"
        b"addEventListener('activate', (event) => event.waitUntil(registration.unregister()));\n"
    )

    class Quiet(SimpleHTTPRequestHandler):
        # A browser runs a module only when it comes as JavaScript.
        extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}  # noqa: RUF012

        def do_GET(self) -> None:
            if self.path.partition("?")[0] != "/sw.js":
                super().do_GET()
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript")
            self.send_header("Content-Length", str(len(leaves)))
            self.end_headers()
            self.wfile.write(leaves)

        def end_headers(self) -> None:
            # Kept, but asked for anew each time.
            self.send_header("Cache-Control", "no-cache")
            super().end_headers()

        def log_message(self, *_) -> None:
            """Says nothing: a line for each file would bury the address."""

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Quiet, directory=str(site)))
    except (OSError, OverflowError) as why:
        raise Problem(f"Port {port} cannot be used ({why}); name another, for example --serve 8080.") from why
    with server:
        print(f"The site is at http://127.0.0.1:{server.server_port}/ until you press Ctrl-C.", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


def _checkout() -> Path:
    """The course's own files: the current folder, or the checkout that cslearn runs from."""
    for folder in (Path.cwd(), Path(__file__).resolve().parents[2]):
        if (folder / "_toc.yml").is_file() and (folder / "book").is_dir():
            return folder
    raise Problem("There is no book here: run this in the course's folder, where _toc.yml is.")


def _check(given: argparse.Namespace) -> int:
    good = True
    if given.data is not None:
        from cslearn.northfold.reading import check_folder

        print(*check_folder(given.data), sep="\n")
    if given.exercise or not (given.coverage or given.data is not None):
        from cslearn.exercises.exercise import available

        _needs_personas("check")
        from cslearn.exercises.personas import prove

        names = given.exercise or available()
        _known(names)
        for name in names:
            proof = prove(name, seeds=given.seeds)
            print(*proof.lines(), sep="\n")
            good = good and not proof.faults
    if given.coverage:
        from cslearn.site.quiz import bank
        from cslearn.syllabus import coverage

        covered = coverage(_checkout())
        print(*covered.lines(), sep="\n")
        if asked := bank(_checkout()):
            print(f"questions {len(asked)} on {len({one.page for one in asked})} pages")
        good = good and covered.complete
    return 0 if good else 1


def _needs_personas(verb: str) -> None:
    """Personas hold experts' answers, so a wheel, which goes to learners, has none."""
    from importlib.util import find_spec

    if find_spec("cslearn.exercises.personas") is None:
        raise Problem(f"Personas are not part of an installed package; run `cslearn {verb}` in a checkout.")


def _known(names: Sequence[str]) -> None:
    from cslearn.exercises.exercise import available

    for name in names:
        if name not in available():
            raise Problem(f"There is no exercise called {name!r}; there are: {', '.join(available())}.")


# ---- the tutor's verbs ----------------------------------------------------------------------


def _exercises(names: Sequence[str]):
    from cslearn.exercises.exercise import read

    _known(names)
    return [read(name) for name in names]


def _assignments(classroom, names: Sequence[str]):
    """Exercises of the course, and the tutor's own assignments in nbgrader's style."""
    from cslearn.exercises.exercise import read
    from cslearn.marking.stock_style import own_names, read_own

    own = own_names(classroom)
    _known([name for name in names if name not in own])
    return [read_own(classroom, name) if name in own else read(name) for name in names]


def _released(classroom) -> list[str]:
    from cslearn.exercises.exercise import available
    from cslearn.marking.stock_style import own_names

    names = [name for name in available() if classroom.released(name).is_file()] + own_names(classroom)
    if not names:
        raise Problem(f"Nothing has been released in {classroom.root} yet; run `cslearn release` first.")
    return names


def _names(classroom) -> dict[str, str]:
    return {learner.id: learner.name for learner in classroom.roster.values()}


def _release(given: argparse.Namespace) -> int:
    from cslearn.exercises.exercise import available
    from cslearn.marking.classroom import create_classroom
    from cslearn.marking.times import read_due

    due = read_due(given.due) if given.due else None
    exercises = _exercises(given.exercise or available())
    # After the exercises: reading them imports nbformat's jsonschema in the quick way.
    from cslearn.marking.release import release

    classroom = create_classroom(given.folder)
    for exercise in exercises:
        print(f"{exercise.title}: hand out {release(classroom, exercise, due)}")
    print(f"Give each learner their code from {classroom.root / 'codes.csv'}, and keep class.yml private.")
    return 0


def _collect(given: argparse.Namespace) -> int:
    from cslearn.marking.classroom import open_classroom
    from cslearn.marking.intake import collect

    classroom = open_classroom(given.folder)
    _assignments(classroom, [given.exercise])
    collected = collect(classroom, given.source, given.exercise)
    print(*collected.lines(_names(classroom)), sep="\n")
    return collected.exit_code


def _mark(given: argparse.Namespace) -> int:
    from cslearn.marking.classroom import open_classroom
    from cslearn.marking.engine import mark_class

    classroom = open_classroom(given.folder)
    assignments = _assignments(classroom, given.exercise or _released(classroom))
    worst = looked_at = 0
    with contextlib.ExitStack() as open_:
        crew = None
        if given.scheduler:
            from cslearn.marking.cluster import cluster

            crew = open_.enter_context(cluster(given.scheduler))
        for exercise in assignments:
            summary = mark_class(
                classroom, exercise, crew=crew, out=sys.stderr, again=given.again, learners=given.learner
            )
            print(*summary.lines(_names(classroom)), sep="\n")
            worst = max(worst, summary.exit_code)
            looked_at += summary.looked_at
            if summary.stopped:
                break
    if given.learner and not looked_at:
        raise Problem(f"Nothing has been handed in by {' or '.join(given.learner)}; collect it first.")
    return worst


def _review(given: argparse.Namespace) -> int:
    from cslearn.marking.classroom import open_classroom
    from cslearn.marking.review import review

    review(open_classroom(given.folder), lambda line: print(line, flush=True), port=given.port)
    return 0


def _feedback(given: argparse.Namespace) -> int:
    from cslearn.marking.classroom import open_classroom
    from cslearn.marking.feedback import feedback, zip_feedback

    classroom = open_classroom(given.folder)
    for exercise in _assignments(classroom, given.exercise or _released(classroom)):
        pages = feedback(classroom, exercise)
        print(f"{exercise.title}: {len(pages)} pages; to hand back: {zip_feedback(classroom, exercise, pages)}")
    return 0


def _report(given: argparse.Namespace) -> int:
    from cslearn.marking.classroom import open_classroom
    from cslearn.marking.report import report

    classroom = open_classroom(given.folder)
    page, table = report(classroom, _assignments(classroom, _released(classroom)))
    print(f"The report is in {page}, the same as a spreadsheet in {table}.")
    return 0


def _agree(given: argparse.Namespace) -> int:
    from cslearn.marking.agreement import read_levels

    print(*read_levels(Path(given.levels)).lines(), sep="\n")
    return 0


def _case(given: argparse.Namespace) -> int:
    from cslearn.marking.classroom import open_classroom
    from cslearn.marking.files import write_whole
    from cslearn.northfold.case import case
    from cslearn.northfold.tables import write_csv

    classroom = open_classroom(given.folder)
    if given.learner not in classroom.roster:
        raise Problem(
            f"The roster has no learner {given.learner!r}; look for the learner_id in {classroom.root / 'roster.csv'}."
        )
    own = case(given.exercise, code=classroom.codes[given.learner])
    into = Path(given.into) if given.into else classroom.root / "cases" / given.learner / given.exercise
    for name, rows in own.tables.items():
        out = io.StringIO()
        write_csv(out, rows)
        write_whole(into / f"{name}.csv", out.getvalue())
    for name, document in own.documents.items():
        if all(isinstance(text, str) for text in document.values()):
            # Texts by name, such as minutes by date: a file for each.
            for part, text in document.items():
                write_whole(into / name / f"{part}.md", text)
        else:
            write_whole(into / f"{name}.json", json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    write_whole(into / "facts.json", json.dumps(own.facts, indent=1, ensure_ascii=False) + "\n")
    print(f"{classroom.roster[given.learner].name}, code {own.code}: {len(own.tables)} tables in {into}")
    return 0


def _demo(given: argparse.Namespace) -> int:
    _needs_personas("demo")
    from cslearn.marking.demo import demo

    demo(Path(given.into), lambda line: print(line, flush=True), given.exercise)
    return 0


if __name__ == "__main__":
    sys.exit(main())
