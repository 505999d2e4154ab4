"""Northfold's tables on their way to a page."""

import csv
import io
from pathlib import Path

import pytest

from cslearn.site.explorer import table_files

DATASETS = Path(__file__).parents[2] / "datasets"

READ = """async () => {
  const { sourceOf } = await import(new URL("table_source.js", document.baseURI));
  return sourceOf({ get: () => undefined }, Error).text("events_before");
}"""


@pytest.mark.browser
@pytest.mark.parametrize("old", [False, True], ids=["a browser of today", "one that cannot unpack"])
def test_a_table_comes_compressed_and_to_an_old_browser_as_it_is(visit, old):
    page = visit("blank.html")
    asked = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    if old:
        page.evaluate("() => { delete globalThis.DecompressionStream; }")
    text = page.evaluate(READ)
    with (DATASETS / "events_before.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(io.StringIO(text, newline=""))) == list(csv.reader(file))
    assert [name for name in asked if ".csv" in name] == ["events_before.csv" + ("" if old else ".gzip")]


def test_the_compressed_tables_are_the_same_bytes_each_time_and_much_smaller():
    files = table_files(DATASETS)
    assert files == table_files(DATASETS)
    assert len(files["events_before.csv.gzip"]) * 5 < len(files["events_before.csv"])
    assert {name for name in files if name.endswith(".csv")} == {path.name for path in DATASETS.glob("*.csv")}
