# The life of one guest: created, rebooted, saved, restored, destroyed. Through a watch it answers what dom0 asks, so
# that it shows each time that it and the daemon understand each other.
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
