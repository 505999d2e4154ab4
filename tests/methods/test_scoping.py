"""SIPOC and RACI by hand: each gap has its own sentence, and a complete table has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_eventlog import traced

from cslearn.methods.scoping import raci_against_log, raci_findings, sipoc_findings

INPUTS = [{"supplier": "customer", "input": "a complaint"}, {"supplier": "courier", "input": "proof of delivery"}]
STEPS = ["log it", "find the cause", "decide", "answer"]
OUTPUTS = [{"output": "an answer", "customer": "customer"}]


def test_a_complete_sipoc_has_no_findings():
    assert sipoc_findings(INPUTS, STEPS, OUTPUTS) == []
    assert sipoc_findings([*INPUTS, {}, {"supplier": " ", "input": ""}], ["", *STEPS], OUTPUTS) == []


@pytest.mark.parametrize(
    ("inputs", "steps", "outputs", "kind", "says"),
    [
        ([], STEPS, OUTPUTS, "no input", "no input yet"),
        (INPUTS, STEPS, [], "no output", "no output yet"),
        ([{"input": "a letter"}], STEPS, OUTPUTS, "no supplier", "'a letter' has no supplier. Say who gives it"),
        (INPUTS, STEPS, [{"output": "a refund"}], "no customer", "'a refund' has no customer. Say who gets it"),
        ([{"supplier": "shop"}], STEPS, OUTPUTS, "no input", "'shop' in row 1 has no input. Say what they give"),
        (INPUTS, STEPS[:3], OUTPUTS, "steps", "has 3 steps. A SIPOC has 4 to 7: add the large ones"),
        (INPUTS, STEPS[:1], OUTPUTS, "steps", "has 1 step."),
        (INPUTS, [*STEPS, *"abcd"], OUTPUTS, "steps", "has 8 steps. A SIPOC has 4 to 7: put small ones together"),
        (INPUTS, [*STEPS, "decide"], OUTPUTS, "same step", "'decide' is there twice"),
    ],
)
def test_what_a_sipoc_lacks_is_said(inputs, steps, outputs, kind, says):
    [finding] = sipoc_findings(inputs, steps, outputs)
    assert finding.kind == kind and says in finding.says


CHART = {
    "log": {"agent": "R", "team leader": "A", "handler": "I"},
    "approve": {"manager": "A/R", "handler": "C"},
}


def test_a_raci_chart_with_one_who_answers_and_one_who_does_it_holds():
    assert raci_findings(CHART) == raci_findings(CHART, ["log", "approve"]) == []
    assert raci_findings({"log": {"agent": "r/a", "handler": ""}}) == []


@pytest.mark.parametrize(
    ("row", "kind", "says"),
    [
        ({"agent": "R", "leader": "A", "manager": "A"}, "many A", "2 who answer for it: leader and manager"),
        ({"agent": "R", "leader": "A", "manager": "A/R"}, "many A", "Keep one A"),
        ({"agent": "R", "handler": "R"}, "no A", "Nobody answers for the step 'log'"),
        ({"leader": "A", "agent": "C"}, "no R", "Nobody does the step 'log'"),
        ({"leader": "A", "agent": "R", "customer": "X"}, "unknown letter", "customer has 'X'"),
        ({}, "empty step", "'log' has no letter"),
        ({"agent": "", "leader": None}, "empty step", "'log' has no letter"),
    ],
)
def test_what_a_raci_chart_breaks_is_said(row, kind, says):
    [finding] = raci_findings({"log": row})
    assert (finding.kind, finding.where) == (kind, "log") and says in finding.says


def test_a_step_that_the_chart_must_have_is_missed():
    [finding] = raci_findings(CHART, ["log", "approve", "reply"])
    assert finding.where == "reply"


def test_the_log_says_who_does_the_work():
    log = traced([["log", "reply"]] * 10, [["agent", "agent"]] * 3 + [["agent", "handler"]] * 7)
    chart = {
        "log": {"agent": "R", "leader": "A"},
        "reply": {"handler": "R", "leader": "A/R"},
        "elsewhere": {"agent": "R"},
    }
    found = {(each.kind, each.where): each.says for each in raci_against_log(chart, log)}
    assert set(found) == {("missing R", "reply"), ("R not in log", "reply")}
    assert "agent does 30% of 'reply', but has no R" in found["missing R", "reply"]
    assert "Leader has an R for 'reply', but never does it" in found["R not in log", "reply"]


words = st.none() | st.text(max_size=3) | st.integers()


@given(
    st.lists(st.none() | st.dictionaries(st.sampled_from(["supplier", "input", "output", "customer"]), words)),
    st.lists(words),
    st.dictionaries(st.text(max_size=3), words | st.dictionaries(st.text(max_size=3), words)),
)
def test_whatever_is_entered_gives_sentences_and_raises_nothing(rows, steps, chart):
    for finding in (*sipoc_findings(rows, steps, rows), *raci_findings(chart), *raci_against_log(chart, [])):
        assert finding.says.endswith(".")
