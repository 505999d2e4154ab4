"""Effects in JavaScript and in Python, the problems of the effect finder, and what every problem must hold."""

import random

import pytest
from test_parity import CALL, _same_words, furthest

from cslearn import load
from cslearn.explorers import effect_finder
from cslearn.explorers.data import read_data
from cslearn.methods import effects, student_t
from cslearn.northfold import kpi_daily
from cslearn.problem import Problem

CASES = 300


def weeks(rng, number=None):
    return [rng.gauss(60, 4) for _ in range(number or rng.randint(2, 60))]


@pytest.mark.browser
def test_effects_and_multipliers_agree(visit):
    page = visit("blank.html")
    rng = random.Random(5)
    sites = []
    for _ in range(CASES):
        before, after = rng.randint(2, 60), rng.randint(2, 20)
        sites.append([weeks(rng, before), weeks(rng, after), weeks(rng, before), weeks(rng, after)])
    calls = {
        ("effects.js", "beforeAfter"): (
            [case[:2] for case in sites],
            lambda *given: effects.before_after(*given)._asdict(),
        ),
        ("effects.js", "againstSite"): (sites, lambda *given: effects.against_site(*given)._asdict()),
        ("student_t.js", "tMultiplier"): (
            [[rng.choice([rng.uniform(0.8, 4), rng.uniform(4, 300)])] for _ in sites],
            student_t.t_multiplier,
        ),
    }
    for (file, name), (cases, python) in calls.items():
        results = page.evaluate(CALL, [file, name, cases])
        worst = max(furthest(python(*case), result["gives"]) for case, result in zip(cases, results, strict=True))
        assert worst <= 1e-9, name
    found = [effects.against_site(*case) for case in sites]
    wanted = [rng.uniform(0.1, 5) for _ in found]
    for name, python, more in (
        ("verdict", effects.verdict, [[rng.random() < 0.5] for _ in found]),
        ("againstTarget", effects.against_target, [[gain] for gain in wanted]),
    ):
        cases = [[effect._asdict(), *rest] for effect, rest in zip(found, more, strict=True)]
        results = page.evaluate(CALL, ["effects.js", name, cases])
        assert [result["gives"] for result in results] == [
            python(effect, *rest) for effect, rest in zip(found, more, strict=True)
        ]


@pytest.mark.browser
def test_problems_agree(visit):
    page = visit("blank.html")
    there = page.evaluate(
        """async () => {
          const { problem, truth } = await import(new URL("effect_finder.js", document.baseURI));
          return Array.from({ length: 200 }, (_, seed) => [problem(seed), truth(problem(seed))]);
        }"""
    )
    for seed, (found, truth) in enumerate(there):
        here = effect_finder.problem(seed)
        assert found == here
        assert truth == effect_finder.truth(here)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "python", "given"),
    [
        ("beforeAfter", "before_after", [[1], [1, 2]]),
        ("beforeAfter", "before_after", [[1, 1], [2, 2]]),
        ("againstSite", "against_site", [[1, 2], [1, 2], [1, 2, 3], [1, 2]]),
    ],
)
def test_mistakes_are_refused_in_the_same_words(visit, name, python, given):
    with pytest.raises(Problem) as refused:
        getattr(effects, python)(*given)
    [result] = visit("blank.html").evaluate(CALL, ["effects.js", name, [given]])
    assert _same_words(result["problem"]) == _same_words(str(refused.value))


def test_the_book_s_own_problem_is_northfold_s_first_contact_resolution():
    own = read_data(effect_finder.DATA)["own"]
    weekly = kpi_daily.weekly(load("kpi_daily")).loc[str(kpi_daily.BEFORE[0]) : str(kpi_daily.AFTER[1])]
    assert own["here"] == pytest.approx(weekly["North"].tolist(), abs=0.006)
    assert own["there"] == pytest.approx(weekly["West"].tolist(), abs=0.006)
    assert effect_finder.truth(effect_finder.problem(0)) == {"bias": "too_kind", "verdict": "improved", "size": "part"}


def test_every_problem_is_clear_and_no_answer_can_be_guessed():
    found = [effect_finder.problem(seed) for seed in range(1, 201)]
    truths = [effect_finder.truth(one) for one in found]
    for part, least in (("bias", 0.2), ("verdict", 0.08), ("size", 0.2)):
        shares = [
            sum(truth[part] == value for truth in truths) / len(truths) for value in {truth[part] for truth in truths}
        ]
        assert len(shares) == 3 and min(shares) > least, part
    inside = 0
    for one in found:
        effect = effect_finder.effect_of(one, "site")
        assert abs(effect.value - one["wanted"]) >= 0.6 and min(abs(effect.low), abs(effect.high)) >= 0.4
        inside += effect.low <= one["effect"] <= effect.high
    # The interval holds what was planted about 95 times in 100, a little more or less for the screening.
    assert 0.90 <= inside / len(found) <= 0.99
