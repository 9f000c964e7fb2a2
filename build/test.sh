#!/usr/bin/env bash
# 試験を 2 回に分けて走らせる。並べてよいもの → 画面と障害（時間と場所を取り合うので 1 本で）。
set -uo pipefail
cd "$(dirname "$0")/.."
. build/common.sh

BIN=.venv/bin
REPORTS=var/test
mkdir -p $REPORTS
rm -f $REPORTS/*.xml
failed=0

run() {
    local name=$1
    shift
    $BIN/pytest -q --junitxml=$REPORTS/"$name".xml "$@" </dev/null
    local code=$?
    # 5 は「1 つも選ばれなかった」。引数で絞ったときだけ許す。
    if [ $code -ne 0 ] && ! { [ $code -eq 5 ] && [ -n "${NARROWED:-}" ]; }; then
        failed=1
    fi
}

[ $# -gt 0 ] && NARROWED=1
run parallel -n "${WORKERS:-2}" -m "not browser and not faults" "$@"
run serial -m "browser or faults" "$@"
$BIN/python build/summary.py $REPORTS/*.xml
exit $failed
