"""Learner codes survive being read aloud and copied by hand, and betray nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslearn.northfold.codes import SYMBOLS, is_code, learner_code, tidy_code
from cslearn.problem import Problem

names = st.text(min_size=1, max_size=30).filter(str.strip)


@given(names, names)
def test_a_code_is_a_code_and_always_the_same(learner, salt):
    code = learner_code(learner, salt)
    assert is_code(code)
    assert code == learner_code(learner, salt) == tidy_code(code)


@given(names, names, st.integers(0, 11), st.sampled_from(SYMBOLS))
def test_any_one_wrong_symbol_is_noticed(learner, salt, place, symbol):
    plain = learner_code(learner, salt).replace("-", "")
    wrong = plain[:place] + symbol + plain[place + 1 :]
    assert is_code(wrong) == (wrong == plain)


def test_lower_case_spaces_and_look_alikes_are_put_right():
    code = next(c for n in range(200) if "0" in (c := learner_code(f"learner {n}", "salt")) and "1" in c)
    assert tidy_code(" " + code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == code


def test_ids_and_salts_do_not_run_into_each_other():
    assert learner_code("bc", "a") != learner_code("c", "ab")


@pytest.mark.parametrize(("learner", "salt"), [("", "salt"), ("  ", "salt"), ("ann", ""), ("ann", "   ")])
def test_an_empty_id_or_salt_is_refused(learner, salt):
    with pytest.raises(Problem):
        learner_code(learner, salt)


@pytest.mark.parametrize("text", ["", "abc", "7KQ2-9MXD-41T", "7KQ2-9MXD-41TF-2", "ÄÖÜ", "!" * 12, "U" * 12])
def test_what_is_no_code_gets_a_sentence(text):
    with pytest.raises(Problem, match="code"):
        tidy_code(text)
