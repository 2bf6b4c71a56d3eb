# Dom0's own daemons: xenstored by Debian's launch script, then what a booting dom0 starts.
# shellcheck shell=bash disable=SC2154

case ${JOB_DAEMON:-stock} in
    stock) echo "XENSTORED=$(echo /usr/lib/xen-*/bin/xenstored)" ;;
    oxenstored) echo "XENSTORED=$(echo /usr/lib/xen-*/bin/oxenstored)" ;;
    jxenstored)
        echo "XENSTORED=/opt/jxenstored/bin/xenstored"
        echo "XENSTORED_ARGS='--hypervisor xen --daemonize'"
        ;;
    *) fail "JOB_DAEMON=$JOB_DAEMON is no daemon this job knows" ;;
esac >/etc/default/xencommons
{
    [[ -z ${JOB_XENSTORED:-} ]] || echo "XENSTORED='$JOB_XENSTORED'"
    [[ -z ${JOB_XENSTORED_ARGS:-} ]] || echo "XENSTORED_ARGS='$JOB_XENSTORED_ARGS'"
} >>/etc/default/xencommons

must "launch-xenstore starts the daemon" /etc/xen/scripts/launch-xenstore
daemon=$(cat /run/xen/xenstored.pid)
check "the pid file names a process" kill -0 "$daemon"
must "xen-init-dom0" xen-init-dom0
must "xenconsoled" xenconsoled --log=guest --log-dir="$consoles" --pid-file=/run/xen/xenconsoled.pid
step start
leftovers start
