#!/bin/sh
# What the browser tests need of the system: Chromium, and fonts for Chinese and emoji. Part of `make test`.
# Installs what is missing where it may (root, or sudo without a password); else says in one sentence what to install.
set -eu

missing=""
command -v chromium >/dev/null || missing="chromium"
if command -v dpkg-query >/dev/null; then
    for package in fonts-noto-cjk fonts-noto-color-emoji; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
fi
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
    as_root="sudo -n"
    $as_root true 2>/dev/null || as_root="no"
fi
if [ "$as_root" != "no" ] && command -v apt-get >/dev/null; then
    echo "正在用 apt-get 安装浏览器测试所需的：$missing……"
    log=$(mktemp)
    # shellcheck disable=SC2086  # both are lists of words
    if $as_root apt-get update -qq >"$log" 2>&1 &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >>"$log" 2>&1; then
        rm -f "$log"
        exit 0
    fi
    tail -n 5 "$log" >&2
    rm -f "$log"
fi
echo "浏览器测试还缺：$missing；请先安装（Debian：apt-get install $missing），再运行 make test。" >&2
exit 1
