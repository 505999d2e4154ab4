"""The explorer that sorts documents into monitoring and evaluation: its problems, its arithmetic, and how it is played."""

import random

import pytest
from playing_sorts import play_sort
from test_parity import CALL, _same_words, furthest
from test_play import Player

from cslearn.explorers import monitor_or_evaluate as sort
from cslearn.explorers import signal_or_noise
from cslearn.explorers.data import read_data
from cslearn.methods.sorting import sorted_well
from cslearn.problem import Problem

DATA = read_data(sort.DATA)
KINDS = ["monitoring", "evaluation"]


# The words ---------------------------------------------------------------------------------


def test_every_title_comes_with_both_jobs_so_that_a_title_never_tells():
    documents = DATA["documents"]
    assert len({one["title"] for one in documents}) == len(documents) >= 16
    texts = [one[job][0] for one in documents for job in KINDS]
    whys = [one[job][1] for one in documents for job in KINDS]
    assert len(set(texts)) == len(set(whys)) == 2 * len(documents)
    for text in texts:
        assert "monitor" not in text.lower() and "evaluat" not in text.lower(), text


def test_each_reason_has_three_wrong_answers_with_an_explanation_of_their_own():
    for reason in DATA["reasons"]:
        whys = [reason["because"], *(why for _, why in reason["wrong"])]
        assert len(reason["wrong"]) == 3 and len(set(whys)) == 4 and all(len(why.split()) >= 8 for why in whys)


# The problems ------------------------------------------------------------------------------


def test_every_problem_has_twelve_documents_and_four_to_eight_that_judge():
    late = []
    for seed in range(300):
        found = sort.problem(seed)["documents"]
        assert len({one["title"] for one in found}) == 12
        late.append(sum(one["job"] == "evaluation" for one in found))
        for one in found:
            of = next(other for other in DATA["documents"] if other["title"] == one["title"])
            assert [one["text"], one["because"]] == of[one["job"]]
    assert set(late) == {4, 5, 6, 7, 8}


def test_a_coin_hardly_ever_gets_ten_of_twelve():
    # 66 + 12 + 1 ways of 4,096 to get ten, eleven or all twelve.
    assert (66 + 12 + 1) / 4096 < 1 / 50
    assert sort.ENOUGH == 10


# The page ----------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_page_makes_the_problems_and_the_scores_that_python_makes(visit):
    page = visit("blank.html")
    seeds = list(range(200))
    made = page.evaluate(CALL, ["monitor_or_evaluate.js", "problem", [[seed] for seed in seeds]])
    assert [one["gives"] for one in made] == [sort.problem(seed) for seed in seeds]
    rng = random.Random(3)
    cases = []
    for _ in range(400):
        size = rng.randint(1, 14)
        kinds = rng.choice([["monitoring", "evaluation"], ["a", "b"], ["one"]])
        cases.append([[rng.choice([*kinds, None]) for _ in range(size)], [rng.choice(kinds) for _ in range(size)]])
    for case, result in zip(cases, page.evaluate(CALL, ["sorting.js", "sortedWell", cases]), strict=True):
        own, told = sorted_well(*case), result["gives"]
        assert furthest([own.right, own.share, own.mixed], [told["right"], told["share"], told["mixed"]]) <= 1e-9
        assert own.one_way == told["one_way"]


@pytest.mark.browser
@pytest.mark.parametrize("case", [[["a"], ["a", "b"]], [[], []], [["a"] * 3, ["a", "b", "c"]]])
def test_mistakes_are_refused_in_the_same_words(visit, case):
    with pytest.raises(Problem) as refused:
        sorted_well(*case)
    [result] = visit("blank.html").evaluate(CALL, ["sorting.js", "sortedWell", [case]])
    assert _same_words(result["problem"]) == _same_words(str(refused.value))


@pytest.mark.browser
def test_other_ways_of_reading_charts_agree(visit):
    rng = random.Random(5)
    cases = []
    for seed in range(60):
        charts = signal_or_noise.problem(seed)["charts"]
        cases += [[charts, rng.randint(6, 26), rng.random() < 0.5, rng.random() < 0.5] for _ in range(4)]
    told = visit("blank.html").evaluate(CALL, ["signal_or_noise.js", "reading", cases])
    for case, result in zip(cases, told, strict=True):
        own = signal_or_noise.reading(*case)
        assert [row["first"] for row in own["rows"]] == [row["first"] for row in result["gives"]["rows"]]
        lines = [[row[key] for row in own["rows"] for key in ("mean", "lower", "upper")]]
        assert (
            furthest(lines, [[row[key] for row in result["gives"]["rows"] for key in ("mean", "lower", "upper")]])
            <= 1e-9
        )
        for key in ("hits", "changed", "alarms", "quiet"):
            assert own[key] == result["gives"][key]


@pytest.fixture
def play(visit):
    def start(slug="monitor-or-evaluate", **more):
        page = visit(f"{slug}.html", **more)
        page.wait_for_selector("[data-ready]")
        return Player(page)

    return start


@pytest.mark.browser
@pytest.mark.slow
def test_two_errors_are_allowed_and_three_are_not_and_a_habit_is_named(play):
    player = play()
    jobs = [one["job"] for one in sort.problem(0)["documents"]]
    early = [n for n, job in enumerate(jobs) if job == "monitoring"]
    play_sort(player, 0, lambda step: None, wrong=early[:2])
    words = player.page.locator("[data-step=reveal]").inner_text()
    assert "You have 10 of 12 right. More than once you took what steers for a judgement." in words
    player.press("button", "Try a new problem")
    play_sort(player, 1, lambda step: None, wrong=(0, 1, 2), off=1)
    assert [one["right"] for one in player.value["rounds"]] == [True, False]
    assert player.value["rounds"][1]["error"] == pytest.approx(1 / 12)


@pytest.mark.browser
@pytest.mark.slow
def test_a_document_without_an_answer_is_named(play):
    player = play()
    player.type("How many of the twelve", 6)
    player.press("submit", "Run it")
    player.pick(0)
    player.press("submit", "Reveal")
    assert player.page.locator("[data-step=run] [role=alert]").inner_text() == "Choose for document 2."


@pytest.mark.browser
@pytest.mark.slow
def test_limits_from_the_new_weeks_miss_what_the_old_ones_find(play):
    from test_play import play_signals

    # A problem in which the change hides itself when its own weeks help to set the limits.
    def hidden(seed):
        charts = signal_or_noise.problem(seed)["charts"]
        before, after = (signal_or_noise.reading(charts, 26, False, way) for way in (False, True))
        return after["hits"] < before["hits"]

    seed = next(seed for seed in range(1, 50) if hidden(seed))
    player = play("signal-or-noise")
    page = player.page
    page.evaluate(
        "(seed) => model.set('value', { explorer: 'signal-or-noise', seed, step: 'predict', rounds: [], tried: [] })",
        seed,
    )
    play_signals(player, seed, lambda step: None)
    page.locator("[data-step=reveal] h3").focus()
    player.press("checkbox", "Count runs of eight")
    player.press("checkbox", "Let the 12 weeks")
    said = page.locator("[data-step=reveal] .cslx-say").first.inner_text()
    own = signal_or_noise.reading(signal_or_noise.problem(seed)["charts"], 26, False, True)
    assert said == (
        f"Found: {own['hits']} of {own['changed']} charts that really changed."
        f" False alarms: {own['alarms']} of {own['quiet']} that did not."
    )
    assert player.value["choices"]["with_after"] is True and player.value["choices"]["runs"] is False
