# Two commands do all on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: board demo test quick test-ray man wheel lock clean

# With a network the Chinese passages of the seeds are translated, without one they are glossed.
demo: .venv/installed
	@$(BIN)/textkit models install zh en 2>/dev/null \
	    || echo "no model for Chinese could be installed: Chinese passages are glossed"
	$(BIN)/textkit run seeds --output out
	@echo
	@echo "Open out/report.html in a browser, or read out/corpus.md; the articles are in out/articles."

test: .venv/developed
	@echo "linter, types and all tests: about ten minutes on two cores (make quick: half a minute)"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile

# The unit tests alone: no processes started, no browser, no models.
quick: .venv/developed
	$(BIN)/pytest -q -n auto tests/test_document.py tests/test_edits.py tests/text tests/read/test_records.py \
	    tests/run/test_names.py

# Runs over shards on Ray: two nodes on this machine, killed workers, killed drivers.
test-ray: .venv/clustered
	$(BIN)/pytest -m ray tests/ray

# What is reached on the development sets beside the peers; needs ../shared, takes half an hour.
board: .venv/developed
	$(BIN)/python -m pip install -qq --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m benchmarks.board

# Man pages, command reference, rule table and completion scripts, from the commands themselves.
man: .venv/developed
	$(BIN)/python -m tools.generate

# The wheel and the sdist, each installed into an empty environment and run from there.
wheel: .venv/developed
	$(BIN)/pytest -m slow tests/packaging

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "textkit needs Python 3.11 or newer: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	@echo "installing 65 packages, 166 MB, about a minute"
	$(BIN)/python -m pip install -q --progress-bar on --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/developed: requirements-dev.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install -q --progress-bar on --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --editable .
	@touch $@ .venv/installed

.venv/clustered: requirements-ray.lock .venv/developed
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-ray.lock
	@touch $@

# New pins: needs uv. Hashes only, no addresses.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --extra dev --extra ray -c requirements-dev.lock pyproject.toml -o requirements-ray.lock

clean:
	rm -rf .venv out dist
