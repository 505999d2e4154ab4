"""Settings for every test."""

import pytest
from hypothesis import settings

# A shared machine may be slow at any moment; that is not what a property is about.
settings.register_profile("cslearn", deadline=None)
settings.load_profile("cslearn")


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests: two of Playwright's drivers cannot run in one thread."""
    from playwright.sync_api import sync_playwright
    from visiting import start_chromium

    with sync_playwright() as playwright:
        opened = start_chromium(playwright)
        yield opened
        opened.close()
