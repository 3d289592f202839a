# make test   everything, on a machine with only Python >= 3.11 and make
# make test-all  and every variant of each test against SyncClient
# make check  the quick gate
# make docs   the site, built strictly into site/ and checked
# make demo   the guide, snippet by snippet, against a server on loopback
# make checkers  what other type checkers find in correct programs
# make bench  what requests cost, beside other clients
# make endurance  load for minutes while servers, network and process are in trouble
# make mutation  the wiring modules, changed line by line: does a test notice?
# make fuzz   the parsers, with inputs that reach new code; a minute for each target
# make release-check  the package, from a clean clone, on each Python that is here
# make matrix  the tests on each interpreter, with newer ones from Debian; takes an hour

# The first interpreter that is new enough; `make PYTHON=python3.13 test` chooses another.
FIND_PYTHON = for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done
PYTHON ?= $(shell $(FIND_PYTHON))
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made-from-pyproject
WORKERS ?= 2
PIP := pip install --quiet --disable-pip-version-check
# The first that knows dependency groups; what comes with an older Python does not.
PIP_WITH_GROUPS := pip>=25.1

# Compiled test modules are kept: collecting the tests takes half the time then.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: matrix architecture help test check docs demo generate drift lint format types strict verifytypes stubtest tests
.PHONY: endurance endurance-report sync-row test-all checkers fast-tests explore clean compatibility release-check audit bench mutation fuzz
.DEFAULT_GOAL := help

help:
	@sed -n '1,12s/^# //p' Makefile

test: drift compatibility lint types strict verifytypes stubtest tests sync-row
	@echo "make test: all gates passed"

check: drift compatibility lint types fast-tests
	@echo "make check: passed"

# A venv of its own: the other gates do not wait for the site's tools, nor see them.
DOCS_VENV ?= .venv-docs
DOCS_STAMP := $(DOCS_VENV)/.made-from-pyproject

docs: $(DOCS_STAMP)
	$(DOCS_VENV)/bin/python -m tests.docs.site menu
	$(DOCS_VENV)/bin/zensical build --strict --clean --config-file .site.yml
	$(DOCS_VENV)/bin/python -m tests.docs.site check
	@echo "make docs: open site/index.html"

$(DOCS_STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python >= 3.11 found: give one with make PYTHON=..." >&2; exit 2; }
	$(PYTHON) -m venv --clear $(DOCS_VENV)
	$(DOCS_VENV)/bin/python -m $(PIP) "$(PIP_WITH_GROUPS)"
	$(DOCS_VENV)/bin/python -m $(PIP) --editable . --group docs
	@touch $@

demo: $(STAMP)
	$(BIN)/python -m tests.docs.demo

$(STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python >= 3.11 found: give one with make PYTHON=..." >&2; exit 2; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m $(PIP) "$(PIP_WITH_GROUPS)"
	$(BIN)/python -m $(PIP) --editable . --group dev
	@touch $@

generate: $(STAMP)
	$(BIN)/python -m codegen

drift: $(STAMP)
	$(BIN)/python -m codegen --check

# Names what changed against the last release, and the version that this asks for.
compatibility: $(STAMP)
	$(BIN)/python -m codegen.compatibility

# From a clean clone of the last commit, so commit first; dist/ has what it made.
release-check: $(STAMP)
	$(BIN)/python -m tests.release $(RELEASE_OPTIONS)

# Run the tests on each interpreter. Those that the machine doesn't have come from Debian unstable, if
# this is root on Debian. `make matrix MATRIX="--sample 3.14 pypy3.11"` chooses.
matrix: $(STAMP)
	$(BIN)/python -m tests.matrix $(MATRIX)

# Asks a server for known vulnerabilities of what is installed: the one target that needs the network.
audit: $(STAMP)
	$(PYTHON) -m venv --clear .venv-audit
	.venv-audit/bin/python -m $(PIP) "pip-audit==2.10.1"
	.venv-audit/bin/pip-audit --strict --path "$$($(BIN)/python -c 'import sysconfig as s; print(s.get_path("purelib"))')"

# What requests cost beside other clients, in an environment of its own; nginx is needed.
BENCH_VENV ?= .venv-bench
BENCH_STAMP := $(BENCH_VENV)/.made-from-pyproject

bench: $(BENCH_STAMP)
	$(BENCH_VENV)/bin/python -m tests.benchmarks $(BENCH)

$(BENCH_STAMP): pyproject.toml tests/benchmarks/requirements.txt
	$(PYTHON) -m venv --clear $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m $(PIP) --editable . --requirement tests/benchmarks/requirements.txt
	@touch $@

# The same directory continues a run that was interrupted. Other clients need an interpreter that has
# them: make endurance CLIENT=aiohttp CLIENT_PYTHON=... The report has a column for each directory.
MINUTES ?= 1
SEED ?= 1
CLIENT ?= hyperhttp
RATE ?= 120
CLIENT_PYTHON ?= $(abspath $(BIN)/python)
ENDURANCE ?= .endurance/$(CLIENT)-$(SEED)-$(MINUTES)
endurance: $(STAMP)
	$(BIN)/python -m tests.endurance run $(ENDURANCE) --minutes $(MINUTES) --seed $(SEED) \
	  --client $(CLIENT) --python $(CLIENT_PYTHON) --rate $(RATE)

endurance-report: $(STAMP)
	$(BIN)/python -m tests.endurance report $(wildcard .endurance/*)

# A report of what other type checkers find in the right programs of tests/types; not a gate.
CHECKERS_VENV ?= .venv-checkers
CHECKERS_STAMP := $(CHECKERS_VENV)/.made-from-pyproject

checkers: $(STAMP) $(CHECKERS_STAMP)
	$(BIN)/python -m tests.repo.checkers $(CHECKERS_VENV)/bin

$(CHECKERS_STAMP): pyproject.toml
	$(PYTHON) -m venv --clear $(CHECKERS_VENV)
	$(CHECKERS_VENV)/bin/python -m $(PIP) "$(PIP_WITH_GROUPS)"
	$(CHECKERS_VENV)/bin/python -m $(PIP) --group checkers
	@touch $@

# Changes the wiring modules line by line and runs their tests; what no test notices is named. Takes an hour.
MUTATION_VENV ?= .venv-mutation
MUTATION_STAMP := $(MUTATION_VENV)/.made-from-pyproject

mutation: $(MUTATION_STAMP)
	$(MUTATION_VENV)/bin/python -m tests.mutation $(MUTATION)

$(MUTATION_STAMP): pyproject.toml
	$(PYTHON) -m venv --clear $(MUTATION_VENV)
	$(MUTATION_VENV)/bin/python -m $(PIP) "$(PIP_WITH_GROUPS)"
	$(MUTATION_VENV)/bin/python -m $(PIP) --editable . --group dev --group mutation
	@touch $@

# Fuzzes the parsers: SECONDS for each target, or for those of `make fuzz TARGETS="h1 url"`. Inputs with new
# coverage are kept in .fuzz for the next run; an input that fails is shrunk and stored beside them.
FUZZ_VENV ?= .venv-fuzz
FUZZ_STAMP := $(FUZZ_VENV)/.made-from-pyproject
SECONDS ?= 60

fuzz: $(FUZZ_STAMP)
	$(FUZZ_VENV)/bin/python -m tests.fuzz --seconds $(SECONDS) $(TARGETS)

$(FUZZ_STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python >= 3.11 found: give one with make PYTHON=..." >&2; exit 2; }
	$(PYTHON) -m venv --clear $(FUZZ_VENV)
	$(FUZZ_VENV)/bin/python -m $(PIP) "$(PIP_WITH_GROUPS)"
	$(FUZZ_VENV)/bin/python -m $(PIP) --editable . --group suite --group fuzz
	@touch $@

# The layers of the package, their parts, and who imports whom.
architecture: $(STAMP)
	$(BIN)/python -m tests.repo.import_graph

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
	  --allowlist typings/api/hyperhttp/stubtest.allowlist --ignore-unused-allowlist
	MYPYPATH=typings $(BIN)/stubtest --ignore-missing-stub brotli brotlicffi

tests: $(STAMP)
	$(BIN)/python -m pytest -n $(WORKERS)

# The tests of Client that hold for SyncClient too, with SyncClient in its place. Of the variants of a
# test, all pairs of parameters run; with `make sync-row SAMPLE=`, as in `make test-all`, all variants.
SAMPLE ?= --pairwise
sync-row: $(STAMP)
	$(BIN)/python -m pytest -n $(WORKERS) -q --sync $(SAMPLE) tests/client

# The async tests on uvloop.
uvloop-row: $(STAMP)
	$(BIN)/python -m pytest -n $(WORKERS) -q --uvloop $(SAMPLE)

test-all: test
	$(MAKE) sync-row uvloop-row SAMPLE=
	@echo "make test-all: all rows passed"

fast-tests: $(STAMP)
	HYPOTHESIS_PROFILE=sample $(BIN)/python -m pytest -n $(WORKERS) -m "not slow and not peer" -q --sample

# Properties with examples that nobody has tried yet; what is found becomes an example by name.
explore: $(STAMP)
	HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest -n $(WORKERS) -q tests -m "not peer" \
	  -k "test_h2 or hpack or h1 or url or cookie or ledger or intake or proxies or challenges or digest"

clean:
	rm -rf $(VENV) $(DOCS_VENV) $(BENCH_VENV) $(MUTATION_VENV) $(FUZZ_VENV) $(CHECKERS_VENV) .venv-audit .fuzz .matrix .endurance dist site .site.yml .mypy_cache .pytest_cache .ruff_cache .hypothesis
