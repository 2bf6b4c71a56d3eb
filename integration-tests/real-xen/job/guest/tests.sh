# A guest that runs Xen's own test program over its ring.
# shellcheck shell=sh
. /lib.sh
wait_for_go
"$(echo /usr/lib/xen-*/bin/test-xenstore)" -i 3
