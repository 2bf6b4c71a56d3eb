# What must be left when all guests are gone: nothing.
# shellcheck shell=bash disable=SC2154

only_dom0() {
    [[ $(xl list | wc -l) == 2 ]]
}

leftovers end
check "no zombie: xl list shows only Domain-0" only_dom0
check "no event channel is left" diff "$out/start.channels" "$out/end.channels"
check "no grant is left" diff "$out/start.grants" "$out/end.grants"
check "no memory is left in a dead domain" diff "$out/start.memory" "$out/end.memory"
check "the daemon is alive" kill -0 "$(cat /run/xen/xenstored.pid)"
check "and it is the one that was started" test "$(cat /run/xen/xenstored.pid)" = "$daemon"
check "xenstore-control check" xenstore-control check
step end
