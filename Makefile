# `make help` lists what there is. Only Python 3.11 or newer has to be there beforehand.

PYTHON := .venv/bin/python
PYTEST := .venv/bin/pytest
CHECK_ENV := ASSAY_ENV_FILE=/dev/null ASSAY_DEBUG=true ASSAY_STATE_DIR=$(CURDIR)/.venv/check-state
PRODUCTION_ENV := $(CHECK_ENV) ASSAY_DEBUG=false ASSAY_ALLOWED_HOSTS=assay.example.com \
	ASSAY_SECRET_KEY=only-for-the-check-0123456789-abcdefghijklmnopqrstuvwxyz

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test test-all test-fast check format bench messages lock sbom clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Setting up ---------------------------------------------------------------------

install: .venv/installed ## Create .venv and install what running needs

install-dev: .venv/installed-dev ## Install what testing and checking need as well

# The first Python that is new enough and can make virtual environments.
.venv/bin/python:
	@for python in python3 python3.13 python3.12 python3.11 python3.14; do \
	  $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null || continue; \
	  new_enough=$$python; \
	  $$python -c 'import ensurepip, venv' 2>/dev/null || continue; \
	  echo "Creating .venv with $$($$python --version)"; \
	  $$python -m venv .venv && exit 0; \
	done; \
	rm -rf .venv; \
	if [ -n "$$new_enough" ]; then \
	  echo "$$new_enough can't make a virtual environment. Install its venv module (Debian: apt-get install python3-venv) and try again." >&2; \
	else \
	  echo "Assay needs Python 3.11, 3.12, 3.13 or 3.14, and none was found. Install one and try again." >&2; \
	fi; exit 1

.venv/bin/uv: requirements-uv.txt | .venv/bin/python
	@$(PYTHON) -m pip install --quiet --require-hashes -r requirements-uv.txt 2>/dev/null \
	  && touch $@ || echo "uv could not be installed; pip does its work."

# uv takes seconds where pip takes a minute; pip knows about private indexes that uv does not.
define install_from
	@echo "Installing $$(grep -c "==" $(1)) packages of $(1): about half a minute …"
	@.venv/bin/uv pip install --quiet --compile-bytecode --python $(PYTHON) --require-hashes -r $(1) \
	  || $(PYTHON) -m pip install --quiet --require-hashes -r $(1)
	@touch $@
endef

.venv/installed: requirements.txt | .venv/bin/uv
	$(call install_from,requirements.txt)

.venv/installed-dev: requirements-dev.txt | .venv/bin/uv
	$(call install_from,requirements-dev.txt)
	@touch .venv/installed

lock: install-dev ## Resolve the dependencies anew and write the requirements files
	.venv/bin/uv lock --quiet --upgrade
	.venv/bin/uv export --quiet --frozen --no-header --no-dev -o requirements.txt
	.venv/bin/uv export --quiet --frozen --no-header --all-groups -o requirements-dev.txt
	.venv/bin/uv export --quiet --frozen --no-header --only-group lock -o requirements-uv.txt

# Running ------------------------------------------------------------------------

run: install ## Start everything: PORT=8123 make run chooses the port
	@$(PYTHON) manage.py up

# Testing ------------------------------------------------------------------------

# A change runs the tests that it can break. Where git can't tell which files changed, all of them run.
SELECT := changed
IN_TWO := -n 2 --dist worksteal

# Each part, and each process that a test starts, reads the same files: they are compiled once.
test test-all test-fast: export PYTHONDONTWRITEBYTECODE :=

test: install-dev ## Run the tests of a change: on SQLite, on PostgreSQL, with a broker, in a browser
	$(PYTEST) $(IN_TWO) --ignore tests/pages --select $(SELECT)
	ASSAY_TEST_DATABASE=postgres $(PYTEST) $(IN_TWO) --ignore tests/pages --select $(SELECT)
	$(PYTHON) -m tests.servers.chromium
	$(PYTEST) $(IN_TWO) tests/pages --select $(SELECT)

test-all: ## Run every test, whatever has changed: each night, and before a release
	$(MAKE) test SELECT=all
	@$(PYTHON) -m tests.selection.tested

test-fast: install-dev ## Run the tests that need no server and no browser
	$(PYTEST) $(IN_TWO) -m "not broker" --ignore tests/pages --select $(SELECT)

bench: install ## Measure the pages and the screening
	$(PYTHON) manage.py bench page

# Checking -----------------------------------------------------------------------

check: install-dev ## Lint, types, layers, migrations, deployment, templates, translations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(CHECK_ENV) .venv/bin/mypy .
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet templates
	$(CHECK_ENV) $(PYTHON) manage.py makemigrations --check --dry-run
	$(CHECK_ENV) $(PYTHON) manage.py messages --check
	$(PRODUCTION_ENV) $(PYTHON) manage.py check --deploy --fail-level WARNING
	$(PYTEST) -q tests/test_layout.py tests/test_requirements.py tests/test_documents.py
	@$(PYTHON) -m tests.supply_chain.advisories

sbom: install-dev ## Write what the product is made of as CycloneDX
	@mkdir -p test-results
	@$(PYTHON) -m tests.supply_chain.sbom > test-results/sbom.cdx.json
	@echo "test-results/sbom.cdx.json"

format: install-dev ## Put the code in shape
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

messages: install-dev ## Bring the translation catalogues up to date with the texts
	$(PYTHON) manage.py messages

clean: ## Remove what was installed and generated; the data in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
