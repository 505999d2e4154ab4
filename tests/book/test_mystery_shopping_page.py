"""The figures of the lesson on mystery shopping, worked out again from the CSV files and with other libraries."""

import re
from collections import Counter, defaultdict
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest
import yaml
from page_cells import rows_of, run_cells
from sklearn.metrics import cohen_kappa_score

from cslearn.northfold import mystery_shop
from cslearn.northfold.story import book_story

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "measuring" / "mystery-shopping.md"
TEXT = PAGE.read_text("utf-8")
ITEMS = list(mystery_shop.ITEMS)


ROWS = rows_of("mystery_shop.csv")


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def visits_of(rows):
    found = defaultdict(list)
    for row in rows:
        found[row["visit_id"]].append(row)
    return found


def kappa(visits, items):
    first, second = ([int(pair[side][item]) for pair in visits for item in items] for side in (0, 1))
    return float(cohen_kappa_score(first, second)), 100 * fmean(a == b for a, b in zip(first, second, strict=True))


def spread(values, stores):
    means = [fmean(v for v, s in zip(values, stores, strict=True) if s == store) for store in dict.fromkeys(stores)]
    return max(means) - min(means)


def dealt(values, stores, draws=2000):
    """The spread of stores in random dealings, by numpy's generator; stores have six visits each."""
    rng = np.random.default_rng(3)
    order = np.argsort(np.array(stores), kind="stable")
    cards = np.array(values)[order]
    means = rng.permuted(np.tile(cards, (draws, 1)), axis=1).reshape(draws, 14, 6).mean(axis=2)
    return means.max(axis=1) - means.min(axis=1)


def test_visits_shoppers_and_agreement_are_right(made):
    visits = visits_of(ROWS)
    assert made["rows"] == len(ROWS) and made["visits"] == len(visits) and made["stores"] == 14
    days = Counter((pair[0]["store"], pair[0]["date"]) for pair in visits.values())
    assert made["same_day"] == sum(count == 2 for count in days.values()) and max(days.values()) == 2
    assert {len(pair) for pair in visits.values()} == {2}
    assert set(Counter(pair[0]["store"] for pair in visits.values()).values()) == {6}
    apart = []
    for pair in visits.values():
        marks = {row["shopper"]: int(row["overall"]) for row in pair}
        if "K2" in marks:
            apart.append(sum(mark for who, mark in marks.items() if who != "K2") - marks["K2"])
    assert made["k2_visits"] == len(apart) and made["k2_lower"] == pytest.approx(fmean(apart))

    all_visits = list(visits.values())
    whole, seen = kappa(all_visits, ITEMS)
    assert made["seen"] == pytest.approx(seen) and made["kappa"] == pytest.approx(whole)
    shares = [fmean(int(pair[side][item]) for pair in all_visits for item in ITEMS) for side in (0, 1)]
    chance = 100 * (shares[0] * shares[1] + (1 - shares[0]) * (1 - shares[1]))
    assert made["chance"] == pytest.approx(chance)
    assert made["over"] == pytest.approx(seen - chance) and made["room"] == pytest.approx(100 - chance)
    # The sum that the text shows, with its figures as rounded there.
    assert round(round(made["over"], 1) / round(made["room"], 1), 2) == round(whole, 2)
    fair = [pair for pair in all_visits if "K2" not in {row["shopper"] for row in pair}]
    assert made["kappa_without"] == pytest.approx(kappa(fair, ITEMS)[0]) and made["kappa_without"] > made["kappa"]
    by_item = {item: kappa(all_visits, [item]) for item in ITEMS}
    best, worst = (choose(by_item, key=lambda item: by_item[item][0]) for choose in (max, min))
    assert (best, worst) == ("complaint_sign", "care_plan_fair")
    assert made["best_kappa"] == pytest.approx(by_item[best][0])
    assert (made["worst_kappa"], made["worst_seen"]) == pytest.approx(by_item[worst])


def test_stores_are_compared_with_luck(made):
    visits = list(visits_of(ROWS).values())
    stores = [pair[0]["store"] for pair in visits]
    ticks = [100 * fmean(int(row[item]) for row in pair for item in ITEMS) for pair in visits]
    signs = [100 * fmean(int(row["complaint_sign"]) for row in pair) for pair in visits]
    assert made["apart"] == pytest.approx(spread(ticks, stores))
    luck = dealt(ticks, stores)
    share = fmean(luck >= made["apart"] - 1e-9)
    # Both draw 2,000 times: five standard errors of the difference.
    assert made["as_wide"] / 100 == pytest.approx(share, abs=5 * (2 * share * (1 - share) / 2000) ** 0.5)
    assert made["usual"] == pytest.approx(np.quantile(luck, 0.5), abs=0.6)
    assert made["rare"] == pytest.approx(np.quantile(luck, 0.95), abs=0.6) and made["rare"] > made["apart"]
    by_store = {
        store: fmean(s for s, name in zip(signs, stores, strict=True) if name == store) for store in set(stores)
    }
    bare = sorted(store for store, share in by_store.items() if share == 0)
    assert made["bare"] == len(bare) == 4 and made["bare_names"] == f"{', '.join(bare[:-1])} and {bare[-1]}"
    assert made["others_sign"] == pytest.approx(fmean(share for store, share in by_store.items() if store not in bare))
    assert made["sign_apart"] == pytest.approx(spread(signs, stores)) == 100
    sign_luck = fmean(dealt(signs, stores, 20000) >= 100 - 1e-9)
    assert made["sign_as_wide"] / 100 == pytest.approx(sign_luck, abs=5 * (sign_luck / 2000) ** 0.5)


def test_ticks_and_notes_contradict_each_other(made):
    truth = [row["needs_in_note"] for _, row in mystery_shop.truth(book_story()).iterrows()]
    silent = [row for row, code in zip(ROWS, truth, strict=True) if code == "not asked"]
    assert made["needs_yes"] == pytest.approx(100 * fmean(int(row["asked_needs"]) for row in ROWS))
    assert made["not_asked"] == len(silent) and made["about"] == len(silent) + truth.count("asked")
    assert made["not_asked_pct"] == pytest.approx(100 * len(silent) / made["about"])
    assert made["ticked_all_the_same"] == pytest.approx(100 * fmean(int(row["asked_needs"]) for row in silent))
    for quote in re.findall(r'^> "(.+)"$', TEXT, re.M)[:3]:
        assert any(quote in row["note"] for row in silent), quote


def test_the_survey_and_the_complaints_are_read_again(made):
    people = []
    for row in rows_of("servqual.csv"):
        e, p = ([int(row[f"{side}{n:02d}"]) if row[f"{side}{n:02d}"] else None for n in range(1, 23)] for side in "EP")
        if len({one for one in p if one}) > 1:
            if fmean(one for one in e if one) < 4:
                e, p = ([one and 8 - one for one in side] for side in (e, p))
            people.append((e, p))
    gaps = {
        n: fmean(p[n - 1] - e[n - 1] for e, p in people if e[n - 1] and p[n - 1]) for n in range(14, 18)
    }  # fmt: skip
    assert min(gaps, key=gaps.get) == 17 and made["advice_gap"] == pytest.approx(gaps[17])
    texts = [row["text"].lower() for row in rows_of("complaints.csv")]
    assert made["complaints"] == len(texts) and made["complaints_about"] == 0
    assert not any(
        re.search(r"(nobody|no one|never|not) (ever )?asked? ?(me)? (what|a single)", text) for text in texts
    )


def test_the_words_of_page_and_quiz_fit_the_figures(made):
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(made)
    # "Ninety-two per cent of all ticks are a yes", in the minutes and on the page.
    assert round(100 * fmean(int(row[item]) for row in ROWS for item in ITEMS)) == 92
    assert "92% of all ticks are a yes" in (ROOT / "datasets" / "minutes" / "2024-09-03.md").read_text("utf-8")
    quiz = yaml.safe_load(PAGE.with_suffix(".quiz.yml").read_text("utf-8"))
    right = next(option for option in quiz["prediction"]["options"] if option.get("right"))
    assert f"About {made['ticked_all_the_same']:.0f}%" in right["because"]
    asks = {question["id"]: question["ask"] for question in quiz["questions"]}
    assert f"agree in {made['worst_seen']:.0f}% of visits, and kappa is {made['worst_kappa']:.2f}" in asks["kappa"]
    assert "lie ten points apart" in asks["league"] and round(made["apart"]) == 10
    assert f"in {made['as_wide']:.0f} of 100 dealings" in asks["league"]
    # Six visits, two shoppers, fifteen questions.
    assert 6 * 2 * 15 == 180
