package org.jxenstored.hypervisor;

/** Why a backend cannot be used on this machine now. Programs tell these apart; people read the message. */
public enum Obstacle {
    /** There is no such hypervisor below this system. */
    NO_HYPERVISOR,

    /** A device, library or kernel module that the backend needs is not installed or not loaded. */
    MISSING_PART,

    /** This user, or this domain, may not do what a xenstored does. */
    NO_RIGHTS,

    /** The hypervisor is of a version that the backend does not know. */
    UNKNOWN_VERSION,

    /** Another xenstored serves this host (L-VIRQ-4). */
    ALREADY_SERVED,

    /** The user gave a setting that makes no sense, or something else went wrong. */
    OTHER
}
