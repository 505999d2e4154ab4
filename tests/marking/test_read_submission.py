"""A submitted notebook is read leniently, and what was put right is said."""

import json
import os
import random
from pathlib import Path

import nbformat.reader
import pytest
from handing_in import NAME, cell, changed

from cslearn.marking.demo import as_jupyterlab, as_jupyterlite
from cslearn.marking.literals import Refused, Value
from cslearn.marking.reading import MAX_NOTEBOOK, Unreadable, read, read_bytes

# Stands for a list in a list in a list; 480 deep is what Python's own JSON reader still takes.
DEEP = "deep"


@pytest.fixture
def reading(tmp_path, released):
    """Reads a notebook, or a file's bytes, as if handed in."""

    def reading(notebook: dict | bytes):
        path = tmp_path / "handed-in.ipynb"
        path.write_bytes(notebook if isinstance(notebook, bytes) else as_jupyterlab(notebook))
        return read(path, released, "L001")

    return reading


def full(submission, desk) -> bool:
    """Whether every answer of the expert was found."""
    return {task: answer.value for task, answer in submission.answers.items()} == desk.answers("L001")


def test_an_honest_notebook_needs_no_repair(reading, desk):
    for save in (as_jupyterlab, as_jupyterlite):
        submission = reading(save(desk.notebook()))
        assert full(submission, desk)
        assert submission.written == {"recommendation": "I recommend A, because it serves trust."}
        assert submission.learner_code == desk.codes["L001"]
        assert submission.repairs == submission.needs_code == submission.extras == ()


def test_the_starter_is_read_as_blank_and_untouched(reading, desk):
    submission = reading(desk.blank)
    assert submission.untouched == {"matrix", "cost-benefit", "recommendation"}
    assert submission.learner_code == ""


def strip_metadata(notebook):
    notebook["nbformat_minor"] = 4
    for c in notebook["cells"]:
        c["metadata"] = {}
        del c["id"]


def delete_ids(notebook):
    notebook["nbformat_minor"] = 4
    for c in notebook["cells"]:
        del c["id"]


def new_ids(notebook):
    for number, c in enumerate(notebook["cells"]):
        c["id"] = f"{number:08x}"


def reorder(notebook):
    random.Random(3).shuffle(notebook["cells"])


def delete_check(notebook):
    notebook["cells"].remove(cell(notebook, "matrix"))


def delete_all_prose(notebook):
    notebook["cells"] = [c for c in notebook["cells"] if "cslearn" in c["metadata"]]


def edit_check(notebook):
    cell(notebook, "matrix")["source"] = "7.0"


def edit_set_up(notebook):
    cell(notebook, "set-up")["source"] = "matrix = 'stolen'"


def check_to_markdown(notebook):
    check = cell(notebook, "matrix")
    check.update(cell_type="markdown")
    del check["outputs"], check["execution_count"]


def answer_to_raw(notebook):
    answer = cell(notebook, "matrix-answer")
    answer.update(cell_type="raw")
    del answer["outputs"], answer["execution_count"]


def change_points_and_task(notebook):
    cell(notebook, "matrix")["metadata"]["nbgrader"].update(points=70, grade_id="something-else")


def duplicate_answer(notebook):
    position = notebook["cells"].index(cell(notebook, "matrix-answer"))
    notebook["cells"].insert(position, dict(notebook["cells"][position], id="aaaa"))


def answer_again_in_a_new_cell(notebook):
    position = notebook["cells"].index(cell(notebook, "matrix-answer"))
    filled = notebook["cells"][position]
    notebook["cells"].insert(position + 1, dict(filled, id="bbbb", metadata={}))
    filled["source"] = "matrix = {}"


def blank_twin_below(notebook):
    position = notebook["cells"].index(cell(notebook, "matrix-answer"))
    twin = dict(notebook["cells"][position], id="cccc")
    twin["source"] = "# nothing here\n"
    notebook["cells"].insert(position + 1, twin)


def extra_cells(notebook):
    notebook["cells"].insert(3, {"cell_type": "markdown", "id": "m", "metadata": {}, "source": "a note"})
    notebook["cells"].insert(9, {"cell_type": "code", "id": "n", "metadata": {}, "source": "1 + 1", "outputs": []})
    cell(notebook, "n")["execution_count"] = None


def extra_graded_cell(notebook):
    extra = json.loads(json.dumps(cell(notebook, "matrix")))
    extra.update(id="more", source="100")
    extra["metadata"] = {"nbgrader": {**extra["metadata"]["nbgrader"], "grade_id": "more", "points": 100}}
    notebook["cells"].append(extra)


def foreign_values(notebook):
    notebook["cells"].insert(0, "not a cell")
    notebook["cells"].insert(0, {"cell_type": ["code"], "source": 3, "metadata": None})
    notebook["metadata"] = None


CLUMSY = {
    strip_metadata: "matched by their text and order",
    delete_ids: None,
    new_ids: None,
    reorder: "in another order",
    delete_check: "check cell of matrix was deleted; the released one was used",
    delete_all_prose: None,
    edit_check: "check cell of matrix had been edited",
    edit_set_up: "set-up cell had been edited",
    check_to_markdown: "check cell of matrix had been turned into another kind",
    answer_to_raw: "answer cell of matrix had been turned into another kind",
    change_points_and_task: None,
    duplicate_answer: "answer cell of matrix was there 2 times",
    answer_again_in_a_new_cell: "answer cell of matrix was there 2 times",
    extra_cells: "2 extra cells",
    extra_graded_cell: "1 extra cell",
    foreign_values: None,
}


@pytest.mark.parametrize("clumsy", CLUMSY, ids=lambda clumsy: clumsy.__name__)
def test_an_honest_learner_keeps_every_answer(reading, desk, clumsy):
    notebook = json.loads(json.dumps(desk.notebook()))
    clumsy(notebook)
    submission = reading(json.dumps(notebook).encode())
    assert full(submission, desk)
    assert submission.written["recommendation"].startswith("I recommend")
    assert not submission.needs_code
    if says := CLUMSY[clumsy]:
        assert any(says in repair for repair in submission.repairs), submission.repairs


def test_several_accidents_at_once_are_put_right_together(reading, desk):
    notebook = desk.notebook()
    for clumsy in (duplicate_answer, delete_check, strip_metadata):
        clumsy(notebook)
    submission = reading(json.dumps(notebook).encode())
    assert full(submission, desk)
    assert len(submission.repairs) >= 3


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (lambda nb: b"\xef\xbb\xbf" + as_jupyterlab(nb), "byte order mark"),
        (lambda nb: as_jupyterlab(nb).decode().encode("utf-16"), "UTF-16"),
        (lambda nb: as_jupyterlab(nb).decode().encode("cp1252", "replace"), "Windows text"),
        (lambda nb: as_jupyterlab(nb).replace(b"\n", b"\r\n"), None),
    ],
)
def test_odd_encodings_are_read(reading, desk, file, says):
    submission = reading(file(desk.notebook()))
    assert full(submission, desk)
    assert says is None or any(says in repair for repair in submission.repairs)


def test_an_old_notebook_format_is_brought_up_to_date(reading, desk):
    old = nbformat.convert(nbformat.reader.reads(json.dumps(desk.notebook())), 3)
    submission = reading(json.dumps(old).encode())
    assert full(submission, desk)
    assert any("old format" in repair for repair in submission.repairs)


@pytest.mark.parametrize("number", ["4", None, True, 5, 3, {}, [], -1, 1e300])
def test_a_tool_that_writes_another_format_number_costs_nobody_an_answer(reading, desk, number):
    notebook = desk.notebook()
    notebook["nbformat"] = number
    notebook["worksheets"] = []
    assert full(reading(json.dumps(notebook).encode()), desk)


@pytest.mark.parametrize(
    "where", ["id", "grade_id", "role", "metadata", "cell_type", "source", "outputs", "attachments"]
)
@pytest.mark.parametrize("value", [None, True, 7, 1e300, [], {}, ["x"], {"a": {}}, DEEP], ids=str)
def test_a_value_of_any_type_anywhere_ends_in_an_answer_or_a_sentence(reading, desk, where, value):
    notebook = desk.notebook()
    target = cell(notebook, "matrix-answer")
    match where:
        case "grade_id":
            target["metadata"]["nbgrader"]["grade_id"] = value
        case "role":
            target["metadata"]["cslearn"]["role"] = value
        case _:
            target[where] = value
    data = json.dumps(notebook).replace(f'"{DEEP}"', "[" * 480 + "]" * 480)
    submission = reading(data.encode())
    assert submission.answers["cost-benefit"] == Value(desk.answers("L001")["cost-benefit"])
    if where != "source":
        assert full(submission, desk)


def test_of_two_values_under_one_name_the_last_counts_and_nothing_else_happens(reading, desk):
    data = as_jupyterlab(desk.notebook())
    assert full(reading(data.replace(b"{", b'{"cells": 3, "__proto__": {"cells": []}, "__class__": 1,', 1)), desk)


def test_fifty_megabytes_of_saved_output_cost_nothing(reading, desk):
    notebook = desk.notebook()
    cell(notebook, "set-up")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 50_000_000}]
    assert full(reading(notebook), desk)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"hello", "not a notebook"),
        (b"[1, 2]", "not a notebook"),
        (b"{}", "no cells"),
        (b'{"cells": 3, "nbformat": 4}', "no cells"),
        (b'{"cells": []}', "another notebook"),
        (b'{"nbformat": 3, "worksheets": 7}', "could not be brought up to date"),
        (b'{"nbformat": "x", "cells": []}', "another notebook"),
        (b'{"nbformat": "x"}', "could not be brought up to date"),
        (b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> theirs\n]}', "merge conflict"),
        (b'{"a": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"a": ' + b"9" * 1_000_000 + b"}", "damaged"),
        (b'{"cells": [' + b"{}," * 3000 + b"{}]}", "more than 2,000 cells"),
        (b"\x00\x01\x02", "not a notebook"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(reading, data, says):
    with pytest.raises(Unreadable, match=says) as caught:
        reading(data)
    assert "\n" not in str(caught.value)


def test_a_notebook_cut_off_anywhere_is_said_to_be_cut_off(reading, desk):
    data = as_jupyterlab(desk.notebook())
    for share in (0.1, 0.4, 0.7, 0.95):
        with pytest.raises(Unreadable, match="cut off"):
            reading(data[: int(len(data) * share)])


def test_another_exercise_s_notebook_is_not_marked_as_this_one(reading):
    other = {"cells": [{"cell_type": "code", "source": "x = 1", "metadata": {}}], "nbformat": 4, "metadata": {}}
    with pytest.raises(Unreadable, match=f"none of the cells of {NAME}"):
        reading(other)


def test_links_pipes_and_oversize_are_never_opened(tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_text("{}")
    link = tmp_path / "link.ipynb"
    link.symlink_to(secret)
    with pytest.raises(Unreadable, match="link"):
        read_bytes(link)
    pipe = tmp_path / "pipe.ipynb"
    os.mkfifo(pipe)
    with pytest.raises(Unreadable, match="ordinary file"):
        read_bytes(pipe)
    big = tmp_path / "big.ipynb"
    with big.open("wb") as file:
        file.truncate(MAX_NOTEBOOK + 1)
    with pytest.raises(Unreadable, match="limit is 67 MB"):
        read_bytes(big)
    with pytest.raises(Unreadable, match="cannot be opened"):
        read_bytes(tmp_path / "absent.ipynb")


def test_code_in_an_answer_is_reported_with_its_task(reading, desk):
    submission = reading(changed(desk.notebook(), "matrix-answer", "matrix = make()"))
    assert submission.needs_code == ("The answer cell of matrix holds code: line 1 calls a function.",)
    assert "cost-benefit" in submission.answers


@pytest.mark.parametrize("where", ["calculator", "extra"])
def test_another_cell_that_works_with_an_answer_is_reported(reading, desk, where):
    notebook = desk.notebook()
    if where == "calculator":
        cell(notebook, "calculator")["source"] = "matrix['totals']['A'] = 10"
    else:
        extra_cells(notebook)
        cell(notebook, "n")["source"] = "matrix['totals']['A'] = 10"
    (reason,) = reading(notebook).needs_code
    assert "works with matrix" in reason


def test_a_calculator_of_one_s_own_changes_nothing(reading, desk):
    notebook = changed(desk.notebook(), "calculator", "x = 5 * 3\nprint(x)\nprint(matrix)")
    assert full(reading(notebook), desk)


def test_an_edited_check_cell_gains_nothing(reading, desk):
    notebook = changed(desk.blank, "matrix", f"matrix = {desk.answers('L001')['matrix']!r}\n7.0")
    submission = reading(notebook)
    assert submission.answers["matrix"] != Value(desk.answers("L001")["matrix"])


def test_a_deleted_answer_earns_a_sentence_not_a_crash(reading, desk):
    notebook = desk.notebook()
    notebook["cells"].remove(cell(notebook, "matrix-answer"))
    submission = reading(notebook)
    assert submission.answers["matrix"] == Refused("The answer cell for matrix is not in your notebook.")
    assert submission.answers["cost-benefit"] == Value(desk.answers("L001")["cost-benefit"])


def test_a_written_answer_in_a_new_cell_is_found_by_its_place(reading, desk):
    notebook = desk.notebook()
    position = notebook["cells"].index(cell(notebook, "recommendation"))
    notebook["cells"][position] = {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "I choose E."}
    assert reading(notebook).written["recommendation"] == "I choose E."


def test_text_typed_into_the_prose_above_is_kept_for_the_tutor(reading, desk):
    notebook = changed(desk.notebook(), "text-6", "My answer is here instead.")
    extras = reading(notebook).extras
    assert [(extra.behind, extra.source) for extra in extras] == [("text-6", "My answer is here instead.")]


def test_half_a_surrogate_pair_becomes_a_mark_that_can_be_written(reading, desk):
    data = as_jupyterlab(desk.notebook(text="odd X here")).replace(b"odd X here", b"odd \\ud800 here\\u0000")
    assert reading(data).written["recommendation"] == "odd ? here\ufffd"


def test_reading_writes_nothing(reading, desk, tmp_path):
    before = {p for p in Path(tmp_path).rglob("*")}
    reading(desk.notebook())
    assert {p for p in Path(tmp_path).rglob("*")} - before == {tmp_path / "handed-in.ipynb"}
