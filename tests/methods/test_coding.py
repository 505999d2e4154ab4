"""Labels, codes and the Pareto table: by hand, against pandas on random labels, and against plain search for words."""

import random

import pandas as pd
import pytest

from cslearn.methods.coding import codes, pareto, tidied
from cslearn.problem import Problem

CASES = 300
BOOK = {"safety": ["smell of burning", "sparks"], "repeat": ["rung # times", "the second"], "money": ["£#"]}


def test_a_label_is_read_as_it_was_meant():
    assert {tidied(text) for text in ("delivery", " Delivery", "DELIVERY ", "\tdelivery\n")} == {"delivery"}
    assert tidied("Wrong   item ") == "wrong item"


def test_pareto_by_hand():
    # 5 + 3 + 2 = 10.
    rows = pareto(["b"] * 3 + ["a"] * 5 + ["c"] * 2)
    assert [(row.name, row.count, row.share, row.running) for row in rows] == [
        ("a", 5, 50, 50), ("b", 3, 30, 80), ("c", 2, 20, 100),
    ]  # fmt: skip


def test_pareto_agrees_with_pandas_on_random_labels():
    rng = random.Random(3)
    for _ in range(CASES):
        labels = [rng.choice("abcdefgh"[: rng.randint(1, 8)]) for _ in range(rng.randint(1, 80))]
        counts = pd.Series(labels).value_counts(sort=True)
        rows = pareto(labels)
        assert {row.name: row.count for row in rows} == counts.to_dict()
        assert [row.count for row in rows] == counts.to_list()
        shares = 100 * counts / len(labels)
        assert [row.share for row in rows] == pytest.approx(shares.to_list())
        assert [row.running for row in rows] == pytest.approx(shares.cumsum().to_list())
        # Of one size: as they first came.
        places = [(-row.count, labels.index(row.name)) for row in rows]
        assert places == sorted(places)


def test_codes_by_hand():
    assert codes("There is a SMELL of  burning, and I have rung 4 times.", BOOK) == ("safety", "repeat")
    assert codes("I have rung many times.", BOOK) == ()
    # A cue is whole words: "sparks" is not in "sparkstone", and £12 is there before a full stop.
    assert codes("The sparkstone rug. I paid £12.", BOOK) == ("money",)
    assert codes("The secondary door.", BOOK) == ()


def test_codes_agree_with_a_search_word_by_word_on_random_texts():
    rng = random.Random(5)
    words = ["rung", "times", "4", "17", "smell", "of", "burning", "sparks", "the", "second", "lamp", "rungs", "x4"]
    coded = 0
    for _ in range(CASES):
        text = [rng.choice(words) for _ in range(rng.randint(0, 14))]

        def stands(cue, text=text):
            parts = cue.split()
            fits = [
                all(
                    word.isdigit() if part == "#" else word == part for part, word in zip(parts, text[n:], strict=False)
                )
                for n in range(len(text) - len(parts) + 1)
            ]
            return any(fits)

        expected = tuple(label for label in ("safety", "repeat") if any(map(stands, BOOK[label])))
        assert codes(" ".join(text).title(), BOOK) == expected, text
        coded += bool(expected)
    assert 50 < coded < CASES - 50


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: tidied(None), "A label must be text"),
        (lambda: pareto([]), "nothing to count"),
        (lambda: codes(None, BOOK), "Only text can be coded"),
        (lambda: codes("a", {}), "The codebook is empty"),
        (lambda: codes("a", {"one": [" "]}), "A cue in the codebook is empty"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(call, words):
    with pytest.raises(Problem, match=words):
        call()
