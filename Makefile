# make run   从零到网页：环境、数据库、演示县、服务
# make test  全部检查与测试（.ci/run 调用的就是它）
VENV ?= .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.stamp-installed

.PHONY: help install run test check fix gold bench demo
help:
	@sed -n 's/^# make /make /p' Makefile

install: $(STAMP)
$(STAMP): pyproject.toml requirements.lock
	test -x $(PY) || python3 -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[server,dev]'
	$(PY) -m compileall -q src/luoshi
	touch $@

run: install
	$(VENV)/bin/luoshi serve --demo

check: install
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

fix: install
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

# What touches the database runs on PostgreSQL as well where LUOSHI_TEST_POSTGRES names a server (.ci/run starts one);
# the matrices of rights ask the tables of core/flow, the same on every database: once is enough (decision 0220).
test: check
	$(VENV)/bin/pytest -n auto --dist loadfile --no-loadscope-reorder -m "not browser"
	$(VENV)/bin/pytest -m browser
ifdef LUOSHI_TEST_POSTGRES
	LUOSHI_DATABASE_URL=$(LUOSHI_TEST_POSTGRES) $(VENV)/bin/pytest -n auto --dist loadfile --no-loadscope-reorder -m "not browser and not once" tests/apps tests/walks \
		--ignore-glob="*/test_rights.py" --ignore=tests/apps/site/test_entrance.py
else
	@echo "NOT TESTED ON POSTGRESQL: LUOSHI_TEST_POSTGRES names no server" >&2
endif

gold: install
	$(PY) -m tests.gold.report

bench: install
	$(PY) bench/run.py
