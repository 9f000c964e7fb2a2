# 準備の道具。source して使う。
say() { printf '津軽: %s\n' "$*" >&2; }

die() {
    say "$@"
    exit 1
}

# root か、パスワードの要らない sudo でだけ入れる。どちらも無ければ 1 を返す。
apt_install() {
    local -a become=()
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || return 1
        become=(sudo -n)
    fi
    say "システムに入れます: $*"
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq update </dev/null >&2 || true
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install -y --no-install-recommends "$@" </dev/null >&2
}
