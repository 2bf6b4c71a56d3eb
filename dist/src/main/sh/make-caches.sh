#!/bin/sh
# Makes the caches that let the daemon and the tools start fast: runs each once, on a store of its own, while the
# JVM takes notes (JEP 514). A run that fails leaves no cache, and no harm: the programs start without.
#
# Usage: make-caches.sh PROJECT_DIRECTORY
set -eu
here=$1/bin
target=$1/dist/target
if [ -f "$target/daemon.aot" ] && [ -f "$target/tools.aot" ] \
    && [ -z "$(find "$target/lib" "$here/.launcher" -type f -newer "$target/tools.aot" -print -quit)" ]; then
    touch "$target/built"
    exit 0
fi
rm -f "$target/daemon.aot" "$target/tools.aot"
. "$here/.launcher"
find_java
launcher_is_stale() { return 1; }
ensure_built

run=$(mktemp -d "${TMPDIR:-/tmp}/xs.XXXXXX")
export XENSTORED_RUNDIR="$run"
unset XENSTORED_PATH NOTIFY_SOCKET
daemon=
end() {
    if [ -n "$daemon" ]; then
        kill "$daemon" 2>/dev/null || true
        wait "$daemon" 2>/dev/null || true
    fi
    rm -rf "$run"
}
trap end EXIT

tool() {
    # shellcheck disable=SC2086 # the options are words
    "$JAVA" $CLI_JVM_OPTIONS "$@" >/dev/null 2>>"$run/log"
}

# Waits up to a minute for the daemon to show its socket.
wait_for_socket() {
    for _ in $(seq 600); do
        [ ! -S "$run/socket" ] || return 0
        kill -0 "$daemon" 2>/dev/null || return 1
        sleep 0.1
    done
    return 1
}

# shellcheck disable=SC2086 # the options are words
"$JAVA" $DAEMON_JVM_OPTIONS -XX:AOTCacheOutput="$target/daemon.aot.new" -Djxenstored.tools="$here" \
    -cp "$DAEMON_CLASSPATH" org.jxenstored.daemon.Main >"$run/daemon.log" 2>&1 9>&- &
daemon=$!
if ! wait_for_socket; then
    echo "no start-up caches: the daemon did not start; it said:" >&2
    cat "$run/daemon.log" >&2
    touch "$target/built"
    exit 0
fi

main=org.jxenstored.cli.Main
for request in "write /tool/cache warm" "read /tool/cache" "list /" "rm /tool/cache"; do
    # shellcheck disable=SC2086 # the request is words
    tool -cp "$CLI_CLASSPATH" $main xenstore $request || true
done
tool -XX:AOTCacheOutput="$target/tools.aot.new" -cp "$CLI_CLASSPATH" $main xenstore-ls -f || true

kill "$daemon"
wait "$daemon" || true
daemon=
for name in daemon tools; do
    if [ -f "$target/$name.aot.new" ]; then
        mv "$target/$name.aot.new" "$target/$name.aot"
    else
        echo "no start-up cache for $name: its training run failed" >&2
    fi
done
touch "$target/built"
