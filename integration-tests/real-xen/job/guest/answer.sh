# A guest that answers what dom0 asks, through a watch.
# shellcheck shell=sh
xenstore-watch data/question | while read -r _; do
    question=$(xenstore-read data/question 2>/dev/null) || continue
    echo "GUEST: was asked: $question"
    xenstore-write data/answer "heard: $question"
done
