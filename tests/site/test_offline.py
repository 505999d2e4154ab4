"""The site without a network, its updates, and what a second visit costs."""

import json
import re
from contextlib import contextmanager

import pytest
import tiny_book
from playwright.sync_api import expect
from visiting import axe, served, too_wide

from cslearn.site import offline

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PAGES = {
    "welcome.md": "# Welcome\n\nThe course.\n",
    "lesson.md": "# Lesson\n\n## Explorer\n\n:::{explorer} decision-matrix\n:::\n",
    "other.md": "# Other\n\nAnother page.\n",
}
KEYS = "caches.keys().then(([name]) => caches.open(name)).then((s) => s.keys()).then((all) => all.map((r) => r.url))"
KEPT = re.compile(r"Version \w{10}\. \d+ pages? (is|are) kept on this device")


@pytest.fixture
def site(tmp_path, explorers):
    return tiny_book.built(tmp_path, PAGES)


@contextmanager
def reader(browser):
    """A page in a fresh profile."""
    context = browser.new_context(reduced_motion="reduce")
    try:
        tab = context.new_page()
        tab.set_default_timeout(30_000)
        yield tab
    finally:
        context.close()


def open_(tab, address):
    tab.goto(address)
    expect(tab.locator(".version")).to_have_text(KEPT)


def test_the_list_has_every_file_and_the_version_follows_it(site, tmp_path, explorers):
    (listed,) = site.glob("site-files.*.json")
    whole = json.loads(listed.read_text())
    assert whole["version"] == listed.name.split(".")[1] and f'"{whole["version"]}"' in (site / "sw.js").read_text()
    assert {"index.html", "lesson.html", "_static/site.css", "_static/explorers/kit.js"} <= whole["files"].keys()
    assert not {"sw.js", listed.name, ".buildinfo"} & whole["files"].keys()
    assert whole["files"] == offline.hashes(site)
    # Nothing changed, same version; one word changed, another, and the old list is gone.
    tiny_book.built(tmp_path, PAGES)
    assert [path.name for path in site.glob("site-files.*.json")] == [listed.name]
    tiny_book.built(tmp_path, {**PAGES, "other.md": "# Other\n\nChanged.\n"})
    (changed,) = site.glob("site-files.*.json")
    assert changed.name != listed.name


def test_what_was_opened_works_without_a_network(site, browser):
    with served(site) as address, reader(browser) as tab:
        open_(tab, f"{address}/lesson.html")
        tab.context.set_offline(True)
        tab.reload()
        expect(tab.get_by_role("heading", name="Lesson")).to_be_visible()
        tab.get_by_label("Weight of cost").press("ArrowRight")
        expect(tab.locator(".explorer [role=status]")).to_have_text("Weight 41")
        tab.goto(f"{address}/other.html")
        expect(tab.get_by_role("heading", name="There is no network")).to_be_visible()
        tab.context.set_offline(False)
        tab.goto(f"{address}/other.html")
        expect(tab.get_by_role("heading", name="Other")).to_be_visible()


def test_a_page_keeps_all_files_of_its_own_explorer_and_none_of_another(tmp_path, explorers, browser):
    # What is fetched only later, and what belongs to an explorer that is not on the page.
    entry = explorers["decision-matrix"]
    for name in ("charts.min.js", "elsewhere.js"):
        (entry.module.parent / name).write_text("export {};\n")
    entry.assets.append(entry.module.parent / "charts.min.js")
    other = explorers["tables-room"]
    other.assets = [*other.assets, entry.module.parent / "elsewhere.js"]
    site = tiny_book.built(tmp_path, PAGES)
    assert (site / "_static" / "explorers" / "elsewhere.js").is_file()
    with served(site) as address, reader(browser) as tab:
        open_(tab, f"{address}/lesson.html")
        keys = {
            key.partition("?")[0].rpartition("/_static/explorers/")[2]
            for key in tab.evaluate(KEYS)
            if "/explorers/" in key
        }
        assert keys == {"decision_matrix.js", "kit.js", "later.js", "kit.css", "charts.min.js"}


def test_a_second_visit_asks_for_the_worker_s_own_file_and_nothing_else(site, browser):
    asked: list[str] = []
    with served(site, asked=asked) as address, reader(browser) as tab:
        open_(tab, f"{address}/lesson.html")
        asked.clear()
        open_(tab, f"{address}/lesson.html")
        tab.wait_for_timeout(500)
        assert set(asked) <= {"sw.js"}


def test_an_update_is_offered_and_fetches_only_what_changed(site, browser, tmp_path, explorers):
    asked: list[str] = []
    with served(site, asked=asked) as address, reader(browser) as tab:
        open_(tab, f"{address}/lesson.html")
        open_(tab, f"{address}/other.html")
        tiny_book.built(tmp_path, {**PAGES, "other.md": "# Other\n\nA newer text.\n"})
        asked.clear()
        tab.goto(f"{address}/other.html")
        said = tab.get_by_role("status").filter(has_text="A newer version of the course is ready.")
        expect(said).to_be_visible()
        for width in (1280, 360):
            tab.set_viewport_size({"width": width, "height": 800})
            assert too_wide(tab) == [] and axe(tab) == []
        button = tab.get_by_role("region", name="A newer version").get_by_role("button", name="Reload")
        expect(tab.get_by_text("Another page.")).to_be_visible()
        button.click()
        expect(tab.get_by_text("A newer text.")).to_be_visible()
        expect(tab.locator(".version")).to_have_text(KEPT)
        (listed,) = site.glob("site-files.*.json")
        # Sphinx writes the search index anew with the page; the reader has not searched.
        assert set(asked) - {"other.html"} == {"sw.js", listed.name}
        # The old entries are gone, and there is one for each file.
        keys = tab.evaluate(KEYS)
        paths = [key.partition("?")[0] for key in keys]
        assert len(paths) == len(set(paths))


def test_a_page_that_came_half_is_not_kept(site, browser):
    with served(site) as address, reader(browser) as tab:
        open_(tab, f"{address}/index.html")
        whole = (site / "other.html").read_bytes()
        (site / "other.html").write_bytes(whole[: len(whole) // 2])
        tab.goto(f"{address}/other.html")
        tab.wait_for_timeout(500)
        keys = tab.evaluate(KEYS)
        assert not [key for key in keys if "other.html" in key] and [key for key in keys if "index.html" in key]
        (site / "other.html").write_bytes(whole)
        open_(tab, f"{address}/other.html")
        tab.context.set_offline(True)
        tab.reload()
        expect(tab.get_by_text("Another page.")).to_be_visible()
