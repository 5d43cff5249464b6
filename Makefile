# make demo   sets up everything, builds the sample reports and says where to look
# make test   sets up everything and runs every check and test
# make quick  the inner loop: format, lint, types, and the tests that take no second and are no laws
# make bench  measures the figures in the README
# make fuzz   runs the property tests for longer
# make golden accepts what the samples render to now

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
JOBS ?= 2

.PHONY: demo test quick check bench fuzz golden compiled lock clean

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("reportgen needs Python 3.11 or later; set PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Modules are compiled beforehand, as those of an installed package are: each command starts a quarter second sooner.
compiled: $(STAMP)
	@$(BIN)/python -m compileall -q reportgen

demo: compiled
	@$(BIN)/python samples/build.py out/demo

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: check compiled
	$(BIN)/pytest -n $(JOBS) --dist worksteal

quick: check compiled
	$(BIN)/pytest -n $(JOBS) --dist worksteal -m "not slow" -q --ignore=tests/properties

bench: compiled
	$(BIN)/python -m benchmarks.run

fuzz: $(STAMP)
	REPORTGEN_FUZZ=1 $(BIN)/pytest -n $(JOBS) tests/properties tests/formats

golden: $(STAMP)
	$(BIN)/pytest tests/golden --accept -q

lock:
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --upgrade --no-annotate --no-header --no-emit-index-url --no-emit-find-links -o requirements.lock

clean:
	rm -rf $(VENV) out dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
