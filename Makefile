# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
# Debian's own, which it mends and builds to be fast, before another in the path; what is too old for us refuses by itself.
PYTHON ?= $(shell /usr/bin/python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo /usr/bin/python3 || echo python3)
BIN := .venv/bin
NAME ?=
ARGS ?=

.PHONY: help run test check bench format coverage-of-clauses environment developer system

help: ## Show these lines
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 21

run: environment ## Install what is missing and start everything, with the demonstration (Ctrl-C stops)
	@$(BIN)/vaxel run $(ARGS)

test: system developer ## Run every test, on SQLite and on PostgreSQL, and print the counts (ARGS="-k word" for some)
	@$(BIN)/python scripts/run_tests.py $(ARGS)

check: developer ## Format, lint, strict types, import contract, console types, licences, translations
	@$(BIN)/python scripts/check.py

bench: system developer ## Run the benchmarks, or one: make bench NAME=call_rate
	@$(BIN)/python scripts/run_benchmarks.py $(NAME)

coverage-of-clauses: developer ## Clause, the controls that make it true, and the tests that show it
	@$(BIN)/python scripts/clause_coverage.py

wheel: developer ## Build dist/: the package to install elsewhere, and the locked versions of what it needs
	@$(BIN)/python -m scripts.build_wheel

format: developer ## Put the code in its format and mend what the linter can
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

environment:
	@$(PYTHON) scripts/bootstrap.py

developer:
	@$(PYTHON) scripts/bootstrap.py --dev

system:
	@$(PYTHON) scripts/system_packages.py
