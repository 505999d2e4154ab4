"""The tutor's report: marks by marking point and task, misconceptions, and who needs attention."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cslearn import syllabus
from cslearn.exercises.exercise import Exercise, Task
from cslearn.exercises.standards import SUFFIX, standards
from cslearn.marking.classroom import Classroom, Learner
from cslearn.marking.engine import submitted
from cslearn.marking.files import spreadsheet_safe, write_whole
from cslearn.marking.gradebook import Entry, Gradebook
from cslearn.marking.moved import Moved
from cslearn.marking.pages import duration, esc, figure, page, table
from cslearn.marking.stock_style import LABEL, is_stock_style
from cslearn.problem import Problem

# Shorter answers may well agree by chance.
LIKENESS_FROM = 20
# So many names stand in a row of the report as they are.
FEW = 4


@dataclass(frozen=True)
class Sheet:
    """One exercise of the class: its entries by learner, and who handed in without being marked yet."""

    exercise: Exercise
    entries: dict[str, Entry]
    pending: dict[str, str]
    moves: list[tuple[datetime, Moved]] = field(default_factory=list)

    @property
    def marked(self) -> dict[str, Entry]:
        return {learner: entry for learner, entry in self.entries.items() if entry.scores}


def report(classroom: Classroom, exercises: Iterable[Exercise]) -> tuple[Path, Path]:
    """Write report.html and report.csv into the class folder from the gradebook as it is now."""
    # In the order of the marking points, as the course has them; a tutor's own assignments come last.
    ordered = sorted(exercises, key=lambda exercise: (not exercise.point, exercise.point))
    sheets = [_sheet(classroom, exercise) for exercise in ordered]
    if not any(sheet.entries or sheet.pending for sheet in sheets):
        raise Problem("Nothing has been handed in yet; run `cslearn collect` and `cslearn mark` first.")
    page_path, csv_path = classroom.root / "report.html", classroom.root / "report.csv"
    write_whole(page_path, report_page(classroom.roster, sheets))
    # With a byte order mark, because Excel otherwise shows accents in names as gibberish.
    write_whole(csv_path, "\ufeff" + report_csv(classroom.roster, sheets))
    return page_path, csv_path


def _sheet(classroom: Classroom, exercise: Exercise) -> Sheet:
    with Gradebook(classroom, exercise.name) as gradebook:
        entries = {entry.learner: entry for entry in gradebook.entries()}
        moves = gradebook.moves()
    pending = {
        learner: reason or "not marked yet; run `cslearn mark`."
        for learner, _, reason in submitted(classroom, exercise.name)
        if learner not in entries
    }
    return Sheet(exercise, entries, pending, moves)


# ---- the page -------------------------------------------------------------------------------


def report_page(roster: dict[str, Learner], sheets: list[Sheet]) -> str:
    """The report as one HTML page without scripts."""
    sections = [
        ("Needs your attention", _attention(roster, sheets)),
        ("Marks by marking point", _by_point(roster, sheets)),
        *((_headed(sheet.exercise), _by_task(roster, sheet) + "\n" + _by_part(sheet)) for sheet in sheets),
        ("Misconceptions", _misconceptions(roster, sheets)),
        ("Notes from the marking", _notes(roster, sheets)),
    ]
    if any(sheet.moves for sheet in sheets):
        sections.append(("Marks that moved", _moves(roster, sheets)))
    links = "".join(f'<li><a href="#s{n}">{esc(heading)}</a></li>' for n, (heading, _) in enumerate(sections))
    parts = [
        _overview(roster, sheets),
        f'<nav aria-label="On this page"><ul class="links">{links}</ul></nav>',
        *(f'<h2 id="s{n}">{esc(heading)}</h2>\n{body}' for n, (heading, body) in enumerate(sections)),
    ]
    return page(
        "Class report",
        "\n".join(parts),
        "Made from the gradebook as it was when this page was written. Run `cslearn report` again after marking by hand.",
    )


def _overview(roster: dict[str, Learner], sheets: list[Sheet]) -> str:
    rows = []
    for sheet in sheets:
        totals = [entry.total for entry in sheet.marked.values()]
        unmarked = sum(not entry.marked for entry in sheet.entries.values()) + len(sheet.pending)
        rows.append(
            [
                esc(_headed(sheet.exercise)),
                f"{len(set(sheet.entries) | set(sheet.pending))} of {len(roster)}",
                str(sum(entry.marked for entry in sheet.entries.values())),
                str(sum(entry.marked and entry.waiting for entry in sheet.entries.values())),
                str(unmarked),
                f"{figure(sum(totals) / len(totals))} of {figure(sheet.exercise.marks)}" if totals else "–",
            ]
        )
    head = ["Exercise", "Handed in", "Marked", "Wait for you", "Not marked", "Mean so far"]
    return table("The class at a glance", head, rows, frozenset(range(1, 6)))


def _attention(roster: dict[str, Learner], sheets: list[Sheet]) -> str:
    waiting, unmarked, absent, late = [], [], [], []
    waits = missing_in_all = 0
    for sheet in sheets:
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for learner, entry in sheet.entries.items():
            if not entry.marked:
                unmarked.append([_who(roster, learner), esc(sheet.exercise.title), esc(entry.reason)])
            elif tasks := [task for task in sheet.exercise.tasks if _is_waiting(entry, task)]:
                why = ["has another code"] if not entry.detail.get("own_case", True) else []
                why += ["marker fault"] if entry.detail.get("faults") else []
                named = ", ".join(f"{task.id} {task.title}" for task in tasks)
                groups[named, ", ".join(why)].append(learner)
        for (named, why), learners in groups.items():
            waits += len(learners)
            waiting.append([esc(named), str(len(learners)), _several(roster, learners), esc(why)])
        for learner, reason in sheet.pending.items():
            unmarked.append([_who(roster, learner), esc(sheet.exercise.title), esc(reason)])
        for learner, entry in sheet.marked.items():
            if entry.late:
                costs = f"{figure(entry.penalty)} marks" if entry.penalty else "nothing"
                late.append([_who(roster, learner), esc(sheet.exercise.title), duration(entry.late), costs])
        if missing := [learner for learner in roster if learner not in sheet.entries and learner not in sheet.pending]:
            missing_in_all += len(missing)
            absent.append([esc(_headed(sheet.exercise)), str(len(missing)), _several(roster, missing)])
    return "\n".join(
        [
            # A tutor marks one task for everybody: a row for each task, not one for each learner.
            _counted("Waiting for your marks", waits, ["Tasks", "Learners", "Who", "Also"], waiting, {1})
            or "<p>Nobody waits for your marks.</p>",
            _counted("Could not be marked", len(unmarked), ["Learner", "Exercise", "Why"], unmarked)
            or "<p>Every submission could be marked.</p>",
            _counted("Handed in late", len(late), ["Learner", "Exercise", "After the due time", "Costs"], late),
            _counted("Not handed in", missing_in_all, ["Exercise", "Learners", "Who"], absent, {1})
            or "<p>Everybody on the roster has handed in.</p>",
        ]
    )


def _counted(caption: str, count: int, head: list[str], rows: list[list[str]], numeric: Iterable[int] = ()) -> str:
    """A table whose caption says how many it lists; nothing where there are none."""
    return table(f"{caption}: {count}", head, rows, frozenset(numeric)) if rows else ""


def _by_point(roster: dict[str, Learner], sheets: list[Sheet]) -> str:
    rows = []
    for learner in _everyone(roster, sheets):
        entries = [sheet.marked.get(learner) for sheet in sheets]
        cells = [_total_cell(e) if e else _status(s, learner) for s, e in zip(sheets, entries, strict=True)]
        # Nothing marked is not the same as nothing earned.
        total = figure(sum(e.total for e in entries if e)) if any(entries) else "–"
        rows.append([_who(roster, learner), *cells, total])
    head = ["Learner", *(f"{_short(s.exercise)} of {figure(s.exercise.marks)}" for s in sheets), "Total"]
    caption = "Marks by marking point (a star: part of it still waits for you)"
    return table(caption, head, rows, frozenset(range(1, len(head))))


def _by_task(roster: dict[str, Learner], sheet: Sheet) -> str:
    tasks = sheet.exercise.tasks
    rows = []
    for learner in _everyone(roster, [sheet]):
        entry = sheet.marked.get(learner)
        if entry is None:
            rows.append([_who(roster, learner), *("–" for _ in tasks), _status(sheet, learner)])
        else:
            rows.append([_who(roster, learner), *(_task_cell(entry, task) for task in tasks), _total_cell(entry)])
    head = [
        "Learner",
        *(f"{task.id} of {figure(task.marks)}" for task in tasks),
        f"All of {figure(sheet.exercise.marks)}",
    ]
    named = "; ".join(f"{task.id} {task.title}" for task in tasks)
    return table(f"{_short(sheet.exercise)}: marks by task ({named})", head, rows, frozenset(range(1, len(head))))


def _by_part(sheet: Sheet) -> str:
    """Where the class lost marks: each part's mean share, the greatest loss first."""
    gained: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    errors: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for entry in sheet.entries.values():
        for task_name, marked in entry.detail.get("tasks", {}).items():
            for name, marks, maximum, _, _, error in marked["parts"]:
                gained[task_name, name].append((marks, maximum))
                if error:
                    errors[task_name, name][error] += 1
    rows = []
    for (task_name, name), pairs in gained.items():
        # "answer" stands for a whole answer that was blank or could not be read.
        task = sheet.exercise.task(task_name)
        share = sum(marks for marks, _ in pairs) / max(sum(maximum for _, maximum in pairs), 1e-9)
        lost = sum(maximum - marks for marks, maximum in pairs)
        label = "whole answer blank or unreadable" if name == "answer" else name.replace("_", " ")
        often = sorted(errors[task_name, name].items(), key=lambda item: -item[1])
        typical = "; ".join(f"{error} ({count})" for error, count in often[:3])
        rows.append((lost, [esc(f"{task.id} {label}"), f"{share:.0%}", figure(lost), str(len(pairs)), esc(typical)]))
    if not rows:
        return "<p>Nothing has been marked by rule yet.</p>"
    rows.sort(key=lambda row: -row[0])
    head = ["Part", "Class mean", "Marks lost", "Learners", "Typical errors"]
    return table(
        f"{_short(sheet.exercise)}: where marks were lost", head, [row for _, row in rows], frozenset({1, 2, 3})
    )


def _misconceptions(roster: dict[str, Learner], sheets: list[Sheet]) -> str:
    found: dict[str, set[str]] = defaultdict(set)
    for sheet in sheets:
        for learner, entry in sheet.entries.items():
            for marked in entry.detail.get("tasks", {}).values():
                for _, _, _, _, misconception, _ in marked["parts"]:
                    if misconception:
                        found[misconception].add(learner)
    if not found:
        return "<p>The rules found none of the course's misconceptions in the marked work.</p>"
    rows = []
    for id_, learners in sorted(found.items(), key=lambda item: -len(item[1])):
        named = syllabus.misconception(id_)
        # In the roster's order, whatever the exercise it was found in.
        who = _several(roster, (learner for learner in roster if learner in learners))
        rows.append([f"{esc(id_)} {esc(named.name)}", str(len(learners)), esc(named.says), who])
    return table("Misconceptions found", ["Misconception", "Learners", "What it is", "Who"], rows, frozenset({1}))


def _notes(roster: dict[str, Learner], sheets: list[Sheet]) -> str:
    """A row for each thing that was noticed, the most frequent first: a class makes the same few slips."""
    seen: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for sheet in sheets:
        alike = _alike(sheet)
        for learner, entry in sheet.entries.items():
            notes = [*alike.get(learner, ()), *entry.detail.get("notes", ()), *entry.detail.get("repairs", ())]
            for note in dict.fromkeys(notes):
                seen[note][learner].append(_short(sheet.exercise))
    if not seen:
        return "<p>No notebook needed anything put right.</p>"
    rows = []
    for note, where in sorted(seen.items(), key=lambda item: -sum(map(len, item[1].values()))):
        who = [f"{_who(roster, learner)}: {_places(points, sheets)}" for learner, points in where.items()]
        rows.append([esc(note), _listed(who, "; ")])
    return table("What was noticed and put right", ["What", "Who, and where"], rows)


def _places(points: list[str], sheets: list[Sheet]) -> str:
    return "every exercise" if len(points) == len(sheets) > 2 else esc(", ".join(points))


def _moves(roster: dict[str, Learner], sheets: list[Sheet]) -> str:
    """Marks by rule that changed when work was marked again, the latest first."""
    rows = [
        [_who(roster, change.learner), f"{at:%d %B %Y, %H:%M} UTC", esc(change.sentence)]
        for sheet in sheets
        for at, change in sheet.moves
    ]
    return table("Marks by rule that moved when work was marked again", ["Learner", "When", "What and why"], rows)


def _alike(sheet: Sheet) -> dict[str, list[str]]:
    """Written answers that are word for word the same, or the course's own: for the tutor to ask about, never a mark."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for learner, entry in sheet.entries.items():
        for task, text in entry.detail.get("written", {}).items():
            words = _words(text)
            if words.count(" ") + 1 >= LIKENESS_FROM and task not in entry.detail.get("untouched", ()):
                groups[task, words].append(learner)
    ours = _course_answers(sheet.exercise) if groups else {}
    said: dict[str, list[str]] = defaultdict(list)
    for (task, words), learners in groups.items():
        title = sheet.exercise.task(task).title
        for learner in learners:
            if (task, words) in ours:
                said[learner].append(f"{title}: word for word {ours[task, words]}.")
            elif len(learners) > 1:
                others = ", ".join(other for other in learners if other != learner)
                said[learner].append(f"{title}: word for word the same text as {others}.")
    return said


def _course_answers(exercise: Exercise) -> dict[tuple[str, str], str]:
    """What the course itself answers to the written tasks, by task and words, and what it is called."""
    found = {}
    # An installed package has no standard answers; the model answer is the one at the highest level.
    if exercise.path and exercise.path.with_suffix(SUFFIX).is_file():
        for task, answers in standards(exercise).items():
            for answer in answers:
                found[task, _words(answer.text)] = f"the standard answer at level {answer.level} of the tutor's pages"
    for task in exercise.tasks:
        if task.award == "tutor":
            found[task.name, _words(task.model_answer)] = "the model answer"
    return found


def _words(text: str) -> str:
    """The words alone: neither capitals nor spaces make a text another one."""
    return " ".join(text.casefold().split())


def _everyone(roster: dict[str, Learner], sheets: list[Sheet]) -> list[str]:
    others = {learner for sheet in sheets for learner in (*sheet.entries, *sheet.pending)} - set(roster)
    return [*roster, *sorted(others)]


def _short(exercise: Exercise) -> str:
    return exercise.point or exercise.name


def _headed(exercise: Exercise) -> str:
    """What to call an exercise in full. Where the learner's code had a hand in the marks, it says so."""
    return f"{exercise.title} ({LABEL})" if is_stock_style(exercise) else f"{exercise.point} {exercise.title}"


def _who(roster: dict[str, Learner], learner: str) -> str:
    known = roster.get(learner)
    return f"{esc(known.name)} ({esc(learner)})" if known else f"{esc(learner)} (not in the roster)"


def _several(roster: dict[str, Learner], learners: Iterable[str]) -> str:
    return _listed([_who(roster, learner) for learner in learners])


def _listed(names: list[str], between: str = ", ") -> str:
    """Some learners by name; where there are many, to be opened, since twenty names fill a phone's screen."""
    listed = between.join(names)
    return listed if len(names) <= FEW else f"<details><summary>{len(names)} names</summary>{listed}</details>"


def _is_waiting(entry: Entry, task: Task) -> bool:
    score = entry.scores.get(task.name)
    return score is not None and score.waiting


def _total_cell(entry: Entry) -> str:
    star = '<span class="wait" title="part of it still waits for you"> *</span>' if entry.waiting else ""
    return figure(entry.total) + star


def _task_cell(entry: Entry, task: Task) -> str:
    score = entry.scores.get(task.name)
    if score is None:
        return "–"
    if score.waiting and score.auto is None and not score.by_person:
        return '<span class="wait">waits *</span>'
    return figure(score.score) + ('<span class="wait"> *</span>' if score.waiting else "")


def _status(sheet: Sheet, learner: str) -> str:
    if learner in sheet.entries or learner in sheet.pending:
        return '<span class="wait">not marked</span>'
    return "not handed in"


# ---- the spreadsheet ------------------------------------------------------------------------


def report_csv(roster: dict[str, Learner], sheets: list[Sheet]) -> str:
    """One line for each learner: status and marks of each marking point, then of each of its tasks."""
    head = ["learner_id", "name", "email"]
    for sheet in sheets:
        point = _short(sheet.exercise)
        head += [f"{point} status", f"{point} marks (of {figure(sheet.exercise.marks)})"]
        head += [f"{task.id} marks (of {figure(task.marks)})" for task in sheet.exercise.tasks]
        head += [f"{point} misconceptions", f"{point} why not marked"]
        if is_stock_style(sheet.exercise):
            head[-2] = f"{point} is marked by"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    for learner in _everyone(roster, sheets):
        known = roster.get(learner) or Learner(learner, "")
        row: list[object] = [known.id, known.name, known.email]
        for sheet in sheets:
            row += _csv_cells(sheet, learner)
        writer.writerow([spreadsheet_safe(cell) for cell in row])
    return out.getvalue()


def _csv_cells(sheet: Sheet, learner: str) -> list[object]:
    tasks = sheet.exercise.tasks
    entry = sheet.entries.get(learner)
    if entry is None:
        reason = sheet.pending.get(learner, "")
        return ["not marked" if reason else "not handed in", "", *("" for _ in tasks), "", reason]
    status = "not marked" if not entry.marked else "waits for tutor" if entry.waiting else "complete"
    if not entry.scores:
        return [status, "", *("" for _ in tasks), "", entry.reason]
    marks: list[object] = []
    for task in tasks:
        score = entry.scores.get(task.name)
        unknown = score is None or (score.waiting and score.auto is None and not score.by_person)
        marks.append("" if unknown else figure(score.score))
    found = {part[4] for marked in entry.detail.get("tasks", {}).values() for part in marked["parts"] if part[4]}
    said = LABEL if is_stock_style(sheet.exercise) else " ".join(sorted(found))
    return [status, figure(entry.total), *marks, said, entry.reason]
