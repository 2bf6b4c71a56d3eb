# A guest that lives through the ends of the daemon: it counts in the store, and answers what dom0 asks.
# shellcheck shell=sh
. /lib.sh
while read -r module; do
    insmod "/lib/modules/$(uname -r)/$module" || exit 1
done </etc/modules.frontends
wait_for_go
count data | sed 's/^/GUEST: /' &
answer_questions
