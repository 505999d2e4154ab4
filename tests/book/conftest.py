import fcntl
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site(tmp_path_factory, worker_id):
    """The whole book, built once for all tests of it, also where several processes share them."""
    from cslearn.site.build import build

    base = tmp_path_factory.getbasetemp()
    output = (base if worker_id == "master" else base.parent) / "book"
    with Path(f"{output}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        finished = Path(f"{output}.finished")
        if not finished.exists():
            build(ROOT, output, on_line=lambda line: None)
            finished.touch()
    return output / "html"
