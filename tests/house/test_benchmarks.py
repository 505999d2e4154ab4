"""The benchmarks' own arithmetic and what they write; nothing is timed here."""

import gzip
import json
import sys
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks import __main__ as benchmarks
from benchmarks import measure, serving, stock_book
from benchmarks.measure import Bar, Bench, Row
from cslearn.problem import Problem


def module(name: str, rows, bars=None):
    """A benchmark that measured long ago; `rows` may raise."""
    return SimpleNamespace(
        NAME=name, BARS=bars or {}, __doc__="Says what it measures.\n\nAnd how.", run=lambda bench: rows()
    )


def test_every_benchmark_says_its_name_its_figures_and_its_bars(capsys):
    known = benchmarks.modules()
    assert list(known) == ["exercise", "explorer", "growth", "lab", "marking", "rebuild", "replay", "weight"]
    for name, found in known.items():
        assert found.__file__.endswith(f"bench_{name}.py")
        assert callable(found.run)
        assert any(found.BARS.values()), f"{name} has no bar"
        assert all(bar is None or (bar.times is None) != (bar.at_most is None) for bar in found.BARS.values())
    assert benchmarks.main(["--list"]) == 0
    listed = capsys.readouterr().out
    for found in known.values():
        assert found.__doc__.splitlines()[0] in listed
        assert all(figure in listed for figure in found.BARS)


def test_a_name_that_no_benchmark_has_is_one_sentence(capsys, tmp_path):
    assert benchmarks.main(["speed"], tmp_path / "latest.json") == 2
    assert "no benchmark called 'speed'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("bar", "ours", "stock", "met"),
    [
        (Bar(times=3), 100, 300, True),
        (Bar(times=3), 100, 299, False),
        (Bar(times=3), 100, None, None),
        (Bar(at_most=450), 450, 2500, True),
        (Bar(at_most=450), 451, 2500, False),
        # How heavy ours is can be said without stock.
        (Bar(at_most=450), 200, None, True),
        (Bar(at_most=450), None, 2500, None),
    ],
)
def test_a_bar_is_met_missed_or_not_judged(bar, ours, stock, met):
    assert Row("figure", ours, stock, "ms", bar).met is met


def test_the_ratio_says_how_many_times_less_ours_is():
    assert Row("figure", 0.5, 25, "s").ratio == 50
    assert Row("figure", 0.5, None, "s").ratio is None
    assert Row("figure", None, 25, "s").ratio is None
    assert Row("figure", 2, 25, "s").met is None


def test_a_figure_that_was_not_announced_is_a_mistake():
    assert measure.row({"known": Bar(times=2)}, "known", 1, 2, "s").met is True
    with pytest.raises(KeyError):
        measure.row({"known": None}, "unknown", 1, 2, "s")


def test_both_ways_run_in_turn():
    order, said = [], []

    def timed(who, figures):
        def act():
            order.append(who)
            return figures.pop(0)

        return act

    mine, theirs = measure.in_turn(timed("ours", [1, 9, 2]), timed("stock", [10, 30, 20]), 3, said.append, "ms")
    assert order == ["ours", "stock"] * 3
    assert (measure.median(mine), measure.median(theirs)) == (2, 20)
    assert said[0] == "  run 1 of 3: ours 1, stock 10 ms"
    assert measure.spread(mine, "ms") == "2 ms (1 to 9)"

    mine, theirs = measure.in_turn(timed("ours", [4]), None, 1, said.append, "ms")
    assert (mine, theirs, said[-1]) == ([4], [], "  run 1 of 1: ours 4 ms")
    with pytest.raises(Problem, match="measured nothing"):
        measure.median(theirs)


def test_the_table_lines_up_and_names_what_was_missed():
    rows = [
        Row("quick", 12.3456, 1234.5, "ms", Bar(times=50)),
        Row("slow", 10, 20, "s", Bar(at_most=5)),
        Row("alone", 10, None, "ms", Bar(times=3)),
        Row("quoted", 1, None, "KB"),
    ]
    head, *lines = [measure.table_head(), *map(measure.table_line, rows)]
    at = head.index("bar")
    assert [shown[at:].split("  ")[0] for shown in lines[:3]] == [
        "at least 50 times better", "at most 5 s", "at least 3 times better",
    ]  # fmt: skip
    assert lines[0].endswith("yes") and lines[1].endswith("NO") and lines[2].endswith("left out")
    assert lines[0].split()[:5] == ["quick", "12.3", "1234", "ms", "100"]
    assert lines[3].split() == ["quoted", "1", "-", "KB"]
    said = measure.verdict(rows)
    assert said == "1 bar MISSED: slow. Not judged, because the comparison was left out: alone."
    assert measure.verdict(rows[:1]) == "No bar was missed."
    # What broke may have missed its bar, so nobody says that none was missed.
    assert (
        measure.verdict(rows[:1], ["weight"]) == "No bar was missed by what was measured. FAULTS in: weight; see above."
    )


def test_results_are_written_whole_and_only_when_there_are_some(tmp_path, capsys):
    path = tmp_path / "latest.json"
    rows = [Row("quick", 1.0, 100.0, "ms", Bar(times=50)), Row("slow", 10.0, 30.0, "s", Bar(at_most=5))]
    assert benchmarks.measured({"one": module("one", lambda: iter(rows))}, 1, path) == 0
    assert json.loads(path.read_text()) == [
        {
            "name": "quick",
            "ours": 1.0,
            "stock": 100.0,
            "unit": "ms",
            "ratio": 100.0,
            "bar": "at least 50 times better",
            "met": True,
        },
        {"name": "slow", "ours": 10.0, "stock": 30.0, "unit": "s", "ratio": 3.0, "bar": "at most 5 s", "met": False},
    ]
    # A missed bar is said, and is no fault.
    assert "1 bar MISSED: slow." in capsys.readouterr().out
    assert [file.name for file in tmp_path.iterdir()] == ["latest.json"]

    unwritable = [Row("odd", object(), None, "ms")]
    with pytest.raises(TypeError):
        measure.write_results(unwritable, path)
    assert len(json.loads(path.read_text())) == 2
    assert [file.name for file in tmp_path.iterdir()] == ["latest.json"]


def test_a_fault_in_one_benchmark_leaves_the_figures_of_the_others(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    path = tmp_path / "latest.json"

    def breaks():
        yield Row("before", 1.0, 2.0, "s")
        raise ZeroDivisionError("no time at all")

    def refuses():
        raise Problem("Chromium is not installed.")
        yield

    chosen = {
        "one": module("one", breaks),
        "two": module("two", refuses),
        "three": module("three", lambda: iter([Row("after", 1.0, 2.0, "s")])),
    }
    assert benchmarks.measured(chosen, 1, path) == 1
    assert [shown["name"] for shown in json.loads(path.read_text())] == ["before", "after"]
    said = capsys.readouterr().out
    assert "no time at all" in said and "FAULT: Chromium is not installed." in said
    assert "FAULTS in: one, two" in said
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_thing_is_made_once_and_a_folder_is_always_new(tmp_path):
    bench = Bench(tmp_path, print)
    made = []
    assert bench.once("book", lambda: made.append(1) or "made") == "made"
    assert bench.once("book", lambda: made.append(1) or "again") == "made"
    assert made == [1]
    assert len({bench.new_folder("ours"), bench.new_folder("ours"), bench.new_folder("stock")}) == 3


def test_a_command_that_fails_is_shown_with_what_it_said(tmp_path):
    with pytest.raises(Problem, match=r"ended with 3:\n(.|\n)*not today"):
        measure.run([sys.executable, "-c", "import sys; print('not today'); sys.exit(3)"], tmp_path)
    with pytest.raises(Problem, match="no-such-tool is not installed"):
        measure.tool("no-such-tool")


def test_a_page_in_stock_s_terms_keeps_its_text_and_shows_the_same_widget():
    text = (
        "# A lesson\n\n```{predict} a.quiz.yml\n```\n\n```{explorer} npv-board\n```\n\n"
        "```{workplace}\n:points: PR3\n\nCollect:\n\n- a quote\n```\n\n```{quiz} a.quiz.yml\n```\n\n"
        "```{code-cell} ipython3\n1 + 1\n```\n\n```{exercise} choose-an-improvement\n:tasks: matrix\n```\n\nThe end.\n"
    )
    changed = stock_book.as_stock(text)
    assert "Explorer('npv-board')" in changed
    assert "```{admonition} In your workplace\n\nCollect:\n\n- a quote\n```" in changed
    assert "1 + 1" in changed and changed.endswith("The end.\n")
    assert not any(f"{{{name}}}" in changed for name in ("explorer", "quiz", "predict", "exercise", "workplace"))


def test_every_directive_of_ours_is_said_in_stock_s_terms(tmp_path):
    book = stock_book.write_stock_book(tmp_path)
    pages = [page.read_text(encoding="utf-8") for page in book.rglob("*.md")]
    assert len(pages) > 5
    for name in ("explorer", "quiz", "predict", "exercise", "workplace"):
        assert not any(f"```{{{name}}}" in page for page in pages)
    settings = (book / "_config.yml").read_text(encoding="utf-8")
    assert "cslearn.site" not in settings and "html_theme" not in settings
    assert (book / "_toc.yml").is_file()


def test_what_a_stock_page_loads_from_elsewhere_is_found_and_served_here():
    state = {"state": {"a": {"model_module": "anywidget", "model_module_version": "~0.9.*"},
                       "b": {"model_module": "@jupyter-widgets/controls", "model_module_version": "2.0.0"}}}  # fmt: skip
    html = stock_book.local_addresses(
        '<script src="https://cdn.example/ajax/libs/require.js/2.3.4/require.min.js" integrity="sha256-x"></script>'
        '<script data-jupyter-widgets-cdn="https://net.example/npm/" '
        'src="https://net.example/npm/@jupyter-widgets/html-manager@1.0.6/dist/embed-amd.js"></script>'
        '<script defer src="https://net.example/npm/mathjax@3/es5/tex-mml-chtml.js"></script>'
        f'<script type="application/vnd.jupyter.widget-state+json">{json.dumps(state)}</script>'
    )
    assert "https://" not in html and "integrity" not in html
    assert stock_book.packages_of(html) == {
        "requirejs@2.3.4", "@jupyter-widgets/html-manager@1.0.6", "mathjax@3", "anywidget@~0.9.*",
    }  # fmt: skip


def test_the_server_compresses_counts_and_says_what_is_missing(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "cdn").mkdir()
    (tmp_path / "site" / "index.html").write_text("<p>A page.</p>" * 200)
    (tmp_path / "site" / "font.woff2").write_bytes(b"font")
    (tmp_path / "cdn" / "lib.js").write_text("1;")
    with serving.served(
        {"/cdn/": tmp_path / "cdn", "/": tmp_path / "site"}, lambda html: html.replace("page", "leaf")
    ) as server:
        with urllib.request.urlopen(f"{server.url}/") as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert gzip.decompress(answer.read()).startswith(b"<p>A leaf.</p>")
        with urllib.request.urlopen(f"{server.url}/font.woff2") as answer:
            assert answer.headers["Content-Encoding"] is None and answer.read() == b"font"
        with urllib.request.urlopen(f"{server.url}/cdn/lib.js") as answer:
            assert answer.headers["Content-Type"] == "text/javascript"
        with pytest.raises(urllib.error.HTTPError, match="404") as refused:
            urllib.request.urlopen(f"{server.url}/none.css")
        refused.value.close()
        assert server.missing == ["/none.css"]
        assert [path for path, _ in server.sent] == ["/", "/font.woff2", "/cdn/lib.js", "/none.css"]
        assert 100 < serving.weight(server.sent, "^/$") < 500
        assert serving.weight(server.sent) > serving.weight(server.sent, "^/$") + 400


def test_a_package_is_unpacked_without_its_outer_folder_and_never_outside(tmp_path):
    import io
    import tarfile

    def packed(name: str) -> Path:
        path = tmp_path / "package.tgz"
        with tarfile.open(path, "w:gz") as tar:
            info = tarfile.TarInfo(name)
            info.size = 4
            tar.addfile(info, io.BytesIO(b"text"))
        return path

    stock_book.unpack(packed("package/dist/index.js"), tmp_path / "into")
    assert (tmp_path / "into" / "dist" / "index.js").read_bytes() == b"text"
    with pytest.raises(Problem, match="leads out"):
        stock_book.unpack(packed("package/../../outside.js"), tmp_path / "into")
