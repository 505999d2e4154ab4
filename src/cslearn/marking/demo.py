"""A sample class: thirty submissions by fictional people, good, middling and clumsy.

It shows the whole way from release to report, and serves the tests as honest and
clumsy input. Everything is drawn from one fixed seed, so every run makes the same class.
"""

import copy
import io
import json
import math
import random
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cslearn.exercises.answers import literal
from cslearn.exercises.exercise import Exercise, available, read
from cslearn.marking.classroom import Classroom, Learner, create_classroom, plain
from cslearn.marking.engine import mark_class
from cslearn.marking.feedback import feedback, zip_feedback
from cslearn.marking.files import write_whole
from cslearn.marking.intake import collect
from cslearn.marking.release import release
from cslearn.marking.report import report
from cslearn.northfold.case import case
from cslearn.problem import Problem

SALT = "a sample class keeps no secrets"
MARKER = "made-by-cslearn-demo.txt"

# Fictional. Any likeness to a real person is chance.
NAMES = (
    "Amara Okonjo", "Tomasz Wiśniewski", "Priya Raghunathan", "Callum Ferrier", "Niamh Gallaher", "Yusuf Demirel",
    "Siân Prosser", "Kwabena Asante-Boadu", "Elena Marchetti", "Oluwaseun Adeyinka", "Harriet Thorne", "Minh Anh Dao",
    "José Luis Arrieta", "Fatima Zahra Bennani", "Rhys Llewelyn-Hart", "Zoë Vandermeer", "Arjun Chatterjee",
    "Magdalena Kowalczyk", "Declan O'Hanlon", "Aisha Rahmanzai", "Søren Lindqvist", "Grace Mbeki-Nolan", "Imran Qureshi",
    "Ottilie Brandt", "Chidi Nwachukwu", "Beatriz Sampaio", "Hamish Drummond", "Leila Farrokhzad", "Jun Takemori",
    "Rosalind Peake", "Mateusz Zieliński", "Ffion Cadwallader",
)  # fmt: skip
# The last two on the roster have not handed in.
HANDED_IN = 30

# People close in their own words.
CLOSINGS = (
    "I checked every figure **twice**.",
    "Finance should see this before we go on.",
    "My own team would notice the difference within a month.",
    "I would tell the branches myself.",
    "The courier contract ends in the spring, which is a good moment.",
    "We should also ask the customers who left.",
    "I am less sure about the second year.",
)
# How much of the tutor's model answer people's own texts hold: from nothing to all of it.
_WRITTEN = (0.0, 0.1, 0.4, 0.7, 1.0)
# One text that two people have handed in, for the report to point out.
COPIED = {27: 12}


@dataclass(frozen=True)
class Sample:
    """One learner's hand-in: the file as its platform would carry it."""

    learner: Learner
    filename: str
    data: bytes
    at: datetime
    says: str


def demo(into: Path, say: Callable[[str], None] = print, exercises: Sequence[str] = ()) -> Classroom:
    """Make the sample class in a folder and take it all the way to the report, with these exercises (none: all)."""
    chosen = [read(name) for name in exercises or available()]
    # In the order of the marking points, as the course has them.
    chosen.sort(key=lambda exercise: exercise.tasks[0].id)
    root = _fresh(into)
    say(f"1. A class of {len(NAMES)} in {root}")
    write_whole(root / "roster.csv", roster_csv())
    classroom = create_classroom(root, salt=SALT)
    names = {learner.id: learner.name for learner in classroom.roster.values()}
    say(f"2. Release, with a code for each learner (codes.csv): {', '.join(one.title for one in chosen)}")
    for exercise in chosen:
        release(classroom, exercise)
    say("3. Collect from a Moodle zip and a Canvas zip, and mark")
    for exercise in chosen:
        say(f"   {exercise.title}")
        for line in _collected_and_marked(classroom, exercise, names):
            say(f"   {line}")
    say("4. Feedback pages")
    pages = []
    for exercise in chosen:
        made = feedback(classroom, exercise)
        zip_feedback(classroom, exercise, made)
        pages += made
    say(f"   {len(pages)} pages, and a zip of them for each exercise in {root / 'feedback'}")
    say("5. Report")
    html, table = report(classroom, chosen)
    say(f"Look at {html}")
    say(f"     and {table}, {pages[0]}")
    say(f"Give the written answers their marks with: cslearn review --class {root}")
    return classroom


def _collected_and_marked(classroom: Classroom, exercise: Exercise, names: dict[str, str]) -> Iterator[str]:
    samples = sample_class(classroom, exercise)
    half = len(samples) * 3 // 5
    inbox = classroom.root / "inbox" / exercise.name
    write_whole(inbox / "moodle.zip", moodle_zip(samples[:half]))
    write_whole(inbox / "canvas.zip", canvas_zip(samples[half:]))
    for path in (inbox / "moodle.zip", inbox / "canvas.zip"):
        yield from collect(classroom, path, exercise).lines(names)
    yield from mark_class(classroom, exercise).lines(names)


def _fresh(into: Path) -> Path:
    root = into.resolve()
    if root.exists() and any(root.iterdir()):
        if not (root / MARKER).is_file():
            raise Problem(f"{root} is not empty and is no earlier demo; choose another folder with --into.")
        shutil.rmtree(root)
    root.mkdir(parents=True, exist_ok=True)
    write_whole(root / MARKER, "This class is invented. `cslearn demo` may delete this folder and make it again.\n")
    return root


def roster_csv() -> str:
    """The sample roster."""
    rows = ["learner_id,name,email,extra_time"]
    for number, name in enumerate(NAMES, start=1):
        first, *_, last = name.split()
        extra = "25%" if number in (7, 21) else ""
        rows.append(f"NH{number:03},{name},{plain(first)}.{plain(last)}@northfold.example,{extra}")
    return "\n".join(rows) + "\n"


def sample_class(classroom: Classroom, exercise: Exercise) -> list[Sample]:
    """Thirty hand-ins, the same in every run."""
    from cslearn.exercises.personas import personas

    people = personas(exercise)
    released = json.loads(classroom.released(exercise.name).read_text(encoding="utf-8"))
    learners = list(classroom.roster.values())[:HANDED_IN]
    samples = []
    for number, learner in enumerate(learners):
        rng = random.Random(f"{SALT} {number}")
        persona = people[number % len(people)]
        own = case(exercise.name, code=classroom.codes[learner.id])
        answers = {t.name: persona.answer(t.name, own, rng) for t in exercise.tasks if t.award == "auto"}
        author = COPIED.get(number, number)
        written = {t.name: _text(t.model_answer, author) for t in exercise.tasks if t.award == "tutor"}
        notebook = fill(released, exercise, answers, written, classroom.codes[learner.id])
        says, change = _CLUMSY.get(number, ("", None))
        filename = f"{exercise.name}.ipynb"
        save = as_jupyterlite if number % 3 == 2 else as_jupyterlab
        context = _Context(notebook, classroom, learners, exercise, save)
        data = change(context) if change else save(notebook)
        filename = context.filename or filename
        at = datetime(2024, 6, 10, 9, 0) + timedelta(hours=3 * number, minutes=7 * number % 60)
        samples.append(Sample(learner, filename, data, at, says))
    return samples


def _text(model: str, author: int) -> str:
    """What the sample learner of this number writes: the first sentences of the model answer, and one of their own."""
    sentences = re.split(r"(?<=[.!?])\s+", model.strip())
    taken = math.ceil(_WRITTEN[author % len(_WRITTEN)] * len(sentences))
    return " ".join((*sentences[:taken], CLOSINGS[author % len(CLOSINGS)])) if taken else ""


def fill(released: dict, exercise: Exercise, answers: dict[str, object], written: dict[str, str], code: str) -> dict:
    """The released notebook with answers typed in, as a notebook in memory."""
    notebook = copy.deepcopy(released)
    for cell in notebook["cells"]:
        ours = cell["metadata"].get("cslearn", {})
        task = ours.get("task", "")
        match ours.get("role"):
            case "learner_code":
                cell["source"] = f'learner_code = "{code}"'
            case "answer" if task in answers:
                cell["source"] = f"{exercise.task(task).variable} = {literal(answers[task])}"
            case "written" if written.get(task):
                cell["source"] = written[task]
    return notebook


def as_jupyterlab(notebook: dict) -> bytes:
    """The file as JupyterLab saves it: one space of indent, sorted keys, lines as lists, a last line end."""
    saved = copy.deepcopy(notebook)
    saved["metadata"] = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python", "version": "3.12.3"},
    }
    for cell in saved["cells"]:
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
    return (json.dumps(saved, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def as_jupyterlite(notebook: dict) -> bytes:
    """The file as JupyterLite gives it for download: Pyodide's kernel, trust noted in cells, no last line end."""
    saved = copy.deepcopy(notebook)
    saved["metadata"] = {
        "kernelspec": {"name": "python", "display_name": "Python (Pyodide)", "language": "python"},
        "language_info": {"codemirror_mode": {"name": "python", "version": 3}, "name": "python", "version": "3.12"},
    }
    saved["nbformat_minor"] = 5
    for cell in saved["cells"]:
        cell["source"] = "".join(cell["source"])
        cell["metadata"] = {**cell["metadata"], "trusted": True}
    return json.dumps(saved, indent=2, ensure_ascii=False).encode()


# ---- clumsy hand-ins ------------------------------------------------------------------------


@dataclass
class _Context:
    notebook: dict
    classroom: Classroom
    learners: list[Learner]
    exercise: Exercise
    save: Callable[[dict], bytes]
    filename: str = ""

    def cell(self, role: str, number: int = 0) -> dict:
        """The answer or check cell of an automatic task, by its number, or another cell by its role."""
        task = [task.name for task in self.exercise.tasks if task.award == "auto"][number]
        for cell in self.notebook["cells"]:
            ours = cell["metadata"].get("cslearn", {})
            if ours.get("role") == role and ours.get("task", task) == task:
                return cell
        raise LookupError(role)

    @property
    def variable(self) -> str:
        """The name that the first answer cell assigns."""
        return next(task.variable for task in self.exercise.tasks if task.award == "auto")

    def done(self) -> bytes:
        return self.save(self.notebook)


def _stripped(context: _Context) -> bytes:
    for cell in context.notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    context.notebook["nbformat_minor"] = 4
    return json.dumps(context.notebook).encode()


def _reordered(context: _Context) -> bytes:
    cells = context.notebook["cells"]
    cells.append(cells.pop(cells.index(context.cell("answer"))))
    return context.done()


def _deleted(context: _Context) -> bytes:
    context.notebook["cells"].remove(context.cell("check", 1))
    return context.done()


def _duplicated(context: _Context) -> bytes:
    cells = context.notebook["cells"]
    twin = copy.deepcopy(context.cell("answer", 1))
    twin["id"] = "0f3a9c21"
    cells.insert(cells.index(context.cell("answer", 1)) + 1, twin)
    return context.done()


def _edited_check(context: _Context) -> bytes:
    context.cell("check")["source"] = "# what does this do?\n" + "".join(context.cell("check")["source"])
    return context.done()


def _with_mark(context: _Context) -> bytes:
    return b"\xef\xbb\xbf" + context.done()


def _with_outputs(context: _Context) -> bytes:
    for number, cell in enumerate(context.notebook["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = number
            cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": f"output {number}\n" * 200}]
    return context.done()


def _cut_off(context: _Context) -> bytes:
    return context.done()[:-1800]


def _renamed(context: _Context) -> bytes:
    context.filename = "my final version (2).ipynb"
    return context.done()


def _with_code(context: _Context) -> bytes:
    cell = context.cell("answer")
    cell["source"] = "".join(cell["source"]) + f"\n{context.variable} = {{**{context.variable}}}"
    return context.done()


def _of_another(context: _Context) -> bytes:
    context.cell("learner_code")["source"] = f'learner_code = "{context.classroom.codes[context.learners[0].id]}"'
    return context.done()


def _without_code(context: _Context) -> bytes:
    context.cell("learner_code")["source"] = 'learner_code = ""'
    return context.done()


def _with_scratch(context: _Context) -> bytes:
    extra = {
        "cell_type": "code",
        "execution_count": None,
        "id": "5c1d77e0",
        "metadata": {},
        "outputs": [],
        "source": "",
    }
    extra["source"] = f"print(3 * 1250 / 52)\nprint({context.variable})"
    cells = context.notebook["cells"]
    cells.insert(cells.index(context.cell("answer")) + 1, extra)
    return context.done()


_CLUMSY: dict[int, tuple[str, Callable[[_Context], bytes]]] = {
    3: ("all hidden labels stripped by another tool", _stripped),
    6: ("an answer cell moved to the end", _reordered),
    9: ("a check cell deleted", _deleted),
    11: ("an answer cell there twice", _duplicated),
    13: ("a check cell edited", _edited_check),
    15: ("a byte order mark", _with_mark),
    16: ("saved outputs", _with_outputs),
    18: ("a file that is cut off", _cut_off),
    20: ("another file name", _renamed),
    22: ("code in an answer", _with_code),
    24: ("another learner's code", _of_another),
    26: ("no learner code", _without_code),
    28: ("a scratch cell", _with_scratch),
}


# ---- as platforms pack it -------------------------------------------------------------------


def _zip(files: list[tuple[str, Sample]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, sample in files:
            info = zipfile.ZipInfo(name, sample.at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, sample.data)
    return out.getvalue()


def moodle_zip(samples: list[Sample], folders: bool = True) -> bytes:
    """As Moodle's "Download all submissions": a folder for each learner, or long file names."""
    end = "/" if folders else ""
    return _zip(
        [(f"{s.learner.name}_{410200 + n}_assignsubmission_file_{end}{s.filename}", s) for n, s in enumerate(samples)]
    )


def canvas_zip(samples: list[Sample]) -> bytes:
    """As Canvas's "Download submissions": family name first, no spaces, LATE where it was."""
    files = []
    for number, sample in enumerate(samples):
        *first, last = sample.learner.name.split()
        name = "".join(letter for letter in f"{last}{''.join(first)}".casefold() if letter.isalnum())
        late = "_LATE" if number == len(samples) - 1 else ""
        files.append((f"{name}{late}_{7300 + number}_{912000 + number}_{sample.filename}", sample))
    return _zip(files)
