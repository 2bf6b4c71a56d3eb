#!/usr/bin/env bash
# Runs Debian's C xenstored or oxenstored without Xen: a preloaded library stands in for the hypervisor's.
#
#   peer.sh start c|ocaml RUNDIR [ARGUMENT...]     in the background; prints the socket once it is there
#   peer.sh stop c|ocaml RUNDIR                    and waits until the daemon is gone
#   peer.sh exec c|ocaml RUNDIR [ARGUMENT...]      in the foreground, as this process
#   peer.sh command c|ocaml RUNDIR [ARGUMENT...]   makes RUNDIR ready, then prints what to run, one word a line
#   peer.sh missing c|ocaml                        says what is not installed; 1 if something is not
#
# RUNDIR is made anew. It gets socket and shim/ (the pretended machine, see xenshim.c), and from start: pid and log.
# Environment: PEER_CPU, the processor to stay on; PEER_BUILD, where the library goes (benchmarks/target/peers).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=${PEER_BUILD:-$here/../target/peers}

fail() {
    echo "peer.sh: $1" >&2
    exit "${2:-1}"
}

usage() {
    sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2
    exit 2
}

# The newest installed daemon of this kind.
find_daemon() {
    local name=xenstored
    [[ $kind == c ]] || name=oxenstored
    printf '%s\n' /usr/lib/xen-4.*/bin/"$name" | sort -V | while IFS= read -r file; do
        [[ ! -x $file ]] || printf '%s\n' "$file"
    done | tail -n 1
}

check_installed() {
    local packages=()
    [[ $(find_daemon) ]] || packages+=(xen-utils-4.17)
    [[ -e /usr/include/xenctrl.h ]] || packages+=(libxen-dev)
    command -v gcc >/dev/null || packages+=(gcc)
    [[ $kind == c || -e /etc/xen/oxenstored.conf ]] || packages+=(xen-utils-common)
    ((${#packages[@]} == 0)) || fail "the peer $kind needs more packages: apt-get install ${packages[*]}"
}

# Several may build at once: the library appears whole.
build_library() {
    mkdir -p "$build"
    build=$(cd "$build" && pwd)
    library=$build/libxenshim.so
    if [[ ! $library -nt $here/xenshim.c ]]; then
        local fresh
        fresh=$(mktemp "$build/xenshim.XXXXXX")
        gcc -O2 -Wall -shared -fPIC -o "$fresh" "$here/xenshim.c" -ldl || { rm -f "$fresh"; fail "gcc failed, see above"; }
        chmod 755 "$fresh"
        mv "$fresh" "$library"
    fi
}

# Leaves no access log, which would halve oxenstored's speed.
configure_oxenstored() {
    printf 1 >"$directory/shim/xsd_port"
    head -c 4096 /dev/zero >"$directory/shim/ring/0"
    sed -e '/^ *\(pid-file\|xenstored-kva\|xenstored-port\|xenstored-log-file\|access-log-file\|access-log-nb-files\) *=/d' \
        /etc/xen/oxenstored.conf
    cat <<EOF
pid-file = $directory/pidfile
xenstored-kva = $directory/shim/ring/0
xenstored-port = $directory/shim/xsd_port
xenstored-log-file = $directory/xenstored.log
access-log-file = $directory/access.log
access-log-nb-files = 0
EOF
}

# Makes RUNDIR ready and sets "words", what is to be run.
prepare() {
    check_installed
    build_library
    rm -rf "$directory"
    mkdir -p "$directory/shim/ring"
    directory=$(cd "$directory" && pwd)
    words=()
    [[ -z ${PEER_CPU:-} ]] || words+=(taskset -c "$PEER_CPU")
    words+=(env "LD_PRELOAD=$library" "XENSTORED_RUNDIR=$directory" "XENSTORED_PATH=$directory/socket"
        "XENSHIM_DIR=$directory/shim" "$(find_daemon)")
    if [[ $kind == c ]]; then
        words+=(-N)
    else
        configure_oxenstored >"$directory/conf"
        words+=(--no-fork --config-file "$directory/conf")
    fi
    words+=("$@")
}

# A connection each for many guests.
allow_many_files() {
    ulimit -S -n "$(ulimit -H -n)" 2>/dev/null || true
}

start() {
    local _
    prepare "$@"
    allow_many_files
    setsid "${words[@]}" >"$directory/log" 2>&1 </dev/null &
    local pid=$!
    echo "$pid" >"$directory/pid"
    for _ in {1..500}; do
        if [[ -S $directory/socket ]] && kill -0 "$pid" 2>/dev/null; then
            echo "$directory/socket"
            return
        fi
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.01
    done
    cat "$directory/log" >&2
    kill -KILL "$pid" 2>/dev/null || true
    fail "$kind did not start, see above"
}

# Gone, or dead and waiting for its parent to notice.
is_gone() {
    local state
    state=$(sed -n 's/^State:[[:space:]]*//p' "/proc/$1/status" 2>/dev/null) || return 0
    [[ -z $state || $state == Z* ]]
}

# At SIGTERM oxenstored stops to listen but lives on, so it gets SIGKILL. It keeps nothing that would suffer.
stop() {
    local pid _ signal=TERM
    [[ $kind == c ]] || signal=KILL
    [[ -r $directory/pid ]] || fail "no daemon was started in $directory"
    pid=$(<"$directory/pid")
    kill -s "$signal" "$pid" 2>/dev/null || true
    for _ in {1..500}; do
        ! is_gone "$pid" || return 0
        sleep 0.02
    done
    fail "$kind, process $pid, does not end"
}

(($# >= 2)) || usage
command=$1 kind=$2
[[ $kind == c || $kind == ocaml ]] || usage
if [[ $command == missing ]]; then
    check_installed
    exit 0
fi
(($# >= 3)) || usage
directory=$3
shift 3
case $command in
    start) start "$@" ;;
    stop) stop ;;
    command)
        prepare "$@"
        printf '%s\n' "${words[@]}"
        ;;
    exec)
        prepare "$@"
        allow_many_files
        exec "${words[@]}"
        ;;
    *) usage ;;
esac
