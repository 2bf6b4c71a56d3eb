package org.jxenstored.xen.device;

/** A device file of the kernel's Xen drivers. */
public enum Node {
    EVENT_CHANNELS("/dev/xen/evtchn", "event channels", "load its driver with 'modprobe xen-evtchn'"),
    GRANTS("/dev/xen/gntdev", "pages that guests granted", "load its driver with 'modprobe xen-gntdev'"),
    HYPERCALLS("/dev/xen/privcmd", "calls of Xen", "load its driver with 'modprobe xen-privcmd'"),
    OWN_PAGE("/dev/xen/xenbus_backend", "this kernel's own ring page", "only the kernel of the first domain has it");

    private final String path;
    private final String purpose;
    private final String remedy;

    Node(String path, String purpose, String remedy) {
        this.path = path;
        this.purpose = purpose;
        this.remedy = remedy;
    }

    public String path() {
        return path;
    }

    /** What it is good for, after "for". */
    String purpose() {
        return purpose;
    }

    /** What to do if it is missing. */
    String remedy() {
        return remedy;
    }
}
