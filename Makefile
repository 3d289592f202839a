# make test   everything, on a machine with only Python >= 3.11 and make
# make check  the quick gate
# make demo   the guide, snippet by snippet, against a server on loopback

# The first interpreter that is new enough; `make PYTHON=python3.13 test` chooses another.
FIND_PYTHON = for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done
PYTHON ?= $(shell $(FIND_PYTHON))
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made-from-pyproject
WORKERS ?= 2

.PHONY: help test check demo generate drift lint format types strict verifytypes stubtest tests
.PHONY: fast-tests explore clean
.DEFAULT_GOAL := help

help:
	@sed -n '1,3s/^# //p' Makefile

test: drift lint types strict verifytypes stubtest tests
	@echo "make test: all gates passed"

check: drift lint types fast-tests
	@echo "make check: passed"

demo: $(STAMP)
	$(BIN)/python -m tests.docs.demo

$(STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python >= 3.11 found: give one with make PYTHON=..." >&2; exit 2; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $@

generate: $(STAMP)
	$(BIN)/python -m codegen

drift: $(STAMP)
	$(BIN)/python -m codegen --check

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(STAMP)
	$(BIN)/mypy

strict: $(STAMP)
	$(BIN)/basedpyright --pythonpath $(BIN)/python

# --verifytypes asks the first python on PATH where the package is, whatever --pythonpath says.
verifytypes: $(STAMP)
	PATH="$(abspath $(BIN)):$$PATH" $(BIN)/basedpyright --ignoreexternal --verifytypes hyperhttp

# Stubs of our own package lie apart (typings/api), so that mypy reads the bodies everywhere else.
stubtest: $(STAMP)
	MYPYPATH=typings/api:typings $(BIN)/stubtest hyperhttp \
	  --allowlist typings/api/hyperhttp/stubtest.allowlist
	MYPYPATH=typings $(BIN)/stubtest --ignore-missing-stub brotli brotlicffi

tests: $(STAMP)
	$(BIN)/python -m pytest -n $(WORKERS)

fast-tests: $(STAMP)
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow and not peer" -q

# Properties with examples that nobody has tried yet; what is found becomes an example by name.
explore: $(STAMP)
	HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest -n $(WORKERS) -q tests -m "not peer" \
	  -k "test_h2 or hpack or h1 or url or cookie or ledger or intake or proxies or challenges or digest"

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
