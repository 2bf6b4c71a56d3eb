package org.jxenstored.xen.memory;

/** Where the ring page of this domain's own kernel is found. */
public enum OwnRingWay {
    /** Below /proc/xen, else by the device; neither where this kernel has no such page. */
    AUTO,
    /** /proc/xen/xsd_kva and /proc/xen/xsd_port. */
    PROC,
    /** /dev/xen/xenbus_backend. */
    DEVICE
}
