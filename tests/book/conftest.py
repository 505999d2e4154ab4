import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# The helpers that visit a page stand with the site's own tests.
sys.path.append(str(ROOT / "tests" / "site"))


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The whole book, built once for all tests of it."""
    from cslearn.site.build import build

    return build(ROOT, tmp_path_factory.mktemp("site"), on_line=lambda line: None)
