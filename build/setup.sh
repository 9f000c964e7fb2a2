#!/usr/bin/env bash
# .venv を作り、requirements.lock のとおりに入れる。何度呼んでもよく、変わっていなければすぐ終わる。
set -euo pipefail
cd "$(dirname "$0")/.."
. build/common.sh
umask 022 # データベースは nobody で動き、その実行ファイルは .venv にある

PYTHON=${PYTHON:-python3}
VENV=.venv
STAMP=$VENV/.installed

wanted() { cat requirements.lock pyproject.toml build/setup.sh | { sha256sum 2>/dev/null || shasum -a 256; } | cut -d' ' -f1; }

make_venv() {
    command -v "$PYTHON" >/dev/null || die "Python がありません。Debian なら apt-get install python3 で入れてください。"
    "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        die "Python 3.11 以上が要ります（$("$PYTHON" --version)）。PYTHON=python3.12 make setup のように指せます。"
    if ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
        apt_install python3-venv || true
    fi
    if "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
        "$PYTHON" -m venv --clear $VENV
    elif "$PYTHON" -m virtualenv --version >/dev/null 2>&1; then
        "$PYTHON" -m virtualenv --quiet --clear $VENV
    else
        die "venv を作れません。管理者に apt-get install python3-venv を頼むか、pip install --user virtualenv をしてください。"
    fi
}

# uv の版とハッシュも lock から取る（行末の \ が続くかぎりが uv の段落）。
uv_lines() { awk '/^uv==/ {on = 1} on {print} on && !/\\$/ {exit}' requirements.lock; }

install_uv() {
    local list
    list=$(mktemp)
    uv_lines >"$list"
    $VENV/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$list" || {
        rm -f "$list"
        return 1
    }
    rm -f "$list"
}

# 庁内の写しを pip に設定している所では、uv も同じ所を使う。
use_pip_index() {
    local index
    index=$($VENV/bin/python -m pip config get global.index-url 2>/dev/null || true)
    if [ -n "${PIP_INDEX_URL:-$index}" ] && [ -z "${UV_DEFAULT_INDEX:-}" ]; then
        export UV_DEFAULT_INDEX=${PIP_INDEX_URL:-$index}
    fi
}

with_uv() {
    install_uv || return 1
    use_pip_index
    $VENV/bin/uv --quiet pip install --python $VENV/bin/python --no-deps --require-hashes -r requirements.lock &&
        $VENV/bin/uv --quiet pip install --python $VENV/bin/python --no-deps --no-build-isolation -e .
}

with_pip() {
    say "uv で入れられなかったので pip で入れます（数分かかることがあります）。"
    $VENV/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
        -r requirements.lock &&
        $VENV/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
}

# .venv の命令は置き場所を覚えている。木を移したら作り直す。
in_place() { head -n 3 $VENV/bin/pip 2>/dev/null | grep -qF "$(pwd -P)/$VENV/bin/python"; }

if in_place && [ "$(cat $STAMP 2>/dev/null)" = "$(wanted)" ] && $VENV/bin/python -c ''; then
    exit 0
fi
{ in_place && $VENV/bin/python -m pip --version >/dev/null 2>&1; } || make_venv
say "部品を入れます（requirements.lock）。"
with_uv || with_pip || die "部品を入れられませんでした。網か、pip の設定（index-url, proxy）を確かめてください。"
wanted >$STAMP
say "準備ができました。"
