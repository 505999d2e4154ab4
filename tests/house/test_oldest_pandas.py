"""The browser has pandas 2.2.3, so everything that a learner's machine runs must work with it too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = Path(__file__).with_name("oldest-pandas.lock")


@pytest.mark.slow
def test_data_rules_and_methods_work_with_the_oldest_pandas():
    packages = ROOT / ".cache" / "oldest-pandas"
    if not (packages / "pandas").is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*command, "--require-hashes", "--target", packages, "-r", LOCK], check=True)
    environment = {**os.environ, "PYTHONPATH": str(packages)}
    version = subprocess.run(
        [sys.executable, "-c", "import pandas; print(pandas.__version__)"],
        env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert version.stdout.strip() == "2.2.3"
    rooms = [str(ROOT / "tests" / room) for room in ("methods", "northfold", "exercises")]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "not slow", "-p", "no:cacheprovider", *rooms],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
