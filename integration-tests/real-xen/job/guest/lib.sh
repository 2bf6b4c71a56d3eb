# What the jobs of guests share. Busybox sh. Lines for dom0 start with "GUEST: ".
# shellcheck shell=sh

# Waits until dom0 says go.
wait_for_go() {
    mkfifo /tmp/events
    xenstore-watch data/go >/tmp/events &
    watcher=$!
    echo "GUEST: waits for /go"
    while read -r _; do
        xenstore-exists data/go && break
    done </tmp/events
    kill "$watcher"
}

# tell NAME COMMAND...: runs the command and prints its name with the last line that it said.
tell() {
    name=$1
    shift
    said=$("$@" 2>&1)
    code=$?
    echo "GUEST: $name: $code $(echo "$said" | tail -n 1)"
}

# request TYPE FORMAT [ARGUMENT...]: sends one request over the ring, its payload as printf writes it, and prints the
# reply's type and payload. Goes to the device itself: the tools do not show which error the daemon answered.
request() {
    type=$1
    shift
    # shellcheck disable=SC2059
    printf "$@" >/tmp/payload
    message "$type" /tmp/payload >/tmp/message
    exec 3<>/dev/xen/xenbus
    # The device takes one message from one write.
    if dd if=/tmp/message bs=8192 count=1 >&3 2>/dev/null; then
        dd bs=16 count=1 <&3 2>/dev/null >/tmp/header
        length=$(od -An -t u4 -j 12 -N 4 /tmp/header | tr -d ' ')
        reply=$(head -c "$length" <&3 | tr '\000' ' ')
        echo "$(od -An -t u4 -N 4 /tmp/header | tr -d ' ') $reply"
    else
        echo "refused by the kernel"
    fi
    exec 3<&-
}

# message TYPE FILE: prints a request with the file as payload, in the wire's form: type, request, transaction, length.
message() {
    size=$(wc -c <"$2")
    # shellcheck disable=SC2059
    printf "\x$(printf %02x "$1")\0\0\0\1\0\0\0\0\0\0\0\x$(printf %02x $((size % 256)))\x$(printf %02x $((size / 256)))\0\0"
    cat "$2"
}
