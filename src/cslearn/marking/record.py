"""The marked notebook for nbgrader's autograded/ folder.

Formgrader shows this file to the tutor with the learner's markdown as live HTML, in
a page that may change every grade. So nothing of the learner's goes in as it is:
the released cells are the frame, and into them go the learner's sources (code cells are
shown as text) and the learner's prose with its HTML and links made inert.
"""

import base64
import binascii
import html
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cslearn.exercises.award import Award
from cslearn.exercises.check import Mark, award_html
from cslearn.exercises.exercise import Exercise
from cslearn.marking.reading import Released, ReleasedCell, Submission
from cslearn.marking.stock_style import SourceCell, source_of

if TYPE_CHECKING:
    from cslearn.marking.marker import Marked

IMAGE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")
MAX_IMAGE = 4_000_000
# A page that colours a million characters of code keeps the tutor waiting.
MAX_SHOWN = 20_000
MAX_EXTRAS = 60
# A card is read in half a minute: with these, it stays at a dozen lines.
MAX_EVIDENCE = 3
# Every part has a bound: a pattern that looks ahead without one takes hours on "![](" five thousand times.
_IMAGE = re.compile(r"""!\[(?:[^\[\]\n]{0,200}\]\(attachment:(?P<name>[\w.-]{1,100})(?:\s{1,9}"[^"\n]{0,100}")?\))?""")


def record_of(
    exercise: Exercise,
    released: Released,
    submission: Submission,
    marked: "Marked",
    notes,
    checksums: dict[str, str],
) -> bytes:
    """The marked notebook as a file's content, valid nbformat 4.5."""
    cells: list[dict] = []
    own: dict[str, list[dict]] = {}
    for number, extra in enumerate(submission.extras[:MAX_EXTRAS]):
        own.setdefault(extra.behind, []).append(_extra(extra.kind, extra.source, f"extra-{number}", submission))
    cells += own.pop("", [])
    for cell in released.cells:
        if cell.role == "written":
            cells.append(_card(exercise, cell, submission, marked, notes))
        cells.append(_cell(exercise, cell, submission, marked))
        cells += own.pop(cell.id, [])
    metadata = {**released.metadata, "cslearn": {"exercise": exercise.name, "marked": True}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def record_of_tests(released: Released, submission: Submission, sources: Mapping[str, SourceCell]) -> bytes:
    """The same for an assignment with tests in the notebook: its own cells as the frame, and what they showed."""
    own: dict[str, list[dict]] = {}
    for number, extra in enumerate(submission.extras[:MAX_EXTRAS]):
        own.setdefault(extra.behind, []).append(_extra(extra.kind, extra.source, f"extra-{number}", submission))
    cells = own.pop("", [])
    for cell in released.cells:
        cells.append(_tested_cell(cell, submission, sources))
        cells += own.pop(cell.id, [])
    metadata = {**released.metadata, "cslearn": {"exercise": released.exercise, "marked": True}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _tested_cell(cell: ReleasedCell, submission: Submission, sources: Mapping[str, SourceCell]) -> dict:
    metadata = cell.raw["metadata"]
    if cell.task in sources:
        # nbgrader tells by it whether a cell is as it was handed out.
        metadata = {**metadata, "nbgrader": {**metadata["nbgrader"], "checksum": sources[cell.task].checksum}}
    id_ = re.sub(r"[^A-Za-z0-9_-]", "-", cell.id)[:64]
    source = source_of(cell, submission, sources)
    if cell.kind == "code":
        outputs = _shown(submission, cell.id)
        return {
            "cell_type": "code",
            "execution_count": 1 if outputs else None,
            "id": id_,
            "metadata": metadata,
            "outputs": outputs,
            "source": _cut(source),
        }
    made = {"cell_type": cell.kind, "id": id_, "metadata": metadata, "source": source}
    if cell.role == "written" or source != cell.source:
        attachments = safe_images(submission.attachments.get(cell.id, {}))
        made["source"] = inert(source, attachments)
        if attachments:
            made["attachments"] = attachments
    return made


def _cell(exercise: Exercise, cell: ReleasedCell, submission: Submission, marked: "Marked") -> dict:
    metadata = cell.raw["metadata"]
    source = cell.source
    if cell.kind == "code":
        source = _cut(submission.sources.get(cell.id, source))
        outputs = _outputs(exercise, cell.task, marked) if cell.role == "check" else _shown(submission, cell.id)
        return {
            "cell_type": "code",
            "execution_count": 1 if outputs else None,
            "id": cell.id,
            "metadata": metadata,
            "outputs": outputs,
            "source": source,
        }
    made = {"cell_type": cell.kind, "id": cell.id, "metadata": metadata, "source": source}
    if cell.role == "written":
        attachments = safe_images(submission.attachments.get(cell.id, {}))
        made["source"] = inert(submission.sources.get(cell.id, ""), attachments)
        if attachments:
            made["attachments"] = attachments
    return made


def _outputs(exercise: Exercise, task: str, marked: "Marked") -> list[dict]:
    """What the check cell itself would have shown."""
    if task in marked.faults:
        text = f"Marker fault, please mark this task yourself: {marked.faults[task]}"
        return [{"name": "stdout", "output_type": "stream", "text": text}]
    award = marked.awards[task]
    shown = Mark(award.marks, award_html(exercise.task(task), award))
    return [
        {
            "data": {"text/html": _quiet(shown._repr_html_()), "text/plain": repr(shown)},
            "execution_count": 1,
            "metadata": {},
            "output_type": "execute_result",
        }
    ]


def _shown(submission: Submission, key: str) -> list[dict]:
    """What a cell showed in the sandbox: text, and ordinary pictures. HTML never came out of it."""
    shown = []
    for output in submission.outputs.get(key, ()):
        made = dict(output)
        if "data" in made:
            pictures = safe_images({"picture": made["data"]}).get("picture", {})
            text = {kind: value for kind, value in made["data"].items() if kind == "text/plain"}
            made["data"] = {**text, **pictures}
            if made["output_type"] == "execute_result":
                made["execution_count"] = None
        shown.append(made)
    return shown


def _card(exercise: Exercise, cell: ReleasedCell, submission: Submission, marked: "Marked", notes) -> dict:
    """What a tutor needs beside a written answer: at most a dozen lines, and never a suggested mark."""
    task = exercise.task(cell.task)
    words = len(marked.written.get(cell.task, "").split())
    lines = ["**For the tutor**", ""]
    scores = [f"{html.escape(exercise.task(name).title)} {_scored(award)}" for name, award in marked.awards.items()]
    if scores:
        lines.append(f"- Marked by rule: {'; '.join(scores)}")
    asked = f" (asked for: {task.words[0]} to {task.words[1]})" if task.words else ""
    lines.append("- Handed in as it was released" if cell.task in marked.untouched else f"- {words} words{asked}")
    lost = [
        part.sentence
        for award in marked.awards.values()
        for part in award.parts
        if part.misconception and part.marks < part.maximum
    ]
    evidence = [line for award in marked.awards.values() for line in award.evidence]
    for label, sentences in (
        ("Figures", evidence[:MAX_EVIDENCE]),
        ("Misconception", lost[:2]),
        ("Note", list(notes)[:2]),
        ("Put right", marked.repairs[:1]),
        ("You could ask", task.questions[:2]),
    ):
        lines += [f"- {label}: {_escaped(sentence)}" for sentence in sentences]
    if task.model_answer:
        lines.append(
            "- An answer for full marks, on the practice case (the learner's figures differ; answers at the other levels"
            f" are in the tutor guide, under Standard answers): {_escaped(task.model_answer)}"
        )
    return {
        "cell_type": "markdown",
        "id": f"{cell.id[:48]}-for-the-tutor",
        "metadata": {"cslearn": {"role": "tutor-card", "task": cell.task}, "tags": ["for-the-tutor"]},
        "source": f'<div class="tex2jax_ignore">\n\n{chr(10).join(lines)}\n\n</div>',
    }


def _scored(award: Award) -> str:
    """The marks of a task, and for which parts some were lost."""
    less = [part.name.replace("_", " ") for part in award.parts if part.marks < part.maximum - 1e-9]
    lost = f" (less for {', '.join(html.escape(name) for name in less[:4])})" if less and award.marks else ""
    return f"{award.marks:g} of {award.maximum:g}{lost}"


def _extra(kind: str, source: str, id_: str, submission: Submission) -> dict:
    source = _cut(source)
    if kind == "markdown":
        return {"cell_type": "markdown", "id": id_, "metadata": {}, "source": inert(source, {})}
    # A raw cell would be put into the page unescaped; as code it is shown as text.
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": id_,
        "metadata": {},
        "outputs": _shown(submission, id_),
        "source": source,
    }


def _cut(source: str) -> str:
    return source if len(source) <= MAX_SHOWN else source[:MAX_SHOWN] + "\n# … (the rest is not shown here)"


def inert(source: str, attachments: dict) -> str:
    """A learner's markdown that can be shown by a renderer which lets HTML through.

    Tags, links with a scheme of their own, images from elsewhere and MathJax (whose
    \\href runs scripts) are shown as text. Headings, lists, tables and emphasis stay.
    """
    text = source.replace("&", "&amp;").replace("<", "&lt;")

    def image(match: re.Match) -> str:
        return match[0] if match["name"] in attachments else f"\\{match[0]}"

    text = _IMAGE.sub(image, text)
    # What is left of "attachment:" names no file in this cell, and nbconvert stops at that.
    text = re.sub(
        r"attachment:(?P<name>[^)\s]*)",
        lambda match: match[0] if match["name"] in attachments else f"attachment {match['name']}",
        text,
    )
    # Only ordinary addresses stay links; "javascript\\:" is one of many spellings of a scheme.
    text = re.sub(r"\]\((?!https?://|mailto:|attachment:)", r"]\\(", text)
    # Reference-style links and images take their targets from lines such as "[name]: target".
    text = text.replace("]:", "]\\:")
    return f'<div class="tex2jax_ignore">\n\n{text}\n\n</div>'


def _escaped(text: object) -> str:
    flat = " ".join(str(text).split()).replace("|", "&#124;")
    return re.sub(r"([\\`*_\[\]!])", r"\\\1", html.escape(flat, quote=False))


def _quiet(markup: str) -> str:
    # A sentence may quote an entry of the learner's; MathJax must not read it.
    return f'<div class="tex2jax_ignore">{markup}</div>' if "$" in markup or "\\" in markup else markup


def safe_images(attachments: dict) -> dict:
    """The attachments that are ordinary pictures; SVG can hold scripts and is left out."""
    safe = {}
    for name, kinds in attachments.items():
        if not (isinstance(name, str) and isinstance(kinds, dict) and re.fullmatch(r"[\w. -]{1,100}", name)):
            continue
        for kind in IMAGE_TYPES:
            data = kinds.get(kind)
            if isinstance(data, list):
                data = "".join(part for part in data if isinstance(part, str))
            if isinstance(data, str) and len(data) <= MAX_IMAGE:
                try:
                    decoded = base64.b64decode(data.replace("\n", ""), validate=True)
                except (binascii.Error, ValueError):
                    continue
                safe[name] = {kind: base64.b64encode(decoded).decode()}
                break
    return safe
