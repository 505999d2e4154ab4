import pytest
import tiny_book


@pytest.fixture
def explorers(tmp_path, monkeypatch):
    """One small explorer in place of the real ones."""
    known = tiny_book.fake_registry(tmp_path / "explorers")
    monkeypatch.setattr("cslearn.site.explorer.registry", lambda: known)
    return known


@pytest.fixture
def make(tmp_path, explorers):
    """Builds a small book from {file name: text}; the first page is the root."""
    return lambda pages: tiny_book.built(tmp_path, pages)
