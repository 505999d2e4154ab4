"""An answer of any shape is read: what fits is kept, what does not is blanked and said."""

import json
import math

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslearn.exercises import answers
from cslearn.exercises.exercise import read
from cslearn.problem import Problem

SCHEMA = {
    "type": "object",
    "properties": {
        "rows": {
            "type": "array",
            "x-rows": 2,
            "maxItems": 3,
            "items": {
                "type": "object",
                "properties": {
                    "team": {"type": "string", "enum": ["North", "West"]},
                    "calls": {"type": "integer", "minimum": 0},
                },
            },
        },
        "share": {"type": "number", "minimum": 0, "maximum": 100, "x-unit": "%"},
        "agreed": {"type": "boolean"},
        "names": {"type": "array", "x-rows": 0, "items": {"type": "string", "pattern": "^[A-E][1-9]$"}},
    },
}
GOOD = {"rows": [{"team": "North", "calls": 4}], "share": 12.5, "agreed": False, "names": ["A1"]}

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.integers(), inner, max_size=4),
    max_leaves=20,
)


def test_a_blank_has_every_field_and_nothing_in_it():
    assert answers.blank(SCHEMA) == {
        "rows": [{"team": None, "calls": None}] * 2,
        "share": None,
        "agreed": None,
        "names": [],
    }
    assert answers.is_blank(answers.blank(SCHEMA))
    assert answers.shape_errors(answers.blank(SCHEMA), SCHEMA) == []


def test_a_good_answer_is_left_as_it_is():
    assert answers.tidy(GOOD, SCHEMA) == (GOOD, [])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"share": "ten"}, "share: 'ten' should be a number, %"),
        ({"share": 101}, "share: 101 is too large; the highest is 100"),
        ({"share": -1}, "share: -1 is too small; the lowest is 0"),
        ({"share": True}, "share: True should be a number"),
        ({"share": math.nan}, "share: enter an ordinary number"),
        ({"share": math.inf}, "share: enter an ordinary number"),
        ({"share": 10**400}, "share: enter an ordinary number"),
        ({"share": {1, 2}}, "share: only numbers, text, lists"),
        ({"names": ["A1", "Z9"]}, "names, entry 2: 'Z9' is not written as the task asks"),
        ({"names": "A1"}, "names: 'A1' should be a list of names"),
        (
            {"rows": [{"team": "South", "calls": 1}]},
            "rows, row 1, team: 'South' is not one of the choices (North, West)",
        ),
        ({"rows": [{"team": "North", "calls": 1.5}]}, "rows, row 1, calls: 1.5 should be a whole number"),
        ({"rows": [{"team": "North", "calls": 1}] * 4}, "rows: there are more entries than the 3"),
        ({"extra": 1}, "'extra' is not a name that this task uses"),
        ({1: 2}, "an entry is not a name that this task uses"),
        ({"names": ["x" * 30_000]}, "too long to be marked"),
    ],
)
def test_one_slip_costs_one_entry_and_is_said(change, says):
    tidied, sentences = answers.tidy({**GOOD, **change}, SCHEMA)
    assert len(sentences) == 1
    assert says in sentences[0]
    untouched = set(GOOD) - set(change)
    assert {k: tidied[k] for k in untouched} == {k: GOOD[k] for k in untouched}


@given(plain)
@settings(max_examples=500)
def test_anything_at_all_becomes_an_answer_of_the_right_shape(value):
    tidied, sentences = answers.tidy(value, SCHEMA)
    assert set(tidied) == set(SCHEMA["properties"])
    assert all(isinstance(s, str) and s for s in sentences)
    assert answers.tidy(tidied, SCHEMA) == (tidied, [])
    # jsonschema, another library, agrees that the tidied answer fits.
    jsonschema.validate(_without_none(tidied), SCHEMA)


def _without_none(value):
    if isinstance(value, dict):
        return {k: _without_none(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_without_none(v) for v in value if v is not None]
    return value


def test_deep_and_endless_answers_end_soon():
    deep: list = []
    for _ in range(900):
        deep = [deep]
    for value in (deep, list(range(200_000)), {str(i): i for i in range(100_000)}):
        assert answers.tidy({"rows": value}, SCHEMA)[1]


@given(st.dictionaries(st.text(max_size=5), plain, max_size=5))
def test_a_literal_reads_back_as_the_same_answer(value):
    import ast

    text = answers.literal(value)
    if "nan" not in text and "inf" not in text:
        assert ast.literal_eval(text) == value


def test_a_literal_is_easy_on_the_eye():
    text = answers.literal(answers.blank(read("choose-an-improvement").task("matrix").schema))
    assert max(map(len, text.splitlines())) <= 100
    assert "'A': [None, None, None, None, None]" in text


def test_what_to_hand_in_is_described_from_the_schema():
    lines = {f.path: f for f in answers.describe(SCHEMA)}
    assert lines["rows → team"].choices == (("North", ""), ("West", ""))
    assert lines["share"].kind == "a number, %"
    assert lines["rows → calls"].kind == "a whole number"


def test_a_schema_that_is_none_is_the_author_s_problem():
    with pytest.raises(Problem, match="not a JSON Schema"):
        answers.tidy({"a": 1}, {"type": "object", "properties": {"a": {"type": "nonsense"}}})


def test_the_exercises_schemas_are_plain_json():
    for task in read("choose-an-improvement").tasks:
        jsonschema.Draft7Validator.check_schema(json.loads(json.dumps(task.schema)))


def test_a_number_worked_out_with_numpy_or_pandas_is_a_number():
    value, said = answers.tidy({"share": np.float64(12.5), "rows": [{"calls": np.int64(3)}]}, SCHEMA)
    assert said == [] and value["share"] == 12.5 and value["rows"][0]["calls"] == 3
    assert type(value["share"]) is float and type(value["rows"][0]["calls"]) is int
    for odd in (
        np.float64("nan"),
        np.array([1.0]),
        np.array(1.0),
        np.datetime64("2024-01-01"),
        np.str_("x"),
        np.bytes_(b"x"),
    ):
        value, said = answers.tidy({"share": odd}, SCHEMA)
        assert value["share"] is None and said


# Two dates with names of their own, and a field that is read and not asked for.
PERIOD = {
    "type": "object",
    "properties": {
        "period": {
            "title": "Days", "type": "array", "x-rows": 2, "minItems": 2, "maxItems": 2,
            "x-names": ["First day", "Last day"], "items": {"type": "string", "format": "date"},
        },
        "channel": {"type": "string", "x-hidden": True},
    },
}  # fmt: skip


def test_a_hidden_field_is_read_where_it_is_given_and_asked_for_nowhere():
    assert answers.blank(PERIOD) == {"period": [None, None]}
    assert [field.path for field in answers.describe(PERIOD)] == ["period"]
    value, faults = answers.tidy({"channel": "phone", "period": ["2024-01-31", None]}, PERIOD)
    assert value == {"period": ["2024-01-31", None], "channel": "phone"} and faults == []
    assert answers.tidy({}, PERIOD)[0] == {"period": [], "channel": None}
    assert answers.tidy({"channel": 7}, PERIOD)[1] == ["channel: 7 should be text."]


def test_a_list_of_so_many_entries_may_be_left_shorter_and_not_longer():
    assert answers.tidy({"period": ["2024-01-31"]}, PERIOD)[1] == []
    three = {"period": ["2024-01-29", "2024-01-30", "2024-01-31"]}
    assert "more entries than the 2" in answers.tidy(three, PERIOD)[1][0]
    assert "2024-02-31" in answers.tidy({"period": ["2024-02-31"]}, PERIOD)[1][0]
