# A guest that tries what it must not, and prints what the daemon answers. The other guest is the one created before it.
# shellcheck shell=sh
. /lib.sh
wait_for_go

self=$(xenstore-read domid)
home=/local/domain/$self
other=/local/domain/$((self - 1))

# Requests by number, as io/xs_wire.h has them.
CONTROL=0 DIRECTORY=1 READ=2 GET_PERMS=3 INTRODUCE=8 RELEASE=9 GET_DOMAIN_PATH=10 WRITE=11
MKDIR=12 RM=13 SET_PERMS=14 IS_DOMAIN_INTRODUCED=17 RESUME=18 SET_TARGET=19 RESTRICT=20

# ask NAME TYPE FORMAT...: prints the answer to a request. Payload strings end with a NUL.
ask() {
    name=$1
    shift
    echo "GUEST: $name: $(request "$@")"
}

ask "read another's secret" $READ '%s\0' "$other/data/secret"
ask "write another's secret" $WRITE '%s\0stolen' "$other/data/secret"
ask "list another's data" $DIRECTORY '%s\0' "$other/data"
ask "permissions of another's secret" $GET_PERMS '%s\0' "$other/data/secret"
ask "open another's secret" $SET_PERMS '%s\0b0\0' "$other/data/secret"
ask "remove another's secret" $RM '%s\0' "$other/data/secret"
ask "remove another's home" $RM '%s\0' "$other"
ask "create in another's home" $MKDIR '%s\0' "$other/mine"
ask "read another's name" $READ '%s\0' "$other/name"
ask "list the homes" $DIRECTORY '%s\0' /local/domain
ask "read dom0's name" $READ '%s\0' /local/domain/0/name
ask "write at the root" $WRITE '%s\0x' /mine
ask "list the root" $DIRECTORY '%s\0' /
ask "list the toolstack's" $DIRECTORY '%s\0' /libxl

ask "read its own name" $READ 'name\0'
ask "change its own name" $WRITE 'name\0other'
ask "change its own domid" $WRITE '%s\0000' "$home/domid"
ask "raise its own memory" $WRITE 'memory/target\099999999'
ask "remove its own name" $RM 'name\0'
ask "remove its own home" $RM '%s\0' "$home"
ask "create in its own home" $MKDIR 'mine\0'
ask "open its own name" $SET_PERMS 'name\0b0\0'
ask "give its data away" $SET_PERMS 'data\0n0\0'
ask "share its data" $SET_PERMS 'data\0n%d\0r0\0' "$self"
ask "six permissions" $SET_PERMS 'data\0n%d\0r0\0r1\0r2\0r3\0r4\0' "$self"
ask "no such permission" $SET_PERMS 'data\0x%d\0' "$self"

ask "control" $CONTROL 'print\0me\0'
ask "introduce" $INTRODUCE '%d\0001\0001\0' $((self + 1))
ask "release" $RELEASE '%d\0' $((self - 1))
ask "resume" $RESUME '%d\0' $((self - 1))
ask "set target" $SET_TARGET '%d\0%d\0' "$self" $((self - 1))
ask "restrict" $RESTRICT '0\0'
ask "is introduced" $IS_DOMAIN_INTRODUCED '%d\0' $((self - 1))
ask "domain path" $GET_DOMAIN_PATH '%d\0' "$self"
ask "no such request" 99 'x\0'

ask "empty path" $READ '\0'
ask "path with spaces" $WRITE 'data/a b\0x'
ask "path with two slashes" $WRITE 'data//a\0x'
ask "path with a slash at its end" $READ 'data/\0'
ask "no NUL" $READ 'data'
ask "no such node" $READ 'data/none\0'
ask "path of 3000 bytes" $READ 'data/%03000d\0' 0
ask "value of 2000 bytes" $WRITE 'data/large\0%02000d' 0
ask "value of 3000 bytes" $WRITE 'data/large\0%03000d' 0
ask "remove the value" $RM 'data/large\0'

# fill NAME FORMAT: creates nodes with numbered paths until the daemon refuses one, and prints how many there were and
# the last answer.
fill() {
    number=0
    # shellcheck disable=SC2059
    while [ $number -lt 100 ]; do
        answer=$(request $MKDIR "$2\0" $number)
        [ "$answer" = "$MKDIR OK " ] || break
        number=$((number + 1))
    done
    echo "GUEST: $1: $number, then $answer"
}

# A node may have 2048 bytes, the names of its children among them.
fill "children with long names" 'data/many/%0120d'
ask "remove the children" $RM 'data/many\0'
# Dom0 has already made most of the nodes that this guest may own.
fill "nodes" 'data/more/%d'
ask "one more node" $MKDIR 'data/one\0'
ask "remove the nodes" $RM 'data/more\0'
ask "one node again" $MKDIR 'data/one\0'

# The kernel answers requests for watches itself; it fails the write if the daemon refuses.
awk 'BEGIN {
    for (number = 1000; number < 1200; number++) {
        printf "%c%c%c%c%c%c%c%c%c%c%c%c%c%c%c%c", 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 17, 0, 0, 0
        printf "data/w%d%ctoken%c", number, 0, 0
    }
}' >/tmp/watches
exec 4<>/dev/xen/xenbus
tell "200 watches" dd if=/tmp/watches bs=33 of=/proc/self/fd/4
exec 4<&-
