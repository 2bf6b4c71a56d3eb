# A guest with a network device and a disk: loads their drivers, uses them.
# shellcheck shell=sh
. /lib.sh
while read -r module; do
    insmod "/lib/modules/$(uname -r)/$module" || exit 1
done </etc/modules.frontends
wait_for_go
tell "network devices" ls /sys/class/net
echo "written by the guest" >/tmp/block
tell "write to the disk" dd if=/tmp/block of=/dev/xvda conv=sync status=none
tell "read from the disk" head -n 1 /dev/xvda
