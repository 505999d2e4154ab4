"""The exercises as full notebooks in the browser: a JupyterLite under `lite/`, for "Open as full notebook".

It runs on the same verified files of Pyodide as the exercise pages. Pyodide's list of packages
gets ours as well, so that `from cslearn import check` in a notebook fetches them from this
site; nothing is installed by a cell, and nothing is asked of anyone else. Our packages are
made from what is installed here, each file compared with the hash in its package's own list.

`cslearn book` builds it after the pages, and again only when something in it has changed.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from cslearn import __version__
from cslearn.problem import Problem
from cslearn.site import page_archive, pyodide
from cslearn.site.explorer import write_if_changed

FOLDER = "lite"
MADE_FROM = ".made-from"
# What the kernel asks for as it starts, and what cslearn needs.
OFFICIAL = ("micropip", "ssl", "sqlite3", "ipython", "jedi", "traitlets", *pyodide.PACKAGES)
# Not in Pyodide, and pure Python: taken from the packages installed here, with what each needs.
INSTALLED = {
    "fastjsonschema": (),
    "comm": ("traitlets",),
    "ipywidgets": ("comm", "traitlets", "ipython"),
    "psygnal": (),
    "typing_extensions": (),
    "anywidget": ("ipywidgets", "psygnal", "typing-extensions"),
}
OWN_NEEDS = ("numpy", "pandas", "fastjsonschema", "ipywidgets", "anywidget")
ROOMS = (*page_archive.ROOMS, "explorers")
# The front ends that a notebook uses; an extension that talks to a server has nothing to talk to.
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension", "anywidget")
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
_TOOLS = ("jupyterlite-core", "jupyterlite-pyodide-kernel", "jupyterlab-widgets")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def why_not(source: str | Path | None) -> str:
    """Why there can be no full notebooks here, as a sentence; empty when there can."""
    if source is None and pyodide.default_source() is None:
        return "no source for Python was found"
    if missing := [name for name in (*INSTALLED, *_TOOLS) if not _is_installed(name)]:
        return f"{missing[0]} is not installed"
    place = Path(source).expanduser() if source else pyodide.default_source()
    # An archive of the tar kind would have to be read to its end for its names; the official one has all.
    if place.is_dir() or (place.is_file() and zipfile.is_zipfile(place)):
        there = {name for name, _ in pyodide.files_in(place)}
        if absent := sorted(set(_core()) - there | set(_official_files()) - there):
            return f"{place.name} has no {absent[0]} of Pyodide {pyodide.VERSION}"
    return ""


def build(site: Path, source: str | Path | None, *, wanted: bool = True) -> bool:
    """Writes `lite/` beside the finished pages; whether it had to. Without a source there is none, and no error."""
    target = site / FOLDER
    if not wanted or not _notebooks(site) or why_not(source):
        shutil.rmtree(target, ignore_errors=True)
        return False
    made_from = _digest(site)
    kept = target / MADE_FROM
    if kept.is_file() and kept.read_text(encoding="utf-8") == made_from:
        return False
    with tempfile.TemporaryDirectory(dir=site.parent, prefix="lite-") as folder:
        made = _made(Path(folder), site, Path(source).expanduser() if source else pyodide.default_source())
        (made / MADE_FROM).write_text(made_from, encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)
    return True


def _made(folder: Path, site: Path, source: Path) -> Path:
    contents, made = folder / "contents", folder / "made"
    contents.mkdir()
    for path in _notebooks(site):
        shutil.copyfile(path, contents / path.name)
    _run_builder(folder, contents, made)
    packages = made / "static" / "pyodide"
    packages.mkdir(parents=True)
    try:
        files = pyodide.verified(source, [*_core(), *_official_files()])
    except pyodide.Missing as missing:
        raise Problem(f"The full notebooks were not made: {missing.reason}. Name another source.") from None
    for name, data in files.items():
        (packages / name).write_bytes(data)
    _write_lock(packages)
    settings = made / "jupyter-lite.json"
    said = json.loads(settings.read_text(encoding="utf-8"))
    plugins = said["jupyter-config-data"].setdefault("litePluginSettings", {})
    plugins.setdefault(KERNEL, {}).update(
        {
            "pyodideUrl": "./static/pyodide/pyodide.js",
            "disablePyPIFallback": True,
        }
    )
    settings.write_text(json.dumps(said, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return made


def _run_builder(folder: Path, contents: Path, made: Path) -> None:
    """JupyterLite's own builder, in a process and a folder of its own, as it works in the current folder."""
    extensions = [str(_extension(name)) for name in EXTENSIONS]
    config = {"LiteBuildConfig": {"federated_extensions": extensions, "ignore_sys_prefix": ["federated_extensions"]}}
    (folder / "jupyter_lite_config.json").write_text(json.dumps(config), encoding="utf-8")
    command = [
        sys.executable, "-c", "from jupyterlite_core.app import main; main()", "build",
        "--lite-dir", folder, "--contents", contents, "--output-dir", made,
        "--apps", "notebooks", "--apps", "lab", "--no-sourcemaps", "--no-unused-shared-packages",
    ]  # fmt: skip
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    if run.returncode or not (made / "jupyter-lite.json").is_file():
        said = [line for line in f"{run.stdout}\n{run.stderr}".splitlines() if "rror" in line]
        raise Problem(f"The full notebooks were not made: JupyterLite says {said[-1] if said else 'nothing'}.")


def _extension(name: str) -> Path:
    for prefix in (Path(sys.prefix), Path(sys.base_prefix)):
        if (path := prefix / "share" / "jupyter" / "labextensions" / name).is_dir():
            return path
    raise Problem(f"The front end {name} of JupyterLab is not installed; run `make setup` anew.")


def _notebooks(site: Path) -> list[Path]:
    return sorted((site / "_static" / "exercises").glob("*.ipynb"))


def _core() -> list[str]:
    """Pyodide itself, with the start for JupyterLite's worker, which is no module."""
    return [*(name for name in pyodide.CORE if name != "pyodide.mjs"), *pyodide.CLASSIC]


def _official_files() -> list[str]:
    return list(dict.fromkeys(file for name in OFFICIAL for file in pyodide.with_what_it_needs(name)))


def _write_lock(folder: Path) -> None:
    """Pyodide's list of the packages that are here, with ours; Pyodide compares every hash in it."""
    lock = json.loads(pyodide.LOCK.read_text(encoding="utf-8"))
    here = set(_official_files())
    listed = {name: said for name, said in lock["packages"].items() if said["file_name"] in here}
    for name, needs in INSTALLED.items():
        version = metadata.version(name)
        listed[name.replace("_", "-")] = _wheel(folder, name, version, page_archive.installed(name), needs)
    listed["cslearn"] = _wheel(folder, "cslearn", __version__, _own_files(), OWN_NEEDS)
    lock["packages"] = dict(sorted(listed.items()))
    (folder / "pyodide-lock.json").write_text(json.dumps(lock, sort_keys=True), encoding="utf-8")


def _wheel(folder: Path, name: str, version: str, files: Iterator[tuple[str, bytes]], needs: tuple[str, ...]) -> dict:
    """The package as a wheel in the folder, and its line in the list; the same files give the same bytes."""
    file_name = f"{name}-{version}-py3-none-any.whl"
    about = f"{name}-{version}.dist-info"
    contents = dict(files)
    contents[f"{about}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode()
    contents[f"{about}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: cslearn\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    contents[f"{about}/RECORD"] = "".join(f"{path},,\n" for path in sorted([*contents, f"{about}/RECORD"])).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, data in sorted(contents.items()):
            archive.writestr(zipfile.ZipInfo(path, _EPOCH), data, zipfile.ZIP_DEFLATED, 9)
    write_if_changed(folder / file_name, out.getvalue())
    return {
        "depends": list(needs),
        "file_name": file_name,
        "imports": [name],
        "install_dir": "site",
        "name": name,
        "package_type": "package",
        "sha256": hashlib.sha256(out.getvalue()).hexdigest(),
        "unvendored_tests": False,
        "version": version,
    }


def _own_files() -> Iterator[tuple[str, bytes]]:
    """What an exercise page's archive has of ours, and the explorers."""
    for path, data in page_archive.own():
        yield path, data
    for path in _explorer_files():
        yield f"cslearn/{path.relative_to(page_archive.SOURCE).as_posix()}", path.read_bytes()


def _explorer_files() -> list[Path]:
    folder = page_archive.SOURCE / "explorers"
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _digest(site: Path) -> str:
    """What the folder is made from, as a hash; far cheaper than making it."""
    said = hashlib.sha256(page_archive.made_from())
    for name in (*INSTALLED, *_TOOLS):
        said.update(f"{name} {metadata.version(name)}\0".encode())
    for path in (Path(__file__), pyodide.LOCK, *_notebooks(site), *_explorer_files()):
        said.update(f"{path.name}\0".encode() + path.read_bytes() + b"\0")
    return said.hexdigest()
