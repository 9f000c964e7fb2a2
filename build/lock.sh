#!/usr/bin/env bash
# requirements*.in から、全ての版とハッシュを requirements.lock に固定する（配布元の名は書かない）。
set -euo pipefail
cd "$(dirname "$0")/.."

# matplotlib-fontja からは字形の IPAex ゴシックだけを使う。図を描く部品は入れない。
unused=(matplotlib contourpy cycler kiwisolver pyparsing python-dateutil six)

.venv/bin/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-annotate --no-header \
    --no-emit-index-url "${unused[@]/#/--no-emit-package=}" \
    --output-file requirements.lock requirements-dev.in "$@"
