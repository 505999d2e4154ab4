"""Every page of the book in a real browser, as a reader meets it.

Light on a desk and dark on a phone; also the other way about:

    CSLEARN_LOOK=all pytest tests/book/test_every_page.py
"""

import os
from functools import cache
from pathlib import Path

import pytest
import yaml
from visiting import opened, served, visit

pytestmark = [pytest.mark.slow, pytest.mark.browser]

ROOT = Path(__file__).parents[2]
# A page with an explorer must come in half a second over a slow telephone network
# (8 Mbit/s), with the chart library that its first touch asks for.
HEAVIEST = 450_000
LOOKS = [("light", 1280), ("dark", 360)]
if os.environ.get("CSLEARN_LOOK") == "all":
    LOOKS += [("dark", 1280), ("light", 360)]


def pages() -> list[str]:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf8"))
    return [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])]


@pytest.fixture(scope="module")
def address(site):
    with served(site) as address:
        yield address


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
@pytest.mark.parametrize("page", pages())
def test_a_reader_finds_no_fault(address, browser, page, scheme, width):
    assert visit(browser, f"{address}/{page}.html", width, scheme).faults == []


@pytest.mark.parametrize("page", pages())
def test_a_page_is_light_with_its_charts_too(address, site, browser, page):
    found = visit(browser, f"{address}/{page}.html", keyboard=False)
    charts = 0
    if "data-explorer=" in (site / f"{page}.html").read_text(encoding="utf8"):
        libraries = [
            file for file in (site / "_static" / "explorers").iterdir() if ".min." in file.name or ".umd." in file.name
        ]
        assert libraries
        with opened(browser, f"{address}/_static/explorers/{libraries[0].name}", 1280, "light") as (tab, _, __):
            for library in libraries:
                answer = tab.request.get(f"{address}/_static/explorers/{library.name}")
                # Counted once, whether or not the visit fetched them.
                if f"/{library.name}" not in " ".join(found.parts):
                    charts += int(answer.headers["content-length"])
    assert found.weight + charts <= HEAVIEST


def test_every_link_inside_the_book_leads_somewhere(site):
    from bs4 import BeautifulSoup

    @cache
    def places(file):
        """The ids of a page, which many others lead to."""
        soup = BeautifulSoup(file.read_text(encoding="utf8"), "html.parser")
        return {tag["id"] for tag in soup.find_all(id=True)}

    lost = []
    for page in pages():
        file = site / f"{page}.html"
        soup = BeautifulSoup(file.read_text(encoding="utf8"), "html.parser")
        for tag in soup.find_all(["a", "link", "script", "img"]):
            target = tag.get("href") or tag.get("src") or ""
            path, _, fragment = target.partition("#")
            if path.startswith(("http:", "https:", "mailto:", "data:")):
                continue
            there = (file.parent / path.partition("?")[0]).resolve() if path else file
            if not there.is_file() or (fragment and there.suffix == ".html" and fragment not in places(there)):
                lost.append(f"{page}: {target}")
    assert lost == []
