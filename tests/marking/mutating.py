"""Notebooks damaged in every way that a program can think of: seeded, so that each can be made again.

A mutation gives a file's bytes and the tasks that it left alone. An answer that was left alone
keeps its marks, whatever happened around it.
"""

import ast
import copy
import json
import random
from collections.abc import Callable

from handing_in import cell

TASKS = frozenset({"matrix", "cost-benefit"})
NOTHING: frozenset[str] = frozenset()
Mutant = tuple[bytes, frozenset[str]]

# Values of every type, and those that break programs which expect another.
STRANGE = [
    None, True, False, 0, -1, 7, 10**19, 10**400, 0.5, 1e308, "", "matrix", "\ud800", "\x00", "\u202e", "\x1b[2J", "<b>",
    "=HYPERLINK(1)", "__proto__", "../../x", "A" * 5_000, [], [[]], [None], {}, {"": {}}, {"__class__": 1}, [["a"], {"b": 1}],
]  # fmt: skip
# What people and editors leave behind in an answer.
SCRAPS = [
    "", " ", "\n", "\t", "#", ",", ":", "'", '"', "[", "]", "{", "}", "(", ")", "=", "-", "+", "*", "**", "\\", "...", "%", "!ls", "?",
    "None", "True", "true", "null", "nan", "NaN", "inf", "1e999", "0x10", "1_000", "1,5", "½", "２", "7", "-0.0", "1j", "b'x'", "f'{1}'",
    "lambda: 1", "print(1)", "1/0", "2 * 3", "sum([1])", "matrix", "cost_benefit", "dict()", "set()", "{1}", "import os", "del matrix",
    "\u2028", "\ufeff", "\u00a0", "“", "”", "–", "\r", "\x0c", "<<<<<<< HEAD", "9" * 30, "[" * 100, "'" * 3,
]  # fmt: skip


def mutant(notebook: dict, seed: int) -> tuple[str, Mutant]:
    """One damaged copy of an honest notebook, and the name of what was done to it."""
    draw = random.Random(seed)
    kind = MUTATIONS[seed % len(MUTATIONS)]
    made = copy.deepcopy(notebook)
    for target in made["cells"]:
        target["source"] = "".join(target["source"])
    return kind.__name__, kind(made, draw)


def saved(notebook: dict) -> bytes:
    """A file as editors write it, but with whatever is in it."""
    return json.dumps(notebook, indent=1).encode()


# ---- bytes ----------------------------------------------------------------------------------


def flipped_bytes(notebook: dict, draw: random.Random) -> Mutant:
    data = bytearray(saved(notebook))
    for _ in range(draw.choice((1, 1, 2, 5, 50))):
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    return bytes(data), NOTHING


def cut_off(notebook: dict, draw: random.Random) -> Mutant:
    data = saved(notebook)
    start = 0 if draw.random() < 0.8 else draw.randrange(len(data))
    return data[start : draw.randrange(start, len(data))], NOTHING


def pieces_moved(notebook: dict, draw: random.Random) -> Mutant:
    data = saved(notebook)
    for _ in range(draw.randint(1, 4)):
        at, to = sorted(draw.sample(range(len(data)), 2))
        to = min(to, at + 2_000)
        piece = data[at:to]
        where = draw.randrange(len(data))
        data = draw.choice(
            (data[:at] + data[to:], data[:where] + piece + data[where:], data[:at] + piece[::-1] + data[to:])
        )
    return data, NOTHING


def foreign_bytes(notebook: dict, draw: random.Random) -> Mutant:
    data = saved(notebook)
    for _ in range(draw.randint(1, 3)):
        at = draw.randrange(len(data))
        data = (
            data[:at]
            + draw.choice((draw.randbytes(9), b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\\ud800", b"\x1b[2J"))
            + data[at:]
        )
    return data, NOTHING


def another_encoding(notebook: dict, draw: random.Random) -> Mutant:
    text = json.dumps(notebook, ensure_ascii=draw.random() < 0.5, indent=1)
    encoding = draw.choice(("utf-8-sig", "utf-16", "cp1252", "latin-1", "utf-8"))
    data = text.encode(encoding, "replace")
    return draw.choice((data, data.replace(b"\n", b"\r\n") if encoding != "utf-16" else data, data)), TASKS


def wrong_encoding(notebook: dict, draw: random.Random) -> Mutant:
    text = json.dumps(notebook, ensure_ascii=False)
    return text.encode(draw.choice(("utf-16-le", "utf-32", "utf-7", "cp037", "utf-16-be")), "replace"), NOTHING


# ---- the structure of the file --------------------------------------------------------------


def places(value: object, path: tuple = ()) -> list[tuple]:
    """The way to everything in a notebook."""
    found = [path]
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        found += places(inner, (*path, key))
    return found


def values_replaced(notebook: dict, draw: random.Random) -> Mutant:
    for _ in range(draw.choice((1, 1, 2, 8, 40))):
        way = draw.choice(places(notebook)[1:])
        holder = notebook
        for key in way[:-1]:
            holder = holder[key]
        match draw.randrange(4):
            case 0:
                del holder[way[-1]]
            case 1:
                holder[way[-1]] = [holder[way[-1]]]
            case 2:
                holder[way[-1]] = {"": holder[way[-1]]}
            case _:
                holder[way[-1]] = copy.deepcopy(draw.choice(STRANGE))
        if not notebook:
            break
    return saved(notebook), NOTHING


def same_key_twice(notebook: dict, draw: random.Random) -> Mutant:
    key = draw.choice(("cells", "metadata", "source", "id", "cell_type", "nbformat", "__proto__"))
    other = json.dumps(draw.choice(STRANGE))
    data = saved(notebook).decode()
    at = draw.choice([place for place, letter in enumerate(data) if letter == "{"])
    return (data[: at + 1] + f'"{key}": {other}, ' + data[at + 1 :]).encode(), NOTHING


def nested_deeply(notebook: dict, draw: random.Random) -> Mutant:
    depth = draw.choice((50, 200, 480, 900, 5_000, 100_000))
    opening, closing = draw.choice((("[", "]"), ('{"a":', "}")))
    deep = opening * depth + "1" + closing * depth
    draw.choice(notebook["cells"])[draw.choice(("metadata", "id", "source", "attachments", "outputs"))] = "DEEP"
    return saved(notebook).decode().replace('"DEEP"', deep).encode(), NOTHING


def old_format(notebook: dict, draw: random.Random) -> Mutant:
    notebook["nbformat"] = draw.choice((3, 2, 1, 0, 5, 99, "4", None, 4.5))
    notebook["nbformat_minor"] = draw.choice((0, 5, 99, "x", None))
    if draw.random() < 0.5:
        notebook["worksheets"] = draw.choice(([], [{"cells": notebook["cells"], "metadata": {}}], 3))
        return saved({**notebook, "cells": notebook["cells"]}), TASKS
    return saved(notebook), TASKS


# ---- cells ----------------------------------------------------------------------------------


def cells_shuffled(notebook: dict, draw: random.Random) -> Mutant:
    draw.shuffle(notebook["cells"])
    return saved(notebook), TASKS


def other_cells_deleted(notebook: dict, draw: random.Random) -> Mutant:
    share = draw.random()
    kept = {"matrix-answer", "cost-benefit-answer"}
    notebook["cells"] = [c for c in notebook["cells"] if c["id"] in kept or draw.random() < share]
    return saved(notebook), TASKS


def any_cells_deleted(notebook: dict, draw: random.Random) -> Mutant:
    share = draw.random()
    notebook["cells"] = [c for c in notebook["cells"] if draw.random() < share]
    left = {c["id"].removesuffix("-answer") for c in notebook["cells"] if c["id"].endswith("-answer")}
    return saved(notebook), TASKS & left


def cells_doubled(notebook: dict, draw: random.Random) -> Mutant:
    for original in draw.sample(notebook["cells"], draw.randint(1, len(notebook["cells"]))):
        twin = copy.deepcopy(original)
        if draw.random() < 0.5:
            twin["id"] = f"{draw.randrange(1 << 32):08x}"
        notebook["cells"].insert(draw.randrange(len(notebook["cells"]) + 1), twin)
    return saved(notebook), TASKS


def cells_added(notebook: dict, draw: random.Random) -> Mutant:
    for _ in range(draw.randint(1, 30)):
        new = {
            "cell_type": draw.choice(("markdown", "raw", "code", "heading", 3)),
            "metadata": {},
            "source": "# a note of mine",
        }
        notebook["cells"].insert(
            draw.randrange(len(notebook["cells"]) + 1), draw.choice((new, new, copy.deepcopy(draw.choice(STRANGE))))
        )
    return saved(notebook), TASKS


def other_cells_edited(notebook: dict, draw: random.Random) -> Mutant:
    for _ in range(draw.randint(1, 6)):
        target = draw.choice([c for c in notebook["cells"] if not c["id"].endswith("-answer")])
        target["source"] = draw.choice(
            ("", "# edited", "x = 1", "not Python (", ["a", "b"], target["source"] * 2, "7.0")
        )
    return saved(notebook), TASKS


def kinds_changed(notebook: dict, draw: random.Random) -> Mutant:
    for target in draw.sample(notebook["cells"], draw.randint(1, len(notebook["cells"]))):
        target["cell_type"] = draw.choice(("markdown", "raw", "code", "heading", None, 4, ["code"]))
    return saved(notebook), TASKS


# ---- labels ---------------------------------------------------------------------------------


def labels_stripped(notebook: dict, draw: random.Random) -> Mutant:
    for target in notebook["cells"]:
        if draw.random() < 0.9:
            target["metadata"] = draw.choice(({}, None, [], {"id": "x"}))
        if draw.random() < 0.9:
            target.pop("id", None)
    return saved(notebook), TASKS


def labels_changed(notebook: dict, draw: random.Random) -> Mutant:
    for target in notebook["cells"]:
        labels = target["metadata"].get("nbgrader")
        if labels and draw.random() < 0.5:
            change = draw.choice(
                ("points", "grade", "solution", "locked", "task", "schema_version", "checksum", "cell_type")
            )
            labels[change] = copy.deepcopy(draw.choice(STRANGE))
    return saved(notebook), TASKS


def labels_of_the_wrong_type(notebook: dict, draw: random.Random) -> Mutant:
    for target in notebook["cells"]:
        if draw.random() < 0.5:
            key = draw.choice(("id", "metadata", "outputs", "execution_count", "attachments"))
            target[key] = copy.deepcopy(draw.choice([value for value in STRANGE if not isinstance(value, str)]))
    notebook["metadata"] = copy.deepcopy(draw.choice(STRANGE))
    return saved(notebook), TASKS


# ---- answers --------------------------------------------------------------------------------


def one_answer_damaged(notebook: dict, draw: random.Random) -> Mutant:
    """Mistakes in one answer; the other has to keep its marks."""
    task = draw.choice(sorted(TASKS))
    target = cell(notebook, f"{task}-answer")
    source = target["source"]
    for _ in range(draw.choice((1, 1, 1, 2, 5, 20))):
        at = draw.randrange(len(source) + 1)
        to = min(len(source), at + draw.choice((0, 0, 1, 1, 2, 5, 40)))
        source = source[:at] + draw.choice(SCRAPS) + source[to:]
    target["source"] = source
    return saved(notebook), TASKS - {task}


def one_value_changed(notebook: dict, draw: random.Random) -> Mutant:
    """Another value in one place of one answer, still plain data."""
    task = draw.choice(sorted(TASKS))
    target = cell(notebook, f"{task}-answer")
    head, _, literal = target["source"].partition("=")
    answer = ast.literal_eval(literal.strip())
    for _ in range(draw.choice((1, 1, 2, 6))):
        ways = places(answer)[1:]
        if not ways:
            break
        way = draw.choice(ways)
        holder = answer
        for key in way[:-1]:
            holder = holder[key]
        holder[way[-1]] = copy.deepcopy(draw.choice([value for value in STRANGE if value != "\ud800"]))
    target["source"] = f"{head}= {answer!r}"
    return saved(notebook), TASKS - {task}


def code_for_the_other_task(notebook: dict, draw: random.Random) -> Mutant:
    """An answer that has to be run. Sampled: most are only refused for want of a sandbox."""
    task = draw.choice(sorted(TASKS))
    name = task.replace("-", "_")
    target = cell(notebook, f"{task}-answer")
    after = draw.choice(
        ("{0} = dict({0})", "{0} = {{}}", "{0}['x'] = 1 / 0", "raise SystemExit", "{0} = [{0}] * 3", "{0} = object()", "del {0}",
         "import os; os._exit(0)", "print('x' * 100_000)", "{0} = {{1: {{2}}}}", "{0} = float('nan')", "{0} = '\\ud800'")
    )  # fmt: skip
    target["source"] += "\n" + after.format(name)
    return saved(notebook), NOTHING


MUTATIONS: list[Callable[[dict, random.Random], Mutant]] = [
    flipped_bytes, cut_off, pieces_moved, foreign_bytes, another_encoding, wrong_encoding, values_replaced, values_replaced,
    same_key_twice, nested_deeply, old_format, cells_shuffled, other_cells_deleted, any_cells_deleted, cells_doubled, cells_added,
    other_cells_edited, kinds_changed, labels_stripped, labels_changed, labels_of_the_wrong_type, one_answer_damaged,
    one_answer_damaged, one_answer_damaged, one_value_changed, one_value_changed, code_for_the_other_task,
]  # fmt: skip
