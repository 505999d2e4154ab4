"""The house itself: who may import whom, what is in the wheel, and what no file may name."""

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from itertools import chain
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "cslearn"


def _tracked() -> list[Path]:
    """Files that git knows or would take; every file, where there is no git."""
    run = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return [path for name in run.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_rooms_import_only_the_rooms_below_them():
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_code_is_tidy():
    for verb in (["check"], ["format", "--check"]):
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *verb, "--no-cache", "src", "tests", "benchmarks"],
            cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
        assert run.returncode == 0, run.stdout + run.stderr


def test_no_room_is_called_utils():
    names = {path.stem for path in SOURCE.rglob("*") if path.suffix == ".py" or path.is_dir()}
    assert names.isdisjoint({"utils", "util", "helpers", "core", "common", "misc", "base"})


def test_no_file_names_a_machine_s_path_or_a_package_registry():
    # Written in pieces, so that this file does not find itself.
    forbidden = re.compile(
        "|".join(
            [
                "/" + "work/",
                "/" + "tmp/w/",
                "/" + "root/",
                "/" + "farm/",
                r"pypi\." + "org",
                r"files\.python" + "hosted",
                r"registry\." + "npmjs",
            ]
        )
    )
    vendored = SOURCE / "explorers" / "vendor"
    found = []
    for path in _tracked():
        if vendored in path.parents:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in forbidden.finditer(text)]
    assert found == []


def test_no_file_is_over_two_megabytes():
    assert [path for path in _tracked() if path.stat().st_size > 2_000_000] == []


def test_the_lock_has_a_hash_for_every_version_and_no_address():
    text = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)
    for entry in entries:
        name = entry.splitlines()[0]
        assert re.match(r"[\w.\-\[\]]+==[\w.!+]+", name), name
        assert "--hash=sha256:" in entry, name
    assert "://" not in text


def test_the_lock_has_everything_that_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {re.match(r"[\w\-]+", line)[0].lower().replace("_", "-") for line in asked} - {"cslearn"}
    locked = {
        line.split("==")[0].lower() for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line
    }
    assert names <= locked


def test_every_locked_version_takes_the_oldest_python():
    # Debian 12's. A lock made with a newer one may pick versions that refuse it.
    refused = {
        name: asks
        for line in (ROOT / "requirements.lock").read_text().splitlines()
        if "==" in line
        for name in [line.split("==")[0]]
        if (asks := metadata.metadata(name).get("Requires-Python")) and not SpecifierSet(asks).contains("3.11.2")
    }
    assert refused == {}


@pytest.mark.slow
def test_the_wheel_holds_what_a_learner_needs_and_nothing_of_the_tutor_s(tmp_path):
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        tmp_path,
        ROOT,
    ]
    subprocess.run([*command, "--disable-pip-version-check"], check=True, capture_output=True, text=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        everything = {name: archive.read(name) for name in names}
    assert "cslearn/exercises/published/choose-an-improvement.json" in names
    assert not any("personas" in name or name.endswith(".standards.yml") for name in names)
    for secret in (b"BEGIN SOLUTION\n", b"I recommend One Owner", b"I recommend the Courier portal", b"not_higher: >-"):
        assert [name for name, data in everything.items() if secret in data] == []

    # The wheel alone, with no checkout near, checks an answer.
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    probe = (
        f"import sys; sys.path.insert(0, {str(site)!r}); import cslearn; assert cslearn.__file__.startswith({str(site)!r});"
        "print(repr(cslearn.check('choose-an-improvement', 'matrix', {'ranking': ['A']})))"
    )
    run = subprocess.run([sys.executable, "-W", "error", "-c", probe], cwd=tmp_path, capture_output=True, text=True)
    assert run.stdout.strip() == "0.0", run.stderr
