#!/usr/bin/env bash
# システムの部品（字形と Chromium）を、入れられる所では入れる。使い方: build/system.sh [fonts] [chromium]
# 無くても止めない。字形が無ければ人名の一部が別の字形になり、Chromium が無ければ画面の試験が落ちる。
set -euo pipefail
cd "$(dirname "$0")/.."
. build/common.sh

has_package() { dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

# 一度入れられなかったものは、毎回は試さない（.venv を作り直すと忘れる）。
tried() { [ -e ".venv/.tried-$1" ]; }

fonts() {
    local package
    local -a missing=()
    for package in fonts-ipamj-mincho fonts-ipaexfont; do
        has_package $package || missing+=($package)
    done
    [ ${#missing[@]} -eq 0 ] && return
    tried fonts && return
    apt_install "${missing[@]}" && return
    touch .venv/.tried-fonts
    say "字形 ${missing[*]} を入れられませんでした。人名の字形は IPAex で代わりに出ます。"
    say "管理者に apt-get install ${missing[*]} を頼んでください。"
}

# `command -v` はこの関数そのものを見つけてしまう。実行できるファイルだけを探す。
chromium() {
    type -P chromium >/dev/null && return
    apt_install chromium && return
    say "Chromium がないので画面の試験は落ちます。管理者に apt-get install chromium を頼んでください。"
}

for part in "$@"; do
    case $part in
    fonts) fonts ;;
    chromium) chromium ;;
    *) die "知らない部品です: $part（fonts か chromium）" ;;
    esac
done
