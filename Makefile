# 津軽。まず `make run`（使ってみる）と `make test`（確かめる）。
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
WORKERS ?= 2
STRICT := src/tsugaru/kernel src/tsugaru/law src/tsugaru/platform src/tsugaru/gyomu

.PHONY: help
help: ## この一覧
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## 動かす環境を .venv に作る（変わっていなければ何もしない）
	@build/setup.sh

.PHONY: run
run: setup ## 使ってみる（データベース・見本の住民・画面を起こす）
	@build/system.sh fonts
	@$(BIN)/tsugaru demo $(ARGS)

.PHONY: test
test: setup ## 全て確かめる（検査・単体・画面・障害、15分まで）
	@build/system.sh fonts chromium
	@WORKERS=$(WORKERS) build/test.sh $(ARGS)

.PHONY: check
check: setup ## 速い検査（書式・型・import の契約・家の決まり、1分まで）
	@$(MAKE) -j2 --output-sync=target lint types imports house

.PHONY: lint
lint:
	@$(BIN)/ruff check --output-format=concise .
	@$(BIN)/ruff format --check .

.PHONY: types
types:
	@$(BIN)/mypy $(STRICT)

.PHONY: imports
imports:
	@$(BIN)/lint-imports

.PHONY: house
house:
	@$(BIN)/pytest -q tests/architecture
	@$(BIN)/python -m tests.architecture.measures

.PHONY: bench
bench: setup ## 速さを測り bench/ に JSON を書く
	@$(BIN)/python -m tests.bench $(ARGS)

.PHONY: golden
golden: setup ## 帳票の見本（golden）を作り直す。差分は必ず目で見る
	@$(BIN)/python -m tests.golden.update $(ARGS)
	@git --no-pager diff --stat -- tests/golden

.PHONY: ratchet
ratchet: setup ## 減った超過を tests/architecture/ratchet.json に写し、大きさの中央値を見せる
	@$(BIN)/python -m tests.architecture.ratchet

.PHONY: lock
lock: setup ## requirements*.in から requirements.lock を作り直す
	@build/lock.sh

.PHONY: clean
clean: ## 環境と一時物を消す（var/ のデータは消さない）
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage src/*.egg-info
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
