# make demo   builds the book, marks a sample class, serves the site (SERVE=0: ends instead)
# make test   runs every test, in a real browser too
# make help   lists the rest

PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
BIN := .venv/bin
export PYTHON

.PHONY: help setup demo book test quick bench lock

help:
	@echo "make demo    build the book, mark a sample class into demo/gradebook.db, serve the site (SERVE=0 ends instead; PORT=8000)"
	@echo "make test    every test, in a real browser too"
	@echo "make quick   the tests that need no browser and no nbgrader (about a minute)"
	@echo "make book    the site, in _build/site"
	@echo "make bench   our figures beside the stock tools', in benchmarks/latest.json"
	@echo "make lock    write requirements.lock anew"

setup:
	@scripts/setup

book: setup
	@scripts/pyodide
	$(BIN)/cslearn book --output _build/site

demo: book
	$(BIN)/cslearn demo --into demo
	@echo
	@echo "The site is in _build/site, the sample class in demo/."
	@echo "The report is demo/report.html; a learner's feedback is in demo/feedback/."
	@if [ "$(SERVE)" = 0 ]; then echo "Serve the site with: $(BIN)/cslearn book --output _build/site --serve $(PORT)"; \
	else $(BIN)/cslearn book --output _build/site --serve $(PORT); fi

test: setup
	@scripts/pyodide
	@scripts/needs chromium:chromium '/usr/lib/postgresql/*/bin/postgres:postgresql'
	@# Two or more at once: much of the time is waiting for a browser. A file's tests stay together.
	$(BIN)/python -m pytest -n 3 --dist loadfile

quick: setup
	$(BIN)/python -m pytest -m "not slow and not browser and not nbgrader"

bench: setup
	@scripts/pyodide
	@scripts/needs chromium:chromium
	$(BIN)/python -m benchmarks

# Make it with the oldest Python that must work (Debian 12's): a newer one may pick versions that refuse it.
lock: setup
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --upgrade --extra dev --generate-hashes --allow-unsafe --strip-extras --no-header \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --annotation-style=line \
		--output-file requirements.lock pyproject.toml
	@# The package's own extras come out as a path of this machine; they are not a requirement.
	@sed -i '/^cslearn @ file/d; /^# WARNING: pip install will require/d; /^# Consider using a hashable URL/d' requirements.lock
