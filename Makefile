# Needs python3, make and git; everything else is installed into .venv.
.PHONY: run check test test-all bench-import bench-graph dev browser lint format
.DEFAULT_GOAL := run

python := .venv/bin/python
# Told not to write compiled modules, Python would compile all of them at every start.
unexport PYTHONDONTWRITEBYTECODE

run:  ## everything, on http://localhost:8000
	@exec bin/kith up

check: dev lint  ## under a minute
	$(python) -m pytest -n 2 -m "not browser and not slow and not thorough"

test: dev browser lint  ## everything CI needs
	$(python) -m pytest -n 2 --dist loadfile -m "not slow"

test-all: dev browser lint
	$(python) -m pytest -n 2

bench-import: dev
	$(python) bench/import_archive.py

MEMBERS := 200000
bench-graph:  ## JSON lines on stdout, nothing else; docs/performance.md
	@KITH_REQUIREMENTS=dev bin/kith install >&2
	@$(python) -m bench.graph $(MEMBERS)

lint:
	.venv/bin/ruff check --quiet .
	.venv/bin/ruff format --quiet --check .
	.venv/bin/mypy --no-error-summary --cache-dir=/dev/null  # its cache forgets what the Django plugin knew of abstract models
	.venv/bin/lint-imports --no-logo >.venv/layers.log 2>&1 || { cat .venv/layers.log; exit 1; }
	if [ -e kith/ops/vendor.py ]; then $(python) -m kith.ops.vendor --check; fi

format: dev
	.venv/bin/ruff check --quiet --fix .
	.venv/bin/ruff format --quiet .

dev:
	@KITH_REQUIREMENTS=dev bin/kith install

browser: dev
	@bin/browser
