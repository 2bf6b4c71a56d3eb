# The lives of single guests: shut down, rebooted, destroyed, crashed, saved and restored.
# shellcheck shell=bash

guest pv pv 'on_reboot = "restart"'
create pv
wait_for "pv: userspace" console_shows pv "GUEST: userspace"
step pv-running
must "xl reboot" xl reboot pv
wait_for "pv: userspace again" console_shows pv "GUEST: userspace" 2
step pv-rebooted
must "xl destroy" xl destroy pv
wait_for "pv: gone" gone pv
step pv-destroyed

guest pvh pvh
create pvh
wait_for "pvh: userspace" console_shows pvh "GUEST: userspace"
step pvh-running
must "xl shutdown -w" xl shutdown -w pvh
wait_for "pvh: gone" gone pvh
step pvh-shut-down

guest crash pv
create crash
wait_for "crash: userspace" console_shows crash "GUEST: userspace"
must "xl sysrq c crashes the guest" xl sysrq crash c
wait_for "crash: gone" gone crash
step crashed

# The guest answers what it is asked through a watch: before it is saved, and after.
guest saved pv job=/job/guest/answer.sh
create saved
wait_for "saved: userspace" console_shows saved "GUEST: userspace"
ask saved before
step saved-running
must "xl save" xl save saved "$guests/saved.state"
wait_for "saved: gone" gone saved
step saved-away
must "xl restore" xl restore "$guests/saved.state"
ask saved after
step restored
rm "$guests/saved.state"
must "xl shutdown -w of the restored guest" xl shutdown -w saved
wait_for "saved: gone" gone saved
step restored-and-shut-down
