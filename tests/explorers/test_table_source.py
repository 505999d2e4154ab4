"""Northfold's tables on their way to a page."""

import csv
import gzip
import io
from pathlib import Path

import pytest

from cslearn.site import explorer
from cslearn.site.explorer import publish_tables

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


def test_tables_are_published_whole_and_compressed_again_only_when_they_change(tmp_path, monkeypatch):
    source, target = tmp_path / "datasets", tmp_path / "data"
    source.mkdir()
    for name in ("events_before.csv", "datapackage.json"):
        (source / name).write_bytes((DATASETS / name).read_bytes())
    publish_tables(source, target)
    assert {path.name for path in target.iterdir()} == {
        "events_before.csv",
        "events_before.csv.gzip",
        "datapackage.json",
    }
    packed, whole = target / "events_before.csv.gzip", (source / "events_before.csv").read_bytes()
    assert gzip.decompress(packed.read_bytes()) == whole and packed.stat().st_size * 5 < len(whole)
    # No time stamp in its head, so that the same table gives the same bytes on another day.
    assert packed.read_bytes()[4:8] == bytes(4)
    monkeypatch.setattr(explorer.gzip, "compress", lambda *_, **__: b"anew")
    publish_tables(source, target)
    assert gzip.decompress(packed.read_bytes()) == whole
    (source / "events_before.csv").write_bytes(whole + b"one more row")
    publish_tables(source, target)
    assert packed.read_bytes() == b"anew"
