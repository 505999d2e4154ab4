"""Feedback pages: one safe, self-contained HTML file for each learner and exercise."""

import io
import json
import zipfile
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

from cslearn import syllabus
from cslearn.exercises.exercise import Exercise, Task
from cslearn.marking.classroom import Classroom, Learner
from cslearn.marking.files import write_whole
from cslearn.marking.gradebook import Entry, Gradebook, Score
from cslearn.marking.pages import duration, esc, figure, page, table
from cslearn.marking.reading import read_released
from cslearn.marking.record import safe_images
from cslearn.marking.stock_style import LABEL, is_stock_style
from cslearn.problem import Problem

# Beyond this a renderer's time grows faster than the text; nobody asks for 3,000 words.
MAX_RENDERED = 20_000
# So does the search for the end of a link, and nobody writes five hundred links.
MAX_BRACKETS = 500


def feedback(classroom: Classroom, exercise: Exercise) -> list[Path]:
    """Write feedback/<learner>/<exercise>/<exercise>.html for every marked submission."""
    released = read_released(classroom.released(exercise.name), exercise.name)
    with Gradebook(classroom, exercise.name) as gradebook:
        entries = [entry for entry in gradebook.entries() if entry.marked]
    if not entries:
        raise Problem(f"Nothing of {exercise.name} has been marked yet; run `cslearn mark {exercise.name}` first.")
    written = []
    for entry in entries:
        learner = classroom.roster.get(entry.learner) or Learner(entry.learner, entry.learner)
        pictures = _pictures(classroom, exercise, entry, released.written)
        path = classroom.folder("feedback", entry.learner, exercise.name) / f"{exercise.name}.html"
        write_whole(path, feedback_page(exercise, learner, entry, pictures))
        written.append(path)
    return written


def zip_feedback(classroom: Classroom, exercise: Exercise, pages: list[Path]) -> Path:
    """All feedback pages of an exercise in one zip, a folder for each learner."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in pages:
            archive.write(path, f"{path.parent.parent.name}/{path.name}")
    place = classroom.root / "feedback" / f"{exercise.name}-feedback.zip"
    write_whole(place, out.getvalue())
    return place


def _pictures(classroom: Classroom, exercise: Exercise, entry: Entry, written: dict) -> dict[str, dict]:
    """Pictures that learners put into a written answer, from the marked notebook."""
    if not any("attachment:" in text for text in entry.detail.get("written", {}).values()):
        return {}
    notebook = json.loads(classroom.notebook("autograded", entry.learner, exercise.name).read_bytes())
    ids = {cell.id: task for task, cell in written.items()}
    return {
        ids[cell["id"]]: safe_images(cell["attachments"])
        for cell in notebook["cells"]
        if cell.get("id") in ids and "attachments" in cell
    }


def feedback_page(exercise: Exercise, learner: Learner, entry: Entry, pictures: dict[str, dict] | None = None) -> str:
    """The page as HTML. Everything of the learner's and the tutor's is escaped or goes through the allowlist."""
    total = entry.total
    maximum = sum(score.maximum for score in entry.scores.values())
    waiting = [task for task in exercise.tasks if _score(entry, task) and _score(entry, task).waiting]
    parts = [
        "<dl>",
        f"<dt>Learner</dt><dd>{esc(learner.name)}</dd>",
        f"<dt>Assignment</dt><dd>{esc(exercise.name)}</dd>"
        if is_stock_style(exercise)
        else f"<dt>Marking point</dt><dd>{esc(exercise.point)} {esc(_point_name(exercise.point))}</dd>",
        f"<dt>Marks</dt><dd><strong>{figure(total)} of {figure(maximum)}</strong>"
        + (" so far" if waiting else "")
        + "</dd>",
    ]
    if entry.timestamp is not None:
        late = f", {duration(entry.late)} late" if entry.late else ""
        parts.append(f"<dt>Handed in</dt><dd>{entry.timestamp:%d %B %Y, %H:%M} UTC{late}</dd>")
    parts.append("</dl>")
    if is_stock_style(exercise):
        label = f"{LABEL[0].upper()}{LABEL[1:]}."
        parts.append(f"<p><strong>{label}</strong> These tests ran beside the code that they test.</p>")
    if waiting:
        parts.append(
            '<p class="wait">Still with your tutor: ' + esc(", ".join(task.title for task in waiting)) + ".</p>"
        )
    by_rule = "the tests in the notebook" if is_stock_style(exercise) else "the marking rules"
    rows = [[esc(f"{task.id} {task.title}"), *_marks_cells(_score(entry, task), by_rule)] for task in exercise.tasks]
    if entry.penalty:
        rows.append(["Handed in late", f"−{figure(entry.penalty)}", "your centre’s rule for late work"])
    rows.append([f"All of {esc(exercise.point or exercise.name)}", f"{figure(total)} of {figure(maximum)}", ""])
    parts.append(table("Marks by task", ["Task", "Marks", "Given by"], rows, frozenset({1})))
    for task in exercise.tasks:
        parts.append(_task_section(task, entry, (pictures or {}).get(task.name, {})))
    shown = {cell for task in exercise.tasks for cell in (task.name, f"{task.name}-answer")}
    for cell, comment in entry.comments.items():
        # nbgrader's marking screen lets a tutor comment on an answer whose marks its tests give.
        if cell not in shown and comment != "No response.":
            parts.append(f'<div class="box"><h3>Your tutor says of {esc(cell)}</h3>{prose(comment, {})}</div>')
    if found := _misconceptions(entry):
        parts.append("<h2>Worth thinking about again</h2>")
    for misconception in map(syllabus.misconception, found):
        parts.append(f'<div class="box"><h3>{esc(misconception.name)}</h3><p>{esc(misconception.says)}</p></div>')
    return page(
        f"Feedback: {exercise.title}",
        "\n".join(parts),
        "This mark prepares you for your qualification; it is not an award decision. Ask your tutor about anything unclear.",
    )


def _score(entry: Entry, task: Task) -> Score | None:
    return entry.scores.get(task.name)


def _point_name(id_: str) -> str:
    return next((point.name for point in syllabus.marking_points() if point.id == id_), "")


def _marks_cells(score: Score | None, by_rule: str) -> list[str]:
    if score is None:
        return ["", ""]
    if score.waiting and score.auto is None and not score.by_person:
        return [f"– of {figure(score.maximum)}", '<span class="wait">waits for your tutor</span>']
    by = "your tutor" if score.by_person else by_rule
    if score.waiting:
        by += ', <span class="wait">your tutor will look again</span>'
    return [f"{figure(score.score)} of {figure(score.maximum)}", by]


def _task_section(task: Task, entry: Entry, pictures: dict) -> str:
    detail = entry.detail
    parts = [f"<h2>{esc(task.id)} {esc(task.title)}</h2>"]
    score = _score(entry, task)
    if task.award == "auto":
        if task.name in detail.get("faults", {}):
            parts.append('<p class="wait">The marking rules could not read this answer; your tutor marks it.</p>')
        elif marked := detail.get("tasks", {}).get(task.name):
            # A list, because a table's last column is a few letters wide on a phone.
            parts.append('<ul class="parts">')
            parts += [
                f"<li><strong>{esc(name.replace('_', ' ').capitalize())}</strong>: "
                f"{figure(marks)} of {figure(maximum)}<br>{esc(sentence)}</li>"
                for name, marks, maximum, sentence, *_ in marked["parts"]
            ]
            parts.append("</ul>")
            if marked.get("notes"):
                parts.append(
                    "<p>Look at these entries again:</p><ul>"
                    + "".join(f"<li>{esc(note)}</li>" for note in marked["notes"])
                    + "</ul>"
                )
            if score and score.by_person:
                parts.append(f"<p>Your tutor changed this mark to <strong>{figure(score.score)}</strong>.</p>")
    else:
        text = detail.get("written", {}).get(task.name, "")
        # A task of a tutor's own may have no cell for its answer.
        asked = task.point or task.name in detail.get("written", {})
        if task.name in detail.get("untouched", ()) or (asked and not text.strip()):
            parts.append("<p>No answer was written here.</p>")
        elif text:
            parts.append(f'<h3>Your answer</h3><div class="answer">{prose(text, pictures)}</div>')
        if task.levels:
            rows = [[esc(level["marks"]), esc(level["says"])] for level in task.levels]
            parts.append(table(f"{task.title}: how it is marked", ["Marks", "What the answer shows"], rows))
    for cell in (task.name, f"{task.name}-answer"):
        comment = entry.comments.get(cell)
        if comment and comment != "No response.":
            parts.append(f'<div class="box"><h3>Your tutor says</h3>{prose(comment, {})}</div>')
    return "\n".join(parts)


def _misconceptions(entry: Entry) -> list[str]:
    found = [
        misconception
        for task in entry.detail.get("tasks", {}).values()
        for _, _, _, _, misconception, *_ in task["parts"]
        if misconception
    ]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    # "js-default" has HTML off and drops javascript:, vbscript:, file: and data: links.
    renderer = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    # Headings of a learner's would break the outline of the page; thousands of link definitions take minutes.
    renderer.disable(["heading", "lheading", "reference"])
    renderer.add_render_rule("image", _image)
    renderer.add_render_rule("link_open", _link)
    return renderer


def _image(renderer, tokens, index, options, env) -> str:
    token = tokens[index]
    alt = esc(token.content)
    name = str(token.attrs.get("src", "")).removeprefix("attachment:")
    kinds = env.get("pictures", {}).get(name)
    if not kinds:
        # A picture from elsewhere would tell a stranger who opens this page, and when.
        return f"[picture: {alt}]"
    kind, data = next(iter(kinds.items()))
    return f'<img alt="{alt}" src="data:{kind};base64,{data}">'


def _link(renderer, tokens, index, options, env) -> str:
    href = str(tokens[index].attrs.get("href", ""))
    if urlsplit(href).scheme not in ("http", "https", "mailto"):
        return "<a>"
    return f'<a href="{esc(href)}" rel="noopener noreferrer nofollow">'


def prose(text: str, pictures: dict) -> str:
    """A person's markdown as safe HTML: paragraphs, lists, tables, emphasis, ordinary links, own pictures."""
    if len(text) > MAX_RENDERED:
        return f"<p>{esc(text[:MAX_RENDERED])} … (the rest is left out here)</p>"
    if text.count("[") > MAX_BRACKETS:
        return f"<p>{esc(text)}</p>"
    return _renderer().render(text, {"pictures": pictures})
