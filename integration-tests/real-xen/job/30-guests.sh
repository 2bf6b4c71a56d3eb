# Three guests at once: one that answers, one that tries what it must not, one that runs Xen's own tests over its ring.
# shellcheck shell=bash disable=SC2154

guest answer pv job=/job/guest/answer.sh
guest rogue pv job=/job/guest/rogue.sh
guest tests pvh job=/job/guest/tests.sh
create answer
create rogue
create tests
wait_for "answer: userspace" console_shows answer "GUEST: userspace"
wait_for "rogue: waits" console_shows rogue "GUEST: waits for /go"
wait_for "tests: waits" console_shows tests "GUEST: waits for /go"
step three-running

ask answer question
must "dom0 watches the answers" heard answer "another question"
step three-answered

# What the rogue must not reach belongs to the guest that answers.
xenstore-write "$(home answer)/data/secret" "of another guest"
# Nodes that dom0 makes below a guest's are the guest's: few are left of those that it may own.
given() {
    local number
    for ((number = 0; number < 940; number++)); do
        echo "$1/data/given/$((number / 100))/$number x"
    done
}
# shellcheck disable=SC2046
must "nodes for the rogue" xenstore-write $(given "$(home rogue)")
go rogue
wait_for "rogue: job ended" console_shows rogue "GUEST: job ended with 0"
check "another guest's secret is untouched" test "$(xenstore-read "$(home answer)/data/secret")" = "of another guest"
ask answer "still there"
step three-tried

# The tests work below xenstore-test, which only dom0 can make for the guest.
xenstore-write "$(home tests)/xenstore-test" ""
xenstore-chmod "$(home tests)/xenstore-test" "n$(xl domid tests)"
go tests
wait_for "tests: job ended" console_shows tests "GUEST: job ended with .*"
check "test-xenstore in a guest" console_shows tests "GUEST: job ended with 0"
step three-tested

must "xl shutdown -a -w" xl shutdown -a -w
for name in answer rogue tests; do
    wait_for "$name: gone" gone "$name"
done
step three-gone
