# Byname: everything a newcomer or a machine runs. `make help` reads this file.
SHELL := /bin/bash
PYTHON := .venv/bin/python
UV := $(shell command -v uv || echo .tools/bin/uv)
PORT ?= 5000
export UV_PYTHON_DOWNLOADS := never

.PHONY: help demo run test test-all check check-deploy bench load docs fonts lock messages browser release

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

$(UV):
	python3 -m venv .tools
	.tools/bin/pip install --quiet uv

.venv/ready: requirements-dev.txt | $(UV)
	test -x $(PYTHON) || $(UV) venv --quiet --python python3 .venv
	$(UV) pip sync --quiet --compile-bytecode --python $(PYTHON) --require-hashes requirements-dev.txt
	@touch $@

demo: .venv/ready ## Set everything up and serve the invented campaign on http://127.0.0.1:5000
	@CAMPAIGN_HOME=instance/demo .venv/bin/flask demo --port $(PORT)

run: .venv/ready ## Serve this folder's own home (made by `flask init`)
	.venv/bin/flask init
	.venv/bin/flask serve --port $(PORT)

browser: .venv/ready
	@.ci/system-packages

test: .venv/ready browser ## Run the suite on SQLite and in a real browser; say what is left out
	$(PYTHON) -m pytest --quick -n 2 --dist loadfile

test-all: .venv/ready browser ## Run all of it: PostgreSQL, drills and long plays too
	$(PYTHON) -m pytest -n 2 --dist loadfile

check: .venv/ready ## Lint, types, rooms, templates, one head of migrations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint --quiet --lint templates

check-deploy: browser ## Ask the files of deploy/ of their own programs: units, proxies, scripts
	@deploy/check

release: build/sbom ## Write a release into build/release: archive, parts list (SBOM), sums
	@deploy/release

build/sbom: | $(UV)
	$(UV) venv --quiet --clear --python python3 build/sbom
	$(UV) pip install --quiet --python build/sbom --group sbom

bench: .venv/ready ## Measure speed as ratios beside the anchors
	$(PYTHON) -m bench

load: .venv/ready ## Measure a served site and desk under load that rises (DATABASE=postgresql://... too)
	$(PYTHON) -m bench load --database "$(DATABASE)"

docs: .venv/ready ## Write docs/reference.md, docs/data-model.svg and deploy/byname.env.example anew from the code
	$(PYTHON) -m bench reference > docs/reference.md
	$(PYTHON) -m bench model > docs/data-model.svg
	$(PYTHON) -m bench environment > deploy/byname.env.example

messages: .venv/ready ## Gather the sentences for translators and bring the catalogues up to date
	$(PYTHON) -m babel.messages.frontend --quiet extract --mapping-file pyproject.toml --project byname --width 110 \
		--keywords gettext_noop --add-comments Translators: --add-location file --sort-by-file \
		--output-file campaign/locale/messages.pot .
	@shopt -s nullglob; for catalogue in campaign/locale/*/LC_MESSAGES; do \
		$(PYTHON) -m babel.messages.frontend --quiet update --no-fuzzy-matching --ignore-obsolete --width 110 \
			--input-file campaign/locale/messages.pot --output-dir campaign/locale \
			--locale $$(basename $$(dirname $$catalogue)); done

fonts: | $(UV) ## Cut the faces anew from their packages, into campaign/static/fonts
	$(UV) venv --quiet --clear --python python3 build/fonts
	$(UV) pip install --quiet --python build/fonts --group fonts
	build/fonts/bin/python -m bench.assets.faces

lock: | $(UV) ## Write the locks anew from pyproject.toml (UPGRADE=--upgrade takes newer releases)
	$(UV) pip compile --quiet $(UPGRADE) --generate-hashes --no-emit-index-url --no-header --extra postgres pyproject.toml -o requirements.txt
	$(UV) pip compile --quiet $(UPGRADE) --generate-hashes --no-emit-index-url --no-header --extra postgres --group dev pyproject.toml -o requirements-dev.txt
