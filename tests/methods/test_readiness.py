"""ADKAR means, barriers and small cells, against pandas, NumPy and plain search on random surveys."""

import itertools
import random

import numpy as np
import pandas as pd
import pytest

from cslearn.methods import readiness
from cslearn.methods.readiness import ELEMENTS, SMALL_CELL, barrier, change, element_means, findings, groups, too_small
from cslearn.problem import Problem

CASES = 300
STATEMENTS = [f"{element}{number}" for element in ELEMENTS for number in (1, 2)]


def a_survey(rng: random.Random) -> list[dict]:
    """A survey of one to six teams, with people who did not answer and statements left blank."""
    rows = []
    for team in range(1, rng.randint(1, 6) + 1):
        level = {element: rng.uniform(1.5, 4.5) for element in ELEMENTS}
        for _ in range(rng.randint(1, 13)):
            silent = rng.random() < 0.2
            scores = {
                item: None if silent or rng.random() < 0.05 else min(5, max(1, round(rng.gauss(level[item[:-1]], 0.9))))
                for item in STATEMENTS
            }
            rows.append({"team": team, **scores})
    return rows


def long_table(rows: list[dict]) -> pd.DataFrame:
    """The same survey as one row a score, which is how pandas would be asked."""
    table = pd.DataFrame(rows).melt("team", STATEMENTS, "item", "score").dropna()
    return table.assign(element=table["item"].str[:-1], score=table["score"].astype(float))


@pytest.mark.parametrize("seed", range(CASES))
def test_means_barriers_and_what_is_hidden_agree_with_pandas_and_numpy(seed):
    rows = a_survey(random.Random(seed))
    found = groups(rows)
    long, wide = long_table(rows), pd.DataFrame(rows)
    means = long.pivot_table(index="team", columns="element", values="score", aggfunc="mean").reindex(
        columns=[*ELEMENTS]
    )
    answered = wide.set_index("team")[STATEMENTS].notna().any(axis=1).groupby(level=0).sum()
    assert [*found] == sorted(found) == [*wide["team"].unique()]
    for team, group in found.items():
        assert group.asked == (wide["team"] == team).sum() and group.answered == answered[team]
        assert group.shown == (answered[team] >= SMALL_CELL)
        if not group.shown:
            assert group.barrier is None
            continue
        own = means.loc[team].to_numpy(dtype=float)
        assert np.array(list(group.means.values()), dtype=float) == pytest.approx(own, abs=1e-12, nan_ok=True)
        low = own <= 3.0
        expected = None if np.isnan(own).any() or not low.any() else [*ELEMENTS][int(np.argmax(low))]
        assert group.barrier == expected
    assert len(findings(found)) == len(found)


@pytest.mark.parametrize("seed", range(CASES))
def test_the_barrier_is_the_first_low_mean_by_search(seed):
    rng = random.Random(f"barrier {seed}")
    means = {element: rng.choice([rng.uniform(1, 5), 3.0, 2.9, 3.1]) for element in ELEMENTS}
    low = [element for element in ["A", "D", "K", "Ab", "R"] if means[element] <= 3]
    assert barrier(means) == (low[0] if low else None)
    assert barrier(dict(sorted(means.items()))) == barrier(means), "the order is ADKAR's, whatever the mapping's"


def test_exactly_three_counts_and_a_lower_one_later_waits():
    means = {"A": 3.4, "D": 3.0, "K": 2.1, "Ab": 4, "R": 4}
    assert barrier(means) == "D"
    assert barrier(means | {"D": 3.01}) == "K"
    assert barrier(dict.fromkeys(ELEMENTS, 3.5)) is None


def can_be_told(answered: dict, hidden: set, smallest: int) -> bool:
    """Whether the total less the shown groups tells the figure of one group, or of too few people."""
    left = [count for name, count in answered.items() if name in hidden and count]
    return bool(left) and (len(left) == 1 or sum(left) < smallest)


@pytest.mark.parametrize("seed", range(CASES))
def test_no_hidden_group_can_be_worked_out_and_no_smaller_choice_would_do(seed):
    rng = random.Random(f"cells {seed}")
    answered = {name: rng.choice([0, 1, 2, 3, 4, 5, 6, 9, 12]) for name in "abcdef"[: rng.randint(1, 6)]}
    smallest = rng.choice([3, 5, 10])
    plain = too_small(answered, smallest)
    assert plain == {name for name in answered if answered[name] < smallest}
    hidden = too_small(answered, smallest, total_shown=True)
    assert plain <= hidden
    # By trying every larger set: none that keeps the secret hides fewer people's answers with as few groups.
    others = [name for name in answered if name not in plain]
    safe = [
        plain | set(more)
        for size in range(len(others) + 1)
        for more in itertools.combinations(others, size)
        if not can_be_told(answered, plain | set(more), smallest)
    ]
    if not safe:
        assert hidden == set(answered)
        return
    assert not can_be_told(answered, hidden, smallest)
    fewest = min(map(len, safe))
    least = min(sum(answered[name] for name in found) for found in safe if len(found) == fewest)
    assert len(hidden) == fewest and sum(answered[name] for name in hidden) == least


@pytest.mark.parametrize("seed", range(CASES))
def test_a_change_agrees_with_pandas(seed):
    rng = random.Random(f"change {seed}")
    waves = [{team: [rng.randint(1, 5) for _ in range(rng.randint(0, 12))] for team in range(1, 6)} for _ in range(2)]
    if not all(any(wave.values()) for wave in waves):
        return
    found = change(*waves)
    tables = [
        pd.Series({(t, n): s for t, scores in w.items() for n, s in enumerate(scores)}, dtype=float) for w in waves
    ]
    assert found.change == pytest.approx(tables[1].mean() - tables[0].mean())
    for team, moved in found.groups.items():
        one, other = waves[0][team], waves[1][team]
        if min(len(one), len(other)) < SMALL_CELL:
            assert moved is None
        else:
            assert moved == pytest.approx(np.mean(other) - np.mean(one))
    signs = {
        team for team, moved in found.groups.items() if moved is not None and np.sign(moved) * np.sign(found.change) < 0
    }
    assert set(found.against_the_mean) == signs


def one_team(**means) -> dict:
    """A team of ten whose two statements have these means, worked out by hand: tenths of five answers."""
    level = dict.fromkeys(ELEMENTS, 4.0) | means
    people = [{"team": 5} for _ in range(10)]
    for element, mean in level.items():
        high = round((mean - int(mean)) * 10)
        for n, person in enumerate(people):
            person[f"{element}1"] = person[f"{element}2"] = int(mean) + (n < high)
    return groups(people)


def test_a_finding_names_the_barrier_what_helps_and_what_has_to_wait():
    (said,) = findings(one_team(D=2.4, K=2.1))
    assert said.startswith("Team 5 is held up by Desire (2.4 of 5, 10 answers). ")
    assert "no course teaches a wish" in said and said.endswith(
        "Knowledge is lower still (2.1), and has to wait its turn."
    )
    (free,) = findings(one_team())
    assert free == "Team 5: every element is above 3, so nothing holds it up (10 answers)."
    few = groups([{"team": 9, "A1": 2} for _ in range(4)] + [{"team": 9}] * 3 + [{"team": 8, "A1": None}])
    assert findings(few) == [
        "Team 9: only 4 of 7 answered, so its figures are not shown. Ask in another way.",
        "Team 8: nobody answered, so its figures are not shown. Ask in another way.",
    ]
    gap = groups([{"team": 1, "A1": 4}] * 6)
    assert findings(gap) == ["Team 1: nobody answered on Desire, so the barrier cannot be told."]


def test_blanks_of_every_kind_are_passed_over():
    people = [{"A1": 4, "A2": None, "D1": float("nan"), "D2": pd.NA, "K1": np.int64(2), "K2": 3.0, "other": "x"}]
    assert element_means(people) == {"A": 4, "D": None, "K": 2.5, "Ab": None, "R": None}
    assert element_means([]) == dict.fromkeys(ELEMENTS)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: element_means([{"A1": 6}]), "An answer on Awareness is 6. Answers are whole numbers from 1 to 5"),
        (lambda: element_means([{"Ab2": 2.5}]), "An answer on Ability is 2.5"),
        (lambda: element_means([{"R1": "4"}]), "An answer on Reinforcement is '4'"),
        (lambda: element_means([{"R1": True}]), "An answer on Reinforcement is True"),
        (lambda: barrier({"A": 4, "D": None}), "There is no mean for Desire"),
        (lambda: barrier({"A": 3.5}), "There is no mean for Desire"),
        (lambda: groups([{"A1": 3}]), "A row of the survey has no team"),
        (lambda: groups([{"site": None}], by="site"), "has no site"),
        (lambda: too_small({"a": -1}), "'a' has -1 answers"),
        (lambda: too_small({"a": 2.0}), "'a' has 2.0 answers"),
        (lambda: change({"a": []}, {"a": [3]}), "Nobody answered the first time"),
        (lambda: change({"a": [3]}, {}), "Nobody answered the second time"),
    ],
)
def test_bad_input_is_a_sentence(call, says):
    with pytest.raises(Problem) as caught:
        call()
    assert str(caught.value).startswith(says) or says in str(caught.value)


def test_every_element_has_a_remedy_and_the_survey_s_names():
    from cslearn.northfold import staff_survey

    assert [*readiness.REMEDIES] == [*ELEMENTS] == [*staff_survey.ELEMENTS.values()]
    assert [*staff_survey.ITEMS] == STATEMENTS
