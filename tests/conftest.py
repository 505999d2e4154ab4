"""Settings for every test."""

import signal

import pytest
from hypothesis import settings

# A shell starts what runs in the background deaf to Ctrl-C, and its children inherit that. Tests that send
# one to a command of ours need it heard, however the tests were started.
signal.signal(signal.SIGINT, signal.default_int_handler)

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
