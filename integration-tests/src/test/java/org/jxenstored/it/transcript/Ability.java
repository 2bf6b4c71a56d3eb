package org.jxenstored.it.transcript;

/** What not every world can do. */
public enum Ability {
    /** Time passes when the transcript says so. */
    CLOCK,
    /** Ring pages have words that can be read and written. */
    WIRE,
    /** CONTROL is served. */
    CONTROL,
    /** The hypervisor gives a domid away again although the daemon still maps the page of the one before. */
    REUSE,
    /** The daemon is started with the option to keep orphans. */
    KEEP_ORPHANS,
    /** There is a whole daemon, with files and logs. */
    DAEMON
}
