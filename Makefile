# Copydesk: `make run` serves it, `make test` proves it. Needs Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
UV_VERSION := 0.13.9

.PHONY: run test lint format bench pictures lock clean

run: $(VENV)/.installed
	@$(BIN)/streamlit run app.py

test: $(VENV)/.installed-tests
	@$(BIN)/python -m pytest

lint: $(VENV)/.installed-tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/basedpyright

format: $(VENV)/.installed-tests
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

bench: $(VENV)/.installed-tests
	@for script in tests/benchmarks/bench_*.py; do echo; $(BIN)/python $$script || exit 1; done

# The README's pictures; with REVIEW=folder, every screen in every state, into that folder.
pictures: $(VENV)/.installed-tests
	@$(BIN)/python -m tests.browser.pictures $(REVIEW)

# Read the .in files, write the locks: every platform, every hash.
lock: $(UV)
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --upgrade requirements.in -o requirements.txt
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --upgrade requirements-test.in -o requirements-test.txt

clean:
	rm -rf $(VENV)

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Copydesk needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 …")'
	@echo "Setting up $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.installed: requirements.txt | $(UV)
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-tests: requirements-test.txt $(VENV)/.installed
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-test.txt
	@touch $@
