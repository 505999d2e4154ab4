"""The files of Python in the page: where they come from, and the proof that they are the official ones.

Pyodide is Python compiled for browsers. The site carries its own copy of version 0.27.7, in
``_static/pyodide``, so that no page asks anyone else for it. The copy may come from anywhere,
because every file is compared with a hash before it is used:

* packages (numpy, pandas and what they need): with the sha256 in Pyodide's own
  ``pyodide-lock.json`` of that version, which lies beside this module as its makers published it;
* the core, which that file does not list: with ``CORE``.

Sources, in this order: what the author names (``cslearn book --pyodide PATH``, or
``cslearn_pyodide`` under ``sphinx: config:`` in ``_config.yml``), else what ``scripts/pyodide``
has put into ``.cache/pyodide``. A source is a folder or an archive (.whl, .zip, .tar.*) that
holds the files at any depth, such as an official release. Nothing in it is run or imported.
Without a source the book is built all the same, and ``files.json`` says why there is no Python.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from cslearn.exercises import exercise
from cslearn.problem import Problem
from cslearn.site import page_archive
from cslearn.site.exercise import used_by_pages
from cslearn.site.explorer import write_if_changed

VERSION = "0.27.7"
FOLDER = "pyodide"
LOCK = Path(__file__).with_name("pyodide-lock.json")

# From the npm package pyodide 0.27.7, which its makers publish. The registry's own integrity of
# the archive was checked when these were written down: sha512-
# RUSVJlhQdfWfgO9hVHCiXoG+nVZQRS5D9FzgpLJ/VcgGBLSAKoPL8kTiOikxbHQm1kRISeWUBdulEgO26qpSRA==
# The wheel in scripts/pyodide.lock carries the same bytes.
CORE = {
    "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
}
# The same start for a worker that is no module, as JupyterLite's is; from the same archive.
CLASSIC = {"pyodide.js": "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98"}
# The lock's own hash in that package, so that nobody mends a hash in it by hand.
LOCK_SHA256 = "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c"
# What a cell of code, or the rules of an exercise, may import. What they need comes with them.
PACKAGES = ("numpy", "pandas")

ADVICE = "Download the notebook, and check your answers in JupyterLab."
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Missing(Exception):
    """Why a source does not give every file."""

    reason: str


@cache
def packages() -> dict[str, dict]:
    """Every package of the distribution as the official lock describes it."""
    return json.loads(LOCK.read_text(encoding="utf-8"))["packages"]


def with_what_it_needs(name: str) -> list[str]:
    """The package's file and those of everything that it needs, each once."""
    # The lock writes some names with _ where they are needed, and with - where they stand.
    package = packages()[name.replace("_", "-")]
    found = dict.fromkeys([package["file_name"]])
    for other in package["depends"]:
        found.update(dict.fromkeys(with_what_it_needs(other)))
    return list(found)


def hash_of(name: str) -> str:
    """The official sha256 of one file of the distribution."""
    if own := {**CORE, **CLASSIC}.get(name):
        return own
    for package in packages().values():
        if package["file_name"] == name:
            return package["sha256"]
    raise Problem(f"{name} is not a file of Pyodide {VERSION}.")


def default_source() -> Path | None:
    """What `scripts/pyodide` has fetched for this checkout."""
    kept = exercise.FOLDER.parent / ".cache" / "pyodide"
    return next((path for path in sorted(kept.glob("*")) if path.suffix == ".whl"), None)


def verified(source: Path, names: Iterable[str]) -> dict[str, bytes]:
    """These files from a folder or an archive, each with its official hash; else Missing says which is not there."""
    wanted = {name: hash_of(name) for name in names}
    found: dict[str, bytes] = {}
    wrong: set[str] = set()
    try:
        for name, read in files_in(source):
            if name in wanted and name not in found:
                data = read()
                if hashlib.sha256(data).hexdigest() == wanted[name]:
                    found[name] = data
                else:
                    wrong.add(name)
    except (OSError, zipfile.BadZipFile, tarfile.TarError, EOFError) as why:
        raise Missing(f"{source.name} cannot be read ({why})") from why
    if damaged := sorted(wrong - found.keys()):
        raise Missing(f"{damaged[0]} in {source.name} is not the official file of Pyodide {VERSION}")
    if absent := sorted(wanted.keys() - found.keys()):
        raise Missing(f"{source.name} has no {absent[0]} of Pyodide {VERSION}")
    return found


def files_in(source: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The name of each file of a source, in whatever folder it is, and the way to read it."""
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.is_file():
                yield path.name, path.read_bytes
    elif zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as archive:
            for member in archive.infolist():
                yield member.filename.rpartition("/")[2], lambda member=member: archive.read(member)
    else:
        with tarfile.open(source) as archive:
            for member in archive:
                if member.isfile():
                    yield member.name.rpartition("/")[2], lambda member=member: archive.extractfile(member).read()


def copy_files(app: Sphinx, error: Exception | None) -> None:
    """Puts Python, our rules and the list of both into _static/pyodide, when a page has an exercise."""
    if error or app.builder.format != "html" or not used_by_pages(app.env):
        return
    target = Path(app.outdir) / "_static" / FOLDER
    given = app.config.cslearn_pyodide
    source = Path(given).expanduser() if given else default_source()
    if given and not source.exists():
        raise Problem(f"There is no {given}: name a folder or an archive with Pyodide {VERSION}.")
    try:
        files = _official(source, target)
    except Missing as missing:
        if given:
            raise Problem(f"{missing.reason}; name another source for Python in the page.") from None
        log.info("The exercise pages are without Python: %s. scripts/pyodide fetches it.", missing.reason)
        listed = {"missing": f"This copy of the course was built without Python: {missing.reason}. {ADVICE}"}
    else:
        page_archive.write(target / page_archive.NAME)
        files.append(page_archive.NAME)
        listed = {
            "version": VERSION,
            "start": [*CORE, page_archive.NAME],
            "packages": {name: with_what_it_needs(name) for name in PACKAGES},
            "files": {name: _described(target / name) for name in files},
        }
    write_if_changed(target / "files.json", (json.dumps(listed, indent=1, sort_keys=True) + "\n").encode())
    kept = {"files.json", *listed.get("files", ())}
    for path in target.iterdir():
        if path.name not in kept:
            path.unlink()


def _official(source: Path | None, target: Path) -> list[str]:
    """The names of the official files, which are in the folder now."""
    names = list(dict.fromkeys([*CORE, *(file for name in PACKAGES for file in with_what_it_needs(name))]))
    # Most builds find them there from last time, and need no source.
    absent = [name for name in names if not _is_right(target / name)]
    if absent:
        if source is None:
            raise Missing("no source for it was found when the book was built")
        for name, data in verified(source, absent).items():
            write_if_changed(target / name, data)
    return names


def _is_right(path: Path) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == hash_of(path.name)


def _described(path: Path) -> dict:
    official = path.name != page_archive.NAME  # and has just been compared
    digest = hash_of(path.name) if official else hashlib.sha256(path.read_bytes()).hexdigest()
    return {"size": path.stat().st_size, "sha256": digest}
