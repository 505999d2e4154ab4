"""HEAT's arithmetic by hand, and what must hold whatever is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslearn.methods import heat
from cslearn.problem import Problem


def test_four_steps_in_order_take_sixty_degrees_off():
    # 12 + 14 + 14 + 20 = 60.
    call = heat.best(80)
    assert [line.after for line in call.lines] == [68, 54, 40, 20]
    assert heat.solved(call) and call.done == heat.STEPS and call.ended == "agreed"
    # A remedy of £24 and four replies of 75p.
    assert heat.cost(call, 24, 64) == 27


def test_ownership_before_an_apology_counts_less_and_does_not_calm():
    call = heat.play(80, ["hear", "empathise", "own"])
    # 80 - 12 - 14 - 4.
    assert call.temperature == 50 and call.owned and not heat.solved(call)
    # £24, three replies, one more contact at £5.
    assert heat.cost(call, 24, 64) == 31.25


def test_a_promise_calms_but_not_below_the_floor_before_the_story_was_heard():
    calm = heat.play(78, ["hear", "empathise", "apologise", "promise"])
    assert calm.calm and not heat.solved(calm)
    # £64 promised, four replies, one more contact.
    assert heat.cost(calm, 24, 64) == 72
    # 70 + 14 - 16 = 68; 66 + 5 - 16 would be 55, and the floor holds it.
    assert heat.play(70, ["interrupt", "promise"]).temperature == 68
    assert heat.play(66, ["empty", "promise"]).temperature == heat.FLOOR == 60


def test_slips_on_slips_end_the_call():
    hung_up = heat.play(78, ["interrupt", "solve"])
    assert hung_up.temperature == 100 and hung_up.ended == "hung up" and heat.offers(hung_up) == ()
    late = heat.play(61, ["hear", "empathise", "apologise", "fake", "empty", "interrupt"])
    assert late.ended == "out of time" and not heat.solved(late)


@given(st.integers(61, 99), st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_four_different_replies_until_the_end_whatever_is_said(start, picks):
    call = heat.begin(start)
    for pick in picks:
        if call.ended:
            break
        offered = heat.offers(call)
        assert len(set(offered)) == 4 and heat.stage(call) in offered
        call = heat.say(call, offered[pick])
        assert (0 if "hear" in call.done else heat.FLOOR) <= call.temperature <= 100
    assert call.ended
    # Nobody is calm who was not heard. From 66 on no call is solved without the four steps: 66 - 12 - 14 - 4 = 36.
    assert not call.calm or "hear" in call.done
    assert start < 66 or not heat.solved(call) or call.done == heat.STEPS


@pytest.mark.parametrize("start", [60, 100, 70.5, True, "70"])
def test_a_call_that_cannot_start_is_refused(start):
    with pytest.raises(Problem, match="whole temperature from 61 to 99"):
        heat.begin(start)


def test_a_reply_that_is_not_on_offer_is_refused():
    with pytest.raises(Problem, match=r"own is not on offer here\. Choose one of: hear, interrupt, solve, empty"):
        heat.play(70, ["own"])
    with pytest.raises(Problem, match="nothing, the call is over"):
        heat.play(70, [*heat.STEPS, "hear"])
