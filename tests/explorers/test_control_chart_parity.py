"""The XmR chart in JavaScript gives the limits and signals that Python gives."""

import dataclasses
import random

import pytest
from test_parity import CALL, _same_words, furthest

from cslearn.methods import control_chart
from cslearn.methods.randomness import mulberry32
from cslearn.problem import Problem

pytestmark = pytest.mark.browser

CASES = 500


def figures(rng, least=2):
    return [rng.choice([rng.gauss(50, 5), float(rng.randint(45, 55))]) for _ in range(rng.randint(least, 60))]


def plain(found):
    if dataclasses.is_dataclass(found):
        return dataclasses.asdict(found)
    return [plain(one) if dataclasses.is_dataclass(one) else one for one in found]


def test_limits_ranges_signals_and_tampering_agree(visit):
    page = visit("blank.html")
    rng = random.Random(7)
    series = [figures(rng) for _ in range(CASES)]
    calls = {
        "limits": ([[values] for values in series], control_chart.limits),
        "movingRanges": ([[values] for values in series], control_chart.moving_ranges),
        "tampered": ([[values] for values in series], control_chart.tampered),
    }
    for name, (cases, python) in calls.items():
        results = page.evaluate(CALL, ["control_chart.js", name, cases])
        worst = max(
            furthest(plain(python(*case)), result["gives"]) for case, result in zip(cases, results, strict=True)
        )
        assert worst <= 1e-9, name
    of = [control_chart.limits(values) for values in series]
    after = [figures(rng, 1) for _ in series]
    for runs in (True, False):
        cases = [[values, plain(limit), runs] for values, limit in zip(after, of, strict=True)]
        results = page.evaluate(CALL, ["control_chart.js", "signals", cases])
        for values, limit, result in zip(after, of, results, strict=True):
            assert result["gives"] == plain(control_chart.signals(values, limit, runs=runs))


def test_normal_figures_agree(visit):
    found = visit("blank.html").evaluate(
        """async () => {
          const { normal } = await import(new URL("control_chart.js", document.baseURI));
          const { mulberry32 } = await import(new URL("randomness.js", document.baseURI));
          const draw = mulberry32(11);
          return Array.from({ length: 2000 }, () => normal(draw));
        }"""
    )
    draw = mulberry32(11)
    assert furthest([control_chart.normal(draw) for _ in range(2000)], found) <= 1e-9


@pytest.mark.parametrize(("name", "given"), [("limits", [[1]]), ("limits", [[1, None]]), ("tampered", [[]])])
def test_mistakes_are_refused_in_the_same_words(visit, name, given):
    with pytest.raises(Problem) as refused:
        getattr(control_chart, name)(*given)
    [result] = visit("blank.html").evaluate(CALL, ["control_chart.js", name, [given]])
    assert _same_words(result["problem"]) == _same_words(str(refused.value))
