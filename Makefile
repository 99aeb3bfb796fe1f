# Needs only python3 (3.11 or later, with venv), make and git. `make demo` and `make test` are
# the two commands of the README; everything they need is put into .venv by the hash lock.

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo run test bench lint types contracts lock clean

demo: .venv/run.stamp
	@$(BIN)/kyodo demo

run: .venv/run.stamp
	@$(BIN)/kyodo up

test: .venv/dev.stamp
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

bench: .venv/dev.stamp
	@$(BIN)/python -m benchmarks

lint: .venv/dev.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: .venv/dev.stamp
	@$(BIN)/pyright

contracts: .venv/dev.stamp
	@$(BIN)/lint-imports

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "kyodo needs Python 3.11 or later; say which with: make PYTHON=python3.12 ..."; exit 1; }
	@echo "1/3 making .venv"
	@$(PYTHON) -m venv .venv \
	  || { echo "python3 has no venv module; install your system's python3-venv package"; exit 1; }

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv/bin/python
	@if [ ! -e .venv/dev.stamp ]; then \
	  echo "2/3 installing the locked packages (about 100 MB, a minute or two)" && \
	  $(INSTALL) --require-hashes -r requirements/run.txt; fi
	@echo "3/3 installing kyodo"
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt pyproject.toml | .venv/bin/python
	@echo "2/3 installing the locked packages for development (about 250 MB, a few minutes)"
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@echo "3/3 installing kyodo"
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

# After changing requirements/*.in; needs uv. No addresses are written into the locks.
lock:
	uv pip compile --python-version 3.11 --universal --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate requirements/dev.in -o requirements/dev.txt
	uv pip compile --python-version 3.11 --universal --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate -c requirements/dev.txt requirements/run.in -o requirements/run.txt

clean:
	rm -rf .venv .kyodo .pytest_cache .ruff_cache .hypothesis .import_linter_cache
