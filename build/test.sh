#!/usr/bin/env bash
# 検査のあと、試験を 2 回に分けて走らせる。並べてよいもの → 画面と障害（時間と場所を取り合うので 1 本で）。
# 途中で落ちても最後まで走り、落ちたものを終わりに並べる。
set -uo pipefail
cd "$(dirname "$0")/.."
. build/common.sh

BIN=.venv/bin
REPORTS=var/test
mkdir -p $REPORTS
rm -f $REPORTS/*.xml
failed=()

run() {
    local name=$1
    shift
    $BIN/pytest -q --junitxml=$REPORTS/"$name".xml "$@" </dev/null
    local code=$?
    # 5 は「1 つも選ばれなかった」。引数で絞ったときだけ許す。
    if [ $code -ne 0 ] && ! { [ $code -eq 5 ] && [ -n "$narrowed" ]; }; then
        failed+=("$name")
    fi
}

narrowed=$*
make --no-print-directory -k -j2 --output-sync=target lint types imports || failed+=("検査")
run parallel -n "${WORKERS:-2}" -m "not browser and not faults" "$@"
run serial -m "browser or faults" "$@"
$BIN/python build/summary.py $REPORTS/*.xml
[ ${#failed[@]} -eq 0 ] || die "落ちたもの: ${failed[*]}"
