# A guest that dies while there is no daemon: it crashes as soon as its store does not answer any more.
# shellcheck shell=sh
. /lib.sh
wait_for_go
echo "GUEST: dies without the store"
while true; do
    rm -f /tmp/alive
    xenstore-read domid >/tmp/alive &
    usleep 5000000
    [ -s /tmp/alive ] || break
done
echo "GUEST: the store is gone"
echo c >/proc/sysrq-trigger
