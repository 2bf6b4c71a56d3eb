# The lives of single guests.
# shellcheck shell=bash

for type in pv pvh; do
    guest "$type" "$type"
    create "$type"
    wait_for "$type: userspace" console_shows "$type" "GUEST: userspace"
    step "$type-running"
    must "xl shutdown -w $type" xl shutdown -w "$type"
    wait_for "$type: gone" gone "$type"
    step "$type-shut-down"
done
