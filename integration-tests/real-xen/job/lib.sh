# What the parts of dom0's job share.
# shellcheck shell=bash disable=SC2034

out=/out
trees=$out/trees
consoles=$out/consoles
guests=/tmp/guests
mkdir -p "$trees" "$consoles" "$guests"

step_number=0
domains=0

# Prints $* with the seconds since dom0's kernel started.
say() {
    echo "$(cut -d' ' -f1 /proc/uptime)s $*"
}

# Ends the job: what comes after could not be compared.
fail() {
    say "FAILED: $*"
    echo "FAILED $*" >>"$out/checks"
    exit 1
}

# check WHAT COMMAND...: notes whether the command succeeds, and goes on.
check() {
    local what=$1
    shift
    if "$@"; then
        say "ok: $what"
        echo "ok $what" >>"$out/checks"
    else
        say "FAILED: $what (exit code $? of: $*)"
        echo "FAILED $what" >>"$out/checks"
    fi
}

# must WHAT COMMAND...: as check, but nothing can go on without it.
must() {
    local what=$1
    shift
    say "$what"
    "$@" || fail "$what (exit code $? of: $*)"
    echo "ok $what" >>"$out/checks"
}

# wait_for WHAT COMMAND...: asks again and again until the command succeeds; four minutes without that ends the job.
wait_for() {
    local what=$1 end=$((SECONDS + 240))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || fail "waited in vain for: $what"
        usleep 50000
    done
    say "$what"
}

# step NAME: saves the store's tree and the list of domains as they are after a step, once they hold still.
step() {
    local file now before=none
    step_number=$((step_number + 1))
    file=$(printf '%s/%02d-%s' "$trees" "$step_number" "$1")
    for _ in $(seq 50); do
        now=$(xenstore-ls -f -p)
        [[ $now != "$before" ]] || break
        before=$now
    done
    echo "$now" >"$file.txt"
    xl list | awk '{ print $1, $2, $3, $4 }' >"$file.domains"
    say "== $step_number $1"
}

# guest NAME TYPE [LINE...]: writes the configuration of a guest of type pv or pvh. A line "job=FILE" names what it runs;
# others are added as they are. Nothing in it is random, so that trees can be compared.
guest() {
    local name=$1 type=$2 line ramdisk=/guest/initramfs lines=() number
    shift 2
    domains=$((domains + 1))
    printf -v number '%012d' "$domains"
    for line in "$@"; do
        case $line in
            job=*) ramdisk=$(guest_image "$name" "${line#job=}") ;;
            *) lines+=("$line") ;;
        esac
    done
    cat >"$guests/$name.cfg" <<EOF
name = "$name"
type = "$type"
uuid = "00000000-0000-4000-8000-$number"
memory = 128
vcpus = 1
kernel = "/guest/vmlinux"
ramdisk = "$ramdisk"
extra = "console=hvc0 quiet mitigations=off"
on_poweroff = "destroy"
on_crash = "destroy"
$(printf '%s\n' "${lines[@]}")
EOF
}

# Makes the image of guest $1, which is everyone's with the job $2 added; prints its name.
guest_image() {
    local tree=$guests/$1.tree
    mkdir -p "$tree"
    cp "$2" "$tree/job.sh"
    cp /guest/initramfs "$guests/$1.initramfs"
    cp /job/guest/lib.sh "$tree/"
    (cd "$tree" && find . | cpio -o -H newc 2>/dev/null) >>"$guests/$1.initramfs"
    echo "$guests/$1.initramfs"
}

# create NAME: creates the guest that was configured by this name.
create() {
    must "xl create $1" xl create -q "$guests/$1.cfg"
}

# True if the console of guest $1 shows line $2, a pattern of whole lines, at least $3 times.
console_shows() {
    (($(tr -d '\r' <"$consoles/guest-$1.log" | grep -c -x "$2") >= ${3:-1}))
}

# True if there is no domain named $1; every domain with a destroyed one's remains is named "(null)".
gone() {
    ! xl domid "$1" && ! xl list | grep -q '(null)'
}

# Prints the home of guest $1 in the store.
home() {
    echo "/local/domain/$(xl domid "$1")"
}

# Lets the job of guest $1, which waits for it, go on.
go() {
    must "go, $1" xenstore-write "$(home "$1")/data/go" now
}

# ask GUEST QUESTION: asks a guest that runs answer.sh, and waits for its answer.
ask() {
    local home
    home=$(home "$1")
    must "$1 is asked: $2" xenstore-write "$home/data/question" "$2"
    wait_for "$1 answers: $2" answered "$home" "$2"
}

answered() {
    [[ $(xenstore-read "$1/data/answer") == "heard: $2" ]]
}

# heard GUEST QUESTION: true if a watch of dom0 sees the guest's answer; it fires once when it is set, then for that.
heard() {
    local home watcher
    home=$(home "$1")
    xenstore-watch -n 2 "$home/data/answer" >/tmp/events &
    watcher=$!
    wait_for "the watch is set" test -s /tmp/events
    ask "$1" "$2"
    wait "$watcher" && [[ $(sort -u /tmp/events) == "$home/data/answer" ]]
}

# leftovers WHEN: saves what a dead guest could leave behind in dom0 and in Xen.
leftovers() {
    # Without the ports of dom0: they are given out again in another order.
    lsevtchn 0 | sed 's/^ *[0-9]*: //; s/\(Remote Domain 0\), Port .*/\1/' | sort >"$out/$1.channels"
    # Xen prints its grant tables into its own log. How large the tables have grown does not matter.
    xl dmesg -c >>"$out/xen.log"
    xl debug-keys g
    xl dmesg -c | grep -v ' frames (' >"$out/$1.grants"
    xl info | grep '^free_memory' >"$out/$1.memory"
}
