# Two commands do everything on a fresh machine: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run demo test fuzz bench looks check format smoke-production screenshots lock packages clean

export PORT TEST_CLOCK
python := .venv/bin/python

# What `check --deploy` is run with: sound values of no real installation.
production := DEPLOYMENT=production SECRET_KEY=$$(printf 'k3y-%s' {A..Z} {a..z}) ALLOWED_HOSTS=platforms.example \
	BASE_URL=https://platforms.example DATABASE_URL=postgresql://app:not-a-real-password@db/platforms \
	REDIS_URL=redis://:not-a-real-password@redis/0 EMAIL_HOST=mail.example EMAIL_FROM=platforms@platforms.example

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## set up, fill the demo city on first start, serve on http://localhost:8000 (PORT=9000 make run), stop with Ctrl-C
	@bin/packages runtime
	@bin/venv runtime
	@$(python) bin/serve.py

demo: ## fill the default database with the demo city when it is empty, and return
	@bin/packages runtime
	@bin/venv runtime
	@$(python) bin/serve.py --demo

test: ## every test, on a real PostgreSQL, Redis and Chromium (T="tests/lifecycle -x", TEST_CLOCK=2027-03-01)
	@bin/packages test
	@bin/venv dev
	@$(python) -m tests.run $(T)

fuzz: ## bad input into every form, longer than `make test` does
	@bin/packages test
	@bin/venv dev
	FUZZ_PAGES=200 FUZZ_MUTANTS=30 $(python) -m pytest -q -n 2 tests/fuzz

bench: ## what import and pages cost beside the bare work, as ratios of one run (B="import -n 9")
	@bin/packages runtime
	@bin/venv dev
	@$(python) -m bench $(B)

looks: ## every page of every room at desktop, 320 px, dark and 150 %, held to axe-core
	@bin/packages test
	@bin/venv dev
	LOOKS=all $(python) -m pytest -q -m browser $$(git ls-files 'tests/*looks*.py')

check: ## lint, types, layers, printed docs, migrations, production settings
	@bin/packages runtime
	@bin/venv dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	! grep -nE '://' requirements/*.txt
	$(python) manage.py check --fail-level WARNING
	$(python) manage.py makemigrations --check --dry-run
	$(python) manage.py print_docs --check
	$(production) $(python) manage.py check --deploy --fail-level WARNING

format: ## put the code into its one form
	@bin/venv dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

smoke-production: ## production processes and settings natively: nginx, gunicorn, worker, beat, PostgreSQL, Redis
	@bin/packages production
	@bin/venv dev
	@$(python) -m tests.smoke_production

screenshots: ## pictures of the main pages into docs/screenshots/
	@bin/packages test
	@bin/venv dev
	@$(python) -m tests.screenshots

lock: ## compile requirements/*.txt from pyproject.toml
	@bin/lock

packages: ## the system packages that run, test and production need
	@for what in runtime test production; do echo "$$what: $$(bin/packages $$what --list)"; done

clean: ## remove the environment, caches and the embedded database with its files
	rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache var staticfiles
