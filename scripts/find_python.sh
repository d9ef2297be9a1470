#!/bin/sh
# Prints a Python 3.11, 3.12 or 3.13 that can make environments; else says in one sentence what to install.
set -eu

found=""
for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
        found=$candidate
        break
    fi
done
if [ -z "$found" ]; then
    echo "没有找到 Python 3.11、3.12 或 3.13；请先安装其中一个，或用 make PYTHON=路径 指明。" >&2
    exit 1
fi

# Debian and Ubuntu ship Python without the parts that make environments.
if ! "$found" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "正在用 apt-get 安装 python3-venv……" >&2
        { apt-get update -qq && apt-get install -y -qq python3-venv; } >/dev/null 2>&1 || true
    fi
    if ! "$found" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "这个 Python（$found）不能建立虚拟环境；请先运行 apt-get install python3-venv，再试一次。" >&2
        exit 1
    fi
fi
echo "$found"
