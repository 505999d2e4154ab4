"""The exercises on scope and on bottlenecks: what a careful reader can take from the page, own figures, clumsy answers, model answers."""

import random
import re
from collections import Counter

import pytest

from cslearn.exercises import exercise as files
from cslearn.exercises.check import mark_answer
from cslearn.exercises.personas import find_the_bottleneck as bottleneck
from cslearn.exercises.personas import set_the_scope as scope
from cslearn.exercises.rules import find_the_bottleneck as bottleneck_rules
from cslearn.exercises.rules import set_the_scope as scope_rules
from cslearn.exercises.shown import shown, shown_tables
from cslearn.methods.map_drawing import Picture
from cslearn.methods.process_map import map_of
from cslearn.northfold import case_log, customers_rights, minutes_text
from cslearn.northfold.case import case
from cslearn.northfold.codes import learner_code

SCOPE, BOTTLENECK = files.read("set-the-scope"), files.read("find-the-bottleneck")
RNG = random.Random(1)


def award(exercise, task, answer, one):
    return mark_answer(exercise, task, answer, one)


def part(given, name):
    return next(part for part in given.parts if part.name == name)


def number(text) -> float:
    return float(str(text).replace(",", "").rstrip("%"))


def told(one, name) -> dict[str, list]:
    """A shown table as {first cell: the others}."""
    return {row[0]: row[1:] for row in shown(one)["tables"][name]["rows"]}


# ---- what is shown is enough, and holds no answer ------------------------------------------------


@pytest.mark.parametrize("code", [None, learner_code("L7", "salt"), learner_code("L8", "salt")])
def test_a_careful_reader_of_the_page_can_fill_in_the_scope(code):
    own = case("set-the-scope", code=code)
    answer = scope.scope_canvas_expert(own, RNG)
    answer["start"]["hours_before_log"] = number(told(own, "steps")["log"][-1])
    after = {key.partition(":")[0]: value[0] for key, value in told(own, "after_answer").items()}
    answer["end"]["came_back_pct"] = round(100 * after["investigate"] / after["All cases that had an answer"], 1)
    assert award(SCOPE, "scope-canvas", answer, own).marks == 8
    people = scope.who_and_rules_expert(own, RNG)
    seen = {role.lower() for role, row in told(own, "hand_offs").items() if number(row[-1]) >= 2}
    assert seen <= {row["role"] for row in people["people"]}
    done_by = {step: row[0] for step, row in told(own, "who_does_what").items()}
    assert "returns desk" in done_by["investigate"] and done_by["approve"].startswith("manager")


@pytest.mark.parametrize("code", [None, learner_code("L7", "salt"), learner_code("L8", "salt")])
def test_a_careful_reader_of_the_page_can_find_the_bottleneck(code):
    own = case("find-the-bottleneck", code=code)
    waits, work = told(own, "waiting_office"), told(own, "work")
    groups = list(told(own, "groups").values())
    totals = {step: number(row[0]) for step, row in waits.items() if step != "All steps"}
    stuck = max(totals, key=totals.get)
    rates = {}
    for says, cells in told(own, "standards").items():
        missed, concerned = map(sum, zip(*(map(int, cell.split(" of ")) for cell in cells), strict=True))
        rates[says[:2]] = 100 * missed / concerned
    worst = max(rates, key=rates.get)
    answer = {
        "waits": {
            step: {"wait_h": totals[step], "work_h": number(work[step][1])} for step in bottleneck_rules.WAIT_STEPS
        },
        "bottleneck": stuck,
        "share_of_wait_pct": round(100 * totals[stuck] / number(waits["All steps"][0]), 1),
        "rework": {"closed_cases": groups[0][0], "came_back_pct": round(100 * groups[0][1] / groups[0][0], 1)},
        "hand_offs_mean": round(groups[0][2] / groups[0][0], 2),
        "failure": {"standard": worst, "missed_pct": round(rates[worst], 1)},
    }
    assert award(BOTTLENECK, "where-it-sticks", answer, own).marks == 7
    value = bottleneck.value_expert(own, RNG)
    all_work, all_waiting = number(work["All steps"][1]), number(waits["All steps"][0])
    value["flow_efficiency_pct"] = round(100 * all_work / (all_work + all_waiting), 1)
    assert award(BOTTLENECK, "value", value, own).marks == 2
    # The same figures say where each wrong way would lead.
    decoys = own.planted["decoys"]
    steps = [step for step in work if step != "All steps"]
    assert max(steps, key=lambda step: number(work[step][1])) == decoys["touch"]
    assert max(steps, key=lambda step: work[step][0]) == decoys["count"]
    assert max(steps, key=lambda step: number(waits[step][1])) == decoys["rare"]
    assert max(steps, key=lambda step: number(waits[step][3])) == decoys["longest"]


@pytest.mark.parametrize("name", ["set-the-scope", "find-the-bottleneck"])
def test_the_tables_are_small_and_a_notebook_shows_the_same(name):
    own = case(name)
    tables = shown(own)["tables"].values()
    assert max(len(table["rows"]) for table in tables) <= 60
    assert all(len(table["columns"]) == len(row) for table in tables for row in table["rows"])
    # On a phone a table of more than six columns is a tunnel.
    assert max(len(table["columns"]) for table in tables) <= 6
    tasks = {table["task"] for table in tables}
    in_notebook = shown_tables(own, "", *tasks)
    assert [table["title"] for table in in_notebook.tables] == [table["title"] for table in tables]
    html = in_notebook._repr_html_()
    assert html.count("<table>") == len(tables) and "None" not in html
    assert str(in_notebook).startswith(in_notebook.says[0])


def test_the_minutes_are_shown_word_for_word_and_folded():
    own = case("set-the-scope")
    tables = shown(own)["tables"]
    for day, text in own.documents["minutes"].items():
        table = tables[f"minutes_{day}"]
        assert table["folded"] is True
        words = Counter(re.findall(r"\w+", " ".join(" ".join(row) for row in table["rows"])))
        # Everything below the list of those who sent apologies, but for the list of actions, which has a table.
        body = re.sub(r"\*\*Actions\*\*.*", "", text.partition("Apologies:")[2].partition("\n")[2], flags=re.S)
        missing = Counter(re.findall(r"\w+", re.sub(r"^\d+\. |\*\*Decisions\*\*|^- ", "", body, flags=re.M))) - words
        assert not missing, missing
    assert len(tables["actions"]["rows"]) == sum(len(meeting.actions) for meeting in minutes_text.MEETINGS)


# ---- the hidden stakeholder -----------------------------------------------------------------------


def test_the_returns_desk_is_large_in_the_log_and_at_no_meeting():
    for n in range(4):
        own = case("set-the-scope", practice=n)
        share = {one.role: one.share for one in case_log.roles(case_log.log_of(own))}["returns desk"]
        assert share >= 0.08
    present = {minutes_text.PEOPLE[name] for meeting in minutes_text.MEETINGS for name in meeting.present}
    assert not any("returns" in title.lower() for title in present)
    # Whose action was never done, and for whom it was.
    action = scope_rules._ACTIONS[scope_rules._ACCESS_ACTION]
    assert action.done is None and "no telephone" in action.text


# ---- own figures ------------------------------------------------------------------------------------


def test_steps_are_judged_between_the_learner_s_own_start_and_end():
    own = case("set-the-scope", practice=2)
    answer = scope.scope_canvas_starts_at_the_desk(own, RNG)
    given = award(SCOPE, "scope-canvas", answer, own)
    assert part(given, "steps").marks == 2 and part(given, "start").marks == 0
    # Two steps in a row are no process, however tightly they fit.
    answer["start"]["event"], answer["end"]["event"], answer["in_steps"] = "approve", "reply", ["approve", "reply"]
    assert part(award(SCOPE, "scope-canvas", answer, own), "steps").marks <= 2 * 2 / 6


def test_a_wrong_table_of_waits_is_lost_once():
    own = case("find-the-bottleneck", practice=5)
    for recipe in (bottleneck.where_it_sticks_counts_nights, bottleneck.where_it_sticks_start_to_start):
        given = award(BOTTLENECK, "where-it-sticks", recipe(own, RNG), own)
        assert part(given, "waits").marks < 1.2
        assert sum(one.marks for one in given.parts[1:]) == 5


def test_test_cases_in_the_count_are_lost_once():
    own = case("find-the-bottleneck", practice=5)
    given = award(BOTTLENECK, "where-it-sticks", bottleneck.where_it_sticks_tests_left_in(own, RNG), own)
    assert given.marks == 6.5


def test_a_share_of_six_steps_in_place_of_nine_is_said():
    own = case("find-the-bottleneck", practice=3)
    answer = bottleneck.where_it_sticks_expert(own, RNG)
    waits = answer["waits"]
    answer["share_of_wait_pct"] = round(
        100 * waits[answer["bottleneck"]]["wait_h"] / sum(row["wait_h"] for row in waits.values()), 1
    )
    given = part(award(BOTTLENECK, "where-it-sticks", answer, own), "bottleneck")
    assert given.marks == 1 and "of six steps" in given.sentence


def test_open_cases_left_out_of_a_standard_are_said():
    for n in range(12):
        own = case("find-the-bottleneck", practice=n)
        log, drawn = case_log.log_of(own), own.facts["log_drawn"]
        answer = bottleneck.where_it_sticks_expert(own, RNG)
        closed = case_log.standards(log.closed, drawn)[answer["failure"]["standard"]]
        rate = round(100 * closed.missed / closed.concerned, 1)
        if abs(rate - answer["failure"]["missed_pct"]) > 0.3:
            answer["failure"]["missed_pct"] = rate
            given = part(award(BOTTLENECK, "where-it-sticks", answer, own), "failure")
            assert given.marks == 0.5 and "left out the open cases" in given.sentence
            break
    else:
        pytest.fail("in none of these cases does it make a difference")


def test_the_shape_of_a_map_decides_and_not_the_names_of_its_nodes():
    own = case("find-the-bottleneck", practice=1)
    answer = bottleneck.the_map_expert(own, RNG)
    names = {node["id"]: f"x{n}" for n, node in enumerate(answer["nodes"])}
    renamed = {
        "nodes": [{**node, "id": names[node["id"]]} for node in reversed(answer["nodes"])],
        "edges": [{**edge, "from": names[edge["from"]], "to": names[edge["to"]]} for edge in answer["edges"]],
    }
    assert award(BOTTLENECK, "the-map", renamed, own).marks == 6


# ---- clumsy and hostile answers -------------------------------------------------------------------


@pytest.mark.parametrize("exercise", [SCOPE, BOTTLENECK], ids=lambda exercise: exercise.name)
def test_an_answer_that_is_half_filled_in_is_marked_and_never_an_error(exercise):
    module = scope if exercise is SCOPE else bottleneck
    own = case(exercise.name, practice=1)
    rng = random.Random(5)
    for task in exercise.tasks:
        if not task.schema:
            continue
        expert = getattr(module, f"{task.variable}_expert")(own, rng)
        full = award(exercise, task.name, expert, own).marks
        for _ in range(30):
            given = award(exercise, task.name, _holed(expert, rng), own)
            assert 0 <= given.marks <= full
            assert all(one.sentence for one in given.parts)


def _holed(value, rng):
    """The answer with entries missing here and there."""
    if rng.random() < 0.12:
        return None
    if isinstance(value, dict):
        return {key: _holed(inner, rng) for key, inner in value.items()}
    if isinstance(value, list):
        return [_holed(inner, rng) for inner in value if rng.random() > 0.1]
    return value


@pytest.mark.parametrize(
    "day", ["2024-02-30", "soon", "31/05/2024", "", "0000-00-00", "2024-05-19T10:00", "99999-01-01"]
)
def test_a_day_that_is_none_earns_nothing_and_stops_nothing(day):
    own = case("set-the-scope")
    answer = scope.who_and_rules_expert(own, RNG)
    answer["law"]["case1"]["last_day"] = day
    given = award(SCOPE, "who-and-rules", answer, own)
    assert part(given, "law").marks == pytest.approx(1.35)


@pytest.mark.parametrize(
    ("nodes", "edges", "says"),
    [
        ([], [{"from": "a", "to": "b", "label": None}], "Draw the map first"),
        ([{"id": "a", "type": "task", "lane": "agent", "activity": "log"}], [{"from": "a", "to": "a", "label": None}], "no start"),
        ([{"id": "a", "type": "task", "lane": "agent", "activity": "log"}] * 2, [{"from": "a", "to": "q", "label": None}], "called a"),
    ],
)  # fmt: skip
def test_a_map_that_is_none_gets_its_sentence(nodes, edges, says):
    given = award(BOTTLENECK, "the-map", {"nodes": nodes, "edges": edges}, case("find-the-bottleneck"))
    assert given.marks < 1 and says in " ".join(part.sentence for part in given.parts)


def test_a_large_map_is_marked_in_good_time():
    # As large as the form allows, with every arrow that fits: the rule must end.
    names = [f"n{n}" for n in range(36)]
    nodes = [{"id": name, "type": "task", "lane": "agent", "activity": "investigate"} for name in names]
    nodes += [{"id": "s", "type": "start", "lane": None, "activity": None}, {"id": "e", "type": "end", "lane": None, "activity": None}]  # fmt: skip
    pairs = [(a, b) for a in names for b in names if a != b]
    edges = [{"from": a, "to": b, "label": None} for a, b in random.Random(3).sample(pairs, 78)]
    edges += [{"from": "s", "to": "n0", "label": None}, {"from": "n1", "to": "e", "label": None}]
    given = award(BOTTLENECK, "the-map", {"nodes": nodes, "edges": edges}, case("find-the-bottleneck"))
    assert given.marks <= 0.15 * given.maximum


# ---- what the choices say ----------------------------------------------------------------------------


def test_the_form_s_choices_are_the_rule_s():
    canvas = SCOPE.task("scope-canvas").schema["properties"]
    assert set(canvas["start"]["properties"]["event"]["enum"]) == set(case_log.STEPS)
    assert set(canvas["in_steps"]["items"]["enum"]) == {*case_log.STEPS, *case_log.NEXT_TO_IT}
    row = canvas["out_steps"]["items"]["properties"]
    assert set(row["step"]["enum"]) == set(canvas["in_steps"]["items"]["enum"])
    assert row["reason"]["x-choices"] == scope_rules.REASONS
    pairs = [canvas[name]["items"]["properties"] for name in ("inputs", "outputs")]
    for pair, right in zip(pairs, (scope_rules.INPUTS, scope_rules.OUTPUTS), strict=True):
        for place, field in enumerate(pair.values()):
            assert {one[place] for one in right} <= set(field["enum"])
    people = SCOPE.task("who-and-rules").schema["properties"]
    assert set(people["people"]["items"]["properties"]["role"]["enum"]) == set(scope_rules.WHY)
    assert tuple(people["raci"]["properties"]) == scope_rules.RACI_STEPS
    assert all(tuple(step["properties"]) == scope_rules.RACI_ROLES for step in people["raci"]["properties"].values())
    law = people["law"]["properties"]
    assert law["case1"]["properties"]["clock"]["x-choices"] == customers_rights.CLOCKS
    assert law["data_use"]["x-choices"] == customers_rights.BASES
    work = BOTTLENECK.task("value").schema["properties"]["work"]["properties"]
    assert tuple(work) == tuple(bottleneck_rules.VALUE)
    assert tuple(BOTTLENECK.task("where-it-sticks").schema["properties"]["waits"]["properties"]) == bottleneck_rules.WAIT_STEPS  # fmt: skip
    lanes = BOTTLENECK.task("the-map").schema["properties"]["nodes"]["items"]["properties"]["lane"]["enum"]
    assert set(lanes) == set(case_log.ROLES)


def test_a_map_reads_as_text_where_no_picture_can_be_shown():
    drawn = map_of([("s", "", "start"), ("t", "agent", "log"), ("e", "", "end")], ["s > t > e"])
    assert str(Picture(drawn, "A map")) == "A map\ns leads to t\nt leads to e\ne leads to nothing more"


# ---- model answers ---------------------------------------------------------------------------------


def test_the_model_defence_fits_the_practice_case():
    text = SCOPE.task("defence").model_answer
    log = case_log.log_of(case("set-the-scope"))
    desk = {one.role: one for one in case_log.roles(log)}["returns desk"]
    before_log = {place.step: place for place in case_log.places(log)}["log"].after_hours
    assert f"part in {100 * desk.share:.0f}% of all hand-offs" in text
    assert f"wait {before_log:.1f} office hours" in text
    assert 80 <= len(text.split()) <= 130


def test_the_model_root_cause_fits_the_practice_case():
    text = BOTTLENECK.task("root-cause").model_answer
    own = case("find-the-bottleneck")
    log, times = case_log.log_of(own), case_log.step_times(own)
    stuck, work = times["approve"], times["investigate"]
    assert own.planted["bottleneck"] == "approve" and own.planted["decoys"]["touch"] == "investigate"
    share = 100 * stuck.wait_hours / sum(one.wait_hours for one in times.values())
    signed = Counter(sum(step.activity == "approve" for step in one.steps) for one in log.real)
    managers = {one.role: one.people for one in case_log.roles(log)}["manager"]
    assert managers == 8 and "took eight managers" in text
    for words in (
        f"lies {share:.0f}% of all waiting", f"{stuck.wait_hours:,.0f} hours, for {stuck.work_hours:.0f} hours of work",
        f"signature takes {stuck.work_mean_minutes:.0f} minutes", f"a median of {stuck.wait_median_hours:.0f} hours",
        f"{sum(n for times, n in signed.items() if times > 1)} of {sum(n for times, n in signed.items() if times)} such cases",
        f"the most work, {work.work_hours:.0f} hours", f"{stuck.wait_hours / work.wait_hours:.1f} times as long",
    ):  # fmt: skip
        assert words in text, words
    assert 80 <= len(text.split()) <= 130
