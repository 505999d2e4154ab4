"""What an exercise page is told, here by CPython; tests/site/test_python_in_page.py asks the browser the same."""

import json
import random
import subprocess
import sys

import pytest

from cslearn.exercises import page
from cslearn.exercises.check import mark_answer
from cslearn.exercises.exercise import available, published
from cslearn.exercises.personas import personas
from cslearn.northfold.case import case
from cslearn.northfold.codes import learner_code

NAME = "choose-an-improvement"
CODE = learner_code("NH001", "a salt")


def ask(verb, **request):
    return json.loads(page.reply(json.dumps({"verb": verb, **request})))


def expert(task, one):
    return personas(NAME)[0].answer(task, one, random.Random(1))


def test_a_practice_answer_gets_the_marker_s_own_award():
    answer = {**expert("matrix", case(NAME, practice=2)), "ranking": ["A"], "nonsense": 1}
    told = ask("check", exercise=NAME, task="matrix", answer=answer, practice=2)["result"]
    award = mark_answer(published(NAME), "matrix", answer, case(NAME, practice=2))
    assert told["marks"] == award.marks > 0 and told["maximum"] == award.maximum == 7
    assert [(p["name"], p["marks"], p["sentence"]) for p in told["parts"]] == [
        (p.name, p.marks, p.sentence) for p in award.parts
    ]
    assert told["notes"] == list(award.notes) and "nonsense" in told["notes"][0]
    assert told["shape_only"] is False


def test_a_mistake_with_a_name_is_named():
    wanted = {p.misconception for persona in personas(NAME) for p in [*_parts(persona)] if p.misconception}
    told = {part["misconception"] for persona in personas(NAME) for part in _told(persona)} - {None}
    assert told == wanted != set()


def _parts(persona):
    for task in persona.expected:
        answer = persona.answer(task, case(NAME), random.Random(1))
        yield from mark_answer(published(NAME), task, answer, case(NAME)).parts


def _told(persona):
    for task in persona.expected:
        answer = persona.answer(task, case(NAME), random.Random(1))
        yield from ask("check", exercise=NAME, task=task, answer=answer)["result"]["parts"]


def test_on_an_own_case_the_page_learns_the_shape_and_no_mark():
    answer = {**expert("matrix", case(NAME, code=CODE)), "ranking": ["A", "Z"]}
    told = ask("check", exercise=NAME, task="matrix", answer=answer, code=CODE.lower())["result"]
    assert told["shape_only"] is True and told["marks"] is None and told["parts"] == []
    assert told["notes"] == ["ranking, entry 2: 'Z' is not one of the choices (A, B, C, D, E)."]
    assert "have not been marked" in told["sentence"] and "right form" not in told["sentence"]
    fits = ask("check", exercise=NAME, task="matrix", answer={"ranking": ["A"]}, code=CODE)["result"]
    assert fits["notes"] == [] and "right form" in fits["sentence"]
    empty = ask("check", exercise=NAME, task="matrix", answer={}, code=CODE)["result"]
    assert empty["sentence"] == "Nothing entered yet."


@pytest.mark.parametrize("name", available())
def test_the_tables_of_a_case_say_what_each_column_is(name):
    told = ask("tables", exercise=name, code=CODE)["result"]
    own = case(name, code=CODE)
    assert told["code"] == CODE and told["practice"] is False
    if own.telling_seed is not None:
        # Tens of thousands of rows are no page's: it gets what it shows.
        assert told["tables"] == {} and len(told["shown"]["tables"]) > 2
        return
    assert set(told["tables"]) == set(own.tables)
    for table, shown in told["tables"].items():
        names = [column["name"] for column in shown["columns"]]
        rows = [dict(zip(names, row, strict=True)) for row in shown["rows"]]
        assert rows == json.loads(json.dumps(own.tables[table])), table
        assert all(column["says"] for column in shown["columns"]), table
    assert ask("tables", exercise=name)["result"]["practice"] is True


def test_what_is_planted_in_a_case_stays_in_python():
    assert "planted" not in json.dumps(ask("tables", exercise=NAME, code=CODE))


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        ({"verb": "check", "exercise": NAME, "task": "matrix", "answer": {}, "code": "7KQ2"}, "is not a learner code"),
        ({"verb": "check", "exercise": NAME, "task": "nope", "answer": {}}, "has no task 'nope'"),
        ({"verb": "tables", "exercise": NAME, "practice": -1}, "numbered 0, 1, 2"),
        ({"verb": "tables", "exercise": "lottery"}, "There is no exercise called 'lottery'"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(request_, says):
    told = ask(**request_)
    assert says in told["sentence"] and told["detail"] == "" and "result" not in told


def test_a_fault_of_the_marker_s_own_is_no_traceback_for_the_learner(monkeypatch):
    monkeypatch.setattr(page.check, "mark_answer", lambda *_: 1 / 0)
    told = ask("check", exercise=NAME, task="matrix", answer={"ranking": ["A"]})
    assert told["sentence"].startswith("The marker failed") and "ZeroDivisionError" in told["detail"]


def test_a_missing_package_is_asked_for(monkeypatch):
    def needs(*_):
        raise ModuleNotFoundError("No module named 'numpy.linalg'", name="numpy.linalg")

    monkeypatch.setattr(page.check, "mark_answer", needs)
    assert ask("check", exercise=NAME, task="matrix", answer={"ranking": ["A"]})["needs"] == "numpy"


def test_a_package_that_a_rule_imports_is_asked_for_and_the_rule_is_not_said_to_be_missing(monkeypatch):
    def needs(module):
        raise ModuleNotFoundError("No module named 'numpy'", name="numpy")

    monkeypatch.setattr(page.check, "import_module", needs)
    assert ask("check", exercise=NAME, task="matrix", answer={"ranking": ["A"]})["needs"] == "numpy"
    # While the learner still types, the page asks what is missing.
    assert page.get_ready(NAME) == "numpy"
    monkeypatch.undo()
    assert page.get_ready(NAME) == page.get_ready("lottery") == ""


def test_figures_that_json_does_not_have_become_null():
    assert page._plain({"a": [float("nan"), float("inf"), 1.5, None, True]}) == {"a": [None, None, 1.5, None, True]}


def test_a_check_needs_no_pandas():
    # Thirteen megabytes less for a phone to fetch before its first check.
    program = (
        "import sys; from cslearn.exercises import page; page.get_ready(sys.argv[1]);"
        'print(page.reply(\'{"verb": "check", "exercise": "%s", "task": "matrix", "answer": {"ranking": ["A"]}}\' % sys.argv[1])[:10],'
        "sorted({'numpy', 'pandas'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program, NAME], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == '{"result": []'
