# One command each; every target sets up what it needs from nothing (Debian 12, Python 3.11+).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
DEV_STAMP := $(VENV)/.ready-dev
AUDITOR := $(VENV)/audit/bin/pip-audit
PYTEST_ARGS ?=
# Tests wait for the disk more than for the processor: their files lie in memory where there is room for them.
TEST_FILES := $(shell test "$$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 4000000 2>/dev/null && echo /dev/shm)
# A file's tests stay together: what it starts, fits and keeps for all of them is there once, and the long files come first.
PYTEST = PYTEST_DEBUG_TEMPROOT=$(TEST_FILES) $(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

# What is compiled once need not be compiled by every process anew, whatever this machine prefers.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup install run demo test quick collected check format bench cost crash screenshots access looks audit icons lock clean

setup: $(DEV_STAMP)

# What serving needs, without what tests and linters need.
install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q bot channels console later procedures reports templates_replies tickets
	touch $@

$(DEV_STAMP): $(STAMP) requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -c "from tests.standins.telegram.schema import fetch; print(fetch() or 'the Bot API is described')"
	touch $@

run: $(STAMP)
	$(BIN)/tanggap serve

demo: $(STAMP)
	$(BIN)/tanggap serve --demo

test: $(DEV_STAMP)
	$(PYTEST) $(PYTEST_ARGS)

quick: $(DEV_STAMP)
	$(PYTEST) -m "not slow" $(PYTEST_ARGS)

# What each worker of the tests would compile for itself is compiled once: their own files, as pytest rewrites them, and what
# hypothesis reads out of ours. What cannot be collected is told by `test`.
collected: $(DEV_STAMP)
	-@$(BIN)/python -m pytest --collect-only -qq >/dev/null

check: $(DEV_STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(DEV_STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV_STAMP)
	$(BIN)/python -m benchmarks

# Nine figures beside what is asked of them, written into docs/performance.md. Peers: benchmarks/peers/install.sh first.
cost: $(DEV_STAMP)
	$(BIN)/python -m benchmarks cost $(if $(LEDGER),--ledger $(LEDGER)) $(if $(MESSAGES),--messages $(MESSAGES))

# Kill the service again and again while everybody writes: docs/reliability.md. Goes on where it was stopped.
crash: MESSAGES ?= 100000
crash: KILLS ?= 500
crash: SEED ?= 1
crash: DATABASE ?= sqlite
crash: $(DEV_STAMP)
	$(BIN)/python -m tests.acceptance.crash --messages $(MESSAGES) --kills $(KILLS) --seed $(SEED) --database $(DATABASE)

# The pictures of the README, from the demo in Debian's chromium.
screenshots: $(DEV_STAMP)
	$(BIN)/python docs/pictures/take.py

# Who may do what, asked for everything as everybody: docs/access.md. Look at what changes with a critical eye.
access: $(DEV_STAMP)
	$(BIN)/python -m tests.access

# Each page as axe sees it in every look; `test` looks at one after the other in turns.
looks: $(DEV_STAMP)
	$(BIN)/python -m pytest -n0 tests/console/test_axe.py --every-look

# Known advisories of what is locked: docs/security.md says what it needs of the network.
AUDIT ?= -s pypi
audit: $(AUDITOR)
	$(AUDITOR) --strict --progress-spinner off --disable-pip --require-hashes $(AUDIT) -r requirements.lock -r requirements-dev.lock

$(AUDITOR):
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit

icons: $(DEV_STAMP)
	$(BIN)/python docs/pictures/icons.py

# Needs uv on the path; the index it asks is whatever the machine is set up with.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" -q pyproject.toml --group build -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" -q pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
