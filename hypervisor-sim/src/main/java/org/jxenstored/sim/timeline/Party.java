package org.jxenstored.sim.timeline;

import org.jxenstored.protocol.Domid;

/**
 * Somebody who takes part in the life of a domid, as a timeline and a diagram name him.
 *
 * @param name a few words for people, such as {@code domain 1} or {@code toolstack}
 */
public record Party(String name) {
    public static final Party XEN = new Party("Xen");
    public static final Party XENSTORED = new Party("xenstored");
    public static final Party TOOLSTACK = new Party("toolstack");

    /** A process in dom0 that emulates hardware for a guest. */
    public static final Party DEVICE_MODEL = new Party("device model");

    /** The kernel inside a domain, with its drivers. */
    public static Party domain(int domid) {
        return new Party(domid == Domid.DOM0 ? "dom0" : "domain " + domid);
    }
}
