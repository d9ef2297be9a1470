# Everything is installed into .venv; all state of the product lives in .assistant (or ASSISTANT_HOME).
# Paths are relative, so that a project directory with a space in its name works.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test index ask eval bench lint clean lock test-setup

BIN := .venv/bin
# Only errors are shown: warnings of the machine's own pip settings say nothing about this project.
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input
# The product's own answers are tested, whatever model the developer uses.
WITHOUT_MODEL := env -u OPENAI_API_KEY -u OPENAI_BASE_URL -u ASSISTANT_MODEL -u ASSISTANT_EMBEDDING

# Q="…" and DIR=… reach the commands through the environment, so that quotes in them are harmless.
export Q DIR

help:
	@echo "make setup          建立 .venv 并安装（Python 3.11–3.13；首次约一两分钟）"
	@echo "make run            安装并启动网页 http://127.0.0.1:7860（首次启动时建立索引）"
	@echo "make test           安装测试所需，再运行检查、测试和评测门槛"
	@echo "make index          让索引跟上文库的变化"
	@echo "make ask Q=\"…\"      提一个问题"
	@echo "make eval           运行评测集"
	@echo "make bench DIR=…    对数据目录里的各组数据测检索，与同类做法比，写进 docs/retrieval.md"
	@echo "make lint           代码检查：ruff、mypy、import-linter"
	@echo "make clean          删除 .venv 和缓存（保留 .assistant 里的索引与对话）"
	@echo "make lock           重新生成 requirements/（需要 uv）"

setup: .venv/.package .venv/.data

run: setup
	@$(BIN)/assistant serve

index: setup
	@$(BIN)/assistant index

ask: setup
	@test -n "$$Q" || { echo '请写上问题，例如 make ask Q="虚拟产业集群有哪些代表性模式？"' >&2; exit 1; }
	@$(BIN)/assistant ask -- "$$Q"

eval: setup
	@$(BIN)/assistant eval

bench: setup .venv/.bench
	@test -n "$$DIR" || { echo "请写上数据目录，例如 make bench DIR=数据目录" >&2; exit 1; }
	@$(BIN)/python -m bench.report "$$DIR"

# --- tests ---------------------------------------------------------------------------------------

test: test-setup lint
	@scripts/install_browser.sh
	@echo "正在运行测试……"
	@$(WITHOUT_MODEL) $(BIN)/python -m pytest -q
	@echo "正在运行评测门槛……"
	@home=$$(mktemp -d); trap 'rm -rf "$$home"' EXIT; \
	$(WITHOUT_MODEL) $(BIN)/assistant --home "$$home" eval --gate

lint: test-setup
	@echo "正在检查代码……"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "有文件未按格式排版；请运行 $(BIN)/ruff format ." >&2; exit 1; }
	@$(BIN)/mypy assistant app.py bench scripts
	@$(BIN)/lint-imports --no-logo

test-setup: setup .venv/.test

# --- installation: each stamp is newer than what it was made from ---------------------------------

.venv/.made:
	@python=$$(scripts/find_python.sh) && \
	if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
		echo "正在建立虚拟环境 .venv……"; \
		"$$python" -m venv --clear .venv; \
	fi
	@touch $@

.venv/.run: requirements/run.txt | .venv/.made
	@echo "正在安装依赖（首次约一两分钟）……"
	@$(PIP) install --no-deps --require-hashes -r requirements/run.txt
	@touch $@

.venv/.package: pyproject.toml .venv/.run
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.data: requirements/data.txt scripts/fetch_data.py scripts/english_dictionary.py .venv/.run
	@$(BIN)/python scripts/fetch_data.py
	@touch $@

.venv/.test: requirements/test.txt .venv/.run
	@echo "正在安装测试所需……"
	@$(PIP) install --no-deps --require-hashes -r requirements/test.txt
	@touch $@

.venv/.bench: requirements/bench.txt .venv/.run
	@echo "正在安装比较所需……"
	@$(PIP) install --no-deps --require-hashes -r requirements/bench.txt
	@touch $@

lock:
	uv lock --quiet
	uv export --quiet --format requirements-txt --no-emit-project --extra web --no-dev --group build -o requirements/run.txt
	uv export --quiet --format requirements-txt --no-emit-project --extra web --group build --group dev -o requirements/test.txt
	uv export --quiet --format requirements-txt --no-emit-project --extra web --no-dev --group build --group bench -o requirements/bench.txt

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
