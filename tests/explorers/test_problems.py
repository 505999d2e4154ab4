"""What every problem of an explorer must hold, whatever its seed."""

import re
from datetime import date

import pytest

from cslearn.explorers import (
    decision_matrix,
    heat_simulator,
    kpi_workbench,
    npv_board,
    rights_clock,
    servqual_explorer,
    signal_or_noise,
    staffing_board,
)
from cslearn.explorers.data import read_data
from cslearn.explorers.decision_matrix import COST, DATA, knocked_out, scores_of, weights_with
from cslearn.methods import heat
from cslearn.methods.options import break_even_weight, net_present_value, ranking, swings, weighted_totals
from cslearn.methods.servqual import DIMENSIONS
from cslearn.northfold.servqual import STATEMENTS

SEEDS = range(300)


@pytest.mark.parametrize("start", range(0, 300, 100))
def test_each_matrix_has_one_clear_winner_and_one_turning_point(start):
    criteria = read_data(DATA)["criteria"]
    for seed in range(start, start + 100):
        found = decision_matrix.problem(seed)
        out = knocked_out(found)
        scores = scores_of(found, criteria)
        totals = weighted_totals(scores, found["weights"])
        order = ranking(totals, out)
        flip = break_even_weight(scores, found["weights"], COST, out)
        assert sum(found["weights"].values()) == 100 and min(found["weights"].values()) >= 5
        assert len(out) == 2 and list(out.values()).count("law") == 1
        assert totals[order[0]] - totals[order[1]] >= 0.15
        assert 4 <= flip <= 96 and abs(flip - found["asked"]) >= 4
        for option in found["options"]:
            assert option["id"] in out or (
                option["extra_staff_fte"] <= found["staff_cap_fte"] and option["set_up_gbp"] <= found["budget_gbp"]
            )


def test_the_winner_survives_about_every_other_time():
    criteria = read_data(DATA)["criteria"]
    survives = 0
    for seed in SEEDS:
        found = decision_matrix.problem(seed)
        out, scores = knocked_out(found), scores_of(found, criteria)
        today = ranking(weighted_totals(scores, found["weights"]), out)[0]
        then = ranking(weighted_totals(scores, weights_with(found, found["asked"])), out)[0]
        survives += today == then
    assert 0.4 < survives / len(SEEDS) < 0.6


def test_the_book_s_own_problem_is_northfold_s_case():
    # After a change of Northfold's data: decision_matrix.write_northfold().
    assert decision_matrix.problem(0) == decision_matrix.northfold()


def test_the_data_module_is_written_back_as_it_stands(monkeypatch, tmp_path):
    copy = tmp_path / DATA.name
    copy.write_bytes(DATA.read_bytes())
    monkeypatch.setattr(decision_matrix, "DATA", copy)
    decision_matrix.write_northfold()
    assert copy.read_bytes() == DATA.read_bytes()


def test_each_board_has_nine_lines_and_three_that_do_not_belong():
    bad = read_data(npv_board.DATA)["bad"]
    misled = {True: 0, False: 0}
    for seed in SEEDS:
        found = npv_board.problem(seed)
        lines = found["lines"]
        assert len(lines) == 9 and len({line["item"] for line in lines}) == 9
        assert sorted(line["role"] for line in lines if line["role"] in bad) == sorted(bad)
        # One amount a line, so that it can be said in a few words.
        assert all((line["now"] > 0) != (line["yearly"] > 0) for line in lines)
        overtime = next(line for line in lines if line["role"] == "overtime")
        twice = next(line for line in lines if line["role"] == "twice")
        assert 0.8 <= twice["yearly"] / overtime["yearly"] <= 1.1
        right, naive = npv_board.value(found, bad), npv_board.value(found)
        assert abs(right) >= 4000 and abs(right) < 100_000 and abs(right - naive) >= 5000
        misled[(right > 0) != (naive > 0)] += 1
    assert min(misled.values()) > 0.4 * len(SEEDS)


def test_where_a_line_stands_tells_nothing():
    bad = read_data(npv_board.DATA)["bad"]
    places = [0] * 9
    for seed in SEEDS:
        for place, line in enumerate(npv_board.problem(seed)["lines"]):
            places[place] += line["role"] in bad
    # 100 of 300 expected in each place; standard error 8.
    assert all(abs(count - 100) < 4 * 8.2 for count in places)


def test_the_rows_of_a_board_add_up_to_its_flows():
    for seed in range(50):
        found = npv_board.problem(seed)
        rows = npv_board.cash_lines(found, ["sunk"])
        flow = [0.0] * npv_board.YEARS
        for row in rows:
            flow[row["year"]] += row["amount_mid"] * (1 if row["kind"] == "benefit" else -1)
        assert flow == npv_board.flows(found, ["sunk"])
        value = net_present_value(flow, found["rate"])
        assert all(row["low"] <= value + 1e-6 and row["high"] >= value - 1e-6 for row in swings(rows, found["rate"]))


def test_each_morning_has_five_different_customers_and_every_kind_comes():
    data = read_data(rights_clock.DATA)
    clocks = {key for key, *_ in data["clocks"]}
    seen = set()
    for seed in SEEDS:
        cases = rights_clock.problem(seed)["cases"]
        kinds = [one["kind"] for one in cases]
        assert len(set(kinds)) == rights_clock.CASES
        assert [sum(kind in group for kind in kinds) for group in data["groups"]] == [2, 1, 1, 1]
        for one in cases:
            days = [one[name] for name in ("a", "b", "c") if one[name]]
            assert days == sorted(days)
            # A customer still has the right on the day of the story, and no day is asked for where there is none.
            assert (one["last"] is None) == (not data["kinds"][one["kind"]]["ask"])
            if one["kind"] in ("reject", "repair", "final"):
                assert one["b"] <= one["last"]
        seen.update(kinds)
    assert seen == set(data["kinds"])
    for kind in data["kinds"].values():
        assert set(kind["clocks"]) <= clocks and len(kind["wrong"]) == 3 and len(kind["texts"]) == 2


def test_twelve_problems_in_a_row_are_twelve_calls_and_replies_stand_in_every_place():
    problems = [heat_simulator.problem(seed) for seed in SEEDS]
    assert {one["call"] for one in problems[:12]} == set(range(12)) == {one["call"] for one in problems[1:13]}
    places = [one["orders"][0].index(0) for one in problems]
    # Each of four places about 75 times of 300 (binomial, sd 7.5; five of those either way).
    assert all(37 <= places.count(place) <= 113 for place in range(4))


def test_each_call_can_be_brought_to_a_calm_and_lawful_end():
    data = read_data(heat_simulator.DATA)
    assert len(data["calls"]) == heat_simulator.CALLS and set(data["kinds"]) == set(heat.CHANGES)
    assert all(len(reason["wrong"]) == 3 for reason in data["reasons"])
    said = [text for call in data["calls"] for text in call["replies"].values()]
    assert len(set(said)) == len(said) == 120
    for call in data["calls"]:
        assert set(call["replies"]) == set(heat.CHANGES)
        # Warm enough that no step can be left out (tests/methods/test_heat.py).
        assert call["start"] >= 66 and heat.solved(heat.best(call["start"]))
        assert heat_simulator.last_day(call) == call["last"]
        own = call["replies"]["own"]
        # A name and a day are what ownership is.
        assert re.search(r"I am [A-Z][a-z]+", own) and re.search(r"\d{1,2} (November|December)", own)
        for day, number, month in re.findall(r"(\w+day) (\d{1,2}) (November|December)", own + call["settled"]):
            when = date(2026, {"November": 11, "December": 12}[month], int(number))
            assert f"{when:%A}" == day and when >= heat_simulator.TODAY
        assert not re.search(r"I am [A-Z]|\d (November|December)", call["replies"]["handoff"])
        assert (
            re.search(r"\bsorry\b|regret", call["replies"]["fake"]) and "understand" in call["replies"]["empty"].lower()
        )
        assert re.search(r"I am sorry.*\b(we|our|ours|us)\b", call["replies"]["apologise"], re.I)
        assert call["promise_gbp"] >= call["remedy_gbp"] or call["promise_gbp"] == 0
        assert call["last"] is None or call["last"] >= heat_simulator.TODAY.isoformat() or call["rule"] == "deliver"


def test_on_each_desk_one_agent_matters_and_no_answer_hangs_on_rounding():
    for seed in SEEDS:
        found = staffing_board.problem(seed)
        now, then = (staffing_board.level(found, found["agents"] - less) for less in (0, 1))
        assert now - then >= 4 and 0 < then < 100
        least = staffing_board.needed(found)
        reached, missed = (staffing_board.level(found, least - less) for less in (0, 1))
        assert missed < found["goal"] <= reached
        if seed:
            assert min(found["goal"] - missed, reached - found["goal"]) >= 0.5
    # The lesson's own: 200 calls of 180 seconds are 10 erlangs.
    assert staffing_board.problem(0)["calls"] * staffing_board.problem(0)["handling"] / 3600 == 10


def test_of_six_charts_two_to_four_give_a_signal_and_some_by_chance():
    chance = missed = 0
    for seed in SEEDS:
        charts = signal_or_noise.problem(seed)["charts"]
        assert len({chart["name"] for chart in charts}) == signal_or_noise.CHARTS
        firsts = [signal_or_noise.first_signal(chart) for chart in charts]
        assert 2 <= sum(first is not None for first in firsts) <= 4
        for chart, first in zip(charts, firsts, strict=True):
            assert len(chart["values"]) == 38 and (first is None or 1 <= first <= 12)
            chance += first is not None and chart["shift"] == 0
            missed += first is None and chart["shift"] != 0
    # Both happen, as they do in life, and neither is the rule.
    assert 20 < chance < 300 and 20 < missed < 300


def test_each_set_of_contacts_has_figures_that_rise_fall_and_stay():
    for seed in range(25):
        found = kpi_workbench.problem(seed)
        ways = [kpi_workbench.way(found, *one) for one in found["asked"]]
        assert set(ways) == {"up", "down", "same"} and ways[0] != "same"
        assert len(set(found["doctored"])) == 2
        honest = kpi_workbench.measures(found["contacts"], [])
        # What the words beside the moves promise.
        for move in ("early", "transfer"):
            played = kpi_workbench.measures(found["contacts"], [move])
            assert played["aht"]["value"] < honest["aht"]["value"] and played["hours"] > honest["hours"]
            assert played["fcr"]["value"] < honest["fcr"]["value"]
        assert kpi_workbench.change(found, "short", "fcr") >= 0 >= kpi_workbench.change(found, "long", "fcr")
        assert min(kpi_workbench.change(found, "angry", name) for name in ("csat", "nps")) >= 0


def test_the_contacts_of_the_book_are_northfold_s():
    # After a change of Northfold's data: kpi_workbench.write_northfold().
    assert read_data(kpi_workbench.DATA)["northfold"] == kpi_workbench.northfold()


@pytest.mark.slow
def test_each_survey_has_one_dimension_to_put_right_first_and_no_short_cut_finds_it():
    gap_alone = weight_alone = 0
    seeds = range(100)
    for seed in seeds:
        found = servqual_explorer.problem(seed)
        people, right = found["people"], servqual_explorer.answer(found)
        assert 60 <= len(people) <= 120 and len(found["comments"]) == 10
        assert sum(map(servqual_explorer.straight, people)) >= 4
        assert all(len(one["E"]) == len(one["P"]) == 22 and len(one["w"]) == 5 for one in people)
        assert all(value is None or 1 <= value <= 7 for one in people for value in one["E"] + one["P"])
        honest = [one for one in people if len(set(one["P"]) - {None}) > 1]
        # Worked out again: gap and points of each dimension, plainly.
        gaps, points = {}, {}
        for n, (name, items) in enumerate(DIMENSIONS.items()):
            own = []
            for one in honest:
                pairs = [(one["E"][i - 1], one["P"][i - 1]) for i in items]
                both = [p - e for e, p in pairs if e is not None and p is not None]
                own += [sum(both) / len(both)] if both else []
            gaps[name] = sum(own) / len(own)
            given = [one["w"][n] for one in honest if sum(one["w"]) == 100]
            points[name] = sum(given) / len(given)
        order = sorted(DIMENSIONS, key=lambda name: gaps[name] * points[name])
        first, second = (gaps[name] * points[name] for name in order[:2])
        assert order[0] == right and first <= 1.2 * second
        gap_alone += min(gaps, key=gaps.get) == right
        weight_alone += max(points, key=points.get) == right
    assert max(gap_alone, weight_alone) < 0.8 * len(seeds)


def test_northfold_s_sample_is_its_survey_and_shows_the_lesson_s_finding(monkeypatch, tmp_path):
    data = read_data(servqual_explorer.DATA)
    assert data["northfold"] == servqual_explorer.northfold()
    assert [words.lower() for words in data["statements"]] == [words.lower() for words in STATEMENTS]
    found = servqual_explorer.problem(0)
    gaps = servqual_explorer._gaps(servqual_explorer.kept(found["people"]))
    assert min(gaps, key=gaps.get) == "tangibles" and servqual_explorer.answer(found) == "reliability"
    copy = tmp_path / servqual_explorer.DATA.name
    copy.write_bytes(servqual_explorer.DATA.read_bytes())
    monkeypatch.setattr(servqual_explorer, "DATA", copy)
    servqual_explorer.write_northfold()
    assert read_data(copy) == data


def test_a_problem_is_the_same_each_time():
    assert decision_matrix.problem(17) == decision_matrix.problem(17)
    assert npv_board.problem(17) == npv_board.problem(17)
