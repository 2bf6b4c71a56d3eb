# The daemon ends and begins again, below guests that go on: stopped once, killed once, then killed some times in a row.
# All that talks to it here does so through a ring, as guests do: dom0's tools through that of dom0's kernel. None of them
# is told of the restart, and none opens anything again.
# shellcheck shell=bash disable=SC2154

kills=${JOB_KILLS:-10}

# Guests that live through all of it.
survivors=(pv pvh)

# Their ids, by the numbers that this job gives to guests; the numbers of those that die.
ids=()
declare -A numbers

# Where somebody counts, and what the number there was before a restart.
places=(/tool)
declare -A before

# figure NAME VALUE: what is worth to be told of this run.
figure() {
    say "figure: $1: $2"
    echo "$1: $2" >>"$out/figures"
}

# The time since dom0's kernel started, in hundredths of a second.
now() {
    cut -d' ' -f1 /proc/uptime | tr -d .
}

ended() {
    ! readlink "/proc/$daemon/exe"
}

# end_daemon SIGNAL: sends it to the daemon, and waits until there is none.
end_daemon() {
    killed_at=$(now)
    must "the daemon gets SIG$1" kill "-$1" "$daemon"
    wait_for "the daemon has ended" ended
    case $1 in
        TERM) check "it has removed its pid file" test ! -e /run/xen/xenstored.pid ;;
        # The launch script takes a daemon that has a pid file for alive.
        KILL) check "its pid file is still there" rm /run/xen/xenstored.pid ;;
    esac
}

# Starts the daemon anew; somebody asks all the while, and it is noted how long he had to wait after the end.
begin_daemon() {
    (
        until xenstore-read domid >/dev/null 2>&1; do
            usleep 50000
        done
        now >/tmp/answered
    ) &
    local asker=$!
    must "launch-xenstore starts it again" /etc/xen/scripts/launch-xenstore
    daemon=$(cat /run/xen/xenstored.pid)
    must "who asked meanwhile is answered" wait "$asker"
    restarts=$((restarts + 1))
    waited=$(($(cat /tmp/answered) - killed_at))
    say "answered $((waited * 10)) ms after the end"
}

# Prints a pattern for lines of the tree that are about domain $1, guest number $2.
nodes_of() {
    echo "/(domain|libxl|backend/[^/]*)/$1[/ ]|/vm/[-0-9]*-0*$2[/ ]"
}

# tree DOMID NUMBER: the store through the socket, without that guest, and what is counted all the while.
tree() {
    env -u XENSTORED_PATH xenstore-ls -f -p | grep -v -E "$(nodes_of "$1" "$2")|/numbers[/ ]"
}

# Which event channels the guests have with dom0: a guest's own ports, and dom0's view of them.
channels() {
    local name
    for name in "${survivors[@]}"; do
        lsevtchn "$(xl domid "$name")" | sed "s/, Port [0-9]*//; s/^/$name/"
    done
    lsevtchn 0 | sed -n 's/^ *[0-9]*: //; /Remote Domain [1-9]/p' | grep -v "Remote Domain $1," | sort
}

# watches DOMID: how many there are.
watches() {
    xenstore-control quota "$1" | sed -n 's/^watches *: *\([0-9]*\) .*/\1/p'
}

guests_watches() {
    local name
    for name in "${survivors[@]}"; do
        echo "$name $(watches "$(xl domid "$name")")"
    done
}

# The last even number of who counts below $1.
last_number() {
    xenstore-read "$1/numbers/0" | tr -d =
}

counts_on() {
    [[ $(last_number "$1") -gt $2 ]]
}

# Those who count in the store, the survivors and dom0, go on from where they were before.
all_count_on() {
    local place
    for place in "${places[@]}"; do
        wait_for "who counts in $place goes on" counts_on "$place" "${before[$place]}"
    done
}

note_numbers() {
    local place
    for place in "${places[@]}"; do
        before[$place]=$(last_number "$place")
    done
}

# True if nothing in the store or in Xen is that of domain $1, guest number $2.
nothing_left() {
    ! xl list | grep -q '(null)' && ! lsevtchn 0 | grep "Remote Domain $1," &&
        ! xenstore-ls -f | grep -E "$(nodes_of "$1" "$2")"
}

connected() {
    [[ $(xenstore-read "/local/domain/0/backend/$1/$2/state") == 4 ]]
}

unplugged() {
    ! xenstore-exists "/local/domain/0/backend/$1/$2"
}

has_memory() {
    (($(xl list "$1" | awk 'END { print $3 }') <= $2))
}

# obeys GUEST MIB: a guest's kernel acts upon what is written now: it gives back memory, and answers.
obeys() {
    must "xl mem-set $1 $2" xl mem-set "$1" "$2"
    wait_for "$1 has $2 MiB" has_memory "$1" "$2"
    ask "$1" "after restart $restarts"
}

# The drivers of both kernels act upon what is written now, and upon each other.
plug() {
    local id
    id=$(xl domid pv)
    must "xl network-attach" xl network-attach pv "mac=00:16:3e:00:00:0$restarts" script=/job/hotplug
    wait_for "vif 0: connected" connected vif "$id/0"
    must "xl network-detach" xl network-detach pv 0
    wait_for "vif 0: unplugged" unplugged vif "$id/0"
    id=$(xl domid pvh)
    must "xl block-attach" xl block-attach pvh \
        format=raw,vdev=xvda,access=rw,backendtype=phy,script=/job/hotplug,target=/dev/ram1
    wait_for "vbd: connected" connected vbd "$id/51712"
    must "xl block-detach" xl block-detach pvh xvda
    wait_for "vbd: unplugged" unplugged vbd "$id/51712"
}

heard_news() {
    xenstore-write /tool/news "$restarts"
    [[ $(wc -l </tmp/news) -gt $1 ]]
}

# orphaned SIGNAL GUEST: the daemon ends, meanwhile a guest dies, and the daemon begins again.
orphaned() {
    local orphan=$2 id number=${numbers[$2]}
    id=$(xl domid "$orphan")
    go "$orphan"
    wait_for "$orphan: ready to die" console_shows "$orphan" "GUEST: dies without the store"
    tree "$id" "$number" >"$out/tree.before"
    channels "$id" >"$out/channels.before"
    guests_watches >"$out/watches.before"
    note_numbers
    end_daemon "$1"
    wait_for "$orphan: dies" console_shows "$orphan" ".*Kernel panic.*"
    begin_daemon
    wait_for "$orphan: gone" gone "$orphan"
    check "SIG$1: nothing is left of who died meanwhile" nothing_left "$id" "$number"
    tree "$id" "$number" >"$out/tree.after"
    check "SIG$1: the store is what it was" diff "$out/tree.before" "$out/tree.after"
    channels "$id" >"$out/channels.after"
    check "SIG$1: the event channels are what they were" diff "$out/channels.before" "$out/channels.after"
    guests_watches >"$out/watches.after"
    check "SIG$1: no watch is lost" diff "$out/watches.before" "$out/watches.after"
    all_count_on
    wait_for "SIG$1: a watch of dom0's from before fires" heard_news "$(wc -l </tmp/news)"
    plug
    obeys pv $((124 - 4 * restarts))
    obeys pvh $((124 - 4 * restarts))
    check "SIG$1: the store counts right" xenstore-control check
}

while read -r module; do
    must "insmod $module" insmod "/lib/modules/$(uname -r)/$module"
done </etc/modules.backends
syslogd -n -S -O "$out/messages" &

# What has a ring lives on; a socket is closed with the daemon.
must "xenconsoled ends" kill "$(cat /run/xen/xenconsoled.pid)"
export XENSTORED_PATH=/dev/xen/xenbus
must "xenconsoled, through the ring" xenconsoled --log=guest --log-dir="$consoles" --pid-file=/run/xen/xenconsoled.pid

# Of the one processor dom0 gets most; else those who count slow everything down.
must "xl sched-credit2" xl sched-credit2 -d Domain-0 -w 4096

restarts=0
for name in "${survivors[@]}"; do
    guest "$name" "$name" job=/job/guest/restart.sh
    create "$name"
    wait_for "$name: waits" console_shows "$name" "GUEST: waits for /go"
    ids[domains]=$(xl domid "$name")
    places+=("$(home "$name")/data")
done
for name in stopped killed; do
    guest "$name" pv job=/job/guest/orphan.sh
    create "$name"
    numbers[$name]=$domains
    wait_for "$name: waits" console_shows "$name" "GUEST: waits for /go"
done
for name in "${survivors[@]}"; do
    go "$name"
done
xenstore-watch /tool/news >/tmp/news &
news=$!
sh -c '. /job/guest/lib.sh && count /tool' >/tmp/counted &
counter=$!
for place in "${places[@]}"; do
    before[$place]=0
done
all_count_on

orphaned TERM stopped
orphaned KILL killed

all_watches() {
    echo "dom0 $(watches 0)"
    guests_watches
}

all_watches >"$out/watches.before"
times=()
for ((nth = 0; nth < kills; nth++)); do
    note_numbers
    end_daemon KILL
    begin_daemon
    times+=("$waited")
    all_count_on
done
watched=$(all_watches)
echo "$watched" >"$out/watches.after"
check "after $kills kills no watch is lost" diff "$out/watches.before" "$out/watches.after"
for name in "${survivors[@]}"; do
    ask "$name" "after all"
done
wait_for "after $kills kills a watch of dom0's from before fires" heard_news "$(wc -l </tmp/news)"

# counted_right WHO PLACE OUTPUT: stops who counts, who must have made no mistake, and the last number alone must be there.
counted_right() {
    local last
    must "$1 stops counting" xenstore-write "$2/stop" now
    wait_for "$1 has counted" grep -q "counted [0-9]*, [0-9]* mistakes" "$3"
    last=$(sed -n 's/.*counted \([0-9]*\), .*/\1/p' "$3")
    figure "numbers counted by $1" "$last"
    check "$1 missed nothing of what it wrote" grep -q "counted $last, 0 mistakes" "$3"
    check "the last that $1 wrote is there" test "$(xenstore-read "$2/numbers/$((last % 2))")" = "=$last"
}
for name in "${survivors[@]}"; do
    counted_right "$name" "$(home "$name")/data" "$consoles/guest-$name.log"
done
counted_right dom0 /tool /tmp/counted
must "dom0's counter ends" wait "$counter"

guest late pv job=/job/guest/answer.sh
create late
wait_for "late: userspace" console_shows late "GUEST: userspace"
ask late "who are you"
ids[domains]=$(xl domid late)
must "xl shutdown -a -w" xl shutdown -a -w
for name in "${survivors[@]}" late; do
    wait_for "$name: gone" gone "$name"
done
for number in "${!ids[@]}"; do
    check "nothing is left of domain ${ids[number]}" nothing_left "${ids[number]}" "$number"
done
kill "$news"
xenstore-rm /tool/numbers /tool/stop /tool/news
rm -f "$out"/{tree,channels,watches}.{before,after}
unset XENSTORED_PATH

sorted=$(printf '%s\n' "${times[@]}" | sort -n)
mapfile -t times <<<"$sorted"
figure "restarts" "$restarts (SIGTERM once, SIGKILL $((kills + 1)) times)"
figure "guests that lived through all of them" "${survivors[*]}"
figure "guests that died while there was no daemon" "stopped killed"
figure "watches in force across each restart" "$(awk '{ sum += $2 } END { print sum }' <<<"$watched")"
figure "from the kill to the first answer, in emulation" \
    "$((times[0] * 10)) to $((times[kills - 1] * 10)) ms, half of them below $((times[kills / 2] * 10)) ms"
