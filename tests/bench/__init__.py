"""速さを測る。`make bench ARGS="--scale 0.05 --seconds 10"`。結果は bench/<日付>.json。"""
