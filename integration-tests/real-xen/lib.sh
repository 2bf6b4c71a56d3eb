# What the programs of this folder share; they source it after setting "here" to this directory. Bash.
# shellcheck shell=bash disable=SC2034

# Everything downloaded, built or left behind by a run lives below here.
target=${REAL_XEN_TARGET:-$here/target}
[[ $target == /* ]] || target=$PWD/$target
image=$target/image

# The exit code of "cannot be done on this machine", as automake and Meson know it.
readonly CANNOT=77

# Prints $* with the seconds since this program started.
say() {
    printf '%4ds real-xen: %s\n' "$SECONDS" "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

# Ends the program because of what this machine is, not because of what was tested.
cannot() {
    say "cannot run here: $*"
    exit "$CANNOT"
}

# Packs the contents of directory $1 into an initramfs on standard output, owned by root.
pack() {
    (cd "$1" && find . -mindepth 1 | LC_ALL=C sort | cpio -o -H newc -R 0:0 --quiet)
}
