# The three commands of the project: make run, make test, make bench. Everything else serves them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python

.PHONY: help run test lint bench lighthouse clean

help:
	@echo "make run    chạy thử tại http://$(HOST):$(PORT)/ (đổi bằng HOST, PORT)"
	@echo "make test   kiểm thử tất cả: SQLite, PostgreSQL, trình duyệt"
	@echo "make lint   kiểm tra mã nguồn"
	@echo "make bench  đo tốc độ bên cạnh Django, Wagtail, FTS5 (SIZES=\"1000 10000 100000\": đủ)"
	@echo "make lighthouse  chấm các trang chính như một điện thoại rẻ, mạng chậm"
	@echo "make clean  xóa môi trường và dữ liệu chạy thử"

.venv/.run: requirements.txt constraints.txt
	@echo "• Tạo môi trường Python và cài thư viện (lần đầu vài phút)…"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên."; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	@touch $@

.venv/.test: .venv/.run requirements-dev.txt
	@echo "• Cài công cụ kiểm thử…"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	@touch $@

run: .venv/.run
	@$(PY) site/config/serve.py

lint: .venv/.test
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@PYTHONPATH=.:site .venv/bin/lint-imports --no-cache
	@$(PY) manage.py makemigrations --check --dry-run --settings config.settings.test > /dev/null

test: .venv/.test
	@.ci/system-packages chromium postgresql libimage-exiftool-perl jq php-cli nodejs npm
	@stories/press/tests/clients/feedsmith/build
	@PYTHON=$(PY) stories/press/tests/clients/superdesk/build
	@$(MAKE) --no-print-directory lint
	@echo "• Kiểm thử trên SQLite, tìm kiếm cả trên Elasticsearch…"
	@.ci/with-elasticsearch $(PY) -m pytest -n 2 --dist loadgroup
	@echo "• Kiểm thử lại trên PostgreSQL những gì dùng cơ sở dữ liệu…"
	@.ci/with-postgres $(PY) -m pytest -n 2 --dist loadgroup --database-only

SIZES ?= 1000 10000
bench: .venv/.run
	@PYTHONPATH=site .ci/with-elasticsearch $(PY) -m bench $(SIZES)

lighthouse: .venv/.run
	@.ci/system-packages chromium npm
	@PYTHONPATH=site $(PY) -m bench.lighthouse

clean:
	rm -rf .venv var
