"""The data room gives the figures that Python gives, asks fair questions, and fetches only what it shows."""

import ast
import csv
import json
import random
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_play import Player, set_recipe

import cslearn
from cslearn import syllabus
from cslearn.explorers import data_room
from cslearn.explorers.data import read_data
from cslearn.northfold.schema import TABLES
from cslearn.problem import Problem

ROOT = Path(__file__).parents[2]
DATA = read_data(data_room.DATA)
SEEDS = range(120)
ANSWERS = """async ([recipes]) => {
  const { tablesOf, evidenceRow } = await import(new URL("tables.js", document.baseURI));
  const tables = tablesOf({ get: () => undefined });
  const rows = [];
  for (const recipe of recipes) {
    const table = await tables.table(recipe.table);
    try {
      const found = table.answer(recipe);
      rows.push({ found, row: evidenceRow(recipe, found, "E1", "same") });
    } catch (error) { rows.push({ problem: error.message }); }
  }
  return rows;
}"""


# What the page counts is what Python counts ---------------------------------------------------


def recipes(name: str, count: int) -> list[dict]:
    """Random recipes for one table: any measure that fits, up to two filters, a period, things left out."""
    rng = random.Random(name)
    frame = data_room.table(name)
    about = DATA["tables"].get(name, {})
    when = data_room._when(frame, name)
    days = sorted(frame[when].dropna().dt.strftime("%Y-%m-%d")) if when else [""]
    figures = [c for c in frame if str(frame[c].dtype).lower() in ("int64", "float64")]
    words = [c for c in frame if c not in figures and c != when and not str(frame[c].dtype).startswith("datetime")]

    def value(column):
        one = rng.choice(list(frame[column].dropna().unique()))
        return {True: "yes", False: "no"}[bool(one)] if str(frame[column].dtype).startswith("bool") else str(one)

    found = []
    for _ in range(count):
        kind = rng.choice(
            ["count", "mean", "median", "is", "is", "at least", "at most"] + ["ratio"] * bool(about.get("ratios"))
        )
        column = worth = ""
        if kind in ("mean", "median", "at least", "at most"):
            if not figures:
                continue
            column = rng.choice(figures)
            worth = (
                str(frame[column].dropna().sample(1, random_state=rng.randint(0, 999)).iloc[0])
                if kind.startswith("at")
                else ""
            )
        elif kind == "is":
            column = rng.choice(words)
            worth = value(column)
        elif kind == "ratio":
            column, worth, _ = rng.choice(about["ratios"])
        start, end = sorted(rng.choices(days, k=2)) if rng.random() < 0.5 else (days[0], days[-1])
        found.append(
            {
                "table": name,
                "measure": {"kind": kind, "column": column, "value": worth},
                "filter": [[c, value(c)] for c in rng.sample(words, k=min(len(words), rng.choice([0, 0, 1, 2])))],
                "start": start,
                "end": end,
                "without": [one["name"] for one in about.get("without", ()) if rng.random() < 0.4],
                "tidy": rng.random() < 0.3,
            }
        )
    return found


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("name", list(TABLES))
def test_page_and_python_agree_on_random_recipes_of_every_table(visit, name):
    page = visit("blank.html")
    cases = recipes(name, 60)
    answered = 0
    for recipe, result in zip(cases, page.evaluate(ANSWERS, [cases]), strict=True):
        try:
            expected = data_room.answer(recipe)
        except Problem as problem:
            assert result == {"problem": str(problem)}
            continue
        for key, figure in expected.items():
            assert result["found"][key] == (
                pytest.approx(figure, rel=1e-9, abs=1e-9) if isinstance(figure, float) else figure
            ), (recipe, key)
        row = data_room.evidence_row(recipe)
        assert {**result["row"], "value": 0} == {**row, "value": 0}
        assert result["row"]["value"] == pytest.approx(row["value"], abs=0.0101)
        again = data_room.recompute(row)
        assert again["n"] == row["n"] and again["value"] == row["value"]
        answered += 1
    assert answered >= 20


@pytest.mark.browser
@pytest.mark.slow
def test_every_table_is_read_as_python_reads_it(visit):
    page = visit("blank.html")
    for path in sorted((ROOT / "datasets").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            expected = list(csv.reader(file))
        found = page.evaluate(
            """async (name) => {
              const { parseCsv } = await import(new URL("tables.js", document.baseURI));
              return parseCsv(await (await fetch(`data/${name}`)).text());
            }""",
            path.name,
        )
        assert found == expected, path.name


@pytest.mark.browser
def test_quotation_marks_hold_commas_lines_and_themselves(visit):
    page = visit("blank.html")
    parse = """async (text) => {
      const { parseCsv } = await import(new URL("tables.js", document.baseURI));
      try { return parseCsv(text); } catch (error) { return error.message; }
    }"""
    assert page.evaluate(parse, 'a,b\r\n"1,""2""\n3",\n,x') == [["a", "b"], ['1,"2"\n3', ""], ["", "x"]]
    assert page.evaluate(parse, "\ufeffa,b\n1,") == [["a", "b"], ["1", ""]]
    assert page.evaluate(parse, 'a\n"1') == "A quotation mark is opened and never closed, so the table cannot be read."


# The questions are fair ------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_the_hasty_answer_is_wrong_and_the_reason_fits(seed):
    found = data_room.problem(seed)
    careful, naive = data_room.answer(found["careful"]), data_room.answer(found["naive"])
    assert careful["n"] >= 40
    assert (careful["n"], careful["value"]) != (naive["n"], naive["value"])
    way = {
        "given-up": 1,
        "delivery": -1,
        "handling": -1,
        "closing": 1,
        "settled": 1,
        "queue": 0,
        "mark": -1,
        "sign": 0,
    }[found["id"]]
    assert way == 0 or (naive["value"] - careful["value"]) * way > 0, found
    low, high, _ = next(q["scale"] for q in DATA["questions"] if q["id"] == found["id"])
    assert low <= careful["value"] <= high


def test_a_page_may_name_the_table_that_is_asked_about_first():
    first = [data_room.problem(seed, "mystery_shop") for seed in range(len(DATA["questions"]))]
    assert [one["id"] for one in first][:3] == ["mark", "sign", "given-up"]
    assert {one["id"] for one in first} == {question["id"] for question in DATA["questions"]}
    assert data_room.problem(0)["id"] == "given-up", "and where none is named, nothing changes"


@pytest.mark.parametrize("seed", [0, 1, *range(8, 10), *range(16, 18)])
def test_the_answers_about_mystery_shopping_by_hand(seed):
    found = data_room.problem(seed, "mystery_shop")
    start, end = found["careful"]["start"], found["careful"]["end"]
    with (ROOT / "datasets" / "mystery_shop.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if start <= row["date"] <= end]
    answer, naive = data_room.answer(found["careful"]), data_room.answer(found["naive"])
    assert naive["n"] == len(rows)
    if found["id"] == "mark":
        fair = [int(row["overall"]) for row in rows if row["shopper"] != "K2"]
        assert (answer["n"], answer["value"]) == (len(fair), pytest.approx(sum(fair) / len(fair)))
        # What the question says of K2: about two points below whoever went along.
        pairs = {}
        for row in rows:
            pairs.setdefault(row["visit_id"], {})[row["shopper"]] = int(row["overall"])
        apart = [
            mark - other for pair in pairs.values() for who, mark in pair.items() for name, other in pair.items()
            if who == "K2" and name != who
        ]  # fmt: skip
        assert -3 < sum(apart) / len(apart) < -1.5 and max(apart) < 0
    else:
        once = {row["visit_id"]: row["complaint_sign"] for row in reversed(rows)}
        assert (answer["n"], naive["n"]) == (len(once), 2 * len(once))
        assert answer["value"] == pytest.approx(100 * list(once.values()).count("1") / len(once))
        assert answer["high"] - answer["low"] > naive["high"] - naive["low"]


def test_two_of_the_answers_by_plain_pandas():
    contacts = cslearn.load("contacts")
    found = data_room.problem(2)
    assert found["id"] == "handling"
    site = found["careful"]["filter"][0][1]
    start, end = found["careful"]["start"], found["careful"]["end"] + " 23:59"
    rows = contacts[(contacts["site"] == site) & (contacts["channel"] == "phone") & contacts["ts"].between(start, end)]
    rows = rows[~rows["abandoned"] & (rows["agent_id"] != "T00")]
    assert data_room.answer(found["careful"])["n"] == len(rows)
    assert data_room.answer(found["careful"])["value"] == pytest.approx((rows["talk_s"] + rows["wrap_s"]).mean() / 60)

    found = data_room.problem(3)
    assert found["id"] == "closing"
    complaints = cslearn.load("complaints")
    days = (complaints["closed_ts"].dt.normalize() - complaints["opened"]).dt.days
    opened = complaints["opened"].between(found["careful"]["start"], found["careful"]["end"])
    kept = days[opened & (days >= 0)]
    assert (data_room.answer(found["careful"])["n"], data_room.answer(found["careful"])["value"]) == (
        len(kept),
        kept.median(),
    )


def test_second_rows_are_the_rows_that_follow_within_an_hour():
    contacts = cslearn.load("contacts")
    last, expected = {}, 0
    for row in contacts.itertuples():
        key = (row.customer_id, row.site, row.channel, row.reason)
        expected += key in last and (row.ts - last[key]).total_seconds() <= 3600
        last[key] = row.ts
    whole = {"table": "contacts", "measure": {"kind": "count", "column": "", "value": ""}, "filter": [],
             "start": "2023-12-04", "end": "2024-12-01", "tidy": False}  # fmt: skip
    every = data_room.answer(whole | {"without": []})["n"]
    assert every - data_room.answer(whole | {"without": ["second rows of transferred calls"]})["n"] == expected > 100


def test_the_niceties_name_tables_columns_and_rules_that_are_there():
    planned = {
        name.removesuffix(".csv"): table.id
        for table in syllabus.tables()
        for name in table.files
        if name.endswith(".csv")
    }
    assert DATA["sources"] == planned
    assert set(DATA["tables"]) <= set(TABLES)
    for name, about in DATA["tables"].items():
        frame = data_room.table(name)
        assert about["when"] in frame
        for one in about.get("without", ()):
            assert set(one) == {"name", "says", "rule", "keep"} and ", " not in one["name"]
            assert set(one["rule"].get("again", [one["rule"].get("column")])) <= set(frame)
        for part, all_, _ in about.get("ratios", ()):
            assert {part, all_} <= set(frame)
    for question in DATA["questions"]:
        names = [one["name"] for one in DATA["tables"][question["table"]]["without"]]
        assert set(question["without"]) | set(question["optional"]) < set(names), "a decoy must be left"
    columns = {column.name for table in TABLES.values() for column in table.columns}
    assert not columns & {data_room.TABLE, data_room.WITHOUT, data_room.SPELLING}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"measure": "the mean"}, "The measure 'the mean' cannot be read"),
        ({"measure": "mean of speed"}, "There is no column speed"),
        ({"source": "D5"}, "names no single table"),
        ({"filter": {"without": "Tuesdays"}}, "“Tuesdays” cannot be left out of contacts"),
        ({"filter": {"colour": "red"}}, "There is no column colour"),
        ({"filter": {"site": "East"}}, "No rows are left"),
    ],
)
def test_a_row_that_cannot_be_worked_out_again_gets_a_sentence(change, words):
    row = data_room.evidence_row(data_room.problem(2)["careful"])
    with pytest.raises(Problem, match=words):
        data_room.recompute(row | change)


# In the browser -------------------------------------------------------------------------------


@pytest.fixture
def room(visit):
    """The open room at a width, and what was fetched from the folder of tables."""

    def start(width=1280, dark=False):
        page = visit("data-room.html", width=width, dark=dark)
        page.wait_for_selector("[data-ready]")
        fetched = []
        page.on(
            "request",
            lambda request: fetched.append(request.url.rsplit("/", 1)[1]) if "/data/" in request.url else None,
        )
        page.locator(".cslx-open summary").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".cslx-open select")
        return Player(page), fetched

    return start


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_by_keyboard_alone_a_learner_makes_an_evidence_row_that_python_reproduces(room, width, dark):
    player, fetched = room(width, dark)
    page = player.page
    assert fetched == ["datapackage.json"]
    player.step_to("Table", "contacts")
    player.press("button", "Open the table")
    page.get_by_label("Figure", exact=True).wait_for()
    recipe = data_room.problem(2)["careful"]
    set_recipe(player, recipe)
    player.step_to("Number of the row", "E3")
    player.step_to("How it reads", "worse")
    player.press("button", "Copy the row")
    page.wait_for_function("() => document.querySelector('.cslx-open .cslx-field [role=status]').textContent")

    row = ast.literal_eval(page.get_by_label("Evidence row", exact=True).input_value())
    assert set(row) == {"id", "source", "measure", "filter", "period", "n", "value", "unit", "reads"}
    assert (row["id"], row["source"], row["reads"]) == ("E3", "D2", "worse")
    assert data_room.recompute(row) == row
    # And without any of our own code that counts.
    contacts = cslearn.load("contacts")
    start, end = row["period"]
    mine = contacts[(contacts["site"] == row["filter"]["site"]) & (contacts["channel"] == "phone")
                    & contacts["ts"].between(start, end + " 23:59") & ~contacts["abandoned"] & (contacts["agent_id"] != "T00")]  # fmt: skip
    assert row["n"] == len(mine)
    assert row["value"] == pytest.approx((mine["talk_s"] + mine["wrap_s"]).mean() / 60, abs=0.005)

    assert fetched == ["datapackage.json", "contacts.csv.gzip"]
    assert page.evaluate("() => kept.room.row.id") == "E3"
    page.wait_for_selector(".cslx-open figure svg[role=img]")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.browser
@pytest.mark.slow
def test_every_table_of_the_data_package_opens_and_shows_its_rows(room):
    player, fetched = room()
    page = player.page
    package = json.loads((ROOT / "datasets" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in (one for one in package["resources"] if "schema" in one):
        name = resource["path"].removesuffix(".csv")
        page.get_by_label("Table", exact=True).select_option(name)
        page.get_by_role("button", name="Open the table").click()
        page.wait_for_function(
            "(title) => document.querySelector('.cslx-open strong')?.textContent === title + '. '",
            arg=resource["title"],
        )
        with (ROOT / "datasets" / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows = len(list(csv.reader(file))) - 1
        page.wait_for_function(
            "(words) => document.querySelector('.cslx-open .cslx-say')?.textContent === words", arg=f"{rows:,} rows."
        )
        assert fetched[-1] == resource["path"] + ".gzip"


@pytest.mark.browser
@pytest.mark.slow
def test_a_period_without_rows_says_so_and_a_reload_keeps_the_room(room):
    player, _ = room()
    page = player.page
    page.get_by_label("Table", exact=True).select_option("kpi_daily")
    page.get_by_role("button", name="Open the table").click()
    page.get_by_label("Figure", exact=True).select_option("absence_pct")
    page.get_by_label("From", exact=True).fill("2024-07-20")
    page.get_by_label("To (that day included)").fill("2024-07-21")
    assert "No rows are left" in page.locator(".cslx-open .cslx-say").inner_text()
    assert not page.get_by_label("How it reads").is_visible()
    page.get_by_label("To (that day included)").fill("2024-07-22")
    assert page.get_by_label("How it reads").is_visible()
    assert "from 2 rows" in page.locator(".cslx-open .cslx-say").inner_text()
    assert page.evaluate("() => kept.room.recipe.end") == "2024-07-22"


@pytest.mark.browser
@pytest.mark.slow
def test_a_table_that_does_not_come_says_so(visit, site):
    page = visit("blank.html")
    page.evaluate(
        """async () => {
          const { openRoom } = await import(new URL("room.js", document.baseURI));
          const tables = { catalogue: async () => [{ path: "lost.csv", title: "Lost" }], table: async () => { throw new Error("no answer"); } };
          openRoom(tables, model, document.querySelector("#place"), () => {});
        }"""
    )
    page.get_by_label("Table", exact=True).select_option("lost")
    page.get_by_role("button", name="Open the table").click()
    page.get_by_text("This did not work: no answer").wait_for()


@pytest.mark.browser
def test_questions_come_in_the_same_order_on_the_page(visit):
    found = visit("blank.html").evaluate(
        """async () => {
          const { problem } = await import(new URL("data_room.js", document.baseURI));
          return ["", "mystery_shop", "complaints"].map((table) => Array.from({ length: 20 }, (_, seed) => problem(seed, table)));
        }"""
    )
    names = ["", "mystery_shop", "complaints"]
    assert found == [[data_room.problem(seed, name) for seed in range(20)] for name in names]


@pytest.mark.browser
@pytest.mark.slow
def test_on_a_page_about_one_table_the_room_opens_on_it_and_keeps_its_own_progress(visit):
    page = visit("blank.html")
    page.evaluate(
        """async () => {
          model.set("table", "mystery_shop");
          const made = (await import(new URL("data_room.js", document.baseURI))).default;
          await made.render({ model, el: document.querySelector("#place") });
        }"""
    )
    page.get_by_text("what overall mark did those shoppers give").wait_for()
    page.locator(".cslx-open summary").click()
    page.get_by_text("168 rows.").first.wait_for()
    player = Player(page)
    page.locator(".cslx h3").first.focus()
    player.type("Your guess", 7)
    player.pick(1)
    player.press("submit", "Run it")
    keys = page.evaluate("() => Object.keys(localStorage)")
    assert "cslearn:explorer:data-room-mystery_shop" in keys and "cslearn:explorer:data-room" not in keys
