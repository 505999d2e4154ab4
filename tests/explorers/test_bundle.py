"""The bundler knows one convention and refuses the rest; sizes and the chart library's files hold."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

import cslearn.site
from cslearn import syllabus
from cslearn.explorers import CHART_LIBRARY, STYLES, Entry, registry
from cslearn.explorers.bundle import bundle
from cslearn.problem import Problem

HOST = Path(cslearn.site.__file__).parent / "theme" / "cslearn" / "static" / "host.js"


def test_every_explorer_names_its_files_and_they_exist():
    entries = registry()
    planned = {explorer.slug: explorer.id for explorer in syllabus.explorers()}
    assert {slug: entry.id for slug, entry in entries.items()}.items() <= planned.items()
    for slug, entry in entries.items():
        assert entry.slug == slug
        files = [entry.module, *entry.assets]
        assert all(path.is_file() for path in files)
        # A site copies them into one folder.
        assert len({path.name for path in files}) == len(files)


def test_an_explorer_adds_at_most_30_kb_beside_the_chart_library():
    for entry in registry().values():
        # Licences lie beside the files, and no page loads them.
        code = [path for path in (entry.module, *entry.assets) if path.suffix in (".js", ".css")]
        first = [path for path in code if path not in (*CHART_LIBRARY, *entry.later)]
        # With what shows an explorer on a page.
        assert sum(_zipped(path) for path in (*first, HOST)) <= 30_000, entry.slug
        # What is fetched when a learner begins, or opens a part of it.
        assert sum(map(_zipped, entry.later)) <= 25_000, entry.slug
        # Twelve calls of the HEAT simulator are 204 sentences to say and to hear; the change lab plays a year of two sites.
        particular = [path for path in first if path.stem.startswith(entry.module.stem)]
        most = {"heat-simulator": 14_000, "change-lab": 17_000}.get(entry.slug, 12_000)
        assert sum(map(_zipped, particular)) <= most, entry.slug


def _zipped(path):
    return len(gzip.compress(path.read_bytes()))


def test_the_chart_library_is_unmodified():
    folder = CHART_LIBRARY[0].parent
    readme = (folder / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w.]+)` \|.*`([0-9a-f]{64})`", readme, re.M))
    assert set(rows) == {path.name for path in CHART_LIBRARY}
    for path in CHART_LIBRARY:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == rows[path.name]
    for licence in re.findall(r"`(LICENSE-[\w-]+)`", readme):
        assert "Permission" in (folder / licence).read_text(encoding="utf-8")


def _entry(folder, main, **others):
    (folder / "main.js").write_text(main, encoding="utf-8")
    for name, text in others.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return Entry("main", "W0", "Main", folder / "main.js", [folder / f"{name}.js" for name in others])


def test_modules_come_after_what_they_import_and_each_once(tmp_path):
    entry = _entry(
        tmp_path,
        'import { a } from "./one.js";\nimport { b } from "./two.js";\nexport default { sum: a + b };\n',
        two='import { a } from "./one.js";\nexport const b = a + 1;\n',
        one="export const a = 1;\n",
    )
    text = bundle(entry)
    assert "import" not in re.sub(r"globalThis.cslearnCharts.*?\n};\n", "", text, flags=re.S)
    places = [text.index(f"const module_{name} =") for name in ("one", "two", "main")]
    assert places == sorted(places)
    assert text.count("const module_one =") == 1
    assert text.rstrip().endswith("export default module_main.default;")


def test_what_a_page_fetches_later_is_in_the_bundle(tmp_path):
    main = 'const loadOne = () => import("./one.js");\nexport default { loadOne };\n'
    text = bundle(_entry(tmp_path, main, one="export const a = 1;\n"))
    assert text.index("const module_one =") < text.index("const loadOne = async () => module_one;")
    for entry in registry().values():
        assert set(entry.later) <= set(entry.assets)


@pytest.mark.parametrize(
    ("main", "words"),
    [
        ('import * as one from "./one.js";\nexport default 1;', "main.js, line 1: write an import"),
        ("import one from './one.js';\nexport default 1;", "line 1: write an import"),
        ('import { a } from "https://elsewhere/one.js";\nexport default 1;', "line 1: write an import"),
        ('import { a } from "./three.js";\nexport default 1;', "three.js, which is not among"),
        ('import { a } from "./d3.min.js";\nexport default 1;', "d3.min.js, which is not among"),
        ("export let a = 1;\nexport default 1;", "line 1: export with"),
        ("export { a };\nexport default 1;", "line 1: export with"),
        ("export default 1;\nexport default 2;", "line 2: only the explorer's own"),
        ("export const a = 1;", "no default export"),
        ('import { d } from "./other.js";\nexport default 1;', "other.js, line 1: only the explorer's own"),
    ],
)
def test_anything_else_is_refused_with_its_file_and_line(tmp_path, main, words):
    with pytest.raises(Problem, match=re.escape(words)):
        bundle(_entry(tmp_path, main, one="export const a = 1;", other="export default 2;"))


def test_the_style_sheet_touches_explorers_only():
    css = re.sub(r"/\*.*?\*/", "", STYLES.read_text(encoding="utf-8"), flags=re.S)
    for selector in re.findall(r"(?:^|[}{])\s*([^{}@]+?)\s*\{", css):
        assert all(".cslx" in part for part in re.split(r",(?![^(]*\))", selector)), selector
