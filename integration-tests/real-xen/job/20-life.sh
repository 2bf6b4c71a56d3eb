# The lives of two guests: a PV guest is created, rebooted, saved, restored, destroyed; a PVH guest saved, restored, shut
# down. Through a watch they answer what dom0 asks, so that each time they show that they and the daemon understand each
# other.
# shellcheck shell=bash disable=SC2154

guest pv pv job=/job/guest/answer.sh 'on_reboot = "restart"'
create pv
wait_for "pv: userspace" console_shows pv "GUEST: userspace"
ask pv "who are you"
step running

must "xl reboot" xl reboot pv
wait_for "pv: userspace again" console_shows pv "GUEST: userspace" 2
ask pv "and now"
step rebooted

must "xl save" xl save pv "$guests/pv.state"
wait_for "pv: gone" gone pv
step saved

must "xl restore" xl restore "$guests/pv.state"
ask pv "still the same"
step restored
rm "$guests/pv.state"

must "xl destroy" xl destroy pv
wait_for "pv: gone" gone pv
step destroyed

guest pvh pvh job=/job/guest/answer.sh
create pvh
wait_for "pvh: userspace" console_shows pvh "GUEST: userspace"
ask pvh "who are you"
must "xl save" xl save pvh "$guests/pvh.state"
wait_for "pvh: gone" gone pvh
must "xl restore" xl restore "$guests/pvh.state"
ask pvh "still the same"
step pvh-restored
rm "$guests/pvh.state"

must "xl shutdown -w" xl shutdown -w pvh
wait_for "pvh: gone" gone pvh
step shut-down
