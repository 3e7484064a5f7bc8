# A machine with Python 3.11 or newer and make is enough: `make run`, `make test`.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 3000
PUBLIC_URL ?= http://localhost:$(PORT)

BIN := $(CURDIR)/.venv/bin
PY := $(BIN)/python
CLI := $(PY) -m studio_app.cli
# Keyed on what is in the files: a changed pin installs, a changed date does not.
RUN_STAMP := .venv/.installed-$(shell cat requirements.txt | cksum | cut -d' ' -f1)
DEV_STAMP := .venv/.installed-dev-$(shell cat requirements.txt requirements-dev.txt | cksum | cut -d' ' -f1)

export PATH := $(BIN):$(PATH)
export PUBLIC_URL
export REFLEX_USE_NPM := 1
export REFLEX_TELEMETRY_ENABLED := false
export REFLEX_CHECK_LATEST_VERSION := false
export npm_config_audit := false
export npm_config_fund := false
export npm_config_update_notifier := false

.PHONY: help install run test test-days test-all check format bench migrate demo admin backup restore lock clean

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

install: $(RUN_STAMP)

$(RUN_STAMP): | .venv/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(DEV_STAMP): $(RUN_STAMP)
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv

run: install ## Start the studio on http://localhost:3000 (PORT=, HOST= change it)
	$(CLI) prepare
	exec $(BIN)/reflex run --env prod --frontend-port $(PORT) --backend-port $(PORT) --backend-host $(HOST)

test: $(DEV_STAMP) check ## Everything: checks, then the whole suite on real PostgreSQL and a real browser
	$(BIN)/python tests/system.py
	$(BIN)/pytest -n 2

test-days: $(DEV_STAMP) ## The browser and date tests with every clock on the worst days; DAYS= chooses some
	$(BIN)/python tests/system.py
	$(BIN)/python -m tests.days $(DAYS) -n 2

test-all: test ## make test, then an hour at most: long sweeps, upgrade, deployment, the worst days
	$(BIN)/pytest -n 2 -m "long or deeper" --hypothesis-profile=all
	$(BIN)/python -m tests.days -n 2

check: $(DEV_STAMP) ## Lint, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV_STAMP) ## Put the code in the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(DEV_STAMP) ## Measure
	$(BIN)/python tests/system.py
	$(PY) -m benchmarks

migrate: install ## Bring the database to the newest schema
	$(CLI) migrate

demo: install ## Throw the demo data away and make it anew
	$(CLI) demo

admin: install ## Create an administrator: EMAIL=, and NAME=, PASSWORD= if you like
	@$(CLI) admin --email "$(EMAIL)" $(if $(NAME),--name "$(NAME)") $(if $(PASSWORD),--password "$(PASSWORD)")

backup: install ## Write the database into FILE=
	@$(if $(FILE),,echo "Say where: make backup FILE=studio.dump"; exit 1)
	$(CLI) backup "$(FILE)"

restore: install ## Replace the database by what FILE= holds
	@$(if $(FILE),,echo "Say from where: make restore FILE=studio.dump"; exit 1)
	$(CLI) restore "$(FILE)"

lock: $(DEV_STAMP) ## Pin what requirements*.in ask for
	$(BIN)/uv pip compile -q --universal --python-version 3.11 requirements.in -o requirements.txt --no-header --no-emit-index-url --no-emit-find-links --no-annotate
	$(BIN)/uv pip compile -q --universal --python-version 3.11 requirements-dev.in -o requirements-dev.txt --no-header --no-emit-index-url --no-emit-find-links --no-annotate

clean: ## Throw away what can be made again; the data stay
	rm -rf .web .states .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
