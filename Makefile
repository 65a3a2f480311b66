# make demo   checks the example reports            make office   what needs LibreOffice
# make test   everything that must hold             make browser  what needs Chromium
# make bench  how fast, how much memory             make bundle   wheels for a machine without internet
# make fuzz   files that went wrong on the way, and every kind of bad input
# make serve  the pages, in your browser            make assets   their styles and script, built anew
# make simulate whether the intervals of an inspection hold as often as they say
# make train    the models, from the labelled reports     make evaluate what they are worth, on voices they never met
#
# For developers, on anything with a shell. Users need none of this: docs/install.md.

PYTHON ?= python3
BIN := .venv/bin
# What is on the developer's own Python path is nobody else's.
export PYTHONPATH :=
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo serve assets test test-library test-service test-postgres postgres-tools lint office office-tools browser browser-tools bench fuzz simulate train evaluate bundle lock clean

# Status 1 is a report with something to look at; the example reports have much.
checked = $(BIN)/qualitycheck check examples $(1) || test $$? -eq 1

demo: .venv/demo
	@mkdir -p demo
	$(call checked,--format html --output demo)
	$(call checked,--format docx --output demo)
	$(call checked,--format json --output demo/results.json)
	$(call checked,--format csv --output demo/results.csv)
	$(call checked,)
	@echo
	@echo "The results are in demo/: a page (.html) and an annotated copy (.docx) of each report, results.json and results.csv."
	@echo "The program is $(BIN)/qualitycheck."

serve: .venv/demo
	$(BIN)/qualitycheck serve

# The tests of the service beside all others: each half needs one processor for some minutes.
test: lint
	@$(MAKE) --no-print-directory --jobs=2 --keep-going test-library test-service

test-library: .venv/dev
	$(BIN)/python -m pytest --ignore=tests/service

test-service: .venv/dev
	$(BIN)/python -m pytest tests/service

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	.ci/typed

office-tools:
	.ci/tools soffice=libreoffice-writer-nogui
office: office-tools .venv/dev
	$(BIN)/python -m pytest tests/office

browser-tools:
	.ci/tools chromium=chromium node=nodejs npm=npm openssl=openssl
browser: browser-tools .venv/dev
	npm ci --prefix tests/browser --no-fund --no-audit --loglevel=error
	node --test --test-concurrency=1 tests/browser/*.test.js

# The store on a real PostgreSQL too; `make test` does so wherever there is one already.
postgres-tools:
	.ci/tools pg_createcluster=postgresql
test-postgres: postgres-tools .venv/dev
	QUALITYCHECK_TEST_POSTGRES=required $(BIN)/python -m pytest tests/service/store

# The style sheet and the script that service/pages/static holds, from the pinned releases of GOV.UK Frontend and Sass.
assets:
	npm ci --prefix service/pages/assets --no-fund --no-audit --loglevel=error
	npm run --silent build --prefix service/pages/assets

bench: .venv/dev
	$(BIN)/python tests/bench.py docs/benchmarks.md
	$(BIN)/python tests/bench_service.py docs/benchmarks.md

# Two minutes of broken files, always the same; each kind of bad input by itself, with its time and memory; then the API.
fuzz: .venv/dev
	$(BIN)/python tests/fuzz.py 120
	$(BIN)/python tests/bad_input.py
	QUALITYCHECK_TEST_EXAMPLES=500 $(BIN)/python -m pytest -q tests/service/test_schema.py

# Whether intervals hold as often as they say, by drawing samples again and again.
simulate: .venv/dev
	$(BIN)/python tests/simulate.py docs/simulation.md

evaluate: .venv/dev
	$(BIN)/python -m qualitycheck.models.evaluate

# From the labelled reports to models/artefacts, under an hour on two cores; the same files each time.
train: .venv/train
	$(BIN)/python -m qualitycheck.models.train

# A folder of wheels, ours among them, from which qualitycheck is installed without internet (docs/install.md).
bundle: .venv/demo
	rm -rf dist/bundle build
	$(BIN)/python -m pip wheel --require-hashes -r requirements.lock --wheel-dir dist/bundle
	$(BIN)/python -m pip wheel --no-deps --no-build-isolation --wheel-dir dist/bundle .

# The newest releases that fit pyproject.toml, for every platform and Python from 3.11.
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --extra service
lock: .venv/dev
	$(LOCK) --upgrade --output-file requirements.lock
	$(LOCK) --upgrade --extra dev --constraints requirements.lock --output-file requirements-dev.lock
	$(LOCK) --upgrade --extra train --no-generate-hashes --constraints requirements-dev.lock | grep -vE '^ *(nvidia|cuda|triton)' > requirements-train.lock

clean:
	rm -rf .venv build dist demo .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info tests/browser/node_modules

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "qualitycheck needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv

# What runs, pinned; then this checkout itself, so that an edit is seen at once.
.venv/demo: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# Without hashes, and without what torch asks for on machines with a graphics card: pip fetches what fits this machine.
.venv/train: requirements-train.lock .venv/dev
	$(BIN)/python -m pip install --quiet -r requirements-train.lock
	touch $@

.venv/dev: requirements-dev.lock .venv/demo
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@
