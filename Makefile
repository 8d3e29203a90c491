PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
JAVA := .java-engine
STAMP := $(VENV)/.ready
WORKERS ?= 2
SECONDS ?= 60

.PHONY: setup run stop test check neo4j assets bench pictures java drill fuzz release clean

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name it with 'make PYTHON=python3.12 ...'."; exit 1; }
	@echo "Installing into $(VENV): one to three minutes the first time ..."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -qq --disable-pip-version-check -c constraints.txt -e '.[test,dev,assistant,documents]'
	@touch $(STAMP)

setup: $(STAMP)  ## install everything into .venv

run: setup  ## load the shipped seeds into an empty store and open the web view
	$(BIN)/ecosystem serve --load-if-empty --open

stop: setup  ## end the embedded engine
	$(BIN)/ecosystem stop

test: setup  ## run every test that this machine can run, but for the drills
	$(BIN)/pytest -n $(WORKERS) -p tests.covering --dist loadscope --no-loadscope-reorder -m "not drill"

check: setup  ## format, lint, types; those of the browser's modules with their tests where Node.js is
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	tests/js/check.sh

neo4j: setup  ## leave a real Neo4j running, seeds loaded, and print its settings
	$(BIN)/python -m tests.engines

drill: setup  ## the mapper under what nobody wishes it (some minutes; SHORT=1 takes less)
	$(BIN)/pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder -m drill
	$(BIN)/python -m tests.drill $(if $(SHORT),--short)

fuzz: setup  ## give bytes of any sort to every reader for SECONDS
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[fuzz]'
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS) $(if $(ROUNDS),--rounds $(ROUNDS))

release: setup  ## build, list what is needed to run with its licences, look for known weaknesses
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[release]'
	$(BIN)/python -m tests.release

bench: setup  ## how long the answers take on this machine
	$(BIN)/python -m tests.bench

pictures: setup  ## take the pictures of the handbook anew, on the way through its steps
	ECOSYSTEM_PICTURES=1 $(BIN)/pytest -n $(WORKERS) tests/browser/test_handbook.py -k steps

java: $(STAMP)  ## the store's tests on the embedded engine's build for Java, which stands before the other
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt --upgrade --target $(JAVA) arcadedb-embedded==26.10.2.post1
	echo 'raise ImportError("the build for Java is asked here")' > $(JAVA)/arcadedb.py
	PYTHONPATH=$(CURDIR)/$(JAVA) $(BIN)/pytest tests/contract/test_embedded.py tests/contract/test_storing.py \
	  -k embedded -m "not drill"

assets:  ## rebuild the vendored browser libraries (needs Node.js)
	webapp/assets/build.sh

clean:
	rm -rf $(VENV) $(JAVA) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache artefacts
