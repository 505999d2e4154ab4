"""What an exercise page works out in JavaScript, against the same in Python: both must agree on every answer."""

import copy
import itertools
import json
import random
import shutil

import nbformat
import pytest
from visiting import served

from cslearn.exercises import answers
from cslearn.exercises.exercise import read
from cslearn.exercises.notebooks import CODE_STUB, release
from cslearn.exercises.personas import personas
from cslearn.marking.demo import as_jupyterlab, as_jupyterlite
from cslearn.marking.literals import Value, read_answer
from cslearn.marking.reading import read_cells, released_from
from cslearn.northfold.case import case
from cslearn.northfold.codes import learner_code, tidy_code
from cslearn.problem import Problem
from cslearn.site import theme

pytestmark = [pytest.mark.slow, pytest.mark.browser]

EXERCISE = read("choose-an-improvement")
TASKS = [{"name": t.name, "variable": t.variable, "schema": t.schema, "award": t.award} for t in EXERCISE.tasks]


@pytest.fixture(scope="module")
def scripts(browser, tmp_path_factory):
    """Calls a function of one of the page's modules, once for each list of arguments."""
    site = tmp_path_factory.mktemp("scripts")
    shutil.copytree(theme.HERE / "theme" / "cslearn" / "static" / "exercise", site / "exercise")
    (site / "index.html").write_text("<!doctype html><title>Scripts</title>")
    context = browser.new_context()
    page = context.new_page()
    with served(site) as address:
        page.goto(f"{address}/index.html")

        def call(module: str, body: str, calls: list) -> list:
            # As text, because the driver itself is slow with deep values.
            code = f"""async (text) => {{
              const used = await import("./exercise/{module}.js");
              return JSON.stringify(JSON.parse(text).map(({body})));
            }}"""
            return json.loads(page.evaluate(code, json.dumps(calls)))

        yield call
    context.close()


# Shape -----------------------------------------------------------------------------------------

# Every word that answers.py and the forms know, once at least.
FULL = {
    "type": "object",
    "properties": {
        "rows": {
            "type": "array",
            "x-rows": 2,
            "maxItems": 3,
            "items": {
                "type": "object",
                "properties": {
                    "team": {"type": "string", "enum": ["North", "West"], "x-choices": {"North": "Wakefield"}},
                    "calls": {"type": "integer", "minimum": 0},
                    "after": {"type": "array", "items": {"type": "string", "pattern": "^[A-E][1-9]$"}},
                },
            },
        },
        "by_step": {
            "type": "object",
            "properties": {
                "log": {
                    "type": "object",
                    "properties": {"wait_h": {"type": "number"}, "role": {"enum": ["R", "A", 1, True]}},
                },
                "reply": {"type": "object", "properties": {"wait_h": {"type": "number", "exclusiveMinimum": 0}}},
            },
        },
        "ticked": {"type": "array", "uniqueItems": True, "items": {"type": "string", "enum": ["a", "b", "c"]}},
        "interval": {"type": "array", "x-rows": 2, "maxItems": 2, "items": {"type": "number", "maximum": 100}},
        "period": {
            "type": "array",
            "x-rows": 2,
            "minItems": 2,
            "maxItems": 2,
            "x-names": ["First day", "Last day"],
            "items": {"type": "string", "format": "date"},
        },
        "channel": {"type": "string", "x-hidden": True},
        "share": {"type": "number", "minimum": 0, "maximum": 100, "x-unit": "%"},
        "below": {"type": "number", "exclusiveMaximum": 5},
        "agreed": {"type": "boolean"},
        "day": {"type": "string", "format": "date"},
        "reason": {"type": "string", "minLength": 2, "maxLength": 12},
        "level": {"type": "integer", "enum": [1, 2, 3]},
    },
}
PIECES = (
    None, True, False, 0, 1, 2, 3, 7, -1, 100, 101, 0.5, -2.25, 1e-7, 123456.75, 2 * 10**15, 1e22, "", "a", "North", "A1", "Z9",
    "2024-02-29", "2023-02-29", "2024-13-01", "two words", "it's", 'say "no"', "naïve £5 — 日本", "x" * 45, "line\nbreak\ttab",
)  # fmt: skip


def good(schema: dict, rng: random.Random):
    if rng.random() < 0.1:
        return None
    if "enum" in schema:
        return rng.choice(schema["enum"])
    match schema["type"]:
        case "object":
            return {name: good(field, rng) for name, field in schema["properties"].items()}
        case "array":
            most = min(schema.get("maxItems", 4), 4)
            items = [good(schema["items"], rng) for _ in range(rng.randint(0, most))]
            return items if not schema.get("uniqueItems") else list(dict.fromkeys(items))
        case "boolean":
            return rng.random() < 0.5
        case "integer":
            return rng.randint(1, 90)
        case "number":
            return rng.choice([rng.randint(1, 4), rng.randint(0, 4) + rng.randint(1, 99) / 128])
    return {"date": "2024-05-31"}.get(schema.get("format"), "A1" if "pattern" in schema else "fine")


def spoilt(value, rng: random.Random, depth: int = 0):
    """The answer with a piece here and there swapped for something else."""
    if rng.random() < 0.12 or depth > 5:
        return rng.choice([*PIECES, [], {}, [1, "a"], {"wait_h": 3}, {"strange": [1]}, ["a", "a"], [["b"]]])
    if isinstance(value, dict):
        made = {name: spoilt(inner, rng, depth + 1) for name, inner in value.items() if rng.random() > 0.05}
        return {**made, "unasked": 1} if rng.random() < 0.05 else made
    if isinstance(value, list):
        return [spoilt(inner, rng, depth + 1) for inner in value for _ in range(2 if rng.random() < 0.05 else 1)]
    return value


def some_answers(schema: dict, count: int):
    rng = random.Random(20261123)
    for n in range(count):
        answer = good(schema, rng)
        yield answer if n % 4 == 0 else spoilt(answer, rng)


@pytest.mark.parametrize(
    "schema", [FULL, *(t.schema for t in EXERCISE.tasks if t.schema)], ids=["full", "matrix", "money"]
)
def test_both_check_the_shape_of_an_answer_alike(scripts, schema):
    given = [*some_answers(schema, 1200), *PIECES, [], {}, {"rows": list(range(6000))}, {"share": "x" * 20_001}]
    theirs = scripts(
        "shape",
        "({ answer, schema }) => { const { value, faults } = used.tidy(answer, schema);"
        " return [value, faults.map((one) => one.sentence)]; }",
        [{"answer": answer, "schema": schema} for answer in given],
    )
    faulty = 0
    for answer, (value, sentences) in zip(given, theirs, strict=True):
        ours, said = answers.tidy(copy.deepcopy(answer), schema)
        assert (value, sentences) == (ours, said), answer
        faulty += bool(said)
    assert len(given) * 0.2 < faulty < len(given) * 0.9, "the test must try both kinds of answer"


def test_a_blank_is_the_same_blank(scripts):
    schemas = [FULL, *(t.schema for t in EXERCISE.tasks if t.schema)]
    made = scripts("shape", "(schema) => [used.blank(schema), used.isBlank(used.blank(schema))]", schemas)
    assert made == [[answers.blank(schema), True] for schema in schemas]


# Literals --------------------------------------------------------------------------------------


def test_an_answer_is_written_as_python_writes_it_and_read_back(scripts):
    given = [*some_answers(FULL, 400), *PIECES, [], {}, [None] * 60, {"a": "\x00\x7f\xa0\u200b\U0001f600\ue000"}]
    theirs = scripts(
        "literal", "(answer) => [used.literal(answer), used.readAnswer(`x = ${used.literal(answer)}`, 'x')]", given
    )
    for answer, (text, back) in zip(given, theirs, strict=True):
        assert text == answers.literal(answer)
        assert back == {"value": answer}


SOURCES = [
    "x = {'a': [1, 2.5, -3, +4, 1e3, .5, 1_000, 0x1F, 0b11, 0o17], 'b': (1, 2), 'c': (3), 'd': (4,), 'e': ()}",
    "# a comment\nx = {\n    'a': None,  # why\n    'b': [\n        True,\n        False,\n    ],\n}\n# Replace each None above.",
    "x = {'a': 1}\nx = {'a': 2}\nx",
    "x = 'one' 'two' \"three\"; x",
    "x = '''several\nlines''' ",
    'x = """it\'s "quoted" \\n \\x41 \\u00a3 \\U0001F600 \\101 \\\\ \\q"""',
    "x = r'raw \\n'",
    "x = [\n1,\n2 # two\n,3,]",
    "x = {'a': [[[[[1]]]]]}",
    "'a note'\nx = [1]\npass\n",
    "x = [1, 2\n",
    "x = {'a' 1}",
    "x = true",
    "x = {'a': 1 + 1}",
    "x = [i for i in range(3)]",
    "x = dict(a=1)",
    "x = {1, 2}",
    "x = 3j",
    "x = b'bytes'",
    "x = f'{1}'",
    "y = 3\nx = 1",
    "x == 1",
    "",
    "# only a comment",
    "x = 'open",
    "x = 007",
    "x = [1,,2]",
    "%matplotlib inline\nx = 1",
    "x = {**{'a': 1}}",
    "x = \\\n 1",
    "x = [1, 2]  \n\n\n",
    "x = -1.5e-3",
    "x = 'caf\\N{LATIN SMALL LETTER E WITH ACUTE}'",
]


def test_a_cell_that_a_person_typed_is_read_as_the_marker_reads_it(scripts):
    for source, found in zip(SOURCES, scripts("literal", "(text) => used.readAnswer(text, 'x')", SOURCES), strict=True):
        marker = read_answer(source, "x")
        if "N{" in source:
            assert "code" in found  # the one escape that the page leaves to the marker
        elif isinstance(marker, Value) and not isinstance(marker.value, set | bytes | complex):
            assert found == {"value": json.loads(json.dumps(marker.value))}, source
        else:
            assert "code" in found, source


# Codes -----------------------------------------------------------------------------------------


def test_both_take_and_refuse_the_same_learner_codes(scripts):
    rng = random.Random(5)
    texts = ["", "   ", "7KQ2", "7KQ2-9MXD-41TF", "ＡＢＣ", "ßßßßßß", "x" * 500, "7KQ2 9MXD 41TF 7", "٣" * 12, "ﬃ" * 4]
    for n in range(400):
        code = learner_code(f"L{n}", "salt of a test")
        texts.append(code.lower().replace("-", rng.choice(["", " ", "-", "–"])))
        at = rng.randrange(14)
        texts.append(code[:at] + rng.choice("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ- ") + code[at + 1 :])
        texts.append(code[:at] + code[at + 1 : at + 2] + code[at : at + 1] + code[at + 2 :])
        texts.append(code.replace("1", "l").replace("0", "O"))
    refused = 0
    for text, found in zip(texts, scripts("codes", "used.tidyCode", texts), strict=True):
        try:
            assert found == {"code": tidy_code(text)}
        except Problem as problem:
            refused += 1
            assert found == {"sentence": str(problem)}
    assert 200 < refused < len(texts) - 400


# Notebooks -------------------------------------------------------------------------------------

RELEASED = release(EXERCISE)
BYTES = nbformat.writes(RELEASED) + "\n"
WRITE = "({ notebook, tasks, entries }) => used.write(JSON.parse(notebook), tasks, entries)"
READ = """({ text, notebook, tasks }) => {
  try { return used.read(text, "choose-an-improvement", JSON.parse(notebook), tasks); }
  catch (fault) { if (fault instanceof used.Unreadable) return fault.message; throw fault; }
}"""
NOTHING = {"code": "", "tasks": {}, "cells": {}, "extras": []}


def written(scripts, entries: dict) -> str:
    return scripts("notebook", WRITE, [{"notebook": BYTES, "tasks": TASKS, "entries": {**NOTHING, **entries}}])[0]


def opened(scripts, *texts: str) -> list:
    return scripts("notebook", READ, [{"text": text, "notebook": BYTES, "tasks": TASKS} for text in texts])


def expert_entries(code: str = "") -> dict:
    expert, own = personas(EXERCISE)[0], case(EXERCISE.name, code=code)
    tasks = {
        t.name: {"answer": plain(expert.answer(t.name, own, random.Random(1)))} for t in EXERCISE.tasks if t.schema
    }
    return {
        "code": code,
        "tasks": {**tasks, "recommendation": {"text": "I recommend it.\n\nÂ £5 “reason” – and\u2028more."}},
    }


def plain(answer):
    # JavaScript has one kind of number: 10.0 is 10.
    def whole(value):
        if isinstance(value, dict):
            return {name: whole(inner) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return [whole(inner) for inner in value]
        return int(value) if isinstance(value, float) and value.is_integer() else value

    return whole(answer)


def test_the_notebook_with_nothing_entered_is_the_released_one_to_the_byte(scripts):
    blank = {t.name: {"answer": answers.blank(t.schema)} for t in EXERCISE.tasks if t.schema}
    assert written(scripts, {}) == BYTES
    assert written(scripts, {"tasks": {**blank, "recommendation": {"text": ""}}}) == BYTES


def test_the_notebook_with_answers_is_what_python_would_write(scripts):
    code = learner_code("L001", "salt of a test")
    entries = expert_entries(code)
    by_hand = copy.deepcopy(RELEASED)
    for cell in by_hand.cells:
        if cell.id == "learner-code":
            cell.source = f'learner_code = "{code}"'
        elif cell.id.endswith("-answer"):
            task = EXERCISE.task(cell.id.removesuffix("-answer"))
            cell.source = f"{task.variable} = {answers.literal(entries['tasks'][task.name]['answer'])}\n{CODE_STUB}"
        elif cell.id == "recommendation":
            cell.source = entries["tasks"]["recommendation"]["text"]
        elif cell.id == "calculator":
            cell.source = "linear_scores([1, 2])"
    made = written(
        scripts, {**entries, "cells": {"calculator": "linear_scores([1, 2])", "set-up": "no", "matrix": "no"}}
    )
    assert made == nbformat.writes(by_hand) + "\n"
    nbformat.validate(nbformat.reads(made, as_version=4))


def test_what_was_downloaded_is_opened_again_as_jupyterlab_and_jupyterlite_save_it(scripts):
    entries = expert_entries(learner_code("L001", "salt of a test"))
    text = written(scripts, {**entries, "cells": {"calculator": "1 + 1"}})
    notebook = json.loads(text)
    stripped = copy.deepcopy(notebook)
    for number, cell in enumerate(stripped["cells"]):
        cell["metadata"], cell["id"] = {}, f"x{number}"
    for name, saved in (
        ("as it is", text),
        ("byte order mark", "\ufeff" + text),
        ("JupyterLab", as_jupyterlab(notebook).decode()),
        ("JupyterLite", as_jupyterlite(notebook).decode()),
        ("without labels", json.dumps(stripped)),
    ):
        found = opened(scripts, saved)[0]
        assert found["tasks"] == entries["tasks"] and found["code"] == entries["code"], name
        if name != "without labels":
            assert found["cells"] == {"calculator": "1 + 1"} and found["extras"] == [], name


def test_cells_of_the_learner_s_own_and_answers_in_python_are_kept(scripts):
    notebook = json.loads(written(scripts, expert_entries()))
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    cells["matrix-answer"]["source"] = ["matrix = dict(criteria=[])\n", "matrix['totals'] = {}"]
    place = notebook["cells"].index(cells["calculator"]) + 1
    own = {"cell_type": "code", "execution_count": 3, "id": "abc", "metadata": {}, "outputs": [], "source": "notes = 1"}
    text = {"cell_type": "markdown", "id": "def", "metadata": {}, "source": ["## My notes\n", "- one"]}
    notebook["cells"][place:place] = [own, text]
    found = opened(scripts, json.dumps(notebook))[0]
    assert found["tasks"]["matrix"]["source"] == "matrix = dict(criteria=[])\nmatrix['totals'] = {}"
    assert found["extras"] == [
        {"behind": "calculator", "kind": "code", "source": "notes = 1"},
        {"behind": "calculator", "kind": "markdown", "source": "## My notes\n- one"},
    ]
    again = written(scripts, {**found, "code": ""})
    nbformat.validate(nbformat.reads(again, as_version=4))
    second = opened(scripts, again)[0]
    assert second == found
    # The marker finds the same in it.
    submission = read_cells(json.loads(again), released_from(json.loads(BYTES), EXERCISE.name))
    assert [extra.source for extra in submission.extras] == ["notes = 1", "## My notes\n- one"]
    assert "matrix" not in submission.answers and submission.needs_code


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("   \n", "is empty"),
        ("PK\x03\x04 a spreadsheet", "is not a notebook"),
        (BYTES[: len(BYTES) // 2], "damaged or was not saved completely"),
        (BYTES.replace(' "cells"', "<<<<<<< mine\n", 1), "merge conflict"),
        ("[]", "is not a notebook"),
        ("null", "is not a notebook"),
        ('{"cells": 3}', "is not a notebook"),
        ('{"worksheets": [], "nbformat": 3}', "very old format"),
        ('{"cells": [null, 3, {"cell_type": "code", "source": {"a": 1}}], "nbformat": 4}', "none of the cells"),
        (json.dumps({"cells": [{"cell_type": "code", "source": 'check("plan-the-change", "plan", plan, learner_code)'}]}), "another exercise (plan-the-change)"),
        (json.dumps({"cells": [{"cell_type": "raw", "source": ""}] * 2001}), "more than 2000 cells"),
    ],
)  # fmt: skip
def test_a_broken_or_foreign_file_gets_a_sentence(scripts, text, says):
    found = opened(scripts, text)[0]
    assert isinstance(found, str) and says in found


def test_an_answer_of_another_shape_is_kept_as_it_stands(scripts):
    sources = ["matrix = [1, 2]", "matrix = {'criteria': {'a': 1}}", "matrix = {'unasked': 1}", "matrix = 'text'"]
    notebook = json.loads(BYTES)
    texts = []
    for source in sources:
        next(cell for cell in notebook["cells"] if cell["id"] == "matrix-answer")["source"] = source
        texts.append(json.dumps(notebook))
    for source, found in zip(sources, opened(scripts, *texts), strict=True):
        assert found["tasks"]["matrix"]["source"] == source
        assert found["tasks"]["matrix"]["because"]


# Two tabs --------------------------------------------------------------------------------------

MERGE = "([base, mine, theirs]) => { const clashes = []; return [used.merge(base, mine, theirs, clashes), clashes]; }"


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "kept", "clashes"),
    [
        ({"a": 1}, {"a": 2}, {"a": 1}, {"a": 2}, []),
        ({"a": 1}, {"a": 1}, {"a": 3}, {"a": 3}, []),
        ({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 3}, {"a": 2, "b": 3}, []),
        ({"a": 1}, {"a": 2}, {"a": 3}, {"a": 2}, [{"path": ["a"], "theirs": 3}]),
        ({"r": [1, 2]}, {"r": [9, 2]}, {"r": [1, 8]}, {"r": [9, 8]}, []),
        ({"r": [1]}, {"r": [1, 2]}, {"r": [1]}, {"r": [1, 2]}, []),
        ({"r": [1]}, {"r": [1, 2]}, {"r": []}, {"r": [1, 2]}, [{"path": ["r"], "theirs": []}]),
        (None, {"a": 1}, {"b": 2}, {"a": 1, "b": 2}, []),
    ],
)
def test_what_two_tabs_changed_is_brought_together(scripts, base, mine, theirs, kept, clashes):
    assert scripts("store", MERGE, [[base, mine, theirs]]) == [[kept, clashes]]


def test_merging_loses_nothing_that_one_side_alone_changed(scripts):
    rng = random.Random(3)
    names = "abcdef"
    calls = []
    for _ in range(300):
        base = {name: rng.randint(0, 2) for name in names}
        sides = [{**base, **{n: rng.randint(3, 9) for n in rng.sample(names, rng.randint(0, 4))}} for _ in range(2)]
        calls.append([base, *sides])
    for (base, mine, theirs), (kept, clashes) in zip(calls, scripts("store", MERGE, calls), strict=True):
        lost = {tuple(clash["path"]) for clash in clashes}
        for name in itertools.chain(names):
            if mine[name] != base[name]:
                assert kept[name] == mine[name]
                if theirs[name] not in (base[name], mine[name]):
                    assert (name,) in lost
            else:
                assert kept[name] == theirs[name]


# Numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("  ", None), ("12", 12), (" 12.50 ", 12.5), ("-3", -3), ("−3", -3), ("1,250", 1250), ("£1,250.5", 1250.5),
        ("-£40", -40), ("1 250 000", 1250000), ("12%", 12), ("1e3", 1000), (".5", 0.5), ("6,62", "6,62"), ("ten", "ten"),
        ("1.2.3", "1.2.3"), ("12,34,567", "12,34,567"), ("99999999999999999999", "99999999999999999999"), ("Infinity", "Infinity"),
        ("0x10", "0x10"), ("-0", 0), ("1e999", "1e999"),
    ],
)  # fmt: skip
def test_a_number_is_taken_as_a_person_writes_it_and_anything_else_stays_as_typed(scripts, text, value):
    assert scripts("form", "(text) => used.entered(text, { type: 'number' })", [text]) == [value]
