from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The whole book, built once for all tests of it."""
    from cslearn.site.build import build

    return build(ROOT, tmp_path_factory.mktemp("site"), on_line=lambda line: None)
