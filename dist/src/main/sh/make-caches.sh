#!/bin/sh
# Makes what lets the daemon and the tools start fast: one jar for each, and a cache for each. For those it runs both
# once, on a store of its own, while the JVM takes notes (JEP 514). What fails is left out, and no harm: the programs
# start without.
#
# Usage: make-caches.sh DIRECTORY [STAMP]
#
# DIRECTORY is the sources or an image: what has bin/ in it. STAMP is touched at the end.
set -eu
here=$(cd "$1" && pwd)/bin
stamp=${2:-}
# shellcheck source=bin/.launcher
. "$here/.launcher"
find_java
# shellcheck disable=SC2154 # the launcher sets it
lib=$launcher_lib
finish() {
    [ -z "$stamp" ] || touch "$stamp"
    exit 0
}
if [ -f "$lib/daemon.aot" ] && [ -f "$lib/tools.aot" ] \
    && [ -z "$(find "$lib" "$here/.launcher" "$0" \( -name '*.jar' -o -name '.launcher' -o -name '*.sh' \) \
        -newer "$lib/tools.aot" -print -quit)" ]; then
    finish
fi
rm -f "$lib/daemon.aot" "$lib/tools.aot"
# One jar for each; an image has no compiler for this, and got them when it was made.
# shellcheck disable=SC2154 # the launcher sets it
if [ ! -x "$launcher_runtime" ]; then
    for name in daemon tools; do
        rm -f "$lib/$name.jar"
        "$JAVA" "$(dirname "$0")/../java/OneJar.java" "$lib/$name" "$lib/$name.jar" ||
            echo "$name: the single jars are used, which start slower" >&2
    done
fi
launcher_is_stale() { return 1; }
ensure_built

run=$(mktemp -d "${TMPDIR:-/tmp}/xs.XXXXXX")
export XENSTORED_RUNDIR="$run"
unset XENSTORED_PATH
# Nobody listens there. To talk to it the daemon calls the C library, as it does for --daemonize and real Xen.
export NOTIFY_SOCKET="$run/notify"
daemon=
end() {
    if [ -n "$daemon" ]; then
        kill "$daemon" 2>/dev/null || true
        wait "$daemon" 2>/dev/null || true
    fi
    rm -rf "$run" "$lib"/*.aot.new
}
trap end EXIT
# Without these a shell that is interrupted leaves the daemon behind.
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

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

# No machine code in the caches: JDK 25 would put some in, made for this processor, and not look at the processor of the
# machine it is copied to; a JVM on an older one then dies of SIGILL. A JVM that does not know an option here goes on.
no_code="-XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:-AOTAdapterCaching -XX:-AOTStubCaching"
# No method profiles (JEP 515) in the daemon's: with them the JVM compiles more before the first answer, and the requests
# after it were not served faster.
no_profiles="-XX:-AOTRecordTraining"
# shellcheck disable=SC2086 # the options are words
"$JAVA" $DAEMON_JVM_OPTIONS $no_code $no_profiles -XX:AOTCacheOutput="$lib/daemon.aot.new" -Djxenstored.tools="$here" \
    -cp "$DAEMON_CLASSPATH" org.jxenstored.daemon.Main >"$run/daemon.log" 2>&1 9>&- &
daemon=$!
if ! wait_for_socket; then
    echo "no start-up caches: the daemon did not start; it said:" >&2
    cat "$run/daemon.log" >&2
    finish
fi

main=org.jxenstored.cli.Main
for request in "write /tool/cache warm" "read /tool/cache" "list /" "rm /tool/cache"; do
    # shellcheck disable=SC2086 # the request is words
    tool -cp "$CLI_CLASSPATH" $main xenstore $request || true
done
# shellcheck disable=SC2086 # the options are words
tool $no_code -XX:AOTCacheOutput="$lib/tools.aot.new" -cp "$CLI_CLASSPATH" $main xenstore-ls -f || true

kill "$daemon"
wait "$daemon" || true
daemon=
for name in daemon tools; do
    if [ -f "$lib/$name.aot.new" ]; then
        mv "$lib/$name.aot.new" "$lib/$name.aot"
    else
        echo "no start-up cache for $name: its training run failed" >&2
    fi
done
finish
