# A guest that tries what it must not, and prints what the daemon answers. The other guest is the one created before it.
# shellcheck shell=sh disable=SC2154
. /lib.sh
wait_for_go

self=$(xenstore-read domid)
home=/local/domain/$self
other=/local/domain/$((self - 1))

# Requests by number, as io/xs_wire.h has them.
CONTROL=0 DIRECTORY=1 READ=2 GET_PERMS=3 INTRODUCE=8 RELEASE=9 GET_DOMAIN_PATH=10 WRITE=11
MKDIR=12 RM=13 SET_PERMS=14 IS_DOMAIN_INTRODUCED=17 RESUME=18 SET_TARGET=19 RESTRICT=20

ask "read another's secret" $READ "$other/data/secret|"
ask "write another's secret" $WRITE "$other/data/secret|stolen"
ask "list another's data" $DIRECTORY "$other/data|"
ask "permissions of another's secret" $GET_PERMS "$other/data/secret|"
ask "open another's secret" $SET_PERMS "$other/data/secret|b0|"
ask "remove another's secret" $RM "$other/data/secret|"
ask "remove another's home" $RM "$other|"
ask "create in another's home" $MKDIR "$other/mine|"
ask "read another's name" $READ "$other/name|"
ask "list the homes" $DIRECTORY "/local/domain|"
ask "read dom0's name" $READ "/local/domain/0/name|"
ask "write at the root" $WRITE "/mine|x"
ask "list the root" $DIRECTORY "/|"
ask "list the toolstack's" $DIRECTORY "/libxl|"

ask "read its own name" $READ "name|"
ask "change its own name" $WRITE "name|other"
ask "change its own domid" $WRITE "$home/domid|000"
ask "raise its own memory" $WRITE "memory/target|99999999"
ask "remove its own name" $RM "name|"
ask "remove its own home" $RM "$home|"
ask "create in its own home" $MKDIR "mine|"
ask "open its own name" $SET_PERMS "name|b0|"
ask "give its data away" $SET_PERMS "data|n0|"
ask "share its data" $SET_PERMS "data|n$self|r0|"
ask "six permissions" $SET_PERMS "data|n$self|r0|r1|r2|r3|r4|"
ask "no such permission" $SET_PERMS "data|x$self|"

ask "control" $CONTROL "print|me|"
ask "introduce" $INTRODUCE "$((self + 1))|1|1|"
ask "release" $RELEASE "$((self - 1))|"
ask "resume" $RESUME "$((self - 1))|"
ask "set target" $SET_TARGET "$self|$((self - 1))|"
ask "restrict" $RESTRICT "0|"
ask "is introduced" $IS_DOMAIN_INTRODUCED "$((self - 1))|"
ask "domain path" $GET_DOMAIN_PATH "$self|"
ask "no such request" 99 "x|"

ask "empty path" $READ "|"
ask "path with spaces" $WRITE "data/a b|x"
ask "path with two slashes" $WRITE "data//a|x"
ask "path with a slash at its end" $READ "data/|"
ask "no NUL" $READ "data"
ask "no such node" $READ "data/none|"
ask "path of 3000 bytes" $READ "data/$(printf %03000d 0)|"
ask "value of 2000 bytes" $WRITE "data/large|$(printf %02000d 0)"
ask "value of 3000 bytes" $WRITE "data/large|$(printf %03000d 0)"
ask "remove the value" $RM "data/large|"

# fill NAME PATH: creates nodes whose paths end with numbers until the daemon refuses one, and prints how many there were.
fill() {
    answers
    number=100
    until [ $number = 200 ]; do
        ask "one too many" $MKDIR "$2$number|"
        # A reply of 19 bytes is one with the payload OK.
        [ "$(wc -c <"$reply")" = 19 ] || break
        rm "$reply"
        number=$((number + 1))
    done
    echo "GUEST: $1: $((number - 100))"
    echo "one too many" >/tmp/names
    answers
}

# A node may have 2048 bytes, the names of its children among them.
fill "children with long names" "data/many/$(printf %0120d 0)"
ask "remove the children" $RM "data/many|"
# Dom0 has already made most of the nodes that this guest may own.
fill "nodes" data/more/
ask "one more node" $MKDIR "data/one|"
ask "remove the nodes" $RM "data/more|"
ask "remove what dom0 gave" $RM "data/given|"
ask "one node again" $MKDIR "data/one|"

answers

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
