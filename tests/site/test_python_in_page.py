"""Python in the page, in Chromium: the same answers as here, an honest start, and friendly ends."""

import json
import random
from contextlib import contextmanager
from textwrap import dedent

import pytest
import tiny_book
from visiting import served

from cslearn.exercises import exercise, page
from cslearn.exercises.personas import personas
from cslearn.northfold import case as cases
from cslearn.northfold.codes import learner_code
from cslearn.site import pyodide
from cslearn.site.theme import POLICY_WITH_PYTHON

pytestmark = [pytest.mark.slow, pytest.mark.browser]

NAME = "choose-an-improvement"
CODE = learner_code("NH001", "a salt")
# Nothing but Python in it, so that what is asked for is asked for by Python.
PAGE = dedent(f"""\
    <!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Python</title>
    <meta http-equiv="Content-Security-Policy" content="{POLICY_WITH_PYTHON}">
    <link rel="icon" href="_static/icon.svg"><script type="module" src="open.js"></script></head>
    <body data-exercise="{NAME}"></body></html>
    """)
OPEN = dedent("""\
    import { Python } from "./_static/exercise/python.js";
    window.told = [];
    window.python = new Python({ onstate: (state) => told.push(state) });
    window.ask = (verb, ...given) => python[verb](...given).then(
      (result) => ({ result }),
      (error) => ({ sentence: error.sentence, detail: error.detail }),
    );
    window.until = async (test) => { while (!test()) await new Promise((done) => setTimeout(done, 5)); };
    """)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A small site with Python in it."""
    if pyodide.default_source() is None:
        pytest.skip("the files of Pyodide have not been fetched; run scripts/pyodide")
    site = tiny_book.built(
        tmp_path_factory.mktemp("python"), {"welcome.md": f"# Welcome\n\n```{{exercise}} {NAME}\n```\n"}
    )
    (site / "python.html").write_text(PAGE)
    (site / "open.js").write_text(OPEN)
    return site


@pytest.fixture(scope="session")
def site(folder):
    with served(folder) as address:
        yield address


@contextmanager
def opened(browser, site, **settings):
    """A page in a fresh profile; `outside` has what it asked others for."""
    context = browser.new_context(service_workers="block", **settings)
    try:
        tab = context.new_page()
        tab.set_default_timeout(120_000)
        tab.outside = []
        own = site.split("/some/")[0]
        context.on("request", lambda r: r.url.startswith((own, "blob:")) or tab.outside.append(r.url))
        tab.goto(f"{site}/python.html")
        yield tab
    finally:
        context.close()


@pytest.fixture(scope="module")
def tab(browser, site):
    """One page with one worker, for all that does not break it."""
    with opened(browser, site) as page_:
        yield page_
        assert page_.outside == []


def asked(tab, verb, **request):
    return tab.evaluate("([verb, request]) => ask(verb, request)", [verb, request])


def here(verb, **request):
    """The same, from the Python that runs the tests."""
    return json.loads(page.reply(json.dumps({"verb": verb, **request})))


def test_every_persona_gets_the_marks_and_sentences_of_the_marker(tab):
    compared = 0
    for persona in personas(NAME):
        for practice in (0, 3):
            own = cases.case(NAME, practice=practice)
            for task in persona.expected:
                answer = persona.answer(task, own, random.Random(practice))
                request = {"exercise": NAME, "task": task, "answer": answer, "practice": practice}
                assert asked(tab, "check", **request) == here("check", **request), (persona.name, task)
                compared += 1
    assert compared >= 40


@pytest.mark.parametrize("name", exercise.available())
def test_a_case_is_the_same_in_the_browser(tab, name):
    for request in [{"practice": n} for n in range(6)] + [{"code": learner_code(f"NH{n:03}", "s")} for n in range(6)]:
        assert asked(tab, "tables", exercise=name, **request) == here("tables", exercise=name, **request), request


def test_an_own_case_is_checked_for_its_form_only(tab):
    request = {"exercise": NAME, "task": "matrix", "answer": {"ranking": ["A", "Z"]}, "code": CODE}
    told = asked(tab, "check", **request)
    assert told == here("check", **request)
    assert told["result"]["shape_only"] is True and told["result"]["marks"] is None


def test_a_mistyped_code_is_a_sentence(tab):
    wrong = CODE[:-1] + ("0" if CODE[-1] != "0" else "1")
    told = asked(tab, "tables", exercise=NAME, code=wrong)
    assert "has a typing mistake" in told["sentence"]
    assert tab.evaluate("python.state") == "ready"


def test_a_cell_of_code_runs_with_pandas_and_keeps_its_names(tab):
    tab.evaluate("told.length = 0")
    source = f"import pandas as pd\nfrom cslearn.exercises.check import open_case\nmine = open_case('{NAME}')\nmine.table('options')[['option', 'name']]"
    outputs = asked(tab, "run", source=source, cell="cell 1")["result"]["outputs"]
    assert outputs == here("run", source=source, cell="cell 1")["result"]["outputs"]
    assert outputs[1]["type"] == "table" and len(outputs[1]["rows"]) == 5
    steps = tab.evaluate("told.map((one) => one.step ?? one.state)")
    assert "Fetching pandas" in steps and steps[-1] == "ready"
    (error,) = asked(tab, "run", source="len(mine.tables)\nmien", cell="cell 2")["result"]["outputs"]
    assert error["sentence"] == "Line 2: Python does not know the name mien. Did you mean mine?"


def test_code_in_a_cell_can_ask_nobody_else(tab):
    source = "import js\nfrom pyodide.ffi import run_sync\njs.fetch('https://example.org/?told')\n0"
    asked(tab, "run", source=source)
    refused = asked(tab, "run", source="from pyodide.code import run_js\nrun_js('1 + 1')")["result"]["outputs"][0]
    assert "Content Security Policy" in refused["detail"]
    tab.wait_for_timeout(300)
    assert tab.outside == []


def test_the_start_says_how_far_it_is(browser, site, folder):
    files = json.loads((folder / "_static" / "pyodide" / "files.json").read_text())
    total = sum(files["files"][name]["size"] for name in files["start"])
    with opened(browser, site) as tab:
        assert tab.evaluate("python.state") == "idle"
        assert asked(tab, "start") == {"result": None}
        told = tab.evaluate("told")
        loaded = [one["loaded"] for one in told if "loaded" in one]
        assert {one["total"] for one in told if "total" in one} == {total}
        assert loaded[0] == 0 and loaded == sorted(loaded) and loaded[-1] == total and len(loaded) > 20
        assert told[-1] == {"state": "ready"}
        asked(tab, "check", exercise=NAME, task="matrix", answer={"ranking": ["A"]})
        # The answer may come before the news that it is ready again.
        tab.wait_for_function("told.at(-1).state === 'ready'")
        assert [one["state"] for one in tab.evaluate("told")[-2:]] == ["busy", "ready"]

        # Later visits start from kept memory, and fetch no file of Python again.
        fetched = []
        tab.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))
        tab.reload()
        request = {"exercise": NAME, "task": "matrix", "answer": {"ranking": ["A"]}}
        assert asked(tab, "check", **request) == here("check", **request)
        assert "Reading the rules" not in tab.evaluate("told.map((one) => one.step)")
        assert not {"pyodide.asm.wasm", "python_stdlib.zip", "cslearn-page.zip"} & set(fetched)

        # Kept memory that is damaged costs time and nothing else.
        tab.evaluate(
            """async () => {
              const store = await caches.open((await caches.keys())[0]);
              const [key] = (await store.keys()).filter((one) => one.url.includes("/memory?"));
              await store.put(key, new Response(new Uint8Array(5_000_000)));
            }"""
        )
        tab.reload()
        assert asked(tab, "check", **request) == here("check", **request)


def test_stop_ends_it_at_any_moment_and_the_next_call_starts_anew(browser, site):
    request = {"exercise": NAME, "task": "matrix", "answer": {"ranking": ["A"]}}
    with opened(browser, site) as tab:
        tab.evaluate("() => { window.first = ask('start'); }")
        tab.evaluate("until(() => told.some((one) => one.loaded > 0))")
        tab.evaluate("python.stop()")
        assert tab.evaluate("first")["sentence"] == "Stopped. Python starts again with your next check."
        assert tab.evaluate("python.state") == "stopped"
        assert asked(tab, "check", **request) == here("check", **request)

        tab.evaluate(
            "() => { window.endless = ask('run', { source: 'while True: pass' }); window.behind = ask('start'); }"
        )
        tab.evaluate("until(() => told.at(-1).state === 'busy')")
        tab.wait_for_timeout(500)
        assert tab.evaluate("(python.stop(), python.state)") == "stopped"
        for waiting in ("endless", "behind"):
            assert tab.evaluate(waiting)["sentence"].startswith("Stopped.")
        assert asked(tab, "check", **request) == here("check", **request)
        tab.evaluate("(python.stop(), python.stop())")


@pytest.mark.parametrize(
    ("pattern", "answer", "says"),
    [
        ("**/python_stdlib.zip", {"status": 404}, "a part of Python is missing from it (python_stdlib.zip)"),
        ("**/python_stdlib.zip", {"body": b"x" * 100}, "A part of Python arrived damaged (python_stdlib.zip)"),
        ("**/pyodide.asm.js", "one byte", "A part of Python arrived damaged (pyodide.asm.js)"),
        ("**/files.json", {"body": '{"missing": "Built without Python: why."}'}, "Built without Python: why."),
        ("**/files.json", {"status": 404}, "built without Python"),
        ("**/python_stdlib.zip", None, "Look at your connection, then try again"),
        ("**/worker.js", {"body": "this is not JavaScript"}, "Python could not start in this browser"),
        ("**/worker.js", "delete globalThis.WebAssembly;\n", "cannot run Python in a page, because WebAssembly"),
        (
            "**/worker.js",
            "WebAssembly.Memory = function () { throw new RangeError('WebAssembly.Memory(): could not allocate memory'); };\n",
            "not enough free memory",
        ),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_the_next_try_works(browser, site, folder, pattern, answer, says):
    def handle(route):
        if answer is None:
            route.abort()
        elif answer == "one byte":
            core = (folder / "_static" / "pyodide" / "pyodide.asm.js").read_bytes()
            route.fulfill(body=core[:-2] + b" " + core[-1:], content_type="text/javascript")
        elif isinstance(answer, str):
            worker = (folder / "_static" / "exercise" / "worker.js").read_text()
            route.fulfill(body=answer + worker, content_type="text/javascript")
        else:
            kind = "text/javascript" if pattern.endswith(".js") else "application/octet-stream"
            route.fulfill(**{"content_type": kind, **answer})

    request = {"exercise": NAME, "task": "matrix", "answer": {"ranking": ["A"]}}
    with opened(browser, site) as tab:
        tab.route(pattern, handle)
        refused = asked(tab, "check", **request)
        assert says in refused["sentence"], refused
        assert tab.evaluate("told.at(-1)") == {"state": "failed", "reason": refused["sentence"]}
        tab.unroute(pattern)
        assert asked(tab, "check", **request) == here("check", **request)


def test_a_later_check_is_quick(tab):
    # 300 ms is the bar; a shared machine that stands still for a while must not fail the test.
    request = {"exercise": NAME, "task": "cost-benefit", "answer": {}}
    asked(tab, "check", **request)
    times = tab.evaluate(
        """async (request) => {
          const times = [];
          for (let n = 0; n < 20; n += 1) {
            const before = performance.now();
            await python.check(request);
            times.push(performance.now() - before);
          }
          return times;
        }""",
        request,
    )
    assert min(times) < 300


def test_python_is_copied_only_for_a_page_with_an_exercise(tmp_path):
    site = tiny_book.built(tmp_path, {"welcome.md": "# Welcome\n\nText.\n"})
    assert not (site / "_static" / "pyodide").exists()


def test_a_book_without_python_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(pyodide, "default_source", lambda: None)
    site = tiny_book.built(tmp_path, {"welcome.md": f"# Welcome\n\n```{{exercise}} {NAME}\n```\n"})
    (only,) = (site / "_static" / "pyodide").iterdir()
    missing = json.loads(only.read_text())["missing"]
    assert "no source for it was found" in missing and "Download the notebook" in missing


def test_exercises_are_those_that_have_a_case():
    assert set(exercise.available()) <= set(cases.EXERCISES)


def test_a_check_works_without_a_network_after_the_first_and_a_second_visit_fetches_nothing(browser, folder):
    asks = """async (request) => {
      const { Python } = await import(new URL("_static/exercise/python.js", location.href));
      return new Python().check(request);
    }"""
    request = {"exercise": NAME, "task": "matrix", "answer": {"ranking": ["A"]}}
    heard: list[str] = []
    context = browser.new_context()
    try:
        with served(folder, asked=heard) as address:
            tab = context.new_page()
            tab.goto(f"{address}/welcome.html")
            tab.locator(".version").get_by_text("can be opened without a network").wait_for()
            assert {"result": tab.evaluate(asks, request)} == here("check", **request)
            # Once more with sw.js in charge from the beginning, which then has worker.js too.
            tab.reload()
            tab.evaluate(asks, request)
            tab.wait_for_timeout(1000)
            heard.clear()
            tab.reload()
            assert {"result": tab.evaluate(asks, request)} == here("check", **request)
            tab.wait_for_timeout(1000)
            assert set(heard) <= {"sw.js"}
            context.set_offline(True)
            tab.reload()
            assert {"result": tab.evaluate(asks, request)} == here("check", **request)
    finally:
        context.close()
