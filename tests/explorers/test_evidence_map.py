"""The evidence map: its model portfolios, its arithmetic, how it is played, and the learner's own map."""

import json
import random
from collections import Counter

import pytest
from axe_playwright_python.sync_playwright import Axe
from playing_evidence_map import VERDICTS, play_map
from test_parity import CALL, _same_words
from test_play import Player

from cslearn import syllabus
from cslearn.explorers import evidence_map as explorer
from cslearn.explorers.data import read_data
from cslearn.methods import portfolio
from cslearn.methods.portfolio import KINDS, POINTS, STAGES, TESTS
from cslearn.problem import Problem

DATA = read_data(explorer.DATA)
NAMES = {point.id: point.name for point in syllabus.marking_points()}
SEEDS = range(300)
STORE = "cslearn:portfolio:evidence-map"


# The words ---------------------------------------------------------------------------------


def test_points_and_explorers_have_the_names_of_the_syllabus():
    assert DATA["points"] == NAMES
    assert DATA["explorers"] == {one.slug: one.name for one in syllabus.explorers()}


def test_each_of_36_cells_has_a_title_and_says_what_counts_there():
    cells = [(point, stage, DATA["cells"][point][stage]) for point in POINTS for stage in STAGES]
    assert len({one["title"] for *_, one in cells}) == len({one["counts"] for *_, one in cells}) == 36
    for *_, one in cells:
        assert one["kind"] in KINDS and not one["counts"].endswith(".") and one["shows"].endswith(".")
    for point in POINTS:
        # A misfit stands in a stage that exists, and says why it does not fit.
        made = DATA["misfits"][point]
        assert made["stage"] in STAGES and made["kind"] in KINDS and len(made["because"].split()) >= 8
    for test in explorer.SEEN:
        assert len(DATA["good"][test]) >= 3 and len(DATA["bad"][test]) == 3
        assert not set(DATA["good"][test]) & set(DATA["bad"][test])
    assert list(TESTS) == [*explorer.SEEN, "fits"]
    assert set(VERDICTS) == {"counts", *TESTS}


def test_each_reason_has_three_wrong_answers_with_an_explanation_of_their_own():
    for reason in DATA["reasons"]:
        whys = [reason["because"], *(why for _, why in reason["wrong"])]
        assert len(reason["wrong"]) == 3 and len(set(whys)) == 4 and all(len(why.split()) >= 8 for why in whys)


# The problems ------------------------------------------------------------------------------


def test_exactly_one_point_is_not_evidenced_and_taking_all_for_evidence_is_not_enough():
    gaps, faults = Counter(), Counter()
    hidden = doubled = 0
    for seed in SEEDS:
        found = explorer.problem(seed)
        pieces = found["pieces"]
        assert len(pieces) == explorer.PIECES and len({piece["title"] for piece in pieces}) == len(pieces)
        good = {point for piece in pieces if not portfolio.faults(piece) for point in piece["points"]}
        filed = {point for piece in pieces for point in piece["points"]}
        # By plain search: every point is filed, and the gap is the only one with nothing behind it.
        assert filed == set(POINTS) and [point for point in POINTS if point not in good] == [explorer.gap(found)]
        verdicts = explorer.verdicts(found)
        assert verdicts.count("counts") < explorer.ENOUGH
        assert all(len(portfolio.faults(piece)) <= 1 for piece in pieces)
        gaps[explorer.gap(found)] += 1
        faults.update(verdicts)
        # A failed piece beside one that counts: seeing a fault is not enough to see the gap.
        failed = {point for piece in pieces if portfolio.faults(piece) for point in piece["points"]}
        hidden += bool(failed - {explorer.gap(found)})
        doubled += sum(explorer.gap(found) in piece["points"] for piece in pieces) > 1
    assert hidden == len(SEEDS) and 0.35 < doubled / len(SEEDS) < 0.65
    # 33 each expected; standard deviation 5.4.
    assert set(gaps) == set(POINTS) and all(abs(count - 300 / 9) < 5 * 5.5 for count in gaps.values())
    assert set(faults) == set(VERDICTS) and min(faults.values()) > 0.5 * max(faults[test] for test in TESTS)


def test_what_a_piece_says_of_itself_agrees_with_what_it_is():
    for seed in range(1, 150):
        found = explorer.problem(seed)
        for piece in found["pieces"]:
            date = portfolio.day(piece["date"]) if piece["date"] else ""
            for test, text in zip(explorer.SEEN, piece["facts"], strict=True):
                kind = "bad" if test in portfolio.faults(piece) else "good"
                own = [one.replace("{owner}", found["owner"]).replace("{day}", date) for one in DATA[kind][test]]
                assert text in own
            [point] = piece["points"]
            of = DATA["cells"][point][piece["stage"]] if piece["fits"] else DATA["misfits"][point]
            assert (piece["title"], piece["shows"]) == (of["title"], of["shows"])


def test_the_book_s_own_portfolio_has_the_days_of_northfold_s_minutes():
    from cslearn import load

    # After a change of Northfold's data: evidence_map.write_northfold().
    assert DATA["northfold"] == explorer.northfold()
    decisions = load("decisions")
    known = {str(day)[:10] for column in ("meeting", "done") for day in decisions[column].dropna()}
    # The chart ends on the last Monday of the record.
    known.add(str(load("kpi_daily")["date"].max().to_period("W-SUN").start_time)[:10])
    pieces = explorer.problem(0)["pieces"]
    assert {piece["date"] for piece in pieces if piece["date"]} <= known
    for piece in pieces:
        dated = portfolio.day(piece["date"]) if piece["date"] else "There is no date"
        assert sum(dated in fact for fact in piece["facts"]) == 1
    # What the board must not be told yet is the gap: D9.1 wants a comparison first.
    assert explorer.gap(explorer.problem(0)) == "CM5"


# The page ----------------------------------------------------------------------------------


def pieces_of(rng):
    def maybe(good, bad):
        return rng.choice(bad) if rng.random() < 0.02 else good

    return [
        {
            "title": maybe(f"“{rng.choice('ABCDE')}” & <b>{n}</b>", ["", " "]),
            "kind": maybe(rng.choice(list(KINDS)), ["film"]),
            "stage": maybe(rng.choice(list(STAGES)), ["later", "toString"]),
            "points": maybe(rng.sample(POINTS, rng.randint(1, 5)), [[], ["CM1", "XX"]]),
            "date": maybe(
                rng.choice(["", "2026-03-09", "2025-12-31", "2026-01-01", "2024-02-29"]), ["2026-02-30", "x"]
            ),
            **{test: rng.random() < 0.8 for test in ("real", "mine", "safe")},
            **({"fits": rng.random() < 0.8} if rng.random() < 0.5 else {}),
        }
        for n in range(rng.randint(0, 12))
    ]


@pytest.mark.browser
def test_the_page_makes_the_problems_that_python_makes(visit):
    made = visit("blank.html").evaluate(CALL, ["evidence_map.js", "problem", [[seed] for seed in SEEDS]])
    assert [one["gives"] for one in made] == [explorer.problem(seed) for seed in SEEDS]


@pytest.mark.browser
def test_map_story_and_draft_are_those_of_python(visit):
    rng = random.Random("parity")
    page = visit("blank.html")
    portfolios = [pieces_of(rng) for _ in range(300)]
    texts = ["", " ", "a change", "It works.", "Does it?"]
    drafts = [[rng.choice(texts), rng.choice(texts), pieces, NAMES] for pieces in portfolios]
    refused = 0
    for name, cases, python in (
        ("evidenceMap", [[pieces] for pieces in portfolios], lambda pieces: vars(portfolio.evidence_map(pieces))),
        ("story", [[pieces] for pieces in portfolios], portfolio.story),
        ("narrative", drafts, portfolio.narrative),
    ):
        for case, result in zip(cases, page.evaluate(CALL, ["portfolio.js", name, cases]), strict=True):
            try:
                own = json.loads(json.dumps(python(*case)))
            except Problem as problem:
                refused += 1
                assert _same_words(result["problem"]) == _same_words(str(problem))
            else:
                assert result["gives"] == own
    assert 30 < refused < 600
    assert page.evaluate(CALL, ["portfolio.js", "faults", [[piece] for pieces in portfolios for piece in pieces]]) == [
        {"gives": portfolio.faults(piece)} for pieces in portfolios for piece in pieces
    ]


@pytest.fixture
def play(visit):
    def start(**more):
        page = visit("evidence-map.html", **more)
        page.wait_for_selector("[data-ready]")
        return Player(page)

    return start


@pytest.mark.browser
@pytest.mark.slow
def test_another_point_breaks_the_row_and_two_pieces_may_be_misjudged(play):
    player = play()
    play_map(player, 0, lambda step: None, guess="PR4")
    words = player.page.locator("[data-step=reveal]").inner_text()
    assert "The gap is CM5 Evaluation and reflection. You said PR4 The implementation. You judged 12 of 12" in words
    assert "One date is no plan" in words
    player.press("button", "Try a new problem")
    play_map(player, 1, lambda step: None, wrong=(0, 1))
    player.press("button", "Try a new problem")
    play_map(player, 2, lambda step: None, wrong=(0, 1, 2))
    rounds = player.value["rounds"]
    assert [one["right"] for one in rounds] == [False, True, False]
    assert [one["error"] for one in rounds] == pytest.approx([0, 2 / 12, 3 / 12])


@pytest.mark.browser
@pytest.mark.slow
def test_a_piece_without_a_verdict_is_named_and_the_map_follows_the_verdicts(play):
    player = play()
    found = explorer.problem(0)
    player.pick(0)
    player.press("submit", "Run it")
    for n in range(len(found["pieces"]) - 1):
        player.step_to(f"Does piece {n + 1} count?", "counts")
    player.press("submit", "Reveal")
    run = player.page.locator("[data-step=run]")
    assert run.get_by_role("alert").inner_text() == "Say whether piece 12 counts."
    assert run.locator(".cslx-say").inner_text() == "11 of 12 judged."
    player.page.keyboard.press("ArrowDown")
    assert run.locator(".cslx-say").inner_text() == "By your judgement, every point has something that counts."


# The learner's own map ---------------------------------------------------------------------

TICKS = {"real": "It comes from my own work", "mine": "It shows my own part", "safe": "Nobody can be known"}


def add(player, title, kind, stage, points, day="", ticks=tuple(TICKS)):
    """A piece, by keyboard alone."""
    page = player.page
    player.tab_to("text", "Title of the piece", 200)
    page.keyboard.type(title)
    player.step_to("Kind of evidence", kind)
    player.step_to("Stage of the change", stage)
    if day:
        player.date("Its date", day)
    for point in POINTS:
        if point in points:
            player.press("checkbox", point)
    for test, label in TICKS.items():
        if test in ticks:
            player.press("checkbox", label)
    player.press("submit", "Add it")


def kept(page):
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", STORE) or "null")


@pytest.mark.browser
@pytest.mark.slow
def test_a_whole_map_is_made_by_keyboard_on_a_phone_and_says_what_is_missing(play):
    player = play(width=360)
    page = player.page
    own = page.locator(".cslx").nth(1)
    player.tab_to("text", "The change, in a few words", 200)
    page.keyboard.type("call-backs <when> customers want")
    player.tab_to("text", "Your own part")
    page.keyboard.type("I led it")
    add(player, "Complaints of March", "report", "need", POINTS, "2026-03-09")
    status = own.locator(".cslx-status")
    assert status.inner_text() == "Added. 9 of 36 cells are filled."
    assert "Nothing counts at the stages “plan”, “do” and “evaluate”." in own.inner_text()
    # No date, and no leave to use it.
    add(player, "The plan", "plan", "plan", POINTS[:5], ticks=("real", "mine"))
    assert status.inner_text().startswith("Added. It does not count yet: it has no date; people can be known by it")
    assert (
        "9 of 36 cells are filled. Look next for CM1 The need for change, stage “plan”: the target" in own.inner_text()
    )
    # Mended, it counts.
    player.press("button", "Change piece 2")
    assert page.evaluate("() => document.activeElement.value") == "The plan"
    player.date("Its date", "2026-04-02")
    player.press("checkbox", TICKS["safe"])
    player.press("submit", "Save the change")
    assert status.inner_text() == "Changed. 14 of 36 cells are filled."
    add(player, "The rest of the plan", "plan", "plan", POINTS[5:], "2026-04-01")
    add(player, "Log", "log", "do", POINTS, "2026-06-01")
    add(player, "What came of it", "reflection", "evaluate", POINTS, "2026-11-02")
    assert "✓ No empty cell: all 36 are filled." in own.inner_text()
    assert "✓ The story runs from the need to the success" in own.inner_text()
    own.locator("details").nth(1).locator("summary").click()
    draft = own.locator("details").nth(1).inner_text()
    assert "This portfolio is about call-backs <when> customers want." in draft
    assert draft.index("“The rest of the plan”") < draft.index("“The plan”")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    assert Axe().run(page).violations_count == 0
    # What is kept is what the notebook's Python would see, and Python says the same of it.
    assert kept(page) == page.evaluate("() => globalThis.kept.portfolio")
    assert portfolio.evidence_map(kept(page)["pieces"]).filled == 36
    page.reload()
    page.wait_for_selector("[data-ready]")
    assert "✓ No empty cell" in own.inner_text()
    own.get_by_role("button", name="Remove piece 5").press("Enter")
    assert "27 of 36 cells are filled" in own.inner_text() and len(kept(page)["pieces"]) == 4


@pytest.mark.browser
@pytest.mark.slow
def test_the_document_is_accessible_prints_and_can_be_opened_again(play, tmp_path):
    player = play()
    page = player.page
    own = page.locator(".cslx").nth(1)
    own.get_by_label("The change, in a few words").fill("<script>alert(1)</script> & more")
    add(player, "</script><img src=x onerror=alert(1)>", "witness", "do", ["CM3", "PR4"], "2026-06-01")
    add(player, "Old survey", "survey", "need", ["CM1"])
    before = kept(page)
    with page.expect_download() as coming:
        own.get_by_role("button", name="Download as a document").click()
    assert coming.value.suggested_filename == "my-evidence-map.html"
    file = tmp_path / "my-evidence-map.html"
    coming.value.save_as(file)
    for width in (1280, 360):
        other = page.context.new_page()
        other.set_viewport_size({"width": width, "height": 800})
        other.on("dialog", lambda dialog: pytest.fail("a title was run as a script"))
        other.goto(file.as_uri())
        assert Axe().run(other).violations_count == 0
        assert other.evaluate("() => document.documentElement.scrollWidth") <= width
        assert other.locator("img").count() == 0 and other.locator("script:not([type='application/json'])").count() == 0
        assert other.locator("h1").inner_text() == "Portfolio: <script>alert(1)</script> & more"
        assert other.locator("tbody").nth(1).locator("tr").count() == 2
        other.emulate_media(media="print")
        assert other.evaluate("() => getComputedStyle(document.body).maxWidth") == "none"
        other.close()
    # Erased, and opened again from the file.
    own.get_by_role("button", name="Erase this map").click()
    own.get_by_role("button", name="Yes, erase it").click()
    assert kept(page) is None and "There is no piece yet." in own.inner_text()
    own.get_by_label("Open a document").set_input_files(file)
    own.get_by_text("2 pieces so far").wait_for()
    assert kept(page) == before
    # A second time it asks before it replaces what is there.
    own.get_by_label("Open a document").set_input_files(file)
    own.get_by_role("button", name="No, keep my map").click()
    assert "Your map is as it was." in own.inner_text() and kept(page) == before


@pytest.mark.browser
@pytest.mark.slow
def test_a_file_that_is_no_map_is_refused_and_what_was_erased_is_gone(play, tmp_path):
    player = play()
    page = player.page
    own = page.locator(".cslx").nth(1)
    add(player, "Minutes", "minutes", "do", ["CM3"], "2026-06-01")
    good = kept(page)
    bad_piece = good["pieces"][0] | {"points": ["CM9"]}
    for text in (
        "",
        "<p>Hello</p>",
        '<script type="application/json" id="evidence-map">{"pieces": []}</script>',
        f'<script type="application/json" id="evidence-map">{json.dumps(good | {"pieces": [bad_piece]})}</script>',
        f'<script type="application/json" id="evidence-map">{json.dumps(good | {"pieces": good["pieces"] * 81})}</script>',
    ):
        file = tmp_path / "other.html"
        file.write_text(text, encoding="utf-8")
        own.get_by_label("Open a document").set_input_files(file)
        own.get_by_text("“other.html” is not a document that was downloaded here.").wait_for()
        assert kept(page) == good
    # "Erase it all" at the foot of every page reaches an open map too.
    page.evaluate("() => { localStorage.clear(); document.dispatchEvent(new Event('cslearn:data-changed')); }")
    assert "There is no piece yet." in own.inner_text() and kept(page) is None


@pytest.mark.browser
@pytest.mark.slow
def test_a_piece_that_is_not_whole_is_refused_with_a_sentence(play):
    page = play().page
    own = page.locator(".cslx").nth(1)
    alert, submit = own.get_by_role("alert"), own.get_by_role("button", name="Add it")
    submit.click()
    assert alert.inner_text() == "Type the title of the piece."
    own.get_by_label("Title of the piece").fill("Minutes")
    submit.click()
    assert alert.inner_text() == "Choose what kind of evidence it is."
    own.get_by_label("Kind of evidence").select_option("minutes")
    submit.click()
    assert alert.inner_text() == "Choose the stage that it shows."
    own.get_by_label("Stage of the change").select_option("do")
    submit.click()
    assert alert.inner_text() == "Tick at least one marking point."
    assert kept(page) is None


@pytest.mark.browser
@pytest.mark.slow
def test_explorers_that_are_learnt_are_shown_as_practice(play):
    player = play()
    page = player.page
    page.evaluate("""() => localStorage.setItem("cslearn:explorer:npv-board", '{"learned": true}')""")
    page.evaluate("""() => localStorage.setItem("cslearn:explorer:heat-simulator", '{"learned": false}')""")
    page.reload()
    page.wait_for_selector("[data-ready]")
    told = page.locator(".cslx").nth(1).locator("details").nth(2)
    told.locator("summary").click()
    total = len(syllabus.explorers())
    assert f"1 of {total}" in told.inner_text() and "✓ NPV board" in told.inner_text()
    assert "no evidence for an award" in told.inner_text()
