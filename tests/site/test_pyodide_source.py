"""Where Python in the page comes from, and that nothing unofficial gets through."""

import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from cslearn.problem import Problem
from cslearn.site import page_archive, pyodide

ROOT = Path(__file__).parents[2]
FILES = {"pyodide.mjs": b"core", "six-1.16.0-py2.py3-none-any.whl": b"six"}


@pytest.fixture
def official(monkeypatch):
    """As if these small files were the official ones."""
    monkeypatch.setattr(pyodide, "hash_of", lambda name: hashlib.sha256(FILES[name]).hexdigest())


def packed(kind: str, path: Path, files: dict[str, bytes]) -> Path:
    if kind == "folder":
        for name, data in files.items():
            (path / "deep" / name).parent.mkdir(parents=True, exist_ok=True)
            (path / "deep" / name).write_bytes(data)
    elif kind == "wheel":
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in files.items():
                archive.writestr(f"deep/{name}", data)
    else:
        with tarfile.open(path, "w:bz2") as archive:
            for name, data in files.items():
                member = tarfile.TarInfo(f"pyodide/{name}")
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
    return path


def test_the_lock_is_the_one_that_the_makers_published():
    assert hashlib.sha256(pyodide.LOCK.read_bytes()).hexdigest() == pyodide.LOCK_SHA256
    assert json.loads(pyodide.LOCK.read_text())["info"]["version"] == pyodide.VERSION


def test_pandas_comes_with_what_it_needs():
    names = {file.partition("-")[0] for file in pyodide.with_what_it_needs("pandas")}
    assert names == {"pandas", "numpy", "python_dateutil", "six", "pytz"}


@pytest.mark.parametrize("kind", ["folder", "wheel", "archive"])
def test_files_are_found_at_any_depth_of_any_source(tmp_path, kind, official):
    source = packed(kind, tmp_path / "source", {**FILES, "other.txt": b"no"})
    assert pyodide.verified(source, FILES) == FILES


@pytest.mark.parametrize("kind", ["folder", "wheel", "archive"])
def test_a_file_that_differs_by_one_byte_is_refused(tmp_path, kind, official):
    source = packed(kind, tmp_path / "source", {**FILES, "pyodide.mjs": b"corf"})
    with pytest.raises(pyodide.Missing) as missing:
        pyodide.verified(source, FILES)
    assert "pyodide.mjs in source is not the official file of Pyodide 0.27.7" in missing.value.reason


def test_what_a_source_does_not_have_is_named(tmp_path, official):
    source = packed("wheel", tmp_path / "source", {"pyodide.mjs": b"core"})
    with pytest.raises(pyodide.Missing) as missing:
        pyodide.verified(source, FILES)
    assert "source has no six-1.16.0" in missing.value.reason
    (tmp_path / "text").write_text("neither a zip nor a tar")
    with pytest.raises(pyodide.Missing) as missing:
        pyodide.verified(tmp_path / "text", FILES)
    assert "text cannot be read" in missing.value.reason


def a_book(tmp_path, given):
    return SimpleNamespace(
        builder=SimpleNamespace(format="html"),
        outdir=tmp_path / "html",
        config=SimpleNamespace(cslearn_pyodide=given),
        env=SimpleNamespace(cslearn_exercises={"page": {"choose-an-improvement"}}),
    )


def test_a_source_that_the_author_names_must_be_good(tmp_path):
    with pytest.raises(Problem, match="There is no nowhere"):
        pyodide.copy_files(a_book(tmp_path, "nowhere"), None)
    (tmp_path / "empty").mkdir()
    with pytest.raises(Problem, match=r"empty has no .*; name another source"):
        pyodide.copy_files(a_book(tmp_path, str(tmp_path / "empty")), None)


def test_the_archive_for_the_page_checks_an_answer_without_yaml_or_numpy(tmp_path):
    page_archive.write(tmp_path / "page.zip")
    before = (tmp_path / "page.zip").stat().st_mtime_ns
    page_archive.write(tmp_path / "page.zip")
    assert (tmp_path / "page.zip").stat().st_mtime_ns == before
    with zipfile.ZipFile(tmp_path / "page.zip") as archive:
        names = archive.namelist()
        everything = b"".join(archive.read(name) for name in names)
        archive.extractall(tmp_path / "course")
    assert not re.search(r"personas|marking|/site/|explorers|cli\.py", " ".join(names))
    assert b"BEGIN SOLUTION\n" not in everything and b"I recommend One Owner" not in everything
    program = (
        "import sys; sys.modules.update(yaml=None, numpy=None, pandas=None);"
        f"sys.path.insert(0, {str(tmp_path / 'course')!r});"
        "from cslearn.exercises import page; from cslearn import syllabus;"
        "assert page.__file__.startswith(sys.path[0]) and syllabus.misconception('CMm2').name;"
        'print(page.reply(\'{"verb": "tables", "exercise": "choose-an-improvement"}\'))'
    )
    run = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["result"]["tables"]["options"]["columns"][0]["says"]


def test_the_carrier_is_pinned_with_its_hash():
    lines = [line for line in (ROOT / "scripts" / "pyodide.lock").read_text().splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w-]+==[\w.]+ --hash=sha256:[0-9a-f]{64}", line) for line in lines) and lines
