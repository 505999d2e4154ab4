"""What can be known of the Dockerfile without Docker: its paths, its versions, its user, and that the marker runs from what it copies."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = ROOT / "scripts" / "Dockerfile"
GUIDE = ROOT / "book" / "tutor" / "marking.md"


def instructions() -> list[tuple[str, str]]:
    """Each instruction with what follows it; comments are out, continued lines in one."""
    text = "\n".join(line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    return [(line.split(None, 1)[0], line.split(None, 1)[1].strip()) for line in lines]


def given(name: str) -> list[str]:
    return [rest for instruction, rest in instructions() if instruction == name]


def copied() -> list[str]:
    return [path for rest in given("COPY") for path in rest.split()[:-1]]


def test_every_instruction_is_one_that_docker_knows():
    assert {name for name, _ in instructions()} <= {"FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "ENTRYPOINT"}


def test_every_path_that_is_copied_is_there_and_let_through():
    rules = (FILE.with_name("Dockerfile.dockerignore")).read_text(encoding="utf-8").splitlines()
    assert "*" in rules
    for path in copied():
        assert (ROOT / path).exists() and f"!{path}" in rules, path
    assert {rule[1:] for rule in rules if rule.startswith("!")} == set(copied())


def test_the_system_is_a_slim_debian_and_no_host_is_named():
    (system,) = given("FROM")
    assert re.fullmatch(r"debian:[a-z]+-slim", system)
    assert "://" not in FILE.read_text(encoding="utf-8")
    assert not {"--index-url", "-i", "--extra-index-url", "--find-links"} & set(" ".join(given("RUN")).split())


def test_every_version_comes_from_the_lock():
    installs = [part for rest in given("RUN") for part in rest.split("&&") if "pip install" in part]
    assert len(installs) == 2
    options = [[word for word in shlex.split(part) if not word.startswith("--no-cache")] for part in installs]
    assert options[0][-3:] == ["--require-hashes", "-r", "requirements.lock"]
    assert options[1][-4:] == ["--no-deps", "--no-build-isolation", "-e", "."]


def test_nobody_is_root_when_it_runs():
    names = [name for name, _ in instructions()]
    assert given("USER") == ["1000:1000"]
    assert "RUN" not in names[names.index("USER") :]
    assert json.loads(given("ENTRYPOINT")[0]) == ["cslearn"]


def test_no_copied_path_holds_a_class_or_a_secret():
    assert not [path for path in copied() if path in (".", "./", "*", "demo", ".venv", ".git")]


@pytest.mark.slow
def test_what_is_copied_is_enough_to_mark(tmp_path):
    for path in copied():
        source = ROOT / path
        if source.is_dir():
            shutil.copytree(source, tmp_path / path, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path / path)
    room = tmp_path / "class"
    room.mkdir()
    (room / "roster.csv").write_text("learner_id,name\nL001,Ann Bee\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    for arguments in (["release", "choose-an-improvement"], ["mark"]):
        done = subprocess.run(
            [sys.executable, "-m", "cslearn.cli", *arguments],
            cwd=room,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
    assert (room / "release" / "choose-an-improvement" / "choose-an-improvement.ipynb").exists()


def test_the_guide_gives_the_same_commands_and_says_what_was_not_tried():
    guide = GUIDE.read_text(encoding="utf-8")
    for command in re.findall(r"^#   (docker .+)$", FILE.read_text(encoding="utf-8"), re.MULTILINE):
        assert command.split(" cslearn mark")[0].split(" -v ")[0] in guide
    assert "we could not build it" in guide
