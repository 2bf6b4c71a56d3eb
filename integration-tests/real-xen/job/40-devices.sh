# A network device and a disk, driven by the real kernel drivers on both sides, plugged in and out, and left by a guest that crashes.
# shellcheck shell=bash disable=SC2154

while read -r module; do
    must "insmod $module" insmod "/lib/modules/$(uname -r)/$module"
done </etc/modules.backends

# device KIND ID SIDE: the path of the guest's device in the store, from one side's point of view.
device() {
    local id
    id=$(xl domid devices)
    case $3 in
        backend) echo "/local/domain/0/backend/$1/$id/$2" ;;
        frontend) echo "/local/domain/$id/device/$1/$2" ;;
    esac
}

connected() {
    [[ $(xenstore-read "$(device "$1" "$2" backend)/state") == 4 &&
        $(xenstore-read "$(device "$1" "$2" frontend)/state") == 4 ]]
}

unplugged() {
    ! xenstore-exists "$(device "$1" "$2" backend)" && ! xenstore-exists "$(device "$1" "$2" frontend)"
}

guest devices pv job=/job/guest/devices.sh \
    'vif = ["mac=00:16:3e:00:00:01,script=/job/hotplug"]' \
    'disk = ["format=raw,vdev=xvda,access=rw,backendtype=phy,script=/job/hotplug,target=/dev/ram0"]'
create devices
wait_for "devices: waits" console_shows devices "GUEST: waits for /go"
wait_for "vif 0: connected" connected vif 0
wait_for "vbd 51712: connected" connected vbd 51712
step devices-connected

must "xl network-attach" xl network-attach devices mac=00:16:3e:00:00:02 script=/job/hotplug
wait_for "vif 1: connected" connected vif 1
step vif-attached
go devices
wait_for "devices: job ended" console_shows devices "GUEST: job ended with 0"
must "xl network-detach" xl network-detach devices 1
wait_for "vif 1: unplugged" unplugged vif 1
must "xl block-detach" xl block-detach devices xvda
wait_for "vbd 51712: unplugged" unplugged vbd 51712
step devices-detached
must "xl sysrq crashes the guest with its network device" xl sysrq devices c
wait_for "devices: gone" gone devices
step devices-crashed
