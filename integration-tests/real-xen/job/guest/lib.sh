# What the jobs of guests share. Busybox sh. Lines for dom0 start with "GUEST: ".
# shellcheck shell=sh

# Waits until dom0 says go.
wait_for_go() {
    mkfifo /tmp/events
    xenstore-watch data/go >/tmp/events &
    watcher=$!
    echo "GUEST: waits for /go"
    while read -r _; do
        xenstore-exists data/go && break
    done </tmp/events
    kill "$watcher"
}

# tell NAME COMMAND...: runs the command and prints its name with the last line that it said.
tell() {
    name=$1
    shift
    said=$("$@" 2>&1)
    code=$?
    echo "GUEST: $name: $code $(echo "$said" | tail -n 1)"
}

# ask NAME TYPE PAYLOAD: sends one request over the ring and keeps the reply, in $reply and for "answers". In the payload |
# stands for NUL. It goes to the kernel's device itself, as the tools do not show which error the daemon answered, and
# starts only one program, because processes are dear in an emulated guest.
ask() {
    if [ -z "${asked:-}" ]; then
        exec 3<>/dev/xen/xenbus
        asked=1000
    fi
    asked=$((asked + 1))
    reply=/tmp/reply.$asked
    echo "$1" >>/tmp/names
    # Type, request, transaction and length, each of four bytes, the lowest first.
    octal "$2"
    header=$octal'\000\000\000\001\000\000\000\000\000\000\000'
    octal $((${#3} % 256))
    header=$header$octal
    octal $((${#3} / 256))
    # shellcheck disable=SC2059,SC3060
    printf "$header$octal\\000\\000${3//|/\\000}" >&3
    dd bs=8192 count=1 <&3 >"$reply" 2>/dev/null
}

# Sets octal to the escape sequence of byte $1.
octal() {
    octal=\\$(($1 / 64))$(($1 / 8 % 8))$(($1 % 8))
}

# answers: prints the name of each request since the last time, with the type and the payload of its reply.
answers() {
    cat /tmp/reply.* | hexdump -v -e '1/1 "%u\n"' | awk '
        at < 16 { header[at++] = $1; left = at == 16 ? header[12] + 256 * header[13] : 1; text = "" }
        at == 17 { text = text ($1 > 32 ? sprintf("%c", $1) : " "); left-- }
        at == 16 { at = 17 }
        left == 0 { getline name <"/tmp/names"; print "GUEST: " name ": " header[0] " " text; at = 0 }
    '
    rm -f /tmp/reply.* /tmp/names
}

# answer_questions: answers what dom0 asks, through a watch, without end. When a kernel or a daemon sets the watch again
# it fires: the same question again is no news.
answer_questions() {
    answered=
    xenstore-watch data/question | while read -r _; do
        question=$(xenstore-read data/question 2>/dev/null) || continue
        [ "$question" != "$answered" ] || continue
        answered=$question
        echo "GUEST: was asked: $question"
        xenstore-write data/answer "heard: $question"
    done
}

# count DIRECTORY: counts until DIRECTORY/stop is there. It writes odd numbers to one node and even ones to another, and
# looks before whether the last one is still there: so it sees a write that got lost, and one that was done a second time
# later. Ends with the line "counted NUMBER, MISTAKES mistakes".
count() {
    number=1
    mistakes=0
    must_be "begin" 11 "$1/numbers/0|=0" OK
    must_be "begin" 11 "$1/numbers/1|=1" OK
    until expect stop 2 "$1/stop|" now; do
        number=$((number + 1))
        node=$1/numbers/$((number % 2))
        must_be "read before $number" 2 "$node|" "=$((number - 2))"
        must_be "write $number" 11 "$node|=$number" OK
        # Others want this machine's one processor too.
        sleep 1
    done
    echo "counted $number, $mistakes mistakes"
}

# expect NAME TYPE PAYLOAD REPLY: true if the reply to a request ends with these characters.
expect() {
    : >/tmp/names
    ask "$1" "$2" "$3"
    asked=$((asked - 1))
    # It leaves out each NUL.
    IFS= read -r said <"$reply"
    case $said in
        *"$4") true ;;
        *) false ;;
    esac
}

# must_be, as expect: what was not as expected is told, and counted.
must_be() {
    expect "$@" && return
    mistakes=$((mistakes + 1))
    echo "mistake: $1: $said"
}
