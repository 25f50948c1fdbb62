# Two commands do everything: `make demo` and `make test`. Each makes .venv itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PYTEST = $(BIN)/python -m pytest
PYTEST_ARGS ?=
GUARDED := linker/records/importers/*,linker/store/*,$\
  linker/review/*
export PIP_QUIET ?= 1
export STREAMLIT_BROWSER_GATHER_USAGE_STATS := false

.PHONY: demo demo-languages test test-long app lint covered advisories robust soak bench bench-uhri evaluate readme models index lock clean

demo: $(VENV)/base  ## build the demonstration workspace and write its documents
	$(BIN)/linker demo

demo-languages: $(VENV)/dev  ## the same with what reads its records in Spanish and French
	$(BIN)/linker languages prepare
	$(BIN)/linker demo

test: $(VENV)/dev  ## everything but what is slow: at most 15 minutes on two quiet cores
	$(PYTEST) -n 2 --dist loadfile -m "not long" $(PYTEST_ARGS)

test-long: $(VENV)/dev  ## what is slow: browsers, office programs, kills, system calls, big files
	$(PYTEST) -n 2 --dist loadgroup -m long $(PYTEST_ARGS)

app: $(VENV)/base  ## the reviewer application, on this machine only
	$(BIN)/linker app

lint: $(VENV)/dev  ## style, annotations, docstrings, complexity, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/bandit -q -c pyproject.toml -r linker app.py

covered: $(VENV)/dev  ## after `make test PYTEST_ARGS=--cov`: where files come in and decisions are kept
	$(BIN)/coverage report --include="$(GUARDED)" --fail-under=95

advisories: $(VENV)/dev  ## known weaknesses of what the lock names, where the package index tells
	$(BIN)/pip-audit --disable-pip --require-hashes -r requirements/base.txt

robust: $(VENV)/dev  ## damage, kills and full disks by the hundred: hours
	LINKER_FUZZ=40000 LINKER_HOSTILE=200 LINKER_KILLS=500 LINKER_FULL_DISK=50 \
	  $(BIN)/python -m pytest -n 2 --dist loadgroup tests/records/test_fuzz.py \
	  tests/records/test_hostile.py tests/store/test_restore.py tests/workspace/test_killed.py \
	  tests/workspace/test_full_disk.py

soak: $(VENV)/dev  ## 50 reviewers at once on 5 workspaces during a build: twenty minutes
	$(BIN)/python -m evaluation.speed.soak --output docs/soak.json

bench: $(VENV)/bench  ## speed as ratios against an alternative in the same run
	$(BIN)/python -m evaluation.speed --output docs/bench.json

RECORDS ?= 270000
bench-uhri: $(VENV)/dev  ## all of UHRI's size, State by State: hours (RECORDS=270000)
	$(BIN)/python -m evaluation.speed.uhri --records $(RECORDS) --output docs/bench-uhri.json

evaluate: $(VENV)/dev  ## every quality number, beside its baselines
	$(BIN)/linker evaluate --output docs/quality.json

readme: $(VENV)/dev  ## what the README shows, run anew
	$(BIN)/python docs/examples.py

models: $(VENV)/dev  ## make what models/ holds anew
	$(BIN)/python models/encoder/export.py
	$(BIN)/python -m evaluation.convergence train
	$(BIN)/python -m evaluation.sdg train
	$(BIN)/python -m evaluation.labels train
	$(MAKE) index

index: $(VENV)/base  ## the SDG index that ships in indices/
	$(BIN)/python -m linker.sdg.build_index

$(VENV)/base: requirements/base.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --no-deps -r requirements/base.txt -r requirements/build.txt
	$(PIP) install --no-build-isolation --no-deps -e .
	touch $@

# torch comes first and by itself: the one distribution whose build differs from index to index.
$(VENV)/dev: $(VENV)/base requirements/dev.txt
	$(PIP) install torch==2.13.0
	$(PIP) install --require-hashes --no-deps -r requirements/dev.txt
	touch $@

$(VENV)/bench: $(VENV)/dev requirements/bench.txt
	$(PIP) install --require-hashes --no-deps -r requirements/bench.txt
	touch $@

# What torch brings along on its own, which no lock of ours should name.
GPU := torch triton cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cupti \
  nvidia-cuda-nvrtc nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile \
  nvidia-curand nvidia-cusolver nvidia-cusparse nvidia-cusparselt-cu13 nvidia-nccl-cu13 \
  nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --custom-compile-command "make lock"

lock:  ## renew requirements/ (needs uv on the path)
	$(COMPILE) pyproject.toml -o requirements/base.txt
	echo "hatchling\neditables" | $(COMPILE) - -c requirements/base.txt -o requirements/build.txt
	$(COMPILE) pyproject.toml --extra dev -c requirements/base.txt \
	  $(addprefix --no-emit-package ,$(GPU)) -o requirements/dev.txt
	$(COMPILE) pyproject.toml --extra bench -c requirements/base.txt -o requirements/bench.txt

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
