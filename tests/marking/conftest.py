"""A released class to start from, and notebooks filled in by hand."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import servers
from handing_in import NAME, Desk

from cslearn.exercises.exercise import Exercise, read
from cslearn.marking.classroom import Classroom, create_classroom, open_classroom
from cslearn.marking.reading import Released, read_released
from cslearn.marking.release import release

ROSTER = """learner_id,name,email,extra_time
L001,Ann Bee,ann.bee@example.org,
L002,Cyril Dee,cyril@example.org,25%
L003,Zoë O'Hara-Smith,zoe@example.org,
L004,Ann Bee,other.ann@example.org,
L005,Edna Foo,edna@example.org,
"""


@pytest.fixture(scope="session")
def exercise() -> Exercise:
    return read(NAME)


@pytest.fixture(scope="session")
def _template(tmp_path_factory, exercise) -> Path:
    root = tmp_path_factory.mktemp("template") / "class"
    root.mkdir()
    (root / "roster.csv").write_text(ROSTER, encoding="utf-8")
    release(create_classroom(root, salt="0123456789abcdef0123"), exercise)
    return root


@pytest.fixture
def classroom(_template, tmp_path) -> Classroom:
    """A class of five with the exercise released and nothing handed in."""
    root = tmp_path / "class"
    shutil.copytree(_template, root)
    return open_classroom(root)


@pytest.fixture(scope="session")
def released(_template) -> Released:
    return read_released(_template / "release" / NAME / f"{NAME}.ipynb", NAME)


@pytest.fixture(scope="session")
def desk(exercise, _template) -> Desk:
    return Desk(exercise, _template)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[servers.PostgreSQL]:
    """A PostgreSQL server of the tests' own."""
    # Not pytest's folder, whose parents nobody but its owner may enter: the server has another account.
    with tempfile.TemporaryDirectory(prefix="cslearn-postgresql-") as folder:
        Path(folder).chmod(0o755)
        with servers.postgresql(Path(folder, "server")) as server:
            yield server
